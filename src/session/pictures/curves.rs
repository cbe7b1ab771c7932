//! A quantity over the updates of a branch.

use crate::command::Refusal;
use crate::command::{Choice, Picture, Plotted, Plotting, ScreenAction, Spacing, Topic};
use crate::explain::{Line, value_of};
use crate::session::{Outcome, Part, Session, chosen};
use crate::timeline::Record;

/// So many numbers may be computed for one curve.
const MOST_EFFORT: usize = 200_000;

impl Session {
    /// What the history draws.
    pub fn plotted(&self) -> Plotted {
        self.looks.plotted
    }

    /// On which scale the history draws it.
    pub fn spacing(&self) -> Spacing {
        self.looks.spacing
    }

    pub(in crate::session) fn plot(&mut self, plotting: Plotting) -> Result<Outcome, Refusal> {
        match plotting {
            Plotting::What(choice) => {
                let all = self.plottable();
                let what = chosen(choice, &all, self.looks.plotted);
                if !all.contains(&what) {
                    return Err(Refusal::new(
                        "the gradients of this lesson are given, and it has no loss",
                        "`plot weight` or `plot gradient`, for example",
                    ));
                }
                self.looks.plotted = what;
            }
            Plotting::Spacing(spacing) => {
                self.looks.spacing = spacing.unwrap_or(match self.looks.spacing {
                    Spacing::Linear => Spacing::Log,
                    Spacing::Log => Spacing::Linear,
                });
            }
        }
        self.looks.picture = Some(Picture::History);
        let view = ScreenAction::View(Choice::This(Topic::Picture(Picture::History)));
        let message = Line::plain(format!("{}.", self.plot_words()));
        Ok(Outcome::says(message).and(Part::Screen(view)))
    }

    /// What can be drawn over the updates.
    fn plottable(&self) -> Vec<Plotted> {
        let has_loss = !self.lesson.model.metric_names().is_empty();
        let all = Plotted::ALL.into_iter();
        all.filter(|what| has_loss || *what != Plotted::Loss)
            .collect()
    }

    /// `The history draws the size of the gradient of w on a log scale`
    fn plot_words(&self) -> String {
        let size = match (self.looks.spacing, self.looks.plotted) {
            (Spacing::Log, what) if what != Plotted::Loss => "the size of ",
            _ => "",
        };
        let what = match self.looks.plotted {
            Plotted::Loss => "the loss".to_owned(),
            Plotted::Weight => self.parameter().to_owned(),
            other => format!("the {} of {}", other.words(), self.parameter()),
        };
        let scale = match self.looks.spacing {
            Spacing::Linear => "",
            Spacing::Log => " on a log scale",
        };
        format!("The history draws {size}{what}{scale}")
    }

    /// A quantity along a branch at about `most` places or fewer, as far as it is shown: by updates made where it is
    /// there at any time, otherwise by the number of the update that has it.
    pub fn curve(&self, branch: usize, plotted: Plotted, most: usize) -> Vec<(u64, f64)> {
        let run = &self.timeline().branches()[branch].run;
        let last = self.shown_steps(branch);
        match plotted {
            Plotted::Weight => run.trail(self.focus(), last, most),
            Plotted::Loss => match self.lesson.model.surface() {
                Some(surface) => run.along(last, most, |weights| surface.loss(weights)),
                None => self.losses(branch),
            },
            other => self.terms_along(branch, other, last, most),
        }
    }

    /// The mean error over all items.
    fn losses(&self, branch: usize) -> Vec<(u64, f64)> {
        let run = &self.timeline().branches()[branch].run;
        let samples = self
            .last_sample(branch)
            .map_or_else(Vec::new, |last| run.samples(last));
        let loss = |step: u64| Some((step, run.metrics(step)?.loss));
        samples.into_iter().filter_map(loss).collect()
    }

    /// A quantity of updates.
    fn terms_along(
        &self,
        branch: usize,
        plotted: Plotted,
        last: u64,
        most: usize,
    ) -> Vec<(u64, f64)> {
        let run = &self.timeline().branches()[branch].run;
        let most = most.min((MOST_EFFORT / run.model().parameters().len()).max(8));
        let value = |record: &Record| {
            let value = value_of(record, self.focus(), self.convention(), plotted.quantity());
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
            values.extend(
                steps
                    .filter_map(|step| run.record(step).ok())
                    .map(|r| value(&r)),
            );
        }
        values.retain(|(_, value)| value.is_finite());
        values
    }
}
