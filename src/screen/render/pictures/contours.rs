//! A surface of two variables from above: how high it is, and the way that every run has gone over it.
//!
//! ```text
//!   3 ▓▓▓▒▒▒▒▒▒▒▒▓▓▓▓     ▓▓ loss above 6
//!   y ▓●⠑⠢⢄•⠔+●─▶═▶▒▓     ▒▒ 2.5
//!  -3 ▓▓▓▒▒▒▒▒▒▒▒▓▓▓▓     ░░ below
//!     -9    x      9      ● main   + minimum
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line as TuiLine;

use super::arrows;
use super::dots::{Dots, Texture, arrow, cell_of, draw_minimum, on_top};
use super::ground::{self, share};
use super::history::{mark, series_style};
use super::legend::{Legend, entry};
use super::plane::Axes;
use crate::explain::{Quantity, Role};
use crate::math::Interval;
use crate::pictures::{ContourView, PathView};
use crate::screen::render::paint::Painter;

/// Of a longer path not every point is marked.
const MOST_POINTS: usize = 40;

/// Draws the ground and the paths between their axes, with a legend.
pub fn draw(frame: &mut Frame, area: Rect, painter: Painter, view: &ContourView) {
    let (picture, legend) = Legend::under(area);
    let Some(plane) = axes(view, view.window).inside(picture, painter) else {
        return;
    };
    let window = view.fit(plane.width, plane.height);
    let cells = (plane.width, plane.height);
    let count = ground::levels(plane.height);
    let relief = view.relief(window, cells, count, ground::drawn(painter));
    let mut entries = path_entries(painter, &view.paths, !view.minima.is_empty());
    entries.extend(term_entries(painter, view, area.width));
    entries.extend(ground::entries(painter, view, &relief));
    if !ContourView::has_one_scale(window, cells) {
        let words = format!(
            "{} and {} have scales of their own",
            view.names[0], view.names[1]
        );
        entries.push(TuiLine::styled(painter.text(&words), painter.muted()));
    }
    legend.draw(frame, &entries);
    axes(view, window).draw(frame, plane, area.x, painter);
    let buffer = frame.buffer_mut();
    ground::draw(buffer, plane, painter, window, &relief);
    let style = on_top(painter.style(Role::Strong));
    for minimum in &view.minima {
        draw_minimum(buffer, plane, painter, share(window, *minimum), style);
    }
    for (index, path) in view.paths.iter().enumerate() {
        let places: Vec<[f64; 2]> = path.points.iter().map(|p| share(window, *p)).collect();
        draw_path(buffer, plane, painter, (index, path.current), &places);
    }
    draw_terms(buffer, plane, painter, view, window);
}

fn axes(view: &ContourView, [x, y]: [Interval; 2]) -> Axes<'_> {
    Axes {
        across: [x.low, x.high],
        up: [y.low, y.high],
        names: [&view.names[0], &view.names[1]],
        digits: view.digits,
    }
}

/// Delta and the momentum term, as far as they are known and lead anywhere.
fn terms(view: &ContourView) -> Vec<(Quantity, [f64; 2])> {
    let delta = view.delta.map(|way| (Quantity::Delta, way));
    let term = view.term.map(|way| (Quantity::MomentumTerm, way));
    let known = delta.into_iter().chain(term);
    known.filter(|(_, way)| *way != [0.0; 2]).collect()
}

/// `─▶ Δ delta`, `═▶ μm momentum term`; where there is little room, the symbols alone.
fn term_entries(painter: Painter, view: &ContourView, width: u16) -> Vec<TuiLine<'static>> {
    let is_narrow = width < 60;
    let entry = |(quantity, _): (Quantity, [f64; 2])| {
        let style = painter.style(Role::Quantity(quantity));
        let (sign, words) = match (quantity == Quantity::MomentumTerm, is_narrow) {
            (true, false) => ("═▶", "μm momentum term"),
            (true, true) => ("═▶", "μm"),
            (false, false) => ("─▶", "Δ delta"),
            (false, true) => ("─▶", "Δ"),
        };
        entry(painter, sign, words, style)
    };
    terms(view).into_iter().map(entry).collect()
}

/// The arrows of delta and the momentum term at the ball of the current branch.
fn draw_terms(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    view: &ContourView,
    window: [Interval; 2],
) {
    let ball = view.paths.last().and_then(|path| path.points.last());
    let Some(ball) = ball else { return };
    let ways = terms(view).into_iter().map(|(quantity, [x, y])| {
        let way = [x / window[0].width(), y / window[1].width()];
        (quantity, way)
    });
    let ways: Vec<(Quantity, [f64; 2])> = ways.collect();
    arrows::draw(buffer, plane, painter, share(window, *ball), &ways);
}

/// `● main`, `▲ momentum=0.9`, `+ minimum`; the current branch first.
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
    dots.way(places, 0, Texture::of_run(index, current));
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
