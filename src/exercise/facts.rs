//! What a question is about: the numbers of one update of one parameter, and the quantity that is asked for.

use std::borrow::Cow;

use super::recipe::{self, Recipe};
use crate::explain::{Digits, Formula, Quantity, number};
use crate::math::{Convention, Memory, Rule, Settings, Update};

/// A number that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A quantity of an update.
    Quantity(Quantity),
    /// A node's back-propagated error term.
    Signal,
}

impl Asked {
    /// Everything that can be asked for, in the order of an update.
    pub const ALL: [Self; 9] = [
        Self::Signal,
        Self::Quantity(Quantity::Gradient),
        Self::Quantity(Quantity::Delta),
        Self::Quantity(Quantity::PlainWeight),
        Self::Quantity(Quantity::MomentumTerm),
        Self::Quantity(Quantity::After),
        Self::Quantity(Quantity::NewMemory),
        Self::Quantity(Quantity::Change),
        Self::Quantity(Quantity::EffectiveRate),
    ];

    /// The name used in lessons.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Quantity(quantity) => quantity.name(),
            Self::Signal => "signal".into(),
        }
    }

    /// What can be asked for by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asked| asked.name() == name)
    }

    /// The words of it under `rule`, with the article that they take: `the new weight`, `what is kept for next`.
    pub fn words(self, rule: Rule) -> String {
        match self {
            Self::Quantity(Quantity::NewMemory) => "what is kept for next time".to_owned(),
            Self::Quantity(Quantity::Delta) => "delta".to_owned(),
            Self::Quantity(quantity) => format!("the {}", quantity.words(rule)),
            Self::Signal => "the signal".to_owned(),
        }
    }
}

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
    /// The memory that the update uses, positive downhill, in the unit of the rule.
    pub memory: f64,
    /// The delta of the update before.
    pub previous_delta: Option<f64>,
    /// The whole change of the update before.
    pub previous_change: Option<f64>,
    /// The memory of one update earlier, in the unit of the rule.
    pub older_memory: Option<f64>,
    /// Another parameter before the update.
    pub other_weight: Option<f64>,
    /// How many digits the learner sees.
    pub digits: Digits,
    /// Where the gradient comes from, in a network.
    pub network: Option<NetworkFacts>,
}

/// The numbers that a network's gradient is made of. All are positive downhill: an error is target - output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetworkFacts {
    /// What comes to the node: its own error, or what later nodes pass back to it.
    pub source: Source,
    /// The slope of the activation, computed from the node's value: 1 - v^2, v (1 - v).
    pub slope_at_value: f64,
    /// The same formula with the node's sum put in, before the activation.
    pub slope_at_sum: Option<f64>,
    /// What the weight carries: an input or a hidden value. A bias carries 1 and has none.
    pub input: Option<f64>,
    /// What another weight of the same node carries.
    pub other_input: Option<f64>,
}

/// What a node's signal starts from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Source {
    /// An output node's target and output.
    Output {
        /// What it should be.
        target: f64,
        /// What it is.
        output: f64,
    },
    /// The sum over a hidden node's outgoing weights, each times the signal at its end.
    Hidden {
        /// With the weights that made the output.
        passed_back: f64,
        /// With the weights as they are after their own update.
        with_new_weights: Option<f64>,
    },
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
            network: None,
        }
    }

    /// The update itself, by the rule in force.
    pub fn update(&self) -> Update {
        let memory = Memory {
            value: self.memory,
            unit: self.settings.rule.memory_unit(),
        };
        self.settings.update(self.before, self.downhill, memory)
    }

    /// How the number asked for is computed from what is given. `None` where the update has no such number.
    ///
    /// Evaluating it gives the number of the update, bit for bit.
    pub fn right(&self, asked: Asked) -> Option<Formula> {
        match asked {
            Asked::Quantity(Quantity::Gradient) => {
                recipe::gradient(self, recipe::signal(self)?, None)
            }
            Asked::Signal => recipe::signal(self),
            Asked::Quantity(quantity) => Recipe::right(self).formula(quantity),
        }
    }

    /// A given quantity, with the sign that the learner sees.
    pub fn given(&self, quantity: Quantity) -> Option<f64> {
        let Settings {
            rule,
            learning_rate,
            momentum,
        } = self.settings;
        match quantity {
            Quantity::LearningRate => Some(learning_rate),
            Quantity::Momentum => rule.remembers().then_some(momentum),
            Quantity::Before => Some(self.before),
            Quantity::Gradient => Some(self.convention.flip(self.downhill)),
            Quantity::Memory => rule.remembers().then(|| self.written(self.memory)),
            _ => None,
        }
    }

    /// A memory with the sign that it is written with: buffers of gradients follow the convention.
    pub(super) fn written(&self, memory: f64) -> f64 {
        match self.settings.rule {
            Rule::PyTorch | Rule::Averaged => self.convention.flip(memory),
            _ => memory,
        }
    }

    /// What is given, as a list in words: `learning rate 0.01, momentum 0.5, weight before 3.56`.
    pub fn told(&self) -> String {
        let given = [
            Quantity::LearningRate,
            Quantity::Momentum,
            Quantity::Before,
            Quantity::Gradient,
            Quantity::Memory,
        ];
        let told = given.into_iter().filter_map(|quantity| {
            let value = number::display(self.given(quantity)?, self.digits);
            let words = match (quantity, self.convention) {
                (Quantity::Gradient, Convention::Subtract) => "gradient dE/dw".into(),
                _ => quantity.words(self.settings.rule),
            };
            Some(format!("{words} {value}"))
        });
        told.collect::<Vec<_>>().join(", ")
    }
}
