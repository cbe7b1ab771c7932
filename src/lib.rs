//! A tutor for neural-network momentum: a debugger for weight updates.
//!
//! The library is a house of floors. A folder uses those on lower floors, and of its own floor only those before a
//! "then"; `tests/it/layers.rs` reads this table and enforces it.
//!
//! | floor | folders | own |
//! |---|---|---|
//! | 9 | [`terminal`], [`repl`], [`batch`] | what touches the outside; they know nothing of one another |
//! | 8 | [`screen`] | the full screen, without a terminal |
//! | 7 | [`view`] | what a frontend needs to draw or say |
//! | 6 | [`session`] | a learner's sitting |
//! | 5 | [`practice`], [`pictures`] | rounds of fresh problems; the ways of looking at a run |
//! | 4 | [`record`] | what is kept of a learner |
//! | 3 | [`exercise`], then [`asking`], then [`lesson`] | numbers that are asked for, and what an answer tells; asking, in one protocol; lessons as teachers write them |
//! | 2 | [`explain`], then [`export`], then [`command`] | numbers put into words; rows, and the formats they are written in; the command language |
//! | 1 | [`timeline`] | a run that can be walked in both directions |
//! | 0 | [`watch`], then [`math`], [`files`] | long work, and who waits for it; the arithmetic; files on the disk or in memory |

pub mod asking;
pub mod batch;
pub mod command;
pub mod exercise;
pub mod explain;
pub mod export;
pub mod files;
pub mod lesson;
pub mod math;
pub mod pictures;
pub mod practice;
pub mod record;
#[cfg(feature = "repl")]
pub mod repl;
pub mod screen;
pub mod session;
#[cfg(feature = "terminal")]
pub mod terminal;
pub mod timeline;
pub mod view;
pub mod watch;
