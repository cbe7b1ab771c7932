//! Where a key or value stands in the file.
//!
//! A tree of YAML values has lost its places. They are found again by reading the file once more, down a path, and
//! refusing what stands at its end: the YAML reader then reports the place. Only wrong lessons pay for it.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Location;

/// One step down a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key; where the key stands several times, of which of them.
    Key(String, usize),
    /// An item of a list.
    Index(usize),
}

impl Step {
    /// The step to a key that stands once.
    pub fn key(name: &str) -> Self {
        Self::Key(name.to_owned(), 0)
    }

    /// The key, or the item's number from 1.
    pub fn name(&self) -> String {
        match self {
            Self::Key(name, _) => name.clone(),
            Self::Index(index) => format!("item {}", index + 1),
        }
    }
}

/// The bytes of the key at the end of `path`.
pub fn key_span(source: &str, path: &[Step]) -> Range<usize> {
    let start = place(source, path, Target::Key);
    let length = source[start..].find([':', '\n']).unwrap_or(0).max(1);
    start..(start + length).min(source.len())
}

/// The bytes of the value at the end of `path`: all that stands on its line.
pub fn value_span(source: &str, path: &[Step]) -> Range<usize> {
    let start = place(source, path, Target::Value);
    let line = source[start..].lines().next().unwrap_or("");
    let before = source[..start].rsplit('\n').next().unwrap_or("");
    let end = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => closing_quote(line, quote),
        Some('[' | '{') => closing_bracket(line),
        // Between brackets a plain scalar ends with its item.
        _ if before.contains(['[', '{']) => line.find([',', ']', '}']),
        _ => None,
    };
    let end = end.or_else(|| line.find(" #")).unwrap_or(line.len());
    let length = line[..end].trim_end().len().max(1);
    start..(start + length).min(source.len())
}

/// The end of the quoted text that `line` begins with.
fn closing_quote(line: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let close = line.char_indices().skip(1).find(|(_, character)| {
        let closes = *character == quote && !escaped;
        escaped = *character == '\\' && quote == '"' && !escaped;
        closes
    });
    close.map(|(index, _)| index + 1)
}

/// The end of the list or mapping in brackets that `line` begins with.
fn closing_bracket(line: &str) -> Option<usize> {
    let mut depth = 0;
    let close = line.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    close.map(|index| index + 1)
}

#[derive(Clone, Copy, PartialEq)]
enum Target {
    Key,
    Value,
}

fn place(source: &str, path: &[Step], target: Target) -> usize {
    let deserializer = serde_yaml::Deserializer::from_str(source);
    let error = Descent { path, target }.deserialize(deserializer).err();
    byte_index(source, error.and_then(|error| error.location()))
}

/// Where the reader has stopped. Its index counts bytes, and may lie inside a character.
pub fn byte_index(source: &str, location: Option<Location>) -> usize {
    let index = location.map_or(0, |location| location.index());
    (0..=index.min(source.len()))
        .rev()
        .find(|&index| source.is_char_boundary(index))
        .unwrap_or(0)
}

/// The byte at a line and column, both counted from 1 and the column in characters.
pub fn byte_of_line_and_column(source: &str, (line, column): (usize, usize)) -> usize {
    let lines = source.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let mut indices = source[start..].char_indices();
    indices
        .nth(column.saturating_sub(1))
        .map_or(source.len(), |(index, _)| start + index)
}

/// What the descent fails with on arrival; only its place is of interest.
fn arrived<E: Error>() -> E {
    E::custom("here")
}

struct Descent<'a> {
    path: &'a [Step],
    target: Target,
}

impl<'de> DeserializeSeed<'de> for Descent<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// At the end of the path, whatever stands there is refused.
impl<'de> Visitor<'de> for Descent<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the way down a path")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let [Step::Index(index), rest @ ..] = self.path else {
            return Err(arrived());
        };
        for _ in 0..*index {
            access.next_element::<IgnoredAny>()?;
        }
        let target = self.target;
        access.next_element_seed(Descent { path: rest, target })?;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let [Step::Key(name, nth), rest @ ..] = self.path else {
            return Err(arrived());
        };
        let mut seen = 0;
        loop {
            let refused = rest.is_empty() && self.target == Target::Key && seen == *nth;
            let Some(found) = access.next_key_seed(Name { name, refused })? else {
                return Ok(());
            };
            if found && seen == *nth {
                let target = self.target;
                return access.next_value_seed(Descent { path: rest, target });
            }
            seen += usize::from(found);
            access.next_value::<IgnoredAny>()?;
        }
    }
}

/// Compares a key with a name, and fails there where it is the one looked for.
struct Name<'a> {
    name: &'a str,
    refused: bool,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        if key == self.name && self.refused {
            Err(arrived())
        } else {
            Ok(key == self.name)
        }
    }
}
