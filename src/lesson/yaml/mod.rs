//! From bytes to a tree of YAML values, with the guards that a file from anywhere needs.

mod locate;
mod syntax;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_yaml::{Mapping, Number, Value};

pub use locate::{Step, key_span, value_span};

use super::problem::MOST_PROBLEMS;
use super::{Code, LoadError, MOST_BYTES, Problem, data};
use crate::explain::acts;
use crate::files::{Files, Kind};

/// Deeper brackets than any lesson has; reading takes time that grows with the square of their depth.
const MOST_BRACKETS: usize = 512;
/// A value takes a byte or more. Only aliases, each of which stands for values without end, make more of them.
const MOST_VALUES: usize = MOST_BYTES;

/// Reads at most as much of a file as a lesson may have.
pub fn read_file(files: &dyn Files, path: &Path) -> Result<Vec<u8>, LoadError> {
    let read = match files.kind(path) {
        Ok(Kind::Folder) => Err("it is a folder; name a .yaml file in it".to_owned()),
        Ok(Kind::File(_) | Kind::Other) | Err(_) => {
            (files.read(path, MOST_BYTES as u64 + 1)).map_err(|error| error.to_string())
        }
    };
    read.map_err(|reason| LoadError::unreadable(&path.display().to_string(), reason))
}

/// The text of a lesson file, without a byte-order mark.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, LoadError> {
    let unreadable = |reason: &str| LoadError::unreadable(name, reason);
    if bytes.len() > MOST_BYTES {
        let limit = MOST_BYTES >> 10;
        let reason = format!("it is larger than {limit} KiB, the most that a lesson may have");
        return Err(unreadable(&reason));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(unreadable("it is written in UTF-16; save it as UTF-8"));
    }
    data::decode(bytes).map_err(|fault| unreadable(&format!("{}; {}", fault.message, fault.advice)))
}

/// The YAML of a lesson as a tree in which every key stands once, and the keys that stand more often.
pub fn parse(source: &str) -> Result<(Value, Vec<Problem>), Vec<Problem>> {
    let problems = control_characters(source);
    if !problems.is_empty() {
        return Err(problems);
    }
    if let Some(problem) = deep_brackets(source) {
        return Err(vec![problem]);
    }
    let mut reading = Reading {
        source,
        values: 0,
        path: Vec::new(),
        duplicates: Vec::new(),
        problems: Vec::new(),
    };
    let seed = Tree(&mut reading);
    let value = seed.deserialize(serde_yaml::Deserializer::from_str(source));
    let mut value = value.map_err(|error| vec![syntax::explain(source, &error)])?;
    if NO_NUMBERS.iter().any(|sign| source.contains(sign)) {
        let written = Written(&mut value).deserialize(serde_yaml::Deserializer::from_str(source));
        written.map_err(|error| vec![syntax::explain(source, &error)])?;
    }
    let duplicates = reading.duplicates.iter().take(MOST_PROBLEMS + 1);
    let duplicates = duplicates.map(|path| duplicate_problem(source, path));
    Ok((value, duplicates.chain(reading.problems).collect()))
}

/// Whether a character would do something to a terminal rather than be read, or is none that YAML allows.
pub fn is_control(character: char) -> bool {
    let not_in_yaml = matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let layout = matches!(character, '\n' | '\t' | '\r');
    (acts(character) && !layout) || not_in_yaml
}

/// The first control character of each line.
fn control_characters(source: &str) -> Vec<Problem> {
    let mut start = 0;
    let found = source.split_inclusive('\n').filter_map(|line| {
        let line_start = start;
        start += line.len();
        let mut characters = line.char_indices();
        let (index, character) = characters.find(|(_, character)| is_control(*character))?;
        Some((line_start + index, character))
    });
    let problem = |(index, character): (usize, char)| {
        let code = character as u32;
        let message = format!("a control character (U+{code:04X}) stands in the file");
        let span = index..index + character.len_utf8();
        Problem::new(span, message, "delete it; a lesson is plain text")
    };
    found.take(MOST_PROBLEMS + 1).map(problem).collect()
}

/// Counts brackets without reading YAML: an upper bound on their depth is enough for a guard.
fn deep_brackets(source: &str) -> Option<Problem> {
    let mut depth = 0_usize;
    for (index, byte) in source.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_BRACKETS {
            let message = format!("more than {MOST_BRACKETS} brackets are open here");
            let advice = "close the brackets before; no lesson needs them so deep";
            return Some(Problem::new(index..index + 1, message, advice));
        }
    }
    None
}

/// The no-break spaces that stand where YAML wants blanks, on lines that something is wrong with or that stand above
/// such: whatever else is wrong there may come from them.
pub fn no_break_spaces(source: &str, problems: &[Problem]) -> Vec<Problem> {
    let line_of = |at: usize| {
        source
            .bytes()
            .take(at)
            .filter(|byte| *byte == b'\n')
            .count()
    };
    let wrong: HashSet<usize> = (problems.iter())
        .flat_map(|problem| {
            let line = line_of(problem.span.start);
            [line, line.saturating_sub(1)]
        })
        .collect();
    let mut start = 0;
    let mut found = Vec::new();
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let indentation = &line[..line.len() - line.trim_start().len()];
        let behind = [":\u{a0}", "-\u{a0}"]
            .iter()
            .find_map(|sign| Some(line.find(sign)? + 1));
        let at = indentation.find('\u{a0}').or(behind);
        if let Some(at) = at.filter(|_| wrong.contains(&index)) {
            found.push(Problem::new(
                start + at..start + at + '\u{a0}'.len_utf8(),
                "a no-break space (U+00A0) stands where YAML wants a blank",
                "an ordinary space; look for others like it",
            ));
        }
        start += line.len();
    }
    found
}

fn duplicate_problem(source: &str, path: &[Step]) -> Problem {
    let mut first = path.to_vec();
    let mut name = String::new();
    if let Some(Step::Key(key, nth)) = first.last_mut() {
        name.clone_from(key);
        *nth = 0;
    }
    let before = &source[..key_span(source, &first).start];
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let message = format!("`{name}` stands twice in the same place");
    let advice = format!("keep one of the two; the first is in line {line}");
    Problem::new(key_span(source, path), message, advice).of(Code::DuplicateField)
}

/// What is noted while the tree is read.
struct Reading<'s> {
    source: &'s str,
    values: usize,
    path: Vec<Step>,
    duplicates: Vec<Vec<Step>>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    /// A text that stands in the source as it is. Only there is it seen whether it has quotes, and what is beside it.
    fn text(&mut self, text: &str) -> Value {
        let value = || Value::String(text.to_owned());
        let place = (text.as_ptr().addr()).checked_sub(self.source.as_ptr().addr());
        let place = place.filter(|start| self.source.get(*start..start + text.len()) == Some(text));
        let Some(start) = place else { return value() };
        let (before, after) = (&self.source[..start], &self.source[start + text.len()..]);
        if before.ends_with(['"', '\'']) {
            return value();
        }
        if text.starts_with(':') && before.ends_with(|c: char| c.is_alphanumeric()) {
            let (message, advice) = syntax::ANCHOR;
            self.complain(start..start + 1, message, advice);
        }
        let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
        if let Some(comment) = after[gap..].strip_prefix('#').filter(|_| gap > 0) {
            let remark = comment.starts_with([' ', '\t', '\r', '\n', '#']) || comment.is_empty();
            if !remark || text.contains(' ') && text.starts_with(char::is_alphabetic) {
                let start = start + text.len() + gap;
                let message = "the text ends here, since a blank and `#` begin a comment";
                let advice = "put the text in quotes; a comment has a line of its own";
                self.complain(start..start + 1, message, advice);
            }
        }
        match text.parse() {
            Ok(number) if leading_zeros(text) => Value::Number(whole(number)),
            _ => value(),
        }
    }

    fn complain(&mut self, span: Range<usize>, message: &str, advice: &str) {
        if self.problems.len() <= MOST_PROBLEMS {
            self.problems.push(Problem::new(span, message, advice));
        }
    }
}

/// A number from YAML that has been read as a double; whole where it is.
fn whole(number: f64) -> Number {
    if (0.0..9e15).contains(&number) {
        (number as u64).into()
    } else {
        number.into()
    }
}

/// Whether the reader takes a text for no number although it is one in YAML 1.2: digits that begin with a zero.
fn leading_zeros(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parts of what the reader takes for a number although it is none in YAML 1.2.
const NO_NUMBERS: [&str; 5] = ["0b", "-0x", "-0o", "+0x", "+0o"];

/// Makes texts of the numbers of a tree that are written as none, by reading the file once more.
struct Written<'a>(&'a mut Value);

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            Value::Sequence(_) | Value::Mapping(_) => deserializer.deserialize_any(self),
            Value::Number(_) => {
                let text = String::deserialize(deserializer)?;
                if NO_NUMBERS.iter().any(|sign| text.contains(sign)) {
                    *self.0 = Value::String(text);
                }
                Ok(())
            }
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Tagged(_) => {
                IgnoredAny::deserialize(deserializer).map(|_| ())
            }
        }
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the same tree again")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let items = self.0.as_sequence_mut().into_iter().flatten();
        for item in items {
            access.next_element_seed(Written(item))?;
        }
        while access.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = access.next_key::<String>()? {
            let value = self.0.get_mut(key.as_str());
            match value.filter(|_| seen.insert(key)) {
                Some(value) => access.next_value_seed(Written(value))?,
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Reads a value, noting keys that stand twice. Where they do, the first counts.
struct Tree<'a, 's>(&'a mut Reading<'s>);

impl<'de> DeserializeSeed<'de> for Tree<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.values += 1;
        if self.0.values > MOST_VALUES {
            return Err(D::Error::custom(syntax::UNFOLDED));
        }
        deserializer.deserialize_any(self)
    }
}

/// What is made of values without parts.
macro_rules! scalars {
    ($($visit:ident($($value:ident: $kind:ty)?) => $made:expr,)*) => {
        $(fn $visit<E>(self $(, $value: $kind)?) -> Result<Value, E> {
            Ok($made)
        })*
    };
}

impl<'de> Visitor<'de> for Tree<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    scalars! {
        visit_bool(value: bool) => Value::Bool(value),
        visit_i64(value: i64) => Value::Number(value.into()),
        visit_u64(value: u64) => Value::Number(value.into()),
        visit_i128(value: i128) => Value::Number((value as f64).into()),
        visit_u128(value: u128) => Value::Number((value as f64).into()),
        visit_f64(value: f64) => Value::Number(value.into()),
        visit_str(value: &str) => Value::String(value.to_owned()),
        visit_unit() => Value::Null,
        visit_none() => Value::Null,
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value, E> {
        Ok(self.0.text(text))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            self.0.path.push(Step::Index(values.len()));
            let value = access.next_element_seed(Tree(self.0))?;
            self.0.path.pop();
            match value {
                Some(value) => values.push(value),
                None => return Ok(Value::Sequence(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut mapping = Mapping::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        // A key is the text it is written with, be it a number or not.
        while let Some(key) = access.next_key::<String>()? {
            let count = seen.entry(key.clone()).or_default();
            let nth = *count;
            *count += 1;
            self.0.path.push(Step::Key(key.clone(), nth));
            if nth > 0 {
                self.0.duplicates.push(self.0.path.clone());
            }
            let value = access.next_value_seed(Tree(self.0))?;
            self.0.path.pop();
            if nth == 0 {
                mapping.insert(Value::String(key), value);
            }
        }
        Ok(Value::Mapping(mapping))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom(syntax::TAGGED))
    }
}
