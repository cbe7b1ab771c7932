//! A handout in Markdown, readable as it is written; its pictures stand at its end, in the file itself.

use std::fmt::Write;

use super::{Chapter, Handout, Part, Question, Worked};
use crate::explain::{Line, Piece, Role, Span, Stand};
use crate::view::{UpdateRow, Value};

/// Room for a number or an answer.
const ROOM: &str = "\\_\\_\\_\\_\\_\\_\\_\\_";

/// The handout with its pictures.
pub(super) fn written(handout: &Handout) -> String {
    let mut writer = Writer::default();
    writer.handout(handout);
    for (place, svg) in writer.pictures.iter().enumerate() {
        let data = base64(svg.as_bytes());
        // Writing to a string cannot fail.
        let _ = writeln!(
            writer.text,
            "[picture-{}]: data:image/svg+xml;base64,{data}",
            place + 1
        );
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    pictures: Vec<String>,
}

impl Writer {
    /// A paragraph, or what stands like one.
    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.text.push_str("\n\n");
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.push(&format!("{} {}", "#".repeat(level), escaped(words)));
    }

    fn handout(&mut self, handout: &Handout) {
        self.heading(1, &handout.title);
        let level = if handout.lessons.len() > 1 { 3 } else { 2 };
        for (place, chapter) in handout.lessons.iter().enumerate() {
            if level > 2 {
                self.heading(2, &format!("{}. {}", place + 1, chapter.title));
            }
            self.chapter(chapter, level);
        }
    }

    fn chapter(&mut self, chapter: &Chapter, level: usize) {
        if !chapter.summary.is_empty() {
            self.push(&escaped(&chapter.summary));
        }
        for (place, sheaf) in chapter.pages.iter().enumerate() {
            self.heading(level, &format!("{}. {}", place + 1, sheaf.title));
            for part in &sheaf.parts {
                match part {
                    Part::Text(Piece::Lines(lines)) => self.lines(lines, level),
                    Part::Text(Piece::Table { columns, rows }) => self.table(columns, rows),
                    Part::Update(worked) => self.update(worked),
                    Part::Figure(figure) => {
                        self.pictures.push(figure.svg.clone());
                        let (title, number) = (escaped(&figure.title), self.pictures.len());
                        self.push(&format!("![{title}][picture-{number}]"));
                        self.push(&line(&figure.caption));
                    }
                    Part::Question(question) => self.question(question, level),
                }
            }
        }
    }

    /// Paragraphs; lines without an empty one between them stay below one another.
    fn lines(&mut self, lines: &[Line], level: usize) {
        for block in lines.split(|line| line.spans.is_empty()) {
            if block.is_empty() {
                continue;
            }
            let is_heading = |line: &Line| line.spans.iter().all(|span| span.role == Role::Heading);
            if let [only] = block
                && is_heading(only)
            {
                self.heading(level + 1, &only.text());
                continue;
            }
            if block.iter().all(is_code) {
                let lines: Vec<String> = block.iter().map(Line::text).collect();
                self.push(&lines.join("\n"));
                continue;
            }
            let lines: Vec<String> = block.iter().map(begun).collect();
            self.push(&lines.join("\\\n"));
        }
    }

    fn table(&mut self, columns: &[Stand], rows: &[Vec<Line>]) {
        let rule = columns.iter().map(|stand| match stand {
            Stand::Left => "---",
            Stand::Middle => ":-:",
            Stand::Right => "--:",
        });
        let mut lines: Vec<String> = (rows.iter())
            .map(|row| row.iter().map(line).collect::<Vec<_>>().join(" | "))
            .collect();
        lines.insert(lines.len().min(1), rule.collect::<Vec<_>>().join(" | "));
        self.push(&format!("| {} |", lines.join(" |\n| ")));
    }

    fn update(&mut self, worked: &Worked) {
        self.push(&format!("**{}**", escaped(&worked.heading)));
        self.text.push_str("| | | | |\n|---|---|---|---|\n");
        for row in &worked.rows {
            let cells = cells(row);
            let _ = writeln!(self.text, "| {} |", cells.join(" | "));
        }
        self.text.push('\n');
        for words in [Some(&worked.given), worked.result.as_ref()]
            .into_iter()
            .flatten()
        {
            if !words.spans.is_empty() {
                self.push(&line(words));
            }
        }
    }

    fn question(&mut self, question: &Question, level: usize) {
        self.heading(level + 1, &format!("Question {}", question.number));
        self.lines(&question.lines, level + 1);
        match &question.answer {
            None => self.push(&format!("Answer: {ROOM}")),
            Some(lines) => {
                self.push("**Answer**");
                self.lines(lines, level + 1);
            }
        }
    }
}

/// The symbol of a line, its words, its arithmetic and its value.
fn cells(row: &UpdateRow) -> [String; 4] {
    let value = match &row.value {
        Value::Shown(text) => {
            format!("{} {}", if row.adds_up { "=" } else { "≈" }, escaped(text))
        }
        Value::Asked | Value::Later => format!("= {ROOM}"),
    };
    // In a table, not even code may have the sign that parts its cells.
    let formula = row.formula.spans.iter().map(|part| {
        if part.role == Role::Code {
            span(part).replace('|', "\\|")
        } else {
            span(part)
        }
    });
    [
        escaped(&row.symbol),
        escaped(&row.words),
        formula.collect(),
        value,
    ]
}

/// Whether a line is one of a block of code, which stands so far from the left that Markdown takes it for one.
fn is_code(line: &Line) -> bool {
    let mut spans = line.spans.iter();
    line.indent >= 4 && spans.all(|span| span.role == Role::Code || span.text.trim().is_empty())
}

/// A line of a paragraph, which does not become a list or a heading by what it begins with.
fn begun(words: &Line) -> String {
    let mut text = line(words);
    let blank = text.len() - text.trim_start().len();
    let digits = text[blank..].bytes().take_while(u8::is_ascii_digit).count();
    let sign = blank + digits;
    let is_mark = match digits {
        0 => text[sign..].starts_with(['-', '+', '=']),
        _ => text[sign..].starts_with(['.', ')']),
    };
    if is_mark {
        text.insert(sign, '\\');
    }
    text
}

fn line(line: &Line) -> String {
    line.spans.iter().map(span).collect()
}

/// Words in their role. Blanks around them stand outside of its marks.
fn span(span: &Span) -> String {
    let stress = span.role.stress();
    let mark = "*".repeat(2 * usize::from(stress.strong) + usize::from(stress.slanted));
    if span.role == Role::Code {
        return code(&span.text);
    }
    if mark.is_empty() {
        return escaped(&span.text);
    }
    let words = span.text.trim();
    if words.is_empty() {
        return span.text.clone();
    }
    let (before, after) = span.text.split_once(words).unwrap_or_default();
    format!("{before}{mark}{}{mark}{after}", escaped(words))
}

/// Code between more backticks than it has in it.
fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let room = if longest > 0 { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Words in which nothing is taken for a mark.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_[]<>#|&~".contains(character) {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

/// Bytes in 64 letters, as RFC 4648 writes them.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() {
                letter.into()
            } else {
                '='
            });
        }
    }
    text
}
