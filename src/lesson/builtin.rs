//! The lessons that come with the program, in the order of the course.

use super::{Lesson, LoadError};

/// A lesson inside the binary.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// The name it can be opened by.
    pub name: &'static str,
    /// Where it lies in the project.
    pub path: &'static str,
    /// The file.
    pub source: &'static str,
}

impl Builtin {
    /// The lesson.
    ///
    /// # Errors
    /// Where something in it is wrong, which the tests rule out.
    pub fn load(&self) -> Result<Lesson, LoadError> {
        Lesson::parse(self.path, self.source.as_bytes())
    }
}

macro_rules! builtin {
    ($($name:literal),* $(,)?) => {
        &[$(Builtin {
            name: $name,
            path: concat!("lessons/", $name, ".yaml"),
            source: include_str!(concat!("../../lessons/", $name, ".yaml")),
        }),*]
    };
}

/// Every lesson that comes with the program.
pub static BUILTIN: &[Builtin] = builtin!["learning-rate", "momentum", "two-kinds-of-momentum"];
