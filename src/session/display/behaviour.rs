//! What a run on a surface is doing, and what theory says of it.

use crate::command::Picture;
use crate::explain::behaviour::{FEWEST, LOOKED_AT, Sample, behaviour, predict};
use crate::explain::{Digits, Line, Role, number};
use crate::math::{Surface, valley};
use crate::pictures::{Landscape, words};
use crate::session::{Outcome, Session};
use crate::timeline::Record;

impl Session {
    /// The surface's window and minima; `None` without a surface.
    pub fn landscape(&self) -> Option<&Landscape> {
        let surface = self.lesson.model.surface()?;
        Some(self.memo.landscape(surface))
    }

    /// What the run is doing and what will become of it, in a sentence each; nothing without a surface.
    pub fn behaviour(&self) -> Vec<Line> {
        if self.lesson.model.surface().is_none() {
            return Vec::new();
        }
        let branch = self.timeline().current_index();
        let here = (branch, self.record(), self.step(), self.digits());
        self.memo.behaviour(here, || self.look_at_behaviour())
    }

    /// The sentence of them that tells what the run has been seen to do; `None` where it is too early.
    pub fn seen_behaviour(&self) -> Option<Line> {
        let first = self.behaviour().into_iter().next()?;
        let is_theory = first.spans.iter().any(|span| span.role == Role::Muted);
        (!is_theory).then_some(first)
    }

    fn look_at_behaviour(&self) -> Vec<Line> {
        let (Some(surface), Some(landscape)) = (self.lesson.model.surface(), self.landscape())
        else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let samples = self.samples(surface, landscape);
        let curvatures = self.subject().curvatures();
        if samples.len() >= FEWEST {
            let lowest = landscape.minima.first().map(|minimum| minimum.loss);
            let seen = behaviour(&samples, &curvatures, lowest);
            let parameter = |index: usize| self.lesson.model.parameters()[index].clone();
            let minimum = |index: usize| self.minimum_name(landscape, index);
            lines.push(Line::plain(seen.words(&parameter, &minimum)));
            // What theory expects is said once there is something to compare it with, and takes no guess away.
            let settings = self.record().settings;
            if let Some(prediction) = predict(settings, &curvatures) {
                lines.push(Line::new().with(prediction.words(self.digits()), Role::Muted));
            }
        }
        lines
    }

    /// `the minimum at x = 1.5`, `the lowest minimum, at x = -2`.
    fn minimum_name(&self, landscape: &Landscape, index: usize) -> String {
        let places = self.lesson.model.parameters().iter();
        let place: Vec<String> = places
            .zip(&landscape.minima[index].point)
            .map(|(name, value)| {
                let few = Digits::new(4).unwrap_or_default();
                format!("{name} = {}", number::display(*value, few))
            })
            .collect();
        let which = match (index, landscape.minima.len()) {
            (_, 1) => "the minimum at",
            (0, _) => "the lowest minimum, at",
            _ => "the minimum at",
        };
        format!("{which} {}", place.join(", "))
    }

    fn samples(&self, surface: &Surface, landscape: &Landscape) -> Vec<Sample> {
        let last = self.step();
        let first = last.saturating_sub(LOOKED_AT as u64);
        let mut samples = Vec::new();
        self.timeline().run().walk(first, last, |record, _| {
            samples.push(sample(record));
            false
        });
        let count = samples.len();
        // Only the ends are asked which valley they are in.
        for index in [0, count.saturating_sub(1)] {
            if let Some(sample) = samples.get_mut(index) {
                let Landscape { window, minima } = landscape;
                sample.valley = valley(surface, window, minima, &sample.weights);
            }
        }
        samples
    }

    /// The bounds of the learning rate, and where this run stands among them.
    pub(in crate::session) fn stability(&self) -> Outcome {
        Outcome::shows(
            "Which learning rates settle",
            words(Picture::Stability, &self.subject()),
        )
    }
}

fn sample(record: &Record) -> Sample {
    Sample {
        loss: record.error.unwrap_or(f64::NAN),
        weights: record.updates.iter().map(|update| update.before).collect(),
        downhill: record
            .updates
            .iter()
            .map(|update| update.downhill)
            .collect(),
        changes: record
            .updates
            .iter()
            .map(crate::math::Update::change)
            .collect(),
        valley: None,
    }
}
