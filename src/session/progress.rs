//! Progress in words: lessons, exercises and skills; and forgetting it all.

use std::path::Path;

use super::course::{CourseLesson, course};
use super::{Confirmation, Outcome, Part, Session};
use crate::command::ProgressAction;
use crate::exercise::{Skill, Topic};
use crate::explain::{Line, Role, plural, printable};
use crate::lesson::BUILTIN;
use crate::record::{DAYS_TO_MASTER, LessonLog, Logbook, Standing, VARIANTS_TO_MASTER, What};

/// Asked before everything is forgotten.
const FORGETTING: Confirmation = Confirmation {
    title: "Forget your progress?",
    about: "Pages reached, exercises solved and skills shown would be forgotten, in every lesson. Nothing brings them back.",
    deed: "forget everything",
    command: "progress reset yes",
};

impl Session {
    pub(super) fn progress(&mut self, action: ProgressAction) -> Outcome {
        match action {
            ProgressAction::Show => {
                self.keeper.refresh();
                Outcome::shows("Progress", report(self.keeper.logbook()))
            }
            ProgressAction::AskReset => Part::Confirmation(FORGETTING).into(),
            ProgressAction::Reset => {
                self.keeper.note(What::Reset);
                self.exercises.forget();
                Outcome::says("Everything is forgotten: lessons, exercises and skills begin anew.")
            }
        }
    }
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
