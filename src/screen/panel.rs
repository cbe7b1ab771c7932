//! A question that is asked: its words, the field in which it is answered, and what is said to that, in one place.
//!
//! Its rows stand still while it is asked, answered and asked again.

use super::Key;
use super::app::{SCROLL, scrolled};
use super::bar::{Aside, Bar};
use crate::asking::{Answering, FeedbackKind, Waiting, letters};
use crate::command::{Complaint, Completion, Preview, Way};
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

/// A question as it stands after a line, for its panel.
#[derive(Debug)]
pub struct Posed<'a> {
    /// Which question it is.
    pub title: String,
    /// What is asked.
    pub waiting: Waiting,
    /// How numbers are written in an answer.
    pub digits: Digits,
    /// Whether it still waits for an answer.
    pub asks: bool,
    /// What has been said,
    pub said: Option<(FeedbackKind, Vec<Line>)>,
    /// to this line,
    pub line: &'a str,
    /// and to this answer, where that is one.
    pub answer: Option<String>,
    /// Which hint comes next, and of how many.
    pub hint: Option<(usize, usize)>,
    /// What Enter does, where the question is answered.
    pub onward: String,
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
    /// A question in its place, where that `before` may have stood in it. A wrong answer leaves the field empty; a key
    /// that helps leaves what has been typed.
    pub fn new(posed: Posed, before: Option<&Self>) -> Self {
        let Posed {
            waiting,
            asks,
            said,
            answer,
            ..
        } = posed;
        let waits = match Field::of(&waiting, posed.digits) {
            None if asks => Waits::Done,
            Some(mut field) if asks => {
                let old = before.and_then(Self::field);
                // With other numbers, or in another order, it would be another answer.
                let is_same = before.is_some_and(|before| before.words == waiting.lines);
                field.last = answer.or_else(|| old?.last.clone()).filter(|_| is_same);
                let line = posed.line;
                let typed = old.filter(|old| !line.is_empty() && old.bar.text().trim() != line);
                if let (Some((FeedbackKind::Hint, _)), Some(old)) = (&said, typed) {
                    field.bar = Bar::with_text(old.bar.text());
                }
                Waits::Typed(Box::new(field))
            }
            // What has been answered stays as it was asked.
            field => {
                let asked = before
                    .and_then(Self::field)
                    .map(|field| field.label.clone());
                let label = asked.or_else(|| field.map(|field| field.label));
                Waits::Nothing(label.zip(answer))
            }
        };
        let words = match before {
            Some(before) if !asks => before.words.clone(),
            Some(_) | None => waiting.lines,
        };
        Self {
            title: posed.title,
            words,
            waits,
            said,
            hint: posed.hint.filter(|_| asks),
            onward: posed.onward,
            scroll: 0,
            words_scroll: 0,
        }
    }

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

    /// Empties the field.
    pub fn clear(&mut self) {
        if let Some(field) = self.field_mut() {
            field.bar = Bar::default();
        }
    }

    /// Says that what is typed could not be done. It stays, so that it can be mended, but where there is nothing to mend.
    pub fn complain(&mut self, complaint: Complaint) {
        let Some(field) = self.field_mut() else {
            return;
        };
        if field.clears {
            let span = 0..0;
            field.bar = Bar::default();
            field.bar.complain(Complaint { span, ..complaint });
        } else {
            field.bar.complain(complaint);
        }
    }

    /// The line in the field that Enter gives; where there is nothing in it, that is said.
    pub fn entered(&mut self) -> Option<String> {
        let field = self.field()?;
        let (line, takes) = (field.bar.text().to_owned(), &field.takes);
        if line.trim().is_empty() {
            let advice = format!("type {takes}");
            self.complain(Complaint::new(0..0, "no answer yet", advice));
            return None;
        }
        Some(line)
    }

    /// Scrolls what is said, by `most` lines at most.
    pub fn scroll_said(&mut self, way: Way, most: usize) {
        self.scroll = scrolled(self.scroll, way, SCROLL, most);
    }

    /// Scrolls the words.
    pub fn scroll_words(&mut self, way: Way, most: usize) {
        self.words_scroll = scrolled(self.words_scroll, way, 1, most);
    }
}
