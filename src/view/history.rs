//! The weight over the updates, on every branch.

use crate::session::Session;

/// At most this many points are drawn of a branch; a longer one is sampled evenly.
const MOST_POINTS: usize = 500;

/// Of runs up to this long the whole width is kept free from the start, so that the plot does not shift.
const MOST_PLANNED: u64 = 40;

/// The weight over the updates.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The name of the weight.
    pub parameter: String,
    /// One for each branch, the current one last, so that it is drawn over the others.
    pub series: Vec<Series>,
    /// How many updates there will be, where that is known and few enough to plan for.
    pub planned: Option<u64>,
}

/// The weight on one branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The branch.
    pub name: String,
    /// Whether it is the current one.
    pub current: bool,
    /// (updates made, weight), by updates.
    pub points: Vec<(f64, f64)>,
}

impl History {
    pub(super) fn of(session: &Session) -> Self {
        let timeline = session.timeline();
        let mut series: Vec<Series> = (0..timeline.branches().len())
            .map(|branch| points(session, branch))
            .collect();
        series.sort_by_key(|series| series.current);
        Self {
            parameter: session.parameter().to_owned(),
            series,
            planned: session
                .lesson()
                .model
                .updates()
                .filter(|updates| *updates <= MOST_PLANNED),
        }
    }
}

/// The smallest and largest number across and up of all points; infinite where there are none.
pub fn bounds<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> ([f64; 2], [f64; 2]) {
    let none = [f64::INFINITY, f64::NEG_INFINITY];
    let wider = |[low, high]: [f64; 2], value: f64| [low.min(value), high.max(value)];
    points.fold((none, none), |(across, up), (x, y)| {
        (wider(across, *x), wider(up, *y))
    })
}

fn points(session: &Session, branch: usize) -> Series {
    let timeline = session.timeline();
    let current = branch == timeline.current_index();
    let run = &timeline.branches()[branch].run;
    // The current branch is drawn as far as it is on the screen: what comes after has been seen, but not yet again.
    let last = if current {
        session.step()
    } else {
        run.reached()
    };
    let trail = run.trail(session.focus(), last, MOST_POINTS);
    Series {
        name: timeline.branches()[branch].name.clone(),
        current,
        points: trail
            .into_iter()
            .map(|(step, weight)| (step as f64, weight))
            .collect(),
    }
}
