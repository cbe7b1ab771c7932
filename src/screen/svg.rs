//! A snapshot of the screen in a file: SVG, with its colours, for slides and documents.
//!
//! Words of ASCII in one style are one piece of text, stretched to the width of their cells; every other character
//! stands by itself in its column, as its glyph may be of another font; and dots are drawn, as many fonts have none. So
//! columns stand below one another whatever fonts there are, in viewers too that do not stretch text.

use std::fmt::Write;

use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthStr;

use super::render::{self, BITS, EMPTY};
use super::{App, FullScreen, Glyphs, Look};
use crate::export::html;
use crate::session::Session;
use crate::view::{Colour, Depth, Inks, Theme};

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
    let buffer = filled(session, view, snapshot)?;
    let (paper, ink) = match look.theme {
        Theme::Light => ("#ffffff", "#27272a"),
        Theme::Auto | Theme::Dark | Theme::Mono => ("#18181b", "#e4e4e7"),
    };
    let [width, height] = extent(size);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"{FONTS}\" font-size=\"{SIZE}\" fill=\"{ink}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{paper}\"/>\n"
    );
    let own = |colour: Color| plain(colour).hex();
    Ok(drawn(svg, &buffer, ink, &mut |_, cell| {
        paint(cell, own(cell.fg), own(cell.bg), [paper, ink])
    }))
}

/// A view of a sitting, of so many characters, for a page whose colours are `inks`: light or dark as its reader has it.
/// `words` say what is to be seen in it.
///
/// # Errors
/// Where there is no such view, in words.
pub fn figure(
    session: &Session,
    view: &str,
    size: Size,
    words: &str,
    inks: &mut Inks,
) -> Result<String, String> {
    let in_theme = |theme| {
        let depth = Depth::True;
        let look = Look {
            depth,
            ..Look::new(theme, Glyphs::Unicode)
        };
        filled(session, Some(view), Snapshot { size, look })
    };
    let (light, dark) = (in_theme(Theme::Light)?, in_theme(Theme::Dark)?);
    // Nobody misses rows without anything below the rest.
    let is_empty = |row: u16| {
        let mut cells = (0..size.width).map(|column| &light[(column, row)]);
        cells.all(|cell| cell.symbol().trim().is_empty() && cell.bg == Color::Reset)
    };
    let last = (0..size.height).rfind(|row| !is_empty(*row)).unwrap_or(0);
    let [width, height] = extent(Size::new(size.width, last + 1));
    let words = html::escaped(words);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" style=\"max-width:{width}px\" role=\"img\" aria-label=\"{words}\" font-family=\"{FONTS}\" font-size=\"{SIZE}\" fill=\"currentColor\">\n"
    );
    let ink = "currentColor";
    Ok(drawn(svg, &light, ink, &mut |place, cell| {
        let other = &dark[place];
        let letters = inks.of(Some(plain(cell.fg)), Some(plain(other.fg)));
        let behind = inks.of(Some(plain(cell.bg)), Some(plain(other.bg)));
        paint(cell, letters, behind, ["var(--paper)", ink])
    }))
}

/// The width and height of a picture of so many characters.
fn extent(size: Size) -> [f64; 2] {
    let [width, height] = [size.width, size.height].map(f64::from);
    [
        2.0 * MARGIN + width * CELL.0,
        2.0 * MARGIN + height * CELL.1,
    ]
}

/// The whole screen of a sitting, or a view of it alone, as cells.
fn filled(session: &Session, view: Option<&str>, snapshot: Snapshot) -> Result<Buffer, String> {
    let Snapshot { size, look } = snapshot;
    let mut app = App::new(session.clone(), look);
    app.resize(size);
    if let Some(view) = view {
        app.bring(view)?;
    }
    let buffer = still(size, |frame| match view {
        Some(_) => render::draw_alone(frame, &app),
        None => render::draw(frame, &app),
    });
    Ok(buffer)
}

/// What a screen looks like in a size, without a terminal.
pub fn still(size: Size, draw: impl FnOnce(&mut Frame)) -> Buffer {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(size.width, size.height));
    let Ok(_) = terminal.draw(draw);
    terminal.backend().buffer().clone()
}

/// What a cell is painted with.
#[derive(Debug, Clone, PartialEq)]
struct Paint {
    letters: String,
    background: Option<String>,
    modifier: Modifier,
}

/// What a cell is painted with whose colours are these, or else those of paper and ink.
fn paint(
    cell: &Cell,
    own: Option<String>,
    behind: Option<String>,
    [paper, ink]: [&str; 2],
) -> Paint {
    let own = own.unwrap_or_else(|| ink.to_owned());
    let (letters, background) = if cell.modifier.contains(Modifier::REVERSED) {
        (behind.unwrap_or_else(|| paper.to_owned()), Some(own))
    } else {
        (own, behind)
    };
    let modifier = cell.modifier;
    Paint {
        letters,
        background,
        modifier,
    }
}

/// The colour of a cell.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a foreign enum, whose other colours are by name"
)]
fn plain(colour: Color) -> Colour {
    match colour {
        Color::Rgb(red, green, blue) => Colour::Exact([red, green, blue]),
        Color::Indexed(index) => Colour::Indexed(index),
        _ => Colour::Named(0),
    }
}

/// How a cell at a place is painted.
type Painting<'a> = &'a mut dyn FnMut((u16, u16), &Cell) -> Paint;

/// A picture that has begun so, with all cells in it; letters of the colour `ink` need not say it.
fn drawn(mut svg: String, buffer: &Buffer, ink: &str, paint: Painting) -> String {
    let area = buffer.area;
    for row in area.top()..area.bottom() {
        draw_row(buffer, row, ink, paint, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// One row: its runs of cells that look alike.
fn draw_row(buffer: &Buffer, row: u16, ink: &str, paint: Painting, svg: &mut String) {
    let area = buffer.area;
    let top = MARGIN + f64::from(row - area.top()) * CELL.1;
    let cells = cells(buffer, row).into_iter();
    let painted =
        cells.map(|(column, wide, cell)| (column, wide, cell, paint((column, row), cell)));
    let painted: Vec<Painted> = painted.collect();
    for run in painted.chunk_by(|(.., a), (.., b)| a == b) {
        let (column, .., paint) = &run[0];
        let place = |column: u16| MARGIN + f64::from(column - area.left()) * CELL.0;
        let across = |cells: &[Painted]| -> f64 {
            let wide: u16 = cells.iter().map(|(_, wide, ..)| wide).sum();
            f64::from(wide) * CELL.0
        };
        let letters = &paint.letters;
        // Writing to a string cannot fail.
        if let Some(background) = &paint.background {
            let (left, wide, tall) = (place(*column), across(run), CELL.1);
            let _ = writeln!(
                svg,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" fill=\"{background}\"/>"
            );
        }
        let fill = (letters != ink).then(|| format!(" fill=\"{letters}\""));
        let fill = fill.unwrap_or_default();
        let style = style(paint.modifier);
        let sort = |(_, _, cell, _): &Painted| sort(cell.symbol());
        for piece in run.chunk_by(|a, b| sort(a) == sort(b) && sort(a) != Sort::Alone) {
            let text: String = piece.iter().map(|(_, _, cell, _)| cell.symbol()).collect();
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

/// A cell with its column, how many it takes, and what it is painted with.
type Painted<'a> = (u16, u16, &'a Cell, Paint);

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
fn style(modifier: Modifier) -> String {
    [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ]
    .into_iter()
    .filter(|(one, _)| modifier.contains(*one))
    .map(|(_, text)| text)
    .collect()
}
