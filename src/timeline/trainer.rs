//! Many updates at once, looked at as far as somebody wants to see them, which mostly is not at all.

use std::ops::Range;
use std::rc::Rc;

use super::State;
use super::apart::Groups;
use super::company::Company;
use crate::math::{
    Gradients, InOrder, Memories, Model, Onlooker, Parameters, Schedule, Settings, Wide,
};

/// Store up to here can be added and multiplied without being lost.
pub(super) const SAFE: f64 = 1e140;
/// After so many updates it is looked whether they are.
pub(super) const MOST_UNSEEN: u64 = 1024;

/// How a way has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// As far as it was to go.
    Through,
    /// After so many updates, by its company.
    Stopped(u64),
    /// There is no next update, or a number has come so near to what a double can hold that each has to be looked at after
    /// so many that are sound; the company has been asked after these. This trainer is of no more use.
    Lost(u64),
}

/// Takes a state further, to `last` updates or as many as there are: no numbers are kept, nothing is allocated on the
/// way. `false`, and as it was, where there is no next one, or a number has come so near to what a double can hold that
/// each update has to be looked at.
#[must_use]
pub fn train(model: &Model, state: &mut State, last: u64) -> bool {
    let mut trainer = Trainer::new(model, Rc::new(state.clone()));
    let is_made = trainer.go(last, &mut ()) == Gone::Through;
    if is_made {
        *state = trainer.into_kept();
    }
    is_made
}

/// Updates in the making: no numbers are kept and nothing is allocated on the way.
///
/// The gradients and the arithmetic are those that single updates are made with, so the results are the same bits.
#[derive(Debug)]
pub(super) struct Trainer<'a> {
    model: &'a Model,
    /// The last state that is known to be sound, and has been written down.
    kept: Rc<State>,
    /// So many updates are known to be sound.
    sound: u64,
    step: u64,
    schedule: Schedule,
    numbers: Store<'a>,
}

/// Weights and memories, as it suits those who compute with them.
#[derive(Debug)]
enum Store<'a> {
    InOrder(Box<Plain>),
    Wide(Wide<'a>),
    Apart(Groups<'a>),
}

#[derive(Debug)]
struct Plain {
    weights: Vec<f64>,
    memories: Vec<f64>,
    gradients: Gradients,
    trained: Vec<Range<usize>>,
}

impl<'a> Trainer<'a> {
    /// Begins at a state.
    pub fn new(model: &'a Model, state: Rc<State>) -> Self {
        let settings = state.settings;
        let read = (state.memories).read_all(settings.rule, settings.learning_rate);
        let wide = |network| Wide::of(network, settings, &state.weights, &read);
        let numbers = if let Some(surface) = model.surface() {
            Store::Apart(Groups::new(surface, &state, &read))
        } else if let Some(wide) = model.network().and_then(wide) {
            Store::Wide(wide)
        } else {
            Store::InOrder(Box::new(Plain {
                gradients: model.room(),
                trained: trained(model),
                memories: read.into_owned(),
                weights: state.weights.clone(),
            }))
        };
        Self {
            model,
            sound: state.step,
            step: state.step,
            schedule: state.schedule.clone(),
            kept: state,
            numbers,
        }
    }

    /// The last state that is known to be sound, and has been written down: after [`Gone::Through`] that at the end,
    /// after [`Gone::Stopped`] that at the end or one before it.
    pub fn kept(&self) -> &Rc<State> {
        &self.kept
    }

    /// The same, for good.
    pub fn into_kept(self) -> State {
        drop(self.numbers);
        Rc::unwrap_or_clone(self.kept)
    }

    /// Makes updates until `last` have been made, or as many as there are, or its company ends the way.
    pub fn go<C: Company>(&mut self, last: u64, company: &mut C) -> Gone {
        let last = self.model.updates().map_or(last, |most| last.min(most));
        if self.step >= last {
            return Gone::Lost(self.step);
        }
        company.sets_out(&self.kept);
        while self.step < last {
            if let Some(step) = self.leap(last).filter(|_| company.minds_numbers_alone()) {
                (self.step, self.sound) = (step, step);
                if let Store::Apart(groups) = &mut self.numbers {
                    groups.leap(step);
                }
                company.leaps(step);
                self.keep();
                continue;
            }
            let check = self.kept.step + MOST_UNSEEN;
            let end = self.step.saturating_add(company.pause(self.step));
            let end = end.min(check).min(last);
            let end = match company.eyes() {
                Some(eyes) => self.make(end, last, eyes),
                None => self.make(end, last, &mut ()),
            };
            let is_due = end == check || end == last;
            if (is_due || C::JUDGES) && !self.is_sound() {
                return Gone::Lost(self.sound);
            }
            let stopped = company.stops(end, &*self);
            let stops_here = stopped == Some(end);
            if stops_here && !self.is_sound() {
                return Gone::Lost(self.sound);
            }
            if stops_here || (is_due && stopped.is_none()) {
                self.keep();
            }
            if let Some(stopped) = stopped {
                return Gone::Stopped(stopped);
            }
        }
        Gone::Through
    }

    /// Whether it is known where all further updates lead.
    pub fn knows_the_rest(&self) -> bool {
        match &self.numbers {
            Store::InOrder(_) | Store::Wide(_) => false,
            Store::Apart(groups) => groups.are_known(),
        }
    }

    /// How far a run that goes round comes by whole rounds, once it has been round from where that was seen: what one of them
    /// comes to is no news after another.
    fn leap(&self, last: u64) -> Option<u64> {
        let Store::Apart(groups) = &self.numbers else {
            return None;
        };
        let (since, round) = groups.seen()?;
        let rounds = (last - self.step) / round;
        (rounds > 0 && self.step - since >= round).then(|| self.step + rounds * round)
    }

    /// Makes updates until so many have been made; where it takes no longer, until `far` have. The answer is how many.
    fn make<O: Onlooker>(&mut self, end: u64, far: u64, onlooker: &mut O) -> u64 {
        let Self {
            model,
            step,
            schedule,
            numbers,
            kept,
            ..
        } = self;
        let (begun, settings) = (*step, kept.settings);
        *step = end;
        let length = model.epoch_length().unwrap_or(u64::MAX);
        let mut items = schedule.visits(begun..end, length);
        match numbers {
            Store::Apart(groups) if O::LOOKS => {
                groups.go_looked_at(&settings, begun, end, onlooker);
            }
            Store::Apart(groups) => *step = groups.go(&settings, end, far),
            Store::Wide(wide) => items.for_each(|item| wide.update(item, onlooker)),
            Store::InOrder(plain) => {
                let Plain {
                    weights, memories, ..
                } = &mut **plain;
                let network = model.network();
                let is_made = network.is_some_and(|network| {
                    network.train_narrow(&settings, &mut items, weights, memories, onlooker)
                });
                if !is_made {
                    for (step, item) in (begun..end).zip(items) {
                        plain.update(model, &settings, step, item, onlooker);
                    }
                }
            }
        }
        *step
    }

    /// Whether its numbers have come near no limit: one that has once been beyond never comes back, it stays infinite, or
    /// no number.
    fn is_sound(&mut self) -> bool {
        let is_sound = self.sound == self.step
            || match &self.numbers {
                Store::InOrder(plain) => are_safe(plain.weights.iter().chain(&plain.memories)),
                Store::Wide(wide) => are_safe(wide.numbers()),
                Store::Apart(groups) => groups.are_safe(),
            };
        if is_sound {
            self.sound = self.step;
        }
        is_sound
    }

    /// Writes down where it is.
    fn keep(&mut self) {
        let settings = self.kept.settings;
        let parameters = self.kept.weights.len();
        let mut weights = Vec::with_capacity(parameters);
        let mut memories = Vec::with_capacity(parameters * settings.rule.stride());
        match &self.numbers {
            Store::InOrder(plain) => {
                weights.extend_from_slice(&plain.weights);
                memories.extend_from_slice(&plain.memories);
            }
            Store::Wide(wide) => wide.leave(&mut weights, &mut memories),
            Store::Apart(groups) => {
                for variable in 0..parameters {
                    weights.push(groups.weight(variable));
                    memories.extend_from_slice(groups.memories(variable));
                }
            }
        }
        self.kept = Rc::new(State {
            step: self.step,
            settings,
            weights,
            memories: Memories::left(settings.rule, memories),
            schedule: self.schedule.clone(),
        });
    }
}

impl Parameters for Trainer<'_> {
    fn weight(&self, parameter: usize) -> f64 {
        match &self.numbers {
            Store::InOrder(plain) => plain.weights[parameter],
            Store::Wide(wide) => wide.weight(parameter),
            Store::Apart(groups) => groups.weight(parameter),
        }
    }

    fn memories(&self, parameter: usize) -> &[f64] {
        let stride = self.kept.settings.rule.stride();
        match &self.numbers {
            Store::InOrder(plain) => &plain.memories[parameter * stride..][..stride],
            Store::Wide(wide) => wide.memories(parameter),
            Store::Apart(groups) => groups.memories(parameter),
        }
    }
}

impl Plain {
    fn update(
        &mut self,
        model: &Model,
        settings: &Settings,
        step: u64,
        item: usize,
        onlooker: &mut impl Onlooker,
    ) {
        let Self {
            weights,
            memories,
            gradients,
            trained,
        } = self;
        let stride = settings.rule.stride();
        onlooker.begins(&InOrder {
            weights,
            memories,
            stride,
        });
        let gradients = onlooker.room().unwrap_or(gradients);
        model.gradients(step, item, weights, gradients);
        for stretch in &*trained {
            settings.update_all(
                &mut weights[stretch.clone()],
                &mut memories[stretch.start * stride..stretch.end * stride],
                &gradients.downhill[stretch.clone()],
            );
        }
        let standing = InOrder {
            weights,
            memories,
            stride,
        };
        onlooker.ends(model.network().map(|_| item), &standing);
    }
}

/// Whether numbers have come near no limit.
pub(super) fn are_safe<'a>(numbers: impl Iterator<Item = &'a f64>) -> bool {
    numbers.fold(true, |safe, number| safe & (number.abs() < SAFE))
}

/// The parameters of a model that are trained, in stretches: what lies between those that are not.
fn trained(model: &Model) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for untrained in model.untrained() {
        stretches.push(start..untrained.start);
        start = untrained.end;
    }
    stretches.push(start..model.parameters().len());
    stretches
}
