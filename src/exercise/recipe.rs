//! The arithmetic of an update written out from what is given, so that it can be changed in one place and run.

use super::asked::Asked;
use super::facts::Facts;
use crate::explain::{Formula, Quantity, Signed, as_written, flipped, given, negated, plus};
use crate::math::Convention;
use crate::math::rules::{Given, RulePart};

/// The numbers that go into an update, as leaves of formulas. A slip takes another number for one of them.
#[derive(Debug, Clone)]
pub(super) struct Ingredients {
    pub before: Formula,
    /// The learning rate; `None` where it has been forgotten.
    pub rate: Option<Formula>,
    pub gradient: Formula,
    pub momentum: Formula,
    pub memory: Formula,
}

impl Ingredients {
    pub fn of(facts: &Facts) -> Self {
        let leaf = |quantity| Formula::Quantity(quantity, facts.number(quantity));
        Self {
            before: leaf(Quantity::Before),
            rate: Some(leaf(Quantity::LearningRate)),
            gradient: leaf(Quantity::Gradient),
            momentum: leaf(Quantity::Momentum),
            memory: leaf(Quantity::Memory),
        }
    }

    fn given(&self, facts: &Facts) -> Given<Signed> {
        let (rule, convention) = (facts.settings.rule, facts.convention);
        let mut given = given(rule, convention, |quantity| facts.number(quantity));
        given.learning_rate = self.rate.clone().map_or(Signed::LEFT_OUT, Signed::from);
        given.momentum = self.momentum.clone().into();
        given.downhill = flipped(Signed::from(self.gradient.clone()), convention);
        given.memory[0] = as_written(rule, 0, self.memory.clone().into(), convention);
        given
    }
}

/// The three results from which everything else of an update follows.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    pub before: Formula,
    pub delta: Formula,
    /// `None` where the memory adds nothing, as under plain descent.
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

    /// The rule in force, followed with these ingredients.
    pub fn made_of(facts: &Facts, from: &Ingredients) -> Self {
        Self::followed(facts, from, |_, formula| formula)
    }

    /// The rule in force, followed by somebody who writes something else for what it comes to on the way.
    pub fn followed(
        facts: &Facts,
        from: &Ingredients,
        write: impl Fn(RulePart, Formula) -> Formula,
    ) -> Self {
        let rule = facts.settings.rule;
        let mut recipe = Self {
            before: from.before.clone(),
            delta: Formula::Constant(0.0),
            term: None,
            kept: None,
            downhill: signed(facts, Ingredients::of(facts).gradient),
        };
        rule.update(from.given(facts), &mut |part, number: Signed| {
            let number = number.rewritten(|formula| write(part, formula));
            match part {
                RulePart::Delta => recipe.delta = number.clone().written(),
                RulePart::MomentumTerm => recipe.term = Some(number.clone().written()),
                RulePart::Kept(0) => {
                    let kept = as_written(rule, 0, number.clone(), facts.convention);
                    recipe.kept = Some(kept.written());
                }
                RulePart::Kept(_) => {}
            }
            number
        });
        recipe
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
    pub fn formula(&self, asked: Asked) -> Option<Formula> {
        let Asked::Quantity(quantity) = asked else {
            return None;
        };
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
            Quantity::LearningRate
            | Quantity::Momentum
            | Quantity::Before
            | Quantity::Gradient
            | Quantity::Memory
            | Quantity::Error
            | Quantity::Loss
            | Quantity::OfRule(_)
            | Quantity::Node(_) => None,
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
