//! What comes in: keys, the mouse wheel, resizing and signals, in one queue.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crossterm::event::{
    self, Event as Reported, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent,
    MouseEventKind,
};

use super::signals;
use crate::command::Way;
use crate::screen::{Input, Key, KeyCode, MouseWheel};

/// Something that has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// What the learner has done.
    Input(Input),
    /// The terminal has another size, or the like: draw again.
    Redraw,
    /// A signal asks the program to end.
    Terminate(i32),
    /// A signal asks the program to stop until it is resumed.
    Suspend,
    /// The program has been resumed.
    Resumed,
    /// There will be no more input.
    Lost,
}

/// Starts listening to the terminal and to signals.
///
/// # Errors
/// Where signals cannot be listened to, or there are no threads.
pub fn listen() -> io::Result<Receiver<Event>> {
    let (sender, receiver) = channel();
    signals::listen(sender.clone())?;
    thread::Builder::new().spawn(move || listen_to_terminal(&sender))?;
    Ok(receiver)
}

fn listen_to_terminal(sender: &Sender<Event>) {
    loop {
        let event = event::read().map_or(Some(Event::Lost), translate);
        let lost = event == Some(Event::Lost);
        let gone = event.is_some_and(|event| sender.send(event).is_err());
        if lost || gone {
            return;
        }
    }
}

fn translate(reported: Reported) -> Option<Event> {
    match reported {
        Reported::Key(reported) => key(reported).map(Input::Key).map(Event::Input),
        Reported::Paste(text) => Some(Event::Input(Input::Paste(text))),
        // On Unix a signal tells it: crossterm listens only once it reads, and misses what comes before.
        Reported::Resize(..) if cfg!(not(unix)) => Some(Event::Redraw),
        Reported::Mouse(mouse) => wheel(mouse).map(Input::Wheel).map(Event::Input),
        Reported::Resize(..) | Reported::FocusGained | Reported::FocusLost => None,
    }
}

/// The key that is pressed; a key let go is none.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn key(reported: KeyEvent) -> Option<Key> {
    let code = match reported.code {
        _ if reported.kind == KeyEventKind::Release => return None,
        Code::Char(character) => KeyCode::Char(character),
        Code::F(number) => KeyCode::F(number),
        Code::Backspace => KeyCode::Backspace,
        Code::Enter => KeyCode::Enter,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => KeyCode::BackTab,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Esc => KeyCode::Esc,
        // Terminals tell of other keys only where they are asked to.
        _ => return None,
    };
    let held = |modifier| reported.modifiers.contains(modifier);
    Some(Key {
        code,
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: held(KeyModifiers::SHIFT),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn wheel(mouse: MouseEvent) -> Option<MouseWheel> {
    let way = match mouse.kind {
        MouseEventKind::ScrollDown => Way::Down,
        MouseEventKind::ScrollUp => Way::Up,
        _ => return None,
    };
    Some(MouseWheel {
        way,
        column: mouse.column,
        row: mouse.row,
    })
}
