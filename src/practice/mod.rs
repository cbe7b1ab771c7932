//! Floor 5: practice, rounds of fresh problems without a lesson.
//!
//! Owns what is asked next, a problem and its round, and what a typed line means in it. Knows no sitting.

mod choosing;
mod line;
mod problem;
mod reply;
mod round;

pub use choosing::skills_mastered;
pub use reply::{Asked, Reply};
pub use round::{Ending, HELP, MOST_PROBLEMS, Practice, USUAL_PROBLEMS};
