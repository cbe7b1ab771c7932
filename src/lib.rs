//! A tutor for neural-network momentum: a debugger for weight updates.
//!
//! The library is a house of floors. Imports go down or sideways within a floor, never up; `tests/layers.rs`
//! enforces it.
//!
//! | floor | modules | owns |
//! |---|---|---|
//! | 9 | [`screen`], [`repl`], [`batch`] | frontends that know nothing of each other |
//! | 8 | [`view`] | what a frontend needs to draw |
//! | 7 | [`session`] | a learner's sitting |
//! | 6 | [`practice`] | rounds of fresh problems |
//! | 5 | [`record`] | what is kept of a learner |
//! | 4 | [`lesson`] | lessons as teachers write them |
//! | 4 | [`exercise`] | questions, and what an answer tells |
//! | 3 | [`command`] | the command language |
//! | 2 | [`explain`] | numbers put into words |
//! | 1 | [`timeline`] | a run that can be walked in both directions |
//! | 0 | [`math`] | the arithmetic |

pub mod batch;
pub mod command;
pub mod exercise;
pub mod explain;
pub mod lesson;
pub mod math;
pub mod pictures;
pub mod practice;
pub mod record;
pub mod repl;
pub mod screen;
pub mod session;
pub mod timeline;
pub mod view;
