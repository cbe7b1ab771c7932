//! From bytes to a tree of YAML values, with the guards that a file from anywhere needs.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Mapping, Value};

use super::locate::{Step, key_span};
use super::problem::MOST_PROBLEMS;
use super::{LoadError, MOST_BYTES, Problem, syntax};
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
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        unreadable(&format!(
            "line {line} is not UTF-8 text; save the file as UTF-8"
        ))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
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
    let mut reading = Reading::default();
    let seed = Tree(&mut reading);
    let value = seed.deserialize(serde_yaml::Deserializer::from_str(source));
    let value = value.map_err(|error| vec![syntax::explain(source, &error)])?;
    let duplicates = reading.duplicates.iter().take(MOST_PROBLEMS + 1);
    let duplicates = duplicates.map(|path| duplicate_problem(source, path));
    Ok((value, duplicates.collect()))
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
    Problem::new(key_span(source, path), message, advice)
}

/// What is noted while the tree is read.
#[derive(Default)]
struct Reading {
    values: usize,
    path: Vec<Step>,
    duplicates: Vec<Vec<Step>>,
}

/// Reads a value, noting keys that stand twice. Where they do, the first counts.
struct Tree<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
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

impl<'de> Visitor<'de> for Tree<'_> {
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
