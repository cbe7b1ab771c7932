//! The update, line by line.
//!
//! ```text
//!   g   gradient       given             2.7
//!   Δ   delta          0.01 × 2.7      = 0.027
//!   w′  plain weight   3.56 + 0.027    = 3.587
//!   μm  momentum term  0.5 × 0.044     = 0.022
//! ▸ w″  new weight     3.587 + 0.022   = ?
//!   m′  next delta
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line as TuiLine;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::paint::Painter;
use super::scroll::Extent;
use crate::explain::{Line, Role, Span};
use crate::view::{Screen, UpdateRow, UpdateView, Value};

const MARK: usize = 2;
/// So many lines the notes take at most, but for long watches.
const MOST_NOTES: usize = 3;
/// In a wider pane the values stay near their formulas.
const WIDEST: usize = 62;
/// Columns of the words at least.
const WORDS: usize = 15;

/// Draws the update; returns how many lines are left below, and whether what the run does is in sight.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    screen: &Screen,
    scroll: Option<usize>,
) -> (usize, bool) {
    let lines = Lines::new(screen, area.width, area.height, painter);
    let extent = lines.extent(area.height);
    let seen = extent.seen(scroll);
    let is_in_sight = lines.verdict.clone().all(|line| seen.contains(&line));
    let next = (!lines.next.is_empty()).then_some(lines.next.start);
    let paint = |index: usize| painter.row(&lines.table[index], next == Some(index));
    let notes = lines.notes.iter().map(|line| painter.line(line));
    let painted: Vec<TuiLine> = seen.map(paint).chain(notes).collect();
    frame.render_widget(Paragraph::new(painted), area);
    (extent.below(scroll), is_in_sight)
}

/// The lines of a pane.
pub struct Lines {
    /// What is scrolled.
    table: Vec<Line>,
    /// The lines of it that come next, or that were the last.
    next: Range<usize>,
    /// What stays below the table where there is no room for all.
    notes: Vec<Line>,
    /// The lines of the table that tell what the run does, where that is not among the notes.
    verdict: Range<usize>,
}

impl Lines {
    /// The lines of a pane of this size inside its border.
    pub fn new(screen: &Screen, width: u16, height: u16, painter: Painter) -> Self {
        let (update, verdict) = (&screen.update, screen.seen.as_ref());
        let in_border = |line: &Line| painter.has_room_for_note(&line.text(), width + 2);
        let width = usize::from(width);
        let inside = |line: &Line| {
            let mut lines = painter.wrap_line(line.clone(), width.saturating_sub(4) as u16);
            for line in &mut lines {
                line.spans.insert(0, Span::new("  ", Role::Plain));
            }
            lines
        };
        let mut table = inside(&update.given);
        let given = table.len();
        let mut next = 0..0;
        for row in &update.rows {
            let start = table.len();
            table.extend(row_lines(row, update, width, painter));
            if row.next {
                next = start..table.len();
            }
        }
        if update.rows.iter().all(|row| !row.next) {
            next = table.len()..table.len();
        }
        let explained = usize::from(update.result.is_some()) + 1;
        let before = explained + update.watched.len();
        let notes = update.result.iter().chain([&update.meaning]);
        let notes = notes.chain(&update.watched).chain(&update.behaviour);
        let mut notes: Vec<Vec<Line>> = notes.map(inside).collect();
        let height = usize::from(height);
        // Where there is room for them at every moment, empty lines set the parts apart.
        if height >= table.len() + MOST_NOTES + 2 {
            table.insert(given, Line::new());
            table.push(Line::new());
            next = next.start + 1..next.end + 1;
        }
        // What has just been shown is explained, however long the table is; no note is cut in two.
        let room = match height.checked_sub(table.len()) {
            Some(room) if room >= notes.iter().map(Vec::len).sum() => room,
            _ => (height / 4).max(1),
        };
        let mut used = 0;
        let fitting = notes.iter().take_while(|note| {
            used += note.len();
            used <= room
        });
        let mut rest = notes.split_off(fitting.count().max(explained));
        let mut place = verdict.and_then(|_| before.checked_sub(notes.len()));
        if let Some(told) = place.take_if(|_| !verdict.is_some_and(in_border)) {
            // What the run does is told whole, beside the line that comes next, if need be instead of other notes.
            let told = rest.remove(told);
            let most = height.saturating_sub(told.len() + next.len() + 1);
            while notes.iter().map(Vec::len).sum::<usize>() > most
                && let Some(note) = notes.pop()
            {
                rest.insert(0, note);
            }
            notes.push(told);
        }
        let mut verdict = 0..0;
        if !rest.is_empty() {
            // Below what is followed one line more is in sight, and that is this one.
            table.push(Line::new());
        }
        for (index, note) in rest.into_iter().enumerate() {
            if place == Some(index) {
                verdict = table.len()..table.len() + note.len();
            }
            table.extend(note);
        }
        let notes = notes.into_iter().flatten().collect();
        Self {
            table,
            next,
            notes,
            verdict,
        }
    }

    /// What of the table is in sight: what comes next.
    pub fn extent(&self, height: u16) -> Extent {
        let height = height.saturating_sub(self.notes.len() as u16);
        Extent::new(self.table.len(), height).following(self.next.clone())
    }
}

/// One row of the table, on two lines where its formula leaves no room for its value.
fn row_lines(row: &UpdateRow, update: &UpdateView, width: usize, painter: Painter) -> Vec<Line> {
    let later = row.value == Value::Later;
    let role = if later { Role::Muted } else { row.role };
    let mut line = Line::plain(if row.next { "▸ " } else { "  " });
    pad(&mut line, MARK, painter);
    line.push(row.symbol.clone(), role);
    let symbols = update
        .rows
        .iter()
        .map(|row| painter.text(&row.symbol).width());
    let symbols = symbols.max().unwrap_or(0);
    pad(&mut line, MARK + symbols + 1, painter);
    line.push(row.words.clone(), role);
    let words = update.rows.iter().map(|row| row.words.width() + 1);
    let words = words.max().unwrap_or(0).max(WORDS);
    pad(&mut line, MARK + symbols + 1 + words, painter);
    line.spans.extend(row.formula.spans.iter().cloned());

    let computed = row
        .formula
        .spans
        .iter()
        .all(|span| span.role != Role::Muted);
    let (value, role) = match &row.value {
        Value::Shown(text) => (text.clone(), row.role),
        Value::Asked => ("?".to_owned(), Role::Question),
        Value::Later => return vec![line],
    };
    let column = width.min(WIDEST).saturating_sub(value_width(update) + 3);
    let mut lines = Vec::new();
    if painter.width(&line) + 1 > column {
        // Wrapped at its spaces, a formula is never cut inside a number.
        line.indent = MARK + symbols + 1;
        lines.extend(painter.wrap_line(std::mem::take(&mut line), width as u16));
    }
    pad(&mut line, column, painter);
    let sign = match (computed, row.adds_up || row.value == Value::Asked) {
        (false, _) => "  ",
        (true, true) => "= ",
        (true, false) => "≈ ",
    };
    line.push(sign, Role::Plain);
    line.push(value, role);
    lines.push(line);
    lines
}

fn value_width(update: &UpdateView) -> usize {
    let widths = update.rows.iter().map(|row| match &row.value {
        Value::Shown(text) => text.len(),
        Value::Asked | Value::Later => 1,
    });
    widths.max().unwrap_or(1).max(8)
}

/// Fills the line up to `column`.
fn pad(line: &mut Line, column: usize, painter: Painter) {
    let used = painter.width(line);
    line.push(" ".repeat(column.saturating_sub(used)), Role::Plain);
}
