//! Many runs from the same start, each with other settings.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::lanes::Track;
use super::{Condition, Finish, State, Trial};
use crate::math::{Model, Settings, named};
use crate::watch::{Watch, What};

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

    /// All runs, on as many threads as there are cores. The outcomes do not depend on how many these are. `None`
    /// where somebody stops them, or they are more work than they may be.
    pub fn run(
        &self,
        model: &Model,
        condition: Option<&Condition>,
        watch: &Watch,
    ) -> Option<Vec<Finish>> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        self.run_on(threads, model, condition, watch)
    }

    /// All runs, on so many threads. This one is always at it, and asks whoever waits whether they go on.
    ///
    /// # Panics
    /// Where the condition does.
    pub fn run_on(
        &self,
        threads: usize,
        model: &Model,
        condition: Option<&Condition>,
        watch: &Watch,
    ) -> Option<Vec<Finish>> {
        let _goal = watch.toward(0, Some(self.cells() as u64), What::Runs);
        let (shared, all_updates) = (Shared::default(), Cell::new(0_u64));
        // What the others have done meanwhile counts as well.
        let asks = || {
            let updates = shared.updates.swap(0, Ordering::Relaxed);
            all_updates.set(all_updates.get().saturating_add(updates));
            watch.counts_updates(all_updates.get());
            let done = shared.done.load(Ordering::Relaxed);
            if !watch.goes_on(updates.saturating_mul(model.work()), done) {
                shared.halted.store(true, Ordering::Relaxed);
            }
        };
        let work = |asks: &dyn Fn()| self.work(model, condition, &shared, asks);
        let made: Option<Vec<_>> = thread::scope(|scope| {
            let (over, ends) = channel();
            let other = |_| {
                let over = over.clone();
                let other = move || (work(&|| {}), over.send(())).0;
                // Where there are no more threads, fewer do the same.
                thread::Builder::new().spawn_scoped(scope, other).ok()
            };
            let others: Vec<_> = (1..threads).map_while(other).collect();
            drop(over);
            let own = work(&asks);
            while ends.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Disconnected) {
                asks();
            }
            let others = others.into_iter();
            let made = others.map(|one| one.join().expect("a run of a sweep does not panic"));
            std::iter::once(own).chain(made).collect()
        });
        asks();
        let mut cells: Vec<(usize, Finish)> = made.filter(|_| !watch.is_halted())?.concat();
        cells.sort_by_key(|(cell, _)| *cell);
        Some(cells.into_iter().map(|(_, outcome)| outcome).collect())
    }

    /// Makes one run after another until none is left, or they are halted. Now and then it `asks` whether they are.
    fn work(
        &self,
        model: &Model,
        condition: Option<&Condition>,
        shared: &Shared,
        asks: &dyn Fn(),
    ) -> Option<Vec<(usize, Finish)>> {
        let next = || {
            let cell = shared.next.fetch_add(1, Ordering::Relaxed);
            (cell < self.cells()).then_some(cell)
        };
        let goes_on = |updates, done| {
            let add = |made: u64| Some(made.saturating_add(updates));
            let added = (shared.updates).fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
            debug_assert!(added.is_ok(), "it always has something to add to");
            shared.done.fetch_add(done, Ordering::Relaxed);
            asks();
            !shared.halted.load(Ordering::Relaxed)
        };
        let track =
            (model.surface()).and_then(|surface| Track::new(self, model, surface, condition));
        if let Some(track) = track {
            return track.run(next, &mut { goes_on });
        }
        let mut made = Vec::new();
        while let Some(cell) = next() {
            let trial = Trial::new(model, self.start.with(self.settings(cell)));
            let finish = trial.run(self.most, condition, &mut |updates| goes_on(updates, 0))?;
            made.push((cell, finish));
            shared.done.fetch_add(1, Ordering::Relaxed);
        }
        Some(made)
    }
}

/// So long it is waited for the others before whoever waits is asked again.
const PATIENCE: Duration = Duration::from_millis(5);

/// What the threads of a sweep know of one another.
#[derive(Default)]
struct Shared {
    /// The run that is to be made next.
    next: AtomicUsize,
    /// How many are complete.
    done: AtomicU64,
    /// How many updates have been made and not been counted yet.
    updates: AtomicU64,
    halted: AtomicBool,
}
