//! Training of networks with one narrow hidden layer: the loop over items once for each pair of widths, so that the
//! compiler knows how long every loop inside is.
//!
//! Such an update waits for one number after another, and for little else. So nothing is decided between two items that
//! can be decided before the first, and what a layer comes to stays in registers. All numbers are those that
//! [`Network::gradients`] and [`Settings::update_all`] come to, computed in the same order: they are the same bits.

use super::{Activation, Network, Visits, rows};
use crate::math::{Settings, Slots};

/// Makes the updates of some items of a network of certain widths.
type Train = fn(&Network, &Settings, &mut Visits, &mut [f64], &mut [f64]);

impl Network {
    /// Makes the updates of some items; memories are in the rule's units, [`crate::math::Rule::stride`] of them for each
    /// parameter. `false`, and nothing done, where there is not one hidden layer of up to 8 nodes before up to 4 outputs.
    pub fn train_narrow(
        &self,
        settings: &Settings,
        items: &mut Visits,
        weights: &mut [f64],
        memories: &mut [f64],
    ) -> bool {
        let train = match self.layers[..] {
            [hidden, output] => by_widths(hidden.to, output.to),
            _ => None,
        };
        if let Some(train) = train {
            train(self, settings, items, weights, memories);
        }
        train.is_some()
    }
}

fn by_widths(hidden: usize, outputs: usize) -> Option<Train> {
    match hidden {
        1 => by_outputs::<1>(outputs),
        2 => by_outputs::<2>(outputs),
        3 => by_outputs::<3>(outputs),
        4 => by_outputs::<4>(outputs),
        5 => by_outputs::<5>(outputs),
        6 => by_outputs::<6>(outputs),
        7 => by_outputs::<7>(outputs),
        8 => by_outputs::<8>(outputs),
        _ => None,
    }
}

fn by_outputs<const HIDDEN: usize>(outputs: usize) -> Option<Train> {
    match outputs {
        1 => Some(train::<HIDDEN, 1>),
        2 => Some(train::<HIDDEN, 2>),
        3 => Some(train::<HIDDEN, 3>),
        4 => Some(train::<HIDDEN, 4>),
        _ => None,
    }
}

fn train<const HIDDEN: usize, const OUTPUTS: usize>(
    network: &Network,
    settings: &Settings,
    items: &mut Visits,
    weights: &mut [f64],
    memories: &mut [f64],
) {
    let (design, rule) = (&network.design, settings.rule);
    let given = settings.given(0.0, Slots::default());
    let middle = network.layers[1].weights;
    let (first, second) = weights.split_at_mut(middle);
    let (first_kept, second_kept) = memories.split_at_mut(middle * rule.stride());
    // Biases are the last row of each.
    let trained = |row: usize, all: usize| if design.train_biases { all } else { all - row };
    let first_trained = trained(HIDDEN, first.len());
    let second_trained = trained(OUTPUTS, second.len());
    for item in items {
        let inputs = design.items.inputs(item);
        let mut targets = [0.0; OUTPUTS];
        targets.copy_from_slice(design.items.targets(item));
        let hidden = values::<HIDDEN>(design.hidden, inputs, first);
        let outputs = values::<OUTPUTS>(design.output, &hidden, second);
        let mut signals = [0.0; OUTPUTS];
        network.output_signals(&outputs, &targets, &mut signals);
        let mut back = [0.0; HIDDEN];
        rows::gather_known::<OUTPUTS>(&signals, second, &mut back);
        design.hidden.multiply_by_slopes(&hidden, &mut back);
        rule.train_rows(
            &given,
            inputs,
            &back,
            &mut first[..first_trained],
            first_kept,
        );
        rule.train_rows(
            &given,
            &hidden,
            &signals,
            &mut second[..second_trained],
            second_kept,
        );
    }
}

/// What the nodes of a layer come to.
#[expect(
    clippy::inline_always,
    reason = "where a layer's width is known, its values stay in registers"
)]
#[inline(always)]
fn values<const WIDTH: usize>(
    activation: Activation,
    inputs: &[f64],
    parameters: &[f64],
) -> [f64; WIDTH] {
    let (matrix, biases) = parameters.split_at(inputs.len() * WIDTH);
    let (mut sums, mut values) = ([0.0; WIDTH], [0.0; WIDTH]);
    rows::weigh_known::<WIDTH>(inputs, matrix, biases, &mut sums);
    activation.apply(&sums, &mut values);
    values
}
