//! Walking a lesson file: shapes, places, and collecting everything that is wrong.
//!
//! Knows nothing of what a lesson means; `validate` does.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::data::Beside;
use super::expected::{Expected, Leaf, addition, in_brackets, number_meant};
use super::field::{Field, scalar_text};
use super::file::List;
use super::problem::MOST_PROBLEMS;
use super::yaml::{Step, is_control, key_span, value_span};
use super::{Code, Problem};
use crate::command::{advise, closest};
use crate::explain::Decimal;
use crate::math::Named;

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
    /// The files that the lesson names.
    pub(super) files: &'a Beside<'a>,
}

impl<'a> Checker<'a> {
    /// One at the top of a file, of which some problems may be known already.
    pub(super) fn of(source: &'a str, problems: Vec<Problem>, files: &'a Beside<'a>) -> Self {
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
