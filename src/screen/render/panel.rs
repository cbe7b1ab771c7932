//! The page's question, in the place of its text.
//!
//! ```text
//! ━ Question 1 of 1 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!  What is the new weight?
//!  Given: learning rate 0.01, gradient 2.7, ...
//!    w″ = 3.58_           your last answer: 3.587
//!
//!  ✗ Not yet: the momentum term is missing.
//!    3.56 + 0.01 × 2.7 = 3.587
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line as TuiLine;
use ratatui::widgets::{Clear, Paragraph};

use super::bar::{aside_lines, draw_line};
use super::paint::{Painter, beyond, more};
use super::rules;
use super::scroll::Extent;
use crate::asking::FeedbackKind;
use crate::command::Preview;
use crate::explain::{Line, Role};
use crate::screen::layout::Need;
use crate::screen::panel::{Field, Panel, Waits};
use crate::view::Heading;

/// Text is easiest to read in lines of at most this many columns.
const WIDEST: u16 = 76;
/// A question leaves at least so many rows to what is said.
const LEAST_SAID: u16 = 3;
/// So many rows of what is said are wanted in sight, and as many as most of it needs.
const SAID: (u16, u16) = (4, 9);
/// What stands beside the field begins in this column.
const BESIDE: usize = 24;

/// Everything of a question on the screen, and where it is.
pub struct Laid {
    heading: Rect,
    words: Rect,
    field: Rect,
    aside: Rect,
    said: Rect,
    onward: Rect,
    word_lines: Vec<Line>,
    said_lines: Vec<Line>,
    onward_lines: Vec<Line>,
}

/// The rows that a question needs below its heading: the same from when it is asked until it is answered, where what is
/// said then is not longer than most.
pub fn need(panel: &Panel, painter: Painter, width: u16) -> Need {
    let width = width.min(WIDEST);
    let words = painter.wrap(&panel.words.clone().into(), width);
    // Its field, what stands below that, and what Enter does.
    let around = words.len() as u16 + 3;
    // Why an answer is right is not cut: what is above the question, or below it, has fewer rows then.
    let now = if panel.is_answered() {
        said(panel, painter, width).len() as u16
    } else {
        0
    };
    let whole = around + SAID.1.max(now);
    Need {
        least: around + SAID.0.max(now),
        now: around + now,
        lines: whole,
        whole,
    }
}

impl Laid {
    /// A question in an area.
    pub fn new(panel: &Panel, area: Rect, painter: Painter) -> Self {
        let width = area.width.saturating_sub(2).min(WIDEST);
        let word_lines = painter.wrap(&panel.words.clone().into(), width);
        let said_lines = said(panel, painter, width);
        let rows = |from: u16, height: u16| {
            let from = from.min(area.height);
            Rect {
                y: area.y + from,
                height: height.min(area.height - from),
                ..area
            }
        };
        let field = u16::from(!matches!(panel.waits, Waits::Done));
        // What Enter does is never scrolled away.
        let onward = painter.wrap_line(Line::new().with(panel.onward.clone(), Role::Advice), width);
        let onward_lines = if panel.is_answered() {
            onward
        } else {
            Vec::new()
        };
        let below = onward_lines.len() as u16;
        let inner = area.height.saturating_sub(1 + below);
        // As many when it is answered: the last row is kept for what Enter does then.
        let room = area.height.saturating_sub(2);
        // Whatever is said, the field stands still.
        let kept = LEAST_SAID.min(room / 2);
        let most = room.saturating_sub(field + 1 + kept);
        let words = (word_lines.len() as u16).min(most.max(1));
        Self {
            heading: rows(0, 1),
            words: beyond(rows(1, words), 1),
            field: beyond(rows(1 + words, field), 3),
            aside: beyond(rows(1 + words + field, 1), 3),
            said: beyond(
                rows(
                    2 + words + field,
                    (inner + 1).saturating_sub(2 + words + field),
                ),
                1,
            ),
            onward: beyond(rows(inner + 1, below), 1),
            word_lines,
            said_lines,
            onward_lines,
        }
    }

    /// How far the words can be scrolled, and what is said.
    pub fn overflow(&self) -> (usize, usize) {
        (self.word_extent().most(), self.said_extent().most())
    }

    fn word_extent(&self) -> Extent {
        Extent::new(self.word_lines.len(), self.words.height)
    }

    fn said_extent(&self) -> Extent {
        Extent::new(self.said_lines.len(), self.said.height)
    }

    /// Draws it. `preview` says what a line in its field would do.
    pub fn draw(
        &self,
        frame: &mut Frame,
        panel: &Panel,
        painter: Painter,
        preview: impl FnOnce(&str) -> Preview,
    ) {
        let whole = Rect {
            height: self.onward.bottom() - self.heading.y,
            ..self.heading
        };
        frame.render_widget(Clear, whole);
        let words = self.word_extent();
        let solved = matches!(panel.said, Some((FeedbackKind::Right, _))) && panel.is_answered();
        let solved = solved.then(|| Heading::of(["✓ solved".to_owned()]));
        let rest = more(words.below(Some(panel.words_scroll)), "Shift-↓");
        let notes: Vec<Heading> = rest.or(solved).into_iter().collect();
        let title = Heading::of([panel.title.clone()]);
        rules::draw_heading(frame, self.heading, painter, &title, &notes, true);
        let seen = words.seen(Some(panel.words_scroll));
        frame.render_widget(painter.lines(&self.word_lines[seen]), self.words);
        let extent = self.said_extent();
        let seen = extent.seen(Some(panel.scroll));
        frame.render_widget(painter.lines(&self.said_lines[seen]), self.said);
        if let Some(mark) = more(extent.below(Some(panel.scroll)), "PgDn") {
            let mark = painter.text(&mark.fitted(usize::from(self.aside.width)));
            let mark = TuiLine::styled(mark, painter.muted()).right_aligned();
            frame.render_widget(Paragraph::new(mark), self.aside);
        }
        frame.render_widget(painter.lines(&self.onward_lines), self.onward);
        match &panel.waits {
            Waits::Typed(field) => self.draw_field(frame, field, painter, preview),
            Waits::Nothing(Some((label, answer))) => {
                let line = label.clone().with(answer.clone(), Role::Strong);
                frame.render_widget(painter.lines(&[line]), self.field);
            }
            Waits::Done | Waits::Nothing(None) => {}
        }
    }

    /// What is typed, and beside it what can be, or what was the last time.
    fn draw_field(
        &self,
        frame: &mut Frame,
        field: &Field,
        painter: Painter,
        preview: impl FnOnce(&str) -> Preview,
    ) {
        let aside = field.aside(preview);
        let beside = match &field.last {
            Some(last) => format!("your last answer: {last}"),
            None => field.takes.clone(),
        };
        let label = painter.width(&field.label);
        let text = painter.text(&beside);
        let width = unicode_width::UnicodeWidthStr::width(text.as_str());
        let column = usize::from(self.field.width).checked_sub(width + 1);
        let column = column.map(|column| column.min(BESIDE));
        let typed = label + unicode_width::UnicodeWidthStr::width(field.bar.text()) + 3;
        if let Some(column) = column.filter(|column| *column >= typed) {
            let place = beyond(self.field, column as u16);
            frame.render_widget(painter.aside(&beside), place);
            let row = Rect {
                width: column as u16,
                ..self.field
            };
            draw_line(frame, row, painter, &field.label, &field.bar, &aside);
        } else {
            draw_line(frame, self.field, painter, &field.label, &field.bar, &aside);
        }
        let lines = aside_lines(&aside, "").into();
        let lines = painter.wrap(&lines, self.aside.width.saturating_sub(2));
        if lines.iter().all(|line| painter.width(line) == 0) {
            return;
        }
        let below = self.said.bottom().max(self.aside.bottom()) - self.aside.y;
        let place = Rect {
            height: (lines.len() as u16).min(below),
            ..self.aside
        };
        // What lies beneath it is away, with its sign.
        let row = Rect {
            x: self.said.x,
            width: self.said.width,
            ..place
        };
        frame.render_widget(Clear, row);
        frame.render_widget(painter.lines(&lines), place);
    }
}

/// What is said, with its sign.
fn said(panel: &Panel, painter: Painter, width: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some((kind, said)) = &panel.said {
        let (sign, role) = match kind {
            FeedbackKind::Right => ("✓ ", Role::Right),
            FeedbackKind::NotYet => ("✗ ", Role::Wrong),
            FeedbackKind::Hint | FeedbackKind::Solution => ("  ", Role::Plain),
        };
        for (index, line) in said.iter().enumerate() {
            for (row, mut line) in (painter.wrap_line(line.clone(), width.saturating_sub(2)))
                .into_iter()
                .enumerate()
            {
                let sign = if index + row == 0 { sign } else { "  " };
                let span = crate::explain::Span::new(painter.text(sign), role);
                line.spans.insert(0, span);
                lines.push(line);
            }
        }
    }
    lines
}
