//! What comes of a command: what it has to say, why it cannot be done, what it would do.

use crate::command::{Leaving, ScreenAction};
use crate::explain::{Line, Role, Text};

/// What a command has to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// A short message; empty where the screen says it all.
    pub message: Line,
    /// Something longer to read.
    pub output: Option<Output>,
    /// What a screen is to do, in order; the sitting knows of none.
    pub screen: Vec<ScreenAction>,
    /// Whether another lesson has been opened, and nothing is as it was.
    pub opens: bool,
    /// Where the learner wants to go, where they want to leave.
    pub quit: Option<Leaving>,
}

/// Something longer to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// What it is.
    pub title: String,
    /// What it says.
    pub text: Text,
}

impl Outcome {
    pub(super) fn says(message: impl Into<Line>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    /// This and then another.
    pub(super) fn and(self, next: Self) -> Self {
        let message = match (self.message.spans.is_empty(), next.message.spans.is_empty()) {
            (false, false) => self.message.with(" ", Role::Plain).joined(next.message),
            (true, _) => next.message,
            (false, true) => self.message,
        };
        let output = match (self.output, next.output) {
            (Some(mut first), Some(second)) => {
                first.text.lines.push(Line::new());
                first
                    .text
                    .lines
                    .push(Line::new().with(second.title, Role::Heading));
                first.text.lines.extend(second.text.lines);
                Some(first)
            }
            (first, second) => second.or(first),
        };
        Self {
            message,
            output,
            screen: [self.screen, next.screen].concat(),
            opens: self.opens || next.opens,
            quit: next.quit.or(self.quit),
        }
    }

    /// What there is to say, where there is anything.
    pub(super) fn maybe(message: Option<String>) -> Self {
        message.map_or_else(Self::default, |message| Self::says(Line::plain(message)))
    }

    pub(super) fn shows(title: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            output: Some(Output {
                title: title.into(),
                text: text.into(),
            }),
            ..Self::default()
        }
    }
}
