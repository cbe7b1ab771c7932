//! Numbers that the learner has seen: an answer that has been on the screen is no prediction.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Session;
use crate::explain::{Derivation, Quantity};

/// More numbers are not remembered; nobody has read so many.
const MOST: usize = 20_000;

/// A number that has been shown: what it is called, and its bits.
type Seen = (String, u64);

/// The numbers that have been shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Sights {
    seen: Rc<BTreeSet<Seen>>,
}

impl Sights {
    /// Whether a quantity has been shown with this number.
    pub fn has(&self, quantity: Quantity, value: f64) -> bool {
        self.seen.contains(&key(quantity, value))
    }

    /// Whether any quantity has been shown with this number, which is no round one.
    pub fn has_number(&self, value: f64) -> bool {
        let bits = value.abs().to_bits();
        value != 0.0 && self.seen.iter().any(|(_, seen)| *seen == bits)
    }

    fn add(&mut self, shown: impl Iterator<Item = Seen>) {
        let new: Vec<Seen> = shown.filter(|seen| !self.seen.contains(seen)).collect();
        if !new.is_empty() && self.seen.len() + new.len() <= MOST {
            Rc::make_mut(&mut self.seen).extend(new);
        }
    }
}

/// The number counts without its sign: which way it points is told by other things.
fn key(quantity: Quantity, value: f64) -> Seen {
    (quantity.name().into_owned(), value.abs().to_bits())
}

impl Session {
    /// Takes note of the numbers that the update on the screen shows: its lines so far, and what it comes to. Where an
    /// update starts is where the one before has ended.
    pub(super) fn note_sights(&mut self) {
        let derivation = self.derivation();
        let mut shown = shown(&derivation, self.position().lines, self.is_complete());
        if self.position().update > 0 {
            let before = derivation.value(Quantity::Before);
            shown.extend(before.map(|before| key(Quantity::After, before)));
        }
        self.sights.add(shown.into_iter());
    }
}

fn shown(derivation: &Derivation, lines: usize, complete: bool) -> Vec<Seen> {
    let lines = derivation.lines.iter().take(lines);
    let mut shown: Vec<Seen> = lines.map(|line| key(line.quantity, line.value)).collect();
    if complete {
        let result = [Quantity::Change, Quantity::EffectiveRate].into_iter();
        shown
            .extend(result.filter_map(|quantity| Some(key(quantity, derivation.value(quantity)?))));
    }
    shown
}
