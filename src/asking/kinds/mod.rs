//! The kinds of questions. Each is one file; all of them are named here, and nowhere else but where lessons are read.

mod choose;
mod letters;
mod number;
mod order;
mod predict;
mod reach;

pub use choose::{AnswerOption, Choose, picked};
pub use letters::{MOST_LETTERS, letter, letters};
pub use number::Number;
pub use order::Order;
pub use predict::Predict;
pub use reach::Reach;

use super::attempt::Attempt;
use super::fault::Fault;
use super::judgement::{Judgement, Next};
use super::numbers;
use super::scene::Stage;
use super::task::{Mistake, Task};
use crate::command::Refusal;
use crate::explain::{Document, Line, Quantity, Role, Span};
use crate::math::Rule;

/// What is asked, and how an answer is judged. Numbers are never written down: they are computed from the run.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A number of the update that comes next.
    Predict(Predict),
    /// A number that an expression comes to.
    Number(Number),
    /// Which of several is right.
    Choose(Choose),
    /// In which order lines belong.
    Order(Order),
    /// A condition that the learner's settings must bring about.
    Reach(Reach),
}

impl Question {
    /// What it does as a question of its kind.
    pub fn kind(&self) -> &dyn Kind {
        match self {
            Self::Predict(kind) => kind,
            Self::Number(kind) => kind,
            Self::Choose(kind) => kind,
            Self::Order(kind) => kind,
            Self::Reach(kind) => kind,
        }
    }
}

/// What answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// A number.
    Number,
    /// One of the first so many letters, or its number.
    Choice(usize),
    /// The first so many letters, in some order.
    Letters(usize),
    /// That it has been done.
    Done,
}

/// What solves a question: command lines that come first, and an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// The lines.
    pub lines: Vec<String>,
    /// What is typed behind `answer`.
    pub answer: String,
}

/// What comes of an answer; refused where it is none to the question.
pub type Judged = Result<Judgement, Refusal>;

/// A kind of question. What is not said otherwise is said of a kind that asks for a number: such a one says which
/// number that is, and what is wrong with asking for it.
pub trait Kind {
    /// Its name in lessons.
    fn name(&self) -> &'static str;

    /// What it asks for, in words that go on from "This page asks for".
    fn wanted(&self, _: Rule) -> String {
        "a number".to_owned()
    }

    /// What makes it this question among those of its kind, for its sign in records: neither hints nor numbers of the run.
    fn described(&self) -> Vec<String>;

    /// What is another in a question that should be the same in another language, beside its answer.
    fn differs(&self, other: &Question) -> Option<&'static str>;

    /// Wrong answers that the lesson foresees.
    fn mistakes(&self) -> &[Mistake] {
        &[]
    }

    /// What answers it.
    fn answers(&self) -> Answering {
        Answering::Number
    }

    /// How a typed line answers it.
    fn how_to_answer(&self) -> &'static str {
        numbers::HOW_TO_ANSWER
    }

    /// The update that it is about, of the run as the page has prepared it; `None` where it is about none.
    fn update(&self, _: &dyn Stage) -> Option<u64> {
        None
    }

    /// The quantity that would tell the answer.
    fn secret(&self, _: &dyn Stage) -> Option<Quantity> {
        None
    }

    /// The number it asks for, of the run as the page prepares it, which is made again for it; `None` where it asks for
    /// none.
    fn posed(&self, _: &dyn Stage) -> Option<Task> {
        None
    }

    /// The question, as it is asked in this attempt.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    fn ask(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Line>, Refusal> {
        Ok(numbers::current(stage, attempt)?.lines())
    }

    /// Judges an answer.
    ///
    /// # Errors
    /// Where it is none to this question.
    fn judge(&self, stage: &dyn Stage, attempt: &mut Attempt, answer: Option<&str>) -> Judged {
        numbers::judge(stage, attempt, self.mistakes(), answer)
    }

    /// Every hint in this attempt, the answer last; where the lesson has its own, they take the place of those before it.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    fn hints(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
        numbers::hints(stage, attempt)
    }

    /// Asks in another form, now that the answer has been told.
    fn afresh(&self, stage: &dyn Stage, attempt: &mut Attempt) -> Option<Next> {
        numbers::afresh(stage, attempt, self.mistakes())
    }

    /// What solves it, on the stage as the page has prepared it.
    ///
    /// # Errors
    /// Everything that is wrong with it, seen from its own fields: it cannot be asked or solved, or its answers not told
    /// apart.
    fn check(&self, stage: &dyn Stage) -> Result<Proof, Vec<Fault>>;
}

/// What is said of a question that asks for something else than its fellow in another language.
const ASKS_ELSE: &str = "this exercise asks something else";

/// Whether two questions foresee the same wrong answers, whatever is said to them.
fn foresee_alike(one: &[Mistake], other: &[Mistake]) -> bool {
    let [one, other] = [one, other].map(|all| all.iter().map(|wrong| &wrong.answer.expression));
    one.eq(other)
}

/// A text without its live values, for signs: those follow from the commands of the page.
fn words(document: &Document) -> String {
    document.fill(|_| Span::new("{}", Role::Plain)).text()
}
