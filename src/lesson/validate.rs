//! From the file as written to a sound lesson, or to everything that is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use super::checker::Checker;
use super::data::Beside;
use super::expected::Leaf;
use super::field::Field;
use super::file::{Form, LessonFile, List, ModelFile, PageFile, TrainingFile};
use super::markdown::{self, Unknown};
use super::sandbox;
use super::yaml::key_span;
use super::{Code, Lesson, Page, PageCommand, Problem};
use crate::command::{self, Command, Complaint, Picture, PictureOf, Vocabulary, advise, closest};
use crate::explain::{Decimal, Document, Live};
use crate::math::{Convention, Model, Rule, Settings};
use crate::timeline::{Stop, Timeline};

/// Checks a whole lesson, of which some problems may be known already.
///
/// `files` are those that it names.
pub fn lesson(
    source: &str,
    value: Value,
    problems: Vec<Problem>,
    files: &Beside,
) -> Result<Lesson, Vec<Problem>> {
    let mut checker = Checker::of(source, problems, files);
    checker.control_characters(&value);
    let lesson = checker.lesson(Field::read(value));
    match lesson {
        Some(mut lesson) if checker.problems.is_empty() => {
            lesson.unshown = checker.unshown;
            Ok(lesson)
        }
        _ => Err(checker.problems),
    }
}
impl Checker<'_> {
    fn lesson(&mut self, file: Field<LessonFile>) -> Option<Lesson> {
        let file = self.take(file)?;
        let title = self.required("title", file.title);
        let summary = self.optional("summary", file.summary);
        self.decimal = self.decimal(file.decimal)?;
        let training = self.required_with("training", file.training, Self::training);
        let convention = training
            .as_ref()
            .map_or(Convention::Add, |(_, convention)| *convention);
        let model = self.required_with("model", file.model, |checker, model| {
            checker.model(model, convention)
        });
        let without = !file.pages.is_given() && !self.is_meant("pages");
        let pages = self.optional_with("pages", file.pages, |checker, pages| {
            checker.pages(pages, model.as_ref())
        });
        let (settings, convention) = training?;
        let model = Arc::new(model?);
        let pages = if without {
            Some(vec![sandbox::page(&model, settings, &[])])
        } else {
            pages
        };
        self.check_first_update(&model, settings);
        self.check_gradients(&model, settings, convention);
        Some(Lesson {
            name: String::new(),
            course: None,
            folder: None,
            reads: Vec::new(),
            title: title?,
            summary: summary.unwrap_or_default(),
            model,
            settings,
            convention,
            decimal: self.decimal,
            notes: std::mem::take(&mut self.notes),
            pages: pages?,
            unshown: Vec::new(),
            source: self.source.into(),
        })
    }

    /// What decimals begin with, a point where nothing is said.
    fn decimal(&mut self, decimal: Field<String>) -> Option<Decimal> {
        let Some(sign) = self.optional("decimal", decimal) else {
            return Some(Decimal::Point);
        };
        let mut all = Decimal::ALL.into_iter();
        all.find(|decimal| decimal.name() == sign).or_else(|| {
            let message = format!("decimals cannot begin with `{sign}`");
            self.refuse_field("decimal", message, "`\",\"` or `\".\"`")
        })
    }

    /// A lesson must have at least one update that can be made.
    fn check_first_update(&mut self, model: &Arc<Model>, settings: Settings) {
        let mut run = Timeline::new(Arc::clone(model), settings);
        if let Err(Stop::Overflow { quantity, .. }) = run.run_mut().reach(1) {
            let message = format!(
                "the first update cannot be made: its {quantity} would be too large for any number"
            );
            self.refuse_field::<()>("model", message, "smaller numbers here or in `training`");
        }
    }

    fn training(&mut self, file: TrainingFile) -> Option<(Settings, Convention)> {
        let rule = self.named_or(Rule::Article, "rule", file.rule, &Rule::ALL);
        let learning_rate = self.required("learning_rate", file.learning_rate);
        let momentum = self.optional("momentum", file.momentum);
        let convention = self.named("convention", file.convention, &Convention::ALL);
        let turned = "0 or more; `convention` says whether gradients are added or subtracted";
        self.not_below_zero("learning_rate", learning_rate, turned);
        self.not_below_zero("momentum", momentum, "0 or more, such as 0.5");
        let settings = Settings::new(rule?, learning_rate?, momentum.unwrap_or(0.0));
        Some((settings, convention?))
    }

    fn not_below_zero(&mut self, name: &str, value: Option<f64>, advice: &str) {
        if value.is_some_and(|value| value < 0.0) {
            self.refuse_field::<()>(name, format!("`{name}` cannot be below 0"), advice);
        }
    }

    fn model(&mut self, file: ModelFile, convention: Convention) -> Option<Model> {
        let kinds = file.given(&["weight", "surface", "network"]);
        if let [first, .., second] = kinds.as_slice() {
            self.complain(
                |checker| checker.place(second, key_span),
                "a lesson trains one thing, and here are two",
                format!("keep `{first}:` or `{second}:`"),
            );
        }
        if file.network.is_given() {
            let network = self.required_with("network", file.network, Self::network)?;
            return Some(Model::Network(Box::new(network)));
        }
        if file.surface.is_given() {
            let surface = self.required_with("surface", file.surface, Self::surface)?;
            return Some(Model::Surface(Box::new(surface)));
        }
        let mut weight = self.required_with("weight", file.weight, Self::weight)?;
        for gradient in &mut weight.downhill {
            *gradient = convention.flip(*gradient);
        }
        Some(Model::Weight(weight))
    }

    fn pages(&mut self, pages: List<PageFile>, model: Option<&Model>) -> Option<Vec<Page>> {
        let count = pages.len();
        let advice = "a page: `- title: ...` with `text: ...` below it";
        self.filled("pages", count, advice)?;
        self.items(pages, |checker, file| {
            let title = checker.required("title", file.title);
            let commands = checker.commands("commands", file.commands, count);
            let picture = checker.optional_with("picture", file.picture, |checker, name| {
                checker.picture(&name, model, commands.as_deref())
            });
            let text = checker.text("text", file.text);
            let listed = file.exercises.is_given();
            let exercises = checker.exercises(file.exercise, file.exercises, count);
            let page = Page {
                title: title?,
                commands: commands?,
                picture,
                text: text?,
                exercises: exercises?,
                listed,
            };
            checker.check_they_differ(&page);
            Some(page)
        })
    }

    /// The picture that a page shows large. Whether a run has it is known of its model, and of a sweep by the commands.
    fn picture(
        &mut self,
        name: &str,
        model: Option<&Model>,
        commands: Option<&[PageCommand]>,
    ) -> Option<Picture> {
        let has = |picture: &Picture| {
            let sweeps = |page: &PageCommand| matches!(page.command, Command::Sweep(_));
            let Some(model) = model else { return true };
            let network = model.network();
            match picture.of() {
                PictureOf::Every => true,
                PictureOf::Swept => commands.is_none_or(|all| all.iter().any(sweeps)),
                PictureOf::Weight => model.weight().is_some(),
                PictureOf::Surface => model.ground().is_some(),
                PictureOf::Network => network.is_some(),
                PictureOf::TwoInputs => network.is_some_and(|it| it.design().sizes[0] == 2),
            }
        };
        let mut all = Picture::ALL.into_iter();
        let found = all.find(|picture| picture.name() == name);
        let message = match found {
            Some(picture) if has(&picture) => return Some(picture),
            Some(Picture::Sweep) => "nothing is swept on this page".to_owned(),
            Some(_) => format!("what this lesson trains has no picture `{name}`"),
            None => format!("there is no picture `{name}`"),
        };
        if found == Some(Picture::Sweep) {
            let advice = "`commands: [reset, sweep momentum 0..0.9/10 max 100]`, for example";
            return self.refuse(message, advice);
        }
        let known = Picture::ALL.into_iter().filter(has).map(Picture::name);
        let advice = advise(name, known);
        self.as_code(Code::UnknownName, |checker| checker.refuse(message, advice))
    }

    /// Commands that a page can run, where there are any.
    pub(super) fn commands(
        &mut self,
        name: &str,
        field: Field<List<String>>,
        pages: usize,
    ) -> Option<Vec<PageCommand>> {
        self.listed(name, field, |checker, line| {
            checker.as_code(Code::Command, |checker| checker.command(line, pages))
        })
    }

    /// The names that commands and expressions may have in them.
    pub(super) fn vocabulary(&self, pages: usize) -> Vocabulary<'_> {
        Vocabulary {
            parameters: &self.parameters,
            pages,
            layers: &self.layers,
            metrics: self.metrics,
            decimal: self.decimal,
            ..Vocabulary::default()
        }
    }

    pub(super) fn command(&mut self, line: String, pages: usize) -> Option<PageCommand> {
        match command::parse(&line, &self.vocabulary(pages)) {
            Ok(Some(command)) if !command.suits_a_page() => {
                let message = format!("a page cannot run `{line}` when it opens");
                let advice = "a command that moves, sets or shows something, such as `reset`";
                self.refuse(message, advice)
            }
            Ok(Some(command)) => Some(PageCommand { command, line }),
            Ok(None) => self.refuse("there is no command here", "for example `reset`"),
            Err(complaint) => self.refuse_part(&line, complaint),
        }
    }

    /// Notes what is wrong with a part of the text that is being looked at.
    pub(super) fn refuse_part<T>(&mut self, text: &str, complaint: Complaint) -> Option<T> {
        let place = |checker: &Self| checker.part_of_value(text, complaint.span);
        self.complain(place, complaint.message, complaint.advice);
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

    /// What the learner reads.
    pub(super) fn text(&mut self, name: &str, field: Field<String>) -> Option<Document> {
        self.required_with(name, field, |checker, text| {
            let text = String::check(checker, text)?;
            Some(checker.document(&text))
        })
    }

    /// A text that need not be there.
    pub(super) fn optional_text(&mut self, name: &str, field: Field<String>) -> Option<Document> {
        let given = field.is_given();
        given.then(|| self.text(name, field))?
    }

    pub(super) fn document(&mut self, text: &str) -> Document {
        let (document, unknown) = markdown::read(text, &self.parameters);
        let mut searched = None;
        for Unknown { name, is_latex } in unknown {
            let written = format!("{{{name}}}");
            let names: Vec<String> = Live::names().chain(self.parameters.clone()).collect();
            let first_node = format!("{name}[0]");
            let of_node = Live::from_name(&first_node, &[]).map(|_| first_node.as_str());
            let near = of_node.or_else(|| closest(&name, names.iter().map(String::as_str)));
            // Of a model that is wrong, parameters are not known.
            if near.is_none() && !is_latex && self.parameters.is_empty() {
                continue;
            }
            let advice = match near {
                _ if is_latex => format!(
                    "LaTeX is not drawn: write xᵢ, a/b or √x as they are; braces themselves are doubled: `{{{written}}}`"
                ),
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!(
                    "a quantity such as `{{before}}`, or a parameter such as `{{{}}}`; to show braces themselves, double them",
                    self.parameters
                        .join(" ")
                        .split(' ')
                        .next()
                        .unwrap_or_default()
                ),
            };
            let found = |checker: &Self| {
                let whole = checker.value_span_here();
                let from = searched.unwrap_or(whole.start);
                let found = checker.live_value(from, &written);
                found.unwrap_or(whole)
            };
            let message = format!("no live value is called `{name}`");
            self.as_code(Code::LiveValue, |checker| {
                checker.complain(found, message, advice);
            });
            searched = self.problems.last().map(|problem| problem.span.end);
        }
        self.values_that_are_not(&document);
        document
    }

    /// Complains about live values that this lesson's updates have not.
    fn values_that_are_not(&mut self, document: &Document) {
        let mut told: Vec<Live> = Vec::new();
        for live in document.values() {
            let (name, is_had) = match live {
                Live::Quantity(quantity) => {
                    (quantity.name(), quantity.is_had(&self.layers, self.metrics))
                }
                Live::Mse => ("mse".into(), self.metrics.contains(&"mse")),
                Live::Accuracy => ("accuracy".into(), self.metrics.contains(&"accuracy")),
                Live::Rule | Live::Parameter | Live::Update | Live::Updates | Live::Weight(_) => {
                    continue;
                }
            };
            if is_had || self.parameters.is_empty() || told.contains(&live) {
                continue;
            }
            told.push(live);
            let written = format!("{{{name}}}");
            let found = |checker: &Self| {
                let whole = checker.value_span_here();
                checker.live_value(whole.start, &written).unwrap_or(whole)
            };
            let message = format!("`{written}` is of a model that this lesson has not");
            self.complain(
                found,
                message,
                "a quantity of the update, such as `{before}`",
            );
        }
    }

    /// The next place of a `{name}` whose braces are not doubled.
    fn live_value(&self, from: usize, written: &str) -> Option<Range<usize>> {
        let mut found = self.source[from..].match_indices(written);
        let doubled = |index: usize| self.source[..from + index].ends_with('{');
        let (index, _) = found.find(|(index, _)| !doubled(*index))?;
        Some(from + index..from + index + written.len())
    }
}
