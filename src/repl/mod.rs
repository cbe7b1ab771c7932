//! Floor 9: line mode. Words in, words out: no boxes, nothing repainted, every step a sentence.
//!
//! Three ways in: a person at a prompt, a pipe, and a script. The only place that knows rustyline.

mod editor;
mod paint;
mod practice;
mod script;

pub use editor::converse;
pub use paint::Printer;
pub use practice::{practise, practise_with_pipe};
pub use script::{Failed, marked, pipe, run_script};
