//! What a learner hands in: how far they have come with a course, as plain data that travels as JSON.
//!
//! It tells no more than that: no paths, and no name unless one is given.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Moment, Standing};

/// What is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// Who hands it in, where they say so.
    pub name: Option<String>,
    /// What the course is called.
    pub course: String,
    /// Its lessons that have been begun, in their order.
    pub lessons: Vec<LessonDone>,
    /// The skills that have been tried.
    #[serde(default)]
    pub skills: Vec<SkillDone>,
}

/// How far a lesson has been brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonDone {
    /// Its name in the course.
    pub lesson: String,
    /// The number of the page read last, from 1.
    pub page: u64,
    /// When that was.
    #[serde(default)]
    pub last: Option<Moment>,
    /// Its exercises that have been tried.
    pub exercises: Vec<ExerciseDone>,
}

/// What has become of an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseDone {
    /// The number of its page, from 1.
    pub page: u64,
    /// How many answers have been given.
    pub attempts: u64,
    /// Whether it has been solved.
    pub solved: bool,
    /// Whether something had helped.
    pub aided: bool,
    /// How many of the answers a slip explains, by its name.
    #[serde(default)]
    pub slips: BTreeMap<String, u64>,
}

/// How well a skill is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillDone {
    /// Its name.
    pub skill: String,
    /// How well it is known.
    pub standing: Standing,
    /// How many answers have been given.
    pub tries: u64,
}

impl HandIn {
    /// Reads what [`HandIn::written`] has written; the error is a reason in words.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let foreign = "it is not what `nnmom-tutor progress --format json` writes";
        serde_json::from_slice(text).map_err(|error| format!("{foreign} ({error})"))
    }

    /// It as JSON.
    pub fn written(&self) -> String {
        // Maps by texts, lists and numbers can all be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
