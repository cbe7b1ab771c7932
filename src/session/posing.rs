//! Questions about numbers, made from the run as the page has prepared it.

use std::rc::Rc;
use std::sync::Arc;

use super::Session;
use super::around_node::{around, node_quantity};
use super::posed::{Drawn, Numbers, Posed, is_of_update, value_with};
use crate::command::{Phrase, Variable};
use crate::exercise::{
    Asked, Dice, Facts, Misconception, Mistake, Predict, Question, SlopeFacts, variant,
};
use crate::explain::{
    Derivation, Digits, Document, Line, Live, Node, Quantity, Role, Span, number,
};
use crate::math::expression::Expression;
use crate::timeline::Record;

/// So many draws are tried for an expression that comes to something.
const TRIES: u64 = 20;

impl Session {
    /// The sitting as the open page prepares it, whatever has been changed since.
    pub(super) fn prepared(&self) -> Option<Self> {
        let mut prepared = Self::unopened(self.lesson.clone());
        prepared.notation.show_digits(self.digits());
        prepared.open_page(self.page_index()).ok()?;
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
        let (parameter, node) = (of.0.unwrap_or(prepared.focus()), of.1);
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
        derivation.known_after(quantity) <= self.position().lines
    }

    /// The quantity that a question asks for.
    pub(super) fn predicted(&self, predict: &Predict) -> Option<Quantity> {
        if let Asked::Quantity(quantity) = predict.asked {
            return Some(quantity);
        }
        let network = self.lesson.model.network()?;
        let parameter = predict.parameter.unwrap_or(self.focus());
        node_quantity(network, parameter, predict.asked, predict.node)
    }

    /// The update that the page's question is about: the one on the screen, or the next where that has shown it.
    pub(super) fn asked_update(&self) -> Option<u64> {
        let update = self.position().update;
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
        let mut facts = Facts::new(
            record.settings,
            self.convention(),
            &record.updates[parameter],
        );
        // What is given must be enough to work with, however few digits the screen shows.
        facts.digits = self.digits().max(Digits::default());
        let rule = record.settings.rule;
        let before = record
            .step
            .checked_sub(1)
            .and_then(|step| self.record_of(step).ok());
        if let Some(before) = before.filter(|before| before.settings.rule == rule) {
            let update = before.updates[parameter];
            // Nobody takes nothing for something remembered.
            let older = rule.remembers().then_some(update.memory[0]);
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
        let derivation = Derivation::new(model, record, parameter, self.convention());
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
                let shown = value.map(|value| number::display(value, self.digits()));
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
    fn drawn(&self, expect: &Phrase, mistakes: &[Mistake], seed: u64) -> Vec<Drawn> {
        let mut dice = Dice(seed);
        let phrases = std::iter::once(expect).chain(mistakes.iter().map(|one| &one.answer));
        let mut drawn: Vec<Drawn> = Vec::new();
        for variable in phrases.flat_map(|phrase| phrase.expression.names()) {
            if drawn.iter().all(|(known, ..)| known != variable) {
                let value = dice.hundredths();
                drawn.push((
                    *variable,
                    variable.written(self.lesson.model.parameters()),
                    value,
                ));
            }
        }
        drawn
    }
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
