//! Pages for a browser: complete in themselves, without scripts and without anything from elsewhere.

use std::fmt::Write;
use std::io;

use super::Rows;

/// What every page looks like: readable on any screen and on paper, light or dark as the reader has it.
const STYLE: &str = "\
:root { color-scheme: light dark; --paper: #fff; --ink: #222226; --rule: #c9c9cf; }
@media (prefers-color-scheme: dark) { :root { --paper: #18181b; --ink: #e4e4e7; --rule: #4a4a52; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --rule: #999; } }
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, 'DejaVu Sans', sans-serif;
  max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .15rem .6rem .15rem 0; border-bottom: 1px solid var(--rule); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } .wide { overflow: visible; } }
";

/// A text between marks or in the value of an attribute, without what a page or a picture may not hold.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page of this title, with more rules for its looks, around a body of marks.
pub fn page(title: &str, style: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// Rows as a table with a caption.
///
/// # Errors
/// Those of making the rows.
pub fn table(caption: &str, rows: &mut dyn Rows) -> io::Result<String> {
    let columns = rows.columns();
    let class = |place: usize| ["", " class=\"number\""][usize::from(!columns[place].is_text)];
    let mut marks = format!(
        "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>",
        escaped(caption)
    );
    // Writing to a string cannot fail.
    for (place, column) in columns.iter().enumerate() {
        let _ = write!(
            marks,
            "<th scope=\"col\"{}>{}</th>",
            class(place),
            escaped(column.name)
        );
    }
    marks.push_str("</tr></thead>\n<tbody>\n");
    rows.each(&mut |record| {
        for row in record.rows() {
            marks.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let _ = write!(
                    marks,
                    "<td{}>{}</td>",
                    class(place),
                    escaped(&cell.display())
                );
            }
            marks.push_str("</tr>\n");
        }
        Ok(())
    })?;
    marks.push_str("</tbody>\n</table></div>\n");
    Ok(marks)
}
