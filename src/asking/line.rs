//! A line of an update, asked for before it is shown.

use super::numbers::Wanted;
use super::scene::Stage;
use crate::command::Refusal;
use crate::exercise::{Asked, Key, Skill, Tried, Verdict, misconceptions, missing, typed};
use crate::explain::{DerivationLine, Line, Role, number};

/// What is said to a number that was typed before its line was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Foretold {
    /// What was typed.
    pub text: String,
    /// What is said to it.
    pub said: Line,
    /// Whether it was right.
    pub right: bool,
    /// What it tells of a skill, unless the number had been shown before.
    pub skill: Option<(Skill, Tried)>,
}

/// Compares a number with a line of the update on the screen: `You said 0.027, and delta is 0.027: right.`, or what
/// has become of it otherwise.
///
/// # Errors
/// Where it is no number.
pub fn foretold(
    stage: &dyn Stage,
    line: &DerivationLine,
    answer: Option<&str>,
) -> Result<Foretold, Refusal> {
    let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
    let typed = typed(stage.digits().decimal(), text)?;
    let wanted = Wanted {
        asked: Asked::of(line.quantity),
        node: line.quantity.node(),
        ..Wanted::default()
    };
    let task = wanted.posed(stage, stage.shown().0);
    let words = match task.as_ref().and_then(|task| Some((task, task.asked?))) {
        Some((task, asked)) => task.facts.words(asked),
        None => format!("the {}", line.quantity.words(stage.derivation().rule)),
    };
    let read = |value| number::display(value, stage.digits());
    let verdict = if read(typed.value) == read(line.shown()) {
        // It reads as the line does, however few digits that has.
        Verdict::Right { rounded: true }
    } else {
        // A number that no formula of the facts explains is judged by itself.
        let key = task.as_ref().and_then(|task| task.key(&[]));
        let key = key.unwrap_or(Key {
            right: line.value,
            wrong: Vec::new(),
        });
        key.judge(&typed)
    };
    let result = match verdict {
        Verdict::Right { .. } => Some(Tried::Right),
        Verdict::Wrong { near: false, .. } => Some(Tried::Missed),
        Verdict::Wrong { .. } | Verdict::MoreDigits { .. } => None,
    };
    let new = !stage.has_shown(Some(line.quantity), line.value);
    let skill = task.filter(|_| new).and_then(|task| task.skill());
    let (between, end) = match &verdict {
        Verdict::Right { .. } => (", and ", ": right.".to_owned()),
        Verdict::MoreDigits { .. } => ("; to more digits, ", ".".to_owned()),
        Verdict::Wrong { fits, .. } => match misconceptions(fits).as_slice() {
            [one] => ("; ", format!(". {}", one.says)),
            _ => ("; ", ".".to_owned()),
        },
    };
    let shown = stage.derivation().text(line.quantity, stage.digits());
    let shown = shown.unwrap_or_else(|| read(line.value));
    Ok(Foretold {
        said: Line::plain(format!("You said {text}{between}{words} is "))
            .with(shown, line.role())
            .with(end, Role::Plain),
        text: text.to_owned(),
        right: matches!(verdict, Verdict::Right { .. }),
        skill: skill.zip(result),
    })
}
