//! A line typed in practice: what it means, what it would do, how it can go on.

use super::Practice;
use crate::command::{
    self, Command, Complaint, Completion, PRACTICE_WORDS, Preview, Refusal, Vocabulary,
    begins_a_number, complaint, practised,
};
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
        let place = |word: &str| PRACTICE_WORDS.iter().position(|row| row.1 == word);
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
