//! Breaking lines to a width.

use unicode_width::UnicodeWidthStr;

use crate::explain::{Line, Span, Text};

/// Breaks every line at spaces so that it fits `width` columns. Later parts are indented as the line asks.
///
/// A word is cut only where it is wider than a whole line.
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
        wrapper.add(word);
    }
    wrapper.lines.push(wrapper.current);
    wrapper.lines
}

/// A run of text between two places where a line may break, with the roles of its pieces.
struct Word {
    spans: Vec<Span>,
    width: usize,
    space: bool,
}

/// The words and the spaces between them. A word may be made of several spans, as `**3.56**.` is.
fn words(line: &Line) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for span in &line.spans {
        let mut rest = span.text.as_str();
        while let Some(first) = rest.chars().next() {
            let space = first == ' ';
            let end = rest
                .find(|c: char| (c == ' ') != space)
                .unwrap_or(rest.len());
            let piece = Span::new(&rest[..end], span.role);
            let width = piece.text.width();
            match words.last_mut().filter(|word| word.space == space) {
                Some(word) => {
                    word.spans.push(piece);
                    word.width += width;
                }
                None => words.push(Word {
                    spans: vec![piece],
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
    fn add(&mut self, word: Word) {
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
            self.current.spans.extend(word.spans);
        }
    }

    /// A word wider than a line is cut where the line ends.
    fn add_in_pieces(&mut self, word: &Word) {
        for span in &word.spans {
            for character in span.text.chars() {
                let text = character.to_string();
                let width = text.width();
                if self.used + width > self.width {
                    self.break_line();
                }
                self.used += width;
                let last = self.current.spans.last_mut();
                match last.filter(|last| last.role == span.role) {
                    Some(last) => last.text.push(character),
                    None => self.current.push(text, span.role),
                }
            }
        }
    }

    fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.current);
        let is_blank = |span: &mut Span| span.text.trim_end().is_empty();
        while line.spans.pop_if(is_blank).is_some() {}
        self.lines.push(line);
        if self.indent > 0 {
            self.current = Line::plain(" ".repeat(self.indent));
        }
        self.used = self.indent;
    }
}
