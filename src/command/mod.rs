//! Floor 2: the command language, as one table.
//!
//! Owns what can be said and how: the commands, the table that parsing, help and completion are generated from, and
//! the keys that stand for command lines. Knows nothing of what a command does; the session carries them out.

mod arguments;
mod complete;
mod help;
mod keys;
mod meaning;
mod phrase;
mod picture;
mod playing;
mod practice;
mod range;
mod readers;
mod refusal;
mod scope;
mod seeing;
mod setting;
mod table;
mod theme;
mod trying;

use std::ops::Range;

pub(crate) use arguments::offset;
pub use arguments::{shortened, without_comment};
pub use complete::{Candidate, Completion, complete, names_a_file};
pub use help::{commands_help, dead_key, keys_help, keys_of, row_help};
pub use keys::{
    BINDINGS, Binding, Deed, Hint, Home, Occasion, On, Reach, Way, deed, hints, key_for, key_label,
    meant_by, meant_key,
};
pub use meaning::{Command, Effect};
pub use phrase::{Phrase, Variable};
pub use picture::{Column, Filter, Picture, PictureOf};
pub use playing::{Played, Playing, Speed};
pub use practice::{PRACTICE_WORDS, Practised, practised};
pub use range::Spaced;
pub use refusal::{Preview, Refusal, complaint, refused};
pub use scope::{Lookout, Scope, When};
pub use seeing::{Pan, Plotted, Plotting, Spacing, Zoom};
pub use setting::is_setting;
pub use table::{Group, Row, TABLE};
pub use theme::Theme;

use crate::explain::{Digits, Quantity, shown};
use crate::math::expression::{Decimal, Kind, last_side, plain};
use crate::math::{Convention, Rule};
use crate::timeline::{Change, Swept};

/// Settings to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparing {
    /// For each run a learning rate, a momentum or a rule, and what its branch is called.
    pub settings: Vec<(Change, String)>,
    /// What they are to come to.
    pub until: Option<Phrase>,
    /// After so many updates at the latest.
    pub most: Option<u64>,
}

/// What `sweep` goes through.
#[derive(Debug, Clone, PartialEq)]
pub enum Sweeping {
    /// These values, to a condition and at most so many updates.
    Begin {
        /// One setting or two.
        axes: Vec<(Swept, Spaced)>,
        /// What the runs are to come to.
        until: Option<Phrase>,
        /// After so many updates at the latest.
        most: Option<u64>,
    },
    /// Show the last one again.
    Show,
    /// Read the cell beside the one that is read.
    Move {
        /// Columns to the right.
        across: i32,
        /// Rows up.
        up: i32,
    },
    /// Open the cell that is read as a branch.
    Open,
}

/// What a move is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A line of a derivation.
    Line,
    /// A whole update.
    Update,
    /// A whole pass over the items.
    Epoch,
}

/// Which parameter to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// This one, by its index.
    Parameter(usize),
    /// The one after, in their order; after the last, the first.
    Next,
    /// The one before.
    Previous,
    /// In a network, the weight that comes from the node above.
    Up,
    /// The one that comes from the node below; after the last, the bias.
    Down,
    /// The one that leads to the node before, and from the first node of a layer to the last of the layer before.
    Left,
    /// The one that leads to the node after.
    Right,
}

/// A place in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// Before the first update.
    Start,
    /// After the last update that has a gradient.
    End,
    /// After so many updates.
    Step(u64),
}

/// One of several, by itself or by its place in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice<T> {
    /// This one.
    This(T),
    /// The one after the current; after the last, the first.
    Next,
    /// The one before the current; before the first, the last.
    Previous,
}

/// A number, or the next one on the ladder of sensible values.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// What this expression comes to.
    Value(Phrase),
    /// The next larger sensible value.
    Up,
    /// The next smaller sensible value.
    Down,
}

/// What `set` sets, and to what.
#[derive(Debug, Clone, PartialEq)]
pub enum Assignment {
    /// The learning rate; 0 or more.
    LearningRate(Amount),
    /// The momentum; 0 or more.
    Momentum(Amount),
    /// The update rule.
    Rule(Choice<Rule>),
    /// The sign that gradients are written with.
    Convention(Choice<Convention>),
    /// The gradient of the next update, in the convention in force.
    Gradient(Phrase),
    /// The previous delta.
    PreviousDelta(Phrase),
    /// How many significant digits are shown.
    Digits(Digits),
    /// The seed of the random numbers.
    Seed(u64),
    /// A parameter, by its index.
    Parameter(usize, Phrase),
    /// The colours of the screen.
    Theme(Theme),
    /// Whether a run that is played is seen to move.
    Motion(bool),
}

impl Assignment {
    /// What it gives a number to that is otherwise learned, where it does.
    pub fn by_hand(&self) -> Option<&'static str> {
        match self {
            Self::Parameter(..) => Some("a weight"),
            Self::Gradient(_) => Some("a gradient"),
            Self::PreviousDelta(_) => Some("what is remembered"),
            Self::LearningRate(_)
            | Self::Momentum(_)
            | Self::Rule(_)
            | Self::Convention(_)
            | Self::Digits(_)
            | Self::Seed(_)
            | Self::Theme(_)
            | Self::Motion(_) => None,
        }
    }
}

/// What `why` explains.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// The line shown last.
    Last,
    /// A quantity of the update on the screen.
    Quantity(Quantity),
    /// An expression.
    Phrase(Phrase),
}

/// What `show` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowTopic {
    /// Where one is, and every setting.
    State,
    /// The gradients, update by update.
    Gradients,
    /// The page's text.
    Lesson,
    /// The code of the update.
    Code,
    /// What a picture shows.
    Picture(Picture),
}

/// What a screen does; without one, there is nothing of it to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenAction {
    /// Bring a pane into view: the one that shows a topic, or the one after or before.
    View(Choice<ShowTopic>),
    /// Give the pane in view the whole screen, or give it back.
    Whole,
    /// Scroll the pane in view by so many lines.
    Scroll(Way, usize),
    /// Scroll to the next item that is answered wrong.
    ScrollToWrong,
    /// Take the mouse, or leave it to the terminal so that text can be selected; `None` for the other of both.
    Mouse(Option<bool>),
    /// Copy what a pane says: the one that shows a topic, or the one in focus.
    Copy(Option<ShowTopic>),
    /// Be drawn in other colours.
    Theme(Theme),
    /// Hand the terminal back to the shell until the program is woken.
    Sleep,
}

/// Where a learner goes who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Back to where they came from: the menu, or the shell.
    Here,
    /// Out of the tutor, wherever they came from.
    Tutor,
}

/// What to do with the record of the learner's progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgressAction {
    /// Show it.
    Show,
    /// Ask whether it is to be forgotten: of one lesson, by its name or file, or of all.
    AskReset(Option<String>),
    /// Forget it.
    Reset(Option<String>),
}

/// Which lines are asked for before they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Predicting {
    /// None.
    #[default]
    Off,
    /// Every line.
    On,
    /// Of the first update none, of the second the last line, of the third the last two, and so on.
    Fading,
}

/// Which page to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageChoice {
    /// The one being read, again.
    Current,
    /// The one after.
    Next,
    /// The one before.
    Previous,
    /// Number so and so, from 1.
    Number(usize),
}

/// The names that commands may mention, as the lesson has them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vocabulary<'a> {
    /// The parameters, in their order.
    pub parameters: &'a [String],
    /// The branches.
    pub branches: &'a [&'a str],
    /// How many pages the lesson has.
    pub pages: usize,
    /// The lessons that come with the program.
    pub lessons: &'a [&'a str],
    /// The nodes of each layer of the network; none without one.
    pub layers: &'a [usize],
    /// The figures over all items that there are: loss, mse, accuracy.
    pub metrics: &'a [&'a str],
    /// What decimals begin with.
    pub decimal: Decimal,
}

impl Vocabulary<'_> {
    /// The index of a parameter. Where there is but one, it is also known as `w` and `weight`, whatever its name.
    pub fn parameter(&self, name: &str) -> Option<usize> {
        let named = self.parameters.iter().position(|known| known == name);
        let only = || (self.parameters.len() == 1 && matches!(name, "w" | "weight")).then_some(0);
        named.or_else(only)
    }
}

/// Why a line is not understood: what is wrong, where, and what would work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Complaint {
    /// The bytes of the line that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub advice: String,
    /// Whether the message begins with the place in a script where this was met.
    pub is_placed: bool,
}

impl Complaint {
    /// What is wrong with some bytes of a line, and what would work.
    pub fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            advice: advice.into(),
            is_placed: false,
        }
    }

    /// What is wrong and what would work, in one line.
    pub fn with_advice(&self) -> String {
        format!("{}: {}", self.message, self.advice)
    }

    /// The same about a longer line, in which the one it was about begins so many bytes later.
    #[must_use]
    pub fn shifted(self, bytes: usize) -> Self {
        Self {
            span: self.span.start + bytes..self.span.end + bytes,
            ..self
        }
    }

    /// The same, with what was meant and why it came out otherwise, where that is known.
    #[must_use]
    pub fn told(self, meant: Option<(String, String)>) -> Self {
        let advice = meant.map(|(why, meant)| format!("{why}; did you mean `{meant}`?"));
        Self {
            advice: advice.unwrap_or(self.advice),
            ..self
        }
    }

    /// The same, with words for what cannot be seen of the line that it quotes.
    #[must_use]
    pub fn printable(self) -> Self {
        Self {
            message: shown(&self.message),
            advice: shown(&self.advice),
            ..self
        }
    }
}

/// Understands one line. `None` for an empty line or a comment.
///
/// # Errors
/// Where the line is no command; nothing has been done.
pub fn parse(line: &str, vocabulary: &Vocabulary) -> Result<Option<Command>, Complaint> {
    parse_words(line, vocabulary).map_err(|complaint| {
        let is_meant = |line: &str| parse_words(line, vocabulary).is_ok();
        let first = line.split_whitespace().next().unwrap_or(line);
        // The tutor's own symbols are Greek letters.
        let meant = match Quantity::meant(first) {
            Some(_) => None,
            None => meant_by(line.trim(), is_meant).or_else(|| meant_by(first, is_meant)),
        };
        complaint.told(meant).printable()
    })
}

fn parse_words(line: &str, vocabulary: &Vocabulary) -> Result<Option<Command>, Complaint> {
    // The bar of the full screen is opened by a colon, and who is told so may type it anywhere.
    if let Some(rest) = line.trim_start().strip_prefix(':') {
        let colon = line.len() - rest.len();
        return parse_words(rest, vocabulary).map_err(|complaint| complaint.shifted(colon));
    }
    let mut arguments = arguments::Arguments::new(line, vocabulary);
    let Some(word) = arguments.next_word() else {
        return Ok(None);
    };
    // A key of the full screen, typed as a line, does what the key does.
    if let Some(line) = key_line(arguments::without_comment(line).trim()) {
        return parse_words(line, vocabulary);
    }
    let row = table::find(&word)?;
    let command = (row.parse)(&mut arguments)?;
    arguments.finish(row)?;
    Ok(Some(command))
}

/// Understands an expression that must come to what is wanted.
///
/// # Errors
/// Where it is none, or comes to something else.
pub fn phrase(text: &str, kind: Kind, vocabulary: &Vocabulary) -> Result<Phrase, Complaint> {
    arguments::phrase(&arguments::Word::within(text, text), kind, vocabulary)
}

/// Whether a text begins as a number or an expression does, or is an equation, and no command.
pub fn begins_a_number(text: &str) -> bool {
    let begins = |plain: &str| {
        plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '('))
    };
    let (first, last) = (text.split(['=', '＝', '≈']).next(), last_side(text));
    let first = first.map_or(text, str::trim);
    let is_equation = last.len() < text.len() && begins(&plain(last.trim_start()));
    begins(&plain(text)) || is_equation && (first.is_empty() || Quantity::meant(first).is_some())
}

/// The line that a key stands for, by its character or its name, as in `]`, `Page Down` and `press x`; unless that is a
/// command.
fn key_line(text: &str) -> Option<&'static str> {
    let is_name = |row: &Row| row.name == text || row.short == text;
    if TABLE.iter().any(is_name) {
        return None;
    }
    let named = text.strip_prefix("press ").unwrap_or(text).trim();
    let named = if named.chars().count() == 1 {
        named.to_owned()
    } else {
        keys::by_name(named)?
    };
    let on = |on| match keys::deed(&named, on) {
        Some(Deed::Command(line)) => Some(line),
        _ => None,
    };
    on(keys::On::Lesson).or_else(|| on(keys::On::Question))
}

/// Where the semicolons between the commands of a line stand: those in parentheses part what a function takes.
fn semicolons(line: &str) -> Vec<usize> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, character) in line.char_indices() {
        match character {
            '(' => open.push(found.len()),
            ')' => found.truncate(open.pop().unwrap_or(found.len())),
            ';' => found.push(at),
            _ => {}
        }
    }
    found
}

/// Where the last command of a line begins.
pub fn last_part(line: &str) -> usize {
    semicolons(line).last().map_or(0, |at| at + 1)
}

/// The commands of a line, between semicolons.
fn parts(line: &str) -> Vec<&str> {
    let ends = semicolons(line).into_iter().chain([line.len()]);
    let mut start = 0;
    let part = |end| {
        let part = &line[start..end];
        start = end + 1;
        part
    };
    ends.map(part).collect()
}

/// The command lines of a script: lines, and parts of lines between semicolons, each with its line number from 1.
pub fn script_lines(script: &str) -> impl Iterator<Item = (usize, &str)> {
    script.lines().enumerate().flat_map(|(index, line)| {
        let parts = parts(arguments::without_comment(line)).into_iter();
        parts
            .filter(|part| !part.trim().is_empty())
            .map(move |part| (index + 1, part))
    })
}

/// The name closest to `wrong`, where one is close enough to have been meant.
pub fn closest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let near = |name: &&str| {
        // Comparing takes long where one is endless, and then no slip of the finger.
        if wrong.len() > 2 * name.len() + 8 {
            return false;
        }
        strsim::jaro_winkler(&wrong, &name.to_lowercase()) > 0.75
            // One character more or less is four bytes at most.
            || (wrong.len().abs_diff(name.len()) <= 4
                && strsim::damerau_levenshtein(&wrong, name) <= 1)
    };
    let score = |name: &&str| strsim::jaro_winkler(&wrong, &name.to_lowercase());
    names
        .into_iter()
        .filter(near)
        .max_by(|a, b| score(a).total_cmp(&score(b)))
}

/// "did you mean `x`?", where a name is close enough.
fn meant<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

/// "did you mean `x`?", or else the whole list.
pub fn advise<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(advice) = meant(wrong, names.clone()) {
        return advice;
    }
    let all: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match all.as_slice() {
        [only] => format!("{only} is what can stand here"),
        several => format!("one of {}", several.join(", ")),
    }
}
