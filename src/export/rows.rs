//! What is written: records of rows under named columns, and what the rows of one record share.

use std::io;

use serde::{Serialize, Serializer};

use crate::explain::{Digits, number};

/// Rows under named columns, which are made one after another while they are written.
pub trait Rows {
    /// What the cells of every row are.
    fn columns(&self) -> &'static [Column];

    /// Makes every record, in order, until `write` fails; asked again, the same once more.
    ///
    /// # Errors
    /// That of `write`.
    fn each(&mut self, write: Sink<'_>) -> io::Result<()>;

    /// Whether making them takes time, so that each is to be seen as soon as it is made.
    fn are_slow(&self) -> bool {
        false
    }

    /// Whether columns that are empty in every row are shown to readers, too.
    fn shows_empty(&self) -> bool {
        false
    }

    /// The lines of a table of another shape, where that is easier to read than a line for each row.
    fn drawn(&self) -> Option<Vec<String>> {
        None
    }
}

/// What takes the records.
pub type Sink<'a> = &'a mut dyn FnMut(Record) -> io::Result<()>;

/// A column: its name in files, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name.
    pub name: &'static str,
    /// Whether it holds words, which begin on the left; numbers end on the right.
    pub is_text: bool,
}

impl Column {
    /// A column of numbers.
    pub const fn number(name: &'static str) -> Self {
        let is_text = false;
        Self { name, is_text }
    }

    /// A column of words.
    pub const fn text(name: &'static str) -> Self {
        let is_text = true;
        Self { name, is_text }
    }
}

/// What comes at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Record<'a> {
    /// A row.
    Row(Vec<Cell<'a>>),
    /// Rows that belong together, and what they share. Where a format knows no depth, they are rows like others.
    Group {
        /// What they share, some of which no row can hold.
        shared: Fields<'a>,
        /// What the rows are called in it.
        name: &'static str,
        /// The rows.
        rows: Vec<Vec<Cell<'a>>>,
    },
}

impl<'a> Record<'a> {
    /// The rows in it.
    pub fn rows(&self) -> &[Vec<Cell<'a>>] {
        match self {
            Self::Row(row) => std::slice::from_ref(row),
            Self::Group { rows, .. } => rows,
        }
    }
}

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell<'a> {
    /// There is none.
    Empty,
    /// A whole number, such as a step.
    Count(u64),
    /// A number, exact.
    Number(f64),
    /// Words.
    Text(&'a str),
}

impl Cell<'_> {
    /// A number, where there is one.
    pub fn optional(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// For other programs: numbers read back as the same doubles.
    pub fn exact(&self) -> String {
        self.text(number::exact)
    }

    /// For people: numbers as a person would write them.
    pub fn display(&self) -> String {
        self.text(|value| number::display(value, Digits::default()))
    }

    fn text(&self, number: impl Fn(f64) -> String) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Count(count) => count.to_string(),
            Self::Number(value) => number(*value),
            Self::Text(text) => (*text).to_owned(),
        }
    }
}

/// Values by their names, in order.
pub type Fields<'a> = Vec<(&'static str, Value<'a>)>;

/// A value of any depth.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// A single one.
    Cell(Cell<'a>),
    /// Several in order.
    List(Vec<Value<'a>>),
    /// Several by name.
    #[serde(serialize_with = "as_map")]
    Fields(Fields<'a>),
}

impl Value<'_> {
    /// Numbers in order.
    pub fn numbers(values: impl IntoIterator<Item = f64>) -> Self {
        let value = |value| Self::Cell(Cell::Number(value));
        Self::List(values.into_iter().map(value).collect())
    }
}

fn as_map<S: Serializer>(fields: &Fields, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}
