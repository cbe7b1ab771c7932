//! Which numbers of a network's nodes may be shown while an update is being stepped over.

use std::collections::HashMap;

use super::{Derivation, Node, NodeQuantity, OfNode, Quantity};
use crate::math::{Activation, ErrorMeasure, Network, SoftmaxDerivative};

/// How many lines must have been stepped over before the numbers of a node may be shown, for all nodes at once: what
/// [`Derivation::known_after`] says of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    values: Vec<Vec<usize>>,
    signals: Vec<Vec<usize>>,
}

impl Known {
    /// For the nodes of `network` in an update of it.
    pub fn new(network: &Network, derivation: &Derivation) -> Self {
        let lines = derivation.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| !line.is_given());
        let stepped: HashMap<Quantity, usize> =
            lines.map(|(i, line)| (line.quantity, i + 1)).collect();
        let sizes = &network.design().sizes;
        let outputs = sizes.len() - 1;
        let of = |quantity, layer, index| {
            let node = Node::new(layer, outputs, index);
            stepped
                .get(&Quantity::Node(OfNode { quantity, node }))
                .copied()
        };
        // An input that is scaled has a line in which that is done.
        let input = |index| of(NodeQuantity::Value, 0, index).unwrap_or(0);
        let mut values: Vec<Vec<usize>> = vec![(0..sizes[0]).map(input).collect()];
        for layer in 1..=outputs {
            let before = latest(&values[layer - 1]);
            let sum = |index| of(NodeQuantity::Sum, layer, index).unwrap_or(before);
            let sums: Vec<usize> = (0..sizes[layer]).map(sum).collect();
            let shared = layer == outputs && network.design().output == Activation::Softmax;
            let all = latest(&sums);
            let value = |index: usize| {
                let from_sums = if shared { all } else { sums[index] };
                of(NodeQuantity::Value, layer, index).unwrap_or(from_sums)
            };
            values.push((0..sizes[layer]).map(value).collect());
        }
        let mut signals = vec![Vec::new(); outputs + 1];
        for layer in (1..=outputs).rev() {
            let shared = if layer < outputs {
                latest(&signals[layer + 1])
            } else if shares_signals(network) {
                latest(&values[layer])
            } else {
                0
            };
            let signal = |index: usize| {
                let from_others = shared.max(values[layer][index]);
                of(NodeQuantity::Signal, layer, index).unwrap_or(from_others)
            };
            signals[layer] = (0..sizes[layer]).map(signal).collect();
        }
        Self { values, signals }
    }

    /// For the value of a node; layer 0 holds the inputs.
    pub fn value(&self, layer: usize, index: usize) -> usize {
        self.values[layer][index]
    }

    /// For the signal of a node, from layer 1 on.
    pub fn signal(&self, layer: usize, index: usize) -> usize {
        self.signals[layer][index]
    }
}

/// Whether an output's signal depends on the other outputs.
fn shares_signals(network: &Network) -> bool {
    let design = network.design();
    (design.error, design.output, design.softmax_derivative)
        == (
            ErrorMeasure::Squared,
            Activation::Softmax,
            SoftmaxDerivative::Full,
        )
}

fn latest(lines: &[usize]) -> usize {
    lines.iter().copied().max().unwrap_or(0)
}
