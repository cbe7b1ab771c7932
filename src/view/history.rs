//! A quantity over the updates, on every branch.

use crate::command::{Plotted, Spacing};
use crate::math::portable::log10;
use crate::session::Session;

/// At most this many points are drawn of a branch; a longer one is sampled evenly.
const MOST_POINTS: usize = 500;

/// Of runs up to this long the whole width is kept free from the start, so that the plot does not shift.
const MOST_PLANNED: u64 = 40;

/// A quantity over the updates.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The name of the weight.
    pub parameter: String,
    /// What is drawn.
    pub plotted: Plotted,
    /// On a log scale the points are powers of ten, of the size without its sign.
    pub spacing: Spacing,
    /// One for each branch, the current one last, so that it is drawn over the others.
    pub series: Vec<Series>,
    /// How many updates there will be, where that is known and few enough to plan for.
    pub planned: Option<u64>,
}

/// The quantity on one branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The branch.
    pub name: String,
    /// Whether it is the current one.
    pub current: bool,
    /// (updates made, value), by updates.
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
            plotted: session.plotted(),
            spacing: session.spacing(),
            series,
            planned: session
                .lesson()
                .model
                .updates()
                .filter(|updates| *updates <= MOST_PLANNED),
        }
    }

    /// `size of the gradient of w, log scale`
    pub fn heading(&self) -> String {
        let what = match self.plotted {
            Plotted::Weight => self.parameter.clone(),
            Plotted::Loss => "loss".to_owned(),
            other => format!("{} of {}", other.words(), self.parameter),
        };
        match (self.spacing, self.plotted) {
            (Spacing::Linear, _) => what,
            (Spacing::Log, Plotted::Loss) => format!("{what}, log scale"),
            (Spacing::Log, _) => format!("size of {what}, log scale"),
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
    let curve = session.curve(branch, session.plotted(), MOST_POINTS);
    let spacing = session.spacing();
    Series {
        name: timeline.branches()[branch].name.clone(),
        current: branch == timeline.current_index(),
        points: curve
            .into_iter()
            .filter_map(|(step, value)| Some((step as f64, height(value, spacing)?)))
            .collect(),
    }
}

/// How high a value stands. On a log scale 0 has no place.
fn height(value: f64, spacing: Spacing) -> Option<f64> {
    let height = match spacing {
        Spacing::Linear => value,
        Spacing::Log => log10(value.abs()),
    };
    height.is_finite().then_some(height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_log_scale_sizes_count_and_zero_has_no_place() {
        assert_eq!(height(-0.001, Spacing::Log), Some(-3.0));
        assert_eq!(height(-0.001, Spacing::Linear), Some(-0.001));
        assert_eq!(height(0.0, Spacing::Log), None);
        assert_eq!(height(0.0, Spacing::Linear), Some(0.0));
    }
}
