//! One run: changes by step, a few checkpoints, and replay between them.

mod looking;
mod making;
mod pauses;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::checkpoints::Checkpoints;
use super::figures::Figures;
use super::recent::{self, Recent};
use super::{Change, Record, State, Stop};
use crate::math::{Model, Rule, Settings};
use crate::watch::Watch;

/// A run from its start, as far as it has been reached.
///
/// State at any step is exact: it is computed by the same code, from the nearest checkpoint below. Checkpoints are
/// spaced evenly and thinned by half whenever there are too many, so their memory is bounded and a replay is short. The
/// branches of a sitting have one budget; see [`super::Timeline`].
#[derive(Debug, Clone)]
pub struct Run {
    model: Arc<Model>,
    pub(in crate::timeline) changes: BTreeMap<u64, Vec<Change>>,
    /// States up to what has been reached, before the changes of their step.
    pub(in crate::timeline) checkpoints: Checkpoints,
    /// How many updates have been reached.
    reached: u64,
    /// The state there, before the changes of that step; `None` where its room was needed for others.
    head: Option<Rc<State>>,
    /// Whether others are walked: nothing is kept then that is only asked for again by who walks this one.
    rests: bool,
    /// What is asked for again, or near to what was asked for last.
    recent: RefCell<Recent>,
    pub(in crate::timeline) figures: Figures,
    watch: Watch,
}

impl Run {
    pub(in crate::timeline) fn new(
        model: Arc<Model>,
        settings: Settings,
        room: usize,
        watch: Watch,
    ) -> Self {
        let start = State::start(&model, settings, None);
        let checkpoints = Checkpoints::new(start.clone(), beside(&start, room));
        Self::begun(model, checkpoints, start, watch)
    }

    /// A run from the same start, with nothing changed.
    pub(in crate::timeline) fn again(&self, room: usize) -> Self {
        let room = beside(self.checkpoints.before(0), room);
        let (checkpoints, start) = self.checkpoints.again(room);
        Self::begun(
            Arc::clone(&self.model),
            checkpoints,
            start,
            self.watch.clone(),
        )
    }

    fn begun(model: Arc<Model>, checkpoints: Checkpoints, start: State, watch: Watch) -> Self {
        Self {
            model,
            changes: BTreeMap::new(),
            checkpoints,
            reached: 0,
            head: Some(Rc::new(start)),
            rests: false,
            recent: RefCell::default(),
            figures: Figures::default(),
            watch,
        }
    }

    /// Who waits for it.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// The model that is trained.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// How many updates have been reached so far: later ones are open, earlier ones are the past.
    pub fn reached(&self) -> u64 {
        self.reached
    }

    /// About how many bytes its states take.
    pub fn bytes(&self) -> usize {
        let recent = self.recent.borrow();
        let head = self.head.as_ref().map_or(0, |head| head.bytes());
        self.checkpoints.bytes() + head + recent.bytes()
    }

    /// Whether what it has come to is at hand, and need not be computed again from far back.
    pub fn is_at_hand(&self) -> bool {
        self.head.is_some() || self.reached == 0
    }

    /// It is walked from now on, with so many bytes for all that it keeps.
    pub(in crate::timeline) fn wake(&mut self, room: usize) {
        self.rests = false;
        let room = beside(self.checkpoints.before(0), room);
        self.checkpoints.fit(room);
    }

    /// Its checkpoints take so many bytes less from now on, as far as they can; the answer is how many that are.
    pub(in crate::timeline) fn give_up(&mut self, bytes: usize) -> usize {
        let before = self.checkpoints.bytes();
        self.checkpoints.fit(before.saturating_sub(bytes));
        before - self.checkpoints.bytes()
    }

    /// Others are walked: it keeps no more than so many bytes and its start. All that it has come to can be computed
    /// again.
    pub(in crate::timeline) fn rest(&mut self, room: usize) {
        self.rests = true;
        self.recent.take();
        let head = self.head.take();
        self.head = head.filter(|head| head.bytes() <= room);
        let taken = self.head.as_ref().map_or(0, |head| head.bytes());
        self.checkpoints.fit(room.saturating_sub(taken));
    }

    /// Whether it is at its start, with nothing changed.
    pub(in crate::timeline) fn is_untouched(&self) -> bool {
        self.reached() == 0 && self.changes.is_empty()
    }

    /// The state after `step` updates, with the changes made there, ready for the next.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn state(&self, step: u64) -> State {
        Rc::unwrap_or_clone(self.standing(step))
    }

    /// The same, shared with whoever keeps it.
    fn standing(&self, step: u64) -> Rc<State> {
        let mut state = self.replay(step);
        if self.changes.contains_key(&step) {
            self.apply_changes(Rc::make_mut(&mut state));
        }
        state
    }

    /// The state that `step` updates have led to, before the changes made there.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn after(&self, step: u64) -> State {
        Rc::unwrap_or_clone(self.replay(step))
    }

    /// Update number `step` (from 0) with all its numbers.
    ///
    /// # Errors
    /// Where there is no such update, or it would overflow.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn record(&self, step: u64) -> Result<Rc<Record>, Stop> {
        let recent = self.recent.borrow().record(step);
        if let Some(record) = recent {
            return Ok(record);
        }
        let record = Rc::new(self.update(&self.standing(step), None)?);
        if !self.rests {
            self.recent.borrow_mut().note(&record);
        }
        Ok(record)
    }

    /// Update number `step` as it would be with `change` made before it. Nothing is changed.
    ///
    /// # Errors
    /// Where there is no such update, or it would overflow.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn trial(&self, step: u64, change: Change) -> Result<Record, Stop> {
        let mut state = self.state(step);
        change.apply(&self.model, &mut state);
        self.update(&state, Some(change))
    }

    /// The rule of update number `step` (from 0), which has been made.
    pub fn rule(&self, step: u64) -> Rule {
        let mut changes = self.changes.range(..=step).rev().flat_map(|(_, of)| of);
        let chosen = changes.find_map(|change| match change {
            Change::Rule(rule) => Some(*rule),
            Change::LearningRate(_)
            | Change::Momentum(_)
            | Change::Gradient { .. }
            | Change::PreviousDelta { .. }
            | Change::Parameter { .. }
            | Change::Seed(_) => None,
        });
        chosen.unwrap_or(self.checkpoints.before(0).settings.rule)
    }

    /// How many updates from `step` on come before the next change by hand.
    pub fn settled(&self, step: u64) -> u64 {
        let changed = self.changes.range(step..).next();
        changed.map_or(u64::MAX, |(changed, _)| changed - step)
    }

    /// How many updates before `step` have the settings of the last of them.
    pub fn settled_before(&self, step: u64) -> u64 {
        let changed = self.changes.range(..step).next_back();
        step - changed.map_or(0, |(changed, _)| *changed)
    }

    /// A few states along the way, the first at the start and all of them reached by `last`: those that are kept.
    pub fn landmarks(&self, last: u64) -> impl Iterator<Item = &State> {
        let kept = self.checkpoints.iter();
        kept.take_while(move |state| state.step <= last)
    }

    /// A parameter along the way to `last`, by (updates made, value): at about `most` of the states that are kept, and
    /// at `last`. Of a beginning that has too few of them, every update is looked at, up to `most`.
    pub fn trail(&self, parameter: usize, last: u64, most: usize) -> Vec<(u64, f64)> {
        self.along(last, most, |weights| weights[parameter])
    }

    /// Something about the parameters along the way to `last`, by updates made; see [`Run::trail`].
    pub fn along<T>(&self, last: u64, most: usize, of: impl Fn(&[f64]) -> T) -> Vec<(u64, T)> {
        /// With fewer points than these a curve has corners.
        const FEWEST: u64 = 32;
        let kept = last / self.checkpoints.spacing() + 1;
        let exact = |step: u64| (step, of(&self.state(step).weights));
        if kept < FEWEST && last <= most as u64 {
            return (0..=last).map(exact).collect();
        }
        let apart = kept.div_ceil(most as u64) as usize;
        let before_last = self.checkpoints.iter().step_by(apart);
        let landmarks = before_last.take_while(|state| state.step < last);
        let value = |state: &State| {
            if self.changes.contains_key(&state.step) {
                exact(state.step)
            } else {
                (state.step, of(&state.weights))
            }
        };
        landmarks.map(value).chain([exact(last)]).collect()
    }

    /// Whether `change` at `step` would change nothing.
    pub(in crate::timeline) fn holds(&self, step: u64, change: Change) -> bool {
        let state = self.state(step);
        let mut changed = state.clone();
        change.apply(&self.model, &mut changed);
        changed == state && self.update(&changed, Some(change)) == self.update(&state, None)
    }

    /// Makes a change at `step`; everything after it is open again.
    pub(in crate::timeline) fn change(&mut self, step: u64, change: Change) {
        self.forget_after(step);
        let changes = self.changes.entry(step).or_default();
        changes.retain(|old| !old.same_target(change));
        changes.push(change);
    }

    /// A copy that shares everything up to `step` and is open after it.
    pub(in crate::timeline) fn fork(&self, step: u64) -> Self {
        let mut fork = self.clone();
        fork.forget_after(step);
        fork
    }

    fn forget_after(&mut self, step: u64) {
        if step < self.reached {
            self.head = Some(self.replay(step));
            self.reached = step;
        }
        self.changes.split_off(&(step + 1));
        self.checkpoints.forget_after(step);
        self.recent.borrow_mut().forget_after(step);
        self.figures.forget_from(step);
    }

    /// Every change, with the number of updates after which it was made.
    pub fn changes(&self) -> impl Iterator<Item = (u64, Change)> + '_ {
        let all = self.changes.iter();
        all.flat_map(|(step, changes)| changes.iter().map(|change| (*step, *change)))
    }

    fn changes_at(&self, step: u64) -> &[Change] {
        self.changes.get(&step).map_or(&[], Vec::as_slice)
    }

    fn apply_changes(&self, state: &mut State) {
        for change in self.changes_at(state.step) {
            change.apply(&self.model, state);
        }
    }

    /// The state after `step` updates, before the changes made there.
    fn replay(&self, step: u64) -> Rc<State> {
        assert!(step <= self.reached, "step {step} has not been reached");
        if let Some(head) = self.head.as_ref().filter(|head| head.step == step) {
            return Rc::clone(head);
        }
        self.replay_by(step, |state, last| self.carry(state, last, &mut ()))
            .expect("these updates have been made before")
    }

    /// The state after `step` updates, with the changes made there, which somebody may stop where it is far from what is
    /// kept. What is asked of it and of those before it is computed from near then.
    ///
    /// # Errors
    /// Where somebody stops it; asked again, it goes on.
    ///
    /// # Panics
    /// Where `step` has not been reached.
    pub fn ready(&self, step: u64) -> Result<State, Stop> {
        // The update before is the one that is looked at.
        let before = step.saturating_sub(1);
        self.replay_by(before, |state, last| self.carry_watched(state, last))?;
        Ok(self.state(step))
    }

    /// Computes the state after `step` updates, before the changes made there, by something that takes a state further.
    fn replay_by(
        &self,
        step: u64,
        carry: impl Fn(&mut Rc<State>, u64) -> Result<(), Stop>,
    ) -> Result<Rc<State>, Stop> {
        let checkpoint = self.checkpoints.before(step);
        let mut state = self.recent.borrow_mut().before(step, checkpoint);
        while state.step < step {
            // Half of what is left at a time, so that the states that are kept lie closer the nearer they are.
            let begun = state.step;
            let left = step - begun;
            let half = step
                - if Recent::keeps_several(&state) {
                    left / 2
                } else {
                    0
                };
            let carried = carry(&mut state, half);
            if !self.rests && state.step > begun {
                self.recent.borrow_mut().keep(Rc::clone(&state));
            }
            carried?;
        }
        Ok(state)
    }
}

/// What is left of some room for the checkpoints of a run with this start: where it stands, and what was asked for last
/// or is about to be, take the rest.
fn beside(start: &State, room: usize) -> usize {
    let state = start.most_bytes();
    room.saturating_sub(2 * state + recent::ROOM.max(state))
}
