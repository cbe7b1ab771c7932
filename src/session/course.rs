//! The course: the lessons that come with the program, and how far the learner has come with each.

use super::Session;
use crate::lesson::{BUILTIN, Lesson};
use crate::record::Logbook;

/// A lesson of the course, and how far the learner has come with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseLesson {
    /// The name it can be opened by.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub summary: String,
    /// How many pages it has.
    pub pages: usize,
    /// The page read last, from 1; `None` where it has not been begun.
    pub page: Option<usize>,
    /// What has become of its exercises.
    pub exercises: Tally,
    /// The part of the course that it belongs to.
    pub part: &'static str,
    /// The title of the page that is read next, and what that asks for, where it asks for anything that is not solved.
    pub next: (String, Option<String>),
}

/// How many exercises of a lesson have been solved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub all: usize,
    /// How many have been solved.
    pub solved: usize,
    /// How many of those only with help.
    pub aided: usize,
    /// How many answers have been given to them.
    pub attempts: u64,
}

impl Tally {
    /// What a logbook tells of a lesson's exercises.
    pub fn of(lesson: &Lesson, logbook: &Logbook) -> Self {
        let mut tally = Self::default();
        for (page, nth) in lesson.questions() {
            let Some(question) = lesson.question(page, nth) else {
                continue;
            };
            tally.all += 1;
            if let Some(log) = logbook.exercise(&lesson.name, page + 1, &question) {
                tally.solved += usize::from(log.solved);
                tally.aided += usize::from(log.solved && log.aided);
                tally.attempts += log.attempts;
            }
        }
        tally
    }

    /// `2 of 3 exercises solved, 1 of them with help`; `None` where there are none.
    pub fn words(self) -> Option<String> {
        let Self {
            all, solved, aided, ..
        } = self;
        let exercises = if all == 1 { "exercise" } else { "exercises" };
        let help = match (solved, aided) {
            (_, 0) => String::new(),
            (1, 1) => ", with help".to_owned(),
            _ => format!(", {aided} of them with help"),
        };
        (all > 0).then(|| format!("{solved} of {all} {exercises} solved{help}"))
    }
}

impl CourseLesson {
    /// Whether every exercise of it is solved.
    pub fn is_finished(&self) -> bool {
        self.exercises.all > 0 && self.exercises.solved == self.exercises.all
    }

    /// What has been done of it: `page 3 of 6, 1 of 2 exercises solved`, or `not begun`.
    pub fn done(&self) -> String {
        let page = match self.page {
            Some(page) => format!("page {page} of {}", self.pages),
            None => "not begun".to_owned(),
        };
        let begun = self.page.is_some() || self.exercises.attempts > 0;
        let exercises = self.exercises.words().filter(|_| begun);
        std::iter::once(page)
            .chain(exercises)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Every lesson of the course, in its order.
pub fn course(logbook: &Logbook) -> Vec<CourseLesson> {
    let lesson = |builtin: &crate::lesson::Builtin| {
        let lesson = builtin.load().ok()?;
        let page = logbook.lessons.get(builtin.name).map(|log| log.page);
        // A lesson may have had more pages once.
        let page = page.map(|page| page.clamp(1, lesson.pages.len()));
        Some(CourseLesson {
            part: builtin.part,
            next: next(&lesson, logbook, page.unwrap_or(1) - 1),
            name: builtin.name,
            exercises: Tally::of(&lesson, logbook),
            pages: lesson.pages.len(),
            page,
            title: lesson.title,
            summary: lesson.summary,
        })
    };
    BUILTIN.iter().filter_map(lesson).collect()
}

/// What a page is called and asks for, where that is not solved.
fn next(lesson: &Lesson, logbook: &Logbook, page: usize) -> (String, Option<String>) {
    let asked = &lesson.pages[page];
    let mut exercises = asked.exercises.iter().enumerate();
    let open = exercises.find(|(nth, _)| {
        let question = lesson.question(page, *nth).unwrap_or_default();
        let log = logbook.exercise(&lesson.name, page + 1, &question);
        log.is_none_or(|log| !log.solved)
    });
    let rule = lesson.settings.rule;
    let wanted = open.map(|(_, exercise)| exercise.question.kind().wanted(rule));
    (asked.title.clone(), wanted)
}

/// The place in the course where the learner goes on: the lesson read last, or where that is finished the next one that
/// is not; the first lesson where none has been read.
pub fn where_stopped(course: &[CourseLesson], logbook: &Logbook) -> usize {
    let last = |lesson: &&CourseLesson| logbook.lessons.get(lesson.name).map(|log| log.last);
    let begun = course.iter().filter(|lesson| last(lesson).is_some());
    let latest = begun.max_by_key(last);
    let latest = latest
        .and_then(|latest| course.iter().position(|lesson| lesson.name == latest.name))
        .unwrap_or(0);
    let mut from_there = (latest..course.len()).chain(0..latest);
    let open = from_there.find(|place| !course[*place].is_finished());
    open.unwrap_or(latest)
}

impl Session {
    /// How many of the lesson's exercises have been solved.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.lesson, self.keeper.logbook())
    }
}
