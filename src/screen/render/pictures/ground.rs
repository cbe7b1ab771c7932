//! The ground that runs on a surface lie on: how high it is, as bands of grey, or as lines of equal loss where the
//! terminal has no greys.
//!
//! ```text
//! ▓▓▓▒▒▒▒▒░░░░      3⣀⠤⠤⠒⠒⠒⠤⠤⣀
//! ▓▒▒▒░░░            ⣀⠤⠤2⠤⠤⣀
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};

use super::dots::{Dots, cell_of};
use super::legend::entry;
use crate::explain::number;
use crate::math::Interval;
use crate::pictures::{ContourView, Drawn, Relief};
use crate::screen::render::paint::Painter;
use crate::screen::{Glyphs, theme};
use crate::view::BANDS;

/// What the ground is drawn with: bands where the terminal has greys and half blocks.
pub fn drawn(painter: Painter) -> Drawn {
    let has_greys = painter.look.palette().band(0).is_some();
    if has_greys && painter.look.glyphs == Glyphs::Unicode {
        Drawn::Bands
    } else {
        Drawn::Lines
    }
}

/// How many levels are told apart in so many rows.
pub fn levels(rows: u16) -> usize {
    usize::from(rows / 3).clamp(3, BANDS - 1)
}

/// Draws the ground.
pub fn draw(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    window: [Interval; 2],
    relief: &Relief,
) {
    if relief.bands.is_empty() {
        draw_lines(buffer, plane, painter, window, relief);
    } else {
        draw_bands(buffer, plane, painter, relief);
    }
}

/// The colour of a band: of few, some that lie apart.
fn grey(painter: Painter, band: u8, levels: usize) -> Color {
    let place = usize::from(band) * (BANDS - 1) / levels.max(1);
    let colour = painter.look.palette().band(place);
    colour.map_or(Color::Reset, theme::color)
}

/// Two bands in each cell, the upper as a half block on the lower.
fn draw_bands(buffer: &mut Buffer, plane: Rect, painter: Painter, relief: &Relief) {
    let (columns, rows) = (usize::from(plane.width), usize::from(plane.height));
    let greys: Vec<Color> = (0..=relief.levels.len())
        .map(|band| grey(painter, band as u8, relief.levels.len()))
        .collect();
    let grey = |band: Option<u8>| band.map_or(Color::Reset, |band| greys[usize::from(band)]);
    for (index, position) in plane.positions().enumerate() {
        let (column, row) = (index % columns, index / columns);
        let half = |from_below: usize| grey(relief.bands[from_below * columns + column]);
        let (upper, lower) = (half(2 * (rows - row) - 1), half(2 * (rows - row) - 2));
        let cell = &mut buffer[position];
        if upper == lower {
            cell.set_symbol(" ").set_style(Style::reset().bg(lower));
        } else if lower == Color::Reset {
            cell.set_symbol("▀").set_style(Style::reset().fg(upper));
        } else if upper == Color::Reset {
            cell.set_symbol("▄").set_style(Style::reset().fg(lower));
        } else {
            let style = Style::reset().fg(upper).bg(lower);
            cell.set_symbol("▀").set_style(style);
        }
    }
}

/// The sign of a level: lines are told apart by it.
fn sign(level: usize) -> char {
    char::from_digit(level as u32 + 1, 36).unwrap_or('?')
}

/// Every line, faintly, and its sign where it comes furthest to the right.
fn draw_lines(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    window: [Interval; 2],
    relief: &Relief,
) {
    let style = painter.muted();
    let mut dots = Dots::new(plane, painter);
    for (level, line) in relief.lines.iter().enumerate() {
        for segment in line {
            dots.line(segment.map(|end| share(window, end)), level as u8, 1);
        }
    }
    dots.stamp(buffer, |level| (style, sign(usize::from(level))));
    for (level, line) in relief.lines.iter().enumerate() {
        let ends = line.iter().map(|segment| share(window, segment[0]));
        let furthest = ends.max_by(|a, b| a[0].total_cmp(&b[0]));
        if let Some(place) = furthest {
            buffer[cell_of(plane, painter, place)]
                .set_char(sign(level))
                .set_style(style);
        }
    }
}

/// The shares of the way across and up at which a point lies.
pub fn share([x, y]: [Interval; 2], point: [f64; 2]) -> [f64; 2] {
    let share = |interval: Interval, value: f64| (value - interval.low) / interval.width();
    [share(x, point[0]), share(y, point[1])]
}

/// What the bands or lines mean, the highest first: `loss ▓▓ above 4.6`, `▒▒ 1.6`, `░░ below`.
pub fn entries(painter: Painter, view: &ContourView, relief: &Relief) -> Vec<TuiLine<'static>> {
    let shown = |loss: &f64| number::display(*loss, view.digits.at_most(4));
    let levels = &relief.levels;
    if relief.bands.is_empty() {
        let level = |(index, loss): (usize, &f64)| {
            let words = format!("loss {}", shown(loss));
            entry(painter, &sign(index).to_string(), &words, painter.muted())
        };
        return levels.iter().enumerate().rev().map(level).collect();
    }
    let last = levels.len();
    let band = |band: usize| {
        let from = band.checked_sub(1).map(|below| shown(&levels[below]));
        let words = match from {
            Some(from) if band == last => format!(" loss above {from}"),
            Some(from) => format!(" {from}"),
            None => " below".to_owned(),
        };
        let grey = Style::new().bg(grey(painter, band as u8, last));
        TuiLine::from(vec![TuiSpan::styled("  ", grey), TuiSpan::raw(words)])
    };
    (0..=last).rev().map(band).collect()
}
