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
    draw_sheet(frame, areas.body, painter, &window.sheet, window.scroll);
}

/// Draws a text in a box over what stands in `body`.
pub fn draw_sheet(frame: &mut Frame, body: Rect, painter: Painter, sheet: &Sheet, scroll: usize) {
    let width = body.width.min(WIDEST);
    let lines = painter.wrap(&sheet.text, width - 4);
    let height = (lines.len() as u16).saturating_add(2).min(body.height);
    let area = Rect {
        x: body.x + (body.width - width) / 2,
        y: body.y + (body.height - height) / 2,
        width,
        height,
    };
    let extent = Extent::new(lines.len(), height - 2);
    let (seen, below) = (extent.seen(Some(scroll)), extent.below(Some(scroll)));
    let title = TuiLine::from(format!(" {} ", painter.text(&sheet.title)));
    let block = painter.with_more(painter.block(title, true), below, true);
    // No slivers of words stand beside it.
    let across = Rect {
        x: body.x,
        width: body.width,
        ..area
    };
    frame.render_widget(Clear, across);
    frame.render_widget(block, area);
    frame.render_widget(painter.lines(&lines[seen]), area.inner(Margin::new(2, 1)));
}

/// How many lines of the text do not fit on a screen of `size`.
pub fn overflow(sheet: &Sheet, size: Size, look: Look) -> usize {
    let (width, height) = (size.width, size.height.saturating_sub(3));
    let body = Rect::new(0, 0, width, height);
    overflow_in(sheet, body, Painter { look })
}

/// How many lines of a text do not fit into a box over `body`.
pub fn overflow_in(sheet: &Sheet, body: Rect, painter: Painter) -> usize {
    let width = body.width.min(WIDEST);
    if width < 4 {
        return 0;
    }
    let lines = painter.wrap(&sheet.text, width - 4).len();
    lines.saturating_sub(usize::from(body.height.saturating_sub(2)))
}
