//! The page's text.
//!
//! ```text
//! The weight is 3.56 and the gradient 2.7.
//! The learning rate is 0.01.
//! ```

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::{Painter, below};
use super::scroll::Extent;
use super::wrapped::Wrapped;
use crate::explain::Line;
use crate::screen::layout::Need;
use crate::view::Screen;

/// Text is easiest to read in lines of at most this many columns.
const WIDEST: u16 = 76;
/// So many rows of the text are in sight at least, where it has them.
const LEAST: u16 = 3;

/// Draws the text, and below it what the page calls to; returns how many lines of the text are left below.
pub fn draw(frame: &mut Frame, area: Rect, wrapped: &Wrapped, scroll: Option<usize>) -> usize {
    let painter = wrapped.painter;
    let lines = Lines::new(wrapped, area.width, area.height);
    let extent = lines.extent();
    let [text, call] = &*lines.wrapped;
    let seen = &text[extent.seen(scroll)];
    frame.render_widget(painter.lines(seen), area);
    let rows = lines.above.max(seen.len()) as u16;
    frame.render_widget(painter.lines(&call[..lines.call]), below(area, rows));
    extent.below(scroll)
}

/// The rows that the text needs: its call, and as much of it as there is room for.
pub fn need(wrapped: &Wrapped, width: u16) -> Need {
    let lines = wrapped.lesson(width);
    let [text, call] = [0, 1].map(|part| lines[part].len() as u16);
    let call = if call > 0 { call + 1 } else { 0 };
    Need::of(call + LEAST.min(text), text + call)
}

/// What is in the pane.
pub struct Lines {
    /// The text, which is scrolled, and the call below it, which stays.
    wrapped: Rc<[Vec<Line>; 2]>,
    /// So many lines of the call have room.
    call: usize,
    /// So many rows are above the call.
    above: usize,
    /// So many of them are for the text.
    room: usize,
}

impl Lines {
    /// The lines in a pane of this size.
    pub fn new(wrapped: &Wrapped, width: u16, height: u16) -> Self {
        let wrapped = wrapped.lesson(width);
        let height = usize::from(height);
        let call = wrapped[1].len().min(height);
        let free = height - call;
        // A row is between them where nothing is cut for it.
        let gap = usize::from(call > 0 && free > wrapped[0].len());
        let room = free - gap;
        let above = wrapped[0].len().min(room) + gap;
        Self {
            wrapped,
            call,
            above,
            room,
        }
    }

    /// What of the text is in sight.
    pub fn extent(&self) -> Extent {
        Extent::new(self.wrapped[0].len(), self.room as u16)
    }
}

/// The text and the call, wrapped to a pane of `width` columns.
pub fn wrapped(screen: &Screen, painter: Painter, width: u16) -> [Vec<Line>; 2] {
    [&screen.text, &screen.call].map(|text| painter.wrap(text, width.min(WIDEST)))
}
