//! An exercise of a page: asking it, judging answers, helping with it, checking it.

use super::attempt::{Attempt, Help};
use super::fault::{Fault, Piece};
use super::judgement::{Feedback, FeedbackKind, Mark};
use super::kinds::{Answering, Judged, Proof, Question};
use super::scene::{Stage, filled};
use crate::command::Refusal;
use crate::exercise::tells;
use crate::explain::{Document, Line, Quantity, number};

/// An exercise of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// What is asked.
    pub question: Question,
    /// The lesson's own hints, from vague to plain; where there are none, they are made from the numbers.
    pub hints: Vec<Document>,
    /// Why the answer is right, in the lesson's words.
    pub explain: Option<Document>,
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The question, with what is given.
    pub lines: Vec<Line>,
    /// How a typed line answers it.
    pub how_to_answer: &'static str,
    /// What its answers are.
    pub answers: Answering,
    /// The quantity that is asked for, where it is one.
    pub quantity: Option<Quantity>,
}

impl Exercise {
    /// The question, in the form in which it is asked.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    pub fn ask(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Waiting, Refusal> {
        let kind = self.question.kind();
        Ok(Waiting {
            lines: kind.ask(stage, attempt)?,
            how_to_answer: kind.how_to_answer(),
            answers: kind.answers(),
            quantity: kind.secret(stage),
        })
    }

    /// Judges an answer, and takes note of it.
    ///
    /// # Errors
    /// Where it is none to this question; then nothing is noted.
    pub fn judge(&self, stage: &dyn Stage, attempt: &mut Attempt, answer: Option<&str>) -> Judged {
        let is_own = attempt.fresh.is_none();
        let mut judgement = self.question.kind().judge(stage, attempt, answer)?;
        if judgement.solves() {
            let lines = &mut judgement.feedback.lines;
            if is_own {
                lines.extend(self.explained(stage));
            }
            let seen = matches!(judgement.mark, Mark::Right { seen: true, .. });
            lines.extend(attempt.solve(seen));
        }
        Ok(judgement)
    }

    /// The next hint. The last is the answer; after it the question is asked in another form.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    pub fn hint(&self, stage: &dyn Stage, attempt: &mut Attempt) -> Result<Feedback, Refusal> {
        let mut hints = self.hints(stage, attempt)?;
        let (next, head) = attempt.next_hint(hints.len());
        let is_last = next + 1 == hints.len();
        let mut lines = hints.swap_remove(next);
        if let Some(first) = lines.first_mut() {
            *first = head.joined(first.clone());
        }
        Ok(Feedback {
            kind: FeedbackKind::Hint,
            lines,
            next: is_last.then(|| self.afresh(stage, attempt)).flatten(),
        })
    }

    /// Which hint comes next, from 1, and of how many; `None` where there is none.
    pub fn hint_to_come(&self, stage: &dyn Stage, attempt: &Attempt) -> Option<(usize, usize)> {
        let count = self.hints(stage, attempt).ok()?.len();
        Some((attempt.hint_to_come(count) + 1, count))
    }

    /// The answer and how it is found; then the question is asked in another form, unless it has been solved.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    pub fn solution(&self, stage: &dyn Stage, attempt: &mut Attempt) -> Result<Feedback, Refusal> {
        let hints = self.hints(stage, attempt)?;
        attempt.hints = hints.len();
        attempt.help = Help::Hints;
        let mut lines = hints.into_iter().next_back().unwrap_or_default();
        if attempt.fresh.is_none() {
            lines.extend(self.explained(stage));
        }
        let unsolved = attempt.solved.is_none();
        Ok(Feedback {
            kind: FeedbackKind::Solution,
            lines,
            next: unsolved.then(|| self.afresh(stage, attempt)).flatten(),
        })
    }

    fn afresh(&self, stage: &dyn Stage, attempt: &mut Attempt) -> Option<super::Next> {
        attempt.hints = 0;
        self.question.kind().afresh(stage, attempt)
    }

    /// Every hint, the answer last. The lesson's hints are about the lesson's numbers.
    fn hints(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
        let mut hints = self.question.kind().hints(stage, attempt)?;
        if attempt.fresh.is_none() && !self.hints.is_empty() {
            let task = stage.task();
            let own = (self.hints.iter()).map(|hint| filled(stage, hint, task.as_deref()));
            hints.splice(..hints.len() - 1, own);
        }
        Ok(hints)
    }

    /// The lesson's reason for the answer, which is about the lesson's numbers.
    fn explained(&self, stage: &dyn Stage) -> Vec<Line> {
        let explain = self.explain.as_ref();
        explain.map_or_else(Vec::new, |explain| {
            filled(stage, explain, stage.task().as_deref())
        })
    }

    /// What solves it.
    ///
    /// # Errors
    /// Everything that is wrong with it: it cannot be asked or solved, or a wrong answer cannot be told from the right one.
    pub fn check(&self, stage: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        let kind = self.question.kind();
        kind.check(stage).map_err(|faults| {
            // A solution stands beside the question.
            let beside = |fault: &Fault| fault.place.first() == Some(&Piece::Field("solution"));
            let place = |fault: Fault| {
                if beside(&fault) {
                    fault
                } else {
                    fault.within(kind.name())
                }
            };
            faults.into_iter().map(place).collect()
        })
    }

    /// Where the answer stands before its time: in the text of the page, in the question and in the hints before the
    /// last.
    pub fn check_hints(&self, stage: &dyn Stage, page: &str) -> Vec<Fault> {
        let hints = match self.hints(stage, &Attempt::default()) {
            Ok(hints) => hints,
            Err(refusal) => return vec![Fault::whole(refusal.message)],
        };
        let name = self.question.kind().name();
        let mut faults = Vec::new();
        if let Question::Choose(choose) = &self.question
            && let Some((index, option)) = choose.told_by(stage, page)
        {
            let message = format!("the page tells the answer: `{option}` stands on it");
            faults.push(Fault::item("options", index, message).within(name));
        }
        let Some(task) = stage.task() else {
            return faults;
        };
        let Some(key) = task.key(&[]) else {
            return faults;
        };
        let mark = stage.digits().decimal();
        let text = |lines: &[Line]| -> String {
            let lines: Vec<String> = lines.iter().map(Line::text).collect();
            lines.join(" ")
        };
        for (index, hint) in hints[..hints.len() - 1].iter().enumerate() {
            let hint = text(hint);
            if key.is_told_by(&hint, mark) || tells(&hint, key.right, stage.digits()) {
                let message = format!("hint {} tells the answer", index + 1);
                faults.push(if self.hints.is_empty() {
                    Fault::whole(message)
                } else {
                    Fault::item("hints", index, message)
                });
            }
        }
        if key.is_told_by(page, mark) {
            faults.push(Fault::whole("the page tells the answer"));
        }
        if key.is_told_by(&text(&task.asking()), mark) {
            faults.push(Fault::whole("the question has its answer in it").within(name));
        } else if let Some(given) = task
            .told()
            .filter(|told| key.is_told_by(&told.text(), mark))
        {
            let (given, answer) = (given.text(), number::display(key.right, stage.digits()));
            let message = format!(
                "the answer, {answer}, is also one of the numbers that the program gives with the question ({given}): other numbers in the lesson, or another question"
            );
            faults.push(Fault::whole(message).within(name));
        }
        faults
    }
}
