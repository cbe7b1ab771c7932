//! Checking networks: sizes, functions, parameters at the start, the order of the items. Data have a file of their own.

use super::checker::Checker;
use super::data::{Shape, among, counted};
use super::expected::Leaf;
use super::file::{
    Entries, InitialFile, ItemOrderFile, List, NetworkFile, PreviousFile, RandomFile,
};
use super::yaml::Step;
use crate::command::advise;
use crate::explain::number;
use crate::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Network, SoftmaxDerivative,
    count_parameters, parameter_names,
};

/// Larger networks are not learned from a screen.
const MOST_PARAMETERS: usize = 100_000;
/// More layers of nodes than this are no lesson.
const MOST_LAYERS: usize = 16;

impl Checker<'_> {
    pub(super) fn network(&mut self, file: NetworkFile) -> Option<Network> {
        let sizes = self.required_with("layers", file.layers, Self::layers);
        let (tanh, softmax) = (Activation::Tanh, Activation::Softmax);
        let hidden = self.named_or(tanh, "hidden", file.hidden, &Activation::HIDDEN);
        let output = self.named_or(softmax, "output", file.output, &Activation::OUTPUT);
        let error = self.named("error", file.error, &ErrorMeasure::ALL);
        let derivative = file.softmax_derivative;
        let softmax_derivative =
            self.named("softmax_derivative", derivative, &SoftmaxDerivative::ALL);
        let train_biases = self.optional("train_biases", file.train_biases);
        let sequential = ItemOrder::Sequential;
        let order = self.given_or(sequential, "order", file.order, Self::item_order);
        let usual = (Generator::default(), 0);
        let random = self.given_or(usual, "random", file.random, Self::random);
        if let Some(sizes) = &sizes {
            self.parameters = parameter_names(sizes);
            self.layers.clone_from(sizes);
            self.metrics = &["loss", "mse", "accuracy"];
        }
        let (low, high) = (-0.01, 0.01);
        let drawn = Initial::Drawn { low, high };
        let initial = self.given_or(drawn, "initial", file.initial, |checker, file| {
            checker.initial(file, sizes.as_deref())
        });
        let (output, error, sizes) = (output?, error?, sizes?);
        self.check_outputs(&sizes, output, error, softmax_derivative)?;
        let shape = Shape {
            inputs: sizes[0],
            outputs: sizes[sizes.len() - 1],
            output,
            error,
        };
        let data = self.required_with("data", file.data, |checker, file| {
            checker.data(file, &shape)
        });
        let (items, test_items, classes) = data?;
        let order = order?;
        self.check_order(&order, items.len())?;
        let (generator, seed) = random?;
        let network = Network::new(Design {
            sizes,
            hidden: hidden?,
            output,
            error,
            softmax_derivative: softmax_derivative?,
            train_biases: train_biases.unwrap_or(true),
            initial: initial?,
            generator,
            seed,
            order,
            items,
            test_items,
            classes,
        });
        let previous = file.previous_delta;
        if !previous.is_given() {
            return Some(network);
        }
        let previous = self.required_with("previous_delta", previous, |checker, file| {
            let is_trained = |index| !network.untrained().any(|them| them.contains(&index));
            checker.previous_delta(file, network.names(), &is_trained)
        });
        Some(network.with_previous_delta(previous?))
    }

    /// The order of the items, of which it is not yet known how many there are.
    fn item_order(&mut self, file: ItemOrderFile) -> Option<ItemOrder> {
        let items = match file {
            ItemOrderFile::Named(name) if name == "sequential" => {
                return Some(ItemOrder::Sequential);
            }
            ItemOrderFile::Named(name) if name == "shuffled" => return Some(ItemOrder::Shuffled),
            ItemOrderFile::Named(name) => {
                let advice = advise(&name, ["sequential", "shuffled", "[2, 0, 1]"]);
                return self.refuse(format!("there is no order `{name}`"), advice);
            }
            ItemOrderFile::Items(items) => items,
        };
        let order = self.items(items, |_, item| {
            Some(u32::try_from(item).unwrap_or(u32::MAX))
        })?;
        Some(ItemOrder::Given(order.into()))
    }

    /// Whether a given order has each of so many items once.
    fn check_order(&mut self, order: &ItemOrder, count: usize) -> Option<()> {
        let ItemOrder::Given(order) = order else {
            return Some(());
        };
        let advice = "each item once: an epoch is one pass over all";
        let mut seen = vec![false; count];
        self.below(Step::key("order"), |checker| {
            checker.each(order.iter(), |checker, item| {
                match seen.get_mut(*item as usize) {
                    None => {
                        let advice = format!("items are counted from 0 to {}", count - 1);
                        checker.refuse(format!("there is no item {item}"), advice)
                    }
                    Some(true) => checker.refuse(format!("item {item} stands twice"), advice),
                    Some(seen) => {
                        *seen = true;
                        Some(())
                    }
                }
            })?;
            let left = seen.iter().position(|seen| !seen);
            left.map_or(Some(()), |left| {
                checker.refuse(format!("item {left} is not in the order"), advice)
            })
        })
    }

    /// What every parameter remembers before the first update. One that is not trained remembers nothing.
    pub(super) fn previous_delta(
        &mut self,
        file: PreviousFile,
        names: &[String],
        is_trained: &dyn Fn(usize) -> bool,
    ) -> Option<Vec<f64>> {
        let Entries(entries) = match file {
            PreviousFile::All(delta) => {
                let delta = f64::check(self, delta)?;
                let of = |index| if is_trained(index) { delta } else { 0.0 };
                return Some((0..names.len()).map(of).collect());
            }
            PreviousFile::Each(entries) => entries,
        };
        let mut deltas = vec![0.0; names.len()];
        let mut fine = Some(());
        for (name, value) in entries {
            let entry = self.below(Step::key(&name), |checker| {
                let Some(index) = names.iter().position(|known| *known == name) else {
                    let advice = among(&name, names.iter().map(String::as_str).take(12));
                    let message = format!("no parameter is called `{name}`");
                    checker.complain(Self::key_span_here, message, advice);
                    return None;
                };
                if !is_trained(index) {
                    let message = format!("`{name}` is not trained, and remembers nothing");
                    checker.complain(Self::key_span_here, message, "leave it out");
                    return None;
                }
                let value = checker.take(value)?;
                Some((index, f64::check(checker, value)?))
            });
            match entry {
                Some((index, value)) => deltas[index] = value,
                None => fine = None,
            }
        }
        fine.map(|()| deltas)
    }

    fn layers(&mut self, items: List<u64>) -> Option<Vec<usize>> {
        let sizes = self.items(items, |checker, size| {
            if size == 0 {
                return checker.refuse("a layer without nodes cannot be", "1 or more");
            }
            usize::try_from(size).ok()
        })?;
        let message = if sizes.len() < 2 {
            "a network has two layers of nodes at least: inputs and outputs".to_owned()
        } else if sizes.len() > MOST_LAYERS {
            format!("a network has {MOST_LAYERS} layers of nodes at most")
        } else {
            match count_parameters(&sizes) {
                Some(count) if count <= MOST_PARAMETERS => return Some(sizes),
                Some(count) => format!(
                    "this network would have {count} weights and biases, and {MOST_PARAMETERS} are the most"
                ),
                None => format!(
                    "this network is too large: {MOST_PARAMETERS} weights and biases are the most"
                ),
            }
        };
        let advice = "for example `[2, 3, 1]`: inputs, hidden nodes, outputs";
        self.refuse(message, advice)
    }

    fn check_outputs(
        &mut self,
        sizes: &[usize],
        output: Activation,
        error: ErrorMeasure,
        derivative: Option<SoftmaxDerivative>,
    ) -> Option<()> {
        let softmax = output == Activation::Softmax;
        if softmax && sizes.last() == Some(&1) {
            return self.refuse_field(
                "layers",
                "a single softmax output is always 1: there is nothing to learn",
                "two outputs or more, or `output: sigmoid`",
            );
        }
        if error == ErrorMeasure::CrossEntropy && !softmax && output != Activation::Sigmoid {
            let name = output.name();
            return self.refuse_field(
                "error",
                format!(
                    "cross-entropy needs outputs between 0 and 1, and {name} outputs can be others"
                ),
                "`squared`, or `output: softmax` or `output: sigmoid`",
            );
        }
        let article = softmax && error == ErrorMeasure::Squared;
        if derivative == Some(SoftmaxDerivative::Diagonal) && !article {
            return self.refuse_field(
                "softmax_derivative",
                "only softmax outputs with squared error have a diagonal derivative",
                "leave it out",
            );
        }
        Some(())
    }

    fn random(&mut self, file: RandomFile) -> Option<(Generator, u64)> {
        let generator = self.named("generator", file.generator, &Generator::ALL);
        let seed = self.optional("seed", file.seed);
        Some((generator?, seed.unwrap_or(0)))
    }

    fn initial(&mut self, file: InitialFile, sizes: Option<&[usize]>) -> Option<Initial> {
        let drawn = file.low.is_given() || file.high.is_given();
        let given = file.weights.is_given() || file.biases.is_given();
        if drawn && given {
            return self.refuse(
                "the weights are both drawn and given here",
                "`low` and `high`, or `weights` and `biases`",
            );
        }
        if !given {
            let low = self.required("low", file.low);
            let high = self.required("high", file.high);
            let (low, high) = (low?, high?);
            if low > high {
                self.refuse_field::<()>("low", "`low` is above `high`", "the smaller of the two");
            }
            return Some(Initial::Drawn { low, high });
        }
        for (name, is_given) in [
            ("weights", file.weights.is_given()),
            ("biases", file.biases.is_given()),
        ] {
            if !is_given && !self.is_meant(name) {
                let message = format!("`{name}` is missing in `initial`: both are given, or none");
                self.complain(Self::key_span_here, message, zeros(name, sizes));
            }
        }
        let numbers = |checker: &mut Self, numbers| checker.items(numbers, f64::check);
        let weights = self.optional_with("weights", file.weights, |checker, layers| {
            checker.items(layers, |checker, rows| checker.items(rows, numbers))
        });
        let biases = self.optional_with("biases", file.biases, |checker, layers| {
            checker.items(layers, numbers)
        });
        self.given(sizes?, &weights?, &biases?)
    }

    /// Given weights and biases in the order of the parameters, where they fit the layers.
    fn given(
        &mut self,
        sizes: &[usize],
        weights: &[Vec<Vec<f64>>],
        biases: &[Vec<f64>],
    ) -> Option<Initial> {
        let layers = sizes.len() - 1;
        let between = format!("between {} layers of nodes there are {layers}", sizes.len());
        let pairs = || sizes.windows(2).zip(1..);
        let weights_fit = self.below(Step::key("weights"), |checker| {
            checker.fits(weights.len(), "layer", layers, &between, WEIGHTS)?;
            checker.each(pairs().zip(weights), |checker, ((pair, layer), rows)| {
                checker.matrix(rows, (pair[0], pair[1]), layer)
            })
        });
        let biases_fit = self.below(Step::key("biases"), |checker| {
            checker.fits(biases.len(), "layer", layers, &between, BIASES)?;
            checker.each(pairs().zip(biases), |checker, ((pair, layer), biases)| {
                let what = format!("layer {layer} has {}", counted(pair[1], "node"));
                checker.fits(biases.len(), "bias", pair[1], &what, BIASES)
            })
        });
        weights_fit.and(biases_fit)?;
        let layers = weights.iter().zip(biases);
        let all = layers.flat_map(|(rows, biases)| rows.iter().flatten().chain(biases));
        Some(Initial::Given(all.copied().collect()))
    }

    /// Whether the weights of a layer fit the nodes that they come from and lead to.
    fn matrix(
        &mut self,
        rows: &[Vec<f64>],
        (from, to): (usize, usize),
        layer: usize,
    ) -> Option<()> {
        if from != to && rows.len() == to && rows.iter().all(|row| row.len() == from) {
            let message = format!(
                "the weights of layer {layer} are turned: a row for each node that they lead to, and not for each that they come from"
            );
            return self.refuse(message, turned(rows));
        }
        let what = format!(
            "{} to layer {layer}",
            match from {
                1 => "1 node leads".to_owned(),
                nodes => format!("{nodes} nodes lead"),
            }
        );
        let lengths_fit = {
            let what = format!("layer {layer} has {}", counted(to, "node"));
            self.each(rows.iter(), |checker, row| {
                checker.fits(row.len(), "weight", to, &what, WEIGHTS)
            })
        };
        self.fits(rows.len(), "row", from, &what, WEIGHTS)?;
        lengths_fit
    }

    /// Looks at every item of the list that is being looked at.
    fn each<T>(
        &mut self,
        items: impl Iterator<Item = T>,
        mut look: impl FnMut(&mut Self, T) -> Option<()>,
    ) -> Option<()> {
        let looked: Vec<_> = (items.enumerate())
            .map(|(index, item)| self.below(Step::Index(index), |checker| look(checker, item)))
            .collect();
        looked.into_iter().collect()
    }

    /// Whether the list that is being looked at is as long as `wanted`, which `what` gives the reason for. Of a list that is
    /// too long, the first item that is too much is marked.
    fn fits(
        &mut self,
        count: usize,
        word: &'static str,
        wanted: usize,
        what: &str,
        advice: &str,
    ) -> Option<()> {
        if count == wanted {
            return Some(());
        }
        let message = format!("{} here, and {what}", counted(count, word));
        if count > wanted {
            return self.below(Step::Index(wanted), |checker| {
                checker.refuse(message, advice)
            });
        }
        self.refuse(message, advice)
    }
}

/// How given weights and biases are written.
const WEIGHTS: &str = "weights[layer][from][to]: for each node that they come from a row, in it a number for each node that they lead to";
const BIASES: &str = "biases[layer][node]: for each layer but the inputs a list, in it a number for each of its nodes";
/// More numbers than this are not written out.
const MOST_WRITTEN: usize = 24;

/// Several things as a list of YAML.
fn list(things: impl IntoIterator<Item = String>) -> String {
    let things: Vec<String> = things.into_iter().collect();
    format!("[{}]", things.join(", "))
}

/// What to add where weights or biases are missing.
fn zeros(name: &str, sizes: Option<&[usize]>) -> String {
    let is_weights = name == "weights";
    let usual = if is_weights { WEIGHTS } else { BIASES };
    let small =
        |sizes: &&[usize]| count_parameters(sizes).is_some_and(|count| count <= MOST_WRITTEN);
    let Some(sizes) = sizes.filter(small) else {
        return format!("add `{name}:` with {usual}");
    };
    let row = |nodes: usize| list(vec!["0".to_owned(); nodes]);
    let layer = |pair: &[usize]| {
        if is_weights {
            list(vec![row(pair[1]); pair[0]])
        } else {
            row(pair[1])
        }
    };
    format!(
        "add `{name}: {}`, with your numbers",
        list(sizes.windows(2).map(layer))
    )
}

/// What to write for a matrix that stands the other way round.
fn turned(rows: &[Vec<f64>]) -> String {
    let width = rows.first().map_or(0, Vec::len);
    if rows.len() * width > MOST_WRITTEN {
        return WEIGHTS.to_owned();
    }
    let column = |at: usize| list(rows.iter().map(|row| number::exact(row[at])));
    format!("turned: {}", list((0..width).map(column)))
}
