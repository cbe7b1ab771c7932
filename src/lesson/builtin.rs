//! The lessons that come with the program, in the order of the course.

use std::sync::OnceLock;

use super::data::Beside;
use super::{Course, Lesson, LoadError};
use crate::watch::Watch;

/// A lesson inside the binary.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// The name it can be opened by.
    pub name: &'static str,
    /// Where it lies in the project.
    pub path: &'static str,
    /// The file.
    pub source: &'static str,
    /// The part of the course that it belongs to.
    pub part: &'static str,
}

/// The data that lessons name, by the name they give it.
const DATA: &[(&str, &str)] = &[
    (
        "data/iris-train.csv",
        include_str!("../../lessons/data/iris-train.csv"),
    ),
    (
        "data/iris-test.csv",
        include_str!("../../lessons/data/iris-test.csv"),
    ),
];

pub(super) fn read_data(name: &str) -> Result<Vec<u8>, String> {
    let found = DATA.iter().find(|(known, _)| *known == name);
    let (_, text) = found.ok_or("it is not inside the program")?;
    Ok(text.as_bytes().to_vec())
}

impl Builtin {
    /// What the lesson is called, without reading all of it.
    pub fn title(&self) -> &'static str {
        let title = |line: &'static str| line.strip_prefix("title: ");
        let title = self.source.lines().find_map(title);
        title.map_or(self.name, |title| title.trim().trim_matches('"'))
    }

    /// The lesson, which is read once: the menu, lists and practice open the whole course, again and again.
    ///
    /// # Errors
    /// Where something in it is wrong, which the tests rule out.
    pub fn load(&self) -> Result<Lesson, LoadError> {
        static READ: [OnceLock<Lesson>; BUILTIN.len()] = [const { OnceLock::new() }; BUILTIN.len()];
        let place = BUILTIN.iter().position(|other| other.name == self.name);
        let Some(read) = place.map(|place| &READ[place]) else {
            return self.read();
        };
        if let Some(lesson) = read.get() {
            return Ok(lesson.clone());
        }
        let lesson = self.read()?;
        Ok(read.get_or_init(|| lesson).clone())
    }

    fn read(&self) -> Result<Lesson, LoadError> {
        let beside = Beside {
            read: &read_data,
            watch: Watch::default(),
        };
        let mut lesson = Lesson::parse_with(self.path, self.source.as_bytes(), &beside)?;
        self.name.clone_into(&mut lesson.name);
        lesson.course = Some(Course::builtin());
        Ok(lesson)
    }
}

macro_rules! builtin {
    ($($part:literal: $($name:literal),+;)*) => {
        &[$($(Builtin {
            name: $name,
            path: concat!("lessons/", $name, ".yaml"),
            source: include_str!(concat!("../../lessons/", $name, ".yaml")),
            part: $part,
        }),+),*]
    };
}

/// Every lesson that comes with the program.
pub static BUILTIN: &[Builtin] = builtin![
    "See it, work it out":
        "why-momentum",
        "learning-rate",
        "momentum",
        "two-kinds-of-momentum";
    "On a surface":
        "too-small-too-large",
        "ravine",
        "local-minima",
        "fading-momentum",
        "choosing-momentum",
        "safe-rates";
    "In a network":
        "one-item",
        "xor",
        "iris",
        "adaptive-rate";
    "Look back":
        "review";
];
