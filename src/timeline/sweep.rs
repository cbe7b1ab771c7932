//! Many runs from the same start, each with other settings.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::{Condition, Finish, State, Trial};
use crate::math::{Model, Settings, named};

named! {
    /// What a sweep goes through.
    Swept {
        /// eta.
        LearningRate = "learning_rate",
        /// mu.
        Momentum = "momentum",
    }
}

impl Swept {
    /// Settings with another value of this one.
    #[must_use]
    pub fn set(self, mut settings: Settings, value: f64) -> Settings {
        match self {
            Self::LearningRate => settings.learning_rate = value,
            Self::Momentum => settings.momentum = value,
        }
        settings
    }
}

/// A setting and its values, one for each row or column.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The setting.
    pub swept: Swept,
    /// Its values, in order.
    pub values: Vec<f64>,
}

/// How far a sweep has come, and whether it is to be given up. Both may be looked at from anywhere.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many runs are complete.
    pub done: AtomicUsize,
    /// Set by whoever does not want the rest.
    pub cancelled: AtomicBool,
}

/// What a sweep is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// What every run starts from; its settings hold for what is not swept.
    pub start: State,
    /// One setting or two; the values of the last change fastest.
    pub axes: Vec<Axis>,
    /// The most updates of a run.
    pub most: u64,
}

impl Sweep {
    /// How many runs there are.
    pub fn cells(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The settings of one run.
    pub fn settings(&self, cell: usize) -> Settings {
        let mut rest = cell;
        let mut settings = self.start.settings;
        for axis in self.axes.iter().rev() {
            let count = axis.values.len();
            settings = axis.swept.set(settings, axis.values[rest % count]);
            rest /= count;
        }
        settings
    }

    /// One run, as it goes by itself. `None` where it is cancelled.
    pub fn cell(
        &self,
        model: &Model,
        cell: usize,
        condition: Option<&Condition>,
        cancelled: &AtomicBool,
    ) -> Option<Finish> {
        let state = self.start.with(self.settings(cell));
        Trial::new(model, state).run(self.most, condition, cancelled)
    }

    /// All runs, on as many threads as there are cores. The outcomes do not depend on how many these are. `None`
    /// where it is cancelled.
    pub fn run(
        &self,
        model: &Model,
        condition: Option<&Condition>,
        progress: &Progress,
    ) -> Option<Vec<Finish>> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        self.run_on(threads, model, condition, progress)
    }

    /// All runs, on so many threads.
    ///
    /// # Panics
    /// Where the condition does.
    pub fn run_on(
        &self,
        threads: usize,
        model: &Model,
        condition: Option<&Condition>,
        progress: &Progress,
    ) -> Option<Vec<Finish>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::new();
            loop {
                let cell = next.fetch_add(1, Ordering::Relaxed);
                if cell >= self.cells() {
                    return Some(made);
                }
                let outcome = self.cell(model, cell, condition, &progress.cancelled)?;
                made.push((cell, outcome));
                progress.done.fetch_add(1, Ordering::Relaxed);
            }
        };
        let made: Option<Vec<_>> = thread::scope(|scope| {
            // Where there are no more threads, fewer do the same.
            let other = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
            let others: Vec<_> = (1..threads).map_while(other).collect();
            let own = work();
            let others = others.into_iter();
            let made = others.map(|one| one.join().expect("a run of a sweep does not panic"));
            std::iter::once(own).chain(made).collect()
        });
        let mut cells: Vec<(usize, Finish)> = made?.concat();
        cells.sort_by_key(|(cell, _)| *cell);
        Some(cells.into_iter().map(|(_, outcome)| outcome).collect())
    }
}
