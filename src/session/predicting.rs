//! Predicting: a number typed before a line is shown is compared with it. Worked examples fade: first every line is
//! shown, then the last is left to the learner, then the last two, and so on.

use super::exercising::Said;
use super::{Outcome, Position, Session};
use crate::command::Refusal;
use crate::command::{Predicting, Unit};
use crate::exercise::{self, Asked, Facts, Key, Skill, Typed, Verdict};
use crate::exercise::{missing, typed};
use crate::explain::{Derivation, DerivationLine, Line, Quantity, Role, number};
use crate::record::{Tried, What};

impl Session {
    /// Begins or ends predicting.
    pub(super) fn set_predict(&mut self, predicting: Predicting) -> Outcome {
        self.exercising.predicts = predicting;
        self.exercising.open = None;
        self.begin_fading();
        Outcome::says(Line::plain(match predicting {
            Predicting::On => {
                "Before each line, type the number that you expect. → or `next` shows it without."
            }
            Predicting::Fading => {
                "↓ or `step` shows the first update whole. Of the next one the last line is yours, then the last two, and so on."
            }
            Predicting::Off => "Numbers are shown without being asked for.",
        }))
    }

    /// Takes the update that comes next for the first, which is shown whole.
    pub(super) fn begin_fading(&mut self) {
        self.exercising.whole = self.position().update + u64::from(self.is_complete());
    }

    /// Where `step` stops before the update is complete, because the rest of its lines is left to the learner; `None`
    /// where nothing is, or the learner is there already and wants to see the rest.
    pub(super) fn fading_stop(&self) -> Option<Position> {
        if self.exercising.predicts != Predicting::Fading {
            return None;
        }
        let Position { update, lines } = self.position();
        let (update, lines) = if self.is_complete() {
            (update + 1, 0)
        } else {
            (update, lines)
        };
        let left = usize::try_from(update.checked_sub(self.exercising.whole)?).ok()?;
        let computed = self.computed_lines(update)?;
        let first = computed.len().saturating_sub(left);
        // The first line is always shown, so that it is seen which update this is.
        let stop = (*computed.get(first)?).max(1);
        (lines < stop).then_some(Position {
            update,
            lines: stop,
        })
    }

    /// The places of the lines of an update that have to be computed.
    fn computed_lines(&self, update: u64) -> Option<Vec<usize>> {
        let record = self.record_of(update).ok()?;
        let model = self.timeline().run().model();
        let derivation = Derivation::new(model, &record, self.focus(), self.convention());
        let lines = derivation.lines.iter().enumerate();
        let computed = lines.filter(|(_, line)| !line.is_given());
        Some(computed.map(|(place, _)| place).collect())
    }

    /// Shows an update as far as it is not left to the learner, and asks for the next line.
    pub(super) fn step_to(&mut self, stop: Position) -> Outcome {
        self.walk.stand_at(stop);
        self.walk.keep_pace(Unit::Update);
        self.reach_position();
        let derivation = self.derivation();
        let line = &derivation.lines[stop.lines];
        let words = match line.quantity {
            Quantity::NewMemory => "what is kept for next time".to_owned(),
            quantity => format!("what is the {}", quantity.words(derivation.rule)),
        };
        Outcome::says(Line::plain("Now you: ").with(words, line.role()).with(
            "? Type the number; → or `next` shows it without.",
            Role::Plain,
        ))
    }

    /// Compares a number with the line that comes next, and shows that line.
    pub(super) fn predict(&mut self, answer: Option<&str>) -> Result<Outcome, Refusal> {
        let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
        let typed = typed(text)?;
        let mut trial = self.clone();
        let mut shown = trial.next(1)?;
        let computed = |session: &Self| {
            let line = session.derivation().lines[session.position().lines - 1].clone();
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

    /// `You said 0.027, and delta is 0.027: right.`, or what has become of it otherwise. What it tells of a skill is
    /// noted, unless the number has been seen before.
    fn compared(&mut self, line: &DerivationLine, text: &str, typed: &Typed) -> Line {
        let asked = Asked::of(line.quantity);
        let node = match line.quantity {
            Quantity::Node(of_node) => Some(of_node.node),
            _ => None,
        };
        let facts = self.facts(&self.record(), self.focus(), asked, node);
        let words = asked.map_or_else(
            || format!("the {}", line.quantity.words(facts.settings.rule)),
            |asked| facts.words(asked),
        );
        // A number that no formula of the facts explains is judged by itself.
        let key = (asked.and_then(|asked| Key::of(&facts, asked))).unwrap_or(Key {
            right: line.value,
            wrong: Vec::new(),
        });
        let shown = number::display(line.value, self.digits());
        let verdict = if number::display(typed.value, self.digits()) == shown {
            // It reads as the line does, however few digits that has.
            Verdict::Right { rounded: true }
        } else {
            key.judge(typed)
        };
        if !self.sights.has(line.quantity, line.value) {
            self.log_prediction(&facts, asked, &verdict);
        }
        self.exercising.said = Some(Said {
            at: self.position(),
            value: line.value,
            text: text.to_owned(),
            right: matches!(verdict, Verdict::Right { .. }),
        });
        let said = |between: &str, end: &str| {
            Line::plain(format!("You said {text}{between}{words} is "))
                .with(shown.clone(), line.role())
                .with(end.to_owned(), Role::Plain)
        };
        match verdict {
            Verdict::Right { .. } => said(", and ", ": right."),
            Verdict::MoreDigits { .. } => said("; to more digits, ", "."),
            Verdict::Wrong { fits, .. } => match exercise::misconceptions(&fits).as_slice() {
                [one] => said("; ", &format!(". {}", one.says)),
                _ => said("; ", "."),
            },
        }
    }

    /// What was predicted of the line shown last, while that is the last and has the same number.
    pub fn said(&self) -> Option<&Said> {
        let said = self.exercising.said.as_ref()?;
        let shown = self.position().lines.checked_sub(1)?;
        let same = said.at == self.position() && said.value == self.derivation().lines[shown].value;
        same.then_some(said)
    }

    fn log_prediction(&mut self, facts: &Facts, asked: Option<Asked>, verdict: &Verdict) {
        let Some(skill) = asked.and_then(|asked| Skill::of(facts, asked)) else {
            return;
        };
        let result = match verdict {
            Verdict::Right { .. } => Tried::Right,
            Verdict::Wrong { near: false, .. } => Tried::Missed,
            Verdict::Wrong { .. } | Verdict::MoreDigits { .. } => return,
        };
        let (lesson, update) = (&self.lesson.name, self.position().update + 1);
        self.keeper.note(What::Tried {
            skill: skill.name(),
            variant: format!("{lesson}, update {update} of {}", self.parameter()),
            result,
        });
    }
}
