//! A problem of practice: its question, how much of the way is shown with it, and the same with other numbers.

use crate::exercise::{self, Asked, Facts, Key, Skill, Topic, Verdict};
use crate::explain::{DerivationLine, Line, Role};
use crate::math::Convention;
use crate::record::Logbook;

/// Worked examples fade: on a new topic an example with all its lines comes first, and of the problem only the last
/// line is left to do; on the second problem half of the lines are; from the third on, all of them.
const PROBLEMS_UNTIL_FADED: u64 = 2;

/// A problem that is being asked.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub skill: Skill,
    pub seed: u64,
    pub facts: Facts,
    /// The numbers that come again once slips have been told apart.
    pub first: Option<Facts>,
    /// How many problems on its topic have been solved before.
    practised: u64,
    pub hints: usize,
    /// How often it has been asked with other numbers.
    others: u64,
    pub helped: bool,
    pub missed: bool,
}

impl Problem {
    pub fn new(skill: Skill, seed: u64, logbook: &Logbook) -> Self {
        Self {
            skill,
            seed,
            facts: skill.problem(&[], seed),
            first: None,
            practised: logbook.solved(skill.topic),
            hints: 0,
            others: 0,
            helped: false,
            missed: false,
        }
    }

    pub fn asked(&self) -> Asked {
        self.skill.asked
    }

    /// `Rule heavy-ball; the gradient points downhill.`
    fn topic_line(&self) -> Line {
        let head = match self.skill.topic {
            Topic::Rule(rule) => Line::plain("Rule ").with(rule.name(), Role::Strong),
            Topic::Node(kind) => Line::plain("In a network: ").with(kind.words(), Role::Strong),
        };
        let sign = match (self.asked(), self.skill.convention) {
            (Asked::Sum | Asked::Value, _) => "",
            (Asked::Signal, Convention::Add) => "; signals point downhill, target - output",
            (Asked::Signal, Convention::Subtract) => "; signals point uphill, output - target",
            (Asked::Quantity(_), Convention::Add) => "; the gradient points downhill",
            (Asked::Quantity(_), Convention::Subtract) => {
                "; the gradient is dE/dw, which points uphill"
            }
        };
        head.with(format!("{sign}."), Role::Plain)
    }

    /// The question in words: rule, sign, what is asked, what is given and what of the way is done already.
    pub fn lines(&self) -> Vec<Line> {
        let key = Key::of(&self.facts, self.asked());
        let question = exercise::question(&self.facts, self.asked());
        let mut lines = vec![self.topic_line(), Line::plain(question)];
        let told = self.facts.told(self.asked());
        lines.extend(exercise::given(Some(told), key.as_ref()));
        let support = self.support();
        if !support.is_empty() {
            lines.push(Line::plain("This much is done:"));
            let printed = |line| exercise::printed(line, &self.facts);
            lines.extend(support.iter().map(printed));
        }
        lines
    }

    /// The lines of the way that are shown with the problem: fewer with every problem on the topic.
    pub fn support(&self) -> Vec<DerivationLine> {
        let mut steps = exercise::steps(&self.facts, self.asked());
        let kept = match self.practised {
            0 => steps.len(),
            done if done < PROBLEMS_UNTIL_FADED => steps.len() / 2,
            _ => 0,
        };
        steps.truncate(kept);
        steps
    }

    /// An example with other numbers and all its lines, where the topic is new.
    pub fn example(&self) -> Vec<Line> {
        if self.practised > 0 {
            return Vec::new();
        }
        // Far from the seeds of the problems that follow.
        let facts = self.skill.problem(&[], !self.seed);
        let mut lines = vec![
            Line::plain("First, one of this kind with all its lines:"),
            self.topic_line(),
        ];
        lines.extend(exercise::example(&facts, self.asked()));
        lines
    }

    /// Fresh numbers for the same question.
    pub fn other_numbers(&mut self, apart: &[&exercise::Misconception]) -> Facts {
        self.others += 1;
        // Far from the seeds of the problems that follow.
        let seed = self.seed ^ (self.others << 48);
        self.skill.problem(apart, seed)
    }

    /// Where several slips explain an answer: another question that tells them apart.
    pub fn told_apart(&mut self, verdict: &Verdict) -> Vec<Line> {
        let Verdict::Wrong { fits, .. } = verdict else {
            return Vec::new();
        };
        let several = exercise::misconceptions(fits);
        if several.len() < 2 {
            return Vec::new();
        }
        let other = self.other_numbers(&several);
        let before = std::mem::replace(&mut self.facts, other);
        // After it, the question comes again that was asked first.
        self.first.get_or_insert(before);
        let mut lines = vec![
            Line::plain("Another question shows which it is."),
            Line::new(),
        ];
        lines.extend(self.lines());
        lines
    }
}
