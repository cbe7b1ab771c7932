//! Judging a number by the precision it was typed with.

use super::asked::Asked;
use super::facts::Facts;
use super::misconception::{Misconception, applicable, differ};
use super::typed::{MOST_DIGITS, Typed, rounded};
use crate::explain::{Decimal, number};

/// Fewer significant digits than these say too little, unless the answer is exact.
pub const LEAST_DIGITS: u8 = 3;

/// So many significant digits the numbers of a question are given with, where nobody has asked for more.
const DIGITS_GIVEN: u8 = 6;

/// What the right answer is, and what it must be told apart from.
#[derive(Debug, Clone)]
pub struct Key {
    /// The right answer.
    pub right: f64,
    /// Wrong answers that have a name or a remark, all different from the right one.
    pub wrong: Vec<Wrong>,
}

/// A wrong answer that is foreseen.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// The answer.
    pub answer: f64,
    /// Where it comes from.
    pub why: Why,
}

/// Where a wrong answer comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// A misconception of the table.
    Misconception(&'static Misconception),
    /// A mistake that the lesson foresees, by its place there.
    Foreseen(usize),
}

/// What a number is worth as an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is right; rounded, if it is right only to the digits given.
    Right {
        /// Whether digits have been left out.
        rounded: bool,
    },
    /// It may be right, and says too little to be told from what is wrong.
    MoreDigits {
        /// So many significant digits are enough.
        least: u8,
    },
    /// It is wrong.
    Wrong {
        /// The wrong answers that it may be.
        fits: Vec<Why>,
        /// Whether it is so close to the right answer that arithmetic is to blame, and not understanding.
        near: bool,
    },
}

/// Answers this close, as a part of the right one, are slips of arithmetic.
const NEAR: f64 = 0.002;

impl Key {
    /// The key to a question about one number of an update. `None` where the update has no such number.
    pub fn of(facts: &Facts, asked: Asked) -> Option<Self> {
        let wrong = applicable(facts, asked).into_iter();
        let named = |(misconception, answer)| Wrong {
            answer,
            why: Why::Misconception(misconception),
        };
        Some(Self {
            right: facts.right(asked)?.evaluate(),
            wrong: wrong.map(named).collect(),
        })
    }

    /// Takes note of a wrong answer that a lesson foresees, unless it is no number or the right one.
    pub fn foresee(&mut self, index: usize, answer: f64) {
        if answer.is_finite() && differ(answer, self.right) {
            self.wrong.push(Wrong {
                answer,
                why: Why::Foreseen(index),
            });
        }
    }

    /// So many significant digits tell the right answer from every wrong one; at least [`LEAST_DIGITS`].
    pub fn digits_needed(&self) -> u8 {
        let hidden = |digits: &u8| {
            let typed = Typed::read(&rounded(self.right, *digits));
            typed.is_ok_and(|typed| self.fitting(&typed).next().is_some())
        };
        let last = (LEAST_DIGITS..=MOST_DIGITS).rev().find(hidden);
        last.map_or(LEAST_DIGITS, |digits| digits + 1)
    }

    /// Whether a number in a text would be taken for a right answer. A single digit is in many texts, and tells
    /// nothing.
    pub fn is_told_by(&self, text: &str, mark: Decimal) -> bool {
        let numbers = numbers(text, mark);
        let mut typed = numbers.filter_map(|number| Typed::read_in(mark, number).ok());
        let is_right = |typed: &Typed| matches!(self.judge(typed), Verdict::Right { .. });
        typed.any(|typed| typed.digits > 1 && is_right(&typed))
    }

    /// Judges an answer.
    pub fn judge(&self, typed: &Typed) -> Verdict {
        let fits: Vec<Why> = self.fitting(typed).collect();
        if !self.accepts(typed) {
            let near = (typed.value - self.right).abs() <= NEAR * self.right.abs();
            return Verdict::Wrong {
                fits: self.closest(typed, fits),
                near,
            };
        }
        let exact = self.is_exact(typed.value);
        // An expression has all its digits: it is as exact as its value. And 0 can be given with no more of them.
        if exact && (typed.is_expression || typed.value == 0.0) {
            return Verdict::Right { rounded: false };
        }
        if !fits.is_empty() || (typed.digits < LEAST_DIGITS && !exact) {
            let least = self.digits_needed().max(typed.digits.saturating_add(1));
            return Verdict::MoreDigits { least };
        }
        Verdict::Right { rounded: !exact }
    }

    fn fitting<'a>(&'a self, typed: &'a Typed) -> impl Iterator<Item = Why> + 'a {
        let fits = |wrong: &&Wrong| typed.agrees(wrong.answer);
        self.wrong.iter().filter(fits).map(|wrong| wrong.why)
    }

    /// Of wrong answers that fit, those that were typed exactly, where any were.
    fn closest(&self, typed: &Typed, fits: Vec<Why>) -> Vec<Why> {
        let exactly = |wrong: &&Wrong| same(typed.value, wrong.answer);
        let exact: Vec<Why> = (self.wrong.iter().filter(exactly))
            .map(|wrong| wrong.why)
            .collect();
        // One digit agrees with much that nobody has computed.
        let coarse = typed.digits < 2 && !typed.is_expression;
        if exact.is_empty() && !coarse {
            fits
        } else {
            exact
        }
    }

    /// Whether the right answer is what was meant. Rounding errors of the machine count for nothing, and neither do
    /// digits beyond those that the numbers are given with.
    fn accepts(&self, typed: &Typed) -> bool {
        let given = |value| rounded(value, DIGITS_GIVEN);
        let beyond = typed.digits > DIGITS_GIVEN && given(typed.value) == given(self.right);
        typed.agrees(self.right) || self.is_exact(typed.value) || beyond
    }

    fn is_exact(&self, value: f64) -> bool {
        same(value, self.right)
    }
}

/// The numbers in a text, as they stand there.
pub(super) fn numbers(text: &str, mark: Decimal) -> impl Iterator<Item = &str> {
    let of_number = move |c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '-' | '\u{2212}' | 'e') || c == mark.sign()
    };
    let words = text.split(move |c: char| !of_number(c));
    words
        .map(|word| {
            word.trim_end_matches(['.', ',', 'e'])
                .trim_start_matches(['e', ','])
        })
        .filter(move |word| number::parse_in(mark, word).is_some())
}

/// Whether two numbers are the same but for the machine's rounding.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * b.abs() + 1e-15
}
