//! The arithmetic of an update written out from what is given, so that it can be changed in one place and run.

use super::facts::Facts;
use crate::explain::{Formula, Quantity};
use crate::math::{Convention, Rule};

/// The numbers that go into an update, as leaves of formulas. A slip takes another number for one of them.
#[derive(Debug, Clone)]
pub(super) struct Ingredients {
    pub before: Formula,
    /// The learning rate; `None` where it has been forgotten.
    pub rate: Option<Formula>,
    pub gradient: Formula,
    pub momentum: Formula,
    pub memory: Formula,
    /// Whether only the share 1 - momentum of the gradient is taken.
    pub takes_share: bool,
}

impl Ingredients {
    pub fn of(facts: &Facts) -> Self {
        let leaf = Formula::Quantity;
        Self {
            before: leaf(Quantity::Before, facts.before),
            rate: Some(leaf(Quantity::LearningRate, facts.settings.learning_rate)),
            gradient: leaf(Quantity::Gradient, facts.convention.flip(facts.downhill)),
            momentum: leaf(Quantity::Momentum, facts.settings.momentum),
            memory: leaf(Quantity::Memory, facts.written(facts.memory)),
            takes_share: facts.settings.rule == Rule::Averaged,
        }
    }
}

/// The three results from which everything else of an update follows.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    pub before: Formula,
    pub delta: Formula,
    /// `None` under plain descent.
    pub term: Option<Formula>,
    /// What is kept for the next update; `None` under plain descent.
    pub kept: Option<Formula>,
    /// The gradient as it points downhill.
    pub downhill: Formula,
}

impl Recipe {
    /// The rule in force, as it should be followed.
    pub fn right(facts: &Facts) -> Self {
        Self::made_of(facts, &Ingredients::of(facts))
    }

    /// The rule in force, followed with these ingredients. The table of [`Rule`], as formulas.
    pub fn made_of(facts: &Facts, from: &Ingredients) -> Self {
        let rule = facts.settings.rule;
        let step = |gradient: Formula| signed(facts, times_rate(from, gradient));
        let share = || Formula::Constant(1.0) - from.momentum.clone();
        let delta = if from.takes_share {
            signed(facts, times_rate(from, share()) * from.gradient.clone())
        } else {
            step(from.gradient.clone())
        };
        let used = || from.momentum.clone() * from.memory.clone();
        let velocity = || plus(used(), delta.clone());
        let term = match rule {
            Rule::None => None,
            Rule::Article | Rule::HeavyBall => Some(used()),
            Rule::Nesterov => Some(from.momentum.clone() * velocity()),
            Rule::PyTorch | Rule::Averaged => Some(signed(
                facts,
                times_rate(from, from.momentum.clone()) * from.memory.clone(),
            )),
        };
        let kept = match rule {
            Rule::None => None,
            Rule::Article => Some(delta.clone()),
            Rule::HeavyBall => term.clone().map(|term| plus(delta.clone(), term)),
            Rule::Nesterov => Some(velocity()),
            Rule::Averaged if from.takes_share => Some(used() + share() * from.gradient.clone()),
            Rule::PyTorch | Rule::Averaged => Some(used() + from.gradient.clone()),
        };
        Self {
            before: from.before.clone(),
            delta,
            term,
            kept,
            downhill: signed(facts, Ingredients::of(facts).gradient),
        }
    }

    /// delta + momentum term
    pub fn change(&self) -> Formula {
        match &self.term {
            Some(term) => plus(self.delta.clone(), term.clone()),
            None => self.delta.clone(),
        }
    }

    /// before + delta
    pub fn plain(&self) -> Formula {
        plus(self.before.clone(), self.delta.clone())
    }

    /// (before + delta) + momentum term
    pub fn after(&self) -> Formula {
        match &self.term {
            Some(term) => plus(self.plain(), term.clone()),
            None => self.plain(),
        }
    }

    /// How a quantity is computed; `None` for what is given and what the rule has not.
    pub fn formula(&self, quantity: Quantity) -> Option<Formula> {
        match quantity {
            Quantity::Delta => Some(self.delta.clone()),
            Quantity::PlainWeight => Some(self.plain()),
            Quantity::MomentumTerm => self.term.clone(),
            Quantity::Change => Some(self.change()),
            Quantity::After => Some(self.after()),
            Quantity::NewMemory => self.kept.clone(),
            Quantity::EffectiveRate => {
                let rate = self.change() / self.downhill.clone();
                rate.evaluate().is_finite().then_some(rate)
            }
            _ => None,
        }
    }
}

/// With the sign that makes a step downhill of a gradient as it is written.
pub(super) fn signed(facts: &Facts, formula: Formula) -> Formula {
    match facts.convention {
        Convention::Add => formula,
        Convention::Subtract => negated(formula),
    }
}

fn times_rate(from: &Ingredients, formula: Formula) -> Formula {
    match &from.rate {
        Some(rate) => rate.clone() * formula,
        None => formula,
    }
}

/// The formula with its sign turned, written as a person would: `-a × b` for a product.
pub(super) fn negated(formula: Formula) -> Formula {
    match formula {
        Formula::Negative(inner) => *inner,
        Formula::Product(left, right) => negated(*left) * *right,
        Formula::Quotient(left, right) => negated(*left) / *right,
        Formula::Sum(left, right) => negated(*left) - *right,
        Formula::Difference(left, right) => plus(negated(*left), *right),
        leaf => -leaf,
    }
}

/// left + right, written `left - ...` where right begins with a minus sign.
pub(super) fn plus(left: Formula, right: Formula) -> Formula {
    if begins_with_minus(&right) {
        left - negated(right)
    } else {
        left + right
    }
}

fn begins_with_minus(formula: &Formula) -> bool {
    match formula {
        Formula::Negative(_) => true,
        Formula::Product(left, _) | Formula::Quotient(left, _) => begins_with_minus(left),
        _ => false,
    }
}
