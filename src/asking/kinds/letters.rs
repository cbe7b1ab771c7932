//! Letters that options and lines are chosen by.

use crate::explain::{Line, Role, series};

/// The most options and lines that have letters.
pub const MOST_LETTERS: usize = 26;

/// From this turn on, options and lines are not shown in other orders any more.
pub(super) const MOST_TURNS: u64 = 100;

/// The letter of an option or line: a, b, c.
pub fn letter(index: usize) -> char {
    (b'a' + (index % MOST_LETTERS) as u8) as char
}

/// So many letters, as one says them: `a, b or c`.
pub fn letters(count: usize) -> String {
    let letters: Vec<String> = (0..count).map(|index| letter(index).to_string()).collect();
    series(&letters, "or")
}

/// The index that a letter stands for, among `count`.
pub(super) fn index_of(letter: char, count: usize) -> Option<usize> {
    let index = (letter.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
    (index < count).then_some(index)
}

/// The beginning of an option or line under its letter.
pub(super) fn lettered(index: usize) -> Line {
    let mut line = Line::new().with(format!("{}) ", letter(index)), Role::Strong);
    line.indent = 3;
    line
}
