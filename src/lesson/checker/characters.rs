//! Characters that a terminal would obey, or show in another place or another width than it has been given.

use std::ops::Range;

use serde_yaml::Value;

use super::Checker;
use crate::lesson::yaml::{Step, is_control};
use crate::lesson::{Code, Problem};

impl Checker<'_> {
    /// Finds control characters that YAML escapes have put into text or keys.
    pub(in crate::lesson) fn control_characters(&mut self, value: &Value) {
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
