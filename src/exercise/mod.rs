//! Floor 3: questions, and what an answer tells.
//!
//! Owns what can be asked, how an answer is judged, the wrong rules that explain wrong answers, hints and fresh
//! numbers for the same question. Everything here is a function of plain numbers: where they come from, and what
//! has been asked and answered before, is the session's business. How an exercise is written is the lesson's.

mod asked;
mod asking;
mod dice;
mod facts;
mod feedback;
mod grading;
mod hint;
mod misconception;
mod node_slips;
mod recipe;
mod skill;
mod slips;
mod told;
mod typed;
mod variant;
mod worked;

pub use asked::Asked;
pub use asking::{given, question};
pub use dice::Dice;
pub use facts::{Facts, SlopeFacts};
pub use feedback::{misconceptions, more_digits, right, wrong};
pub use grading::{Key, LEAST_DIGITS, Verdict, Why, Wrong};
pub use hint::{hints, tells};
pub use misconception::{Misconception, applicable};
pub use skill::{NodeKind, Skill, Topic, Tried};
pub use told::listed;
pub use typed::{MOST_DIGITS, Typed, missing, rounded, typed};
pub use variant::variant;
pub use worked::{example, printed, steps, worked};
