//! What is said to a line of practice, as data.

use crate::asking::Feedback;
use crate::explain::{Line, Role, Text};

/// What is said to a line; each frontend shows as much of it as it has no other place for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// What a round is called, at its beginning.
    pub title: Option<&'static str>,
    /// What can be typed, where that is asked for.
    pub help: Vec<Line>,
    /// What is said about an answer or to help with one, and what is asked now of the same problem.
    pub feedback: Option<Feedback>,
    /// The problem that is asked from here on.
    pub problem: Option<Asked>,
    /// What the round has come to, once it is over.
    pub summary: Option<Text>,
    /// What there is to tell about keeping progress.
    pub notice: Option<String>,
}

/// A problem that is asked from here on.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// A worked example of its kind, where the topic is new.
    pub example: Vec<Line>,
    /// Which problem it is.
    pub heading: String,
    /// The problem.
    pub lines: Vec<Line>,
}

impl Reply {
    /// Whether the round is over.
    pub fn is_over(&self) -> bool {
        self.summary.is_some()
    }

    /// Everything, one thing after another.
    pub fn text(&self) -> Text {
        let problem = self.problem.as_ref();
        let problem = problem.map_or_else(Vec::new, |asked| {
            let heading = Line::new().with(asked.heading.clone(), Role::Heading);
            apart([
                asked.example.clone(),
                [vec![heading], asked.lines.clone()].concat(),
            ])
        });
        let title = (self.title).map(|title| Line::new().with(title, Role::Heading));
        let feedback = self.feedback.iter().flat_map(Feedback::text);
        let said = title.into_iter().chain(self.help.clone()).chain(feedback);
        let summary = self.summary.as_ref();
        let summary = summary.map_or_else(Vec::new, |summary| summary.lines.clone());
        let mut lines = apart([apart([said.collect(), problem]), summary]);
        lines.extend(self.notice.clone().map(Line::plain));
        lines.into()
    }
}

impl From<Feedback> for Reply {
    fn from(feedback: Feedback) -> Self {
        Self {
            feedback: Some(feedback),
            ..Self::default()
        }
    }
}

/// One thing and another, with a blank line between them where both say anything.
fn apart([mut first, second]: [Vec<Line>; 2]) -> Vec<Line> {
    if !first.is_empty() && !second.is_empty() {
        first.push(Line::new());
    }
    first.extend(second);
    first
}
