//! Hints made from the numbers of an update, from the principle to the answer.

use super::asked::Asked;
use super::facts::Facts;
use super::grading::numbers;
use super::misconception::arithmetic;
use crate::explain::{Form, Line, Quantity, Source, number};
use crate::math::{Activation, Convention};

/// Hints for a number of an update: the principle, the formula in symbols, the formula with numbers, the answer.
/// A hint that would tell the answer before its time is left out.
pub fn hints(facts: &Facts, asked: Asked) -> Vec<Line> {
    let Some(right) = facts.right(asked) else {
        return Vec::new();
    };
    let answer = right.evaluate();
    let formula =
        Line::plain("As a formula: ").joined(right.print(Form::Symbols(facts.digits.decimal())));
    let numbers = right.print(Form::Numbers(facts.digits));
    let mut hints = vec![
        Line::plain(principle(facts, asked)),
        formula.and("."),
        Line::plain("With the numbers: ")
            .joined(numbers)
            .and(" = ?"),
    ];
    hints.retain(|hint| !tells(&hint.text(), answer, facts.digits));
    let last = Line::plain(format!("Here it is, {}: ", facts.words(asked)));
    hints.push(last.joined(arithmetic(&right, facts, asked)).and("."));
    hints
}

/// Whether a number in a text is the answer, as it is shown.
pub fn tells(text: &str, answer: f64, digits: crate::explain::Digits) -> bool {
    let shown = number::display(answer, digits);
    numbers(text, digits.decimal())
        .filter_map(|text| number::parse_in(digits.decimal(), text))
        .any(|value| number::display(value, digits) == shown)
}

/// What to think of, without any numbers.
fn principle(facts: &Facts, asked: Asked) -> &'static str {
    let quantity = match asked {
        Asked::Quantity(quantity) => quantity,
        Asked::Sum => {
            return "Everything that comes in is multiplied by its weight and added up. What is added last?";
        }
        Asked::Value => return value_principle(facts),
        Asked::Signal => return signal_principle(facts),
    };
    let (rule, remembers) = (facts.settings.rule, facts.settings.rule.remembers());
    match quantity {
        Quantity::Gradient => gradient_principle(facts),
        Quantity::Delta => rule.row().delta_hint,
        Quantity::PlainWeight => {
            "The plain step is added to the weight. How long is the plain step?"
        }
        Quantity::MomentumTerm => {
            "The momentum term comes from the past. What is remembered, and how much of it is used?"
        }
        Quantity::Change if remembers => {
            "Two steps make the change: one from this gradient, one from the past."
        }
        Quantity::Change => "The change is what is added to the weight.",
        Quantity::After if remembers => "Two products are added to the weight. Which two?",
        Quantity::After => "One product is added to the weight. Which one?",
        Quantity::NewMemory => rule.memories().first().map_or("", |memory| memory.hint),
        Quantity::EffectiveRate => {
            "Plain descent would have made its change with rate times gradient. Which rate gives this change?"
        }
        Quantity::LearningRate
        | Quantity::Momentum
        | Quantity::Before
        | Quantity::Memory
        | Quantity::Error
        | Quantity::Loss
        | Quantity::OfRule(_)
        | Quantity::Node(_) => "It is given.",
    }
}

fn gradient_principle(facts: &Facts) -> &'static str {
    let node = facts.node.as_ref();
    let is_bias = node.is_some_and(|node| node.carried.is_none());
    match (&facts.slope, facts.convention) {
        (Some(_), Convention::Subtract) => {
            "The gradient is the derivative of the surface. What does it come to at this place?"
        }
        (Some(_), Convention::Add) => {
            "Downhill is minus the slope. What is the derivative of the surface, and what does it come to at this place?"
        }
        (None, _) if is_bias => "A bias carries 1, so its gradient is the signal of its node.",
        (None, _) => "A weight's gradient is the signal at its end times the value at its start.",
    }
}

fn value_principle(facts: &Facts) -> &'static str {
    let activation = facts.node.as_ref().map(|node| node.activation);
    activation.unwrap_or(Activation::Identity).hint()
}

fn signal_principle(facts: &Facts) -> &'static str {
    match facts.node.as_ref().and_then(|node| node.source.as_ref()) {
        Some(Source::Hidden { .. }) => {
            "A hidden node's signal is what the later nodes pass back, each through its weight, times the slope of its function."
        }
        Some(Source::Straight { .. }) => {
            "With cross-entropy the slope cancels out: the signal is how far the output is off."
        }
        Some(Source::Shares { .. }) => {
            "How far the output is off, less what all outputs are off, each by its share; and that times the output."
        }
        Some(Source::Output { .. }) | None => {
            "An output node's signal is how far it is off, times the slope of its function."
        }
    }
}
