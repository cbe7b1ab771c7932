//! The plane of learning rate x curvature and momentum.
//!
//! ```text
//!   1 │░░░░░░░░░░░░░░      ●1 η × L = 0.9
//!   μ ·⢇░░░░●1░░░            settles, swinging
//!   0 ····⢇░░░             · settles
//!     0   η × L     4.6    ░ settles, swinging
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line as TuiLine;

use super::dots::{Dots, arrow, cell_of, on_top};
use super::legend::{Legend, entry};
use super::plane::Axes;
use super::{Painted, ghost};
use crate::explain::behaviour::motion_words;
use crate::explain::{Quantity, Role, number};
use crate::math::stability::Motion;
use crate::pictures::{StabilityMark, StabilityView};
use crate::screen::render::paint::Painter;
use crate::screen::{Glyphs, theme};

impl Painted for StabilityView {
    /// Draws the plane with its regions, critical damping and the place of this run.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let (picture, legend) = Legend::split(area);
        legend.draw(frame, &entries(painter, self));
        let axes = Axes {
            across: [0.0, self.end],
            up: [0.0, 1.0],
            names: ["η × L", "μ"],
            digits: self.digits,
        };
        let Some(plane) = axes.inside(picture, painter) else {
            return;
        };
        axes.draw(frame, plane, area.x, painter);
        let buffer = frame.buffer_mut();
        draw_regions(buffer, plane, painter, self);
        draw_critical(buffer, plane, painter, self);
        if self.has_surface {
            let style = on_top(ghost::style(painter));
            for [product, momentum] in &self.ghost {
                let place = [product / self.end, *momentum];
                let symbol = arrow(place).unwrap_or(ghost::MARK);
                let cell = &mut buffer[cell_of(plane, painter, place)];
                cell.set_symbol(symbol).set_style(style);
            }
            // The largest last: its number is read first.
            for (index, mark) in self.marks.iter().enumerate().rev() {
                draw_mark(buffer, plane, painter, self, (index, mark));
            }
        } else {
            draw_momentum(buffer, plane, painter, self);
        }
    }
}

/// The sign of a region and its colour, good or bad.
fn region(painter: Painter, motion: Motion) -> (&'static str, Style) {
    let style = |height| theme::style(painter.look.palette().height(height, 3));
    match motion {
        Motion::Approaching => ("·", style(0)),
        Motion::Oscillating => ("░", style(1)),
        Motion::Lasting | Motion::Coasting | Motion::Growing | Motion::Diverging => {
            (" ", painter.muted())
        }
    }
}

fn draw_regions(buffer: &mut Buffer, plane: Rect, painter: Painter, view: &StabilityView) {
    let middle = |cell: u16, cells: u16| (f64::from(cell) + 0.5) / f64::from(cells);
    for position in plane.positions() {
        let product = view.end * middle(position.x - plane.x, plane.width);
        let momentum = 1.0 - middle(position.y - plane.y, plane.height);
        let (sign, style) = region(painter, view.motion_at(product, momentum));
        buffer[position].set_symbol(sign).set_style(style);
    }
}

fn draw_critical(buffer: &mut Buffer, plane: Rect, painter: Painter, view: &StabilityView) {
    let points: Vec<[f64; 2]> = (0..=100)
        .map(|hundredths| f64::from(hundredths) / 100.0)
        .map(|momentum| [view.critical_at(momentum) / view.end, momentum])
        .collect();
    let mut dots = Dots::new(plane, painter);
    dots.through(&points, 0);
    let style = painter.style(Role::Strong);
    dots.stamp(buffer, |_| (style, '|'));
}

/// `●1` at the place of a curvature, or an arrow at the edge.
fn draw_mark(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    view: &StabilityView,
    (index, mark): (usize, &StabilityMark),
) {
    let place = [mark.product / view.end, view.momentum()];
    let (x, y) = cell_of(plane, painter, place);
    let style = on_top(painter.style(Role::Quantity(Quantity::LearningRate)));
    let symbol = arrow(place).unwrap_or("●");
    buffer[(x, y)].set_symbol(symbol).set_style(style);
    let beside = if x + 1 < plane.right() { x + 1 } else { x - 1 };
    let number = number_of(index);
    buffer[(beside, y)].set_char(number).set_style(style);
}

fn number_of(index: usize) -> char {
    char::from_digit(index as u32 + 1, 36).unwrap_or('?')
}

/// The momentum of this run, where its curvatures are not known.
fn draw_momentum(buffer: &mut Buffer, plane: Rect, painter: Painter, view: &StabilityView) {
    let (_, y) = cell_of(plane, painter, [0.0, view.momentum()]);
    let style = painter.style(Role::Quantity(Quantity::Momentum));
    for x in plane.left()..plane.right() {
        buffer[(x, y)].set_symbol("─").set_style(style);
    }
}

fn short_words(motion: Motion) -> &'static str {
    if motion == Motion::Approaching {
        "settles"
    } else {
        motion_words(motion)
    }
}

/// What each mark and each region means; the marks first.
fn entries(painter: Painter, view: &StabilityView) -> Vec<TuiLine<'static>> {
    let shown = |value| number::display(value, view.digits.few());
    let mut entries = Vec::new();
    let run = painter.style(Role::Quantity(Quantity::LearningRate));
    for (index, mark) in view.marks.iter().enumerate() {
        let (sign, product) = (format!("●{}", number_of(index)), shown(mark.product));
        let words = format!("{product} {}", short_words(mark.motion));
        entries.push(entry(painter, &sign, &words, run));
    }
    if !view.ghost.is_empty() {
        entries.push(entry(painter, ghost::MARK, "before", ghost::style(painter)));
    }
    if !view.has_surface {
        let style = painter.style(Role::Quantity(Quantity::Momentum));
        entries.push(entry(painter, "─", "μ of this run", style));
    }
    for motion in [Motion::Approaching, Motion::Oscillating] {
        let (sign, style) = region(painter, motion);
        // In a text the sign would become another.
        let sign = match (painter.look.glyphs, motion) {
            (Glyphs::Unicode, _) => sign,
            (Glyphs::Ascii, Motion::Approaching) => ".",
            (Glyphs::Ascii, _) => ":",
        };
        entries.push(entry(painter, sign, short_words(motion), style));
    }
    let strong = painter.style(Role::Strong);
    entries.push(entry(painter, "blank", "grows", painter.muted()));
    entries.push(entry(painter, "line", "critical damping", strong));
    let on: &[&str] = if view.has_surface {
        &["on a quadratic", "else near here"]
    } else {
        &["on a quadratic surface"]
    };
    entries.extend((on.iter()).map(|on| TuiLine::styled(painter.text(on), painter.muted())));
    entries
}
