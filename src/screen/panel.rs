//! A question that is asked: its words, the field in which it is answered, and what is said to that, in one place.
//!
//! Its rows stand still while it is asked, answered and asked again.

use super::Key;
use super::bar::{Aside, Bar};
use crate::asking::{Answering, FeedbackKind, Waiting, letters};
use crate::command::{Completion, Preview};
use crate::explain::{Digits, Line, Role, number};
use crate::screen::bar::Answer;

/// A question in its place.
#[derive(Debug, Default)]
pub struct Panel {
    /// Which question it is: `Question 1 of 2`.
    pub title: String,
    /// The question, with what is given, and options.
    pub words: Vec<Line>,
    /// What it waits for.
    pub waits: Waits,
    /// What was said last: to an answer, or to help with one.
    pub said: Option<(FeedbackKind, Vec<Line>)>,
    /// Which hint comes next, and of how many.
    pub hint: Option<(usize, usize)>,
    /// What Enter does, where the question is answered.
    pub onward: String,
    /// By how many lines what is said is scrolled, and the words.
    pub scroll: usize,
    pub words_scroll: usize,
}

/// What a question waits for.
#[derive(Debug)]
pub enum Waits {
    /// That something has been done, which is no matter of typing.
    Done,
    /// Something to be typed.
    Typed(Box<Field>),
    /// Nothing any more: it has been answered, with this in its field.
    Nothing(Option<(Line, String)>),
}

impl Default for Waits {
    fn default() -> Self {
        Self::Nothing(None)
    }
}

/// The field of a question.
#[derive(Debug)]
pub struct Field {
    /// What stands before it: `w″ = `.
    pub label: Line,
    /// What can be typed.
    pub takes: String,
    /// What is typed.
    pub bar: Bar,
    /// The answer that was given last.
    pub last: Option<String>,
    /// Whether what cannot be understood is cleared away, too: among a few letters there is nothing to mend.
    pub clears: bool,
}

impl Field {
    /// The empty field of a question.
    pub fn of(waiting: &Waiting, digits: Digits) -> Option<Self> {
        let takes = match waiting.answers {
            Answering::Number => {
                let [one, other] = [3.5, 0.1].map(|value| number::display(value, digits));
                format!("a number, or {one} + {other}")
            }
            Answering::Choice(count) => letters(count),
            Answering::Letters(_) => "the letters in order: c a b".to_owned(),
            Answering::Done => return None,
        };
        let label = waiting.quantity.map_or_else(
            || Line::new().with("› ", Role::Strong),
            |quantity| {
                let symbol = quantity.symbol().into_owned();
                let role = Role::Quantity(quantity);
                Line::new().with(symbol, role).with(" = ", Role::Plain)
            },
        );
        Some(Self {
            label,
            takes,
            bar: Bar::default(),
            last: None,
            clears: matches!(waiting.answers, Answering::Choice(_)),
        })
    }

    /// What stands beside what is typed.
    pub fn aside(&self, preview: impl FnOnce(&str) -> Preview) -> Aside<'_> {
        self.bar.aside(preview)
    }
}

impl Panel {
    /// The field, while there is one to type in.
    pub fn field(&self) -> Option<&Field> {
        match &self.waits {
            Waits::Typed(field) => Some(field),
            Waits::Done | Waits::Nothing(_) => None,
        }
    }

    /// The same, to be typed in.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match &mut self.waits {
            Waits::Typed(field) => Some(field),
            Waits::Done | Waits::Nothing(_) => None,
        }
    }

    /// Whether it has been answered.
    pub fn is_answered(&self) -> bool {
        matches!(self.waits, Waits::Nothing(_))
    }

    /// Types a key into the field, where there is one.
    pub fn type_key(
        &mut self,
        key: Key,
        history: &[String],
        complete: impl FnOnce(&str) -> Completion,
    ) -> Answer {
        match self.field_mut() {
            Some(field) => field.bar.key(key, history, complete),
            None => Answer::Typing,
        }
    }
}
