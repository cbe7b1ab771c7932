//! From the file as written to a sound lesson, or to everything that is wrong with it.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::field::{Field, known_fields, scalar_text};
use super::file::{LessonFile, ModelFile, PageFile, TrainingFile, WeightFile};
use super::locate::{Step, key_span, value_span};
use super::markdown;
use super::tree::is_control;
use super::{Lesson, Page, PageCommand, Problem};
use crate::command::{self, Command, Vocabulary, advise, closest};
use crate::explain::{Document, Live};
use crate::math::{Convention, Memory, Model, Rule, ScriptedWeight, Settings};

/// Checks a whole lesson.
pub fn lesson(source: &str, value: Value) -> Result<Lesson, Vec<Problem>> {
    let mut checker = Checker {
        source,
        path: Vec::new(),
        problems: Vec::new(),
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
}

impl Expected for f64 {
    const WHAT: &'static str = "a number";
    const EXAMPLE: &'static str = "a number, such as 0.5";
}

impl Expected for String {
    const WHAT: &'static str = "text";
    const EXAMPLE: &'static str = "text; put it in quotes if YAML takes it for something else";
}

impl<T> Expected for Vec<Field<T>> {
    const WHAT: &'static str = "a list";
    const EXAMPLE: &'static str = "a list: `[a, b]`, or lines that begin with `- `";
}

impl Expected for LessonFile {
    const WHAT: &'static str = "a lesson";
    const EXAMPLE: &'static str = "a lesson begins with `title: ...`";
}

impl Expected for ModelFile {
    const WHAT: &'static str = "a model";
    const EXAMPLE: &'static str = "`weight:` with its fields indented below";
}

impl Expected for WeightFile {
    const WHAT: &'static str = "a weight";
    const EXAMPLE: &'static str = "`start:` and `gradients:`, indented below";
}

impl Expected for TrainingFile {
    const WHAT: &'static str = "training settings";
    const EXAMPLE: &'static str = "`learning_rate:` and other settings, indented below";
}

impl Expected for PageFile {
    const WHAT: &'static str = "a page";
    const EXAMPLE: &'static str = "`- title: ...` with `text: ...` below it";
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
            self.wrong_value(
                "model",
                message,
                "smaller numbers for `start`, `gradients` or `learning_rate`",
            );
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
        for (name, value) in [("learning_rate", learning_rate), ("momentum", momentum)] {
            if value.is_some_and(|value| value < 0.0) {
                let advice = "0 or more; which way is downhill is `convention`'s business";
                self.wrong_value(name, format!("`{name}` cannot be below 0"), advice);
            }
        }
        let settings = Settings {
            rule: rule?,
            learning_rate: learning_rate?,
            momentum: momentum.unwrap_or(0.0),
        };
        Some((settings, convention?))
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
            "a weight's name is one word, since it is typed in commands"
        } else if command::is_setting(name) {
            "this name is taken by a setting or quantity"
        } else if name.chars().count() > 24 {
            "a weight's name has 24 characters at most, to fit beside its numbers"
        } else {
            return;
        };
        self.wrong_value(
            "name",
            message.to_owned(),
            "a name such as `w` or `ihWeights[i,j]`",
        );
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
        let value = self.value_span_here();
        let vocabulary = Vocabulary {
            parameters: &self.parameters,
            branches: &[],
            pages,
        };
        let (span, message, advice) = match command::parse(&line, &vocabulary) {
            Ok(Some(Command::Page(_) | Command::Quit)) => {
                let message = format!("a page cannot `{line}` while it opens");
                (value, message, "commands that move, set or show".to_owned())
            }
            Ok(Some(command)) => return Some(PageCommand { command, line }),
            Ok(None) => (
                value,
                "there is no command here".to_owned(),
                "for example `reset`".to_owned(),
            ),
            Err(complaint) => {
                let word = line
                    .get(complaint.span.clone())
                    .filter(|word| !word.is_empty());
                let shift = word.and_then(|_| self.source[value.clone()].find(&line));
                let span = shift.map_or(value.clone(), |shift| {
                    value.start + shift + complaint.span.start
                        ..value.start + shift + complaint.span.end
                });
                (span, complaint.message, complaint.advice)
            }
        };
        self.problems.push(Problem {
            span,
            message,
            advice,
        });
        None
    }

    fn document(&mut self, text: &str) -> Document {
        let (document, unknown) = markdown::read(text);
        let page = self.place("text", value_span);
        for markdown::UnknownValue(name) in unknown {
            let written = format!("{{{name}}}");
            let from = self.source[page.start..]
                .find(&written)
                .map_or(page.start, |at| page.start + at);
            self.problems.push(Problem {
                span: from..(from + written.len()).min(self.source.len()),
                message: format!("no live value is called `{name}`"),
                advice: match closest(&name, Live::names()) {
                    Some(near) => format!("did you mean `{{{near}}}`?"),
                    None => "a quantity such as `{before}`; to show braces themselves, double them"
                        .to_owned(),
                },
            });
        }
        document
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
            let span = if self.path.is_empty() {
                0..1
            } else {
                self.here(key_span)
            };
            self.problems.push(Problem {
                span,
                message: format!("`{name}` is missing{}", self.place_name()),
                advice: format!("it needs `{name}`: {}", T::EXAMPLE),
            });
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
            Field::Wrong(found) => {
                let message = match &found {
                    Value::Null => format!("{} is empty", self.name()),
                    found => format!(
                        "{} must be {}, and this is {}",
                        self.name(),
                        T::WHAT,
                        scalar_text(found)
                    ),
                };
                let unquoted = found
                    .as_str()
                    .is_some_and(|text| text.parse::<f64>().is_ok());
                let advice = if T::WHAT == f64::WHAT && unquoted {
                    "without quotes it is a number"
                } else {
                    T::EXAMPLE
                };
                let span = if found.is_null() {
                    self.here(key_span)
                } else {
                    self.value_span_here()
                };
                self.problems.push(Problem {
                    span,
                    message,
                    advice: advice.to_owned(),
                });
                None
            }
        }
    }

    fn report_unknown<T: DeserializeOwned>(&mut self, unknown: &[String]) {
        let known = known_fields::<T>().unwrap_or(&[]);
        for name in unknown {
            let span = self.place(name, key_span);
            if let Some(near) = closest(name, known.iter().copied()) {
                self.path.push(Step::key(near));
                self.meant.push(self.path.clone());
                self.path.pop();
            }
            self.problems.push(Problem {
                span,
                message: format!("there is no field `{name}`{}", self.place_name()),
                advice: advise(name, known.iter().copied()),
            });
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
            let span = self.value_span_here();
            self.problems.push(Problem {
                span,
                message: format!("`{name}` is an empty list"),
                advice: advice.to_owned(),
            });
        }
        (count > 0).then_some(())
    }

    /// Finds control characters that YAML escapes have put into text or keys.
    fn control_characters(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                if let Some(found) = text.chars().find(|character| is_control(*character)) {
                    let span = self.value_span_here();
                    self.problems.push(Problem {
                        span,
                        message: format!(
                            "this text has a control character in it (U+{:04X})",
                            found as u32
                        ),
                        advice: "take the escape out; a lesson is plain text".to_owned(),
                    });
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.control_characters(item);
                    self.path.pop();
                }
            }
            Value::Mapping(mapping) => {
                for (key, item) in mapping {
                    self.path.push(Step::key(key.as_str().unwrap_or_default()));
                    self.control_characters(item);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    // ---- Places ----

    fn wrong_value(&mut self, field: &str, message: String, advice: &str) {
        let span = self.place(field, value_span);
        self.problems.push(Problem {
            span,
            message,
            advice: advice.to_owned(),
        });
    }

    /// The place of a field of what is being looked at.
    fn place(
        &mut self,
        field: &str,
        find: impl Fn(&str, &[Step]) -> std::ops::Range<usize>,
    ) -> std::ops::Range<usize> {
        self.path.push(Step::key(field));
        let span = find(self.source, &self.path);
        self.path.pop();
        span
    }

    /// The place of what is being looked at, by its key where it has one.
    fn here(
        &self,
        find: impl Fn(&str, &[Step]) -> std::ops::Range<usize>,
    ) -> std::ops::Range<usize> {
        match self.path.last() {
            Some(Step::Key(..)) => find(self.source, &self.path),
            _ => self.value_span_here(),
        }
    }

    fn value_span_here(&self) -> std::ops::Range<usize> {
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
            let span = checker.value_span_here();
            let message = format!("{} must be a finite number", checker.name());
            checker.problems.push(Problem {
                span,
                message,
                advice: Self::EXAMPLE.to_owned(),
            });
        }
        value.is_finite().then_some(value)
    }
}
