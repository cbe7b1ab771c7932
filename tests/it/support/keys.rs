//! Keys pressed on the full screen, by the names that the tables of keys have for them: `Shift-Down`, `Ctrl-C`, `n`.

use nnmom_tutor::screen::{App, Chooser, Input, Practising};

/// A screen that takes keys.
pub trait Keyboard {
    /// Hands it what the learner does, and waits until it is done.
    fn take(&mut self, input: &Input);
}

impl Keyboard for App {
    fn take(&mut self, input: &Input) {
        self.update(input);
        while self.is_travelling() {
            self.travel();
        }
    }
}

impl Keyboard for Chooser {
    fn take(&mut self, input: &Input) {
        self.update(input);
    }
}

impl Keyboard for Practising {
    fn take(&mut self, input: &Input) {
        self.update(input);
    }
}

/// Presses a key.
#[track_caller]
pub fn press(screen: &mut impl Keyboard, name: &str) {
    screen.take(&Input::Key(name.parse().unwrap()));
}

/// Presses keys one after another.
#[track_caller]
pub fn press_all(screen: &mut impl Keyboard, names: &[&str]) {
    for name in names {
        press(screen, name);
    }
}

/// Types a text, character by character.
#[track_caller]
pub fn write(screen: &mut impl Keyboard, text: &str) {
    for character in text.chars() {
        press(screen, &character.to_string());
    }
}
