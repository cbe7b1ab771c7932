//! How numbers and code are written: digits, the sign of gradients, the language.

use crate::explain::{Digits, Language};
use crate::math::Convention;

/// How numbers and code are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Notation {
    digits: Digits,
    language: Language,
    convention: Convention,
}

impl Notation {
    /// As it is at first in a lesson with this convention.
    pub fn of(convention: Convention) -> Self {
        Self {
            convention,
            ..Self::default()
        }
    }

    /// The same in a lesson with another convention.
    pub fn with_convention(&self, convention: Convention) -> Self {
        Self {
            convention,
            ..self.clone()
        }
    }

    /// How many digits are shown.
    pub fn digits(&self) -> Digits {
        self.digits
    }

    /// Shows so many digits.
    pub fn set_digits(&mut self, digits: Digits) {
        self.digits = digits;
    }

    /// The language of the code.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Shows the code in a language.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    /// The sign that gradients are shown with.
    pub fn convention(&self) -> Convention {
        self.convention
    }

    /// Shows gradients with the sign of a convention.
    pub fn set_convention(&mut self, convention: Convention) {
        self.convention = convention;
    }

    /// The lines of a script that writes another lesson's numbers and code in the same way.
    pub fn script(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.digits != Digits::default() {
            lines.push(format!("set digits {}", self.digits.get()));
        }
        if self.language != Language::default() {
            lines.push(format!("code {}", self.language.name()));
        }
        lines
    }
}
