//! A run that plays: how many updates are due after some time, and what keys do meanwhile.

use std::time::Duration;

use super::{App, Pane, slot};
use crate::command::{Deed, On, Speed, deed};
use crate::screen::Key;
use crate::screen::layout::Mode;
use crate::watch::FRAME;

/// Time that has passed without anybody asking, as while the program was stopped, counts as no more than this.
const LONGEST: Duration = Duration::from_millis(250);

/// How many updates are due, as time goes by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// A part of one.
    owed: f64,
}

impl Pace {
    /// From here on; the first update is due at once.
    pub fn new() -> Self {
        Self { owed: 1.0 }
    }

    /// How many are due after some more time.
    pub fn after(&mut self, elapsed: Duration, speed: Speed) -> u64 {
        let most = LONGEST.max(2 * self.wait(speed));
        let owed = self.owed + elapsed.min(most).as_secs_f64() * speed.per_second();
        self.owed = owed.fract();
        owed.trunc() as u64
    }

    /// How long it takes until the next is due, and a frame at least.
    pub fn wait(self, speed: Speed) -> Duration {
        // A little longer, so that rounding does not leave it undone.
        let seconds = (1.0 - self.owed).max(0.0) / speed.per_second() + 1e-6;
        Duration::from_secs_f64(seconds).max(FRAME)
    }
}

impl App {
    /// Whether a key is one of those that count while the run plays; it has been obeyed then.
    pub(super) fn playing_key(&mut self, key: Key) -> bool {
        if self.session.playing().is_none() {
            return false;
        }
        match deed(&key.name(), On::Playing) {
            Some(Deed::Command(line)) => self.do_line(self.whole_updates(line)),
            Some(Deed::Close) => {
                let paused = self.session.pause();
                self.take(&paused, "");
            }
            None
            | Some(
                Deed::OpenBar(_)
                | Deed::Enter
                | Deed::Move(..)
                | Deed::MoveProblem(_)
                | Deed::Edit(_)
                | Deed::Take(_),
            ) => return false,
        }
        true
    }

    /// A run begins to play: it is seen.
    pub(super) fn begin_playing(&mut self) {
        self.pace = Pace::new();
        let large = self.areas().is_some_and(|areas| {
            areas.mode != Mode::Stacked && areas.pane(Pane::Picture).is_some()
        });
        if !large {
            self.focus = Pane::Picture;
        }
    }

    /// Lets so much time go by; whether anything has changed.
    pub(super) fn play_for(&mut self, elapsed: Duration) -> bool {
        let Some(speed) = self.session.playing() else {
            return false;
        };
        let due = self.pace.after(elapsed, speed);
        if due == 0 {
            return false;
        }
        let stopped = self.session.play_on(due);
        self.session.make_picture_ready();
        self.scrolls[slot(Pane::Update)] = None;
        self.scrolls[slot(Pane::Code)] = None;
        if let Some(outcome) = stopped {
            self.take(&outcome, "");
        }
        true
    }

    /// When something changes by itself.
    pub(super) fn plays_in(&self) -> Option<Duration> {
        let speed = self.session.playing()?;
        Some(self.pace.wait(speed))
    }
}
