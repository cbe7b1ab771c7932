//! The numbers around a node, as a question about it needs them, from an item's way through the network.

use std::sync::Arc;

use crate::exercise::{Asked, Incoming, NodeFacts, Outgoing, Source};
use crate::explain::{Node, Quantity};
use crate::math::{Activation, ErrorMeasure, Network, Pass, Place, SoftmaxDerivative};
use crate::timeline::Record;

/// The node that a question is about: `node`, or else the one that the parameter leads to; with what the question
/// needs, and no more. `None` without a network, and where the question has no such number.
pub(super) fn around(
    network: &Network,
    record: &Record,
    parameter: usize,
    asked: Asked,
    node: Option<Node>,
) -> Option<NodeFacts> {
    let pass = record.pass.as_ref()?;
    let place = network.place(parameter);
    let here = Here {
        network,
        record,
        pass,
    };
    let (layer, index) = match node {
        Some(node) => (node.layer_in(pass.outputs_layer()), node.index as usize),
        None => (place.layer, place.to),
    };
    here.facts(layer, index, place, asked)
}

/// What a number of a node is as a quantity; `None` of what is no number of a node.
pub(super) fn node_quantity(
    network: &Network,
    parameter: usize,
    asked: Asked,
    node: Option<Node>,
) -> Option<Quantity> {
    let node = node.unwrap_or_else(|| {
        let Place { layer, to, .. } = network.place(parameter);
        Node::new(layer, network.layers().len(), to)
    });
    asked.of_node(node)
}

/// An update and its item's way through the network.
struct Here<'a> {
    network: &'a Network,
    record: &'a Record,
    pass: &'a Pass,
}

impl Here<'_> {
    fn facts(&self, layer: usize, index: usize, place: Place, asked: Asked) -> Option<NodeFacts> {
        let activation = if layer == self.pass.outputs_layer() {
            self.network.design().output
        } else {
            self.network.design().hidden
        };
        let sums = asked == Asked::Sum;
        let before = self.pass.values(layer.checked_sub(1)?);
        let values = self.pass.values(place.layer - 1);
        let carried = |from: usize| (self.node(place.layer - 1, from), values[from]);
        let count = values.len();
        let other = |from: usize| (count > 1).then(|| carried((from + 1) % count));
        Some(NodeFacts {
            node: self.node(layer, index),
            activation,
            incoming: if sums {
                let before = 0..before.len();
                (before.map(|from| self.incoming(layer, from, index))).collect()
            } else {
                Vec::new()
            },
            bias: sums.then(|| self.weight(layer, None, index)),
            sum: self.pass.sums(layer)[index],
            value: self.pass.values(layer)[index],
            layer_sums: if activation == Activation::Softmax {
                let all = self.pass.sums(layer).iter().enumerate();
                all.map(|(index, sum)| (self.node(layer, index), *sum))
                    .collect()
            } else {
                Vec::new()
            },
            source: match asked {
                Asked::Sum | Asked::Value => None,
                Asked::Signal | Asked::Quantity(_) => Some(self.source(layer, index)),
            },
            carried: place.from.map(carried),
            other_carried: other(place.from.unwrap_or(0)),
        })
    }

    fn node(&self, layer: usize, index: usize) -> Node {
        Node::new(layer, self.pass.outputs_layer(), index)
    }

    /// The name of a weight or bias, and what it is before the update.
    fn weight(&self, layer: usize, from: Option<usize>, to: usize) -> (Arc<str>, f64) {
        let index = self.network.parameter_at(Place { layer, from, to });
        let name = Arc::from(self.network.names()[index].as_str());
        (name, self.record.updates[index].before)
    }

    fn incoming(&self, layer: usize, from: usize, to: usize) -> Incoming {
        let (name, weight) = self.weight(layer, Some(from), to);
        Incoming {
            from: self.node(layer - 1, from),
            value: self.pass.values(layer - 1)[from],
            name,
            weight,
        }
    }

    /// What a node's signal starts from.
    fn source(&self, layer: usize, index: usize) -> Source {
        if layer < self.pass.outputs_layer() {
            let signals = self.pass.signals(layer + 1);
            let ways = (0..signals.len()).map(|to| self.outgoing(layer, index, to));
            return Source::Hidden {
                outgoing: ways.collect(),
            };
        }
        let design = self.network.design();
        let target = self.pass.targets()[index];
        let full = design.output == Activation::Softmax
            && design.softmax_derivative == SoftmaxDerivative::Full;
        match design.error {
            ErrorMeasure::CrossEntropy => Source::Straight { target },
            ErrorMeasure::Squared if full => {
                let values = self.pass.values(layer).iter().zip(self.pass.targets());
                let output = |(index, (value, target)): (usize, (&f64, &f64))| {
                    (self.node(layer, index), *target, *value)
                };
                Source::Shares {
                    outputs: values.enumerate().map(output).collect(),
                }
            }
            ErrorMeasure::Squared => Source::Output { target },
        }
    }

    fn outgoing(&self, layer: usize, from: usize, to: usize) -> Outgoing {
        let (layer, from) = (layer + 1, Some(from));
        let (name, weight) = self.weight(layer, from, to);
        let index = self.network.parameter_at(Place { layer, from, to });
        Outgoing {
            to: self.node(layer, to),
            signal: self.pass.signals(layer)[to],
            name,
            weight,
            new_weight: Some(self.record.updates[index].after),
        }
    }
}
