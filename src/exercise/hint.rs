//! Hints made from the numbers of an update, from the principle to the answer.

use super::facts::{Asked, Facts, Source};
use super::misconception::arithmetic;
use crate::explain::{Form, Line, Quantity, Role, number};
use crate::math::Rule;

/// Hints for a number of an update: the principle, the formula in symbols, the formula with numbers, the answer.
/// A hint that would tell the answer before its time is left out.
pub fn hints(facts: &Facts, asked: Asked) -> Vec<Line> {
    let Some(right) = facts.right(asked) else {
        return Vec::new();
    };
    let answer = right.evaluate();
    let words = asked.words(facts.settings.rule);
    let mut hints = vec![Line::plain(principle(facts, asked))];
    if facts.network.is_none() || !matches!(asked, Asked::Signal) {
        let symbols = right.print(Form::Symbols);
        hints.push(
            Line::plain("As a formula: ")
                .joined(symbols)
                .with(".", Role::Plain),
        );
    }
    let numbers = right.print(Form::Numbers(facts.digits));
    hints.push(
        Line::plain("With the numbers: ")
            .joined(numbers)
            .with(" = ?", Role::Plain),
    );
    hints.retain(|hint| !tells(&hint.text(), answer, facts.digits));
    let last = Line::plain(format!("Here it is, {words}: "));
    hints.push(
        last.joined(arithmetic(&right, facts, asked))
            .with(".", Role::Plain),
    );
    hints
}

/// Whether a number in a text is the answer, as it is shown.
pub fn tells(text: &str, answer: f64, digits: crate::explain::Digits) -> bool {
    let shown = number::display(answer, digits);
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '\u{2212}' | 'e');
    let words = text.split(|c: char| !number(c));
    words
        .map(|word| word.trim_end_matches(['.', 'e']).trim_start_matches('e'))
        .filter_map(number::parse)
        .any(|value| number::display(value, digits) == shown)
}

/// What to think of, without any numbers.
fn principle(facts: &Facts, asked: Asked) -> String {
    let rule = facts.settings.rule;
    let Asked::Quantity(quantity) = asked else {
        return signal_principle(facts).to_owned();
    };
    match quantity {
        Quantity::Gradient => "A weight's gradient is the signal at its end times the value at its start.",
        Quantity::Delta if rule == Rule::Averaged => {
            "Delta is a part of a part of the gradient. Which two factors make it smaller?"
        }
        Quantity::Delta => "Delta is a small part of the gradient. What says how small?",
        Quantity::PlainWeight => "The plain step is added to the weight. How long is the plain step?",
        Quantity::MomentumTerm => "The momentum term comes from the past. What is remembered, and how much of it is used?",
        Quantity::Change if rule.remembers() => "Two steps make the change: one from this gradient, one from the past.",
        Quantity::Change => "The change is what is added to the weight.",
        Quantity::After if rule.remembers() => "Two products are added to the weight. Which two?",
        Quantity::After => "One product is added to the weight. Which one?",
        Quantity::NewMemory => kept_principle(rule),
        Quantity::EffectiveRate => "Plain descent would have made its change with rate times gradient. Which rate gives this change?",
        _ => "It is given.",
    }
    .to_owned()
}

fn signal_principle(facts: &Facts) -> &'static str {
    match facts.network.map(|network| network.source) {
        Some(Source::Hidden { .. }) => {
            "A hidden node's signal is what the later nodes pass back, times the slope of its activation."
        }
        _ => "An output node's signal is how far it is off, times the slope of its activation.",
    }
}

fn kept_principle(rule: Rule) -> &'static str {
    match rule {
        Rule::None => "Plain descent keeps nothing.",
        Rule::Article => "This rule keeps one thing only: what it has computed from this gradient.",
        Rule::HeavyBall => "This rule keeps everything that was added to the weight.",
        Rule::Nesterov => {
            "This rule keeps its speed: a part of the old speed, and this update's step."
        }
        Rule::PyTorch => "This rule keeps gradients: a part of the old ones, and all of this one.",
        Rule::Averaged => {
            "This rule keeps an average: a part of the old one, and a share of this gradient."
        }
    }
}
