//! The course as a menu.

use crate::practice::skills_mastered;
use crate::record::Logbook;
use crate::session::{CourseLesson, course, where_stopped};

/// The course, to choose a lesson from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
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
    /// The name it can be opened by.
    pub name: &'static str,
    /// Its number in the course and what it is called: `2 Neural network momentum`.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// What has been done of it: `page 3 of 6, 1 of 2 exercises solved`.
    pub done: String,
    /// The page to open, from 1.
    pub page: usize,
    /// What opening it does: `opens it`, or `goes on at page 3`.
    pub opens: String,
}

impl Menu {
    /// What has been done in practice: `3 of 144 skills mastered`.
    pub fn practised(&self) -> String {
        let (mastered, all) = self.skills;
        format!("{mastered} of {all} skills mastered")
    }

    /// The course as a logbook has it.
    pub fn of(logbook: &Logbook) -> Self {
        let course = course(logbook);
        let sum = |of: fn(&CourseLesson) -> usize| course.iter().map(of).sum();
        Self {
            stopped: where_stopped(&course, logbook),
            exercises: (
                sum(|lesson| lesson.exercises.solved),
                sum(|lesson| lesson.exercises.all),
            ),
            skills: skills_mastered(logbook),
            entries: course.iter().enumerate().map(entry).collect(),
        }
    }
}

fn entry((index, lesson): (usize, &CourseLesson)) -> MenuEntry {
    let page = lesson.page.unwrap_or(1);
    MenuEntry {
        name: lesson.name,
        title: format!("{} {}", index + 1, lesson.title),
        summary: lesson.summary.clone(),
        done: lesson.done(),
        page,
        opens: if page > 1 {
            format!("goes on with {} at page {page}", lesson.name)
        } else {
            format!("opens {}", lesson.name)
        },
    }
}
