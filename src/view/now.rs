//! What can be done here and now: the commands, and what each would do at the moment.

use super::Onward;
use super::narration::is_about_picture;
use crate::explain::Line;
use crate::session::Session;

/// A command line, and what it would do at the moment.
pub type Doing = (&'static str, String);

/// What can be done at the moment, with the numbers and titles of the moment: the question that the page asks first,
/// where it asks one that is not `open`.
pub fn here_and_now(session: &Session, open: bool) -> Vec<Doing> {
    let mut doings = Vec::new();
    let asks = session.asks_something();
    if let Some(wanted) = session.wanted().filter(|_| asks && !open) {
        doings.push(("exercise", format!("answer: this page asks for {wanted}")));
    }
    let derivation = session.derivation();
    let shown = session.position().lines;
    let words = |index: usize| {
        let line = derivation.lines.get(index)?;
        let (symbol, words) = (line.symbol(), line.quantity.words(derivation.rule));
        Some(format!("{symbol}, {words}"))
    };
    let ended = session.lesson().model.updates() == Some(session.step());
    // A page about a picture tells no update line by line, unless one has been begun.
    let by_lines = !(is_about_picture(session) && shown == 0);
    doings.push(match words(shown).filter(|_| by_lines) {
        Some(words) => ("next", format!("show {words}")),
        None if ended => (
            "goto start",
            "go back to the start: this was the last update".to_owned(),
        ),
        None => ("step", "make the next update".to_owned()),
    });
    if let Some(words) = shown.checked_sub(1).and_then(words) {
        doings.push(("why", format!("why is {words} this number?")));
    }
    let stays = if asks {
        "; the question stays open"
    } else {
        ""
    };
    match Onward::after_page(session) {
        Onward::Page(number, title) => {
            let what = format!("go on to page {number}, {title}{stays}");
            doings.push(("page next", what));
        }
        Onward::Lesson(title, _) => {
            doings.push(("page next", format!("go on to the lesson {title}{stays}")));
        }
        Onward::Question(..) | Onward::End => {}
    }
    doings
}

/// The same for whoever types lines, a sentence each.
pub(super) fn in_sentences(session: &Session) -> Vec<Line> {
    let waiting = session.waiting();
    let open = waiting.as_ref().map(|waiting| waiting.how_to_answer);
    let open = open.map(|how| Line::plain(format!("A question is open. {how}")));
    let doings = here_and_now(session, open.is_some());
    let told = doings
        .into_iter()
        .map(|(command, what)| Line::plain(format!("Type {command} to {}.", to_do(&what))));
    open.into_iter().chain(told).collect()
}

/// What would be done, after `to`.
fn to_do(what: &str) -> String {
    match what.strip_prefix("why is ") {
        Some(why) => format!(
            "hear why {}",
            why.replace(" this number?", " is this number")
        ),
        None => what.to_owned(),
    }
}
