//! Floor 7: what runs without a learner: traces for files and other programs, and checking lessons.
//!
//! Everything here reads a lesson and writes text to whatever it is given; nothing touches a terminal.

mod check;
mod trace;

pub use check::check;
pub use trace::{Request, trace};
