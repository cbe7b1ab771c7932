//! Error and accuracy over the epochs, on every branch.

use super::Series;
use crate::explain::Digits;
use crate::math::{ErrorMeasure, Metrics};
use crate::session::Session;

/// Error and accuracy over the epochs.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorsView {
    /// What the error is called: `mse`, or `loss` where that is no squared error.
    pub error_name: &'static str,
    /// The error, one series for each branch, the current one last. Its points are (epochs, error).
    pub errors: Vec<Series>,
    /// The share of items that are right, in the same order; empty where outputs are amounts.
    pub accuracies: Vec<Series>,
    /// The share of test items that are right on the current branch; empty where there are none.
    pub test: Vec<(f64, f64)>,
    /// The figures of the current branch where the learner is.
    pub now: Option<Metrics>,
    /// How many digits a number has at most.
    pub digits: Digits,
}

impl ErrorsView {
    pub(super) fn of(session: &Session) -> Option<Self> {
        let network = session.lesson().model.network()?;
        let squared = network.design().error == ErrorMeasure::Squared;
        let timeline = session.timeline();
        let current = timeline.current_index();
        let mut branches: Vec<usize> = (0..timeline.branches().len()).collect();
        branches.sort_by_key(|branch| *branch == current);
        let mut view = Self {
            error_name: if squared { "mse" } else { "loss" },
            errors: Vec::new(),
            accuracies: Vec::new(),
            test: Vec::new(),
            now: None,
            digits: session.digits(),
        };
        for branch in branches {
            let figures = figures(session, branch);
            let series = |value: &dyn Fn(&Metrics) -> Option<f64>| {
                let point = |(epoch, metrics): &(f64, Metrics)| {
                    let value = value(metrics).filter(|value| value.is_finite())?;
                    Some((*epoch, value))
                };
                Series {
                    name: timeline.branches()[branch].name.clone(),
                    current: branch == current,
                    points: figures.iter().filter_map(point).collect(),
                }
            };
            view.errors
                .push(series(&|m| if squared { m.mse } else { Some(m.loss) }));
            view.accuracies.push(series(&|m| m.accuracy));
            if branch == current {
                view.test = series(&|m| m.test_accuracy).points;
                view.now = figures.last().map(|(_, metrics)| *metrics);
            }
        }
        if view
            .accuracies
            .iter()
            .all(|series| series.points.is_empty())
        {
            view.accuracies.clear();
        }
        Some(view)
    }

    /// The error where the learner is.
    pub fn error_now(&self) -> Option<f64> {
        let current = self.errors.last()?;
        current.points.last().map(|point| point.1)
    }
}

/// The figures of a branch by epochs, as far as they may be seen.
fn figures(session: &Session, branch: usize) -> Vec<(f64, Metrics)> {
    let run = &session.timeline().branches()[branch].run;
    let length = run.model().epoch_length().unwrap_or(1) as f64;
    let samples = session
        .last_sample(branch)
        .map_or_else(Vec::new, |last| run.samples(last));
    let figure = |step: u64| Some((step as f64 / length, run.metrics(step)?));
    samples.into_iter().filter_map(figure).collect()
}
