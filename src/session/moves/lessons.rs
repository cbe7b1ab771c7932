//! Going from one lesson to another: by name, or from the last page to what comes next in the course.

use std::rc::Rc;
use std::sync::Arc;

use crate::command::{Command, PageChoice, Refusal, refused};
use crate::explain::{Line, Role};
use crate::lesson::{Course, Lesson, Listed, LoadError};
use crate::session::{Done, Outcome, Part, Session, are};

/// What comes after the last page of a lesson.
#[derive(Debug, Clone)]
enum Onward {
    /// The next lesson of the course, by its place in it.
    Lesson(Arc<Course>, usize),
    /// Nothing: this was the last of the course.
    End,
}

impl Onward {
    fn lesson(&self) -> Option<&Listed> {
        match self {
            Self::Lesson(course, place) => course.lessons.get(*place),
            Self::End => None,
        }
    }
}

impl Session {
    /// What comes after the lesson; `None` while there are pages to read, and for a lesson in no course.
    fn onward(&self) -> Option<Onward> {
        if self.page_index() + 1 < self.lesson.pages.len() {
            return None;
        }
        let course = self.lesson.course.as_ref()?;
        let next = course.place_of(&self.lesson.name)? + 1;
        Some(if next < course.lessons.len() {
            Onward::Lesson(Arc::clone(course), next)
        } else {
            Onward::End
        })
    }

    /// What stands at the foot of a lesson's last page: what is still to be solved, and what comes next.
    pub(in crate::session) fn foot(&self) -> Vec<Line> {
        let Some(onward) = self.onward() else {
            return Vec::new();
        };
        let tally = self.tally();
        let count = tally.all - tally.solved;
        let (exercises, are) = match count {
            1 => ("exercise", "is"),
            _ => ("exercises", "are"),
        };
        let unsolved = format!("{count} {exercises} of this lesson {are} not solved yet.");
        let unsolved = (count > 0).then(|| Line::new().with(unsolved, Role::Advice));
        let finished = format!("✓ Finished: {} of {}. ", tally.solved, tally.all);
        let finished = if tally.all > 0 && count == 0 {
            finished
        } else {
            String::new()
        };
        let next = match &onward {
            Onward::Lesson(..) => Line::new()
                .with(
                    if finished.is_empty() {
                        "Next in the course: ".to_owned()
                    } else {
                        format!("{finished}Next: ")
                    },
                    Role::Advice,
                )
                .with(onward.lesson().map_or("", |next| &next.title), Role::Strong)
                .with(". Page Down opens it.", Role::Advice),
            Onward::End => Line::new().with(
                "This is the end of the course. Practice goes on with fresh problems: p in the menu, or `nnmom-tutor practice`.",
                Role::Advice,
            ),
        };
        unsolved.into_iter().chain([next]).collect()
    }

    /// Goes on from the last page: to the next lesson of the course, where there is one.
    pub(in crate::session) fn open_next(&mut self) -> Done {
        match self.onward() {
            Some(Onward::Lesson(course, place)) => {
                let left = self.lesson.name.clone();
                let lesson = course.lesson(&*self.files, place);
                let title = &course.lessons[place].title;
                let opened = self.open_lesson(lesson)?;
                let message = format!("The next lesson begins: {title}. `open {left}` goes back.");
                Ok(Outcome::says(message).and(opened))
            }
            Some(Onward::End) => refused(
                "this is the last page of the course",
                "`nnmom-tutor practice` asks fresh problems, `lessons` shows the course, Page Up or `page previous` goes back",
            ),
            None => refused(
                "this is the last page",
                "Page Up or `page previous` goes back; or try other values here",
            ),
        }
    }

    /// The title of the lesson that going on from this page opens.
    pub fn next_lesson(&self) -> Option<String> {
        Some(self.onward()?.lesson()?.title.clone())
    }

    /// Whether going on from this page opens the next lesson of the course.
    pub fn leads_to_next_lesson(&self) -> bool {
        self.next_lesson().is_some()
    }

    /// The lesson that a command would open which turns the page.
    pub(in crate::session) fn would_open(&self, command: &Command) -> Option<String> {
        let turns = matches!(command, Command::Page(PageChoice::Next));
        let onward = self.onward().filter(|_| turns)?;
        Some(onward.lesson()?.name.clone())
    }

    /// A new sitting with a lesson, in which numbers and code look as they do in this one.
    pub(in crate::session) fn sitting_with(&self, lesson: Arc<Lesson>) -> Self {
        let mut script = self.notation.script();
        script.extend(self.predictions.script());
        Self {
            predictions: self.predictions.going_on(),
            notation: (self.notation.clone()).of(&lesson),
            tape: self.tape.going_on(script),
            artist: self.artist,
            files: Rc::clone(&self.files),
            keeper: self.keeper.clone(),
            player: self.player.afresh(),
            ..Self::unopened_and_watched(lesson, self.watch().clone())
        }
    }

    /// Opens another lesson, by its name or its file. A new sitting takes the place of this one, in which numbers and
    /// code look as they did.
    pub(in crate::session) fn open(&mut self, name: &str) -> Done {
        self.open_lesson(self.lesson.open_from(&*self.files, name))
    }

    /// Opens another lesson. A new sitting takes the place of this one, in which numbers and code look as they did.
    fn open_lesson(&mut self, lesson: Result<Lesson, LoadError>) -> Done {
        let lesson = lesson.map_err(|error| {
            let (message, advice) = error.brief();
            Refusal::new(message, advice)
        })?;
        let mut opened = self.sitting_with(Arc::new(lesson));
        opened.exercises = (self.exercises.clone()).going_on(self.lesson.id(), &opened.lesson.id());
        opened.open_page(0)?;
        let branches = self.timeline().branches().len() - 1;
        *self = opened;
        self.note_place();
        let given_up = (branches > 0).then(|| {
            let gone = are(branches, "branch", "branches");
            format!("A new sitting begins; {gone} given up.")
        });
        Ok(Outcome::maybe(given_up).and(Part::Opened))
    }
}
