//! What can be typed in practice besides a number.

use super::Command;

/// The words that mean something in practice, and what they do.
pub static PRACTICE_WORDS: &[(&str, &str)] = &[
    ("hint", "the next hint; the last is the answer"),
    (
        "solution",
        "the answer, and then the question with other numbers",
    ),
    ("next", "leaves this problem out and goes on"),
    ("exercise", "says the problem again"),
    ("help", "says what can be typed"),
    ("quit", "ends the round with a summary"),
];

/// What a command does in practice; `None` for an answer, and for what is no command of practice.
pub fn practice_about(command: &Command) -> Option<&'static str> {
    let word = match command {
        Command::Hint => "hint",
        Command::Solution => "solution",
        Command::Next(_) => "next",
        Command::Exercise => "exercise",
        Command::Help(_) | Command::Keys => "help",
        Command::Quit(_) => "quit",
        _ => return None,
    };
    let row = PRACTICE_WORDS.iter().find(|(known, _)| *known == word);
    row.map(|(_, about)| *about)
}
