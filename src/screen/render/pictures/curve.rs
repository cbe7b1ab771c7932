//! A surface of one variable from the side: the ball on the curve, and what moves it below.
//!
//! ```text
//!  25 ⡇⠑●               ⡠   ● main
//!   E ⠀⠀⠑⢄⡀          ⢀⠔⠊    ○ from
//!   0    ⠈⠑⠢⢄+⣀⠤⠔⠊⠁        + minimum
//!     -5     x          5   ⠄ slope -6
//!       ──▶                 Δ delta +0.6
//!         ═▶                μm momentum term +0.2
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line as TuiLine;

use unicode_width::UnicodeWidthStr;

use super::contours::path_entries;
use super::dots::{Dots, arrow, cell_of, draw_minimum, on_top};
use super::ghost;
use super::ground::arrows;
use super::history::{mark, series_style};
use super::legend::{Legend, entry};
use super::plane::Axes;
use crate::explain::{Quantity, Role, number};
use crate::pictures::{CurveView, PathView};
use crate::screen::render::paint::{Painter, above};

/// The tangent is drawn for this share of the width to either side.
const TANGENT: f64 = 0.15;
/// So many places where the ball has been are marked.
const MOST_POINTS: usize = 30;

/// Draws the curve with the ball, the arrows below it, and a legend.
pub fn draw(frame: &mut Frame, area: Rect, painter: Painter, view: &CurveView) {
    let (picture, legend) = Legend::split(area);
    legend.draw(frame, &entries(painter, view));
    let picture = above(picture, 1 + u16::from(view.remembers));
    let points = view.curve(usize::from(picture.width) * 2);
    let Some([low, high]) = view.heights(&points) else {
        return;
    };
    let axes = Axes {
        across: [view.window.low, view.window.high],
        up: [low, high],
        names: [&view.name, "E"],
        digits: view.digits,
    };
    let Some(plane) = axes.inside(picture, painter) else {
        return;
    };
    axes.draw(frame, plane, area.x, painter);
    let share = |[x, y]: [f64; 2]| {
        let across = (x - view.window.low) / view.window.width();
        [across, (y - low) / (high - low)]
    };
    let buffer = frame.buffer_mut();
    draw_curve(buffer, plane, painter, view, &points, &share);
    let way: Vec<[f64; 2]> = view.ghost.iter().map(|point| share(*point)).collect();
    for (index, path) in view.paths.iter().enumerate() {
        draw_balls(buffer, plane, painter, (index, path), view, &share);
    }
    // Its way is the curve: where its ball stands is drawn.
    let ends = view.paths.iter().filter_map(|path| path.points.last());
    ghost::draw_end(buffer, plane, painter, &way, ends.map(|end| share(*end)));
    draw_arrows(buffer, plane, painter, view);
}

/// The curve, its minima, and the tangent at the place that the arrows start from.
fn draw_curve(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    view: &CurveView,
    points: &[[f64; 2]],
    share: &dyn Fn([f64; 2]) -> [f64; 2],
) {
    let mut dots = Dots::new(plane, painter);
    let places: Vec<[f64; 2]> = points.iter().map(|point| share(*point)).collect();
    dots.through(&places, 0);
    let curve = painter.style(Role::Quantity(Quantity::Loss));
    dots.stamp(buffer, |_| (curve, '.'));
    if let Some(slope) = view.slope {
        let (place, loss) = (view.before, view.loss(view.before));
        let way = TANGENT * view.window.width();
        let end = |way: f64| share([place + way, loss + slope * way]);
        let mut dots = Dots::new(plane, painter);
        dots.line([end(-way), end(way)], 0, 2);
        let style = painter.style(Role::Quantity(Quantity::Gradient));
        dots.stamp(buffer, |_| (style, ':'));
    }
    let strong = painter.style(Role::Strong);
    for (index, minimum) in view.minima.iter().enumerate() {
        let place = share(*minimum);
        draw_minimum(buffer, plane, painter, place, strong);
        if view.minima.len() > 1 && arrow(place).is_none() {
            let which = if index == 0 { "deepest" } else { "minimum" };
            let at = number::display(minimum[0], view.digits.at_most(3));
            let words = format!("{which} {at}");
            name(
                buffer,
                plane,
                cell_of(plane, painter, place),
                &words,
                strong,
            );
        }
    }
}

/// Words near a cell, where they lie over nothing else: above it between the sides of its valley, else beside it.
fn name(buffer: &mut Buffer, plane: Rect, (x, y): (u16, u16), words: &str, style: Style) {
    /// Further away they would not be seen to belong to it.
    const NEAR: u16 = 4;
    let width = words.width() as u16;
    let middle = x.saturating_sub(width / 2);
    let over: Vec<u16> = (x.saturating_sub(width - 1)..=x).collect();
    let above = (1..=NEAR).flat_map(|up| {
        let mut starts = over.clone();
        starts.sort_by_key(|start| start.abs_diff(middle));
        starts
            .into_iter()
            .map(move |start| (start, y.saturating_sub(up)))
    });
    let beside = (2..=NEAR).flat_map(|gap| [(x.saturating_sub(width + gap - 1), y), (x + gap, y)]);
    let is_free = |(start, row): &(u16, u16)| {
        let inside = *start >= plane.left() && start + width <= plane.right();
        let cells = *start..start + width;
        inside
            && *row >= plane.top()
            && cells
                .into_iter()
                .all(|column| buffer[(column, *row)].symbol() == " ")
    };
    if let Some((start, row)) = above.chain(beside).find(is_free) {
        buffer.set_string(start, row, words, style);
    }
}

/// The ball of a branch; on the current one also where it was before.
fn draw_balls(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    (index, path): (usize, &PathView),
    view: &CurveView,
    share: &dyn Fn([f64; 2]) -> [f64; 2],
) {
    let style = on_top(series_style(painter, index, path.current, Quantity::After));
    let mut put = |point: [f64; 2], symbol: &str| {
        let place = share(point);
        buffer[cell_of(plane, painter, place)]
            .set_symbol(arrow(place).unwrap_or(symbol))
            .set_style(style);
    };
    let Some((ball, earlier)) = path.points.split_last() else {
        return;
    };
    if path.current {
        let first = earlier.len().saturating_sub(MOST_POINTS);
        for point in &earlier[first..] {
            put(*point, "•");
        }
        if let Some(from) = view.previous(ball[0], earlier) {
            put(from, FROM);
        }
    }
    put(*ball, mark(index, path.current));
}

/// The mark of where the ball was before the update.
const FROM: &str = "○";

/// The arrows of delta and momentum term, below the axis; short ones are drawn longer, and say so.
fn draw_arrows(buffer: &mut Buffer, plane: Rect, painter: Painter, view: &CurveView) {
    let column = |place: f64| {
        let across = (place - view.window.low) / view.window.width();
        let (x, _) = cell_of(plane, painter, [across, 0.0]);
        (x, arrow([across, 0.5]))
    };
    let lengths = [view.delta, view.term].map(|length| length.unwrap_or(0.0));
    let longest = lengths.map(f64::abs).into_iter().fold(0.0, f64::max);
    let columns = longest / view.window.width() * f64::from(plane.width);
    let times = arrows::times(columns).unwrap_or(1.0);
    let mut row = |number: u16, from: f64, length: Option<f64>, quantity, shaft: &str| {
        let Some(length) = length else { return };
        let y = plane.bottom() + 1 + number;
        let style = painter.style(Role::Quantity(quantity));
        let ((start, _), (end, outside)) = (column(from), column(from + times * length));
        for x in start.min(end)..=start.max(end) {
            buffer[(x, y)].set_symbol(shaft).set_style(style);
        }
        let head = match outside {
            Some(arrow) => arrow,
            None if length > 0.0 => "▶",
            None if length < 0.0 => "◀",
            None => "•",
        };
        buffer[(end, y)].set_symbol(head).set_style(style);
        if times > 1.0 && length != 0.0 {
            let words = painter.text(&format!(" × {times}"));
            let (width, right) = (words.width() as u16, start.max(end) + 1);
            if right + width <= plane.right() {
                buffer.set_string(right, y, words, style);
            }
        }
    };
    row(0, view.before, view.delta, Quantity::Delta, "─");
    let plain = view.before + times * lengths[0];
    row(1, plain, view.term, Quantity::MomentumTerm, "═");
}

/// `● main`, `○ from`, `+ minimum`, `⠄ slope -6`, `─▶ Δ delta +0.6`, `═▶ μm momentum term +0.2`
fn entries(painter: Painter, view: &CurveView) -> Vec<TuiLine<'static>> {
    let number = |value: Option<f64>| {
        value.map_or_else(
            || "?".to_owned(),
            |value| number::display_signed(value, view.digits.at_most(4)),
        )
    };
    let term = |sign: &str, words: &str, value, quantity| {
        let words = format!("{words} {}", number(value));
        let style = painter.style(Role::Quantity(quantity));
        entry(painter, sign, &words, style)
    };
    let mut entries = vec![
        term("─▶", "Δ delta", view.delta, Quantity::Delta),
        term("═▶", "μm mom. term", view.term, Quantity::MomentumTerm),
        term("┄", "slope", view.slope, Quantity::Gradient),
    ];
    if !view.remembers {
        entries.remove(1);
    }
    let mut paths = path_entries(painter, &view.paths, !view.minima.is_empty());
    let from = painter.style(Role::Quantity(Quantity::After));
    paths.insert(1, entry(painter, FROM, "from", from));
    [paths, entries].concat()
}
