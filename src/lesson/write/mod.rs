//! Writing a lesson: a tree of YAML values as a file that people read and change, with what the schema says beside each field.
//!
//! What is written reads back as the same tree. Which fields there are is for those to say who make the tree.

mod set_now;

use std::fmt::Write;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Number, Value};
use unicode_width::UnicodeWidthStr;

pub use set_now::SetNow;

use super::expected::Expected;
use super::file::LessonFile;
use crate::explain::{number, series};

/// Fields whose own fields stand on lines of their own.
const BLOCKS: [&str; 6] = [
    "model.",
    "model.weight.",
    "model.surface.",
    "model.network.",
    "model.network.data.",
    "training.",
];

/// Remarks begin in this column, where the line before is not longer.
const COLUMN: usize = 38;

/// A first page, for whoever goes on with the file.
const FIRST_PAGE: &str = "\
# Without pages the lesson opens with one that is made from its model. With pages, learners read what you write:
# pages:
#   - title: The first page
#     commands: [reset]
#     text: |
#       The weight is **{before}** and the gradient **{gradient}**. What will the weight be?
#       Press x to answer, or ↓ to see.
#     exercise:
#       predict: {quantity: after}
";

/// A lesson as a file: some words above it, its fields, and a page to go on with.
pub(super) fn lesson(words: &[String], tree: &Mapping) -> String {
    let mut out = String::new();
    for line in words.iter().flat_map(|words| words.lines()) {
        let _ = writeln!(out, "# {line}");
    }
    fields(&mut out, "", &LessonFile::schema(), tree);
    if !tree.contains_key("pages") {
        out.push('\n');
        out.push_str(FIRST_PAGE);
    }
    out
}

/// The fields of a mapping, a line or more each, with what the schema says they are for.
fn fields(out: &mut String, path: &str, schema: &Json, mapping: &Mapping) {
    let indent = path.split_terminator('.').count() * 2;
    for (key, value) in mapping {
        let name = key.as_str().unwrap_or_default();
        let path = format!("{path}{name}.");
        let schema = &schema["properties"][name];
        let is_part = BLOCKS.contains(&path.as_str());
        if is_part && indent == 0 && !out.is_empty() {
            out.push('\n');
        }
        let remark = remark(schema).filter(|_| !is_part && path != "title.");
        let line = format!("{:indent$}{}:", "", text(name));
        let items = value
            .as_sequence()
            .filter(|items| items.iter().all(Value::is_mapping));
        match (value, items) {
            (Value::Mapping(below), _) if is_part => {
                finish(out, line, remark.as_deref());
                fields(out, &path, schema, below);
            }
            (_, Some(items)) if !items.is_empty() => {
                finish(out, line, remark.as_deref());
                for item in items {
                    let _ = writeln!(out, "{:indent$}  - {}", "", flow(item));
                }
            }
            // Behind words without quotes a remark may be taken for what was to be said.
            (Value::String(words), _) if remark.is_some() && words.contains(' ') => {
                finish(out, format!("{line} {}", quoted(words)), remark.as_deref());
            }
            (_, Some(_) | None) => {
                finish(out, format!("{line} {}", flow(value)), remark.as_deref());
            }
        }
    }
}

/// What a field is for, where there is something to say, after the names that it can have.
fn remark(schema: &Json) -> Option<String> {
    let about = schema["description"].as_str()?;
    let names = schema["enum"].as_array().into_iter().flatten();
    let names = series(names.filter_map(Json::as_str), "or");
    let point = if names.is_empty() { "" } else { ". " };
    Some(format!("{names}{point}{about}"))
}

/// Ends a line, with a remark where its field has one.
fn finish(out: &mut String, mut line: String, remark: Option<&str>) {
    if let Some(remark) = remark {
        let room = COLUMN.saturating_sub(line.width()).max(2);
        let _ = write!(line, "{:room$}# {remark}", "");
    }
    out.push_str(&line);
    out.push('\n');
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => numeral(number),
        Value::String(words) => text(words),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(fields) => {
            let field = |(key, value): (&Value, &Value)| format!("{}: {}", flow(key), flow(value));
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Tagged(tagged) => flow(&tagged.value),
    }
}

/// A number that reads back as the same.
fn numeral(value: &Number) -> String {
    match value.as_f64() {
        Some(float) if value.is_f64() => number::exact(float),
        _ => value.to_string(),
    }
}

/// A text: as it is where nobody takes it for anything else, and else in quotes.
fn text(words: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_ ./-+*^()".contains(c);
    let taken = ["true", "false", "null", "yes", "no", "on", "off"];
    let is_plain = words.starts_with(|c: char| c.is_ascii_alphabetic() || c == '(')
        && words.chars().all(fits)
        && !words.ends_with(' ')
        && !taken.contains(&words.to_ascii_lowercase().as_str());
    if is_plain {
        return words.to_owned();
    }
    quoted(words)
}

/// A text in quotes.
fn quoted(words: &str) -> String {
    let mut quoted = String::from('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
