//! What comes of a command, in typed parts. Each frontend makes its words and windows of them; nothing that is shown
//! is read back.

use super::learner::CourseLesson;
use super::table::Table;
use crate::asking::{Feedback, Waiting};
use crate::command::{Leaving, Refusal, ScreenAction};
use crate::explain::{Line, Role, Text, plural};

/// What comes of a command, in the order in which it is said and done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// The parts; none where the screen says it all.
    pub parts: Vec<Part>,
}

/// What comes of a command, or why it cannot be done; then nothing has changed.
pub(super) type Done = Result<Outcome, Refusal>;

/// A part of what comes of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A short message.
    Reply(Line),
    /// Something longer to read.
    Reading(Reading),
    /// The page's exercise is asked.
    Question(Waiting),
    /// What is said to an answer, a hint, or the solution.
    Feedback(Feedback),
    /// Every key, and first what can be done here and now.
    Keys,
    /// The lessons of the course.
    Lessons(Vec<CourseLesson>),
    /// Something is to be done only if the learner says so once more.
    Confirmation(Confirmation),
    /// A script has been run.
    Script(Script),
    /// A setting has been turned: what has become of the run, and what had before, for whoever has no legend.
    Turned(Vec<Line>),
    /// What has happened while a run was played and has not stopped it, for whoever has not seen it.
    Played(Vec<Line>),
    /// A screen is to do something; the sitting knows of none.
    Screen(ScreenAction),
    /// Another lesson has been opened, and nothing is as it was.
    Opened,
    /// The learner wants to leave.
    Leave(Leaving),
}

/// How the learner is told of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In a message.
    Said,
    /// It is read.
    Read,
    /// A screen shows it; who has none hears of it.
    Heard,
    /// Not at all: something is done.
    Done,
}

/// Something longer to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it is.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a reading.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Lines of text.
    Lines(Vec<Line>),
    /// Lines of a lesson, which tell what to press and to type.
    Instructions(Vec<Line>),
    /// What a table below shows, for whoever hears it.
    Told(Vec<Line>),
    /// Values side by side.
    Table(Table),
    /// Runs that parted from one another.
    Tree(Tree),
}

/// A branch, and those that parted from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// What there is to say of it.
    pub line: Line,
    /// Whether it is the current one.
    pub is_current: bool,
    /// Those that parted from it.
    pub children: Vec<Tree>,
}

/// A question whether something is to be done that nothing brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The question.
    pub title: String,
    /// What would come of it.
    pub about: &'static str,
    /// What would be done, in words that go on from "Press y to".
    pub deed: &'static str,
    /// The command that does it.
    pub command: String,
}

/// A script that has been run.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Its file.
    pub file: String,
    /// What came of its commands.
    pub parts: Vec<Part>,
}

impl Reading {
    /// Lines to read.
    pub fn new(title: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            title: title.into(),
            blocks: vec![Block::Lines(text.into().lines)],
        }
    }
}

/// More rows than these of what several commands say are not read by anybody.
const MOST_ROWS: usize = 20_000;

/// What several commands say, one after another, as far as there is room for it.
#[derive(Debug, Default)]
pub(super) struct Said {
    outcome: Outcome,
    rows: usize,
    left_out: usize,
}

impl Said {
    pub fn add(&mut self, next: Outcome) {
        for part in next.parts {
            let rows = part.rows();
            if rows > 0 && self.rows >= MOST_ROWS {
                self.left_out += 1;
            } else {
                self.rows += rows;
                self.outcome.parts.push(part);
            }
        }
    }

    pub fn into_outcome(self) -> Outcome {
        let left_out = (self.left_out > 0).then(|| {
            let count = self.left_out;
            let messages = plural(count as u64, "message");
            format!("That is more than can be read: {count} later {messages} left out.")
        });
        self.outcome.and(Outcome::maybe(left_out))
    }
}

impl Part {
    /// Who is told of it, and how.
    pub fn told(&self) -> Told {
        match self {
            Self::Reply(_) => Told::Said,
            Self::Reading(_)
            | Self::Question(_)
            | Self::Feedback(_)
            | Self::Keys
            | Self::Lessons(_)
            | Self::Confirmation(_)
            | Self::Script(_) => Told::Read,
            Self::Turned(_) | Self::Played(_) => Told::Heard,
            Self::Screen(_) | Self::Opened | Self::Leave(_) => Told::Done,
        }
    }

    /// About how many rows, or cells of tables, it has.
    fn rows(&self) -> usize {
        match self {
            Self::Reply(_) | Self::Keys | Self::Screen(_) | Self::Confirmation(_) => 1,
            Self::Reading(reading) => reading.blocks.iter().map(Block::rows).sum(),
            Self::Question(question) => question.lines.len(),
            Self::Feedback(feedback) => {
                let next = feedback.next.as_ref().map_or(0, |next| next.lines.len());
                feedback.lines.len() + next
            }
            Self::Lessons(lessons) => lessons.len(),
            Self::Turned(lines) | Self::Played(lines) => lines.len(),
            Self::Script(script) => 1 + script.parts.iter().map(Self::rows).sum::<usize>(),
            Self::Opened | Self::Leave(_) => 0,
        }
    }
}

impl Block {
    fn rows(&self) -> usize {
        match self {
            Self::Lines(lines) | Self::Instructions(lines) | Self::Told(lines) => lines.len(),
            Self::Table(table) => table.rows.len() * table.columns.len(),
            Self::Tree(tree) => tree.rows(),
        }
    }
}

impl Tree {
    fn rows(&self) -> usize {
        1 + self.children.iter().map(Self::rows).sum::<usize>()
    }
}

impl From<Part> for Outcome {
    fn from(part: Part) -> Self {
        Self { parts: vec![part] }
    }
}

impl Outcome {
    /// Of these parts.
    pub fn of(parts: impl IntoIterator<Item = Part>) -> Self {
        Self {
            parts: parts.into_iter().collect(),
        }
    }

    pub(super) fn says(message: impl Into<Line>) -> Self {
        Part::Reply(message.into()).into()
    }

    /// What there is to say, where there is anything.
    pub(super) fn maybe(message: Option<String>) -> Self {
        message.map_or_else(Self::default, Self::says)
    }

    pub(super) fn shows(title: impl Into<String>, text: impl Into<Text>) -> Self {
        Part::Reading(Reading::new(title, text)).into()
    }

    pub(super) fn reads(title: impl Into<String>, blocks: Vec<Block>) -> Self {
        let title = title.into();
        Part::Reading(Reading { title, blocks }).into()
    }

    pub(super) fn and(mut self, next: impl Into<Self>) -> Self {
        self.parts.extend(next.into().parts);
        self
    }

    /// Every part, those of scripts in their place.
    pub fn all(&self) -> impl Iterator<Item = &Part> {
        all(&self.parts).into_iter()
    }

    /// The short messages as one line; without a piece where there is none.
    pub fn message(&self) -> Line {
        let said = self.parts.iter().filter_map(|part| {
            let Part::Reply(line) = part else { return None };
            Some(line.clone())
        });
        let joined = said.reduce(|first, next| first.with(" ", Role::Plain).joined(next));
        joined.unwrap_or_default()
    }

    /// The parts that say something.
    pub(super) fn to_read(&self) -> Vec<&Part> {
        let says = |part: &&Part| match part.told() {
            Told::Said | Told::Read => true,
            Told::Heard | Told::Done => false,
        };
        self.parts.iter().filter(says).collect()
    }

    /// What a screen is to do, in order.
    pub fn actions(&self) -> impl Iterator<Item = ScreenAction> {
        self.all().filter_map(|part| {
            let Part::Screen(action) = part else {
                return None;
            };
            Some(*action)
        })
    }

    /// What became of the run, and of the one before, in a line each where a setting has been turned.
    pub fn turned(&self) -> impl Iterator<Item = &Line> {
        let last = self.all().filter_map(|part| {
            let Part::Turned(lines) = part else {
                return None;
            };
            Some(lines)
        });
        last.last().into_iter().flatten()
    }

    /// The last of what is to be done only if the learner says so once more.
    pub fn asked(&self) -> Option<&Confirmation> {
        self.parts.iter().rev().find_map(|part| {
            let Part::Confirmation(asked) = part else {
                return None;
            };
            Some(asked)
        })
    }

    /// Whether another lesson has been opened.
    pub fn opens(&self) -> bool {
        self.all().any(|part| *part == Part::Opened)
    }

    /// Where the learner wants to go, where they want to leave.
    pub fn leaving(&self) -> Option<Leaving> {
        let leaving = self.all().filter_map(|part| {
            let Part::Leave(leaving) = part else {
                return None;
            };
            Some(*leaving)
        });
        leaving.last()
    }
}

fn all<'a>(parts: &'a [Part]) -> Vec<&'a Part> {
    let inner = |part: &'a Part| {
        if let Part::Script(script) = part {
            all(&script.parts)
        } else {
            vec![part]
        }
    };
    parts.iter().flat_map(inner).collect()
}
