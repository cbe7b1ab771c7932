//! Progress in words: lessons, exercises and skills; and forgetting a lesson, or all of it.

use std::path::Path;

use super::course::{CourseLesson, course};
use super::{Confirmation, Done, Outcome, Part, Session};
use crate::command::{ProgressAction, Refusal, closest, refused};
use crate::exercise::{Skill, Topic};
use crate::explain::{Line, Role, plural, printable, series};
use crate::lesson::BUILTIN;
use crate::record::{DAYS_TO_MASTER, LessonLog, Logbook, Standing, VARIANTS_TO_MASTER, What};

impl Session {
    pub(super) fn progress(&mut self, action: &ProgressAction) -> Done {
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
                if !self.keeper.logbook().lessons.contains_key(&lesson) {
                    return Ok(nothing_kept(&lesson));
                }
                Part::Confirmation(Confirmation {
                    title: format!("Forget the lesson {}?", printable(&lesson)),
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
                if !self.keeper.logbook().lessons.contains_key(&lesson) {
                    return Ok(nothing_kept(&lesson));
                }
                let name = printable(&lesson);
                if lesson == self.lesson.name {
                    self.exercises.forget();
                }
                self.keeper.note(What::Forgotten { lesson });
                Outcome::says(format!("The lesson {name} is forgotten; it begins anew."))
            }
        })
    }

    /// The lesson that is meant, by its name or file, or by the end of its path.
    fn kept_lesson(&self, wanted: &str) -> Result<String, Refusal> {
        let kept = self.keeper.logbook().lessons.keys().map(String::as_str);
        let known = kept.clone().chain(BUILTIN.iter().map(|lesson| lesson.name));
        if known.clone().any(|name| name == wanted) {
            return Ok(wanted.to_owned());
        }
        let found: Vec<&str> = kept
            .filter(|name| Path::new(name).ends_with(wanted))
            .collect();
        match found.as_slice() {
            [only] => Ok((*only).to_owned()),
            [] => {
                let message = format!("there is no lesson `{wanted}` in your progress");
                let near = closest(wanted, known);
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

fn nothing_kept(lesson: &str) -> Outcome {
    Outcome::says(format!(
        "Nothing is kept of the lesson {}.",
        printable(lesson)
    ))
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
    let (begun, new): (Vec<CourseLesson>, Vec<CourseLesson>) =
        (course(logbook).into_iter()).partition(|lesson| lesson.page.is_some());
    let mut lines: Vec<Line> = (begun.into_iter())
        .map(|lesson| lesson_line(&lesson.title, &lesson.done(), lesson.exercises.attempts))
        .collect();
    let builtin = |name: &str| BUILTIN.iter().any(|builtin| builtin.name == name);
    let own = logbook.lessons.iter().filter(|(name, _)| !builtin(name));
    lines.extend(own.map(|(name, log)| own_lesson(name, log)));
    let names: Vec<&str> = new.iter().map(|lesson| lesson.name).collect();
    lines.extend(named(2, "Not begun", &names));
    lines
}

/// A lesson of the learner's own, which may be gone by now: what has been solved of it, whatever there is.
fn own_lesson(name: &str, log: &LessonLog) -> Line {
    let solved = log.exercises.iter().filter(|log| log.solved).count();
    let attempts: u64 = log.exercises.iter().map(|log| log.attempts).sum();
    let file = Path::new(name).file_name();
    let file = file.map_or_else(|| name.into(), |file| file.to_string_lossy());
    let done = match (attempts, plural(solved as u64, "exercise")) {
        (0, _) => format!("page {}", log.page),
        (_, exercises) => format!("page {}, {solved} {exercises} solved", log.page),
    };
    lesson_line(&printable(&file), &done, attempts)
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
