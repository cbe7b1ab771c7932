//! Checking lessons by running them.

use std::sync::Arc;

use crate::files::Files;
use crate::lesson::Lesson;
use crate::session::Session;
use crate::watch::{Halt, PAGE, Watch};

/// To check an exercise, its page is prepared and its run made several times.
const EXERCISE: u64 = 4 * PAGE;

/// Loads a lesson, opens each of its pages, in order and on its own, and solves their exercises; the answer says
/// what has been checked. Whoever waits is told at which page it is.
///
/// # Errors
/// What is wrong, in words for the teacher; also where a page takes longer than it may, or somebody stops it.
pub fn check(files: &dyn Files, name: &str, watch: &Watch) -> Result<String, String> {
    watch.during(|| checked(files, name, watch))
}

fn checked(files: &dyn Files, name: &str, watch: &Watch) -> Result<String, String> {
    let lesson = Arc::new(Lesson::open_in(files, name).map_err(|error| error.to_string())?);
    let wrong = |refusal: crate::command::Refusal| {
        format!("error: {name}: {}: {}", refusal.message, refusal.advice)
    };
    let pages = lesson.pages.len();
    let place = |page: usize| watch.set_place(format!("{name}, page {page} of {pages}"));
    place(1);
    let opened = Session::new_watched(Arc::clone(&lesson), watch.clone());
    let mut walked = opened.map_err(wrong)?;
    for page in 1..=pages {
        let line = format!("page {page}");
        let fresh = Session::unopened_and_watched(Arc::clone(&lesson), watch.clone());
        for session in [&mut walked, &mut { fresh }] {
            place(page);
            let done = session.run_line(&line);
            unless_too_long(files, name, session)?;
            done.map_err(|complaint| format!("error: {name}: {}", complaint.with_advice()))?;
            let exercise = || session.check_exercise();
            let (solved, halt) = watch.within(EXERCISE, exercise);
            match halt {
                None => {}
                Some(Halt::Stopped) => return Err(stopped(name, page)),
                Some(Halt::Spent) => {
                    return Err(format!(
                        "error: {name}: page {page}, exercise: checking it makes more updates than a page may make; a shorter run, or a `solution` that is nearer"
                    ));
                }
            }
            solved.map_err(|reason| format!("error: {name}: page {page}, exercise: {reason}"))?;
        }
    }
    let word = if pages == 1 { "page" } else { "pages" };
    let title = &lesson.title;
    Ok(format!("{name}: {title} ({pages} {word}) is sound"))
}

fn stopped(name: &str, page: usize) -> String {
    format!("{name}: stopped at page {page}; what comes after it is not checked")
}

/// # Errors
/// Where the open page has not been prepared to its end.
fn unless_too_long(files: &dyn Files, name: &str, session: &Session) -> Result<(), String> {
    let Some(unfinished) = session.unfinished() else {
        return Ok(());
    };
    let (page, index) = (session.page_index(), unfinished.command);
    if unfinished.halt == Halt::Stopped {
        return Err(stopped(name, page + 1));
    }
    let (line, step) = (&session.page().commands[index].line, unfinished.step);
    let most = PAGE / session.lesson().model.work();
    let message = format!(
        "page {} takes too long to open: `{line}` has come to step {step} when it had made as much as a page may make",
        page + 1
    );
    let advice = format!("about {most} updates of this model in all, for all commands of a page");
    let error = Lesson::wrong_command(files, name, (page, index), message, advice);
    Err(error.to_string())
}
