//! How good a network is at its items.

use super::activation::Activation;
use super::{Design, Items, Network};
use crate::watch::SLICE;

/// Figures over all items, for the weights as they are at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// The mean of E, or the loss of a surface.
    pub loss: f64,
    /// The mean over items of the sum of (t - o)^2, as the article prints it; `None` where there are no items.
    pub mse: Option<f64>,
    /// The share of items that are right; `None` where outputs are no answers to a question of which.
    pub accuracy: Option<f64>,
    /// The share of test items that are right; `None` where there are none.
    pub test_accuracy: Option<f64>,
}

impl Network {
    /// Figures over all items with these weights. `None` where `goes_on`, which is asked now and then and told how many
    /// items have been looked at since, says that it does not.
    pub fn metrics(
        &self,
        weights: &[f64],
        goes_on: &mut dyn FnMut(u64) -> bool,
    ) -> Option<Metrics> {
        let (mut loss, mut mse) = (0.0, 0.0);
        let items = self.items();
        let right = self.count_right(items, weights, goes_on, |outputs, targets| {
            loss += self.error_at(targets, outputs);
            let pairs = outputs.iter().zip(targets);
            mse += pairs.fold(0.0, |sum, (o, t)| sum + (t - o) * (t - o));
        })?;
        let test_items = &self.design().test_items;
        let test_right = if self.decides {
            self.count_right(test_items, weights, goes_on, |_, _| {})?
        } else {
            0
        };
        let share = |right: usize, items: &Items| {
            (self.decides && !items.is_empty()).then(|| right as f64 / items.len() as f64)
        };
        let count = items.len() as f64;
        Some(Metrics {
            loss: loss / count,
            mse: Some(mse / count),
            accuracy: share(right, items),
            test_accuracy: share(test_right, test_items),
        })
    }

    /// How many items are answered right, of which none is where outputs are amounts; each is looked at.
    fn count_right(
        &self,
        items: &Items,
        weights: &[f64],
        goes_on: &mut dyn FnMut(u64) -> bool,
        mut look: impl FnMut(&[f64], &[f64]),
    ) -> Option<usize> {
        let slice = SLICE as usize / self.names().len();
        let (mut right, mut since) = (0, 0);
        let mut asks = |count| {
            since += count;
            since < slice || goes_on(std::mem::take(&mut since) as u64)
        };
        self.answer_items(weights, items, &mut asks, |outputs, targets| {
            look(outputs, targets);
            right += usize::from(self.is_right(outputs, targets) == Some(true));
        })?;
        Some(right)
    }

    /// Whether outputs are the right answer: the largest at the largest target; of a single output, on the same side
    /// of its middle. `None` where outputs are amounts.
    pub fn is_right(&self, outputs: &[f64], targets: &[f64]) -> Option<bool> {
        match (self.answer(outputs), self.answer(targets)) {
            (Some(said), Some(meant)) => Some(said == meant),
            _ => None,
        }
    }

    /// How certain outputs are of the answer that they stand for: 0 where another is as near, 1 where none is further
    /// away. `None` where they are amounts.
    pub fn certainty(&self, outputs: &[f64]) -> Option<f64> {
        let answer = self.answer(outputs)?;
        let lowest = lowest(self.design().output);
        let share = match outputs {
            [value] => {
                let middle = f64::midpoint(lowest, 1.0);
                (value - middle).abs() / (1.0 - middle)
            }
            several => {
                let others = several.iter().enumerate().filter(|(i, _)| *i != answer);
                let next = others.fold(f64::NEG_INFINITY, |most, (_, value)| most.max(*value));
                (several[answer] - next) / (1.0 - lowest)
            }
        };
        Some(share.clamp(0.0, 1.0))
    }

    /// The answer that outputs or targets stand for: which output, or for a single one 0 or 1. `None` where they are
    /// amounts.
    pub fn answer(&self, values: &[f64]) -> Option<usize> {
        if !self.decides {
            return None;
        }
        match values {
            [value] => {
                let middle = f64::midpoint(lowest(self.design().output), 1.0);
                Some(usize::from(*value > middle))
            }
            several => {
                let larger = |best: usize, index: usize| {
                    if several[index] > several[best] {
                        index
                    } else {
                        best
                    }
                };
                (0..several.len()).reduce(larger)
            }
        }
    }
}

/// Whether every item asks which: of several targets one is 1 and the others are 0 or less; a single one is at an end of
/// what the output can be. Other targets are amounts, and an output that is nearer to another of them is not right.
pub(super) fn decides(design: &Design) -> bool {
    let asks_which = |targets: &[f64]| match targets {
        [target] => [lowest(design.output), 1.0].contains(target),
        several => {
            let ones = several.iter().filter(|target| **target == 1.0);
            ones.count() == 1
                && several
                    .iter()
                    .all(|target| *target == 1.0 || *target <= 0.0)
        }
    };
    let all = |items: &Items| (0..items.len()).all(|item| asks_which(items.targets(item)));
    design.output != Activation::Identity && all(&design.items) && all(&design.test_items)
}

/// The lower end of what an output that decides can be.
fn lowest(output: Activation) -> f64 {
    match output {
        Activation::Tanh => -1.0,
        Activation::Sigmoid | Activation::Softmax | Activation::Relu | Activation::Identity => 0.0,
    }
}
