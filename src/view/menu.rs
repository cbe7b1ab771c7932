//! A course as a menu.

use crate::lesson::LessonId;
use crate::practice::skills_mastered;
use crate::record::Logbook;
use crate::session::{CourseLesson, Library, course, where_stopped};

/// The course, to choose a lesson from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What the course is called.
    pub title: String,
    /// The lessons, in the order of the course.
    pub entries: Vec<MenuEntry>,
    /// Where the learner has stopped, by its place.
    pub stopped: usize,
    /// How many exercises of all lessons have been solved, of how many.
    pub exercises: (usize, usize),
    /// How many skills are mastered, of how many that are practised.
    pub skills: (usize, usize),
}

/// A lesson in the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The name it can be opened by in its course.
    pub name: String,
    /// What records know it by.
    pub id: LessonId,
    /// The part of the course that it belongs to.
    pub part: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Whether it has been begun or finished.
    pub state: State,
    /// How many of its exercises have been solved, of how many.
    pub solved: (usize, usize),
    /// What has been done of it: `page 3 of 6, 1 of 2 exercises solved`.
    pub done: String,
    /// The page to open, from 1, and how many there are.
    pub page: (usize, usize),
    /// What opening it does: `Enter goes on with page 3 of 7: What is remembered. It asks for the momentum term.`
    pub opens: String,
}

/// How far a lesson has been brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has not been begun.
    New,
    /// It has been begun.
    Begun,
    /// Every exercise of it is solved.
    Finished,
}

impl Menu {
    /// What has been done in practice: `3 of 144 skills mastered`.
    pub fn practised(&self) -> String {
        let (mastered, all) = self.skills;
        format!("{mastered} of {all} skills mastered")
    }

    /// How many lessons are finished.
    pub fn finished(&self) -> usize {
        let finished = |entry: &&MenuEntry| entry.state == State::Finished;
        self.entries.iter().filter(finished).count()
    }

    /// A course as a logbook has it.
    pub fn of(library: &Library, logbook: &Logbook) -> Self {
        let course = course(library, logbook);
        let sum = |of: fn(&CourseLesson) -> usize| course.iter().map(of).sum();
        Self {
            title: library.course.title.clone(),
            stopped: where_stopped(&course, logbook),
            exercises: (
                sum(|lesson| lesson.exercises.solved),
                sum(|lesson| lesson.exercises.all),
            ),
            skills: skills_mastered(logbook),
            entries: course.iter().map(entry).collect(),
        }
    }
}

fn entry(lesson: &CourseLesson) -> MenuEntry {
    let page = lesson.page.unwrap_or(1);
    let state = match lesson.page {
        _ if lesson.is_finished() => State::Finished,
        Some(_) => State::Begun,
        None => State::New,
    };
    let (title, wanted) = &lesson.next;
    let asks = wanted.as_ref();
    let asks = asks.map_or_else(String::new, |wanted| format!(" It asks for {wanted}."));
    let begins = match state {
        State::New => "begins with",
        State::Begun => "goes on with",
        State::Finished => "opens once more",
    };
    MenuEntry {
        name: lesson.name.clone(),
        id: lesson.id.clone(),
        part: lesson.part,
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        state,
        solved: (lesson.exercises.solved, lesson.exercises.all),
        done: lesson.done(),
        page: (page, lesson.pages),
        opens: match lesson.pages {
            0 => String::new(),
            pages => format!("Enter {begins} page {page} of {pages}: {title}.{asks}"),
        },
    }
}
