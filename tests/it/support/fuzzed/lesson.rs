//! Lessons as teachers write them, right and wrong.

use std::sync::Arc;

use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::{Lesson, LoadError};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::introduce;

use super::{Impatient, PRINTER, assert_harmless};

/// More problems than this are not told.
const MOST_PROBLEMS: usize = 20;

/// The files that lie beside the lesson.
const FILES: [(&str, &str); 3] = [
    (
        "data/good.csv",
        include_str!("../../../broken/data/good.csv"),
    ),
    (
        "data/empty-cell.csv",
        include_str!("../../../broken/data/empty-cell.csv"),
    ),
    (
        "data/iris-test.csv",
        include_str!("../../../../lessons/data/iris-test.csv"),
    ),
];

pub fn check(bytes: &[u8]) {
    let files = Memory::default();
    for (name, text) in FILES {
        files.put(format!("folder/{name}"), text);
    }
    match Lesson::parse_in(&files, "folder/lesson.yaml", bytes) {
        Err(error) => assert_told(&error, bytes),
        Ok(lesson) => {
            assert!(!lesson.title.trim().is_empty() && !lesson.pages.is_empty());
            look_at(lesson);
        }
    }
}

/// What is wrong is told with places in the file.
fn assert_told(error: &LoadError, bytes: &[u8]) {
    let told = error.to_string();
    assert_harmless(&told);
    let (message, advice) = error.brief();
    assert!(!message.contains('\n') && !advice.contains('\n'));
    assert_harmless(message);
    assert_harmless(advice);
    let places: Vec<&str> = told
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .collect();
    assert!(places.len() <= MOST_PROBLEMS);
    if told.starts_with("error: the lesson ") {
        // It is no text, or far too long.
        return;
    }
    assert!(!places.is_empty(), "{told}");
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    for place in places {
        let place = place.strip_prefix("folder/lesson.yaml:");
        let (line, column) = place.and_then(|place| place.split_once(':')).unwrap();
        let (line, column): (usize, usize) = (line.parse().unwrap(), column.parse().unwrap());
        let line = line.checked_sub(1).and_then(|line| lines.get(line));
        let is_inside = |line: &&str| (1..=line.chars().count() + 1).contains(&column);
        assert!(line.is_some_and(is_inside), "{told}");
    }
}

/// A lesson that is sound can be opened at every page, or says why not.
fn look_at(lesson: Lesson) {
    // What takes long is not what is looked for.
    if lesson.model.parameters().len() > 1000 {
        return;
    }
    let lesson = Arc::new(lesson);
    let mut out = Vec::new();
    for page in 0..lesson.pages.len().min(4) {
        let mut session = Session::unopened_and_watched(Arc::clone(&lesson), Impatient::watch());
        if session.run_line(&format!("page {}", page + 1)).is_ok() {
            PRINTER.print(&introduce(&session), &mut out).unwrap();
            let _ = session.run_line("step");
            PRINTER.print(&introduce(&session), &mut out).unwrap();
        }
    }
    assert_harmless(&String::from_utf8(out).unwrap());
}
