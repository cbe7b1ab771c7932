//! Breaking lines to a width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::explain::{Line, Role, Text};

/// Breaks every line at spaces so that it fits `width` columns. Later parts are indented as the line asks.
///
/// A word is cut only where it is wider than a whole line; wide letters may stand on two lines though no space is between
/// them.
pub fn wrap(text: &Text, width: usize) -> Vec<Line> {
    let lines = text.lines.iter().cloned();
    lines.flat_map(|line| wrap_line(line, width)).collect()
}

/// The same of one line.
pub fn wrap_line(line: Line, width: usize) -> Vec<Line> {
    let width = width.max(1);
    if columns(&line) <= width {
        return vec![line];
    }
    let indent = line.indent.min(width * 2 / 3);
    let mut wrapper = Wrapper {
        width,
        indent,
        lines: Vec::new(),
        current: Line::new(),
        used: 0,
    };
    for word in words(&line) {
        wrapper.add(word);
    }
    wrapper.lines.push(wrapper.current);
    wrapper.lines
}

/// How many columns a line takes.
pub fn columns(line: &Line) -> usize {
    line.spans.iter().map(|span| span.text.width()).sum()
}

/// The beginning of a text that has room in so many columns, up to a place where a line may break.
pub fn beginning(text: &str, room: usize) -> String {
    let mut beginning = String::new();
    for word in words(&Line::plain(text)) {
        if !word.space && beginning.width() + word.width > room {
            break;
        }
        beginning.extend(word.pieces.iter().map(|(text, _)| *text));
    }
    beginning.truncate(beginning.trim_end().len());
    beginning
}

/// A run of text between two places where a line may break, with the roles of its pieces.
struct Word<'a> {
    pieces: Vec<(&'a str, Role)>,
    width: usize,
    space: bool,
}

/// What may not begin a line, and what may not end one, among letters that have a place to break on both sides.
const CLOSING: &str = "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗〟ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.;:?!)]}%";
const OPENING: &str = "‘“（〔［｛〈《「『【〘〖〝([{";

/// Whether a line may break between two pieces of a word: beside a wide letter it may.
fn breaks_between(before: &str, after: &str) -> bool {
    let first = |piece: &str| piece.chars().next();
    let is_wide = |piece: &str| first(piece).and_then(UnicodeWidthChar::width) > Some(1);
    let is_among = |piece: &str, all: &str| first(piece).is_some_and(|c| all.contains(c));
    (is_wide(before) || is_wide(after)) && !is_among(after, CLOSING) && !is_among(before, OPENING)
}

/// The pieces that a text is put on lines by: runs of spaces and of other letters where all are narrow, else graphemes.
fn pieces(text: &str) -> Vec<&str> {
    if !text.is_ascii() {
        return text.graphemes(true).collect();
    }
    let ends = |pair: &[u8]| (pair[0] == b' ') != (pair[1] == b' ');
    let mut rest = text;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let end = rest.as_bytes().windows(2).position(ends);
        let (piece, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// The words and the spaces between them. A word may be made of several spans, as `**3.56**.` is; wide letters are words
/// of their own.
fn words(line: &Line) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let mut before = "";
    for span in &line.spans {
        for letters in pieces(&span.text) {
            let space = letters.starts_with(' ');
            let goes_on = |word: &&mut Word| {
                word.space == space && (space || !breaks_between(before, letters))
            };
            let (piece, width) = ((letters, span.role), letters.width());
            match words.last_mut().filter(goes_on) {
                Some(word) => {
                    word.pieces.push(piece);
                    word.width += width;
                }
                None => words.push(Word {
                    pieces: vec![piece],
                    width,
                    space,
                }),
            }
            before = letters;
        }
    }
    words
}

struct Wrapper {
    width: usize,
    indent: usize,
    lines: Vec<Line>,
    current: Line,
    used: usize,
}

impl Wrapper {
    fn add(&mut self, word: Word<'_>) {
        let begins_at = if self.lines.is_empty() {
            0
        } else {
            self.indent
        };
        let line_has_words = self.used > begins_at;
        if self.used + word.width > self.width && line_has_words {
            self.break_line();
            if word.space {
                return;
            }
        }
        if word.width > self.width - self.used.min(self.width - 1) {
            return self.add_in_pieces(&word);
        }
        let starts_line = !self.lines.is_empty() && self.used == self.indent;
        if !(word.space && starts_line) {
            self.used += word.width;
            for piece in word.pieces {
                self.push(piece);
            }
        }
    }

    /// A word wider than a line is cut where the line ends.
    fn add_in_pieces(&mut self, word: &Word<'_>) {
        for (text, role) in &word.pieces {
            for grapheme in text.graphemes(true) {
                let width = grapheme.width();
                if self.used + width > self.width {
                    self.break_line();
                }
                self.used += width;
                self.push((grapheme, *role));
            }
        }
    }

    /// Puts a piece at the end of the line.
    fn push(&mut self, (text, role): (&str, Role)) {
        match self.current.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            Some(_) | None => self.current.push(text, role),
        }
    }

    fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.current);
        while let Some(last) = line.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            line.spans.pop();
        }
        self.lines.push(line);
        if self.indent > 0 {
            self.current = Line::plain(" ".repeat(self.indent));
        }
        self.used = self.indent;
    }
}
