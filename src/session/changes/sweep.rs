//! Many runs, one for each value of a setting or two.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use crate::command::Refusal;
use crate::command::{Choice, Phrase, Picture, ScreenAction, Spaced, Sweeping, Topic};
use crate::explain::{Digits, Line, Quantity, Role, Text, number};
use crate::math::Model;
use crate::session::{Outcome, Part, Session};
use crate::timeline::{self, Axis, Change, End, Moment, Progress, Sweep, Swept};

/// So many updates a run makes at most where no number is given.
const MOST_UPDATES: u64 = 1000;

/// The outcomes of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepTable {
    /// What was swept: one setting or two. The first goes down the rows, the second along them.
    pub sweep: Sweep,
    /// What the runs were to come to.
    pub until: Option<String>,
    /// One for each cell, row by row.
    pub outcomes: Vec<timeline::Outcome>,
    /// The cell that is read.
    pub cursor: usize,
}

/// A sweep that is being made by other threads.
#[derive(Debug)]
pub struct SweepJob {
    sweep: Sweep,
    until: Option<Phrase>,
    line: String,
    progress: Arc<Progress>,
    handle: JoinHandle<Option<Vec<timeline::Outcome>>>,
}

impl SweepJob {
    /// How many runs are complete, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.progress.done.load(Ordering::Relaxed), self.sweep.len())
    }

    /// Whether every run is complete.
    pub fn is_over(&self) -> bool {
        self.handle.is_finished()
    }

    /// Waits for the runs of a sweep; `None` where it has been given up.
    pub fn wait(self) -> Option<SweepTable> {
        let outcomes = self.handle.join().ok()??;
        Some(SweepTable::new(self.sweep, self.until.as_ref(), outcomes))
    }

    /// Gives it up.
    pub fn cancel(&self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }
}

impl SweepTable {
    /// The outcomes of a sweep, with the best of them read.
    pub fn new(sweep: Sweep, until: Option<&Phrase>, outcomes: Vec<timeline::Outcome>) -> Self {
        let rank = |cell: &usize| match outcomes[*cell].end {
            End::Reached(step) => (0, step as f64),
            End::Unreached => (1, outcomes[*cell].loss.unwrap_or(f64::INFINITY)),
            End::Stopped(_) => (2, 0.0),
        };
        let better = |a: &usize, b: &usize| {
            let ((a, x), (b, y)) = (rank(a), rank(b));
            a.cmp(&b).then(x.total_cmp(&y))
        };
        let cursor = (0..outcomes.len()).min_by(better).unwrap_or(0);
        Self {
            sweep,
            until: until.map(|phrase| phrase.text.clone()),
            outcomes,
            cursor,
        }
    }

    /// How many rows and columns there are.
    pub fn size(&self) -> (usize, usize) {
        match self.sweep.axes.as_slice() {
            [rows, columns] => (rows.values.len(), columns.values.len()),
            [rows] => (rows.values.len(), 1),
            _ => (0, 0),
        }
    }

    /// `momentum=0.5,learning_rate=0.1`
    pub fn label(&self, cell: usize) -> String {
        let settings = self.sweep.settings(cell);
        let labels = self.sweep.axes.iter().map(|axis| {
            let value = match axis.swept {
                Swept::LearningRate => settings.learning_rate,
                Swept::Momentum => settings.momentum,
            };
            format!("{}={}", axis.swept.name(), number::display(value, short()))
        });
        labels.collect::<Vec<_>>().join(",")
    }

    /// What a cell has come to, in words.
    pub fn words(&self, cell: usize) -> String {
        let outcome = self.outcomes[cell];
        let loss = outcome.loss.map_or_else(String::new, |loss| {
            format!(", loss {}", number::display(loss, short()))
        });
        let label = self.label(cell);
        match outcome.end {
            End::Reached(step) => format!("{label}: reached after {step} updates{loss}"),
            End::Unreached if self.until.is_some() => {
                format!("{label}: not reached in {} updates{loss}", outcome.step)
            }
            End::Unreached => format!("{label}: {} updates{loss}", outcome.step),
            End::Stopped(_) => format!("{label}: diverged, stopped at step {}", outcome.step),
        }
    }

    /// A table in words, a line for each row.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::plain(match &self.until {
            Some(until) => format!(
                "Updates until {until}, {} at most; - is not reached, x has diverged.",
                self.sweep.most
            ),
            None => format!("Loss after {} updates; x has diverged.", self.sweep.most),
        })];
        let (rows, columns) = self.size();
        if columns == 1 {
            lines.extend((0..rows).map(|row| Line::plain(format!("  {}", self.words(row)))));
            return lines;
        }
        let [down, along] = self.sweep.axes.as_slice() else {
            return lines;
        };
        let corner = format!("{} \\ {}", name(down), name(along));
        let heads = along
            .values
            .iter()
            .map(|value| number::display(*value, tiny()));
        let heads: Vec<String> = heads.map(|head| format!("{head:>9}")).collect();
        let head = format!("{corner:>14}{}", heads.concat());
        lines.push(Line::new().with(head, Role::Muted));
        for row in (0..rows).rev() {
            let mut line =
                Line::plain(format!("{:>14}", number::display(down.values[row], tiny())));
            for column in 0..columns {
                let cell = row * columns + column;
                let role = if cell == self.cursor {
                    Role::Strong
                } else {
                    Role::Quantity(Quantity::Loss)
                };
                line.push(format!("{:>9}", self.cell_text(cell)), role);
            }
            lines.push(line);
        }
        lines.push(Line::plain(format!("Read: {}.", self.words(self.cursor))));
        lines
    }

    /// The text of a cell in a table.
    pub fn cell_text(&self, cell: usize) -> String {
        let outcome = self.outcomes[cell];
        match (outcome.end, &self.until) {
            (End::Reached(step), _) => step.to_string(),
            (End::Stopped(_), _) => "x".to_owned(),
            (End::Unreached, Some(_)) => "-".to_owned(),
            (End::Unreached, None) => outcome
                .loss
                .map_or_else(|| "-".to_owned(), |loss| number::display(loss, tiny())),
        }
    }
}

fn name(axis: &Axis) -> &'static str {
    match axis.swept {
        Swept::LearningRate => "rate",
        Swept::Momentum => "momentum",
    }
}

fn short() -> Digits {
    Digits::new(5).unwrap_or_default()
}

fn tiny() -> Digits {
    Digits::new(3).unwrap_or_default()
}

impl Session {
    /// The last sweep.
    pub fn swept(&self) -> Option<&SweepTable> {
        self.runs.swept().map(AsRef::as_ref)
    }

    /// The same, to be kept.
    pub fn swept_table(&self) -> Option<Arc<SweepTable>> {
        self.runs.swept().cloned()
    }

    pub(in crate::session) fn sweep(&mut self, sweeping: &Sweeping) -> Result<Outcome, Refusal> {
        match sweeping {
            Sweeping::Begin { axes, until, most } => {
                let sweep = self.sweep_of(axes, *most);
                let runs = sweep.axes.iter().map(|axis| axis.values.len()).product();
                self.may_take(sweep.most, runs)?;
                let model = Arc::clone(&self.lesson.model);
                let made = self.made(&sweep, &model, until.as_ref());
                let table = SweepTable::new(sweep, until.as_ref(), made.unwrap_or_default());
                Ok(self.keep_sweep(table))
            }
            Sweeping::Show => Ok(Outcome::shows(
                "Sweep",
                Text::from(self.last_sweep()?.lines()),
            )),
            Sweeping::Move { across, up } => self.move_cursor(*across, *up),
            Sweeping::Open => self.open_cell(),
        }
    }

    fn made(
        &self,
        sweep: &Sweep,
        model: &Model,
        until: Option<&Phrase>,
    ) -> Option<Vec<timeline::Outcome>> {
        let reading = self.reading();
        let progress = Progress::default();
        match until {
            Some(phrase) => {
                let holds = |moment: &Moment| reading.holds_at(phrase, model, moment);
                sweep.run(model, Some(&holds), &progress)
            }
            None => sweep.run(model, None, &progress),
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

    /// Begins a sweep in threads of its own.
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
        let (reading, phrase) = (self.reading(), until.cloned());
        let (worked, watched) = (sweep.clone(), Arc::clone(&progress));
        let handle = std::thread::spawn(move || match &phrase {
            Some(phrase) => {
                let holds = |moment: &Moment| reading.holds_at(phrase, &model, moment);
                worked.run(&model, Some(&holds), &watched)
            }
            None => worked.run(&model, None, &watched),
        });
        SweepJob {
            sweep,
            until: until.cloned(),
            line: line.to_owned(),
            progress,
            handle,
        }
    }

    /// Takes what a sweep has found. One that was given up has found nothing.
    pub fn finish_sweep(&mut self, job: SweepJob) -> Outcome {
        let line = job.line.clone();
        let Some(table) = job.wait() else {
            return Outcome::says(Line::plain("The sweep is given up."));
        };
        self.tape.add(line);
        self.keep_sweep(table)
    }

    fn keep_sweep(&mut self, table: SweepTable) -> Outcome {
        let message = Line::plain(format!(
            "{} runs made. The best: {}.",
            table.outcomes.len(),
            table.words(table.cursor)
        ));
        self.runs.keep_sweep(table);
        self.bring(Picture::Sweep);
        let view = ScreenAction::View(Choice::This(Topic::Picture(Picture::Sweep)));
        Outcome::says(message).and(Part::Screen(view))
    }

    fn last_sweep(&self) -> Result<&SweepTable, Refusal> {
        self.swept().ok_or_else(|| {
            Refusal::new(
                "nothing has been swept yet",
                "`sweep momentum 0..0.95/20 max 100` begins it",
            )
        })
    }

    fn move_cursor(&mut self, across: i32, up: i32) -> Result<Outcome, Refusal> {
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
        Ok(Outcome::says(Line::plain(words)))
    }

    /// Opens the cell that is read as a branch, at its start.
    fn open_cell(&mut self) -> Result<Outcome, Refusal> {
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
                let shown = number::display(value, short());
                (change, format!("{}={shown}", axis.swept.name()))
            })
            .collect();
        self.runs.timeline_mut().start_over(&changes);
        self.stand_after(0);
        let name = &self.timeline().current().name;
        Ok(Outcome::says(Line::plain(format!(
            "This is a new branch, {name}, at its start."
        ))))
    }
}
