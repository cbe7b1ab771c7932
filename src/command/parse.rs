//! Understanding lines: commands, and what is typed in their place.

use super::keys::{self, Deed, meant_by};
use super::table::{Row, TABLE};
use super::{Command, Complaint, Phrase, Vocabulary, arguments, table};
use crate::explain::Quantity;
use crate::math::expression::{Kind, last_side, plain};

/// Understands one line. `None` for an empty line or a comment.
///
/// # Errors
/// Where the line is no command; nothing has been done.
pub fn parse(line: &str, vocabulary: &Vocabulary) -> Result<Option<Command>, Complaint> {
    parse_words(line, vocabulary).map_err(|complaint| {
        let is_meant = |line: &str| parse_words(line, vocabulary).is_ok();
        let first = line.split_whitespace().next().unwrap_or(line);
        // The tutor's own symbols are Greek letters.
        let meant = match Quantity::meant(first) {
            Some(_) => None,
            None => meant_by(line.trim(), is_meant).or_else(|| meant_by(first, is_meant)),
        };
        complaint.told(meant).printable()
    })
}

fn parse_words(line: &str, vocabulary: &Vocabulary) -> Result<Option<Command>, Complaint> {
    // The bar of the full screen is opened by a colon, and who is told so may type it anywhere.
    if let Some(rest) = line.trim_start().strip_prefix(':') {
        let colon = line.len() - rest.len();
        return parse_words(rest, vocabulary).map_err(|complaint| complaint.shifted(colon));
    }
    let mut arguments = arguments::Arguments::new(line, vocabulary);
    let Some(word) = arguments.next_word() else {
        return Ok(None);
    };
    // A key of the full screen, typed as a line, does what the key does.
    if let Some(line) = key_line(arguments::without_comment(line).trim()) {
        return parse_words(line, vocabulary);
    }
    let row = table::find(&word).map_err(|wrong| pressed_once(&word).unwrap_or(wrong))?;
    let command = (row.parse)(&mut arguments)?;
    arguments.finish(row)?;
    Ok(Some(command))
}

/// Whether a text begins with the name of a command, so that what a lesson has in code is a line to type.
pub fn begins_a_command(text: &str) -> bool {
    let first = text.split_whitespace().next();
    first.is_some_and(|first| TABLE.iter().any(|row| row.name == first))
}

/// Understands an expression that must come to what is wanted.
///
/// # Errors
/// Where it is none, or comes to something else.
pub fn phrase(text: &str, kind: Kind, vocabulary: &Vocabulary) -> Result<Phrase, Complaint> {
    arguments::phrase(&arguments::Word::within(text, text), kind, vocabulary)
}

/// Whether a text begins as a number or an expression does, or is an equation, and no command.
pub fn begins_a_number(text: &str) -> bool {
    let begins = |plain: &str| {
        plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '('))
    };
    let (first, last) = (text.split(['=', '＝', '≈']).next(), last_side(text));
    let first = first.map_or(text, str::trim);
    let is_equation = last.len() < text.len() && begins(&plain(last.trim_start()));
    begins(&plain(text)) || is_equation && (first.is_empty() || Quantity::meant(first).is_some())
}

/// The line that a key stands for, by its character or its name, as in `]`, `Page Down` and `press x`; unless that is a
/// command.
fn key_line(text: &str) -> Option<&'static str> {
    let is_name = |row: &Row| row.name == text || row.short == text;
    if TABLE.iter().any(is_name) {
        return None;
    }
    let named = text.strip_prefix("press ").unwrap_or(text).trim();
    let named = if named.chars().count() == 1 {
        named.to_owned()
    } else {
        keys::by_name(named)?
    };
    let on = |on| {
        let Deed::Command(line) = keys::deed(&named, on)? else {
            return None;
        };
        Some(line)
    };
    on(keys::On::Lesson).or_else(|| on(keys::On::Question))
}

/// What is wrong with a line that goes on after the character of a key, where the word is one.
fn pressed_once(word: &arguments::Word) -> Option<Complaint> {
    let line = key_line(word.text)?;
    let key = word.text;
    Some(Complaint::new(
        word.span.clone(),
        format!("`{key}` is a key, and nothing comes after it"),
        format!("`{key}` alone does what `{line}` does, and `{key}; {key}` does it twice"),
    ))
}

/// Whether a line is the name of the key Enter, which stands for no one command: it goes on, and to what depends on where.
pub fn is_enter(line: &str) -> bool {
    let named = arguments::without_comment(line).trim();
    let named = named.strip_prefix("press ").unwrap_or(named);
    keys::by_name(named).as_deref() == Some("Enter")
}

/// Where the semicolons between the commands of a line stand: those in parentheses part what a function takes.
fn semicolons(line: &str) -> Vec<usize> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, character) in line.char_indices() {
        match character {
            '(' => open.push(found.len()),
            ')' => found.truncate(open.pop().unwrap_or(found.len())),
            ';' => found.push(at),
            _ => {}
        }
    }
    found
}

/// Where the last command of a line begins.
pub fn last_part(line: &str) -> usize {
    semicolons(line).last().map_or(0, |at| at + 1)
}

/// The commands of a line, between semicolons.
fn parts(line: &str) -> Vec<&str> {
    let ends = semicolons(line).into_iter().chain([line.len()]);
    let mut start = 0;
    let part = |end| {
        let part = &line[start..end];
        start = end + 1;
        part
    };
    ends.map(part).collect()
}

/// The command lines of a script: lines, and parts of lines between semicolons, each with its line number from 1.
pub fn script_lines(script: &str) -> impl Iterator<Item = (usize, &str)> {
    script.lines().enumerate().flat_map(|(index, line)| {
        let parts = parts(arguments::without_comment(line)).into_iter();
        parts
            .filter(|part| !part.trim().is_empty())
            .map(move |part| (index + 1, part))
    })
}
