//! Item by item: what should come out, and what does.

use std::ops::Range;

use crate::explain::Digits;
use crate::session::{Answers, Prediction, Session, answer_name};

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
    pub(super) fn of(session: &Session) -> Option<Self> {
        let answers = Answers::of(session)?;
        Some(Self {
            count: answers.network().items().len(),
            wrong: session.count_wrong(&answers),
            current: answers.current(),
            digits: session.digits(),
            answers,
        })
    }

    /// Some rows of the table.
    pub fn rows(&self, rows: Range<usize>) -> Vec<Prediction> {
        self.answers.to_items(rows)
    }

    /// What an answer is called.
    pub fn name(&self, answer: usize) -> String {
        answer_name(self.answers.network(), answer)
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
