//! Floor 3: asking, in one protocol: a question is asked, an answer judged, a hint given, the solution shown, and the
//! question asked afresh, over one [`Attempt`].
//!
//! Owns what a question of each kind is and does, and what becomes of it. It knows no sitting, no lesson and no record:
//! it is handed a [`Scene`], which lessons, practice and tests each make, and answers with data.

mod attempt;
mod digest;
mod exercise;
mod fault;
mod goal;
mod goal_words;
mod judgement;
mod kinds;
mod line;
mod number_words;
mod numbers;
mod scene;
mod sights;
mod task;

pub use attempt::{Attempt, ExerciseStatus, Fresh, Help};
pub use exercise::{Exercise, Waiting};
pub use fault::{Fault, Piece};
pub use judgement::{Feedback, FeedbackKind, Judgement, Lead, Mark, Next};
pub use kinds::*;
pub use line::{Foretold, foretold};
pub use numbers::{afresh, judge};
pub use scene::{Scene, Stage, facts, is_shown};
pub use sights::Sights;
pub use task::{Mistake, Numbers, Support, Task};
