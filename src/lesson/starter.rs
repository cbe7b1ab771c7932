//! What a teacher begins with: a small lesson of each kind, with comments that say what each line is for.

use std::path::Path;

/// What a lesson to begin with is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// One weight, with a gradient for each update.
    Weight,
    /// A loss that is a formula.
    Surface,
    /// A network and its data.
    Network,
}

impl Starter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Weight, Self::Surface, Self::Network];

    /// The lesson, as it is written to a file. It is sound as it is.
    pub fn source(self) -> &'static str {
        match self {
            Self::Weight => include_str!("starters/weight.yaml"),
            Self::Surface => include_str!("starters/surface.yaml"),
            Self::Network => include_str!("starters/network.yaml"),
        }
    }
}

/// Whether a file is a lesson by its name.
pub fn is_lesson_file(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|found| found == ending);
    is("yaml") || is("yml")
}
