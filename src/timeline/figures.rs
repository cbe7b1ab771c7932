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
        /// So many besides those of the samples may be kept.
        const MOST_OTHERS: u64 = 250;
        let length = self.model().epoch_length()?;
        let known = self.figures.known.borrow().get(&step).copied();
        if known.is_some() {
            return known;
        }
        let metrics = self.model().metrics(&self.state(step).weights)?;
        let mut known = self.figures.known.borrow_mut();
        if known.len() as u64 > MOST_EPOCHS + MOST_OTHERS {
            let apart = length * stride(self.reached() / length);
            known.retain(|step, _| step.is_multiple_of(apart));
        }
        known.insert(step, metrics);
        Some(metrics)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::math::{
        Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, Model, Network,
        Rule, Settings, SoftmaxDerivative,
    };
    use crate::timeline::Change;

    fn run() -> Run {
        let mut items = Items::new(2, 1);
        for (inputs, target) in [([0.0, 1.0], 1.0), ([1.0, 1.0], 0.0)] {
            items.push(&inputs, &[target]);
        }
        let network = Network::new(Design {
            sizes: vec![2, 2, 1],
            hidden: Activation::Tanh,
            output: Activation::Sigmoid,
            error: ErrorMeasure::Squared,
            softmax_derivative: SoftmaxDerivative::Full,
            train_biases: true,
            initial: Initial::Drawn {
                low: -0.5,
                high: 0.5,
            },
            generator: Generator::default(),
            seed: 1,
            order: ItemOrder::Shuffled,
            items,
            test_items: Items::new(2, 1),
            classes: Vec::new(),
        });
        let settings = Settings::new(Rule::None, 0.5, 0.0);
        Run::new(Arc::new(Model::Network(Box::new(network))), settings)
    }

    #[test]
    fn samples_are_epochs_a_power_of_two_apart_and_the_end() {
        let mut run = run();
        run.reach(2_003).unwrap();
        assert_eq!(run.samples(0), [0]);
        assert_eq!(run.samples(5), [0, 2, 4, 5]);
        let samples = run.samples(2_003);
        assert_eq!(&samples[..3], [0, 16, 32]);
        assert!(samples.len() <= MOST_EPOCHS as usize + 1);
        assert_eq!(samples.last(), Some(&2_003));
    }

    #[test]
    fn figures_are_those_of_the_state_and_a_change_forgets_the_later_ones() {
        let mut run = run();
        run.reach(20).unwrap();
        let at = |run: &Run, step| run.model().metrics(&run.state(step).weights);
        for step in [0, 7, 20, 7] {
            assert_eq!(run.metrics(step), at(&run, step));
        }
        let (before, after) = (run.metrics(7), run.metrics(20));
        run.change(7, Change::LearningRate(2.0));
        run.reach(20).unwrap();
        assert_eq!(run.metrics(7), before);
        assert_eq!(run.metrics(20), at(&run, 20));
        assert_ne!(run.metrics(20), after);
    }

    #[test]
    fn no_more_is_kept_than_can_be_drawn() {
        let mut run = run();
        run.reach(3_000).unwrap();
        for step in 0..3_000 {
            run.metrics(step);
        }
        assert!(run.figures.known.borrow().len() <= 502);
    }
}
