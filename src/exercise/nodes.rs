//! The numbers of a network that a question is about, and the arithmetic of one node.
//!
//! sum s = sum of weight x value, then the bias; value v = f(s); signal = slope x error, with the slope of f taken at
//! v; gradient = signal x what the weight carries. The same formulas as a derivation has, so that they come to the
//! engine's numbers bit for bit.

use std::sync::Arc;

use super::asked::Asked;
use crate::explain::{
    Formula, Node, NodeQuantity, OfNode, Quantity, share, shared_signal, squeezed, times_slope,
    total,
};
use crate::math::{Activation, Convention};

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
    pub(super) fn weighed(&self) -> Option<Formula> {
        let term = |incoming: &Incoming| {
            leaf(NodeQuantity::Value, incoming.from, incoming.value)
                * Formula::Named(Arc::clone(&incoming.name), incoming.weight)
        };
        (!self.incoming.is_empty()).then(|| total(self.incoming.iter().map(term)))
    }

    /// The sum, as it goes into the function.
    pub(super) fn sum_leaf(&self) -> Formula {
        leaf(NodeQuantity::Sum, self.node, self.sum)
    }

    /// The value, as it comes out of the function.
    pub(super) fn value_leaf(&self) -> Formula {
        leaf(NodeQuantity::Value, self.node, self.value)
    }

    /// The value, from the sum.
    pub fn value(&self) -> Option<Formula> {
        if self.activation != Activation::Softmax {
            return Some(squeezed(self.activation, self.sum_leaf()));
        }
        let at = (self.layer_sums.iter()).position(|(node, _)| *node == self.node)?;
        let sum = |(node, sum): &(Node, f64)| leaf(NodeQuantity::Sum, *node, *sum);
        let sums: Vec<Formula> = self.layer_sums.iter().map(sum).collect();
        Some(share(&sums, at))
    }

    /// The signal, with the sign of the convention. `None` where what it starts from is not known.
    pub fn signal(&self, convention: Convention) -> Option<Formula> {
        let source = self.source.as_ref()?;
        Some(match source {
            Source::Shares { outputs } => {
                let at = outputs.iter().position(|(node, ..)| *node == self.node)?;
                let both = outputs.iter().map(|&(node, target, value)| {
                    let missed = miss(node, target, value, convention);
                    (leaf(NodeQuantity::Value, node, value), missed)
                });
                let (values, missed): (Vec<_>, Vec<_>) = both.unzip();
                shared_signal(&values, &missed, at)
            }
            Source::Hidden { .. } | Source::Output { .. } | Source::Straight { .. } => {
                self.sloped(&self.value_leaf(), self.error(convention)?)
            }
        })
    }

    /// An error times the slope of the function, taken at `at`.
    pub(super) fn sloped(&self, at: &Formula, error: Formula) -> Formula {
        if self.has_slope() {
            times_slope(self.activation, at, error)
        } else {
            error
        }
    }

    /// Whether the slope of the function is part of the signal.
    pub(super) fn has_slope(&self) -> bool {
        !matches!(self.source, Some(Source::Straight { .. }))
    }

    /// What comes to the node before its slope: its own error, or what is passed back.
    pub(super) fn error(&self, convention: Convention) -> Option<Formula> {
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

    /// What else stands beside the numbers that an answer is made of: what a slip may take for one of them.
    pub(super) fn beside(&self, asked: Asked) -> Vec<Formula> {
        let mut beside = Vec::new();
        let of_signal = !matches!(asked, Asked::Sum | Asked::Value);
        if of_signal && self.has_slope() && self.activation != Activation::Identity {
            beside.push(self.sum_leaf());
        }
        if let (None, Some((node, value)), Asked::Quantity(_)) =
            (self.carried, self.other_carried, asked)
        {
            beside.push(leaf(NodeQuantity::Value, node, value));
        }
        beside
    }

    /// The gradient that a signal gives to the parameter: times what it carries.
    pub(super) fn gradient_of(&self, signal: Formula) -> Formula {
        match self.carried {
            Some((node, value)) => signal * leaf(NodeQuantity::Value, node, value),
            None => signal,
        }
    }

    /// The same with what another weight carries; `None` where there is none.
    pub(super) fn with_other_carried(&self, signal: Formula) -> Option<Formula> {
        let (node, value) = self.other_carried?;
        Some(signal * leaf(NodeQuantity::Value, node, value))
    }
}

impl Outgoing {
    /// The signal at the end of the way, with the sign of the convention.
    pub(super) fn signal(&self, convention: Convention) -> Formula {
        leaf(NodeQuantity::Signal, self.to, convention.flip(self.signal))
    }
}

/// t - o, or o - t where gradients point uphill.
pub(super) fn miss(node: Node, target: f64, value: f64, convention: Convention) -> Formula {
    let target = leaf(NodeQuantity::Target, node, target);
    let output = leaf(NodeQuantity::Value, node, value);
    match convention {
        Convention::Add => target - output,
        Convention::Subtract => output - target,
    }
}
