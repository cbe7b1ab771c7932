//! Breaking lines to a width.

use unicode_width::UnicodeWidthStr;

use crate::explain::{Line, Role, Text};

/// Breaks every line at spaces so that it fits `width` columns. Later parts are indented as the line asks.
///
/// A word is cut only where it is wider than a whole line.
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

/// A run of text between two places where a line may break, with the roles of its pieces.
struct Word<'a> {
    pieces: Vec<(&'a str, Role)>,
    width: usize,
    space: bool,
}

/// The words and the spaces between them. A word may be made of several spans, as `**3.56**.` is.
fn words(line: &Line) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    for span in &line.spans {
        let mut rest = span.text.as_str();
        while let Some(first) = rest.chars().next() {
            let space = first == ' ';
            let end = rest
                .find(|c: char| (c == ' ') != space)
                .unwrap_or(rest.len());
            let piece = (&rest[..end], span.role);
            let width = piece.0.width();
            match words.last_mut().filter(|word| word.space == space) {
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
            rest = &rest[end..];
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
            for character in text.chars() {
                let mut bytes = [0; 4];
                let text = &*character.encode_utf8(&mut bytes);
                let width = text.width();
                if self.used + width > self.width {
                    self.break_line();
                }
                self.used += width;
                self.push((text, *role));
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
