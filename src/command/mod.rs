//! Floor 2: the command language, as one table.
//!
//! Owns what can be said and how: the commands, the table that parsing, help and completion are generated from, and
//! the keys that stand for command lines. Knows nothing of what a command does; the session carries them out.

mod arguments;
mod complaint;
mod complete;
mod help;
mod keys;
mod lookout;
mod meaning;
mod parse;
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

pub(crate) use arguments::offset;
pub use arguments::{shortened, without_comment};
use complaint::meant;
pub use complaint::{Complaint, advise, closest, one_of};
pub use complete::{Candidate, Completion, complete, names_a_file};
pub use help::{commands_help, keys_help, keys_of, nothing_here, row_help};
pub use keys::{
    BINDINGS, Binding, Deed, Editing, Hint, Home, Occasion, Offer, On, Reach, Way, deed, hints,
    key_for, key_label, letter_for, meant_by, meant_key,
};
pub use lookout::Lookout;
pub use meaning::{Command, Effect};
pub use parse::{
    begins_a_command, begins_a_number, is_enter, last_part, parse, phrase, script_lines,
};
pub use phrase::{Phrase, Variable};
pub use picture::{Column, Filter, Picture, PictureOf};
pub use playing::{Played, Playing, Speed};
pub use practice::{PRACTICE_WORDS, Practised, practised};
pub use range::Spaced;
pub use refusal::{Preview, Refusal, complaint, refused};
pub use scope::{Scope, Until, When};
pub use seeing::{Pan, Plotted, Plotting, Spacing, Zoom};
pub use setting::is_setting;
pub use table::{Group, Row, TABLE};
pub use theme::Theme;

use crate::explain::{Digits, Quantity};
use crate::math::expression::Decimal;
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
