//! What can be typed in practice besides a number, and the keys that stand for it.

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

/// A key of the practice screen.
#[derive(Debug, Clone, Copy)]
pub struct PracticeKey {
    /// The keys, by name.
    pub keys: &'static [&'static str],
    /// The line that they stand for.
    pub line: &'static str,
    /// A word or two for the bottom line.
    pub hint: &'static str,
    /// What they do, in words.
    pub about: &'static str,
}

/// The keys of a round. Whatever else is pressed goes into the line.
pub static PRACTICE_KEYS: &[PracticeKey] = &[
    PracticeKey {
        keys: &["F3"],
        line: "hint",
        hint: "hint",
        about: "show the next hint",
    },
    PracticeKey {
        keys: &["F4"],
        line: "solution",
        hint: "solution",
        about: "show the answer",
    },
    PracticeKey {
        keys: &["F5"],
        line: "next",
        hint: "leave out",
        about: "leave the problem out",
    },
    PracticeKey {
        keys: &["Esc", "Ctrl-D"],
        line: "quit",
        hint: "end",
        about: "end the round with a summary; with something typed, Esc clears the line",
    },
    PracticeKey {
        keys: &["F1", "?"],
        line: "help",
        hint: "help",
        about: "show this",
    },
    PracticeKey {
        keys: &["F2"],
        line: "mouse",
        hint: "mouse",
        about: "let the mouse select text, or scroll",
    },
    PracticeKey {
        keys: &["Ctrl-Z"],
        line: "sleep",
        hint: "sleep",
        about: "put the tutor to sleep; `fg` wakes it",
    },
];

/// The line that a key stands for in practice, by its name.
pub fn practice_line(key: &str) -> Option<&'static str> {
    let binding = PRACTICE_KEYS.iter().find(|row| row.keys.contains(&key));
    binding.map(|row| row.line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Vocabulary, parse};

    #[test]
    fn every_word_and_every_key_stands_for_a_command() {
        let parsed = |line| parse(line, &Vocabulary::default()).unwrap().unwrap();
        for (word, about) in PRACTICE_WORDS {
            assert_eq!(practice_about(&parsed(word)), Some(*about));
        }
        for row in PRACTICE_KEYS {
            let command = parsed(row.line);
            let of_screen = matches!(command, Command::Screen(_));
            assert!(
                of_screen || practice_about(&command).is_some(),
                "{}",
                row.line
            );
        }
    }

    #[test]
    fn no_key_of_practice_is_needed_to_type_a_number() {
        for key in PRACTICE_KEYS.iter().flat_map(|row| row.keys) {
            let types = key.chars().count() == 1 && *key != "?";
            assert!(!types, "{key}");
        }
    }
}
