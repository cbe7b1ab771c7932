//! The course menu.
//!
//! ```text
//!  nnmom-tutor                                      2 of 9 exercises solved
//! ┌ The course ───────────────────────────────────────────────────────────┐
//! │   1 How large a step                                       not begun  │
//! │     One weight and one gradient: how much of it to take.              │
//! │ ▸ 2 Neural network momentum    page 3 of 6, 1 of 2 exercises solved   │
//! │     The same weight without momentum and with it.                     │
//! │                                                                       │
//! │   Practice                                   3 of 144 skills mastered │
//! │     Fresh problems, mixed: ...                                        │
//! └───────────────────────────────────────────────────────────────────────┘
//!  Enter goes on with momentum at page 3.
//!  Enter open  ↓ ↑ choose  p practice  q quit  PgDn PgUp screen
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;

use super::paint::Painter;
use super::status::{draw_hints, spread};
use super::with_room;
use crate::command::{Occasion, On};
use crate::explain::{Line, Role};
use crate::practice::USUAL_PROBLEMS;
use crate::screen::FullScreen;
use crate::screen::menu::Chooser;
use crate::screen::theme;

/// Texts begin so far from the border: a blank, the mark and a blank.
const MARGIN: u16 = 3;
/// What practice is.
const PRACTICE: &str = "Fresh problems, mixed: what you missed, and what you have not seen lately.";
const WIDEST: u16 = 100;

/// Draws the menu.
pub fn draw_menu(frame: &mut Frame, chooser: &Chooser) {
    with_room(frame, chooser, "q", |frame, painter| {
        draw_course(frame, chooser, painter);
    });
}

fn draw_course(frame: &mut Frame, chooser: &Chooser, painter: Painter) {
    let [title, body, status, foot] = rows(frame.area());
    let (solved, all) = chooser.menu().exercises;
    let right = (all > 0).then(|| format!("{solved} of {all} exercises solved "));
    let right = right.unwrap_or_default().into();
    let line = spread(&" nnmom-tutor".into(), &right, title.width);
    frame.render_widget(Paragraph::new(line).style(theme::title()), title);
    draw_entries(frame, body, chooser, painter);
    let said = match chooser.message() {
        "" => chooser.menu().entries.get(chooser.chosen()).map_or_else(
            || format!("Enter begins a round of {USUAL_PROBLEMS} problems."),
            |entry| format!("Enter {}.", entry.opens),
        ),
        message => message.to_owned(),
    };
    frame.render_widget(painter.aside(&format!(" {said}")), status);
    let occasion = Occasion {
        leads_to: chooser.home(),
        ..Occasion::default()
    };
    draw_hints(frame, foot, painter, On::Menu, occasion);
}

fn draw_entries(frame: &mut Frame, area: Rect, chooser: &Chooser, painter: Painter) {
    let width = area.width.min(WIDEST);
    let area = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    };
    let entries = entries(chooser, painter, width);
    let (first, last) = in_sight(&entries, chooser.chosen(), area.height.saturating_sub(2));
    let mut block = painter.block(TuiLine::from(" The course "), true);
    let lessons = entries.len() - 1;
    let mark = |sign: &str, more: String| {
        let text = painter.text(&format!(" {sign} {more} "));
        TuiLine::styled(text, painter.muted()).right_aligned()
    };
    if let Some(more) = more(first, false) {
        block = block.title_top(mark("▲", more));
    }
    if let Some(more) = more(lessons.saturating_sub(last), last <= lessons) {
        block = block.title_bottom(mark("▼", more));
    }
    let lines = Paragraph::new(entries[first..last].concat());
    frame.render_widget(lines.block(block), area);
}

/// What is out of sight, in words: so many lessons, and perhaps practice.
fn more(lessons: usize, practice: bool) -> Option<String> {
    let counted = match lessons {
        0 => None,
        1 => Some("1 more lesson".to_owned()),
        several => Some(format!("{several} more lessons")),
    };
    match (counted, practice) {
        (Some(counted), true) => Some(format!("{counted}, practice")),
        (None, true) => Some("practice".to_owned()),
        (counted, false) => counted,
    }
}

/// How many entries are seen at once on a screen of `size`.
pub fn entries_in_sight(chooser: &Chooser, size: Size) -> usize {
    let [_, body, ..] = rows(Rect::new(0, 0, size.width, size.height));
    let painter = Painter {
        look: chooser.look(),
    };
    let entries = entries(chooser, painter, body.width.min(WIDEST));
    let (first, last) = in_sight(&entries, chooser.chosen(), body.height.saturating_sub(2));
    last - first
}

fn rows(area: Rect) -> [Rect; 4] {
    let rows = [
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ];
    Layout::vertical(rows).areas(area)
}

/// The entries that are seen in `height` rows: as many as fit, whole, with the chosen one among them and, where there
/// is room, the one after it.
fn in_sight(entries: &[Vec<TuiLine>], chosen: usize, height: u16) -> (usize, usize) {
    let height = usize::from(height);
    let rows = |first: usize, last: usize| entries[first..last].iter().map(Vec::len).sum::<usize>();
    let mut first = 0;
    while first < chosen && rows(first, (chosen + 2).min(entries.len())) > height {
        first += 1;
    }
    let fits = |last: &usize| rows(first, *last) <= height;
    let last = (first..=entries.len()).rev().find(fits).unwrap_or(first);
    (first, last.max((chosen + 1).min(entries.len())))
}

fn entries(chooser: &Chooser, painter: Painter, width: u16) -> Vec<Vec<TuiLine<'static>>> {
    let (menu, width) = (chooser.menu(), width - 2);
    let lessons = menu.entries.iter().enumerate().map(|(index, entry)| {
        let words = [&entry.title, &entry.done, &entry.summary].map(String::as_str);
        lines(words, index == chooser.chosen(), painter, width)
    });
    let practised = menu.practised();
    let words = ["Practice", &practised, PRACTICE];
    let mut practice = lines(words, chooser.chooses_practice(), painter, width);
    // Apart from the lessons.
    practice.insert(0, TuiLine::default());
    lessons.chain(std::iter::once(practice)).collect()
}

/// The title with what has been done beside it, or below where there is no room; then the summary.
fn lines(
    [title, progress, summary]: [&str; 3],
    chosen: bool,
    painter: Painter,
    width: u16,
) -> Vec<TuiLine<'static>> {
    let mark = painter.text(if chosen { " ▸ " } else { "   " });
    let mut style = painter.style(if chosen { Role::Strong } else { Role::Plain });
    if chosen {
        style = style.add_modifier(Modifier::BOLD);
    }
    let title = TuiSpan::styled(format!("{mark}{}", painter.text(title)), style);
    let done = TuiSpan::styled(painter.text(progress), painter.muted());
    let room = usize::from(width).saturating_sub(title.width() + 3);
    let below = done.width() > room;
    let mut lines = Vec::new();
    if below {
        lines.push(TuiLine::from(title));
        lines.extend(wrapped(progress, Role::Muted, painter, width));
    } else {
        let done = TuiSpan::styled(format!("{} ", done.content), done.style);
        lines.push(spread(&title, &done, width));
    }
    lines.extend(wrapped(summary, Role::Plain, painter, width));
    lines
}

/// A text below a title, as far from the border as its words.
fn wrapped(text: &str, role: Role, painter: Painter, width: u16) -> Vec<TuiLine<'static>> {
    if text.is_empty() {
        return Vec::new();
    }
    let line = Line::new().with(text, role);
    let lines = painter.wrap_line(line, width.saturating_sub(MARGIN + 3));
    let margin = " ".repeat(usize::from(MARGIN) + "1 ".len());
    let indented = |line: &Line| {
        let mut painted = painter.line(line);
        painted.spans.insert(0, TuiSpan::raw(margin.clone()));
        painted
    };
    lines.iter().map(indented).collect()
}
