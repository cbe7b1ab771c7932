//! Straight edges between nodes, as dots in cells.
//!
//! ```text
//! ⠉⠒⠤⣀⠀⠀   positive: a solid line        + +
//! ⠈⠂⠠⡀⠀⠀   negative: a dashed line       - -
//! ⠿⠶⣤⣀⠀⠀   large: a thick line           # =
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::dots::{BITS, EMPTY};
use crate::pictures::OnPath;
use crate::screen::Glyphs;

/// An edge from the left to the right of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The rows of its ends, from 0.
    pub rows: (u16, u16),
    /// Whether its weight is below 0.
    pub negative: bool,
    /// Whether its weight is one of the larger.
    pub large: bool,
    pub path: OnPath,
    pub style: Style,
}

/// Draws edges across an area, those of the path over the others.
pub fn draw(buffer: &mut Buffer, area: Rect, glyphs: Glyphs, edges: &[Edge]) {
    if area.is_empty() {
        return;
    }
    let mut sorted: Vec<&Edge> = edges.iter().collect();
    sorted.sort_by_key(|edge| (edge.path, edge.large));
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
        for (index, (x, y)) in points(ends, width).into_iter().enumerate() {
            // Two dots of a dashed line are followed by three that are left out.
            if edge.negative && index % 5 >= 2 {
                continue;
            }
            for y in y..=(y + usize::from(edge.large)).min(height - 1) {
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
        let sign = match (edge.path, edge.negative, edge.large) {
            (OnPath::Off, _, _) => ".",
            (_, false, false) => "+",
            (_, false, true) => "#",
            (_, true, false) => "-",
            (_, true, true) => "=",
        };
        let ends = (f64::from(edge.rows.0), f64::from(edge.rows.1));
        for (x, y) in points(ends, usize::from(area.width)) {
            let position = (area.x + x as u16, area.y + y as u16);
            buffer[position].set_symbol(sign).set_style(edge.style);
        }
    }
}

/// The dots of a line from the height `ends.0` at the left to `ends.1` at the right of `width` dots: one beside or
/// below another.
fn points(ends: (f64, f64), width: usize) -> Vec<(usize, usize)> {
    let (from, to) = ends;
    let steps = (width - 1).max((to - from).abs().round() as usize).max(1);
    let at = |step: usize| {
        let share = step as f64 / steps as f64;
        let x = (share * (width - 1) as f64).round() as usize;
        (x, (from + share * (to - from)).round() as usize)
    };
    (0..=steps).map(at).collect()
}
