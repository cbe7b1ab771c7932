//! Long ways and sweeps: the screen stays live while they are made, and Esc stops them.

use super::App;
use crate::command::{Command, Deed, On, deed, key_for};
use crate::explain::{Line, Role};
use crate::screen::Key;
use crate::session::{Journey, SweepJob};

impl App {
    /// Goes on with a long way until it is `enough`.
    pub(super) fn go_on(&mut self, enough: &mut dyn FnMut() -> bool) {
        if let Some(job) = self.sweep.take() {
            self.look_after(job);
        }
        let Some(mut journey) = self.journey.take() else {
            return;
        };
        match self.session.travel(&mut journey, enough) {
            Ok(Some(outcome)) => self.take(&outcome),
            Ok(None) => {
                self.message = underway(&journey);
                self.journey = Some(journey);
            }
            Err(complaint) => self.complain(complaint),
        }
    }

    /// Takes what a sweep has found, or says how far it is.
    fn look_after(&mut self, job: Box<SweepJob>) {
        if job.is_over() {
            let outcome = self.session.finish_sweep(*job);
            self.take(&outcome);
        } else {
            let (done, all) = job.progress();
            self.message = so_far(format!("{done} of {all} runs made. "));
            self.sweep = Some(job);
        }
    }

    /// What a key does meanwhile: Esc stops, the keys that leave do so, and nothing else is done.
    pub(super) fn travelling_key(&mut self, key: Key) {
        let stops = deed(&key.name(), On::Travelling) == Some(Deed::Close);
        if self.sweep.is_some() {
            self.leave_by(key);
            // Nobody would see what those make of it who go on in the background.
            let unseen = stops || self.common.leaving.is_some();
            if let Some(job) = self.sweep.as_ref().filter(|_| unseen) {
                job.cancel();
            }
        } else if let Some(journey) = self.journey.take() {
            if stops {
                let outcome = self.session.give_up(&journey);
                self.take(&outcome);
            } else {
                self.leave_by(key);
                self.journey = Some(journey);
            }
        }
    }

    /// Leaves where a key asks for it, and does nothing else.
    fn leave_by(&mut self, key: Key) {
        let command = deed(&key.name(), On::Lesson).and_then(Deed::command);
        if let Some(Command::Quit(leaving)) = command {
            self.common.leaving = Some(leaving);
        }
    }
}

/// `1200 of 100000 updates made. Esc stops.`
pub(super) fn underway(journey: &Journey) -> Line {
    let (made, all) = journey.progress();
    so_far(format!("{made} of {all} updates made. "))
}

fn so_far(made: String) -> Line {
    let stops = format!("{} stops.", key_for(Deed::Close, On::Travelling));
    Line::plain(made).with(stops, Role::Strong)
}
