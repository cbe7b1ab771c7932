//! A network's nodes and edges with the numbers of the update on the screen.

mod nodes;

pub(crate) use nodes::NodeNumbers;

use super::said::said;
use super::{MOST_LINES, Pictured, Subject};
use crate::explain::{
    Digits, Line, Node, NodeQuantity, OfNode, Quantity, Role, Text, number, plural, way_of,
};
use crate::math::{Activation, Network, Place, Rough};

/// Of larger layers only some nodes are drawn: at most so many.
const MOST_NODES: usize = 24;

/// A network as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkView {
    /// The layers, inputs first.
    pub layers: Vec<LayerView>,
    /// The edges between nodes that are drawn.
    pub edges: Vec<EdgeView>,
    /// Whether signals are on their way back.
    pub goes_back: bool,
    /// The name of the parameter whose path is lit.
    pub parameter: String,
    /// How many digits a number has at most.
    pub digits: Digits,
    /// What comes out of it, in a sentence.
    said: Line,
}

impl NetworkView {
    /// How many edges there are in all, drawn or not.
    pub fn edge_count(&self) -> usize {
        let counts = self.layers.windows(2);
        counts.map(|pair| pair[0].count * pair[1].count).sum()
    }
}

/// A layer of nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerView {
    /// What it is: `inputs`, `hidden`, `outputs`.
    pub name: &'static str,
    /// What its nodes make of their sums.
    pub function: Option<&'static str>,
    pub count: usize,
    /// Those that are drawn, by their place.
    pub nodes: Vec<NodeView>,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeView {
    pub index: usize,
    /// Whether the path goes through it.
    pub lit: bool,
    pub value: NodeNumber,
    /// What should come out, of outputs.
    pub target: Option<NodeNumber>,
    /// What is sent back through it, but for inputs.
    pub signal: Option<NodeNumber>,
}

/// A number with its symbol.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeNumber {
    pub symbol: String,
    /// The number; `None` while it has not been shown.
    pub value: Option<Rough>,
    pub role: Role,
}

/// An edge, by its nodes among those that are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeView {
    /// The layer it comes from.
    pub layer: usize,
    /// The node it comes from, by its place in the layer.
    pub from: usize,
    /// The node it leads to, by its place in the layer after.
    pub to: usize,
    /// Its weight before the update.
    pub weight: f64,
    /// Its size as a share of the largest between its layers.
    pub share: f64,
    pub path: OnPath,
}

/// How an edge belongs to the path of the parameter in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnPath {
    /// Not at all.
    Off,
    /// What goes through the parameter goes on along it.
    On,
    /// It is the parameter.
    Focus,
}

impl Pictured for NetworkView {
    fn of(subject: &Subject) -> Option<Self> {
        let numbers = NodeNumbers::of(subject)?;
        let network = numbers.network();
        let place = network.place(subject.focus);
        let layers: Vec<LayerView> = (0..network.design().sizes.len())
            .map(|layer| layer_view(&numbers, place, layer))
            .collect();
        let mut edges = Vec::new();
        for (layer, pair) in layers.windows(2).enumerate() {
            edges.extend(edges_between(subject, network, layer, [&pair[0], &pair[1]]));
        }
        Some(Self {
            layers,
            edges,
            goes_back: numbers.goes_back(),
            parameter: subject.parameter().to_owned(),
            digits: subject.digits,
            said: said(subject, &numbers),
        })
    }

    fn words(subject: &Subject) -> Text {
        let Some(numbers) = NodeNumbers::of(subject) else {
            return Text::default();
        };
        let network = numbers.network();
        let sizes = &network.design().sizes;
        let outputs = sizes.len() - 1;
        let mut lines = vec![Line::plain(design_sentence(network))];
        lines.extend(item_sentence(subject).map(Line::plain));
        lines.push(focus_sentence(subject, network));
        let node = |layer, index| Node::new(layer, outputs, index);
        let mut told = |quantity, layer: usize, value: &dyn Fn(usize) -> Option<Rough>| {
            for index in 0..sizes[layer].min(MOST_LINES) {
                let of_node = OfNode {
                    quantity,
                    node: node(layer, index),
                };
                lines.push(node_sentence(subject, of_node, value(index)));
            }
            if sizes[layer] > MOST_LINES {
                let more = sizes[layer] - MOST_LINES;
                lines.push(Line::plain(format!("and {more} more in this layer")));
            }
        };
        for layer in 0..=outputs {
            told(NodeQuantity::Value, layer, &|index| {
                numbers.value(layer, index)
            });
        }
        told(NodeQuantity::Target, outputs, &|index| {
            numbers.target(index).map(Rough::rounded)
        });
        for layer in (1..=outputs).rev() {
            told(NodeQuantity::Signal, layer, &|index| {
                numbers.signal(layer, index)
            });
        }
        lines.into()
    }

    fn heading(&self) -> String {
        if self.goes_back {
            format!("{} · signals go back", self.parameter)
        } else {
            self.parameter.clone()
        }
    }

    fn verdict(&self) -> Option<Line> {
        Some(self.said.clone())
    }
}

/// The edges between the nodes that are drawn of a layer and of the one after.
fn edges_between(
    subject: &Subject,
    network: &Network,
    layer: usize,
    [from, to]: [&LayerView; 2],
) -> Vec<EdgeView> {
    let focus = network.place(subject.focus);
    let pairs = (from.nodes.iter()).flat_map(|from| to.nodes.iter().map(move |to| (from, to)));
    let edge = |(from, to): (&NodeView, &NodeView)| {
        let edge = Place {
            layer: layer + 1,
            from: Some(from.index),
            to: to.index,
        };
        EdgeView {
            layer,
            from: from.index,
            to: to.index,
            weight: subject.record.updates[network.parameter_at(edge)].before,
            share: 0.0,
            path: on_path(focus, edge),
        }
    };
    let mut edges: Vec<EdgeView> = pairs.map(edge).collect();
    let sizes = edges.iter().map(|edge| edge.weight.abs());
    let largest = sizes.fold(0.0_f64, f64::max);
    for edge in edges.iter_mut().filter(|edge| edge.weight != 0.0) {
        edge.share = edge.weight.abs() / largest;
    }
    edges
}

/// How an edge belongs to the path of the parameter at `focus`.
fn on_path(focus: Place, edge: Place) -> OnPath {
    if edge == focus {
        OnPath::Focus
    } else if edge.layer > focus.layer + 1
        || (edge.layer == focus.layer + 1 && edge.from == Some(focus.to))
    {
        OnPath::On
    } else {
        OnPath::Off
    }
}

/// Whether the path of the parameter at `focus` goes through a node.
fn is_lit(focus: Place, layer: usize, index: usize) -> bool {
    if layer + 1 == focus.layer {
        focus.from == Some(index)
    } else if layer == focus.layer {
        focus.to == index
    } else {
        layer > focus.layer
    }
}

fn layer_view(numbers: &NodeNumbers, focus: Place, layer: usize) -> LayerView {
    let network = numbers.network();
    let count = network.design().sizes[layer];
    let must = [
        (layer == focus.layer).then_some(focus.to),
        focus.from.filter(|_| layer + 1 == focus.layer),
    ];
    let must: Vec<usize> = must.into_iter().flatten().collect();
    let indices = some_of(count, MOST_NODES, &must);
    let node = |index| node_view(numbers, focus, layer, index);
    let (name, function) = heading(network, layer);
    LayerView {
        name,
        function: function.map(Activation::name),
        count,
        nodes: indices.into_iter().map(node).collect(),
    }
}

/// What a layer is, and what its nodes make of their sums.
fn heading(network: &Network, layer: usize) -> (&'static str, Option<Activation>) {
    let design = network.design();
    match layer {
        0 => ("inputs", None),
        layer if layer == network.layers().len() => ("outputs", Some(design.output)),
        _ => ("hidden", Some(design.hidden)),
    }
}

fn node_view(numbers: &NodeNumbers, focus: Place, layer: usize, index: usize) -> NodeView {
    let outputs = numbers.network().layers().len();
    let number = |quantity, value| {
        let node = Node::new(layer, outputs, index);
        let of_node = OfNode { quantity, node };
        NodeNumber {
            symbol: of_node.symbol(),
            value,
            role: Role::Quantity(Quantity::Node(of_node)),
        }
    };
    NodeView {
        index,
        lit: is_lit(focus, layer, index),
        value: number(NodeQuantity::Value, numbers.value(layer, index)),
        target: (layer == outputs).then(|| {
            let target = numbers.target(index).map(Rough::rounded);
            number(NodeQuantity::Target, target)
        }),
        signal: (layer > 0).then(|| number(NodeQuantity::Signal, numbers.signal(layer, index))),
    }
}

/// At most `most` of `count` places in their order: the first ones and the last, and always those that `must` be
/// among them.
pub fn some_of(count: usize, most: usize, must: &[usize]) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    let last = count - 1;
    let mut places: Vec<usize> = must.iter().copied().chain([last]).collect();
    places.extend(0..count);
    let mut kept: Vec<usize> = Vec::new();
    for place in places {
        if kept.len() < most.max(1) && !kept.contains(&place) {
            kept.push(place);
        }
    }
    kept.sort_unstable();
    kept
}

/// `Update 121 learns from item 57, in epoch 2.`
fn item_sentence(subject: &Subject) -> Option<String> {
    let record = &subject.record;
    let item = record.item?;
    Some(format!(
        "Update {} learns from item {item}, in epoch {}.",
        record.step + 1,
        record.epoch + 1
    ))
}

/// `In focus is ih[0,3] = -0.005, the weight from input 0 to hidden node 3.`
fn focus_sentence(subject: &Subject, network: &Network) -> Line {
    let way = way_of(network, subject.focus);
    let which = match network.place(subject.focus).from {
        Some(_) => format!("the weight {way}"),
        None => way,
    };
    let before = subject.record.updates[subject.focus].before;
    Line::plain(format!("In focus is {} = ", subject.parameter()))
        .with(subject.show(before), Role::Quantity(Quantity::Before))
        .with(format!(", {which}."), Role::Plain)
}

fn node_sentence(subject: &Subject, of_node: OfNode, value: Option<Rough>) -> Line {
    let words = of_node.words();
    match value {
        Some(value) => Line::plain(format!("{words} is ")).with(
            number::display_rough(value, subject.digits),
            Role::Quantity(Quantity::Node(of_node)),
        ),
        None => Line::plain(format!("{words} has not been shown yet")),
    }
}

/// `A network with 4 inputs, 5 hidden nodes (tanh) and 3 outputs (softmax).`
fn design_sentence(network: &Network) -> String {
    let design = network.design();
    let [inputs, hidden @ .., outputs] = design.sizes.as_slice() else {
        return String::new();
    };
    let count = |count: usize, word: &str| format!("{count} {}", plural(count as u64, word));
    let mut parts = vec![count(*inputs, "input")];
    for nodes in hidden {
        let words = count(*nodes, "hidden node");
        parts.push(format!("{words} ({})", design.hidden.name()));
    }
    let outputs = count(*outputs, "output");
    format!(
        "A network with {} and {outputs} ({}).",
        parts.join(", "),
        design.output.name()
    )
}
