//! Floor 9: what runs without a learner: traces and whole runs for files and other programs, and checking lessons.
//!
//! Everything here reads a lesson and writes text to whatever it is given; nothing touches a terminal.

mod check;
mod class;
mod findings;
mod handout;
mod run;
mod same;
mod sweep;
mod trace;

pub use check::{Checked, Found, check, lessons_of};
pub use class::Class;
pub use findings::{Summary, write_finding};
pub use handout::{Paper, handout};
pub use run::{Ended, Length, RunRequest, run};
pub use same::same;
pub use sweep::SweepRows;
pub use trace::{Request, trace};
