//! What is remembered, taken apart into what each update has found.

use std::rc::Rc;

use super::Quantity;
use crate::math::rules::{Given, MOST_FURTHER, RulePart};
use crate::math::{Linear, Memory, MemoryUnit, Numeric, Rule, Settings, Update};
use crate::timeline::Record;

/// Where a part of a memory comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOrigin {
    /// An update has found it; counted from 0.
    Update(u64),
    /// It was remembered before the first update.
    Start,
    /// Somebody has set it before an update.
    Hand(u64),
}

/// A part of a change: what was found, and how much of it is in the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Where it comes from.
    pub origin: ShareOrigin,
    /// How much of it there is: for deltas a pure number, for gradients one in units of the learning rate.
    pub weight: f64,
    /// What was found then, downhill.
    pub source: f64,
    /// What `source` is: rules that remember gradients are taken apart into gradients, others into deltas.
    pub quantity: Quantity,
}

/// Takes apart the change, the momentum term or the memory of an update into what updates have found: this one, and
/// `earlier` ones, the latest first. Other quantities have no such parts, nor has a rule that is not linear, or
/// remembers several numbers.
///
/// In a change the weights are 1 and mu under the article's rule, and nothing is older; 1, mu, mu^2 and so on under
/// classical momentum; 1 + mu, mu^2, mu^3 under Nesterov's; eta, eta mu, eta mu^2, of gradients, under `PyTorch`'s.
/// At most `most` earlier updates are looked at. Unless that cuts them off, the products of weights and sources add
/// up to the quantity.
pub fn unrolled(
    quantity: Quantity,
    record: &Record,
    earlier: impl Iterator<Item = Rc<Record>>,
    parameter: usize,
    most: usize,
) -> Vec<Share> {
    let parts = Parts::of(&record.settings);
    let whole = if quantity == Quantity::Change {
        parts.delta + parts.momentum_term
    } else if quantity == Quantity::MomentumTerm {
        parts.momentum_term
    } else if quantity == Quantity::Memory {
        Linear::memories()[0]
    } else {
        return Vec::new();
    };
    if !whole.is_linear() || record.settings.rule.memories().len() > 1 {
        return Vec::new();
    }
    let found = found_by(record.settings.rule);
    let mut shares = Vec::new();
    if whole.found != 0.0 {
        shares.push(Share {
            origin: ShareOrigin::Update(record.step),
            weight: whole.found,
            source: source(found, &record.updates[parameter]),
            quantity: found,
        });
    }
    let weight = whole.memory[0];
    shares.extend(shares_of_memory(record, earlier, parameter, most, weight));
    shares
}

/// What a rule is taken apart into: what it remembers is made of deltas, or of gradients.
fn found_by(rule: Rule) -> Quantity {
    match rule.memory_unit() {
        MemoryUnit::Delta => Quantity::Delta,
        MemoryUnit::Gradient | MemoryUnit::Square | MemoryUnit::Count => Quantity::Gradient,
    }
}

fn source(found: Quantity, update: &Update) -> f64 {
    if found == Quantity::Delta {
        update.delta
    } else {
        update.downhill
    }
}

/// The numbers that a rule comes to, as multiples of what the update has found and of what is remembered.
struct Parts {
    delta: Linear,
    momentum_term: Linear,
    kept: Linear,
}

impl Parts {
    fn of(settings: &Settings) -> Self {
        let given = Given {
            learning_rate: Linear::constant(settings.learning_rate),
            momentum: Linear::constant(settings.momentum),
            downhill: Linear::found(),
            memory: Linear::memories(),
            further: [Linear::constant(0.0); MOST_FURTHER],
        };
        let of_deltas = found_by(settings.rule) == Quantity::Delta;
        let none = Linear::constant(0.0);
        let mut parts = Self {
            delta: none,
            momentum_term: none,
            kept: none,
        };
        settings.rule.update(given, &mut |part, number| {
            let number = match part {
                RulePart::Delta if of_deltas => Linear::found(),
                RulePart::Delta | RulePart::MomentumTerm | RulePart::Kept(_) => number,
            };
            match part {
                RulePart::Delta => parts.delta = number,
                RulePart::MomentumTerm => parts.momentum_term = number,
                RulePart::Kept(_) => parts.kept = number,
            }
            number
        });
        parts
    }
}

/// What `weight` times the memory that an update uses is made of.
fn shares_of_memory(
    record: &Record,
    earlier: impl Iterator<Item = Rc<Record>>,
    parameter: usize,
    most: usize,
    mut weight: f64,
) -> Vec<Share> {
    let quantity = found_by(record.settings.rule);
    let mut shares = Vec::new();
    // What of the later memory counts in the first update's unit.
    let mut factor = 1.0;
    let (mut later, mut step) = ((record.settings, record.updates[parameter]), record.step);
    let share = |origin, weight, source| Share {
        origin,
        weight,
        source,
        quantity,
    };
    for record in earlier.take(most) {
        let ((settings, used), update) = (later, record.updates[parameter]);
        let left = Memory {
            value: update.new_memory[0],
            unit: record.settings.rule.memory_unit(),
        };
        let unit = settings.rule.memory_unit();
        if left.read(unit, settings.learning_rate) != Some(used.memory[0]) {
            let source = used.memory[0] * factor;
            shares.push(share(ShareOrigin::Hand(step), weight, source));
            return shares;
        }
        let one = Memory { value: 1.0, ..left };
        factor *= one.read(unit, settings.learning_rate).unwrap_or(0.0);
        let Linear { found, memory, .. } = Parts::of(&record.settings).kept;
        if !record.settings.rule.remembers() {
            return shares;
        }
        let source = source(found_by(record.settings.rule), &update);
        let origin = ShareOrigin::Update(record.step);
        shares.push(share(origin, weight * found, source * factor));
        weight *= memory[0];
        if weight == 0.0 {
            return shares;
        }
        (later, step) = ((record.settings, update), record.step);
    }
    if step == 0 && weight != 0.0 && later.1.memory[0] != 0.0 {
        let source = later.1.memory[0] * factor;
        shares.push(share(ShareOrigin::Start, weight, source));
    }
    shares
}
