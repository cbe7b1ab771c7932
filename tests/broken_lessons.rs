//! What teachers are told about lessons that are wrong: each file of `broken/` and the message it gets, and files
//! that no message could be worse for than a panic or a long wait.

use std::fs;
use std::path::Path;

use nnmom_tutor::lesson::{Lesson, MOST_BYTES};
use proptest::prelude::*;

const SOUND: &str = include_str!("../lessons/momentum.yaml");

/// The message about a lesson that must be wrong.
fn message(name: &str, bytes: &[u8]) -> String {
    match Lesson::parse(name, bytes) {
        Ok(_) => panic!("{name} is accepted"),
        Err(error) => error.to_string(),
    }
}

/// Whether `message` says which line and column of `name` is meant.
fn names_a_place(message: &str, name: &str) -> bool {
    let numbered = |place: &str| {
        let number = |text: &str| text.parse::<usize>().is_ok_and(|number| number > 0);
        place
            .split_once(':')
            .is_some_and(|(line, column)| number(line) && number(column))
    };
    let places = message
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .filter_map(|place| place.strip_prefix(name)?.strip_prefix(':'));
    places.into_iter().any(numbered)
}

/// Opens a file of these bytes as the program would; its path is `LESSON` in the message.
fn opened(bytes: &[u8]) -> Result<Lesson, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lesson.yaml");
    fs::write(&path, bytes).unwrap();
    open(&path)
}

fn open(path: &Path) -> Result<Lesson, String> {
    let path = path.to_str().unwrap();
    Lesson::open(path).map_err(|error| error.to_string().replace(path, "LESSON"))
}

// ---- Files that are read and are wrong ----

#[test]
fn every_broken_lesson_is_told_what_is_wrong_and_where() {
    insta::glob!("broken/*.yaml", |path| {
        let name = format!("broken/{}", path.file_name().unwrap().to_str().unwrap());
        let message = message(&name, &fs::read(path).unwrap());
        assert!(names_a_place(&message, &name), "{message}");
        assert!(!message.to_lowercase().contains("invalid"), "{message}");
        insta::assert_snapshot!("message", message);
    });
}
