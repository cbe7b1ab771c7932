//! A snapshot of the screen in a file: SVG, with its colours, for slides and documents.
//!
//! Words of ASCII in one style are one piece of text, stretched to the width of their cells; every other character
//! stands by itself in its column, as its glyph may be of another font; and dots are drawn, as many fonts have none. So
//! columns stand below one another whatever fonts there are, in viewers too that do not stretch text.

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::render::{self, BITS, EMPTY};
use super::{App, FullScreen, Glyphs, Look};
use crate::export::html;
use crate::session::Session;
use crate::view::{Depth, Theme};

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
                depth: Depth::True,
                ..Look::new(Theme::Dark, Glyphs::Unicode)
            },
        }
    }
}

/// The width and height of a character, in the units of the SVG: whole numbers, as some viewers round the width of
/// every letter.
const CELL: (f64, f64) = (9.0, 18.0);
/// The size at which letters of the first font are so wide.
const SIZE: f64 = 14.95;
/// From the top of a row to the line that letters stand on.
const BASELINE: f64 = 14.0;
/// How wide a dot is, and from one of the eight in a cell to the next.
const DOT: (f64, f64) = (2.5, 4.5);
const MARGIN: f64 = 8.0;
/// A font by its name comes first: some viewers know no others, and take no second one.
const FONTS: &str = "'DejaVu Sans Mono', Menlo, Consolas, ui-monospace, monospace";

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
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"{FONTS}\" font-size=\"{SIZE}\" fill=\"{ink}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{paper}\"/>\n"
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
    let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
    for run in cells(buffer, row).chunk_by(|(_, _, a), (_, _, b)| look(a) == look(b)) {
        let (column, _, first) = run[0];
        let place = |column: u16| MARGIN + f64::from(column - area.left()) * CELL.0;
        let across = |cells: &[(u16, u16, &Cell)]| -> f64 {
            let wide: u16 = cells.iter().map(|(_, wide, _)| wide).sum();
            f64::from(wide) * CELL.0
        };
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
            let (left, wide, tall) = (place(column), across(run), CELL.1);
            let _ = writeln!(
                svg,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" fill=\"{background}\"/>"
            );
        }
        let fill = (letters != ink).then(|| format!(" fill=\"{letters}\""));
        let fill = fill.unwrap_or_default();
        let style = style(first);
        let sort = |(_, _, cell): &(u16, u16, &Cell)| sort(cell.symbol());
        for piece in run.chunk_by(|a, b| sort(a) == sort(b) && sort(a) != Sort::Alone) {
            let text: String = piece.iter().map(|(_, _, cell)| cell.symbol()).collect();
            if sort(&piece[0]) == Sort::Dots {
                let path = dots(&text, (place(piece[0].0), top));
                let width = DOT.0;
                if path.is_empty() {
                    continue;
                }
                let _ = writeln!(
                    svg,
                    "<path stroke=\"{letters}\" stroke-width=\"{width}\" d=\"{path}\"/>"
                );
                continue;
            }
            for (start, words) in chunks(&text) {
                let (x, y) = (place(piece[start].0), top + BASELINE);
                let wide = if text.is_ascii() {
                    words.len() as f64 * CELL.0
                } else {
                    across(piece)
                };
                let words = html::escaped(words);
                let _ = writeln!(
                    svg,
                    "<text x=\"{x}\" y=\"{y}\" textLength=\"{wide}\" lengthAdjust=\"spacingAndGlyphs\"{fill}{style}>{words}</text>"
                );
            }
        }
    }
}

/// How a cell is drawn.
#[derive(PartialEq)]
enum Sort {
    /// Together with the letters beside it.
    Letter,
    /// As dots.
    Dots,
    /// By itself.
    Alone,
}

fn sort(symbol: &str) -> Sort {
    if symbol.is_ascii() {
        Sort::Letter
    } else if symbol
        .chars()
        .all(|c| (EMPTY..=EMPTY + 0xff).contains(&c.into()))
    {
        Sort::Dots
    } else {
        Sort::Alone
    }
}

/// The path of the dots of some cells, the first of which begins there: a short stroke for each.
fn dots(text: &str, (left, top): (f64, f64)) -> String {
    let mut path = String::new();
    let (width, apart) = DOT;
    for (cell, character) in text.chars().enumerate() {
        let bits = u32::from(character) - EMPTY;
        for (row, line) in BITS.iter().enumerate() {
            for (column, _) in line
                .iter()
                .enumerate()
                .filter(|(_, bit)| bits & u32::from(**bit) != 0)
            {
                let x = left + cell as f64 * CELL.0 + column as f64 * apart + (apart - width) / 2.0;
                let y = top + (row as f64 + 0.5) * apart;
                let _ = write!(path, "M{x} {y}h{width}");
            }
        }
    }
    path
}

/// The cells of a row that are seen, each with its column and how many it takes: what is wide hides those behind it.
fn cells(buffer: &Buffer, row: u16) -> Vec<(u16, u16, &Cell)> {
    let area = buffer.area;
    let mut cells = Vec::new();
    let mut column = area.left();
    while column < area.right() {
        let cell = &buffer[(column, row)];
        let wide = (cell.symbol().width() as u16).clamp(1, area.right() - column);
        cells.push((column, wide, cell));
        column += wide;
    }
    cells
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

/// A colour of the 256-colour palette, or an exact one, as it is written in an SVG; the terminal's own has none.
fn colour(colour: Color) -> Option<String> {
    if let Color::Rgb(red, green, blue) = colour {
        return Some(format!("#{red:02x}{green:02x}{blue:02x}"));
    }
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
