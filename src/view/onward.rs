//! What comes next for a learner who goes on.

use crate::asking::Answering;
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
        let told = self.told("✓ ", "▸ Enter goes on");
        told.unwrap_or_else(|| "▸ Enter goes back to the page.".to_owned())
    }

    /// It for whoever types lines: `Type enter to go on to page 3: What is remembered.`
    pub(super) fn in_words(&self) -> Option<String> {
        self.told("", "Type enter to go on")
    }

    /// The line that Enter stands for; nothing where this is the end.
    pub fn line(&self) -> Option<&'static str> {
        match self {
            Self::Question(..) => Some("exercise"),
            Self::Page(..) | Self::Lesson(..) => Some("page next"),
            Self::End => None,
        }
    }

    fn told(&self, done: &str, goes_on: &str) -> Option<String> {
        Some(match self {
            Self::Question(number, count) => {
                format!("{goes_on} to question {number} of {count}.")
            }
            Self::Page(number, title) => format!("{goes_on} to page {number}: {}", ended(title)),
            Self::Lesson(title, Some(all)) => {
                let title = ended(title);
                format!("{done}Finished: {all} of {all}. {goes_on} to {title}")
            }
            Self::Lesson(title, None) => {
                format!("{goes_on} to the next lesson: {}", ended(title))
            }
            Self::End => return None,
        })
    }
}

/// The line that `enter` stands for, typed as a line: in a question that waits for something to be done it says that it
/// is; while an answer is waited for, it is an empty line.
pub fn meant_by_enter(session: &Session) -> &'static str {
    match session.waiting().map(|waiting| waiting.answers) {
        Some(Answering::Done) => "answer",
        Some(Answering::Number | Answering::Choice(_) | Answering::Letters(_)) => "",
        None => Onward::of(session).line().unwrap_or_default(),
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
