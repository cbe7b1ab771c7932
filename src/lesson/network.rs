//! Checking networks: sizes, functions, parameters at the start, data.

use super::checker::{Checker, Expected};
use super::data::{self, Columns, Fault, MOST_ROWS, TargetColumns};
use super::field::Field;
use super::file::{ClassesFile, DataFile, InitialFile, NetworkFile, RandomFile, RowFile};
use super::locate::value_span;
use crate::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, Items, Network, Order, SoftmaxDerivative,
    count_parameters, parameter_names,
};

/// Larger networks are not learned from a screen.
const MOST_PARAMETERS: usize = 100_000;
/// More layers of nodes than this are no lesson.
const MOST_LAYERS: usize = 16;

impl Expected for NetworkFile {
    const WHAT: &'static str = "fields such as `layers: [2, 3, 1]`";
    const EXAMPLE: &'static str = "`layers:`, `data:` and others, indented below";
}

impl Expected for InitialFile {
    const WHAT: &'static str = "fields such as `low: -0.5`";
    const EXAMPLE: &'static str = "`{low: -0.5, high: 0.5}`, or `weights:` and `biases:`";
}

impl Expected for RandomFile {
    const WHAT: &'static str = "fields such as `seed: 3`";
    const EXAMPLE: &'static str = "`{generator: python, seed: 3}`";
}

impl Expected for DataFile {
    const WHAT: &'static str = "fields such as `rows:` or `file:`";
    const EXAMPLE: &'static str = "`rows:` or `file:`, indented below";
}

impl Expected for RowFile {
    const WHAT: &'static str = "`inputs:` and `targets:`";
    const EXAMPLE: &'static str = "`{inputs: [0, 1], targets: [1]}`";
}

impl Expected for ClassesFile {
    const WHAT: &'static str = "`column:` and `order:`";
    const EXAMPLE: &'static str = "`{column: species, order: [setosa, versicolor]}`";
}

/// What the data are for: how many inputs and outputs, and what the outputs can be.
struct Shape {
    inputs: usize,
    outputs: usize,
    output: Activation,
    error: ErrorMeasure,
}

impl Shape {
    /// Whether an item can have these targets.
    fn judge(&self, targets: &[f64]) -> Result<(), Fault> {
        let (low, high) = match self.output {
            Activation::Softmax | Activation::Sigmoid => (0.0, 1.0),
            Activation::Tanh => (-1.0, 1.0),
            Activation::Identity | Activation::Relu => return Ok(()),
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
        let hidden = self.optional("hidden", file.hidden);
        let hidden = self.named(
            "hidden",
            hidden,
            &Activation::HIDDEN,
            Activation::name,
            Activation::Tanh,
        );
        let output = self.optional("output", file.output);
        let output = self.named(
            "output",
            output,
            &Activation::OUTPUT,
            Activation::name,
            Activation::Softmax,
        );
        let error = self.optional("error", file.error);
        let error = self.named(
            "error",
            error,
            &ErrorMeasure::ALL,
            ErrorMeasure::name,
            ErrorMeasure::Squared,
        );
        let derivative = self.optional("softmax_derivative", file.softmax_derivative);
        let softmax_derivative = self.named(
            "softmax_derivative",
            derivative,
            &SoftmaxDerivative::ALL,
            SoftmaxDerivative::name,
            SoftmaxDerivative::Full,
        );
        let train_biases = self.optional("train_biases", file.train_biases);
        let order = self.optional("order", file.order);
        let order = self.named("order", order, &Order::ALL, Order::name, Order::Sequential);
        let drawn = (Generator::default(), 0);
        let random = self.part_or("random", file.random, drawn, Self::random);
        if let Some(sizes) = &sizes {
            self.parameters = parameter_names(sizes);
            self.layers.clone_from(sizes);
            self.metrics = &["loss", "mse", "accuracy"];
        }
        let (low, high) = (-0.01, 0.01);
        let drawn = Initial::Drawn { low, high };
        let initial = self.part_or("initial", file.initial, drawn, |checker, file| {
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

    fn layers(&mut self, items: Vec<Field<u64>>) -> Option<Vec<usize>> {
        let sizes = self.items(items, |checker, item| {
            let size = checker.take(item)?;
            if size == 0 {
                checker.complain(
                    Self::value_span_here,
                    "a layer without nodes cannot be",
                    "1 or more",
                );
            }
            usize::try_from(size).ok().filter(|size| *size > 0)
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
        self.complain(
            Self::value_span_here,
            message,
            "for example `[2, 3, 1]`: inputs, hidden nodes, outputs",
        );
        None
    }

    fn check_outputs(
        &mut self,
        sizes: &[usize],
        output: Activation,
        error: ErrorMeasure,
        derivative: Option<SoftmaxDerivative>,
    ) -> Option<()> {
        let single = sizes.last() == Some(&1);
        if output == Activation::Softmax && single {
            self.wrong_value(
                "layers",
                "a single softmax output is always 1: there is nothing to learn".to_owned(),
                "two outputs or more, or `output: sigmoid`",
            );
            return None;
        }
        let fits = matches!(output, Activation::Softmax | Activation::Sigmoid);
        if error == ErrorMeasure::CrossEntropy && !fits {
            let message = format!(
                "cross-entropy needs outputs between 0 and 1, and {} outputs can be others",
                output.name()
            );
            self.wrong_value(
                "error",
                message,
                "`squared`, or `output: softmax` or `output: sigmoid`",
            );
            return None;
        }
        let article = output == Activation::Softmax && error == ErrorMeasure::Squared;
        if derivative == Some(SoftmaxDerivative::Diagonal) && !article {
            self.wrong_value(
                "softmax_derivative",
                "only softmax outputs with squared error have a diagonal derivative".to_owned(),
                "leave it out",
            );
            return None;
        }
        Some(())
    }

    fn random(&mut self, file: RandomFile) -> Option<(Generator, u64)> {
        let generator = self.optional("generator", file.generator);
        let generator = self.named(
            "generator",
            generator,
            &Generator::ALL,
            Generator::name,
            Generator::default(),
        );
        let seed = self.optional("seed", file.seed);
        Some((generator?, seed.unwrap_or(0)))
    }

    fn initial(&mut self, file: InitialFile, sizes: Option<&[usize]>) -> Option<Initial> {
        let drawn = !matches!((&file.low, &file.high), (Field::Absent, Field::Absent));
        let given = !matches!(
            (&file.weights, &file.biases),
            (Field::Absent, Field::Absent)
        );
        if drawn && given {
            self.complain(
                Self::value_span_here,
                "the weights are both drawn and given here",
                "`low` and `high`, or `weights` and `biases`",
            );
            return None;
        }
        if !given {
            let (low, high) = (
                self.required("low", file.low),
                self.required("high", file.high),
            );
            if low? > high? {
                self.wrong_value(
                    "low",
                    "`low` is above `high`".to_owned(),
                    "the smaller of the two",
                );
            }
            return Some(Initial::Drawn {
                low: low?,
                high: high?,
            });
        }
        let weights = self.required_with("weights", file.weights, |checker, layers| {
            checker.items(layers, |checker, layer| {
                let rows = checker.take(layer)?;
                checker.items(rows, |checker, row| {
                    let numbers = checker.take(row)?;
                    checker.items(numbers, Self::number)
                })
            })
        });
        let biases = self.required_with("biases", file.biases, |checker, layers| {
            checker.items(layers, |checker, layer| {
                let numbers = checker.take(layer)?;
                checker.items(numbers, Self::number)
            })
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
        for (field, count) in [("weights", weights.len()), ("biases", biases.len())] {
            if count != layers {
                let message = format!(
                    "`{field}` has {}, and between {} layers of nodes there are {layers}",
                    counted(count, "layer"),
                    sizes.len()
                );
                self.wrong_value(field, message, "one list for each layer but the inputs");
                return None;
            }
        }
        let mut all = Vec::new();
        for (index, pair) in sizes.windows(2).enumerate() {
            let (from, to) = (pair[0], pair[1]);
            let rows = &weights[index];
            let wrong = match rows.iter().position(|row| row.len() != to) {
                _ if rows.len() != from => Some((
                    "weights",
                    format!(
                        "layer {} has {}, and {} lead to it",
                        index + 1,
                        counted(rows.len(), "row"),
                        counted(from, "node")
                    ),
                )),
                Some(row) => Some((
                    "weights",
                    format!(
                        "row {} of layer {} has {}, and the layer {}",
                        row + 1,
                        index + 1,
                        counted(rows[row].len(), "weight"),
                        counted(to, "node")
                    ),
                )),
                None if biases[index].len() != to => Some((
                    "biases",
                    format!(
                        "layer {} has {}, and {}",
                        index + 1,
                        counted(biases[index].len(), "bias"),
                        counted(to, "node")
                    ),
                )),
                None => None,
            };
            if let Some((field, message)) = wrong {
                self.wrong_value(
                    field,
                    message,
                    "weights[layer][from][to], as many as `layers` says",
                );
                return None;
            }
            all.extend(rows.iter().flatten());
            all.extend(&biases[index]);
        }
        Some(Initial::Given(all))
    }

    /// Training items, test items and the names of the classes.
    fn data(&mut self, file: DataFile, shape: &Shape) -> Option<(Items, Items, Vec<String>)> {
        let none = Items::new(shape.inputs, shape.outputs);
        if matches!(file.file, Field::Absent) {
            for (name, given) in [
                ("test_file", !matches!(file.test_file, Field::Absent)),
                ("inputs", !matches!(file.inputs, Field::Absent)),
                ("targets", !matches!(file.targets, Field::Absent)),
                ("classes", !matches!(file.classes, Field::Absent)),
            ] {
                if given {
                    let message = format!("`{name}` says what is in a `file`, and there is none");
                    self.wrong_value(name, message, "add `file: `, or give every row its own");
                }
            }
            let items =
                self.required_with("rows", file.rows, |checker, rows| checker.rows(rows, shape))?;
            return Some((items, none, Vec::new()));
        }
        if !matches!(file.rows, Field::Absent) {
            self.wrong_value(
                "rows",
                "the items are both here and in a file".to_owned(),
                "`rows` or `file`",
            );
            return None;
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

    fn names(&mut self, names: Vec<Field<String>>) -> Option<Vec<String>> {
        self.items(names, Self::take)
    }

    fn target_columns(
        &mut self,
        targets: Field<Vec<Field<String>>>,
        classes: Field<ClassesFile>,
    ) -> Option<TargetColumns> {
        if matches!(classes, Field::Absent) {
            let names = self.required_with("targets", targets, Self::names)?;
            return Some(TargetColumns::Amounts(names));
        }
        if !matches!(targets, Field::Absent) {
            self.wrong_value(
                "targets",
                "the targets are both in columns of their own and classes".to_owned(),
                "`targets` or `classes`",
            );
            return None;
        }
        self.required_with("classes", classes, |checker, file| {
            let column = checker.required("column", file.column);
            let order = checker.required_with("order", file.order, Self::names);
            let order = order?;
            if let Some(twice) =
                (1..order.len()).find(|&index| order[..index].contains(&order[index]))
            {
                let message = format!("the class `{}` stands twice", order[twice]);
                checker.wrong_value("order", message, "each class once");
                return None;
            }
            Some(TargetColumns::Classes {
                column: column?,
                order,
            })
        })
    }

    fn check_columns(&mut self, columns: &Columns, shape: &Shape) -> Option<()> {
        let (field, targets) = match &columns.targets {
            TargetColumns::Amounts(names) => ("targets", names.len()),
            TargetColumns::Classes { order, .. } => ("classes", order.len()),
        };
        let outputs = if field == "classes" {
            "class"
        } else {
            "target column"
        };
        for (field, count, what, nodes, kind) in [
            (
                "inputs",
                columns.inputs.len(),
                "input column",
                shape.inputs,
                "input node",
            ),
            (field, targets, outputs, shape.outputs, "output node"),
        ] {
            if count != nodes {
                let message = format!(
                    "{} given, and `layers` has {}",
                    counted(count, what),
                    counted(nodes, kind)
                );
                self.wrong_value(field, message, "as many as there are nodes");
                return None;
            }
        }
        Some(())
    }

    fn data_file(
        &mut self,
        field: &str,
        name: &str,
        columns: &Columns,
        shape: &Shape,
    ) -> Option<Items> {
        let read = (self.files)(name)
            .map_err(|reason| Fault {
                message: format!("it cannot be read: {reason}"),
                advice: "a path from the lesson's folder, such as `data/iris-train.csv`".to_owned(),
            })
            .and_then(|bytes| data::read(&bytes, columns, &|targets| shape.judge(targets)));
        read.map_err(|fault| {
            self.complain(
                |checker| checker.place(field, value_span),
                format!("{name}: {}", fault.message),
                fault.advice,
            );
        })
        .ok()
    }

    fn rows(&mut self, rows: Vec<Field<RowFile>>, shape: &Shape) -> Option<Items> {
        self.filled(
            "rows",
            rows.len(),
            "an item, such as `- {inputs: [0, 1], targets: [1]}`",
        )?;
        if rows.len() > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows");
            self.complain(Self::value_span_here, message, "fewer rows");
            return None;
        }
        let rows = self.items(rows, |checker, row| {
            let file = checker.take(row)?;
            let inputs = checker.numbers("inputs", file.inputs, shape.inputs, "input node");
            let targets = checker.numbers("targets", file.targets, shape.outputs, "output node")?;
            if let Err(fault) = shape.judge(&targets) {
                checker.wrong_value("targets", fault.message, &fault.advice);
                return None;
            }
            Some((inputs?, targets))
        })?;
        let mut items = Items::new(shape.inputs, shape.outputs);
        for (inputs, targets) in &rows {
            items.push(inputs, targets);
        }
        Some(items)
    }

    /// As many numbers as there are nodes.
    fn numbers(
        &mut self,
        name: &str,
        field: Field<Vec<Field<f64>>>,
        nodes: usize,
        kind: &str,
    ) -> Option<Vec<f64>> {
        self.required_with(name, field, |checker, items| {
            let numbers = checker.items(items, Self::number)?;
            if numbers.len() == nodes {
                return Some(numbers);
            }
            let message = format!(
                "{} given, and `layers` has {}",
                counted(numbers.len(), "number"),
                counted(nodes, kind)
            );
            checker.complain(Self::value_span_here, message, "as many as there are nodes");
            None
        })
    }
}

/// `1 node`, `3 nodes`, `2 biases`.
fn counted(count: usize, word: &str) -> String {
    match (count, word) {
        (1, _) => format!("1 {word}"),
        (_, "bias") => format!("{count} biases"),
        (_, "class") => format!("{count} classes"),
        _ => format!("{count} {word}s"),
    }
}
