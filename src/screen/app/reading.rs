//! Keys while something longer is being read, in front of the panes.

use super::scrolling::{SCROLL, scrolled};
use super::{App, Front};
use crate::command::{Deed, Offer, On, Way, deed, meant_key};
use crate::explain::Line;
use crate::screen::render;
use crate::screen::{Key, KeyCode};
use crate::session::Outcome;
use crate::view::{Medium, Sheet};

/// A text in front of the panes.
#[derive(Debug)]
pub struct Window {
    pub sheet: Sheet,
    /// By how many lines it is scrolled.
    pub scroll: usize,
    /// What is said at the foot of the screen instead of the keys; mostly nothing.
    pub told: Line,
    /// The command that is done where the learner agrees to it, where it is asked whether it is to be done.
    asks: Option<String>,
}

impl Window {
    /// What there is to read of an outcome.
    pub(in crate::screen) fn of(outcome: &Outcome) -> Option<Self> {
        let sheet = Sheet::all(outcome, Medium::Screen)?;
        let asks = outcome.asked().map(|asked| asked.command.clone());
        Some(Self {
            asks,
            ..Self::showing(sheet, Line::new())
        })
    }

    /// The command that is done where the learner agrees to it, where that is asked.
    pub(in crate::screen) fn asks(&self) -> Option<&str> {
        self.asks.as_deref()
    }

    /// A text that asks nothing, and what is said below it.
    pub(in crate::screen) fn showing(sheet: Sheet, told: Line) -> Self {
        Self {
            sheet,
            scroll: 0,
            told,
            asks: None,
        }
    }
}

impl App {
    pub(super) fn reading_key(&mut self, key: Key) {
        let whether = self.asks_whether();
        let on = match &whether {
            Some(_) => On::Confirmation,
            None => On::Reading,
        };
        // Asked whether to leave, the key that has asked for it agrees.
        let again = deed(&key.name(), On::Lesson).filter(
            |deed| matches!(deed, Deed::Command(command) if whether.as_deref() == Some(*command)),
        );
        let told = meant_key(&key.name(), on).filter(|_| again.is_none());
        if let Front::Reading(window) = &mut self.front {
            window.told = told.clone().map_or_else(Line::new, Line::plain);
        }
        // What is read stays, whatever the key was meant for.
        if told.is_some() {
            return;
        }
        match again.map_or_else(
            || deed(&key.name(), on),
            |_| Some(Deed::Take(Offer::Agreement)),
        ) {
            Some(Deed::Move(_, way)) => self.scroll_reading(way),
            Some(Deed::Command(line)) => self.do_line(line),
            Some(Deed::Take(Offer::Agreement)) => {
                self.front = Front::Panes;
                self.do_line(&whether.unwrap_or_default());
            }
            Some(Deed::Close) => self.close(),
            None
            | Some(
                Deed::Enter
                | Deed::OpenBar(_)
                | Deed::MoveProblem(_)
                | Deed::Edit(_)
                | Deed::Take(Offer::Practice | Offer::Own),
            ) => {
                self.front = Front::Panes;
                // Whatever a character does elsewhere, where it is asked whether to go on it means no.
                if whether.is_none() || !is_character(key) {
                    self.pane_key(key);
                }
            }
        }
    }

    /// The command that can be agreed to, where it is asked for.
    fn asks_whether(&self) -> Option<String> {
        match &self.front {
            Front::Reading(window) => window.asks().map(str::to_owned),
            Front::Panes | Front::Bar(_) | Front::Foretelling(_) | Front::Asking(_) => None,
        }
    }

    /// Closes what lies over the page; a question that was there before is there again.
    pub(super) fn close(&mut self) {
        self.front = Front::Panes;
        self.uncover();
    }

    pub(super) fn scroll_reading(&mut self, way: Way) {
        if let Front::Reading(window) = &mut self.front {
            let most = render::reading_overflow(&window.sheet, self.common.size, self.common.look);
            window.scroll = scrolled(window.scroll, way, SCROLL, most);
        }
    }
}

fn is_character(key: Key) -> bool {
    matches!(key.code, KeyCode::Char(_)) && !key.ctrl
}
