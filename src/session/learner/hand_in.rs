//! Making what a learner hands in: what a logbook tells of a course.

use std::collections::BTreeMap;

use super::course::Library;
use crate::exercise::Skill;
use crate::lesson::{Lesson, LessonId};
use crate::record::{ExerciseDone, HandIn, LessonDone, LessonLog, Logbook, SkillDone};

/// What has been done of a course; without one, of the one that has been worked on last.
pub fn hand_in(library: Option<&Library>, logbook: &Logbook, name: Option<String>) -> HandIn {
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
    HandIn {
        name,
        course,
        lessons,
        skills: Skill::all().filter_map(skill).collect(),
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
