//! Where everything is, for every size of terminal.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::Pane;

/// Below this there is no room to teach.
pub const SMALLEST: Size = Size {
    width: 60,
    height: 16,
};

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One pane at a time.
    Single,
    /// The update above, one other pane below.
    Stacked,
    /// All panes.
    Wide,
}

/// The places of everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// How the panes share the screen.
    pub mode: Mode,
    /// The title, one row.
    pub title: Rect,
    /// The panes that can be seen.
    pub panes: Vec<(Pane, Rect)>,
    /// Settings and progress, one row.
    pub status: Rect,
    /// The command bar, the last message, or what the keys do: one row.
    pub foot: Rect,
    /// All of the panes' places together.
    pub body: Rect,
}

impl Areas {
    /// The places on a screen of `size`; `None` where it is too small. `focus` is the pane that must be seen.
    pub fn new(size: Size, focus: Pane) -> Option<Self> {
        if size.width < SMALLEST.width || size.height < SMALLEST.height {
            return None;
        }
        let screen = Rect::new(0, 0, size.width, size.height);
        let rows = [
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
        ];
        let [title, status, body, foot] = Layout::vertical(rows).areas(screen);
        let mode = match (size.width, size.height) {
            (100.., 24..) => Mode::Wide,
            (72.., 22..) => Mode::Stacked,
            _ => Mode::Single,
        };
        let panes = match mode {
            Mode::Wide => wide(body),
            Mode::Stacked => stacked(body, focus),
            Mode::Single => vec![(focus, body)],
        };
        Some(Self {
            mode,
            title,
            panes,
            status,
            foot,
            body,
        })
    }

    /// The place of a pane that can be seen.
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        let found = self.panes.iter().find(|(other, _)| *other == pane);
        found.map(|(_, area)| *area)
    }

    /// The pane at a place on the screen.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let mut panes = self.panes.iter();
        let here = panes.find(|(_, area)| area.contains((column, row).into()));
        here.map(|(pane, _)| *pane)
    }
}

fn wide(body: Rect) -> Vec<(Pane, Rect)> {
    let left_width = (body.width * 49 / 100).min(84);
    let [left, right] =
        Layout::horizontal([Constraint::Length(left_width), Constraint::Min(0)]).areas(body);
    let [lesson, code] = Layout::vertical([Constraint::Min(8), Constraint::Length(9)]).areas(left);
    let update_height = (body.height * 11 / 20).clamp(11, 15);
    let [update, picture] =
        Layout::vertical([Constraint::Length(update_height), Constraint::Min(0)]).areas(right);
    vec![
        (Pane::Lesson, lesson),
        (Pane::Code, code),
        (Pane::Update, update),
        (Pane::Picture, picture),
    ]
}

fn stacked(body: Rect, focus: Pane) -> Vec<(Pane, Rect)> {
    let lower_pane = match focus {
        Pane::Update => Pane::Lesson,
        Pane::Lesson | Pane::Code | Pane::Picture => focus,
    };
    let update_height = (body.height / 2).clamp(11, 14);
    let [update, lower] =
        Layout::vertical([Constraint::Length(update_height), Constraint::Min(0)]).areas(body);
    vec![(Pane::Update, update), (lower_pane, lower)]
}
