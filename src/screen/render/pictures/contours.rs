//! A surface of two variables from above: lines of equal loss, and the way that every run has gone over it.
//!
//! ```text
//!   3 ⣀⠤⠤⠒⠒⠒⠒⠤⠤⣀        ● main
//!   y ⡇●⠑⠢⢄•⠔+⠔2⠔3     + minimum
//!  -3 ⠉⠒⠒⠤⠤⠤⠤⠒⠒⠉        3 loss 6
//!     -9    x      9    2 loss 2.5
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line as TuiLine;

use super::dots::{Dots, arrow, cell_of, draw_minimum, on_top};
use super::ghost;
use super::history::{mark, series_style};
use super::legend::{Legend, entry};
use super::plane::Axes;
use crate::explain::{Quantity, Role, number};
use crate::math::Interval;
use crate::pictures::{ContourView, Contours, PathView};
use crate::screen::render::paint::Painter;
use crate::screen::theme;

/// More lines than these cannot be told apart.
const MOST_LEVELS: usize = 8;
/// Fewer than these say too little.
const FEWEST_LEVELS: usize = 3;
/// Of a longer path not every point is marked.
const MOST_POINTS: usize = 40;

/// Draws the contours and the paths between their axes, with a legend.
pub fn draw(frame: &mut Frame, area: Rect, painter: Painter, view: &ContourView) {
    let (picture, legend) = Legend::split(area);
    let mut entries = path_entries(painter, &view.paths, !view.minima.is_empty());
    let Some(plane) = axes(view, view.window).inside(picture, painter) else {
        return;
    };
    let room = legend.room().saturating_sub(entries.len());
    let apart = usize::from(plane.height / 2) + 1;
    let count = room.min(apart).clamp(FEWEST_LEVELS, MOST_LEVELS);
    let window = view.fit(plane.width, plane.height);
    let contours = view.contours(window, (plane.width, plane.height), count);
    entries.extend(level_entries(painter, view, &contours));
    legend.draw(frame, &entries);
    axes(view, window).draw(frame, plane, area.x, painter);
    let buffer = frame.buffer_mut();
    draw_levels(buffer, plane, painter, window, &contours);
    let style = Style::reset().patch(painter.style(Role::Strong));
    for minimum in &view.minima {
        draw_minimum(buffer, plane, painter, share(window, *minimum), style);
    }
    let ghost: Vec<[f64; 2]> = view.ghost.iter().map(|p| share(window, *p)).collect();
    ghost::draw_way(buffer, plane, painter, &ghost);
    for (index, path) in view.paths.iter().enumerate() {
        let places: Vec<[f64; 2]> = path.points.iter().map(|p| share(window, *p)).collect();
        draw_path(buffer, plane, painter, (index, path.current), &places);
    }
}

fn axes(view: &ContourView, [x, y]: [Interval; 2]) -> Axes<'_> {
    Axes {
        across: [x.low, x.high],
        up: [y.low, y.high],
        names: [&view.names[0], &view.names[1]],
        digits: view.digits,
    }
}

/// The shares of the way across and up at which a point lies.
fn share([x, y]: [Interval; 2], point: [f64; 2]) -> [f64; 2] {
    let share = |interval: Interval, value: f64| (value - interval.low) / interval.width();
    [share(x, point[0]), share(y, point[1])]
}

/// `● main`, `○ momentum=0.9`, `+ minimum`; the current branch first.
pub fn path_entries(
    painter: Painter,
    paths: &[PathView],
    has_minima: bool,
) -> Vec<TuiLine<'static>> {
    let branch = |(index, path): (usize, &PathView)| {
        let style = series_style(painter, index, path.current, Quantity::After);
        entry(painter, mark(index, path.current), &path.name, style)
    };
    let branches = paths.iter().enumerate().rev().map(branch);
    let minimum = entry(painter, "+", "minimum", painter.style(Role::Strong));
    branches.chain(has_minima.then_some(minimum)).collect()
}

/// `3 loss 6`, `2 loss 2.5`, the highest first.
fn level_entries(
    painter: Painter,
    view: &ContourView,
    contours: &Contours,
) -> Vec<TuiLine<'static>> {
    let levels = &contours.levels;
    let level = |(index, loss): (usize, &f64)| {
        let shown = number::display(*loss, view.digits.at_most(4));
        let style = theme::style(painter.look.theme.height(index, levels.len()));
        let sign = sign(index).to_string();
        entry(painter, &sign, &format!("loss {shown}"), style)
    };
    levels.iter().enumerate().rev().map(level).collect()
}

/// The sign of a level: lines are told apart by it, not by their colours alone.
fn sign(level: usize) -> char {
    char::from_digit(level as u32 + 1, 36).unwrap_or('?')
}

/// Draws every line, and its sign where it comes furthest to the right.
fn draw_levels(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    window: [Interval; 2],
    contours: &Contours,
) {
    let style =
        |level: usize| theme::style(painter.look.theme.height(level, contours.levels.len()));
    let mut dots = Dots::new(plane, painter);
    for (level, line) in contours.lines.iter().enumerate() {
        for segment in line {
            dots.line(segment.map(|end| share(window, end)), level as u8, 1);
        }
    }
    dots.stamp(buffer, |level| {
        (style(usize::from(level)), sign(usize::from(level)))
    });
    for (level, line) in contours.lines.iter().enumerate() {
        let ends = line.iter().map(|segment| share(window, segment[0]));
        let furthest = ends.max_by(|a, b| a[0].total_cmp(&b[0]));
        if let Some(place) = furthest {
            buffer[cell_of(plane, painter, place)]
                .set_char(sign(level))
                .set_style(style(level));
        }
    }
}

/// Draws the way of a branch: a line, of the current one the points where they are few, its last point, and arrows to
/// points outside.
fn draw_path(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    (index, current): (usize, bool),
    places: &[[f64; 2]],
) {
    let style = on_top(series_style(painter, index, current, Quantity::After));
    let mut dots = Dots::new(plane, painter);
    dots.through(places, 0);
    dots.stamp(buffer, |_| (style, '.'));
    let few = current && places.len() <= MOST_POINTS;
    for (number, place) in places.iter().enumerate() {
        let last = number + 1 == places.len();
        let symbol = match arrow(*place) {
            Some(arrow) => arrow,
            None if last => mark(index, current),
            None if few => "•",
            None => continue,
        };
        buffer[cell_of(plane, painter, *place)]
            .set_symbol(symbol)
            .set_style(style);
    }
}
