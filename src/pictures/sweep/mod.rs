//! The last sweep as a field of cells.

mod table;

use crate::math::portable::ln;
use std::sync::Arc;

pub use table::SweepTable;

use super::{Pictured, Subject};
use crate::explain::{Digits, Line, Text};
use crate::timeline::{self, End, Swept};

/// So many steps lead from the best cell to the worst.
pub const SHADES: usize = 5;

/// The outcomes of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepView {
    /// What each cell has come to, row by row; the first row is the lowest.
    pub cells: Vec<Cell>,
    /// How many rows and columns there are.
    pub size: (usize, usize),
    /// The row and the column that are read.
    pub cursor: (usize, usize),
    /// What the shades stand for: `updates until loss < 0.01`.
    pub measure: String,
    /// The smallest and the largest number that a shade stands for.
    pub range: Option<[f64; 2]>,
    /// What the rows are values of, and the values.
    pub rows: (Swept, Vec<f64>),
    /// What the columns are values of, and the values; `None` where only one setting was swept.
    pub columns: Option<(Swept, Vec<f64>)>,
    pub digits: Digits,
    /// Tells the text of a cell.
    table: Arc<SweepTable>,
}

/// What a cell has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// How good it is: 0 for the best, below [`SHADES`].
    Shade(usize),
    NotReached,
    /// The run stopped before: its numbers grew too large, or there was no update to make.
    Stopped,
}

impl SweepView {
    /// What a cell has come to.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells[row * self.size.1 + column]
    }

    /// The number of a cell, `x` where it has diverged and `-` where the condition was not met.
    pub fn text(&self, row: usize, column: usize) -> String {
        self.table.cell_text(row * self.size.1 + column)
    }
}

impl Pictured for SweepView {
    fn of(subject: &Subject) -> Option<Self> {
        let table = Arc::clone(subject.swept?);
        let measures = measures(&table);
        let range = range(&measures);
        let (rows, columns) = table.size();
        let axis = |index: usize| {
            let axis = table.sweep.axes.get(index)?;
            Some((axis.swept, axis.values.clone()))
        };
        let cell = |(index, measure): (usize, &Option<f64>)| match (measure, range) {
            (Some(value), Some(range)) => Cell::Shade(shade(*value, range)),
            _ if matches!(table.outcomes[index].end, End::Stopped(_)) => Cell::Stopped,
            _ => Cell::NotReached,
        };
        Some(Self {
            cells: measures.iter().enumerate().map(cell).collect(),
            size: (rows, columns),
            cursor: (table.cursor / columns.max(1), table.cursor % columns.max(1)),
            measure: match &table.until {
                Some(until) => format!("updates until {until}"),
                None if table.ranks() => format!("loss after {} updates", table.sweep.most),
                None => "no loss to compare".to_owned(),
            },
            range,
            rows: axis(0)?,
            columns: axis(1),
            digits: subject.digits,
            table,
        })
    }

    fn words(subject: &Subject) -> Text {
        let table = subject.swept;
        table.map_or_else(Text::default, |table| table.lines().into())
    }

    fn verdict(&self) -> Option<Line> {
        Some(Line::plain(self.table.said()))
    }
}

/// The number that a cell is measured by: its updates where runs were to come to something, otherwise its loss.
fn measures(table: &SweepTable) -> Vec<Option<f64>> {
    let measure = |outcome: &timeline::Finish| match (outcome.end, &table.until) {
        (End::Reached(step), _) => Some(step as f64),
        (End::Unreached, None) => outcome.loss.filter(|loss| loss.is_finite()),
        (End::Unreached, Some(_)) | (End::Stopped(_), _) => None,
    };
    table.outcomes.iter().map(measure).collect()
}

fn range(measures: &[Option<f64>]) -> Option<[f64; 2]> {
    let mut known = measures.iter().flatten();
    let first = *known.next()?;
    Some(known.fold([first; 2], |[low, high], value| {
        [low.min(*value), high.max(*value)]
    }))
}

/// How good a number is among others. Where all are above 0, what counts is how many times as large it is as the
/// smallest: few are bad by as much as the worst. 0 for the lowest, below the number of shades.
pub fn shade(value: f64, [low, high]: [f64; 2]) -> usize {
    let share = if low > 0.0 {
        ln(value / low) / ln(high / low)
    } else {
        (value - low) / (high - low)
    };
    // All alike are all best.
    let share = if share.is_finite() { share } else { 0.0 };
    ((share * SHADES as f64) as usize).min(SHADES - 1)
}
