//! Whether a lesson in two languages is one lesson: the same runs, questions and answers, whatever its words.

use std::sync::Arc;

use crate::asking::Answering;
use crate::files::Files;
use crate::lesson::{Lesson, Spot};
use crate::session::Session;
use crate::timeline::{Run, Timeline};
use crate::watch::{Halt, Watch};

/// So many updates of the models are compared, where runs have no end.
const COMPARED: u64 = 200;
/// Checking an exercise may make so many times as much as a page.
const EXERCISE: u64 = 4;

/// Proves that two lesson files have the same runs, questions and answers, page by page; the answer says so.
///
/// # Errors
/// What differs, each in its place in the second file and with the line of the first; or why one cannot be read.
pub fn same(files: &dyn Files, names: [&str; 2], watch: &Watch) -> Result<String, String> {
    watch.during(|| compared(files, names, watch))
}

fn compared(files: &dyn Files, names: [&str; 2], watch: &Watch) -> Result<String, String> {
    let open = |name: &str| Lesson::open_in(files, name).map_err(|error| error.to_string());
    let (first, second) = (Arc::new(open(names[0])?), Arc::new(open(names[1])?));
    let mut found = Vec::new();
    let mut differs = |spot: Spot, message: String| {
        let line = first.line_of(&spot);
        found.push((
            spot,
            message,
            format!("{}:{line} has it otherwise", names[0]),
        ));
    };
    if let Some(message) = models(&first, &second) {
        differs(Spot::Model, message);
    }
    let (pages, others) = (first.pages.len(), second.pages.len());
    if pages != others {
        let message = format!(
            "this lesson has {others} pages, and {} has {pages}",
            names[0]
        );
        differs(Spot::Page(others.min(pages).saturating_sub(1)), message);
    }
    for page in 0..pages.min(others) {
        watch.set_place(format!("{}, page {} of {others}", names[1], page + 1));
        let sessions = [&first, &second].map(|lesson| {
            let mut session = Session::unopened_and_watched(Arc::clone(lesson), watch.clone());
            let opened = session.run_line(&format!("page {}", page + 1));
            opened.map(|_| session).ok()
        });
        let [Some(one), Some(other)] = sessions else {
            return Err(format!(
                "page {} cannot be opened; `check` says why",
                page + 1
            ));
        };
        if let Some(message) = states(&one, &other) {
            differs(Spot::Page(page), message);
        }
        let count = first.pages[page].exercises.len();
        if second.pages[page].exercises.len() != count {
            let message = format!("the other page has {count} exercises, and this another number");
            differs(Spot::Page(page), message);
            continue;
        }
        for nth in 0..count {
            let pair = [&one, &other].map(|session| session.clone().asking(nth));
            let pages = EXERCISE * watch.page();
            let (message, halt) = watch.within(2 * pages, || questions(&pair));
            if halt == Some(Halt::Stopped) {
                return Err(format!("{}: stopped at page {}", names[1], page + 1));
            }
            if let Some(message) = message {
                differs(Spot::Exercise(page, nth, Vec::new()), message);
            }
        }
    }
    if !found.is_empty() {
        return Err(second.wrong(names[1], found).to_string());
    }
    let questions = first.questions().count();
    Ok(format!(
        "{} and {} are the same: {pages} pages, {questions} exercises, every run and every answer",
        names[0], names[1]
    ))
}

/// What differs between two models and their settings at the start.
fn models(first: &Lesson, second: &Lesson) -> Option<String> {
    if first.settings != second.settings {
        return Some("`training` has other numbers, or another rule".to_owned());
    }
    if first.convention != second.convention {
        return Some("gradients are written with the other sign".to_owned());
    }
    let runs = [first, second].map(|lesson| {
        let mut timeline = Timeline::new(Arc::clone(&lesson.model), lesson.settings);
        // Where a run stops, it has come as far as it can be compared.
        let _ = (timeline.run_mut()).reach(
            lesson
                .model
                .updates()
                .map_or(COMPARED, |all| all.min(COMPARED)),
        );
        timeline
    });
    runs_differ(runs[0].run(), runs[1].run())
        .map(|message| format!("the model is another: {message}"))
}

/// What differs between two runs as far as they have come: compared bit for bit.
fn runs_differ(one: &Run, other: &Run) -> Option<String> {
    let [a, b] = [one, other].map(Run::reached);
    let [first, second] = [one, other].map(|run| run.state(0).weights.len());
    if first != second {
        return Some(format!("{second} parameters, and there {first}"));
    }
    if !one.changes().eq(other.changes()) {
        return Some("other settings were changed on the way".to_owned());
    }
    let is_same = |step: &u64| {
        let [x, y] = [one, other].map(|run| run.state(*step));
        let bits = |weights: &[f64]| weights.iter().map(|w| w.to_bits()).collect::<Vec<_>>();
        bits(&x.weights) == bits(&y.weights) && x.settings == y.settings
    };
    let last = a.min(b);
    let mut steps = (0..=last.min(COMPARED)).chain([last]);
    if let Some(step) = steps.find(|step| !is_same(step)) {
        return Some(format!("after {step} updates its numbers are others"));
    }
    (a != b).then(|| format!("{b} updates, and there {a}"))
}

/// What differs between two pages that have opened.
fn states(one: &Session, other: &Session) -> Option<String> {
    let branches = [one, other].map(|session| session.timeline().branches());
    if branches[0].len() != branches[1].len() {
        let [a, b] = branches.map(<[_]>::len);
        return Some(format!(
            "this page opens with {b} branches, and there with {a}"
        ));
    }
    let mut pairs = branches[0].iter().zip(branches[1]);
    let different = pairs.find_map(|(one, other)| runs_differ(&one.run, &other.run));
    if let Some(different) = different {
        return Some(format!("this page opens with another run: {different}"));
    }
    if (one.position(), one.focus()) != (other.position(), other.focus()) {
        return Some("this page opens at another line or another parameter".to_owned());
    }
    let picture = |session: &Session| session.page().picture;
    (picture(one) != picture(other)).then(|| "this page shows another picture".to_owned())
}

/// What differs between two questions, each in its sitting.
fn questions(pair: &[Session; 2]) -> Option<String> {
    let [one, other] = pair.each_ref().map(Session::current_question);
    let (one, other) = (one?, other?);
    if let Some(different) = one.kind().differs(other) {
        return Some(different.to_owned());
    }
    match one.kind().answers() {
        // Which letter is right depends on how lines are shuffled, and that on their words.
        Answering::Choice(_) | Answering::Letters(_) => return None,
        Answering::Number | Answering::Done => {}
    }
    let answers = pair.each_ref().map(|session| session.answered().ok());
    let [first, second] = answers
        .each_ref()
        .map(|proof| proof.as_ref().map(|proof| &proof.answer));
    (first != second).then(|| "this exercise has another answer".to_owned())
}
