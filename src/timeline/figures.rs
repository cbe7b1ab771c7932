//! Figures over all items along a run, computed once and kept.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Run, State};
use crate::math::Metrics;

/// Of longer runs not every epoch is looked at, but every second, fourth and so on: at most so many.
const MOST_EPOCHS: u64 = 250;

/// So much work is done for all figures of a run that are drawn: of very many items there are few.
const MOST_WORK: u64 = 1 << 29;

/// What has been computed, by step.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    known: RefCell<BTreeMap<u64, Metrics>>,
}

impl Figures {
    /// Forgets what comes at `step` and after it.
    pub fn forget_from(&self, step: u64) {
        self.known.borrow_mut().split_off(&step);
    }

    /// Keeps those at `step`; where there are too many, only they and those of the samples, which lie `apart`.
    fn keep(&self, step: u64, metrics: Metrics, apart: u64) {
        /// So many besides those of the samples may be kept.
        const MOST_OTHERS: u64 = 250;
        let mut known = self.known.borrow_mut();
        if known.len() as u64 > MOST_EPOCHS + MOST_OTHERS {
            known.retain(|step, _| step.is_multiple_of(apart));
        }
        known.insert(step, metrics);
    }
}

/// How many epochs lie from one sample to the next, so that `epochs` of them make no more than so many samples.
fn stride(epochs: u64, most: u64) -> u64 {
    epochs.div_ceil(most).next_power_of_two()
}

impl Run {
    /// Figures over all items after `step` updates; `None` where gradients are given, or where it is stopped; see
    /// [`Watch::briefly`](crate::watch::Watch::briefly).
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn metrics(&self, step: u64) -> Option<Metrics> {
        let length = self.model().epoch_length()?;
        let known = self.figures.known.borrow().get(&step).copied();
        if known.is_some() {
            return known;
        }
        let look = || self.metrics_at(&self.ready(step).ok()?);
        let metrics = self.watch().briefly(|| self.watch().part(look))?;
        let apart = length * stride(self.reached() / length, self.most_samples(length));
        self.figures.keep(step, metrics, apart);
        Some(metrics)
    }

    /// Figures over all items at a state, of which nothing is kept; `None` where gradients are given, or where somebody
    /// stops it.
    pub fn metrics_at(&self, state: &State) -> Option<Metrics> {
        self.model().metrics_watched(&state.weights, self.watch())
    }

    /// How many samples are taken of it: fewer where there are very many items.
    fn most_samples(&self, length: u64) -> u64 {
        let each = length * self.model().work();
        (MOST_WORK / each).clamp(4, MOST_EPOCHS)
    }

    /// How many steps' figures are kept: they stay bounded however long the run is.
    pub fn figures_kept(&self) -> usize {
        self.figures.known.borrow().len()
    }

    /// The steps up to `last` at which figures are looked at: ends of epochs, evenly spaced, and `last` itself.
    pub fn samples(&self, last: u64) -> Vec<u64> {
        let Some(length) = self.model().epoch_length() else {
            return Vec::new();
        };
        let apart = length * stride(last / length, self.most_samples(length));
        (0..last).step_by(apart as usize).chain([last]).collect()
    }
}
