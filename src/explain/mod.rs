//! Floor 2: numbers put into words.
//!
//! Owns the one way from a number to text and back, the words, symbols and roles of the quantities, the derivation
//! of an update as data, and the same derivation as code. Every piece of text carries a role; a frontend decides
//! what a role looks like.

mod backprop;
pub mod behaviour;
mod code;
mod derivation;
mod document;
pub mod expression;
mod formula;
mod known;
mod node;
pub mod number;
mod quantity;
mod text;
mod why;

pub use backprop::{share, shared_signal, squeezed, times_slope, total};
pub use code::{Language, Listing, ListingLine};
pub use derivation::{Derivation, DerivationLine, stepped, value_of, value_of_update};
pub use document::{Block, Document, Inline, Live};
pub use formula::{Form, Formula, Function, Leaf, Written};
pub use known::Known;
pub use node::{LayerKind, Node, NodeQuantity, OfNode};
pub use number::Digits;
pub use quantity::Quantity;
pub use text::{Line, Role, Span, Text, capital, plural};
pub use why::{Origin, Share, unrolled, why};
