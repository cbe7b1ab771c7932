//! Predicting: a number typed before a line is shown is compared with it. Worked examples fade: first every line is
//! shown, then the last is left to the learner, then the last two, and so on.

use super::{Done, Outcome, Position, Session};
use crate::asking::foretold;
use crate::command::{Predicting, Unit};
use crate::explain::{Derivation, DerivationLine};

/// What is left to the learner of the updates to come, and what was predicted last.
#[derive(Debug, Clone, Default)]
pub(super) struct Predictions {
    /// Which lines are asked for before they are shown.
    mode: Predicting,
    /// What was predicted last.
    said: Option<Said>,
    /// While worked examples fade: the update that is shown whole.
    whole: u64,
}

/// A number that was typed before its line was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The update, and the number of lines shown with it.
    at: Position,
    /// What the line came to.
    value: f64,
    /// What was typed.
    pub text: String,
    /// Whether it was right.
    pub right: bool,
}

impl Predictions {
    /// The same lines are asked for in another lesson.
    pub fn going_on(&self) -> Self {
        Self {
            mode: self.mode,
            ..Self::default()
        }
    }

    /// The line that asks for them, as a script needs it.
    pub fn script(&self) -> Option<String> {
        match self.mode {
            Predicting::On => Some("predict on".to_owned()),
            Predicting::Fading => Some("predict fade".to_owned()),
            Predicting::Off => None,
        }
    }
}

impl Session {
    pub(super) fn set_predict(&mut self, predicting: Predicting) -> Outcome {
        self.predictions.mode = predicting;
        self.exercises.leave();
        self.begin_fading();
        Outcome::says(match predicting {
            Predicting::On => {
                "Where terms join, as in a new weight, the update waits for your number. → or `next` shows it without."
            }
            Predicting::Fading => {
                "↓ or `step` shows the first update whole. Of the next one the last line is yours, then the last two, and so on."
            }
            Predicting::Off => "Numbers are shown without being asked for.",
        })
    }

    /// Takes the update that comes next for the first, which is shown whole.
    pub(super) fn begin_fading(&mut self) {
        self.predictions.whole = self.position().update + u64::from(self.is_complete());
    }

    /// Where `step` stops before the update is complete, because a line is asked for; `None` where none is, or the
    /// learner is there already and wants to see the rest.
    pub(super) fn stop_to_predict(&self) -> Option<Position> {
        let Position { update, lines } = self.position();
        let (update, lines) = if self.is_complete() {
            (update + 1, 0)
        } else {
            (update, lines)
        };
        let stop = self.asked_from(update, lines)?;
        (lines < stop).then_some(Position {
            update,
            lines: stop,
        })
    }

    /// Whether the line that comes next is asked for before it is shown.
    pub fn asks_for_line(&self) -> bool {
        let Position { update, lines } = self.position();
        !self.is_complete() && self.asked_from(update, lines) == Some(lines)
    }

    /// The place of the first line of an update, from one on, that is asked for: of those worth it, or of those that are
    /// left to the learner. The first line never is, so that it is seen which update this is.
    fn asked_from(&self, update: u64, line: usize) -> Option<usize> {
        if !self.predicts() {
            return None;
        }
        let derivation = if update == self.position().update {
            self.derivation()
        } else {
            let record = self.record_of(update).ok()?;
            let model = self.timeline().run().model();
            Derivation::new(model, &record, self.focus(), self.convention()).into()
        };
        let lines = 0..derivation.lines.len();
        let mut asked: Vec<usize> = match self.predictions.mode {
            Predicting::Off => Vec::new(),
            Predicting::On => {
                (lines.filter(|line| derivation.is_worth_predicting(*line))).collect()
            }
            Predicting::Fading => {
                let left = update.checked_sub(self.predictions.whole)?;
                let given = |line: &usize| derivation.lines[*line].is_given();
                let mut computed: Vec<usize> = lines.filter(|line| !given(line)).collect();
                let shown = computed.len().saturating_sub(usize::try_from(left).ok()?);
                computed.split_off(shown)
            }
        };
        asked.retain(|asked| *asked >= line.max(1));
        asked.first().copied()
    }

    /// Shows an update as far as it is not asked for.
    pub(super) fn step_to(&mut self, stop: Position) -> Outcome {
        self.walk.stand_at(stop);
        self.walk.keep_pace(Unit::Update);
        self.reach_position();
        Outcome::default()
    }

    /// Compares a number with the line that comes next, and shows that line.
    pub(super) fn predict(&mut self, answer: Option<&str>) -> Done {
        let mut trial = self.clone();
        let mut shown = trial.next(1)?;
        let line = loop {
            let line = trial.last_line();
            if !line.is_given() {
                break line;
            }
            shown = trial.next(1)?;
        };
        let foretold = foretold(&trial, &line, answer)?;
        let update = trial.position().update + 1;
        let variant = format!(
            "{}, update {update} of {}",
            trial.lesson.id(),
            trial.parameter()
        );
        trial.note_skill(foretold.skill, variant);
        trial.predictions.said = Some(Said {
            at: trial.position(),
            value: line.value,
            text: foretold.text,
            right: foretold.right,
        });
        *self = trial;
        Ok(Outcome::says(foretold.said).and(shown))
    }

    fn last_line(&self) -> DerivationLine {
        self.derivation().lines[self.position().lines - 1].clone()
    }

    /// What was predicted of the line shown last, while that is the last and has the same number.
    pub fn said(&self) -> Option<&Said> {
        let said = self.predictions.said.as_ref()?;
        let same = said.at == self.position() && said.value == self.last_line().value;
        same.then_some(said)
    }

    /// Whether lines are to be predicted.
    pub fn predicts(&self) -> bool {
        self.predictions.mode != Predicting::Off
    }

    /// Whether a line that is a number is an answer.
    pub fn takes_numbers(&self) -> bool {
        self.awaits_answer() || self.predicts()
    }
}
