//! A file of data as a lesson: which column is learned from which, and by what network.

use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

use super::columns::{Column, Table};
use super::rate::{RATES, round_down};
use super::{Chosen, RULE, Untried, Wanted, classical, fields, say, training};
use crate::command::{advise, shortened};
use crate::explain::{Decimal, number, shown};
use crate::files::Files;
use crate::lesson::data::Separator;

/// So many hidden nodes are chosen.
const HIDDEN: &str = "5";
/// A column of words with more different ones names no classes.
pub(super) const MOST_CLASSES: usize = 20;
/// Whole numbers with more different ones are amounts.
const MOST_NUMBERED: usize = 10;
/// Targets beyond this are said to be large.
const LARGE: f64 = 10.0;

/// What the target is.
enum Learned {
    /// One of several classes, as the data call them, in order.
    Classes(Vec<String>),
    /// A number.
    Amount,
}

/// The lesson of a file; its learning rate is still to be found.
pub(super) fn chosen(files: &dyn Files, path: &str, wanted: &Wanted) -> Result<Chosen, Untried> {
    let table = Table::read(files, path, wanted.target.as_deref())?;
    let (target, why) = target(&table, wanted.target.as_deref())?;
    let learned = learned(&table, target)?;
    let (inputs, left_out) = inputs(&table, target);
    let name = quoted(&table.columns[target].name);
    if inputs.is_empty() {
        let message = format!("there is no column of numbers to learn {name} from");
        let advice = left_out.unwrap_or_else(|| "a column of numbers beside it".to_owned());
        return Err(Untried::whole(message, advice));
    }
    let hidden = hidden(wanted.hidden.as_deref())?;
    let outputs = match &learned {
        Learned::Classes(classes) if classes.len() > 2 => classes.len(),
        Learned::Classes(_) | Learned::Amount => 1,
    };
    let sizes: Vec<usize> = ([inputs.len()].into_iter())
        .chain(hidden.iter().copied())
        .chain([outputs])
        .collect();
    let reach = round_down(1.0 / (inputs.len() as f64).sqrt()).min(0.5);
    let other = match wanted.target {
        Some(_) => "",
        None => " `--target` names another.",
    };
    let notes = [
        Some(of_target(&table, target, &learned, why) + other),
        Some(of_inputs(&inputs, left_out)),
        Some(of_layers(&sizes, &hidden, &learned)),
        Some(classical()),
        Some(format!(
            "**weights** between {} and {}, and the order of the items, are drawn by chance; `set seed 2` draws others.",
            say(-reach),
            say(reach)
        )),
    ];
    let path = files.whole_name(Path::new(path));
    let beside = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let names = inputs
        .iter()
        .map(|column| Value::from(column.name.as_str()));
    let mut data = fields([
        ("file", beside.as_str().into()),
        ("inputs", names.collect::<Vec<_>>().into()),
    ]);
    add_target(&mut data, &table.columns[target].name, &learned);
    add_style(&mut data, &table, &inputs, target);
    let (output, error) = match &learned {
        Learned::Classes(classes) if classes.len() > 2 => ("softmax", "cross-entropy"),
        Learned::Classes(_) => ("sigmoid", "cross-entropy"),
        Learned::Amount => ("identity", "squared"),
    };
    let sizes: Vec<Value> = sizes.iter().map(|size| Value::from(*size as u64)).collect();
    let network = fields([
        ("layers", sizes.into()),
        ("hidden", "tanh".into()),
        ("output", output.into()),
        ("error", error.into()),
        (
            "initial",
            fields([("low", (-reach).into()), ("high", reach.into())]).into(),
        ),
        ("random", fields([("seed", 1.into())]).into()),
        ("order", "shuffled".into()),
        ("data", data.into()),
    ]);
    Ok(Chosen {
        title: beside,
        model: fields([("network", network.into())]),
        training: training(RULE, RATES[2]),
        notes: notes.into_iter().flatten().collect(),
        folder: Some(path.parent().map_or_else(PathBuf::new, Path::to_path_buf)),
    })
}

/// The column that is learned, by its place, and why it is this one.
fn target(table: &Table, asked: Option<&str>) -> Result<(usize, &'static str), Untried> {
    let names = || table.columns.iter().map(|column| column.name.as_str());
    if table.columns.len() < 2 {
        let message = format!(
            "{} has one column, and a network learns one from others",
            table.name
        );
        let advice = "a line of names such as x,y, and a number of each on every line below";
        return Err(Untried::whole(message, advice));
    }
    if let Some(asked) = asked {
        let place = names().position(|name| name == asked);
        return place.map(|place| (place, "as you say")).ok_or_else(|| {
            let message = format!("{} has no column {}", table.name, quoted(asked));
            Untried::whole(
                message,
                shown(&advise(asked, names().filter(|name| !name.is_empty()))),
            )
        });
    }
    let last = table.columns.len() - 1;
    let is_usable = |place: usize| {
        let column = &table.columns[place];
        !column.name.is_empty() && column.is_numbers() && column.varies()
    };
    for (place, why) in [
        (last, "the last column"),
        (0, "the first column, whose words can be classes"),
    ] {
        if table.columns[place].names_classes() {
            return Ok((place, why));
        }
    }
    let place = (0..=last).rev().find(|place| is_usable(*place));
    let place = place.or_else(|| {
        (0..=last)
            .rev()
            .find(|place| table.columns[*place].names_classes())
    });
    let place = place.ok_or_else(|| {
        let message = format!("{} has no column that could be learned", table.name);
        Untried::whole(
            message,
            "a column of numbers, or of words that name a few classes",
        )
    })?;
    let why = if place == last {
        "the last column"
    } else {
        "the last column that can be learned"
    };
    Ok((place, why))
}

/// Whether the target is a class or a number.
fn learned(table: &Table, target: usize) -> Result<Learned, Untried> {
    let column = &table.columns[target];
    let name = quoted(&column.name);
    if !column.varies() {
        let message = format!("{name} is the same in every row, so there is nothing to learn");
        return Err(Untried::whole(
            message,
            "--target and the name of another column",
        ));
    }
    if column.is_numbers() {
        let numbers = column.numbers_in_order(table.decimal);
        let steps = numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
        let counts = steps && [Some(&0.0), Some(&1.0)].contains(&numbers.first());
        let few = numbers.len() <= MOST_NUMBERED && column.rows >= 2 * numbers.len();
        let is_classes =
            column.is_whole && column.has_all_labels && few && (counts || numbers.len() == 2);
        return Ok(if is_classes {
            Learned::Classes(
                numbers
                    .iter()
                    .map(|number| number::exact(*number))
                    .collect(),
            )
        } else {
            Learned::Amount
        });
    }
    if !column.names_classes() {
        let example = column
            .word
            .as_ref()
            .map_or_else(String::new, |(word, line)| {
                format!(", such as {} in line {line}", quoted(word))
            });
        let many = if column.has_all_labels {
            column.labels.len().to_string()
        } else {
            format!("more than {MOST_CLASSES}")
        };
        let message =
            format!("{name} holds words{example}, but {many} different ones are no classes");
        return Err(Untried::whole(
            message,
            format!(
                "--target and a column of numbers, or of {MOST_CLASSES} words at most that come more than once"
            ),
        ));
    }
    let mut classes = column.labels.clone();
    classes.sort();
    Ok(Learned::Classes(classes))
}

/// The columns that are learned from, and which are left out and why. One that counts the rows is learned from where
/// there is no other.
fn inputs(table: &Table, target: usize) -> (Vec<&Column>, Option<String>) {
    let others = || {
        table
            .columns
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != target)
    };
    let is_plain = |column: &Column| column.unfit().is_none() && !column.counts_rows();
    let has_plain = others().any(|(_, column)| is_plain(column));
    let mut inputs = Vec::new();
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for (place, column) in others() {
        let counts = (has_plain && column.counts_rows()).then(|| "it counts the rows".to_owned());
        let Some(reason) = column.unfit().or(counts) else {
            inputs.push(column);
            continue;
        };
        let name = if column.name.is_empty() {
            format!("column {}", place + 1)
        } else {
            quoted(&column.name)
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => reasons.push((reason, vec![name])),
        }
    }
    let reason =
        |(reason, names): &(String, Vec<String>)| format!("{} ({reason})", names.join(", "));
    let all: Vec<String> = reasons.iter().map(reason).collect();
    (
        inputs,
        (!all.is_empty()).then(|| format!("left out: {}", all.join("; "))),
    )
}

/// The nodes of each hidden layer: `5`, `8,4`, or `0` for none.
fn hidden(asked: Option<&str>) -> Result<Vec<usize>, Untried> {
    let text = asked.unwrap_or(HIDDEN);
    let sizes = text.split(',').map(|part| part.trim().parse::<usize>());
    let sizes: Result<Vec<usize>, _> = sizes.collect();
    match sizes.as_deref() {
        Ok([0]) => Ok(Vec::new()),
        Ok(sizes) if sizes.iter().all(|size| (1..=10_000).contains(size)) && sizes.len() <= 14 => {
            Ok(sizes.to_vec())
        }
        Ok(_) | Err(_) => Err(Untried::whole(
            format!("--hidden {} is no number of hidden nodes", shown(text)),
            "5, 8,4 for two layers, or 0 for none",
        )),
    }
}

fn add_target(data: &mut Mapping, name: &str, learned: &Learned) {
    match learned {
        Learned::Classes(classes) => {
            let order: Vec<Value> = classes.iter().map(|class| class.as_str().into()).collect();
            let classes = fields([("column", name.into()), ("order", order.into())]);
            data.insert("classes".into(), classes.into());
        }
        Learned::Amount => {
            data.insert("targets".into(), vec![Value::from(name)].into());
        }
    }
}

/// How the cells are written, and how inputs are scaled.
fn add_style(data: &mut Mapping, table: &Table, inputs: &[&Column], target: usize) {
    if table.separator != Separator::Comma {
        data.insert("separator".into(), table.separator.name().into());
    }
    if table.decimal != Decimal::Point {
        data.insert("decimal".into(), table.decimal.name().into());
    }
    let used = inputs.iter().copied().chain([&table.columns[target]]);
    if used.into_iter().any(|column| column.gaps > 0) {
        data.insert("missing".into(), "skip".into());
    }
    data.insert("scale".into(), "standard".into());
}

fn of_target(table: &Table, target: usize, learned: &Learned, why: &str) -> String {
    let column = &table.columns[target];
    let name = quoted(&column.name);
    let is = match learned {
        Learned::Classes(classes) => {
            let words = if column.is_numbers() {
                "whole numbers"
            } else {
                "words"
            };
            let listed: Vec<String> = classes.iter().take(5).map(|class| quoted(class)).collect();
            let more = if classes.len() > listed.len() {
                ", ..."
            } else {
                ""
            };
            format!(
                "Its {} {words} are classes: {}{more}.",
                classes.len(),
                listed.join(", ")
            )
        }
        Learned::Amount => {
            let (low, high) = (say(column.low), say(column.high));
            let large = if column.low.abs().max(column.high.abs()) > LARGE {
                " Only inputs are scaled, it is not."
            } else {
                ""
            };
            format!("It is an amount, from {low} to {high}.{large}")
        }
    };
    format!("**the target is {name}**, {why}. {is}")
}

fn of_inputs(inputs: &[&Column], left_out: Option<String>) -> String {
    let names: Vec<String> = inputs
        .iter()
        .take(6)
        .map(|column| quoted(&column.name))
        .collect();
    let more = match inputs.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let left_out = left_out.map_or_else(String::new, |words| format!(" Columns {words}."));
    let names = names.join(", ");
    format!("**inputs** {names}{more}, scaled: less their mean, divided by their spread.{left_out}")
}

fn of_layers(sizes: &[usize], hidden: &[usize], learned: &Learned) -> String {
    let all: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let nodes = match hidden {
        [] => "no hidden nodes".to_owned(),
        [1] => "one hidden node with tanh".to_owned(),
        [only] => format!("{only} hidden nodes with tanh"),
        several => format!("{} layers of hidden nodes with tanh", several.len()),
    };
    let output = match learned {
        Learned::Classes(classes) if classes.len() > 2 => {
            "an output for each class with softmax, and the error cross-entropy, as is usual for classes"
        }
        Learned::Classes(_) => {
            "one output with sigmoid, near 0 for the first class and near 1 for the second, and the error cross-entropy"
        }
        Learned::Amount => {
            "an output that may be any number, and the squared error, as is usual for amounts"
        }
    };
    format!(
        "**layers {}**: {nodes}, {output}. `--hidden` says how many hidden nodes.",
        all.join("-")
    )
}

/// A name from a file, as a note quotes it.
pub(super) fn quoted(name: &str) -> String {
    let name = shortened(&shown(name))
        .replace('`', "'")
        .replace('{', "{{")
        .replace('}', "}}");
    format!("`{name}`")
}
