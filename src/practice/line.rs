//! A line typed in practice: what it means, what it would do, how it can go on.

use super::Practice;
use crate::command::complaint;
use crate::command::{
    self, Command, Complaint, Completion, PRACTICE_WORDS, Vocabulary, begins_a_number, practised,
};
use crate::command::{Preview, Refusal};
use crate::exercise::Typed;
use crate::explain::Line;

impl Practice {
    /// What a line means here. `None` for an empty line or a comment.
    ///
    /// # Errors
    /// Where it is no command.
    pub fn understand(line: &str) -> Result<Option<Command>, Complaint> {
        let text = command::without_comment(line).trim();
        if begins_a_number(text) {
            return Ok(Some(Command::Answer(Some(text.to_owned()))));
        }
        command::parse(line, &Vocabulary::default())
    }

    /// What a line would do, while it is being typed. What an answer is worth is not told before it is given.
    pub fn preview(line: &str) -> Preview {
        let command = match Self::understand(line) {
            Ok(None) => return Preview::Nothing,
            Ok(Some(command)) => command,
            Err(complaint) => return Preview::Complaint(complaint),
        };
        if let Some((_, about)) = practised(&command) {
            return Preview::Effect(Line::plain(about));
        }
        let Command::Answer(answer) = command else {
            return Preview::Complaint(complaint(line, not_here()));
        };
        let number = answer.filter(|text| begins_a_number(text));
        let mistake = number.and_then(|text| mistake_in(line, &text));
        mistake.map_or(Preview::Effect(Line::new()), Preview::Complaint)
    }

    /// The ways in which a line can go on: the words that mean something here.
    pub fn complete(line: &str) -> Completion {
        let mut completion = command::complete(line, &Vocabulary::default());
        let is_first_word = line[..completion.start].trim().is_empty();
        let place = |word: &str| {
            PRACTICE_WORDS
                .iter()
                .position(|(_, known, _)| *known == word)
        };
        let candidates = &mut completion.candidates;
        candidates.retain(|candidate| is_first_word && place(&candidate.word).is_some());
        candidates.sort_by_key(|candidate| place(&candidate.word));
        completion
    }
}

/// Why a command for lessons is not done.
pub(super) fn not_here() -> Refusal {
    Refusal::new(
        "that is for lessons, and this is practice",
        "a number, `hint`, `solution`, `next` or `quit`",
    )
}

/// Why a line could not be done. Where a number in it is none, the word is marked that spoils it.
pub(super) fn complaint_about(line: &str, command: &Command, refusal: Refusal) -> Complaint {
    let mistake = if let Command::Answer(Some(text)) = command {
        mistake_in(line, text)
    } else {
        None
    };
    mistake
        .filter(|mistake| mistake.message == refusal.message)
        .unwrap_or_else(|| complaint(line, refusal))
}

/// What is wrong with the number at the end of a line.
fn mistake_in(line: &str, number: &str) -> Option<Complaint> {
    let mistake = Typed::read(number).err()?;
    let complaint = Complaint::new(mistake.span, mistake.message, mistake.advice);
    let start = line.rfind(number).unwrap_or(0);
    Some(complaint.shifted(start).printable())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Keeper, Moment};

    fn practice() -> Practice {
        Practice::new(Keeper::open(None, || Moment(0)), 3, 4)
    }

    #[test]
    fn a_wrong_line_has_its_word_marked() {
        for (line, word) in [
            ("0.2 + x", "x"),
            ("answer 1 + gradient", "gradient"),
            ("  3 * * 2 # so", "*"),
            ("hnt", "hnt"),
        ] {
            let complaint = practice().reply(line).unwrap_err();
            assert_eq!(&line[complaint.span], word, "{line}");
        }
    }

    #[test]
    fn what_a_line_would_do_is_told_and_what_an_answer_is_worth_is_not() {
        for (line, effect) in [
            ("hint", "the next hint; the last is the answer"),
            ("2.4", ""),
            ("1/4", ""),
            ("answer 3", ""),
        ] {
            let Preview::Effect(line) = Practice::preview(line) else {
                panic!("{line} does something");
            };
            assert_eq!(line.text(), effect);
        }
        assert_eq!(Practice::preview(" "), Preview::Nothing);
        for line in ["set lr 3", "hin t", "2 +"] {
            assert!(
                matches!(Practice::preview(line), Preview::Complaint(_)),
                "{line}"
            );
        }
    }

    #[test]
    fn only_words_of_practice_complete_a_line() {
        let words = |line: &str| {
            let completion = Practice::complete(line);
            let candidates = completion.candidates.into_iter();
            candidates.map(|c| c.word).collect::<Vec<_>>()
        };
        assert_eq!(words("s"), ["solution"]);
        assert_eq!(words("h"), ["hint", "help"]);
        assert!(words("hint ").is_empty());
        assert!(words("help se").is_empty());
        let all: Vec<&str> = PRACTICE_WORDS.iter().map(|(_, word, _)| *word).collect();
        assert_eq!(words(""), all);
    }

    #[test]
    fn beside_the_problem_stands_what_is_said_and_nothing_of_the_problem() {
        let mut practice = practice();
        let opening = practice.opening();
        assert!(
            opening
                .text()
                .text()
                .starts_with("Practice\nType the answer")
        );
        let said = opening.beside().text();
        assert!(said.starts_with("Type the answer"), "{said}");
        assert!(!said.contains("Problem 1"), "{said}");
        let solution = practice.reply("solution").unwrap();
        let said = solution.beside().text();
        assert!(said.ends_with("Now you, with other numbers."), "{said}");
        assert_eq!(
            said.matches("Given").count(),
            1,
            "of the problem that is solved: {said}"
        );
        let next = practice.reply("next").unwrap();
        let said = next.beside().text();
        assert!(
            said.starts_with("First, one"),
            "a worked example stays: {said}"
        );
        assert!(!said.contains("Problem"), "{said}");
        let wrong = practice.reply("42").unwrap();
        assert_eq!(wrong.beside(), wrong.text());
    }
}
