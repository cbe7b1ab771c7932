//! Runs that are made for their outcome: nothing is kept on the way but the state itself.

use std::rc::Rc;

use super::company::Company;
use super::trainer::{Gone, MOST_UNSEEN, Trainer};
use super::{Record, State, Stop, train};
use crate::math::expression::Expression;
use crate::math::{Gradients, Model, Parameters, Update};
use crate::watch::SLICE;

/// Where a run stands, as a condition sees it.
#[derive(Debug, Clone, Copy)]
pub struct Stand<'a> {
    /// The state after so many updates.
    pub state: &'a State,
    /// What the last of these updates did, parameter by parameter; empty before the first.
    pub updates: &'a [Update],
    /// The loss of a surface at this state; `None` for other models.
    pub loss: Option<f64>,
}

/// What a run may have to come to; see [`Holds`].
pub type Condition<'a> = dyn Holds + 'a;

/// Something that holds where a run stands, or does not. It is asked from several threads.
pub trait Holds: Sync {
    /// Whether it holds after an update. `goes_on` is asked now and then where that takes long, as it does over all
    /// items, and is told how many of them have been looked at.
    fn holds(&self, stand: &Stand, goes_on: &mut dyn FnMut(u64) -> bool) -> bool;

    /// Whether the answer is the same after every update of an epoch but the last: it need not be asked for again then.
    fn is_about_epochs(&self) -> bool {
        false
    }

    /// The same of a run on a surface as a formula, which is 1 where it holds, so that many runs can be asked at once:
    /// over how many updates are complete ([`STEP`]), the loss ([`LOSS`]), and the weights ([`WEIGHTS`] and on). `None`
    /// where it is about anything else.
    fn formula(&self) -> Option<Expression<usize>> {
        None
    }
}

/// The name in [`Holds::formula`] of how many updates are complete.
pub const STEP: usize = 0;
/// That of the loss.
pub const LOSS: usize = 1;
/// That of the first weight; the others come after it.
pub const WEIGHTS: usize = 2;

impl<F: Fn(&Stand, &mut dyn FnMut(u64) -> bool) -> bool + Sync> Holds for F {
    fn holds(&self, stand: &Stand, goes_on: &mut dyn FnMut(u64) -> bool) -> bool {
        self(stand, goes_on)
    }
}

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The condition held for the first time after this many updates.
    Reached(u64),
    /// As many updates have been made as were allowed.
    Unreached,
    /// The next update cannot be made: a number has grown too large, or there is none.
    Stopped(Stop),
}

/// What a run has come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finish {
    /// How it has ended.
    pub end: End,
    /// How many updates were made.
    pub step: u64,
    /// The loss after them, over all items or of the surface; `None` where gradients are given or it is no number.
    pub loss: Option<f64>,
}

/// A run in the making. Its updates are those of [`super::Run`], bit for bit.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    model: &'a Model,
    state: State,
    /// At the state, where there is another update.
    gradients: Gradients,
    updates: Vec<Update>,
}

impl<'a> Trial<'a> {
    /// A run that goes on from a state, with its settings.
    pub fn new(model: &'a Model, state: State) -> Self {
        let mut trial = Self {
            model,
            gradients: model.room(),
            updates: Vec::new(),
            state,
        };
        trial.look();
        trial
    }

    /// Where it has come to.
    pub fn stand(&self) -> Stand<'_> {
        Stand {
            state: &self.state,
            updates: &self.updates,
            loss: self.model.surface().map(|_| self.gradients.loss),
        }
    }

    /// Hands over what its updates are written in, for something else; where nothing of its last update is asked any more,
    /// several can take turns with one.
    pub(super) fn swap_room(&mut self, updates: &mut Vec<Update>) {
        std::mem::swap(&mut self.updates, updates);
    }

    /// The downhill gradients of the next update; of no meaning where there is none.
    pub fn downhill(&self) -> &[f64] {
        &self.gradients.downhill
    }

    /// Takes the gradients at the state.
    fn look(&mut self) {
        let state = &mut self.state;
        if self.model.updates().is_none_or(|most| state.step < most) {
            let State {
                step,
                weights,
                schedule,
                ..
            } = state;
            (self.model).look(*step, weights, schedule, &mut self.gradients);
        }
    }

    /// Makes one update. Nothing is allocated.
    ///
    /// # Errors
    /// Where it cannot be made; the state is then as it was.
    pub fn update(&mut self) -> Result<(), Stop> {
        let step = self.state.step;
        if let Some(updates) = self.model.updates().filter(|most| step >= *most) {
            return Err(Stop::End { updates });
        }
        if let Some(stop) = Stop::on_surface(self.model, step, &self.gradients) {
            return Err(stop);
        }
        let downhill = &self.gradients.downhill;
        self.state.record(self.model, downhill, &mut self.updates);
        if let Some(quantity) = self.updates.iter().find_map(Update::overflow) {
            return Err(Stop::Overflow { step, quantity });
        }
        self.state.take(&self.updates);
        self.look();
        Ok(())
    }

    /// Makes updates until a condition holds or `most` of them have been made since the start of the run. `None`
    /// where `goes_on`, which is asked now and then and told how many have been made since, says that it does not.
    pub fn run(
        mut self,
        most: u64,
        condition: Option<&Condition>,
        goes_on: &mut dyn FnMut(u64) -> bool,
    ) -> Option<Finish> {
        let mut slices = Slices {
            slice: self.slice(),
            asked: self.state.step,
            goes_on,
        };
        // The epoch of which an update has been looked at, and up to where numbers may come near their limits.
        let (mut seen, mut careful) = (None, 0);
        let mut is_ahead = false;
        let end = loop {
            let step = self.state.step;
            if step - slices.asked >= slices.slice && !slices.goes_on(step) {
                return None;
            }
            if step >= most {
                break End::Unreached;
            }
            let next = self.unseen(condition, seen).min(most);
            if next > step + 1 && step >= careful {
                let start = Rc::new(self.state.clone());
                let mut trainer = Trainer::new(self.model, start);
                let gone = trainer.go(next, &mut slices);
                self.state = trainer.into_kept();
                is_ahead |= self.state.step > step;
                match gone {
                    Gone::Through => {}
                    Gone::Stopped(_) => return None,
                    Gone::Lost(sound) => {
                        if sound > self.state.step && train(self.model, &mut self.state, sound) {
                            is_ahead = true;
                        }
                        careful = next.min(sound + MOST_UNSEEN);
                    }
                }
                continue;
            }
            if std::mem::take(&mut is_ahead) {
                self.look();
            }
            if let Err(stop) = self.update() {
                break End::Stopped(stop);
            }
            if condition.is_some_and(|condition| condition.holds(&self.stand(), slices.goes_on)) {
                break End::Reached(self.state.step);
            }
            seen = Some(self.model.epoch_of(step));
        };
        if !slices.goes_on(self.state.step) {
            return None;
        }
        Some(Finish {
            end,
            step: self.state.step,
            loss: self.loss(goes_on),
        })
    }

    /// After so many updates somebody is asked: where one is much work, not after each.
    fn slice(&self) -> u64 {
        const FEWEST: u64 = 16;
        const MOST: u64 = 256;
        const MOST_WORK: u64 = 8 * SLICE;
        let work = self.model.work();
        (SLICE / 4 / work).clamp(FEWEST.min(MOST_WORK / work).max(1), MOST)
    }

    /// How many updates are made before one that has to be looked at, of which the epoch has been `seen` that an update
    /// was looked at last in: all of a network where nothing is waited for; where that is about epochs, all but the
    /// first and the last of each.
    fn unseen(&self, condition: Option<&Condition>, seen: Option<u64>) -> u64 {
        let step = self.state.step;
        let Some(length) = self.model.epoch_length() else {
            return step;
        };
        match condition {
            None => u64::MAX,
            Some(condition) if condition.is_about_epochs() && seen == Some(step / length) => {
                (step / length + 1) * length - 1
            }
            Some(_) => step,
        }
    }

    /// The loss at the state, over all items or of the surface; `None` where gradients are given or it is no number, and
    /// where `goes_on` says that it does not: an item is as much as an update.
    pub fn loss(&self, goes_on: &mut dyn FnMut(u64) -> bool) -> Option<f64> {
        let metrics = || Some(self.model.metrics_while(&self.state.weights, goes_on)?.loss);
        let loss = self.stand().loss.or_else(metrics);
        loss.filter(|loss| loss.is_finite())
    }
}

/// Asks after some updates whether a run goes on.
struct Slices<'a> {
    slice: u64,
    /// After how many updates it was asked last.
    asked: u64,
    /// Is told how many have been made since.
    goes_on: &'a mut dyn FnMut(u64) -> bool,
}

impl Slices<'_> {
    fn goes_on(&mut self, step: u64) -> bool {
        let made = step - std::mem::replace(&mut self.asked, step);
        (self.goes_on)(made)
    }
}

impl Company for Slices<'_> {
    type Eyes = ();

    // What is told is how many have been made for good.
    const JUDGES: bool = true;

    fn sets_out(&mut self, _: &State) {}

    fn pause(&self, _: u64) -> u64 {
        self.slice
    }

    fn stops(&mut self, step: u64, _: &impl Parameters) -> Option<u64> {
        (!self.goes_on(step)).then_some(step)
    }

    fn stops_with(&mut self, _: &Record, state: &State) -> bool {
        !self.goes_on(state.step)
    }
}
