//! What the menu, a sitting and practice have in common as screens.

use ratatui::Frame;
use ratatui::layout::Size;

use super::{Input, Look};
use crate::command::{Home, Leaving};
use crate::view::Ground;

/// What is the same of every screen, whatever is on it.
#[derive(Debug, Clone)]
pub struct Common {
    pub(super) look: Look,
    pub(super) size: Size,
    pub(super) mouse: bool,
    pub(super) home: Home,
    pub(super) leaving: Option<Leaving>,
    pub(super) suspends: bool,
    /// What is to be put onto the terminal's clipboard.
    pub(super) copied: Option<String>,
}

impl Common {
    pub(super) fn new(look: Look) -> Self {
        Self {
            look,
            size: Size::new(80, 24),
            mouse: true,
            home: Home::Shell,
            leaving: None,
            suspends: false,
            copied: None,
        }
    }

    /// Gives the mouse to the screen or to the terminal; without saying to which, to the other one.
    pub(super) fn take_mouse(&mut self, taken: Option<bool>) {
        self.mouse = taken.unwrap_or(!self.mouse);
    }
}

/// Something that has the full screen.
pub trait FullScreen {
    /// What is the same of every screen.
    fn common(&self) -> &Common;

    /// What is the same of every screen, to be changed.
    fn common_mut(&mut self) -> &mut Common;

    /// Does what an input asks for.
    fn update(&mut self, input: &Input);

    /// Draws the whole screen.
    fn draw(&self, frame: &mut Frame);

    /// The same, opened from the course menu.
    #[must_use]
    fn opened_from_menu(mut self) -> Self
    where
        Self: Sized,
    {
        self.common_mut().home = Home::Menu;
        self
    }

    /// Takes note of the size of the terminal.
    fn resize(&mut self, size: Size) {
        self.common_mut().size = size;
    }

    /// How the screen is to look.
    fn look(&self) -> Look {
        self.common().look
    }

    /// Takes note of the background that the terminal has.
    fn stand_on(&mut self, ground: Ground) {
        self.common_mut().look.ground = ground;
    }

    /// Whether the mouse wheel is listened to.
    fn takes_mouse(&self) -> bool {
        self.common().mouse
    }

    /// Where leaving leads to.
    fn home(&self) -> Home {
        self.common().home
    }

    /// Where the learner has asked to go.
    fn leaving(&self) -> Option<Leaving> {
        self.common().leaving
    }

    /// Whether the learner has asked to leave.
    fn wants_to_quit(&self) -> bool {
        self.leaving().is_some()
    }

    /// What is to be put onto the terminal's clipboard; asking clears it.
    fn take_copied(&mut self) -> Option<String> {
        self.common_mut().copied.take()
    }

    /// Whether the learner has asked for the shell; asking clears it.
    fn wants_to_suspend(&mut self) -> bool {
        std::mem::take(&mut self.common_mut().suspends)
    }
}
