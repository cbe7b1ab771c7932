//! What is said of a run that plays: the row at the foot, and under the picture how a race stands.
//!
//! ```text
//! ─ Way done ─────────────────────────────────────────────── goal: loss < 0.001 ─
//! ● no momentum   ━━━━━━━━━━━━━━──────────────────────────────────◎   7.1 to go
//! ▲ momentum 0.8  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━────────────────◎   3.1 to go
//!
//! ▶ playing   8 updates a second   Space pause  . faster  , slower
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::paint::{Painter, above, shortened};
use super::pictures::{mark, series_style};
use super::status;
use crate::command::{Occasion, On};
use crate::explain::{Quantity, Role};
use crate::session::{Race, Racer};

/// A picture keeps at least so many rows, and so many more where the run from before stands in its legend.
const PICTURE: (u16, u16) = (10, 3);

/// Draws the row at the foot while a run plays.
pub fn draw(frame: &mut Frame, area: Rect, painter: Painter, pace: &str, occasion: Occasion) {
    let text = painter.text(&format!(" ▶ playing   {pace}  "));
    let width = (text.width() as u16).min(area.width);
    let state = TuiSpan::styled(text, painter.style(Role::Strong));
    frame.render_widget(state, Rect { width, ..area });
    let keys = Rect {
        x: area.x + width,
        width: area.width - width,
        ..area
    };
    status::draw_hints(frame, keys, painter, On::Playing, occasion);
}

/// Draws how a race stands in the lowest rows of a picture's area, where there is room; what is left is the picture's.
pub fn draw_race(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    race: &Race,
    turned: bool,
) -> Rect {
    let bars = race.runs.len() as u16 + 1;
    let picture = PICTURE.0 + if turned { PICTURE.1 } else { 0 };
    if area.height < picture + bars {
        return area;
    }
    let left = above(area, bars);
    let place = Rect {
        y: left.bottom(),
        height: bars,
        ..area
    };
    frame.render_widget(Paragraph::new(way_done(race, painter, area.width)), place);
    left
}

fn way_done(race: &Race, painter: Painter, width: u16) -> Vec<TuiLine<'static>> {
    let width = usize::from(width);
    let goal = painter.text(&format!(" goal: {} ─", race.goal));
    let head = painter.text("─ Way done ");
    let goal = shortened(&goal, width.saturating_sub(head.width()));
    let gap = width.saturating_sub(head.width() + goal.width());
    let rule = painter.text(&"─".repeat(gap));
    let mut lines = vec![TuiLine::styled(
        format!("{head}{rule}{goal}"),
        painter.muted(),
    )];
    let longest = |of: fn(&Racer) -> &str| {
        let widths = race
            .runs
            .iter()
            .map(|racer| painter.text(of(racer)).width());
        widths.max().unwrap_or(0)
    };
    let name = longest(|racer| &racer.name).min(width / 3);
    let left = longest(|racer| &racer.left);
    let bar = width.saturating_sub(name + left + 7);
    lines.extend(race.runs.iter().map(|racer| {
        let done = (racer.done * bar as f64).floor() as usize;
        let padded = |text: &str, width: usize| {
            let text = shortened(&painter.text(text), width);
            let gap = width.saturating_sub(text.width());
            text + &" ".repeat(gap)
        };
        let told = painter.text(&racer.left);
        // As the run is drawn in the picture.
        let style = series_style(painter, racer.drawn, racer.current, Quantity::After);
        let mark = painter.text(mark(racer.drawn, racer.current));
        TuiLine::from(vec![
            TuiSpan::styled(format!("{mark} {}  ", padded(&racer.name, name)), style),
            TuiSpan::styled(painter.text(&"━".repeat(done)), style),
            TuiSpan::styled(painter.text(&"─".repeat(bar - done)), painter.muted()),
            TuiSpan::raw(format!("{}  {told:>left$}", painter.text("┤"))),
        ])
    }));
    lines
}
