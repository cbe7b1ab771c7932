//! Panes below one another, and how they share the rows of a column.

use ratatui::layout::Rect;

use super::Pane;
use super::layout::{HEADING, Need, Plan, columns, split};

/// A pane in a column: what it needs and what it has.
#[derive(Debug, Clone, Copy)]
struct Share {
    pane: Pane,
    need: Need,
    /// With its heading; 0 where it is away.
    rows: u16,
    /// How much each row counts that is out of sight.
    weight: u32,
}

impl Share {
    /// The rows of it that are out of sight.
    fn cut(&self) -> u16 {
        (self.need.whole + HEADING).saturating_sub(self.rows)
    }
}

/// Panes below one another.
pub(super) struct Column {
    area: Rect,
    shares: Vec<Share>,
}

impl Column {
    /// Shares the rows of an area: first what must be in sight of each, then all of each, in the order of their claims.
    pub(super) fn new(plan: &Plan, area: Rect, panes: &[Pane]) -> Self {
        let share = |&pane: &Pane| Share {
            pane,
            need: (plan.need)(pane, columns(area.width)),
            rows: 0,
            weight: match pane {
                // What is said to answers can be scrolled; of the text each row counts.
                Pane::Lesson if plan.asks => 2,
                Pane::Lesson => 1000,
                // The update follows its next line.
                Pane::Update => 6,
                Pane::Picture => 2,
                Pane::Code => 1,
            },
        };
        let mut column = Self {
            area,
            shares: panes.iter().map(share).collect(),
        };
        let mut free = area.height;
        let mut order: Vec<usize> = (0..panes.len()).collect();
        order.sort_by_key(|&index| claim(panes[index], plan.focus));
        // Code that nobody has asked for is away where there is no room for all that stands above it.
        let gives_way = |share: &Share| share.pane == Pane::Code && plan.focus != Pane::Code;
        for &index in &order {
            let share = &mut column.shares[index];
            if gives_way(share) {
                continue;
            }
            share.rows = (HEADING + share.need.least).min(free);
            free -= share.rows;
        }
        for &index in &order {
            let share = &mut column.shares[index];
            let least = HEADING + share.need.least;
            if gives_way(share) && free < least {
                continue;
            }
            let more = share.cut().min(free);
            share.rows += more;
            free -= more;
        }
        // What remains is the picture's, or else it is left below what stands first.
        let takes = column
            .shares
            .iter()
            .position(|it| it.pane == Pane::Picture && it.rows > 0);
        column.shares[takes.unwrap_or(0)].rows += free;
        column
    }

    /// What is out of sight, weighed by what it is.
    pub(super) fn cost(&self) -> u32 {
        let cuts = self.shares.iter().map(|it| it.weight * u32::from(it.cut()));
        cuts.sum()
    }

    /// Whether something of the text or the update is out of sight, or of what is away with it.
    pub(super) fn cuts(&self) -> bool {
        self.shares.iter().any(|it| it.cut() > 0)
    }

    /// Rows in which there is nothing.
    pub(super) fn spare(&self) -> u16 {
        let empty = |it: &Share| match it.pane {
            Pane::Picture => 0,
            Pane::Lesson | Pane::Update | Pane::Code => {
                it.rows.saturating_sub(it.need.whole + HEADING)
            }
        };
        self.shares.iter().map(empty).sum()
    }

    pub(super) fn panes(self) -> Vec<(Pane, Rect)> {
        let mut rest = self.area;
        let place = |share: &Share| {
            let (area, below) = split(rest, share.rows);
            rest = below;
            (share.pane, area)
        };
        let all: Vec<_> = self.shares.iter().map(place).collect();
        all.into_iter()
            .filter(|(_, area)| area.height > 0)
            .collect()
    }
}

/// Which panes come first where rows are shared.
fn claim(pane: Pane, focus: Pane) -> u8 {
    match pane {
        Pane::Update => 0,
        Pane::Lesson => 1,
        Pane::Picture => 2,
        // Code that is in focus has been asked for.
        Pane::Code if focus == Pane::Code => 1,
        Pane::Code => 3,
    }
}
