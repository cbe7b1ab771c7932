//! How the updates of a run are made: one by one with all their numbers, or a stretch at a time, in slices after each of
//! which whoever waits is asked.

use std::mem::take;
use std::rc::Rc;

use super::{Change, Record, Run, State, Stop};
use crate::math::{Gradients, Model, Schedule, Settings, Update};
use crate::timeline::trainer::train_on;
use crate::watch::{SLICE, What};

/// So many updates are made at most before it is looked whether somebody wants a run stopped that goes round in a circle.
const FAR: u64 = 1 << 32;

/// At least so many updates lie between two states that are kept while a run is made.
const TRAIL: u64 = 32;

/// Room for updates that are made one after another, each with all its numbers.
#[derive(Debug)]
pub(super) struct Room {
    gradients: Gradients,
    /// The last that has been made.
    pub made: Record,
}

impl Room {
    pub fn new(model: &Model, settings: Settings) -> Self {
        Self {
            gradients: model.room(),
            made: Record {
                step: 0,
                epoch: 0,
                item: None,
                settings,
                updates: Vec::with_capacity(model.parameters().len()),
                error: None,
                pass: None,
            },
        }
    }
}

impl Run {
    /// One update from `state`, with the gradients of this run as changed, and changed once more by `last`.
    pub(super) fn update(&self, state: &State, last: Option<Change>) -> Result<Record, Stop> {
        let mut room = Room::new(&self.model, state.settings);
        self.compute(state, &mut state.schedule.clone(), last, &mut room)?;
        Ok(room.made)
    }

    /// The same into a room, and the epoch is entered in a schedule.
    fn compute(
        &self,
        state: &State,
        schedule: &mut Schedule,
        last: Option<Change>,
        room: &mut Room,
    ) -> Result<(), Stop> {
        let step = state.step;
        if let Some(updates) = self.model.updates().filter(|&updates| step >= updates) {
            return Err(Stop::End { updates });
        }
        let Room { gradients, made } = room;
        // What is shown of the update before is room for this one.
        if let Some(pass) = made.pass.take() {
            gradients.pass = Some(pass);
        }
        let item = (self.model).look(step, &state.weights, schedule, gradients);
        self.model.note_raw(item, gradients);
        made.step = step;
        made.epoch = self.model.epoch_of(step);
        made.item = item;
        made.settings = state.settings;
        made.error = self.model.error(item, gradients);
        if let Some(stop) = Stop::on_surface(&self.model, step, gradients) {
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
        state.record(&self.model, &gradients.downhill, &mut made.updates);
        if let Some(quantity) = made.updates.iter().find_map(Update::overflow) {
            return Err(Stop::Overflow { step, quantity });
        }
        made.pass = gradients.pass.take();
        Ok(())
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
    pub(super) fn go_on(&self, made: u64, step: u64, last: u64) -> Result<(), Stop> {
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
    pub(super) fn leave_trail(&self) {
        let apart = self.apart();
        let mut recent = self.recent.borrow_mut();
        let is_due =
            |state: &Rc<State>| recent.last().is_none_or(|last| last + apart <= state.step);
        if let Some(head) = self
            .head
            .as_ref()
            .filter(|head| !self.rests && is_due(head))
        {
            recent.keep(Rc::clone(head));
        }
    }

    /// The next update after those reached that leads to a state that may be kept.
    pub(super) fn next_kept(&self) -> u64 {
        let next = self.reached + 1;
        let checkpoint = self.checkpoints.next_after(self.reached);
        if self.rests {
            return checkpoint;
        }
        let last = self.recent.borrow().last();
        let trail = last.map_or(next, |last| last + self.apart());
        checkpoint.min(trail.max(next))
    }

    /// So many updates lie between states that are kept for whoever looks back.
    fn apart(&self) -> u64 {
        (SLICE / self.model.work()).max(TRAIL)
    }

    /// The state at the last update reached, to be carried further; [`Run::come_to`] puts it back.
    pub(super) fn take_head(&mut self) -> State {
        let head = self.head.take();
        head.map_or_else(|| self.replay(self.reached), Rc::unwrap_or_clone)
    }

    pub(super) fn come_to(&mut self, state: State) {
        self.reached = state.step;
        let state = Rc::new(state);
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
        let mut room = self.room();
        while self.reached < step {
            self.leave_trail();
            let mut state = self.take_head();
            let made = self.make_one(&mut state, &mut room);
            let is_enough = made.is_ok() && enough(&room.made, &state);
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
        let mut room = self.room();
        while state.step < last {
            self.make_one(&mut state, &mut room)
                .expect("this update has been made before");
            if enough(&room.made, &state) || self.go_on(1, state.step, last).is_err() {
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
        let mut room = None;
        while state.step < last {
            let changed = self.changes.contains_key(&state.step);
            let next_change = self.next_change(state.step);
            let (end, far) = (next_change.min(last), next_change.min(far));
            if !changed && train_on(&self.model, state, end, far) {
                continue;
            }
            let room = room.get_or_insert_with(|| self.room());
            let end = if changed { state.step + 1 } else { end };
            while state.step < end {
                self.make_one(state, room)?;
            }
        }
        Ok(())
    }

    /// After how many updates, more than these, something is changed by hand next.
    pub(super) fn next_change(&self, step: u64) -> u64 {
        let next = self.changes.range(step + 1..).next();
        next.map_or(u64::MAX, |(step, _)| *step)
    }

    /// Makes one update from a state of this run, after the changes of its step, and keeps nothing of it.
    ///
    /// # Errors
    /// Where it cannot be made; the state is then as it was.
    pub fn advance(&self, state: &mut State) -> Result<Record, Stop> {
        let mut room = self.room();
        self.make_one(state, &mut room)?;
        Ok(room.made)
    }

    pub(super) fn room(&self) -> Room {
        Room::new(&self.model, self.checkpoints.before(0).settings)
    }

    /// The same into a room: nothing is allocated, but where something is changed by hand.
    pub(super) fn make_one(&self, state: &mut State, room: &mut Room) -> Result<(), Stop> {
        let step = state.step;
        let changed = self.changes.contains_key(&step);
        let before = changed.then(|| state.clone());
        self.apply_changes(state);
        let mut schedule = take(&mut state.schedule);
        let length = self.model.epoch_length();
        let begins = length.is_some_and(|length| step.is_multiple_of(length));
        let left = begins.then(|| schedule.clone());
        let made = self.compute(state, &mut schedule, None, room);
        state.schedule = schedule;
        if made.is_ok() {
            state.take(&room.made.updates);
            return made;
        }
        if let Some(left) = left {
            state.schedule = left;
        }
        if let Some(before) = before {
            *state = before;
        }
        made
    }
}
