//! Ways forward: made in slices, so that runs which are compared go along, and whoever waits can stop them.

use super::lines::{ended, refuse};
use crate::command::{Command, Destination, Lookout, Phrase, Unit};
use crate::explain::{Line, Role, plural};
use crate::session::{Done, Outcome, Session};
use crate::timeline::Stop;
use crate::watch::{SLICE, What};

/// So many updates `run` makes at most where the lesson never ends and no number is given.
const MOST_UPDATES: u64 = 1_000_000;

/// A way forward that has been begun.
#[derive(Debug)]
pub(in crate::session) struct Journey {
    command: Command,
    from: u64,
    at: u64,
    last: u64,
    lookout: Lookout,
    stopped: Option<Stop>,
}

impl Journey {
    fn is_over(&self) -> bool {
        self.at >= self.last || self.stopped.is_some() || self.lookout.seen.is_some()
    }
}

impl Session {
    /// Makes a way to its end, or to where it is stopped.
    pub(in crate::session) fn travel(&mut self, mut journey: Journey) -> Done {
        let watch = self.watch().clone();
        let _goal = watch.toward(journey.from, Some(journey.last), What::Updates);
        while !journey.is_over() {
            self.go_on(&mut journey);
            self.runs.keep_up(journey.at);
        }
        self.arrive(&journey)
    }

    /// The way that a command asks for; `None` for anything else, and for what is reached already.
    pub(in crate::session) fn journey(&self, command: &Command) -> Option<Journey> {
        let step = self.step();
        let reached = self.runs.run().reached();
        let (last, until) = if let Command::Step(count) = command {
            if *count == 1 && self.stop_to_predict().is_some() {
                return None;
            }
            (step.saturating_add(*count), None)
        } else if let Command::Epoch(count) = command {
            let length = self.lesson.model.epoch_length()?;
            let epoch = (step / length).saturating_add(*count);
            (epoch.saturating_mul(length), None)
        } else if let Command::Run(until, most) = command {
            let most = most.unwrap_or(MOST_UPDATES);
            (step.saturating_add(most), until.clone())
        } else if let Command::Goto(Destination::Step(place)) = command
            && *place > reached
        {
            (*place, None)
        } else if let Command::Goto(Destination::End) = command {
            (self.lesson.model.updates()?, None)
        } else {
            return None;
        };
        let goes = matches!(command, Command::Goto(_));
        if goes && self.lesson.model.updates().is_some_and(|most| last > most) {
            return None;
        }
        let from = if goes { reached.max(step) } else { step };
        if from >= last && goes {
            return None;
        }
        let mut lookout = self.lookout(until, !goes);
        if let Some(phrase) = lookout.until_holds() {
            lookout.seen = Some(format!("{phrase} holds already."));
        }
        Some(Journey {
            command: command.clone(),
            from: if goes { step } else { from },
            at: from,
            last,
            lookout,
            stopped: None,
        })
    }

    fn go_on(&mut self, journey: &mut Journey) {
        let many = self.together();
        if journey.lookout.looks_at_updates(&self.lesson.model) {
            let end = journey.last.min(journey.at.saturating_add(many));
            return self.look_on(journey, end);
        }
        let length = self.lesson.model.epoch_length().unwrap_or(u64::MAX);
        let left = if journey.lookout.looks() {
            length - journey.at % length
        } else {
            u64::MAX
        };
        let end = journey.last.min(journey.at.saturating_add(left.min(many)));
        let run = self.runs.run_mut();
        journey.stopped = run.reach(end).err();
        let made = end.min(run.reached());
        let progressed = made > journey.at;
        journey.at = made;
        if progressed && made.is_multiple_of(length) && journey.lookout.looks() {
            let (model, run) = (&self.lesson.model, self.runs.run());
            journey.lookout.sees_epoch(model, &run.after(made));
        }
    }

    /// How many updates are made before runs that are compared follow, where there are any.
    fn together(&self) -> u64 {
        /// They are a slice of work apart, or a few updates that are more.
        const FEW: u64 = 32;
        let slice = SLICE / self.lesson.model.work();
        let compared = self.runs.compared();
        compared.map_or(u64::MAX, |_| slice.max(FEW))
    }

    /// Looks at every update of a slice.
    fn look_on(&mut self, journey: &mut Journey, end: u64) {
        let mut looking = journey.lookout.on(&self.lesson.model);
        let run = self.runs.run_mut();
        (journey.at, journey.stopped) = run.go_looking(journey.at, end, &mut looking);
    }

    /// A message with the figures over all items after it, where there are items.
    fn with_figures(&self, message: Line) -> Line {
        let figures = (self.lesson.model.epoch_length()).and_then(|_| self.metrics_line());
        match figures {
            None => message,
            Some(figures) if message.text().is_empty() => figures,
            Some(figures) => message.with(" ", Role::Plain).joined(figures),
        }
    }

    /// Stands at the end of a way, and says what has ended it.
    fn arrive(&mut self, journey: &Journey) -> Done {
        let made = journey.at - journey.from;
        if let (0, Some(stop)) = (made, &journey.stopped) {
            return Err(refuse(stop));
        }
        let seen = journey.lookout.seen.clone();
        let stopped = journey.stopped.as_ref();
        if journey.at > journey.from {
            self.stand_after(journey.at);
        }
        if let Some(Stop::Halted) = stopped {
            self.walk.keep_pace(Unit::Update);
            let all = journey.last - journey.from;
            return Ok(Outcome::says(format!(
                "Stopped: {made} of {all} {} made.",
                plural(all, "update")
            )));
        }
        if let Command::Run(until, _) = &journey.command {
            if made == 0
                && let Some(seen) = seen
            {
                return Ok(Outcome::says(seen));
            }
            self.walk.keep_pace(Unit::Update);
            let report = Line::plain(report(made, seen, stopped, until.as_ref()));
            return Ok(Outcome::says(self.with_figures(report)));
        }
        let words = stopped.map(ended).or(seen);
        if let Command::Epoch(_) = journey.command {
            self.walk.keep_pace(Unit::Epoch);
            let words = Line::plain(words.unwrap_or_default());
            return Ok(Outcome::says(self.with_figures(words)));
        }
        if let Command::Step(_) = journey.command {
            self.walk.keep_pace(Unit::Update);
        }
        Ok(Outcome::maybe(words))
    }
}

fn report(
    made: u64,
    seen: Option<String>,
    stopped: Option<&Stop>,
    until: Option<&Phrase>,
) -> String {
    let count = format!("{made} {} made.", plural(made, "update"));
    let why = match (seen, stopped, until) {
        (Some(seen), _, _) => seen,
        (None, Some(stop), None) => ended(stop),
        (None, Some(stop), Some(phrase)) => {
            format!("{} But {} never held.", ended(stop), phrase.text)
        }
        (None, None, Some(phrase)) => format!("{} does not hold yet.", phrase.text),
        (None, None, None) => String::new(),
    };
    format!("{count} {why}").trim_end().to_owned()
}
