//! Long ways forward: made in slices, so that a screen can stay live and the learner can stop them.

use super::lines::{ended, refuse};
use crate::command::{
    Command, Complaint, Destination, Lookout, Phrase, Refusal, Sweeping, Unit, refused,
};
use crate::explain::{Line, Role, plural};
use crate::session::{Done, Outcome, Session, SweepJob};
use crate::timeline::Stop;

/// So many updates `run` makes at most where the lesson never ends and no number is given.
const MOST_UPDATES: u64 = 1_000_000;

/// About so many weights are updated before it may be enough.
const WEIGHTS_IN_A_SLICE: usize = 1 << 20;
/// So many updates are made before it may be enough where each of them is looked at.
const SEEN_IN_A_SLICE: u64 = 64;

/// So many weights are updated at most in the full screen by a command that cannot be stopped there.
const WEIGHTS_AT_ONCE: u64 = 2_000_000_000;

/// A way forward that has been begun.
#[derive(Debug)]
pub struct Journey {
    command: Command,
    /// The line that has asked for it, and the part of it.
    line: String,
    from: u64,
    at: u64,
    last: u64,
    lookout: Lookout,
    stopped: Option<Stop>,
}

/// What came of a line that has been begun.
#[derive(Debug)]
pub enum Begun {
    /// It is done.
    Done(Outcome),
    /// It takes its time.
    Journey(Box<Journey>),
    /// Others are at it.
    Sweep(Box<SweepJob>),
}

impl Journey {
    /// How many updates have been made of how many; a condition may end it sooner.
    pub fn progress(&self) -> (u64, u64) {
        (self.at - self.from, self.last.saturating_sub(self.from))
    }

    fn is_over(&self) -> bool {
        self.at >= self.last || self.stopped.is_some() || self.lookout.seen.is_some()
    }
}

impl Session {
    /// Begins a line. One that is a single way forward is left to [`Session::travel`]; any other is done.
    ///
    /// # Errors
    /// As [`Session::run_line`] has them.
    pub fn begin(&mut self, line: &str) -> Result<Begun, Complaint> {
        let mut parts = crate::command::script_lines(line);
        if let (Some((_, part)), None) = (parts.next(), parts.next())
            && let Some(command) = self.parse_part(line, part)?
        {
            if let Some(mut journey) = self.journey(&command) {
                part.clone_into(&mut journey.line);
                return Ok(Begun::Journey(Box::new(journey)));
            }
            if let Command::Sweep(Sweeping::Begin { axes, until, most }) = &command {
                let job = self.begin_sweep(axes, until.as_ref(), *most, part.trim());
                return Ok(Begun::Sweep(Box::new(job)));
            }
        }
        self.run_line(line).map(Begun::Done)
    }

    /// Goes on, by a little at least, until it is enough. What came of it, once it is over.
    ///
    /// # Errors
    /// Where not a single update could be made.
    pub fn travel(
        &mut self,
        journey: &mut Journey,
        enough: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Outcome>, Complaint> {
        while !journey.is_over() {
            self.go_on(journey);
            if enough() {
                break;
            }
        }
        if !journey.is_over() {
            self.stand_after(journey.at);
            return Ok(None);
        }
        let before = self.position();
        let outcome = self.arrive(journey);
        let line = journey.line.clone();
        match outcome {
            Ok(outcome) => {
                self.settle(&line, &journey.command, before);
                Ok(Some(outcome))
            }
            Err(refusal) => Err(crate::command::complaint(&line, refusal)),
        }
    }

    /// Stays where a way forward has come to.
    pub fn give_up(&mut self, journey: &Journey) -> Outcome {
        let before = self.position();
        self.stand_after(journey.at);
        let line = format!("goto {}", journey.at);
        self.settle(&line, &Command::Goto(Destination::Step(journey.at)), before);
        let (made, _) = journey.progress();
        Outcome::says(format!("Stopped: {made} {} made.", plural(made, "update")))
    }

    /// Makes the whole way at once.
    ///
    /// # Errors
    /// Where not a single update could be made, and in the full screen where the way is too long to wait for.
    pub(in crate::session) fn travel_at_once(&mut self, mut journey: Journey) -> Done {
        self.may_take(journey.last.saturating_sub(journey.at), 1)?;
        while !journey.is_over() {
            self.go_on(&mut journey);
        }
        self.arrive(&journey)
    }

    /// Whether `updates` of so many runs may be made before the screen is drawn again.
    ///
    /// # Errors
    /// In the full screen, where nothing could stop them and they would take long.
    pub(in crate::session) fn may_take(&self, updates: u64, runs: usize) -> Result<(), Refusal> {
        let parameters = self.lesson.model.parameters().len() as u64;
        let most = WEIGHTS_AT_ONCE / (parameters * runs as u64).max(1);
        if self.artist.is_none() || updates <= most {
            return Ok(());
        }
        refused(
            format!("{updates} updates would hold up the screen too long"),
            format!(
                "up to {most} can be made here; a `run` typed on its own shows how far it is, and Esc stops it"
            ),
        )
    }

    /// The way that a command asks for; `None` for anything else, and for what is reached already.
    pub(in crate::session) fn journey(&self, command: &Command) -> Option<Journey> {
        let step = self.step();
        let reached = self.runs.run().reached();
        let (last, until) = if let Command::Step(count) = command {
            if *count == 1 && self.fading_stop().is_some() {
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
            line: String::new(),
            from: if goes { step } else { from },
            at: from,
            last,
            lookout,
            stopped: None,
        })
    }

    fn go_on(&mut self, journey: &mut Journey) {
        let parameters = self.lesson.model.parameters().len();
        let many = (WEIGHTS_IN_A_SLICE / parameters).clamp(1, 1 << 14) as u64;
        if journey.lookout.looks_at_updates(&self.lesson.model) {
            let end = journey.last.min(journey.at + SEEN_IN_A_SLICE.min(many));
            return self.look_on(journey, end);
        }
        let length = self.lesson.model.epoch_length().unwrap_or(u64::MAX);
        let left = length - journey.at % length;
        let end = journey.last.min(journey.at + left.min(many));
        let run = self.runs.run_mut();
        journey.stopped = run.reach(end).err();
        let made = end.min(run.reached());
        let progressed = made > journey.at;
        journey.at = made;
        if progressed && made.is_multiple_of(length) && journey.lookout.looks() {
            self.look_on_from(journey, made - 1);
        }
    }

    /// Looks at every update of a slice.
    fn look_on(&mut self, journey: &mut Journey, end: u64) {
        let (model, lookout) = (&self.lesson.model, &mut journey.lookout);
        let mut see = |record: &_, state: &_| lookout.sees(model, record, state);
        let run = self.runs.run_mut();
        journey.at = run.walk(journey.at, end, &mut see);
        if journey.at < end && journey.lookout.seen.is_none() {
            let lookout = &mut journey.lookout;
            let see = |record: &_, state: &_| lookout.sees(model, record, state);
            journey.stopped = run.reach_until(end, see).err();
            journey.at = run.reached();
        }
    }

    fn look_on_from(&mut self, journey: &mut Journey, update: u64) {
        let (model, lookout) = (&self.lesson.model, &mut journey.lookout);
        let see = |record: &_, state: &_| lookout.sees(model, record, state);
        self.runs.run().walk(update, update + 1, see);
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
