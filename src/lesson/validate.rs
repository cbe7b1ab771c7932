//! From the file as written to a sound lesson, or to everything that is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use super::checker::{Checker, Expected};
use super::field::Field;
use super::file::{LessonFile, ModelFile, PageFile, TrainingFile, WeightFile};
use super::locate::{key_span, value_span};
use super::markdown::{self, UnknownValue};
use super::{Lesson, Page, PageCommand, Problem};
use crate::command::{self, Vocabulary, closest};
use crate::explain::{Document, Live};
use crate::math::{Convention, Model, Rule, ScriptedWeight, Settings};
use crate::timeline::{Stop, Timeline};

/// Checks a whole lesson, of which some problems may be known already.
///
/// `files` reads the files that it names.
pub fn lesson(
    source: &str,
    value: Value,
    problems: Vec<Problem>,
    files: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Lesson, Vec<Problem>> {
    let mut checker = Checker {
        source,
        path: Vec::new(),
        problems,
        parameters: Vec::new(),
        layers: Vec::new(),
        metrics: &[],
        meant: Vec::new(),
        files,
    };
    checker.control_characters(&value);
    let lesson = checker.lesson(Field::read(value));
    match lesson {
        Some(lesson) if checker.problems.is_empty() => Ok(lesson),
        _ => Err(checker.problems),
    }
}
impl Expected for LessonFile {
    const WHAT: &'static str = "fields such as `title: ...`";
    const EXAMPLE: &'static str = "a lesson begins with `title: ...`";
}

impl Expected for ModelFile {
    const WHAT: &'static str = "a field such as `weight:`";
    const EXAMPLE: &'static str = "`weight:` or `network:` with its fields indented below";
    const ALTERNATIVES: bool = true;
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
        let model = Arc::new(model?);
        self.check_first_update(&model, settings);
        Some(Lesson {
            name: String::new(),
            title: title?,
            summary: summary.unwrap_or_default(),
            model,
            settings,
            convention,
            pages: pages?,
        })
    }

    /// A lesson must have at least one update that can be made.
    fn check_first_update(&mut self, model: &Arc<Model>, settings: Settings) {
        let mut run = Timeline::new(Arc::clone(model), settings);
        if let Err(Stop::Overflow { quantity, .. }) = run.run_mut().reach(1) {
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
        let settings = Settings::new(rule?, learning_rate?, momentum.unwrap_or(0.0));
        Some((settings, convention?))
    }

    fn not_below_zero(&mut self, name: &str, value: Option<f64>, advice: &str) {
        if value.is_some_and(|value| value < 0.0) {
            self.wrong_value(name, format!("`{name}` cannot be below 0"), advice);
        }
    }

    fn model(&mut self, file: ModelFile, convention: Convention) -> Option<Model> {
        let given = [
            ("weight", !matches!(file.weight, Field::Absent)),
            ("surface", !matches!(file.surface, Field::Absent)),
            ("network", !matches!(file.network, Field::Absent)),
        ];
        let kinds: Vec<&str> = (given.into_iter())
            .filter_map(|(name, given)| given.then_some(name))
            .collect();
        if let [first, .., second] = kinds.as_slice() {
            self.complain(
                |checker| checker.place(second, key_span),
                "a lesson trains one thing, and here are two",
                format!("keep `{first}:` or `{second}:`"),
            );
        }
        if !matches!(file.network, Field::Absent) {
            let network = self.required_with("network", file.network, Self::network)?;
            return Some(Model::Network(Box::new(network)));
        }
        if !matches!(file.surface, Field::Absent) {
            return self.surface_alone(file);
        }
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
        } else if crate::math::expression::is_word(name) || super::surface::TAKEN.contains(&name) {
            format!("`{name}` already means something else in formulas or commands")
        } else if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            "a weight's name begins with a letter, so that it is told from a number".to_owned()
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
            let exercise = checker.exercise(file.exercise, count);
            Some(Page {
                title: title?,
                commands: commands?,
                text: text?,
                exercise,
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

    /// The names that commands and expressions may have in them.
    pub(super) fn vocabulary(&self, pages: usize) -> Vocabulary<'_> {
        Vocabulary {
            parameters: &self.parameters,
            pages,
            layers: &self.layers,
            metrics: self.metrics,
            ..Vocabulary::default()
        }
    }

    pub(super) fn command(&mut self, line: String, pages: usize) -> Option<PageCommand> {
        match command::parse(&line, &self.vocabulary(pages)) {
            Ok(Some(command)) if !command.suits_a_page() => {
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
    pub(super) fn part_of_value(&self, text: &str, part: Range<usize>) -> Range<usize> {
        let value = self.value_span_here();
        let found = self.source[value.clone()].find(text);
        match found.filter(|_| part.end <= text.len()) {
            Some(index) => value.start + index + part.start..value.start + index + part.end,
            None => value,
        }
    }

    fn document(&mut self, text: &str) -> Document {
        self.document_in(text, |checker| checker.place("text", value_span))
    }

    /// A text whose place in the file is looked for only where something is wrong with it.
    pub(super) fn document_in(
        &mut self,
        text: &str,
        place: impl Fn(&Self) -> Range<usize>,
    ) -> Document {
        let (document, unknown) = markdown::read(text);
        let mut searched = None;
        for UnknownValue(name) in unknown {
            let written = format!("{{{name}}}");
            let names: Vec<String> = Live::names().collect();
            let advice = match closest(&name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => "a quantity such as `{before}`; to show braces themselves, double them"
                    .to_owned(),
            };
            let found = |checker: &Self| {
                let whole = place(checker);
                let from = searched.unwrap_or(whole.start);
                let found = checker.live_value(from, &written);
                found.unwrap_or(whole)
            };
            self.complain(found, format!("no live value is called `{name}`"), advice);
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
}
