//! Item by item: what should come out, and what does.

use std::ops::Range;

use super::answers::MOST_LINES;
use super::{Answers, Pictured, Prediction, Subject};
use crate::explain::{Digits, Line, Text};

/// The table of predictions. Rows are made when they are asked for: there may be very many.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionsView {
    /// How many items there are.
    pub count: usize,
    /// How many of them are answered wrong; `None` where outputs are amounts.
    pub wrong: Option<usize>,
    /// The item of the update on the screen.
    pub current: Option<usize>,
    /// How many digits a number has at most.
    pub digits: Digits,
    answers: Answers,
}

impl PredictionsView {
    /// Some rows of the table.
    pub fn rows(&self, rows: Range<usize>) -> Vec<Prediction> {
        self.answers.to_items(rows)
    }

    /// What an answer is called.
    pub fn name(&self, answer: usize) -> String {
        self.answers.name(answer)
    }

    /// The first wrong one from row `first` on, and then from the start.
    pub fn next_wrong(&self, first: usize) -> Option<usize> {
        self.answers.next_wrong(first)
    }

    /// How many inputs and outputs an item has.
    pub fn widths(&self) -> (usize, usize) {
        let sizes = &self.answers.network().design().sizes;
        (sizes[0], sizes[sizes.len() - 1])
    }
}

impl Pictured for PredictionsView {
    fn of(subject: &Subject) -> Option<Self> {
        let answers = Answers::of(subject)?;
        Some(Self {
            count: answers.network().items().len(),
            wrong: answers.count_wrong(subject),
            current: answers.current(),
            digits: subject.digits,
            answers,
        })
    }

    fn words(subject: &Subject) -> Text {
        let Some(answers) = Answers::of(subject) else {
            return Text::default();
        };
        let count = answers.network().items().len();
        let sentences = |items| {
            let predictions = answers.to_items(items).into_iter();
            predictions.map(|prediction| answers.sentence(subject, &prediction))
        };
        if count <= MOST_LINES {
            let head = Line::plain(answers.count_sentence(subject));
            let lines = std::iter::once(head).chain(sentences(0..count));
            return lines.collect::<Vec<_>>().into();
        }
        let mut lines = answers.wrong_sentences(subject);
        if let Some(item) = answers.current() {
            let title = Line::plain("The item of the update on the screen:");
            let wrong = Line::plain("Those that are answered wrong:");
            let current = sentences(item..item + 1);
            let first = std::iter::once(title).chain(current).chain([wrong]);
            lines.splice(1..1, first);
        }
        lines.into()
    }

    fn heading(&self) -> String {
        match self.wrong {
            Some(wrong) => format!("{wrong} of {} wrong", self.count),
            None => self.count.to_string(),
        }
    }
}
