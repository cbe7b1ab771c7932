//! Predicting: a number typed before a line is shown is compared with it.

use super::exercising::{missing, typed};
use super::{Outcome, Refusal, Session};
use crate::exercise::{self, Asked, Facts, Key, Typed, Verdict};
use crate::explain::{Line, Quantity, Role, number};

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
        let facts = trial.facts(&trial.record(), trial.focus);
        *self = trial;
        let compared = compared(&facts, line.quantity, line.value, text, &typed);
        Ok(Outcome::says(compared).and(shown))
    }
}

/// `You said 0.027, and it is 0.027.`, or what has become of it otherwise.
fn compared(facts: &Facts, quantity: Quantity, value: f64, text: &str, typed: &Typed) -> Line {
    let asked = Asked::Quantity(quantity);
    let words = asked.words(facts.settings.rule);
    let shown = number::display(value, facts.digits);
    let role = Role::Quantity(quantity);
    let verdict = Key::of(facts, asked).map(|key| key.judge(typed));
    let said = Line::plain(format!("You said {text}"));
    match verdict {
        Some(Verdict::Right { .. }) => said
            .with(format!(", and {words} is "), Role::Plain)
            .with(shown, role)
            .with(": right.", Role::Plain),
        Some(Verdict::MoreDigits { .. }) => said
            .with(format!("; to more digits, {words} is "), Role::Plain)
            .with(shown, role)
            .with(".", Role::Plain),
        verdict => {
            let line = said
                .with(format!("; {words} is "), Role::Plain)
                .with(shown, role)
                .with(".", Role::Plain);
            let fits = match verdict {
                Some(Verdict::Wrong { fits, .. }) => exercise::misconceptions(&fits),
                _ => Vec::new(),
            };
            match fits.as_slice() {
                [one] => line.with(format!(" {}", one.says), Role::Plain),
                _ => line,
            }
        }
    }
}
