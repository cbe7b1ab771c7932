//! How a run that plays is made: a part at a time, after which it is looked at what has happened in each of the runs.

use super::lines::{advice, ended};
use super::player::{Play, Runner};
use crate::command::{Lookout, Phrase};
use crate::explain::behaviour::{Follower, Ground, Milestone, nearest};
use crate::explain::capital;
use crate::lesson::Lesson;
use crate::math::valley;
use crate::pictures::Landscape;
use crate::session::Session;
use crate::session::memo::Memo;
use crate::timeline::{Future, Stop};

/// So many updates of a surface are played at a time.
pub(super) const UPDATES: u64 = 1_000;
/// What happened before so many updates, or epochs, is not looked for,
const LOOKED_BACK: (u64, u64) = (10_000, 50);
/// nor is what takes more work to be looked for.
const WORK_BACK: u64 = 1 << 24;
/// How a play goes on that has stopped.
pub(super) const GOES_ON: &str = "Space or `play` goes on.";

impl Session {
    /// About how many updates the run has until it ends or arrives.
    pub(super) fn whole_run(&self) -> u64 {
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
    pub(super) fn runners(&self, goal: Option<&Phrase>) -> Vec<Runner> {
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
        let lookout = Lookout::new(self.scope(), goal.cloned(), breaks, self.watch());
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
    pub(super) fn make(&mut self, play: &mut Play, end: u64) -> Option<String> {
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
            self.runs.timeline_mut().make_room();
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
            _ if play.ends_epoch(self.lesson.model.epoch_length()) => {
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
        let (mut reached, stop) = if looks && model.network().is_some() && !runner.is_over {
            // Within an epoch nothing else can be seen of a network.
            run.go_looking(at, end, &mut runner.lookout.on(model))
        } else if looks {
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
                runner.lookout.sees_epoch(model, &run.after(reached));
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
}

/// Hands over the ground that a run is on, where it is on a surface.
fn with_ground<T>(lesson: &Lesson, memo: &Memo, use_it: impl FnOnce(Option<Ground>) -> T) -> T {
    let Some(surface) = lesson.model.surface() else {
        return use_it(None);
    };
    let Landscape { region, minima } = memo.landscape(surface);
    let valley = |place: &[f64]| valley(surface, region, minima, place);
    use_it(Some(Ground {
        surface,
        minima,
        valley: &valley,
    }))
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
