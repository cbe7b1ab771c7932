//! The answer to "why this number?": its arithmetic, back to what was given.

use super::number::{self, Digits};
use super::{Derivation, Form, Formula, Line, Quantity, Role, Text};
use crate::math::{Memory, MemoryUnit, Rule, Settings};
use crate::timeline::Record;
use std::rc::Rc;

/// Explains a quantity of an update: its formula in symbols, with numbers, and the result; then the same for every
/// computed number it rests on, and for what the update `before` has left. `None` where the update has no such
/// quantity.
pub fn why(
    derivation: &Derivation,
    before: Option<&Derivation>,
    quantity: Quantity,
    digits: Digits,
) -> Option<Text> {
    derivation.line(quantity)?;
    let needed = needed(derivation, quantity);
    // A number is computed only from earlier ones in the order of an update, so backwards is from result to cause.
    let backwards = derivation
        .in_order()
        .into_iter()
        .rev()
        .filter(|q| needed.contains(q));
    let lines = backwards.flat_map(|quantity| {
        let mut lines = explain(derivation, quantity, digits);
        lines.extend(before.and_then(|before| left_by(before, derivation, quantity, digits)));
        lines
    });
    Some(lines.collect::<Vec<_>>().into())
}

/// A quantity and what it rests on; of a large network, the nearest.
fn needed(derivation: &Derivation, quantity: Quantity) -> Vec<Quantity> {
    /// A longer answer is not read.
    const MOST: usize = 40;
    let mut needed = vec![quantity];
    let mut next = 0;
    while let Some(line) = needed.get(next).and_then(|&q| derivation.line(q)) {
        for operand in line.formula.quantities() {
            if !needed.contains(&operand) && needed.len() < MOST {
                needed.push(operand);
            }
        }
        next += 1;
    }
    needed
}

/// How the update before has come to a number that an update starts from; `None` where it has not.
fn left_by(
    before: &Derivation,
    derivation: &Derivation,
    quantity: Quantity,
    digits: Digits,
) -> Option<Line> {
    let (source, words) = match quantity {
        Quantity::Before => (Quantity::After, "  The update before came to it: "),
        Quantity::Memory if before.rule == derivation.rule => {
            (Quantity::NewMemory, "  The update before kept it: ")
        }
        _ => return None,
    };
    let mut left = before
        .line(source)
        .filter(|line| Some(line.value) == derivation.value(quantity))?;
    if let Formula::Quantity(kept, _) = left.formula {
        left = before.line(kept)?;
    }
    Some(
        Line::plain(words)
            .joined(left.arithmetic(digits))
            .with(".", Role::Plain),
    )
}

fn explain(derivation: &Derivation, quantity: Quantity, digits: Digits) -> Vec<Line> {
    let Some(line) = derivation.line(quantity) else {
        return Vec::new();
    };
    let role = line.role();
    let value = number::display(line.value, digits);
    let mut head = Line::new()
        .with(quantity.words(derivation.rule), role)
        .with(format!(" {}", line.symbol()), role);
    let mut lines = Vec::new();
    if line.is_given() {
        head.push(" = ", Role::Plain);
        head.push(value, role);
        lines.push(head);
    } else {
        head.push(" = ", Role::Plain);
        head.spans.extend(line.formula.print(Form::Symbols).spans);
        lines.push(head);
        let numbers = Line::plain("  = ").joined(line.arithmetic(digits));
        lines.push(numbers);
    }
    lines.push(Line::new().with(format!("  {}", line.meaning), Role::Plain));
    lines
}

/// Where a part of a memory comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
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
    pub origin: Origin,
    /// How much of it there is: for deltas a pure number, for gradients one in units of the learning rate.
    pub weight: f64,
    /// What was found then, downhill.
    pub source: f64,
    /// Whether `source` is a delta or a gradient: rules that remember gradients are taken apart into gradients.
    pub unit: MemoryUnit,
}

/// Takes apart the change, the momentum term or the memory of an update into what updates have found: this one, and
/// `earlier` ones, the latest first. Other quantities have no such parts.
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
    let Settings {
        rule,
        learning_rate: eta,
        momentum: mu,
    } = record.settings;
    let update = record.updates[parameter];
    let unit = rule.memory_unit();
    let (own, of_memory) = match rule {
        Rule::None => (1.0, 0.0),
        Rule::Article | Rule::HeavyBall => (1.0, mu),
        Rule::Nesterov => (1.0 + mu, mu * mu),
        Rule::PyTorch => (eta, eta * mu),
        Rule::Averaged => (eta * (1.0 - mu), eta * mu),
    };
    let (own, of_memory) = match (quantity, rule) {
        (Quantity::Change, _) => (own, of_memory),
        (Quantity::MomentumTerm, Rule::Nesterov) => (mu, of_memory),
        (Quantity::MomentumTerm, _) => (0.0, of_memory),
        (Quantity::Memory, _) => (0.0, 1.0),
        _ => return Vec::new(),
    };
    let mut shares = Vec::new();
    if own != 0.0 {
        shares.push(Share {
            origin: Origin::Update(record.step),
            weight: own,
            source: match unit {
                MemoryUnit::Delta => update.delta,
                MemoryUnit::Gradient => update.downhill,
            },
            unit,
        });
    }
    shares.extend(shares_of_memory(
        record, earlier, parameter, most, of_memory,
    ));
    shares
}

/// What `weight` times the memory that an update uses is made of.
fn shares_of_memory(
    record: &Record,
    earlier: impl Iterator<Item = Rc<Record>>,
    parameter: usize,
    most: usize,
    mut weight: f64,
) -> Vec<Share> {
    let unit = record.settings.rule.memory_unit();
    let mut shares = Vec::new();
    // What of the later memory counts in the first update's unit.
    let mut factor = 1.0;
    let (mut later, mut step) = ((record.settings, record.updates[parameter]), record.step);
    let share = |origin, weight, source| Share {
        origin,
        weight,
        source,
        unit,
    };
    for record in earlier.take(most) {
        let ((settings, used), update) = (later, record.updates[parameter]);
        let left = Memory {
            value: update.new_memory,
            unit: record.settings.rule.memory_unit(),
        };
        if left.read(settings.rule, settings.learning_rate) != used.memory {
            shares.push(share(Origin::Hand(step), weight, used.memory * factor));
            return shares;
        }
        factor *= match (left.unit, settings.rule.memory_unit()) {
            (MemoryUnit::Delta, MemoryUnit::Gradient) => 1.0 / settings.learning_rate,
            (MemoryUnit::Gradient, MemoryUnit::Delta) => settings.learning_rate,
            _ => 1.0,
        };
        let mu = record.settings.momentum;
        let (kept, part, source) = match record.settings.rule {
            Rule::None => return shares,
            Rule::Article => (0.0, 1.0, update.delta),
            Rule::HeavyBall | Rule::Nesterov => (mu, 1.0, update.delta),
            Rule::PyTorch => (mu, 1.0, update.downhill),
            Rule::Averaged => (mu, 1.0 - mu, update.downhill),
        };
        shares.push(share(
            Origin::Update(record.step),
            weight * part,
            source * factor,
        ));
        weight *= kept;
        if weight == 0.0 {
            return shares;
        }
        (later, step) = ((record.settings, update), record.step);
    }
    if step == 0 && weight != 0.0 && later.1.memory != 0.0 {
        shares.push(share(Origin::Start, weight, later.1.memory * factor));
    }
    shares
}
