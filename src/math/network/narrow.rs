//! Training of networks with one narrow hidden layer: the loop over items once for each pair of widths, so that the
//! compiler knows how long every loop inside is, and once more for whoever looks at each update.
//!
//! Such an update waits for one number after another, and for little else. So nothing is decided between two items that
//! can be decided before the first, and what a layer comes to stays in registers. All numbers are those that
//! [`Network::gradients`] and [`Settings::update_all`] come to, computed in the same order: they are the same bits.

use super::{Activation, Network, Visits, rows};
use crate::math::{InOrder, Onlooker, Settings, Slots};

/// Makes the updates of some items of a network of certain widths.
type Train<O> = fn(&Network, &Settings, &mut Visits, &mut [f64], &mut [f64], &mut O);

impl Network {
    /// Makes the updates of some items; memories are in the rule's units, [`crate::math::Rule::stride`] of them for each
    /// parameter. `false`, and nothing done, where there is not one hidden layer of up to 8 nodes before up to 4 outputs.
    pub fn train_narrow<O: Onlooker>(
        &self,
        settings: &Settings,
        items: &mut Visits,
        weights: &mut [f64],
        memories: &mut [f64],
        onlooker: &mut O,
    ) -> bool {
        let train = match self.layers[..] {
            [hidden, output] => by_widths(hidden.to, output.to),
            _ => None,
        };
        if let Some(train) = train {
            train(self, settings, items, weights, memories, onlooker);
        }
        train.is_some()
    }
}

fn by_widths<O: Onlooker>(hidden: usize, outputs: usize) -> Option<Train<O>> {
    match hidden {
        1 => by_outputs::<O, 1>(outputs),
        2 => by_outputs::<O, 2>(outputs),
        3 => by_outputs::<O, 3>(outputs),
        4 => by_outputs::<O, 4>(outputs),
        5 => by_outputs::<O, 5>(outputs),
        6 => by_outputs::<O, 6>(outputs),
        7 => by_outputs::<O, 7>(outputs),
        8 => by_outputs::<O, 8>(outputs),
        _ => None,
    }
}

fn by_outputs<O: Onlooker, const HIDDEN: usize>(outputs: usize) -> Option<Train<O>> {
    match outputs {
        1 => Some(train::<O, HIDDEN, 1>),
        2 => Some(train::<O, HIDDEN, 2>),
        3 => Some(train::<O, HIDDEN, 3>),
        4 => Some(train::<O, HIDDEN, 4>),
        _ => None,
    }
}

fn train<O: Onlooker, const HIDDEN: usize, const OUTPUTS: usize>(
    network: &Network,
    settings: &Settings,
    items: &mut Visits,
    weights: &mut [f64],
    memories: &mut [f64],
    onlooker: &mut O,
) {
    let (design, rule) = (&network.design, settings.rule);
    let (given, stride) = (settings.given(0.0, Slots::default()), rule.stride());
    let middle = network.layers[1].weights;
    // Biases are the last row of each.
    let trained = |row: usize, all: usize| if design.train_biases { all } else { all - row };
    let first_trained = trained(HIDDEN, middle);
    let second_trained = trained(OUTPUTS, weights.len() - middle);
    for item in items {
        let inputs = design.items.inputs(item);
        let mut targets = [0.0; OUTPUTS];
        targets.copy_from_slice(design.items.targets(item));
        let (first, second) = weights.split_at(middle);
        let mut hidden = Row::<HIDDEN>::of(design.hidden, inputs, first);
        let mut output = Row::<OUTPUTS>::of(design.output, &hidden.values, second);
        network.output_signals(&output.values, &targets, &mut output.signals);
        rows::gather_known::<OUTPUTS>(&output.signals, second, &mut hidden.signals);
        design
            .hidden
            .multiply_by_slopes(&hidden.values, &mut hidden.signals);
        if let Some(pass) = onlooker.room().and_then(|room| room.pass.as_mut()) {
            pass.take_known(inputs, hidden.all(), output.all(), &targets);
        }
        onlooker.begins(&InOrder {
            weights,
            memories,
            stride,
        });
        let (first, second) = weights.split_at_mut(middle);
        let (first_kept, second_kept) = memories.split_at_mut(middle * stride);
        rule.train_rows(
            &given,
            inputs,
            &hidden.signals,
            &mut first[..first_trained],
            first_kept,
        );
        rule.train_rows(
            &given,
            &hidden.values,
            &output.signals,
            &mut second[..second_trained],
            second_kept,
        );
        let standing = InOrder {
            weights,
            memories,
            stride,
        };
        onlooker.ends(Some(item), &standing);
    }
}

/// The nodes of a layer.
struct Row<const WIDTH: usize> {
    sums: [f64; WIDTH],
    values: [f64; WIDTH],
    signals: [f64; WIDTH],
}

impl<const WIDTH: usize> Row<WIDTH> {
    /// What they come to; signals are still to be found.
    #[expect(
        clippy::inline_always,
        reason = "where a layer's width is known, its values stay in registers"
    )]
    #[inline(always)]
    fn of(activation: Activation, inputs: &[f64], parameters: &[f64]) -> Self {
        let (matrix, biases) = parameters.split_at(inputs.len() * WIDTH);
        let (mut sums, mut values) = ([0.0; WIDTH], [0.0; WIDTH]);
        rows::weigh_known::<WIDTH>(inputs, matrix, biases, &mut sums);
        activation.apply(&sums, &mut values);
        Self {
            sums,
            values,
            signals: [0.0; WIDTH],
        }
    }

    /// Their sums, values and signals.
    fn all(&self) -> [&[f64; WIDTH]; 3] {
        [&self.sums, &self.values, &self.signals]
    }
}
