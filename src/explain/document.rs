//! The text of a lesson page: blocks of words with live values among them.

use super::{Line, Quantity, Role, Span, Text};

/// A value that a page shows live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// A quantity of the update on the screen.
    Quantity(Quantity),
    /// The name of the update rule.
    Rule,
    /// The name of the parameter.
    Parameter,
    /// The number of the update on the screen, from 1.
    Update,
    /// How many updates there are.
    Updates,
}

impl Live {
    /// The value that `{name}` stands for in a page.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "rule" => Some(Self::Rule),
            "parameter" => Some(Self::Parameter),
            "update" => Some(Self::Update),
            "updates" => Some(Self::Updates),
            _ => Quantity::from_name(name).map(Self::Quantity),
        }
    }

    /// Every name that may stand between braces, for advice.
    pub fn names() -> impl Iterator<Item = String> {
        let others = ["rule", "parameter", "update", "updates"];
        Quantity::named()
            .map(|quantity| quantity.name().into_owned())
            .chain(others.map(str::to_owned))
    }
}

/// A run of words, or a live value.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words in a role.
    Words(Span),
    /// A value of the update on the screen.
    Value(Live),
}

/// A paragraph, a heading, an item of a list, a quotation or a line of code.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What the block's first line begins with, such as `• ` or `1. `; later lines are indented as far.
    pub marker: String,
    /// The words.
    pub content: Vec<Inline>,
    /// Whether an empty line stands before it.
    pub apart: bool,
}

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The text with its live values filled in by `value`. Each line is a paragraph, still to be wrapped.
    pub fn fill(&self, value: impl Fn(Live) -> Span) -> Text {
        let mut lines = Vec::new();
        for block in &self.blocks {
            if block.apart && !lines.is_empty() {
                lines.push(Line::new());
            }
            let mut line = Line {
                spans: Vec::new(),
                indent: block.marker.chars().count(),
            };
            if !block.marker.is_empty() {
                line.push(block.marker.clone(), Role::Muted);
            }
            for inline in &block.content {
                line.spans.push(match inline {
                    Inline::Words(span) => span.clone(),
                    Inline::Value(wanted) => value(*wanted),
                });
            }
            lines.push(line);
        }
        lines.into()
    }
}
