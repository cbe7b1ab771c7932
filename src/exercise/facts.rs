//! What a question is about: the numbers of one update of one parameter.

use super::asked::Asked;
use super::nodes::NodeFacts;
use super::recipe::Recipe;
use crate::explain::{Digits, Formula, Quantity, number};
use crate::math::{Convention, Memory, Rule, Settings, Update};
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
        let memory = Memory {
            value: self.memory,
            unit: self.settings.rule.memory_unit(),
        };
        self.settings.update(self.before, self.downhill, memory)
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

    /// The words of what is asked for, with the article that they take: `the new weight`, `what is kept for next`.
    pub fn words(&self, asked: Asked) -> String {
        let rule = self.settings.rule;
        let of_node = match &self.node {
            Some(facts) => format!(" of {}", facts.node.words()),
            None => String::new(),
        };
        match asked {
            Asked::Quantity(Quantity::NewMemory) => "what is kept for next time".to_owned(),
            Asked::Quantity(Quantity::Delta) => "delta".to_owned(),
            Asked::Quantity(quantity) => format!("the {}", quantity.words(rule)),
            Asked::Sum => format!("the sum{of_node}"),
            Asked::Value => format!("the value{of_node}"),
            Asked::Signal => format!("the signal{of_node}"),
        }
    }

    /// What is given for a question, as a list in words: `learning rate 0.01, momentum 0.5, weight before 3.56`; of a
    /// node's numbers, those that right and wrong ways are made of.
    pub fn told(&self, asked: Asked) -> String {
        if asked.is_before_delta() {
            return self.told_before(asked).join(", ");
        }
        self.told_of(&GIVEN, |quantity| self.given(quantity))
    }

    /// What is given for an expression with these quantities in it: those of them that are given, or everything where
    /// one of them has to be computed.
    pub fn told_for(&self, quantities: &[Quantity]) -> String {
        if quantities.iter().all(|quantity| GIVEN.contains(quantity)) {
            // An expression may have the momentum in it where the rule in force makes no use of it.
            self.told_of(quantities, |quantity| match quantity {
                Quantity::Momentum => Some(self.settings.momentum),
                other => self.given(other),
            })
        } else {
            self.told_of(&GIVEN, |quantity| self.given(quantity))
        }
    }

    fn told_of(
        &self,
        quantities: &[Quantity],
        value: impl Fn(Quantity) -> Option<f64>,
    ) -> String {
        let given = GIVEN.into_iter().filter(|one| quantities.contains(one));
        let told = given.filter_map(|quantity| {
            let value = number::display(value(quantity)?, self.digits);
            let words = match (quantity, self.convention) {
                (Quantity::Gradient, Convention::Subtract) => "gradient dE/dw".into(),
                _ => quantity.words(self.settings.rule),
            };
            Some(format!("{words} {value}"))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// What a number is made of that comes before delta.
    fn told_before(&self, asked: Asked) -> Vec<String> {
        let Some(right) = self.right(asked) else {
            return Vec::new();
        };
        let mut leaves: Vec<Formula> = right.leaves().into_iter().cloned().collect();
        if let Some(node) = &self.node {
            leaves.extend(node.beside(asked));
        }
        let rule = self.settings.rule;
        let told = |leaf: &Formula| {
            let (name, value) = match leaf {
                Formula::Quantity(quantity, value) => (quantity.words(rule), value),
                Formula::Named(name, value) => (name.to_string().into(), value),
                _ => return None,
            };
            let shown = number::display(*value, self.digits);
            Some(format!("{name} = {shown}"))
        };
        let surface = self
            .slope
            .iter()
            .map(|slope| format!("E = {}", slope.surface));
        let mut told: Vec<String> = surface.chain(leaves.iter().filter_map(told)).collect();
        if let Formula::Written(written) = unsigned(&right) {
            let places = written.names.iter().zip(&written.values);
            told.extend(
                places.map(|(name, value)| {
                    format!("{name} = {}", number::display(*value, self.digits))
                }),
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        told.retain(|one| seen.insert(one.clone()));
        told
    }
}

/// A formula without the minus before it.
fn unsigned(formula: &Formula) -> &Formula {
    match formula {
        Formula::Negative(inner) => inner,
        other => other,
    }
}
