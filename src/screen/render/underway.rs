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
    let (area, painter) = (frame.area(), Painter { look });
    for place in area.intersection(behind.area).positions() {
        frame.buffer_mut()[place] = behind[place].clone();
    }
    let stops = format!("{} stops.", key_for(Deed::Close, On::Travelling));
    let line = Line::plain(format!("{progress}. ")).with(stops, Role::Strong);
    let lines = painter.wrap_line(line, area.width.saturating_sub(2));
    let height = u16::try_from(lines.len()).unwrap_or(1).min(area.height);
    let foot = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    frame.render_widget(Clear, foot);
    frame.render_widget(painter.lines(&lines), beyond(foot, 1));
    look.glyphs.finish(frame.buffer_mut());
}
