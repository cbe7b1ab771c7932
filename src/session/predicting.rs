//! Predicting: a number typed before a line is shown is compared with it.

use super::answering::{missing, typed};
use super::{Outcome, Refusal, Session};
use crate::exercise::{self, Asked, Key, Typed, Verdict};
use crate::explain::{DerivationLine, Line, Quantity, Role, number};

impl Session {
    /// Begins or ends predicting.
    pub(super) fn set_predict(&mut self, on: bool) -> Outcome {
        self.exercising.predicts = on;
        Outcome::says(Line::plain(if on {
            "Before each line, type the number that you expect. → or `next` shows it without."
        } else {
            "Numbers are shown without being asked for."
        }))
    }

    /// Compares a number with the line that comes next, and shows that line.
    pub(super) fn predict(&mut self, answer: Option<&str>) -> Result<Outcome, Refusal> {
        let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
        let typed = typed(text)?;
        let mut trial = self.clone();
        let mut shown = trial.next(1)?;
        let computed = |session: &Self| {
            let line = session.derivation().lines[session.position.lines - 1].clone();
            (!line.is_given()).then_some(line)
        };
        let line = loop {
            if let Some(line) = computed(&trial) {
                break line;
            }
            shown = trial.next(1)?;
        };
        let compared = trial.compared(&line, text, &typed);
        *self = trial;
        Ok(Outcome::says(compared).and(shown))
    }

    /// `You said 0.027, and delta is 0.027: right.`, or what has become of it otherwise.
    fn compared(&self, line: &DerivationLine, text: &str, typed: &Typed) -> Line {
        let asked = Asked::of(line.quantity);
        let node = match line.quantity {
            Quantity::Node(of_node) => Some(of_node.node),
            _ => None,
        };
        let facts = self.facts(&self.record(), self.focus, asked, node);
        let words = asked.map_or_else(
            || format!("the {}", line.quantity.words(facts.settings.rule)),
            |asked| facts.words(asked),
        );
        // A number that no formula of the facts explains is judged by itself.
        let key = (asked.and_then(|asked| Key::of(&facts, asked))).unwrap_or(Key {
            right: line.value,
            wrong: Vec::new(),
        });
        let shown = number::display(line.value, facts.digits);
        let said = |between: &str, end: &str| {
            Line::plain(format!("You said {text}{between}{words} is "))
                .with(shown.clone(), line.role())
                .with(end.to_owned(), Role::Plain)
        };
        match key.judge(typed) {
            Verdict::Right { .. } => said(", and ", ": right."),
            Verdict::MoreDigits { .. } => said("; to more digits, ", "."),
            Verdict::Wrong { fits, .. } => match exercise::misconceptions(&fits).as_slice() {
                [one] => said("; ", &format!(". {}", one.says)),
                _ => said("; ", "."),
            },
        }
    }
}
