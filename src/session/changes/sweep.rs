//! Many runs, one for each value of a setting or two.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use crate::command::{Phrase, Picture, Refusal, Scope, Spaced, Sweeping};
use crate::explain::Line;
use crate::math::Model;
use crate::pictures::SweepTable;
use crate::session::{Done, Outcome, Session};
use crate::timeline::{self, Axis, Change, Progress, Stand, Sweep, Swept};

/// So many updates a run makes at most where no number is given.
const MOST_UPDATES: u64 = 1000;

/// A sweep that is being made, by other threads where there are any.
#[derive(Debug)]
pub struct SweepJob {
    sweep: Sweep,
    until: Option<Phrase>,
    line: String,
    progress: Arc<Progress>,
    made: Made,
}

/// The outcomes of a sweep, or who makes them.
#[derive(Debug)]
enum Made {
    There(JoinHandle<Option<Vec<timeline::Finish>>>),
    /// Where there are no threads, as in a browser.
    Here(Option<Vec<timeline::Finish>>),
}

impl SweepJob {
    /// How many runs are complete, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (
            self.progress.done.load(Ordering::Relaxed),
            self.sweep.cells(),
        )
    }

    /// Whether every run is complete.
    pub fn is_over(&self) -> bool {
        match &self.made {
            Made::There(thread) => thread.is_finished(),
            Made::Here(_) => true,
        }
    }

    /// Waits for the runs of a sweep; `None` where it has been given up.
    pub fn wait(self) -> Option<SweepTable> {
        let outcomes = match self.made {
            Made::There(thread) => thread.join().ok()?,
            Made::Here(outcomes) => outcomes,
        }?;
        Some(SweepTable::new(self.sweep, self.until.as_ref(), outcomes))
    }

    /// Gives it up.
    pub fn cancel(&self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }
}

/// What the runs of a sweep come to; `None` where it is given up.
fn made(
    sweep: &Sweep,
    model: &Model,
    scope: Scope,
    until: Option<&Phrase>,
    progress: &Progress,
) -> Option<Vec<timeline::Finish>> {
    let Some(phrase) = until else {
        return sweep.run(model, None, progress);
    };
    let holds = |stand: &Stand| scope.holds_at(phrase, model, stand);
    sweep.run(model, Some(&holds), progress)
}

impl Session {
    /// The last sweep.
    pub fn swept(&self) -> Option<&SweepTable> {
        self.runs.swept().map(AsRef::as_ref)
    }

    pub(in crate::session) fn sweep(&mut self, sweeping: &Sweeping) -> Done {
        match sweeping {
            Sweeping::Begin { axes, until, most } => {
                let sweep = self.sweep_of(axes, *most);
                let runs = sweep.axes.iter().map(|axis| axis.values.len()).product();
                self.may_take(sweep.most, runs)?;
                let progress = Progress::default();
                let model = &self.lesson.model;
                let made = made(&sweep, model, self.scope(), until.as_ref(), &progress);
                let table = SweepTable::new(sweep, until.as_ref(), made.unwrap_or_default());
                Ok(self.keep_sweep(table))
            }
            Sweeping::Show => Ok(Outcome::shows("Sweep", self.last_sweep()?.lines())),
            Sweeping::Move { across, up } => self.move_cursor(*across, *up),
            Sweeping::Open => self.open_cell(),
        }
    }

    /// The sweep that is asked for, from the start of the current branch.
    pub fn sweep_of(&self, axes: &[(Swept, Spaced)], most: Option<u64>) -> Sweep {
        let most = most.unwrap_or(MOST_UPDATES);
        let axis = |(swept, spaced): &(Swept, Spaced)| Axis {
            swept: *swept,
            values: spaced.values(),
        };
        Sweep {
            start: self.timeline().run().state(0),
            axes: axes.iter().map(axis).collect(),
            most: (self.lesson.model.updates()).map_or(most, |all| most.min(all)),
        }
    }

    /// Begins a sweep in threads of its own; where there are none, it is over at once.
    pub fn begin_sweep(
        &self,
        axes: &[(Swept, Spaced)],
        until: Option<&Phrase>,
        most: Option<u64>,
        line: &str,
    ) -> SweepJob {
        let sweep = self.sweep_of(axes, most);
        let progress = Arc::new(Progress::default());
        let model = Arc::clone(&self.lesson.model);
        let (scope, phrase) = (self.scope(), until.cloned());
        let (worked, watched) = (sweep.clone(), Arc::clone(&progress));
        let make = Arc::new(move || made(&worked, &model, scope, phrase.as_ref(), &watched));
        let there = Arc::clone(&make);
        let thread = thread::Builder::new().spawn(move || there());
        SweepJob {
            sweep,
            until: until.cloned(),
            line: line.to_owned(),
            progress,
            made: thread.map_or_else(|_| Made::Here(make()), Made::There),
        }
    }

    /// Takes what a sweep has found. One that was given up has found nothing.
    pub fn finish_sweep(&mut self, job: SweepJob) -> Outcome {
        let line = job.line.clone();
        let Some(table) = job.wait() else {
            return Outcome::says("The sweep is given up.");
        };
        self.tape.add(line);
        self.keep_sweep(table)
    }

    fn keep_sweep(&mut self, table: SweepTable) -> Outcome {
        let best = if table.ranks() {
            format!("The best: {}.", table.words(table.cursor))
        } else {
            "None has a loss to compare; `until` says what they are to come to.".to_owned()
        };
        let message = Line::plain(format!("{} runs made. {best}", table.outcomes.len()));
        self.runs.keep_sweep(table);
        let view = self.bring(Picture::Sweep);
        Outcome::says(message).and(view)
    }

    fn last_sweep(&self) -> Result<&SweepTable, Refusal> {
        self.swept().ok_or_else(|| {
            Refusal::new(
                "nothing has been swept yet",
                "`sweep momentum 0..0.95/20 max 100` begins it",
            )
        })
    }

    fn move_cursor(&mut self, across: i32, up: i32) -> Done {
        let table = self.last_sweep()?;
        let (rows, columns) = table.size();
        let moved = |place: usize, by: i32, count: usize| {
            place.saturating_add_signed(by as isize).min(count - 1)
        };
        let (row, column) = (table.cursor / columns, table.cursor % columns);
        let cursor = moved(row, up, rows) * columns + moved(column, across, columns);
        let table = SweepTable {
            cursor,
            ..table.clone()
        };
        let words = format!("{}.", table.words(cursor));
        self.runs.keep_sweep(table);
        Ok(Outcome::says(words))
    }

    /// Opens the cell that is read as a branch, at its start.
    fn open_cell(&mut self) -> Done {
        let table = self.last_sweep()?;
        let settings = table.sweep.settings(table.cursor);
        let changes: Vec<(Change, String)> = (table.sweep.axes.iter())
            .map(|axis| {
                let (change, value) = match axis.swept {
                    Swept::LearningRate => {
                        let rate = settings.learning_rate;
                        (Change::LearningRate(rate), rate)
                    }
                    Swept::Momentum => (Change::Momentum(settings.momentum), settings.momentum),
                };
                let shown = SweepTable::show(value);
                (change, format!("{}={shown}", axis.swept.name()))
            })
            .collect();
        self.runs.timeline_mut().start_over(&changes);
        self.stand_after(0);
        let name = &self.timeline().current().name;
        Ok(Outcome::says(format!(
            "This is a new branch, {name}, at its start."
        )))
    }
}
