//! In which order lines belong. Asked afresh, the lines have other letters.

use super::letters::{MOST_TURNS, index_of, letter, lettered};
use super::{ASKS_ELSE, Answering, Judged, Kind, Proof, Question, words};
use crate::asking::attempt::Attempt;
use crate::asking::fault::Fault;
use crate::asking::judgement::{Judgement, Lead, Next};
use crate::asking::scene::{Stage, filled};
use crate::command::Refusal;
use crate::exercise::{Dice, missing};
use crate::explain::{Document, Line, Role};
use crate::math::Rule;

/// In which order lines belong.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The question in the lesson's words.
    pub ask: Option<Document>,
    /// The lines, in the right order.
    pub lines: Vec<String>,
}

impl Order {
    /// Which line stands at each letter: the lines shuffled, never in the right order, and each turn in another.
    pub fn shown(&self, turn: u64) -> Vec<usize> {
        let count = self.lines.len();
        let lengths: u64 = self.lines.iter().map(|line| line.len() as u64).sum();
        let mut dice = Dice(count as u64 + lengths);
        let mut shown: Vec<usize> = (0..count).collect();
        for _ in 0..=turn.min(MOST_TURNS) {
            let before = shown.clone();
            dice.shuffle(&mut shown);
            for _ in 0..count {
                if self.reads_like(&shown, &before) || self.is_in_order(&shown) {
                    shown.rotate_left(1);
                }
            }
            // Two lines have but one wrong order.
            if self.is_in_order(&shown) {
                shown.rotate_left(1);
            }
        }
        shown
    }

    /// Whether lines shown in an order are in their right order.
    fn is_in_order(&self, shown: &[usize]) -> bool {
        let right: Vec<usize> = (0..self.lines.len()).collect();
        self.reads_like(shown, &right)
    }

    /// Whether two orders read the same: lines that say the same may stand for one another.
    fn reads_like(&self, one: &[usize], other: &[usize]) -> bool {
        let mut pairs = one.iter().zip(other);
        pairs.all(|(a, b)| self.lines[*a] == self.lines[*b])
    }

    /// How many lines from the top are right in an answer such as `c a b d`, where commas, parentheses and missing
    /// blanks do not matter; `None` where it does not name every line once.
    fn right_from_top(&self, answer: &str, turn: u64) -> Option<usize> {
        let count = self.lines.len();
        let letters = answer
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ',' | ')' | '.' | ';'));
        let indices: Option<Vec<usize>> = letters.map(|letter| index_of(letter, count)).collect();
        let indices = indices?;
        let mut sorted = indices.clone();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..count) {
            return None;
        }
        let shown = self.shown(turn);
        // Lines that say the same may stand for one another.
        let fits =
            |(place, index): &(usize, &usize)| self.lines[*place] == self.lines[shown[**index]];
        Some(indices.iter().enumerate().take_while(fits).count())
    }

    /// The right answer, as letters with blanks between them.
    pub fn answer(&self, turn: u64) -> String {
        let shown = self.shown(turn);
        let letters = (0..self.lines.len()).map(|line| {
            let index = shown.iter().position(|other| *other == line);
            letter(index.unwrap_or(0)).to_string()
        });
        letters.collect::<Vec<_>>().join(" ")
    }

    /// The lines under their letters.
    fn lettered(&self, turn: u64) -> Vec<Line> {
        let shown = self.shown(turn).into_iter().enumerate();
        shown
            .map(|(place, line)| lettered(place).with(self.lines[line].clone(), Role::Code))
            .collect()
    }
}

impl Kind for Order {
    fn name(&self) -> &'static str {
        "order"
    }

    fn wanted(&self, _: Rule) -> String {
        "the order of some lines".to_owned()
    }

    fn described(&self) -> Vec<String> {
        let ask = self.ask.as_ref().map_or_else(String::new, words);
        [ask]
            .into_iter()
            .chain(self.lines.iter().cloned())
            .collect()
    }

    fn differs(&self, other: &Question) -> Option<&'static str> {
        let Question::Order(other) = other else {
            return Some(ASKS_ELSE);
        };
        let counts = [self, other].map(|question| question.lines.len());
        (counts[0] != counts[1]).then_some("more or fewer lines are to be put in order")
    }

    fn answers(&self) -> Answering {
        Answering::Letters(self.lines.len())
    }

    fn how_to_answer(&self) -> &'static str {
        "Type `answer` and the letters in their right order. `hint` helps."
    }

    fn ask(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Line>, Refusal> {
        let ask = self.ask.as_ref().map_or_else(
            || vec![Line::plain("Put these lines in order.")],
            |ask| filled(stage, ask, None),
        );
        Ok([ask, self.lettered(attempt.turns)].concat())
    }

    fn judge(&self, _: &dyn Stage, attempt: &mut Attempt, answer: Option<&str>) -> Judged {
        let advice = "every letter once, such as `answer c a b`";
        let text = answer.ok_or_else(|| missing(advice))?;
        let count = self.lines.len();
        let Some(right) = self.right_from_top(text, attempt.turns) else {
            let message = format!("`{text}` does not put {count} lines in order");
            return Err(Refusal::new(message, advice));
        };
        if right == count {
            let mut lines = vec![Line::new().with("Right.", Role::Strong)];
            let code = self.lines.iter();
            lines.extend(code.map(|line| Line::plain("  ").with(line.clone(), Role::Code)));
            return Ok(Judgement::right(lines));
        }
        let before = attempt.turns.checked_sub(1);
        let was_right = before.and_then(|turn| self.right_from_top(text, turn));
        if was_right == Some(count) {
            return Ok(Judgement::wrong(vec![Line::plain(format!(
                "{text} was right with the letters before. Now the lines have others."
            ))]));
        }
        let words = match right {
            0 => "another line comes first. `hint` helps.".to_owned(),
            1 => "the first line is right, the one after is not.".to_owned(),
            _ => format!("the first {right} lines are right, the one after is not."),
        };
        let not_yet = Line::plain(format!("Not yet: {words}"));
        Ok(Judgement::wrong(vec![not_yet]))
    }

    fn hints(&self, _: &dyn Stage, attempt: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
        let first = Line::plain("It begins with ").with(self.lines[0].clone(), Role::Code);
        let answer = self.answer(attempt.turns);
        let answer = Line::plain(format!("It is {answer}."));
        Ok(vec![vec![first.with(".", Role::Plain)], vec![answer]])
    }

    fn afresh(&self, _: &dyn Stage, attempt: &mut Attempt) -> Option<Next> {
        attempt.turns += 1;
        Some(Next {
            lead: Lead::OtherLetters,
            lines: self.lettered(attempt.turns),
        })
    }

    fn check(&self, _: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        Ok(Proof {
            answer: self.answer(0),
            ..Proof::default()
        })
    }
}
