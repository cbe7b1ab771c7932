//! The page's text.
//!
//! ```text
//! The weight is 3.56 and the gradient 2.7.
//! The learning rate is 0.01.
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::{Painter, below};
use super::scroll::Extent;
use crate::explain::Line;
use crate::screen::layout::Need;
use crate::view::Screen;

/// Text is easiest to read in lines of at most this many columns.
const WIDEST: u16 = 76;
/// So many rows of the text are in sight at least, where it has them.
const LEAST: u16 = 3;

/// Draws the text, and below it what the page calls to; returns how many lines of the text are left below.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    screen: &Screen,
    scroll: Option<usize>,
) -> usize {
    let lines = Lines::new(screen, painter, area.width, area.height);
    let extent = lines.extent();
    let seen = &lines.text[extent.seen(scroll)];
    frame.render_widget(painter.lines(seen), area);
    let rows = lines.above.max(seen.len()) as u16;
    frame.render_widget(painter.lines(&lines.call), below(area, rows));
    extent.below(scroll)
}

/// The rows that the text needs: its call, and as much of it as there is room for.
pub fn need(screen: &Screen, painter: Painter, width: u16) -> Need {
    let (text, call) = wrapped(screen, painter, width);
    let (text, call) = (text.len() as u16, call.len() as u16);
    let call = if call > 0 { call + 1 } else { 0 };
    Need::of(call + LEAST.min(text), text + call)
}

/// What is in the pane.
pub struct Lines {
    /// The text, which is scrolled.
    text: Vec<Line>,
    /// The call below it, which stays.
    call: Vec<Line>,
    /// So many rows are above the call.
    above: usize,
    /// So many of them are for the text.
    room: usize,
}

impl Lines {
    /// The lines in a pane of this size.
    pub fn new(screen: &Screen, painter: Painter, width: u16, height: u16) -> Self {
        let (text, mut call) = wrapped(screen, painter, width);
        let height = usize::from(height);
        call.truncate(height);
        let free = height - call.len();
        // A row is between them where there is one.
        let gap = usize::from(!call.is_empty() && free > 1);
        let room = free - gap;
        let above = text.len().min(room) + gap;
        Self {
            text,
            call,
            above,
            room,
        }
    }

    /// What of the text is in sight.
    pub fn extent(&self) -> Extent {
        Extent::new(self.text.len(), self.room as u16)
    }
}

/// The text and the call, wrapped to a pane of `width` columns.
fn wrapped(screen: &Screen, painter: Painter, width: u16) -> (Vec<Line>, Vec<Line>) {
    let width = width.min(WIDEST);
    (
        painter.wrap(&screen.text, width),
        painter.wrap(&screen.call, width),
    )
}
