//! The list of a course's lessons, and what its menu and its teacher are told.

use std::path::Path;

use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::Course;

use super::assert_harmless;

/// A course has no more lessons.
const MOST_LESSONS: usize = 500;

pub fn check(bytes: &[u8]) {
    let files = Memory::default();
    files.put("a/course.yaml", bytes);
    let lesson = include_str!("../../../../lessons/one-item.yaml");
    for name in ["a/one.yaml", "a/b/two.yml", "outside.yaml"] {
        files.put(name, lesson);
    }
    let folder = Path::new("a");
    match Course::open_in(&files, folder) {
        Err(error) => assert_harmless(&error.to_string()),
        Ok(course) => {
            assert_harmless(&course.title);
            assert!((1..=MOST_LESSONS).contains(&course.lessons.len()));
            for place in 0..course.lessons.len().min(4) {
                assert_harmless(&course.lessons[place].name);
                let name = &course.lessons[place].name;
                assert_eq!(course.place_of(name), Some(place));
                match course.lesson(&files, place) {
                    Ok(lesson) => assert!(!lesson.pages.is_empty()),
                    Err(error) => assert_harmless(&error.to_string()),
                }
            }
        }
    }
    if let Err(error) = Course::check_in(&files, folder) {
        assert_harmless(&error.to_string());
    }
}
