//! A whole run without its history: how the error falls.

use std::io::{self, Write};

use serde::Serialize;

use crate::command::Phrase;
use crate::explain::{Digits, Format, number};
use crate::math::Metrics;
use crate::session::Session;
use crate::timeline::{Record, State, Stop};

/// How long a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many epochs.
    Epochs(u64),
    /// So many updates.
    Steps(u64),
}

/// What is to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRequest {
    /// How long; where none is given, [`EPOCHS`] or [`STEPS`], or to the end of the script.
    pub length: Option<Length>,
    /// A condition that ends it before.
    pub until: Option<Phrase>,
    /// A row after so many epochs, or updates where there are no epochs; 1 or more.
    pub every: u64,
    /// How it is written; Markdown is a table here.
    pub format: Format,
}

/// Epochs of a run of which no length is given.
pub const EPOCHS: u64 = 50;
/// Updates of a run without epochs of which no length is given.
pub const STEPS: u64 = 20;

/// The columns, in order.
const COLUMNS: [&str; 6] = ["step", "epoch", "loss", "mse", "accuracy", "test_accuracy"];

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

/// One row.
#[derive(Debug, Clone, Copy, Serialize)]
struct Row {
    step: u64,
    epoch: u64,
    loss: Option<f64>,
    mse: Option<f64>,
    accuracy: Option<f64>,
    test_accuracy: Option<f64>,
}

impl Row {
    fn cells(&self, number: impl Fn(f64) -> String) -> [String; 6] {
        let optional = |value: Option<f64>| value.map_or_else(String::new, &number);
        [
            self.step.to_string(),
            self.epoch.to_string(),
            optional(self.loss),
            optional(self.mse),
            optional(self.accuracy),
            optional(self.test_accuracy),
        ]
    }
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
    let every = request.every.saturating_mul(epoch);
    let mut running = Running {
        session,
        until: request.until.as_ref(),
        state: session.timeline().run().state(0),
    };
    let mut writer = Writer {
        out,
        format: request.format,
    };
    writer.head()?;
    loop {
        let next = last.min(running.state.step.saturating_add(every));
        let ended = running.reach(next);
        writer.row(&running.row())?;
        match ended {
            Some(ended) => return Ok(ended),
            None if running.state.step >= last => return Ok(Ended::Length),
            None => {}
        }
    }
}

/// A run that is being made.
struct Running<'a> {
    session: &'a Session,
    until: Option<&'a Phrase>,
    state: State,
}

impl Running<'_> {
    /// Goes on to `next` updates; the answer says what has ended it before, or there.
    fn reach(&mut self, next: u64) -> Option<Ended> {
        let run = self.session.timeline().run();
        let Some(until) = self.until else {
            return run.onward(&mut self.state, next).err().map(Ended::Stopped);
        };
        let epoch = run.model().epoch_length().unwrap_or(1);
        while self.state.step < next {
            if until.is_about_epochs() {
                let end = next.min(self.state.step - self.state.step % epoch + epoch);
                if let Err(stop) = run.onward(&mut self.state, end - 1) {
                    return Some(Ended::Stopped(stop));
                }
            }
            let record = match run.make(&mut self.state) {
                Ok(record) => record,
                Err(stop) => return Some(Ended::Stopped(stop)),
            };
            if self.holds(until, &record) {
                return Some(Ended::Until);
            }
        }
        None
    }

    fn holds(&self, until: &Phrase, record: &Record) -> bool {
        let metrics = until.is_about_metrics().then(|| self.metrics()).flatten();
        self.session.holds(until, record, metrics)
    }

    fn metrics(&self) -> Option<Metrics> {
        self.session.lesson().model.metrics(&self.state.weights)
    }

    fn row(&self) -> Row {
        let model = &self.session.lesson().model;
        let step = self.state.step;
        let metrics = self.metrics();
        Row {
            step,
            epoch: model
                .epoch_length()
                .map_or(1, |length| step.div_ceil(length)),
            loss: (metrics.map(|metrics| metrics.loss)).filter(|loss| loss.is_finite()),
            mse: metrics
                .and_then(|metrics| metrics.mse)
                .filter(|mse| mse.is_finite()),
            accuracy: metrics.and_then(|metrics| metrics.accuracy),
            test_accuracy: metrics.and_then(|metrics| metrics.test_accuracy),
        }
    }
}

/// Writes rows as they come.
struct Writer<'a> {
    out: &'a mut dyn Write,
    format: Format,
}

/// The width of a column of numbers.
const WIDTH: usize = 15;

impl Writer<'_> {
    fn head(&mut self) -> io::Result<()> {
        match self.format {
            Format::Jsonl => Ok(()),
            Format::Csv => writeln!(self.out, "{}", COLUMNS.join(",")),
            Format::Table | Format::Markdown => self.columns(&COLUMNS.map(str::to_owned)),
        }
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        match self.format {
            Format::Jsonl => {
                serde_json::to_writer(&mut *self.out, row)?;
                writeln!(self.out)?;
            }
            Format::Csv => writeln!(self.out, "{}", row.cells(number::exact).join(","))?,
            Format::Table | Format::Markdown => {
                self.columns(&row.cells(|value| number::display(value, Digits::default())))?;
            }
        }
        self.out.flush()
    }

    fn columns(&mut self, cells: &[String; 6]) -> io::Result<()> {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>WIDTH$}")).collect();
        writeln!(self.out, "{}", cells.concat().trim_end())
    }
}
