//! Looking at the updates of a run for something, at no more of each than it takes to see it.

use std::ops::Range;

use super::trainer::{are_safe, stretches};
use super::{Record, State};
use crate::math::{Gradients, Model, Pass, Settings, Update};

/// What is looked at in every update, beside what the parameters have come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Needs {
    /// The parameters of whose updates every number is looked at, by their indices.
    pub parameters: Vec<usize>,
    /// Whether E before the update is.
    pub error: bool,
    /// Whether the item's way through the network is.
    pub way: bool,
    /// Whether every parameter is at the end of each epoch.
    pub epochs: bool,
}

/// An update that has been made, as far as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The settings it was made with.
    pub settings: Settings,
    /// What the parameters have come to.
    pub weights: &'a [f64],
    /// What it did to those of [`Needs::parameters`], in their order.
    pub updates: &'a [Update],
    /// E before it, where that is needed; `None` where gradients are given.
    pub error: Option<f64>,
    /// The item's way through the network; it has what it was before it was scaled where the way is needed.
    pub pass: Option<&'a Pass>,
}

/// Somebody who looks at the updates of a run. They are made in stretches: of each update numbers are noted, and when a
/// stretch has been made, it is asked of one after the other whether the run stops there.
pub trait Probe {
    /// What is looked at.
    fn needs(&self) -> &Needs;

    /// Adds what is to be known of an update to `numbers`: as many for each.
    fn note(&self, sight: &Sight, numbers: &mut Vec<f64>);

    /// Whether the run stops after so many updates, of the last of which these numbers have been noted. The parameters
    /// are those at the end of an epoch, where they are needed; `None` at any other update.
    fn is_enough(&mut self, step: u64, numbers: &[f64], weights: Option<&[f64]>) -> bool;
}

/// Room for a stretch of updates, and what has been noted of them.
#[derive(Debug)]
pub(super) struct Stretch {
    gradients: Gradients,
    memories: Vec<f64>,
    updates: Vec<Update>,
    trained: Vec<Range<usize>>,
    numbers: Vec<f64>,
    /// How many numbers there are of each.
    width: usize,
    /// The state after it.
    pub end: State,
}

impl Stretch {
    /// Room for updates of a run of a model that has this state.
    pub fn new(model: &Model, state: &State) -> Self {
        Self {
            gradients: model.room(),
            memories: Vec::new(),
            updates: Vec::new(),
            trained: stretches(model),
            numbers: Vec::new(),
            width: 0,
            end: state.clone(),
        }
    }

    /// Makes updates from a state on until `last` have been made, of which there are so many, as
    /// [`train`](super::train) does: `false` where a number has come near its limits.
    pub fn make(&mut self, model: &Model, state: &State, last: u64, probe: &dyn Probe) -> bool {
        let Self {
            gradients,
            memories,
            updates,
            trained,
            numbers,
            width,
            end,
        } = self;
        let settings = state.settings;
        let stride = settings.rule.stride();
        (end.step, end.settings) = (state.step, settings);
        end.weights.clone_from(&state.weights);
        end.schedule = state.schedule.clone();
        memories.clear();
        memories
            .extend_from_slice(&(state.memories).read_all(settings.rule, settings.learning_rate));
        numbers.clear();
        let needs = probe.needs();
        let State {
            step,
            weights,
            memories: left,
            schedule,
            ..
        } = end;
        let length = model.epoch_length();
        let mut place = length.map_or(0, |length| *step % length);
        while *step < last {
            if place == 0 {
                model.enter(*step, schedule);
            }
            let item = length.map(|_| schedule.item(place as usize));
            model.gradients(*step, item.unwrap_or_default(), weights, gradients);
            if needs.way {
                model.note_raw(item, gradients);
            }
            updates.clear();
            for parameter in needs.parameters.iter().copied() {
                let (weights, downhill) = (&weights[parameter..=parameter], &gradients.downhill);
                let downhill = &downhill[parameter..=parameter];
                if trained.iter().any(|stretch| stretch.contains(&parameter)) {
                    let memories = &memories[parameter * stride..][..stride];
                    settings.record_read(weights, memories, downhill, updates);
                } else {
                    updates.push(Update::none(weights[0], downhill[0]));
                }
            }
            for stretch in &*trained {
                settings.update_all(
                    &mut weights[stretch.clone()],
                    &mut memories[stretch.start * stride..stretch.end * stride],
                    &gradients.downhill[stretch.clone()],
                );
            }
            *step += 1;
            place = length.map_or(0, |length| if place + 1 < length { place + 1 } else { 0 });
            let error = || model.error(item, gradients);
            let sight = Sight {
                settings,
                weights,
                updates,
                error: needs.error.then(error).flatten(),
                pass: gradients.pass.as_ref(),
            };
            probe.note(&sight, numbers);
        }
        *width = numbers.len() / (last - state.step) as usize;
        left.leave_all(settings.rule, memories);
        are_safe(weights.iter().chain(&*memories))
    }

    /// Notes the numbers of a single update that has led to these weights, in the place of all others.
    pub fn note(&mut self, record: &Record, weights: &[f64], probe: &dyn Probe) {
        let needed = probe.needs().parameters.iter();
        self.updates.clear();
        (self.updates).extend(needed.map(|parameter| record.updates[*parameter]));
        self.numbers.clear();
        let sight = Sight {
            settings: record.settings,
            weights,
            updates: &self.updates,
            error: record.error,
            pass: record.pass.as_ref(),
        };
        probe.note(&sight, &mut self.numbers);
        self.width = self.numbers.len();
    }

    /// What has been noted of one of the updates, counted from 0.
    pub fn noted(&self, index: usize) -> &[f64] {
        &self.numbers[index * self.width..][..self.width]
    }
}
