//! What a question is about: the numbers of one update of one parameter.

use super::asked::Asked;
use super::recipe::Recipe;
use crate::explain::{Digits, Formula, NodeFacts, Quantity, value_of_update};
use crate::math::{Convention, Memory, Settings, Slots, Update};
use crate::timeline::Record;

/// What an update starts from.
pub(super) const GIVEN: [Quantity; 5] = [
    Quantity::LearningRate,
    Quantity::Momentum,
    Quantity::Before,
    Quantity::Gradient,
    Quantity::Memory,
];

/// The numbers that an update of one parameter rests on, and those that a slip may take for them.
///
/// Optional numbers are those that not every update has; a wrong rule that needs one of them gives no answer
/// without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The rule in force, the learning rate and the momentum.
    pub settings: Settings,
    /// The sign that gradients are written with.
    pub convention: Convention,
    /// The parameter before the update.
    pub before: f64,
    /// The downhill gradient, -dE/dw.
    pub downhill: f64,
    /// What the update remembers, positive downhill, in the units of the rule.
    pub memory: Slots,
    /// The delta of the update before.
    pub previous_delta: Option<f64>,
    /// The whole change of the update before.
    pub previous_change: Option<f64>,
    /// The first memory of one update earlier, in the unit of the rule.
    pub older_memory: Option<f64>,
    /// Another parameter before the update.
    pub other_weight: Option<f64>,
    /// How many digits the learner sees.
    pub digits: Digits,
    /// The node that is asked about, or whose signal the gradient is made of, in a network.
    pub node: Option<NodeFacts>,
    /// Where the gradient comes from, on a surface.
    pub slope: Option<SlopeFacts>,
}

/// Where a gradient on a surface comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeFacts {
    /// The surface, as the lesson writes it.
    pub surface: String,
    /// How the gradient is computed from the place, with the sign of the convention.
    pub gradient: Formula,
    /// The height of the surface there; `None` where it is not known.
    pub height: Option<f64>,
}

impl Facts {
    /// The facts of an update, as far as the update alone knows them.
    pub fn new(settings: Settings, convention: Convention, update: &Update) -> Self {
        Self {
            settings,
            convention,
            before: update.before,
            downhill: update.downhill,
            memory: update.memory,
            previous_delta: None,
            previous_change: None,
            older_memory: None,
            other_weight: None,
            digits: Digits::default(),
            node: None,
            slope: None,
        }
    }

    /// The update itself, by the rule in force.
    pub fn update(&self) -> Update {
        let rows = self.settings.rule.memories().iter().zip(self.memory);
        let memory = rows.map(|(row, value)| Memory {
            value,
            unit: row.unit,
        });
        let memory: Vec<Memory> = memory.collect();
        self.settings.update(self.before, self.downhill, &memory)
    }

    /// The update as if it were the only one of a run, with a gradient that is given.
    pub fn record(&self) -> Record {
        Record {
            step: 0,
            epoch: 0,
            item: None,
            settings: self.settings,
            updates: vec![self.update()],
            error: None,
            pass: None,
        }
    }

    /// How the number asked for is computed from what is given. `None` where the update has no such number.
    ///
    /// Evaluating it gives the number of the update, bit for bit.
    pub fn right(&self, asked: Asked) -> Option<Formula> {
        let node = self.node.as_ref();
        let signal = || node?.signal(self.convention);
        match asked {
            Asked::Quantity(Quantity::Gradient) => match &self.slope {
                Some(slope) => Some(slope.gradient.clone()),
                None => Some(node?.gradient_of(signal()?)),
            },
            Asked::Sum => node?.sum(),
            Asked::Value => node?.value(),
            Asked::Signal => signal(),
            Asked::Quantity(_) => Recipe::right(self).formula(asked),
        }
    }

    /// A number of the update, with the sign that the learner sees.
    pub(super) fn number(&self, quantity: Quantity) -> f64 {
        value_of_update(self.settings, &self.update(), self.convention, quantity)
    }

    /// A given quantity, with the sign that the learner sees.
    pub fn given(&self, quantity: Quantity) -> Option<f64> {
        let remembers = self.settings.rule.remembers();
        let is_used = remembers || !matches!(quantity, Quantity::Momentum | Quantity::Memory);
        (is_used && GIVEN.contains(&quantity)).then(|| self.number(quantity))
    }

    /// A memory with the sign that it is written with: buffers of gradients follow the convention.
    pub(super) fn written(&self, memory: f64) -> f64 {
        self.settings.rule.written(0, memory, self.convention)
    }

    /// The words of what is asked for, with the article that they take: `the new weight`, `what is kept for next`.
    pub fn words(&self, asked: Asked) -> String {
        let words = asked.words(self.settings.rule);
        match &self.node {
            Some(facts) if asked.is_of_node() => format!("{words} of {}", facts.node.words()),
            Some(_) | None => words,
        }
    }
}
