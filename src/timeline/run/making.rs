//! How the updates of a run are made: one by one with all their numbers, or a stretch at a time, in slices after each of
//! which whoever waits is pauses.

use std::mem::take;
use std::rc::Rc;
use std::sync::Arc;

use super::pauses::Pauses;
use super::{Change, Record, Run, State, Stop};
use crate::math::{Gradients, Model, Schedule, Settings, Update};
use crate::timeline::company::Company;
use crate::timeline::trainer::{Gone, MOST_UNSEEN, Trainer};
use crate::watch::{SLICE, What};

/// So much work lies between two states that are kept while a run is made, where that is not more updates than
/// [`TRAIL`].
const MOST_TRAIL: u64 = 64 * SLICE;
/// At least so many updates lie between two of them, where they are not much work.
const TRAIL: u64 = 256;

/// Room for updates that are made one after another, each with all its numbers.
#[derive(Debug)]
pub(super) struct Room {
    gradients: Gradients,
    /// The last that has been made.
    pub made: Record,
}

impl Room {
    pub fn new(model: &Model, settings: Settings) -> Self {
        let made = Record {
            step: 0,
            epoch: 0,
            item: None,
            settings,
            updates: Vec::with_capacity(model.parameters().len()),
            error: None,
            pass: None,
        };
        Self::in_memory_of(made, model)
    }

    /// The same in the memory of an update that nobody looks at any more.
    fn in_memory_of(made: Record, model: &Model) -> Self {
        let gradients = model.room();
        Self { gradients, made }
    }
}

/// What a run's updates are made in, from one state after another on.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    model: &'a Model,
    trainer: Option<Trainer<'a>>,
    /// For those that are made alone.
    room: Option<Room>,
}

impl<'a> Maker<'a> {
    pub fn new(model: &'a Model) -> Self {
        Self {
            model,
            trainer: None,
            room: None,
        }
    }

    /// The trainer that stands at a state, or a new one there.
    fn trainer_at(&mut self, state: &Rc<State>) -> &mut Trainer<'a> {
        let standing = self.trainer.take();
        let standing = standing.filter(|trainer| Rc::ptr_eq(trainer.kept(), state));
        let new = || Trainer::new(self.model, Rc::clone(state));
        self.trainer.insert(standing.unwrap_or_else(new))
    }
}

impl Run {
    /// One update from `state`, with the gradients of this run as changed, and changed once more by `last`.
    pub(super) fn update(&self, state: &State, last: Option<Change>) -> Result<Record, Stop> {
        let older = self.recent.borrow_mut().take_older();
        let mut room = match older {
            Some(older) => Room::in_memory_of(older, &self.model),
            None => Room::new(&self.model, state.settings),
        };
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
        let (watch, model) = (self.watch.clone(), Arc::clone(&self.model));
        let _goal = watch.toward(self.reached, Some(step), What::Updates);
        let mut pauses = Pauses::new(&watch, &model, self.reached, step);
        let mut maker = Maker::new(&model);
        while self.reached < step && !pauses.says_stop() {
            self.leave_trail();
            let end = self.next_kept(&maker).min(step);
            let mut state = self.take_head();
            let made = self.make_along(&mut maker, &mut state, end, &mut pauses);
            self.come_to(state);
            made?;
        }
        pauses.answer()
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
    pub(super) fn next_kept(&self, maker: &Maker) -> u64 {
        let next = self.reached + 1;
        let checkpoint = self.checkpoints.next_after(self.reached);
        let trainer = maker.trainer.as_ref();
        if self.rests || trainer.is_some_and(Trainer::knows_the_rest) {
            return checkpoint;
        }
        let last = self.recent.borrow().last();
        let trail = last.map_or(next, |last| last + self.apart());
        checkpoint.min(trail.max(next))
    }

    /// So many updates lie between states that are kept for whoever looks back.
    fn apart(&self) -> u64 {
        let work = self.model.work();
        (SLICE / work).max(TRAIL.min(MOST_TRAIL / work)).max(1)
    }

    /// The state at the last update reached, to be carried further; [`Run::come_to`] puts it back.
    pub(super) fn take_head(&mut self) -> Rc<State> {
        let head = self.head.take();
        head.unwrap_or_else(|| self.replay(self.reached))
    }

    pub(super) fn come_to(&mut self, state: Rc<State>) {
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
        let (watch, model) = (self.watch.clone(), Arc::clone(&self.model));
        let _goal = watch.toward(self.reached, Some(step), What::Updates);
        let mut pauses = Pauses::new(&watch, &model, self.reached, step);
        let mut room = self.room();
        while self.reached < step && !pauses.says_stop() {
            self.leave_trail();
            let mut state = self.take_head();
            let made = self.make_one(Rc::make_mut(&mut state), &mut room);
            let is_enough = made.is_ok() && enough(&room.made, &state);
            self.come_to(state);
            made?;
            if is_enough {
                return Ok(());
            }
            pauses.stops_at(self.reached);
        }
        pauses.answer()
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
        let mut pauses = Pauses::new(&self.watch, &self.model, step, last);
        let mut state = self.after(step);
        let mut room = self.room();
        while state.step < last {
            self.make_one(&mut state, &mut room)
                .expect("this update has been made before");
            if enough(&room.made, &state) || pauses.stops_at(state.step) {
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
        shared(state, |state| self.carry_watched(state, last))
    }

    /// The same of a state that somebody may keep as it is.
    pub(super) fn carry_watched(&self, state: &mut Rc<State>, last: u64) -> Result<(), Stop> {
        let _goal = self.watch.toward(state.step, Some(last), What::Updates);
        let mut pauses = Pauses::new(&self.watch, &self.model, state.step, last);
        self.carry(state, last, &mut pauses)?;
        pauses.answer()
    }

    /// Makes updates from a state on until `last` have been made or the company ends the way.
    pub(super) fn make_from(
        &self,
        state: &mut State,
        last: u64,
        company: &mut impl Company,
    ) -> Result<(), Stop> {
        shared(state, |state| self.carry(state, last, company))
    }

    /// The same of a state that somebody may keep as it is: fast where nothing is changed by hand and no number comes near
    /// its limits, and one by one elsewhere.
    pub(super) fn carry(
        &self,
        state: &mut Rc<State>,
        last: u64,
        company: &mut impl Company,
    ) -> Result<(), Stop> {
        self.make_along(&mut Maker::new(&self.model), state, last, company)
    }

    /// The same in the room of a maker, which goes on from there where it is handed that state again.
    pub(super) fn make_along<C: Company>(
        &self,
        maker: &mut Maker<'_>,
        state: &mut Rc<State>,
        last: u64,
        company: &mut C,
    ) -> Result<(), Stop> {
        while state.step < last {
            let changed = self.changes.contains_key(&state.step);
            let next = self.next_change(state.step).min(last);
            if !changed {
                let trainer = maker.trainer_at(state);
                let gone = trainer.go(next, company);
                *state = Rc::clone(trainer.kept());
                match gone {
                    Gone::Through => continue,
                    Gone::Stopped(step) => return self.carry(state, step, &mut ()),
                    Gone::Lost(sound) => self.carry(state, sound, &mut ())?,
                }
            }
            maker.trainer = None;
            let alone = if changed { 1 } else { MOST_UNSEEN };
            let end = next.min(state.step + alone);
            while state.step < end {
                let room = maker.room.get_or_insert_with(|| self.room());
                self.make_one(Rc::make_mut(state), room)?;
                if company.stops_with(&room.made, state) {
                    return Ok(());
                }
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

/// Does something with a state that is not shared as if it were.
fn shared<T>(state: &mut State, work: impl FnOnce(&mut Rc<State>) -> T) -> T {
    let mut taken = Rc::new(state.clone());
    let done = work(&mut taken);
    *state = Rc::unwrap_or_clone(taken);
    done
}
