//! The course: its lessons, and how far the learner has come with each.

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::thread;

use crate::explain::plural;
use crate::files::{Files, Memory};
use crate::lesson::{BUILTIN, Course, Lesson, LessonId, LoadError};
use crate::record::Logbook;
use crate::session::Session;

/// A lesson of the course, and how far the learner has come with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseLesson {
    /// The name it can be opened by in its course.
    pub name: String,
    /// What records know it by.
    pub id: LessonId,
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
            if let Some(log) = logbook.exercise(&lesson.id(), page + 1, &question) {
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
        let exercises = plural(all as u64, "exercise");
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
            _ if self.pages == 0 => "cannot be opened".to_owned(),
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

/// A course, and the files that it is read from; usually the one that comes with the program.
#[derive(Debug, Clone)]
pub struct Library {
    /// The course.
    pub course: Arc<Course>,
    /// The files.
    pub files: Rc<dyn Files>,
}

impl Default for Library {
    fn default() -> Self {
        Self {
            course: Course::builtin(),
            files: Rc::new(Memory::default()),
        }
    }
}

impl Library {
    /// Opens a lesson, at its place in the course.
    ///
    /// # Errors
    /// Where it cannot be read, or something in it is wrong.
    pub fn lesson(&self, place: usize) -> Result<Lesson, LoadError> {
        self.course.lesson(&*self.files, place)
    }
}

/// Reads all lessons that come with the program, on as many processors as there are: who opens the whole course waits for
/// the last of them.
fn read_all() {
    /// More would have too little to do.
    const MOST: usize = 4;
    static READ: Once = Once::new();
    READ.call_once(|| {
        let next = AtomicUsize::new(0);
        let read = || {
            while let Some(lesson) = BUILTIN.get(next.fetch_add(1, Ordering::Relaxed)) {
                // What is wrong with it is said where it is opened.
                let _ = lesson.load();
            }
        };
        let processors = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 1..processors.min(MOST) {
                // Where there are no threads, this one reads them all.
                let _ = thread::Builder::new().spawn_scoped(scope, read);
            }
            read();
        });
    });
}

/// Every lesson of a course, in its order. One that cannot be opened says so, and has no pages.
pub fn course(library: &Library, logbook: &Logbook) -> Vec<CourseLesson> {
    let course = &library.course;
    if course.is_builtin() {
        read_all();
    }
    let listed = course.lessons.iter().enumerate();
    let lesson = |(place, listed): (usize, &crate::lesson::Listed)| {
        let id = course.id(place);
        let page = logbook.lesson(&id).map(|log| log.page);
        let begun = CourseLesson {
            name: listed.name.clone(),
            title: listed.title.clone(),
            summary: String::new(),
            pages: 0,
            page,
            exercises: Tally::default(),
            part: listed.part,
            next: (String::new(), None),
            id,
        };
        match library.lesson(place) {
            Ok(lesson) => {
                // A lesson may have had more pages once.
                let page = page.map(|page| page.clamp(1, lesson.pages.len()));
                CourseLesson {
                    next: next(&lesson, logbook, page.unwrap_or(1) - 1),
                    exercises: Tally::of(&lesson, logbook),
                    pages: lesson.pages.len(),
                    page,
                    title: lesson.title,
                    summary: lesson.summary,
                    ..begun
                }
            }
            Err(error) => {
                let (message, _) = error.brief();
                CourseLesson {
                    summary: format!("It cannot be opened: {message}."),
                    ..begun
                }
            }
        }
    };
    listed.map(lesson).collect()
}

/// What a page is called and asks for, where that is not solved.
fn next(lesson: &Lesson, logbook: &Logbook, page: usize) -> (String, Option<String>) {
    let asked = &lesson.pages[page];
    let mut exercises = asked.exercises.iter().enumerate();
    let open = exercises.find(|(nth, _)| {
        let question = lesson.question(page, *nth).unwrap_or_default();
        let log = logbook.exercise(&lesson.id(), page + 1, &question);
        log.is_none_or(|log| !log.solved)
    });
    let rule = lesson.settings.rule;
    let wanted = open.map(|(_, exercise)| exercise.question.kind().wanted(rule));
    (asked.title.clone(), wanted)
}

/// The place in the course where the learner goes on: the lesson read last, or where that is finished the next one that
/// is not; the first lesson where none has been read.
pub fn where_stopped(course: &[CourseLesson], logbook: &Logbook) -> usize {
    let last = |lesson: &&CourseLesson| logbook.lesson(&lesson.id).map(|log| log.last);
    let begun = course.iter().filter(|lesson| last(lesson).is_some());
    let latest = begun.max_by_key(last);
    let latest = latest
        .and_then(|latest| course.iter().position(|lesson| lesson.name == latest.name))
        .unwrap_or(0);
    let mut from_there = (latest..course.len()).chain(0..latest);
    let is_open = |lesson: &CourseLesson| lesson.pages > 0 && !lesson.is_finished();
    let open = from_there.find(|place| is_open(&course[*place]));
    open.unwrap_or(latest)
}

impl Session {
    /// The course that the lesson belongs to; the one that comes with the program, where it belongs to none.
    pub fn library(&self) -> Library {
        let own = self.lesson.course.as_ref();
        Library {
            course: own.map_or_else(Course::builtin, Arc::clone),
            files: Rc::clone(&self.files),
        }
    }

    /// How many of the lesson's exercises have been solved.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.lesson, self.keeper.logbook())
    }
}
