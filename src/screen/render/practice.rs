//! The practice screen.
//!
//! ```text
//!  Practice                              problem 3 of 10   1 right at once
//! ┌ Problem 3 of 10 ─────────────────────────────────────────────────────┐
//! │ Rule heavy-ball; the gradient points downhill.                       │
//! │ What is the new weight?                                              │
//! │ Given: learning rate 0.1, momentum 0.6, ...                          │
//! ├ Your answer: 42 ─────────────────────────────────────────────────────┤
//! │ 42 is not the new weight.                                            │
//! └──────────────────────────────────────────────────────────────────────┘
//!  ● ○ ▸ · · · · · · ·   ● at once  ◐ in the end  ○ left out
//!  › 1.95 + 0.1*3.4
//!    Type a number, a fraction or an expression.
//!  Enter answer  F3 hint  F4 solution  F5 leave out  Esc end
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::style::Modifier;
use ratatui::symbols::border::Set;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Block, Borders, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::bar::{aside_lines, draw_line};
use super::paint::Painter;
use super::scroll::Extent;
use super::status::{draw_hints, spread};
use crate::command::{Occasion, On};
use crate::explain::{Line, Role, Text};
use crate::practice::Ending;
use crate::screen::layout::SMALLEST;
use crate::screen::practising::Practising;
use crate::screen::theme;

/// The widest column of text.
const WIDEST: u16 = 100;
/// A problem leaves so many rows to what is said, its border included.
const LEAST_SAID: u16 = 4;
/// What is wrong with a line takes at most so many rows.
const MOST_ASIDE: usize = 3;
/// What stands below an empty line.
const IDLE: &str = "A number, a fraction or an expression. Tab lists words.";

/// Where everything is.
struct Places {
    title: Rect,
    problem: Rect,
    said: Rect,
    strip: Rect,
    line: Rect,
    aside: Rect,
    keys: Rect,
}

/// Draws the practice screen.
pub fn draw_practice(frame: &mut Frame, practising: &Practising) {
    let painter = Painter {
        look: practising.look(),
    };
    let area = frame.area();
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        super::draw_too_small(frame, painter, "Ctrl-C");
    } else {
        let size = Size::new(area.width, area.height);
        draw_round(
            frame,
            practising,
            painter,
            &Places::new(practising, painter, size),
        );
    }
    practising.look().glyphs.finish(frame.buffer_mut());
}

fn draw_round(frame: &mut Frame, practising: &Practising, painter: Painter, places: &Places) {
    draw_title(frame, places.title, practising, painter);
    let said = practising.said();
    let block = painter.block(heading(painter, &said.title), true);
    let said = Part {
        lines: said_lines(practising, painter, places.said.width),
        extent: said_extent_in(practising, painter, places),
        scroll: practising.scroll(),
    };
    let mut block = said.with_more(block, painter, "PgDn", false);
    if !practising.is_over() {
        block = block.border_set(continued(painter.look.glyphs.border(true)));
        draw_problem(frame, practising, painter, places);
    }
    said.draw(frame, places.said, block, painter);
    draw_strip(frame, places.strip, practising, painter);
    if practising.is_over() {
        let occasion = Occasion {
            leads_to: practising.home(),
            ..Occasion::default()
        };
        draw_hints(frame, places.keys, painter, On::Summary, occasion);
    } else {
        draw_input(frame, practising, painter, places);
    }
}

fn draw_problem(frame: &mut Frame, practising: &Practising, painter: Painter, places: &Places) {
    let problem = Part {
        lines: problem_lines(practising, painter, places.problem.width),
        extent: problem_extent_in(practising, painter, places),
        scroll: practising.problem_scroll(),
    };
    let block = painter
        .block(heading(painter, &problem_title(practising)), true)
        .borders(Borders::TOP | Borders::LEFT | Borders::RIGHT);
    let block = problem.with_more(block, painter, "Shift-↓", true);
    problem.draw(frame, places.problem, block, painter);
}

/// The line being typed, what it would do, and what the keys do.
fn draw_input(frame: &mut Frame, practising: &Practising, painter: Painter, places: &Places) {
    let aside = practising.aside();
    draw_line(frame, places.line, painter, practising.bar(), &aside);
    let below = Rect {
        x: places.aside.x + 2,
        width: places.aside.width - 2,
        ..places.aside
    };
    let lines = beside(practising, painter, places.aside.width);
    let lines: Vec<TuiLine> = lines.iter().map(|line| painter.line(line)).collect();
    frame.render_widget(Paragraph::new(lines), below);
    draw_hints(
        frame,
        places.keys,
        painter,
        On::Practice,
        Occasion::default(),
    );
}

fn draw_title(frame: &mut Frame, area: Rect, practising: &Practising, painter: Painter) {
    let (number, count) = practising.practice().number();
    let [at_once, later, _] = practising.tally();
    let right = match (at_once, later) {
        (0, 0) => String::new(),
        (at_once, 0) => format!("   {at_once} right at once"),
        (0, later) => format!("   {later} right in the end"),
        (at_once, later) => format!("   {} right, {at_once} at once", at_once + later),
    };
    let place = if practising.is_over() {
        format!(
            "{} of {count} done",
            practising.practice().endings().count()
        )
    } else {
        format!("problem {number} of {count}")
    };
    let right = painter.text(&format!("{place}{right} "));
    let line = spread(&" Practice".into(), &right.into(), area.width);
    frame.render_widget(Paragraph::new(line).style(theme::title()), area);
}

/// A mark for every problem: what became of it, the one that is asked, and those to come; and what the marks mean.
fn draw_strip(frame: &mut Frame, area: Rect, practising: &Practising, painter: Painter) {
    let (number, count) = practising.practice().number();
    let mut marks: Vec<&str> = practising.practice().endings().map(mark).collect();
    if !practising.is_over() {
        marks.push("▸");
    }
    marks.resize(count.max(marks.len()), "·");
    let width = usize::from(area.width);
    let legend = [Ending::Unaided, Ending::Later, Ending::Skipped];
    let legend = legend.map(|ending| format!("{} {}", mark(ending), words(ending)));
    let legend = painter.text(&format!("{} ", legend.join("  ")));
    // The marks come before what they mean.
    let fits = 2 * marks.len() + 2 + legend.width() <= width;
    let legend = TuiSpan::styled(if fits { legend } else { String::new() }, painter.muted());
    let fit = (width.saturating_sub(2) / 2).max(1);
    // Where not all have room, the current one stands in the middle of those that are seen.
    let first = (number.saturating_sub(1 + fit / 2)).min(marks.len().saturating_sub(fit));
    let last = marks.len().min(first + fit);
    let seen = painter.text(&marks[first..last].join(" "));
    let seen = TuiSpan::styled(format!(" {seen}"), painter.style(Role::Strong));
    frame.render_widget(Paragraph::new(spread(&seen, &legend, area.width)), area);
}

fn mark(ending: Ending) -> &'static str {
    match ending {
        Ending::Unaided => "●",
        Ending::Later => "◐",
        Ending::Skipped => "○",
    }
}

fn words(ending: Ending) -> &'static str {
    match ending {
        Ending::Unaided => "right at once",
        Ending::Later => "in the end",
        Ending::Skipped => "left out",
    }
}

/// `Problem 3 of 10`, and whether its numbers are others than at first.
fn problem_title(practising: &Practising) -> String {
    let (number, count) = practising.practice().number();
    let others = if practising.has_other_numbers() {
        " · other numbers"
    } else {
        ""
    };
    format!("Problem {number} of {count}{others}")
}

fn heading(painter: Painter, title: &str) -> TuiLine<'static> {
    let style = ratatui::style::Style::reset().add_modifier(Modifier::BOLD);
    TuiLine::styled(format!(" {} ", painter.text(title)), style)
}

/// A border whose upper corners go on from the border above.
fn continued(set: Set<'static>) -> Set<'static> {
    match set.top_left {
        "┏" => Set {
            top_left: "┣",
            top_right: "┫",
            ..set
        },
        _ => set,
    }
}

/// Text that may be longer than its place.
struct Part {
    lines: Vec<Line>,
    extent: Extent,
    scroll: usize,
}

impl Part {
    /// The border with a mark that says how many lines are out of sight, and which key shows them.
    fn with_more<'a>(&self, block: Block<'a>, painter: Painter, key: &str, top: bool) -> Block<'a> {
        match painter.more(self.extent.below(Some(self.scroll)), key) {
            None => block,
            Some(more) if top => block.title_top(more),
            Some(more) => block.title_bottom(more),
        }
    }

    fn draw(&self, frame: &mut Frame, area: Rect, block: Block, painter: Painter) {
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let seen = self.lines[self.extent.seen(Some(self.scroll))].iter();
        let painted: Vec<TuiLine> = seen.map(|line| painter.line(line)).collect();
        let text = Rect {
            x: inner.x + 1,
            width: inner.width - 2,
            ..inner
        };
        frame.render_widget(Paragraph::new(painted), text);
    }
}

impl Places {
    fn new(practising: &Practising, painter: Painter, size: Size) -> Self {
        let [title, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)])
            .areas(Rect::new(0, 0, size.width, size.height));
        let width = body.width.min(WIDEST);
        let column = Rect {
            x: body.x + (body.width - width) / 2,
            width,
            ..body
        };
        let (line, aside, problem) = if practising.is_over() {
            (0, 0, 0)
        } else {
            let aside = beside(practising, painter, width).len() as u16;
            let problem = problem_lines(practising, painter, width).len() as u16;
            (1, aside.max(1), problem.saturating_add(1))
        };
        let text = column.height.saturating_sub(line + aside + 2);
        let rows = [
            problem.min(text.saturating_sub(LEAST_SAID)),
            0,
            1,
            line,
            aside,
            1,
        ];
        let rows = rows.map(Constraint::Length);
        let rows = [&rows[..1], &[Constraint::Min(0)], &rows[2..]].concat();
        let areas = Layout::vertical(rows).split(column);
        Self {
            title,
            problem: areas[0],
            said: areas[1],
            strip: areas[2],
            line: areas[3],
            aside: areas[4],
            keys: areas[5],
        }
    }
}

/// What of the text that was said last is in sight on a screen of `size`.
pub fn said_extent(practising: &Practising, size: Size) -> Extent {
    let painter = Painter {
        look: practising.look(),
    };
    said_extent_in(practising, painter, &Places::new(practising, painter, size))
}

/// What of the problem is in sight on a screen of `size`.
pub fn problem_extent(practising: &Practising, size: Size) -> Extent {
    let painter = Painter {
        look: practising.look(),
    };
    problem_extent_in(practising, painter, &Places::new(practising, painter, size))
}

fn said_extent_in(practising: &Practising, painter: Painter, places: &Places) -> Extent {
    let lines = said_lines(practising, painter, places.said.width);
    Extent::new(lines.len(), places.said.height.saturating_sub(2))
}

fn problem_extent_in(practising: &Practising, painter: Painter, places: &Places) -> Extent {
    let lines = problem_lines(practising, painter, places.problem.width);
    Extent::new(lines.len(), places.problem.height.saturating_sub(1))
}

fn said_lines(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    painter.wrap(&practising.said().text, width - 4)
}

fn problem_lines(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    painter.wrap(&practising.practice().problem(), width - 4)
}

/// What stands beside the line being typed.
fn beside(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    let lines = aside_lines(&practising.aside(), IDLE);
    let mut lines = painter.wrap(&Text::from(lines), width - 3);
    lines.truncate(MOST_ASIDE);
    lines
}
