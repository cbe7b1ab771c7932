//! Walking a lesson file: shapes, places, and collecting everything that is wrong.
//!
//! Knows nothing of what a lesson means; `validate` does.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use serde_yaml::Value;

use super::field::{Field, scalar_text};
use super::file::List;
use super::locate::{Step, key_span, value_span};
use super::problem::MOST_PROBLEMS;
use super::tree::is_control;
use super::{Code, Problem, schema};
use crate::command::{advise, closest};
use crate::explain::{Decimal, can_be_seen, number};
use crate::math::Named;
use crate::math::expression;

/// Walks the file, knows where it is, and collects what is wrong.
pub(super) struct Checker<'a> {
    pub(super) source: &'a str,
    pub(super) path: Vec<Step>,
    pub(super) problems: Vec<Problem>,
    /// What kind of thing is being looked at: problems with it are of this kind.
    pub(super) code: Code,
    /// The parameters' names, as far as they are known; enough to judge commands while other things are wrong.
    pub(super) parameters: Vec<String>,
    /// The nodes of each layer of the network, as far as they are known.
    pub(super) layers: Vec<usize>,
    /// The figures over all items that there will be.
    pub(super) metrics: &'static [&'static str],
    /// What has been found out, in sentences: see [`super::Lesson::notes`].
    pub(super) notes: Vec<String>,
    /// What decimals begin with in commands and formulas.
    pub(super) decimal: Decimal,
    /// Texts with letters in them that a terminal cannot show where they belong; the lesson can be read all the same.
    pub(super) unshown: Vec<Problem>,
    /// Fields that were probably meant by misspelt ones: they are not reported as missing as well.
    pub(super) meant: Vec<Vec<Step>>,
    /// Reads a file that the lesson names.
    pub(super) files: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
}

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

/// A number or a word in so many lists; `None` where it is longer.
fn in_brackets(value: &Value, depth: usize) -> Option<String> {
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

/// What to add where a field is missing.
fn addition(kind: Option<&str>, field: &str) -> String {
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

impl<'a> Checker<'a> {
    /// One at the top of a file, of which some problems may be known already.
    pub(super) fn of(
        source: &'a str,
        problems: Vec<Problem>,
        files: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
    ) -> Self {
        Self {
            source,
            path: Vec::new(),
            problems,
            parameters: Vec::new(),
            layers: Vec::new(),
            metrics: &[],
            code: Code::Value,
            notes: Vec::new(),
            decimal: Decimal::Point,
            unshown: Vec::new(),
            meant: Vec::new(),
            files,
        }
    }
}

impl Checker<'_> {
    /// The value of a field that must be there.
    pub(super) fn required<T: Leaf>(&mut self, name: &str, field: Field<T>) -> Option<T> {
        self.required_with(name, field, T::check)
    }

    /// The value of a field that need not be there; where it is `None` all the same, that has been noted.
    pub(super) fn optional<T: Leaf>(&mut self, name: &str, field: Field<T>) -> Option<T> {
        self.optional_with(name, field, T::check)
    }

    /// The same, made into something by `make`.
    pub(super) fn optional_with<T: Expected + DeserializeOwned, U>(
        &mut self,
        name: &str,
        field: Field<T>,
        make: impl FnOnce(&mut Self, T) -> Option<U>,
    ) -> Option<U> {
        let given = field.is_given();
        given.then(|| self.required_with(name, field, make))?
    }

    /// The same, or `otherwise` where it is not there; `None` where it is wrong.
    pub(super) fn given_or<T: Expected + DeserializeOwned, U>(
        &mut self,
        otherwise: U,
        name: &str,
        field: Field<T>,
        make: impl FnOnce(&mut Self, T) -> Option<U>,
    ) -> Option<U> {
        if field.is_given() {
            self.required_with(name, field, make)
        } else {
            Some(otherwise)
        }
    }

    /// The items of a list that need not be there, made into something by `make`.
    pub(super) fn listed<T: Expected + DeserializeOwned, U>(
        &mut self,
        name: &str,
        field: Field<List<T>>,
        make: impl FnMut(&mut Self, T) -> Option<U>,
    ) -> Option<Vec<U>> {
        self.given_or(Vec::new(), name, field, |checker, items| {
            checker.items(items, make)
        })
    }

    /// A field that must be there, made into something by `make`.
    pub(super) fn required_with<T: Expected + DeserializeOwned, U>(
        &mut self,
        name: &str,
        field: Field<T>,
        make: impl FnOnce(&mut Self, T) -> Option<U>,
    ) -> Option<U> {
        if !field.is_given() {
            if self.is_meant(name) {
                return None;
            }
            let message = format!("`{name}` is missing{}", self.place_name());
            let kind = self.path.last().map(Step::name);
            let advice = addition(kind.as_deref(), name);
            self.as_code(Code::MissingField, |checker| {
                checker.complain(Self::key_span_here, message, advice);
            });
            return None;
        }
        self.below(Step::key(name), |checker| {
            let value = checker.take(field)?;
            make(checker, value)
        })
    }

    /// Every item of a list, made into something by `make`; `None` where one of them is wrong.
    pub(super) fn items<T: Expected + DeserializeOwned, U>(
        &mut self,
        items: List<T>,
        mut make: impl FnMut(&mut Self, T) -> Option<U>,
    ) -> Option<Vec<U>> {
        let made: Vec<Option<U>> = (items.into_iter().enumerate())
            .map(|(index, item)| {
                self.below(Step::Index(index), |checker| {
                    let value = checker.take(item)?;
                    make(checker, value)
                })
            })
            .collect();
        made.into_iter().collect()
    }

    /// Looks at what is a step further down.
    pub(super) fn below<U>(&mut self, step: Step, look: impl FnOnce(&mut Self) -> U) -> U {
        self.path.push(step);
        let found = look(self);
        self.path.pop();
        found
    }

    /// A value of the right shape at the current place, or a problem. Unknown keys are problems too.
    pub(super) fn take<T: Expected + DeserializeOwned>(&mut self, field: Field<T>) -> Option<T> {
        match field {
            Field::Absent => None,
            Field::Good { value, unknown } => {
                self.report_unknown::<T>(&unknown);
                Some(value)
            }
            Field::Wrong(Value::Null) => {
                let message = format!("{} is empty", self.name());
                self.complain(Self::key_span_here, message, T::FILLING);
                None
            }
            Field::Wrong(found) => {
                let (name, what, found_text) = (self.name(), T::WHAT, scalar_text(&found));
                let message = format!("{name} must be {what}, and this is {found_text}");
                let meant = if what == f64::WHAT {
                    number_meant(&found)
                } else {
                    (T::DEPTH > 0 && T::takes(&found))
                        .then(|| in_brackets(&found, T::DEPTH))
                        .flatten()
                };
                let advice = meant.unwrap_or_else(|| T::EXAMPLE.to_owned());
                self.as_code(Code::WrongKind, |checker| checker.refuse(message, advice))
            }
        }
    }

    fn report_unknown<T: Expected>(&mut self, unknown: &[String]) {
        let known = T::FIELDS.unwrap_or(&[]);
        for name in unknown.iter().filter(|name| !name.contains(is_control)) {
            let only = known.first().filter(|_| known.len() == 1).copied();
            let near = closest(name, known.iter().copied()).or(only);
            let any = near.or(known.first().filter(|_| T::ALTERNATIVES).copied());
            if let Some(meant) = any {
                self.meant.push(self.path_to(meant));
            }
            let message = format!("there is no field `{name}`{}", self.place_name());
            let advice = advise(name, known.iter().copied());
            self.as_code(Code::UnknownField, |checker| {
                checker.complain(|checker| checker.place(name, key_span), message, advice);
            });
        }
    }

    /// Whether a misspelt field has already been taken for this one.
    pub(super) fn is_meant(&self, name: &str) -> bool {
        self.meant.contains(&self.path_to(name))
    }

    /// One of several names, or the usual one where none is given.
    pub(super) fn named<T: Named + Default>(
        &mut self,
        field: &str,
        given: Field<String>,
        all: &[T],
    ) -> Option<T> {
        self.named_or(T::default(), field, given, all)
    }

    /// The same, or `otherwise` where none is given.
    pub(super) fn named_or<T: Named>(
        &mut self,
        otherwise: T,
        field: &str,
        given: Field<String>,
        all: &[T],
    ) -> Option<T> {
        let Some(given) = self.optional(field, given) else {
            return Some(otherwise);
        };
        let found = all.iter().find(|value| value.name() == given);
        found.copied().or_else(|| {
            let advice = advise(&given, all.iter().map(|value| value.name()));
            let message = format!("there is no {field} `{given}`");
            self.as_code(Code::UnknownName, |checker| {
                checker.refuse_field(field, message, advice)
            })
        })
    }

    /// Complains about an empty list.
    pub(super) fn filled(&mut self, name: &str, count: usize, advice: &str) -> Option<()> {
        if count > 0 {
            return Some(());
        }
        self.refuse(format!("`{name}` is an empty list"), advice)
    }

    /// Finds control characters that YAML escapes have put into text or keys.
    pub(super) fn control_characters(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.control_character(text, Self::value_span_here),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(Step::Index(index), |checker| {
                        checker.control_characters(item);
                    });
                }
            }
            Value::Mapping(mapping) => {
                for (key, item) in mapping {
                    let key = key.as_str().unwrap_or_default();
                    self.below(Step::key(key), |checker| {
                        checker.control_character(key, Self::key_span_here);
                        checker.control_characters(item);
                    });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => {}
        }
    }

    fn control_character(&mut self, text: &str, place: fn(&Self) -> Range<usize>) {
        if let Some((part, message, advice)) = out_of_place(text) {
            let whole = place(self);
            let found = self.source[whole.start..].find(part);
            let span = found.map_or(whole.clone(), |at| {
                whole.start + at..whole.start + at + part.len()
            });
            self.unshown.push(Problem::new(span, message, advice));
        }
        if let Some(found) = text.chars().find(|character| is_control(*character)) {
            let code = found as u32;
            let message = format!("this text has a control character in it (U+{code:04X})");
            let advice = "take the escape out; a lesson is plain text";
            self.as_code(Code::Yaml, |checker| {
                checker.complain(place, message, advice);
            });
        }
    }

    /// Notes a problem. Its place, which takes time to find, is looked for only while there are not too many.
    pub(super) fn complain(
        &mut self,
        place: impl FnOnce(&Self) -> Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        if self.problems.len() <= MOST_PROBLEMS {
            let span = place(self);
            let problem = Problem::new(span, message, advice);
            self.problems.push(problem.of(self.code));
        }
    }

    /// Looks at something; what is wrong with it is of this kind, where nothing says it better.
    pub(super) fn as_code<T>(&mut self, code: Code, look: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.code, code);
        let seen = look(self);
        self.code = before;
        seen
    }

    /// Notes a problem with the value that is being looked at, of which nothing can be made.
    pub(super) fn refuse<T>(
        &mut self,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Option<T> {
        self.complain(Self::value_span_here, message, advice);
        None
    }

    /// The same with the value of one of its fields.
    pub(super) fn refuse_field<T>(
        &mut self,
        field: &str,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Option<T> {
        self.complain(|checker| checker.place(field, value_span), message, advice);
        None
    }

    /// The place of a field of what is being looked at.
    pub(super) fn place(
        &self,
        field: &str,
        find: fn(&str, &[Step]) -> Range<usize>,
    ) -> Range<usize> {
        find(self.source, &self.path_to(field))
    }

    fn path_to(&self, field: &str) -> Vec<Step> {
        [&self.path[..], &[Step::key(field)]].concat()
    }

    /// The place of what is being looked at, by its key where it has one.
    pub(super) fn key_span_here(&self) -> Range<usize> {
        match self.path.last() {
            Some(Step::Key(..)) => key_span(self.source, &self.path),
            Some(Step::Index(_)) | None => self.value_span_here(),
        }
    }

    pub(super) fn value_span_here(&self) -> Range<usize> {
        value_span(self.source, &self.path)
    }

    /// `field`, or the item's place in its list, for messages.
    pub(super) fn name(&self) -> String {
        match self.path.as_slice() {
            [] => "the file".to_owned(),
            [.., Step::Key(name, _)] => format!("`{name}`"),
            path => {
                let is_index = |step: &&Step| matches!(step, Step::Index(_));
                let items = path.iter().rev().take_while(is_index).count();
                let (above, items) = path.split_at(path.len() - items);
                let list = above.last().map_or_else(String::new, Step::name);
                let items = items
                    .iter()
                    .rev()
                    .map(|item| format!("{} of ", item.name()));
                format!("{}`{list}`", items.collect::<String>())
            }
        }
    }

    /// " in `training`", " in page 2", or nothing at the top.
    pub(super) fn place_name(&self) -> String {
        match self.path.as_slice() {
            [] => String::new(),
            [.., Step::Key(list, _), Step::Index(index)] if list == "pages" => {
                format!(" in page {}", index + 1)
            }
            [.., Step::Index(_)] => format!(" in {}", self.name()),
            [.., last] => format!(" in `{}`", last.name()),
        }
    }
}

/// The first part of a text that a terminal would show in another place or another width than it has been given: the
/// part, what is wrong with it, and what would work.
fn out_of_place(text: &str) -> Option<(&str, String, &'static str)> {
    let (start, first) = (text.char_indices()).find(|(_, c)| is_joiner(*c) || runs_left(*c))?;
    if is_joiner(first) {
        let message = format!(
            "terminals do not agree how wide letters are that a zero-width joiner (U+{:04X}) stands between",
            first as u32
        );
        let advice = "one letter or sign, without a joiner";
        return Some((&text[start..start + first.len_utf8()], message, advice));
    }
    let length = text[start..]
        .find(|c| !runs_left(c))
        .unwrap_or(text.len() - start);
    let part = &text[start..start + length];
    let message =
        format!("`{part}` is written from right to left, which is not shown in its order here");
    Some((part, message, "letters that are written from left to right"))
}

/// Whether a character joins those beside it, or keeps them apart, and is not seen itself.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Whether a letter belongs to a script that is written from right to left.
fn runs_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

/// How to write the number that a text was probably meant to be.
fn number_meant(found: &Value) -> Option<String> {
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
