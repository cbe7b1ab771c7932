//! A question about a number: its words, what is given, its key; with the lesson's numbers or with others.

use std::rc::Rc;
use std::sync::Arc;

use crate::command::{Phrase, Reading, Variable, When};
use crate::exercise::{self, Asked, Facts, Key, Mistake};
use crate::explain::expression::{Leaves, write};
use crate::explain::{Derivation, Line, Quantity, Role, number};
use crate::math::Model;
use crate::math::expression::Expression;
use crate::timeline::Record;

/// A question about a number of one update, and everything needed to judge an answer.
#[derive(Debug, Clone)]
pub(super) struct Posed {
    pub facts: Facts,
    /// The quantity that is asked for, where it is one of an update.
    pub asked: Option<Asked>,
    /// The expression that is asked for, where it is one.
    pub expect: Option<Phrase>,
    /// The lesson's own words for the question; none for a question with other numbers.
    pub ask: Vec<Line>,
    pub numbers: Numbers,
}

/// A name in an expression, as it is written, and another number for it.
pub(super) type Drawn = (Variable, String, f64);

/// Where the numbers of a question come from.
#[derive(Debug, Clone)]
pub(super) enum Numbers {
    /// An update of the lesson's run, of one of its parameters.
    OfRun {
        model: Arc<Model>,
        record: Rc<Record>,
        parameter: usize,
    },
    /// Other numbers for an update: everything follows from the facts. In a network, the parameter's name, for a
    /// bias and a weight have gradients of different kinds.
    OfFacts { parameter: Option<String> },
    /// Other numbers for the names in an expression, with those names.
    Drawn(Vec<Drawn>),
}

impl Posed {
    /// The question in words, with what is given.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.ask.clone();
        if lines.is_empty() {
            lines.push(Line::plain(self.question()));
            lines.extend(self.about());
        }
        lines.extend(exercise::given(self.given(), self.key(&[]).as_ref()));
        lines
    }

    /// What is given, as a list in words: nothing for a question about nodes in the lesson's own words.
    fn given(&self) -> Option<Line> {
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
            _ => return None,
        };
        let about = Line::plain("It is about ").with(name, Role::Code);
        Some(about.with(".", Role::Plain))
    }

    /// The name of the parameter that the question is about, where there are several.
    pub fn parameter_name(&self) -> Option<String> {
        match &self.numbers {
            Numbers::OfRun {
                model, parameter, ..
            } => {
                let names = model.parameters();
                (names.len() > 1).then(|| names[*parameter].clone())
            }
            Numbers::OfFacts { parameter } => parameter.clone(),
            Numbers::Drawn(_) => None,
        }
    }

    /// `What is the new weight?`
    fn question(&self) -> String {
        match (self.asked, &self.expect) {
            (Some(asked), _) => exercise::question(&self.facts, asked),
            (None, Some(expect)) => format!("What does `{}` come to?", expect.text),
            (None, None) => String::new(),
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
        for (index, mistake) in mistakes.iter().enumerate() {
            key.foresee(index, self.value(&mistake.answer));
        }
        key.right.is_finite().then_some(key)
    }

    /// What an expression comes to for the update, before it is made.
    pub fn value(&self, phrase: &Phrase) -> f64 {
        match &self.numbers {
            Numbers::Drawn(drawn) => value_with(drawn, phrase),
            Numbers::OfRun {
                record, parameter, ..
            } => self
                .reading(*parameter)
                .value(phrase, record, When::Before, None),
            // Other parameters and nodes have no other numbers.
            Numbers::OfFacts { .. } if !is_of_update(phrase) => f64::NAN,
            Numbers::OfFacts { .. } => {
                let record = self.facts.record();
                self.reading(0).value(phrase, &record, When::Before, None)
            }
        }
    }

    fn reading(&self, focus: usize) -> Reading {
        Reading {
            focus,
            convention: self.facts.convention,
        }
    }

    /// The update, line by line; `None` where the question is about other numbers than the lesson's.
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
            Numbers::OfFacts { .. } | Numbers::Drawn(_) => None,
        }
    }

    /// The expression with its numbers and its value, for answers that no formula of an update explains:
    /// `change/gradient = 0.049/2.7 = 0.0181481`.
    pub fn expression(&self) -> Option<Line> {
        let expect = self.expect.as_ref().filter(|_| self.asked.is_none())?;
        let show = |value| number::display(value, self.facts.digits);
        let value_of = |name: &Variable| {
            self.value(&Phrase {
                text: String::new(),
                expression: Expression::Name(*name),
            })
        };
        let mut line = Line::new()
            .with(expect.text.clone(), Role::Code)
            .with(" = ", Role::Plain);
        let known = |name: &&Variable| value_of(name).is_finite();
        let alone = matches!(expect.expression, Expression::Name(_));
        if !alone && expect.expression.names().iter().all(known) {
            let filled = Leaves {
                number: &show,
                name: &|name| show(value_of(name)),
            };
            line.push(write(&expect.expression, &filled), Role::Plain);
            line.push(" = ", Role::Plain);
        }
        line.push(show(self.value(expect)), Role::Strong);
        Some(line.with(".", Role::Plain))
    }
}

/// What an expression comes to with drawn numbers.
pub(super) fn value_with(drawn: &[Drawn], phrase: &Phrase) -> f64 {
    phrase.expression.evaluate(&|variable| {
        let found = drawn.iter().find(|(known, ..)| known == variable);
        found.map_or(f64::NAN, |(.., value)| *value)
    })
}

/// Whether a name stands for a number of a parameter's update, and not for one of a node, an item or a place.
fn is_of_change(name: &Variable) -> bool {
    of_change(name).is_some()
}

/// The quantity of a parameter's update that a name stands for.
fn of_change(name: &Variable) -> Option<Quantity> {
    match name {
        Variable::Quantity(quantity, _) => Quantity::ALL.contains(quantity).then_some(*quantity),
        _ => None,
    }
}

/// Whether an expression is about the update of the parameter in focus alone.
pub(super) fn is_of_update(phrase: &Phrase) -> bool {
    let names = phrase.expression.names();
    names
        .into_iter()
        .all(|name| is_of_change(name) && matches!(name, Variable::Quantity(_, None)))
}
