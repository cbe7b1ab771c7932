//! Going over the updates of a run with somebody who looks for something in them: fast, in stretches, and one by one where
//! numbers come near their limits or are changed by hand.

use std::sync::Arc;

use super::making::Maker;
use super::pauses::Pauses;
use super::{Record, Run, State, Stop};
use crate::math::{Gradients, Model, Onlooker, Parameters, Place, Settings, Slots, Update};
use crate::timeline::company::Company;
use crate::timeline::{Probe, Sight};
use crate::watch::{SLICE, What};

/// At most so many updates are made before what has been noted of them is looked at.
const MOST: u64 = 256;
/// Nor are more of them than are so much work.
const MOST_WORK: u64 = 32 * SLICE;

/// Goes along with a run for a probe.
struct Looking<'a> {
    model: &'a Model,
    probe: &'a mut dyn Probe,
    pauses: Pauses<'a>,
    settings: Settings,
    /// What an update is made from.
    gradients: Gradients,
    /// Whether that is looked at.
    looks_behind: bool,
    looked_at: Vec<LookedAt>,
    updates: Vec<Update>,
    weights: Vec<f64>,
    /// What has been noted of the updates since `step`.
    numbers: Vec<f64>,
    step: u64,
    is_enough: bool,
}

/// A parameter whose updates are looked at.
struct LookedAt {
    parameter: usize,
    /// Where it is in the network, where it is in one.
    place: Option<Place>,
    is_trained: bool,
    /// What it was before the update, and what was remembered for it in the units of the rule.
    before: f64,
    kept: Slots,
}

impl LookedAt {
    fn new(model: &Model, parameter: usize) -> Self {
        Self {
            parameter,
            place: model.network().map(|network| network.place(parameter)),
            is_trained: model.is_trained(parameter),
            before: 0.0,
            kept: Slots::default(),
        }
    }

    fn downhill(&self, gradients: &Gradients) -> f64 {
        match (self.place, &gradients.pass) {
            (Some(place), Some(pass)) => pass.downhill(place),
            (_, _) => gradients.downhill[self.parameter],
        }
    }
}

impl<'a> Looking<'a> {
    fn new(
        model: &'a Model,
        probe: &'a mut dyn Probe,
        pauses: Pauses<'a>,
        settings: Settings,
    ) -> Self {
        let needs = probe.needs();
        Self {
            gradients: model.room(),
            looks_behind: needs.error || needs.way || !needs.updates.is_empty(),
            looked_at: (needs.updates.iter())
                .map(|parameter| LookedAt::new(model, *parameter))
                .collect(),
            updates: Vec::new(),
            weights: Vec::new(),
            numbers: Vec::new(),
            step: 0,
            settings,
            is_enough: false,
            model,
            probe,
            pauses,
        }
    }

    /// Whether there is nothing more to do.
    fn is_over(&self) -> bool {
        self.is_enough || self.pauses.says_stop()
    }

    /// Whether it was enough.
    ///
    /// # Errors
    /// Where somebody has stopped it before.
    fn answer(&self) -> Result<bool, Stop> {
        if self.is_enough {
            return Ok(true);
        }
        self.pauses.answer().map(|()| false)
    }

    /// Looks at the numbers of an update that has led to so many, and asks whoever waits. Whether the way stops there.
    fn judge(&mut self, step: u64, numbers: &[f64], weights: Option<&[f64]>) -> bool {
        self.is_enough = self.probe.is_enough(step, numbers, weights);
        self.is_enough || self.pauses.stops_at(step)
    }

    /// Whether every parameter is looked at after so many updates.
    fn looks_at_all(&self, step: u64) -> bool {
        let length = self.epoch_length();
        length.is_some_and(|length| step.is_multiple_of(length))
    }

    /// Every parameter.
    fn all(&self, standing: &impl Parameters) -> Vec<f64> {
        let parameters = 0..self.model.parameters().len();
        parameters.map(|index| standing.weight(index)).collect()
    }

    /// How many updates there are between two at which every parameter is looked at.
    fn epoch_length(&self) -> Option<u64> {
        let length = self.model.epoch_length();
        length.filter(|_| self.probe.needs().epochs)
    }
}

impl Onlooker for Looking<'_> {
    #[inline]
    fn room(&mut self) -> Option<&mut Gradients> {
        self.looks_behind.then_some(&mut self.gradients)
    }

    #[inline]
    fn wants_loss(&self) -> bool {
        self.probe.needs().error
    }

    #[inline]
    fn begins(&mut self, standing: &impl Parameters) {
        for one in &mut self.looked_at {
            one.before = standing.weight(one.parameter);
            for (kept, memory) in one.kept.iter_mut().zip(standing.memories(one.parameter)) {
                *kept = *memory;
            }
        }
    }

    fn ends(&mut self, item: Option<usize>, standing: &impl Parameters) {
        let needs = self.probe.needs();
        if needs.way {
            self.model.note_raw(item, &mut self.gradients);
        }
        self.updates.clear();
        let stride = self.settings.rule.stride();
        for one in &self.looked_at {
            let downhill = one.downhill(&self.gradients);
            if one.is_trained {
                let kept = &one.kept[..stride];
                (self.settings).record_read(&[one.before], kept, &[downhill], &mut self.updates);
            } else {
                self.updates.push(Update::none(one.before, downhill));
            }
        }
        self.weights.clear();
        let weight = |parameter: &usize| standing.weight(*parameter);
        self.weights.extend(needs.weights.iter().map(weight));
        let error = || self.model.error(item, &self.gradients);
        let sight = Sight {
            settings: &self.settings,
            weights: &self.weights,
            updates: &self.updates,
            error: needs.error.then(error).flatten(),
            pass: self.gradients.pass.as_ref(),
        };
        self.probe.note(&sight, &mut self.numbers);
    }
}

impl Company for Looking<'_> {
    type Eyes = Self;

    const JUDGES: bool = true;

    fn eyes(&mut self) -> Option<&mut Self> {
        Some(self)
    }

    fn sets_out(&mut self, state: &State) {
        self.pauses.sets_out(state);
        self.settings = state.settings;
        self.step = state.step;
        self.numbers.clear();
    }

    fn minds_numbers_alone(&self) -> bool {
        !self.probe.counts()
    }

    fn leaps(&mut self, step: u64) {
        self.step = step;
    }

    fn pause(&self, step: u64) -> u64 {
        if self.pauses.is_refused() {
            return 1;
        }
        let most = (MOST_WORK / self.model.work()).clamp(1, MOST);
        let left = self.epoch_length().map(|length| length - step % length);
        left.map_or(most, |left| left.min(most))
    }

    fn stops(&mut self, step: u64, standing: &impl Parameters) -> Option<u64> {
        let count = (step - self.step) as usize;
        let numbers = std::mem::take(&mut self.numbers);
        let width = numbers.len() / count;
        let begun = std::mem::replace(&mut self.step, step);
        let stopped = (begun + 1..=step).find(|made| {
            let all = (*made == step && self.looks_at_all(step)).then(|| self.all(standing));
            let noted = (made - begun - 1) as usize * width;
            self.judge(*made, &numbers[noted..][..width], all.as_deref())
        });
        self.numbers = numbers;
        self.numbers.clear();
        stopped
    }

    fn stops_with(&mut self, made: &Record, state: &State) -> bool {
        let needs = self.probe.needs();
        let updates = needs
            .updates
            .iter()
            .map(|parameter| made.updates[*parameter]);
        let weights = needs
            .weights
            .iter()
            .map(|parameter| state.weights[*parameter]);
        let mut numbers = Vec::new();
        let sight = Sight {
            settings: &made.settings,
            weights: &weights.collect::<Vec<_>>(),
            updates: &updates.collect::<Vec<_>>(),
            error: made.error,
            pass: made.pass.as_ref(),
        };
        self.probe.note(&sight, &mut numbers);
        let all = self.looks_at_all(state.step).then_some(&state.weights[..]);
        self.judge(state.step, &numbers, all)
    }
}

impl Run {
    /// [`Run::go`] for somebody who says what they look at.
    pub fn go_looking(
        &mut self,
        step: u64,
        last: u64,
        probe: &mut dyn Probe,
    ) -> (u64, Option<Stop>) {
        let past = last.min(self.reached);
        let mut at = step;
        if at < past {
            let _goal = self.watch.toward(step, Some(past), What::Updates);
            let mut state = self.after(step);
            let found = self.look(&mut state, past, past, probe);
            at = state.step;
            match found {
                Ok(false) => {}
                Ok(true) => return (at, None),
                Err(stop) => return (at, Some(stop)),
            }
        }
        if at >= last {
            return (at, None);
        }
        let stop = self.reach_looking(last, probe).err();
        (self.reached, stop)
    }

    /// Makes updates from a state on until `last` of them have been made, or it is enough, which is the answer; nothing is
    /// kept of the way. Whoever waits may stop it after the last as well.
    ///
    /// # Errors
    /// Where an update cannot be made, or somebody stops it.
    pub fn onward_looking(
        &self,
        state: &mut State,
        last: u64,
        probe: &mut dyn Probe,
    ) -> Result<bool, Stop> {
        self.look(state, last, u64::MAX, probe)
    }

    /// [`Run::reach_until`] for somebody who says what they look at.
    fn reach_looking(&mut self, last: u64, probe: &mut dyn Probe) -> Result<(), Stop> {
        let (watch, model) = (self.watch.clone(), Arc::clone(&self.model));
        let _goal = watch.toward(self.reached, Some(last), What::Updates);
        let pauses = Pauses::new(&watch, &model, self.reached, last);
        let settings = self.checkpoints.before(0).settings;
        let mut looking = Looking::new(&model, probe, pauses, settings);
        let mut maker = Maker::new(&model);
        while self.reached < last && !looking.is_over() {
            self.leave_trail();
            let end = self.next_kept(&maker).min(last);
            let mut state = self.take_head();
            let made = self.make_along(&mut maker, &mut state, end, &mut looking);
            self.come_to(state);
            made?;
        }
        looking.answer().map(drop)
    }

    /// Looks at updates from a state on until `end` of them have been made, or it is enough, which is the answer; who is
    /// asked is told that there are `last`.
    fn look(
        &self,
        state: &mut State,
        end: u64,
        last: u64,
        probe: &mut dyn Probe,
    ) -> Result<bool, Stop> {
        let pauses = Pauses::new(&self.watch, &self.model, state.step, last);
        let mut looking = Looking::new(&self.model, probe, pauses, state.settings);
        self.make_from(state, end, &mut looking)?;
        looking.answer()
    }
}
