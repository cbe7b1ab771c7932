//! What is said about an answer.

use super::asked::Asked;
use super::facts::Facts;
use super::grading::{Verdict, Why};
use super::hint::hints;
use super::misconception::{Misconception, arithmetic};
use crate::explain::{Line, Role, capital};

/// What is said about a right answer: that it is right, and why, with the numbers; `None` for an answer that is no
/// number of an update.
pub fn right(facts: &Facts, asked: Option<Asked>, rounded: bool) -> Vec<Line> {
    let first = if rounded {
        "Right, to the digits you gave."
    } else {
        "Right."
    };
    let mut lines = vec![Line::new().with(first, Role::Strong)];
    if let Some(asked) = asked
        && let Some(formula) = facts.right(asked)
    {
        let words = capital(&facts.words(asked));
        let because = Line::plain(format!("{words} is "));
        lines.push(because.joined(arithmetic(&formula, facts, asked)).and("."));
    }
    lines
}

/// What is asked for where an answer says too little.
pub fn more_digits(least: u8) -> Line {
    Line::plain(format!(
        "That may be right, but with so few digits it could be something else. Give {least} digits, not counting zeros in front."
    ))
}

/// What is said about a wrong answer that misconceptions may explain.
///
/// One that fits is named, with its arithmetic in the learner's numbers. Several are listed. Where none fits, the
/// next step is hinted at.
pub fn wrong(facts: &Facts, asked: Asked, typed: &str, verdict: &Verdict) -> Vec<Line> {
    let Verdict::Wrong { fits, near } = verdict else {
        return Vec::new();
    };
    let named = misconceptions(fits);
    match named.as_slice() {
        [] if *near => vec![Line::plain(format!(
            "{typed} is very close. The way is right: check the last digits, and round only at the end."
        ))],
        [] => none_fits(facts, asked, typed),
        [one] => {
            let named = Line::plain("Not yet: ").with(one.title, Role::Strong);
            let mut lines = vec![named.and(".")];
            lines.extend(shown(one, facts, asked));
            lines.push(Line::plain(one.says));
            lines.push(Line::plain(one.next));
            lines
        }
        several => {
            let count = match several.len() {
                2 => "Two".to_owned(),
                3 => "Three".to_owned(),
                count => count.to_string(),
            };
            let first = format!("Not yet. {count} different slips lead to {typed} here:");
            let mut lines = vec![Line::plain(first)];
            for one in several {
                lines.push(Line::plain(format!("- {}", one.title)).and(":"));
                lines.extend(shown(one, facts, asked));
            }
            lines
        }
    }
}

/// The misconceptions among the reasons for a wrong answer.
pub fn misconceptions(fits: &[Why]) -> Vec<&'static Misconception> {
    let named = |why: &Why| match why {
        Why::Misconception(misconception) => Some(*misconception),
        Why::Foreseen(_) => None,
    };
    fits.iter().filter_map(named).collect()
}

fn shown(one: &Misconception, facts: &Facts, asked: Asked) -> Option<Line> {
    Some(Line::plain("  ").joined(one.arithmetic(facts, asked)?))
}

fn none_fits(facts: &Facts, asked: Asked, typed: &str) -> Vec<Line> {
    let words = facts.words(asked);
    let first = Line::plain(format!("{typed} is not {words}."));
    let hint = hints(facts, asked).into_iter().next();
    [first].into_iter().chain(hint).collect()
}
