//! What is said to an answer, as data: what it is worth, what is said about it, and what is asked now.

use crate::exercise::{Misconception, Skill, Tried};
use crate::explain::Line;

/// What an answer is worth, and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What it is worth.
    pub mark: Mark,
    /// What is said about it.
    pub feedback: Feedback,
    /// What it tells of a skill, where it does.
    pub skill: Option<(Skill, Tried)>,
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// It is right.
    Right {
        /// Whether digits have been left out.
        rounded: bool,
        /// Whether it had been on the screen.
        seen: bool,
    },
    /// It may be right, and says too little.
    MoreDigits {
        /// So many significant digits are enough.
        least: u8,
    },
    /// It is wrong.
    Wrong {
        /// The slips that explain it.
        slips: Vec<&'static Misconception>,
        /// Whether arithmetic is to blame, and not understanding.
        near: bool,
    },
}

/// Something said, after which another question may be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// What it is.
    pub kind: FeedbackKind,
    /// What is said.
    pub lines: Vec<Line>,
    /// What is asked now.
    pub next: Option<Next>,
}

/// What is said to a learner who answers, or asks for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackKind {
    /// That an answer is right.
    Right,
    /// What is wrong with an answer, or what it still lacks.
    NotYet,
    /// A hint.
    Hint,
    /// The answer, and how it is found.
    Solution,
}

/// A question in another form than the one just answered or given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// Why it is asked.
    pub lead: Lead,
    /// The question; nothing where it stays as it is.
    pub lines: Vec<Line>,
}

/// What leads to a question in another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Several slips explain an answer.
    TellsApart,
    /// They have been told apart, and the first question comes again.
    FirstAgain,
    /// The answer has been told; the numbers are others now,
    OtherNumbers,
    /// or options stand in another order,
    OtherOrder,
    /// or lines have other letters,
    OtherLetters,
    /// or other settings are asked for.
    OtherSettings,
}

impl Judgement {
    /// What is said about a wrong answer that no slip explains.
    pub(super) fn wrong(lines: Vec<Line>) -> Self {
        let mark = Mark::Wrong {
            slips: Vec::new(),
            near: false,
        };
        Self::new(mark, lines)
    }

    /// What is said about a right answer that was no number.
    pub(super) fn right(lines: Vec<Line>) -> Self {
        let mark = Mark::Right {
            rounded: false,
            seen: false,
        };
        Self::new(mark, lines)
    }

    pub(super) fn new(mark: Mark, lines: Vec<Line>) -> Self {
        let kind = match mark {
            Mark::Right { .. } => FeedbackKind::Right,
            Mark::MoreDigits { .. } | Mark::Wrong { .. } => FeedbackKind::NotYet,
        };
        Self {
            mark,
            feedback: Feedback::new(kind, lines),
            skill: None,
        }
    }

    /// The slip that explains a wrong answer, where a single one does.
    pub fn slip(&self) -> Option<&'static Misconception> {
        match &self.mark {
            Mark::Wrong { slips, near: false } => match slips.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            Mark::Wrong { .. } | Mark::Right { .. } | Mark::MoreDigits { .. } => None,
        }
    }

    /// Whether the answer is to the question itself, and right.
    pub fn solves(&self) -> bool {
        matches!(self.mark, Mark::Right { .. }) && self.feedback.next.is_none()
    }
}

impl Feedback {
    /// Something after which nothing else is asked.
    pub fn new(kind: FeedbackKind, lines: Vec<Line>) -> Self {
        Self {
            kind,
            lines,
            next: None,
        }
    }

    /// What is said and then asked.
    pub fn text(&self) -> Vec<Line> {
        let mut lines = self.lines.clone();
        if let Some(next) = &self.next {
            lines.extend(next.leading(!next.lines.is_empty()));
            if next.lead == Lead::TellsApart {
                lines.push(Line::new());
            }
            lines.extend_from_slice(&next.lines);
        }
        lines
    }

    /// What is said, for those who have the question in sight.
    pub fn beside(&self) -> Vec<Line> {
        let mut lines = self.lines.clone();
        lines.extend(self.next.iter().flat_map(|next| next.leading(false)));
        lines
    }
}

impl Next {
    /// The sentence that leads to the question, which may follow below it.
    fn leading(&self, question_follows: bool) -> Vec<Line> {
        let (words, announces) = match self.lead {
            Lead::TellsApart => ("Another question shows which it is", false),
            Lead::FirstAgain => ("So you know how. Here is the first question again", true),
            Lead::OtherNumbers => ("Now you, with other numbers", true),
            Lead::OtherOrder => ("Now you, in another order", true),
            Lead::OtherLetters => ("Now you. The lines have other letters", true),
            Lead::OtherSettings => (
                "Now find another way: reach it with other settings than these",
                false,
            ),
        };
        let end = if announces && question_follows {
            ':'
        } else {
            '.'
        };
        let sentence = Line::plain(format!("{words}{end}"));
        // What tells slips apart belongs to what has been said about them.
        let apart = (self.lead != Lead::TellsApart).then(Line::new);
        apart.into_iter().chain([sentence]).collect()
    }
}
