//! Practice: fresh problems over all rules, conventions and quantities, mixed, without a lesson.
//!
//! Problems are judged and explained as exercises are. What is asked depends on the seed and on the logbook alone.

use std::rc::Rc;

use super::choosing::chosen;
use super::line::{complaint_about, not_here};
use super::problem::{Asking, PracticeProblem, variant};
use super::reply::{Asked, Reply};
use crate::asking::{self, Answering, Attempt, Feedback, FeedbackKind, Help, Mark, Task, Waiting};
use crate::command::{Command, Complaint, Practised, Refusal, practised};
use crate::exercise::{self, Asked as Wanted, Dice, Skill, Tried, missing};
use crate::explain::{Line, Role, Text, plural};
use crate::record::{Keeper, Standing, What};

/// So many problems are asked where nobody has said how many.
pub const USUAL_PROBLEMS: usize = 10;
/// More problems than this are not asked in one go.
pub const MOST_PROBLEMS: usize = 1000;

/// A round of problems.
#[derive(Debug, Clone)]
pub struct Practice {
    keeper: Keeper,
    dice: Dice,
    /// The seed of the next problem's numbers.
    seed: u64,
    /// What has been asked in this round and the one before.
    asked: Vec<Asking>,
    /// How much of it was asked in the one before.
    before: usize,
    /// How many problems there are, and the number of the current one, from 1.
    count: usize,
    number: usize,
    problem: PracticeProblem,
    /// What has become of the current one.
    attempt: Attempt,
    results: Vec<(Skill, Ending)>,
}

/// What became of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was right at once, and nothing had helped.
    Unaided,
    /// It was right in the end.
    Later,
    /// It was left out.
    Skipped,
}

impl Practice {
    /// A round of `count` problems, at least one. The same seed asks the same of a learner who has done the same.
    pub fn new(keeper: Keeper, seed: u64, count: usize) -> Self {
        Self::after(keeper, seed, count, Vec::new())
    }

    /// A round after one in which this has been asked.
    fn after(keeper: Keeper, mut seed: u64, count: usize, mut asked: Vec<Asking>) -> Self {
        let mut dice = Dice(seed);
        let skill = chosen(keeper.logbook(), keeper.now(), None, &mut dice);
        let before = asked.len();
        Self {
            problem: PracticeProblem::unlike(&mut asked, skill, &mut seed, keeper.logbook()),
            keeper,
            dice,
            seed,
            asked,
            before,
            count: count.clamp(1, MOST_PROBLEMS),
            number: 1,
            attempt: Attempt::default(),
            results: Vec::new(),
        }
    }

    /// What is said at the start: what to type, and the first problem.
    pub fn opening(&mut self) -> Reply {
        let mut lines = vec![Line::new().with(HELP, Role::Muted)];
        lines.extend(self.take_notice().map(Line::plain));
        Reply {
            title: Some("Practice"),
            help: lines,
            problem: Some(self.asked()),
            ..Reply::default()
        }
    }

    /// What there is to tell about keeping progress; asking clears it.
    pub fn take_notice(&mut self) -> Option<String> {
        self.keeper.take_notice()
    }

    /// An example with other numbers and all its lines, where the topic of the current problem is new.
    pub fn example(&self) -> Vec<Line> {
        self.problem.example()
    }

    /// Another round, of as many problems, for a learner who has done this one.
    #[must_use]
    pub fn another(&self) -> Self {
        let mut keeper = self.keeper.clone();
        keeper.refresh();
        let asked = self.asked[self.before..].to_vec();
        Self::after(keeper, self.seed, self.count, asked)
    }

    /// What keeps the learner's progress.
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Whether it has begun: a problem has been finished, or something has been tried or read at the first.
    pub fn is_begun(&self) -> bool {
        !self.results.is_empty() || !self.attempt.is_unaided()
    }

    /// The number of the current problem, from 1, and how many there are.
    pub fn number(&self) -> (usize, usize) {
        (self.number, self.count)
    }

    /// What became of the problems so far, in their order.
    pub fn endings(&self) -> impl Iterator<Item = Ending> {
        self.results.iter().map(|(_, ending)| *ending)
    }

    /// The current problem as it stands: what is asked, and what is given.
    pub fn problem(&self) -> Text {
        self.task().lines().into()
    }

    /// The same as a question that waits for an answer.
    pub fn waiting(&self) -> Waiting {
        Waiting {
            lines: self.task().lines(),
            how_to_answer: HELP,
            answers: Answering::Number,
            quantity: match self.problem.skill.asked {
                Wanted::Quantity(quantity) => Some(quantity),
                Wanted::Sum | Wanted::Value | Wanted::Signal => None,
            },
        }
    }

    /// Which hint comes next, from 1, and of how many.
    pub fn hint_to_come(&self) -> (usize, usize) {
        let count = exercise::hints(&self.task().facts, self.problem.skill.asked).len();
        (self.attempt.hint_to_come(count) + 1, count)
    }

    /// Where one is, for the prompt.
    pub fn prompt(&self) -> String {
        format!("problem {}/{}> ", self.number, self.count)
    }

    /// Understands a line and says what comes of it. What it shows of a skill is kept before it is said.
    ///
    /// # Errors
    /// Where the line means nothing here; nothing has changed.
    pub fn reply(&mut self, line: &str) -> Result<Reply, Complaint> {
        let Some(command) = Self::understand(line)? else {
            return Ok(Reply::default());
        };
        let said = self
            .obey(&command)
            .map_err(|refusal| complaint_about(line, &command, refusal));
        self.keeper.keep();
        let mut reply = said?;
        reply.notice = self.take_notice();
        Ok(reply)
    }

    /// What is said at the end.
    pub fn summary(&self) -> Text {
        let asked = self.results.len();
        let mut lines = vec![Line::new().with("Summary", Role::Heading)];
        if asked == 0 {
            lines.push(Line::plain("No problem has been finished."));
            return lines.into();
        }
        let problems = plural(asked as u64, "problem");
        let told = [
            (Ending::Unaided, "right at once"),
            (Ending::Later, "right in the end"),
            (Ending::Skipped, "left out"),
        ];
        let told = told.map(|(ending, words)| {
            let count = self.endings().filter(|other| *other == ending).count();
            (count > 0).then(|| format!("{count} {words}"))
        });
        let told: Vec<String> = told.into_iter().flatten().collect();
        let told = told.join(", ");
        lines.push(Line::plain(format!("{asked} {problems}: {told}.")));
        lines.extend(self.told("Mastered", |standing, _| standing == Standing::Mastered));
        lines.extend(self.told("To be asked again", |standing, ending| {
            standing != Standing::Mastered && ending != Ending::Unaided
        }));
        lines.into()
    }

    /// The skills of this round of which something is true, as a sentence.
    fn told(&self, words: &str, is: impl Fn(Standing, Ending) -> bool) -> Option<Line> {
        let logbook = self.keeper.logbook();
        let mut names: Vec<String> = Vec::new();
        for (skill, ending) in &self.results {
            let name = format!("{} ({})", skill.words(), skill.topic.name());
            if is(logbook.standing(*skill), *ending) && !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| Line::plain(format!("{words}: {}.", names.join(", "))))
    }

    fn obey(&mut self, command: &Command) -> Result<Reply, Refusal> {
        if let Command::Answer(answer) = command {
            let answer = answer.as_deref();
            return self.answer(answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?);
        }
        let (deed, _) = practised(command).ok_or_else(not_here)?;
        Ok(match deed {
            Practised::Hint => self.hint().into(),
            Practised::Solution => self.solution().into(),
            Practised::Exercise => Reply {
                problem: Some(self.asked()),
                ..Reply::default()
            },
            Practised::Next => {
                self.note_left();
                self.finish(None, Ending::Skipped)
            }
            Practised::Help => Reply {
                help: vec![Line::plain(HELP)],
                ..Reply::default()
            },
            Practised::Quit => {
                self.note_left();
                Reply {
                    summary: Some(self.summary()),
                    ..Reply::default()
                }
            }
        })
    }

    fn answer(&mut self, text: &str) -> Result<Reply, Refusal> {
        let judgement = asking::judge(&self.problem, &mut self.attempt, &[], Some(text))?;
        if judgement.solves() {
            let unaided = self.attempt.is_unaided();
            let alone = unaided && self.task().steps().is_empty();
            self.note(if alone { Tried::Right } else { Tried::Aided });
            let ending = if unaided {
                Ending::Unaided
            } else {
                Ending::Later
            };
            return Ok(self.finish(Some(judgement.feedback), ending));
        }
        if matches!(judgement.mark, Mark::Wrong { near: false, .. }) {
            self.note(Tried::Missed);
        }
        Ok(judgement.feedback.into())
    }

    /// The next hint; the last is the answer.
    fn hint(&mut self) -> Feedback {
        let task = self.task();
        let mut hints = exercise::hints(&task.facts, self.problem.skill.asked);
        if self.attempt.hints + 1 >= hints.len() {
            return self.solution();
        }
        let (next, head) = self.attempt.next_hint(hints.len());
        let lines = vec![head.joined(hints.swap_remove(next))];
        Feedback::new(FeedbackKind::Hint, lines)
    }

    /// The answer, and the same question with other numbers, which is the problem from here on.
    fn solution(&mut self) -> Feedback {
        let facts = &self.task().facts;
        let mut lines = vec![Line::plain("Line by line:")];
        lines.extend(exercise::example(facts, self.problem.skill.asked));
        self.attempt.help = Help::Hints;
        self.attempt.hints = 0;
        let next = asking::afresh(&self.problem, &mut self.attempt, &[]);
        self.problem.task = self.task();
        self.attempt.fresh = None;
        Feedback {
            next,
            ..Feedback::new(FeedbackKind::Solution, lines)
        }
    }

    /// Goes on to the next problem, or ends the round.
    fn finish(&mut self, feedback: Option<Feedback>, ending: Ending) -> Reply {
        let skill = self.problem.skill;
        self.results.push((skill, ending));
        if self.number == self.count {
            return Reply {
                feedback,
                summary: Some(self.summary()),
                ..Reply::default()
            };
        }
        self.number += 1;
        let (logbook, now) = (self.keeper.logbook(), self.keeper.now());
        let next = chosen(logbook, now, Some(skill.topic), &mut self.dice);
        let (asked, seed) = (&mut self.asked, &mut self.seed);
        self.problem = PracticeProblem::unlike(asked, next, seed, logbook);
        self.attempt = Attempt::default();
        Reply {
            feedback,
            problem: Some(self.asked()),
            ..Reply::default()
        }
    }

    fn note(&mut self, result: Tried) {
        self.keeper.note(What::Tried {
            skill: self.problem.skill.name(),
            variant: variant(self.problem.seed),
            result,
        });
    }

    /// Has it kept that the current problem is left, so that its numbers are not asked for again soon.
    fn note_left(&mut self) {
        self.keeper.note(What::Skipped {
            variant: variant(self.problem.seed),
        });
    }

    /// The skill that the current problem is about.
    pub fn skill(&self) -> Skill {
        self.problem.skill
    }

    /// The task that is asked: the problem's, or one that tells slips apart.
    pub fn task(&self) -> Rc<Task> {
        let fresh = self.attempt.fresh.as_ref();
        Rc::clone(fresh.map_or(&self.problem.task, |fresh| &fresh.task))
    }

    /// The problem under its number, after a worked example where its topic is new.
    fn asked(&self) -> Asked {
        Asked {
            example: self.example(),
            heading: format!("Problem {} of {}", self.number, self.count),
            lines: self.task().lines(),
        }
    }
}

/// What can be typed.
pub const HELP: &str = "Type the answer: a number, a fraction or an expression. `hint` helps, `solution` shows the answer, `next` goes on without, `quit` ends.";
