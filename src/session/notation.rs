//! How numbers and code are written: digits, the sign of gradients, the language.

use super::{Outcome, chosen};
use crate::command::Choice;
use crate::explain::{Digits, Language};
use crate::lesson::Lesson;
use crate::math::Convention;

/// How numbers and code are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Notation {
    digits: Digits,
    language: Language,
    convention: Convention,
}

impl Notation {
    /// The same in a lesson, with its convention and its decimals.
    pub fn of(self, lesson: &Lesson) -> Self {
        Self {
            convention: lesson.convention,
            digits: self.digits.with(lesson.decimal),
            ..self
        }
    }

    pub fn digits(&self) -> Digits {
        self.digits
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn convention(&self) -> Convention {
        self.convention
    }

    pub fn show_digits(&mut self, digits: Digits) -> Outcome {
        let digits = digits.get();
        self.digits = self.digits.exactly(digits);
        Outcome::says(format!("Numbers show up to {digits} digits."))
    }

    pub fn choose_convention(&mut self, choice: Choice<Convention>) -> Outcome {
        self.convention = chosen(choice, &Convention::ALL, self.convention);
        Outcome::says(match self.convention {
            Convention::Add => "Gradients point downhill, and deltas are added.",
            Convention::Subtract => {
                "Gradients are dE/dw: they point uphill, and delta turns the sign."
            }
        })
    }

    pub fn choose_language(&mut self, choice: Choice<Language>) -> Outcome {
        self.language = chosen(choice, &Language::ALL, self.language);
        let title = self.language.title();
        Outcome::says(format!(
            "The code is {title}; `show code` shows it with all that it starts from, to be run."
        ))
    }

    /// The lines of a script that writes another lesson's numbers and code in the same way.
    pub fn script(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.digits.get() != Digits::default().get() {
            lines.push(format!("set digits {}", self.digits.get()));
        }
        if self.language != Language::default() {
            lines.push(format!("code {}", self.language.name()));
        }
        lines
    }
}
