//! A question about a number of an update, in words.

use super::asked::Asked;
use super::facts::Facts;
use super::grading::{Key, LEAST_DIGITS};
use crate::explain::{Line, Quantity, capital};

/// `What is the new weight?`
pub fn question(facts: &Facts, asked: Asked) -> String {
    let words = facts.words(asked);
    match asked {
        // Its words begin as a question does.
        Asked::Quantity(Quantity::NewMemory) => format!("{}?", capital(&words)),
        Asked::Quantity(_) | Asked::Sum | Asked::Value | Asked::Signal => {
            format!("What is {words}?")
        }
    }
}

/// What is given, and how many digits an answer needs where few would not be enough.
pub fn given(told: Option<Line>, key: Option<&Key>) -> Vec<Line> {
    let mut lines: Vec<Line> = told.map(told_line).into_iter().collect();
    let needed = key.map(Key::digits_needed);
    if let Some(digits) = needed.filter(|digits| *digits > LEAST_DIGITS) {
        lines.push(Line::plain(format!(
            "Give {digits} digits: with fewer, a wrong way would lead to the same."
        )));
    }
    lines
}

/// `Given: learning rate 0.01, momentum 0.5.`
pub(super) fn told_line(told: Line) -> Line {
    Line::plain("Given: ").joined(told).and(".")
}
