//! A tutor for neural-network momentum: a debugger for weight updates.
//!
//! The library is a house of floors. Imports go down or sideways within a floor, never up; `tests/it/layers.rs`
//! enforces it.
//!
//! | floor | modules | owns |
//! |---|---|---|
//! | 9 | [`terminal`], [`repl`], [`batch`] | what touches the outside; they know nothing of each other |
//! | 8 | [`screen`] | the full screen, without a terminal |
//! | 7 | [`view`] | what a frontend needs to draw |
//! | 6 | [`session`] | a learner's sitting |
//! | 5 | [`practice`] | rounds of fresh problems |
//! | 4 | [`record`] | what is kept of a learner |
//! | 3 | [`lesson`] | lessons as teachers write them |
//! | 3 | [`exercise`] | questions, and what an answer tells |
//! | 2 | [`command`] | the command language |
//! | 2 | [`explain`] | numbers put into words |
//! | 1 | [`timeline`] | a run that can be walked in both directions |
//! | 0 | [`math`] | the arithmetic |

pub mod batch;
pub mod command;
pub mod exercise;
pub mod explain;
pub mod lesson;
pub mod math;
pub mod practice;
pub mod record;
pub mod repl;
pub mod screen;
pub mod session;
pub mod terminal;
pub mod timeline;
pub mod view;
