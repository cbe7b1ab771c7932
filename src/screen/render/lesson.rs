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
    let seen = &lines.scrolled()[extent.seen(scroll)];
    frame.render_widget(painter.lines(seen), area);
    let mut rows = lines.above.max(seen.len()) as u16;
    for part in lines.staying() {
        frame.render_widget(painter.lines(part), below(area, rows));
        rows += part.len() as u16;
    }
    extent.below(scroll)
}

/// The rows that the text needs: its call, and as much of it as there is room for.
pub fn need(wrapped: &Wrapped, width: u16) -> Need {
    let page = wrapped.lesson(width);
    let [text, call, foot] =
        [page.text, page.call.len(), page.foot().len()].map(|rows| rows as u16);
    let gap = |rows: u16| if rows > 0 { rows + 1 } else { 0 };
    Need::of(gap(call) + LEAST.min(text), text + gap(call + foot))
}

/// The text of a page, wrapped.
pub struct PageLines {
    /// The text, and after an empty row its foot.
    lines: Vec<Line>,
    /// So many of the lines are text.
    text: usize,
    /// What the page calls to.
    call: Vec<Line>,
}

impl PageLines {
    /// The text of a screen in a pane of `width` columns.
    pub fn new(screen: &Screen, painter: Painter, width: u16) -> Self {
        let parts = [&screen.text, &screen.call, &screen.foot];
        let [mut lines, call, foot] = parts.map(|text| painter.wrap(text, width.min(WIDEST)));
        let text = lines.len();
        if !foot.is_empty() {
            lines.push(Line::new());
            lines.extend(foot);
        }
        Self { lines, text, call }
    }

    fn foot(&self) -> &[Line] {
        self.lines.get(self.text + 1..).unwrap_or_default()
    }
}

/// What is in the pane.
pub struct Lines {
    page: Rc<PageLines>,
    /// Whether the foot stays below the call; where it has no room there, it is scrolled to, behind the text.
    foot_stays: bool,
    /// So many lines of the call have room.
    call: usize,
    /// So many rows are above the call.
    above: usize,
    /// So many of them are for what is scrolled.
    room: usize,
}

impl Lines {
    /// The lines in a pane of this size.
    pub fn new(wrapped: &Wrapped, width: u16, height: u16) -> Self {
        let page = wrapped.lesson(width);
        let height = usize::from(height);
        let foot = page.foot().len();
        let foot_stays = page.text + page.call.len() + foot <= height;
        let call = page.call.len().min(height);
        let free = height - call - if foot_stays { foot } else { 0 };
        let scrolled = if foot_stays {
            page.text
        } else {
            page.lines.len()
        };
        // A row is between them where nothing is cut for it.
        let gap = usize::from(call > 0 && free > scrolled);
        let room = free - gap;
        let above = scrolled.min(room) + gap;
        Self {
            page,
            foot_stays,
            call,
            above,
            room,
        }
    }

    /// What is scrolled: the text, and the foot where that has no room of its own.
    fn scrolled(&self) -> &[Line] {
        let text = if self.foot_stays {
            self.page.text
        } else {
            self.page.lines.len()
        };
        &self.page.lines[..text]
    }

    /// What stays below it.
    fn staying(&self) -> [&[Line]; 2] {
        let foot = if self.foot_stays {
            self.page.foot()
        } else {
            &[]
        };
        [&self.page.call[..self.call], foot]
    }

    /// What of the text is in sight.
    pub fn extent(&self) -> Extent {
        Extent::new(self.scrolled().len(), self.room as u16)
    }
}
