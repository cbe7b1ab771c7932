//! The axes of a plane: the ends and the name of each at its side.
//!
//! ```text
//!   2 ...
//!   y ...
//!  -2 ...
//!     -9   x   9
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::explain::{Digits, number};
use crate::screen::render::paint::Painter;

/// What the axes of a plane say.
pub struct Axes<'a> {
    /// The ends of the axis below.
    pub across: [f64; 2],
    /// The ends of the axis to the left.
    pub up: [f64; 2],
    /// What they are called: below, to the left.
    pub names: [&'a str; 2],
    /// How many digits the ends have at most.
    pub digits: Digits,
}

impl Axes<'_> {
    fn labels(&self, ends: [f64; 2]) -> [String; 2] {
        let digits = self.digits.few();
        ends.map(|end| number::display(end, digits))
    }

    /// The place of the plane between its axes; `None` where there is no room for it.
    pub fn inside(&self, area: Rect, painter: Painter) -> Option<Rect> {
        let widths = self.labels(self.up).map(|label| label.len());
        let name = painter.text(self.names[1]).width();
        let label = widths.into_iter().chain([name]).max().unwrap_or(0) as u16;
        if area.height < 4 || area.width < label + 15 {
            return None;
        }
        Some(Rect {
            x: area.x + label + 2,
            y: area.y,
            width: area.width - label - 3,
            height: area.height - 1,
        })
    }

    /// Draws the labels around a plane.
    pub fn draw(&self, frame: &mut Frame, plane: Rect, left: u16, painter: Painter) {
        let muted = painter.muted();
        let buffer = frame.buffer_mut();
        let width = usize::from(plane.x - left - 1);
        let [low, high] = self.labels(self.up);
        let name = painter.text(self.names[1]);
        let middle = plane.y + plane.height / 2;
        for (row, text) in [
            (middle, &name),
            (plane.bottom() - 1, &low),
            (plane.y, &high),
        ] {
            buffer.set_string(left, row, format!("{text:>width$}"), muted);
        }
        let below = plane.bottom();
        let [low, high] = self.labels(self.across);
        let name = painter.text(self.names[0]);
        let place = plane.width.saturating_sub(name.width() as u16) / 2;
        buffer.set_string(plane.x + place, below, &name, muted);
        buffer.set_string(plane.x, below, &low, muted);
        let end = plane.right().saturating_sub(high.len() as u16);
        buffer.set_string(end, below, &high, muted);
    }
}
