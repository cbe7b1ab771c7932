//! What is seen while something takes long: the screen as it was, and at its foot how far it is.
//!
//! ```text
//!  1200 of 100000 updates made. Esc stops.
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::paint::{Painter, beyond};
use crate::command::{Deed, On, key_for};
use crate::explain::{Line, Role};
use crate::screen::Look;
use crate::watch::Progress;

/// Draws how far something is over a screen, which may have had another size.
pub fn draw_underway(frame: &mut Frame, behind: &Buffer, progress: &Progress, look: Look) {
    for place in frame.area().intersection(behind.area).positions() {
        frame.buffer_mut()[place] = behind[place].clone();
    }
    let line = stoppable(progress);
    draw_progress(frame, &line, look, false);
}

/// How far something is that a key stops.
pub fn stoppable(progress: &Progress) -> Line {
    let stops = format!("{} stops.", key_for(Deed::Close, On::Travelling));
    Line::plain(format!("{progress}. ")).with(stops, Role::Strong)
}

/// Draws how far something is over what has been drawn: at the foot, or in a corner at the top where the foot is needed.
pub fn draw_progress(frame: &mut Frame, line: &Line, look: Look, at_top: bool) {
    let (area, painter) = (frame.area(), Painter { look });
    let lines = painter.wrap_line(line.clone(), area.width.saturating_sub(2));
    let height = u16::try_from(lines.len()).unwrap_or(1).min(area.height);
    let rows = if at_top {
        let width = (painter.width(line) as u16).saturating_add(2);
        let width = width.min(area.width);
        let x = area.right() - width;
        Rect {
            x,
            width,
            height,
            ..area
        }
    } else {
        let y = area.bottom() - height;
        Rect { y, height, ..area }
    };
    frame.render_widget(Clear, rows);
    frame.render_widget(painter.lines(&lines), beyond(rows, 1));
    look.glyphs.finish(frame.buffer_mut());
}
