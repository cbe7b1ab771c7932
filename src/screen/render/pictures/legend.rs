//! What the signs of a picture mean: beside it where there is width, else below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::screen::render::paint::{Painter, above, beyond};

/// From this width on there is room beside the picture,
const WIDE: u16 = 60;
/// for so many columns.
const COLUMNS: u16 = 26;
/// Between entries side by side.
const GAP: &str = "  ";

/// Where a legend is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Legend {
    place: Rect,
    beside: bool,
}

impl Legend {
    /// The place of a picture in an area, and that of its legend.
    pub fn split(area: Rect) -> (Rect, Self) {
        let beside = area.width >= WIDE;
        let (picture, place) = if beside {
            let width = area.width - COLUMNS.min(area.width / 3);
            (Rect { width, ..area }, beyond(area, width + 1))
        } else {
            let height = (area.height / 5).clamp(1, 3).min(area.height);
            let picture = above(area, height);
            let y = picture.bottom();
            (picture, Rect { y, height, ..area })
        };
        (picture, Self { place, beside })
    }

    /// The same for a picture that is better wide: the legend is beside it only where there are few rows.
    pub fn under(area: Rect) -> (Rect, Self) {
        /// Where there are more, two of them are spared.
        const FEW: u16 = 14;
        if area.width < WIDE || area.height < FEW {
            return Self::split(area);
        }
        let picture = above(area, 2);
        let place = Rect {
            y: picture.bottom(),
            height: 2,
            ..area
        };
        let beside = false;
        (picture, Self { place, beside })
    }

    /// Draws as many of the entries as have room, the first ones.
    pub fn draw(self, frame: &mut Frame, entries: &[TuiLine<'static>]) {
        let [width, height] = [self.place.width, self.place.height].map(usize::from);
        let rows = if self.beside {
            let entries = entries.iter().take(height);
            entries.map(|entry| fitted(entry, width)).collect()
        } else {
            rows(entries, width, height)
        };
        frame.render_widget(Paragraph::new(rows), self.place);
    }
}

/// An entry: a sign and words.
pub fn entry(painter: Painter, sign: &str, words: &str, style: Style) -> TuiLine<'static> {
    let text = painter.text(&format!("{sign} {words}"));
    TuiLine::from(TuiSpan::styled(text, style))
}

/// Entries side by side, as many as fit on so many rows.
pub fn rows(entries: &[TuiLine<'static>], width: usize, most: usize) -> Vec<TuiLine<'static>> {
    let mut rows: Vec<TuiLine> = Vec::new();
    for entry in entries {
        let full = rows.len() == most;
        match rows.last_mut() {
            Some(row) if row.width() + GAP.len() + entry.width() <= width => {
                row.push_span(GAP);
                row.spans.extend(entry.spans.iter().cloned());
            }
            _ if full => break,
            _ => {
                let mut row = TuiLine::from(" ");
                row.extend(fitted(entry, width.saturating_sub(1)));
                rows.push(row);
            }
        }
    }
    rows
}

/// An entry that is no wider than this. It is never cut inside a number: what is left ends where a name or a value
/// ends.
pub fn fitted(entry: &TuiLine<'static>, width: usize) -> TuiLine<'static> {
    const MORE: &str = "...";
    if entry.width() <= width {
        return entry.clone();
    }
    let text = entry.to_string();
    let mut used = MORE.len();
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= width
    };
    let short: String = text.chars().take_while(fits).collect();
    let end = short.rfind([',', '=', ' ']).unwrap_or(0);
    let style = entry.spans.first().map_or(Style::new(), |span| span.style);
    let text = format!("{}{MORE}", &short[..end]);
    debug_assert!(text.width() <= width.max(MORE.len()));
    TuiLine::from(TuiSpan::styled(text, style))
}
