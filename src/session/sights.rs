//! Numbers that the learner has seen: an answer that has been on the screen is no prediction.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Session;
use crate::explain::{Derivation, Formula};

/// More numbers are not remembered; nobody has read so many.
const MOST: usize = 20_000;

/// The numbers that have been shown, bit for bit.
#[derive(Debug, Clone, Default)]
pub(super) struct Sights {
    seen: Rc<BTreeSet<u64>>,
}

impl Sights {
    /// Whether a number has been shown.
    pub fn has(&self, value: f64) -> bool {
        self.seen.contains(&key(value))
    }

    fn add(&mut self, values: impl Iterator<Item = f64>) {
        let new: Vec<u64> = values
            .map(key)
            .filter(|key| !self.seen.contains(key))
            .collect();
        if !new.is_empty() && self.seen.len() + new.len() <= MOST {
            Rc::make_mut(&mut self.seen).extend(new);
        }
    }
}

/// The number without its sign: which way it points is told by other things.
fn key(value: f64) -> u64 {
    value.abs().to_bits()
}

impl Session {
    /// Takes note of the numbers that the update on the screen shows: its lines so far, with what they are made of,
    /// and what it comes to.
    pub(super) fn note_sights(&mut self) {
        let derivation = self.derivation();
        let complete = self.is_complete();
        let shown = shown(&derivation, self.position.lines, complete);
        self.sights.add(shown.into_iter());
    }
}

fn shown(derivation: &Derivation, lines: usize, complete: bool) -> Vec<f64> {
    use crate::explain::Quantity::{Change, EffectiveRate};
    let mut values = Vec::new();
    for line in derivation.lines.iter().take(lines) {
        values.push(line.value);
        values.extend(line.formula.leaves().into_iter().filter_map(value));
    }
    if complete {
        let result = [Change, EffectiveRate].into_iter();
        values.extend(result.filter_map(|quantity| derivation.value(quantity)));
    }
    values
}

fn value(leaf: &Formula) -> Option<f64> {
    match leaf {
        Formula::Quantity(_, value) | Formula::Named(_, value) => Some(*value),
        _ => None,
    }
}
