//! Wrong rules that can be run: what a learner has probably done who gives a certain wrong number.

use super::asked::Asked;
use super::facts::Facts;
use super::recipe::{Ingredients, Recipe};
use super::{node_slips, slips};
use crate::explain::{Formula, Line, NodeFacts, Role};
use crate::math::rules::RulePart;
use crate::math::{Convention, Rough};

/// How a misconception computes.
pub(super) enum Slip {
    /// As the rule in force, from other numbers than those given.
    Given(fn(&Facts, &mut Ingredients) -> Option<()>),
    /// As the rule in force, with something else written for what it comes to on the way.
    Written(fn(&Facts, RulePart, Formula) -> Formula),
    /// As the rule in force, with another delta, momentum term or number kept.
    Recipe(fn(&Facts, &mut Recipe) -> Option<()>),
    /// As the rule in force, with another momentum term, where the rule has one.
    Term(fn(&Facts, Ingredients) -> Option<Formula>),
    /// By another formula for what is asked for.
    Formula(fn(&Facts, Asked) -> Option<Formula>),
    /// By another formula, where the question is about a node.
    Node(fn(&NodeFacts) -> Option<Formula>),
    /// From another signal of the node, which a gradient is made of as it should be.
    Signal(fn(&NodeFacts, Convention) -> Option<Formula>),
}

/// A consistent wrong rule.
pub struct Misconception {
    /// Its name in tests and records.
    pub slug: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What the learner seems to have done, in a sentence.
    pub says: &'static str,
    /// What to try next.
    pub next: &'static str,
    /// What can be asked for that it answers differently.
    pub(super) asked: &'static [Asked],
    pub(super) slip: Slip,
}

impl std::fmt::Debug for Misconception {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "Misconception({})", self.slug)
    }
}

impl PartialEq for Misconception {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

/// Two numbers closer than this part of the larger are the same for a learner: six digits show no difference.
const SAME: f64 = 1e-5;

/// What the machine's rounding may leave of numbers that cancel out.
const DUST: f64 = 1e-14;

/// Whether two numbers look different in the digits a learner sees.
pub(super) fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > SAME * a.abs().max(b.abs()) + DUST
}

impl Misconception {
    /// Every misconception.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        slips::TABLE.iter().chain(node_slips::TABLE)
    }

    /// The one of this name in records.
    pub fn named(slug: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.slug == slug)
    }

    /// The arithmetic of somebody who has it. `None` where it does not apply, or comes to the right answer.
    pub fn formula(&self, facts: &Facts, asked: Asked) -> Option<Formula> {
        if !self.asked.contains(&asked) {
            return None;
        }
        let node = facts.node.as_ref();
        let formula = match self.slip {
            Slip::Formula(slip) => slip(facts, asked)?,
            Slip::Given(slip) => {
                let mut from = Ingredients::of(facts);
                slip(facts, &mut from)?;
                Recipe::made_of(facts, &from).formula(asked)?
            }
            Slip::Written(slip) => {
                let write = |part, formula| slip(facts, part, formula);
                Recipe::followed(facts, &Ingredients::of(facts), write).formula(asked)?
            }
            Slip::Recipe(slip) => {
                let mut recipe = Recipe::right(facts);
                slip(facts, &mut recipe)?;
                recipe.formula(asked)?
            }
            Slip::Term(slip) => {
                let mut recipe = Recipe::right(facts);
                *recipe.term.as_mut()? = slip(facts, Ingredients::of(facts))?;
                recipe.formula(asked)?
            }
            Slip::Node(slip) => slip(node?)?,
            Slip::Signal(slip) => {
                let signal = slip(node?, facts.convention)?;
                if asked == Asked::Signal {
                    signal
                } else {
                    node?.gradient_of(signal)
                }
            }
        };
        let (wrong, right) = (formula.evaluate(), facts.right(asked)?.evaluate());
        (wrong.is_finite() && differ(wrong, right)).then_some(formula)
    }

    /// The answer of somebody who has it. `None` where it does not apply, or comes to the right answer.
    pub fn answer(&self, facts: &Facts, asked: Asked) -> Option<f64> {
        self.formula(facts, asked).map(|formula| formula.evaluate())
    }

    /// The wrong arithmetic with the learner's own numbers: `3.56 + 2.7 + 0.5 × 0.044 = 6.282`.
    pub fn arithmetic(&self, facts: &Facts, asked: Asked) -> Option<Line> {
        let formula = self.formula(facts, asked)?;
        Some(arithmetic(&formula, facts, asked))
    }
}

/// A formula with its numbers and what they come to.
pub(super) fn arithmetic(formula: &Formula, facts: &Facts, asked: Asked) -> Line {
    let role = match asked {
        Asked::Quantity(quantity) => Role::Quantity(quantity),
        Asked::Sum | Asked::Value | Asked::Signal => Role::Strong,
    };
    let value = formula.rough(&|_, operand| Rough::rounded(operand));
    formula.arithmetic(value, role, facts.digits)
}

/// Every misconception that applies, with its answer.
pub fn applicable(facts: &Facts, asked: Asked) -> Vec<(&'static Misconception, f64)> {
    let answer = |misconception: &'static Misconception| {
        Some((misconception, misconception.answer(facts, asked)?))
    };
    Misconception::all().filter_map(answer).collect()
}
