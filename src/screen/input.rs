//! What comes in: keys, the mouse wheel, resizing and signals, in one queue.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind,
};

use super::signals;

/// Something that has come in.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A key, as the terminal reports it.
    Key(KeyEvent),
    /// The mouse wheel, and where the mouse is.
    Wheel(MouseWheel),
    /// Text that has been pasted.
    Paste(String),
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

/// The mouse wheel has been turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MouseWheel {
    /// Whether down.
    pub down: bool,
    /// The column of the mouse.
    pub column: u16,
    /// The row of the mouse.
    pub row: u16,
}

/// Starts listening to the terminal and to signals.
///
/// # Errors
/// Where signals cannot be listened to.
pub fn listen() -> io::Result<Receiver<Input>> {
    let (sender, receiver) = channel();
    signals::listen(sender.clone())?;
    thread::spawn(move || listen_to_terminal(&sender));
    Ok(receiver)
}

fn listen_to_terminal(sender: &Sender<Input>) {
    loop {
        let input = event::read().map_or(Some(Input::Lost), translate);
        let lost = input == Some(Input::Lost);
        let gone = input.is_some_and(|input| sender.send(input).is_err());
        if lost || gone {
            return;
        }
    }
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Paste(text) => Some(Input::Paste(text)),
        // On Unix a signal tells it: crossterm listens only once it reads, and misses what comes before.
        Event::Resize(..) if cfg!(not(unix)) => Some(Input::Redraw),
        Event::Mouse(mouse) => {
            let down = match mouse.kind {
                MouseEventKind::ScrollDown => true,
                MouseEventKind::ScrollUp => false,
                _ => return None,
            };
            let (column, row) = (mouse.column, mouse.row);
            Some(Input::Wheel(MouseWheel { down, column, row }))
        }
        _ => None,
    }
}

/// The name by which the table of keys knows a key.
pub fn key_name(key: KeyEvent) -> String {
    if key.modifiers.contains(KeyModifiers::ALT) {
        let plain = KeyEvent {
            modifiers: key.modifiers.difference(KeyModifiers::ALT),
            ..key
        };
        return format!("Alt-{}", key_name(plain));
    }
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(character) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            return format!("Ctrl-{}", character.to_ascii_uppercase());
        }
        KeyCode::Char(character) => return character.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::BackTab => return "BackTab".to_owned(),
        other => format!("{other:?}"),
    };
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        format!("Ctrl-{name}")
    } else if key.modifiers.contains(KeyModifiers::SHIFT) {
        format!("Shift-{name}")
    } else {
        name
    }
}
