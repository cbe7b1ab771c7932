//! Numbers that the learner has seen: an answer that has been on the screen is no prediction.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::explain::{Derivation, Quantity};

/// More numbers are not remembered; nobody has read so many.
const MOST: usize = 20_000;

/// A number that has been shown: what it is called, and its bits.
type Seen = (String, u64);

/// The numbers that have been shown.
#[derive(Debug, Clone, Default)]
pub struct Sights {
    seen: Rc<BTreeSet<Seen>>,
}

impl Sights {
    /// Whether a number has been shown: of this quantity; or else of any, where it is no round one.
    pub fn has(&self, quantity: Option<Quantity>, value: f64) -> bool {
        if let Some(quantity) = quantity {
            return self.seen.contains(&key(quantity, value));
        }
        let bits = value.abs().to_bits();
        value != 0.0 && self.seen.iter().any(|(_, seen)| *seen == bits)
    }

    /// Takes note of the numbers that an update shows: its first lines, and what it comes to where those are all.
    /// Where an update starts is where the one before has ended.
    pub fn note(&mut self, update: u64, derivation: &Derivation, lines: usize) {
        let shown = derivation.lines.iter().take(lines);
        let mut shown: Vec<Seen> = shown.map(|line| key(line.quantity, line.value)).collect();
        let value = |quantity| derivation.value(quantity);
        if lines == derivation.lines.len() {
            let result = [Quantity::Change, Quantity::EffectiveRate].into_iter();
            shown.extend(result.filter_map(|quantity| Some(key(quantity, value(quantity)?))));
        }
        if update > 0 {
            let before = value(Quantity::Before);
            shown.extend(before.map(|before| key(Quantity::After, before)));
        }
        shown.retain(|seen| !self.seen.contains(seen));
        if !shown.is_empty() && self.seen.len() + shown.len() <= MOST {
            Rc::make_mut(&mut self.seen).extend(shown);
        }
    }
}

/// The number counts without its sign: which way it points is told by other things.
fn key(quantity: Quantity, value: f64) -> Seen {
    (quantity.name().into_owned(), value.abs().to_bits())
}
