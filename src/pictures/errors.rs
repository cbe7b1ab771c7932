//! Error and accuracy over the epochs, on every branch.

use super::answers::right_words;
use super::{Pictured, Series, Subject};
use crate::explain::{Digits, Line, Quantity, Role, Text, number, plural};
use crate::math::{ErrorMeasure, Metrics};

/// Longer lists say nothing more.
const MOST_LINES: usize = 6;

/// Error and accuracy over the epochs.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorsView {
    /// What the error is called: `mse`, or `loss` where that is no squared error.
    pub error_name: &'static str,
    /// The error, one series for each branch, the current one last. Its points are (epochs, error).
    pub errors: Vec<Series>,
    /// The share of items that are right, in the same order; empty where outputs are amounts.
    pub accuracies: Vec<Series>,
    /// Error and accuracy before a setting was turned; without points where there is no such run.
    pub ghosts: [Vec<(f64, f64)>; 2],
    /// The share of test items that are right on the current branch; empty where there are none.
    pub test: Vec<(f64, f64)>,
    /// The figures of the current branch where the learner is.
    pub now: Option<Metrics>,
    /// How many items there are.
    pub count: usize,
    pub digits: Digits,
}

impl ErrorsView {
    /// The error where the learner is.
    pub fn error_now(&self) -> Option<f64> {
        let current = self.errors.last()?;
        current.points.last().map(|point| point.1)
    }
}

impl Pictured for ErrorsView {
    fn prepare(subject: &Subject) {
        subject.prepare_figures();
    }

    fn of(subject: &Subject) -> Option<Self> {
        let squared = subject.network()?.design().error == ErrorMeasure::Squared;
        let current = subject.timeline.current_index();
        let length = subject.model().epoch_length().unwrap_or(1) as f64;
        let mut view = Self {
            error_name: if squared { "mse" } else { "loss" },
            errors: Vec::new(),
            accuracies: Vec::new(),
            ghosts: Default::default(),
            test: Vec::new(),
            now: None,
            count: subject.network()?.items().len(),
            digits: subject.digits,
        };
        let points = |figures: &[(u64, Metrics)], value: &dyn Fn(&Metrics) -> Option<f64>| {
            let point = |(step, metrics): &(u64, Metrics)| {
                let value = value(metrics).filter(|value| value.is_finite())?;
                Some((*step as f64 / length, value))
            };
            figures.iter().filter_map(point).collect::<Vec<_>>()
        };
        let error = |m: &Metrics| if squared { m.mse } else { Some(m.loss) };
        let before = subject.figures_of_ghost();
        view.ghosts = [points(&before, &error), points(&before, &|m| m.accuracy)];
        for branch in subject.drawn_branches() {
            let figures = subject.figures(branch);
            let series = |value: &dyn Fn(&Metrics) -> Option<f64>| Series {
                name: subject.branches()[branch].name.clone(),
                current: branch == current,
                points: points(&figures, value),
            };
            view.errors.push(series(&error));
            view.accuracies.push(series(&|m| m.accuracy));
            if branch == current {
                view.test = series(&|m| m.test_accuracy).points;
                view.now = figures.last().map(|(_, metrics)| *metrics);
            }
        }
        if (view.accuracies.iter()).all(|series| series.points.is_empty()) {
            view.accuracies.clear();
        }
        Some(view)
    }

    /// Error and accuracy, epoch by epoch as far as there is room, branch by branch.
    fn words(subject: &Subject) -> Text {
        let mut lines = Vec::new();
        for (index, branch) in subject.branches().iter().enumerate() {
            lines.extend(subject.branch_heading(index));
            let Some(last) = subject.last_sample(index) else {
                lines.push(Line::plain("The error has not been shown yet."));
                continue;
            };
            let samples = branch.run.samples(last);
            let apart = samples.len().div_ceil(MOST_LINES).max(1);
            let (end, before) = samples.split_last().unwrap_or((&0, &[]));
            for step in before.iter().step_by(apart).chain([end]) {
                let metrics = branch.run.metrics(*step);
                lines.extend(metrics.map(|metrics| metrics_sentence(subject, *step, &metrics)));
            }
        }
        lines.into()
    }

    /// `Better: 113 of 120 right (94.2%); mse 0.0709, from 0.666.`
    fn verdict(&self) -> Option<Line> {
        let points = &self.errors.last()?.points;
        let (first, last) = (points.first()?.1, points.last()?.1);
        let show = |value| number::display(value, self.digits.few());
        let word = if points.len() == 1 {
            "At the start"
        } else if show(first) == show(last) {
            "As before"
        } else if last < first {
            "Better"
        } else {
            "Worse"
        };
        let right = self.now.and_then(|now| now.accuracy).map(|share| {
            let right = (share * self.count as f64).round() as usize;
            format!(
                "{}; ",
                right_words(right, self.count, self.digits.decimal())
            )
        });
        let from = (points.len() > 1).then(|| format!(", from {}", show(first)));
        Some(Line::plain(format!(
            "{word}: {}{} {}{}.",
            right.unwrap_or_default(),
            self.error_name,
            show(last),
            from.unwrap_or_default()
        )))
    }
}

/// `after 3 epochs: mse 0.25, accuracy 0.93, accuracy on test items 0.97`
fn metrics_sentence(subject: &Subject, step: u64, metrics: &Metrics) -> Line {
    let length = subject.model().epoch_length().unwrap_or(1);
    let (count, word) = if step.is_multiple_of(length) {
        (step / length, "epoch")
    } else {
        (step, "update")
    };
    let mut line = Line::plain(format!("after {count} {}: mse ", plural(count, word)));
    line.push(
        subject.show(metrics.mse.unwrap_or(f64::NAN)),
        Role::Quantity(Quantity::Error),
    );
    line.push(
        format!(", loss {}", subject.show(metrics.loss)),
        Role::Plain,
    );
    for (words, share) in [
        ("accuracy", metrics.accuracy),
        ("accuracy on test items", metrics.test_accuracy),
    ] {
        if let Some(share) = share {
            let shown = subject.show(share);
            line.push(format!(", {words} {shown}"), Role::Plain);
        }
    }
    line
}
