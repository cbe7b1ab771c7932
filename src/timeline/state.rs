//! What the next update depends on.

use crate::math::{MOST_MEMORIES, Memories, Model, Schedule, Settings, Update};

/// Everything the next update depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// How many updates have been made.
    pub step: u64,
    /// Rule, learning rate and momentum of the next update.
    pub settings: Settings,
    /// Every parameter.
    pub weights: Vec<f64>,
    /// What every parameter remembers.
    pub memories: Memories,
    /// The order of the items.
    pub schedule: Schedule,
}

impl State {
    /// The state of a model before its first update; drawn anew where there is a `seed`.
    pub fn start(model: &Model, settings: Settings, seed: Option<u64>) -> Self {
        let (weights, schedule) = model.start(seed);
        Self {
            step: 0,
            settings,
            memories: Memories::of_deltas(model.previous_delta()),
            weights,
            schedule,
        }
    }

    /// The same with other settings.
    pub(super) fn with(&self, settings: Settings) -> Self {
        let state = self.clone();
        Self { settings, ..state }
    }

    /// The update of every parameter of a model that these gradients make, put into `updates`.
    #[inline]
    pub(super) fn record(&self, model: &Model, downhill: &[f64], updates: &mut Vec<Update>) {
        updates.clear();
        (self.settings).record_all(&self.weights, &self.memories, downhill, updates);
        for parameter in model.untrained().flatten() {
            updates[parameter] = Update::none(self.weights[parameter], downhill[parameter]);
        }
    }

    /// Makes one update: the parameters and memories are those that it has come to.
    pub(super) fn take(&mut self, updates: &[Update]) {
        for (weight, update) in self.weights.iter_mut().zip(updates) {
            *weight = update.after;
        }
        self.memories.leave(self.settings.rule, updates);
        self.step += 1;
    }

    /// About how many bytes a state of the same model takes at most, whatever its rule remembers.
    pub(super) fn most_bytes(&self) -> usize {
        let most = self.weights.len() * (1 + MOST_MEMORIES) * size_of::<f64>();
        self.bytes()
            .max(size_of::<Self>() + most + self.schedule.bytes())
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let parameters = self.weights.len() * size_of::<f64>() + self.memories.bytes();
        size_of::<Self>() + parameters + self.schedule.bytes()
    }
}
