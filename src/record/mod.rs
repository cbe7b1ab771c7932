//! Floor 4: what is kept of a learner from one sitting to the next.
//!
//! Owns the logbook, the file it is kept in, the lines that have been typed, and the clock. Knows no sitting.

mod keeper;
mod logbook;
mod moment;
mod typed_lines;
mod whole;

pub use keeper::{Keeper, PROGRESS_FILE};
pub use logbook::{
    DAYS_TO_MASTER, Entry, ExerciseLog, LessonLog, Logbook, RightAnswer, SkillLog, Standing,
    VARIANTS_TO_MASTER, What,
};
pub use moment::{Clock, DAY, Moment};
pub use typed_lines::{HISTORY_FILE, TypedLines};
pub use whole::write_whole;
