//! The page's text.
//!
//! ```text
//! The weight is 3.56 and the gradient 2.7.
//! The learning rate is 0.01.
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::{Painter, beyond};
use super::scroll::Extent;
use crate::explain::Line;
use crate::view::Screen;

/// Text is easiest to read in lines of at most this many columns.
const WIDEST: u16 = 78;

/// Draws the text; returns how many lines are left below.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    screen: &Screen,
    scroll: Option<usize>,
) -> usize {
    let lines = lines(screen, painter, area.width);
    let extent = Extent::new(lines.len(), area.height);
    let seen = painter.lines(&lines[extent.seen(scroll)]);
    frame.render_widget(seen, beyond(area, 1));
    extent.below(scroll)
}

/// The text, wrapped to a pane of `width` columns.
pub fn lines(screen: &Screen, painter: Painter, width: u16) -> Vec<Line> {
    painter.wrap(&screen.text, width.saturating_sub(2).min(WIDEST))
}
