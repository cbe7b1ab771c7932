//! What a run on a surface is doing, and what theory says of it; what keeps a network from learning.

use crate::command::Picture;
use crate::explain::behaviour::{
    Behaviour, FEWEST, Ground, Saturation, Theory, Way, distance, horizon,
};
use crate::explain::{Line, Role, number};
use crate::math::valley;
use crate::pictures::{Landscape, words};
use crate::session::{Outcome, Session};
use crate::timeline::{Future, Run};

/// From which valley a run has come is seen from where it was so many updates ago.
const LOOKED_BACK: u64 = 40;

impl Session {
    /// The surface's minima; `None` without a surface.
    pub fn landscape(&self) -> Option<&Landscape> {
        let surface = self.lesson.model.ground()?;
        Some(self.memo.landscape(surface))
    }

    /// What the run is doing and what will become of it, in a sentence each: of a surface, and of a network what keeps it
    /// from learning, as far as that is known.
    pub fn behaviour(&self) -> Vec<Line> {
        if self.lesson.model.weight().is_some() {
            return Vec::new();
        }
        let branch = self.timeline().current_index();
        let here = (branch, self.record(), self.step(), self.digits());
        self.memo.behaviour(here, || {
            self.behaviour_of(self.timeline().run(), self.step())
        })
    }

    /// The sentence of them that tells what the run does; `None` where it is too early.
    pub fn seen_behaviour(&self) -> Option<Line> {
        self.behaviour().into_iter().next()
    }

    /// What a run is doing after so many updates, and what will become of it.
    pub(in crate::session) fn behaviour_of(&self, run: &Run, step: u64) -> Vec<Line> {
        if let Some(network) = self.lesson.model.network() {
            // An epoch is enough to see that nothing has been learned.
            let is_trained = step >= network.items().len() as u64;
            let words = || {
                let weights = run.state(step).weights;
                let found = Saturation::of(network, &weights, self.digits())?;
                Some(Line::plain(found.words(self.digits())))
            };
            return is_trained.then(words).flatten().into_iter().collect();
        }
        let (Some(surface), Some(landscape)) = (self.lesson.model.surface(), self.landscape())
        else {
            return Vec::new();
        };
        let digits = self.digits();
        // What is expected is said once there is something to compare it with, and takes no guess away.
        if step < FEWEST {
            return Vec::new();
        }
        let state = run.state(step);
        let theory = Theory::of(surface, &state);
        let ahead = horizon(step, self.lesson.model.work());
        let Some(future) = Future::of(&self.lesson.model, state, ahead) else {
            return Vec::new();
        };
        let Landscape { region, minima } = landscape;
        let ground = Ground {
            surface,
            minima,
            valley: &|place| valley(surface, region, minima, place),
        };
        let earlier = run.state(step.saturating_sub(LOOKED_BACK)).weights;
        let behaviour = Behaviour::of(&future, ground, theory.as_ref(), Some(&earlier));
        let parameter = |index: usize| self.lesson.model.parameters()[index].clone();
        let minimum = |index: usize| self.minimum_name(landscape, index);
        let way = (minima.len() == 1).then(|| Way {
            updates: step,
            left: distance(&minima[0].point, future.place(0)),
            all: distance(&minima[0].point, &run.state(0).weights),
        });
        let seen = behaviour.words(&future, digits, &parameter, &minimum, way);
        let expected = theory.map_or_else(String::new, |theory| theory.words(digits, &parameter));
        let expected = Line::new().with(expected, Role::Muted);
        let lines = [Line::plain(seen), expected].into_iter();
        lines.filter(|line| !line.text().is_empty()).collect()
    }

    /// `the minimum at x = 1.5`, `the lowest minimum, at x = -2`.
    pub(in crate::session) fn minimum_name(&self, landscape: &Landscape, index: usize) -> String {
        let places = self.lesson.model.parameters().iter();
        let place: Vec<String> = places
            .zip(&landscape.minima[index].point)
            .map(|(name, value)| {
                let few = self.digits().exactly(4);
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

    /// The bounds of the learning rate, and where this run stands among them.
    pub(in crate::session) fn stability(&self) -> Outcome {
        Outcome::shows(
            "Which learning rates settle",
            words(Picture::Stability, &self.subject()),
        )
    }
}
