//! What is known of a run that is playing, and of how the learner wants it to play.

use crate::command::{Lookout, Phrase, Speed, Unit};
use crate::explain::behaviour::Follower;

/// How a sitting plays.
#[derive(Debug, Clone, Default)]
pub(in crate::session) struct Player {
    /// Whether somebody sees the run move and asks for what comes next.
    animates: bool,
    /// What has been said of motion in this sitting.
    motion: Option<bool>,
    /// The speed that the learner has chosen on this page.
    speed: Option<Speed>,
    playing: Option<Play>,
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

    /// Whether somebody sees the run move.
    pub fn animates(&self) -> bool {
        self.animates
    }

    /// From here on somebody sees it move, or nobody; the answer is what was so before.
    pub fn animate(&mut self, animates: bool) -> bool {
        std::mem::replace(&mut self.animates, animates)
    }

    /// What has been said of motion in this sitting.
    pub fn motion(&self) -> Option<bool> {
        self.motion
    }

    pub fn set_motion(&mut self, on: bool) {
        self.motion = Some(on);
    }

    /// The speed of what is playing, or that which the learner has chosen before.
    pub fn speed(&self) -> Option<Speed> {
        let playing = self.playing.as_ref().map(|play| play.speed);
        playing.or(self.speed)
    }

    pub fn choose_speed(&mut self, speed: Speed) {
        self.speed = Some(speed);
        if let Some(play) = &mut self.playing {
            play.speed = speed;
        }
    }

    /// What is playing.
    pub fn playing(&self) -> Option<&Play> {
        self.playing.as_ref()
    }

    /// It plays from here on.
    pub fn put(&mut self, play: Play) {
        self.playing = Some(play);
    }

    /// It plays no more.
    pub fn take(&mut self) -> Option<Play> {
        self.playing.take()
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
    /// Whether it goes by items, and no further than the epoch that it was begun in.
    pub fn ends_epoch(&self, length: Option<u64>) -> bool {
        let end = length.map(|length| (self.from / length + 1) * length);
        self.unit == Unit::Update && end == Some(self.last)
    }

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
