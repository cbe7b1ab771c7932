//! The practice screen: the problem in its panel, and what has become of those before.
//!
//! ```text
//!  Practice                              problem 3 of 10   1 right at once
//! ━ Problem 3 of 10 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!  Rule heavy-ball; the gradient points downhill.
//!  What is the new weight?
//!  Given: learning rate 0.1, momentum 0.6, ...
//!    w″ = 1.95 + 0.1*3.4_    your last answer: 42
//!
//!  ✗ 42 is not the new weight.
//!  ● ○ ▸ · · · · · · ·   ● at once  ◐ in the end  ○ left out
//!  Enter answer  F3 hint  F4 solution  F5 leave out  Esc end
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span as TuiSpan;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::paint::{Painter, beyond};
use super::panel::Laid;
use super::status::{draw_hints, spread};
use super::{reading, with_room};
use crate::command::{Occasion, On};
use crate::explain::{Line, Role};
use crate::practice::{Ending, Practice};
use crate::screen::practising::Practising;
use crate::screen::theme;
use crate::screen::{FullScreen, Window};

/// A round on a screen, and where everything of it is.
struct Round<'a> {
    practising: &'a Practising,
    painter: Painter,
    title: Rect,
    body: Rect,
    strip: Rect,
    keys: Rect,
}

/// Draws the practice screen.
pub fn draw_practice(frame: &mut Frame, practising: &Practising) {
    with_room(frame, practising, "Ctrl-C", |frame, _| {
        Round::new(practising, frame.area()).draw(frame);
    });
}

/// How far the problem can be scrolled, and what is read: what lies in front, the summary, or what is said.
pub fn practice_overflow(practising: &Practising) -> (usize, usize) {
    let round = Round::of(practising);
    let (problem, said) = Laid::new(practising.panel(), round.body, round.painter).overflow();
    let read = practising.window().or(practising.summary());
    let of = |window: &Window| reading::overflow_in(&window.sheet, round.body, round.painter);
    (problem, read.map_or(said, of))
}

/// As many lines as are seen at once of what is read.
pub fn practice_page(practising: &Practising) -> usize {
    usize::from(Round::of(practising).body.height / 2).max(1)
}

impl<'a> Round<'a> {
    /// A round on the screen as it is.
    fn of(practising: &'a Practising) -> Self {
        let size = practising.common().size;
        Self::new(practising, Rect::new(0, 0, size.width, size.height))
    }

    fn new(practising: &'a Practising, area: Rect) -> Self {
        let painter = Painter {
            look: practising.look(),
        };
        let keys = told(practising, painter, area.width).len() as u16;
        let [title, body, strip, keys] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
            Constraint::Length(keys.max(1)),
        ])
        .areas(area);
        Self {
            practising,
            painter,
            title,
            body,
            strip,
            keys,
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (practising, painter, body) = (self.practising, self.painter, self.body);
        draw_title(frame, self.title, practising, painter);
        if !practising.is_over() {
            let panel = practising.panel();
            Laid::new(panel, body, painter).draw(frame, panel, painter, Practice::preview);
        }
        for window in practising.summary().iter().chain(&practising.window()) {
            reading::draw_sheet(frame, body, painter, &window.sheet, window.scroll);
        }
        draw_strip(frame, self.strip, practising, painter);
        let told = told(practising, painter, self.keys.width);
        if practising.window().is_some() {
            draw_hints(frame, self.keys, painter, On::Reading, Occasion::default());
        } else if told.is_empty() {
            let occasion = practising.occasion();
            draw_hints(frame, self.keys, painter, practising.place(), occasion);
        } else {
            frame.render_widget(painter.lines(&told), beyond(self.keys, 1));
        }
    }
}

fn draw_title(frame: &mut Frame, area: Rect, practising: &Practising, painter: Painter) {
    let (number, count) = (practising.number(), practising.practice().number().1);
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
    let (number, count) = (practising.number(), practising.practice().number().1);
    let mut marks: Vec<&str> = practising.practice().endings().map(mark).collect();
    if !practising.is_over() && !practising.panel().is_answered() {
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

/// What is said to a key that does nothing.
fn told(practising: &Practising, painter: Painter, width: u16) -> Vec<Line> {
    match practising.told() {
        "" => Vec::new(),
        told => painter.wrap_line(Line::plain(told), width.saturating_sub(2)),
    }
}
