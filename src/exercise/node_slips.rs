//! The misconceptions about a gradient and what comes before it: a node's sum, value and signal, and slopes.
//!
//! With sum s, value v = f(s), error e and slope f'; the right answers are s, v, f' x e, and that times what the
//! weight carries.

use super::asked::Asked;
use super::facts::Facts;
use super::misconception::{Misconception, Slip};
use crate::explain::{
    Formula, NodeFacts, Outgoing, Quantity, Source, negated, squeezed, times_slope, total,
};
use crate::math::{Activation, Convention};

const SUM: Asked = Asked::Sum;
const VALUE: Asked = Asked::Value;
const SIGNAL: Asked = Asked::Signal;
const GRADIENT: Asked = Asked::Quantity(Quantity::Gradient);

/// Every misconception about what comes before delta.
pub(super) static TABLE: &[Misconception] = &[
    Misconception {
        slug: "bias-left-out",
        title: "the bias is missing",
        says: "You have added up what comes in, and left out the node's own number.",
        next: "Add the bias: it is there whatever comes in.",
        asked: &[SUM],
        slip: Slip::Node(NodeFacts::weighed),
    },
    Misconception {
        slug: "weights-alone",
        title: "the weights are added up alone",
        says: "You have added up the weights and the bias. Each weight is multiplied by what comes through it.",
        next: "Multiply each weight by the value at its start before you add.",
        asked: &[SUM],
        slip: Slip::Node(|node| {
            let (name, bias) = node.bias.clone()?;
            let weights = node.incoming.iter();
            let weights = weights.map(|way| Formula::Named(way.name.clone(), way.weight));
            (!node.incoming.is_empty()).then(|| total(weights) + Formula::Named(name, bias))
        }),
    },
    Misconception {
        slug: "gave-value",
        title: "that is the value",
        says: "That is what comes out of the node. The sum is what goes into its function.",
        next: "Leave the function out.",
        asked: &[SUM],
        slip: Slip::Node(|node| {
            let single = node.activation != Activation::Softmax;
            single.then(|| Some(squeezed(node.activation, node.sum()?)))?
        }),
    },
    Misconception {
        slug: "gave-sum",
        title: "that is the sum",
        says: "That is what goes into the node's function. The value is what comes out of it.",
        next: "Put the sum into the function.",
        asked: &[VALUE],
        slip: Slip::Node(|node| Some(node.sum_leaf())),
    },
    Misconception {
        slug: "other-function",
        title: "that is another function",
        says: "You have squeezed the sum with the wrong function: sigmoid is between 0 and 1, tanh between -1 and 1.",
        next: "Look up which function this node has.",
        asked: &[VALUE],
        slip: Slip::Node(|node| {
            let two = [Activation::Tanh, Activation::Sigmoid];
            let place = two.iter().position(|one| *one == node.activation)?;
            Some(squeezed(two[1 - place], node.sum_leaf()))
        }),
    },
    Misconception {
        slug: "output-minus-target",
        title: "the error is turned around",
        says: "You have subtracted target and output the other way round.",
        next: "Ask which way the output should move: with gradients that are added, the error is target - output.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            let hidden = matches!(node.source, Some(Source::Hidden { .. }));
            let turned = match convention {
                Convention::Add => Convention::Subtract,
                Convention::Subtract => Convention::Add,
            };
            (!hidden).then(|| node.signal(turned))?
        }),
    },
    Misconception {
        slug: "slope-left-out",
        title: "the slope is missing",
        says: "You have left out the slope of the node's function.",
        next: "Multiply by the slope at the node's value: what a small change of the sum does to the value.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| node.has_slope().then(|| node.error(convention))?),
    },
    Misconception {
        slug: "slope-added",
        title: "a slope too many",
        says: "You have multiplied by the slope of the output. With cross-entropy it cancels out.",
        next: "With this error measure the signal is how far the output is off, and nothing else.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            let sloped = times_slope(node.activation, &node.value_leaf(), node.error(convention)?);
            (!node.has_slope()).then_some(sloped)
        }),
    },
    Misconception {
        slug: "slope-at-sum",
        title: "the slope is taken at the sum",
        says: "You have put the node's sum into the formula for the slope. It is written for the node's value.",
        next: "Use the value that comes out of the node's function, not the sum that goes in.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            let own = node.has_slope() && !is_shared(node);
            let takes_a_value = own && node.activation != Activation::Identity;
            takes_a_value.then(|| Some(node.sloped(&node.sum_leaf(), node.error(convention)?)))?
        }),
    },
    Misconception {
        slug: "cross-terms-left-out",
        title: "the other outputs are left out",
        says: "You have used this output's own slope alone. With softmax, each output depends on the sums of all.",
        next: "Take off what the others give: the sum of every error times its output.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            let error = node.error(convention)?;
            let own = times_slope(Activation::Softmax, &node.value_leaf(), error);
            is_shared(node).then_some(own)
        }),
    },
    Misconception {
        slug: "new-output-weights",
        title: "new weights are used in a hidden signal",
        says: "You have passed the error back through weights that had been updated already.",
        next: "All signals and gradients are computed first; use the weights that made this output.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            passed_back(node, convention, |way| {
                Some(Formula::Named(way.name.clone(), way.new_weight?))
            })
        }),
    },
    Misconception {
        slug: "outgoing-weights-left-out",
        title: "the weights on the way back are missing",
        says: "You have added up the later signals as they are. Each comes back through a weight.",
        next: "Multiply each later signal by the weight that leads to it, then add.",
        asked: &[SIGNAL, GRADIENT],
        slip: Slip::Signal(|node, convention| {
            passed_back(node, convention, |_| Some(Formula::Constant(1.0)))
        }),
    },
    Misconception {
        slug: "input-left-out",
        title: "what the weight carries is missing",
        says: "That is the signal of the node. The gradient of a weight also has in it what the weight carries.",
        next: "Multiply the signal by the value at the weight's start.",
        asked: &[GRADIENT],
        slip: Slip::Formula(|facts, _| {
            facts.node.as_ref()?.carried?;
            right_signal(facts)
        }),
    },
    Misconception {
        slug: "bias-given-input",
        title: "the bias is given an input",
        says: "You have multiplied a bias's gradient by an input. A bias carries nothing but 1.",
        next: "The gradient of a bias is the signal of its node.",
        asked: &[GRADIENT],
        slip: Slip::Formula(|facts, _| {
            let node = facts.node.as_ref()?;
            let is_bias = node.carried.is_none();
            is_bias.then(|| Some(right_signal(facts)? * node.other()?))?
        }),
    },
    Misconception {
        slug: "uphill",
        title: "the sign is turned",
        says: "The size is right, and the sign is turned: one points uphill, the other downhill.",
        next: "Look which of the two this lesson writes: the slope dE/dw, or the way down.",
        asked: &[GRADIENT],
        slip: Slip::Formula(|facts, _| Some(negated(facts.slope.as_ref()?.gradient.clone()))),
    },
    Misconception {
        slug: "gave-height",
        title: "that is the height",
        says: "That is how high the surface is here. The gradient says how steep it is.",
        next: "Take the derivative first, then put the place in.",
        asked: &[GRADIENT],
        slip: Slip::Formula(|facts, _| {
            let height = facts.slope.as_ref()?.height?;
            Some(Formula::Quantity(Quantity::Loss, height))
        }),
    },
];

fn right_signal(facts: &Facts) -> Option<Formula> {
    facts.node.as_ref()?.signal(facts.convention)
}

/// Whether its signal has the errors of all outputs in it.
fn is_shared(node: &NodeFacts) -> bool {
    matches!(node.source, Some(Source::Shares { .. }))
}

/// A hidden signal with something else in place of the weights on the way back.
fn passed_back(
    node: &NodeFacts,
    convention: Convention,
    weight: impl Fn(&Outgoing) -> Option<Formula>,
) -> Option<Formula> {
    let Some(Source::Hidden { outgoing }) = &node.source else {
        return None;
    };
    let term = |way| Some(Outgoing::signal(way, convention) * weight(way)?);
    let terms: Option<Vec<Formula>> = outgoing.iter().map(term).collect();
    Some(node.sloped(&node.value_leaf(), total(terms?.into_iter())))
}
