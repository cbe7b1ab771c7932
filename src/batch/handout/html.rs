//! A handout as a page for a browser, which prints well: light or dark as its reader has it, and light on paper.

use std::fmt::Write;

use super::{Chapter, Handout, Part, Question, Sheaf, Worked};
use crate::explain::{Line, Piece, Role, Span, Stand};
use crate::export::html::{escaped, page};
use crate::view::{Inks, UpdateRow, Value};

const STYLE: &str = "\
p { margin: 0; white-space: pre-wrap; }
p.apart { margin-top: .7rem; }
section > h2, section > h3 { margin: 2rem 0 .5rem; }
figure, .update, .question { margin: 1.2rem 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; }
figcaption, .summary { font-size: .9em; }
code { font-family: 'DejaVu Sans Mono', ui-monospace, monospace; font-size: .95em; }
.update table { width: 100%; }
.update td, .update th { font-weight: normal; }
.told { margin: .7rem 0; }
.free { display: inline-block; min-width: 6em; border-bottom: 1px solid; height: 1.2em; }
.room { border-bottom: 1px solid; height: 2rem; }
.question { border-left: .25rem solid var(--rule); padding-left: .8rem; }
.question h3, .question h4 { margin: 0 0 .4rem; }
.answer { margin-top: .8rem; border-top: 1px dashed var(--rule); padding-top: .4rem; }
h1, h2, h3, h4 { break-after: avoid; }
@media print { .lesson + .lesson { break-before: page; } @page { margin: 16mm; } }
";

/// The page, whose pictures have these colours.
pub(super) fn written(handout: &Handout, inks: Inks) -> String {
    let mut writer = Writer {
        marks: String::new(),
        inks,
        // A single lesson is the whole page.
        level: if handout.lessons.len() > 1 { 3 } else { 2 },
    };
    writer.handout(handout);
    let style = STYLE.to_owned() + &writer.inks.style();
    page(&handout.title, &style, &writer.marks)
}

struct Writer {
    marks: String,
    inks: Inks,
    /// Which headings pages have.
    level: usize,
}

impl Writer {
    fn push(&mut self, marks: &str) {
        self.marks.push_str(marks);
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = escaped(text);
        // Writing to a string cannot fail.
        let _ = writeln!(self.marks, "<h{level}>{text}</h{level}>");
    }

    fn handout(&mut self, handout: &Handout) {
        self.heading(1, &handout.title);
        for (place, chapter) in handout.lessons.iter().enumerate() {
            self.push("<section class=\"lesson\">\n");
            if self.level > 2 {
                self.heading(2, &format!("{}. {}", place + 1, chapter.title));
            }
            self.chapter(chapter);
            self.push("</section>\n");
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        if !chapter.summary.is_empty() {
            let summary = escaped(&chapter.summary);
            let _ = writeln!(self.marks, "<p class=\"summary\">{summary}</p>");
        }
        for (place, sheaf) in chapter.pages.iter().enumerate() {
            self.push("<section>\n");
            self.heading(self.level, &format!("{}. {}", place + 1, sheaf.title));
            self.sheaf(sheaf);
            self.push("</section>\n");
        }
    }

    fn sheaf(&mut self, sheaf: &Sheaf) {
        for part in &sheaf.parts {
            match part {
                Part::Text(Piece::Lines(lines)) => self.lines(lines),
                Part::Text(Piece::Table { columns, rows }) => self.table(columns, rows),
                Part::Update(worked) => self.update(worked),
                Part::Figure(figure) => {
                    self.push("<figure>\n");
                    self.push(&figure.svg);
                    let caption = self.line(&figure.caption);
                    let _ = writeln!(self.marks, "<figcaption>{caption}</figcaption>\n</figure>");
                }
                Part::Question(question) => self.question(question),
            }
        }
    }

    /// Paragraphs; those after an empty line stand apart.
    fn lines(&mut self, lines: &[Line]) {
        let mut apart = false;
        for line in lines {
            if line.spans.is_empty() {
                apart = true;
                continue;
            }
            let class = if std::mem::take(&mut apart) {
                " class=\"apart\""
            } else {
                ""
            };
            if line.spans.iter().all(|span| span.role == Role::Heading) {
                self.heading(self.level + 1, &line.text());
                continue;
            }
            let hangs = match line.indent {
                0 => String::new(),
                indent => format!(" style=\"padding-left:{indent}ch;text-indent:-{indent}ch\""),
            };
            let words = self.line(line);
            let _ = writeln!(self.marks, "<p{class}{hangs}>{words}</p>");
        }
    }

    fn table(&mut self, columns: &[Stand], rows: &[Vec<Line>]) {
        self.push("<div class=\"told wide\"><table>\n");
        for (place, row) in rows.iter().enumerate() {
            let mark = if place == 0 { "th" } else { "td" };
            let cell = |(cell, stand): (&Line, &Stand)| {
                let stand = match stand {
                    Stand::Left => "left",
                    Stand::Middle => "center",
                    Stand::Right => "right",
                };
                let words = self.line(cell);
                format!("<{mark} style=\"text-align:{stand}\">{words}</{mark}>")
            };
            let cells: String = row.iter().zip(columns).map(cell).collect();
            let _ = writeln!(self.marks, "<tr>{cells}</tr>");
        }
        self.push("</table></div>\n");
    }

    fn line(&mut self, line: &Line) -> String {
        line.spans.iter().map(|span| self.span(span)).collect()
    }

    fn span(&mut self, span: &Span) -> String {
        let words = escaped(&span.text);
        let words = match self.inks.of_role(span.role) {
            Some(ink) => format!("<span style=\"color:{ink}\">{words}</span>"),
            None => words,
        };
        let stress = span.role.stress();
        let marks = [
            ("code", span.role == Role::Code),
            ("em", stress.slanted),
            ("strong", stress.strong),
        ];
        let marks = marks.into_iter().filter(|(_, stands)| *stands);
        marks.fold(words, |words, (mark, _)| {
            format!("<{mark}>{words}</{mark}>")
        })
    }

    fn update(&mut self, worked: &Worked) {
        let heading = escaped(&worked.heading);
        let given = self.line(&worked.given);
        let _ = write!(
            self.marks,
            "<div class=\"update wide\"><table>\n<caption>{heading}</caption>\n<tbody>\n"
        );
        for row in &worked.rows {
            self.row(row);
        }
        self.push("</tbody>\n</table>\n");
        if !given.is_empty() {
            let _ = writeln!(self.marks, "<p>{given}</p>");
        }
        if let Some(result) = &worked.result {
            let result = self.line(result);
            let _ = writeln!(self.marks, "<p>{result}</p>");
        }
        self.push("</div>\n");
    }

    fn row(&mut self, row: &UpdateRow) {
        let symbol = self.span(&Span::new(row.symbol.clone(), row.role));
        let formula = self.line(&row.formula);
        let (sign, value) = match &row.value {
            Value::Shown(text) => {
                let sign = if row.adds_up { "=" } else { "≈" };
                (sign, self.span(&Span::new(text.clone(), row.role)))
            }
            Value::Asked | Value::Later => (
                "=",
                "<span class=\"free\" role=\"img\" aria-label=\"to be filled in\"></span>"
                    .to_owned(),
            ),
        };
        let words = escaped(&row.words);
        let _ = writeln!(
            self.marks,
            "<tr><th scope=\"row\">{symbol}</th><td>{words}</td><td>{formula}</td><td>{sign}</td><td class=\"number\">{value}</td></tr>"
        );
    }

    fn question(&mut self, question: &Question) {
        self.push("<div class=\"question\">\n");
        self.heading(self.level + 1, &format!("Question {}", question.number));
        self.lines(&question.lines);
        match &question.answer {
            None => self.push(
                "<div class=\"room\" role=\"img\" aria-label=\"room for the answer\"></div>\n",
            ),
            Some(lines) => {
                self.push("<div class=\"answer\">\n<p><strong>Answer</strong></p>\n");
                self.lines(lines);
                self.push("</div>\n");
            }
        }
        self.push("</div>\n");
    }
}
