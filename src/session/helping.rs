//! Help with exercises: hints, the solution, and the same question with other numbers.

use super::exercising::{Fresh, Help};
use super::posed::Posed;
use super::{Feedback, Outcome, Part, Session};
use crate::command::Refusal;
use crate::exercise::{self, Exercise, Mistake, Question, letter};
use crate::explain::{Line, Role};

impl Session {
    /// Shows the next hint. The last is the answer; after it the question is asked in another form.
    pub(super) fn hint(&mut self) -> Result<Outcome, Refusal> {
        let exercise = self.exercise()?;
        if self.is_solved() {
            let advice = "`exercise` asks it again, `page next` goes on";
            return Err(Refusal::new("this exercise has been solved", advice));
        }
        let hints = self.hint_lines(&exercise)?;
        let next = self
            .attempt()
            .map_or(0, |attempt| attempt.hints)
            .min(hints.len() - 1);
        self.exercising.open = Some(self.page_index());
        let attempt = self.attempt_mut();
        attempt.hints = next + 1;
        attempt.help = Help::Hints;
        let head = format!("Hint {} of {}: ", next + 1, hints.len());
        let mut feedback = Feedback::from(hints[next].clone());
        if let Some(first) = feedback.said.first_mut() {
            *first = Line::new().with(head, Role::Muted).joined(first.clone());
        }
        if next + 1 == hints.len() {
            self.ask_afresh(&exercise, &mut feedback);
        }
        Ok(Part::Feedback(feedback).into())
    }

    /// Shows the answer and how it is found, then asks in another form.
    pub(super) fn solution(&mut self) -> Result<Outcome, Refusal> {
        let exercise = self.exercise()?;
        let hints = self.hint_lines(&exercise)?;
        self.exercising.open = Some(self.page_index());
        let attempt = self.attempt_mut();
        attempt.hints = hints.len();
        attempt.help = Help::Hints;
        let mut lines = hints.into_iter().next_back().unwrap_or_default();
        if let Some(explain) = &exercise.explain {
            lines.extend(self.filled(explain, self.posed().as_ref()));
        }
        let mut feedback = Feedback::from(lines);
        if !self.is_solved() {
            self.ask_afresh(&exercise, &mut feedback);
        }
        Ok(Part::Feedback(feedback).into())
    }

    /// Asks the question in another form, now that its answer has been told: with other numbers, in another order, or
    /// for other settings.
    fn ask_afresh(&mut self, exercise: &Exercise, feedback: &mut Feedback) {
        let attempt = self.attempt_mut();
        attempt.hints = 0;
        let (words, lines) = match &exercise.question {
            Question::Predict(predict) => {
                return self.ask_with_other_numbers(&predict.mistakes, feedback);
            }
            Question::Number(number) => {
                return self.ask_with_other_numbers(&number.mistakes, feedback);
            }
            Question::Choose(choose) => {
                attempt.turns += 1;
                ("Now you, in another order:", self.options(choose))
            }
            Question::Order(order) => {
                attempt.turns += 1;
                let lines = self.lines_to_order(order);
                ("Now you. The lines have other letters:", lines)
            }
            Question::Reach(_) => {
                attempt.way_shown = true;
                let words = "Now find another way: reach it with other settings than these.";
                (words, Vec::new())
            }
        };
        feedback.said.extend([Line::new(), Line::plain(words)]);
        feedback.said.extend(lines);
    }

    fn ask_with_other_numbers(&mut self, mistakes: &[Mistake], feedback: &mut Feedback) {
        let posed = self
            .fresh()
            .map(|fresh| (*fresh.posed).clone())
            .or_else(|| self.posed());
        self.attempt_mut().seeds += 1;
        let seed = self.seed();
        let other = posed.and_then(|posed| self.with_other_numbers(&posed, mistakes, &[], seed));
        let Some(other) = other else {
            return;
        };
        let words = Line::plain("Now you, with other numbers:");
        feedback.said.extend([Line::new(), words]);
        self.attempt_mut().fresh = Some(Fresh {
            posed: Box::new(other),
            tells_apart: false,
        });
        feedback.asks = self.waiting();
    }

    /// Every hint for the question that is being asked, the answer last.
    pub(super) fn hint_lines(&self, exercise: &Exercise) -> Result<Vec<Vec<Line>>, Refusal> {
        let fresh = self.fresh();
        let own = |posed: Option<&Posed>| -> Vec<Vec<Line>> {
            exercise
                .hints
                .iter()
                .map(|hint| self.filled(hint, posed))
                .collect()
        };
        match &exercise.question {
            Question::Predict(_) | Question::Number(_) => {
                let posed = match fresh {
                    Some(fresh) => (*fresh.posed).clone(),
                    None => self.posed_or_refuse()?,
                };
                // The lesson's hints are about the lesson's numbers.
                let of_lesson = if fresh.is_none() {
                    own(Some(&posed))
                } else {
                    Vec::new()
                };
                Ok(number_hints(&posed, of_lesson))
            }
            Question::Choose(choose) => {
                let mut hints = own(None);
                let shown = choose.shown(self.turn());
                let wrong = shown
                    .iter()
                    .position(|option| !choose.options[*option].is_right);
                if let Some(place) = wrong.filter(|_| hints.is_empty() && shown.len() > 2) {
                    hints.push(vec![Line::plain(format!("It is not {}.", letter(place)))]);
                }
                let (place, right) = choose.right(self.turn());
                let mut last = vec![Line::plain(format!("It is {}.", letter(place)))];
                last.extend(self.filled(&right.say, None));
                hints.push(last);
                Ok(hints)
            }
            Question::Order(order) => {
                let mut hints = own(None);
                if hints.is_empty() {
                    let first = order.lines[0].clone();
                    let line = Line::plain("It begins with ").with(first, Role::Code);
                    hints.push(vec![line.with(".", Role::Plain)]);
                }
                hints.push(vec![Line::plain(format!(
                    "It is {}.",
                    order.answer(self.turn())
                ))]);
                Ok(hints)
            }
            Question::Reach(reach) => {
                let mut hints = own(None);
                if hints.is_empty() {
                    hints.push(vec![Line::plain(
                        "Change one setting at a time, make the run, and look whether the numbers come nearer.",
                    )]);
                }
                let way = self.way_to(reach).map(|lines| lines.join("; "));
                hints.push(vec![match way {
                    Some(way) => Line::plain("This does it: ").with(way, Role::Code),
                    None => Line::plain("Nothing has been found that does it."),
                }]);
                Ok(hints)
            }
        }
    }
}

/// The lesson's hints or those made from the numbers, and then the answer.
fn number_hints(posed: &Posed, of_lesson: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let made = posed
        .asked
        .map(|asked| exercise::hints(&posed.facts, asked))
        .unwrap_or_default();
    let last = made.last().cloned().or_else(|| posed.expression());
    let mut hints = if of_lesson.is_empty() {
        let count = made.len().saturating_sub(1);
        made.into_iter()
            .take(count)
            .map(|line| vec![line])
            .collect()
    } else {
        of_lesson
    };
    if hints.is_empty() {
        hints.push(vec![Line::plain(
            "`why` and the name of a quantity shows where a number comes from.",
        )]);
    }
    hints.push(last.into_iter().collect());
    hints
}
