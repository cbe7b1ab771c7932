//! The state of the course menu, and what each input does to it.

use ratatui::layout::Size;

use super::render;
use super::{Input, Key, KeyCode, Look};
use crate::command::{Deed, Leaving, deed};
use crate::view::{Menu, MenuEntry};

/// The key that begins practice.
pub const PRACTICE_KEY: &str = "p";

/// What has been picked from a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked<'a> {
    /// A lesson.
    Lesson(&'a MenuEntry),
    /// Practice.
    Practice,
}

/// The course menu on the full screen.
#[derive(Debug)]
pub struct Chooser {
    menu: Menu,
    chosen: usize,
    look: Look,
    size: Size,
    message: String,
    picked: bool,
    leaving: Option<Leaving>,
    /// Whether there is a lesson below, to which leaving leads.
    over: bool,
    suspends: bool,
}

impl Chooser {
    /// A menu in which the lesson is chosen where the learner has stopped.
    pub fn new(menu: Menu, look: Look) -> Self {
        Self {
            chosen: menu.stopped,
            menu,
            look,
            size: Size::new(80, 24),
            message: String::new(),
            picked: false,
            leaving: None,
            over: false,
            suspends: false,
        }
    }

    /// The same with something to say.
    #[must_use]
    pub fn saying(mut self, message: Option<String>) -> Self {
        self.say(message.unwrap_or_default());
        self
    }

    /// The same with a lesson chosen, by its name, where the course has it.
    #[must_use]
    pub fn choosing(mut self, name: &str) -> Self {
        let place = self
            .menu
            .entries
            .iter()
            .position(|entry| entry.name == name);
        self.chosen = place.unwrap_or(self.chosen);
        self
    }

    /// The same over a lesson, to which leaving leads.
    #[must_use]
    pub fn over(mut self, title: &str) -> Self {
        self.over = true;
        self.say(format!("{title} stays open as it is; Esc goes back to it."));
        self
    }

    /// Whether leaving leads back to a lesson.
    pub fn is_over_lesson(&self) -> bool {
        self.over
    }

    /// Has something said until the next key.
    pub fn say(&mut self, message: String) {
        self.message = message;
    }

    /// The course.
    pub fn menu(&self) -> &Menu {
        &self.menu
    }

    /// The place of what is chosen: a lesson, or practice after the last of them.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// How the screen is to look.
    pub fn look(&self) -> Look {
        self.look
    }

    /// What is to be said; mostly nothing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Takes note of the size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Whether practice is chosen.
    pub fn chooses_practice(&self) -> bool {
        self.chosen == self.menu.entries.len()
    }

    /// The same with practice chosen.
    #[must_use]
    pub fn choosing_practice(mut self) -> Self {
        self.chosen = self.menu.entries.len();
        self
    }

    /// What is to be opened; asking clears it.
    pub fn take_picked(&mut self) -> Option<Picked<'_>> {
        let picked = std::mem::take(&mut self.picked);
        let entry = self.menu.entries.get(self.chosen);
        picked.then_some(entry.map_or(Picked::Practice, Picked::Lesson))
    }

    /// Whether the learner has asked to leave.
    pub fn wants_to_quit(&self) -> bool {
        self.leaving.is_some()
    }

    /// Where the learner has asked to go.
    pub fn leaving(&self) -> Option<Leaving> {
        self.leaving
    }

    /// Whether the learner has asked for the shell; asking clears it.
    pub fn wants_to_suspend(&mut self) -> bool {
        std::mem::take(&mut self.suspends)
    }

    /// Does what an input asks for.
    pub fn update(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) => self.choose(1, wheel.down),
            Input::Paste(_) => {}
        }
    }

    /// The keys do what they do in a lesson, as far as a menu has it.
    fn key(&mut self, key: Key) {
        self.message.clear();
        let command = match (key.code, deed(&key.name(), None)) {
            _ if key.name() == PRACTICE_KEY => {
                self.chosen = self.menu.entries.len();
                "next"
            }
            (KeyCode::Enter, _) => "next",
            (KeyCode::Esc, _) => "quit",
            (_, Some(Deed::Command(line))) => line,
            _ => "",
        };
        match command {
            "step" => self.choose(1, true),
            "back update" => self.choose(1, false),
            "page next" => self.choose(self.screenful(), true),
            "page previous" => self.choose(self.screenful(), false),
            "goto start" => self.chosen = 0,
            "goto end" => self.chosen = self.menu.entries.len(),
            "next" => self.picked = true,
            "quit" => self.leaving = Some(Leaving::Here),
            "quit tutor" => self.leaving = Some(Leaving::Tutor),
            "sleep" => self.suspends = true,
            _ => {
                self.message = format!("The key {} does nothing here.", key.name());
            }
        }
    }

    fn choose(&mut self, by: usize, down: bool) {
        let last = self.menu.entries.len();
        self.chosen = if down {
            self.chosen.saturating_add(by).min(last)
        } else {
            self.chosen.saturating_sub(by)
        };
    }

    /// How many entries are seen at once.
    fn screenful(&self) -> usize {
        render::entries_in_sight(self, self.size).max(1)
    }
}
