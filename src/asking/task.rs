//! A task: one number to be computed. Its words, what is given, its key; and the same with other numbers.

use std::rc::Rc;
use std::sync::Arc;

use super::number_words::{asked_again, number_words};
use crate::command::{Phrase, Scope, Variable, When};
use crate::exercise::{self, Asked, Dice, Facts, Key, Misconception, Skill, variant};
use crate::explain::expression::{Leaves, begins_with_function, write_readably};
use crate::explain::{Derivation, DerivationLine, Document, Line, Quantity, Role, capital, number};
use crate::math::expression::Expression;
use crate::math::{Metrics, Model, Rough};
use crate::timeline::Record;

/// So many draws are tried for an expression that comes to something.
const TRIES: u64 = 20;

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

    /// The question in words, with what is given and what of the way is done already.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.asking();
        lines.extend(exercise::given(self.told(), self.key(&[]).as_ref()));
        let steps = self.steps();
        if !steps.is_empty() {
            lines.push(Line::plain("This much is done:"));
            let printed = |line| exercise::printed(line, &self.facts);
            lines.extend(steps.iter().map(printed));
        }
        lines
    }

    /// What is asked, without what is given.
    pub fn asking(&self) -> Vec<Line> {
        let mut lines = self.ask.clone();
        if lines.is_empty() {
            if let Numbers::OfSkill(skill) = &self.numbers {
                lines.push(skill.about());
            }
            lines.push(Line::plain(self.question()));
            lines.extend(self.about());
        }
        lines
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

    /// What is given, as a list in words: nothing for a question about nodes in the lesson's own words.
    pub fn told(&self) -> Option<Line> {
        if let Numbers::Drawn(drawn) = &self.numbers {
            let expect = self.expect.as_ref()?;
            let names = expect.expression.names();
            let asked = drawn
                .iter()
                .filter(|(variable, ..)| names.contains(&variable));
            let told = asked.map(|(_, name, value)| {
                let shown = number::display(*value, self.facts.digits);
                Line::plain(format!("{name} = ")).with(shown, Role::Strong)
            });
            return Some(exercise::listed(told));
        }
        let Some(expect) = self.expect.as_ref().filter(|_| self.asked.is_none()) else {
            return self.asked.map(|asked| self.facts.told(asked));
        };
        let names = expect.expression.names().into_iter();
        let quantities: Vec<Quantity> = names.filter_map(of_change).collect();
        if quantities.is_empty() {
            return None;
        }
        Some(self.facts.told_for(&quantities))
    }

    /// Which of several parameters the question is about.
    fn about(&self) -> Option<Line> {
        let name = match self.asked? {
            Asked::Quantity(_) => self.parameter_name()?,
            Asked::Sum | Asked::Value | Asked::Signal => return None,
        };
        let about = Line::plain("It is about ").with(name, Role::Code);
        Some(about.with(".", Role::Plain))
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

    /// `What is the new weight?`
    fn question(&self) -> String {
        match (self.asked, &self.expect) {
            (Some(asked), _) => exercise::question(&self.facts, asked),
            (None, Some(expect)) => {
                format!("What does this come to: {}?", self.in_words(expect))
            }
            (None, None) => String::new(),
        }
    }

    fn in_words(&self, expect: &Phrase) -> String {
        let rule = self.facts.settings.rule;
        let mark = self.facts.digits.decimal();
        number_words(expect, rule, mark, |name| self.name_of(name))
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

    /// The expression with its numbers and its value, for answers that no formula of an update explains:
    /// `Change / gradient = 0.049 / 2.7 = 0.0181481`.
    pub fn expression(&self) -> Option<Line> {
        let expect = self.expect.as_ref().filter(|_| self.asked.is_none())?;
        let show = |value| number::display(value, self.facts.digits);
        let value_of = |name: &Variable| {
            self.value(&Phrase {
                text: String::new(),
                expression: Expression::Name(*name),
            })
        };
        let words = self.in_words(expect);
        // The name of a function is written as it is typed.
        let words = if begins_with_function(&expect.expression) {
            words
        } else {
            capital(&words)
        };
        let mut line = Line::new().with(words, Role::Code).with(" = ", Role::Plain);
        let known = |name: &&Variable| value_of(name).is_finite();
        let alone = matches!(expect.expression, Expression::Name(_));
        if !alone && expect.expression.names().iter().all(known) {
            let filled = Leaves {
                decimal: self.facts.digits.decimal(),
                number: &show,
                name: &|name| show(value_of(name)),
            };
            line.push(write_readably(&expect.expression, &filled), Role::Plain);
            line.push(" = ", Role::Plain);
        }
        line.push(show(self.value(expect)), Role::Strong);
        Some(line.with(".", Role::Plain))
    }

    /// The same question about other numbers, for telling slips apart or after the last hint; `None` where the
    /// question has no numbers that could be others.
    pub fn with_other_numbers(
        &self,
        mistakes: &[Mistake],
        apart: &[&Misconception],
        seed: u64,
    ) -> Option<Self> {
        let (facts, numbers) = match (&self.numbers, &self.expect, self.asked) {
            (Numbers::OfSkill(skill), ..) => (skill.problem(apart, seed), self.numbers.clone()),
            (_, Some(expect), None) if !is_of_update(expect) => {
                let draw = |further: u64| self.drawn(expect, mistakes, seed ^ (further << 40));
                let comes_to_something = |drawn: &Vec<_>| {
                    let value = value_with(drawn, expect);
                    value.is_finite() && value != 0.0
                };
                let drawn = (0..TRIES).map(draw).find(comes_to_something)?;
                (self.facts.clone(), Numbers::Drawn(drawn))
            }
            (_, _, asked) => {
                let asked = asked.unwrap_or(Asked::Quantity(Quantity::After));
                self.facts.right(asked)?;
                let facts = variant(&self.facts, asked, apart, seed);
                let parameter = facts.node.as_ref().and(self.parameter_name());
                (facts, Numbers::OfFacts { parameter })
            }
        };
        let again = self.ask_again.as_ref().zip(self.expect.as_ref());
        let ask = again
            .filter(|_| matches!(numbers, Numbers::OfFacts { .. }))
            .and_then(|(ask, expect)| asked_again(ask, expect, &facts));
        Some(Self {
            facts,
            numbers,
            ask: ask.unwrap_or_default(),
            ..self.clone()
        })
    }

    /// Other numbers for every name of an expression and of the mistakes that are foreseen with it.
    fn drawn(&self, expect: &Phrase, mistakes: &[Mistake], seed: u64) -> Vec<Drawn> {
        let mut dice = Dice(seed);
        let phrases = std::iter::once(expect).chain(mistakes.iter().map(|one| &one.answer));
        let mut drawn: Vec<Drawn> = Vec::new();
        for variable in phrases.flat_map(|phrase| phrase.expression.names()) {
            if drawn.iter().all(|(known, ..)| known != variable) {
                let value = dice.hundredths();
                drawn.push((*variable, self.name_of(*variable), value));
            }
        }
        drawn
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
