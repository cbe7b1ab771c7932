//! Checking lessons by running them.

use std::sync::Arc;

use crate::files::Files;
use crate::lesson::Lesson;
use crate::session::Session;

/// Loads a lesson, opens each of its pages, in order and on its own, and solves their exercises; the answer says
/// what has been checked.
///
/// # Errors
/// What is wrong, in words for the teacher.
pub fn check(files: &dyn Files, name: &str) -> Result<String, String> {
    let lesson = Arc::new(Lesson::open_in(files, name).map_err(|error| error.to_string())?);
    let wrong = |refusal: crate::command::Refusal| {
        format!("error: {name}: {}: {}", refusal.message, refusal.advice)
    };
    let pages = lesson.pages.len();
    let mut walked = Session::new(Arc::clone(&lesson)).map_err(wrong)?;
    for page in 1..=pages {
        let line = format!("page {page}");
        let mut sittings = [&mut walked, &mut Session::unopened(Arc::clone(&lesson))];
        for session in &mut sittings {
            (session.run_line(&line))
                .map_err(|complaint| format!("error: {name}: {}", complaint.with_advice()))?;
            (session.check_exercise())
                .map_err(|reason| format!("error: {name}: page {page}, exercise: {reason}"))?;
        }
    }
    let word = if pages == 1 { "page" } else { "pages" };
    let title = &lesson.title;
    Ok(format!("{name}: {title} ({pages} {word}) is sound"))
}
