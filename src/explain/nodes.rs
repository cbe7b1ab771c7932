//! The numbers around a node of a network, and its arithmetic: what a derivation writes, what a question is about.
//!
//! sum s = sum of weight x value, then the bias; value v = f(s); signal = slope x error, with the slope of f taken at
//! v; gradient = signal x what the weight carries. In the engine's order, so that they come to its numbers bit for bit.

use std::sync::Arc;

use super::{Formula, Function, Node, NodeQuantity, OfNode, Quantity};
use crate::math::{Activation, Convention, largest};

/// A node, and the numbers around it. Signals are positive downhill: an error is target - output.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeFacts {
    /// The node.
    pub node: Node,
    /// Its function.
    pub activation: Activation,
    /// What goes into its sum; empty where the question does not need it.
    pub incoming: Vec<Incoming>,
    /// Its bias, with the name of that; `None` where the question does not need it.
    pub bias: Option<(Arc<str>, f64)>,
    /// What goes into its function.
    pub sum: f64,
    /// What comes out.
    pub value: f64,
    /// The sums of the other outputs, by node, for a share of them; empty for other functions.
    pub layer_sums: Vec<(Node, f64)>,
    /// What its signal starts from; `None` where the question does not need it.
    pub source: Option<Source>,
    /// What the parameter carries that is asked about: a value of a node before. A bias carries 1 and has none.
    pub carried: Option<(Node, f64)>,
    /// What another weight of the same node carries.
    pub other_carried: Option<(Node, f64)>,
}

/// Something that goes into a node's sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Where it comes from.
    pub from: Node,
    /// The value there.
    pub value: f64,
    /// The name of the weight.
    pub name: Arc<str>,
    /// The weight.
    pub weight: f64,
}

/// What a node's signal starts from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// An output node's target; its slope is part of the signal.
    Output {
        /// What the node should be.
        target: f64,
    },
    /// An output node's target, where the error measure cancels the slope: cross-entropy.
    Straight {
        /// What the node should be.
        target: f64,
    },
    /// The targets and values of all outputs, where each of them depends on all sums: softmax with its full derivative.
    Shares {
        /// Each output's node, target and value.
        outputs: Vec<(Node, f64, f64)>,
    },
    /// What later nodes pass back to a hidden node.
    Hidden {
        /// One for each node of the next layer.
        outgoing: Vec<Outgoing>,
    },
}

/// A way by which an error comes back.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The node it comes from.
    pub to: Node,
    /// The signal there.
    pub signal: f64,
    /// The name of the weight between.
    pub name: Arc<str>,
    /// The weight that made the output.
    pub weight: f64,
    /// The weight as it is after its own update.
    pub new_weight: Option<f64>,
}

/// A number of a node.
fn leaf(quantity: NodeQuantity, node: Node, value: f64) -> Formula {
    let quantity = Quantity::Node(OfNode { quantity, node });
    Formula::Quantity(quantity, value)
}

impl NodeFacts {
    /// Everything that goes in, weighed and added up, then the bias. `None` where that is not known.
    pub fn sum(&self) -> Option<Formula> {
        let (name, bias) = self.bias.clone()?;
        Some(self.weighed()? + Formula::Named(name, bias))
    }

    /// Everything that goes in, weighed and added up.
    pub fn weighed(&self) -> Option<Formula> {
        let term = |incoming: &Incoming| {
            leaf(NodeQuantity::Value, incoming.from, incoming.value)
                * Formula::Named(Arc::clone(&incoming.name), incoming.weight)
        };
        (!self.incoming.is_empty()).then(|| total(self.incoming.iter().map(term)))
    }

    /// The sum, as it goes into the function.
    pub fn sum_leaf(&self) -> Formula {
        leaf(NodeQuantity::Sum, self.node, self.sum)
    }

    /// The value, as it comes out of the function.
    pub fn value_leaf(&self) -> Formula {
        leaf(NodeQuantity::Value, self.node, self.value)
    }

    /// The value, from the sum; by softmax the share e^s of the sum of all e^s.
    pub fn value(&self) -> Option<Formula> {
        if self.activation != Activation::Softmax {
            return Some(squeezed(self.activation, self.sum_leaf()));
        }
        let own = self
            .layer_sums
            .iter()
            .find(|(node, _)| *node == self.node)?;
        let sums: Vec<f64> = self.layer_sums.iter().map(|(_, sum)| *sum).collect();
        let most = largest(&sums);
        let most = self.layer_sums.iter().find(|(_, sum)| *sum == most)?;
        let sum = |(node, sum): &(Node, f64)| leaf(NodeQuantity::Sum, *node, *sum);
        // The largest sum is subtracted from each first, so that no power overflows.
        let power = |of: &(Node, f64)| Formula::Apply(Function::Exp, Box::new(sum(of) - sum(most)));
        Some(power(own) / total(self.layer_sums.iter().map(power)))
    }

    /// The signal, with the sign of the convention. `None` where what it starts from is not known.
    pub fn signal(&self, convention: Convention) -> Option<Formula> {
        let source = self.source.as_ref()?;
        Some(match source {
            // o x (own miss - sum of miss x o)
            Source::Shares { outputs } => {
                let shared = outputs.iter().map(|&(node, target, value)| {
                    miss(node, target, value, convention) * leaf(NodeQuantity::Value, node, value)
                });
                self.value_leaf() * (self.error(convention)? - total(shared))
            }
            Source::Hidden { .. } | Source::Output { .. } | Source::Straight { .. } => {
                self.sloped(&self.value_leaf(), self.error(convention)?)
            }
        })
    }

    /// An error times the slope of the function, taken at `at`.
    pub fn sloped(&self, at: &Formula, error: Formula) -> Formula {
        if self.has_slope() {
            times_slope(self.activation, at, error)
        } else {
            error
        }
    }

    /// Whether the slope of the function is part of the signal.
    pub fn has_slope(&self) -> bool {
        !matches!(self.source, Some(Source::Straight { .. }))
    }

    /// What comes to the node before its slope: its own error, or what is passed back.
    pub fn error(&self, convention: Convention) -> Option<Formula> {
        match self.source.as_ref()? {
            Source::Output { target } | Source::Straight { target } => {
                Some(miss(self.node, *target, self.value, convention))
            }
            Source::Shares { outputs } => {
                let own = outputs.iter().find(|(node, ..)| *node == self.node)?;
                Some(miss(own.0, own.1, own.2, convention))
            }
            Source::Hidden { outgoing } => {
                let passed = outgoing.iter();
                Some(total(passed.map(|way| {
                    way.signal(convention) * Formula::Named(Arc::clone(&way.name), way.weight)
                })))
            }
        }
    }

    /// The gradient that a signal gives to the parameter: times what it carries.
    pub fn gradient_of(&self, signal: Formula) -> Formula {
        match self.carried {
            Some((node, value)) => signal * leaf(NodeQuantity::Value, node, value),
            None => signal,
        }
    }

    /// What another weight of the same node carries; `None` where there is none.
    pub fn other(&self) -> Option<Formula> {
        let (node, value) = self.other_carried?;
        Some(leaf(NodeQuantity::Value, node, value))
    }
}

impl Outgoing {
    /// The signal at the end of the way, with the sign of the convention.
    pub fn signal(&self, convention: Convention) -> Formula {
        leaf(NodeQuantity::Signal, self.to, convention.flip(self.signal))
    }
}

/// t - o, or o - t where gradients point uphill.
fn miss(node: Node, target: f64, value: f64, convention: Convention) -> Formula {
    let target = leaf(NodeQuantity::Target, node, target);
    let output = leaf(NodeQuantity::Value, node, value);
    match convention {
        Convention::Add => target - output,
        Convention::Subtract => output - target,
    }
}

/// What a function of one node makes of its sum. Softmax needs the sums of its whole layer: see [`NodeFacts::value`].
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
    Formula::sum(terms.collect())
}
