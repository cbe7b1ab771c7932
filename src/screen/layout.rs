//! Where everything is, for every size of terminal: panes get what their contents need, in the order of their claims.

use ratatui::layout::{Rect, Size};

use super::Pane;
use super::column::Column;

/// Below this there is no room to teach.
pub const SMALLEST: Size = Size {
    width: 60,
    height: 16,
};

/// The rows of a pane's heading.
pub(super) const HEADING: u16 = 1;
/// The least rows of a picture that a page is about.
const LARGE: u16 = 14;
/// Columns of the update where a small picture stands beside it, and least columns of that.
const BESIDE: (u16, u16) = (49, 28);
/// So many rows of the text are in sight at least, where it has them.
const LEAST_TEXT: u16 = 3;
/// The least rows of a screen on which a line parts what the run does from the panes.
const RULED: u16 = 28;
/// Some rows of the update above a question where only one pane has room.
const ABOVE: u16 = 4;

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One pane at a time, and the line of the update that comes next.
    Single,
    /// The update above, one other pane below.
    Stacked,
    /// Two columns.
    Wide,
    /// The picture large, the text above it.
    Picture,
    /// The pane in focus and nothing else.
    Whole,
}

impl Mode {
    /// How panes share a screen of a size, one of them in focus. `whole` is whether that one has the whole screen, and
    /// `about_picture` whether the page is about its picture. `None` where the screen is too small.
    pub fn of(size: Size, focus: Pane, whole: bool, about_picture: bool) -> Option<Self> {
        let Size { width, height } = size;
        if width < SMALLEST.width || height < SMALLEST.height {
            return None;
        }
        let asked_away = matches!(focus, Pane::Update | Pane::Code);
        Some(if whole {
            Self::Whole
        } else if width < 72 || height < 22 {
            Self::Single
        } else if about_picture && !asked_away {
            Self::Picture
        } else if width >= 100 && height >= 24 {
            Self::Wide
        } else {
            Self::Stacked
        })
    }
}

/// How many rows a pane's contents need at a width, below its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Need {
    /// What must be in sight of it.
    pub least: u16,
    /// All of it as it is now.
    pub now: u16,
    /// Its lines at their longest, without what is said of them below.
    pub lines: u16,
    /// All of it at its longest, so that nothing moves while lines are shown.
    pub whole: u16,
}

impl Need {
    /// Contents that are as long at every moment.
    pub fn of(least: u16, whole: u16) -> Self {
        Self {
            least: least.min(whole),
            now: whole,
            lines: whole,
            whole,
        }
    }
}

/// What is to have a place.
pub struct Plan<'a> {
    /// The size of the screen.
    pub size: Size,
    /// The pane that must be seen.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub whole: bool,
    /// Whether the page is about its picture.
    pub picture_page: bool,
    /// Whether a question stands in the place of the text; what the text needs is what the question does.
    pub asks: bool,
    /// The rows that a pane needs, by its columns.
    pub need: &'a dyn Fn(Pane, u16) -> Need,
    /// The least columns of the picture.
    pub picture_width: u16,
    /// The rows of what is said of the run, by its columns.
    pub verdict: &'a dyn Fn(u16) -> u16,
    /// The rows that are kept for that before anything is said, where there is room.
    pub kept: u16,
    /// The rows of what is typed or said at the foot.
    pub foot: u16,
}

/// The places of everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// How the panes share the screen.
    pub mode: Mode,
    /// The title, one row.
    pub title: Rect,
    /// Settings and progress, one row.
    pub status: Rect,
    /// The panes that can be seen, each with its heading and without the lines between them.
    pub panes: Vec<(Pane, Rect)>,
    /// The column between panes that stand beside one another.
    pub divider: Option<Rect>,
    /// What the run does, with a line above it where it stands below all; nothing where it is empty.
    pub verdict: Rect,
    /// The command bar, the last message, or what the keys do.
    pub foot: Rect,
    /// Everything between the first two rows and the foot.
    pub body: Rect,
}

impl Areas {
    /// The places of a plan; `None` where the screen is too small.
    pub fn new(plan: &Plan) -> Option<Self> {
        let Size { width, height } = plan.size;
        let whole = plan.whole && !plan.asks;
        let mode = Mode::of(plan.size, plan.focus, whole, plan.picture_page)?;
        let row = |y: u16, height: u16| Rect::new(0, y, width, height);
        let foot_rows = plan.foot.clamp(1, (height - 2) / 2);
        let body = row(2, height - 2 - foot_rows);
        let said = (plan.verdict)(width - 2);
        let ruled = match mode {
            // Here it stands above the text, which comes down when there is something to say.
            Mode::Single | Mode::Stacked if plan.focus != Pane::Picture => said,
            Mode::Single | Mode::Stacked => said.max(plan.kept),
            Mode::Wide | Mode::Picture | Mode::Whole => {
                let said = said.max(plan.kept);
                said + u16::from(said > 0 && height >= RULED)
            }
        }
        .min(body.height - 5);
        let (room, below) = split(body, body.height - ruled);
        let mut areas = Self {
            mode,
            title: row(0, 1),
            status: row(1, 1),
            panes: Vec::new(),
            divider: None,
            verdict: below,
            foot: row(height - foot_rows, foot_rows),
            body,
        };
        match mode {
            Mode::Whole => areas.panes = vec![(plan.focus, room)],
            Mode::Single => areas.panes = single(plan, room),
            Mode::Picture => areas.panes = large(plan, room),
            Mode::Wide => (areas.panes, areas.divider) = wide(plan, room),
            Mode::Stacked => stacked(plan, room, &mut areas),
        }
        Some(areas)
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

/// What is inside a pane: below its heading, a column away from what is beside it.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        y: area.y + HEADING.min(area.height),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(HEADING),
    }
}

/// The columns inside a pane of `width`.
pub(super) fn columns(width: u16) -> u16 {
    width.saturating_sub(2)
}

/// An area's first rows, and the others.
pub(super) fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let above = Rect {
        height: rows,
        ..area
    };
    let below = Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    };
    (above, below)
}

/// An area without its first columns and one more, and those.
fn beside(area: Rect, width: u16) -> (Rect, Rect, Rect) {
    let left = Rect { width, ..area };
    let divider = Rect {
        x: area.x + width,
        width: 1,
        ..area
    };
    let right = Rect {
        x: divider.x + 1,
        width: area.width - width - 1,
        ..area
    };
    (left, divider, right)
}

/// One pane; above it the line of the update that comes next, where that is not in it, and more of it where there is room.
fn single(plan: &Plan, room: Rect) -> Vec<(Pane, Rect)> {
    let is_away = plan.picture_page && plan.focus == Pane::Picture;
    if !plan.asks && (plan.focus == Pane::Update || is_away) {
        return vec![(plan.focus, room)];
    }
    let lower = if plan.asks { Pane::Lesson } else { plan.focus };
    let [update, other] = [Pane::Update, lower].map(|it| (plan.need)(it, columns(room.width)));
    let free = room.height - 2 * HEADING;
    let next = update.least.min(free / 3);
    let spare = match lower {
        Pane::Picture => 0,
        Pane::Lesson if plan.asks => {
            let some = ABOVE.min(free.saturating_sub(other.least));
            some.max(free.saturating_sub(other.whole))
        }
        Pane::Lesson | Pane::Code | Pane::Update => free.saturating_sub(other.whole),
    };
    let (above, below) = split(room, HEADING + spare.min(update.whole).max(next));
    vec![(Pane::Update, above), (lower, below)]
}

/// The text above its picture.
fn large(plan: &Plan, room: Rect) -> Vec<(Pane, Rect)> {
    let text = (plan.need)(Pane::Lesson, columns(room.width));
    let picture = (plan.need)(Pane::Picture, columns(room.width));
    let free = room.height - 2 * HEADING;
    let large = LARGE.max(picture.least).min(free * 2 / 3);
    let rows = if plan.asks {
        // The question first: the picture is not what is asked.
        let most = free - picture.least.min(free / 3);
        if text.now > most {
            // Of so small a picture nothing would be seen.
            return vec![(Pane::Lesson, room)];
        }
        text.whole.min(text.least.max(free - large)).min(most)
    } else {
        text.whole.min(free - large)
    };
    let (above, below) = split(room, HEADING + rows);
    vec![(Pane::Lesson, above), (Pane::Picture, below)]
}

/// The update above, beside it a small picture where there is room; below them what the run does and another pane.
fn stacked(plan: &Plan, room: Rect, areas: &mut Areas) {
    let lower = match plan.focus {
        _ if plan.asks => Pane::Lesson,
        Pane::Update => Pane::Lesson,
        Pane::Lesson | Pane::Code | Pane::Picture => plan.focus,
    };
    // What the run does stands between the two.
    let verdict = areas.verdict.height;
    let need = |pane, width| (plan.need)(pane, columns(width));
    let other = need(lower, room.width);
    let free = room.height - 2 * HEADING;
    let update = need(Pane::Update, room.width);
    let most = free.saturating_sub(other.least.max(LEAST_TEXT));
    let most = most.max(update.least.min(free / 3));
    let left = BESIDE.0.min(room.width);
    let right = room.width.saturating_sub(left + 1);
    let (narrow, picture) = (need(Pane::Update, left), need(Pane::Picture, right));
    let fits = lower != Pane::Picture
        && plan.picture_width.max(BESIDE.1) <= columns(right)
        && narrow.lines <= most.max(update.lines)
        && picture.least <= most;
    // Nothing moves while a question is asked and answered.
    let wanted = |need: Need| if plan.asks { need.whole } else { need.now };
    let rows = if fits {
        wanted(narrow).max(picture.least)
    } else {
        wanted(update)
    };
    // What the other pane does not need is above it.
    let spare = free.saturating_sub(other.whole);
    let rows = rows
        .min(most)
        .max(spare.min(if fits { most } else { update.whole }));
    let (above, below) = split(room, HEADING + rows);
    areas.verdict = Rect {
        y: below.y,
        height: verdict,
        ..room
    };
    let below = Rect {
        y: below.y + verdict,
        ..below
    };
    if fits {
        let (left, divider, right) = beside(above, left);
        areas.divider = Some(divider);
        areas.panes = vec![(Pane::Update, left), (Pane::Picture, right)];
    } else {
        areas.panes = vec![(Pane::Update, above)];
    }
    areas.panes.push((lower, below));
}

/// Two columns: the text and the code beside the update and the picture; or, where more of them is in sight then, the text
/// and the picture beside the update and the code.
fn wide(plan: &Plan, room: Rect) -> (Vec<(Pane, Rect)>, Option<Rect>) {
    let width = 48 + (room.width - 100) / 5;
    let (left, divider, right) = beside(room, width.min(78));
    let ways: [[&[Pane]; 2]; 2] = if plan.asks {
        [
            [&[Pane::Lesson], &[Pane::Update, Pane::Picture]],
            [&[Pane::Lesson, Pane::Picture], &[Pane::Update]],
        ]
    } else {
        [
            [&[Pane::Lesson, Pane::Code], &[Pane::Update, Pane::Picture]],
            [&[Pane::Lesson, Pane::Picture], &[Pane::Update, Pane::Code]],
        ]
    };
    let best = ways.into_iter().map(|[panes_left, panes_right]| {
        let left = Column::new(plan, left, panes_left);
        let right = Column::new(plan, right, panes_right);
        let cost = left.cost() + right.cost();
        // No pane is cut beside empty rows of another; a question has the rows of what may be said for comfort.
        let beside_left = left.spare() > 0 && right.cuts();
        let beside_right = right.spare() > 0 && left.cuts() && !plan.asks;
        let wasted = beside_left || beside_right;
        (cost + if wasted { 500 } else { 0 }, left, right)
    });
    let best = best.min_by_key(|(cost, ..)| *cost);
    let columns = best
        .map(|(_, left, right)| [left, right])
        .into_iter()
        .flatten();
    let panes = columns.flat_map(Column::panes).collect();
    (panes, Some(divider))
}
