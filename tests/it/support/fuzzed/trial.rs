//! Something of one's own: a line as `try` has it, and a file of data behind it.

use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::{Lesson, Wanted};
use nnmom_tutor::session::Session;

use super::{Impatient, assert_harmless};

/// A longer file says nothing new, and a longer formula only takes longer.
const LONGEST: usize = 400;

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned();
    let (line, file) = text.split_once('\n').unwrap_or((&text, ""));
    let files = Memory::default();
    files.put("data.csv", file);
    let lesson = match Lesson::tried(&files, &Wanted::parse(line)) {
        Ok(lesson) => lesson,
        Err(error) => return assert_harmless(&error.to_string()),
    };
    let session = Session::unopened_and_watched(Arc::new(lesson), Impatient::watch());
    let mut session = session.with_files(Rc::new(files.clone()));
    // What is written of it is a lesson.
    if session.run_line("lesson own.yaml").is_ok()
        && let Err(error) = Lesson::open_in(&files, "own.yaml")
    {
        panic!("{line:?}: {error}");
    }
}
