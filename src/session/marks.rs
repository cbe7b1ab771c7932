//! What the learner has marked to be looked out for: conditions at which runs stop, and expressions kept in sight.

use super::outcome::{Done, Outcome};
use crate::command::{Phrase, Refusal, refused};
use crate::explain::{Line, Role};

/// So many of each there may be.
const MOST: usize = 100;

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

    pub fn add_break(&mut self, phrase: &Phrase) -> Done {
        if self.breaks.len() == MOST {
            let message = format!("there are {MOST} breakpoints, and no more may be");
            return refused(message, "`unbreak 1` takes the first away");
        }
        self.breaks.push(phrase.clone());
        let number = self.breaks.len();
        Ok(Outcome::says(format!(
            "Breakpoint {number}: runs stop where {} becomes true.",
            phrase.text
        )))
    }

    pub fn list_breaks(&self) -> Outcome {
        let line = |(index, phrase): (usize, &Phrase)| {
            Line::plain(format!("{}. ", index + 1)).with(phrase.text.clone(), Role::Code)
        };
        let mut lines: Vec<Line> = self.breaks.iter().enumerate().map(line).collect();
        if lines.is_empty() {
            lines.push(Line::plain(
                "There are no breakpoints. `break change < 0.03` sets one.",
            ));
        }
        Outcome::shows("Breakpoints", lines)
    }

    /// Takes a breakpoint away by its number, from 1.
    pub fn remove_break(&mut self, number: usize) -> Done {
        if number > self.breaks.len() {
            let message = format!("there is no breakpoint {number}");
            return refused(message, "`breaks` lists them with their numbers");
        }
        let phrase = self.breaks.remove(number - 1);
        Ok(Outcome::says(format!(
            "Runs no longer stop at {}.",
            phrase.text
        )))
    }

    pub fn watches(&self) -> &[Phrase] {
        &self.watches
    }

    /// Keeps an expression in sight.
    pub fn watch(&mut self, phrase: &Phrase) -> Result<(), Refusal> {
        if self.watches.contains(phrase) {
            return Ok(());
        }
        if self.watches.len() == MOST {
            let message = format!("{MOST} expressions are watched, and no more may be");
            return Err(Refusal::new(message, "`unwatch` ends it for all of them"));
        }
        self.watches.push(phrase.clone());
        Ok(())
    }

    pub fn unwatch(&mut self) -> Outcome {
        self.watches.clear();
        Outcome::says("Nothing is watched any more.")
    }
}
