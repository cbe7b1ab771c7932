//! The trace of a run: one row for each update and parameter.

use std::io;

use super::{Cell, Column, Fields, Record, Rows, Sink, Value};
use crate::math::{Convention, Pass};
use crate::timeline::{self, Run};

const COLUMNS: [Column; 12] = [
    Column::number("step"),
    Column::number("epoch"),
    Column::number("item"),
    Column::text("parameter"),
    Column::number("before"),
    Column::number("gradient"),
    Column::number("delta"),
    Column::number("momentum_term"),
    Column::number("change"),
    Column::number("after"),
    Column::number("effective_rate"),
    Column::number("loss"),
];

/// A run to be written down: an update is a record, with what its item did in a network.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The run.
    pub run: &'a Run,
    /// How many updates of it, from its start; it must have reached them.
    pub steps: u64,
    /// Which parameters, by their indices.
    pub parameters: Vec<usize>,
    /// The sign that gradients are written with.
    pub convention: Convention,
}

impl Rows for Trace<'_> {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink) -> io::Result<()> {
        let mut result = Ok(());
        self.run.walk(0, self.steps, |record, _| {
            result = write(self.record(record));
            result.is_err()
        });
        if self.run.watch().is_halted() {
            return result.and(Err(io::Error::other("it was stopped")));
        }
        result
    }
}

impl Trace<'_> {
    fn record(&self, record: &timeline::Record) -> Record<'_> {
        let [step, epoch, item, loss] = [
            Cell::Count(record.step + 1),
            Cell::Count(record.epoch + 1),
            (record.item).map_or(Cell::Empty, |item| Cell::Count(item as u64)),
            Cell::optional(record.error),
        ];
        let mut shared: Fields = [
            ("step", step),
            ("epoch", epoch),
            ("item", item),
            ("loss", loss),
        ]
        .map(|(name, cell)| (name, Value::Cell(cell)))
        .into();
        if let Some(pass) = &record.pass {
            shared.extend(self.nodes(pass));
        }
        let row = |&index: &usize| {
            let update = &record.updates[index];
            vec![
                step,
                epoch,
                item,
                Cell::Text(&self.run.model().parameters()[index]),
                Cell::Number(update.before),
                Cell::Number(self.convention.flip(update.downhill)),
                Cell::Number(update.delta),
                Cell::Number(update.momentum_term),
                Cell::Number(update.change()),
                Cell::Number(update.after),
                Cell::optional(update.effective_rate()),
                loss,
            ]
        };
        Record::Group {
            shared,
            name: "updates",
            rows: self.parameters.iter().map(row).collect(),
        }
    }

    /// What an item did in a network: its inputs, before them those that they were scaled from, where they were; hidden layers in order, then the outputs; signals in the lesson's convention.
    fn nodes(&self, pass: &Pass) -> Fields<'static> {
        let numbers = |values: &[f64]| Value::numbers(values.iter().copied());
        let layer = |layer: usize| {
            let signals = pass.signals(layer).iter();
            let signals = signals.map(|signal| self.convention.flip(*signal));
            Value::Fields(vec![
                ("values", numbers(pass.values(layer))),
                ("signals", Value::numbers(signals)),
            ])
        };
        let raw = (!pass.raw().is_empty()).then(|| ("raw_inputs", numbers(pass.raw())));
        let layers = (1..=pass.outputs_layer()).map(layer).collect();
        (raw.into_iter())
            .chain([
                ("inputs", numbers(pass.values(0))),
                ("layers", Value::List(layers)),
                ("outputs", numbers(pass.outputs())),
                ("targets", numbers(pass.targets())),
            ])
            .collect()
    }
}
