//! Checking lessons by running them.

use std::sync::Arc;

use crate::files::Files;
use crate::lesson::{Lesson, Spot};
use crate::session::Session;

/// Loads a lesson, opens each of its pages, in order and on its own, and solves their exercises; the answer says
/// what has been checked. Everything that is wrong is told at once, each where it stands.
///
/// # Errors
/// What is wrong, in words for the teacher.
pub fn check(files: &dyn Files, name: &str) -> Result<String, String> {
    let lesson = Arc::new(Lesson::open_in(files, name).map_err(|error| error.to_string())?);
    let pages = lesson.pages.len();
    let mut walked = Session::unopened(Arc::clone(&lesson));
    let mut found: Vec<(Spot, String, String)> = Vec::new();
    for page in 0..pages {
        let mut alone = Session::unopened(Arc::clone(&lesson));
        let mut here = alone.check_commands(page);
        for session in [&mut walked, &mut alone] {
            match session.run_line(&format!("page {}", page + 1)) {
                Err(complaint) => {
                    here.push((Spot::Page(page), complaint.message, complaint.advice))
                }
                Ok(_) => here.extend(session.check_exercise().err().map(|reason| {
                    let place = format!("the exercise of page {}", page + 1);
                    (Spot::Exercise(page), reason, place)
                })),
            }
        }
        here.dedup();
        found.extend(here);
    }
    if !found.is_empty() {
        return Err(lesson.wrong(name, found).to_string());
    }
    let word = if pages == 1 { "page" } else { "pages" };
    let title = &lesson.title;
    Ok(format!("{name}: {title} ({pages} {word}) is sound"))
}
