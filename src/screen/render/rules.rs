//! The lines between panes: over each its heading, beside one another a column.
//!
//! ```text
//! ─ The momentum step ──────┬─ Update 1 · w ─────────
//!  With momentum an update  │  from w 3.56
//! ─ Code · Python ──────────┤  g   gradient
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::paint::Painter;
use crate::screen::theme;
use crate::view::Heading;

/// Draws the line over a pane: its heading, and at its end as many of the notes as have room, the first first.
pub fn draw_heading(
    frame: &mut Frame,
    row: Rect,
    painter: Painter,
    heading: &Heading,
    notes: &[Heading],
    focused: bool,
) {
    draw_rule(frame, row, painter, focused);
    let inner = usize::from(row.width.saturating_sub(4));
    let heading = heading.map(|text| painter.text(text));
    // A mark that something is out of sight is never left out for a longer heading.
    let least = |notes: &[Heading]| -> usize {
        let widths = notes
            .iter()
            .map(|note| note.map(|text| painter.text(text)).least() + 3);
        widths.sum()
    };
    let title = heading.fitted(inner.saturating_sub(least(&notes[..notes.len().min(1)])));
    let mut room = inner.saturating_sub(title.width() + 1);
    let mut said = Vec::new();
    for note in notes {
        let note = note
            .map(|text| painter.text(text))
            .fitted(room.saturating_sub(3));
        if note.is_empty() {
            break;
        }
        room -= note.width() + 3;
        said.push(note);
    }
    let style = Style::reset().add_modifier(Modifier::BOLD);
    put(
        frame,
        row.x + 1,
        row,
        Span::styled(format!(" {title} "), style),
    );
    let mut end = row.right().saturating_sub(1);
    for note in said {
        end -= note.width() as u16 + 2;
        put(
            frame,
            end,
            row,
            Span::styled(format!(" {note} "), painter.muted()),
        );
        end -= 1;
    }
}

/// Draws a line from end to end.
pub fn draw_rule(frame: &mut Frame, row: Rect, painter: Painter, focused: bool) {
    let (sign, _) = painter.look.glyphs.rule(focused);
    let line = sign.repeat(usize::from(row.width));
    put(
        frame,
        row.x,
        row,
        Span::styled(line, theme::border(painter.look.palette(), focused)),
    );
}

/// Draws the column between panes; it meets the lines of these rows, on the left and on the right.
pub fn draw_divider(frame: &mut Frame, area: Rect, painter: Painter, left: &[u16], right: &[u16]) {
    let style = theme::border(painter.look.palette(), false);
    // The row below belongs to what lies across.
    for y in area.y..=area.bottom() {
        let below = y == area.bottom();
        let arms = [left.contains(&y), right.contains(&y), y > area.y, !below];
        // A heading's words are not parted by it.
        let (rule, strong) = [false, true]
            .map(|it| painter.look.glyphs.rule(it).0)
            .into();
        let mut is_rule = |at: (u16, u16)| {
            let cell = frame.buffer_mut().cell(at);
            cell.is_some_and(|cell| [rule, strong].contains(&cell.symbol()))
        };
        if below && !(arms[0] && arms[1] && is_rule((area.x, y))) {
            continue;
        }
        let sign = painter.look.glyphs.junction(arms);
        put(
            frame,
            area.x,
            Rect {
                y,
                height: 1,
                ..frame.area()
            },
            Span::styled(sign, style),
        );
    }
}

/// Puts a text into a row, from a column on.
fn put(frame: &mut Frame, x: u16, row: Rect, text: Span) {
    let area = Rect {
        x,
        width: row.right().saturating_sub(x),
        height: 1,
        ..row
    };
    frame.render_widget(text, area.intersection(frame.area()));
}
