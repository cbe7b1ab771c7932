//! Going over the updates of a run with somebody who looks for something in them: fast, in stretches, and one by one where
//! numbers come near their limits or are changed by hand.

use super::making::Room;
use super::{Run, State, Stop};
use crate::timeline::Probe;
use crate::timeline::probe::Stretch;
use crate::watch::{SLICE, What};

/// At most so many updates are made before what has been noted of them is looked at.
const MOST: u64 = 256;
/// Nor are more of them than are so much work.
const MOST_WORK: u64 = 8 * SLICE;

/// What updates are made in.
struct Rooms {
    stretch: Stretch,
    one: Room,
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
            let mut state = self.replay(step);
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
        let watch = self.watch.clone();
        let _goal = watch.toward(self.reached, Some(last), What::Updates);
        let mut rooms = None;
        while self.reached < last {
            self.leave_trail();
            let end = self.next_kept().min(last);
            let mut state = self.take_head();
            let rooms = rooms.get_or_insert_with(|| self.rooms(&state));
            let found = self.look_along(&mut state, end, last, probe, rooms);
            self.come_to(state);
            if found? {
                break;
            }
        }
        Ok(())
    }

    fn rooms(&self, state: &State) -> Rooms {
        Rooms {
            stretch: Stretch::new(&self.model, state),
            one: self.room(),
        }
    }

    /// Looks at updates from a state on until `end` of them have been made; for `last` see [`Run::go_on`].
    fn look(
        &self,
        state: &mut State,
        end: u64,
        last: u64,
        probe: &mut dyn Probe,
    ) -> Result<bool, Stop> {
        let mut rooms = self.rooms(state);
        while state.step < end {
            if self.look_along(state, end, last, probe, &mut rooms)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Looks at the updates of a stretch that goes no further than to `end`. The state is then after the last that has
    /// been looked at, and the answer whether that was enough.
    fn look_along(
        &self,
        state: &mut State,
        end: u64,
        last: u64,
        probe: &mut dyn Probe,
        rooms: &mut Rooms,
    ) -> Result<bool, Stop> {
        let begun = state.step;
        let end = self.end_of_stretch(begun, probe).min(end);
        let Rooms { stretch, one } = rooms;
        if end == begun + 1 || !stretch.make(&self.model, state, end, probe) {
            while state.step < end {
                self.make_one(state, one)?;
                stretch.note(&one.made, &state.weights, probe);
                let weights = self.at_end_of_epoch(state, probe);
                if probe.is_enough(state.step, stretch.noted(0), weights) {
                    return Ok(true);
                }
                self.go_on(1, state.step, last)?;
            }
            return Ok(false);
        }
        for (index, step) in (begun + 1..=end).enumerate() {
            let weights = (step == end).then(|| self.at_end_of_epoch(&stretch.end, probe));
            let found = if probe.is_enough(step, stretch.noted(index), weights.flatten()) {
                Ok(true)
            } else {
                self.go_on(1, step, last).map(|()| false)
            };
            if step == end {
                std::mem::swap(state, &mut stretch.end);
                return found;
            }
            if found != Ok(false) {
                // It has gone further than was asked for.
                self.make(state, step)?;
                return found;
            }
        }
        Ok(false)
    }

    /// How far updates can be made at once from `step` on; a single one where something is changed by hand.
    fn end_of_stretch(&self, step: u64, probe: &dyn Probe) -> u64 {
        if self.changes.contains_key(&step) {
            return step + 1;
        }
        let most = (MOST_WORK / self.model.work()).clamp(1, MOST);
        let script = self.model.updates().unwrap_or(u64::MAX).max(step + 1);
        let length = self.model.epoch_length().filter(|_| probe.needs().epochs);
        let epoch = length.map_or(u64::MAX, |length| (step / length + 1) * length);
        (step + most)
            .min(script)
            .min(epoch)
            .min(self.next_change(step))
    }

    /// The parameters at a state, where they are looked at there.
    fn at_end_of_epoch<'a>(&self, state: &'a State, probe: &dyn Probe) -> Option<&'a [f64]> {
        let length = self.model.epoch_length().filter(|_| probe.needs().epochs)?;
        state.step.is_multiple_of(length).then_some(&state.weights)
    }
}
