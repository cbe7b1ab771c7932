//! What the values of fields must be, and what is said of them where they are not.

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use serde_yaml::Value;

use super::checker::Checker;
use super::field::{Field, scalar_text};
use super::schema;
use crate::explain::{can_be_seen, number};
use crate::math::expression;

/// What a value should have been, for messages.
pub(super) trait Expected {
    const WHAT: &'static str;
    const EXAMPLE: &'static str;
    /// What to write where there is nothing.
    const FILLING: &'static str = Self::EXAMPLE;
    /// The names of its fields, where it has any.
    const FIELDS: Option<&'static [&'static str]> = None;
    /// Whether one of its fields is enough, so that any wrong one may have been meant for it.
    const ALTERNATIVES: bool = false;
    /// How many lists it is in one another.
    const DEPTH: usize = 0;

    /// A value as it is meant where it may also be written otherwise.
    fn as_written(value: Value) -> Value {
        value
    }

    /// Whether a number or a text would do, in so many lists.
    fn takes(_: &Value) -> bool {
        false
    }

    /// The same for editors, as JSON Schema.
    fn schema() -> Json;
}

impl Expected for f64 {
    const WHAT: &'static str = "a number";
    const EXAMPLE: &'static str = "a number, such as 0.5";

    /// A fraction is a number, too: `2/3`.
    fn as_written(value: Value) -> Value {
        let parts = value.as_str().and_then(|text| text.split_once('/'));
        let numbers = parts.and_then(|(above, below)| {
            Some((number::parse(above.trim())?, number::parse(below.trim())?))
        });
        let quotient = numbers.map(|(above, below)| above / below);
        quotient
            .filter(|quotient| quotient.is_finite())
            .map_or(value, Value::from)
    }

    fn takes(value: &Value) -> bool {
        value.is_number()
    }

    fn schema() -> Json {
        // A text is a fraction.
        json!({"type": ["number", "string"], "pattern": "^[-+.eE0-9]+ */ *[-+.eE0-9]*[1-9][-+.eE0-9]*$"})
    }
}

impl Expected for u64 {
    const WHAT: &'static str = "a whole number";
    const EXAMPLE: &'static str = "a whole number, such as 3";

    fn takes(value: &Value) -> bool {
        value.is_u64()
    }

    fn schema() -> Json {
        json!({"type": "integer", "minimum": 0})
    }
}

impl Expected for bool {
    const WHAT: &'static str = "true or false";
    const EXAMPLE: &'static str = "`true` or `false`";

    fn schema() -> Json {
        json!({"type": "boolean"})
    }
}

impl Expected for String {
    const WHAT: &'static str = "text";
    const EXAMPLE: &'static str = "in quotes it is text";
    const FILLING: &'static str = "a few words; in quotes if they begin with `#`";

    fn takes(value: &Value) -> bool {
        value.is_string()
    }

    fn schema() -> Json {
        json!({"type": "string"})
    }
}

impl<T: Expected> Expected for Vec<Field<T>> {
    const WHAT: &'static str = "a list";
    const EXAMPLE: &'static str = "a list: `[a, b]`, or lines that begin with `- `";
    const DEPTH: usize = T::DEPTH + 1;

    fn takes(value: &Value) -> bool {
        T::takes(value)
    }

    fn schema() -> Json {
        schema::list(&T::schema())
    }
}

/// What to add where a field is missing.
pub(super) fn addition(kind: Option<&str>, field: &str) -> String {
    match field {
        "title" => "add `title: ` and a few words",
        "text" => "add `text: |` and what the learner reads, indented below",
        "loss" => "add `loss: ` and a formula, such as 0.05*x^2 + 1.5*y^2",
        "start" if kind == Some("surface") => {
            "add `start: {x: 1}`, with every variable of the loss"
        }
        "model" => "add `model:` and, indented below, `weight:` with its fields",
        "weight" => "add `weight:` and, indented below, `start:` and `gradients:`",
        "layers" => "add `layers: [2, 3, 1]`: inputs, hidden nodes, outputs",
        "data" => "add `data:` and, indented below, `rows:` or `file:`",
        "rows" => "add `rows:` with the items, or `file:` with the name of a CSV file",
        "inputs" => "add `inputs: [...]`, one for each input node",
        "targets" => "add `targets: [...]`, one for each output node",
        "column" => "add `column: ` and the name of the column that names the class",
        "order" => "add `order: [...]`, the classes in the order of the outputs",
        "gradients" => "add `gradients: [2.70]`, one number for each update",
        "training" => "add `training:` and, indented below, `learning_rate: 0.01`",
        "ask" => "add `ask: ` and the question",
        "say" => "add `say: ` and what the learner is told",
        "answer" => "add `answer: ` and an expression, such as `before + gradient`",
        "expect" => "add `expect: ` and an expression, such as `change/gradient`",
        "quantity" => "add `quantity: after`, or what else is asked for",
        "options" => "add `options:` and, below it, `- text: ...` with `say: ...`",
        "lines" => "add `lines:` and the lines in their right order",
        _ => return format!("add `{field}: ` and a number, such as 0.01"),
    }
    .to_owned()
}

/// How to write the number that a text was probably meant to be.
pub(super) fn number_meant(found: &Value) -> Option<String> {
    if let Some(items) = found.as_sequence() {
        return match items.as_slice() {
            [only @ Value::Number(_)] => Some(format!("without brackets: {}", scalar_text(only))),
            [] | [_] => None,
            several => Some(format!("one number, and this list has {}", several.len())),
        };
    }
    let text = found.as_str()?;
    if let Some(mistake) = expression::foreign_number(text) {
        return Some(format!("{}; write {}", mistake.message, mistake.advice));
    }
    if text.contains(',') && number::parse(&text.replace(',', "")).is_some() {
        return Some("decimals begin with a point, as in 0.5; thousands have no comma".to_owned());
    }
    if let Some(value) = number::parse(text) {
        let exact = number::exact(value);
        let quoted = ["", ", without quotes"][usize::from(exact == text)];
        return Some(format!("write {exact}{quoted}"));
    }
    let too_large = text.parse::<f64>().is_ok_and(f64::is_infinite);
    let digits = text.contains(|character: char| character.is_ascii_digit());
    (too_large && digits).then(|| "this is too large for any number; a smaller one".to_owned())
}

/// A value without parts, and what must hold of it beyond its shape.
pub(super) trait Leaf: Expected + DeserializeOwned {
    fn check(_: &mut Checker, value: Self) -> Option<Self> {
        Some(value)
    }
}

impl Leaf for String {
    fn check(checker: &mut Checker, value: Self) -> Option<Self> {
        if !can_be_seen(&value) {
            let message = format!("{} has nothing in it that can be seen", checker.name());
            return checker.refuse(message, Self::FILLING);
        }
        Some(value)
    }
}
impl Leaf for u64 {}
impl Leaf for bool {}

impl Leaf for f64 {
    fn check(checker: &mut Checker, value: Self) -> Option<Self> {
        if value.is_finite() {
            return Some(value);
        }
        let message = format!("{} must be a finite number", checker.name());
        checker.refuse(message, Self::EXAMPLE)
    }
}

/// A number or a word in so many lists; `None` where it is longer.
pub(super) fn in_brackets(value: &Value, depth: usize) -> Option<String> {
    let text = match value {
        Value::String(text) if text.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            text.clone()
        }
        Value::Number(number) => number.to_string(),
        Value::Null
        | Value::Bool(_)
        | Value::String(_)
        | Value::Sequence(_)
        | Value::Mapping(_)
        | Value::Tagged(_) => return None,
    };
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    Some(format!("in brackets it is a list: `{open}{text}{close}`"))
}
