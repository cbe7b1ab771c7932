//! A tutor for neural-network momentum: a debugger for weight updates.
//!
//! The library is a house of floors. Imports go down or sideways within a floor, never up; `tests/layers.rs`
//! enforces it.
//!
//! | floor | modules | owns |
//! |---|---|---|
//! | 7 | [`tui`], [`repl`], [`batch`] | frontends that know nothing of each other |
//! | 6 | [`view`] | what a frontend needs to draw |
//! | 5 | [`session`] | a learner's sitting |
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
pub mod repl;
pub mod session;
pub mod timeline;
pub mod tui;
pub mod view;
