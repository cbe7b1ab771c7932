//! The last sweep: a cell for each run, the better the fuller.
//!
//! ```text
//!  updates until loss < 0.01
//!    0.9 ░░░▒▒▒▓▓▓ -  x       █ 12 best
//! ▸ 0.45 ▒▒▒▓▓▓[█] x  x       · 340 most
//!      0 ···░░░▒▒▒▓▓▓ x       x diverged
//!        0.01  ▲      0.3     - not reached
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line as TuiLine;

use super::Painted;
use super::legend::{Legend, entry};
use crate::explain::{Role, number};
use crate::pictures::{Cell, SHADES, SweepView};
use crate::screen::render::paint::Painter;
use crate::screen::{Glyphs, theme};
use crate::timeline::Swept;

const WIDEST: u16 = 5;

impl Painted for SweepView {
    /// Draws the field of cells beside what its signs mean.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let (field, legend) = Legend::split(area);
        legend.draw(frame, &entries(painter, self));
        draw_field(frame.buffer_mut(), field, painter, self);
    }
}

fn draw_field(buffer: &mut Buffer, area: Rect, painter: Painter, view: &SweepView) {
    let labels = labels(&view.rows.1, view);
    let name = short_name(view.rows.0);
    let widths = labels.iter().map(String::len);
    let width = widths.fold(name.len(), usize::max) as u16;
    if area.height < 3 || area.width < width + 10 {
        return;
    }
    // A heading, and below the cells the values of the columns.
    let (rows, columns) = view.size;
    let room = area.height - 1 - u16::from(view.columns.is_some());
    let cells = Rect {
        x: area.x + width + 3,
        y: area.y + 1,
        width: area.width - width - 4,
        height: room.min(rows as u16),
    };
    let wide = (cells.width / columns as u16).clamp(1, WIDEST);
    let seen_rows = part(rows, usize::from(cells.height), view.cursor.0);
    let seen_columns = part(columns, usize::from(cells.width / wide), view.cursor.1);
    let muted = painter.muted();
    let heading = match &view.columns {
        Some((swept, _)) => format!("{name} up, {} across", short_name(*swept)),
        None => name.to_owned(),
    };
    buffer.set_string(area.x + 1, area.y, heading, muted);
    let padding = usize::from(width);
    for (down, row) in seen_rows.rev().enumerate() {
        let y = cells.y + down as u16;
        let read = row == view.cursor.0;
        let (mark, style) = if read {
            ("▸", painter.style(Role::Strong))
        } else {
            (" ", muted)
        };
        buffer.set_string(area.x, y, format!("{mark}{:>padding$}", labels[row]), style);
        for (across, column) in seen_columns.clone().enumerate() {
            let x = cells.x + across as u16 * wide;
            let read = (row, column) == view.cursor;
            draw_cell(buffer, (x, y), wide, painter, view.cell(row, column), read);
            if view.columns.is_none() {
                let style = cell_style(painter, view.cell(row, column));
                buffer.set_string(x + wide + 1, y, view.text(row, column), style);
            }
        }
    }
    if let Some((_, values)) = &view.columns {
        let labels = self::labels(values, view);
        let columns = (&seen_columns, view.cursor.1, wide);
        draw_columns(buffer, cells, painter, &labels, columns);
    }
}

/// The values of the first column and of the last, and between them that of the column that is read.
fn draw_columns(
    buffer: &mut Buffer,
    cells: Rect,
    painter: Painter,
    labels: &[String],
    (seen, cursor, wide): (&Range<usize>, usize, u16),
) {
    let right = cells.x + seen.len() as u16 * wide;
    let mut free = cells.x;
    let mut put = |column: usize, style: Style, mark: &str| {
        let text = painter.text(&format!("{mark}{}", labels[column]));
        let middle = cells.x + (column - seen.start) as u16 * wide + wide / 2;
        let length = text.chars().count() as u16;
        let x = middle
            .saturating_sub(u16::from(mark.is_empty()) * (length / 2))
            .max(cells.x);
        let x = x.min(right.max(cells.x + length) - length);
        if x >= free {
            buffer.set_string(x, cells.bottom(), text, style);
            free = x + length + 1;
        }
    };
    let muted = painter.muted();
    let [first, last] = [seen.start, seen.end - 1];
    if cursor > first {
        put(first, muted, "");
    }
    put(cursor, painter.style(Role::Strong), "▲");
    if cursor < last {
        put(last, muted, "");
    }
}

/// Which of `count` are seen where there is room for `room`: the one that is read is among them.
fn part(count: usize, room: usize, read: usize) -> Range<usize> {
    let room = room.max(1).min(count);
    let start = read.saturating_sub(room / 2).min(count - room);
    start..start + room
}

fn draw_cell(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    wide: u16,
    painter: Painter,
    cell: Cell,
    read: bool,
) {
    let mut style = cell_style(painter, cell);
    if read {
        style = style.add_modifier(Modifier::REVERSED | Modifier::BOLD);
    }
    let symbol = sign(painter, cell);
    let middle = (wide - 1) / 2;
    for column in 0..wide {
        let text = match cell {
            _ if read && wide >= 3 && column == 0 => "[",
            _ if read && wide >= 3 && column == wide - 1 => "]",
            Cell::Shade(_) => symbol,
            Cell::NotReached | Cell::Stopped if column == middle => symbol,
            Cell::NotReached | Cell::Stopped => " ",
        };
        buffer[(x + column, y)].set_symbol(text).set_style(style);
    }
}

/// The sign of a cell: the better the fuller.
fn sign(painter: Painter, cell: Cell) -> &'static str {
    const UNICODE: [&str; SHADES] = ["█", "▓", "▒", "░", "·"];
    const ASCII: [&str; SHADES] = ["#", "%", "+", ":", "."];
    match (cell, painter.look.glyphs) {
        (Cell::Shade(shade), Glyphs::Unicode) => UNICODE[shade],
        (Cell::Shade(shade), Glyphs::Ascii) => ASCII[shade],
        (Cell::NotReached, _) => "-",
        (Cell::Stopped, _) => "x",
    }
}

fn cell_style(painter: Painter, cell: Cell) -> Style {
    match cell {
        Cell::Shade(shade) => theme::style(painter.look.palette().height(shade, SHADES)),
        Cell::NotReached => painter.muted(),
        Cell::Stopped => painter.style(Role::Error),
    }
}

fn labels(values: &[f64], view: &SweepView) -> Vec<String> {
    let digits = view.digits.few();
    let label = |value: &f64| number::display(*value, digits);
    values.iter().map(label).collect()
}

fn short_name(swept: Swept) -> &'static str {
    match swept {
        Swept::LearningRate => "learning rate",
        Swept::Momentum => "momentum",
    }
}

/// What the shades stand for, and the signs of cells without a number.
fn entries(painter: Painter, view: &SweepView) -> Vec<TuiLine<'static>> {
    let measure = TuiLine::styled(painter.text(&view.measure), painter.muted());
    let of = |cell: Cell, words: &str| {
        let style = cell_style(painter, cell);
        entry(painter, sign(painter, cell), words, style)
    };
    let shown = |value| number::display(value, view.digits.few());
    let shades = view.range.into_iter().flat_map(|[low, high]| {
        [(0, low), (SHADES - 1, high)].map(|(shade, value)| of(Cell::Shade(shade), &shown(value)))
    });
    let others = [
        (Cell::Stopped, "stopped"),
        (Cell::NotReached, "not reached"),
    ];
    let others = others
        .into_iter()
        .filter(|(cell, _)| view.cells.contains(cell));
    let others = others.map(|(cell, words)| of(cell, words));
    std::iter::once(measure)
        .chain(shades)
        .chain(others)
        .collect()
}
