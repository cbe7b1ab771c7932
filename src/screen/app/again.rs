//! A lesson whose file has changed while it is on the screen.

use super::{App, Front};
use crate::session::Session;

impl App {
    /// The files of the lesson may have changed: it is read again. What is open stays open where that still makes sense.
    pub fn read_again(&mut self) {
        let asked = |session: &Session| session.waiting().map(|waiting| waiting.lines);
        let before = asked(&self.session);
        let Some(again) = self.session.read_again() else {
            return;
        };
        self.session.make_picture_ready();
        self.turned.clear();
        self.message = again.said;
        if again.begins_anew {
            self.scrolls = [None; 4];
        }
        if again.begins_anew || asked(&self.session) != before {
            self.behind = None;
            if matches!(self.front, Front::Asking(_) | Front::Foretelling(_)) {
                self.front = Front::Panes;
            }
        }
    }
}
