//! What is typed and cannot be seen, said in words; and which bytes of a line to mark, so that the mark is seen.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::acts;

/// Characters that nobody sees, or takes for a blank.
const UNSEEN: [(char, &str); 14] = [
    ('\t', "tab"),
    ('\u{a0}', "no-break space"),
    ('\u{ad}', "soft hyphen"),
    ('\u{2002}', "wide space"),
    ('\u{2003}', "wide space"),
    ('\u{2009}', "thin space"),
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{2028}', "line separator"),
    ('\u{202f}', "narrow no-break space"),
    ('\u{2060}', "word joiner"),
    ('\u{3000}', "wide space"),
    ('\u{feff}', "byte-order mark"),
];

/// A message that may quote whatever has been typed: in the place of what cannot be seen, and of what a terminal would
/// obey, stands in brackets what it is. All else is as it was typed.
pub fn shown(message: &str) -> String {
    let mut shown = String::with_capacity(message.len());
    let mut before = None;
    for character in message.chars() {
        match unseen(character, before) {
            Some(name) => shown.extend(["[", &name, "]"]),
            None if character == '\n' => shown.push(' '),
            None => shown.push(character),
        }
        before = Some(character);
    }
    shown
}

/// Whether anything of a text can be seen.
pub fn can_be_seen(text: &str) -> bool {
    let fillers = ['\u{2800}', '\u{3164}'];
    let sees = |c: char| !c.is_whitespace() && !is_mark(c) && !fillers.contains(&c);
    text.chars()
        .any(|c| sees(c) && !UNSEEN.iter().any(|(known, _)| *known == c))
}

/// What a character is called that cannot be seen behind the one before.
fn unseen(character: char, before: Option<char>) -> Option<String> {
    let code = character as u32;
    if let Some((_, name)) = UNSEEN.iter().find(|(known, _)| *known == character) {
        return Some((*name).to_owned());
    }
    if matches!(character, ' ' | '\n') {
        return None;
    }
    if acts(character) || character.is_whitespace() {
        return Some(format!("U+{code:04X}"));
    }
    // A mark is seen on what it stands on; a quotation mark of ours is not that.
    let stands =
        before.is_some_and(|before| before != '`' && before.width() > Some(0) && before != ' ');
    (is_mark(character) && !stands).then(|| format!("the mark U+{code:04X}"))
}

/// Whether a character takes no room of its own, as accents do that are typed behind their letter.
fn is_mark(character: char) -> bool {
    character.width() == Some(0)
}

/// The bytes of a line to be marked for what is meant in it: where it begins with a mark, with what that stands on.
/// They lie in the line and between characters.
pub fn marked(line: &str, meant: &Range<usize>) -> Range<usize> {
    let between = |at: usize| {
        (0..=at.min(line.len()))
            .rev()
            .find(|at| line.is_char_boundary(*at))
    };
    let (start, end) = (
        between(meant.start).unwrap_or(0),
        between(meant.end).unwrap_or(0),
    );
    let stands_on = line[start..].starts_with(is_mark).then(|| {
        let before = line[..start].char_indices();
        before.rev().find(|(_, character)| !is_mark(*character))
    });
    let start = stands_on.flatten().map_or(start, |(at, _)| at);
    start..end.max(start)
}
