//! The quantities of an update: their names, words and symbols.

use std::borrow::Cow;

use super::OfNode;
use crate::math::Rule;

/// A number of an update that can be shown, asked about and predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// The learning rate.
    LearningRate,
    /// The momentum coefficient.
    Momentum,
    /// The weight before the update.
    Before,
    /// The gradient, in the lesson's convention.
    Gradient,
    /// The plain step.
    Delta,
    /// The weight after the plain step, before the momentum term.
    PlainWeight,
    /// What is remembered of earlier updates.
    Memory,
    /// What the memory adds.
    MomentumTerm,
    /// The weight after the update.
    After,
    /// What is remembered for the next update.
    NewMemory,
    /// Delta + momentum term.
    Change,
    /// Change / downhill gradient.
    EffectiveRate,
    /// E of the item, before the update.
    Error,
    /// The height of a surface, before the update.
    Loss,
    /// Something about a node of a network.
    Node(OfNode),
}

impl Quantity {
    /// Every quantity of a parameter's update, in its order. A network has others besides: the error, and what its
    /// nodes have.
    pub const ALL: [Self; 12] = [
        Self::LearningRate,
        Self::Momentum,
        Self::Before,
        Self::Gradient,
        Self::Delta,
        Self::PlainWeight,
        Self::Memory,
        Self::MomentumTerm,
        Self::After,
        Self::NewMemory,
        Self::Change,
        Self::EffectiveRate,
    ];

    /// The name used in lessons and commands.
    pub fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::LearningRate => "learning_rate",
            Self::Momentum => "momentum",
            Self::Before => "before",
            Self::Gradient => "gradient",
            Self::Delta => "delta",
            Self::PlainWeight => "plain_weight",
            Self::Memory => "previous_delta",
            Self::MomentumTerm => "momentum_term",
            Self::After => "after",
            Self::NewMemory => "new_memory",
            Self::Change => "change",
            Self::EffectiveRate => "effective_rate",
            Self::Error => "error",
            Self::Loss => "loss",
            Self::Node(of_node) => return of_node.name().into(),
        };
        name.into()
    }

    /// Short or older names that are understood as well.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::LearningRate => &["lr", "eta"],
            Self::Momentum => &["mu"],
            Self::Memory => &["memory"],
            Self::Gradient => &["g"],
            _ => &[],
        }
    }

    /// The quantity called `name`, or known by it as a short name.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |quantity: &Self| quantity.name() == name || quantity.aliases().contains(&name);
        let all = Self::ALL.into_iter().chain([Self::Error, Self::Loss]);
        all.into_iter()
            .find(known)
            .or_else(|| OfNode::from_name(name).map(Self::Node))
    }

    /// The symbol shown beside the words.
    pub fn symbol(self) -> Cow<'static, str> {
        let symbol = match self {
            Self::LearningRate => "η",
            Self::Momentum => "μ",
            Self::Before => "w",
            Self::Gradient => "g",
            Self::Delta => "Δ",
            Self::PlainWeight => "w′",
            Self::Memory => "m",
            Self::MomentumTerm => "μm",
            Self::After => "w″",
            Self::NewMemory => "m′",
            Self::Change => "c",
            Self::EffectiveRate => "r",
            Self::Error | Self::Loss => "E",
            Self::Node(of_node) => return of_node.symbol().into(),
        };
        symbol.into()
    }

    /// The words of the quantity under `rule`: a memory is called by what it holds.
    pub fn words(self, rule: Rule) -> Cow<'static, str> {
        let words = match self {
            Self::LearningRate => "learning rate",
            Self::Momentum => "momentum",
            Self::Before => "weight before",
            Self::Gradient => "gradient",
            Self::Delta => "delta",
            Self::PlainWeight => "plain weight",
            Self::MomentumTerm => "momentum term",
            Self::After => "new weight",
            Self::Change => "change",
            Self::EffectiveRate => "effective rate",
            Self::Memory => rule.memory_words(),
            Self::NewMemory => "kept for next",
            Self::Error => "error",
            Self::Loss => "loss",
            Self::Node(of_node) => return of_node.words().into(),
        };
        words.into()
    }
}
