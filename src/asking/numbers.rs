//! What the kinds have in common that ask for a number: how they are asked, judged, helped with and checked.

use std::rc::Rc;
use std::sync::Arc;

use super::attempt::{Attempt, Fresh};
use super::fault::Fault;
use super::judgement::{Feedback, FeedbackKind, Judgement, Lead, Mark, Next};
use super::kinds::Proof;
use super::scene::{Scene, Stage, facts, filled, record};
use super::task::{Mistake, Numbers, Support, Task};
use crate::command::{Phrase, Refusal};
use crate::exercise::{
    self, Asked, Key, Misconception, Tried, Typed, Verdict, Why, misconceptions, missing, rounded,
    typed,
};
use crate::explain::{Document, Line, Node, Quantity};

/// How a typed line answers.
pub(super) const HOW_TO_ANSWER: &str =
    "Type `answer` and the number, a fraction or an expression. `hint` helps.";

/// So many numbers that were asked with before are remembered.
const MOST_EARLIER: usize = 8;

/// A number that is asked for.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    pub asked: Option<Asked>,
    pub expect: Option<Phrase>,
    pub parameter: Option<usize>,
    pub node: Option<Node>,
    pub ask: Option<&'a Document>,
}

impl Wanted<'_> {
    /// The task, with the numbers of an update of the page's run.
    pub fn posed(self, stage: &dyn Stage, update: u64) -> Option<Task> {
        let parameter = self.parameter.unwrap_or(stage.scope().focus);
        // What follows from a rule is not asked of a parameter that no rule changes.
        let of_rule = self.asked.is_some_and(|asked| !asked.is_before_delta());
        if of_rule && !stage.run().model().is_trained(parameter) {
            return None;
        }
        let record = record(stage, update)?;
        let ask_again = self.ask.cloned();
        let ask = self.ask.map(|ask| ask.fill(|live| stage.live(live)).lines);
        Some(Task {
            facts: facts(stage, &record, parameter, self.asked, self.node),
            asked: self.asked,
            expect: self.expect,
            shown_as: None,
            ask: ask.unwrap_or_default(),
            ask_again,
            numbers: Numbers::OfRun {
                model: Arc::clone(stage.run().model()),
                record,
                parameter,
            },
            support: Support::None,
        })
    }
}

/// The task that is being asked: the first, or one with other numbers.
pub(super) fn current(scene: &dyn Scene, attempt: &Attempt) -> Result<Rc<Task>, Refusal> {
    let fresh = attempt.fresh.as_ref().map(|fresh| Rc::clone(&fresh.task));
    fresh.or_else(|| scene.task()).ok_or_else(|| {
        Refusal::new(
            "this question cannot be asked here",
            "another page has others",
        )
    })
}

/// Judges a number, and takes note of what it tells.
///
/// # Errors
/// Where it is no number, or none is asked for.
pub fn judge(
    scene: &dyn Scene,
    attempt: &mut Attempt,
    mistakes: &[Mistake],
    answer: Option<&str>,
) -> Result<Judgement, Refusal> {
    let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
    let typed = typed(scene.digits().decimal(), text)?;
    let task = current(scene, attempt)?;
    let key = task.key(mistakes).ok_or_else(|| {
        Refusal::new(
            "this update has no such number",
            "another page has other questions",
        )
    })?;
    let verdict = key.judge(&typed);
    Ok(match &verdict {
        Verdict::Right { rounded } => right(scene, attempt, &task, &key, *rounded),
        Verdict::MoreDigits { least } => {
            let mark = Mark::MoreDigits { least: *least };
            Judgement::new(mark, vec![exercise::more_digits(*least)])
        }
        Verdict::Wrong { fits, near } => {
            let wrong = WrongAnswer {
                scene,
                task: &task,
                mistakes,
                text,
                typed: &typed,
                verdict: &verdict,
            };
            wrong.judged(attempt, fits, *near)
        }
    })
}

/// Takes note of a right answer and says why it is right.
fn right(
    scene: &dyn Scene,
    attempt: &mut Attempt,
    task: &Task,
    key: &Key,
    rounded: bool,
) -> Judgement {
    let seen = attempt.fresh.is_none() && scene.has_shown(task.shown_as, key.right);
    let mut lines = exercise::right(&task.facts, task.asked, rounded);
    lines.extend(task.expression());
    let result = if attempt.is_unaided() && !seen {
        Tried::Right
    } else {
        Tried::Aided
    };
    let mut judgement = Judgement::new(Mark::Right { rounded, seen }, lines);
    judgement.skill = task.skill().map(|skill| (skill, result));
    if attempt.fresh.take_if(|fresh| fresh.tells_apart).is_some() {
        judgement.feedback.next = Some(Next {
            lead: Lead::FirstAgain,
            lines: scene.task().map_or_else(Vec::new, |first| first.lines()),
        });
    }
    judgement
}

/// A wrong answer, to a task of a scene.
struct WrongAnswer<'a> {
    scene: &'a dyn Scene,
    task: &'a Task,
    mistakes: &'a [Mistake],
    text: &'a str,
    typed: &'a Typed,
    verdict: &'a Verdict,
}

impl WrongAnswer<'_> {
    fn judged(&self, attempt: &mut Attempt, fits: &[Why], near: bool) -> Judgement {
        let answers_first = self.answers_earlier_numbers(attempt);
        let slips = misconceptions(fits);
        let mut judgement = Judgement::new(Mark::Wrong { slips, near }, Vec::new());
        // A slip of arithmetic says nothing about the skill.
        if !near && !answers_first {
            attempt.missed = true;
            judgement.skill = self.task.skill().map(|skill| (skill, Tried::Missed));
        }
        judgement.feedback = self.feedback(attempt, fits, answers_first);
        judgement
    }

    fn feedback(&self, attempt: &mut Attempt, fits: &[Why], answers_first: bool) -> Feedback {
        let says = |lines| Feedback::new(FeedbackKind::NotYet, lines);
        let text = self.text;
        if answers_first {
            return says(vec![Line::plain(format!(
                "{text} was right for the numbers before. These are others."
            ))]);
        }
        let foreseen = fits.iter().find_map(|why| match why {
            Why::Foreseen(index) => self.mistakes.get(*index),
            Why::Misconception(_) => None,
        });
        if let Some(mistake) = foreseen {
            let mut lines = vec![Line::plain("Not yet.")];
            lines.extend(filled(self.scene, &mistake.say, Some(self.task)));
            return says(lines);
        }
        let Some(asked) = self.task.asked else {
            return says(vec![Line::plain(format!(
                "{text} is not it. `hint` helps."
            ))]);
        };
        let lines = exercise::wrong(&self.task.facts, asked, text, self.verdict);
        // Where several slips explain the answer, another question tells them apart.
        let several = misconceptions(fits);
        let apart = || asked_again(self.scene, attempt, self.task, self.mistakes, &several);
        Feedback {
            next: (several.len() > 1).then(apart).flatten(),
            ..says(lines)
        }
    }

    /// Whether the answer to a question with other numbers is the one to numbers that were asked with before.
    fn answers_earlier_numbers(&self, attempt: &Attempt) -> bool {
        attempt.earlier.iter().any(|task| {
            let key = task.key(self.mistakes);
            key.is_some_and(|key| matches!(key.judge(self.typed), Verdict::Right { .. }))
        })
    }
}

/// Hints made from the numbers, and then the answer.
pub(super) fn hints(scene: &dyn Scene, attempt: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
    let task = current(scene, attempt)?;
    let asked = task.asked;
    let mut hints = asked.map_or_else(Vec::new, |asked| exercise::hints(&task.facts, asked));
    let last = hints.pop().or_else(|| task.expression());
    if hints.is_empty() {
        let why = "`why` and the name of a quantity shows where a number comes from.";
        hints.push(Line::plain(why));
    }
    let hints = hints.into_iter().map(|hint| vec![hint]);
    Ok(hints.chain([last.into_iter().collect()]).collect())
}

/// Asks with other numbers, now that the answer has been told.
pub fn afresh(scene: &dyn Scene, attempt: &mut Attempt, mistakes: &[Mistake]) -> Option<Next> {
    let task = current(scene, attempt).ok()?;
    asked_again(scene, attempt, &task, mistakes, &[])
}

/// The task with other numbers, which is asked from here on: those that tell slips `apart`, where there are any.
fn asked_again(
    scene: &dyn Scene,
    attempt: &mut Attempt,
    task: &Task,
    mistakes: &[Mistake],
    apart: &[&Misconception],
) -> Option<Next> {
    attempt.seeds += 1;
    attempt.earlier.push(Rc::new(task.clone()));
    let surplus = attempt.earlier.len().saturating_sub(MOST_EARLIER);
    attempt.earlier.drain(..surplus);
    let other = task.with_other_numbers(mistakes, apart, scene.seed(attempt.seeds))?;
    let lines = other.lines();
    let first_waits = attempt.fresh.as_ref().is_none_or(|fresh| fresh.tells_apart);
    attempt.fresh = Some(Fresh {
        task: Rc::new(other),
        tells_apart: first_waits && !apart.is_empty(),
    });
    let lead = if apart.is_empty() {
        Lead::OtherNumbers
    } else {
        Lead::TellsApart
    };
    Some(Next { lead, lines })
}

/// The task that a page asks first, for its check.
pub(super) fn first(scene: &dyn Scene) -> Result<Rc<Task>, Vec<Fault>> {
    let missing = || vec![Fault::whole("there is no such update to ask about")];
    scene.task().ok_or_else(missing)
}

/// Whether a quantity of the task's update is given.
pub(super) fn is_given(task: &Task, quantity: Quantity) -> bool {
    let line = (task.derivation()).and_then(|derivation| derivation.line(quantity));
    line.is_some_and(|line| line.is_given())
}

/// The right answer as somebody would type it, with the digits that are asked for; every wrong answer with as many
/// must be told from it. `asked` is the field that says what is asked for.
pub(super) fn check(
    task: &Task,
    mistakes: &[Mistake],
    asked: &'static str,
) -> Result<Proof, Vec<Fault>> {
    let no_number = || vec![Fault::field(asked, "the answer is no number")];
    let key = task.key(mistakes).ok_or_else(no_number)?;
    let mut faults = mistakes_at_fault(task, mistakes);
    let digits = key.digits_needed();
    for wrong in &key.wrong {
        let text = rounded(wrong.answer, digits);
        let typed = Typed::read(&text).map_err(|mistake| vec![Fault::whole(mistake.message)])?;
        if matches!(key.judge(&typed), Verdict::Right { .. }) {
            let message = format!("the wrong answer {text} would be taken for right");
            faults.push(match wrong.why {
                Why::Foreseen(index) => Fault::item("mistakes", index, message),
                Why::Misconception(_) => Fault::field(asked, message),
            });
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Proof {
        answer: rounded(key.right, digits),
        ..Proof::default()
    })
}

/// What is wrong with the mistakes that a lesson foresees.
pub(super) fn mistakes_at_fault(task: &Task, mistakes: &[Mistake]) -> Vec<Fault> {
    let key = task.key(mistakes);
    let fault = |(index, mistake): (usize, &Mistake)| {
        let text = &mistake.answer.text;
        let foreseen = Why::Foreseen(index);
        let told = |key: &Key| key.wrong.iter().any(|wrong| wrong.why == foreseen);
        let message = if !task.value(&mistake.answer).is_finite() {
            format!("the mistake `{text}` comes to no number")
        } else if key.as_ref().is_none_or(told) {
            return None;
        } else {
            format!("the mistake `{text}` is the right answer")
        };
        Some(Fault::item("mistakes", index, message))
    };
    mistakes.iter().enumerate().filter_map(fault).collect()
}
