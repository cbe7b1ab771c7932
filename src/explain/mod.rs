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
mod material;
mod node;
mod nodes;
pub mod number;
mod of_rule;
mod print;
mod quantity;
mod shares;
mod shown;
mod signed;
mod text;
mod value;
mod why;

pub use backprop::Backprop;
pub use code::{Code, Language, Listing, ListingLine};
pub use derivation::{Derivation, DerivationLine, stepped};
pub use document::{Block, Document, Inline, Live, Piece, Stand, Table};
pub use formula::{Formula, Function, Operator, Written};
pub use known::Known;
pub use material::{rough_of, roughs_of};
pub use node::{LayerKind, Node, NodeQuantity, OfNode, way_of};
pub use nodes::{Incoming, NodeFacts, Outgoing, Source, squeezed, times_slope, total};
pub use number::{Decimal, Digits};
pub use of_rule::OfRule;
pub use print::{Form, Leaf};
pub use quantity::Quantity;
pub use shares::{Share, ShareOrigin, unrolled};
pub use shown::{can_be_seen, marked, shown};
pub use signed::{Signed, as_written, flipped, given, negated, plus};
pub use text::{
    Line, Role, Span, Stress, Text, acts, begun, capital, padded, plural, printable, series,
};
pub use value::{value_in_sight, value_of, value_of_update};
pub use why::why;
