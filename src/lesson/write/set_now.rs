//! What is set now, as a lesson of its own: the model and the settings of a run, from its start.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::command::Refusal;
use crate::files::Files;
use crate::lesson::data::{self, Beside};
use crate::lesson::{Lesson, builtin, write, yaml};
use crate::math::{Convention, Initial, ItemOrder, Model, Settings};
use crate::timeline::{Change, Run, State};

/// A lesson as it is to be written.
#[derive(Debug, Clone, Default)]
pub struct SetNow {
    /// The file.
    pub text: String,
    /// The files of data that it reads beside it, by their names.
    pub data: Vec<(String, Vec<u8>)>,
    /// What of the run is not in it: a sentence each.
    pub left_out: Vec<String>,
}

/// The fields below some keys, which are made where they are not there.
fn below<'a>(tree: &'a mut Mapping, keys: &[&str]) -> &'a mut Mapping {
    let Some((key, rest)) = keys.split_first() else {
        return tree;
    };
    let place = tree
        .entry((*key).into())
        .or_insert_with(|| Mapping::new().into());
    if !place.is_mapping() {
        *place = Mapping::new().into();
    }
    let mapping = place.as_mapping_mut();
    below(mapping.expect("it has just been made one"), rest)
}

impl Lesson {
    /// The lesson as a run with it has it now: with its settings of now from the start on, and the start that has been
    /// set. `left_out` of the answer says what cannot be written.
    ///
    /// # Errors
    /// Where its data cannot be read again, or what is set makes no lesson.
    pub fn set_now(
        &self,
        files: &dyn Files,
        run: &Run,
        step: u64,
        convention: Convention,
    ) -> Result<SetNow, Refusal> {
        let unwritten = |message: String, advice: &str| Refusal::new(message, advice);
        let (tree, _) = yaml::parse(&self.source).map_err(|_| {
            unwritten(
                "the lesson cannot be read again".to_owned(),
                "open it again",
            )
        })?;
        let Value::Mapping(mut tree) = tree else {
            return Err(unwritten(
                "the lesson has no fields".to_owned(),
                "open it again",
            ));
        };
        tree.remove("pages");
        let now = run.state(step).settings;
        let mut overlay = Overlay {
            lesson: self,
            run,
            convention,
            tree: &mut tree,
            left_out: Vec::new(),
        };
        overlay.settings(now);
        overlay.changes(step, now);
        overlay.start();
        let mut left_out = overlay.left_out;
        let data = self.take_data(files, &mut tree)?;
        if self.pages.len() > 1 || !self.pages[0].exercises.is_empty() {
            left_out.push(
                "Its pages are not in it, since they belong to the settings of their own lesson."
                    .to_owned(),
            );
        }
        let words = [format!(
            "What was set in \"{}\".",
            self.title.replace('\n', " ")
        )];
        let read = |name: &str| {
            let found = data.iter().find(|(known, _)| known == name);
            found
                .map(|(_, bytes)| bytes.clone())
                .ok_or_else(String::new)
        };
        let beside = Beside {
            read: &read,
            watch: files.watch(),
        };
        let mut text = write::lesson(&words, &tree);
        let mut read_back = Self::parse_with("", text.as_bytes(), &beside);
        // A weight's gradients may not be those of its loss any more.
        if read_back.is_err()
            && self
                .model
                .weight()
                .is_some_and(|weight| weight.loss.is_some())
        {
            below(&mut tree, &["model", "weight"]).remove("loss");
            left_out.push(
                "Its loss is not in it: the gradients are no slopes of it with what is set now."
                    .to_owned(),
            );
            text = write::lesson(&words, &tree);
            read_back = Self::parse_with("", text.as_bytes(), &beside);
        }
        let read_back = read_back.map_err(|error| {
            let (message, advice) = error.brief();
            unwritten(format!("what is set makes no lesson: {message}"), advice)
        })?;
        let items = |model: &Model| {
            model
                .network()
                .map(|network| network.design().clone())
                .map(|design| (design.items, design.test_items))
        };
        if items(&read_back.model) != items(&self.model) {
            let message = "the data have changed since the lesson was opened".to_owned();
            return Err(unwritten(message, "`open` it again"));
        }
        let begun = State::start(&read_back.model, read_back.settings, None);
        let start = run.state(0);
        if begun.weights != start.weights || memories(&begun) != memories(&start) {
            left_out.push("Its run begins otherwise than this one: not all that was set at its start can be written.".to_owned());
        }
        Ok(SetNow {
            text,
            data,
            left_out,
        })
    }

    /// The bytes of the data that the lesson reads, which lie beside what is written then.
    fn take_data(
        &self,
        files: &dyn Files,
        tree: &mut Mapping,
    ) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let mut taken: Vec<(String, Vec<u8>)> = Vec::new();
        let network = tree
            .get_mut("model")
            .and_then(|model| model.get_mut("network"));
        let Some(Value::Mapping(fields)) = network.and_then(|network| network.get_mut("data"))
        else {
            return Ok(taken);
        };
        for field in ["file", "test_file"] {
            let Some(name) = fields.get(field).and_then(Value::as_str).map(str::to_owned) else {
                continue;
            };
            let read = match &self.folder {
                Some(folder) => {
                    let of_course = self.course.as_ref().and_then(|course| course.folder());
                    data::read_file(files, of_course.unwrap_or(folder), folder, &name)
                }
                None => builtin::read_data(&name),
            };
            let bytes = read.map_err(|reason| {
                Refusal::new(
                    format!("its data, {name}, cannot be read: {reason}"),
                    "put the file back",
                )
            })?;
            let base = Path::new(&name)
                .file_name()
                .map_or(name.as_str().into(), |base| base.to_string_lossy());
            // Two files may have one name in two folders.
            let other = taken
                .iter()
                .any(|(known, old)| *known == *base && *old != bytes);
            let beside = if other {
                format!("test-{base}")
            } else {
                base.into_owned()
            };
            fields.insert(field.into(), beside.as_str().into());
            taken.push((beside, bytes));
        }
        Ok(taken)
    }
}

/// What every parameter remembers, in bits.
fn memories(state: &State) -> Vec<u64> {
    let all = 0..state.weights.len();
    all.map(|parameter| state.memories.of(parameter)[0].value.to_bits())
        .collect()
}

/// The fields of a lesson, and the run that they are to be those of.
struct Overlay<'a> {
    lesson: &'a Lesson,
    run: &'a Run,
    convention: Convention,
    tree: &'a mut Mapping,
    left_out: Vec<String>,
}

impl Overlay<'_> {
    /// The settings of now, and the sign of gradients.
    fn settings(&mut self, now: Settings) {
        let own = self.lesson.settings;
        let training = below(self.tree, &["training"]);
        let mut set = |name: &str, value: Value| {
            training.insert(name.into(), value);
        };
        if now.rule != own.rule {
            set("rule", now.rule.name().into());
        }
        if now.learning_rate.to_bits() != own.learning_rate.to_bits() {
            set("learning_rate", now.learning_rate.into());
        }
        if now.momentum.to_bits() != own.momentum.to_bits() {
            set("momentum", now.momentum.into());
        }
        for (name, value) in now.further.into_iter().flatten() {
            if !own.further.contains(&Some((name, value))) {
                set(name, value.into());
            }
        }
        if self.convention != self.lesson.convention {
            set("convention", self.convention.name().into());
        }
    }

    /// What has been changed on the way, which a lesson has no words for; and gradients and the seed, which it has.
    fn changes(&mut self, step: u64, now: Settings) {
        let names = self.lesson.model.parameters();
        let mut lost = Vec::new();
        let mut gradients = BTreeMap::new();
        for (at, change) in self.run.changes().filter(|(at, _)| *at <= step) {
            match change {
                Change::LearningRate(_) | Change::Momentum(_) | Change::Rule(_) => {}
                Change::Gradient { downhill, .. } if self.lesson.model.weight().is_some() => {
                    gradients.insert(at as usize, downhill);
                }
                Change::Parameter { .. } | Change::PreviousDelta { .. } if at == 0 => {}
                Change::Gradient { parameter, .. } => lost.push(format!(
                    "the gradient of {} in update {}",
                    names[parameter],
                    at + 1
                )),
                Change::Parameter { parameter, .. } => {
                    lost.push(format!("{} before update {}", names[parameter], at + 1));
                }
                Change::PreviousDelta { parameter, .. } => lost.push(format!(
                    "the previous delta of {} before update {}",
                    names[parameter],
                    at + 1
                )),
                Change::Seed(seed) => {
                    below(self.tree, &["model", "network", "random"])
                        .insert("seed".into(), seed.into());
                }
            }
        }
        if self.run.state(0).settings != now {
            self.left_out.push("The settings of now hold from its first update on; here they were changed on the way.".to_owned());
        }
        if !lost.is_empty() {
            self.left_out.push(format!(
                "Not in it, since it was set on the way: {}.",
                lost.join(", ")
            ));
        }
        let Some(weight) = self.lesson.model.weight() else {
            return;
        };
        if gradients.is_empty() && self.convention == self.lesson.convention {
            return;
        }
        let all = weight.downhill.iter().enumerate();
        let all = all.map(|(index, own)| gradients.get(&index).unwrap_or(own));
        let all: Vec<Value> = all
            .map(|downhill| self.convention.flip(*downhill).into())
            .collect();
        below(self.tree, &["model", "weight"]).insert("gradients".into(), all.into());
    }

    /// What parameters remember at the start, where that has been set.
    fn remember(&mut self, which: &[usize], state: &State, model: &str) {
        if which.is_empty() {
            return;
        }
        let names = self.lesson.model.parameters().iter().enumerate();
        let all: Mapping = names
            .map(|(index, name)| (name, state.memories.of(index)[0].value))
            .filter(|(_, delta)| *delta != 0.0)
            .map(|(name, delta)| (name.as_str().into(), delta.into()))
            .collect();
        below(self.tree, &["model", model]).insert("previous_delta".into(), all.into());
    }

    /// Where the run starts, and what it remembers there.
    fn start(&mut self) {
        let model = &self.lesson.model;
        let state = self.run.state(0);
        let seed = self.run.changes().find_map(|(_, change)| match change {
            Change::Seed(seed) => Some(seed),
            Change::LearningRate(_)
            | Change::Momentum(_)
            | Change::Rule(_)
            | Change::Gradient { .. }
            | Change::PreviousDelta { .. }
            | Change::Parameter { .. } => None,
        });
        let own = State::start(model, self.lesson.settings, seed);
        let names = model.parameters();
        let differs = |a: f64, b: f64| a.to_bits() != b.to_bits();
        let moved: Vec<usize> = (0..names.len())
            .filter(|index| differs(own.weights[*index], state.weights[*index]))
            .collect();
        let remembers: Vec<usize> = (0..names.len())
            .filter(|index| {
                differs(
                    own.memories.of(*index)[0].value,
                    state.memories.of(*index)[0].value,
                )
            })
            .collect();
        match &**model {
            Model::Weight(_) => {
                let fields = below(self.tree, &["model", "weight"]);
                if !moved.is_empty() {
                    fields.insert("start".into(), state.weights[0].into());
                }
                if !remembers.is_empty() {
                    let delta = state.memories.of(0)[0].value;
                    fields.insert("previous_delta".into(), delta.into());
                }
            }
            Model::Surface(_) => {
                self.remember(&remembers, &state, "surface");
                let start = below(self.tree, &["model", "surface", "start"]);
                for index in moved {
                    start.insert(names[index].as_str().into(), state.weights[index].into());
                }
            }
            Model::Network(network) => {
                self.remember(&remembers, &state, "network");
                if moved.is_empty() {
                    return;
                }
                let design = network.design();
                if design.order == ItemOrder::Shuffled
                    && matches!(design.initial, Initial::Drawn { .. })
                {
                    self.left_out.push("Its items come in another order: where weights are given, none are drawn before the items are shuffled.".to_owned());
                }
                let (mut weights, mut biases) = (Vec::new(), Vec::new());
                for layer in network.layers() {
                    let numbers = |from: usize| -> Value {
                        let row = &state.weights[from..from + layer.to];
                        row.iter()
                            .map(|weight| Value::from(*weight))
                            .collect::<Vec<_>>()
                            .into()
                    };
                    let rows = (0..layer.from).map(|row| numbers(layer.weights + row * layer.to));
                    weights.push(Value::from(rows.collect::<Vec<_>>()));
                    biases.push(numbers(layer.weights + layer.from * layer.to));
                }
                let initial = below(self.tree, &["model", "network", "initial"]);
                initial.clear();
                initial.insert("weights".into(), weights.into());
                initial.insert("biases".into(), biases.into());
            }
        }
    }
}
