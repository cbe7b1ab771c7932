//! What a learner hands in: how far they have come with a course, as plain data that travels as JSON.
//!
//! It tells no more than that: no paths, and no name unless one is given.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::course::Library;
use crate::exercise::Skill;
use crate::lesson::{Lesson, LessonId};
use crate::record::{LessonLog, Logbook, Moment, Standing};

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
    /// What has been done of a course; without one, of the one that has been worked on last.
    pub fn of(library: Option<&Library>, logbook: &Logbook, name: Option<String>) -> Self {
        let latest = || {
            let of_own = |(course, lessons): (_, &BTreeMap<String, LessonLog>)| {
                (lessons.values().map(|log| log.last).max(), Some(course))
            };
            let own = logbook.courses.iter().map(of_own);
            let builtin = Library::default();
            let ids = (0..builtin.course.lessons.len()).map(|place| builtin.course.id(place));
            let last = ids.filter_map(|id| Some(logbook.lesson(&id)?.last)).max();
            own.chain([(last, None)]).max_by_key(|(last, _)| *last)?.1
        };
        let (course, lessons) = match (library, latest()) {
            (Some(library), _) => of_library(library, logbook),
            (None, None) => of_library(&Library::default(), logbook),
            (None, Some(course)) => {
                let lessons = logbook.courses[course].iter();
                let lessons = lessons.map(|(name, log)| done(name, log, None));
                (course.clone(), lessons.collect())
            }
        };
        let skill = |skill: Skill| {
            let log = logbook.skill(skill)?;
            Some(SkillDone {
                skill: skill.name(),
                standing: log.standing(),
                tries: log.tries,
            })
        };
        Self {
            name,
            course,
            lessons,
            skills: Skill::all().filter_map(skill).collect(),
        }
    }
}

/// What a course is called, and what has been done of it.
fn of_library(library: &Library, logbook: &Logbook) -> (String, Vec<LessonDone>) {
    let course = &library.course;
    let begun = |place: usize| {
        let id: LessonId = course.id(place);
        let log = logbook.lesson(&id)?;
        Some(done(&id.name, log, library.lesson(place).ok().as_ref()))
    };
    let lessons = (0..course.lessons.len()).filter_map(begun).collect();
    (course.known_as().to_owned(), lessons)
}

/// What has been done of a lesson. Where that is at hand, questions that it asks no more are left out.
fn done(name: &str, log: &LessonLog, lesson: Option<&Lesson>) -> LessonDone {
    let is_asked = |page: usize, question: &str| {
        lesson.is_none_or(|lesson| {
            let places = lesson.questions().filter(|(of, _)| of + 1 == page);
            let mut questions = places.filter_map(|(of, nth)| lesson.question(of, nth));
            questions.any(|asked| asked == question)
        })
    };
    let tried = log.exercises.iter();
    let tried = tried.filter(|exercise| is_asked(exercise.page, &exercise.question));
    LessonDone {
        lesson: name.to_owned(),
        page: log.page as u64,
        last: Some(log.last),
        exercises: tried
            .map(|exercise| ExerciseDone {
                page: exercise.page as u64,
                attempts: exercise.attempts,
                solved: exercise.solved,
                aided: exercise.aided,
                slips: exercise.slips.clone(),
            })
            .collect(),
    }
}
