//! How the updates of a run are made: one by one with all their numbers, or a stretch at a time, in slices after each of
//! which whoever waits is asked.

use super::{Change, Record, Run, State, Stop};
use crate::math::Update;
use crate::timeline::trainer::train_on;
use crate::watch::{SLICE, What};

/// So many updates are made at most before it is looked whether somebody wants a run stopped that goes round in a circle.
const FAR: u64 = 1 << 32;

/// At least so many updates lie between two states that are kept while a run is made.
const TRAIL: u64 = 32;

impl Run {
    /// One update from `state`, with the gradients of this run as changed, and changed once more by `last`.
    pub(super) fn update(&self, state: &State, last: Option<Change>) -> Result<Record, Stop> {
        let step = state.step;
        if let Some(updates) = self.model.updates().filter(|&updates| step >= updates) {
            return Err(Stop::End { updates });
        }
        let mut schedule = state.schedule.clone();
        let mut gradients = self.model.room();
        let item = (self.model).look(step, &state.weights, &mut schedule, &mut gradients);
        self.model.note_raw(item, &mut gradients);
        let error = self.model.error(item, &gradients);
        if let Some(stop) = Stop::on_surface(&self.model, step, &gradients) {
            return Err(stop);
        }
        for change in self.changes_at(step).iter().copied().chain(last) {
            if let Change::Gradient {
                parameter,
                downhill: changed,
            } = change
            {
                gradients.downhill[parameter] = changed;
            }
        }
        let mut updates = Vec::with_capacity(state.weights.len());
        state.record(&self.model, &gradients.downhill, &mut updates);
        match updates.iter().find_map(Update::overflow) {
            Some(quantity) => Err(Stop::Overflow { step, quantity }),
            None => Ok(Record {
                step,
                epoch: self.model.epoch_of(step),
                item,
                settings: state.settings,
                updates,
                error,
                pass: gradients.pass,
            }),
        }
    }

    /// Carries the run on until `step` updates have been made. A single one is made even where it has been stopped.
    ///
    /// # Errors
    /// Where it stops before; it then stands at the last update that could be made.
    pub fn reach(&mut self, step: u64) -> Result<(), Stop> {
        let watch = self.watch.clone();
        let _goal = watch.toward(self.reached, Some(step), What::Updates);
        while self.reached < step {
            self.leave_trail();
            let begun = self.reached;
            let next = self.checkpoints.next_after(begun);
            let [end, far] = self.ends_of_slice(begun).map(|end| next.min(step).min(end));
            let mut state = self.take_head();
            let result = self.make_on(&mut state, end, far);
            self.come_to(state);
            result?;
            self.go_on(self.reached - begun, self.reached, step)?;
        }
        Ok(())
    }

    /// Where it is looked again whether somebody wants it stopped, and where if a run gets there without any work.
    fn ends_of_slice(&self, step: u64) -> [u64; 2] {
        if self.watch.is_halted() {
            return [step + 1; 2];
        }
        let slice = (SLICE / self.model.work()).max(1);
        [slice, FAR.max(slice)].map(|updates| step.saturating_add(updates))
    }

    /// Whether there is more to be made than the updates that have been made since this was asked last.
    ///
    /// # Errors
    /// Where it has been stopped before the last of them.
    fn go_on(&self, made: u64, step: u64, last: u64) -> Result<(), Stop> {
        let goes_on = self
            .watch
            .goes_on(made.saturating_mul(self.model.work()), step);
        if goes_on || step >= last {
            return Ok(());
        }
        Err(Stop::Halted)
    }

    /// Keeps the last update reached for whoever looks back from further on, so that they need not begin at a checkpoint,
    /// of which a long run has few.
    fn leave_trail(&self) {
        let apart = (SLICE / self.model.work()).max(TRAIL);
        let mut recent = self.recent.borrow_mut();
        let is_due = |state: &State| recent.last().is_none_or(|last| last + apart <= state.step);
        if let Some(head) = self
            .head
            .as_ref()
            .filter(|head| !self.rests && is_due(head))
        {
            recent.keep(head.clone());
        }
    }

    /// The state at the last update reached, to be carried further; [`Run::come_to`] puts it back.
    fn take_head(&mut self) -> State {
        let head = self.head.take();
        head.unwrap_or_else(|| self.replay(self.reached))
    }

    fn come_to(&mut self, state: State) {
        self.reached = state.step;
        self.checkpoints.keep(&state);
        self.head = Some(state);
    }

    /// Carries the run on until `step` updates have been made, or until `enough` says so of an update just made.
    ///
    /// # Errors
    /// Where it stops before; it then stands at the last update that could be made.
    pub fn reach_until(
        &mut self,
        step: u64,
        mut enough: impl FnMut(&Record, &State) -> bool,
    ) -> Result<(), Stop> {
        let watch = self.watch.clone();
        let _goal = watch.toward(self.reached, Some(step), What::Updates);
        while self.reached < step {
            self.leave_trail();
            let mut state = self.take_head();
            let made = self.advance(&mut state);
            let is_enough = made.as_ref().is_ok_and(|record| enough(record, &state));
            self.come_to(state);
            made?;
            if is_enough {
                break;
            }
            self.go_on(1, self.reached, step)?;
        }
        Ok(())
    }

    /// Walks over updates that have been reached, from `step` on to the `last`, until `enough` says so of an update
    /// and the state it has led to, or somebody stops it; the answer is the step at which it ends.
    ///
    /// # Panics
    /// Never: what has been reached can be made again.
    pub fn walk(
        &self,
        step: u64,
        last: u64,
        mut enough: impl FnMut(&Record, &State) -> bool,
    ) -> u64 {
        let last = last.min(self.reached);
        if step >= last {
            return step;
        }
        let _goal = self.watch.toward(step, Some(last), What::Updates);
        let mut state = self.replay(step);
        while state.step < last {
            let record = self.remake(&mut state);
            if enough(&record, &state) || self.go_on(1, state.step, last).is_err() {
                break;
            }
        }
        state.step
    }

    /// Goes over updates from `step` on to the `last`, those that have been reached and those that are made for it, until
    /// `enough` says so; the answer is the step at which it ends, and why it goes no further, where it does not.
    pub fn go(
        &mut self,
        step: u64,
        last: u64,
        mut enough: impl FnMut(&Record, &State) -> bool,
    ) -> (u64, Option<Stop>) {
        let mut is_enough = false;
        let mut see = |record: &Record, state: &State| {
            is_enough = enough(record, state);
            is_enough
        };
        let at = self.walk(step, last, &mut see);
        if at < self.reached.min(last) {
            return (at, (!is_enough).then_some(Stop::Halted));
        }
        if at >= last || is_enough {
            return (at, None);
        }
        let stop = self.reach_until(last, enough).err();
        (self.reached, stop)
    }

    /// Makes updates from `state`, before the changes of its step, until `last` of them have been made, and keeps
    /// nothing of the way.
    ///
    /// # Errors
    /// Where an update cannot be made, or somebody stops it; the state is then the one before it.
    pub fn onward(&self, state: &mut State, last: u64) -> Result<(), Stop> {
        let _goal = self.watch.toward(state.step, Some(last), What::Updates);
        while state.step < last {
            let begun = state.step;
            let [end, far] = self.ends_of_slice(begun).map(|end| last.min(end));
            self.make_on(state, end, far)?;
            self.go_on(state.step - begun, state.step, last)?;
        }
        Ok(())
    }

    /// The same, without asking anybody: fast where nothing is changed by hand and no number comes near its limits, and
    /// one by one elsewhere.
    pub(super) fn make(&self, state: &mut State, last: u64) -> Result<(), Stop> {
        self.make_on(state, last, last)
    }

    /// The same, and on to `far` where that takes no longer: where a run goes round in a circle.
    fn make_on(&self, state: &mut State, last: u64, far: u64) -> Result<(), Stop> {
        while state.step < last {
            let changed = self.changes.contains_key(&state.step);
            let next_change = self.changes.range(state.step + 1..).next();
            let next_change = next_change.map_or(u64::MAX, |(step, _)| *step);
            let (end, far) = (next_change.min(last), next_change.min(far));
            if changed || !train_on(&self.model, state, end, far) {
                self.advance(state)?;
            }
        }
        Ok(())
    }

    /// [`Run::advance`] for an update that has been made before, and so can be made again.
    fn remake(&self, state: &mut State) -> Record {
        self.advance(state)
            .expect("this update has been made before")
    }

    /// Makes one update from a state of this run, after the changes of its step, and keeps nothing of it.
    ///
    /// # Errors
    /// Where it cannot be made; the state is then as it was.
    pub fn advance(&self, state: &mut State) -> Result<Record, Stop> {
        let mut changed = state.clone();
        self.apply_changes(&mut changed);
        let record = self.update(&changed, None)?;
        *state = changed;
        self.model.enter(state.step, &mut state.schedule);
        state.take(&record.updates);
        Ok(record)
    }
}
