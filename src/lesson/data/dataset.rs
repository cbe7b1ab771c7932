//! Checking what a network learns from: rows in the lesson, or files beside it.

use std::sync::Arc;

use super::columns::{Columns, Label, Missing, Separator, Style, TargetColumns};
use super::{Beside, Fault, Found, MOST_ROWS, read};
use crate::explain::{Decimal, number, plural, series};
use crate::lesson::Code;
use crate::lesson::checker::Checker;
use crate::lesson::expected::Leaf;
use crate::lesson::field::Field;
use crate::lesson::file::{ClassesFile, DataFile, Form, LabelFile, List, RowFile};
use crate::lesson::yaml::{Step, value_span};
use crate::math::{Activation, ErrorMeasure, Items, Scale, Scaling};

/// What the data are for: how many inputs and outputs, and what the outputs can be.
pub(in crate::lesson) struct Shape {
    pub inputs: usize,
    pub outputs: usize,
    pub output: Activation,
    pub error: ErrorMeasure,
}

impl Shape {
    fn input_nodes(&self) -> Counted {
        (self.inputs, "input node")
    }

    fn output_nodes(&self) -> Counted {
        (self.outputs, "output node")
    }

    /// The target of each output for an item of one of so many classes: 1 for the class's own, 0 for the others. Two
    /// classes may share an output that has two ends, the first its lower one. `None` where there is nothing of the kind.
    fn targets_of(&self, class: usize, classes: usize) -> Option<Vec<f64>> {
        if self.outputs == 1 && classes == 2 {
            let (low, high) = self.output.bounds()?;
            return Some(vec![[low, high][class]]);
        }
        (self.outputs == classes).then(|| {
            let mut targets = vec![0.0; classes];
            targets[class] = 1.0;
            targets
        })
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
    /// Training items, test items and the names of the classes.
    pub(in crate::lesson) fn data(
        &mut self,
        file: DataFile,
        shape: &Shape,
    ) -> Option<(Items, Items, Vec<String>)> {
        let of_files = [
            "test_file",
            "inputs",
            "targets",
            "classes",
            "separator",
            "decimal",
            "missing",
        ];
        let of_files = file.given(&of_files);
        let scale = self.named("scale", file.scale, &Scale::ALL);
        if !file.file.is_given() {
            for name in of_files {
                let message = format!("`{name}` says what is in a `file`, and there is none");
                self.refuse_field::<()>(name, message, "add `file: `, or give every row its own");
            }
            let items =
                self.required_with("rows", file.rows, |checker, rows| checker.rows(rows, shape))?;
            let places: Vec<String> = (0..shape.inputs).map(|it| format!("input {it}")).collect();
            let none = Items::new(shape.inputs, shape.outputs);
            let (items, none) = self.scaled(scale?, items, none, &places)?;
            return Some((items, none, Vec::new()));
        }
        if file.rows.is_given() {
            let message = "the items are both here and in a file";
            return self.refuse_field("rows", message, "`rows` or `file`");
        }
        let name = self.required("file", file.file);
        let test = self.optional("test_file", file.test_file);
        let inputs = self.required_with("inputs", file.inputs, Self::names);
        let style = self.style(file.separator, file.decimal, file.missing);
        let targets = self.target_columns(file.targets, file.classes, shape);
        let columns = Columns {
            inputs: inputs?,
            targets: targets?,
            style,
        };
        self.check_columns(&columns, shape)?;
        let items = self.data_file("file", &name?, &columns, shape);
        let test_items = match test {
            Some(test) => self.data_file("test_file", &test, &columns, shape)?,
            None => Items::new(shape.inputs, shape.outputs),
        };
        let inputs = columns.inputs.iter();
        let places: Vec<String> = inputs.map(|name| format!("column `{name}`")).collect();
        let (items, test_items) = self.scaled(scale?, items?, test_items, &places)?;
        let classes = match columns.targets {
            TargetColumns::Classes { labels, .. } => {
                labels.into_iter().map(|label| label.text).collect()
            }
            TargetColumns::Amounts(_) => Vec::new(),
        };
        Some((items, test_items, classes))
    }

    /// How the cells of files are written, as far as that can be read.
    fn style(
        &mut self,
        separator: Field<String>,
        decimal: Field<String>,
        missing: Field<String>,
    ) -> Style {
        let separator = self.optional_with("separator", separator, |checker, given| {
            let mut all = Separator::ALL.into_iter();
            let found = all.find(|it| given == it.name() || given == it.sign().to_string());
            found.or_else(|| {
                let message = format!("`{given}` cannot separate cells");
                checker.refuse(message, "`\",\"`, `\";\"` or `tab`")
            })
        });
        let decimal = self.optional_with("decimal", decimal, |checker, given| {
            let found = Decimal::ALL.into_iter().find(|it| given == it.name());
            found.or_else(|| {
                let message = format!("`{given}` cannot stand before decimals");
                checker.refuse(message, "`\".\"` or `\",\"`")
            })
        });
        let missing = self.optional_with("missing", missing, |checker, given| {
            let found = Missing::ALL.into_iter().find(|it| given == it.name());
            found.or_else(|| {
                let message = format!("`{given}` is nothing that rows with missing values can get");
                let advice =
                    "`refuse`, which tells where they are, or `skip`, which leaves them out";
                checker.refuse(message, advice)
            })
        });
        Style {
            separator,
            decimal: decimal.unwrap_or_default(),
            missing: missing.unwrap_or_default(),
        }
    }

    /// The items with their inputs scaled as the training items want it; `places` says what the inputs are called.
    fn scaled(
        &mut self,
        scale: Scale,
        items: Items,
        test_items: Items,
        places: &[String],
    ) -> Option<(Items, Items)> {
        if scale == Scale::None {
            return Some((items, test_items));
        }
        let name = scale.name();
        let scaling = match Scaling::fit(scale, &items) {
            Ok(scaling) => Arc::new(scaling),
            Err(input) => {
                let message = format!(
                    "the numbers of {} are too large, or too near to one another, for `scale: {name}`",
                    places[input]
                );
                return self.refuse_field("scale", message, "numbers in another unit");
            }
        };
        for (place, column) in places.iter().zip(scaling.columns()) {
            if column.is_constant {
                let center = number::exact(column.center);
                self.notes.push(format!(
                    "The {place} is {center} in every training item: scaled it is 0, and tells nothing."
                ));
            }
        }
        let scaled = |items: Items| items.scaled(&scaling);
        match scaled(items).and_then(|items| Ok((items, scaled(test_items)?))) {
            Ok(both) => Some(both),
            Err((item, input)) => {
                let message = format!(
                    "item {item} has a number in {} that `scale: {name}` makes too large",
                    places[input]
                );
                self.refuse_field("scale", message, "test items like the training items")
            }
        }
    }

    fn names(&mut self, names: List<String>) -> Option<Vec<String>> {
        self.items(names, String::check)
    }

    fn target_columns(
        &mut self,
        targets: Field<List<String>>,
        classes: Field<ClassesFile>,
        shape: &Shape,
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
            let labels = checker.required_with("order", file.order, |checker, labels| {
                checker.items(labels, |_, LabelFile(text)| Some(Label::new(text)))
            })?;
            let stands_before = |&index: &usize| {
                let label: &Label = &labels[index];
                labels[..index].iter().any(|before| before.is_like(label))
            };
            if let Some(twice) = (1..labels.len()).find(stands_before) {
                let message = format!("the class `{}` stands twice", labels[twice].text);
                return checker.refuse_field("order", message, "each class once");
            }
            let targets = |class| shape.targets_of(class, labels.len());
            let targets: Option<Vec<_>> = (0..labels.len()).map(targets).collect();
            let Some(targets) = targets.filter(|targets| !targets.is_empty()) else {
                return checker.classes_do_not_fit(labels.len(), shape);
            };
            Some(TargetColumns::Classes {
                column: column?,
                labels,
                targets,
            })
        })
    }

    fn classes_do_not_fit<T>(&mut self, classes: usize, shape: &Shape) -> Option<T> {
        let given = counted(classes, "class");
        let nodes = counted(shape.outputs, "output node");
        let message = format!("{given} given, and `layers` has {nodes}");
        let advice = if classes == 2 && shape.outputs == 1 {
            "an output node for each; two classes share one with `output: sigmoid`"
        } else {
            "as many as there are nodes"
        };
        self.refuse_field("order", message, advice)
    }

    fn check_columns(&mut self, columns: &Columns, shape: &Shape) -> Option<()> {
        let (inputs, outputs) = (shape.input_nodes(), shape.output_nodes());
        self.one_for_each(inputs, "inputs", (columns.inputs.len(), "input column"))?;
        match &columns.targets {
            TargetColumns::Amounts(names) => {
                self.one_for_each(outputs, "targets", (names.len(), "target column"))
            }
            TargetColumns::Classes { .. } => Some(()),
        }
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
        let Beside { read: bytes, watch } = self.files;
        let read = bytes(name)
            .map_err(|reason| Fault::new(format!("it cannot be read: {reason}"), advice))
            .and_then(|bytes| read(&bytes, columns, &|targets| shape.judge(targets), watch));
        match read {
            Ok(found) => {
                self.note_what_was_found(name, &found);
                Some(found.items)
            }
            Err(fault) => {
                let message = format!("{name}: {}", fault.message);
                self.as_code(Code::Data, |checker| {
                    checker.refuse_field(field, message, fault.advice)
                })
            }
        }
    }

    fn note_what_was_found(&mut self, name: &str, found: &Found) {
        if let Some(separator) = found.guessed {
            let words = separator.words();
            let note = format!("{name}: {words} separate the cells, as its first line shows.");
            self.notes.push(note);
        }
        if !found.left_out.is_empty() {
            let (out, left) = (found.left_out.len(), found.items.len());
            self.notes.push(format!(
                "{name}: {out} of {} rows left out, in which something is missing: {}.",
                out + left,
                lines(&found.left_out)
            ));
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

/// `line 4`, `lines 4 and 9`, `lines 4, 9, 12 and 8 more`.
fn lines(lines: &[usize]) -> String {
    /// So many are named.
    const MOST: usize = 8;
    let more = lines.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("{more} more"));
    let named = lines.iter().take(MOST).map(usize::to_string);
    let word = plural(lines.len() as u64, "line");
    format!("{word} {}", series(named.chain(more), "and"))
}

/// So many of what a word says.
type Counted = (usize, &'static str);

/// `1 node`, `3 nodes`, `2 biases`.
pub(in crate::lesson) fn counted(count: usize, word: &str) -> String {
    format!("{count} {}", plural(count as u64, word))
}
