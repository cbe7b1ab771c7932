//! One weight on the number line, with the arrows of an update below it.
//!
//! ```text
//!  w            w′       w″
//!  3.56         3.587    ?
//! ─●────────────○────────◌──────
//!  └── Δ 0.027 ─▶
//!               ╘═ μm ══▶
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::{Painted, ghost};
use crate::explain::Role;
use crate::pictures::{Bar, LineView, Mark};
use crate::screen::render::paint::Painter;

/// The strokes of an arrow or a bar: its tail, its shaft, its head to the right, and to the left.
struct Stroke {
    tail: [&'static str; 2],
    shaft: &'static str,
    head: [&'static str; 2],
}

const SINGLE: Stroke = Stroke {
    tail: ["└", "┘"],
    shaft: "─",
    head: ["▶", "◀"],
};
const DOUBLE: Stroke = Stroke {
    tail: ["╘", "╛"],
    shaft: "═",
    head: ["▶", "◀"],
};
/// Lengths that lead nowhere have no head.
const KEPT: Stroke = Stroke {
    tail: ["├", "┤"],
    shaft: "─",
    head: ["┤", "├"],
};
const TAKEN: Stroke = Stroke {
    tail: ["╞", "╡"],
    shaft: "═",
    head: ["╡", "╞"],
};

/// Rows of the line with its labels and its arrows.
const LEAST: u16 = 5;
/// Rows for what is said below: of one arrow, and of two.
const SAID: [u16; 2] = [2, 4];
/// Rows more for air around the line, and for what the update before has left.
const ROOMY: u16 = 6;
/// Columns that are kept free at each side, so that a label has room.
const MARGIN: u16 = 2;

impl Painted for LineView {
    fn least(&self) -> Size {
        Size::new(28, LEAST + SAID[usize::from(self.memory.is_some())])
    }

    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        if area.height < LEAST || area.width < 16 {
            return;
        }
        // Rows of air and what is kept come together, so that the line stands still when what is said below gets longer.
        let roomy = area.height >= LEAST + ROOMY;
        let air = u16::from(roomy);
        let axis = area.y + 2 + air;
        let buffer = frame.buffer_mut();
        let scale = Scale::new(self, area);
        for x in area.left() + 1..area.right() - 1 {
            buffer[(x, axis)].set_symbol("─").set_style(painter.muted());
        }
        if let Some(column) = self.ghost.and_then(|at| scale.inside(at)) {
            let cell = &mut buffer[(column, axis)];
            cell.set_symbol(ghost::MARK)
                .set_style(ghost::style(painter));
        }
        for (index, mark) in self.marks().enumerate() {
            let symbol = match (&mark.number, index) {
                (None, _) => "◇",
                (Some(_), 0) => "●",
                (Some(_), _) => "○",
            };
            let style = painter.style(Role::Quantity(mark.quantity));
            buffer[(scale.column(mark.at), axis)]
                .set_symbol(symbol)
                .set_style(style);
        }
        self.labels(buffer, area, painter, &scale);
        let mut from = self.before.at;
        for (row, (arrow, stroke)) in self.arrows.iter().zip([SINGLE, DOUBLE]).enumerate() {
            let y = axis + air + 1 + row as u16;
            draw(
                buffer,
                area,
                painter,
                (y, [from, arrow.to.at].map(|at| scale.column(at))),
                &stroke,
                &arrow.step,
            );
            from = arrow.to.at;
        }
        if let (Some((memory, taken)), true) = (&self.memory, roomy) {
            let y = axis + air + 3;
            let words = painter.aside(" Left by the update before:");
            frame.render_widget(
                words,
                Rect {
                    y: y + 1,
                    height: 1,
                    ..area
                },
            );
            let buffer = frame.buffer_mut();
            let lengths = [(Some(memory), KEPT), (taken.as_ref(), TAKEN)];
            for (row, (bar, stroke)) in lengths.into_iter().enumerate() {
                if let Some(bar) = bar {
                    let ends = scale.length(bar.length);
                    draw(
                        buffer,
                        area,
                        painter,
                        (y + 2 + row as u16, ends),
                        &stroke,
                        bar,
                    );
                }
            }
        }
    }
}

impl LineView {
    /// The symbols of the places, and their numbers below them; no number is cut, and where there is no room for three,
    /// the one in the middle has none.
    fn labels(&self, buffer: &mut Buffer, area: Rect, painter: Painter, scale: &Scale) {
        let mut marks: Vec<&Mark> = self.marks().collect();
        let width = |mark: &Mark| {
            let symbol = painter.text(&mark.quantity.symbol());
            (symbol.width().max(mark.label().width())) as u16
        };
        let all = |marks: &[&Mark]| marks.iter().map(|mark| width(mark) + 2).sum::<u16>();
        if marks.len() == 3 && all(&marks) > area.width {
            marks.remove(1);
        }
        marks.sort_by(|a, b| a.at.total_cmp(&b.at));
        let mut columns: Vec<u16> = Vec::new();
        let mut free = area.left() + 1;
        for mark in &marks {
            let column = scale.column(mark.at).max(free);
            free = column + width(mark) + 2;
            columns.push(column);
        }
        let mut end = area.right();
        for (column, mark) in columns.iter_mut().zip(&marks).rev() {
            *column = (*column)
                .min(end.saturating_sub(width(mark) + 1))
                .max(area.left());
            end = column.saturating_sub(1);
        }
        for (column, mark) in columns.into_iter().zip(marks) {
            let style = painter.style(Role::Quantity(mark.quantity));
            buffer.set_string(column, area.y, painter.text(&mark.quantity.symbol()), style);
            buffer.set_string(column, area.y + 1, painter.text(mark.label()), style);
        }
    }
}

/// Which column a number has.
struct Scale {
    left: u16,
    columns: u16,
    low: f64,
    span: f64,
}

impl Scale {
    fn new(view: &LineView, area: Rect) -> Self {
        let [below, above] = view.reach;
        let kept = view
            .memory
            .as_ref()
            .map_or(0.0, |(memory, _)| memory.length.abs());
        let span = (below + above).max(kept);
        Self {
            left: area.left() + MARGIN,
            columns: area.width.saturating_sub(2 * MARGIN + 4),
            low: view.before.at - below,
            span: if span > 0.0 { span } else { 1.0 },
        }
    }

    fn share(&self, length: f64) -> f64 {
        length / self.span * f64::from(self.columns)
    }

    fn column(&self, at: f64) -> u16 {
        let share = self
            .share(at - self.low)
            .clamp(0.0, f64::from(self.columns));
        self.left + share.round() as u16
    }

    /// The column of a number that may be elsewhere.
    fn inside(&self, at: f64) -> Option<u16> {
        let share = self.share(at - self.low);
        (0.0..=f64::from(self.columns))
            .contains(&share)
            .then(|| self.column(at))
    }

    /// The ends of a length that is drawn by itself, from the left.
    fn length(&self, length: f64) -> [u16; 2] {
        let columns = self
            .share(length.abs())
            .round()
            .min(f64::from(self.columns)) as u16;
        let ends = [self.left, self.left + columns];
        if length < 0.0 {
            [ends[1], ends[0]]
        } else {
            ends
        }
    }
}

/// Draws a length in a row from one column to another, with its name and number in it or, where they do not fit, after
/// or before it.
fn draw(
    buffer: &mut Buffer,
    area: Rect,
    painter: Painter,
    (y, [from, to]): (u16, [u16; 2]),
    stroke: &Stroke,
    bar: &Bar,
) {
    let style: Style = painter.style(Role::Quantity(bar.quantity));
    let (left, right) = (from.min(to), from.max(to));
    let back = usize::from(to < from);
    for x in left..=right {
        buffer[(x, y)].set_symbol(stroke.shaft).set_style(style);
    }
    buffer[(from, y)]
        .set_symbol(stroke.tail[back])
        .set_style(style);
    buffer[(to, y)]
        .set_symbol(stroke.head[back])
        .set_style(style);
    let symbol = bar.quantity.symbol();
    let label = painter.text(&format!(" {symbol} {} ", bar.number));
    let width = label.width() as u16;
    let inner = (right - left).saturating_sub(1);
    let column = if inner >= width + 2 {
        left + 1 + (inner - width) / 2
    } else if right + 1 + width <= area.right() {
        right + 1
    } else {
        left.saturating_sub(width).max(area.left())
    };
    buffer.set_string(column, y, label, style);
}
