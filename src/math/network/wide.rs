//! Many updates of a network whose layers are wide.
//!
//! On the way back each weight is changed as soon as the signals before it have been gathered: its gradient is written
//! nowhere, and weights and memories are read and written once. Rows of weights are filled up with zeros to whole
//! blocks of eight, and biases are a last row, from a node whose value is 1. The arithmetic and its order are those of
//! [`Network::forward`], [`Network::backward`] and [`Settings::update`], so the results are the same bits.

use super::{Layer, Network, Place, blocks};
use crate::math::{Onlooker, Parameters, Settings};

/// Networks of fewer parameters are as fast without any of this.
const SMALL: usize = 256;

/// A network with what training changes in it, laid out for speed.
#[derive(Debug)]
pub struct Wide<'a> {
    network: &'a Network,
    settings: Settings,
    /// The inputs, and a 1.
    inputs: Vec<f64>,
    layers: Vec<Rows>,
}

/// A layer's weights and biases, and the nodes that they lead to.
#[derive(Debug)]
struct Rows {
    layer: Layer,
    /// The rows that are changed: all, or all but the biases.
    trained: usize,
    weights: Vec<f64>,
    memories: Vec<f64>,
    sums: Vec<f64>,
    /// The values of the nodes, and a 1.
    values: Vec<f64>,
    signals: Vec<f64>,
}

impl<'a> Wide<'a> {
    /// A network with these parameters and memories, the latter in the units of the rule. `None` where nothing is
    /// won: where it is small, or its layers so narrow that more than a third of the filled rows would be zeros.
    pub fn of(
        network: &'a Network,
        settings: Settings,
        weights: &[f64],
        memories: &[f64],
    ) -> Option<Self> {
        let count = |layer: &Layer| (layer.from + 1) * filled_width(layer);
        let filled: usize = network.layers.iter().map(count).sum();
        if weights.len() < SMALL || 3 * weights.len() < 2 * filled {
            return None;
        }
        let stride = settings.rule.stride();
        let rows = |layer: &Layer| {
            let width = filled_width(layer);
            let numbers = layer.weights..layer.weights + (layer.from + 1) * layer.to;
            let kept = numbers.start * stride..numbers.end * stride;
            Rows {
                layer: *layer,
                trained: layer.from + usize::from(network.design.train_biases),
                weights: filled_up(&weights[numbers], layer.to, width),
                memories: filled_up(&memories[kept], layer.to * stride, width * stride),
                sums: vec![0.0; width],
                values: vec![1.0; layer.to + 1],
                signals: vec![0.0; width],
            }
        };
        Some(Self {
            network,
            settings,
            inputs: vec![1.0; network.layers[0].from + 1],
            layers: network.layers.iter().map(rows).collect(),
        })
    }

    /// One update by an item.
    pub fn update(&mut self, item: usize, onlooker: &mut impl Onlooker) {
        let items = self.network.items();
        let (inputs, targets) = (items.inputs(item), items.targets(item));
        onlooker.begins(self);
        self.forward(inputs);
        self.backward(targets);
        if let Some(pass) = onlooker.room().and_then(|room| room.pass.as_mut()) {
            pass.take(inputs, self.layers.iter().map(Rows::nodes), targets);
        }
        onlooker.ends(Some(item), self);
    }

    fn forward(&mut self, inputs: &[f64]) {
        self.inputs[..inputs.len()].copy_from_slice(inputs);
        let mut before = &self.inputs;
        for (index, rows) in self.layers.iter_mut().enumerate() {
            blocks::weigh(before, &rows.weights, &mut rows.sums);
            let (sums, values) = (&rows.sums[..rows.layer.to], &mut rows.values);
            let activation = self.network.activation(index);
            activation.apply(sums, &mut values[..rows.layer.to]);
            before = values;
        }
    }

    fn backward(&mut self, targets: &[f64]) {
        let network = self.network;
        if let Some(outputs) = self.layers.last_mut() {
            let nodes = ..outputs.layer.to;
            let signals = &mut outputs.signals[nodes];
            network.output_signals(&outputs.values[nodes], targets, signals);
        }
        for index in (0..self.layers.len()).rev() {
            let (earlier, later) = self.layers.split_at_mut(index);
            let rows = &mut later[0];
            let before = match earlier.last_mut() {
                None => &self.inputs,
                Some(before) => {
                    let nodes = ..before.layer.to;
                    let signals = &mut before.signals[nodes];
                    blocks::gather(&rows.signals, &rows.weights, signals);
                    let hidden = network.design.hidden;
                    hidden.multiply_by_slopes(&before.values[nodes], signals);
                    &before.values
                }
            };
            self.settings.descend(
                &mut rows.weights,
                &mut rows.memories,
                &before[..rows.trained],
                &rows.signals,
            );
        }
    }

    /// Every parameter and memory, and the zeros that rows are filled up with.
    pub fn numbers(&self) -> impl Iterator<Item = &f64> {
        let layers = self.layers.iter();
        layers.flat_map(|rows| rows.weights.iter().chain(&rows.memories))
    }

    /// Writes parameters and memories behind others, in their order.
    pub fn leave(&self, weights: &mut Vec<f64>, memories: &mut Vec<f64>) {
        let stride = self.settings.rule.stride();
        for rows in &self.layers {
            let (to, width) = (rows.layer.to, rows.sums.len());
            leave_rows(&rows.weights, width, weights, to);
            leave_rows(&rows.memories, width * stride, memories, to * stride);
        }
    }
}

impl Rows {
    /// The sums, values and signals of its nodes.
    fn nodes(&self) -> [&[f64]; 3] {
        [&self.sums, &self.values, &self.signals].map(|numbers| &numbers[..self.layer.to])
    }
}

impl Parameters for Wide<'_> {
    fn weight(&self, parameter: usize) -> f64 {
        let (rows, place) = self.lying(parameter);
        rows.weights[place]
    }

    fn memories(&self, parameter: usize) -> &[f64] {
        let (rows, place) = self.lying(parameter);
        let stride = self.settings.rule.stride();
        &rows.memories[place * stride..][..stride]
    }
}

impl Wide<'_> {
    /// Where a parameter lies.
    fn lying(&self, parameter: usize) -> (&Rows, usize) {
        let Place { layer, from, to } = self.network.place(parameter);
        let rows = &self.layers[layer - 1];
        let row = from.unwrap_or(rows.layer.from);
        (rows, row * rows.sums.len() + to)
    }
}

/// What the rows of a layer are filled up to.
fn filled_width(layer: &Layer) -> usize {
    layer.to.next_multiple_of(blocks::BLOCK)
}

/// Rows of `length` numbers, each with as many zeros behind it as make it `filled` long.
fn filled_up(numbers: &[f64], length: usize, filled: usize) -> Vec<f64> {
    let count = numbers.len() / length;
    let mut rows = vec![0.0; count * filled];
    let pairs = rows.chunks_exact_mut(filled);
    for (row, numbers) in pairs.zip(numbers.chunks_exact(length)) {
        row[..length].copy_from_slice(numbers);
    }
    rows
}

/// The other way round: what stands before the zeros.
fn leave_rows(rows: &[f64], filled: usize, numbers: &mut Vec<f64>, length: usize) {
    for row in rows.chunks_exact(filled) {
        numbers.extend_from_slice(&row[..length]);
    }
}
