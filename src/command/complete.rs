//! Completing a line that has been typed so far.

use super::arguments::words;
use super::table::{Completes, TABLE, find};
use super::{Row, Vocabulary};

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The word that would stand in the line.
    pub word: String,
    /// What it is, where that is worth saying.
    pub about: &'static str,
}

/// The ways to complete the last word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins that the candidates would replace, in bytes.
    pub start: usize,
    /// The candidates, in a sensible order.
    pub candidates: Vec<Candidate>,
}

impl Completion {
    /// What all candidates begin with, in full.
    pub fn common(&self) -> &str {
        let Some((first, others)) = self.candidates.split_first() else {
            return "";
        };
        let mut length = first.word.len();
        for other in others {
            let pairs = first.word.char_indices().zip(other.word.chars());
            let differing = pairs
                .into_iter()
                .find(|((_, a), b)| a != b)
                .map(|((index, _), _)| index);
            length = length.min(differing.unwrap_or(other.word.len()));
        }
        &first.word[..length]
    }
}

/// The words with which the part of `line` before its end could go on.
pub fn complete(line: &str, vocabulary: &Vocabulary) -> Completion {
    let mut typed: Vec<_> = words(line).collect();
    let last = typed.pop_if(|word| word.span.end == line.len());
    let (start, begun) = last.map_or((line.len(), ""), |word| (word.span.start, word.text));
    let candidates: Vec<Candidate> = match typed.split_first() {
        None => {
            let candidate = |row: &Row| Candidate {
                word: row.name.to_owned(),
                about: row.about,
            };
            TABLE.iter().map(candidate).collect()
        }
        Some((name, arguments)) => {
            let arguments: Vec<&str> = arguments.iter().map(|word| word.text).collect();
            let suggest = |row: &Row| row.suggest(&arguments, vocabulary);
            let words = find(name).map_or_else(|_| Vec::new(), suggest);
            let candidate = |word| Candidate { word, about: "" };
            words.into_iter().map(candidate).collect()
        }
    };
    let fitting = |begun: &str| {
        candidates
            .iter()
            .filter(|c| c.word.starts_with(begun))
            .cloned()
            .collect()
    };
    let whole = Completion {
        start,
        candidates: fitting(begun),
    };
    // In `abs(del` the name that has been begun is the last one.
    let name = begun
        .rfind(|c: char| "+-*/^(<>=".contains(c))
        .map_or(0, |index| index + 1);
    if typed.is_empty() || name == 0 || !whole.candidates.is_empty() {
        return whole;
    }
    Completion {
        start: start + name,
        candidates: fitting(&begun[name..]),
    }
}

/// Whether what is being typed is the argument of a command that takes a file.
pub fn names_a_file(line: &str) -> bool {
    let mut words = words(line);
    let command = words.next().and_then(|word| find(&word).ok());
    let begun = words.next().is_some() || line.ends_with(' ');
    begun && command.is_some_and(|row| matches!(row.completes, Completes::File(_)))
}
