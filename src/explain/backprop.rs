//! A network's numbers: which of them an update steps over, and how each is computed.

use std::sync::Arc;

use super::nodes::total;
use super::{
    Formula, Function, Incoming, LayerKind, Node, NodeFacts, NodeQuantity, OfNode, Outgoing,
    Quantity, Source, value_of,
};
use crate::math::{
    Activation, Convention, ErrorMeasure, Network, Pass, Place, Scale, SoftmaxDerivative, Update,
};
use crate::timeline::Record;

/// Of larger layers the nodes have no lines of their own; their numbers stand in formulas, and can be asked about.
const MOST_NODES: usize = 8;

/// What an update of the parameter at `place` steps over before its gradient: what goes into it, what it leads to,
/// forward to the outputs and their error, and back to the signal of the node it leads to.
pub fn stepped(network: &Network, place: Place) -> Vec<Quantity> {
    let sizes = &network.design().sizes;
    let outputs = sizes.len() - 1;
    let of = |quantity, layer, index| {
        Quantity::Node(OfNode {
            quantity,
            node: Node::new(layer, outputs, index),
        })
    };
    let mut steps = Vec::new();
    let node = |steps: &mut Vec<Quantity>, layer: usize, index: usize| {
        if layer > 0 {
            steps.push(of(NodeQuantity::Sum, layer, index));
        } else if network.items().scaling().is_some() {
            steps.push(of(NodeQuantity::Raw, layer, index));
        }
        steps.push(of(NodeQuantity::Value, layer, index));
    };
    if let Some(from) = place.from {
        node(&mut steps, place.layer - 1, from);
    }
    if place.layer < outputs {
        node(&mut steps, place.layer, place.to);
    }
    let small = |layer: usize| sizes[layer] <= MOST_NODES;
    for layer in (place.layer + 1..outputs).filter(|layer| small(*layer)) {
        (0..sizes[layer]).for_each(|index| node(&mut steps, layer, index));
    }
    let shown: Vec<usize> = if small(outputs) {
        (0..sizes[outputs]).collect()
    } else if place.layer == outputs {
        vec![place.to]
    } else {
        Vec::new()
    };
    for quantity in [NodeQuantity::Sum, NodeQuantity::Value] {
        steps.extend(shown.iter().map(|&index| of(quantity, outputs, index)));
    }
    steps.push(Quantity::Error);
    let later = (place.layer + 1..=outputs).rev();
    for layer in later.filter(|layer| small(*layer)) {
        let signal = |index| of(NodeQuantity::Signal, layer, index);
        steps.extend((0..sizes[layer]).map(signal));
    }
    steps.push(of(NodeQuantity::Signal, place.layer, place.to));
    steps
}

/// One item's way through a network, from which formulas are made.
pub struct Backprop<'a> {
    /// The network.
    pub network: &'a Network,
    /// The update.
    pub record: &'a Record,
    /// The parameter whose gradient is derived.
    pub parameter: usize,
    /// The sign that gradients are written with.
    pub convention: Convention,
}

impl Backprop<'_> {
    fn outputs(&self) -> usize {
        self.network.layers().len()
    }

    fn size(&self, layer: usize) -> usize {
        self.network.design().sizes[layer]
    }

    fn node(&self, layer: usize, index: usize) -> Node {
        Node::new(layer, self.outputs(), index)
    }

    fn given(&self, quantity: Quantity) -> Formula {
        let value = value_of(self.record, self.parameter, self.convention, quantity);
        Formula::Quantity(quantity, value)
    }

    fn leaf(&self, quantity: NodeQuantity, layer: usize, index: usize) -> Formula {
        let node = self.node(layer, index);
        self.given(Quantity::Node(OfNode { quantity, node }))
    }

    /// How a number is computed; a leaf is given.
    pub fn formula(&self, quantity: Quantity) -> Formula {
        let computed = if let Quantity::Node(of_node) = quantity {
            let scaled = || self.scaled(of_node);
            self.around(of_node)
                .and_then(|facts| match of_node.quantity {
                    NodeQuantity::Sum => facts.sum(),
                    NodeQuantity::Value => facts.value(),
                    NodeQuantity::Signal => facts.signal(self.convention),
                    NodeQuantity::Raw | NodeQuantity::Target => None,
                })
                .or_else(scaled)
        } else if quantity == Quantity::Gradient {
            Some(self.gradient())
        } else if quantity == Quantity::Error {
            Some(self.error())
        } else {
            None
        };
        computed.unwrap_or_else(|| self.given(quantity))
    }

    /// (raw - mean) / deviation, or what else an input is scaled by; `None` of what is no scaled input.
    fn scaled(&self, OfNode { quantity, node }: OfNode) -> Option<Formula> {
        let is_value = (quantity, node.layer) == (NodeQuantity::Value, LayerKind::Input);
        let scaling = self.network.items().scaling().filter(|_| is_value)?;
        let column = scaling.columns()[node.index as usize];
        let named =
            |word: &str, value| Formula::Named(format!("{word}{}", node.index).into(), value);
        let [center, spread] = scaling.scale().words();
        let raw = self.leaf(NodeQuantity::Raw, 0, node.index as usize);
        if column.is_constant {
            return Some(raw - named("always", column.center));
        }
        Some((raw - named(center, column.center)) / named(spread, column.spread))
    }

    /// A node and as many of the numbers around it as the quantity needs. `None` for inputs, which have no sum.
    pub fn around(&self, OfNode { quantity, node }: OfNode) -> Option<NodeFacts> {
        let pass = self.record.pass.as_ref()?;
        let (layer, index) = (node.layer_in(self.outputs()), node.index as usize);
        let before = pass.values(layer.checked_sub(1)?);
        let activation = if layer == self.outputs() {
            self.network.design().output
        } else {
            self.network.design().hidden
        };
        let place = self.network.place(self.parameter);
        let carriers = pass.values(place.layer - 1);
        let carried = |from: usize| (self.node(place.layer - 1, from), carriers[from]);
        let other = (place.from.unwrap_or(0) + 1) % carriers.len();
        let is_sum = quantity == NodeQuantity::Sum;
        let incoming = |(from, value): (usize, &f64)| {
            let (name, weight) = self.weight(layer, Some(from), index);
            Incoming {
                from: self.node(layer - 1, from),
                value: *value,
                name,
                weight: weight.before,
            }
        };
        let incoming_values = if is_sum { before } else { &[] };
        let inputs = incoming_values.iter().enumerate();
        let is_share = quantity == NodeQuantity::Value && activation == Activation::Softmax;
        let sums = if is_share { pass.sums(layer) } else { &[] };
        let sums = sums.iter().enumerate();
        Some(NodeFacts {
            node,
            activation,
            incoming: inputs.map(incoming).collect(),
            bias: is_sum.then(|| {
                let (name, bias) = self.weight(layer, None, index);
                (name, bias.before)
            }),
            sum: pass.sums(layer)[index],
            value: pass.values(layer)[index],
            layer_sums: sums.map(|(k, sum)| (self.node(layer, k), *sum)).collect(),
            source: (quantity == NodeQuantity::Signal).then(|| self.source(pass, layer, index)),
            carried: place.from.map(carried),
            other_carried: (carriers.len() > 1).then(|| carried(other)),
        })
    }

    /// The name of a weight or bias, and its update.
    fn weight(&self, layer: usize, from: Option<usize>, to: usize) -> (Arc<str>, &Update) {
        let index = self.network.parameter_at(Place { layer, from, to });
        let name = Arc::from(self.network.names()[index].as_str());
        (name, &self.record.updates[index])
    }

    /// What a node's signal starts from.
    fn source(&self, pass: &Pass, layer: usize, index: usize) -> Source {
        if layer < self.outputs() {
            let way = |(to, signal): (usize, &f64)| {
                let (name, weight) = self.weight(layer + 1, Some(index), to);
                Outgoing {
                    to: self.node(layer + 1, to),
                    signal: *signal,
                    name,
                    weight: weight.before,
                    new_weight: Some(weight.after),
                }
            };
            let outgoing = pass.signals(layer + 1).iter().enumerate().map(way);
            return Source::Hidden {
                outgoing: outgoing.collect(),
            };
        }
        let design = self.network.design();
        let target = pass.targets()[index];
        let full = design.output == Activation::Softmax
            && design.softmax_derivative == SoftmaxDerivative::Full;
        match design.error {
            ErrorMeasure::CrossEntropy => Source::Straight { target },
            ErrorMeasure::Squared if full => {
                let both = pass.targets().iter().zip(pass.outputs()).enumerate();
                let outputs =
                    both.map(|(k, (target, value))| (self.node(layer, k), *target, *value));
                Source::Shares {
                    outputs: outputs.collect(),
                }
            }
            ErrorMeasure::Squared => Source::Output { target },
        }
    }

    /// Signal x what goes into the weight.
    fn gradient(&self) -> Formula {
        let Place { layer, from, to } = self.network.place(self.parameter);
        let signal = self.leaf(NodeQuantity::Signal, layer, to);
        match from {
            Some(from) => signal * self.leaf(NodeQuantity::Value, layer - 1, from),
            None => signal,
        }
    }

    /// E of the item.
    fn error(&self) -> Formula {
        let outputs = self.outputs();
        let design = self.network.design();
        let target = |k| self.leaf(NodeQuantity::Target, outputs, k);
        let output = |k| self.leaf(NodeQuantity::Value, outputs, k);
        let apply = |function, formula| Formula::Apply(function, Box::new(formula));
        let all = 0..self.size(outputs);
        match (design.error, design.output) {
            (ErrorMeasure::Squared, _) => {
                let part = |k| apply(Function::Square, target(k) - output(k));
                Formula::Constant(0.5) * total(all.map(part))
            }
            (ErrorMeasure::CrossEntropy, Activation::Sigmoid) => {
                let one = || Formula::Constant(1.0);
                let part = |k| {
                    target(k) * apply(Function::Ln, output(k))
                        + (one() - target(k)) * apply(Function::Ln, one() - output(k))
                };
                -total(all.map(part))
            }
            (ErrorMeasure::CrossEntropy, _) => {
                let part = |k| target(k) * apply(Function::Ln, output(k));
                -total(all.map(part))
            }
        }
    }

    /// What one of the network's own numbers means, in a sentence.
    pub fn meaning(&self, quantity: Quantity) -> Option<&'static str> {
        let design = self.network.design();
        if quantity == Quantity::Gradient {
            return Some(match self.network.place(self.parameter).from {
                None => "A bias has no input, so its gradient is the signal of its node.",
                Some(_) => "The signal of the node it leads to, times what came in.",
            });
        }
        if quantity == Quantity::Error {
            return Some(match design.error {
                ErrorMeasure::Squared => "How far off the outputs are: half the sum of squares.",
                ErrorMeasure::CrossEntropy => "How surprised the outputs are by the targets.",
            });
        }
        let Quantity::Node(OfNode { quantity, node }) = quantity else {
            return None;
        };
        let layer = node.layer_in(self.outputs());
        Some(match quantity {
            NodeQuantity::Raw => "What the item has, before it is scaled.",
            NodeQuantity::Value if layer == 0 => self.input_meaning(node),
            NodeQuantity::Target => "What the output should be.",
            NodeQuantity::Sum => "What comes in, each times its weight, then the bias.",
            NodeQuantity::Value if layer == self.outputs() => design.output.meaning(),
            NodeQuantity::Value => design.hidden.meaning(),
            NodeQuantity::Signal if layer == self.outputs() => self.signal_meaning(),
            NodeQuantity::Signal => {
                "The signals after it, sent back through their weights, times its slope."
            }
        })
    }

    fn input_meaning(&self, node: Node) -> &'static str {
        let Some(scaling) = self.network.items().scaling() else {
            return "What the item puts in.";
        };
        let is_constant = scaling.columns()[node.index as usize].is_constant;
        match scaling.scale() {
            _ if is_constant => "All training items have the same there: nothing is left of it.",
            Scale::None => "What the item puts in.",
            Scale::Standard => {
                "Scaled: how far it lies from the mean, counted in standard deviations."
            }
            Scale::Range => "Scaled: 0 for the smallest of the training items, 1 for the largest.",
        }
    }

    fn signal_meaning(&self) -> &'static str {
        let design = self.network.design();
        let diagonal = design.softmax_derivative == SoftmaxDerivative::Diagonal;
        match (design.error, design.output) {
            (ErrorMeasure::CrossEntropy, _) | (_, Activation::Identity) => {
                "How far the output is off. Nothing else is left of the slope."
            }
            (_, Activation::Softmax) if diagonal => {
                "How far the output is off, times its own slope; the others' are left out."
            }
            (_, Activation::Softmax) => {
                "How far the output is off, and what the others have to give for it."
            }
            (ErrorMeasure::Squared, Activation::Tanh | Activation::Sigmoid | Activation::Relu) => {
                "How far the output is off, times the slope of its function."
            }
        }
    }
}
