//! Letting the run go on by itself: so many updates with every tick where somebody sees it move, and at once elsewhere.
//! It stops where something happens, and says what.

use super::lines::{advice, ended, refuse};
use super::player::{Play, Runner};
use crate::command::{Command, Destination, Phrase, Played, Playing, Speed, Unit, refused};
use crate::explain::behaviour::Ground;
use crate::explain::{Follower, Line, Milestone, capital, nearest};
use crate::lesson::Lesson;
use crate::math::valley;
use crate::pictures::Landscape;
use crate::session::memo::Memo;
use crate::session::{Done, Outcome, Part, Session};
use crate::timeline::{Future, Stop};
use crate::watch::What;

/// So many updates of a surface are played at a time,
const UPDATES: u64 = 1_000;
/// so many of a network at least, and so many epochs at least and at most,
const ITEMS: u64 = 6_000;
const EPOCHS: (u64, u64) = (50, 2_000);
/// and so many updates to come to a condition.
const MOST_UPDATES: u64 = 1_000_000;
/// In its first epoch, a network with no more items than these is played by items.
const FEW_ITEMS: u64 = 30;
/// What happened before so many updates, or epochs, is not looked for,
const LOOKED_BACK: (u64, u64) = (10_000, 50);
/// nor is what takes more work to be looked for.
const WORK_BACK: u64 = 1 << 24;
/// How a play goes on that has stopped.
const GOES_ON: &str = "Space or `play` goes on.";

impl Session {
    /// The same sitting for somebody who sees the run move: what is played goes on with every [`Session::play_on`].
    pub fn animate(&mut self) {
        self.player.animates = true;
    }

    /// How fast the run is playing, and in what; `None` while it does not.
    pub fn playing(&self) -> Option<(Speed, &'static str)> {
        let play = self.player.playing.as_ref()?;
        Some((play.speed, self.played_in(play.unit)))
    }

    /// Whether a run that is played is seen to move.
    pub fn motion(&self) -> bool {
        let kept = self.keeper.logbook().tastes.motion;
        self.player.motion.or(kept).unwrap_or(true)
    }

    /// Whatever is kept, nothing moves in this sitting, unless it is set here.
    #[must_use]
    pub fn without_motion(mut self) -> Self {
        self.player.motion = Some(false);
        self
    }

    pub(in crate::session) fn set_motion(&mut self, on: bool) -> Outcome {
        self.player.motion = Some(on);
        self.keeper.note(crate::record::What::Motion { on });
        Outcome::says(if on {
            "Motion is on: `play` and Space let the run be seen moving."
        } else {
            "Motion is off: `play` and Space show at once where the run stops, and say why."
        })
    }

    pub(in crate::session) fn play(&mut self, playing: &Playing) -> Done {
        match playing {
            Playing::Go(_) if self.player.playing.is_some() => Ok(self.pause()),
            Playing::Go(asked) => self.begin_play(asked),
            Playing::Faster => Ok(self.change_speed(Speed::faster, "That is the fastest")),
            Playing::Slower => Ok(self.change_speed(Speed::slower, "That is the slowest")),
        }
    }

    /// Stops what is playing, and says where; nothing where nothing is.
    pub fn pause(&mut self) -> Outcome {
        let Some(play) = self.player.playing.take() else {
            return Outcome::default();
        };
        self.note_played(&play);
        let place = self.after(play.unit, play.at);
        Outcome::says(format!("Paused {place}. {GOES_ON}"))
    }

    /// Makes so many updates or epochs of what is playing; what there is to say where that stops it.
    pub fn play_on(&mut self, count: u64) -> Option<Outcome> {
        let mut play = self.player.playing.take()?;
        let watch = self.watch().clone();
        let end = match (play.unit, self.lesson.model.epoch_length()) {
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
        self.player.playing = Some(play);
        None
    }

    fn change_speed(&mut self, change: fn(Speed) -> Option<Speed>, otherwise: &str) -> Outcome {
        let now = self.player.playing.as_ref().map(|play| play.speed);
        let (unit, usual) = self.usual_pace(None);
        let now = now.or(self.player.speed).unwrap_or(usual);
        let unit = self.player.playing.as_ref().map_or(unit, |play| play.unit);
        let changed = change(now);
        let speed = changed.unwrap_or(now);
        self.player.speed = Some(speed);
        if let Some(play) = &mut self.player.playing {
            play.speed = speed;
        }
        let words = format!("{} {} a second", speed.words(), self.played_in(unit));
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
        self.player.speed = asked.speed.or(self.player.speed);
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
            speed: self.player.speed.unwrap_or(usual),
            unit,
            from: step,
            at: step,
            last,
            goal,
            runners,
            told: Vec::new(),
        };
        if self.player.animates && self.motion() && !self.tape.is_in_script() {
            self.player.playing = Some(play);
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

    /// About how many updates the run has until it ends or arrives.
    fn whole_run(&self) -> u64 {
        let (model, step) = (&self.lesson.model, self.step());
        if let Some(updates) = model.updates() {
            return updates;
        }
        let run = self.timeline().run();
        let start = run.state(0).weights;
        let ahead = with_ground(&self.lesson, &self.memo, |ground| {
            let future = Future::of(model, run.state(step), UPDATES as usize)?;
            let updates = future.updates();
            let is_there = |update: &usize| {
                let ground = ground?;
                let (minimum, left) = nearest(ground, future.place(*update))?;
                Some(Follower::is_near(
                    left,
                    &ground.minima[minimum].point,
                    &start,
                ))
            };
            let away = (0..=updates)
                .rev()
                .find(|update| is_there(update) != Some(true));
            Some(away.map_or(0, |away| (away + 1).min(updates)))
        });
        step + ahead.unwrap_or(0) as u64
    }

    /// The current run, and those that go along with it.
    fn runners(&self, goal: Option<&Phrase>) -> Vec<Runner> {
        let branches = [vec![self.timeline().current_index()], self.rivals()].concat();
        let runner = |branch: usize| self.runner(branch, goal);
        branches.into_iter().map(runner).collect()
    }

    fn runner(&self, branch: usize, goal: Option<&Phrase>) -> Runner {
        let run = &self.timeline().branches()[branch].run;
        let (model, step) = (&self.lesson.model, self.step().min(run.reached()));
        let start = run.state(0);
        let loss = match model.surface() {
            Some(surface) => Some(surface.loss(&start.weights)),
            None => run.metrics(0).map(|metrics| metrics.loss),
        };
        let mut follower = Follower::new(&start, loss);
        with_ground(&self.lesson, &self.memo, |ground| {
            match model.epoch_length() {
                None => {
                    run.walk(step.saturating_sub(LOOKED_BACK.0), step, |record, state| {
                        follower.note(model, ground, record, state);
                        false
                    });
                    follower.begin(model, ground, &run.state(step));
                }
                Some(length) => {
                    let (made, each) = (step / length, length * model.work());
                    let back = LOOKED_BACK.1.min(WORK_BACK / each);
                    for epoch in made.saturating_sub(back)..=made {
                        if let Some(metrics) = run.metrics(epoch * length) {
                            follower.sees_epoch(metrics);
                        }
                    }
                }
            }
        });
        let is_current = branch == self.timeline().current_index();
        let last = step
            .checked_sub(1)
            .and_then(|update| run.record(update).ok());
        let breaks = if is_current { self.marks.breaks() } else { &[] };
        let lookout = crate::command::Lookout::new(self.scope(), goal.cloned(), breaks);
        let metrics = || match model.epoch_length() {
            Some(_) => run.metrics(step),
            None => run.metrics_at(&run.state(step)),
        };
        let metrics = lookout.needs_metrics().then(metrics).flatten();
        let lookout = lookout.going_on(last.as_deref(), metrics);
        Runner {
            branch,
            follower,
            is_over: lookout.until_holds().is_some() || !is_current && run.reached() < self.step(),
            lookout,
            last_change: run.changes().map(|(step, _)| step).max(),
        }
    }

    /// Makes updates up to `end`; why it stops there or before, where it does.
    fn make(&mut self, play: &mut Play, end: u64) -> Option<String> {
        let asked = (self.asked_update()).filter(|update| *update > play.from);
        while play.at < end {
            let next = self.end_of_part(play, end, asked);
            let mut reasons = Vec::new();
            let mut at = next;
            for index in 0..play.runners.len() {
                // What is compared goes as far as the current one.
                let (reached, stop) = self.advance(play, index, at, &mut reasons);
                if index == 0 {
                    at = reached;
                    if let Some(stop) = stop {
                        play.at = at;
                        return Some(why_stopped(&stop, &reasons));
                    }
                } else if let Some(stop) = stop {
                    play.runners[index].is_over = true;
                    let name = self.runner_name(play, index);
                    reasons.push(format!("{name}{}", lower(&ended(&stop))));
                }
            }
            play.at = at;
            if !reasons.is_empty() {
                return Some(format!(": {}. {GOES_ON}", reasons.join("; ")));
            }
            if asked == Some(at) {
                return Some(format!(
                    ": the page asks about the next update; x or `exercise` asks. {GOES_ON}"
                ));
            }
        }
        (play.at == play.last).then(|| match self.lesson.model.updates() {
            Some(updates) if play.at >= updates => why_stopped(&Stop::End { updates }, &[]),
            _ if play.unit == Unit::Update && self.lesson.model.epoch_length().is_some() => {
                ": the epoch is complete. Space or `play` goes on by epochs.".to_owned()
            }
            _ => format!(": it plays no further at a time. {GOES_ON}"),
        })
    }

    /// Where it is looked next at what all runs have come to.
    fn end_of_part(&self, play: &Play, end: u64, asked: Option<u64>) -> u64 {
        let at = play.at;
        let end = match self.lesson.model.epoch_length() {
            Some(length) => end.min((at / length + 1) * length),
            None if play.runners.len() > 1 => at + 1,
            None => end,
        };
        match asked {
            Some(asked) if asked > at => end.min(asked),
            Some(_) | None => end,
        }
    }

    /// Takes one of the runs as far as `end`, or to the first update at which something stops it; the answer is where it
    /// is, and why it can make no more.
    fn advance(
        &mut self,
        play: &mut Play,
        index: usize,
        end: u64,
        reasons: &mut Vec<String>,
    ) -> (u64, Option<Stop>) {
        let (at, race) = (play.at, play.runners.len() > 1);
        let (goal, runner) = (play.goal.is_some(), &mut play.runners[index]);
        let model = &*self.lesson.model;
        let mut seen: Vec<(u64, Milestone)> = Vec::new();
        let stops = |milestone: &Milestone| match (goal, race) {
            (true, _) => milestone.stops_all(),
            (false, true) => milestone.ends(),
            (false, false) => milestone.stops(),
        };
        let run = self.runs.timeline_mut().run_of_mut(runner.branch);
        let looks = model.epoch_length().is_none() || runner.lookout.looks_at_updates(model);
        let (mut reached, stop) = if looks {
            with_ground(&self.lesson, &self.memo, |ground| {
                run.go(at, end, |record, state| {
                    let may_look = runner.last_change.is_none_or(|last| last < state.step);
                    let new = (runner.follower).sees((model, ground), record, state, may_look);
                    let is_enough = new.iter().any(stops);
                    seen.extend(new.into_iter().map(|milestone| (state.step, milestone)));
                    let is_over = runner.is_over;
                    (!is_over && runner.lookout.sees(model, record, state)) || is_enough
                })
            })
        } else {
            let stop = run.reach(end).err();
            (end.min(run.reached()), stop)
        };
        reached = reached.max(at);
        let ends_epoch = model
            .epoch_length()
            .is_some_and(|length| reached.is_multiple_of(length));
        if ends_epoch && reached > at {
            if !looks && runner.lookout.looks() {
                run.walk(reached - 1, reached, |record, state| {
                    runner.lookout.sees(model, record, state)
                });
            }
            if let Some(metrics) = run.metrics(reached) {
                let new = runner.follower.sees_epoch(metrics).into_iter();
                seen.extend(new.map(|milestone| (reached, milestone)));
            }
        }
        let found = runner.lookout.seen.take().filter(|_| !runner.is_over);
        let name = self.runner_name(play, index);
        for (step, milestone) in seen {
            let words = format!("{name}{}", self.milestone_words(&milestone));
            if stops(&milestone) && !play.runners[index].is_over {
                reasons.push(words);
            } else {
                let place = capital(&self.after(play.unit, step));
                play.tell(format!("{place}: {words}."));
            }
            play.runners[index].is_over |= race && milestone.ends() && !goal;
        }
        if let Some(found) = found {
            play.runners[index].is_over |= race;
            reasons.push(format!("{name}{}", found.trim_end_matches('.')));
        }
        (reached, stop)
    }

    fn milestone_words(&self, milestone: &Milestone) -> String {
        let parameter = |index: usize| self.lesson.model.parameters()[index].clone();
        let minimum = |index: usize| {
            let landscape = self.landscape();
            landscape.map_or_else(String::new, |all| self.minimum_name(all, index))
        };
        milestone.words(self.digits(), &parameter, &minimum)
    }

    /// `momentum=0.8: `, where several run.
    fn runner_name(&self, play: &Play, index: usize) -> String {
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
        self.walk.keep_pace(play.unit);
        let there = Command::Goto(Destination::Step(play.at));
        self.tape.note(&format!("goto {}", play.at), &there);
        self.note_sights();
        if self.predicts() {
            self.exercises.leave();
        }
    }

    /// `after update 12`, `after epoch 3`.
    fn after(&self, unit: Unit, at: u64) -> String {
        match (unit, self.lesson.model.epoch_length()) {
            (Unit::Epoch, Some(length)) if at.is_multiple_of(length) => {
                format!("after epoch {}", at / length)
            }
            (Unit::Epoch | Unit::Update | Unit::Line, _) if at == 0 => "at the start".to_owned(),
            (Unit::Epoch | Unit::Update | Unit::Line, _) => format!("after update {at}"),
        }
    }

    fn played_in(&self, unit: Unit) -> &'static str {
        match (unit, self.lesson.model.network()) {
            (Unit::Epoch, _) => "epochs",
            (Unit::Update | Unit::Line, Some(_)) => "items",
            (Unit::Update | Unit::Line, None) => "updates",
        }
    }
}

/// Hands over the ground that a run is on, where it is on a surface.
fn with_ground<T>(lesson: &Lesson, memo: &Memo, use_it: impl FnOnce(Option<Ground>) -> T) -> T {
    let Some(surface) = lesson.model.surface() else {
        return use_it(None);
    };
    let Landscape { window, minima } = memo.landscape(surface);
    let valley = |place: &[f64]| valley(surface, window, minima, place);
    use_it(Some(Ground {
        surface,
        minima,
        valley: &valley,
    }))
}

/// So many epochs of so many items are played at a time.
fn epochs(length: u64) -> u64 {
    (ITEMS / length).clamp(EPOCHS.0, EPOCHS.1)
}

fn why_stopped(stop: &Stop, reasons: &[String]) -> String {
    let said = if reasons.is_empty() {
        String::new()
    } else {
        format!(": {}", reasons.join("; "))
    };
    match stop {
        Stop::Halted => format!("{said}. {GOES_ON}"),
        Stop::End { .. } | Stop::Overflow { .. } | Stop::Undefined { .. } => {
            format!("{said}. {} {}.", ended(stop), capital(advice(stop)))
        }
    }
}

/// What may stand within a sentence.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    let first = chars.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
