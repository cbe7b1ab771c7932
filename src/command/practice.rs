//! What can be typed in practice besides a number.

use super::Command;

/// What a word of practice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their rows say what they do")]
pub enum Practised {
    Hint,
    Solution,
    Next,
    Exercise,
    Help,
    Quit,
}

use Practised::{Exercise, Help, Hint, Next, Quit, Solution};

/// The words that mean something in practice, and what they do.
pub static PRACTICE_WORDS: &[(Practised, &str, &str)] = &[
    (Hint, "hint", "the next hint; the last is the answer"),
    (
        Solution,
        "solution",
        "the answer, and then the question with other numbers",
    ),
    (Next, "next", "leaves this problem out and goes on"),
    (Exercise, "exercise", "says the problem again"),
    (Help, "help", "says what can be typed"),
    (Quit, "quit", "ends the round with a summary"),
];

/// What a command does in practice, and that in words; `None` for an answer, and for what is no command of practice.
pub fn practised(command: &Command) -> Option<(Practised, &'static str)> {
    let is = |deed| match deed {
        Hint => matches!(command, Command::Hint),
        Solution => matches!(command, Command::Solution),
        Next => matches!(command, Command::Next(_)),
        Exercise => matches!(command, Command::Exercise),
        Help => matches!(command, Command::Help(_) | Command::Keys),
        Quit => matches!(command, Command::Quit(_)),
    };
    let row = PRACTICE_WORDS.iter().find(|(deed, ..)| is(*deed));
    row.map(|(deed, _, about)| (*deed, *about))
}
