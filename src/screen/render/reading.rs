//! Something longer to read, in front of the panes.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect, Size};
use ratatui::text::Line as TuiLine;
use ratatui::widgets::Clear;

use super::paint::Painter;
use super::scroll::Extent;
use crate::screen::layout::Areas;
use crate::screen::{Look, Window};
use crate::view::Sheet;

const WIDEST: u16 = 84;

/// Draws the text in a window over the panes.
pub fn draw(frame: &mut Frame, areas: &Areas, painter: Painter, window: &Window) {
    let width = areas.body.width.min(WIDEST);
    let (sheet, scroll) = (&window.sheet, window.scroll);
    let lines = painter.wrap(&sheet.text, width - 4);
    let height = (lines.len() as u16)
        .saturating_add(2)
        .min(areas.body.height);
    let area = Rect {
        x: areas.body.x + (areas.body.width - width) / 2,
        y: areas.body.y + (areas.body.height - height) / 2,
        width,
        height,
    };
    let extent = Extent::new(lines.len(), height - 2);
    let (seen, below) = (extent.seen(Some(scroll)), extent.below(Some(scroll)));
    let title = TuiLine::from(format!(" {} ", painter.text(&sheet.title)));
    let block = painter.with_more(painter.block(title, true), below, true);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    frame.render_widget(painter.lines(&lines[seen]), area.inner(Margin::new(2, 1)));
}

/// How many lines of the text do not fit on a screen of `size`.
pub fn overflow(sheet: &Sheet, size: Size, look: Look) -> usize {
    let (width, height) = (size.width.min(WIDEST), size.height.saturating_sub(3));
    if width < 4 {
        return 0;
    }
    let lines = Painter { look }.wrap(&sheet.text, width - 4).len();
    lines.saturating_sub(usize::from(height.saturating_sub(2)))
}
