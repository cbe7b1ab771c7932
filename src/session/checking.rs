//! Checking a page's exercise by doing it: for `nnmom-tutor check`.

use super::Session;
use super::exercising::ExerciseStatus;
use super::posed::Posed;
use crate::command::Variable;
use crate::exercise::{
    Asked, Exercise, Mistake, Number, Question, Typed, Verdict, Why, rounded, tells,
};
use crate::explain::Line;
use crate::math::expression::Expression;

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
                session.exercise_status(session.page_index()),
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
                check_computed(&posed, number)?;
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

    /// Neither the page nor a hint before the last may have the answer in it.
    fn check_hints(&self, exercise: &Exercise) -> Result<(), String> {
        let hints = self
            .hint_lines(exercise)
            .map_err(|refusal| refusal.message)?;
        let Some(posed) = self.posed() else {
            return Ok(());
        };
        let Some(key) = posed.key(&[]) else {
            return Ok(());
        };
        let before = &hints[..hints.len() - 1];
        for (index, hint) in before.iter().enumerate() {
            let text: Vec<String> = hint.iter().map(Line::text).collect();
            let text = text.join(" ");
            if key.is_told_by(&text) || tells(&text, key.right, self.digits()) {
                return Err(format!("hint {} tells the answer", index + 1));
            }
        }
        let page = self.page().text.fill(|live| self.live(live)).text();
        if key.is_told_by(&page) {
            return Err("the page tells the answer".to_owned());
        }
        let question: Vec<String> = posed.lines().iter().map(Line::text).collect();
        if key.is_told_by(&question.join(" ")) {
            return Err("the question has its answer in it".to_owned());
        }
        Ok(())
    }
}

/// What a number is asked for must not be a name whose number stands there already.
fn check_computed(posed: &Posed, number: &Number) -> Result<(), String> {
    let Expression::Name(variable) = number.expect.expression else {
        return Ok(());
    };
    let given = match variable {
        Variable::Quantity(quantity, _) => {
            let derivation = posed.derivation();
            let line = derivation.and_then(|derivation| derivation.line(quantity));
            line.is_some_and(|line| line.is_given())
        }
        Variable::Parameter(_) | Variable::Step | Variable::Epoch => true,
        Variable::Loss | Variable::Mse | Variable::Accuracy => false,
    };
    if given {
        let name = &number.expect.text;
        return Err(format!("{name} is given, so there is nothing to compute"));
    }
    Ok(())
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
fn check_numbers(posed: &Posed, mistakes: &[Mistake]) -> Result<String, String> {
    let key = posed.key(mistakes).ok_or("the answer is no number")?;
    for (index, mistake) in mistakes.iter().enumerate() {
        let answer = posed.value(&mistake.answer);
        let text = &mistake.answer.text;
        if !answer.is_finite() {
            return Err(format!("the mistake `{text}` comes to no number"));
        }
        if key
            .wrong
            .iter()
            .all(|wrong| wrong.why != Why::Foreseen(index))
        {
            return Err(format!("the mistake `{text}` is the right answer"));
        }
    }
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
