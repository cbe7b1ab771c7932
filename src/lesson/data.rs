//! Data files: comma-separated values with a line of names.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use crate::command::advise;
use crate::explain::number;
use crate::files::{Files, Kind, NO_ORDINARY_FILE, inside};
use crate::math::Items;

/// More rows than this are no lesson.
pub(super) const MOST_ROWS: usize = 1_000_000;
/// The largest data file, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a data file in the folder of its lesson; the error is a reason in words.
pub(super) fn read_file(files: &dyn Files, folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let read = || {
        let Some(path) = inside(files, folder, Path::new(name))? else {
            let words = "it is not in the lesson's folder, and a lesson reads nothing else";
            return Err(io::Error::other(words));
        };
        match files.kind(&path)? {
            Kind::Folder => Err(io::Error::other(NO_ORDINARY_FILE)),
            Kind::File(bytes) if bytes > MOST_BYTES => {
                let words = format!("it is larger than {} MiB", MOST_BYTES >> 20);
                Err(io::Error::other(words))
            }
            Kind::File(_) | Kind::Other => files.read(&path, MOST_BYTES),
        }
    };
    read().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            "there is no such file beside the lesson".to_owned()
        } else {
            error.to_string()
        }
    })
}

/// Which columns of a file are what.
pub(super) struct Columns {
    pub inputs: Vec<String>,
    pub targets: TargetColumns,
}

/// Where the targets come from.
pub(super) enum TargetColumns {
    /// A column each.
    Amounts(Vec<String>),
    /// A column that names the class: 1 for its output and 0 for the others.
    Classes {
        column: String,
        /// The classes in the order of the outputs.
        order: Vec<String>,
    },
}

/// What is wrong with a data file: where in it, and what would be right.
pub(super) struct Fault {
    pub message: String,
    pub advice: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: advice.into(),
        }
    }
}

/// Reads the items of a file. `judge` looks at each row's targets and says what is wrong with them, where anything is.
pub(super) fn read(
    bytes: &[u8],
    columns: &Columns,
    judge: &dyn Fn(&[f64]) -> Result<(), Fault>,
) -> Result<Items, Fault> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    if header.is_empty() {
        return Err(Fault::new(
            "the file is empty",
            "a first line that names the columns, and a line for each item",
        ));
    }
    let inputs = places(&header, &columns.inputs)?;
    let targets = Targets::new(&columns.targets, &header)?;
    let mut items = Items::new(inputs.len(), targets.count());
    let mut cells = csv::StringRecord::new();
    for number in 1.. {
        if !(reader.read_record(&mut cells)).map_err(|error| broken(&error))? {
            break;
        }
        if number > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows");
            return Err(Fault::new(message, "fewer rows"));
        }
        let row = Row {
            number,
            header: &header,
            cells: &cells,
        };
        let inputs = row.numbers(&inputs)?;
        let targets = targets.read(row)?;
        judge(&targets)
            .map_err(|fault| Fault::new(format!("{row}: {}", fault.message), fault.advice))?;
        items.push(&inputs, &targets);
    }
    if items.is_empty() {
        return Err(Fault::new(
            "there is no row in it",
            "a line for each item below the names",
        ));
    }
    Ok(items)
}

fn place(header: &csv::StringRecord, name: &str) -> Result<usize, Fault> {
    let found = header.iter().position(|known| known == name);
    found.ok_or_else(|| {
        let message = format!("there is no column `{}`", printable(name));
        Fault::new(message, printable(&advise(name, header)))
    })
}

fn places(header: &csv::StringRecord, names: &[String]) -> Result<Vec<usize>, Fault> {
    names.iter().map(|name| place(header, name)).collect()
}

/// A row of a file, by its number from 1.
#[derive(Clone, Copy)]
struct Row<'a> {
    number: usize,
    header: &'a csv::StringRecord,
    cells: &'a csv::StringRecord,
}

impl std::fmt::Display for Row<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let line = self.cells.position().map_or(0, csv::Position::line);
        write!(formatter, "row {} (line {line})", self.number)
    }
}

impl Row<'_> {
    fn numbers(self, places: &[usize]) -> Result<Vec<f64>, Fault> {
        let number = |&place: &usize| {
            let text = self.cells.get(place).unwrap_or("");
            number::parse(text).ok_or_else(|| {
                let what = match printable(text) {
                    text if text.is_empty() => "there is nothing".to_owned(),
                    text => format!("`{text}` is no finite number"),
                };
                self.fault(place, &what, "a number, such as 5.1")
            })
        };
        places.iter().map(number).collect()
    }

    /// What is wrong with a cell.
    fn fault(self, place: usize, what: &str, advice: impl Into<String>) -> Fault {
        let column = printable(self.header.get(place).unwrap_or(""));
        Fault::new(format!("{self}, column {column}: {what}"), advice)
    }
}

/// The places of the targets, and how they are read.
enum Targets<'a> {
    Amounts(Vec<usize>),
    Classes(usize, HashMap<&'a str, usize>, &'a [String]),
}

impl<'a> Targets<'a> {
    fn new(columns: &'a TargetColumns, header: &csv::StringRecord) -> Result<Self, Fault> {
        match columns {
            TargetColumns::Amounts(names) => Ok(Self::Amounts(places(header, names)?)),
            TargetColumns::Classes { column, order } => {
                let indices = order.iter().map(String::as_str).zip(0..).collect();
                Ok(Self::Classes(place(header, column)?, indices, order))
            }
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Amounts(places) => places.len(),
            Self::Classes(_, _, order) => order.len(),
        }
    }

    fn read(&self, row: Row) -> Result<Vec<f64>, Fault> {
        match self {
            Self::Amounts(places) => row.numbers(places),
            Self::Classes(place, indices, order) => {
                let name = row.cells.get(*place).unwrap_or("");
                let Some(class) = indices.get(name) else {
                    let what = format!("the class `{}` is not in `order`", printable(name));
                    let names = order.iter().map(String::as_str);
                    return Err(row.fault(*place, &what, advise(name, names)));
                };
                let mut targets = vec![0.0; order.len()];
                targets[*class] = 1.0;
                Ok(targets)
            }
        }
    }
}

/// What the CSV reader cannot read.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn broken(error: &csv::Error) -> Fault {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => Fault::new(
            format!("line {line} has {len} cells, and the line of names has {expected_len}"),
            "as many cells on every line",
        ),
        csv::ErrorKind::Utf8 { .. } => Fault::new(
            format!("line {line} is not UTF-8 text"),
            "save the file as UTF-8",
        ),
        _ => Fault::new(
            "it cannot be read as comma-separated values",
            "plain lines of cells",
        ),
    }
}

/// Text from a file, short and without anything that a terminal would obey.
fn printable(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    match plain.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
