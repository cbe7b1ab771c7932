//! The quantities of a network's nodes: their names, words and symbols.

use std::borrow::Cow;

use crate::math::{Network, Pass, Place};

/// What a node has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeQuantity {
    /// What goes into it, weighed and added up.
    Sum,
    /// Of an input that is scaled, what it was before.
    Raw,
    /// What comes out of it; of an input, what is put in.
    Value,
    /// What should come out; outputs only.
    Target,
    /// Its back-propagated error term, in the lesson's convention.
    Signal,
}

/// A layer of nodes, by its part in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// The inputs.
    Input,
    /// The only hidden layer there is.
    OnlyHidden,
    /// One of several hidden layers, from 1.
    Hidden(u8),
    /// The outputs.
    Output,
}

/// A node: its layer and its place in it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its layer.
    pub layer: LayerKind,
    /// Its place.
    pub index: u32,
}

impl Node {
    /// The node at a place of layer `layer` (0 for inputs) of a network whose outputs are layer `outputs`.
    pub fn new(layer: usize, outputs: usize, index: usize) -> Self {
        let layer = match (layer, outputs) {
            (0, _) => LayerKind::Input,
            (layer, outputs) if layer == outputs => LayerKind::Output,
            (_, 2) => LayerKind::OnlyHidden,
            (layer, _) => LayerKind::Hidden(layer as u8),
        };
        Self {
            layer,
            index: index as u32,
        }
    }

    /// The node that a parameter of a network leads to.
    pub fn of_parameter(network: &Network, parameter: usize) -> Self {
        let place = network.place(parameter);
        Self::new(place.layer, network.layers().len(), place.to)
    }

    /// The node's layer, counted from 0 for inputs, in a network whose outputs are layer `outputs`.
    pub fn layer_in(self, outputs: usize) -> usize {
        match self.layer {
            LayerKind::Input => 0,
            LayerKind::OnlyHidden => 1,
            LayerKind::Hidden(layer) => usize::from(layer),
            LayerKind::Output => outputs,
        }
    }

    /// Whether a network with layers of these sizes has this node.
    pub fn is_in(self, sizes: &[usize]) -> bool {
        let Some(outputs) = sizes.len().checked_sub(1) else {
            return false;
        };
        let layer = self.layer_in(outputs);
        layer <= outputs
            && (self.index as usize) < sizes[layer]
            && Self::new(layer, outputs, self.index as usize) == self
    }

    /// The words of it: `hidden node 1`, `output node 0`, `node 2 of hidden layer 1`.
    pub fn words(self) -> String {
        match self.layer {
            LayerKind::Hidden(layer) => format!("node {} of hidden layer {layer}", self.index),
            LayerKind::Input | LayerKind::OnlyHidden | LayerKind::Output => {
                format!("{} node {}", self.layer_name(), self.index)
            }
        }
    }

    /// What the layer is called.
    fn layer_name(self) -> Cow<'static, str> {
        match self.layer {
            LayerKind::Input => "input".into(),
            LayerKind::OnlyHidden => "hidden".into(),
            LayerKind::Hidden(layer) => format!("hidden{layer}").into(),
            LayerKind::Output => "output".into(),
        }
    }
}

/// Where a parameter of a network lies: `from input 0 to hidden node 3`, `the bias of output 1`.
pub fn way_of(network: &Network, parameter: usize) -> String {
    let Place { layer, from, to } = network.place(parameter);
    let outputs = network.layers().len();
    let words = |layer: usize, index: usize| match layer {
        0 => format!("input {index}"),
        layer if layer == outputs => format!("output {index}"),
        _ if outputs == 2 => format!("hidden node {index}"),
        layer => format!("hidden-{layer} node {index}"),
    };
    let to = words(layer, to);
    match from {
        Some(from) => format!("from {} to {to}", words(layer - 1, from)),
        None => format!("the bias of {to}"),
    }
}

/// One thing about one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OfNode {
    /// What.
    pub quantity: NodeQuantity,
    /// Of which node.
    pub node: Node,
}

impl OfNode {
    /// `hidden_sum[3]`, `output[0]`, `target[1]`, `input_raw[2]`: the name used in lessons and commands.
    pub fn name(self) -> String {
        let (layer, index) = (self.node.layer_name(), self.node.index);
        match self.quantity {
            NodeQuantity::Value => format!("{layer}[{index}]"),
            NodeQuantity::Raw => format!("{layer}_raw[{index}]"),
            NodeQuantity::Sum => format!("{layer}_sum[{index}]"),
            NodeQuantity::Signal => format!("{layer}_signal[{index}]"),
            NodeQuantity::Target => format!("target[{index}]"),
        }
    }

    /// What [`OfNode::name`] calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        let (word, index) = name.strip_suffix(']')?.split_once('[')?;
        let index = index.parse().ok()?;
        let (layer, quantity) = match (word.strip_suffix("_sum"), word.strip_suffix("_signal")) {
            (Some(layer), _) => (layer, NodeQuantity::Sum),
            (_, Some(layer)) => (layer, NodeQuantity::Signal),
            _ if word == "target" => ("output", NodeQuantity::Target),
            _ if word == "input_raw" => ("input", NodeQuantity::Raw),
            _ => (word, NodeQuantity::Value),
        };
        let layer = match layer {
            "input" if matches!(quantity, NodeQuantity::Value | NodeQuantity::Raw) => {
                LayerKind::Input
            }
            "hidden" => LayerKind::OnlyHidden,
            "output" => LayerKind::Output,
            other => LayerKind::Hidden(other.strip_prefix("hidden")?.parse().ok()?),
        };
        let node = Node { layer, index };
        Some(Self { quantity, node })
    }

    /// What [`OfNode::symbol`] writes as `symbol`.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        let signs = [
            ("Σ", NodeQuantity::Sum),
            ("δ", NodeQuantity::Signal),
            ("t", NodeQuantity::Target),
            ("raw", NodeQuantity::Raw),
        ];
        let sign = signs.iter().find(|(sign, _)| symbol.starts_with(sign));
        let (sign, quantity) = *sign.unwrap_or(&("", NodeQuantity::Value));
        let rest = &symbol[sign.len()..];
        let place = rest.find(|c: char| c.is_ascii_digit())?;
        let (layer, index) = match (&rest[..place], &rest[place..]) {
            ("", index) if quantity == NodeQuantity::Target => (LayerKind::Output, index),
            ("", index) if quantity == NodeQuantity::Raw => (LayerKind::Input, index),
            ("x", index) => (LayerKind::Input, index),
            ("o", index) => (LayerKind::Output, index),
            ("h", index) => match index.split_once('.') {
                Some((layer, index)) => (LayerKind::Hidden(layer.parse().ok()?), index),
                None => (LayerKind::OnlyHidden, index),
            },
            _ => return None,
        };
        let index = index.parse().ok()?;
        let node = Node { layer, index };
        Some(Self { quantity, node }).filter(|read| read.symbol() == symbol)
    }

    /// The words of the quantity.
    pub fn words(self) -> String {
        let index = self.node.index;
        let layer = match self.node.layer {
            LayerKind::Hidden(layer) => format!("hidden-{layer}"),
            LayerKind::Input | LayerKind::OnlyHidden | LayerKind::Output => {
                self.node.layer_name().into_owned()
            }
        };
        match (self.quantity, self.node.layer) {
            (NodeQuantity::Value, LayerKind::Input | LayerKind::Output) => {
                format!("{layer} {index}")
            }
            (NodeQuantity::Value, _) => format!("{layer} value {index}"),
            (NodeQuantity::Raw, _) => format!("raw {layer} {index}"),
            (NodeQuantity::Sum, _) => format!("{layer} sum {index}"),
            (NodeQuantity::Signal, _) => format!("{layer} signal {index}"),
            (NodeQuantity::Target, _) => format!("target {index}"),
        }
    }

    /// The symbol: `raw0`, `x0`, `Σh0`, `h0`, `Σo1`, `o1`, `t1`, `δo1`, `δh0`.
    pub fn symbol(self) -> String {
        let index = self.node.index;
        let letter = match self.node.layer {
            LayerKind::Input => "x".to_owned(),
            LayerKind::OnlyHidden => "h".to_owned(),
            LayerKind::Hidden(layer) => format!("h{layer}."),
            LayerKind::Output => "o".to_owned(),
        };
        match self.quantity {
            NodeQuantity::Value => format!("{letter}{index}"),
            NodeQuantity::Raw => format!("raw{index}"),
            NodeQuantity::Sum => format!("Σ{letter}{index}"),
            NodeQuantity::Signal => format!("δ{letter}{index}"),
            NodeQuantity::Target => format!("t{index}"),
        }
    }

    /// The number in an item's way through a network; signals are downhill. `None` where there is no such node.
    pub fn value_in(self, pass: &Pass) -> Option<f64> {
        let layer = self.node.layer_in(pass.outputs_layer());
        let index = self.node.index as usize;
        let inner = (1..=pass.outputs_layer()).contains(&layer);
        match self.quantity {
            NodeQuantity::Raw if layer == 0 => pass.raw().get(index),
            NodeQuantity::Value if layer == 0 || inner => pass.values(layer).get(index),
            NodeQuantity::Sum if inner => pass.sums(layer).get(index),
            NodeQuantity::Signal if inner => pass.signals(layer).get(index),
            NodeQuantity::Target => pass.targets().get(index),
            NodeQuantity::Raw | NodeQuantity::Value | NodeQuantity::Sum | NodeQuantity::Signal => {
                None
            }
        }
        .copied()
    }
}

/// Every node quantity of a network, in the order in which they are computed: inputs, raw first, sums and values layer by layer,
/// targets, signals from the outputs back.
pub fn all_of(network: &Network) -> impl Iterator<Item = OfNode> {
    let sizes = &network.design().sizes;
    let outputs = sizes.len() - 1;
    let of_layer = move |layer: usize, quantity: NodeQuantity| {
        (0..sizes[layer]).map(move |index| OfNode {
            quantity,
            node: Node::new(layer, outputs, index),
        })
    };
    let forward = (1..=outputs).flat_map(move |layer| {
        of_layer(layer, NodeQuantity::Sum).chain(of_layer(layer, NodeQuantity::Value))
    });
    let back = (1..=outputs)
        .rev()
        .flat_map(move |layer| of_layer(layer, NodeQuantity::Signal));
    let raw = network.items().scaling();
    let raw = raw.map(|_| of_layer(0, NodeQuantity::Raw));
    (raw.into_iter().flatten())
        .chain(of_layer(0, NodeQuantity::Value))
        .chain(forward)
        .chain(of_layer(outputs, NodeQuantity::Target))
        .chain(back)
}
