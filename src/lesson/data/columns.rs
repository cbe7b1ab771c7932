//! Which columns of a data file are what, and how its cells are written.

use crate::command::{advise, one_of};
use crate::explain::{Decimal, number};
use crate::math::named;

/// Which columns of a file are what, and how its cells are written.
pub(in crate::lesson) struct Columns {
    pub inputs: Vec<String>,
    pub targets: TargetColumns,
    pub style: Style,
}

impl Columns {
    /// The names of all columns that are wanted.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        let targets = match &self.targets {
            TargetColumns::Amounts(names) => names.as_slice(),
            TargetColumns::Classes { column, .. } => std::slice::from_ref(column),
        };
        self.inputs.iter().chain(targets)
    }
}

/// Where the targets come from.
pub(in crate::lesson) enum TargetColumns {
    /// A column each.
    Amounts(Vec<String>),
    /// A column that names the class.
    Classes {
        column: String,
        /// What the data call them, in their order.
        labels: Vec<Label>,
        /// The targets of an item of each.
        targets: Vec<Vec<f64>>,
    },
}

/// How the cells of files are written.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::lesson) struct Style {
    /// What stands between cells; `None` where the line of names tells.
    pub separator: Option<Separator>,
    pub decimal: Decimal,
    pub missing: Missing,
}

named! {
    /// What stands between cells.
    Separator {
        Comma = ",",
        Semicolon = ";",
        Tab = "tab",
    }
}

impl Separator {
    pub fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }

    /// Several of them, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Comma => "commas",
            Self::Semicolon => "semicolons",
            Self::Tab => "tabs",
        }
    }
}

/// A cell as a number; the other sign before decimals is none.
pub(in crate::lesson) fn number_in(decimal: Decimal, cell: &str) -> Option<f64> {
    let is_other = decimal == Decimal::Comma && cell.contains('.');
    number::parse_in(decimal, cell).filter(|_| !is_other)
}

named! {
    /// What becomes of rows that miss something.
    #[derive(Default)]
    Missing {
        #[default]
        Refuse = "refuse",
        Skip = "skip",
    }
}

/// What can stand in the place of a name. Short names and numbers are all as near to one another.
pub(in crate::lesson) fn among<'a>(
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> String {
    if name.chars().count() > 2 && number::parse(name).is_none() {
        advise(name, names)
    } else {
        one_of(names)
    }
}

/// What is written where there is no value, as the programs write it that data come from.
pub(in crate::lesson) const NOTHING: [&str; 11] = [
    "", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "?",
];

/// What the data call a class.
pub(in crate::lesson) struct Label {
    pub text: String,
    number: Option<f64>,
}

impl Label {
    pub fn new(text: String) -> Self {
        let number = number::parse(&text);
        Self { text, number }
    }

    /// Whether this is the same word, or the same number: `1.0` is 1.
    pub fn is(&self, text: &str, number: Option<f64>) -> bool {
        let truth = ["true", "false"].contains(&&*self.text);
        self.text == text
            || self.number.is_some() && self.number == number
            || truth && self.text.eq_ignore_ascii_case(text)
    }

    /// Whether it is the same as another.
    pub fn is_like(&self, other: &Self) -> bool {
        self.is(&other.text, other.number)
    }
}
