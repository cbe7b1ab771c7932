//! Whoever goes along with a run while it is made at full speed.

use super::{Record, State};
use crate::math::{Onlooker, Parameters};

/// Somebody who goes along with updates, and is asked now and then whether more are to be made.
pub(super) trait Company {
    /// How they look at each.
    type Eyes: Onlooker;

    /// Whether what they say depends on numbers that they have looked at: they are asked then only when it is known that
    /// none has come near its limits.
    const JUDGES: bool;

    /// How they look at each update; `None` where they do not.
    fn eyes(&mut self) -> Option<&mut Self::Eyes> {
        None
    }

    /// Updates follow one another from a state on.
    fn sets_out(&mut self, state: &State);

    /// How many updates are made before they are asked next; at least one.
    fn pause(&self, step: u64) -> u64;

    /// After how many updates the way stops: as many as have been made, or fewer, but more than when they were asked last.
    /// `None` where it goes on.
    fn stops(&mut self, step: u64, standing: &impl Parameters) -> Option<u64>;

    /// Whether all that they say depends on what updates come to, and on nothing else: not on how many there have been.
    fn minds_numbers_alone(&self) -> bool {
        false
    }

    /// What comes up to so many updates is what they have seen, and is not shown to them once more.
    fn leaps(&mut self, step: u64) {
        let _ = step;
    }

    /// Whether it stops with an update that has been made alone, with all its numbers, and has led to this state.
    fn stops_with(&mut self, made: &Record, state: &State) -> bool;
}

/// Nobody.
impl Company for () {
    type Eyes = ();

    const JUDGES: bool = false;

    fn sets_out(&mut self, _: &State) {}

    fn pause(&self, _: u64) -> u64 {
        u64::MAX
    }

    fn stops(&mut self, _: u64, _: &impl Parameters) -> Option<u64> {
        None
    }

    fn stops_with(&mut self, _: &Record, _: &State) -> bool {
        false
    }
}
