//! Progress in words: lessons, exercises and skills; and forgetting a lesson, or all of it.

use std::path::Path;

use super::course::{CourseLesson, Library, course};

use crate::command::{ProgressAction, Refusal, closest, refused};
use crate::exercise::{Skill, Topic};
use crate::explain::{Line, Role, plural, printable, series};
use crate::lesson::{BUILTIN, Course, LessonId};
use crate::record::{DAYS_TO_MASTER, LessonLog, Logbook, Standing, VARIANTS_TO_MASTER, What};
use crate::session::{Confirmation, Done, Outcome, Part, Session};

impl Session {
    pub(in crate::session) fn progress(&mut self, action: &ProgressAction) -> Done {
        self.keeper.refresh();
        Ok(match action {
            ProgressAction::Show => Outcome::shows("Progress", report(self.keeper.logbook())),
            ProgressAction::AskReset(None) => Part::Confirmation(Confirmation {
                title: "Forget your progress?".to_owned(),
                about: "Pages reached, exercises solved and skills shown would be forgotten, in every lesson. Nothing brings them back.",
                deed: "forget everything",
                command: "progress reset yes".to_owned(),
            })
            .into(),
            ProgressAction::AskReset(Some(lesson)) => {
                let lesson = self.kept_lesson(lesson)?;
                if self.keeper.logbook().lesson(&lesson).is_none() {
                    return Ok(nothing_kept(&lesson));
                }
                let name = printable(&lesson.to_string());
                Part::Confirmation(Confirmation {
                    title: format!("Forget the lesson {name}?"),
                    about: "The page reached and the exercises solved in it would be forgotten. Nothing brings them back. Other lessons and all skills stay.",
                    deed: "forget it",
                    command: format!("progress reset {lesson} yes"),
                })
                .into()
            }
            ProgressAction::Reset(None) => {
                self.keeper.note(What::Reset);
                self.exercises.forget();
                Outcome::says("Everything is forgotten: lessons, exercises and skills begin anew.")
            }
            ProgressAction::Reset(Some(lesson)) => {
                let lesson = self.kept_lesson(lesson)?;
                if self.keeper.logbook().lesson(&lesson).is_none() {
                    return Ok(nothing_kept(&lesson));
                }
                let name = printable(&lesson.to_string());
                if lesson == self.lesson.id() {
                    self.exercises.forget();
                }
                self.keeper.note(What::Forgotten { lesson });
                Outcome::says(format!("The lesson {name} is forgotten; it begins anew."))
            }
        })
    }

    /// The lesson that is meant: by its name in the course of this one, in its own, with the name of its course before
    /// it, or by the end of its path.
    fn kept_lesson(&self, wanted: &str) -> Result<LessonId, Refusal> {
        let Library { course, .. } = self.library();
        if let Some(place) = course.place_of(wanted) {
            return Ok(course.id(place));
        }
        let builtin = BUILTIN.iter().map(|lesson| LessonId::from(lesson.name));
        let known: Vec<LessonId> = self.keeper.logbook().lesson_ids().chain(builtin).collect();
        if let Some(exactly) = known.iter().find(|id| id.to_string() == wanted) {
            return Ok(exactly.clone());
        }
        let mut found: Vec<&LessonId> = (known.iter())
            .filter(|id| Path::new(&id.name).ends_with(wanted))
            .collect();
        found.dedup();
        match found.as_slice() {
            [only] => Ok((*only).clone()),
            [] => {
                let message = format!("there is no lesson `{wanted}` in your progress");
                let near = closest(wanted, known.iter().map(|id| id.name.as_str()));
                let advice = near.map(|name| format!("did you mean `{name}`?"));
                refused(
                    message,
                    advice.unwrap_or_else(|| "`progress` tells them all".to_owned()),
                )
            }
            several => {
                let message = format!("there are several lessons `{wanted}`");
                refused(message, format!("one of {}", series(several, "or")))
            }
        }
    }
}

fn nothing_kept(lesson: &LessonId) -> Outcome {
    let name = printable(&lesson.to_string());
    Outcome::says(format!("Nothing is kept of the lesson {name}."))
}

/// Everything a logbook tells, in words.
pub fn report(logbook: &Logbook) -> Vec<Line> {
    let mut lines = vec![Line::new().with("Lessons", Role::Heading)];
    lines.extend(lessons(logbook));
    lines.push(Line::new());
    lines.push(Line::new().with("Skills", Role::Heading));
    lines.extend(skills(logbook));
    lines
}

fn lessons(logbook: &Logbook) -> Vec<Line> {
    let lessons = course(&Library::default(), logbook);
    let (begun, new): (Vec<CourseLesson>, Vec<CourseLesson>) =
        (lessons.into_iter()).partition(|lesson| lesson.page.is_some());
    let mut lines: Vec<Line> = (begun.into_iter())
        .map(|lesson| lesson_line(&lesson.title, &lesson.done(), lesson.exercises.attempts))
        .collect();
    let builtin = Course::builtin();
    let is_own = |id: &LessonId| id.course.is_some() || builtin.place_of(&id.name).is_none();
    let own = logbook.lesson_ids().filter(is_own);
    lines.extend(own.filter_map(|id| Some(own_lesson(&id, logbook.lesson(&id)?))));
    let names: Vec<&str> = new.iter().map(|lesson| lesson.name.as_str()).collect();
    lines.extend(named(2, "Not begun", &names));
    lines
}

/// A lesson of the learner's own, which may be gone by now: what has been solved of it, whatever there is.
fn own_lesson(id: &LessonId, log: &LessonLog) -> Line {
    let solved = log.exercises.iter().filter(|log| log.solved).count();
    let attempts: u64 = log.exercises.iter().map(|log| log.attempts).sum();
    let file = Path::new(&id.name).file_name();
    let name = match (file, &id.course) {
        (Some(file), None) => file.to_string_lossy().into_owned(),
        (None, None) | (_, Some(_)) => id.to_string(),
    };
    let done = match (attempts, plural(solved as u64, "exercise")) {
        (0, _) => format!("page {}", log.page),
        (_, exercises) => format!("page {}, {solved} {exercises} solved", log.page),
    };
    lesson_line(&printable(&name), &done, attempts)
}

/// `  Learning rate: page 3 of 6, 1 of 2 exercises solved; 4 answers given.`
fn lesson_line(title: &str, done: &str, attempts: u64) -> Line {
    let mut line = Line::plain("  ").with(title, Role::Strong);
    line.indent = 4;
    line = line.and(format!(": {done}"));
    if attempts > 0 {
        let answers = plural(attempts, "answer");
        line.push(format!("; {attempts} {answers} given"), Role::Muted);
    }
    line.and(".")
}

/// `  Not begun: loss, adam.` so far from the left; nothing where there are none.
fn named<T: AsRef<str>>(left: usize, words: &str, names: &[T]) -> Option<Line> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let mut line = Line::plain(format!("{:left$}{words}: {}.", "", names.join(", ")));
    line.indent = left + 2;
    (!names.is_empty()).then_some(line)
}

fn skills(logbook: &Logbook) -> Vec<Line> {
    let all: Vec<Skill> = Skill::all().collect();
    let of = |topic: Topic| {
        all.iter()
            .copied()
            .filter(move |skill| skill.topic == topic)
    };
    let tried = |topic: &Topic| of(*topic).any(|skill| logbook.standing(skill) != Standing::New);
    let (begun, new): (Vec<Topic>, Vec<Topic>) = Topic::all().partition(tried);
    let mut lines = Vec::new();
    for topic in begun {
        let skills: Vec<Skill> = of(topic).collect();
        lines.extend(topic_lines(topic, &skills, logbook));
    }
    let names: Vec<String> = new.into_iter().map(Topic::name).collect();
    lines.extend(named(2, "Not tried yet", &names));
    lines.push(Line::new());
    let meaning = format!(
        "A skill is mastered once you were right without help on {DAYS_TO_MASTER} days, or with {VARIANTS_TO_MASTER} sets of numbers, since you last missed it. `nnmom-tutor practice` asks for what you missed or have not seen lately."
    );
    lines.push(Line::new().with(meaning, Role::Muted));
    lines
}

/// `article: 2 of 14 skills mastered; missed last time: momentum term.`
fn topic_lines(topic: Topic, skills: &[Skill], logbook: &Logbook) -> Vec<Line> {
    let standing = |wanted: Standing| -> Vec<String> {
        let these = skills
            .iter()
            .filter(|skill| logbook.standing(**skill) == wanted);
        these.map(|skill| skill.words()).collect()
    };
    let mastered = standing(Standing::Mastered);
    let count = format!(": {} of {} mastered.", mastered.len(), skills.len());
    let head = Line::plain("  ")
        .with(topic.name(), Role::Strong)
        .and(count);
    let lists = [
        named(4, "Mastered", &mastered),
        named(4, "Begun", &standing(Standing::Learning)),
        named(4, "Missed last time", &standing(Standing::Missed)),
    ];
    std::iter::once(head)
        .chain(lists.into_iter().flatten())
        .collect()
}
