//! Figures over all items along a run, computed once and kept.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Run;
use crate::math::Metrics;

/// Of longer runs not every epoch is looked at, but every second, fourth and so on: at most so many.
const MOST_EPOCHS: u64 = 250;

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

/// How many epochs lie from one sample to the next, so that `epochs` of them make no more than [`MOST_EPOCHS`].
fn stride(epochs: u64) -> u64 {
    epochs.div_ceil(MOST_EPOCHS).next_power_of_two()
}

impl Run {
    /// Figures over all items after `step` updates; `None` where gradients are given.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn metrics(&self, step: u64) -> Option<Metrics> {
        let length = self.model().epoch_length()?;
        let known = self.figures.known.borrow().get(&step).copied();
        if known.is_some() {
            return known;
        }
        let metrics = self.model().metrics(&self.state(step).weights)?;
        let apart = length * stride(self.reached() / length);
        self.figures.keep(step, metrics, apart);
        Some(metrics)
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
        let apart = length * stride(last / length);
        (0..last).step_by(apart as usize).chain([last]).collect()
    }
}
