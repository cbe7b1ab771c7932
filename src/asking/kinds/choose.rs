//! Which of several is right. Asked afresh, the options stand in another order.

use super::letters::{MOST_TURNS, index_of, letter, lettered, letters};
use super::{ASKS_ELSE, Answering, Judged, Kind, Proof, Question, words};
use crate::asking::attempt::Attempt;
use crate::asking::fault::Fault;
use crate::asking::judgement::{Judgement, Lead, Next};
use crate::asking::scene::{Scene, Stage, filled};
use crate::command::Refusal;
use crate::exercise::{Dice, missing};
use crate::explain::{Document, Line, Role};
use crate::math::Rule;

/// Which of several is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Choose {
    /// The question.
    pub ask: Document,
    /// The options, in the order in which they are shown.
    pub options: Vec<AnswerOption>,
}

/// One of several options.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerOption {
    /// What it says.
    pub text: Document,
    /// Whether it is right.
    pub is_right: bool,
    /// What is said when it is chosen.
    pub say: Document,
}

impl AnswerOption {
    /// What it says, in one line.
    fn text_in(&self, scene: &dyn Scene) -> String {
        let lines = filled(scene, &self.text, None);
        let lines: Vec<String> = lines.iter().map(Line::text).collect();
        lines.join(" ")
    }
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

    /// The option that an answer means: its letter or its number, with or without a parenthesis behind it.
    pub fn picked(&self, answer: &str, turn: u64) -> Option<&AnswerOption> {
        let index = picked(answer, self.options.len())?;
        Some(&self.options[self.shown(turn)[index]])
    }

    /// The first place at which a right option is shown, and that option.
    pub fn right(&self, turn: u64) -> (usize, &AnswerOption) {
        let shown = self.shown(turn);
        let place = self.right_in(&shown);
        (place, &self.options[shown[place]])
    }

    fn right_in(&self, shown: &[usize]) -> usize {
        let right = |index: &usize| self.options[*index].is_right;
        shown.iter().position(right).unwrap_or(0)
    }

    /// A right option that stands on a page word for word, where no wrong one does, by its index and with its text. One
    /// or two words may stand there by chance.
    pub fn told_by(&self, scene: &dyn Scene, page: &str) -> Option<(usize, String)> {
        let page = bare(page);
        let stands = |option: &&AnswerOption| {
            let option = bare(&option.text_in(scene));
            option.split_whitespace().count() > 2 && page.contains(&option)
        };
        if self
            .options
            .iter()
            .filter(|o| !o.is_right)
            .any(|o| stands(&o))
        {
            return None;
        }
        let mut right = (self.options.iter().enumerate()).filter(|(_, option)| option.is_right);
        let (index, told) = right.find(|(_, option)| stands(option))?;
        Some((index, told.text_in(scene)))
    }

    /// The options under their letters.
    fn lines(&self, scene: &dyn Scene, turn: u64) -> Vec<Line> {
        let mut lines = Vec::new();
        for (place, option) in self.shown(turn).into_iter().enumerate() {
            let mut text = filled(scene, &self.options[option].text, None).into_iter();
            let first = text.next().unwrap_or_default();
            lines.push(lettered(place).joined(first));
            lines.extend(text);
        }
        lines
    }
}

/// The place that an answer means among `count`, by its letter or its number, with or without a parenthesis behind it.
pub fn picked(answer: &str, count: usize) -> Option<usize> {
    let text = answer.trim().trim_end_matches([')', '.']);
    let number = || {
        text.parse()
            .ok()
            .and_then(|number: usize| number.checked_sub(1))
    };
    let mut letters = text.chars();
    let index = match (letters.next()?, letters.next()) {
        (letter, None) if letter.is_alphabetic() => index_of(letter, count),
        _ => number(),
    };
    index.filter(|index| *index < count)
}

/// The words of a text in small letters with a blank around each, without the signs between them.
fn bare(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| c.is_whitespace() || ",;:!?\"()`*".contains(c));
    let words = words.map(|word| word.trim_end_matches('.'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

impl Kind for Choose {
    fn name(&self) -> &'static str {
        "choose"
    }

    fn wanted(&self, _: Rule) -> String {
        "one of several answers".to_owned()
    }

    fn described(&self) -> Vec<String> {
        let option = |option: &AnswerOption| format!("{} {}", option.is_right, words(&option.text));
        let options = self.options.iter().map(option);
        [words(&self.ask)].into_iter().chain(options).collect()
    }

    fn differs(&self, other: &Question) -> Option<&'static str> {
        let Question::Choose(other) = other else {
            return Some(ASKS_ELSE);
        };
        let [own, its] = [self, other].map(|all| all.options.iter().map(|option| option.is_right));
        own.ne(its)
            .then_some("other options are right, or there are more or fewer")
    }

    fn answers(&self) -> Answering {
        Answering::Choice(self.options.len())
    }

    fn how_to_answer(&self) -> &'static str {
        "Type `answer` and a letter. `hint` helps."
    }

    fn ask(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Line>, Refusal> {
        let ask = filled(stage, &self.ask, None);
        Ok([ask, self.lines(stage, attempt.turns)].concat())
    }

    fn judge(&self, stage: &dyn Stage, attempt: &mut Attempt, answer: Option<&str>) -> Judged {
        let count = self.options.len();
        let advice = format!("choose {} (1 to {count} do, too)", letters(count));
        let text = answer.ok_or_else(|| missing(&advice))?;
        let Some(picked) = self.picked(text, attempt.turns) else {
            return Err(Refusal::new(format!("there is no option `{text}`"), advice));
        };
        let before = attempt.turns.checked_sub(1);
        let was_right = before.and_then(|turn| self.picked(text, turn));
        if !picked.is_right && was_right.is_some_and(|option| option.is_right) {
            return Ok(Judgement::wrong(vec![Line::plain(format!(
                "{text} was right in the order before. Now the answers stand in another."
            ))]));
        }
        let (first, judged): (_, fn(_) -> _) = if picked.is_right {
            ("Right.", Judgement::right)
        } else {
            ("Not yet.", Judgement::wrong)
        };
        let mut lines = vec![Line::new().with(first, Role::Strong)];
        lines.extend(filled(stage, &picked.say, None));
        Ok(judged(lines))
    }

    fn hints(&self, stage: &dyn Stage, attempt: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
        let shown = self.shown(attempt.turns);
        let is_wrong = |option: &usize| !self.options[*option].is_right;
        let wrong = shown.iter().position(is_wrong);
        let wrong = wrong.filter(|_| shown.len() > 2);
        // By its words: after the last hint the letters are others.
        let names = |words: &str, option: &AnswerOption| {
            let text = Line::plain(option.text_in(stage));
            Line::plain(format!("{words}: ")).joined(text)
        };
        let is_not = |place: usize| vec![names("It is not this one", &self.options[shown[place]])];
        let (_, right) = self.right(attempt.turns);
        let mut last = vec![names("It is this one", right)];
        last.extend(filled(stage, &right.say, None));
        Ok(wrong.map(is_not).into_iter().chain([last]).collect())
    }

    fn afresh(&self, stage: &dyn Stage, attempt: &mut Attempt) -> Option<Next> {
        attempt.turns += 1;
        Some(Next {
            lead: Lead::OtherOrder,
            lines: self.lines(stage, attempt.turns),
        })
    }

    fn check(&self, _: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        Ok(Proof {
            answer: letter(self.right(0).0).to_string(),
            ..Proof::default()
        })
    }
}
