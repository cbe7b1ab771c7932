//! A lesson whose file changes while it is open: it is read again, and the learner stays where they are, as far as that
//! still makes sense.

use std::path::Path;
use std::sync::Arc;

use crate::explain::{Line, Role};
use crate::files::FileRead;
use crate::lesson::{Lesson, LoadError, Spot};
use crate::session::{Session, are};

/// What became of a lesson that has been read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAgain {
    /// What there is to say of it.
    pub said: Line,
    /// Whether the run and what was asked begin anew.
    pub begins_anew: bool,
    /// Whether the page reads otherwise than before.
    pub reads_otherwise: bool,
}

/// What is wrong with the file since it was changed; the lesson is still the one from before.
#[derive(Debug, Clone)]
pub(in crate::session) struct Mistaken {
    lines: Vec<Line>,
    /// The line of the file.
    line: Option<usize>,
    reads: Vec<FileRead>,
}

impl Session {
    /// The files that the lesson comes from, as they were when they were read last.
    pub fn reads(&self) -> &[FileRead] {
        let mistaken = self.mistaken.as_ref();
        mistaken.map_or(&self.lesson.reads, |mistaken| &mistaken.reads)
    }

    /// What is wrong with the lesson's file as it is now, where it has been changed and cannot be read: what, and what
    /// would be right.
    pub fn mistake(&self) -> &[Line] {
        let mistaken = self.mistaken.as_ref();
        mistaken.map_or(&[], |mistaken| &mistaken.lines)
    }

    /// The line of the file that it is in, where it has one.
    pub fn mistake_line(&self) -> Option<usize> {
        self.mistaken.as_ref()?.line
    }

    /// Reads the lesson again, where its files have changed; `None` where there is nothing to say. One that is wrong now
    /// leaves the lesson as it is.
    pub fn read_again(&mut self) -> Option<ReadAgain> {
        let changed = |read: &FileRead| read.has_changed(&*self.files);
        if !self.reads().iter().any(changed) {
            return None;
        }
        let path = self.lesson.reads.first()?.path().to_owned();
        let name = path.to_string_lossy();
        let before = self.page_text();
        let watch = self.watch().clone();
        let read = |session: &mut Self| match Lesson::open_file(&*session.files, &path, &name) {
            Ok(lesson) => session.take_up(lesson, &path),
            Err(error) => Some(session.keep_last(&error, &path)),
        };
        let mut again = watch.during(|| read(self))?;
        again.reads_otherwise = self.page_text() != before;
        Some(again)
    }

    /// Goes on with the lesson from before the file was changed.
    fn keep_last(&mut self, error: &LoadError, path: &Path) -> ReadAgain {
        let mistaken = Mistaken::of(error, path);
        let place = mistaken.line.map(|line| format!(" in line {line}"));
        let (name, place) = (file_name(path), place.unwrap_or_default());
        self.mistaken = Some(mistaken);
        let why = if self.watch().is_halted() {
            format!("{name} has not been read to its end, as it was stopped")
        } else {
            format!("There is a mistake in {name}{place}")
        };
        ReadAgain {
            said: Line::plain(format!("{why}; the lesson is as it was before.")),
            begins_anew: false,
            reads_otherwise: true,
        }
    }

    /// Goes on with what the file has now.
    fn take_up(&mut self, mut lesson: Lesson, path: &Path) -> Option<ReadAgain> {
        let (same_model, same_training) = (
            lesson.model == self.lesson.model,
            (lesson.settings, lesson.convention) == (self.lesson.settings, self.lesson.convention),
        );
        if same_model {
            // What is the same need not be there twice.
            lesson.model = Arc::clone(&self.lesson.model);
        }
        let lesson = Arc::new(lesson);
        let name = file_name(path);
        if same_model && lesson.is_written_as(&self.lesson) {
            self.lesson = lesson;
            let mended = self.mistaken.take();
            return mended.map(|_| ReadAgain::saying(format!("{name} is as it was before.")));
        }
        let page = self.lesson.page_in(&lesson, self.page_index());
        let here = &lesson.pages[page];
        let same_page = here.command_lines() == self.page().command_lines();
        let mut opened = self.sitting_with(Arc::clone(&lesson));
        opened.exercises = (self.exercises.clone()).read_again(&self.lesson, &lesson);
        if let Err(refusal) = opened.open_page(page) {
            let wrong = (Spot::Page(page), refusal.message, refusal.advice);
            let error = lesson.wrong(&path.to_string_lossy(), vec![wrong]);
            return Some(self.keep_last(&error, path));
        }
        let why = match (same_model, same_training, same_page) {
            (true, true, true) => None,
            (false, ..) => Some("What is trained has changed, so the run begins anew"),
            (_, false, _) => Some("The training has changed, so the run begins anew"),
            (.., false) => Some("The page prepares another run, so it begins anew"),
        };
        let Some(why) = why else {
            self.go_on_in(&lesson, page, opened);
            return Some(ReadAgain::saying(format!("{name} has been read again.")));
        };
        let branches = self.timeline().branches().len() - 1;
        let gone = match branches {
            0 => String::new(),
            _ => format!("; {} given up", are(branches, "branch", "branches")),
        };
        *self = opened;
        self.note_place();
        Some(ReadAgain {
            begins_anew: true,
            ..ReadAgain::saying(format!("{name} has been read again. {why}{gone}."))
        })
    }

    /// Goes on where the learner is in the same run, in a lesson of which `opened` has this page open afresh.
    fn go_on_in(&mut self, lesson: &Arc<Lesson>, page: usize, opened: Self) {
        let same_questions = {
            let of = |lesson: &Lesson, page: usize| {
                let all = (0..).map_while(|nth| lesson.question(page, nth));
                all.collect::<Vec<_>>()
            };
            of(&self.lesson, self.page_index()) == of(lesson, page)
        };
        self.exercises = if same_questions {
            (opened.exercises).asking_as(&self.exercises)
        } else {
            opened.exercises
        };
        let moved = page != self.page_index();
        self.walk.stay_on(page);
        self.lesson = Arc::clone(lesson);
        self.mistaken = None;
        if moved {
            self.note_place();
        }
    }
}

impl ReadAgain {
    fn saying(words: String) -> Self {
        Self {
            said: words.into(),
            begins_anew: false,
            reads_otherwise: true,
        }
    }
}

impl Mistaken {
    fn of(error: &LoadError, path: &Path) -> Self {
        let findings = error.findings();
        let mut lines = Vec::new();
        let first = findings.first();
        if let Some(first) = first {
            let place = first
                .place
                .map(|(line, column)| format!(", line {line}, column {column}"));
            let place = format!(
                "Mistake in {}{}: ",
                file_name(path),
                place.unwrap_or_default()
            );
            let line = Line::new().with(place, Role::Error);
            lines.push(
                line.and(format!("{}: ", first.message))
                    .with(&first.help, Role::Advice),
            );
        }
        let more = match findings.len() {
            0 | 1 => String::new(),
            all => format!("There are {all} in all, which `nnmom-tutor check` tells. "),
        };
        let words = format!("{more}What you see is the lesson as it was before.");
        lines.push(Line::new().with(words, Role::Muted));
        Self {
            lines,
            line: first.and_then(|first| first.place).map(|(line, _)| line),
            reads: error.reads().to_vec(),
        }
    }
}

/// The name of a file without its folders.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    crate::explain::printable(&name.to_string_lossy())
}
