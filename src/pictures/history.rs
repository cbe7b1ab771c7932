//! A quantity over the updates, on every branch.

use super::along::Along;
use super::{Pictured, Subject};
use crate::command::{Plotted, Spacing};
use crate::explain::{Digits, Line, Quantity, Role, Text, number, plural, value_of};
use crate::math::Metrics;
use crate::math::portable::{log10, power, power_of_ten};
use crate::timeline::{Record, Run};

/// At most this many points are drawn of a branch; a longer one is sampled evenly.
const MOST_POINTS: usize = 500;
/// Of runs up to this long the whole width is kept free from the start, so that the plot does not shift.
const MOST_PLANNED: u64 = 40;
/// So many numbers may be computed for one curve.
const MOST_EFFORT: usize = 200_000;
/// Of a longer run only some updates are looked at to tell of them.
const MOST_LOOKED_AT: usize = 2_000;

/// A quantity over the updates.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryView {
    /// The name of the weight.
    pub parameter: String,
    /// What is drawn.
    pub plotted: Plotted,
    /// On a log scale the points are powers of ten, of the size without its sign.
    pub spacing: Spacing,
    /// One for each branch, the current one last, so that it is drawn over the others.
    pub series: Vec<Series>,
    /// The run before a setting was turned; without points where there is none.
    pub ghost: Vec<(f64, f64)>,
    /// The last update that is drawn, and the smallest and the largest height.
    pub ends: (f64, [f64; 2]),
    /// How many updates there will be, where that is known and few enough to plan for.
    pub planned: Option<u64>,
    /// How many digits a number has at most.
    pub digits: Digits,
}

/// The quantity on one branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub current: bool,
    /// (updates made, value), by updates.
    pub points: Vec<(f64, f64)>,
}

impl HistoryView {
    pub(super) fn new(subject: &Subject) -> Self {
        let updates = subject.model().updates();
        let (plotted, spacing) = (subject.looks.plotted(), subject.looks.spacing());
        let series: Vec<Series> = subject
            .drawn_branches()
            .map(|branch| Series::new(subject, branch))
            .collect();
        let ghost = subject.ghost().map_or_else(Vec::new, |run| {
            let figures = || subject.figures_of_ghost();
            points(
                subject,
                curve(subject, run, run.reached(), MOST_POINTS, figures),
            )
        });
        let all = series.iter().flat_map(|series| &series.points);
        let ([_, last], mut up) = bounds(all.chain(&ghost));
        if let Some(ghost) = subject.timeline.ghost() {
            let key = (ghost.number(), plotted, subject.focus, spacing);
            up = subject.looks.axis().hold(key, up);
        }
        Self {
            parameter: subject.parameter().to_owned(),
            plotted,
            spacing,
            series,
            ghost,
            ends: (last, up),
            planned: updates.filter(|updates| *updates <= MOST_PLANNED),
            digits: subject.digits,
        }
    }
}

impl Pictured for HistoryView {
    fn prepare(subject: &Subject) {
        if subject.looks.plotted() == Plotted::Loss {
            subject.prepare_figures();
        }
    }

    fn of(subject: &Subject) -> Option<Self> {
        Some(Self::new(subject))
    }

    /// Branch by branch: what the weight or another quantity does from its first update to its last.
    fn words(subject: &Subject) -> Text {
        let plotted = subject.looks.plotted();
        let mut lines = Vec::new();
        for index in 0..subject.branches().len() {
            lines.extend(subject.branch_heading(index));
            let values = curve_of(subject, index, MOST_LOOKED_AT);
            let along = Along {
                what: &drawn(plotted, subject.parameter()),
                place: &|step| match plotted {
                    Plotted::Weight | Plotted::Loss => {
                        format!("after {step} {}", plural(step, "update"))
                    }
                    Plotted::Term(_) => format!("in update {step}"),
                },
                show: &|value| subject.show(value),
                role: Role::Quantity(plotted.quantity()),
                values: &values,
            };
            lines.extend(along.sentences());
            if values.is_empty() {
                lines.push(Line::plain("No update is complete yet."));
            }
        }
        lines.into()
    }

    /// `size of gradient of w, log scale`
    fn heading(&self) -> String {
        let what = drawn(self.plotted, &self.parameter);
        match (self.spacing, self.plotted == Plotted::Loss) {
            (Spacing::Linear, _) => what,
            (Spacing::Log, true) => format!("{what}, log scale"),
            (Spacing::Log, false) => format!("size of {what}, log scale"),
        }
    }

    /// `Rising: w goes from 3.56 to 3.61 in 1 update.`, or where each of several runs ends.
    fn verdict(&self) -> Option<Line> {
        let value = |height: f64| match self.spacing {
            Spacing::Linear => height,
            Spacing::Log => {
                power_of_ten(height.floor() as i32) * power(10.0, height - height.floor())
            }
        };
        let ends = |series: &Series| {
            let first = series.points.first().filter(|_| self.series.len() == 1);
            let ends = [first, series.points.last()];
            ends.into_iter()
                .flatten()
                .map(|point| value(point.1))
                .collect::<Vec<_>>()
        };
        let digits = self.digits.apart(self.series.iter().flat_map(ends));
        let shown = |height: f64| number::display(value(height), digits);
        let size = match self.spacing {
            Spacing::Log if self.plotted != Plotted::Loss => "the size of ",
            Spacing::Linear | Spacing::Log => "",
        };
        let what = format!("{size}{}", drawn(self.plotted, &self.parameter));
        let end = |series: &Series| series.points.last().map(|point| point.1);
        let (current, others) = self.series.split_last()?;
        let ends: Vec<f64> = others.iter().filter_map(end).collect();
        if let (Some(here), false) = (end(current), ends.is_empty()) {
            let [low, high] = ends
                .iter()
                .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], end| {
                    [low.min(*end), high.max(*end)]
                });
            let words = if self.plotted == Plotted::Loss && low < here {
                let best = others.iter().find(|series| end(series) == Some(low))?;
                let (lowest, here) = (shown(low), shown(here));
                format!(
                    "Lowest: {} has {lowest}; {} has {here}.",
                    best.name, current.name
                )
            } else if self.plotted == Plotted::Loss {
                format!("Lowest: {} has {}.", current.name, shown(here))
            } else {
                let (here, low) = (shown(here), shown(low));
                let others = if ends.len() == 1 {
                    format!("the other at {low}")
                } else {
                    format!("the others between {low} and {}", shown(high))
                };
                format!("At the end: {} at {here}, {others}.", current.name)
            };
            return Some(Line::plain(words));
        }
        let points = &current.points;
        let [first, .., last] = points.as_slice() else {
            return points
                .first()
                .map(|point| Line::plain(format!("At the start: {what} is {}.", shown(point.1))));
        };
        let updates = (last.0 - first.0) as u64;
        if shown(first.1) == shown(last.1) {
            let (here, word) = (shown(last.1), plural(updates, "update"));
            let text = format!("As before: {what} is {here} after {updates} {word}.");
            return Some(Line::plain(text));
        }
        let word = ["Lower", "Higher"][usize::from(last.1 > first.1)];
        Some(Line::plain(format!(
            "{word}: {what} goes from {} to {} in {updates} {}.",
            shown(first.1),
            shown(last.1),
            plural(updates, "update")
        )))
    }
}

/// `gradient of w`
fn drawn(plotted: Plotted, parameter: &str) -> String {
    match plotted {
        Plotted::Weight => parameter.to_owned(),
        Plotted::Loss => "loss".to_owned(),
        Plotted::Term(term) => format!("{} of {parameter}", term.label()),
    }
}

/// What can be drawn over the updates.
pub fn plottable(subject: &Subject) -> Vec<Plotted> {
    let has_loss = !subject.model().metric_names().is_empty();
    let all = Plotted::all();
    all.filter(|what| has_loss || *what != Plotted::Loss)
        .collect()
}

/// `The history draws the size of the gradient of w on a log scale.`
pub fn plot_sentence(subject: &Subject) -> String {
    let plotted = subject.looks.plotted();
    let (size, scale) = match (subject.looks.spacing(), plotted == Plotted::Loss) {
        (Spacing::Linear, _) => ("", ""),
        (Spacing::Log, true) => ("", " on a log scale"),
        (Spacing::Log, false) => ("the size of ", " on a log scale"),
    };
    let the = ["the ", ""][usize::from(plotted == Plotted::Weight)];
    let what = drawn(plotted, subject.parameter());
    format!("The history draws {size}{the}{what}{scale}.")
}

/// What is drawn along a branch, as far as it is shown.
fn curve_of(subject: &Subject, branch: usize, most: usize) -> Vec<(u64, f64)> {
    let run = &subject.branches()[branch].run;
    let figures = || subject.figures(branch);
    curve(subject, run, subject.shown_steps(branch), most, figures)
}

/// What is drawn along a run up to `last`, at about `most` places or fewer: by updates made where it is there at any
/// time, otherwise by the number of the update that has it. `figures` are those over all items.
fn curve(
    subject: &Subject,
    run: &Run,
    last: u64,
    most: usize,
    figures: impl FnOnce() -> Vec<(u64, Metrics)>,
) -> Vec<(u64, f64)> {
    match subject.looks.plotted() {
        Plotted::Weight => run.trail(subject.focus, last, most),
        Plotted::Loss => {
            if let Some(surface) = subject.surface() {
                return run.along(last, most, |weights| surface.loss(weights));
            }
            let loss = |(step, metrics): (u64, Metrics)| (step, metrics.loss);
            figures().into_iter().map(loss).collect()
        }
        Plotted::Term(term) => terms_along(subject, run, last, term, most),
    }
}

fn terms_along(
    subject: &Subject,
    run: &Run,
    last: u64,
    quantity: Quantity,
    most: usize,
) -> Vec<(u64, f64)> {
    let most = most.min((MOST_EFFORT / subject.parameters().len()).max(8));
    let value = |record: &Record| {
        let value = value_of(record, subject.focus, subject.convention, quantity);
        (record.step + 1, value)
    };
    let mut values = Vec::new();
    if last <= most as u64 {
        run.walk(0, last, |record, _| {
            values.push(value(record));
            false
        });
    } else {
        let kept: Vec<u64> = run.landmarks(last - 1).map(|state| state.step).collect();
        let apart = kept.len().div_ceil(most);
        let steps = kept.into_iter().step_by(apart).chain([last - 1]);
        let records = steps.filter_map(|step| run.record(step).ok());
        values.extend(records.map(|record| value(&record)));
    }
    values.retain(|(_, value)| value.is_finite());
    values
}

/// The smallest and largest number across and up of all points; infinite where there are none.
pub fn bounds<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> ([f64; 2], [f64; 2]) {
    let none = [f64::INFINITY, f64::NEG_INFINITY];
    let wider = |[low, high]: [f64; 2], value: f64| [low.min(value), high.max(value)];
    points.fold((none, none), |(across, up), (x, y)| {
        (wider(across, *x), wider(up, *y))
    })
}

impl Series {
    fn new(subject: &Subject, branch: usize) -> Self {
        Self {
            name: subject.branches()[branch].name.clone(),
            current: branch == subject.timeline.current_index(),
            points: points(subject, curve_of(subject, branch, MOST_POINTS)),
        }
    }
}

/// Where the values of a curve stand in the plot.
fn points(subject: &Subject, curve: Vec<(u64, f64)>) -> Vec<(f64, f64)> {
    let spacing = subject.looks.spacing();
    let point = |(step, value)| Some((step as f64, height(value, spacing)?));
    curve.into_iter().filter_map(point).collect()
}

/// How high a value stands. On a log scale 0 has no place.
fn height(value: f64, spacing: Spacing) -> Option<f64> {
    let height = match spacing {
        Spacing::Linear => value,
        Spacing::Log => log10(value.abs()),
    };
    height.is_finite().then_some(height)
}
