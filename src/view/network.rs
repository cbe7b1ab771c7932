//! A network's nodes and edges with the numbers of the update on the screen.

use crate::explain::{Digits, Node, NodeQuantity, OfNode, Quantity, Role};
use crate::math::{Network, Place};
use crate::session::{NodeNumbers, Session};

/// Of larger layers only some nodes are drawn: at most so many.
const MOST_NODES: usize = 24;

/// A share of the largest weight of its layer from which an edge counts as large.
const LARGE: f64 = 0.5;

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
}

/// A layer of nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerView {
    /// What it is, such as `hidden · tanh`.
    pub title: String,
    /// How many nodes it has.
    pub count: usize,
    /// Those that are drawn, by their place.
    pub nodes: Vec<NodeView>,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeView {
    /// Its place in its layer.
    pub index: usize,
    /// Whether the path goes through it.
    pub lit: bool,
    /// Its value, and for outputs the target, and its signal.
    pub numbers: NodeTexts,
}

/// The numbers of a node with their symbols.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeTexts {
    /// What comes out of it.
    pub value: Number,
    /// What should come out, of outputs.
    pub target: Option<Number>,
    /// What is sent back through it, but for inputs.
    pub signal: Option<Number>,
}

/// A number with its symbol.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The symbol.
    pub symbol: String,
    /// The number; `None` while it has not been shown.
    pub value: Option<f64>,
    /// What it is about.
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
    /// Whether it is one of the larger weights of its layer.
    pub large: bool,
    /// How it belongs to the path.
    pub part: Part,
}

/// How an edge belongs to the path of the parameter in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Not at all.
    Off,
    /// What goes through the parameter goes on along it.
    On,
    /// It is the parameter.
    Focus,
}

impl NetworkView {
    pub(super) fn of(session: &Session) -> Option<Self> {
        let numbers = NodeNumbers::of(session)?;
        let network = numbers.network();
        let place = network.place(session.focus());
        let sizes = &network.design().sizes;
        let layers: Vec<LayerView> = (0..sizes.len())
            .map(|layer| layer_view(&numbers, place, layer))
            .collect();
        let record = session.record();
        let mut edges = Vec::new();
        for (layer, pair) in layers.windows(2).enumerate() {
            let weights = pair[0].nodes.iter().flat_map(|from| {
                pair[1].nodes.iter().map(|to| {
                    let edge = Place {
                        layer: layer + 1,
                        from: Some(from.index),
                        to: to.index,
                    };
                    let weight = record.updates[network.parameter_at(edge)].before;
                    (edge, from.index, weight)
                })
            });
            let weights: Vec<(Place, usize, f64)> = weights.collect();
            let largest = weights
                .iter()
                .fold(0.0_f64, |most, (_, _, weight)| most.max(weight.abs()));
            edges.extend(weights.into_iter().map(|(edge, from, weight)| EdgeView {
                layer,
                from,
                to: edge.to,
                weight,
                large: weight.abs() >= LARGE * largest && weight != 0.0,
                part: part(place, edge),
            }));
        }
        Some(Self {
            layers,
            edges,
            goes_back: numbers.goes_back(),
            parameter: session.parameter().to_owned(),
            digits: session.digits(),
        })
    }
}

/// How an edge belongs to the path of the parameter at `focus`.
fn part(focus: Place, edge: Place) -> Part {
    if edge == focus {
        Part::Focus
    } else if edge.layer > focus.layer + 1
        || (edge.layer == focus.layer + 1 && edge.from == Some(focus.to))
    {
        Part::On
    } else {
        Part::Off
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
    let indices = chosen(count, MOST_NODES, &must);
    let node = |index: usize| NodeView {
        index,
        lit: is_lit(focus, layer, index),
        numbers: texts(numbers, layer, index),
    };
    LayerView {
        title: layer_title(network, layer),
        count,
        nodes: indices.into_iter().map(node).collect(),
    }
}

fn layer_title(network: &Network, layer: usize) -> String {
    let design = network.design();
    match layer {
        0 => "inputs".to_owned(),
        layer if layer == network.layers().len() => format!("outputs {}", design.output.name()),
        _ => format!("hidden {}", design.hidden.name()),
    }
}

fn texts(numbers: &NodeNumbers, layer: usize, index: usize) -> NodeTexts {
    let outputs = numbers.network().layers().len();
    let number = |quantity, value| {
        let node = Node::new(layer, outputs, index);
        let of_node = OfNode { quantity, node };
        Number {
            symbol: of_node.symbol(),
            value,
            role: Role::Quantity(Quantity::Node(of_node)),
        }
    };
    NodeTexts {
        value: number(NodeQuantity::Value, numbers.value(layer, index)),
        target: (layer == outputs).then(|| number(NodeQuantity::Target, numbers.target(index))),
        signal: (layer > 0).then(|| number(NodeQuantity::Signal, numbers.signal(layer, index))),
    }
}

/// At most `most` of `count` places in their order: the first ones and the last, and always those that `must` be
/// among them.
pub fn chosen(count: usize, most: usize, must: &[usize]) -> Vec<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_are_drawn_and_what_must_be() {
        assert_eq!(chosen(3, 5, &[]), [0, 1, 2]);
        assert_eq!(chosen(100, 4, &[]), [0, 1, 2, 99]);
        assert_eq!(chosen(100, 4, &[50]), [0, 1, 50, 99]);
        assert_eq!(chosen(100, 2, &[50]), [50, 99]);
        assert_eq!(chosen(100, 1, &[50]), [50]);
        assert_eq!(chosen(100, 3, &[99]), [0, 1, 99]);
    }

    #[test]
    fn the_path_leads_from_the_weight_to_every_output() {
        let place = |layer, from, to| Place {
            layer,
            from: Some(from),
            to,
        };
        let focus = place(1, 0, 2);
        assert_eq!(part(focus, focus), Part::Focus);
        assert_eq!(part(focus, place(1, 1, 2)), Part::Off);
        assert_eq!(part(focus, place(2, 2, 0)), Part::On);
        assert_eq!(part(focus, place(2, 1, 0)), Part::Off);
        assert_eq!(part(focus, place(3, 1, 0)), Part::On);
        assert!(is_lit(focus, 0, 0) && !is_lit(focus, 0, 1));
        assert!(is_lit(focus, 1, 2) && !is_lit(focus, 1, 0));
        assert!(is_lit(focus, 2, 0) && is_lit(focus, 2, 1));
    }
}
