//! Many updates at once, without looking at their numbers.

use std::ops::Range;

use super::State;
use super::apart::train_apart;
use crate::math::{Memories, Model, Visits, Wide};

/// Numbers up to here can be added and multiplied without being lost.
pub(super) const SAFE: f64 = 1e140;
/// After so many updates it is looked whether they are.
pub(super) const MOST_UNSEEN: u64 = 1024;

/// Takes a state further, to `last` updates or as many as there are: no numbers are kept, nothing is allocated on the
/// way. `false`, and as it was, where there is no next one, or a number has come so near to what a double can hold that
/// each update has to be looked at.
///
/// The gradients and the arithmetic are those that single updates are made with, so the results are the same bits.
#[must_use]
pub fn train(model: &Model, state: &mut State, last: u64) -> bool {
    train_on(model, state, last, last)
}

/// The same, and on to `far` where that takes no longer: where a run on a surface goes round in a circle.
#[must_use]
pub(super) fn train_on(model: &Model, state: &mut State, last: u64, far: u64) -> bool {
    let last = model.updates().map_or(last, |most| last.min(most));
    if state.step >= last {
        return false;
    }
    if let Some(surface) = model.surface() {
        return train_apart(surface, state, last, far);
    }
    let mut trained = state.clone();
    let settings = state.settings;
    let memories = (state.memories).read_all(settings.rule, settings.learning_rate);
    // In the units of the rule.
    let mut memories = memories.into_owned();
    let (stride, stretches) = (settings.rule.stride(), stretches(model));
    let mut gradients = model.room();
    let wide = |network| Wide::of(network, settings, &trained.weights, &memories);
    let mut wide = model.network().and_then(wide);
    let train_narrow = |items: &mut Visits, weights: &mut [f64], memories: &mut [f64]| {
        let network = model.network();
        network.is_some_and(|network| network.train_narrow(&settings, items, weights, memories))
    };
    let length = model.epoch_length().unwrap_or(u64::MAX);
    while trained.step < last {
        let State {
            step,
            weights,
            schedule,
            ..
        } = &mut trained;
        let end = last.min(*step + MOST_UNSEEN);
        let mut items = schedule.visits(*step..end, length);
        if let Some(wide) = &mut wide {
            items.for_each(|item| wide.update(item));
        } else if !train_narrow(&mut items, weights, &mut memories) {
            for (step, item) in (*step..end).zip(items) {
                model.gradients(step, item, weights, &mut gradients);
                for stretch in &stretches {
                    let kept = stretch.start * stride..stretch.end * stride;
                    settings.update_all(
                        &mut weights[stretch.clone()],
                        &mut memories[kept],
                        &gradients.downhill[stretch.clone()],
                    );
                }
            }
        }
        *step = end;
        let safe = match &wide {
            Some(wide) => are_safe(wide.numbers()),
            None => are_safe(weights.iter().chain(&memories)),
        };
        if !safe {
            return false;
        }
    }
    if let Some(wide) = wide {
        wide.leave(&mut trained.weights, &mut memories);
    }
    trained.memories = Memories::left(settings.rule, memories);
    *state = trained;
    true
}

/// Whether updates that have come to these weights and memories have come near no limit: a number that has once been
/// beyond never comes back, it stays infinite, or no number.
pub(super) fn are_safe<'a>(numbers: impl Iterator<Item = &'a f64>) -> bool {
    numbers.fold(true, |safe, number| safe & (number.abs() < SAFE))
}

/// The parameters of a model that are trained, in stretches: what lies between those that are not.
pub(super) fn stretches(model: &Model) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for untrained in model.untrained() {
        stretches.push(start..untrained.start);
        start = untrained.end;
    }
    stretches.push(start..model.parameters().len());
    stretches
}
