//! What comes next for a learner who goes on.

use crate::session::Session;

/// What Enter goes on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// A question of this page that is not solved: which, of how many.
    Question(usize, usize),
    /// The next page: its number, and its title.
    Page(usize, String),
    /// The next lesson of the course; where this one is finished, how many questions it had.
    Lesson(String, Option<usize>),
    /// Nothing: this is the end.
    End,
}

impl Onward {
    /// What comes next in a sitting.
    pub fn of(session: &Session) -> Self {
        if session.asks_something() {
            let (number, count) = session.next_question_number();
            return Self::Question(number, count);
        }
        Self::after_page(session)
    }

    /// What comes after the open page, whatever that asks.
    pub fn after_page(session: &Session) -> Self {
        let (page, pages) = (session.page_index() + 1, &session.lesson().pages);
        if let Some(next) = pages.get(page) {
            return Self::Page(page + 1, next.title.clone());
        }
        let tally = session.tally();
        let finished = (tally.all > 0 && tally.solved == tally.all).then_some(tally.all);
        match session.next_lesson() {
            Some(title) => Self::Lesson(title, finished),
            None => Self::End,
        }
    }

    /// It in a sentence that names the key: `▸ Enter goes on to page 3: What is remembered.`
    pub fn text(&self) -> String {
        match self {
            Self::Question(number, count) => {
                format!("▸ Enter goes on to question {number} of {count}.")
            }
            Self::Page(number, title) => {
                format!("▸ Enter goes on to page {number}: {}", ended(title))
            }
            Self::Lesson(title, Some(all)) => {
                format!(
                    "✓ Finished: {all} of {all}. ▸ Enter goes on to {}",
                    ended(title)
                )
            }
            Self::Lesson(title, None) => {
                format!("▸ Enter goes on to the next lesson: {}", ended(title))
            }
            Self::End => "▸ Enter goes back to the page.".to_owned(),
        }
    }
}

/// A title at the end of a sentence.
fn ended(title: &str) -> String {
    let stop = if title.ends_with(['?', '!', '.']) {
        ""
    } else {
        "."
    };
    format!("{title}{stop}")
}
