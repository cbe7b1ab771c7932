//! What the columns of a file of data hold, found out by looking at every row.

use std::borrow::Cow;
use std::path::Path;

use super::Untried;
use super::table::{MOST_CLASSES, quoted};
use crate::explain::Decimal;
use crate::files::{Files, read_at_most};
use crate::lesson::data::{
    self, Columns, Fault, MOST_BYTES, MOST_ROWS, NOTHING, Rows, Separator, Style, TargetColumns,
    counted, number_in, row_read,
};
use crate::watch::What;

/// Whether decimals have a comma is seen in so many rows.
const LOOKED_AT: usize = 1000;
/// Endings of files that spreadsheets write for themselves.
const SPREADSHEETS: [&str; 4] = [".xls", ".xlsx", ".ods", ".numbers"];

/// A file of data, column by column.
pub(super) struct Table {
    /// What messages call it.
    pub name: String,
    pub columns: Vec<Column>,
    pub separator: Separator,
    pub decimal: Decimal,
}

/// What one column holds.
#[derive(Default)]
pub(super) struct Column {
    pub name: String,
    pub rows: usize,
    pub gaps: usize,
    numbers: usize,
    /// A cell that is no number, and its line.
    pub word: Option<(String, usize)>,
    /// Different cells, in the order in which they come, while they are few.
    pub labels: Vec<String>,
    pub has_all_labels: bool,
    pub is_whole: bool,
    /// Whether each number is the one above it and 1.
    counts: bool,
    last: Option<f64>,
    pub low: f64,
    pub high: f64,
}

impl Column {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            has_all_labels: true,
            is_whole: true,
            counts: true,
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            ..Self::default()
        }
    }

    fn take(&mut self, cell: &str, line: usize, decimal: Decimal) {
        self.rows += 1;
        if NOTHING.contains(&cell) {
            self.gaps += 1;
            return;
        }
        if self.has_all_labels && !self.labels.iter().any(|label| label == cell) {
            self.has_all_labels = self.labels.len() < MOST_CLASSES;
            if self.has_all_labels {
                self.labels.push(cell.to_owned());
            }
        }
        let Some(number) = number_in(decimal, cell) else {
            self.word.get_or_insert_with(|| (cell.to_owned(), line));
            return;
        };
        self.numbers += 1;
        self.is_whole &= number.fract() == 0.0;
        self.counts &= self.last.is_none_or(|last| number == last + 1.0);
        self.last = Some(number);
        self.low = self.low.min(number);
        self.high = self.high.max(number);
    }

    /// Whether there are numbers in it and nothing else.
    pub fn is_numbers(&self) -> bool {
        self.word.is_none() && self.numbers > 0
    }

    /// Whether not all cells are the same.
    pub fn varies(&self) -> bool {
        self.labels.len() > 1
    }

    /// Whether it has a few words, most of which come more than once.
    pub fn names_classes(&self) -> bool {
        let repeats = self.rows >= 2 * self.labels.len();
        let varies = self.has_all_labels && self.varies();
        self.word.is_some() && !self.name.is_empty() && varies && repeats
    }

    /// Why nothing is learned from it, where that is so.
    pub fn unfit(&self) -> Option<String> {
        if self.name.is_empty() {
            Some("without a name".to_owned())
        } else if self.gaps * 2 > self.rows {
            Some("mostly missing".to_owned())
        } else if let Some((word, _)) = &self.word {
            Some(format!("words such as {}", quoted(word)))
        } else if !self.varies() {
            Some("the same in every row".to_owned())
        } else {
            None
        }
    }

    /// Whether it only counts the rows, as numbers of items do.
    pub fn counts_rows(&self) -> bool {
        self.counts && self.is_whole && self.numbers > 2
    }

    /// Its different numbers, in order, as far as its labels are known.
    pub fn numbers_in_order(&self, decimal: Decimal) -> Vec<f64> {
        let numbers = self
            .labels
            .iter()
            .filter_map(|label| number_in(decimal, label));
        let mut numbers: Vec<f64> = numbers.collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        numbers
    }
}

impl Table {
    /// Looks at a file; a column that is to be in it helps to tell what separates its cells.
    pub fn read(files: &dyn Files, path: &str, target: Option<&str>) -> Result<Self, Untried> {
        let name = Path::new(path).file_name();
        let name = name.map_or_else(
            || path.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let wrong =
            |fault: Fault| Untried::whole(format!("{name}: {}", fault.message), fault.advice);
        if SPREADSHEETS
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending))
        {
            let message = format!("{name} is written as a spreadsheet keeps it");
            return Err(Untried::whole(
                message,
                "save it as CSV there, and try that file",
            ));
        }
        let bytes = read_at_most(files, Path::new(path), MOST_BYTES).map_err(|reason| {
            let message = format!("{name} cannot be read: {reason}");
            Untried::whole(
                message,
                "a text file with a line of names and a row of values on each line below",
            )
        })?;
        let text = data::decode(&bytes).map_err(wrong)?;
        let sought = Columns {
            inputs: Vec::new(),
            targets: TargetColumns::Amounts(target.map(str::to_owned).into_iter().collect()),
            style: Style::default(),
        };
        let (mut rows, separator) = data::separated(text, &sought);
        let separator = separator.unwrap_or(Separator::Comma);
        let Some(header) = rows.next() else {
            let message = format!("{name} is empty");
            return Err(Untried::whole(
                message,
                "a first line that names the columns, and a row of values on each line below",
            ));
        };
        let header = header.map_err(wrong)?;
        let line = header.line;
        let decimal = decimal(rows.clone(), separator);
        let mut columns: Vec<Column> = header.cells.iter().map(|cell| Column::new(cell)).collect();
        if let Some(twice) = data::repeated(columns.iter().map(|column| &*column.name)) {
            let twice = quoted(twice);
            let message = format!("{name}: two columns are called {twice} in line {line}");
            return Err(Untried::whole(message, data::NAMES_APART));
        }
        let watch = files.watch();
        let _goal = watch.toward(0, None, What::Rows);
        for (row, count) in rows.zip(1..) {
            let row = row.map_err(wrong)?;
            row_read(&watch, count, row.cells.len()).map_err(wrong)?;
            let (has, wanted) = (row.cells.len(), columns.len());
            if has != wanted {
                let has = counted(has, "cell");
                let message = format!(
                    "{name}: line {} has {has}, and the line of names has {wanted}",
                    row.line
                );
                return Err(Untried::whole(message, "as many cells on every line"));
            }
            if count > MOST_ROWS {
                let message = format!("{name} has more than {MOST_ROWS} rows");
                return Err(Untried::whole(message, "fewer rows"));
            }
            for (column, cell) in columns.iter_mut().zip(&row.cells) {
                column.take(cell, row.line, decimal);
            }
        }
        let table = Self {
            name,
            columns,
            separator,
            decimal,
        };
        table.has_names_and_rows(&header.cells, line)?;
        Ok(table)
    }

    /// Whether its first line names the columns, and there are rows below it.
    fn has_names_and_rows(&self, header: &[Cow<str>], line: usize) -> Result<(), Untried> {
        let is_value = |cell: &Cow<str>| number_in(self.decimal, cell).is_some();
        let mut pairs = self.columns.iter().zip(header);
        let of_numbers =
            |(column, _): &(&Column, &Cow<str>)| column.is_numbers() || column.rows == 0;
        let values =
            header.iter().any(is_value) && pairs.all(|pair| !of_numbers(&pair) || is_value(pair.1));
        let name = &self.name;
        if values {
            let count = header.len();
            let names: Vec<String> = (1..count).map(|place| format!("x{place}")).collect();
            let names = match count {
                1 => "x".to_owned(),
                2..=6 => format!("{},y", names.join(",")),
                _ => format!("x1,x2,...,x{},y", count - 1),
            };
            let message = format!(
                "{name}: line {line} holds values already, such as {}, and no names",
                quoted(
                    header
                        .iter()
                        .find(|cell| is_value(cell))
                        .map_or("", |cell| cell)
                )
            );
            return Err(Untried::whole(
                message,
                format!("a first line that names the columns, such as {names}"),
            ));
        }
        if self.columns.iter().all(|column| column.rows == 0) {
            let message = format!("{name} has a line of names and no row below it");
            return Err(Untried::whole(
                message,
                "a row of values on each line below the names",
            ));
        }
        Ok(())
    }
}

/// Whether decimals have a comma: more cells are numbers so than with a point.
fn decimal(rows: Rows, separator: Separator) -> Decimal {
    if separator == Separator::Comma {
        return Decimal::Point;
    }
    let mut votes = [0, 0];
    for row in rows.take(LOOKED_AT).filter_map(Result::ok) {
        for cell in &row.cells {
            votes[0] +=
                usize::from(cell.contains('.') && number_in(Decimal::Point, cell).is_some());
            votes[1] +=
                usize::from(cell.contains(',') && number_in(Decimal::Comma, cell).is_some());
        }
    }
    if votes[1] > votes[0] {
        Decimal::Comma
    } else {
        Decimal::Point
    }
}
