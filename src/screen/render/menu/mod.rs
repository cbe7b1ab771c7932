//! The course menu.
//!
//! ```text
//!  nnmom-tutor · the course            2 of 15 lessons   12 of 90 questions
//!  ━━━━━━━━━━─────────────────────────────────────────────────────────────
//! ─ See it, work it out ──────────────────────────────────────────────────
//!   ✓  1 The learning rate        ━━━━━━━━━━━━  5 of 5   finished
//!  ▸◐  2 Neural network momentum  ━━━━────────  2 of 6   go on here: page 3 of 7
//! ─ 2 · Neural network momentum ──────────────────────────────────────────
//!   The same weight without momentum and with it, and what it remembers.
//!   Enter goes on with page 3 of 7: What is remembered.
//!  Enter open  ↓ ↑ choose  p practice  ? help  q quit  t your own
//! ```

mod entries;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::bar::{aside_lines, draw_line, prompt};
use super::paint::{Painter, beyond};
use super::status::{draw_hints, spread};
use super::{reading, with_room};
use crate::command::{Occasion, On};
use crate::explain::{Line, Role};
use crate::practice::USUAL_PROBLEMS;
use crate::screen::FullScreen;
use crate::screen::bar::{Aside, Bar};
use crate::screen::menu::{Chooser, OWN_OPENS};
use crate::screen::theme;
use crate::view::MenuEntry;

/// What practice is.
const PRACTICE: &str = "Fresh problems, mixed: what you missed, and what you have not seen lately.";
const PRACTICE_TITLE: &str = "Mixed problems";
/// What something of one's own is.
const OWN: &str =
    "Your own formula, data or weight, at once, with everything the tutor can show of it.";
const OWN_TITLE: &str = "Something of your own";
/// What can be typed there, and what the keys do.
const OWN_EXAMPLES: [&str; 4] = [
    "x^2+10*y^2              a formula; or with start x=-9,y=2 behind it",
    "data.csv                a file; or with target species hidden 8",
    "weight 3.56 gradients 2.7,2.2",
    "Enter opens it, Esc closes the line.",
];
const WIDEST: u16 = 110;
/// Below so many columns there is no room for bars, and below so many more not for all words.
const WITH_BARS: u16 = 72;
const WITH_WORDS: u16 = 96;

/// Draws the menu.
pub fn draw_menu(frame: &mut Frame, chooser: &Chooser) {
    with_room(frame, chooser, "q", |frame, painter| {
        Course::new(chooser, frame.area(), painter).draw(frame);
        if let Some((sheet, scroll)) = chooser.help() {
            let [_, _, list, about, foot] = rows(frame.area(), chooser, painter);
            reading::draw_sheet(frame, list.union(about), painter, sheet, scroll);
            frame.render_widget(Clear, foot);
            draw_hints(frame, foot, painter, On::Reading, Occasion::default());
        }
    });
}

/// How far help about the keys can be scrolled on a screen of `size`.
pub fn help_overflow(chooser: &Chooser, size: Size) -> usize {
    let painter = Painter {
        look: chooser.look(),
    };
    let [_, _, list, about, _] = rows(Rect::new(0, 0, size.width, size.height), chooser, painter);
    chooser.help().map_or(0, |(sheet, _)| {
        reading::overflow_in(sheet, list.union(about), painter)
    })
}

/// How many lessons are seen at once on a screen of `size`.
pub fn entries_in_sight(chooser: &Chooser, size: Size) -> usize {
    let painter = Painter {
        look: chooser.look(),
    };
    let course = Course::new(chooser, Rect::new(0, 0, size.width, size.height), painter);
    let (first, last) = course.in_sight();
    let seen = &course.list[first..last];
    seen.iter().filter(|(entry, _)| entry.is_some()).count()
}

/// The title, the bar of all lessons, the lessons, what the chosen one is about, the keys.
fn rows(area: Rect, chooser: &Chooser, painter: Painter) -> [Rect; 5] {
    let about = about_rows(chooser, painter, area.width);
    let rows = [
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(about),
        Constraint::Length(1),
    ];
    Layout::vertical(rows).areas(area)
}

/// Rows of the longest summary and of what opening does, with a heading, so that nothing moves.
fn about_rows(chooser: &Chooser, painter: Painter, width: u16) -> u16 {
    let wrapped = |text: &str| {
        painter
            .wrap_line(Line::plain(text), text_width(width))
            .len()
    };
    let entries = &chooser.menu().entries;
    let both = |entry: &MenuEntry| wrapped(&entry.summary) + wrapped(&entry.opens);
    let most = entries.iter().map(both).max().unwrap_or(0).max(2);
    // A line that is typed has room below it for examples, and for what is wrong with it.
    let typed = chooser.own().map_or(0, |_| 1 + OWN_EXAMPLES.len());
    most.max(typed) as u16 + 1
}

fn text_width(width: u16) -> u16 {
    width.min(WIDEST).saturating_sub(6)
}

/// The menu on a screen.
struct Course<'a> {
    chooser: &'a Chooser,
    painter: Painter,
    places: [Rect; 5],
    width: u16,
    /// The rows of the list: the entry that each is, where it is one.
    list: Vec<(Option<usize>, TuiLine<'static>)>,
}

impl<'a> Course<'a> {
    fn new(chooser: &'a Chooser, area: Rect, painter: Painter) -> Self {
        let places = rows(area, chooser, painter);
        let mut course = Self {
            chooser,
            painter,
            width: area.width.min(WIDEST),
            places,
            list: Vec::new(),
        };
        let entries = &chooser.menu().entries;
        let parts = entries.iter().enumerate();
        let parts = parts.filter(|(index, entry)| {
            index.checked_sub(1).map(|before| entries[before].part) != Some(entry.part)
        });
        // With headings, where there is room for all of them.
        let headed = entries.len() + parts.count() + 3 <= usize::from(course.places[2].height);
        for (index, entry) in entries.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| entries[before].part);
            if headed && before != Some(entry.part) {
                course.list.push((None, course.heading(entry.part)));
            }
            let row = course.row(index, entry);
            course.list.push((Some(index), row));
        }
        if headed {
            course.list.push((None, course.heading("By yourself")));
        }
        course.list.push((Some(entries.len()), course.practice()));
        course.list.push((Some(entries.len() + 1), course.own()));
        course
    }

    /// The rows in sight: as many as there is room for, with the chosen one among them and, where there is room, the one
    /// after it.
    fn in_sight(&self) -> (usize, usize) {
        let height = usize::from(self.places[2].height).max(1);
        let chosen = self.chooser.chosen();
        let place = (self.list.iter()).position(|(entry, _)| *entry == Some(chosen));
        let place = place.unwrap_or(0);
        if self.list.len() <= height {
            return (0, self.list.len());
        }
        // Two rows say what is out of sight.
        let room = height.saturating_sub(2).max(1);
        let first = (place + 2).saturating_sub(room).min(place);
        let first = first.min(self.list.len().saturating_sub(room));
        (first, (first + room).min(self.list.len()))
    }

    fn draw(&self, frame: &mut Frame) {
        let (menu, painter) = (self.chooser.menu(), self.painter);
        let [title, bar, list, about, foot] = self.places;
        let (solved, all) = menu.exercises;
        let count = menu.entries.len();
        let lessons = match title.width {
            WITH_BARS.. => format!("{} of {count} lessons   ", menu.finished()),
            _ => String::new(),
        };
        let right = painter.text(&format!("{lessons}{solved} of {all} questions "));
        let left = painter.text(&format!(" nnmom-tutor · {}", menu.title));
        let line = spread(&left.into(), &right.into(), title.width);
        frame.render_widget(Paragraph::new(line).style(theme::title()), title);
        let whole = usize::from(bar.width).saturating_sub(2);
        let mut line = self.bar((solved, all), whole);
        line.spans.insert(0, TuiSpan::raw(" "));
        frame.render_widget(line, bar);

        let (first, last) = self.in_sight();
        let mut lines: Vec<TuiLine> = self.list[first..last]
            .iter()
            .map(|(_, line)| line.clone())
            .collect();
        if last - first < self.list.len() {
            let lessons = |rows: &[(Option<usize>, TuiLine)]| {
                rows.iter().filter(|(entry, _)| entry.is_some()).count()
            };
            let more = |sign: &str, count: usize| {
                let text = match count {
                    0 => String::new(),
                    1 => format!("  {sign} 1 more"),
                    several => format!("  {sign} {several} more"),
                };
                TuiLine::styled(painter.text(&text), painter.muted())
            };
            lines.insert(0, more("▲", lessons(&self.list[..first])));
            lines.push(more("▼", lessons(&self.list[last..])));
        }
        frame.render_widget(Paragraph::new(lines), list);
        if let Some((bar, aside)) = self.chooser.own() {
            self.draw_own(frame, about, bar, &aside);
        } else {
            self.draw_about(frame, about);
        }
        let occasion = Occasion {
            leads_to: self.chooser.home(),
            ..Occasion::default()
        };
        let on = self.chooser.own().map_or(On::Menu, |_| On::Bar);
        draw_hints(frame, foot, painter, on, occasion);
    }

    /// The line in which something of one's own is typed, and below it examples, or what is wrong with it.
    fn draw_own(&self, frame: &mut Frame, area: Rect, bar: &Bar, aside: &Aside) {
        frame.render_widget(Paragraph::new(self.heading(OWN_TITLE)), area);
        let row = Rect {
            y: area.y + 1,
            height: 1,
            ..beyond(area, 3)
        };
        draw_line(frame, row, self.painter, &prompt(), bar, aside);
        let below = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2),
            ..beyond(area, 5)
        };
        let lines = match aside {
            Aside::Wrong(_) => aside_lines(aside, ""),
            Aside::Candidates(..) | Aside::Preview(_) => OWN_EXAMPLES
                .map(|line| Line::new().with(line, Role::Muted))
                .into(),
        };
        let lines = self.painter.wrap(&lines.into(), below.width.min(WIDEST));
        frame.render_widget(self.painter.lines(&lines), below);
    }

    /// What the chosen one is about, and what opening it does.
    fn draw_about(&self, frame: &mut Frame, area: Rect) {
        let chosen = self.chooser.menu().entries.get(self.chooser.chosen());
        let begins = format!("Enter begins a round of {USUAL_PROBLEMS} problems.");
        let (title, summary, opens) = match chosen {
            Some(entry) => (
                format!("{} · {}", self.chooser.chosen() + 1, entry.title),
                entry.summary.clone(),
                entry.opens.clone(),
            ),
            None if self.chooser.chooses_own() => {
                (OWN_TITLE.to_owned(), OWN.to_owned(), OWN_OPENS.to_owned())
            }
            None => (PRACTICE_TITLE.to_owned(), PRACTICE.to_owned(), begins),
        };
        let wrap = |line: Line| self.painter.wrap_line(line, text_width(area.width));
        let mut lines = vec![self.heading(&title)];
        let text = wrap(Line::plain(summary)).into_iter();
        let opens = wrap(Line::new().with(opens, Role::Advice));
        // What is said to a key is read before anything else.
        let said = match self.chooser.message() {
            "" => Vec::new(),
            message => wrap(Line::new().with(message, Role::Strong)),
        };
        lines.extend(said.into_iter().chain(text).chain(opens).map(|line| {
            let mut line = self.painter.line(&line);
            line.spans.insert(0, TuiSpan::raw("   "));
            line
        }));
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// `─ On a surface ──────`
    fn heading(&self, title: &str) -> TuiLine<'static> {
        let (painter, rule) = (
            self.painter,
            theme::border(self.painter.look.palette(), false),
        );
        let title = painter.text(&format!(" {title} "));
        let rest = usize::from(self.width).saturating_sub(title.width() + 1);
        let line = painter.text("─");
        let strong = painter.style(Role::Strong);
        TuiLine::from(vec![
            TuiSpan::styled(line.clone(), rule),
            TuiSpan::styled(title, strong),
            TuiSpan::styled(line.repeat(rest), rule),
        ])
    }
}
