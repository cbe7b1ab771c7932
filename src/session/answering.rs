//! Judging answers to exercises, and what is said to them.

use super::exercising::{Attempt, Fresh, Help};
use super::posed::Posed;
use super::{Feedback, Outcome, Part, Session};
use crate::command::Refusal;
use crate::exercise::{
    self, Choose, Exercise, Mistake, Order, Ordered, Question, Reach, Skill, Typed, Verdict, Why,
    letter,
};
use crate::exercise::{missing, typed};
use crate::explain::{Line, Role, capital};
use crate::record::{Tried, What};

impl Session {
    /// Judges an answer, or a prediction of the next line.
    pub(super) fn answer(&mut self, answer: Option<&str>) -> Result<Outcome, Refusal> {
        let has_exercise = self.page().exercise.is_some();
        if self.predicts() && !self.awaits_answer() {
            return self.predict(answer);
        }
        if !has_exercise {
            let advice = "`predict on` asks for every number before it is shown";
            return Err(Refusal::new("nothing has been asked here", advice));
        }
        if self.is_solved() {
            let advice = "`exercise` asks it again, `page next` goes on";
            return Err(Refusal::new("this exercise has been solved", advice));
        }
        let exercise = self.exercise()?;
        self.exercising.open = Some(self.page_index());
        let feedback = match &exercise.question {
            Question::Predict(predict) => self.answer_number(&exercise, &predict.mistakes, answer),
            Question::Number(number) => self.answer_number(&exercise, &number.mistakes, answer),
            Question::Choose(choose) => {
                (self.answer_choice(&exercise, choose, answer)).map(Feedback::from)
            }
            Question::Order(order) => {
                (self.answer_order(&exercise, order, answer)).map(Feedback::from)
            }
            Question::Reach(reach) => Ok(self.answer_goal(&exercise, reach).into()),
        }?;
        self.log_answer();
        Ok(Part::Feedback(feedback).into())
    }

    /// Takes note of an answer to the page's exercise, and whether it is solved now.
    fn log_answer(&mut self) {
        let solved = self.attempt().and_then(|attempt| attempt.solved);
        if let Some(question) = self.lesson.question(self.page_index()) {
            self.keeper.note(What::Answer {
                lesson: self.lesson.name.clone(),
                page: self.page_index() + 1,
                question,
                solved,
            });
        }
    }

    /// Takes note of what an answer to a question about a number tells of a skill.
    fn log_skill(&mut self, posed: &Posed, result: Tried) {
        let Some(skill) = posed.asked.and_then(|asked| Skill::of(&posed.facts, asked)) else {
            return;
        };
        let page = self.page_index() + 1;
        let numbers = self.fresh().map_or_else(String::new, |_| {
            let seeds = self.attempt().map_or(0, |attempt| attempt.seeds);
            format!(", numbers {seeds}")
        });
        self.keeper.note(What::Tried {
            skill: skill.name(),
            variant: format!("{}, page {page}{numbers}", self.lesson.name),
            result,
        });
    }

    fn answer_number(
        &mut self,
        exercise: &Exercise,
        mistakes: &[Mistake],
        answer: Option<&str>,
    ) -> Result<Feedback, Refusal> {
        let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
        let typed = typed(text)?;
        let fresh = self.fresh().cloned();
        let posed = match &fresh {
            Some(fresh) => (*fresh.posed).clone(),
            None => self.posed_or_refuse()?,
        };
        let Some(key) = posed.key(mistakes) else {
            return Err(Refusal::new(
                "this update has no such number",
                "another page has other questions",
            ));
        };
        match key.judge(&typed) {
            Verdict::Right { rounded } => {
                Ok(self.right_number(exercise, &posed, fresh.as_ref(), rounded, mistakes))
            }
            Verdict::MoreDigits { least } => Ok(vec![exercise::more_digits(least)].into()),
            verdict @ Verdict::Wrong { .. } => {
                Ok(self.wrong_number(&posed, mistakes, text, &verdict))
            }
        }
    }

    /// Takes note of a right answer and says why it is right.
    fn right_number(
        &mut self,
        exercise: &Exercise,
        posed: &Posed,
        fresh: Option<&Fresh>,
        rounded: bool,
        mistakes: &[Mistake],
    ) -> Feedback {
        let mut lines = exercise::right(&posed.facts, posed.asked, rounded);
        lines.extend(posed.expression());
        let seen = fresh.is_none() && self.has_seen(posed, mistakes);
        let alone = |attempt: &Attempt| attempt.help == Help::None && !attempt.missed;
        let unaided = !seen && self.attempt().is_none_or(alone);
        self.log_skill(posed, if unaided { Tried::Right } else { Tried::Aided });
        if fresh.is_some_and(|fresh| fresh.tells_apart) {
            self.attempt_mut().fresh = None;
            lines.push(Line::new());
            lines.push(Line::plain(
                "So you know how. Here is the first question again:",
            ));
            let asks = self.waiting();
            return Feedback { said: lines, asks };
        }
        if let Some(explain) = &exercise.explain {
            // The lesson's words are about the lesson's numbers.
            lines.extend(self.filled(explain, self.posed().as_ref()));
        }
        lines.extend(self.solved(seen));
        lines.into()
    }

    /// Whether the answer has been on the screen before it was given.
    fn has_seen(&self, posed: &Posed, mistakes: &[Mistake]) -> bool {
        let asked = match self.page().exercise.as_ref().map(|one| &one.question) {
            Some(Question::Predict(predict)) => self.predicted(predict),
            _ => None,
        };
        let key = posed.key(mistakes);
        key.is_some_and(|key| match asked {
            Some(quantity) => self.sights.has(quantity, key.right),
            None => self.sights.has_number(key.right),
        })
    }

    /// Takes note that the exercise is solved; says so where something had helped.
    fn solved(&mut self, seen: bool) -> Option<Line> {
        let attempt = self.attempt_mut();
        let words = match attempt.help {
            Help::Hints => "Solved, with help.",
            Help::Memory => "Right again. You have solved it before.",
            Help::None if seen => {
                "The answer was on the screen. Next time, say it before you look."
            }
            Help::None => "",
        };
        attempt.solved = Some(!words.is_empty());
        attempt.fresh = None;
        self.exercising.open = None;
        (!words.is_empty()).then(|| Line::new().with(words, Role::Muted))
    }

    fn wrong_number(
        &mut self,
        posed: &Posed,
        mistakes: &[Mistake],
        text: &str,
        verdict: &Verdict,
    ) -> Feedback {
        let Verdict::Wrong { fits, near } = verdict else {
            return Vec::new().into();
        };
        // A slip of arithmetic says nothing about the skill.
        if !near && !self.answers_first_numbers(mistakes, text) {
            self.attempt_mut().missed = true;
            self.log_skill(posed, Tried::Missed);
        }
        let foreseen = fits.iter().find_map(|why| match why {
            Why::Foreseen(index) => mistakes.get(*index),
            Why::Misconception(_) => None,
        });
        if let Some(mistake) = foreseen {
            let mut lines = vec![Line::plain("Not yet.")];
            lines.extend(self.filled(&mistake.say, Some(posed)));
            return lines.into();
        }
        if self.answers_first_numbers(mistakes, text) {
            return vec![Line::plain(format!(
                "{text} was right for the numbers before. These are others."
            ))]
            .into();
        }
        let Some(asked) = posed.asked else {
            return vec![Line::plain(format!("{text} is not it. `hint` helps."))].into();
        };
        let mut lines = exercise::wrong(&posed.facts, asked, text, verdict);
        let several = exercise::misconceptions(fits);
        if several.len() > 1 {
            self.attempt_mut().seeds += 1;
            let seed = self.seed();
            if let Some(other) = self.with_other_numbers(posed, mistakes, &several, seed) {
                lines.push(Line::plain("Another question shows which it is."));
                lines.push(Line::new());
                let tells_apart = self.fresh().is_none_or(|fresh| fresh.tells_apart);
                self.attempt_mut().fresh = Some(Fresh {
                    posed: Box::new(other),
                    tells_apart,
                });
                let asks = self.waiting();
                return Feedback { said: lines, asks };
            }
        }
        lines.into()
    }

    /// Whether an answer to a question with other numbers is the one to the first question.
    fn answers_first_numbers(&self, mistakes: &[Mistake], text: &str) -> bool {
        let asks_others = self.fresh().is_some_and(|fresh| !fresh.tells_apart);
        let first = self.posed().filter(|_| asks_others);
        let key = first.and_then(|first| first.key(mistakes));
        let typed = Typed::read(text).ok();
        key.zip(typed)
            .is_some_and(|(key, typed)| matches!(key.judge(&typed), Verdict::Right { .. }))
    }

    /// A seed for other numbers: the same sitting asks the same questions.
    pub(super) fn seed(&self) -> u64 {
        let seeds = self.attempt().map_or(0, |attempt| attempt.seeds);
        (self.page_index() as u64) << 16 | seeds
    }

    fn answer_choice(
        &mut self,
        exercise: &Exercise,
        choose: &Choose,
        answer: Option<&str>,
    ) -> Result<Vec<Line>, Refusal> {
        let last = letter(choose.options.len() - 1);
        let advice = format!("a letter from a to {last}, such as `answer a`");
        let text = answer.ok_or_else(|| missing(&advice))?;
        let Some(picked) = choose.picked(text, self.turn()) else {
            return Err(Refusal::new(format!("there is no option `{text}`"), advice));
        };
        let first = if picked.is_right {
            "Right."
        } else {
            "Not yet."
        };
        let mut lines = vec![Line::new().with(first, Role::Strong)];
        lines.extend(self.filled(&picked.say, None));
        if picked.is_right {
            lines.extend(self.explained(exercise));
        }
        Ok(lines)
    }

    fn answer_order(
        &mut self,
        exercise: &Exercise,
        order: &Order,
        answer: Option<&str>,
    ) -> Result<Vec<Line>, Refusal> {
        let advice = "every letter once, such as `answer c a b`";
        let text = answer.ok_or_else(|| missing(advice))?;
        match order.judge(text, self.turn()) {
            Ordered::Unclear => Err(Refusal::new(
                format!("`{text}` does not put {} lines in order", order.lines.len()),
                advice,
            )),
            Ordered::Wrong { right: 0 } => Ok(vec![Line::plain(
                "Not yet: another line comes first. `hint` helps.",
            )]),
            Ordered::Wrong { right: 1 } => Ok(vec![Line::plain(
                "Not yet: the first line is right, the one after is not.",
            )]),
            Ordered::Wrong { right } => Ok(vec![Line::plain(format!(
                "Not yet: the first {right} lines are right, the one after is not."
            ))]),
            Ordered::Right => {
                let mut lines = vec![Line::new().with("Right.", Role::Strong)];
                let code = order.lines.iter();
                lines.extend(code.map(|line| Line::plain("  ").with(line.clone(), Role::Code)));
                lines.extend(self.explained(exercise));
                Ok(lines)
            }
        }
    }

    fn answer_goal(&mut self, exercise: &Exercise, reach: &Reach) -> Vec<Line> {
        let shown = self.attempt().is_some_and(|attempt| attempt.way_shown);
        let reached = match self.prove(reach, shown) {
            Ok(reached) => reached,
            Err(Refusal { message, advice }) => {
                return vec![
                    Line::plain(format!("Not yet: {message}.")),
                    Line::plain(format!("{}.", capital(&advice))),
                ];
            }
        };
        let mut lines = vec![
            Line::new().with("Reached.", Role::Strong),
            Line::plain(format!(
                "Made again from its start with your settings, the run has it after {} {}.",
                reached.step,
                crate::explain::plural(reached.step, "update")
            )),
        ];
        lines.extend(reached.margin);
        lines.extend(self.explained(exercise));
        lines
    }

    /// Takes note of a right answer to a question without numbers; the lesson's reason for it.
    fn explained(&mut self, exercise: &Exercise) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(explain) = &exercise.explain {
            lines.extend(self.filled(explain, None));
        }
        lines.extend(self.solved(false));
        lines
    }
}
