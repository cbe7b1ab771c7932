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
        let mut values = vec![vec![0; sizes[0]]];
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

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::sync::Arc;

    use super::*;
    use crate::math::{
        Convention, Design, Generator, Initial, Items, Model, Order, Rule, Settings,
    };
    use crate::timeline::Timeline;

    fn network(
        sizes: &[usize],
        output: Activation,
        error: ErrorMeasure,
        softmax_derivative: SoftmaxDerivative,
    ) -> Network {
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let mut items = Items::new(inputs, outputs);
        let targets: Vec<f64> = (0..outputs).map(|k| f64::from(u8::from(k == 0))).collect();
        items.push(&vec![0.5; inputs], &targets);
        Network::new(Design {
            sizes: sizes.to_vec(),
            hidden: Activation::Tanh,
            output,
            error,
            softmax_derivative,
            train_biases: true,
            initial: Initial::Drawn {
                low: -0.5,
                high: 0.5,
            },
            generator: Generator::default(),
            seed: 1,
            order: Order::Sequential,
            items,
            test_items: Items::new(inputs, outputs),
            classes: Vec::new(),
        })
    }

    #[test]
    fn it_is_what_the_derivation_says_of_every_node() {
        use SoftmaxDerivative::{Diagonal, Full};
        for (sizes, output, error, derivative) in [
            (
                &[4, 5, 3][..],
                Activation::Softmax,
                ErrorMeasure::Squared,
                Diagonal,
            ),
            (&[2, 3, 2], Activation::Softmax, ErrorMeasure::Squared, Full),
            (
                &[2, 2, 3, 2],
                Activation::Sigmoid,
                ErrorMeasure::Squared,
                Full,
            ),
            (
                &[2, 9, 2],
                Activation::Softmax,
                ErrorMeasure::CrossEntropy,
                Full,
            ),
            (
                &[2, 9, 9],
                Activation::Sigmoid,
                ErrorMeasure::CrossEntropy,
                Full,
            ),
            (&[3, 1], Activation::Tanh, ErrorMeasure::Squared, Full),
        ] {
            let model = Arc::new(Model::Network(Box::new(network(
                sizes, output, error, derivative,
            ))));
            let settings = Settings::new(Rule::Article, 0.1, 0.5);
            let record: Rc<_> = Timeline::new(Arc::clone(&model), settings)
                .run()
                .record(0)
                .unwrap();
            let network = model.network().unwrap();
            let outputs = sizes.len() - 1;
            for parameter in 0..network.names().len() {
                let derivation = Derivation::new(&model, &record, parameter, Convention::Add);
                let known = Known::new(network, &derivation);
                for (layer, size) in sizes.iter().enumerate() {
                    for index in 0..*size {
                        let of = |quantity| {
                            let node = Node::new(layer, outputs, index);
                            derivation.known_after(Quantity::Node(OfNode { quantity, node }))
                        };
                        assert_eq!(known.value(layer, index), of(NodeQuantity::Value));
                        if layer > 0 {
                            assert_eq!(known.signal(layer, index), of(NodeQuantity::Signal));
                        }
                    }
                }
            }
        }
    }
}
