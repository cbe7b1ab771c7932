//! Straight edges between nodes, as dots in cells: whole ones, and ones that are only begun at both their ends.
//!
//! ```text
//! ⠉⠒⠤⣀⠀⠀   above 0: a solid line         + +
//! ⠈⠂⠠⡀⠀⠀   below 0: a dashed line        - -
//! ⠿⠶⣤⣀⠀⠀   large: a thick line           # =
//! ⠉⠂⠀⠀⠠⣀   begun: the longer the larger  . ,
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::dots::{BITS, EMPTY};
use crate::pictures::OnPath;
use crate::screen::Glyphs;

/// An edge from the left to the right of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The rows of its ends, from 0.
    pub rows: (u16, u16),
    /// Whether its weight is below 0.
    pub negative: bool,
    /// Its size as a share of the largest between its layers.
    pub share: f64,
    /// Whether it is drawn from end to end; otherwise it is only begun, the further the larger its weight is.
    pub whole: bool,
    pub path: OnPath,
    pub style: Style,
}

/// From this share of the largest weight on an edge is thick.
const LARGE: f64 = 0.5;
/// How many dots of an edge that is only begun are drawn at each end: so many and, of the largest, so many more.
const BEGUN: [f64; 2] = [3.0, 9.0];
/// At most such a part of the way.
const MOST_BEGUN: usize = 5;

impl Edge {
    fn is_thick(&self) -> bool {
        self.whole && self.share >= LARGE
    }

    /// Which dots of it are drawn, of `count` in a row of which there are `dots` to a cell.
    fn drawn(&self, count: usize, dots: usize) -> impl Iterator<Item = usize> + use<> {
        let begun = (BEGUN[0] + BEGUN[1] * self.share) * dots as f64 / 2.0;
        let begun = (begun.round() as usize).min(count / MOST_BEGUN).max(1);
        let begun = if self.whole { count } else { begun };
        (0..begun.min(count)).chain(count.saturating_sub(begun).max(begun)..count)
    }
}

/// Draws edges across an area, those of the path over the others.
pub fn draw(buffer: &mut Buffer, area: Rect, glyphs: Glyphs, edges: &[Edge]) {
    if area.is_empty() {
        return;
    }
    let mut sorted: Vec<&Edge> = edges.iter().collect();
    sorted.sort_by_key(|edge| (edge.path, edge.whole, edge.is_thick()));
    match glyphs {
        Glyphs::Unicode => draw_dots(buffer, area, &sorted),
        Glyphs::Ascii => draw_signs(buffer, area, &sorted),
    }
}

fn draw_dots(buffer: &mut Buffer, area: Rect, edges: &[&Edge]) {
    let (width, height) = (usize::from(area.width) * 2, usize::from(area.height) * 4);
    let mut cells: Vec<(u8, Option<&Edge>)> = vec![(0, None); area.area() as usize];
    for edge in edges {
        let place = |row: u16| f64::from(row) * 4.0 + 1.5;
        let ends = (place(edge.rows.0), place(edge.rows.1));
        let (count, dot) = dots_between(ends, width);
        for index in edge.drawn(count, 2) {
            // Two dots of a dashed line are followed by three that are left out.
            let phase = if edge.whole {
                index
            } else {
                index.min(count - 1 - index)
            };
            if edge.negative && phase % 5 >= 2 {
                continue;
            }
            let (x, y) = dot(index);
            for y in y..=(y + usize::from(edge.is_thick())).min(height - 1) {
                let cell = &mut cells[y / 4 * usize::from(area.width) + x / 2];
                let over = cell.1.is_none_or(|old| old.path < edge.path);
                if over {
                    cell.0 = 0;
                }
                cell.0 |= BITS[y % 4][x % 2];
                cell.1 = Some(edge);
            }
        }
    }
    for (position, (dots, edge)) in area.positions().zip(cells) {
        if let (Some(edge), Some(symbol)) = (edge, char::from_u32(EMPTY + u32::from(dots))) {
            buffer[position].set_char(symbol).set_style(edge.style);
        }
    }
}

fn draw_signs(buffer: &mut Buffer, area: Rect, edges: &[&Edge]) {
    for edge in edges {
        let sign = match (edge.path, edge.negative, edge.is_thick()) {
            (OnPath::Off, false, _) => ".",
            (OnPath::Off, true, _) => ",",
            (_, false, false) => "+",
            (_, false, true) => "#",
            (_, true, false) => "-",
            (_, true, true) => "=",
        };
        let ends = (f64::from(edge.rows.0), f64::from(edge.rows.1));
        let (count, dot) = dots_between(ends, usize::from(area.width));
        for (x, y) in edge.drawn(count, 1).map(dot) {
            let position = (area.x + x as u16, area.y + y as u16);
            buffer[position].set_symbol(sign).set_style(edge.style);
        }
    }
}

/// How many dots a line has from the height `ends.0` at the left to `ends.1` at the right of `width` dots, one beside or
/// below another, and where each of them is.
fn dots_between(ends: (f64, f64), width: usize) -> (usize, impl Fn(usize) -> (usize, usize)) {
    let (from, to) = ends;
    let steps = (width - 1).max((to - from).abs().round() as usize).max(1);
    let at = move |step: usize| {
        let share = step as f64 / steps as f64;
        let x = (share * (width - 1) as f64).round() as usize;
        (x, (from + share * (to - from)).round() as usize)
    };
    (steps + 1, at)
}
