//! Data files: a line of names, and below it a row of values for each item.

mod cells;
mod columns;
mod dataset;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use cells::{Row, line_ends};
use columns::{Label, Missing};

pub(super) use cells::Rows;
pub(super) use columns::{Columns, NOTHING, Separator, Style, TargetColumns, among, number_in};
pub(super) use dataset::{Shape, counted};

use crate::command::advise;
use crate::explain::{Decimal, begun, plural, shown};
use crate::files::{Files, inside, read_at_most};
use crate::math::Items;
use crate::watch::{Watch, What};

/// More rows than this are no lesson.
pub(super) const MOST_ROWS: usize = 1_000_000;
/// The largest data file, in bytes.
pub(super) const MOST_BYTES: u64 = 256 << 20;

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
        read_at_most(files, &path, MOST_BYTES)
    };
    read().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            "there is no such file beside the lesson".to_owned()
        } else {
            error.to_string()
        }
    })
}

/// The files that a lesson names.
pub(super) struct Beside<'a> {
    /// Reads one; the error is a reason in words.
    pub read: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
    /// Who waits for it.
    pub watch: Watch,
}

/// Takes note of a row that has been read, by its number and how many cells it has, for whoever waits.
///
/// # Errors
/// Where somebody stops it.
pub(super) fn row_read(watch: &Watch, number: usize, cells: usize) -> Result<(), Fault> {
    /// Reading one is about so much work, counted as a model counts it.
    const CELL: u64 = 64;
    if watch.goes_on(CELL * cells as u64, number as u64) {
        return Ok(());
    }
    let message = format!("reading it was stopped in row {number}");
    Err(Fault::new(
        message,
        "the same again reads it from its start",
    ))
}

/// What is wrong with a data file: where in it, and what would be right.
pub(super) struct Fault {
    pub message: String,
    pub advice: String,
    /// Whether a cell has nothing in it, and that is all.
    is_missing: bool,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: advice.into(),
            is_missing: false,
        }
    }
}

/// What has been read of a file.
pub(super) struct Found {
    pub items: Items,
    /// What stands between its cells, where its line of names has told and they are no commas.
    pub guessed: Option<Separator>,
    /// The lines that rows were left out on.
    pub left_out: Vec<usize>,
}

/// Reads the items of a file, which somebody may stop. `judge` looks at each row's targets and says what is wrong with
/// them, where anything is.
pub(super) fn read(
    bytes: &[u8],
    columns: &Columns,
    judge: &dyn Fn(&[f64]) -> Result<(), Fault>,
    watch: &Watch,
) -> Result<Found, Fault> {
    let (mut rows, guessed) = separated(decode(bytes)?, columns);
    let header = rows.next().unwrap_or_else(|| {
        Err(Fault::new(
            "the file is empty",
            "a first line that names the columns, and a line for each item",
        ))
    })?;
    let separator = rows.separator();
    let layout = Layout::new(&header, columns)
        .map_err(|fault| by_its_look(&header, separator, None).unwrap_or(fault))?;
    let mut found = Found {
        items: Items::new(layout.inputs.len(), layout.targets.count()),
        guessed,
        left_out: Vec::new(),
    };
    let mut missing: Option<Fault> = None;
    let _goal = watch.toward(0, None, What::Rows);
    for (row, number) in rows.zip(1..) {
        if number > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows");
            return Err(Fault::new(message, "fewer rows"));
        }
        let row = row?;
        row_read(watch, number, row.cells.len())?;
        let at = |message: &str| format!("row {number} (line {}){message}", row.line);
        let read = layout.read(&row.cells).and_then(|(inputs, targets)| {
            let judged = judge(&targets);
            judged.map_err(|fault| Fault::new(format!(": {}", fault.message), fault.advice))?;
            Ok((inputs, targets))
        });
        match read {
            Ok((inputs, targets)) => found.items.push(&inputs, &targets),
            Err(fault) if fault.is_missing => {
                found.left_out.push(row.line);
                let message = at(&fault.message);
                missing.get_or_insert(Fault { message, ..fault });
            }
            Err(_) if missing.is_some() && columns.style.missing == Missing::Refuse => break,
            Err(fault) => {
                let look = by_its_look(&row, separator, Some(header.cells.len()));
                return Err(look.unwrap_or_else(|| Fault::new(at(&fault.message), fault.advice)));
            }
        }
    }
    match missing {
        Some(fault) if columns.style.missing == Missing::Refuse => {
            Err(fault.with_others(found.left_out.len() - 1))
        }
        _ if !found.items.is_empty() => Ok(found),
        Some(_) => Err(Fault::new(
            "no row is left: each of them misses something",
            "columns that have a value in some rows",
        )),
        None => Err(Fault::new(
            "there is no row in it",
            "a line for each item below the names",
        )),
    }
}

impl Fault {
    /// A missing value, after which so many rows were seen that miss one too.
    fn with_others(self, others: usize) -> Self {
        let message = match others {
            0 => self.message,
            1 => format!("{}; a row below misses something too", self.message),
            _ => format!("{}; {others} rows below miss something too", self.message),
        };
        Self { message, ..self }
    }
}

/// The rows of a text by the separator that the lesson gives, that a first line `sep=;` gives, or that the line of names
/// leaves no doubt about: it alone makes the columns of it that are wanted, or stands in it at all. Where the lesson has
/// not given it and it is no comma, it is told.
pub(super) fn separated<'a>(text: &'a str, columns: &Columns) -> (Rows<'a>, Option<Separator>) {
    let rows = |separator: Separator| Rows::of(text, separator.sign());
    if let Some(separator) = columns.style.separator {
        return (rows(separator), None);
    }
    let told = |mut rows: Rows<'a>| {
        let first = rows.next()?.ok()?;
        let sign = first.text.trim_end().strip_prefix("sep=")?;
        let mut all = Separator::ALL.into_iter();
        let separator = all.find(|separator| sign == separator.sign().to_string())?;
        Some((rows.separated_by(separator.sign()), separator))
    };
    // Read by a sign that does not stand in it, the line is one cell.
    if let Some((rows, separator)) = told(Rows::of(text, '\0')) {
        return (rows, Some(separator));
    }
    let header = |separator| rows(separator).next().and_then(Result::ok);
    let has_all = |separator: &Separator| {
        let header = header(*separator).map_or(Vec::new(), |row| row.cells);
        columns
            .names()
            .all(|name| header.iter().any(|cell| cell == name))
    };
    let stands = |separator: &Separator| header(*separator).is_some_and(|row| row.cells.len() > 1);
    let only = |is: &dyn Fn(&Separator) -> bool| {
        let mut those = Separator::ALL.into_iter().filter(is);
        those.next().filter(|_| those.next().is_none())
    };
    let found = only(&has_all).or_else(|| only(&stands));
    let separator = found.unwrap_or(Separator::Comma);
    let is_told = separator != Separator::Comma;
    (rows(separator), is_told.then_some(separator))
}

/// The text of a file, without a byte-order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Fault> {
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

/// What a row that cannot be read is by its look, where that is something that other programs write or read; `wanted`
/// is how many cells it should have.
fn by_its_look(row: &Row, separator: char, wanted: Option<usize>) -> Option<Fault> {
    let line = row.line;
    if row.text.trim_start().starts_with('#') {
        return Some(Fault::new(
            format!("line {line} is a comment, and data files have none"),
            "take it out; the first line names the columns",
        ));
    }
    let other = |it: &Separator| it.sign() != separator && row.text.contains(it.sign());
    let other = Separator::ALL.into_iter().rev().find(other)?;
    let fits = wanted.is_none_or(|wanted| wanted != row.cells.len());
    (fits && row.cells.len() <= row.text.split(other.sign()).count()).then(|| {
        let name = other.name();
        let advice = match (wanted, other) {
            (Some(_), _) => "the same between all cells as between the names".to_owned(),
            (None, Separator::Tab) => format!("`separator: {name}` below `data:`"),
            (None, _) => format!("`separator: \"{name}\"` below `data:`"),
        };
        let words = other.words();
        Fault::new(format!("{words} separate the cells of line {line}"), advice)
    })
}

type Cells<'a> = [Cow<'a, str>];

/// Which cells of a row are what.
struct Layout<'a> {
    header: &'a Cells<'a>,
    style: Style,
    inputs: Vec<usize>,
    targets: Targets<'a>,
}

/// The places of the targets, and how they are read.
enum Targets<'a> {
    Amounts(Vec<usize>),
    Classes(usize, HashMap<&'a str, usize>, &'a [Label], &'a [Vec<f64>]),
}

impl Targets<'_> {
    fn count(&self) -> usize {
        match self {
            Self::Amounts(places) => places.len(),
            Self::Classes(_, _, _, targets) => targets[0].len(),
        }
    }
}

/// What columns that are called alike need.
pub(in crate::lesson) const NAMES_APART: &str = "a name of its own for each column";

/// The first name that two columns have; several may have none.
pub(in crate::lesson) fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = HashSet::new();
    let mut named = names.filter(|name| !name.is_empty());
    named.find(|name| !seen.insert(*name))
}

impl<'a> Layout<'a> {
    fn new(header: &'a Row, columns: &'a Columns) -> Result<Self, Fault> {
        let line = header.line;
        let header = header.cells.as_slice();
        if let Some(twice) = repeated(header.iter().map(|name| &**name)) {
            let message = format!("two columns are called `{}` in line {line}", short(twice));
            return Err(Fault::new(message, NAMES_APART));
        }
        let targets = match &columns.targets {
            TargetColumns::Amounts(names) => Targets::Amounts(places(header, names)?),
            TargetColumns::Classes {
                column,
                labels,
                targets,
            } => {
                let texts = labels.iter().map(|label| label.text.as_str());
                let indices = texts.zip(0..).collect();
                Targets::Classes(place(header, column)?, indices, labels, targets)
            }
        };
        Ok(Self {
            inputs: places(header, &columns.inputs)?,
            style: columns.style,
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
            let cells = plural(count as u64, "cell");
            let message = format!(" has {count} {cells}, and the line of names has {expected}");
            return Err(Fault::new(message, advice));
        }
        let targets = match &self.targets {
            Targets::Amounts(places) => self.numbers(cells, places)?,
            Targets::Classes(place, indices, labels, targets) => {
                let name = &*cells[*place];
                let number = number_in(self.style.decimal, name);
                let alike = || labels.iter().position(|label| label.is(name, number));
                let Some(class) = indices.get(name).copied().or_else(alike) else {
                    if NOTHING.contains(&name) {
                        return Err(self.missing(*place, name, "the name of a class"));
                    }
                    let what = format!("the class `{}` is not in `order`", short(name));
                    let names = labels.iter().map(|label| label.text.as_str());
                    return Err(self.fault(*place, &what, among(name, names)));
                };
                targets[class].clone()
            }
        };
        Ok((self.numbers(cells, &self.inputs)?, targets))
    }

    fn numbers(&self, cells: &Cells, places: &[usize]) -> Result<Vec<f64>, Fault> {
        let decimal = self.style.decimal;
        let number = |&place: &usize| {
            let text = &*cells[place];
            number_in(decimal, text).ok_or_else(|| {
                let example = format!("a number, such as 5{}1", decimal.sign());
                if NOTHING.contains(&text) {
                    return self.missing(place, text, &example);
                }
                let text = short(text);
                let (other, words) = match decimal {
                    Decimal::Point => (Decimal::Comma, "decimal comma"),
                    Decimal::Comma => (Decimal::Point, "decimal point"),
                };
                if number_in(other, &text).is_some() {
                    let what = format!("`{text}` has a {words}");
                    let sign = other.sign();
                    let advice = format!("{example}, or `decimal: \"{sign}\"` below `data:`");
                    return self.fault(place, &what, advice);
                }
                self.fault(place, &format!("`{text}` is no finite number"), example)
            })
        };
        places.iter().map(number).collect()
    }

    /// A cell that has nothing in it, or a word for that.
    fn missing(&self, place: usize, text: &str, example: &str) -> Fault {
        let what = match text {
            "" => "there is nothing".to_owned(),
            word => format!("`{word}` stands for nothing"),
        };
        let advice = format!("{example}; or `missing: skip` below `data:` leaves such rows out");
        Fault {
            is_missing: true,
            ..self.fault(place, &what, advice)
        }
    }

    /// What is wrong with a cell.
    fn fault(&self, place: usize, what: &str, advice: impl Into<String>) -> Fault {
        let column = short(&self.header[place]);
        Fault::new(format!(", column {column}: {what}"), advice)
    }
}

fn place(header: &Cells, name: &str) -> Result<usize, Fault> {
    let found = header.iter().position(|known| known == name);
    found.ok_or_else(|| {
        let message = format!("there is no column `{}`", short(name));
        let known = header.iter().map(AsRef::as_ref);
        Fault::new(message, short(&advise(name, known)))
    })
}

fn places(header: &Cells, names: &[String]) -> Result<Vec<usize>, Fault> {
    names.iter().map(|name| place(header, name)).collect()
}

/// Text from a file, short and without anything that a terminal would obey.
fn short(text: &str) -> String {
    begun(&shown(text))
}
