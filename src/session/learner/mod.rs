//! What a learner has done: the lessons of a course with it, how it is told and forgotten, and what is handed in of it.

mod course;
mod hand_in;
mod progress;

pub use course::{CourseLesson, Library, Tally, course, where_stopped};
pub use hand_in::hand_in;
