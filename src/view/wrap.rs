//! Breaking lines to a width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::explain::{Line, Role, Span, Text};

/// Breaks every line at spaces so that it fits `width` columns. Later parts are indented as the line asks.
///
/// A word is cut only where it is wider than a whole line; wide letters may stand on two lines though no space is between
/// them.
pub fn wrap(text: &Text, width: usize) -> Vec<Line> {
    text.lines
        .iter()
        .flat_map(|line| wrap_line(line, width.max(1)))
        .collect()
}

fn wrap_line(line: &Line, width: usize) -> Vec<Line> {
    if line.text().width() <= width {
        return vec![line.clone()];
    }
    let indent = line.indent.min(width * 2 / 3);
    let mut wrapper = Wrapper {
        width,
        indent,
        lines: Vec::new(),
        current: Line::new(),
        used: 0,
    };
    for word in words(line) {
        wrapper.add(&word);
    }
    wrapper.lines.push(wrapper.current);
    wrapper.lines
}

/// The beginning of a text that has room in so many columns, up to a place where a line may break.
pub fn beginning(text: &str, room: usize) -> String {
    let mut beginning = String::new();
    for word in words(&Line::plain(text)) {
        if !word.space && beginning.width() + word.width > room {
            break;
        }
        beginning.extend(word.spans.iter().map(|span| &*span.text));
    }
    beginning.truncate(beginning.trim_end().len());
    beginning
}

/// A run of text between two places where a line may break, with the roles of its pieces.
struct Word {
    spans: Vec<Span>,
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
fn words(line: &Line) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut before = "";
    for span in &line.spans {
        for piece in pieces(&span.text) {
            let space = piece.starts_with(' ');
            let goes_on =
                |word: &&mut Word| word.space == space && (space || !breaks_between(before, piece));
            let width = piece.width();
            match words.last_mut().filter(goes_on) {
                Some(word) => {
                    word.width += width;
                    add(&mut word.spans, piece, span.role);
                }
                None => words.push(Word {
                    spans: vec![Span::new(piece, span.role)],
                    width,
                    space,
                }),
            }
            before = piece;
        }
    }
    words
}

/// Adds a piece behind what stands there already.
fn add(spans: &mut Vec<Span>, piece: &str, role: Role) {
    match spans.last_mut().filter(|last| last.role == role) {
        Some(last) => last.text.push_str(piece),
        None => spans.push(Span::new(piece, role)),
    }
}

struct Wrapper {
    width: usize,
    indent: usize,
    lines: Vec<Line>,
    current: Line,
    used: usize,
}

impl Wrapper {
    fn add(&mut self, word: &Word) {
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
            return self.add_in_pieces(word);
        }
        let starts_line = !self.lines.is_empty() && self.used == self.indent;
        if !(word.space && starts_line) {
            self.used += word.width;
            for span in &word.spans {
                add(&mut self.current.spans, &span.text, span.role);
            }
        }
    }

    /// A word wider than a line is cut where the line ends.
    fn add_in_pieces(&mut self, word: &Word) {
        for span in &word.spans {
            for grapheme in span.text.graphemes(true) {
                let width = grapheme.width();
                if self.used + width > self.width {
                    self.break_line();
                }
                self.used += width;
                add(&mut self.current.spans, grapheme, span.role);
            }
        }
    }

    fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.current);
        let is_blank = |span: &mut Span| span.text.trim_end().is_empty();
        while line.spans.pop_if(is_blank).is_some() {}
        if let Some(last) = line.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self.lines.push(line);
        if self.indent > 0 {
            self.current = Line::plain(" ".repeat(self.indent));
        }
        self.used = self.indent;
    }
}
