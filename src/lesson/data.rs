//! Data files: comma-separated values with a line of names.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use super::cells::{Row, Rows, line_ends};
use crate::command::advise;
use crate::explain::{self, number};
use crate::files::{Files, Kind, NO_ORDINARY_FILE, inside};
use crate::math::Items;

/// More rows than this are no lesson.
pub(super) const MOST_ROWS: usize = 1_000_000;
/// The largest data file, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a data file named from the folder of its lesson, which lies in it or in the folder `around` it, that of the
/// course; the error is a reason in words.
pub(super) fn read_file(
    files: &dyn Files,
    around: &Path,
    folder: &Path,
    name: &str,
) -> Result<Vec<u8>, String> {
    let read = || {
        let Some(path) = inside(files, around, folder, Path::new(name))? else {
            let whose = if around == folder { "lesson" } else { "course" };
            return Err(io::Error::other(format!(
                "it is not in the {whose}'s folder, and a lesson reads nothing else"
            )));
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
    let mut rows = Rows::of(decode(bytes)?);
    let header = rows.next().unwrap_or_else(|| {
        Err(Fault::new(
            "the file is empty",
            "a first line that names the columns, and a line for each item",
        ))
    })?;
    let layout = Layout::new(&header, columns).map_err(|fault| named(&header).unwrap_or(fault))?;
    let mut items = Items::new(layout.inputs.len(), layout.targets.count());
    for (row, number) in rows.zip(1..) {
        if number > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows");
            return Err(Fault::new(message, "fewer rows"));
        }
        let row = row?;
        let at = |message: &str| format!("row {number} (line {}){message}", row.line);
        let (inputs, targets) = (layout.read(&row.cells))
            .and_then(|(inputs, targets)| {
                let judged = judge(&targets);
                judged.map_err(|fault| Fault::new(format!(": {}", fault.message), fault.advice))?;
                Ok((inputs, targets))
            })
            .map_err(|fault| {
                named(&row).unwrap_or_else(|| Fault::new(at(&fault.message), fault.advice))
            })?;
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

/// The text of a data file, without a byte-order mark.
fn decode(bytes: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = line_ends(&before) + 1;
        Fault::new(
            format!("line {line} is not UTF-8 text"),
            "save the file as UTF-8",
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// What a row that cannot be read is by its look, where that is something that other programs write or read.
fn named(row: &Row) -> Option<Fault> {
    let line = row.line;
    if row.text.trim_start().starts_with('#') {
        return Some(Fault::new(
            format!("line {line} is a comment, and data files have none"),
            "take it out; the first line names the columns",
        ));
    }
    if line == 1 && row.text.starts_with("sep=") {
        return Some(Fault::new(
            "its first line tells a spreadsheet what separates the cells",
            "take that line out; the first line names the columns, and commas separate the cells",
        ));
    }
    let (sign, many) = [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(sign, _)| row.text.contains(*sign))?;
    let decimal = if row.text.contains(',') && sign == ';' {
        ", and a point in decimals, as in 0.5"
    } else {
        ""
    };
    (row.cells.len() <= row.text.split(sign).count()).then(|| {
        Fault::new(
            format!("{many} separate the cells of line {line}"),
            format!("commas between the cells{decimal}"),
        )
    })
}

type Cells<'a> = [Cow<'a, str>];

/// Which cells of a row are what.
struct Layout<'a> {
    header: &'a Cells<'a>,
    inputs: Vec<usize>,
    targets: Targets<'a>,
}

/// The places of the targets, and how they are read.
enum Targets<'a> {
    Amounts(Vec<usize>),
    Classes(usize, HashMap<&'a str, usize>, &'a [String]),
}

impl Targets<'_> {
    fn count(&self) -> usize {
        match self {
            Self::Amounts(places) => places.len(),
            Self::Classes(_, _, order) => order.len(),
        }
    }
}

impl<'a> Layout<'a> {
    fn new(header: &'a Row, columns: &'a Columns) -> Result<Self, Fault> {
        let line = header.line;
        let header = header.cells.as_slice();
        let mut seen = HashSet::new();
        let mut names = header.iter().filter(|name| !name.is_empty());
        if let Some(twice) = names.find(|name| !seen.insert(*name)) {
            let message = format!(
                "two columns are called `{}` in line {line}",
                printable(twice)
            );
            return Err(Fault::new(message, "a name of its own for each column"));
        }
        let targets = match &columns.targets {
            TargetColumns::Amounts(names) => Targets::Amounts(places(header, names)?),
            TargetColumns::Classes { column, order } => {
                let indices = order.iter().map(String::as_str).zip(0..).collect();
                Targets::Classes(place(header, column)?, indices, order)
            }
        };
        Ok(Self {
            inputs: places(header, &columns.inputs)?,
            header,
            targets,
        })
    }

    /// The inputs and targets of a row.
    fn read(&self, cells: &Cells) -> Result<(Vec<f64>, Vec<f64>), Fault> {
        let (count, expected) = (cells.len(), self.header.len());
        if count != expected {
            let whole = |cell: &Cow<str>| cell.bytes().all(|byte| byte.is_ascii_digit());
            let advice = if count > expected && cells.iter().all(whole) {
                "as many cells on every line; a decimal has a point, as in 0.5, and no comma"
            } else {
                "as many cells on every line"
            };
            let cells = if count == 1 { "cell" } else { "cells" };
            let message = format!(" has {count} {cells}, and the line of names has {expected}");
            return Err(Fault::new(message, advice));
        }
        let targets = match &self.targets {
            Targets::Amounts(places) => self.numbers(cells, places)?,
            Targets::Classes(place, indices, order) => {
                let name = &*cells[*place];
                let Some(class) = indices.get(name) else {
                    let what = format!("the class `{}` is not in `order`", printable(name));
                    let names = order.iter().map(String::as_str);
                    return Err(self.fault(*place, &what, advise(name, names)));
                };
                let mut targets = vec![0.0; order.len()];
                targets[*class] = 1.0;
                targets
            }
        };
        Ok((self.numbers(cells, &self.inputs)?, targets))
    }

    fn numbers(&self, cells: &Cells, places: &[usize]) -> Result<Vec<f64>, Fault> {
        let number = |&place: &usize| {
            let text = &*cells[place];
            number::parse(text).ok_or_else(|| {
                let pointed = text.replacen(',', ".", 1);
                let (what, advice) = match printable(text) {
                    text if text.is_empty() => {
                        ("there is nothing".to_owned(), "a number, such as 5.1")
                    }
                    text if text.contains(',') && number::parse(&pointed).is_some() => (
                        format!("`{text}` has a decimal comma"),
                        "a point in decimals, as in 0.5",
                    ),
                    text => (
                        format!("`{text}` is no finite number"),
                        "a number, such as 5.1",
                    ),
                };
                self.fault(place, &what, advice)
            })
        };
        places.iter().map(number).collect()
    }

    /// What is wrong with a cell.
    fn fault(&self, place: usize, what: &str, advice: impl Into<String>) -> Fault {
        let column = printable(&self.header[place]);
        Fault::new(format!(", column {column}: {what}"), advice)
    }
}

fn place(header: &Cells, name: &str) -> Result<usize, Fault> {
    let found = header.iter().position(|known| known == name);
    found.ok_or_else(|| {
        let message = format!("there is no column `{}`", printable(name));
        let known = header.iter().map(AsRef::as_ref);
        Fault::new(message, printable(&advise(name, known)))
    })
}

fn places(header: &Cells, names: &[String]) -> Result<Vec<usize>, Fault> {
    names.iter().map(|name| place(header, name)).collect()
}

/// Text from a file, short and without anything that a terminal would obey.
fn printable(text: &str) -> String {
    let plain = explain::shown(text);
    match plain.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
