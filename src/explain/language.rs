//! The languages that updates are written in, and what things are called in each.

use super::{LayerKind, Leaf, Line, NodeQuantity, OfNode, OfRule, Quantity, Role};
use crate::math::{Convention, Rule};

/// A programming language, or a library's way of writing the update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// The article's Python.
    #[default]
    Python,
    /// Python with `PyTorch` tensors.
    PyTorch,
    /// Python with Keras variables.
    Keras,
    /// Rust.
    Rust,
}

impl Language {
    /// Every language, in the order in which they are cycled through.
    pub const ALL: [Self; 4] = [Self::Python, Self::PyTorch, Self::Keras, Self::Rust];

    /// The name used in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::PyTorch => "pytorch",
            Self::Keras => "keras",
            Self::Rust => "rust",
        }
    }

    /// The name as its makers write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::PyTorch => "PyTorch",
            Self::Keras => "Keras",
            Self::Rust => "Rust",
        }
    }

    /// The libraries compute dE/dw, so their code subtracts; the article's follows the lesson.
    pub(super) fn convention(self, lesson: Convention) -> Convention {
        match self {
            Self::Python | Self::Rust => lesson,
            Self::PyTorch | Self::Keras => Convention::Subtract,
        }
    }

    pub(super) fn comment(self, text: &str) -> Line {
        let mark = if self == Self::Rust { "//" } else { "#" };
        Line::new().with(format!("{mark} {text}"), Role::Muted)
    }

    /// What stands around the line that makes the gradient.
    pub(super) fn gradient_comment(self) -> &'static str {
        match self {
            Self::Python | Self::Rust => "the gradient: from back-propagation",
            Self::PyTorch => "loss.backward() has filled w.grad",
            Self::Keras => "gradient = tape.gradient(loss, w)",
        }
    }

    /// What the rule is called in the library, where it is.
    pub(super) fn library_comment(self, rule: Rule) -> Option<&'static str> {
        let [pytorch, keras] = rule.row().libraries;
        match self {
            Self::PyTorch => Some(pytorch),
            Self::Keras => Some(keras),
            Self::Python | Self::Rust => None,
        }
    }

    /// The name of a leaf in the code of a parameter's update.
    pub(super) fn identifier(self, leaf: Leaf, rule: Rule, parameter: &str) -> String {
        match leaf {
            Leaf::Named(other) => self.parameter(other),
            Leaf::Quantity(Quantity::Node(of_node)) => self.node(of_node),
            Leaf::Quantity(quantity) => self.quantity(quantity, rule, parameter),
        }
    }

    /// The name of a quantity.
    fn quantity(self, quantity: Quantity, rule: Rule, parameter: &str) -> String {
        let own = self.parameter(parameter);
        let code = |place: usize| rule.memories().get(place).map_or("memory", |row| row.code);
        let name = match quantity {
            Quantity::LearningRate => match self {
                Self::Python => "learnRate",
                Self::PyTorch => "lr",
                Self::Keras | Self::Rust => "learning_rate",
            },
            Quantity::Gradient => match self {
                Self::Python => return article_name(&own, "Grads", "grad"),
                Self::PyTorch => return format!("{own}.grad"),
                Self::Keras | Self::Rust => "gradient",
            },
            Quantity::Before | Quantity::PlainWeight | Quantity::After => return own,
            Quantity::Memory | Quantity::NewMemory
                if self == Self::Python && rule == Rule::Article =>
            {
                return article_name(&own, "PrevDelta", "prevDelta");
            }
            Quantity::Memory | Quantity::NewMemory => code(0),
            Quantity::OfRule(OfRule::Memory(place) | OfRule::Kept(place)) => code(place),
            Quantity::Momentum
            | Quantity::Delta
            | Quantity::MomentumTerm
            | Quantity::Change
            | Quantity::EffectiveRate
            | Quantity::Error
            | Quantity::Loss
            | Quantity::OfRule(OfRule::Setting(_))
            | Quantity::Node(_) => return quantity.name().into_owned(),
        };
        name.to_owned()
    }

    /// The name of a parameter: in Python as the article has it, and of a network's weight where it lies elsewhere.
    fn parameter(self, name: &str) -> String {
        match self {
            Self::Python => {
                let names = [
                    ("ih[", "ihWeights["),
                    ("ho[", "hoWeights["),
                    ("hb[", "hBiases["),
                    ("ob[", "oBiases["),
                ];
                let known = names.into_iter().find(|(own, _)| name.starts_with(own));
                known.map_or(name.to_owned(), |(own, its)| name.replacen(own, its, 1))
            }
            Self::PyTorch | Self::Keras | Self::Rust if !is_network_name(name) => "w".to_owned(),
            Self::Rust => name.replace(',', "]["),
            Self::PyTorch | Self::Keras => name.to_owned(),
        }
    }

    /// The name of what a node has: in Python the article's.
    fn node(self, of_node: OfNode) -> String {
        let OfNode { quantity, node } = of_node;
        if self != Self::Python {
            return of_node.name();
        }
        let layer = match node.layer {
            LayerKind::Input => "i".to_owned(),
            LayerKind::OnlyHidden => "h".to_owned(),
            LayerKind::Hidden(layer) => format!("h{layer}"),
            LayerKind::Output => "o".to_owned(),
        };
        let index = node.index;
        match quantity {
            NodeQuantity::Value => format!("{layer}Nodes[{index}]"),
            NodeQuantity::Sum => format!("{layer}Sums[{index}]"),
            NodeQuantity::Signal => format!("{layer}Signals[{index}]"),
            NodeQuantity::Target => format!("tValues[{index}]"),
        }
    }

    /// Whether the language's way is to write whole layers at once.
    pub(super) fn is_library(self) -> bool {
        matches!(self, Self::PyTorch | Self::Keras)
    }
}

/// Whether a parameter is called as those of networks are: `ih[0,1]`, `ob[2]`, `w1[0,1]`, `b3[0]`.
fn is_network_name(name: &str) -> bool {
    let Some((layer, rest)) = name.split_once('[') else {
        return false;
    };
    let numbered = |letter: char| {
        layer
            .strip_prefix(letter)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let index = rest.trim_end_matches(']');
    let numbers = index
        .split(',')
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    numbers && (["ih", "hb", "ho", "ob"].contains(&layer) || numbered('w') || numbered('b'))
}

/// `ihWeights[i,j]` has its gradients in `ihGrads[i,j]`; a weight of any other name has its own in `grad`.
fn article_name(parameter: &str, of_weights: &str, otherwise: &str) -> String {
    match ["Weights", "Biases"]
        .into_iter()
        .find(|word| parameter.contains(word))
    {
        Some("Biases") => parameter.replacen("Biases", &format!("b{of_weights}"), 1),
        Some(word) => parameter.replacen(word, of_weights, 1),
        None => otherwise.to_owned(),
    }
}
