//! What is known of a run that is playing, and of how the learner wants it to play.

use crate::command::{Lookout, Phrase, Speed, Unit};
use crate::explain::Follower;

/// How a sitting plays.
#[derive(Debug, Clone, Default)]
pub(in crate::session) struct Player {
    /// Whether somebody sees the run move and asks for what comes next.
    pub animates: bool,
    /// What has been said of motion in this sitting.
    pub motion: Option<bool>,
    /// The speed that the learner has chosen on this page.
    pub speed: Option<Speed>,
    /// What is playing.
    pub playing: Option<Play>,
}

impl Player {
    /// The same without anything that is about one run.
    pub fn afresh(&self) -> Self {
        Self {
            speed: None,
            playing: None,
            ..*self
        }
    }

    /// The same where nobody looks.
    pub fn unseen(&self) -> Self {
        Self {
            animates: false,
            ..self.afresh()
        }
    }
}

/// A run, or several, going on by themselves.
#[derive(Debug, Clone)]
pub(in crate::session) struct Play {
    pub speed: Speed,
    pub unit: Unit,
    /// After how many updates it was begun,
    pub from: u64,
    /// after how many it is now,
    pub at: u64,
    /// and after how many it ends at the latest.
    pub last: u64,
    /// What each run is to come to.
    pub goal: Option<Phrase>,
    /// The current branch, and those that are compared with it.
    pub runners: Vec<Runner>,
    /// What has happened on the way and has not stopped it.
    pub told: Vec<String>,
}

impl Play {
    /// Takes note of what happens.
    pub fn tell(&mut self, words: String) {
        /// More is not read.
        const MOST: usize = 40;
        match self.told.len() {
            MOST => self
                .told
                .push("More has happened, which is not told.".to_owned()),
            count if count < MOST => self.told.push(words),
            _ => {}
        }
    }
}

/// One run that is playing.
#[derive(Debug, Clone)]
pub(in crate::session) struct Runner {
    /// Its branch.
    pub branch: usize,
    pub follower: Follower,
    pub lookout: Lookout,
    /// Whether it has come to what it was to come to, or can make no more.
    pub is_over: bool,
    /// After how many updates it has been changed by hand last.
    pub last_change: Option<u64>,
}
