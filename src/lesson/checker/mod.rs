//! Walking a lesson file: shapes, places, and collecting everything that is wrong.
//!
//! Knows nothing of what a lesson means; `validate` does.

mod characters;
mod places;

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use crate::command::{advise, closest};
use crate::explain::Decimal;
use crate::lesson::data::Beside;
use crate::lesson::expected::{Expected, Leaf, addition, in_brackets, number_meant};
use crate::lesson::field::{Field, scalar_text};
use crate::lesson::file::List;
use crate::lesson::problem::MOST_PROBLEMS;
use crate::lesson::yaml::{Step, is_control, key_span, value_span};
use crate::lesson::{Code, Problem};
use crate::math::Named;

/// Walks the file, knows where it is, and collects what is wrong.
pub(in crate::lesson) struct Checker<'a> {
    pub(in crate::lesson) source: &'a str,
    pub(in crate::lesson) path: Vec<Step>,
    pub(in crate::lesson) problems: Vec<Problem>,
    /// What kind of thing is being looked at: problems with it are of this kind.
    pub(in crate::lesson) code: Code,
    /// The parameters' names, as far as they are known; enough to judge commands while other things are wrong.
    pub(in crate::lesson) parameters: Vec<String>,
    /// The nodes of each layer of the network, as far as they are known.
    pub(in crate::lesson) layers: Vec<usize>,
    /// The figures over all items that there will be.
    pub(in crate::lesson) metrics: &'static [&'static str],
    /// What has been found out, in sentences: see [`crate::lesson::Lesson::notes`].
    pub(in crate::lesson) notes: Vec<String>,
    /// What decimals begin with in commands and formulas.
    pub(in crate::lesson) decimal: Decimal,
    /// Texts with letters in them that a terminal cannot show where they belong; the lesson can be read all the same.
    pub(in crate::lesson) unshown: Vec<Problem>,
    /// Fields that were probably meant by misspelt ones: they are not reported as missing as well.
    pub(in crate::lesson) meant: Vec<Vec<Step>>,
    /// The files that the lesson names.
    pub(in crate::lesson) files: &'a Beside<'a>,
}

impl<'a> Checker<'a> {
    /// One at the top of a file, of which some problems may be known already.
    pub(in crate::lesson) fn of(
        source: &'a str,
        problems: Vec<Problem>,
        files: &'a Beside<'a>,
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
    pub(in crate::lesson) fn required<T: Leaf>(
        &mut self,
        name: &str,
        field: Field<T>,
    ) -> Option<T> {
        self.required_with(name, field, T::check)
    }

    /// The value of a field that need not be there; where it is `None` all the same, that has been noted.
    pub(in crate::lesson) fn optional<T: Leaf>(
        &mut self,
        name: &str,
        field: Field<T>,
    ) -> Option<T> {
        self.optional_with(name, field, T::check)
    }

    /// The same, made into something by `make`.
    pub(in crate::lesson) fn optional_with<T: Expected + DeserializeOwned, U>(
        &mut self,
        name: &str,
        field: Field<T>,
        make: impl FnOnce(&mut Self, T) -> Option<U>,
    ) -> Option<U> {
        let given = field.is_given();
        given.then(|| self.required_with(name, field, make))?
    }

    /// The same, or `otherwise` where it is not there; `None` where it is wrong.
    pub(in crate::lesson) fn given_or<T: Expected + DeserializeOwned, U>(
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
    pub(in crate::lesson) fn listed<T: Expected + DeserializeOwned, U>(
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
    pub(in crate::lesson) fn required_with<T: Expected + DeserializeOwned, U>(
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
    pub(in crate::lesson) fn items<T: Expected + DeserializeOwned, U>(
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
    pub(in crate::lesson) fn below<U>(
        &mut self,
        step: Step,
        look: impl FnOnce(&mut Self) -> U,
    ) -> U {
        self.path.push(step);
        let found = look(self);
        self.path.pop();
        found
    }

    /// A value of the right shape at the current place, or a problem. Unknown keys are problems too.
    pub(in crate::lesson) fn take<T: Expected + DeserializeOwned>(
        &mut self,
        field: Field<T>,
    ) -> Option<T> {
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
    pub(in crate::lesson) fn is_meant(&self, name: &str) -> bool {
        self.meant.contains(&self.path_to(name))
    }

    /// One of several names, or the usual one where none is given.
    pub(in crate::lesson) fn named<T: Named + Default>(
        &mut self,
        field: &str,
        given: Field<String>,
        all: &[T],
    ) -> Option<T> {
        self.named_or(T::default(), field, given, all)
    }

    /// The same, or `otherwise` where none is given.
    pub(in crate::lesson) fn named_or<T: Named>(
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
    pub(in crate::lesson) fn filled(
        &mut self,
        name: &str,
        count: usize,
        advice: &str,
    ) -> Option<()> {
        if count > 0 {
            return Some(());
        }
        self.refuse(format!("`{name}` is an empty list"), advice)
    }

    /// Notes a problem. Its place, which takes time to find, is looked for only while there are not too many.
    pub(in crate::lesson) fn complain(
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
    pub(in crate::lesson) fn as_code<T>(
        &mut self,
        code: Code,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = std::mem::replace(&mut self.code, code);
        let seen = look(self);
        self.code = before;
        seen
    }

    /// Notes a problem with the value that is being looked at, of which nothing can be made.
    pub(in crate::lesson) fn refuse<T>(
        &mut self,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Option<T> {
        self.complain(Self::value_span_here, message, advice);
        None
    }

    /// The same with the value of one of its fields.
    pub(in crate::lesson) fn refuse_field<T>(
        &mut self,
        field: &str,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Option<T> {
        self.complain(|checker| checker.place(field, value_span), message, advice);
        None
    }
}
