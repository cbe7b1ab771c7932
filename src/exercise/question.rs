//! What can be asked of a learner.

use super::asked::Asked;
use super::dice::Dice;
use crate::command::Phrase;
use crate::explain::{Document, Node, Quantity};

/// An exercise of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// What is asked.
    pub question: Question,
    /// The lesson's own hints, from vague to plain; where there are none, they are made from the numbers.
    pub hints: Vec<Document>,
    /// Why the answer is right, in the lesson's words.
    pub explain: Option<Document>,
}

/// What is asked, and how an answer is judged. Numbers are never written down: they are computed from the run.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A number of the update that comes next.
    Predict(Predict),
    /// A number that an expression comes to.
    Number(Number),
    /// Which of several is right.
    Choose(Choose),
    /// In which order lines belong.
    Order(Order),
    /// A condition that the learner's settings must bring about.
    Reach(Reach),
}

/// A number of the update that comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Predict {
    /// Which number.
    pub asked: Asked,
    /// Of which parameter, by its index; `None` for the one in focus.
    pub parameter: Option<usize>,
    /// Of which node, where it is a number of one; `None` for the node that the parameter leads to.
    pub node: Option<Node>,
    /// The question in the lesson's words.
    pub ask: Option<Document>,
    /// Wrong answers that the lesson foresees.
    pub mistakes: Vec<Mistake>,
}

impl Predict {
    /// The name of what is asked for, as lessons write it: `after`, `signal`, `hidden[0]`.
    pub fn name(&self) -> String {
        let of_node = self.node.and_then(|node| self.asked.of_node(node));
        of_node
            .map_or_else(|| self.asked.name(), Quantity::name)
            .into_owned()
    }
}

/// A number that an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The question.
    pub ask: Document,
    /// What the answer is.
    pub expect: Phrase,
    /// Wrong answers that the lesson foresees.
    pub mistakes: Vec<Mistake>,
}

/// A wrong answer that a lesson foresees.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What somebody answers who makes it.
    pub answer: Phrase,
    /// What is said about it.
    pub say: Document,
}

/// Which of several is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Choose {
    /// The question.
    pub ask: Document,
    /// The options, in the order in which they are shown.
    pub options: Vec<Choice>,
}

/// One of several options.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: Document,
    /// Whether it is right.
    pub is_right: bool,
    /// What is said when it is chosen.
    pub say: Document,
}

/// In which order lines belong.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The question in the lesson's words.
    pub ask: Option<Document>,
    /// The lines, in the right order.
    pub lines: Vec<String>,
}

/// A condition that the learner's settings must bring about.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The condition; it must hold after some update.
    pub condition: Phrase,
    /// Command lines that bring it about, for `solution`; without them some are looked for.
    pub solution: Vec<String>,
}

/// The most options and lines that have letters.
pub const MOST_LETTERS: usize = 26;

/// From this turn on, options and lines are not shown in other orders any more.
const MOST_TURNS: u64 = 100;

/// The letter of an option or line: a, b, c.
pub fn letter(index: usize) -> char {
    (b'a' + (index % MOST_LETTERS) as u8) as char
}

/// The index that a letter stands for, among `count`.
fn index_of(letter: char, count: usize) -> Option<usize> {
    let index = (letter.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
    (index < count).then_some(index)
}

impl Choose {
    /// Which option stands at each letter: on turn 0 as the lesson has them, later each time in another order, in
    /// which the right one has another letter.
    pub fn shown(&self, turn: u64) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.options.len()).collect();
        for turn in 1..=turn.min(MOST_TURNS) {
            let right = self.right_in(&shown);
            Dice(turn).shuffle(&mut shown);
            if self.right_in(&shown) == right {
                shown.rotate_left(1);
            }
        }
        shown
    }

    /// The option that an answer means: its letter, with or without a parenthesis behind it.
    pub fn picked(&self, answer: &str, turn: u64) -> Option<&Choice> {
        let mut letters = answer.trim().trim_end_matches([')', '.']).chars();
        let index = index_of(letters.next()?, self.options.len())?;
        letters
            .next()
            .is_none()
            .then(|| &self.options[self.shown(turn)[index]])
    }

    /// The first place at which a right option is shown, and that option.
    pub fn right(&self, turn: u64) -> (usize, &Choice) {
        let shown = self.shown(turn);
        let place = self.right_in(&shown);
        (place, &self.options[shown[place]])
    }

    fn right_in(&self, shown: &[usize]) -> usize {
        let right = |index: &usize| self.options[*index].is_right;
        shown.iter().position(right).unwrap_or(0)
    }
}

/// What an answer to an order is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ordered {
    /// The lines stand in an order that is right.
    Right,
    /// So many lines from the top are right; the next is not.
    Wrong {
        /// How many.
        right: usize,
    },
    /// It does not name every line once.
    Unclear,
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

    /// Judges an answer such as `c a b d`; commas, parentheses and missing blanks do not matter.
    pub fn judge(&self, answer: &str, turn: u64) -> Ordered {
        let count = self.lines.len();
        let letters = answer
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ',' | ')' | '.' | ';'));
        let indices: Option<Vec<usize>> = letters.map(|letter| index_of(letter, count)).collect();
        let Some(indices) = indices.filter(|indices| indices.len() == count) else {
            return Ordered::Unclear;
        };
        let mut sorted = indices.clone();
        sorted.sort_unstable();
        if sorted != (0..count).collect::<Vec<_>>() {
            return Ordered::Unclear;
        }
        let shown = self.shown(turn);
        // Lines that say the same may stand for one another.
        let fits =
            |(place, index): &(usize, &usize)| self.lines[*place] == self.lines[shown[**index]];
        let right = indices.iter().enumerate().take_while(fits).count();
        if right == count {
            Ordered::Right
        } else {
            Ordered::Wrong { right }
        }
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(lines: &[&str]) -> Order {
        Order {
            ask: None,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    #[test]
    fn lines_are_shuffled_and_the_computed_answer_is_right() {
        for lines in [&["one", "two"][..], &["a", "b", "c", "d"], &["x", "x", "y"]] {
            let order = order(lines);
            for turn in 0..5 {
                assert_eq!(order.judge(&order.answer(turn), turn), Ordered::Right);
                assert!(!order.is_in_order(&order.shown(turn)));
            }
        }
    }

    #[test]
    fn an_order_is_judged_from_the_top() {
        let order = order(&["a", "b", "c"]);
        let answer = order.answer(0);
        assert_eq!(order.judge(&answer.replace(' ', ","), 0), Ordered::Right);
        assert_eq!(order.judge(&answer.replace(' ', ") "), 0), Ordered::Right);
        assert_eq!(
            order.judge(&answer.replace(' ', "").to_uppercase(), 0),
            Ordered::Right
        );
        let letters: Vec<&str> = answer.split(' ').collect();
        let swapped = [letters[0], letters[2], letters[1]].concat();
        assert_eq!(order.judge(&swapped, 0), Ordered::Wrong { right: 1 });
        for unclear in ["a b", "a a b", "a b c d", "1 2 3", ""] {
            assert_eq!(order.judge(unclear, 0), Ordered::Unclear, "{unclear}");
        }
    }

    #[test]
    fn each_turn_shows_another_order() {
        let order = order(&["a", "b", "c", "d"]);
        for turn in 1..20 {
            assert_ne!(order.shown(turn), order.shown(turn - 1));
            assert_ne!(order.answer(turn), order.answer(turn - 1));
        }
    }

    #[test]
    fn the_right_option_has_another_letter_each_turn() {
        let option = |is_right| Choice {
            text: Document::default(),
            is_right,
            say: Document::default(),
        };
        for (right, count) in [(0, 2), (1, 3), (3, 4)] {
            let choose = Choose {
                ask: Document::default(),
                options: (0..count).map(|index| option(index == right)).collect(),
            };
            assert_eq!(choose.right(0).0, right);
            for turn in 1..20 {
                assert_ne!(choose.right(turn).0, choose.right(turn - 1).0);
                let answer = letter(choose.right(turn).0).to_string();
                assert!(choose.picked(&answer, turn).unwrap().is_right);
            }
        }
    }
}
