//! The code, with a mark at the line that comes next.
//!
//! ```text
//!   delta = learnRate * ihGrads[i,j]
//!   ihWeights[i,j] += delta
//! ▸ ihWeights[i,j] += momentum * ihPrevDelta[i,j]
//!   ihPrevDelta[i,j] = delta
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line as TuiLine;
use ratatui::widgets::Paragraph;

use super::paint::Painter;
use super::scroll::Extent;
use super::wrapped::Wrapped;
use crate::explain::Line;
use crate::view::CodeView;

/// Draws the code; returns how many lines are left below.
pub fn draw(frame: &mut Frame, area: Rect, wrapped: &Wrapped, scroll: Option<usize>) -> usize {
    let (painter, lines) = (wrapped.painter, wrapped.code(area.width));
    let extent = extent(&lines, area.height);
    let seen = lines[extent.seen(scroll)].iter();
    let painted: Vec<TuiLine> = seen
        .map(|(line, current)| painter.row(line, *current))
        .collect();
    frame.render_widget(Paragraph::new(painted), area);
    extent.below(scroll)
}

/// What of these lines is in sight: what comes next.
pub fn extent(lines: &[(Line, bool)], height: u16) -> Extent {
    let first = lines.iter().position(|(_, current)| *current);
    let last = lines.iter().rposition(|(_, current)| *current);
    let follow = first.unwrap_or(0)..last.map_or(0, |last| last + 1);
    Extent::new(lines.len(), height).following(follow)
}

/// The code, wrapped to a pane of `width` columns, and whether each line belongs to what comes next.
pub fn lines(code: &CodeView, painter: Painter, width: u16) -> Vec<(Line, bool)> {
    let rows = code.listing.lines.iter().enumerate();
    let lines = rows.flat_map(|(index, row)| {
        let current = code.current == Some(index);
        let mut line = Line::plain(if current { "▸ " } else { "  " });
        line.spans.extend(row.code.spans.iter().cloned());
        line.indent = 6;
        let wrapped = painter.wrap_line(line, width);
        wrapped.into_iter().map(move |line| (line, current))
    });
    lines.collect()
}
