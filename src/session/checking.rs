//! Checking a page's exercise by doing it: for `nnmom-tutor check`.

use super::Session;
use super::exercising::ExerciseStatus;
use super::posing::Posed;
use crate::exercise::{Asked, Exercise, Question, Typed, Verdict, rounded, tells};
use crate::explain::Line;

impl Session {
    /// Solves the open page's exercise as a learner would who knows the answer; what it is called, or `None` where
    /// the page has none.
    ///
    /// # Errors
    /// What is wrong with it: it cannot be asked or solved, is solved from the start, a wrong answer cannot be told
    /// from the right one, or a hint tells the answer before its time.
    pub fn check_exercise(&self) -> Result<Option<&'static str>, String> {
        let Some(exercise) = &self.page().exercise else {
            return Ok(None);
        };
        let solved = |session: &Self| {
            matches!(
                session.exercise_status(session.page),
                Some(ExerciseStatus::Solved { .. })
            )
        };
        if solved(self) {
            return Err("the exercise is solved from the start".to_owned());
        }
        let mut session = self.prepared().ok_or("the page cannot be prepared")?;
        let (kind, answer) = match &exercise.question {
            Question::Predict(predict) => {
                let posed = self.posed().ok_or("there is no such update to ask about")?;
                check_unknown(&posed, predict.asked)?;
                ("predict", check_numbers(&posed, &predict.mistakes)?)
            }
            Question::Number(number) => {
                let posed = self.posed().ok_or("there is no such update to ask about")?;
                ("number", check_numbers(&posed, &number.mistakes)?)
            }
            Question::Choose(choose) => (
                "choose",
                crate::exercise::letter(choose.right(0).0).to_string(),
            ),
            Question::Order(order) => ("order", order.answer(0)),
            Question::Reach(reach) => {
                if session.reached_unchanged(reach) {
                    return Err(format!(
                        "`{}` holds without any change",
                        reach.condition.text
                    ));
                }
                let way = self
                    .way_to(reach)
                    .ok_or("no settings have been found that reach it; add `solution: [...]`")?;
                for line in &way {
                    session.do_line(line).map_err(|complaint| {
                        format!("its solution cannot do `{line}`: {complaint}")
                    })?;
                }
                ("reach", String::new())
            }
        };
        self.check_hints(exercise)?;
        session
            .do_line(&format!("answer {answer}"))
            .map_err(|complaint| {
                format!(
                    "its answer is not taken: {}; {}",
                    complaint.message, complaint.advice
                )
            })?;
        if solved(&session) {
            Ok(Some(kind))
        } else {
            Err(format!("the computed answer {answer} does not solve it"))
        }
    }

    /// No hint before the last may have the answer in it.
    fn check_hints(&self, exercise: &Exercise) -> Result<(), String> {
        let hints = self
            .hint_lines(exercise)
            .map_err(|refusal| refusal.message)?;
        let Some(key) = self.posed().and_then(|posed| posed.key(&[])) else {
            return Ok(());
        };
        let before = &hints[..hints.len() - 1];
        for (index, hint) in before.iter().enumerate() {
            let text: Vec<String> = hint.iter().map(Line::text).collect();
            if tells(&text.join(" "), key.right, self.digits) {
                return Err(format!("hint {} tells the answer", index + 1));
            }
        }
        Ok(())
    }
}

/// What is asked for must not be given.
fn check_unknown(posed: &Posed, asked: Asked) -> Result<(), String> {
    let words = posed.facts.words(asked);
    match posed.facts.right(asked) {
        Some(_) => Ok(()),
        None if is_given(posed, asked) => {
            Err(format!("{words} is given, so there is nothing to predict"))
        }
        None => Err(format!("the update does not have {words}")),
    }
}

fn is_given(posed: &Posed, asked: Asked) -> bool {
    let (Asked::Quantity(quantity), Some(derivation)) = (asked, posed.derivation()) else {
        return false;
    };
    derivation
        .line(quantity)
        .is_some_and(|line| line.is_given())
}

/// The right answer as somebody would type it, with the digits that are asked for; every wrong answer with as many
/// must be told from it.
fn check_numbers(posed: &Posed, mistakes: &[crate::exercise::Mistake]) -> Result<String, String> {
    let key = posed.key(mistakes).ok_or("the answer is no number")?;
    let digits = key.digits_needed();
    for wrong in &key.wrong {
        let text = rounded(wrong.answer, digits);
        let typed = Typed::read(&text).map_err(|mistake| mistake.message)?;
        if matches!(key.judge(&typed), Verdict::Right { .. }) {
            return Err(format!("the wrong answer {text} would be taken for right"));
        }
    }
    Ok(rounded(key.right, digits))
}
