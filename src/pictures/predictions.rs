//! Item by item: what should come out, and what does.

use super::answers::right_words;
use super::{Answers, MOST_LINES, Pictured, Subject};
use crate::explain::{Digits, Line, Text};

/// The table of predictions. Rows are made when they are asked for: there may be very many.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionsView {
    pub count: usize,
    /// How many of them are answered wrong; `None` where outputs are amounts.
    pub wrong: Option<usize>,
    pub digits: Digits,
    /// What the rows are made from.
    pub answers: Answers,
}

impl Pictured for PredictionsView {
    fn prepare(subject: &Subject) {
        subject.run().metrics(subject.step());
    }

    fn of(subject: &Subject) -> Option<Self> {
        let answers = Answers::of(subject)?;
        Some(Self {
            count: answers.network().items().len(),
            wrong: answers.count_wrong(subject),
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
        if let Some(item) = answers.current {
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

    /// `113 of 120 right (94.2%); ! goes to the next wrong one.`
    fn verdict(&self) -> Option<Line> {
        Some(Line::plain(match self.wrong {
            None => "Amounts: none is right or wrong.".to_owned(),
            Some(0) => format!("All {} right.", self.count),
            Some(wrong) => format!(
                "{}; ! goes to the next wrong one.",
                right_words(self.count - wrong, self.count, self.digits.decimal())
            ),
        }))
    }
}
