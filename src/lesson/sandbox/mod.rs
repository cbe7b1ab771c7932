//! A lesson of the learner's own, made at once: from a formula, from a file of data, or from a weight and its gradients.
//!
//! What is not said is chosen, and the page says what and why. A lesson without pages has a page from here as well.

mod columns;
mod formula;
mod rate;
mod table;
mod wanted;

use std::fmt;
use std::path::PathBuf;

use serde_yaml::{Mapping, Value};

pub use wanted::Wanted;

use super::Problem;
use super::problem::{harmless, report};
use super::{Lesson, Page, PageCommand, data, markdown, write};
use crate::command::Command;
use crate::explain::{Digits, number};
use crate::files::Files;
use crate::math::expression::{Mistake, constant};
use crate::math::{Model, Rule, Settings, Surface};

/// The momentum that is chosen.
const MOMENTUM: f64 = 0.5;

/// And the rule, save for a weight alone.
const RULE: Rule = Rule::HeavyBall;

/// What can be tried, for whoever has given nothing.
const EXAMPLES: &str =
    "a formula such as 'x^2+10*y^2', a file such as data.csv, or --weight 3.56 --gradients 2.7,2.2";

/// Why something cannot be tried, and what would work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Untried {
    /// What the text is called that something is wrong in, and the text; `None` where the matter is as a whole.
    place: Option<(String, String)>,
    problem: Mistake,
}

impl fmt::Display for Untried {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Mistake {
            span,
            message,
            advice,
        } = &self.problem;
        let told = match &self.place {
            Some((name, text)) => {
                let problem = Problem::new(span.clone(), message, advice);
                report(name, text, &problem)
            }
            None => format!("error: {message}: {advice}"),
        };
        formatter.write_str(&harmless(&told))
    }
}

impl Untried {
    /// Something about all of what is wanted.
    fn whole(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            place: None,
            problem: Mistake::new(0..0, message, advice),
        }
    }

    /// Something in a part of a text, which is called `name`.
    fn part(name: &str, text: &str, problem: Mistake) -> Self {
        Self {
            place: Some((name.to_owned(), text.to_owned())),
            problem,
        }
    }

    /// What is wrong, where in a line that this comes from, and what would work.
    pub fn in_line(&self, line: &str) -> Mistake {
        let text = self.place.as_ref().map(|(_, text)| text.as_str());
        let start = text.and_then(|text| line.find(text)).unwrap_or(0);
        let span = match text {
            Some(_) => start + self.problem.span.start..start + self.problem.span.end,
            None => 0..line.len(),
        };
        Mistake {
            span,
            ..self.problem.clone()
        }
    }
}

/// What has been made of what is wanted.
struct Chosen {
    title: String,
    /// The fields of `model`, and of `training`.
    model: Mapping,
    training: Mapping,
    /// What has been chosen, and why: a sentence or two each.
    notes: Vec<String>,
    /// Where the data lie, where there are any.
    folder: Option<PathBuf>,
}

impl Lesson {
    /// A lesson made from a formula, a file of data, or a weight and its gradients; from a lesson file, that lesson.
    ///
    /// # Errors
    /// What is wrong with what is wanted, and what would work.
    pub fn tried(files: &dyn Files, wanted: &Wanted) -> Result<Self, Untried> {
        let chosen = match wanted.kind(files)? {
            wanted::Kind::Lesson(path) => {
                return Self::open_in(files, &path).map_err(|error| {
                    let (message, advice) = error.brief();
                    Untried::whole(message, advice)
                });
            }
            wanted::Kind::Weight => weight(wanted)?,
            wanted::Kind::Formula(text) => formula::chosen(text, wanted.start.as_deref())?,
            wanted::Kind::Table(path) => table::chosen(files, &path, wanted)?,
        };
        chosen.lesson(files)
    }
}

impl Chosen {
    /// The lesson, which reads its data; the learning rate of a network is found by trying.
    fn lesson(mut self, files: &dyn Files) -> Result<Lesson, Untried> {
        let source = self.source();
        let folder = self.folder.clone().unwrap_or_default();
        let read = |file: &str| data::read_file(files, &folder, &folder, file);
        let beside = data::Beside {
            read: &read,
            watch: files.watch(),
        };
        let parsed = Lesson::parse_with("", source.as_bytes(), &beside);
        let mut lesson = parsed.map_err(|error| {
            // The file that it speaks of is ours: its place in that tells the learner nothing.
            let told = error.findings().first();
            let [message, advice] = told.map_or_else(
                || [error.to_string(), "something else".to_owned()],
                |finding| [finding.message.clone(), finding.help.clone()],
            );
            Untried::whole(message, advice)
        })?;
        let chosen = rate::of_network(&lesson.model, lesson.settings, &beside.watch);
        if beside.watch.is_halted() {
            let message = "finding a learning rate was stopped";
            return Err(Untried::whole(message, "the same again tries all of them"));
        }
        if let Some((rate, note)) = chosen {
            self.training.insert("learning_rate".into(), rate.into());
            lesson.settings.learning_rate = rate;
            lesson.source = self.source().into();
            self.notes.insert(3, note);
        }
        self.notes.extend(lesson.notes.iter().cloned());
        lesson.folder = self.folder;
        lesson.pages = vec![page(&lesson.model, lesson.settings, &self.notes)];
        Ok(lesson)
    }

    fn source(&self) -> String {
        let tree = fields([
            ("title", self.title.as_str().into()),
            ("model", self.model.clone().into()),
            ("training", self.training.clone().into()),
        ]);
        write::lesson(&[], &tree)
    }
}

/// A mapping of these fields.
fn fields<const N: usize>(fields: [(&str, Value); N]) -> Mapping {
    let entries = fields.into_iter();
    entries.map(|(name, value)| (name.into(), value)).collect()
}

/// The fields of `training`.
fn training(rule: Rule, learning_rate: f64) -> Mapping {
    fields([
        ("rule", rule.name().into()),
        ("learning_rate", learning_rate.into()),
        ("momentum", MOMENTUM.into()),
    ])
}

/// A number as the notes say it.
fn say(value: f64) -> String {
    number::display(value, Digits::default())
}

/// What is said of the momentum and the rule.
fn classical() -> String {
    let (momentum, rule) = (say(MOMENTUM), RULE.name());
    format!("**momentum {momentum}, the rule {rule}**: classical momentum.")
}

/// `x = -9, y = 2`
fn places(names: &[String], values: &[f64]) -> String {
    let each = names.iter().zip(values);
    let each: Vec<String> = each
        .map(|(name, value)| format!("{name} = {}", say(*value)))
        .collect();
    each.join(", ")
}

/// The numbers of a list, of which each stands for an option of this name.
fn numbers(option: &str, text: &str) -> Result<Vec<f64>, Untried> {
    let sign = |c: char| c == ',' || c == ';' || c.is_whitespace();
    let parts = text.split(sign).filter(|part| !part.is_empty());
    let number = |part: &str| {
        constant(part).map_err(|mistake| {
            let at = crate::command::offset(text, part);
            let advice = match option {
                "--weight" => "a number, such as --weight 3.56",
                _ => "numbers with commas between them, such as --gradients 2.7,2.2",
            };
            let span = at + mistake.span.start..at + mistake.span.end;
            Untried::part(option, text, Mistake::new(span, mistake.message, advice))
        })
    };
    parts.map(number).collect()
}

/// A weight and its gradients.
fn weight(wanted: &Wanted) -> Result<Chosen, Untried> {
    let needs = |option: &str, other: &str| {
        Untried::whole(
            format!("{option} needs {other} beside it"),
            "for example --weight 3.56 --gradients 2.7,2.2: a gradient for each update",
        )
    };
    let start = (wanted.weight.as_deref()).ok_or_else(|| needs("--gradients", "--weight"))?;
    let given = wanted.gradients.as_deref();
    let given = given.ok_or_else(|| needs("--weight", "--gradients"))?;
    let [start] = numbers("--weight", start)?[..] else {
        let message = "--weight is one number, where the weight starts";
        return Err(Untried::whole(message, "for example --weight 3.56"));
    };
    let gradients = numbers("--gradients", given)?;
    if gradients.is_empty() {
        return Err(needs("--gradients", "a number for each update"));
    }
    let gradients = gradients.into_iter().map(Value::from).collect::<Vec<_>>();
    let model = fields([(
        "weight",
        fields([("start", start.into()), ("gradients", gradients.into())]).into(),
    )]);
    Ok(Chosen {
        title: format!("A weight that starts at {}", say(start)),
        model,
        training: training(Rule::Article, 0.01),
        notes: vec![
            "**learning rate 0.01, momentum 0.5, the article's rule**: those of the article's example. The gradients are given, whatever the weight is, so no rate can be too large.".to_owned(),
            "**gradients point downhill**, and a part of them is added. `set convention subtract` writes them as dE/dw.".to_owned(),
        ],
        folder: None,
    })
}

/// A page made from a model; what has been chosen for the learner is said on it.
pub(super) fn page(model: &Model, settings: Settings, notes: &[String]) -> Page {
    let parts = [subject(model), choices(settings, notes), keys(model)];
    let (text, unknown) = markdown::read(&parts.join("\n\n"), &[]);
    debug_assert!(unknown.is_empty(), "{unknown:?}");
    Page {
        title: "Something of your own".to_owned(),
        commands: vec![PageCommand {
            command: Command::Reset,
            line: "reset".to_owned(),
        }],
        picture: None,
        text,
        exercises: Vec::new(),
        listed: false,
    }
}

/// What is trained.
fn subject(model: &Model) -> String {
    match model {
        Model::Weight(weight) => {
            let updates = weight.downhill.len();
            let start = say(weight.start);
            let each = if updates == 1 {
                "one update".to_owned()
            } else {
                format!("each of {updates} updates")
            };
            format!("The weight starts at {start}. It is given a gradient for {each}.")
        }
        Model::Surface(surface) => of_surface(surface),
        Model::Network(network) => {
            let sizes = network.design().sizes.iter();
            let sizes = sizes.map(ToString::to_string).collect::<Vec<_>>().join("-");
            let items = network.items().len();
            format!(
                "A {sizes} network (inputs, hidden nodes, outputs) learns {items} items, one after another: {items} updates are an epoch, and `e` makes one."
            )
        }
    }
}

fn of_surface(surface: &Surface) -> String {
    let start = places(surface.names(), surface.start());
    format!(
        "The loss is `{}`. The run starts at {start}.",
        surface.text()
    )
}

/// The settings, and what has been chosen.
fn choices(settings: Settings, notes: &[String]) -> String {
    if notes.is_empty() {
        let [rate, momentum] = [settings.learning_rate, settings.momentum].map(say);
        let rule = settings.rule.name();
        return format!(
            "It begins with the rule {rule}, learning rate {rate} and momentum {momentum}."
        );
    }
    let notes: Vec<String> = notes.iter().map(|note| format!("- {note}")).collect();
    format!(
        "Chosen for you, and yours to change:\n\n{}",
        notes.join("\n")
    )
}

/// What there is to press.
fn keys(model: &Model) -> String {
    let name = model.parameters().first().map_or("w", String::as_str);
    format!(
        "Press ↓ for an update, → for its lines, Space to let it run. The knobs make the whole run anew: `[` `]` momentum, `{{{{` `}}}}` learning rate, `m` rule. `set {name} 1` moves {name} from here on. `lesson mine.yaml` keeps what is set as a lesson file."
    )
}
