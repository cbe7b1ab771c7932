//! The command bar and messages, at the foot of the screen.
//!
//! ```text
//! › set momentum 0.9
//!   update 1 would give the weight 3.6266
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Clear, Paragraph};

use super::paint::{Painter, beyond};
use crate::command::{Candidate, Complaint, Deed, Editing, On, Preview, Way, key_for};
use crate::explain::{self, Line, Role};
use crate::screen::bar::{Aside, Bar};
use crate::screen::layout::Areas;

/// Draws the line being typed and, below it, what it would do or what is wrong with it.
pub fn draw(
    frame: &mut Frame,
    areas: &Areas,
    painter: Painter,
    bar: &Bar,
    preview: impl FnOnce(&str) -> Preview,
) {
    let aside = bar.aside(preview);
    let [completes, runs, closes] = [
        Deed::Edit(Editing::Complete(Way::Down)),
        Deed::Enter,
        Deed::Close,
    ]
    .map(|deed| key_for(deed, On::Bar));
    let idle = format!("{completes} completes, {runs} runs, {closes} closes");
    let below = below(areas, painter, &aside, &idle);
    let foot = foot(areas, (below.len() as u16).saturating_add(1));
    frame.render_widget(Clear, foot);
    let row = Rect { height: 1, ..foot };
    draw_line(frame, row, painter, &prompt(), bar, &aside);
    let area = Rect {
        y: foot.y + 1,
        height: foot.height - 1,
        ..beyond(foot, 2)
    };
    frame.render_widget(painter.lines(&below), area);
}

/// Draws what stands beside a line that is typed elsewhere.
pub fn draw_beside(frame: &mut Frame, areas: &Areas, painter: Painter, aside: &Aside, idle: &str) {
    let mut below = below(areas, painter, aside, idle);
    if below.iter().all(|line| line.spans.is_empty()) {
        below = vec![Line::new().with(idle, Role::Muted)];
    }
    let foot = foot(areas, below.len() as u16);
    frame.render_widget(Clear, foot);
    frame.render_widget(painter.lines(&below), beyond(foot, 2));
}

/// What stands beside a line, in lines of the foot; one at least.
fn below(areas: &Areas, painter: Painter, aside: &Aside, idle: &str) -> Vec<Line> {
    let below = aside_lines(aside, idle).into();
    let mut lines = painter.wrap(&below, areas.foot.width.saturating_sub(3));
    lines.resize(lines.len().max(1), Line::new());
    lines
}

/// What stands before a line that is typed.
pub fn prompt() -> Line {
    Line::new().with("› ", Role::Strong)
}

/// Draws the line being typed with its cursor, in one row, behind what stands before it.
pub fn draw_line(
    frame: &mut Frame,
    row: Rect,
    painter: Painter,
    prompt: &Line,
    bar: &Bar,
    aside: &Aside,
) {
    let before = painter.width(prompt) as u16;
    let width = usize::from(row.width.saturating_sub(before + 1));
    let scroll = bar.scroll(width);
    let wrong = match aside {
        Aside::Wrong(complaint) => Some(*complaint),
        Aside::Candidates(..) | Aside::Preview(_) => None,
    };
    frame.render_widget(painter.line(prompt), row);
    let text = beyond(row, before);
    let line = Paragraph::new(marked(bar.text(), wrong, painter)).scroll((0, scroll as u16));
    frame.render_widget(line, text);
    let column = text.x + (bar.cursor() - scroll) as u16;
    frame.set_cursor_position(Position::new(column.min(text.right() - 1), text.y));
}

/// Draws what was said last.
pub fn draw_message(frame: &mut Frame, areas: &Areas, painter: Painter, message: &Line) {
    let rows = message_rows(painter, message, areas.foot.width.saturating_sub(2));
    let area = foot(areas, rows);
    frame.render_widget(Clear, area);
    let lines = painter.wrap_line(message.clone(), areas.foot.width.saturating_sub(2));
    frame.render_widget(painter.lines(&lines), beyond(area, 1));
}

/// The rows that a message takes.
pub fn message_rows(painter: Painter, message: &Line, width: u16) -> u16 {
    let lines = painter.wrap_line(message.clone(), width).len();
    u16::try_from(lines).unwrap_or(u16::MAX).max(1)
}

/// The lowest rows of the screen, at most half of it.
fn foot(areas: &Areas, rows: u16) -> Rect {
    let rows = rows.min(areas.body.height / 2);
    Rect {
        x: 0,
        y: areas.foot.bottom() - rows,
        width: areas.foot.width,
        height: rows,
    }
}

/// The line with the word marked that is meant.
fn marked(text: &str, wrong: Option<&Complaint>, painter: Painter) -> TuiLine<'static> {
    // A complaint about something missing marks the place after the end.
    let padded = format!("{text} ");
    let Range { start, end } = wrong.map_or(0..0, |wrong| explain::marked(&padded, &wrong.span));
    let error = painter.style(Role::Error);
    TuiLine::from(vec![
        TuiSpan::raw(padded[..start].to_owned()),
        TuiSpan::styled(padded[start..end].to_owned(), error),
        TuiSpan::raw(padded[end..].to_owned()),
    ])
}

/// What stands beside the line; `idle` where nothing has been typed.
pub fn aside_lines(aside: &Aside, idle: &str) -> Vec<Line> {
    match aside {
        Aside::Wrong(complaint) => vec![complaint_line(complaint, Role::Error)],
        Aside::Candidates(candidates, chosen) => vec![candidates_line(candidates, *chosen)],
        Aside::Preview(Preview::Nothing) => vec![Line::new().with(idle, Role::Muted)],
        Aside::Preview(Preview::Effect(effect)) if effect.spans.is_empty() => Vec::new(),
        Aside::Preview(Preview::Effect(effect)) => {
            let mut line = Line::new().with("→ ", Role::Muted);
            line.spans.extend(effect.spans.iter().cloned());
            vec![line]
        }
        // While a line is being typed it is not wrong, it is unfinished.
        Aside::Preview(Preview::Complaint(complaint)) => {
            vec![complaint_line(complaint, Role::Muted)]
        }
    }
}

fn complaint_line(complaint: &Complaint, role: Role) -> Line {
    let (message, advice) = if role == Role::Error {
        (Role::Plain, Role::Advice)
    } else {
        (role, role)
    };
    Line::new()
        .with(complaint.message.clone(), message)
        .with(format!(": {}", complaint.advice), advice)
}

fn candidates_line(candidates: &[Candidate], chosen: Option<usize>) -> Line {
    let mut line = Line::new();
    for (index, Candidate { word, .. }) in candidates.iter().enumerate() {
        if chosen == Some(index) {
            line.push(format!("[{word}]"), Role::Strong);
        } else {
            line.push(word.clone(), Role::Code);
        }
        line.push("  ", Role::Plain);
    }
    line
}
