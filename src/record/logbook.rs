//! What a learner has done so far, as plain data: lessons, exercises, skills.
//!
//! Knows nothing of files. Whatever happens is an [`Entry`]; a logbook is what its entries come to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use crate::command::Theme;
use crate::exercise::{Skill, Topic, Tried};
use crate::lesson::LessonId;

/// The version of the form that a logbook is written in.
pub const VERSION: u64 = 1;
/// So many right answers with different numbers show a skill, if they are all given on one day.
pub const VARIANTS_TO_MASTER: usize = 3;
/// Right answers on so many different days show a skill, whatever the numbers.
pub const DAYS_TO_MASTER: usize = 2;
/// So many right answers are kept of each skill, the latest.
const MOST_RIGHT: usize = 20;

/// Everything a learner has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logbook {
    /// The form it is written in.
    version: u64,
    /// What has become of the lessons that come with the program, by their names, and of those in no course, by their files.
    #[serde(default)]
    pub lessons: BTreeMap<String, LessonLog>,
    /// What has become of those of other courses, by what the course is called and their names in it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub courses: BTreeMap<String, BTreeMap<String, LessonLog>>,
    /// What has become of each skill, by its name.
    #[serde(default)]
    pub skills: BTreeMap<String, SkillLog>,
    /// Which numbers the latest problems were about that were left without an answer, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<String>,
    /// How the learner wants the program to be.
    #[serde(default, skip_serializing_if = "Tastes::is_usual")]
    pub tastes: Tastes,
}

/// How a learner wants the program to be; what has not been said is as it usually is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tastes {
    /// The name of the theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Whether a run that is played is seen to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<bool>,
}

impl Tastes {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The theme that has been chosen; `None` where none has been, or one that is not known.
    pub fn theme(&self) -> Option<Theme> {
        self.theme.as_deref().and_then(Theme::named)
    }
}

/// What has become of a lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLog {
    /// The number of the page read last, from 1.
    pub page: usize,
    /// When that was.
    pub last: Moment,
    /// Its exercises, as far as they have been tried.
    #[serde(default)]
    pub exercises: Vec<ExerciseLog>,
}

/// What has become of an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseLog {
    /// The number of its page, from 1.
    pub page: usize,
    /// The sign of its question; where a lesson asks another question now, this is about a question of the past.
    pub question: String,
    /// Whether it has been solved.
    pub solved: bool,
    /// Whether something has helped, whenever it was solved.
    pub aided: bool,
    /// How many answers have been given.
    pub attempts: u64,
    /// When the last was given.
    pub last: Moment,
    /// How many of them a slip explains, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slips: BTreeMap<String, u64>,
}

/// What has become of a skill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillLog {
    /// How many answers have been given.
    pub tries: u64,
    /// How many of them were right, with help or without, since the last that was wrong.
    #[serde(default)]
    pub solved: u64,
    /// The right ones without help, the latest last.
    #[serde(default)]
    pub right: Vec<RightAnswer>,
    /// When the last answer was given.
    pub last: Moment,
    /// Which numbers the latest answers were about, right or wrong, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lately: Vec<String>,
    /// When a wrong answer was given last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Moment>,
}

/// A right answer without help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightAnswer {
    /// When it was given.
    pub at: Moment,
    /// Which numbers it was about: `seed 17`, or `momentum, page 4`.
    pub variant: String,
}

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A page of a lesson has been opened.
    Page {
        /// The lesson.
        lesson: LessonId,
        /// The number of the page, from 1.
        page: usize,
    },
    /// An answer has been given to a lesson's exercise.
    Answer {
        /// The lesson.
        lesson: LessonId,
        /// The number of the page, from 1.
        page: usize,
        /// The sign of the question.
        question: String,
        /// Whether that solved it; if so, whether something had helped.
        solved: Option<bool>,
        /// The name of the slip that explains it, where a single one does.
        slip: Option<String>,
    },
    /// A skill has been tried.
    Tried {
        /// The skill's name.
        skill: String,
        /// Which numbers it was about.
        variant: String,
        /// What became of it.
        result: Tried,
    },
    /// A lesson is to be forgotten.
    Forgotten {
        /// The lesson.
        lesson: LessonId,
    },
    /// A problem has been left without an answer.
    Skipped {
        /// Which numbers it was about.
        variant: String,
    },
    /// A theme has been chosen.
    Theme {
        /// Which.
        theme: Theme,
    },
    /// Runs that are played are to be seen moving, or not.
    Motion {
        /// Whether they are.
        on: bool,
    },
    /// Everything that has been done is to be forgotten.
    Reset,
}

/// How well a skill is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It has not been tried.
    New,
    /// The last answer that tells anything was wrong.
    Missed,
    /// Some right answers are there, and not yet enough.
    Learning,
    /// It has been shown often enough since it was missed.
    Mastered,
}

impl Default for Logbook {
    fn default() -> Self {
        Self {
            version: VERSION,
            lessons: BTreeMap::new(),
            courses: BTreeMap::new(),
            skills: BTreeMap::new(),
            skipped: Vec::new(),
            tastes: Tastes::default(),
        }
    }
}

impl Logbook {
    /// Takes note of what has happened.
    pub fn note(&mut self, entry: &Entry) {
        let at = entry.at;
        match &entry.what {
            What::Page { lesson, page } => self.lesson_mut(lesson).open(*page, at),
            What::Answer {
                lesson,
                page,
                question,
                solved,
                slip,
            } => {
                let log = self.lesson_mut(lesson);
                log.open(*page, at);
                let exercise = log.exercise_mut(*page, question);
                exercise.answered(*solved, at);
                if let Some(slip) = slip {
                    *exercise.slips.entry(slip.clone()).or_default() += 1;
                }
            }
            What::Tried {
                skill,
                variant,
                result,
            } => {
                let log = self.skills.entry(skill.clone()).or_default();
                log.tried(variant, *result, at);
            }
            What::Forgotten { lesson } => {
                self.shelf_mut(lesson).remove(&lesson.name);
                self.courses.retain(|_, lessons| !lessons.is_empty());
            }
            What::Skipped { variant } => noted(&mut self.skipped, variant),
            What::Theme { theme } => self.tastes.theme = Some(theme.name().to_owned()),
            What::Motion { on } => self.tastes.motion = Some(*on),
            What::Reset => {
                let tastes = std::mem::take(&mut self.tastes);
                *self = Self {
                    tastes,
                    ..Self::default()
                };
            }
        }
    }

    /// What has become of a lesson.
    pub fn lesson(&self, lesson: &LessonId) -> Option<&LessonLog> {
        let lessons = match &lesson.course {
            Some(course) => self.courses.get(course)?,
            None => &self.lessons,
        };
        lessons.get(&lesson.name)
    }

    /// Every lesson of which anything is known.
    pub fn lesson_ids(&self) -> impl Iterator<Item = LessonId> {
        let alone = self
            .lessons
            .keys()
            .map(|name| LessonId::from(name.as_str()));
        alone.chain(self.courses.iter().flat_map(|(course, lessons)| {
            lessons.keys().map(|name| LessonId {
                course: Some(course.clone()),
                name: name.clone(),
            })
        }))
    }

    /// What has become of an exercise, by its lesson, the number of its page and the sign of its question.
    pub fn exercise(&self, lesson: &LessonId, page: usize, question: &str) -> Option<&ExerciseLog> {
        self.lesson(lesson)?.exercise(page, question)
    }

    /// What has become of a skill.
    pub fn skill(&self, skill: Skill) -> Option<&SkillLog> {
        self.skills.get(&skill.name())
    }

    /// How well a skill is known.
    pub fn standing(&self, skill: Skill) -> Standing {
        self.skill(skill).map_or(Standing::New, SkillLog::standing)
    }

    /// How many answers on a topic have been right, with help or without, since its skills were missed.
    pub fn solved(&self, topic: Topic) -> u64 {
        let skills = Skill::all();
        let own = skills.filter(|skill| skill.topic == topic);
        own.filter_map(|skill| self.skill(skill))
            .map(|log| log.solved.max(log.right.len() as u64))
            .sum()
    }

    fn lesson_mut(&mut self, lesson: &LessonId) -> &mut LessonLog {
        let lessons = self.shelf_mut(lesson);
        lessons.entry(lesson.name.clone()).or_default()
    }

    /// The lessons among which one is kept.
    fn shelf_mut(&mut self, lesson: &LessonId) -> &mut BTreeMap<String, LessonLog> {
        match &lesson.course {
            Some(course) => self.courses.entry(course.clone()).or_default(),
            None => &mut self.lessons,
        }
    }
}

impl LessonLog {
    /// What has become of an exercise.
    pub fn exercise(&self, page: usize, question: &str) -> Option<&ExerciseLog> {
        let this = |log: &&ExerciseLog| log.page == page && log.question == question;
        self.exercises.iter().find(this)
    }

    fn open(&mut self, page: usize, at: Moment) {
        self.page = page;
        self.last = at;
    }

    fn exercise_mut(&mut self, page: usize, question: &str) -> &mut ExerciseLog {
        let this = |log: &ExerciseLog| log.page == page && log.question == question;
        let index = self.exercises.iter().position(this).unwrap_or_else(|| {
            self.exercises.push(ExerciseLog {
                page,
                question: question.to_owned(),
                solved: false,
                aided: false,
                attempts: 0,
                last: Moment::default(),
                slips: BTreeMap::new(),
            });
            self.exercises.len() - 1
        });
        &mut self.exercises[index]
    }
}

impl ExerciseLog {
    /// Takes note of an answer. What has been solved stays solved, and once without help counts for good.
    fn answered(&mut self, solved: Option<bool>, at: Moment) {
        self.attempts += 1;
        self.last = at;
        if let Some(aided) = solved {
            self.aided = aided && (self.aided || !self.solved);
            self.solved = true;
        }
    }
}

/// Adds which numbers something was about, unless it was about them the last time; only the latest are kept.
fn noted(lately: &mut Vec<String>, variant: &str) {
    if lately.last().is_none_or(|last| last != variant) {
        lately.push(variant.to_owned());
        let surplus = lately.len().saturating_sub(MOST_RIGHT);
        lately.drain(..surplus);
    }
}

impl SkillLog {
    fn tried(&mut self, variant: &str, result: Tried, at: Moment) {
        self.tries += 1;
        self.last = at;
        noted(&mut self.lately, variant);
        match result {
            Tried::Right => {
                self.solved += 1;
                self.right.push(RightAnswer {
                    at,
                    variant: variant.to_owned(),
                });
                let surplus = self.right.len().saturating_sub(MOST_RIGHT);
                self.right.drain(..surplus);
            }
            Tried::Aided => self.solved += 1,
            // What was shown before counts for nothing any more.
            Tried::Missed => {
                self.missed = Some(at);
                self.solved = 0;
                self.right.clear();
            }
        }
    }

    /// How well the skill is known. It is mastered once it has been right without help on [`DAYS_TO_MASTER`] days, or
    /// with [`VARIANTS_TO_MASTER`] different sets of numbers, since it was missed.
    pub fn standing(&self) -> Standing {
        let days: BTreeSet<u64> = self.right.iter().map(|right| right.at.day()).collect();
        let variants: BTreeSet<&str> = self.right.iter().map(|r| r.variant.as_str()).collect();
        if days.len() >= DAYS_TO_MASTER || variants.len() >= VARIANTS_TO_MASTER {
            Standing::Mastered
        } else if self.missed.is_some() && self.right.is_empty() {
            Standing::Missed
        } else {
            Standing::Learning
        }
    }
}
