//! Fully connected networks, trained one item at a time.

mod activation;
mod blocks;
mod items;
mod metrics;
mod narrow;
mod outputs;
mod pass;
mod rows;
mod scaling;
mod wide;

use std::fmt;
use std::ops::Range;

pub use activation::{Activation, ErrorMeasure, LEAST_SHARE, SoftmaxDerivative, largest, ln};
pub use items::{ItemOrder, Items, Schedule, Visits};
pub use metrics::Metrics;
pub use pass::Pass;
pub use scaling::{Scale, ScaledColumn, Scaling};
pub use wide::Wide;

use super::random::{Generator, Stream};

/// The parameters before the first update.
#[derive(Debug, Clone, PartialEq)]
pub enum Initial {
    /// These, in the order of the parameters.
    Given(Vec<f64>),
    /// Drawn in the order of the parameters: (high - low) * u + low, with u in [0, 1).
    Drawn {
        /// The smallest that can be drawn.
        low: f64,
        /// Above the largest that can be drawn.
        high: f64,
    },
}

/// One layer of weights and biases: parameters `weights..` from every node of one layer to every node of the next,
/// row by row, then one bias for each node of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// Nodes that the weights come from.
    pub from: usize,
    /// Nodes that they lead to.
    pub to: usize,
    /// The index of the first weight among the parameters.
    pub weights: usize,
}

/// Where a parameter belongs in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The layer of nodes it leads to, from 1.
    pub layer: usize,
    /// The node it comes from; `None` for a bias.
    pub from: Option<usize>,
    /// The node it leads to.
    pub to: usize,
}

/// What a network is made of, before its parameters are counted and named.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Nodes in each layer, inputs first; at least two layers, none empty.
    pub sizes: Vec<usize>,
    /// What hidden nodes make of their sums.
    pub hidden: Activation,
    /// What output nodes make of their sums.
    pub output: Activation,
    /// What is minimised.
    pub error: ErrorMeasure,
    /// The derivative of softmax under squared error.
    pub softmax_derivative: SoftmaxDerivative,
    /// Whether biases are updated.
    pub train_biases: bool,
    /// The parameters at the start.
    pub initial: Initial,
    /// Where random numbers come from.
    pub generator: Generator,
    /// The number they start from.
    pub seed: u64,
    /// How epochs go through the items.
    pub order: ItemOrder,
    /// What is learned; at least one item.
    pub items: Items,
    /// What is only asked about; may be empty.
    pub test_items: Items,
    /// The names of the classes, one for each output, or two for a single one; empty where there are none.
    pub classes: Vec<String>,
}

/// A network and its data. It is a [`Design`] with its parameters counted and named.
#[derive(Clone, PartialEq)]
pub struct Network {
    design: Design,
    layers: Vec<Layer>,
    names: Vec<String>,
    /// Whether its outputs are answers to a question of which.
    decides: bool,
    previous_delta: Vec<f64>,
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Network({:?})", self.design.sizes)
    }
}

impl Network {
    /// A network of this design.
    ///
    /// # Panics
    /// Where the design has fewer than two layers, an empty layer or no items.
    pub fn new(design: Design) -> Self {
        assert!(design.sizes.len() >= 2 && !design.sizes.contains(&0));
        assert!(!design.items.is_empty(), "there is something to learn");
        let layers = layers(&design.sizes);
        let names = names(&layers);
        Self {
            decides: metrics::decides(&design),
            design,
            layers,
            names,
            previous_delta: Vec::new(),
        }
    }

    /// The same with something that every parameter remembers before the first update, in delta units.
    ///
    /// # Panics
    /// Where there is not one for each parameter.
    #[must_use]
    pub fn with_previous_delta(mut self, previous_delta: Vec<f64>) -> Self {
        assert_eq!(previous_delta.len(), self.names.len());
        self.previous_delta = previous_delta;
        self
    }

    /// What every parameter remembers before the first update, in delta units; empty where that is 0 for all.
    pub fn previous_delta(&self) -> &[f64] {
        &self.previous_delta
    }

    /// What the network is made of.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The names of the parameters: `ih[0,1]`, `hb[1]`, `ho[1,0]`, `ob[0]` with one hidden layer, else `w1[0,1]`,
    /// `b1[1]` and so on.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The layers of parameters, in order.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The items that are learned.
    pub fn items(&self) -> &Items {
        &self.design.items
    }

    /// Whether its weights or the order of its items are drawn by chance.
    pub fn is_drawn(&self) -> bool {
        self.design.order == ItemOrder::Shuffled
            || matches!(self.design.initial, Initial::Drawn { low, high } if low != high)
    }

    /// What the nodes that a layer of parameters leads to make of their sums; layers are counted from 0.
    fn activation(&self, layer: usize) -> Activation {
        if layer + 1 == self.layers.len() {
            self.design.output
        } else {
            self.design.hidden
        }
    }

    /// Where a parameter belongs.
    pub fn place(&self, parameter: usize) -> Place {
        let begins = |layer: &Layer| layer.weights <= parameter;
        let index = self.layers.iter().rposition(begins).unwrap_or(0);
        let layer = self.layers[index];
        let within = parameter - layer.weights;
        let (row, to) = (within / layer.to, within % layer.to);
        Place {
            layer: index + 1,
            from: (row < layer.from).then_some(row),
            to,
        }
    }

    /// The parameters that training leaves as they are, in stretches.
    pub fn untrained(&self) -> impl Iterator<Item = Range<usize>> {
        let layers = self.layers.iter().filter(|_| !self.design.train_biases);
        layers.map(|layer| {
            let biases = layer.weights + layer.from * layer.to;
            biases..biases + layer.to
        })
    }

    /// The index of the parameter at a place.
    pub fn parameter_at(&self, place: Place) -> usize {
        let layer = self.layers[place.layer - 1];
        layer.weights + place.from.unwrap_or(layer.from) * layer.to + place.to
    }

    /// The parameters before the first update, and the schedule of the items, both from one stream of `seed`.
    pub fn start(&self, seed: u64) -> (Vec<f64>, Schedule) {
        let mut stream = self.design.generator.stream(seed);
        let weights = match &self.design.initial {
            Initial::Given(weights) => weights.clone(),
            Initial::Drawn { low, high } => self.draw(*low, *high, &mut stream),
        };
        let schedule = Schedule::new(&self.design.order, self.items().len(), stream);
        (weights, schedule)
    }

    fn draw(&self, low: f64, high: f64, stream: &mut Stream) -> Vec<f64> {
        let draw = |_| (high - low) * stream.unit() + low;
        (0..self.names.len()).map(draw).collect()
    }

    /// Writes the downhill gradients for an item.
    #[inline]
    pub fn gradients(&self, item: usize, weights: &[f64], pass: &mut Pass, downhill: &mut [f64]) {
        let items = &self.design.items;
        self.forward(weights, items.inputs(item), pass);
        self.backward(weights, items.targets(item), pass, downhill);
    }

    /// E of an item whose outputs are in `pass`.
    pub fn error_of(&self, targets: &[f64], pass: &Pass) -> f64 {
        self.error_at(targets, pass.outputs())
    }

    /// E of an item with these outputs.
    fn error_at(&self, targets: &[f64], outputs: &[f64]) -> f64 {
        let design = &self.design;
        design.error.of(design.output, outputs, targets)
    }
}

/// The names of the parameters of a network with layers of these sizes; see [`Network::names`].
pub fn parameter_names(sizes: &[usize]) -> Vec<String> {
    names(&layers(sizes))
}

fn layers(sizes: &[usize]) -> Vec<Layer> {
    let mut weights = 0;
    let layer = |pair: &[usize]| {
        let layer = Layer {
            from: pair[0],
            to: pair[1],
            weights,
        };
        weights += (layer.from + 1) * layer.to;
        layer
    };
    sizes.windows(2).map(layer).collect()
}

/// How many parameters layers of these sizes have; `None` beyond what can be counted.
pub fn count_parameters(sizes: &[usize]) -> Option<usize> {
    sizes.windows(2).try_fold(0_usize, |count, pair| {
        count.checked_add(pair[0].checked_add(1)?.checked_mul(pair[1])?)
    })
}

fn names(layers: &[Layer]) -> Vec<String> {
    let one_hidden = layers.len() == 2;
    let parameters = layers
        .last()
        .map_or(0, |last| last.weights + (last.from + 1) * last.to);
    let mut names = Vec::with_capacity(parameters);
    for (index, layer) in layers.iter().enumerate() {
        let (weight, bias) = match (one_hidden, index) {
            (true, 0) => ("ih".to_owned(), "hb".to_owned()),
            (true, _) => ("ho".to_owned(), "ob".to_owned()),
            (false, _) => (format!("w{}", index + 1), format!("b{}", index + 1)),
        };
        // There may be very many of them: no number is written more than once.
        let ends: Vec<String> = (0..layer.to).map(|to| format!("{to}]")).collect();
        for from in 0..layer.from {
            let begin = format!("{weight}[{from},");
            names.extend(ends.iter().map(|end| [&begin, &**end].concat()));
        }
        names.extend((0..layer.to).map(|to| format!("{bias}[{to}]")));
    }
    names
}
