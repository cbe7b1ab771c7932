//! A whole run without its history: how the error falls.

use std::io::{self, Write};

use crate::command::Phrase;
use crate::export::{Cell, Column, Format, Record, Rows, Sink};
use crate::math::Metrics;
use crate::session::Session;
use crate::timeline::{State, Stop};
use crate::watch::What;

/// How long a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many epochs.
    Epochs(u64),
    /// So many updates.
    Steps(u64),
}

/// What is to be run.
#[derive(Debug, Clone)]
pub struct RunRequest {
    /// How long; where none is given, `EPOCHS` or `STEPS`, or to the end of the script.
    pub length: Option<Length>,
    /// A condition that ends it before.
    pub until: Option<Phrase>,
    /// A row after so many epochs, or updates where there are no epochs; 1 or more.
    pub every: u64,
    /// How it is written.
    pub format: &'static Format,
}

/// Epochs of a run of which no length is given.
const EPOCHS: u64 = 50;
/// Updates of a run without epochs of which no length is given.
const STEPS: u64 = 20;

const COLUMNS: [Column; 6] = [
    Column::number("step"),
    Column::number("epoch"),
    Column::number("loss"),
    Column::number("mse"),
    Column::number("accuracy"),
    Column::number("test_accuracy"),
];

/// Why a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was as long as was asked for.
    Length,
    /// The condition holds.
    Until,
    /// An update could not be made.
    Stopped(Stop),
}

/// Runs a sitting's run from its start and writes a row now and then, the last one at its end.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn run(session: &Session, request: &RunRequest, out: &mut dyn Write) -> io::Result<Ended> {
    let model = &session.lesson().model;
    let epoch = model.epoch_length().unwrap_or(1);
    let last = match request.length {
        Some(Length::Epochs(epochs)) => epochs.saturating_mul(epoch),
        Some(Length::Steps(steps)) => steps,
        None if model.epoch_length().is_some() => EPOCHS * epoch,
        None => model.updates().unwrap_or(STEPS),
    };
    let mut running = Running {
        session,
        until: request.until.as_ref(),
        every: request.every.saturating_mul(epoch),
        last,
        state: session.timeline().run().state(0),
        ended: Ended::Length,
    };
    let watch = session.watch();
    watch.during(|| {
        let _goal = watch.toward(0, Some(last), What::Updates);
        request.format.write(&mut running, out)
    })?;
    Ok(running.ended)
}

/// A run that is being made.
struct Running<'a> {
    session: &'a Session,
    until: Option<&'a Phrase>,
    /// A row after so many updates.
    every: u64,
    /// How many updates there are to be.
    last: u64,
    state: State,
    ended: Ended,
}

impl Rows for Running<'_> {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink) -> io::Result<()> {
        self.state = self.session.timeline().run().state(0);
        loop {
            let next = self.last.min(self.state.step.saturating_add(self.every));
            let ended = self.reach(next);
            if let Some(Ended::Stopped(Stop::Halted)) = ended {
                self.ended = Ended::Stopped(Stop::Halted);
                return Ok(());
            }
            write(self.row())?;
            if ended.is_some() || self.state.step >= self.last {
                self.ended = ended.unwrap_or(Ended::Length);
                return Ok(());
            }
        }
    }

    fn are_slow(&self) -> bool {
        true
    }
}

impl Running<'_> {
    /// Goes on to `next` updates; the answer says what has ended it before, or there.
    fn reach(&mut self, next: u64) -> Option<Ended> {
        let run = self.session.timeline().run();
        let Some(until) = self.until else {
            return run.onward(&mut self.state, next).err().map(Ended::Stopped);
        };
        if !until.is_about_metrics() && !until.is_about_epochs() {
            let mut lookout = self.session.lookout_for(until);
            let mut looking = lookout.on(run.model());
            return match run.onward_looking(&mut self.state, next, &mut looking) {
                Ok(found) => found.then_some(Ended::Until),
                Err(stop) => Some(Ended::Stopped(stop)),
            };
        }
        let epoch = run.model().epoch_length().unwrap_or(1);
        while self.state.step < next {
            if until.is_about_epochs() {
                let end = next.min(self.state.step - self.state.step % epoch + epoch);
                if let Err(stop) = run.onward(&mut self.state, end - 1) {
                    return Some(Ended::Stopped(stop));
                }
            }
            let record = match run.advance(&mut self.state) {
                Ok(record) => record,
                Err(stop) => return Some(Ended::Stopped(stop)),
            };
            let metrics = until.is_about_metrics().then(|| self.metrics()).flatten();
            if self.session.holds(until, &record, metrics) {
                return Some(Ended::Until);
            }
            if !run.watch().goes_on(run.model().work(), self.state.step) {
                return Some(Ended::Stopped(Stop::Halted));
            }
        }
        None
    }

    fn metrics(&self) -> Option<Metrics> {
        self.session.timeline().run().metrics_at(&self.state)
    }

    fn row(&self) -> Record<'static> {
        let step = self.state.step;
        let length = self.session.lesson().model.epoch_length();
        let metrics = self.metrics();
        let finite = |value: Option<f64>| Cell::optional(value.filter(|value| value.is_finite()));
        Record::Row(vec![
            Cell::Count(step),
            Cell::Count(length.map_or(1, |length| step.div_ceil(length))),
            finite(metrics.map(|metrics| metrics.loss)),
            finite(metrics.and_then(|metrics| metrics.mse)),
            Cell::optional(metrics.and_then(|metrics| metrics.accuracy)),
            Cell::optional(metrics.and_then(|metrics| metrics.test_accuracy)),
        ])
    }
}
