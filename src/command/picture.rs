//! The pictures that a lesson's run can be looked at in, and how their tables are put in order.

use super::arguments::{Arguments, Word, choice};
use super::{Choice, Command, Complaint, advise};

/// A picture of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A parameter over the updates, on every branch.
    History,
    /// Nodes and edges, with the numbers of the item.
    Network,
    /// Every parameter and what the update does to it.
    Weights,
    /// Error and accuracy over the epochs.
    Errors,
    /// The plane of two inputs, by the answer to each point.
    Decision,
    /// The answer to every item.
    Predictions,
    /// The loss as a curve or as contours, with the way that each run has gone.
    Surface,
    /// Delta beside the momentum term, update by update.
    Terms,
    /// Which learning rates and momenta settle, and where this run stands.
    Stability,
    /// The last sweep, cell by cell.
    Sweep,
}

impl Picture {
    /// Every picture, in the order in which they are gone through.
    pub const ALL: [Self; 10] = [
        Self::Network,
        Self::Weights,
        Self::Errors,
        Self::Decision,
        Self::Predictions,
        Self::Surface,
        Self::History,
        Self::Terms,
        Self::Stability,
        Self::Sweep,
    ];

    /// The name that commands know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Network => "network",
            Self::Weights => "weights",
            Self::Errors => "errors",
            Self::Decision => "decision",
            Self::Predictions => "predictions",
            Self::Surface => "surface",
            Self::Terms => "terms",
            Self::Stability => "stability",
            Self::Sweep => "sweep",
        }
    }

    /// The name as a title.
    pub fn title(self) -> &'static str {
        match self {
            Self::History => "History",
            Self::Network => "Network",
            Self::Weights => "Weights",
            Self::Errors => "Errors",
            Self::Decision => "Decision",
            Self::Predictions => "Predictions",
            Self::Surface => "Surface",
            Self::Terms => "Terms",
            Self::Stability => "Stability",
            Self::Sweep => "Sweep",
        }
    }
}

/// A column of the table of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Column {
    /// The parameter, in the order of the lesson.
    #[default]
    Name,
    /// The weight before the update.
    Before,
    /// Its gradient.
    Gradient,
    /// Its plain step.
    Delta,
    /// What the memory adds.
    MomentumTerm,
    /// Delta + momentum term.
    Change,
    /// Change / downhill gradient.
    EffectiveRate,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Before,
        Self::Gradient,
        Self::Delta,
        Self::MomentumTerm,
        Self::Change,
        Self::EffectiveRate,
    ];

    /// The name that commands know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Before => "before",
            Self::Gradient => "gradient",
            Self::Delta => "delta",
            Self::MomentumTerm => "momentum_term",
            Self::Change => "change",
            Self::EffectiveRate => "effective_rate",
        }
    }

    /// The name in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::MomentumTerm => "momentum term",
            Self::EffectiveRate => "effective rate",
            other => other.name(),
        }
    }
}

/// Which rows of a table are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    Off,
    /// Those of the next layer of parameters; after the last, all of them.
    Next,
    /// Those whose name has this text in it.
    Text(String),
}

pub(super) fn parse_picture(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Picture(Choice::Next));
    };
    match word.text {
        "next" => Ok(Command::Picture(Choice::Next)),
        "previous" => Ok(Command::Picture(Choice::Previous)),
        text => Err(word.complaint(
            format!("`{text}` is no way to go through the pictures"),
            "`view picture next` or `view picture previous`; one by its name is `view history`",
        )),
    }
}

pub(super) fn picture_called(name: &str) -> Option<Picture> {
    Picture::ALL
        .into_iter()
        .find(|picture| picture.name() == name)
}

pub(super) fn parse_sort(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let names = Column::ALL.map(Column::name).join(", ");
    let word = arguments.need("the column to sort by", &format!("one of {names}"))?;
    let column = choice(&word, "column", &Column::ALL, Column::name)?;
    let rising = match arguments.peek().map_or("", |word| word.text) {
        "up" => true,
        "down" | "" => false,
        other => {
            let word = arguments.need("", "")?;
            return Err(wrong_order(&word, other));
        }
    };
    arguments.next_word();
    Ok(Command::Sort(column, rising))
}

fn wrong_order(word: &Word, text: &str) -> Complaint {
    word.complaint(
        format!("`{text}` is no order to sort in"),
        advise(text, ["up", "down"]),
    )
}

pub(super) fn parse_filter(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need_rest(
        "what to look for",
        "a part of the names, such as `filter ho`; `filter off` shows all",
    )?;
    Ok(Command::Filter(match word.text {
        "off" => Filter::Off,
        "next" => Filter::Next,
        text => Filter::Text(text.to_owned()),
    }))
}
