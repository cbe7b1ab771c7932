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
use ratatui::layout::{Constraint, Layout, Margin, Rect, Size};
use ratatui::symbols::border::Set;
use ratatui::text::Span as TuiSpan;
use ratatui::widgets::{Block, Borders, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::bar::{aside_lines, draw_line, prompt};
use super::paint::{Painter, beyond};
use super::scroll::Extent;
use super::status::{draw_hints, spread};
use super::{heading, with_room};
use crate::command::{Occasion, On};
use crate::explain::{Line, Role, Text};
use crate::practice::Ending;
use crate::screen::FullScreen;
use crate::screen::practising::Practising;
use crate::screen::theme;

const WIDEST: u16 = 100;
/// A problem leaves so many rows to what is said, its border included.
const LEAST_SAID: u16 = 4;
/// What is wrong with a line takes at most so many rows.
const MOST_ASIDE: usize = 3;
/// What stands below an empty line.
const IDLE: &str = "A number, a fraction or an expression. Tab lists words.";

/// A round on a screen, and where everything of it is.
struct Round<'a> {
    practising: &'a Practising,
    painter: Painter,
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
    with_room(frame, practising, "Ctrl-C", |frame, _| {
        Round::new(practising, frame.area().as_size()).draw(frame);
    });
}

/// What of the text that was said last is in sight on a screen of `size`.
pub fn said_extent(practising: &Practising, size: Size) -> Extent {
    Round::new(practising, size).said().extent
}

/// What of the problem is in sight on a screen of `size`.
pub fn problem_extent(practising: &Practising, size: Size) -> Extent {
    Round::new(practising, size).problem().extent
}

impl<'a> Round<'a> {
    fn new(practising: &'a Practising, size: Size) -> Self {
        let look = practising.look();
        let painter = Painter { look };
        let [title, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)])
            .areas(Rect::new(0, 0, size.width, size.height));
        let width = body.width.min(WIDEST);
        let column = Rect {
            x: body.x + (body.width - width) / 2,
            width,
            ..body
        };
        let (line, aside, problem) = if practising.is_over() {
            (0, told(practising, painter, width).len() as u16, 0)
        } else {
            let aside = beside(practising, painter, width).len() as u16;
            let problem = problem_lines(practising, painter, width).len() as u16;
            (1, aside.max(1), problem.saturating_add(1))
        };
        let text = column.height.saturating_sub(line + aside + 2);
        let [problem, said, strip, line, aside, keys] = Layout::vertical([
            Constraint::Length(problem.min(text.saturating_sub(LEAST_SAID))),
            Constraint::Min(0),
            Constraint::Length(1),
            Constraint::Length(line),
            Constraint::Length(aside),
            Constraint::Length(1),
        ])
        .areas(column);
        Self {
            practising,
            painter,
            title,
            problem,
            said,
            strip,
            line,
            aside,
            keys,
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (practising, painter) = (self.practising, self.painter);
        draw_title(frame, self.title, practising, painter);
        let said = self.said();
        let block = painter.block(heading(painter, &practising.said().title), true);
        let mut block = said.with_more(block, painter, "PgDn", false);
        if !practising.is_over() {
            block = block.border_set(continued(painter.look.glyphs.border(true)));
            self.draw_problem(frame);
        }
        said.draw(frame, self.said, block, painter);
        draw_strip(frame, self.strip, practising, painter);
        if practising.is_over() {
            let occasion = Occasion {
                leads_to: practising.home(),
                ..Occasion::default()
            };
            let told = told(practising, painter, self.aside.width);
            frame.render_widget(painter.lines(&told), beyond(self.aside, 1));
            draw_hints(frame, self.keys, painter, On::Summary, occasion);
        } else {
            self.draw_input(frame);
        }
    }

    fn draw_problem(&self, frame: &mut Frame) {
        let (problem, painter) = (self.problem(), self.painter);
        let block = painter
            .block(heading(painter, &problem_title(self.practising)), true)
            .borders(Borders::TOP | Borders::LEFT | Borders::RIGHT);
        let block = problem.with_more(block, painter, "Shift-↓", true);
        problem.draw(frame, self.problem, block, painter);
    }

    /// The line being typed, what it would do, and what the keys do.
    fn draw_input(&self, frame: &mut Frame) {
        let (practising, painter) = (self.practising, self.painter);
        let aside = practising.aside();
        draw_line(
            frame,
            self.line,
            painter,
            &prompt(),
            practising.bar(),
            &aside,
        );
        let lines = beside(practising, painter, self.aside.width);
        frame.render_widget(painter.lines(&lines), beyond(self.aside, 2));
        draw_hints(frame, self.keys, painter, On::Practice, Occasion::default());
    }

    fn said(&self) -> Part {
        let (said, width) = (
            &self.practising.said().text,
            self.said.width.saturating_sub(4),
        );
        let lines = self.painter.wrap(said, width);
        Part {
            extent: Extent::new(lines.len(), self.said.height.saturating_sub(2)),
            lines,
            scroll: self.practising.scroll(),
        }
    }

    fn problem(&self) -> Part {
        let lines = problem_lines(self.practising, self.painter, self.problem.width);
        Part {
            extent: Extent::new(lines.len(), self.problem.height.saturating_sub(1)),
            lines,
            scroll: self.practising.problem_scroll(),
        }
    }
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
        let done = practising.practice().endings().count();
        format!("{done} of {count} done")
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
    let others = ["", " · other numbers"][usize::from(practising.has_other_numbers())];
    format!("Problem {number} of {count}{others}")
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
        match painter.mark(self.extent.below(Some(self.scroll)), key) {
            None => block,
            Some(more) if top => block.title_top(more),
            Some(more) => block.title_bottom(more),
        }
    }

    fn draw(&self, frame: &mut Frame, area: Rect, block: Block, painter: Painter) {
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let seen = &self.lines[self.extent.seen(Some(self.scroll))];
        frame.render_widget(painter.lines(seen), inner.inner(Margin::new(1, 0)));
    }
}

fn problem_lines(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    painter.wrap(&practising.practice().problem(), width.saturating_sub(4))
}

/// What is said to a key that does nothing after a round, or which keys answer what is asked.
fn told(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    match practising.told() {
        "" => Vec::new(),
        told => painter.wrap_line(Line::plain(told), width.saturating_sub(2)),
    }
}

/// What stands beside the line being typed.
fn beside(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    if !practising.told().is_empty() {
        return told(practising, painter, width);
    }
    let lines = aside_lines(&practising.aside(), IDLE);
    let mut lines = painter.wrap(&Text::from(lines), width.saturating_sub(3));
    lines.truncate(MOST_ASIDE);
    lines
}
