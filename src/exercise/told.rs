//! What is given for a question, in words.

use std::collections::BTreeSet;

use super::asked::Asked;
use super::facts::{Facts, GIVEN};
use crate::explain::{Formula, Line, NodeFacts, Quantity, Role, number};
use crate::math::{Activation, Convention};

impl Facts {
    /// What is given for a question: `learning rate 0.01, momentum 0.5, weight before 3.56`; of a node's numbers,
    /// those that right and wrong ways are made of.
    pub fn told(&self, asked: Asked) -> Line {
        listed(if asked.is_before_delta() {
            self.told_before(asked)
        } else {
            self.told_of(&GIVEN, |quantity| self.given(quantity))
        })
    }

    /// What is given for an expression with these quantities in it: those of them that are given, or everything where
    /// one of them has to be computed.
    pub fn told_for(&self, quantities: &[Quantity]) -> Line {
        if !quantities.iter().all(|quantity| GIVEN.contains(quantity)) {
            return listed(self.told_of(&GIVEN, |quantity| self.given(quantity)));
        }
        // An expression may have the momentum in it where the rule in force makes no use of it.
        listed(self.told_of(quantities, |quantity| {
            let momentum = (quantity == Quantity::Momentum).then_some(self.settings.momentum);
            momentum.or_else(|| self.given(quantity))
        }))
    }

    fn told_of(
        &self,
        quantities: &[Quantity],
        value: impl Fn(Quantity) -> Option<f64>,
    ) -> Vec<Line> {
        let given = GIVEN.into_iter().filter(|one| quantities.contains(one));
        let told = given.filter_map(|quantity| {
            let uphill = quantity == Quantity::Gradient && self.convention == Convention::Subtract;
            let words = if uphill {
                "gradient dE/dw".into()
            } else {
                quantity.words(self.settings.rule)
            };
            let shown = number::display(value(quantity)?, self.digits);
            let line = Line::plain(format!("{words} "));
            Some(line.with(shown, Role::Quantity(quantity)))
        });
        told.collect()
    }

    /// What a number is made of that comes before delta.
    fn told_before(&self, asked: Asked) -> Vec<Line> {
        let Some(right) = self.right(asked) else {
            return Vec::new();
        };
        let surface = self.slope.iter();
        let mut told: Vec<Line> = surface
            .map(|slope| Line::plain("E = ").with(slope.surface.clone(), Role::Code))
            .collect();
        let rule = self.settings.rule;
        let named = |name: &str, value: f64, role: Role| {
            let shown = number::display(value, self.digits);
            Line::plain(format!("{name} = ")).with(shown, role)
        };
        let beside = self.node.as_ref().map(|node| beside(node, asked));
        for leaf in right.leaves().into_iter().chain(beside.iter().flatten()) {
            match leaf {
                Formula::Quantity(quantity, value) => {
                    let role = Role::Quantity(*quantity);
                    told.push(named(&quantity.words(rule), *value, role));
                }
                Formula::Named(name, value) => {
                    told.push(named(name, *value, Role::Quantity(Quantity::Before)));
                }
                Formula::Constant(_)
                | Formula::Untrained
                | Formula::Negative(_)
                | Formula::Binary(..)
                | Formula::Sum(_)
                | Formula::Apply(..)
                | Formula::Written(_) => {}
            }
        }
        if let Formula::Written(written) = unsigned(&right) {
            let places = written.names.iter().zip(&written.values);
            let role = Role::Quantity(Quantity::Before);
            told.extend(places.map(|(name, value)| named(name, *value, role)));
        }
        let mut seen = BTreeSet::new();
        told.retain(|line| seen.insert(line.text()));
        told
    }
}

/// What else stands beside the numbers that an answer is made of: what a slip may take for one of them.
fn beside(node: &NodeFacts, asked: Asked) -> Vec<Formula> {
    let mut beside = Vec::new();
    let of_signal = !matches!(asked, Asked::Sum | Asked::Value);
    if of_signal && node.has_slope() && node.activation != Activation::Identity {
        beside.push(node.sum_leaf());
    }
    if node.carried.is_none() && matches!(asked, Asked::Quantity(_)) {
        beside.extend(node.other());
    }
    beside
}

/// Several things, with commas between them.
pub fn listed(things: impl IntoIterator<Item = Line>) -> Line {
    let mut things = things.into_iter();
    let first = things.next().unwrap_or_default();
    things.fold(first, |line, thing| line.and(", ").joined(thing))
}

/// A formula without the minus before it.
fn unsigned(formula: &Formula) -> &Formula {
    if let Formula::Negative(inner) = formula {
        inner
    } else {
        formula
    }
}
