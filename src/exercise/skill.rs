//! Skills: what a learner can do by heart, and fresh problems for each.

use super::facts::{Asked, Facts};
use super::misconception::Misconception;
use super::variant::variant;
use crate::explain::{Digits, Quantity, number};
use crate::math::{Convention, Rule, Settings};

/// Computing one quantity of an update by one rule, with gradients written in one convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skill {
    /// The update rule.
    pub rule: Rule,
    /// What is computed.
    pub quantity: Quantity,
    /// The sign that gradients are written with.
    pub convention: Convention,
}

/// The quantities that are practised.
const QUANTITIES: [Quantity; 7] = [
    Quantity::Delta,
    Quantity::PlainWeight,
    Quantity::MomentumTerm,
    Quantity::After,
    Quantity::NewMemory,
    Quantity::Change,
    Quantity::EffectiveRate,
];

impl Skill {
    /// Every skill, rule by rule: each number of an update that the rule has and that has to be computed.
    pub fn all() -> Vec<Self> {
        let mut skills = Vec::new();
        for rule in Rule::ALL {
            for convention in Convention::ALL {
                for quantity in QUANTITIES {
                    let skill = Self {
                        rule,
                        quantity,
                        convention,
                    };
                    if skill.is_work() {
                        skills.push(skill);
                    }
                }
            }
        }
        skills
    }

    /// The skill that a question about an update needs; `None` where it is no skill that is practised.
    pub fn of(facts: &Facts, asked: Asked) -> Option<Self> {
        let Asked::Quantity(quantity) = asked else {
            return None;
        };
        let skill = Self {
            rule: facts.settings.rule,
            quantity,
            convention: facts.convention,
        };
        (QUANTITIES.contains(&quantity) && skill.is_work()).then_some(skill)
    }

    /// The name used in records: `article after add`.
    pub fn name(self) -> String {
        format!(
            "{} {} {}",
            self.rule.name(),
            self.quantity.name(),
            self.convention.name()
        )
    }

    /// The words beside the rule's name: `new weight`; with gradients dE/dw that is said too.
    pub fn words(self) -> String {
        let words = self.quantity.words(self.rule);
        match self.convention {
            Convention::Add => words.into_owned(),
            Convention::Subtract => format!("{words} from dE/dw"),
        }
    }

    /// The numbers of a fresh problem, the same for the same seed. Answers of `apart` differ, as far as possible.
    pub fn problem(self, apart: &[&Misconception], seed: u64) -> Facts {
        variant(
            &self.template(),
            Asked::Quantity(self.quantity),
            apart,
            seed,
        )
    }

    /// Whether it takes any work: the update has the number, and it is not one of those given, whatever these are.
    fn is_work(self) -> bool {
        let facts = self.template();
        let Some(right) = facts.right(Asked::Quantity(self.quantity)) else {
            return false;
        };
        let answer = number::display(right.evaluate(), facts.digits);
        let given = [
            Quantity::LearningRate,
            Quantity::Momentum,
            Quantity::Before,
            Quantity::Gradient,
            Quantity::Memory,
        ];
        // Without a momentum term the plain weight is the new weight.
        let twice = self.quantity == Quantity::PlainWeight && !self.rule.remembers()
            || self.quantity == Quantity::Change && !self.rule.remembers();
        !twice
            && !given
                .into_iter()
                .filter_map(|quantity| facts.given(quantity))
                .any(|value| number::display(value, facts.digits) == answer)
    }

    /// Numbers of no two of which anything like another can be made.
    fn template(self) -> Facts {
        Facts {
            settings: Settings {
                rule: self.rule,
                learning_rate: 0.03,
                momentum: 0.7,
            },
            convention: self.convention,
            before: 1.37,
            downhill: 2.3,
            memory: 0.19,
            previous_delta: None,
            previous_change: None,
            older_memory: None,
            other_weight: None,
            digits: Digits::default(),
            network: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Key;

    #[test]
    fn plain_descent_has_two_skills_and_a_rule_that_remembers_seven() {
        let of = |rule: Rule| {
            let skills = Skill::all().into_iter();
            let own =
                skills.filter(|skill| skill.rule == rule && skill.convention == Convention::Add);
            own.map(|skill| skill.quantity.name().into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Rule::None), ["delta", "after"]);
        assert_eq!(
            of(Rule::HeavyBall),
            [
                "delta",
                "plain_weight",
                "momentum_term",
                "after",
                "new_memory",
                "change",
                "effective_rate"
            ]
        );
    }

    #[test]
    fn names_are_different_and_problems_have_answers_that_slips_do_not_hit() {
        let skills = Skill::all();
        let names: std::collections::BTreeSet<String> =
            skills.iter().map(|skill| skill.name()).collect();
        assert_eq!(names.len(), skills.len());
        for skill in skills {
            for seed in 0..3 {
                let facts = skill.problem(&[], seed);
                assert_eq!(facts, skill.problem(&[], seed));
                let asked = Asked::Quantity(skill.quantity);
                assert_eq!(Skill::of(&facts, asked), Some(skill));
                let key = Key::of(&facts, asked).unwrap();
                assert!(key.right.is_finite());
                assert!(key.digits_needed() <= 5, "{} {seed}", skill.name());
            }
        }
    }
}
