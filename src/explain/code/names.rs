//! What things are called in the code of a parameter's update.

use super::super::{LayerKind, Leaf, NodeQuantity, OfNode, OfRule, Quantity};
use super::Language;
use crate::math::{Model, Rule};

/// The names of one listing.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub language: Language,
    pub model: &'a Model,
    pub rule: Rule,
    /// The parameter that is updated.
    pub parameter: &'a str,
}

impl Names<'_> {
    /// The name of what stands in a formula.
    pub fn of(self, leaf: Leaf) -> String {
        match leaf {
            Leaf::Named(other) => self.parameter(other),
            Leaf::Quantity(quantity) => self.quantity(quantity),
        }
    }

    /// The name of a quantity.
    pub fn quantity(self, quantity: Quantity) -> String {
        use Language::{Keras, PyTorch, Python, Rust};
        let own = self.parameter(self.parameter);
        let memories = self.rule.memories();
        let code = |place: usize| memories.get(place).map_or("memory", |row| row.code);
        let name = match quantity {
            Quantity::LearningRate => match self.language {
                Python => "learnRate",
                PyTorch => "lr",
                Keras | Rust => "learning_rate",
            },
            Quantity::Gradient => match self.language {
                Python => return article_name(&own, "Grads", "grad"),
                PyTorch => {
                    let (tensor, place) = own.split_at(own.find('[').unwrap_or(own.len()));
                    return format!("{tensor}.grad{place}");
                }
                Keras | Rust => "gradient",
            },
            Quantity::Before | Quantity::PlainWeight | Quantity::After => return own,
            Quantity::Memory | Quantity::NewMemory
                if self.language == Python && self.rule == Rule::Article =>
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
            | Quantity::OfRule(OfRule::Setting(_)) => return quantity.name().into_owned(),
            Quantity::Node(of_node) => return self.node(of_node),
        };
        name.to_owned()
    }

    /// The name of a parameter. A network's is written as the article has it, or where it lies; any other as it is
    /// called, as far as the language lets it be.
    pub fn parameter(self, name: &str) -> String {
        if self.model.network().is_none() {
            return self.variable(name);
        }
        match self.language {
            Language::Python => {
                let names = [
                    ("ih[", "ihWeights["),
                    ("ho[", "hoWeights["),
                    ("hb[", "hBiases["),
                    ("ob[", "oBiases["),
                ];
                let known = names.into_iter().find(|(own, _)| name.starts_with(own));
                known.map_or(name.to_owned(), |(own, its)| name.replacen(own, its, 1))
            }
            Language::Rust => name.replace(',', "]["),
            Language::PyTorch | Language::Keras => name.to_owned(),
        }
    }

    fn variable(self, name: &str) -> String {
        let is_word = |word: &str| {
            let is_letter = |c: char| c.is_alphanumeric() || c == '_';
            !word.is_empty() && word.chars().all(is_letter)
        };
        let word = if is_word(name) {
            name.to_owned()
        } else if self.model.surface().is_some() {
            // One of several, such as `w[0]`.
            let parts = name.split(['[', ']', ',']);
            parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("_")
        } else if self.language == Language::Python
            && subscripts(name).is_some_and(|mut all| all.all(is_word))
        {
            return name.to_owned();
        } else {
            "w".to_owned()
        };
        if self.language.has_taken(&word) {
            word + "_"
        } else {
            word
        }
    }

    /// The name of what a node has: in Python the article's.
    fn node(self, of_node: OfNode) -> String {
        let OfNode { quantity, node } = of_node;
        if self.language != Language::Python {
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
            NodeQuantity::Raw => format!("{layer}Raw[{index}]"),
            NodeQuantity::Value => format!("{layer}Nodes[{index}]"),
            NodeQuantity::Sum => format!("{layer}Sums[{index}]"),
            NodeQuantity::Signal => format!("{layer}Signals[{index}]"),
            NodeQuantity::Target => format!("tValues[{index}]"),
        }
    }
}

/// `ihWeights`, `i` and `j` of `ihWeights[i,j]`; `None` where there are no brackets.
fn subscripts(name: &str) -> Option<impl Iterator<Item = &str>> {
    let (array, rest) = name.split_once('[')?;
    let places = rest.strip_suffix(']')?.split(',');
    Some(std::iter::once(array).chain(places))
}

/// `ihWeights[i,j]` has its gradients in `ihGrads[i,j]`; a weight of any other name has its own in `grad`.
fn article_name(parameter: &str, of_weights: &str, otherwise: &str) -> String {
    let words = [
        ("Weights", of_weights.to_owned()),
        ("Biases", format!("b{of_weights}")),
    ];
    let found = words.iter().find(|(word, _)| parameter.contains(word));
    found.map_or(otherwise.to_owned(), |(word, its)| {
        parameter.replacen(word, its, 1)
    })
}
