//! What has the screen: the course menu, a sitting, or practice.

use ratatui::Frame;
use ratatui::layout::Size;

use super::menu::Chooser;
use super::practising::Practising;
use super::{App, Input, draw, draw_menu, draw_practice};
use crate::session::{Session, TypedLines};

/// Opens a lesson, by its name, at a page, from 1. It may say why it cannot.
pub type OpenLesson = Box<dyn Fn(&str, usize) -> Result<Session, String>>;

/// Where a learner goes who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Back to where they came from.
    Here,
    /// Out of the tutor.
    Tutor,
}

/// What has the screen.
pub enum Stage {
    /// A lesson is being chosen.
    Menu(Box<Choosing>),
    /// A lesson is open.
    Sitting(Box<App>),
    /// Problems are being solved.
    Practice(Box<Practising>),
}

/// A menu, and what is needed to open a lesson from it.
pub struct Choosing {
    menu: Chooser,
    typed: TypedLines,
    open: OpenLesson,
}

impl Stage {
    /// The course menu.
    pub fn menu(menu: Chooser, typed: TypedLines, open: OpenLesson) -> Self {
        Self::Menu(Box::new(Choosing { menu, typed, open }))
    }

    /// A sitting.
    pub fn sitting(app: App) -> Self {
        Self::Sitting(Box::new(app))
    }

    /// Practice.
    pub fn practice(practising: Practising) -> Self {
        Self::Practice(Box::new(practising))
    }

    /// Whether the mouse wheel is listened to.
    pub fn takes_mouse(&self) -> bool {
        match self {
            Self::Menu(_) => true,
            Self::Sitting(app) => app.takes_mouse(),
            Self::Practice(practising) => practising.takes_mouse(),
        }
    }

    /// Takes note of the size of the terminal.
    pub fn resize(&mut self, size: Size) {
        match self {
            Self::Menu(choosing) => choosing.menu.resize(size),
            Self::Sitting(app) => app.resize(size),
            Self::Practice(practising) => practising.resize(size),
        }
    }

    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame) {
        match self {
            Self::Menu(choosing) => draw_menu(frame, &choosing.menu),
            Self::Sitting(app) => draw(frame, app),
            Self::Practice(practising) => draw_practice(frame, practising),
        }
    }

    /// Whether a long way is being made.
    pub fn is_travelling(&self) -> bool {
        matches!(self, Self::Sitting(app) if app.is_travelling())
    }

    /// Makes a slice of a long way.
    pub fn travel(&mut self) {
        if let Self::Sitting(app) = self {
            app.travel();
        }
    }

    /// Whether the learner has asked for the shell; asking clears it.
    pub fn wants_to_suspend(&mut self) -> bool {
        match self {
            Self::Menu(choosing) => choosing.menu.wants_to_suspend(),
            Self::Sitting(app) => app.wants_to_suspend(),
            Self::Practice(practising) => practising.wants_to_suspend(),
        }
    }

    /// Whether the learner has asked to leave.
    pub fn wants_to_quit(&self) -> bool {
        match self {
            Self::Menu(choosing) => choosing.menu.wants_to_quit(),
            Self::Sitting(app) => app.wants_to_quit(),
            Self::Practice(practising) => practising.leaving().is_some(),
        }
    }

    /// Does what an input asks for. A lesson that is picked takes the screen.
    pub fn update(&mut self, input: &Input) {
        match self {
            Self::Sitting(app) => app.update(input),
            Self::Practice(practising) => practising.update(input),
            Self::Menu(choosing) => {
                choosing.menu.update(input);
                if let Some(app) = choosing.opened() {
                    *self = Self::sitting(app);
                }
            }
        }
    }
}

impl Choosing {
    /// A sitting with the lesson that has been picked, where one has.
    fn opened(&mut self) -> Option<App> {
        let entry = self.menu.take_picked()?;
        match (self.open)(entry.name, entry.page) {
            Ok(session) => {
                let typed = std::mem::take(&mut self.typed);
                Some(App::new(session, self.menu.look()).recalling(typed))
            }
            Err(reason) => {
                self.menu.say(reason);
                None
            }
        }
    }
}
