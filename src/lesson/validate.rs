//! From the file as written to a sound lesson, or to everything that is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::field::{Field, known_fields, scalar_text};
use super::file::{LessonFile, ModelFile, PageFile, TrainingFile, WeightFile};
use super::locate::{Step, key_span, value_span};
use super::markdown::{self, UnknownValue};
use super::problem::MOST_PROBLEMS;
use super::tree::is_control;
use super::{Lesson, Page, PageCommand, Problem};
use crate::command::{self, Command, Vocabulary, advise, closest};
use crate::explain::{Document, Live, number};
use crate::math::{Convention, Memory, Model, Rule, ScriptedWeight, Settings};

/// Checks a whole lesson, of which some problems may be known already.
pub fn lesson(source: &str, value: Value, problems: Vec<Problem>) -> Result<Lesson, Vec<Problem>> {
    let mut checker = Checker {
        source,
        path: Vec::new(),
        problems,
        parameters: Vec::new(),
        meant: Vec::new(),
    };
    checker.control_characters(&value);
    let lesson = checker.lesson(Field::read(value));
    match lesson {
        Some(lesson) if checker.problems.is_empty() => Ok(lesson),
        _ => Err(checker.problems),
    }
}

/// Walks the file, knows where it is, and collects what is wrong.
struct Checker<'a> {
    source: &'a str,
    path: Vec<Step>,
    problems: Vec<Problem>,
    /// The parameters' names, as far as they are known; enough to judge commands while other things are wrong.
    parameters: Vec<String>,
    /// Fields that were probably meant by misspelt ones: they are not reported as missing as well.
    meant: Vec<Vec<Step>>,
}

/// What a value should have been, for messages.
trait Expected {
    const WHAT: &'static str;
    const EXAMPLE: &'static str;
    /// What to write where there is nothing.
    const FILLING: &'static str = Self::EXAMPLE;
}

impl Expected for f64 {
    const WHAT: &'static str = "a number";
    const EXAMPLE: &'static str = "a number, such as 0.5";
}

impl Expected for String {
    const WHAT: &'static str = "text";
    const EXAMPLE: &'static str = "in quotes it is text";
    const FILLING: &'static str = "a few words; in quotes if they begin with `#`";
}

impl<T> Expected for Vec<Field<T>> {
    const WHAT: &'static str = "a list";
    const EXAMPLE: &'static str = "a list: `[a, b]`, or lines that begin with `- `";
}

impl Expected for LessonFile {
    const WHAT: &'static str = "fields such as `title: ...`";
    const EXAMPLE: &'static str = "a lesson begins with `title: ...`";
}

impl Expected for ModelFile {
    const WHAT: &'static str = "a field such as `weight:`";
    const EXAMPLE: &'static str = "`weight:` with its fields indented below";
}

impl Expected for WeightFile {
    const WHAT: &'static str = "fields such as `start: 0.5`";
    const EXAMPLE: &'static str = "`start:` and `gradients:`, indented below";
}

impl Expected for TrainingFile {
    const WHAT: &'static str = "fields such as `learning_rate: 0.01`";
    const EXAMPLE: &'static str = "`learning_rate:` and other settings, indented below";
}

impl Expected for PageFile {
    const WHAT: &'static str = "fields such as `title: ...`";
    const EXAMPLE: &'static str = "`- title: ...` with `text: ...` below it";
}

/// What to add where a field is missing.
fn addition(field: &str) -> String {
    match field {
        "title" => "add `title: ` and a few words",
        "text" => "add `text: |` and what the learner reads, indented below",
        "model" => "add `model:` and, indented below, `weight:` with its fields",
        "weight" => "add `weight:` and, indented below, `start:` and `gradients:`",
        "gradients" => "add `gradients: [2.70]`, one number for each update",
        "training" => "add `training:` and, indented below, `learning_rate: 0.01`",
        "pages" => "add `pages:` and, below it, `- title: ...` with `text: ...`",
        _ => return format!("add `{field}: ` and a number, such as 0.01"),
    }
    .to_owned()
}

impl Checker<'_> {
    fn lesson(&mut self, file: Field<LessonFile>) -> Option<Lesson> {
        let file = self.take(file)?;
        let title = self.required("title", file.title);
        let summary = self.optional("summary", file.summary);
        let training = self.required_with("training", file.training, Self::training);
        let convention = training
            .as_ref()
            .map_or(Convention::Add, |(_, convention)| *convention);
        let model = self.required_with("model", file.model, |checker, model| {
            checker.model(model, convention)
        });
        let pages = self.required_with("pages", file.pages, Self::pages);
        let (settings, convention) = training?;
        let model = model?;
        self.check_first_update(&model, settings);
        Some(Lesson {
            title: title?,
            summary: summary.unwrap_or_default(),
            model: Arc::new(model),
            settings,
            convention,
            pages: pages?,
        })
    }

    /// A lesson must have at least one update that can be made.
    fn check_first_update(&mut self, model: &Model, settings: Settings) {
        let Model::Weight(weight) = model;
        let memory = Memory::of_delta(weight.previous_delta);
        let first = settings.update(weight.start, weight.downhill[0], memory);
        if let Some(quantity) = first.overflow() {
            let message = format!(
                "the first update cannot be made: its {quantity} would be too large for any number"
            );
            self.wrong_value("model", message, "smaller numbers here or in `training`");
        }
    }

    fn training(&mut self, file: TrainingFile) -> Option<(Settings, Convention)> {
        let rule = self.optional("rule", file.rule);
        let rule = self.named("rule", rule, &Rule::ALL, Rule::name, Rule::Article);
        let learning_rate = self.required("learning_rate", file.learning_rate);
        let momentum = self.optional("momentum", file.momentum);
        let convention = self.optional("convention", file.convention);
        let convention = self.named(
            "convention",
            convention,
            &Convention::ALL,
            Convention::name,
            Convention::Add,
        );
        let turned = "0 or more; `convention` says whether gradients are added or subtracted";
        self.not_below_zero("learning_rate", learning_rate, turned);
        self.not_below_zero("momentum", momentum, "0 or more, such as 0.5");
        let settings = Settings {
            rule: rule?,
            learning_rate: learning_rate?,
            momentum: momentum.unwrap_or(0.0),
        };
        Some((settings, convention?))
    }

    fn not_below_zero(&mut self, name: &str, value: Option<f64>, advice: &str) {
        if value.is_some_and(|value| value < 0.0) {
            self.wrong_value(name, format!("`{name}` cannot be below 0"), advice);
        }
    }

    fn model(&mut self, file: ModelFile, convention: Convention) -> Option<Model> {
        let weight = self.required_with("weight", file.weight, Self::weight)?;
        let downhill = weight
            .downhill
            .iter()
            .map(|gradient| convention.flip(*gradient))
            .collect();
        Some(Model::Weight(ScriptedWeight { downhill, ..weight }))
    }

    /// The weight, its gradients still in the lesson's convention.
    fn weight(&mut self, file: WeightFile) -> Option<ScriptedWeight> {
        let name = self
            .optional("name", file.name)
            .unwrap_or_else(|| "w".to_owned());
        self.check_parameter_name(&name);
        self.parameters.push(name.clone());
        let start = self.required("start", file.start);
        let previous_delta = self
            .optional("previous_delta", file.previous_delta)
            .unwrap_or(0.0);
        let gradients = self.required_with("gradients", file.gradients, |checker, items| {
            checker.filled(
                "gradients",
                items.len(),
                "one number for each update, such as `[2.70]`",
            )?;
            checker.items(items, Self::number)
        });
        Some(ScriptedWeight {
            name,
            start: start?,
            previous_delta,
            downhill: gradients?,
        })
    }

    fn check_parameter_name(&mut self, name: &str) {
        let message = if name.is_empty()
            || name.contains(|c: char| c.is_whitespace() || "#;'\"".contains(c))
        {
            "a weight's name is one word, without quotes or `#`, since it is typed in commands"
                .to_owned()
        } else if command::is_setting(name) {
            format!("`{name}` is already the name of a setting or quantity")
        } else if name.chars().count() > 24 {
            "a weight's name has 24 characters at most, to fit beside its numbers".to_owned()
        } else {
            return;
        };
        self.wrong_value("name", message, "a name such as `w` or `ihWeights[i,j]`");
    }

    fn pages(&mut self, pages: Vec<Field<PageFile>>) -> Option<Vec<Page>> {
        let count = pages.len();
        self.filled(
            "pages",
            count,
            "a page: `- title: ...` with `text: ...` below it",
        )?;
        self.items(pages, |checker, page| {
            let file = checker.take(page)?;
            let title = checker.required("title", file.title);
            let commands = checker.commands(file.commands, count);
            let text = checker
                .required("text", file.text)
                .map(|text| checker.document(&text));
            Some(Page {
                title: title?,
                commands: commands?,
                text: text?,
            })
        })
    }

    fn commands(
        &mut self,
        field: Field<Vec<Field<String>>>,
        pages: usize,
    ) -> Option<Vec<PageCommand>> {
        if matches!(field, Field::Absent) {
            return Some(Vec::new());
        }
        self.required_with("commands", field, |checker, items| {
            checker.items(items, |checker, item| {
                let line = checker.take(item)?;
                checker.command(line, pages)
            })
        })
    }

    fn command(&mut self, line: String, pages: usize) -> Option<PageCommand> {
        let vocabulary = Vocabulary {
            parameters: &self.parameters,
            branches: &[],
            pages,
        };
        match command::parse(&line, &vocabulary) {
            Ok(Some(
                Command::Page(_)
                | Command::Quit
                | Command::Export(..)
                | Command::Save(..)
                | Command::Source(_),
            )) => {
                let message = format!("a page cannot run `{line}` when it opens");
                let advice = "a command that moves, sets or shows something, such as `reset`";
                self.complain(Self::value_span_here, message, advice);
            }
            Ok(Some(command)) => return Some(PageCommand { command, line }),
            Ok(None) => self.complain(
                Self::value_span_here,
                "there is no command here",
                "for example `reset`",
            ),
            Err(complaint) => self.complain(
                |checker| checker.part_of_value(&line, complaint.span),
                complaint.message,
                complaint.advice,
            ),
        }
        None
    }

    /// Part of the text that is being looked at; all of it where the file has it written otherwise.
    fn part_of_value(&self, text: &str, part: Range<usize>) -> Range<usize> {
        let value = self.value_span_here();
        let found = self.source[value.clone()].find(text);
        match found.filter(|_| part.end <= text.len()) {
            Some(index) => value.start + index + part.start..value.start + index + part.end,
            None => value,
        }
    }

    fn document(&mut self, text: &str) -> Document {
        let (document, unknown) = markdown::read(text);
        let mut searched = None;
        for UnknownValue(name) in unknown {
            let written = format!("{{{name}}}");
            let advice = match closest(&name, Live::names()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => "a quantity such as `{before}`; to show braces themselves, double them"
                    .to_owned(),
            };
            let place = |checker: &Self| {
                let page = checker.place("text", value_span);
                let from = searched.unwrap_or(page.start);
                let found = checker.live_value(from, &written);
                found.unwrap_or(page)
            };
            self.complain(place, format!("no live value is called `{name}`"), advice);
            searched = self.problems.last().map(|problem| problem.span.end);
        }
        document
    }

    /// The next place of a `{name}` whose braces are not doubled.
    fn live_value(&self, from: usize, written: &str) -> Option<Range<usize>> {
        let mut found = self.source[from..].match_indices(written);
        let doubled = |index: usize| self.source[..from + index].ends_with('{');
        let (index, _) = found.find(|(index, _)| !doubled(*index))?;
        Some(from + index..from + index + written.len())
    }

    // ---- Shapes ----

    /// The value of a field that must be there.
    fn required<T: Leaf>(&mut self, name: &str, field: Field<T>) -> Option<T> {
        self.required_with(name, field, T::check)
    }

    /// The value of a field that need not be there.
    fn optional<T: Leaf>(&mut self, name: &str, field: Field<T>) -> Option<T> {
        match field {
            Field::Absent => None,
            present => self.required(name, present),
        }
    }

    /// A field that must be there, made into something by `make`.
    fn required_with<T: Expected + DeserializeOwned, U>(
        &mut self,
        name: &str,
        field: Field<T>,
        make: impl FnOnce(&mut Self, T) -> Option<U>,
    ) -> Option<U> {
        if let Field::Absent = field {
            if self.is_meant(name) {
                return None;
            }
            let message = format!("`{name}` is missing{}", self.place_name());
            self.complain(Self::key_span_here, message, addition(name));
            return None;
        }
        self.path.push(Step::key(name));
        let value = self.take(field);
        let result = value.and_then(|value| make(self, value));
        self.path.pop();
        result
    }

    /// Every item of a list, checked by `check`; `None` where one of them is wrong.
    fn items<T, U>(
        &mut self,
        items: Vec<Field<T>>,
        mut check: impl FnMut(&mut Self, Field<T>) -> Option<U>,
    ) -> Option<Vec<U>> {
        let mut checked = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            checked.push(check(self, item));
            self.path.pop();
        }
        checked.into_iter().collect()
    }

    fn number(&mut self, field: Field<f64>) -> Option<f64> {
        let value = self.take(field)?;
        f64::check(self, value)
    }

    /// A value of the right shape at the current place, or a problem. Unknown keys are problems too.
    fn take<T: Expected + DeserializeOwned>(&mut self, field: Field<T>) -> Option<T> {
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
                self.complain(
                    Self::value_span_here,
                    format!("{name} must be {what}, and this is {found_text}"),
                    number_meant(&found)
                        .filter(|_| what == f64::WHAT)
                        .unwrap_or_else(|| T::EXAMPLE.to_owned()),
                );
                None
            }
        }
    }

    fn report_unknown<T: DeserializeOwned>(&mut self, unknown: &[String]) {
        let known = known_fields::<T>().unwrap_or(&[]);
        for name in unknown.iter().filter(|name| !name.contains(is_control)) {
            let only = known.first().filter(|_| known.len() == 1).copied();
            if let Some(meant) = closest(name, known.iter().copied()).or(only) {
                self.path.push(Step::key(meant));
                self.meant.push(self.path.clone());
                self.path.pop();
            }
            self.complain(
                |checker| checker.place(name, key_span),
                format!("there is no field `{name}`{}", self.place_name()),
                advise(name, known.iter().copied()),
            );
        }
    }

    /// Whether a misspelt field has already been taken for this one.
    fn is_meant(&self, name: &str) -> bool {
        let last = Step::key(name);
        self.meant
            .iter()
            .any(|path| path.split_last() == Some((&last, &self.path[..])))
    }

    /// One of several names, or the default where none is given.
    fn named<T: Copy>(
        &mut self,
        field: &str,
        given: Option<String>,
        all: &[T],
        name: impl Fn(T) -> &'static str,
        default: T,
    ) -> Option<T> {
        let Some(given) = given else {
            return Some(default);
        };
        let found = all.iter().find(|value| name(**value) == given).copied();
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
            self.wrong_value(
                field,
                format!("there is no {field} `{given}`"),
                &advise(&given, names),
            );
        }
        found
    }

    /// Complains about an empty list.
    fn filled(&mut self, name: &str, count: usize, advice: &str) -> Option<()> {
        if count == 0 {
            let message = format!("`{name}` is an empty list");
            self.complain(Self::value_span_here, message, advice);
        }
        (count > 0).then_some(())
    }

    /// Finds control characters that YAML escapes have put into text or keys.
    fn control_characters(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.control_character(text, Self::value_span_here),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.control_characters(item);
                    self.path.pop();
                }
            }
            Value::Mapping(mapping) => {
                for (key, item) in mapping {
                    let key = key.as_str().unwrap_or_default();
                    self.path.push(Step::key(key));
                    self.control_character(key, Self::key_span_here);
                    self.control_characters(item);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    fn control_character(&mut self, text: &str, place: fn(&Self) -> Range<usize>) {
        if let Some(found) = text.chars().find(|character| is_control(*character)) {
            let code = found as u32;
            let message = format!("this text has a control character in it (U+{code:04X})");
            self.complain(
                place,
                message,
                "take the escape out; a lesson is plain text",
            );
        }
    }

    // ---- Problems and their places ----

    /// Notes a problem. Its place, which takes time to find, is looked for only while there are not too many.
    fn complain(
        &mut self,
        place: impl FnOnce(&Self) -> Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        if self.problems.len() <= MOST_PROBLEMS {
            let span = place(self);
            self.problems.push(Problem {
                span,
                message: message.into(),
                advice: advice.into(),
            });
        }
    }

    fn wrong_value(&mut self, field: &str, message: String, advice: &str) {
        self.complain(|checker| checker.place(field, value_span), message, advice);
    }

    /// The place of a field of what is being looked at.
    fn place(&self, field: &str, find: fn(&str, &[Step]) -> Range<usize>) -> Range<usize> {
        let mut path = self.path.clone();
        path.push(Step::key(field));
        find(self.source, &path)
    }

    /// The place of what is being looked at, by its key where it has one.
    fn key_span_here(&self) -> Range<usize> {
        match self.path.last() {
            Some(Step::Key(..)) => key_span(self.source, &self.path),
            _ => self.value_span_here(),
        }
    }

    fn value_span_here(&self) -> Range<usize> {
        value_span(self.source, &self.path)
    }

    /// `field`, or the item's place in its list, for messages.
    fn name(&self) -> String {
        match self.path.as_slice() {
            [] => "the file".to_owned(),
            [.., Step::Key(list, _), Step::Index(index)] => {
                format!("item {} of `{list}`", index + 1)
            }
            [.., last] => format!("`{}`", last.name()),
        }
    }

    /// " in `training`", " in page 2", or nothing at the top.
    fn place_name(&self) -> String {
        match self.path.as_slice() {
            [] => String::new(),
            [.., Step::Index(index)] => format!(" in page {}", index + 1),
            [.., last] => format!(" in `{}`", last.name()),
        }
    }
}

/// How to write the number that a text was probably meant to be.
fn number_meant(found: &Value) -> Option<String> {
    let text = found.as_str()?;
    if text.contains(',') && number::parse(&text.replace(',', "")).is_some() {
        return Some("decimals begin with a point, as in 0.5; thousands have no comma".to_owned());
    }
    if let Some(value) = number::parse(text) {
        let quoted = if number::exact(value) == text {
            ", without quotes"
        } else {
            ""
        };
        return Some(format!("write {}{quoted}", number::exact(value)));
    }
    let too_large = text.parse::<f64>().is_ok_and(f64::is_infinite);
    let digits = text.contains(|character: char| character.is_ascii_digit());
    (too_large && digits).then(|| "this is too large for any number; a smaller one".to_owned())
}

/// A value without parts, and what must hold of it beyond its shape.
trait Leaf: Expected + DeserializeOwned {
    fn check(checker: &mut Checker, value: Self) -> Option<Self>;
}

impl Leaf for String {
    fn check(_: &mut Checker, value: Self) -> Option<Self> {
        Some(value)
    }
}

impl Leaf for f64 {
    fn check(checker: &mut Checker, value: Self) -> Option<Self> {
        if !value.is_finite() {
            let message = format!("{} must be a finite number", checker.name());
            checker.complain(Checker::value_span_here, message, Self::EXAMPLE);
        }
        value.is_finite().then_some(value)
    }
}
