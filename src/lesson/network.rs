//! Checking networks: sizes, functions, parameters at the start, data.

use super::checker::{Checker, Leaf};
use super::data::{self, Columns, Fault, MOST_ROWS, TargetColumns};
use super::field::Field;
use super::file::{
    ClassesFile, DataFile, Form, InitialFile, List, NetworkFile, RandomFile, RowFile,
};
use super::locate::{Step, value_span};
use crate::explain::number;
use crate::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, Network,
    SoftmaxDerivative, count_parameters, parameter_names,
};

/// Larger networks are not learned from a screen.
const MOST_PARAMETERS: usize = 100_000;
/// More layers of nodes than this are no lesson.
const MOST_LAYERS: usize = 16;

/// What the data are for: how many inputs and outputs, and what the outputs can be.
struct Shape {
    inputs: usize,
    outputs: usize,
    output: Activation,
    error: ErrorMeasure,
}

impl Shape {
    fn input_nodes(&self) -> Counted {
        (self.inputs, "input node")
    }

    fn output_nodes(&self) -> Counted {
        (self.outputs, "output node")
    }

    /// Whether an item can have these targets.
    fn judge(&self, targets: &[f64]) -> Result<(), Fault> {
        let Some((low, high)) = self.output.bounds() else {
            return Ok(());
        };
        let outside = |target: &&f64| **target < low || **target > high;
        if let Some(target) = targets.iter().find(outside) {
            let name = self.output.name();
            return Err(Fault::new(
                format!("{target} is a target that a {name} output cannot reach"),
                format!("a target from {low} to {high}, or `output: identity`"),
            ));
        }
        let total: f64 = targets.iter().sum();
        let shares = self.output == Activation::Softmax && self.error == ErrorMeasure::CrossEntropy;
        if shares && (total - 1.0).abs() > 1e-9 {
            return Err(Fault::new(
                format!("the targets add up to {total}, and softmax outputs always to 1"),
                "targets that add up to 1",
            ));
        }
        Ok(())
    }
}

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
        let order = self.named("order", file.order, &ItemOrder::ALL);
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
        let (generator, seed) = random?;
        Some(Network::new(Design {
            sizes,
            hidden: hidden?,
            output,
            error,
            softmax_derivative: softmax_derivative?,
            train_biases: train_biases.unwrap_or(true),
            initial: initial?,
            generator,
            seed,
            order: order?,
            items,
            test_items,
            classes,
        }))
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

    /// Training items, test items and the names of the classes.
    fn data(&mut self, file: DataFile, shape: &Shape) -> Option<(Items, Items, Vec<String>)> {
        let none = Items::new(shape.inputs, shape.outputs);
        if !file.file.is_given() {
            for name in file.given(&["test_file", "inputs", "targets", "classes"]) {
                let message = format!("`{name}` says what is in a `file`, and there is none");
                self.refuse_field::<()>(name, message, "add `file: `, or give every row its own");
            }
            let items =
                self.required_with("rows", file.rows, |checker, rows| checker.rows(rows, shape))?;
            return Some((items, none, Vec::new()));
        }
        if file.rows.is_given() {
            let message = "the items are both here and in a file";
            return self.refuse_field("rows", message, "`rows` or `file`");
        }
        let name = self.required("file", file.file);
        let test = self.optional("test_file", file.test_file);
        let inputs = self.required_with("inputs", file.inputs, Self::names);
        let targets = self.target_columns(file.targets, file.classes);
        let columns = Columns {
            inputs: inputs?,
            targets: targets?,
        };
        self.check_columns(&columns, shape)?;
        let items = self.data_file("file", &name?, &columns, shape);
        let test_items = match test {
            Some(test) => self.data_file("test_file", &test, &columns, shape)?,
            None => none,
        };
        let classes = match columns.targets {
            TargetColumns::Classes { order, .. } => order,
            TargetColumns::Amounts(_) => Vec::new(),
        };
        Some((items?, test_items, classes))
    }

    fn names(&mut self, names: List<String>) -> Option<Vec<String>> {
        self.items(names, String::check)
    }

    fn target_columns(
        &mut self,
        targets: Field<List<String>>,
        classes: Field<ClassesFile>,
    ) -> Option<TargetColumns> {
        if !classes.is_given() {
            let names = self.required_with("targets", targets, Self::names)?;
            return Some(TargetColumns::Amounts(names));
        }
        if targets.is_given() {
            let message = "the targets are both in columns of their own and classes";
            return self.refuse_field("targets", message, "`targets` or `classes`");
        }
        self.required_with("classes", classes, |checker, file| {
            let column = checker.required("column", file.column);
            let order = checker.required_with("order", file.order, Self::names)?;
            let twice = (1..order.len()).find(|&index| order[..index].contains(&order[index]));
            if let Some(twice) = twice {
                let message = format!("the class `{}` stands twice", order[twice]);
                return checker.refuse_field("order", message, "each class once");
            }
            Some(TargetColumns::Classes {
                column: column?,
                order,
            })
        })
    }

    fn check_columns(&mut self, columns: &Columns, shape: &Shape) -> Option<()> {
        let (inputs, outputs) = (shape.input_nodes(), shape.output_nodes());
        self.one_for_each(inputs, "inputs", (columns.inputs.len(), "input column"))?;
        let (field, targets) = match &columns.targets {
            TargetColumns::Amounts(names) => ("targets", (names.len(), "target column")),
            TargetColumns::Classes { order, .. } => ("classes", (order.len(), "class")),
        };
        self.one_for_each(outputs, field, targets)
    }

    /// Whether a field has one of something for each of some nodes.
    fn one_for_each(&mut self, nodes: Counted, field: &str, given: Counted) -> Option<()> {
        if given.0 == nodes.0 {
            return Some(());
        }
        let [given, nodes] = [given, nodes].map(|(count, word)| counted(count, word));
        let message = format!("{given} given, and `layers` has {nodes}");
        self.refuse_field(field, message, "as many as there are nodes")
    }

    fn data_file(
        &mut self,
        field: &str,
        name: &str,
        columns: &Columns,
        shape: &Shape,
    ) -> Option<Items> {
        let advice = "a path from the lesson's folder, such as `data/iris-train.csv`";
        let read = (self.files)(name)
            .map_err(|reason| Fault::new(format!("it cannot be read: {reason}"), advice))
            .and_then(|bytes| data::read(&bytes, columns, &|targets| shape.judge(targets)));
        match read {
            Ok(items) => Some(items),
            Err(fault) => {
                let message = format!("{name}: {}", fault.message);
                self.refuse_field(field, message, fault.advice)
            }
        }
    }

    fn rows(&mut self, rows: List<RowFile>, shape: &Shape) -> Option<Items> {
        let example = "an item, such as `- {inputs: [0, 1], targets: [1]}`";
        self.filled("rows", rows.len(), example)?;
        if rows.len() > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows");
            return self.refuse(message, "fewer rows");
        }
        self.rows_agree_with_layers(&rows, shape)?;
        let rows = self.items(rows, |checker, file| {
            let inputs = checker.numbers("inputs", file.inputs, shape.input_nodes());
            let targets = checker.numbers("targets", file.targets, shape.output_nodes())?;
            if let Err(fault) = shape.judge(&targets) {
                return checker.refuse_field("targets", fault.message, fault.advice);
            }
            Some((inputs?, targets))
        })?;
        let mut items = Items::new(shape.inputs, shape.outputs);
        for (inputs, targets) in &rows {
            items.push(inputs, targets);
        }
        Some(items)
    }

    /// Where all items are of one shape, which is not that of `layers`, that is what is wrong.
    fn rows_agree_with_layers(&mut self, rows: &List<RowFile>, shape: &Shape) -> Option<()> {
        let lengths = |of: fn(&RowFile) -> &Field<List<f64>>| {
            let mut all = rows.iter().map(|row| of(row.good()?).good().map(Vec::len));
            let first = all.next().flatten()?;
            all.all(|length| length == Some(first)).then_some(first)
        };
        let (inputs, targets) = (lengths(|row| &row.inputs), lengths(|row| &row.targets));
        let Some((inputs, targets)) = inputs.zip(targets) else {
            return Some(());
        };
        if rows.len() < 2 || (inputs, targets) == (shape.inputs, shape.outputs) {
            return Some(());
        }
        let layers = [
            Step::key("model"),
            Step::key("network"),
            Step::key("layers"),
        ];
        let place = |checker: &Self| value_span(checker.source, &layers);
        let message = format!(
            "every item has {} and {}, and `layers` has {} and {}",
            counted(inputs, "input"),
            counted(targets, "target"),
            counted(shape.inputs, "input node"),
            counted(shape.outputs, "output node")
        );
        let advice = format!("{inputs} first and {targets} last, or items of another shape");
        self.complain(place, message, advice);
        None
    }

    /// As many numbers as there are nodes.
    fn numbers(&mut self, name: &str, field: Field<List<f64>>, nodes: Counted) -> Option<Vec<f64>> {
        let numbers = self.required_with(name, field, |checker, items| {
            checker.items(items, f64::check)
        })?;
        self.one_for_each(nodes, name, (numbers.len(), "number"))?;
        Some(numbers)
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

/// So many of what a word says.
type Counted = (usize, &'static str);

/// `1 node`, `3 nodes`, `2 biases`.
fn counted(count: usize, word: &str) -> String {
    match (count, word) {
        (1, _) => format!("1 {word}"),
        (_, "bias") => format!("{count} biases"),
        (_, "class") => format!("{count} classes"),
        _ => format!("{count} {word}s"),
    }
}
