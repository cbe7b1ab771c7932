//! A snapshot of the screen in a file: SVG, with its colours, for slides and documents.
//!
//! Every run of words in one style is one piece of text, stretched to the width of its cells, so that columns stand
//! below one another whatever font there is.

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};

use super::render;
use super::{App, FullScreen, Glyphs, Look};
use crate::session::Session;
use crate::view::Theme;

/// What of a sitting is drawn, and how large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// In characters.
    pub size: Size,
    /// How the screen looks.
    pub look: Look,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self {
            size: Size::new(100, 30),
            look: Look {
                theme: Theme::Dark,
                glyphs: Glyphs::Unicode,
            },
        }
    }
}

/// The width and height of a character, in the units of the SVG.
const CELL: (f64, f64) = (8.4, 17.0);
/// From the top of a row to the line that letters stand on.
const BASELINE: f64 = 13.0;
const MARGIN: f64 = 8.0;

/// The whole screen of a sitting; with a `view`, that alone. `view` is a line such as `view network`.
///
/// # Errors
/// Where there is no such view, in words.
pub fn svg(session: &Session, view: Option<&str>, snapshot: Snapshot) -> Result<String, String> {
    let Snapshot { size, look } = snapshot;
    let mut app = App::new(session.clone(), look);
    app.resize(size);
    if let Some(view) = view {
        app.bring(view)?;
    }
    let Ok(mut terminal) = Terminal::new(TestBackend::new(size.width, size.height));
    let Ok(_) = terminal.draw(|frame| match view {
        Some(_) => render::draw_alone(frame, &app),
        None => render::draw(frame, &app),
    });
    Ok(drawn(terminal.backend().buffer(), look.theme))
}

fn drawn(buffer: &Buffer, theme: Theme) -> String {
    let (paper, ink) = match theme {
        Theme::Light => ("#ffffff", "#27272a"),
        Theme::Auto | Theme::Dark | Theme::Mono => ("#18181b", "#e4e4e7"),
    };
    let area = buffer.area;
    let width = 2.0 * MARGIN + f64::from(area.width) * CELL.0;
    let height = 2.0 * MARGIN + f64::from(area.height) * CELL.1;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"{ink}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{paper}\"/>\n"
    );
    for row in area.top()..area.bottom() {
        draw_row(buffer, row, (paper, ink), &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// One row: its runs of cells that look alike.
fn draw_row(buffer: &Buffer, row: u16, (paper, ink): (&str, &str), svg: &mut String) {
    let area = buffer.area;
    let top = MARGIN + f64::from(row - area.top()) * CELL.1;
    let mut column = area.left();
    while column < area.right() {
        let first = &buffer[(column, row)];
        let mut end = column + 1;
        let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
        while end < area.right() && look(first) == look(&buffer[(end, row)]) {
            end += 1;
        }
        let symbols = (column..end).map(|column| buffer[(column, row)].symbol());
        let text: String = symbols.collect();
        let left = MARGIN + f64::from(column - area.left()) * CELL.0;
        let wide = f64::from(end - column) * CELL.0;
        let reversed = first.modifier.contains(Modifier::REVERSED);
        let own = colour(first.fg).unwrap_or_else(|| ink.to_owned());
        let behind = colour(first.bg);
        let (letters, background) = if reversed {
            (behind.unwrap_or_else(|| paper.to_owned()), Some(own))
        } else {
            (own, behind)
        };
        // Writing to a string cannot fail.
        if let Some(background) = background {
            let tall = CELL.1;
            let _ = writeln!(
                svg,
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{tall}\" fill=\"{background}\"/>"
            );
        }
        let fill = (letters != ink).then(|| format!(" fill=\"{letters}\""));
        let fill = fill.unwrap_or_default();
        let style = style(first);
        for (place, words) in chunks(&text) {
            let (x, y) = (left + place as f64 * CELL.0, top + BASELINE);
            let wide = words.chars().count() as f64 * CELL.0;
            let words = escaped(words);
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"{fill}{style}>{words}</text>"
            );
        }
        column = end;
    }
}

/// The parts of a text between wide gaps, each with its place in characters: so that columns stand where they should
/// even where a viewer does not stretch text.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut place = 0;
    text.split("  ").filter_map(move |part| {
        let start = place + part.len() - part.trim_start().len();
        place += part.chars().count() + 2;
        let words = part.trim();
        (!words.is_empty()).then_some((start, words))
    })
}

/// Bold, italic and underlined letters.
fn style(cell: &Cell) -> String {
    [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ]
    .into_iter()
    .filter(|(modifier, _)| cell.modifier.contains(*modifier))
    .map(|(_, text)| text)
    .collect()
}

/// A colour of the 256-colour palette as it is written in an SVG; the terminal's own has none.
fn colour(colour: Color) -> Option<String> {
    let Color::Indexed(index) = colour else {
        return None;
    };
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let [red, green, blue] = match index {
        16..=231 => {
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
        _ => return None,
    };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_palette() {
        assert_eq!(colour(Color::Indexed(16)).as_deref(), Some("#000000"));
        assert_eq!(colour(Color::Indexed(75)).as_deref(), Some("#5fafff"));
        assert_eq!(colour(Color::Indexed(245)).as_deref(), Some("#8a8a8a"));
        assert_eq!(colour(Color::Reset), None);
    }

    #[test]
    fn words_keep_their_places() {
        let found: Vec<_> = chunks("  a b   cd ").collect();
        assert_eq!(found, [(2, "a b"), (8, "cd")]);
    }

    #[test]
    fn what_markup_means_is_escaped() {
        assert_eq!(escaped("a < b & c > d"), "a &lt; b &amp; c &gt; d");
    }
}
