//! One item's way through a network: forward to the outputs, and back to every gradient.

use super::activation::{Activation, ErrorMeasure, SoftmaxDerivative};
use super::{Layer, Network, Place, rows};

/// Every number of one item's way through a network.
///
/// Nodes are counted by layer and place: layer 0 holds the inputs, the last one the outputs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pass {
    inputs: Vec<f64>,
    /// The inputs before they were scaled, where they were and somebody has noted them.
    raw: Vec<f64>,
    layers: Vec<Nodes>,
    targets: Vec<f64>,
}

/// The nodes of one layer.
#[derive(Debug, Clone, PartialEq, Default)]
struct Nodes {
    sums: Vec<f64>,
    values: Vec<f64>,
    /// -dE/ds: downhill.
    signals: Vec<f64>,
}

impl Nodes {
    #[inline]
    fn take<const WIDTH: usize>(&mut self, [sums, values, signals]: [&[f64; WIDTH]; 3]) {
        put(sums, &mut self.sums);
        put(values, &mut self.values);
        put(signals, &mut self.signals);
    }
}

/// Numbers of which the compiler knows how many there are, where there is room for so many.
#[inline]
fn put<const WIDTH: usize>(numbers: &[f64; WIDTH], room: &mut [f64]) {
    if let Some(room) = room.first_chunk_mut() {
        *room = *numbers;
    }
}

impl Pass {
    /// The values of a layer's nodes; layer 0 holds the inputs.
    pub fn values(&self, layer: usize) -> &[f64] {
        match layer.checked_sub(1) {
            None => &self.inputs,
            Some(index) => &self.layers[index].values,
        }
    }

    /// The sums of a layer's nodes, from layer 1 on.
    pub fn sums(&self, layer: usize) -> &[f64] {
        &self.layers[layer - 1].sums
    }

    /// The signals -dE/ds of a layer's nodes, from layer 1 on.
    pub fn signals(&self, layer: usize) -> &[f64] {
        &self.layers[layer - 1].signals
    }

    /// Takes the numbers of an item's way: of each layer the sums, values and signals.
    pub(super) fn take<'a>(
        &mut self,
        inputs: &[f64],
        layers: impl IntoIterator<Item = [&'a [f64]; 3]>,
        targets: &[f64],
    ) {
        self.inputs.copy_from_slice(inputs);
        for (nodes, [sums, values, signals]) in self.layers.iter_mut().zip(layers) {
            nodes.sums.copy_from_slice(sums);
            nodes.values.copy_from_slice(values);
            nodes.signals.copy_from_slice(signals);
        }
        self.targets.copy_from_slice(targets);
    }

    /// The same of one hidden layer and the outputs, whose widths are known.
    #[inline]
    pub(super) fn take_known<const HIDDEN: usize, const OUTPUTS: usize>(
        &mut self,
        inputs: &[f64],
        hidden: [&[f64; HIDDEN]; 3],
        outputs: [&[f64; OUTPUTS]; 3],
        targets: &[f64; OUTPUTS],
    ) {
        self.inputs.copy_from_slice(inputs);
        if let [of_hidden, of_outputs] = &mut self.layers[..] {
            of_hidden.take(hidden);
            of_outputs.take(outputs);
        }
        put(targets, &mut self.targets);
    }

    /// The downhill gradient of the parameter at a place: the signal where it leads, times the value where it comes from.
    #[inline]
    pub fn downhill(&self, place: Place) -> f64 {
        let Place { layer, from, to } = place;
        let signal = self.signals(layer)[to];
        from.map_or(signal, |from| signal * self.values(layer - 1)[from])
    }

    /// The inputs as they were before they were scaled; none where they are not, or nobody has noted them.
    pub fn raw(&self) -> &[f64] {
        &self.raw
    }

    /// Notes what the inputs were before they were scaled.
    pub fn note_raw(&mut self, raw: &[f64]) {
        self.raw.clear();
        self.raw.extend_from_slice(raw);
    }

    /// The targets that signals were computed from.
    pub fn targets(&self) -> &[f64] {
        &self.targets
    }

    /// The layer of the outputs.
    pub fn outputs_layer(&self) -> usize {
        self.layers.len()
    }

    /// The outputs.
    pub fn outputs(&self) -> &[f64] {
        self.layers.last().map_or(&[], |nodes| &nodes.values)
    }
}

impl Network {
    /// Room for an item's way through this network.
    pub fn pass(&self) -> Pass {
        let nodes = |layer: &Layer| Nodes {
            sums: vec![0.0; layer.to],
            values: vec![0.0; layer.to],
            signals: vec![0.0; layer.to],
        };
        Pass {
            inputs: vec![0.0; self.layers[0].from],
            raw: Vec::new(),
            layers: self.layers.iter().map(nodes).collect(),
            targets: vec![0.0; self.layers[self.layers.len() - 1].to],
        }
    }

    /// From inputs to outputs. A node's sum is taken over the nodes before it in their order, then its bias.
    pub fn forward(&self, weights: &[f64], inputs: &[f64], pass: &mut Pass) {
        pass.inputs.copy_from_slice(inputs);
        let mut before = &pass.inputs[..];
        for (index, (layer, nodes)) in self.layers.iter().zip(&mut pass.layers).enumerate() {
            let parameters = &weights[layer.weights..][..(layer.from + 1) * layer.to];
            let (matrix, biases) = parameters.split_at(layer.from * layer.to);
            rows::weigh(before, matrix, biases, &mut nodes.sums);
            let activation = self.activation(index);
            activation.apply(&nodes.sums, &mut nodes.values);
            before = &nodes.values;
        }
    }

    /// From the targets back to the downhill gradient -dE/dw of every parameter; [`Network::forward`] must have come
    /// before. All are computed from the weights as they are, before any is changed.
    pub fn backward(
        &self,
        weights: &[f64],
        targets: &[f64],
        pass: &mut Pass,
        downhill: &mut [f64],
    ) {
        pass.targets.copy_from_slice(targets);
        if let Some(nodes) = pass.layers.last_mut() {
            self.output_signals(&nodes.values, targets, &mut nodes.signals);
        }
        for (index, layer) in self.layers.iter().enumerate().rev() {
            let (earlier, later) = pass.layers.split_at_mut(index);
            let signals = &later[0].signals[..];
            let before = match earlier.last_mut() {
                None => &pass.inputs[..],
                Some(nodes) => {
                    let matrix = &weights[layer.weights..][..layer.from * layer.to];
                    self.hidden_signals(matrix, signals, nodes);
                    &nodes.values[..]
                }
            };
            let gradients = &mut downhill[layer.weights..][..(layer.from + 1) * layer.to];
            let (matrix, biases) = gradients.split_at_mut(layer.from * layer.to);
            rows::spread(before, signals, matrix);
            biases.copy_from_slice(signals);
        }
    }

    /// -dE/ds of the outputs.
    #[expect(
        clippy::inline_always,
        reason = "where a layer's width is known, its values stay in registers"
    )]
    #[inline(always)]
    pub(super) fn output_signals(&self, values: &[f64], targets: &[f64], signals: &mut [f64]) {
        let all = signals.iter_mut().zip(values).zip(targets);
        match (self.design.error, self.design.output) {
            (ErrorMeasure::CrossEntropy, _) | (ErrorMeasure::Squared, Activation::Identity) => {
                for ((signal, value), target) in all {
                    *signal = target - value;
                }
            }
            (ErrorMeasure::Squared, Activation::Softmax)
                if self.design.softmax_derivative == SoftmaxDerivative::Full =>
            {
                let pairs = values.iter().zip(targets);
                let shared = pairs.fold(0.0, |sum, (value, target)| sum + (target - value) * value);
                for ((signal, value), target) in all {
                    *signal = value * ((target - value) - shared);
                }
            }
            (ErrorMeasure::Squared, output) => {
                for ((signal, value), target) in all {
                    *signal = output.slope(*value) * (target - value);
                }
            }
        }
    }

    /// -dE/ds of a hidden layer, from the signals of the layer after it.
    fn hidden_signals(&self, matrix: &[f64], later: &[f64], nodes: &mut Nodes) {
        rows::gather(later, matrix, &mut nodes.signals);
        self.design
            .hidden
            .multiply_by_slopes(&nodes.values, &mut nodes.signals);
    }
}
