//! A task: one number to be computed, and its key. How it is asked stands in `words`, how it is asked with other numbers in
//! `afresh`.

mod afresh;
mod words;

use std::rc::Rc;
use std::sync::Arc;

use crate::command::{Phrase, Scope, Variable, When};
use crate::exercise::{self, Asked, Facts, Key, Skill};
use crate::explain::{Derivation, DerivationLine, Document, Line, Quantity};
use crate::math::{Metrics, Model, Rough};
use crate::timeline::Record;

/// A question about a number of one update, and everything needed to judge an answer.
#[derive(Debug, Clone)]
pub struct Task {
    /// What the update rests on.
    pub facts: Facts,
    /// The quantity that is asked for, where it is one of an update.
    pub asked: Option<Asked>,
    /// The expression that is asked for, where it is one.
    pub expect: Option<Phrase>,
    /// As what a screen shows the number, where it has a name there.
    pub shown_as: Option<Quantity>,
    /// The lesson's own words for the question; none for a question with other numbers, of which they may be untrue.
    pub ask: Vec<Line>,
    /// The same as the lesson has them, where they may be true of other numbers.
    pub ask_again: Option<Document>,
    /// Where the numbers come from.
    pub numbers: Numbers,
    /// How much of the way is shown with it.
    pub support: Support,
}

/// A wrong answer that a lesson foresees.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What somebody answers who makes it.
    pub answer: Phrase,
    /// What is said about it.
    pub say: Document,
}

/// A name in an expression, as it is written, and another number for it.
type Drawn = (Variable, String, f64);

/// Where the numbers of a task come from.
#[derive(Debug, Clone)]
pub enum Numbers {
    /// An update of a run, of one of its parameters.
    OfRun {
        /// What is trained.
        model: Arc<Model>,
        /// The update.
        record: Rc<Record>,
        /// The parameter, by its index.
        parameter: usize,
    },
    /// Other numbers for an update: everything follows from the facts. In a network, the parameter's name, for a
    /// bias and a weight have gradients of different kinds.
    OfFacts {
        /// The name.
        parameter: Option<String>,
    },
    /// Other numbers for the names in an expression, with those names.
    Drawn(Vec<Drawn>),
    /// Numbers drawn for practising a skill.
    OfSkill(Skill),
}

/// How many of the lines that lead to a number are shown with its task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// All but the last.
    Whole,
    /// Half of those, from the first on.
    Half,
    /// None.
    None,
}

impl Task {
    /// A task for practising a skill.
    pub fn of_skill(skill: Skill, seed: u64, support: Support) -> Self {
        Self {
            facts: skill.problem(&[], seed),
            asked: Some(skill.asked),
            expect: None,
            shown_as: None,
            ask: Vec::new(),
            ask_again: None,
            numbers: Numbers::OfSkill(skill),
            support,
        }
    }

    /// The skill that an answer tells of.
    pub fn skill(&self) -> Option<Skill> {
        Skill::of(&self.facts, self.asked?)
    }

    /// The lines of the way that are shown with it.
    pub fn steps(&self) -> Vec<DerivationLine> {
        let Some(asked) = self.asked.filter(|_| self.support != Support::None) else {
            return Vec::new();
        };
        let mut steps = exercise::steps(&self.facts, asked);
        if self.support == Support::Half {
            steps.truncate(steps.len() / 2);
        }
        steps
    }

    /// The name of the parameter that the question is about, where there are several.
    fn parameter_name(&self) -> Option<String> {
        match &self.numbers {
            Numbers::OfRun {
                model, parameter, ..
            } => {
                let names = model.parameters();
                (names.len() > 1).then(|| names[*parameter].clone())
            }
            Numbers::OfFacts { parameter } => parameter.clone(),
            Numbers::Drawn(_) | Numbers::OfSkill(_) => None,
        }
    }

    /// The right answer and the wrong ones that are foreseen.
    pub fn key(&self, mistakes: &[Mistake]) -> Option<Key> {
        let mut key = match (self.asked, &self.expect) {
            (Some(asked), _) => Key::of(&self.facts, asked)?,
            (None, Some(expect)) => Key {
                right: self.value(expect),
                wrong: Vec::new(),
            },
            (None, None) => return None,
        };
        if self.rough().is_some_and(Rough::is_noise) {
            // As it is shown: nobody works out what rounding leaves of terms that cancel.
            key.right = 0.0;
        }
        for (index, mistake) in mistakes.iter().enumerate() {
            key.foresee(index, self.value(&mistake.answer));
        }
        key.right.is_finite().then_some(key)
    }

    /// The right answer with how far rounding may have moved it, where the question is about an update of the run.
    fn rough(&self) -> Option<Rough> {
        let Numbers::OfRun {
            model,
            record,
            parameter,
        } = &self.numbers
        else {
            return None;
        };
        let (update, scope) = ((model, record), self.scope(*parameter));
        match (self.asked, &self.expect) {
            (Some(Asked::Quantity(quantity)), _) => self.derivation()?.rough(quantity),
            (Some(Asked::Sum | Asked::Value | Asked::Signal), _) => {
                self.derivation()?.rough(self.shown_as?)
            }
            (None, Some(expect)) => {
                let metrics = metrics_before(expect, model, record);
                Some(scope.rough(expect, update, When::Before, metrics))
            }
            (None, None) => None,
        }
    }

    /// What an expression comes to for the update, before it is made.
    pub fn value(&self, phrase: &Phrase) -> f64 {
        match &self.numbers {
            Numbers::Drawn(drawn) => value_with(drawn, phrase),
            Numbers::OfRun {
                model,
                record,
                parameter,
            } => {
                let metrics = metrics_before(phrase, model, record);
                self.scope(*parameter)
                    .value(phrase, record, When::Before, metrics)
            }
            // Other parameters and nodes have no other numbers.
            Numbers::OfFacts { .. } | Numbers::OfSkill(_) if !is_of_update(phrase) => f64::NAN,
            Numbers::OfFacts { .. } | Numbers::OfSkill(_) => {
                self.scope(0)
                    .value(phrase, &self.facts.record(), When::Before, None)
            }
        }
    }

    fn scope(&self, focus: usize) -> Scope {
        let convention = self.facts.convention;
        Scope { focus, convention }
    }

    /// The update, line by line; `None` where the question is about other numbers than the run's.
    pub fn derivation(&self) -> Option<Derivation> {
        match &self.numbers {
            Numbers::OfRun {
                model,
                record,
                parameter,
            } => Some(Derivation::new(
                model,
                record,
                *parameter,
                self.facts.convention,
            )),
            Numbers::OfFacts { .. } | Numbers::Drawn(_) | Numbers::OfSkill(_) => None,
        }
    }

    fn name_of(&self, variable: Variable) -> String {
        match &self.numbers {
            Numbers::OfRun { model, .. } => variable.written(model.parameters()),
            Numbers::Drawn(drawn) => {
                let known = drawn.iter().find(|(known, ..)| *known == variable);
                known.map_or_else(String::new, |(_, name, _)| name.clone())
            }
            // These are numbers of one update, whose names need no parameter.
            Numbers::OfFacts { .. } | Numbers::OfSkill(_) => variable.written(&[]),
        }
    }
}

/// What an expression comes to with drawn numbers.
fn value_with(drawn: &[Drawn], phrase: &Phrase) -> f64 {
    phrase.expression.evaluate(&|variable| {
        let found = drawn.iter().find(|(known, ..)| known == variable);
        found.map_or(f64::NAN, |(.., value)| *value)
    })
}

/// Figures over all items before an update, where an expression has them in it.
fn metrics_before(phrase: &Phrase, model: &Model, record: &Record) -> Option<Metrics> {
    let weights = || -> Vec<f64> { record.updates.iter().map(|update| update.before).collect() };
    phrase
        .is_about_metrics()
        .then(|| model.metrics(&weights()))
        .flatten()
}

/// The quantity of a parameter's update that a name stands for.
fn of_change(name: &Variable) -> Option<Quantity> {
    match name {
        Variable::Quantity(quantity, _) => Quantity::ALL.contains(quantity).then_some(*quantity),
        Variable::Step
        | Variable::Epoch
        | Variable::Loss
        | Variable::Mse
        | Variable::Accuracy
        | Variable::Parameter(_) => None,
    }
}

/// Whether an expression is about the update of the parameter in focus alone.
fn is_of_update(phrase: &Phrase) -> bool {
    let names = phrase.expression.names();
    names
        .into_iter()
        .all(|name| of_change(name).is_some() && matches!(name, Variable::Quantity(_, None)))
}
