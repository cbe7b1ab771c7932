//! What comes in: keys, the mouse wheel, resizing and signals, in one queue.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

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
        let Ok(heard) = hear() else {
            let _ = sender.send(Event::Lost);
            return;
        };
        for event in heard.into_iter().flat_map(apart).filter_map(translate) {
            if sender.send(event).is_err() {
                return;
            }
        }
    }
}

/// Waits for what comes next. What begins as an arrow does and has arrived in parts is put together.
fn hear() -> io::Result<Vec<Reported>> {
    /// The parts of a key that is sent as several bytes are not further apart, and the keys of a hand are.
    const PATIENCE: Duration = Duration::from_millis(25);
    let mut heard = vec![event::read()?];
    for begins in [&[Code::Esc][..], &[Code::Char('['), Code::Char('O')]] {
        let goes_on = heard.last().and_then(Reported::as_key_press_event);
        if !goes_on.is_some_and(|key| begins.contains(&key.code)) || !event::poll(PATIENCE)? {
            return Ok(heard);
        }
        heard.push(event::read()?);
    }
    let last = heard.last().and_then(Reported::as_key_press_event);
    let whole = last.and_then(|key| arrow(key.code));
    Ok(whole.map_or(heard, |code| vec![Reported::Key(code.into())]))
}

/// The key whose last byte is read as such a character.
fn arrow(last: Code) -> Option<Code> {
    let keys = [
        ('A', Code::Up),
        ('B', Code::Down),
        ('C', Code::Right),
        ('D', Code::Left),
        ('H', Code::Home),
        ('F', Code::End),
        ('Z', Code::BackTab),
    ];
    let found = keys.iter().find(|(byte, _)| last == Code::Char(*byte));
    found.map(|(_, code)| *code)
}

/// Esc and a key that have arrived together, which cannot be told from the key held with Alt, as two.
fn apart(reported: Reported) -> Vec<Reported> {
    let Reported::Key(key) = reported else {
        return vec![reported];
    };
    let both = key.modifiers & (KeyModifiers::ALT | KeyModifiers::CONTROL) == KeyModifiers::ALT;
    if !both || !matches!(key.code, Code::Char(_) | Code::Enter | Code::Esc) {
        return vec![reported];
    }
    let modifiers = key.modifiers - KeyModifiers::ALT;
    let alone = Reported::Key(KeyEvent { modifiers, ..key });
    vec![Reported::Key(Code::Esc.into()), alone]
}

fn translate(reported: Reported) -> Option<Event> {
    match reported {
        Reported::Key(reported) if is_control(reported, 'l') => Some(Event::Redraw),
        Reported::Key(reported) => key(reported).map(Input::Key).map(Event::Input),
        Reported::Paste(text) => Some(Event::Input(Input::Paste(text))),
        // On Unix a signal tells it: crossterm listens only once it reads, and misses what comes before.
        Reported::Resize(..) if cfg!(not(unix)) => Some(Event::Redraw),
        Reported::Mouse(mouse) => wheel(mouse).map(Input::Wheel).map(Event::Input),
        Reported::Resize(..) | Reported::FocusGained | Reported::FocusLost => None,
    }
}

/// Whether a key is this letter with Ctrl alone.
fn is_control(key: KeyEvent, letter: char) -> bool {
    key.kind != KeyEventKind::Release
        && key.code == Code::Char(letter)
        && key.modifiers == KeyModifiers::CONTROL
}

/// The key that is pressed; a key let go is none.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn key(reported: KeyEvent) -> Option<Key> {
    let code = match reported.code {
        _ if reported.kind == KeyEventKind::Release => return None,
        // Some terminals send these bytes for the keys, and some programs to whom a line feed ends a line.
        _ if is_control(reported, 'h') => return Some(KeyCode::Backspace.into()),
        _ if is_control(reported, 'j') => return Some(KeyCode::Enter.into()),
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
    // Some terminals tell of AltGr as of Ctrl and Alt together, with the character that it writes.
    let alt_gr = held(KeyModifiers::CONTROL | KeyModifiers::ALT)
        && matches!(code, KeyCode::Char(c) if !c.is_ascii_alphanumeric() && c != ' ');
    Some(Key {
        code,
        ctrl: held(KeyModifiers::CONTROL) && !alt_gr,
        alt: held(KeyModifiers::ALT) && !alt_gr,
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
