//! What a listing starts from: everything that it reads before it writes it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::super::{Formula, Leaf, NodeQuantity, OfNode, OfRule, Quantity};
use super::{Code, Language, ListingLine};
use crate::math::{Network, Place, ScaledColumn};

/// Longer lists of numbers are put on several lines.
const WIDTH: usize = 78;

/// Python's own stops the program above 709.78. With this, formulas stay those that are taught: in double precision,
/// 1 / (1 + exp(800)) is 0.
const PYTHON_EXP: [&str; 3] = [
    "import math",
    "def exp(a):  # where Python's own stops, too large for a number: infinite",
    "    return math.exp(a) if a <= 709.782712893384 else math.inf",
];

/// Something that a listing reads or writes.
struct Used {
    name: String,
    value: f64,
    is_setting: bool,
    /// Whether it is read before it is written.
    is_given: bool,
    is_written: bool,
}

impl Used {
    /// The array that it is one of, and where it lies in it: `ih` and `0,1` of `ih[0,1]`.
    fn place(&self) -> Option<(&str, &str)> {
        self.name.strip_suffix(']')?.split_once('[')
    }

    fn is_of(&self, array: &str) -> bool {
        self.place().is_some_and(|(own, _)| own == array)
    }
}

impl Code<'_> {
    /// The lines to stand before those of the listing.
    pub fn given(&self, listing: &[ListingLine]) -> Vec<String> {
        let code: Vec<String> = listing.iter().map(|line| line.code.text()).collect();
        let used = self.used();
        let single = used
            .iter()
            .filter(|used| used.is_given && used.place().is_none());
        let mut given = self.imports(&code.join("\n"));
        given.extend(single.map(|used| self.single(used)));
        given.extend(match (self.language, self.model.network()) {
            (Language::Python, _) => dictionaries(&used),
            (Language::Rust, Some(network)) => self.arrays(network, &used),
            (Language::PyTorch | Language::Keras, Some(network)) => self.tensors(network),
            (Language::PyTorch | Language::Keras | Language::Rust, None) => Vec::new(),
        });
        given.iter().flat_map(|line| folded(line)).collect()
    }

    /// What the listing reads and writes, its settings first. Of a surface all variables are read.
    fn used(&self) -> Vec<Used> {
        let mut places = BTreeMap::new();
        let mut all: Vec<Used> = Vec::new();
        let mut note =
            |name: String, value: f64, is_setting: bool, is_read: bool| match places.entry(name) {
                Entry::Occupied(place) => {
                    let place: &usize = place.get();
                    all[*place].is_written |= !is_read;
                }
                Entry::Vacant(place) => {
                    all.push(Used {
                        name: place.key().clone(),
                        value,
                        is_setting,
                        is_given: is_read,
                        is_written: !is_read,
                    });
                    place.insert(all.len() - 1);
                }
            };
        let own = self.names.parameter(self.names.parameter);
        let before = self.record.updates[self.parameter].before;
        let is_tensor = self.model.network().is_some() && self.language.is_library();
        note(own, before, false, !is_tensor);
        for (name, update) in self.model.surface().iter().flat_map(|surface| {
            let names = surface.names().iter();
            names.zip(&self.record.updates)
        }) {
            note(self.names.parameter(name), update.before, false, true);
        }
        if self.language.is_library() && self.finds_gradient() {
            note(self.names.quantity(Quantity::Gradient), 0.0, false, false);
        }
        for line in self.derived().filter(|line| !line.is_given()) {
            for leaf in line.formula.leaves() {
                let (leaf, value) = match leaf {
                    Formula::Quantity(quantity, value) => (Leaf::Quantity(*quantity), *value),
                    Formula::Named(own, value) => (Leaf::Named(own), *value),
                    Formula::Constant(_)
                    | Formula::Negative(_)
                    | Formula::Binary(..)
                    | Formula::Sum(_)
                    | Formula::Apply(..)
                    | Formula::Untrained
                    | Formula::Written(_) => continue,
                };
                let is_setting = matches!(
                    leaf,
                    Leaf::Quantity(
                        Quantity::LearningRate
                            | Quantity::Momentum
                            | Quantity::OfRule(OfRule::Setting(_))
                    )
                );
                note(self.names.of(leaf), value, is_setting, true);
            }
            note(self.names.quantity(line.quantity), line.value, false, false);
        }
        all.sort_by_key(|used| !used.is_setting);
        all
    }

    /// What has to be there for what the code calls.
    fn imports(&self, code: &str) -> Vec<String> {
        let calls = |name: &str| {
            let call = format!("{name}(");
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            code.match_indices(&call)
                .any(|(at, _)| !code[..at].ends_with(is_part))
        };
        let has = |module: &str| code.contains(module);
        let mut lines: Vec<&str> = Vec::new();
        match self.language {
            Language::Python => {
                let functions = ["log", "sqrt", "sin", "cos", "tanh"];
                let called: Vec<&str> = functions.into_iter().filter(|name| calls(name)).collect();
                let import = format!("from math import {}", called.join(", "));
                let sign =
                    calls("sign").then(|| "def sign(a): return (a > 0) - (a < 0)".to_owned());
                let import = (!called.is_empty()).then_some(import);
                let exp = calls("exp").then_some(PYTHON_EXP).into_iter().flatten();
                return (import.into_iter())
                    .chain(exp.map(str::to_owned))
                    .chain(sign)
                    .chain(self.subscripts())
                    .collect();
            }
            Language::PyTorch => {
                lines.push("import torch");
                lines.extend(has("F.").then_some("from torch.nn import functional as F"));
                lines.push("torch.set_default_dtype(torch.float64)");
            }
            Language::Keras => {
                lines.extend(has("tf.").then_some("import tensorflow as tf"));
                lines.push("import keras");
                lines.extend(has("ops.").then_some("from keras import ops"));
            }
            Language::Rust => {
                let sign = "fn sign(a: f64) -> f64 { if a == 0.0 { 0.0 } else { a.signum() } }";
                lines.extend(calls("sign").then_some(sign));
            }
        }
        lines.into_iter().map(str::to_owned).collect()
    }

    /// Numbers for the letters that a weight is called by in Python: `i` and `j` of `ihWeights[i,j]`.
    fn subscripts(&self) -> Option<String> {
        let own = self.names.parameter(self.names.parameter);
        let (_, places) = own.strip_suffix(']')?.split_once('[')?;
        let is_letter = |place: &&str| place.parse::<u64>().is_err();
        let letters: Vec<&str> = places.split(',').filter(is_letter).collect();
        let numbers: Vec<String> = (0..letters.len())
            .map(|number| number.to_string())
            .collect();
        let line = format!("{} = {}", letters.join(", "), numbers.join(", "));
        (!letters.is_empty()).then_some(line)
    }

    /// A number with a name of its own.
    fn single(&self, used: &Used) -> String {
        let Used { name, value, .. } = used;
        let own = self.names.quantity(Quantity::Before);
        let is_parameter = *name == own
            || self.model.surface().is_some_and(|surface| {
                surface
                    .names()
                    .iter()
                    .any(|variable| self.names.parameter(variable) == *name)
            });
        match self.language {
            Language::Rust if used.is_written => format!("let mut {name}: f64 = {value:?};"),
            Language::Rust => format!("let {name}: f64 = {value:?};"),
            Language::PyTorch | Language::Keras if is_parameter => {
                self.variable(name, &format!("{value:?}"))
            }
            // A gradient is given where nothing finds it.
            Language::PyTorch if *name == self.names.quantity(Quantity::Gradient) => {
                format!("{name} = torch.tensor({value:?})")
            }
            Language::Python | Language::PyTorch | Language::Keras => format!("{name} = {value:?}"),
        }
    }

    /// A parameter, or an array of them, as a library has it.
    fn variable(&self, name: &str, value: &str) -> String {
        if self.language == Language::PyTorch {
            format!("{name} = torch.tensor({value}, requires_grad=True)")
        } else {
            format!("{name} = keras.Variable({value}, dtype=\"float64\")")
        }
    }

    /// The arrays that the listing uses: of nodes with 0 where it writes, of parameters whole.
    fn arrays(&self, network: &Network, used: &[Used]) -> Vec<String> {
        use NodeQuantity::{Raw, Signal, Sum, Target, Value};
        let mut lines = Vec::new();
        let mut array = |name: &str, list: String| {
            let is_written = used.iter().any(|used| used.is_written && used.is_of(name));
            if used.iter().any(|used| used.is_of(name)) {
                let mutable = if is_written { "mut " } else { "" };
                lines.push(format!("let {mutable}{name} = {list};"));
            }
        };
        let outputs = network.layers().len();
        let given: HashMap<&str, f64> = (used.iter().filter(|used| used.is_given))
            .map(|used| (used.name.as_str(), used.value))
            .collect();
        for (layer, size) in network.design().sizes.iter().enumerate() {
            for quantity in [Raw, Value, Sum, Target, Signal] {
                let name = |index| {
                    let node = super::super::Node::new(layer, outputs, index);
                    OfNode { quantity, node }.name()
                };
                let given = |index| given.get(name(index).as_str()).copied().unwrap_or(0.0);
                let first = name(0);
                if quantity == Target && layer < outputs || quantity == Raw && layer > 0 {
                    continue;
                }
                let values: Vec<f64> = (0..*size).map(given).collect();
                let is_empty = values.iter().all(|value| *value == 0.0);
                let empty = is_empty.then(|| format!("[0.0; {size}]"));
                array(
                    first.trim_end_matches("[0]"),
                    empty.unwrap_or_else(|| list(&values)),
                );
            }
        }
        for layer in 1..=outputs {
            let [weights, biases] = tensor_names(network, layer);
            let (rows, row) = self.values(network, layer);
            let rows: Vec<String> = rows.iter().map(|row| list(row)).collect();
            array(weights, format!("[{}]", rows.join(", ")));
            array(biases, list(&row));
        }
        lines
    }

    /// The item and all parameters.
    fn tensors(&self, network: &Network) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(pass) = &self.record.pass {
            let mut given = vec![("t", pass.targets().to_vec())];
            match network.items().scaling() {
                None => given.insert(0, ("x", pass.values(0).to_vec())),
                Some(scaling) => {
                    let [center, spread] = scaling.scale().words();
                    let of = |number: fn(&ScaledColumn) -> f64| {
                        scaling.columns().iter().map(number).collect::<Vec<_>>()
                    };
                    let by = [(center, of(|it| it.center)), (spread, of(|it| it.spread))];
                    given.splice(0..0, [("raw", pass.raw().to_vec())].into_iter().chain(by));
                }
            }
            for (name, values) in given {
                lines.push(if self.language == Language::PyTorch {
                    format!("{name} = torch.tensor({})", list(&values))
                } else {
                    format!("{name} = ops.array({}, \"float64\")", list(&values))
                });
            }
        }
        for layer in 1..=network.layers().len() {
            let [weights, biases] = tensor_names(network, layer);
            let (rows, row) = self.values(network, layer);
            let rows: Vec<String> = rows.iter().map(|row| list(row)).collect();
            lines.push(self.variable(weights, &format!("[{}]", rows.join(", "))));
            lines.push(self.variable(biases, &list(&row)));
        }
        lines
    }

    /// The weights that lead to a layer, row by row, and its biases, before the update.
    fn values(&self, network: &Network, layer: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
        let sizes = &network.design().sizes;
        let row = |from| {
            let value = |to| {
                let place = Place { layer, from, to };
                self.record.updates[network.parameter_at(place)].before
            };
            (0..sizes[layer]).map(value).collect()
        };
        (
            (0..sizes[layer - 1]).map(|from| row(Some(from))).collect(),
            row(None),
        )
    }
}

/// What the weights that lead to a layer, and its biases, are called together: `ih` and `hb`.
pub fn tensor_names(network: &Network, layer: usize) -> [&str; 2] {
    [Some(0), None].map(|from| {
        let place = Place { layer, from, to: 0 };
        let name = &network.names()[network.parameter_at(place)];
        name.split('[').next().unwrap_or(name)
    })
}

/// Numbers as all languages list them.
fn list(values: &[f64]) -> String {
    format!("{values:?}")
}

/// A line, or where it is too long several, parted between rows and between numbers.
fn folded(line: &str) -> Vec<String> {
    let is_long = line.len() > WIDTH;
    let mut lines = vec![String::new()];
    for part in line.split_inclusive(", ") {
        let last = &lines[lines.len() - 1];
        let is_full = last.len() + part.trim_end().len() > WIDTH;
        if is_long && !last.is_empty() && (is_full || last.ends_with("], ")) {
            lines.push("    ".to_owned());
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(part);
        }
    }
    let trimmed = lines.iter().map(|line| line.trim_end().to_owned());
    trimmed.collect()
}

/// What lies in arrays, each with the places that are used.
fn dictionaries(used: &[Used]) -> Vec<String> {
    let mut arrays: Vec<(&str, Vec<String>)> = Vec::new();
    for (used, (array, place)) in used.iter().filter_map(|used| Some((used, used.place()?))) {
        let known = arrays.iter().position(|(name, _)| *name == array);
        let index = known.unwrap_or_else(|| {
            arrays.push((array, Vec::new()));
            arrays.len() - 1
        });
        if used.is_given {
            let key = match place.replace(',', ", ") {
                several if several.contains(',') => format!("({several})"),
                one => one,
            };
            arrays[index].1.push(format!("{key}: {:?}", used.value));
        }
    }
    let line =
        |(name, entries): (&str, Vec<String>)| format!("{name} = {{{}}}", entries.join(", "));
    arrays.into_iter().map(line).collect()
}
