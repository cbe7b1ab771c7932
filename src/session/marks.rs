//! What the learner has marked to be looked out for: conditions at which runs stop, and expressions kept in sight.

use crate::command::Phrase;

/// Breakpoints and watches.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    breaks: Vec<Phrase>,
    watches: Vec<Phrase>,
}

impl Marks {
    /// The conditions at which runs stop, in the order of their numbers.
    pub fn breaks(&self) -> &[Phrase] {
        &self.breaks
    }

    /// Adds a breakpoint; the answer is its number.
    pub fn add_break(&mut self, phrase: Phrase) -> usize {
        self.breaks.push(phrase);
        self.breaks.len()
    }

    /// Takes a breakpoint away by its number, from 1; `None` where there is none.
    pub fn remove_break(&mut self, number: usize) -> Option<Phrase> {
        (number <= self.breaks.len()).then(|| self.breaks.remove(number - 1))
    }

    /// The expressions kept in sight.
    pub fn watches(&self) -> &[Phrase] {
        &self.watches
    }

    /// Keeps an expression in sight.
    pub fn watch(&mut self, phrase: &Phrase) {
        if !self.watches.contains(phrase) {
            self.watches.push(phrase.clone());
        }
    }

    /// Keeps none in sight any more.
    pub fn unwatch(&mut self) {
        self.watches.clear();
    }
}
