//! Questions about numbers, made from the run as the page has prepared it.

use std::rc::Rc;
use std::sync::Arc;

use super::Session;
use super::around_node::{around, node_quantity};
use super::running::{Moment, Reading};
use crate::command::{Phrase, Variable};
use crate::exercise::{
    self, Asked, Dice, Facts, Key, Misconception, Mistake, Predict, Question, SlopeFacts, variant,
};
use crate::explain::{
    Derivation, Digits, Document, Line, Live, Node, Quantity, Role, Span, number,
};
use crate::math::Model;
use crate::math::expression::Expression;
use crate::timeline::Record;

/// So many draws are tried for an expression that comes to something.
const TRIES: u64 = 20;

/// A question about a number of one update, and everything needed to judge an answer.
#[derive(Debug, Clone)]
pub(super) struct Posed {
    pub facts: Facts,
    /// The quantity that is asked for, where it is one of an update.
    pub asked: Option<Asked>,
    /// The expression that is asked for, where it is one.
    expect: Option<Phrase>,
    /// The lesson's own words for the question; none for a question with other numbers.
    ask: Vec<Line>,
    numbers: Numbers,
}

/// Where the numbers of a question come from.
#[derive(Debug, Clone)]
enum Numbers {
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
    Drawn(Vec<(Variable, String, f64)>),
}

impl Session {
    /// The sitting as the open page prepares it, whatever has been changed since.
    pub(super) fn prepared(&self) -> Option<Self> {
        let mut prepared = Self::unopened(self.lesson.clone());
        prepared.digits = self.digits;
        prepared.open_page(self.page).ok()?;
        Some(prepared)
    }

    /// The page's question, where it is one about a number; computed from the state that the page has prepared.
    pub(super) fn posed(&self) -> Option<Posed> {
        let exercise = self.page().exercise.as_ref()?;
        let mut prepared = self.prepared()?;
        let (asked, expect, of, ask) = match &exercise.question {
            Question::Predict(predict) => (
                Some(predict.asked),
                None,
                (predict.parameter, predict.node),
                predict.ask.as_ref(),
            ),
            Question::Number(number) => (
                lone_quantity(&number.expect),
                Some(number.expect.clone()),
                (None, lone_node(&number.expect)),
                Some(&number.ask),
            ),
            Question::Choose(_) | Question::Order(_) | Question::Reach(_) => return None,
        };
        let update = prepared.asked_update()?;
        prepared.carry_on(update);
        let (parameter, node) = (of.0.unwrap_or(prepared.focus), of.1);
        let record = prepared.record_of(update).ok()?;
        let ask = ask.map_or_else(Vec::new, |ask| ask.fill(|live| prepared.live(live)).lines);
        Some(Posed {
            facts: prepared.facts(&record, parameter, asked, node),
            asked,
            expect,
            ask,
            numbers: Numbers::OfRun {
                model: Arc::clone(&self.lesson.model),
                record,
                parameter,
            },
        })
    }

    /// Whether the update on the screen has shown a quantity. What has no line of its own in it, such as a number of
    /// another node, counts as shown when the update is complete.
    pub(super) fn is_shown(&self, quantity: Quantity) -> bool {
        let derivation = self.derivation();
        let is_line = derivation
            .lines
            .iter()
            .any(|line| line.quantity == quantity);
        if matches!(quantity, Quantity::Node(_)) && !is_line {
            return self.is_complete();
        }
        derivation.known_after(quantity) <= self.position.lines
    }

    /// The quantity that a question asks for.
    pub(super) fn predicted(&self, predict: &Predict) -> Option<Quantity> {
        if let Asked::Quantity(quantity) = predict.asked {
            return Some(quantity);
        }
        let network = self.lesson.model.network()?;
        let parameter = predict.parameter.unwrap_or(self.focus);
        node_quantity(network, parameter, predict.asked, predict.node)
    }

    /// The update that the page's question is about: the one on the screen, or the next where that has shown it.
    pub(super) fn asked_update(&self) -> Option<u64> {
        let update = self.position.update;
        let shown = match &self.page().exercise.as_ref()?.question {
            Question::Predict(predict) => self.is_shown(self.predicted(predict)?),
            Question::Number(_) => self.is_complete(),
            _ => return None,
        };
        Some(if shown { update + 1 } else { update })
    }

    /// The facts of one parameter's update, with what a slip may take for them; of a network, those of the node that
    /// the question is about.
    pub(super) fn facts(
        &self,
        record: &Rc<Record>,
        parameter: usize,
        asked: Option<Asked>,
        node: Option<Node>,
    ) -> Facts {
        let mut facts = Facts::new(record.settings, self.convention, &record.updates[parameter]);
        // What is given must be enough to work with, however few digits the screen shows.
        facts.digits = self.digits.max(Digits::default());
        let rule = record.settings.rule;
        let before = record
            .step
            .checked_sub(1)
            .and_then(|step| self.record_of(step).ok());
        if let Some(before) = before.filter(|before| before.settings.rule == rule) {
            let update = before.updates[parameter];
            // Nobody takes nothing for something remembered.
            let older = rule.remembers().then_some(update.memory);
            facts.older_memory = older.filter(|memory| *memory != 0.0);
            facts.previous_delta = Some(update.delta);
            facts.previous_change = Some(update.change());
        }
        if let Some(asked) = asked.filter(|asked| asked.is_before_delta()) {
            let network = self.lesson.model.network();
            facts.node =
                network.and_then(|network| around(network, record, parameter, asked, node));
            facts.slope = self.slope(record, parameter);
        }
        let others = record.updates.len();
        if others > 1 {
            facts.other_weight = Some(record.updates[(parameter + 1) % others].before);
        }
        facts
    }

    /// Where the gradient of a surface comes from; `None` without one, and where its formula is too long to be read.
    fn slope(&self, record: &Rc<Record>, parameter: usize) -> Option<SlopeFacts> {
        let surface = self.lesson.model.surface()?;
        let model = &self.lesson.model;
        let derivation = Derivation::new(model, record, parameter, self.convention);
        let line = derivation.line(Quantity::Gradient)?;
        (!line.is_given()).then_some(SlopeFacts {
            surface: surface.text().to_owned(),
            gradient: line.formula,
            height: record.error,
        })
    }

    /// A text of the lesson with the values of an update, shown or not.
    pub(super) fn filled(&self, text: &Document, posed: Option<&Posed>) -> Vec<Line> {
        let derivation = posed.and_then(Posed::derivation);
        let value = |live| match (live, &derivation) {
            (Live::Quantity(quantity), Some(derivation)) => {
                let value = derivation.value(quantity);
                let shown = value.map(|value| number::display(value, self.digits));
                Span::new(
                    shown.unwrap_or_else(|| "nothing".to_owned()),
                    Role::Quantity(quantity),
                )
            }
            _ => self.live(live),
        };
        text.fill(value).lines
    }

    /// The same question about other numbers, for telling slips apart or after the last hint; `None` where the
    /// question has no numbers that could be others.
    pub(super) fn with_other_numbers(
        &self,
        posed: &Posed,
        mistakes: &[Mistake],
        apart: &[&Misconception],
        seed: u64,
    ) -> Option<Posed> {
        let (facts, numbers) = match (&posed.expect, posed.asked) {
            (Some(expect), None) if !is_of_update(expect) => {
                let draw = |further: u64| self.drawn(expect, mistakes, seed ^ (further << 40));
                let comes_to_something = |drawn: &Vec<_>| {
                    let value = value_with(drawn, expect);
                    value.is_finite() && value != 0.0
                };
                let drawn = (0..TRIES).map(draw).find(comes_to_something)?;
                (posed.facts.clone(), Numbers::Drawn(drawn))
            }
            (_, asked) => {
                let asked = asked.unwrap_or(Asked::Quantity(Quantity::After));
                posed.facts.right(asked)?;
                let facts = variant(&posed.facts, asked, apart, seed);
                let parameter = facts.node.as_ref().and(posed.parameter_name());
                (facts, Numbers::OfFacts { parameter })
            }
        };
        Some(Posed {
            facts,
            numbers,
            ask: Vec::new(),
            ..posed.clone()
        })
    }

    /// Other numbers for every name of an expression and of the mistakes that are foreseen with it.
    fn drawn(
        &self,
        expect: &Phrase,
        mistakes: &[Mistake],
        seed: u64,
    ) -> Vec<(Variable, String, f64)> {
        let mut dice = Dice(seed);
        let phrases = std::iter::once(expect).chain(mistakes.iter().map(|one| &one.answer));
        let mut drawn: Vec<(Variable, String, f64)> = Vec::new();
        for variable in phrases.flat_map(|phrase| phrase.expression.names()) {
            if drawn.iter().all(|(known, ..)| known != variable) {
                let value = dice.hundredths();
                drawn.push((*variable, self.variable_name(*variable), value));
            }
        }
        drawn
    }
}

impl Posed {
    /// The question in words, with what is given.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.ask.clone();
        if lines.is_empty() {
            lines.push(Line::plain(self.question()));
            lines.extend(self.about());
        }
        lines.extend(exercise::given(
            self.given().as_deref(),
            self.key(&[]).as_ref(),
        ));
        lines
    }

    /// What is given, as a list in words: nothing for a question about nodes in the lesson's own words.
    fn given(&self) -> Option<String> {
        if let Numbers::Drawn(drawn) = &self.numbers {
            let expect = self.expect.as_ref()?;
            let names = expect.expression.names();
            let asked = drawn
                .iter()
                .filter(|(variable, ..)| names.contains(&variable));
            let told = asked.map(|(_, name, value)| {
                format!("{name} = {}", number::display(*value, self.facts.digits))
            });
            return Some(told.collect::<Vec<_>>().join(", "));
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
    fn parameter_name(&self) -> Option<String> {
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
                .value(phrase, record, Moment::Before, None),
            // Other parameters and nodes have no other numbers.
            Numbers::OfFacts { .. } if !is_of_update(phrase) => f64::NAN,
            Numbers::OfFacts { .. } => {
                let record = self.facts.record();
                self.reading(0).value(phrase, &record, Moment::Before, None)
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

    /// The expression with its value, for answers that no formula of an update explains: `change/gradient = 0.0181`.
    pub fn expression(&self) -> Option<Line> {
        let expect = self.expect.as_ref().filter(|_| self.asked.is_none())?;
        let value = number::display(self.value(expect), self.facts.digits);
        let mut line = Line::new()
            .with(expect.text.clone(), Role::Code)
            .with(" = ", Role::Plain)
            .with(value, Role::Strong);
        let mut separator = ", with ";
        let mut told = Vec::new();
        for name in expect.expression.names() {
            if let Variable::Quantity(quantity, None) = name
                && !told.contains(quantity)
            {
                told.push(*quantity);
                let shown = self.value(&Phrase {
                    text: String::new(),
                    expression: Expression::Name(*name),
                });
                if shown.is_finite() {
                    let shown = number::display(shown, self.facts.digits);
                    line.push(format!("{separator}{} ", quantity.name()), Role::Plain);
                    line.push(shown, Role::Quantity(*quantity));
                    separator = ", ";
                }
            }
        }
        Some(line.with(".", Role::Plain))
    }
}

/// What an expression comes to with drawn numbers.
fn value_with(drawn: &[(Variable, String, f64)], phrase: &Phrase) -> f64 {
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
fn is_of_update(phrase: &Phrase) -> bool {
    let names = phrase.expression.names();
    names
        .into_iter()
        .all(|name| is_of_change(name) && matches!(name, Variable::Quantity(_, None)))
}

/// What is asked for by an expression that is one name.
fn lone_quantity(phrase: &Phrase) -> Option<Asked> {
    match phrase.expression {
        Expression::Name(Variable::Quantity(quantity, None)) => Asked::of(quantity),
        _ => None,
    }
}

/// The node that is asked about by an expression that is one name.
fn lone_node(phrase: &Phrase) -> Option<Node> {
    match phrase.expression {
        Expression::Name(Variable::Quantity(Quantity::Node(of_node), _)) => Some(of_node.node),
        _ => None,
    }
}
