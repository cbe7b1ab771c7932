//! A network's numbers: which of them an update steps over, and how each is computed.

use std::sync::Arc;

use super::{Formula, Function, Node, NodeQuantity, OfNode, Quantity};
use crate::math::{
    Activation, Convention, ErrorMeasure, Network, Place, SoftmaxDerivative, largest,
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
    pub network: &'a Network,
    pub record: &'a Record,
    /// Where the parameter belongs whose gradient is derived.
    pub place: Place,
    pub convention: Convention,
    /// The value of a quantity.
    pub value: &'a dyn Fn(Quantity) -> f64,
}

impl Backprop<'_> {
    fn outputs(&self) -> usize {
        self.network.layers().len()
    }

    fn size(&self, layer: usize) -> usize {
        self.network.design().sizes[layer]
    }

    fn leaf(&self, quantity: NodeQuantity, layer: usize, index: usize) -> Formula {
        let quantity = Quantity::Node(OfNode {
            quantity,
            node: Node::new(layer, self.outputs(), index),
        });
        Formula::Quantity(quantity, (self.value)(quantity))
    }

    /// A weight or bias as it is before the update.
    fn weight(&self, layer: usize, from: Option<usize>, to: usize) -> Formula {
        let index = self.network.parameter_at(Place { layer, from, to });
        let name = Arc::from(self.network.names()[index].as_str());
        Formula::Named(name, self.record.updates[index].before)
    }

    /// How a number is computed; a leaf is given.
    pub fn formula(&self, quantity: Quantity) -> Formula {
        let Quantity::Node(OfNode { quantity, node }) = quantity else {
            return if quantity == Quantity::Gradient {
                self.gradient()
            } else if quantity == Quantity::Error {
                self.error()
            } else {
                Formula::Quantity(quantity, (self.value)(quantity))
            };
        };
        let (layer, index) = (node.layer_in(self.outputs()), node.index as usize);
        match quantity {
            quantity if layer == 0 => self.leaf(quantity, layer, index),
            NodeQuantity::Target => self.leaf(quantity, layer, index),
            NodeQuantity::Sum => self.sum(layer, index),
            NodeQuantity::Value => self.activation(layer, index),
            NodeQuantity::Signal if layer == self.outputs() => self.output_signal(index),
            NodeQuantity::Signal => self.hidden_signal(layer, index),
        }
    }

    /// Signal x what goes into the weight.
    fn gradient(&self) -> Formula {
        let Place { layer, from, to } = self.place;
        let signal = self.leaf(NodeQuantity::Signal, layer, to);
        match from {
            Some(from) => signal * self.leaf(NodeQuantity::Value, layer - 1, from),
            None => signal,
        }
    }

    /// Everything that goes into a node, weighed and added up, then its bias.
    fn sum(&self, layer: usize, to: usize) -> Formula {
        let term = |from: usize| {
            self.leaf(NodeQuantity::Value, layer - 1, from) * self.weight(layer, Some(from), to)
        };
        total((0..self.size(layer - 1)).map(term)) + self.weight(layer, None, to)
    }

    fn activation(&self, layer: usize, index: usize) -> Formula {
        let design = self.network.design();
        let function = if layer == self.outputs() {
            design.output
        } else {
            design.hidden
        };
        if function == Activation::Softmax {
            let sums = (0..self.size(layer)).map(|k| self.leaf(NodeQuantity::Sum, layer, k));
            return share(&sums.collect::<Vec<_>>(), index);
        }
        squeezed(function, self.leaf(NodeQuantity::Sum, layer, index))
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

    /// t - o, or o - t where gradients point uphill.
    fn miss(&self, index: usize) -> Formula {
        let target = self.leaf(NodeQuantity::Target, self.outputs(), index);
        let output = self.leaf(NodeQuantity::Value, self.outputs(), index);
        match self.convention {
            Convention::Add => target - output,
            Convention::Subtract => output - target,
        }
    }

    fn output_signal(&self, index: usize) -> Formula {
        let outputs = self.outputs();
        let design = self.network.design();
        let output = |k| self.leaf(NodeQuantity::Value, outputs, k);
        let full = design.output == Activation::Softmax
            && design.softmax_derivative == SoftmaxDerivative::Full;
        match design.error {
            ErrorMeasure::CrossEntropy => self.miss(index),
            ErrorMeasure::Squared if full => {
                let all = 0..self.size(outputs);
                let misses: Vec<Formula> = all.clone().map(|k| self.miss(k)).collect();
                shared_signal(&all.map(output).collect::<Vec<_>>(), &misses, index)
            }
            ErrorMeasure::Squared => times_slope(design.output, &output(index), self.miss(index)),
        }
    }

    /// The slope of the node's function x the sum of the signals after it, each by the weight that leads to it.
    fn hidden_signal(&self, layer: usize, index: usize) -> Formula {
        let term = |to: usize| {
            let weight = self.weight(layer + 1, Some(index), to);
            self.leaf(NodeQuantity::Signal, layer + 1, to) * weight
        };
        let sum = total((0..self.size(layer + 1)).map(term));
        let value = self.leaf(NodeQuantity::Value, layer, index);
        times_slope(self.network.design().hidden, &value, sum)
    }

    /// What one of the network's own numbers means, in a sentence.
    pub fn meaning(&self, quantity: Quantity) -> Option<&'static str> {
        let design = self.network.design();
        if quantity == Quantity::Gradient {
            return Some(match self.place.from {
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
            NodeQuantity::Value if layer == 0 => "What the item puts in.",
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

/// What a function of one node makes of its sum. Softmax needs the sums of its whole layer: see [`share`].
pub fn squeezed(function: Activation, sum: Formula) -> Formula {
    let one = || Formula::Constant(1.0);
    let apply = |function, formula| Formula::Apply(function, Box::new(formula));
    match function {
        Activation::Tanh => apply(Function::Tanh, sum),
        Activation::Sigmoid => one() / (one() + apply(Function::Exp, -sum)),
        Activation::Relu => apply(Function::Relu, sum),
        Activation::Identity | Activation::Softmax => sum,
    }
}

/// The share of one of several sums by softmax, e^s over the sum of all e^s; the largest sum is subtracted from each
/// first, so that no power overflows.
pub fn share(sums: &[Formula], index: usize) -> Formula {
    let values: Vec<f64> = sums.iter().map(Formula::evaluate).collect();
    let most = largest(&values);
    let at = values.iter().position(|sum| *sum == most).unwrap_or(0);
    let power = |sum: &Formula| {
        let above = sum.clone() - sums[at].clone();
        Formula::Apply(Function::Exp, Box::new(above))
    };
    power(&sums[index]) / total(sums.iter().map(power))
}

/// The signal of one of several shares, by all of them: o x (miss - sum of miss x o), with each output's miss, t - o.
pub fn shared_signal(outputs: &[Formula], misses: &[Formula], index: usize) -> Formula {
    let parts = misses.iter().zip(outputs);
    let shared = total(parts.map(|(miss, output)| miss.clone() * output.clone()));
    outputs[index].clone() * (misses[index].clone() - shared)
}

/// The slope of a function at a value, times something: (1 - v)(1 + v) for tanh, (1 - v) v for sigmoid and softmax.
pub fn times_slope(function: Activation, value: &Formula, factor: Formula) -> Formula {
    let one = || Formula::Constant(1.0);
    match function {
        Activation::Tanh => (one() - value.clone()) * (one() + value.clone()) * factor,
        Activation::Sigmoid | Activation::Softmax => {
            (one() - value.clone()) * value.clone() * factor
        }
        Activation::Relu => Formula::Constant(Activation::Relu.slope(value.evaluate())) * factor,
        Activation::Identity => factor,
    }
}

/// Terms added from left to right.
pub fn total(terms: impl Iterator<Item = Formula>) -> Formula {
    let sum = terms.reduce(|sum, term| sum + term);
    sum.unwrap_or(Formula::Constant(0.0))
}
