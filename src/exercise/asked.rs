//! What can be asked for.

use std::borrow::Cow;

use crate::explain::{LayerKind, Node, NodeQuantity, OfNode, Quantity};
use crate::math::Rule;

/// A number that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A quantity of an update.
    Quantity(Quantity),
    /// What goes into a node, weighed and added up.
    Sum,
    /// What comes out of a node.
    Value,
    /// A node's back-propagated error term.
    Signal,
}

impl Asked {
    /// Everything that can be asked for, in the order of an update.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        let quantities = Quantity::ALL.into_iter().filter(|q| q.is_asked());
        let of_nodes = [Self::Sum, Self::Value, Self::Signal].into_iter();
        of_nodes.chain(quantities.map(Self::Quantity))
    }

    /// The name used in lessons and records. In a lesson, a sum or a value is called by its node: `hidden[0]`.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Quantity(quantity) => quantity.name(),
            Self::Sum => "sum".into(),
            Self::Value => "value".into(),
            Self::Signal => "signal".into(),
        }
    }

    /// What it is called where a rule is in force: `the new weight`.
    pub fn words(self, rule: Rule) -> String {
        match self {
            Self::Quantity(Quantity::NewMemory) => "what is kept for next time".to_owned(),
            Self::Quantity(Quantity::Delta) => "delta".to_owned(),
            Self::Quantity(quantity) => format!("the {}", quantity.words(rule)),
            Self::Sum => "the sum".to_owned(),
            Self::Value => "the value".to_owned(),
            Self::Signal => "the signal".to_owned(),
        }
    }

    /// What can be asked for by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|asked| asked.name() == name)
    }

    /// What a quantity of an update is asked for as; `None` for what is never asked for: inputs, targets, settings, errors.
    pub fn of(quantity: Quantity) -> Option<Self> {
        let Quantity::Node(node) = quantity else {
            return quantity.is_asked().then_some(Self::Quantity(quantity));
        };
        match node.quantity {
            NodeQuantity::Sum => Some(Self::Sum),
            NodeQuantity::Value if node.node.layer == LayerKind::Input => None,
            NodeQuantity::Value => Some(Self::Value),
            NodeQuantity::Signal => Some(Self::Signal),
            NodeQuantity::Raw | NodeQuantity::Target => None,
        }
    }

    /// The number of a node that it is; `None` of what is no number of a node.
    pub fn of_node(self, node: Node) -> Option<Quantity> {
        let quantity = match self {
            Self::Sum => NodeQuantity::Sum,
            Self::Value => NodeQuantity::Value,
            Self::Signal => NodeQuantity::Signal,
            Self::Quantity(_) => return None,
        };
        Some(Quantity::Node(OfNode { quantity, node }))
    }

    /// Whether it is a number of a node, and not of a parameter's update.
    pub fn is_of_node(self) -> bool {
        !matches!(self, Self::Quantity(_))
    }

    /// Whether it comes before the update proper: a number of a node, or a gradient.
    pub fn is_before_delta(self) -> bool {
        self.is_of_node() || self == Self::Quantity(Quantity::Gradient)
    }
}
