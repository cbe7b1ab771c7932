//! Questions about numbers, made from the run as the page has prepared it.

use std::rc::Rc;
use std::sync::Arc;

use super::running::{Moment, Reading};
use super::{Position, Session};
use crate::command::{Phrase, Variable};
use crate::exercise::{self, Asked, Facts, Key, Mistake, NetworkFacts, Question, Source, variant};
use crate::explain::{
    Derivation, DerivationLine, Document, Formula, Line, Live, NodeQuantity, Quantity, Role, Span,
    number,
};
use crate::math::expression::Expression;
use crate::math::{
    Activation, ErrorMeasure, Model, Network, Place, ScriptedWeight, SoftmaxDerivative, Update,
};

use crate::timeline::Record;

/// A question about a number of one update, and everything needed to judge an answer.
#[derive(Debug, Clone)]
pub(super) struct Posed {
    pub facts: Facts,
    /// The quantity that is asked for, where it is one of an update.
    pub asked: Option<Asked>,
    /// The expression that is asked for, where it is one.
    expect: Option<Phrase>,
    /// The lesson's own words for the question.
    ask: Vec<Line>,
    model: Arc<Model>,
    record: Rc<Record>,
    parameter: usize,
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
        let (asked, expect, parameter, ask) = match &exercise.question {
            Question::Predict(predict) => (
                Some(predict.asked),
                None,
                predict.parameter,
                predict.ask.as_ref(),
            ),
            Question::Number(number) => (
                lone_quantity(&number.expect),
                Some(number.expect.clone()),
                None,
                Some(&number.ask),
            ),
            Question::Choose(_) | Question::Order(_) | Question::Reach(_) => return None,
        };
        let update = prepared.asked_update()?;
        prepared.carry_on(update);
        let parameter = parameter.unwrap_or(prepared.focus);
        let record = prepared.record_of(update).ok()?;
        let ask = ask.map_or_else(Vec::new, |ask| ask.fill(|live| prepared.live(live)).lines);
        Some(Posed {
            facts: prepared.facts(&record, parameter),
            asked,
            expect,
            ask,
            model: Arc::clone(&self.lesson.model),
            record,
            parameter,
        })
    }

    /// The update that the page's question is about: the one on the screen, or the next where that has shown it.
    pub(super) fn asked_update(&self) -> Option<u64> {
        let Position { update, lines } = self.position;
        let shown = match &self.page().exercise.as_ref()?.question {
            Question::Predict(predict) => match predict.asked {
                Asked::Quantity(quantity) => self.derivation().known_after(quantity) <= lines,
                Asked::Signal => self.is_complete(),
            },
            Question::Number(_) => self.is_complete(),
            _ => return None,
        };
        Some(if shown { update + 1 } else { update })
    }

    /// The facts of one parameter's update, with what a slip may take for them.
    pub(super) fn facts(&self, record: &Record, parameter: usize) -> Facts {
        let mut facts = Facts::new(record.settings, self.convention, &record.updates[parameter]);
        facts.digits = self.digits;
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
        facts.network = self
            .lesson
            .model
            .network()
            .and_then(|network| network_facts(network, record, parameter));
        let others = record.updates.len();
        if others > 1 {
            facts.other_weight = Some(record.updates[(parameter + 1) % others].before);
        }
        facts
    }

    /// A text of the lesson with the values of an update, shown or not.
    pub(super) fn filled(&self, text: &Document, posed: Option<&Posed>) -> Vec<Line> {
        let derivation = posed.map(Posed::derivation);
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
}

impl Posed {
    /// The same question about other numbers; `None` where the lesson's expression needs more than one update.
    pub fn with_other_numbers(
        &self,
        apart: &[&crate::exercise::Misconception],
        seed: u64,
    ) -> Option<Self> {
        let of_update = |phrase: &Phrase| {
            let names = phrase.expression.names();
            names
                .into_iter()
                .all(|name| matches!(name, Variable::Quantity(_, None)))
        };
        if !self.expect.as_ref().is_none_or(of_update) {
            return None;
        }
        let asked = self.asked.unwrap_or(Asked::Quantity(Quantity::After));
        let of_network = matches!(asked, Asked::Signal | Asked::Quantity(Quantity::Gradient));
        if of_network && self.model.network().is_some() {
            return None;
        }
        let facts = variant(&self.facts, asked, apart, seed);
        let update = facts.update();
        // Other numbers are no longer those of the lesson's model: its gradient is given.
        let model = Model::Weight(ScriptedWeight {
            name: self.model.parameters()[self.parameter].clone(),
            start: update.before,
            previous_delta: 0.0,
            downhill: vec![update.downhill],
        });
        let record = Record {
            step: self.record.step,
            epoch: 0,
            item: None,
            settings: facts.settings,
            updates: vec![update],
            error: None,
            pass: None,
        };
        Some(Self {
            facts,
            model: Arc::new(model),
            record: Rc::new(record),
            parameter: 0,
            ..self.clone()
        })
    }

    /// The question in words, with what is given.
    pub fn lines(&self, in_words_of_lesson: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        if in_words_of_lesson {
            lines.extend(self.ask.iter().cloned());
        }
        if lines.is_empty() {
            lines.push(Line::plain(self.question()));
        }
        lines.extend(exercise::given(
            self.given().as_deref(),
            self.key(&[]).as_ref(),
        ));
        lines
    }

    /// What is given, as a list in words: nothing for a question about nodes in the lesson's own words, and not the
    /// gradient where that is what is to be found.
    fn given(&self) -> Option<String> {
        match (self.asked, &self.expect) {
            (Some(Asked::Signal), _) => Some(self.before_gradient(false)),
            (Some(Asked::Quantity(Quantity::Gradient)), _) => Some(self.before_gradient(true)),
            (None, Some(expect)) if !expect.expression.names().into_iter().any(is_of_update) => {
                None
            }
            _ => Some(self.facts.told()),
        }
    }

    /// What the signal of the parameter's node is made of, and with `carried` what the parameter carries.
    fn before_gradient(&self, carried: bool) -> String {
        let derivation = self.derivation();
        let signal = derivation.lines.iter().rfind(|line| is_signal(line));
        let gradient = derivation.line(Quantity::Gradient).filter(|_| carried);
        let lines = signal.into_iter().chain(&gradient);
        let leaves = lines.flat_map(|line| line.formula.leaves());
        let told = |leaf: &Formula| {
            let (name, value) = match leaf {
                Formula::Quantity(quantity, _) if signal?.quantity == *quantity => return None,
                Formula::Quantity(quantity, value) => {
                    (quantity.words(self.facts.settings.rule), value)
                }
                Formula::Named(name, value) => (name.to_string().into(), value),
                _ => return None,
            };
            let shown = number::display(*value, self.facts.digits);
            Some(format!("{name} = {shown}"))
        };
        leaves.filter_map(told).collect::<Vec<_>>().join(", ")
    }

    /// `What is the new weight?`
    fn question(&self) -> String {
        match (self.asked, &self.expect) {
            (Some(asked), _) => exercise::question(&self.facts, asked),
            (None, Some(expect)) => format!("What is {}?", expect.text),
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
    fn value(&self, phrase: &Phrase) -> f64 {
        let reading = Reading {
            focus: self.parameter,
            convention: self.facts.convention,
        };
        reading.value(phrase, &self.record, Moment::Before, None)
    }

    /// The update, line by line.
    pub fn derivation(&self) -> Derivation {
        Derivation::new(
            &self.model,
            &self.record,
            self.parameter,
            self.facts.convention,
        )
    }

    /// Which update it is about, from 0.
    pub fn update(&self) -> u64 {
        self.record.step
    }

    /// The expression with its value, for answers that no formula of an update explains: `change/gradient = 0.0181`.
    pub fn expression(&self) -> Option<Line> {
        let expect = self.expect.as_ref().filter(|_| self.asked.is_none())?;
        let value = number::display(self.value(expect), self.facts.digits);
        let mut line = Line::new()
            .with(expect.text.clone(), Role::Code)
            .with(" = ", Role::Plain)
            .with(value, Role::Strong);
        let derivation = self.derivation();
        let mut separator = ", with ";
        let mut told = Vec::new();
        for name in expect.expression.names() {
            if let Variable::Quantity(quantity, None) = name
                && !told.contains(quantity)
                && let Some(value) = derivation.value(*quantity)
            {
                told.push(*quantity);
                let shown = number::display(value, self.facts.digits);
                line.push(format!("{separator}{} ", quantity.name()), Role::Plain);
                line.push(shown, Role::Quantity(*quantity));
                separator = ", ";
            }
        }
        Some(line.with(".", Role::Plain))
    }
}

/// What a network's gradient is made of; `None` where its signal is no slope times something.
fn network_facts(network: &Network, record: &Record, parameter: usize) -> Option<NetworkFacts> {
    let pass = record.pass.as_ref()?;
    let place = network.place(parameter);
    let design = network.design();
    let outputs = pass.outputs_layer();
    let (value, sum) = (
        pass.values(place.layer)[place.to],
        pass.sums(place.layer)[place.to],
    );
    let is_output = place.layer == outputs;
    let full = design.output == Activation::Softmax
        && design.softmax_derivative == SoftmaxDerivative::Full;
    let function = match (is_output, design.error) {
        (true, ErrorMeasure::CrossEntropy) => Activation::Identity,
        (true, ErrorMeasure::Squared) if full => return None,
        (true, ErrorMeasure::Squared) => design.output,
        (false, _) => design.hidden,
    };
    let source = if is_output {
        Source::Output {
            target: pass.targets()[place.to],
            output: value,
        }
    } else {
        let signals = pass.signals(place.layer + 1);
        let passed_back = |weight: fn(&Update) -> f64| {
            let term = |(to, signal): (usize, &f64)| {
                let index = network.parameter_at(Place {
                    layer: place.layer + 1,
                    from: Some(place.to),
                    to,
                });
                signal * weight(&record.updates[index])
            };
            signals.iter().enumerate().map(term).fold(0.0, |a, b| a + b)
        };
        Source::Hidden {
            passed_back: passed_back(|update| update.before),
            with_new_weights: Some(passed_back(|update| update.after)),
        }
    };
    let before = pass.values(place.layer - 1);
    let slope = |at: f64| function.slope(at);
    Some(NetworkFacts {
        source,
        slope_at_value: slope(value),
        slope_at_sum: (function != Activation::Identity).then(|| slope(sum)),
        input: place.from.map(|from| before[from]),
        other_input: (place.from)
            .filter(|_| before.len() > 1)
            .map(|from| before[(from + 1) % before.len()]),
    })
}

/// Whether a name stands for a number of an update, and not for one of a node or a parameter.
fn is_of_update(name: &Variable) -> bool {
    matches!(name, Variable::Quantity(quantity, _) if !matches!(quantity, Quantity::Node(_)))
}

/// Whether a line computes a node's signal.
fn is_signal(line: &DerivationLine) -> bool {
    matches!(line.quantity, Quantity::Node(node) if node.quantity == NodeQuantity::Signal)
}

/// What is asked for by an expression that is one name.
fn lone_quantity(phrase: &Phrase) -> Option<Asked> {
    match phrase.expression {
        Expression::Name(Variable::Quantity(quantity, _)) => Asked::from_name(&quantity.name()),
        _ => None,
    }
}
