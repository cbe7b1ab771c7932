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

use super::paint::{Painter, beyond};
use super::scroll::Extent;
use super::wrapped::Wrapped;
use crate::explain::{Line, Role, Span};
use crate::screen::layout::Need;
use crate::view::{UpdateRow, UpdateView, Value, break_formula};

const MARK: usize = 2;
/// Where formulas are short, the values stand at the same column in each update.
const USUAL: usize = 62;
/// Columns of the words at least.
const WORDS: usize = 14;
/// Columns of the sign before the value.
const SIGN: usize = 2;
/// Columns that a formula has at least.
const FORMULA: usize = 12;

/// Draws the update; returns how many lines are left below.
pub fn draw(frame: &mut Frame, area: Rect, wrapped: &Wrapped, scroll: Option<usize>) -> usize {
    let painter = wrapped.painter;
    let lines = Lines::new(wrapped, area.width, area.height);
    let extent = lines.extent(area.height);
    let seen = extent.seen(scroll);
    let next = (!lines.next.is_empty()).then_some(lines.next.start);
    let paint = |index: usize| painter.row(&lines.table[index], next == Some(index));
    let notes = lines.notes.iter().map(|line| painter.line(line));
    let painted: Vec<TuiLine> = seen.map(paint).chain(notes).collect();
    frame.render_widget(Paragraph::new(painted), area);
    extent.below(scroll)
}

/// The place of the number that comes next, where its line is in sight.
pub fn field(area: Rect, wrapped: &Wrapped, scroll: Option<usize>) -> Option<Rect> {
    let lines = Lines::new(wrapped, area.width, area.height);
    let seen = lines.extent(area.height).seen(scroll);
    let last = lines.next.end.checked_sub(1)?;
    let column = wrapped.update(area.width).columns.value + SIGN;
    let row = Rect {
        y: area.y + last.checked_sub(seen.start)? as u16,
        height: 1,
        ..beyond(area, column as u16)
    };
    (seen.contains(&last) && row.width > 0).then_some(row)
}

/// The rows that the update needs: its longest line; what is shown and one line that comes; all of it.
pub fn need(wrapped: &Wrapped, width: u16) -> Need {
    let (update, table) = (&wrapped.screen.update, wrapped.update(width));
    let heights: Vec<usize> = table.ahead.iter().map(Vec::len).collect();
    let (given, notes) = (table.given.len(), &table.notes);
    let told: usize = notes.iter().map(Vec::len).sum();
    let meaning = |line: &Line| inside(line, width, wrapped.painter).len();
    let longest = update.meanings.iter().map(meaning).max().unwrap_or(0);
    let others: usize = notes[explained(update)..].iter().map(Vec::len).sum();
    let shown = update.rows.iter().position(|row| row.next);
    let shown = shown.map_or(heights.len(), |next| (next + 2).min(heights.len()));
    let lines = given + heights.iter().sum::<usize>();
    let all = lines + longest + others + 1;
    let now = given + heights[..shown].iter().sum::<usize>() + told;
    Need {
        least: heights.iter().max().map_or(1, |most| *most as u16),
        now: now as u16,
        lines: lines as u16,
        whole: all.max(now) as u16,
    }
}

/// What is in a pane of a width.
pub struct Table {
    columns: Columns,
    /// What the update starts from.
    given: Vec<Line>,
    /// Each of its rows as it is once it is shown.
    ahead: Vec<Vec<Line>>,
    /// What is said below them; see [`notes`].
    notes: Vec<Vec<Line>>,
}

impl Table {
    pub fn new(update: &UpdateView, painter: Painter, width: u16) -> Self {
        let columns = Columns::new(update, usize::from(width), painter);
        let ahead = update.ahead.iter();
        Self {
            given: inside(&update.given, width, painter),
            ahead: ahead.map(|row| columns.lines(row, painter)).collect(),
            notes: notes(update, width, painter),
            columns,
        }
    }

    /// A row by its place as it is now.
    fn row(&self, index: usize, row: &UpdateRow, painter: Painter) -> Vec<Line> {
        if row.next || row.value == Value::Later {
            self.columns.lines(row, painter)
        } else {
            self.ahead[index].clone()
        }
    }
}

/// What is said of the update below its lines: what it comes to, what the last line means, and what else is watched.
fn notes(update: &UpdateView, width: u16, painter: Painter) -> Vec<Vec<Line>> {
    let notes = update.result.iter().chain([&update.meaning]);
    let notes = notes.chain(&update.watched).chain(&update.expected);
    notes.map(|line| inside(line, width, painter)).collect()
}

/// So many of the notes explain the line shown last.
fn explained(update: &UpdateView) -> usize {
    usize::from(update.result.is_some()) + 1
}

/// A line of words below the marks.
fn inside(line: &Line, width: u16, painter: Painter) -> Vec<Line> {
    let mut lines = painter.wrap_line(line.clone(), width.saturating_sub(MARK as u16));
    for line in &mut lines {
        line.spans.insert(0, Span::new("  ", Role::Plain));
    }
    lines
}

/// The lines of a pane.
pub struct Lines {
    /// What is scrolled.
    table: Vec<Line>,
    /// The lines of it that come next, or that were the last.
    next: Range<usize>,
    /// What stays below the table where there is no room for all.
    notes: Vec<Line>,
}

impl Lines {
    /// The lines of a pane of this size.
    pub fn new(wrapped: &Wrapped, width: u16, height: u16) -> Self {
        let (update, laid) = (&wrapped.screen.update, wrapped.update(width));
        let mut table = laid.given.clone();
        let given = table.len();
        let mut next = 0..0;
        for (index, row) in update.rows.iter().enumerate() {
            let start = table.len();
            table.extend(laid.row(index, row, wrapped.painter));
            if row.next {
                next = start..table.len();
            }
        }
        if update.rows.iter().all(|row| !row.next) {
            next = table.len()..table.len();
        }
        let mut notes = laid.notes.clone();
        let height = usize::from(height);
        let told: usize = notes.iter().map(Vec::len).sum();
        // Where there is room for them, empty lines set the parts apart.
        if height >= table.len() + told + 2 {
            table.insert(given, Line::new());
            table.push(Line::new());
            next = next.start + 1..next.end + 1;
        }
        // What has just been shown is explained, however long the table is; no note is cut in two, and none takes room
        // from the line that comes next.
        let room = match height.checked_sub(table.len()) {
            Some(room) if room >= told => room,
            _ => (height / 3).min(height.saturating_sub(next.len().max(1) + 2)),
        };
        let mut used = 0;
        let fitting = notes.iter().take_while(|note| {
            used += note.len();
            used <= room
        });
        let rest = notes.split_off(fitting.count());
        if !rest.is_empty() {
            // Below what is followed one line more is in sight, and that is this one.
            table.push(Line::new());
        }
        table.extend(rest.into_iter().flatten());
        let notes = notes.into_iter().flatten().collect();
        Self { table, next, notes }
    }

    /// What of the table is in sight: what comes next.
    pub fn extent(&self, height: u16) -> Extent {
        let height = height.saturating_sub(self.notes.len() as u16);
        Extent::new(self.table.len(), height).following(self.next.clone())
    }
}

/// Where the parts of each row begin. They are the same whichever lines have been shown.
struct Columns {
    words: usize,
    formula: usize,
    /// Of the sign before the value.
    value: usize,
}

impl Columns {
    fn new(update: &UpdateView, width: usize, painter: Painter) -> Self {
        let widest = |part: &dyn Fn(&UpdateRow) -> usize| update.ahead.iter().map(part).max();
        let symbols = widest(&|row| painter.text(&row.symbol).width()).unwrap_or(0);
        let words = widest(&|row| row.words.width() + 1).unwrap_or(0).max(WORDS);
        let longest = widest(&|row| painter.width(&row.formula)).unwrap_or(0);
        let value = widest(&|row| value_text(row).map_or(0, str::len)).unwrap_or(0);
        let most = width.saturating_sub(value.max(8) + 3);
        let usual = most.min(USUAL.saturating_sub(value.max(8) + 3));
        let (words, formula) = (MARK + symbols + 1, MARK + symbols + 1 + words);
        Self {
            words,
            formula,
            value: (formula + longest + 1).clamp(usual, most),
        }
    }

    /// One row of the table, on several lines where its formula leaves no room for its value: each but the last ends before
    /// an operator.
    fn lines(&self, row: &UpdateRow, painter: Painter) -> Vec<Line> {
        let later = row.value == Value::Later;
        let role = if later { Role::Muted } else { row.role };
        let mut line = Line::plain(if row.next { "▸ " } else { "  " });
        pad(&mut line, MARK, painter);
        line.push(row.symbol.clone(), role);
        pad(&mut line, self.words, painter);
        line.push(row.words.clone(), role);
        let Some(value) = value_text(row) else {
            return vec![line];
        };
        let mut formula = row.formula.clone();
        painter.write(&mut formula);
        let room = self.value.saturating_sub(self.formula + 1);
        let mut lines = Vec::new();
        let mut begin = self.formula;
        if painter.width(&formula) > room && self.is_better_below(&formula, room) {
            lines.push(std::mem::take(&mut line));
            begin = self.words;
        }
        let room = self.value.saturating_sub(begin + 1).max(1);
        for (index, part) in break_formula(&formula, room).into_iter().enumerate() {
            if index > 0 {
                lines.push(std::mem::take(&mut line));
            }
            pad(&mut line, begin, painter);
            line.spans.extend(part.spans);
        }
        let computed = (row.formula.spans.iter()).all(|span| span.role != Role::Muted);
        let sign = match (computed, row.adds_up || row.value == Value::Asked) {
            (false, _) => "  ",
            (true, true) => "= ",
            (true, false) => "≈ ",
        };
        if painter.width(&line) + 1 > self.value {
            lines.push(std::mem::take(&mut line));
        }
        pad(&mut line, self.value, painter);
        line.push(sign, Role::Plain);
        let role = match row.value {
            Value::Asked => Role::Question,
            Value::Shown(_) | Value::Later => row.role,
        };
        line.push(value, role);
        lines.push(line);
        lines
    }

    /// Whether a formula that is wider than its column is better told below its words: where the column is narrow, where
    /// that takes fewer rows, or tears no brackets.
    fn is_better_below(&self, formula: &Line, room: usize) -> bool {
        if room < FORMULA.max(longest_piece(formula)) {
            return true;
        }
        let beside = break_formula(formula, room);
        let below = break_formula(formula, self.value - self.words - 1);
        below.len() + 1 < beside.len() || is_torn(&beside) && !is_torn(&below)
    }
}

/// Whether brackets are torn where a formula is broken.
fn is_torn(parts: &[Line]) -> bool {
    parts.iter().any(|part| {
        let text = part.text();
        text.matches('(').count() != text.matches(')').count()
    })
}

/// The columns of the longest part of a formula that cannot be broken.
fn longest_piece(formula: &Line) -> usize {
    let parts = break_formula(formula, 1);
    parts
        .iter()
        .map(|part| part.text().width())
        .max()
        .unwrap_or(0)
}

/// What stands at the end of a row.
fn value_text(row: &UpdateRow) -> Option<&str> {
    match &row.value {
        Value::Shown(text) => Some(text),
        Value::Asked => Some("?"),
        Value::Later => None,
    }
}

/// Fills the line up to `column`.
fn pad(line: &mut Line, column: usize, painter: Painter) {
    let used = painter.width(line);
    line.push(" ".repeat(column.saturating_sub(used)), Role::Plain);
}
