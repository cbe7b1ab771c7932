//! Letting the run go on by itself: so many updates with every tick where somebody sees it move, and at once elsewhere.
//! It stops where something happens, and says what.

use super::lines::refuse;
use super::player::Play;
use super::playing::{GOES_ON, UPDATES};
use crate::command::{Command, Destination, Played, Playing, Speed, Unit, refused};
use crate::explain::Line;
use crate::explain::behaviour::Milestone;
use crate::record;
use crate::session::{Done, Outcome, Part, Session};
use crate::watch::What;

/// So many items of a network are played at a time at least, and so many epochs at least and at most,
const ITEMS: u64 = 6_000;
const EPOCHS: (u64, u64) = (50, 2_000);
/// and so many updates to come to a condition.
const MOST_UPDATES: u64 = 1_000_000;
/// In its first epoch, a network with no more items than these is played by items.
const FEW_ITEMS: u64 = 30;
/// So much work is done between two frames: where the speed asks for more, it is played as fast as can be seen.
const TICK: u64 = 1 << 21;

impl Session {
    /// The same sitting for somebody who sees the run move: what is played goes on with every [`Session::play_on`].
    pub fn animate(&mut self) {
        self.player.animate(true);
    }

    /// How fast the run is playing, and in what; `None` while it does not.
    pub fn playing(&self) -> Option<Speed> {
        Some(self.player.playing()?.speed)
    }

    /// `8 updates a second`, while the run plays.
    pub fn pace(&self) -> Option<String> {
        let play = self.player.playing()?;
        Some(self.pace_words(play.speed, play.unit))
    }

    /// Whether a run that is played is seen to move.
    pub fn motion(&self) -> bool {
        let kept = self.keeper.logbook().tastes.motion;
        self.player.motion().or(kept).unwrap_or(true)
    }

    /// Whatever is kept, nothing moves in this sitting, unless it is set here.
    #[must_use]
    pub fn without_motion(mut self) -> Self {
        self.player.set_motion(false);
        self
    }

    pub(in crate::session) fn set_motion(&mut self, on: bool) -> Outcome {
        self.player.set_motion(on);
        self.keeper.note(record::What::Motion { on });
        Outcome::says(if on {
            "Motion is on: `play` and Space let the run be seen moving."
        } else {
            "Motion is off: `play` and Space show at once where the run stops, and say why."
        })
    }

    pub(in crate::session) fn play(&mut self, playing: &Playing) -> Done {
        match playing {
            Playing::Go(_) if self.player.playing().is_some() => Ok(self.pause()),
            Playing::Go(asked) => self.begin_play(asked),
            Playing::Faster => Ok(self.change_speed(Speed::faster, "That is the fastest")),
            Playing::Slower => Ok(self.change_speed(Speed::slower, "That is the slowest")),
        }
    }

    /// Stops what is playing, and says where; nothing where nothing is.
    pub fn pause(&mut self) -> Outcome {
        let Some(play) = self.player.take() else {
            return Outcome::default();
        };
        self.note_played(&play);
        let place = self.after(play.unit, play.at);
        Outcome::says(format!("Paused {place}. {GOES_ON}"))
    }

    /// Makes so many updates or epochs of what is playing; what there is to say where that stops it.
    pub fn play_on(&mut self, count: u64) -> Option<Outcome> {
        let mut play = self.player.take()?;
        let watch = self.watch().clone();
        let length = self.lesson.model.epoch_length();
        let each = length.filter(|_| play.unit == Unit::Epoch).unwrap_or(1);
        let each = each * self.lesson.model.work() * play.runners.len() as u64;
        let count = count.min((TICK / each).max(1));
        let end = match (play.unit, length) {
            (Unit::Epoch, Some(length)) => (play.at / length)
                .saturating_add(count)
                .saturating_mul(length),
            (Unit::Epoch | Unit::Update | Unit::Line, _) => play.at.saturating_add(count),
        };
        let end = end.min(play.last);
        let why = watch.during(|| self.make(&mut play, end));
        self.stand_after(play.at);
        if let Some(why) = why {
            return Some(self.end_play(play, &why));
        }
        self.player.put(play);
        None
    }

    fn change_speed(&mut self, change: fn(Speed) -> Option<Speed>, otherwise: &str) -> Outcome {
        let (unit, usual) = self.usual_pace(None);
        let now = self.player.speed().unwrap_or(usual);
        let unit = self.player.playing().map_or(unit, |play| play.unit);
        let changed = change(now);
        let speed = changed.unwrap_or(now);
        self.player.choose_speed(speed);
        let words = self.pace_words(speed, unit);
        Outcome::says(match changed {
            Some(_) => format!("{words}, where it plays."),
            None => format!("{otherwise}: {words}."),
        })
    }

    fn begin_play(&mut self, asked: &Played) -> Done {
        if asked.unit == Some(Unit::Epoch) && self.lesson.model.epoch_length().is_none() {
            return Err(super::no_epochs());
        }
        let step = self.step();
        (self.timeline().run().record(step)).map_err(|stop| refuse(&stop))?;
        let mut goal = asked.until.clone().or_else(|| self.common_goal().cloned());
        let mut runners = self.runners(goal.as_ref());
        if asked.until.is_none() && runners.iter().all(|runner| runner.is_over) {
            // All have come to it: there is something else to come to.
            goal = None;
            runners = self.runners(None);
        }
        if let Some(phrase) = runners[0].lookout.until_holds()
            && asked.until.is_some()
        {
            return Ok(Outcome::says(format!("{phrase} holds already.")));
        }
        if runners.iter().all(|runner| runner.follower.is_at_rest()) {
            return refused(
                "the run is at rest: nothing moves any more",
                "`reset` or Home begins again, `turn` makes it anew with other settings",
            );
        }
        let (unit, usual) = self.usual_pace(asked.unit);
        if let Some(speed) = asked.speed {
            self.player.choose_speed(speed);
        }
        let length = self.lesson.model.epoch_length();
        let most = match (&goal, length) {
            (Some(_), _) => MOST_UPDATES,
            (None, Some(length)) => epochs(length).saturating_mul(length),
            (None, None) => UPDATES,
        };
        // By items it goes to the end of the epoch where nobody has asked for items.
        let epoch = length.filter(|_| unit == Unit::Update && asked.unit.is_none());
        let last = match epoch {
            Some(length) => (step / length + 1) * length,
            None => step.saturating_add(most),
        };
        let play = Play {
            speed: self.player.speed().unwrap_or(usual),
            unit,
            from: step,
            at: step,
            last,
            goal,
            runners,
            told: Vec::new(),
        };
        if self.player.animates() && self.motion() && !self.tape.is_in_script() {
            self.player.put(play);
            return Ok(Outcome::default());
        }
        let mut play = play;
        let watch = self.watch().clone();
        let _goal = watch.toward(step, Some(play.last), What::Updates);
        let last = play.last;
        let why = self.make(&mut play, last);
        self.stand_after(play.at);
        let why = why.unwrap_or_default();
        Ok(self.end_play(play, &why))
    }

    /// What a play is counted in, and how fast it goes, where nobody says otherwise.
    fn usual_pace(&self, unit: Option<Unit>) -> (Unit, Speed) {
        let step = self.step();
        let Some(length) = self.lesson.model.epoch_length() else {
            return (Unit::Update, Speed::for_all(self.whole_run()));
        };
        let by_items = length > 1 && length <= FEW_ITEMS && step < length;
        let unit = unit.unwrap_or(if by_items { Unit::Update } else { Unit::Epoch });
        let all = match unit {
            Unit::Epoch => epochs(length),
            Unit::Update | Unit::Line => length,
        };
        (unit, Speed::for_all(all))
    }

    pub(super) fn milestone_words(&self, milestone: &Milestone) -> String {
        let parameter = |index: usize| self.lesson.model.parameters()[index].clone();
        let minimum = |index: usize| {
            let landscape = self.landscape();
            landscape.map_or_else(String::new, |all| self.minimum_name(all, index))
        };
        milestone.words(self.digits(), &parameter, &minimum)
    }

    /// `momentum=0.8: `, where several run.
    pub(super) fn runner_name(&self, play: &Play, index: usize) -> String {
        if play.runners.len() == 1 {
            return String::new();
        }
        let branch = &self.timeline().branches()[play.runners[index].branch];
        format!("{}: ", branch.name)
    }

    /// Says why it has stopped, and what has happened on the way.
    fn end_play(&mut self, play: Play, why: &str) -> Outcome {
        self.note_played(&play);
        let place = self.after(play.unit, play.at);
        let said = Outcome::says(format!("Stopped {place}{why}"));
        said.and(Part::Played(
            play.told.into_iter().map(Line::plain).collect(),
        ))
    }

    /// What is to be done after every move; on the tape stands where it has led.
    fn note_played(&mut self, play: &Play) {
        if play.at == play.from {
            return;
        }
        // A script goes back in the same steps, where none of them is left to the learner.
        let made = play.at - play.from;
        let length = self.lesson.model.epoch_length().unwrap_or(1);
        let (line, command) = if self.predicts() {
            let there = Command::Goto(Destination::Step(play.at));
            (format!("goto {}", play.at), there)
        } else if play.unit == Unit::Epoch && play.at.is_multiple_of(length) {
            let epochs = play.at / length - play.from / length;
            self.walk.keep_pace(Unit::Epoch);
            (format!("epoch {epochs}"), Command::Epoch(epochs))
        } else {
            self.walk.keep_pace(Unit::Update);
            (format!("step {made}"), Command::Step(made))
        };
        self.tape.note(&line, &command);
        self.note_sights();
        if self.predicts() {
            self.exercises.leave();
        }
    }

    /// `after update 12`, `after epoch 3`.
    pub(super) fn after(&self, unit: Unit, at: u64) -> String {
        match (unit, self.lesson.model.epoch_length()) {
            (Unit::Epoch, Some(length)) if at.is_multiple_of(length) => {
                format!("after epoch {}", at / length)
            }
            (Unit::Epoch | Unit::Update | Unit::Line, _) if at == 0 => "at the start".to_owned(),
            (Unit::Epoch | Unit::Update | Unit::Line, _) => format!("after update {at}"),
        }
    }

    fn pace_words(&self, speed: Speed, unit: Unit) -> String {
        let [one, several] = match (unit, self.lesson.model.network()) {
            (Unit::Epoch, _) => ["epoch", "epochs"],
            (Unit::Update | Unit::Line, Some(_)) => ["item", "items"],
            (Unit::Update | Unit::Line, None) => ["update", "updates"],
        };
        let played = if speed.is_several() { several } else { one };
        format!("{} {played} a second", speed.words())
    }
}

/// So many epochs of so many items are played at a time.
fn epochs(length: u64) -> u64 {
    (ITEMS / length).clamp(EPOCHS.0, EPOCHS.1)
}
