//! Floor 4: what is kept of a learner from one sitting to the next.
//!
//! Owns the logbook, the lines that have been typed, the shelf on which both lie, and moments. Knows no sitting.

#[cfg(feature = "files")]
mod folder;
mod hand_in;
mod keeper;
mod logbook;
mod moment;
mod shelf;
mod typed_lines;

#[cfg(feature = "files")]
pub use folder::Folder;
pub use hand_in::{ExerciseDone, HandIn, LessonDone, SkillDone};
pub use keeper::{Keeper, PROGRESS_FILE};
pub use logbook::{
    DAYS_TO_MASTER, Entry, ExerciseLog, LessonLog, Logbook, RightAnswer, SkillLog, Standing,
    Tastes, VARIANTS_TO_MASTER, What,
};
pub use moment::{Clock, DAY, Moment};
pub use shelf::{Hold, Lying, MemoryShelf, Shelf};
pub use typed_lines::{HISTORY_FILE, TypedLines};
