//! A table as data: values in rows, under columns that say what they are.

use crate::explain::{Decimal, Digits, Role};
use crate::math::Rough;

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// A cell for each column in each row.
    pub rows: Vec<Vec<TableCell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// What stands above it.
    pub name: String,
    /// What its cells are about.
    pub role: Role,
    /// For so many characters it has room at least, so that a table keeps its shape while its numbers change.
    pub room: usize,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    /// There is nothing to tell.
    Nothing,
    /// What the row is about.
    Name(String),
    /// A whole number.
    Count(u64),
    /// A whole number for each of several weights, by their names.
    Counts(Vec<(String, u64)>),
    /// So many updates have not been enough.
    NotIn(u64),
    /// After so many updates no other could be made.
    StopsAt(u64),
    /// A number, shown as far as rounding leaves any of it.
    Number(Rough, Digits),
    /// A number of which only the size matters.
    Size(f64, Decimal),
}

impl TableColumn {
    pub(super) fn new(name: impl Into<String>, role: Role, room: usize) -> Self {
        let name = name.into();
        Self { name, role, room }
    }
}
