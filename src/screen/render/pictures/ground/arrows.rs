//! Delta and the momentum term as arrows from where the ball is: `●─▶═▶`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::explain::{Quantity, Role};
use crate::screen::render::paint::Painter;
use crate::screen::render::pictures::dots::{Dots, Texture, arrow, cell_of, on_top};

/// An arrow that is shorter than this, in columns, is drawn longer,
const SHORTEST: f64 = 5.0;
/// but no more than this many times.
const MOST_TIMES: f64 = 1000.0;
/// What is shorter than this, in columns, has no arrow beside a longer one.
const LEAST: f64 = 0.6;

/// Draws the arrows one after the other from a place, in shares of the plane: each with its quantity and how far it leads.
pub fn draw(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    from: [f64; 2],
    arrows: &[(Quantity, [f64; 2])],
) {
    if arrow(from).is_some() {
        return;
    }
    let longest = arrows.iter().map(|(_, way)| columns(plane, *way));
    let longest = longest.fold(0.0, f64::max);
    let Some(times) = times(longest) else {
        return;
    };
    let mut place = from;
    let mut head = None;
    for (quantity, way) in arrows {
        let way = way.map(|share| share * times);
        if columns(plane, way) < LEAST {
            continue;
        }
        let to = [place[0] + way[0], place[1] + way[1]];
        let style = on_top(painter.style(Role::Quantity(*quantity)));
        draw_shaft(buffer, plane, painter, [place, to], (*quantity, style));
        if arrow(to).is_none() {
            let cell = cell_of(plane, painter, to);
            let symbol = painter.text(tip(plane, way));
            buffer[cell].set_symbol(&symbol).set_style(style);
            head = Some((cell, way));
        }
        place = to;
    }
    if times > 1.0
        && let Some((cell, way)) = head
    {
        let words = painter.text(&format!(" step × {times} "));
        let style = on_top(painter.style(Role::Strong));
        beside(buffer, plane, cell, (&words, style), way[0] < 0.0);
    }
}

/// How long a way is, in columns; a row is as long as two.
fn columns(plane: Rect, [across, up]: [f64; 2]) -> f64 {
    let across = across * f64::from(plane.width);
    let up = up * 2.0 * f64::from(plane.height);
    (across * across + up * up).sqrt()
}

/// How many times as long as they are arrows are drawn: 1, 2, 5, 10 and so on. `None` for what would hardly be seen.
pub fn times(longest: f64) -> Option<f64> {
    if !longest.is_finite() || longest <= 0.0 {
        return None;
    }
    let mut times = 1.0;
    let mut factors = [2.0, 2.5, 2.0].into_iter().cycle();
    while longest * times < SHORTEST {
        times *= factors.next()?;
        if times > MOST_TIMES {
            return None;
        }
    }
    Some(times)
}

/// The tip of an arrow that leads so far.
fn tip(plane: Rect, [across, up]: [f64; 2]) -> &'static str {
    let across = across * f64::from(plane.width);
    let up = up * 2.0 * f64::from(plane.height);
    // Within an eighth of a turn's half of an axis.
    let steep = 0.414;
    if up.abs() <= steep * across.abs() {
        if across > 0.0 { "▶" } else { "◀" }
    } else if across.abs() <= steep * up.abs() {
        if up > 0.0 { "▴" } else { "▾" }
    } else {
        match (across > 0.0, up > 0.0) {
            (true, true) => "↗",
            (true, false) => "↘",
            (false, true) => "↖",
            (false, false) => "↙",
        }
    }
}

/// A single shaft for delta, a double one for the momentum term.
fn draw_shaft(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    [from, to]: [[f64; 2]; 2],
    (quantity, style): (Quantity, Style),
) {
    let (start, end) = (cell_of(plane, painter, from), cell_of(plane, painter, to));
    let is_double = quantity == Quantity::MomentumTerm;
    if start.1 == end.1 {
        let shaft = painter.text(if is_double { "═" } else { "─" });
        let between = if start.0 < end.0 {
            start.0 + 1..end.0
        } else {
            end.0 + 1..start.0
        };
        for x in between {
            buffer[(x, start.1)].set_symbol(&shaft).set_style(style);
        }
        return;
    }
    let mut dots = Dots::new(plane, painter);
    dots.way(&[from, to], 0, Texture::SOLID);
    if is_double {
        // A dot beside: above a flat one, right of a steep one.
        let [across, up] = painter.look.glyphs.dots();
        let way = [to[0] - from[0], to[1] - from[1]];
        let flat = (way[0] * f64::from(plane.width)).abs()
            > (way[1] * 2.0 * f64::from(plane.height)).abs();
        let aside = if flat {
            [0.0, 1.2 / f64::from(plane.height * up)]
        } else {
            [1.2 / f64::from(plane.width * across), 0.0]
        };
        let moved = [from, to].map(|[x, y]| [x + aside[0], y + aside[1]]);
        dots.way(&moved, 0, Texture::SOLID);
    }
    let ascii = if is_double { '=' } else { '-' };
    let kept = buffer[start].clone();
    dots.stamp(buffer, |_| (style, ascii));
    buffer[start] = kept;
}

/// Words beside a cell, right of it or left, or a row further away, where they hide no run's place.
fn beside(
    buffer: &mut Buffer,
    plane: Rect,
    (x, y): (u16, u16),
    (words, style): (&str, Style),
    left_first: bool,
) {
    /// The marks of places.
    const MARKS: [&str; 7] = ["●", "▲", "■", "◆", "◌", "•", "+"];
    let width = words.width() as u16;
    let right = (x + 1 + width <= plane.right()).then_some(x + 1);
    let left = (x >= plane.left() + width).then(|| x - width);
    let sides = if left_first {
        [left, right]
    } else {
        [right, left]
    };
    let rows = [y, y.saturating_sub(1), y + 1];
    let rows = rows
        .into_iter()
        .filter(|row| (plane.top()..plane.bottom()).contains(row));
    let places: Vec<(u16, u16)> = rows
        .flat_map(|row| sides.into_iter().flatten().map(move |start| (start, row)))
        .collect();
    let hides_none = |(start, row): &&(u16, u16)| {
        (*start..start + width).all(|column| !MARKS.contains(&buffer[(column, *row)].symbol()))
    };
    let free = places.iter().find(hides_none);
    if let Some(&(start, row)) = free.or(places.first()) {
        buffer.set_string(start, row, words, style);
    }
}
