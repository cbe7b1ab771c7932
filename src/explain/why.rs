//! The answer to "why this number?": its arithmetic, back to what was given.

use super::number::{self, Digits};
use super::{Derivation, Form, Line, Quantity, Role, Text};
use crate::math::{MemoryUnit, Rule};
use crate::timeline::Record;

/// Explains a quantity of an update: its formula in symbols, with numbers, and the result; then the same for every
/// computed number it rests on. `None` where the update has no such quantity.
pub fn why(derivation: &Derivation, quantity: Quantity, digits: Digits) -> Option<Text> {
    derivation.line(quantity)?;
    let mut needed = vec![quantity];
    let mut next = 0;
    while let Some(line) = needed.get(next).and_then(|&q| derivation.line(q)) {
        let operands = line.formula.quantities();
        let new: Vec<_> = operands
            .into_iter()
            .filter(|q| !needed.contains(q))
            .collect();
        needed.extend(new);
        next += 1;
    }
    // A number is computed only from earlier ones in the order of an update, so backwards is from result to cause.
    let backwards = Quantity::ALL
        .into_iter()
        .rev()
        .filter(|q| needed.contains(q));
    let lines = backwards.flat_map(|quantity| explain(derivation, quantity, digits));
    Some(lines.collect::<Vec<_>>().into())
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
        let mut numbers = Line::plain("  = ");
        if !line.formula.is_leaf() {
            numbers
                .spans
                .extend(line.formula.print(Form::Numbers(digits)).spans);
            let sign = if line.formula.adds_up(digits) {
                " = "
            } else {
                " ≈ "
            };
            numbers.push(sign, Role::Plain);
        }
        numbers.push(value, role);
        lines.push(numbers);
    }
    lines.push(Line::new().with(format!("  {}", line.meaning), Role::Plain));
    lines
}

/// A part of a change: what an update has found, and how much of it is in the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The update, from 0; `None` for what was remembered before the first.
    pub update: Option<u64>,
    /// How much of it there is: for deltas a pure number, for gradients one in units of the learning rate.
    pub weight: f64,
    /// What was found then, downhill.
    pub source: f64,
    /// Whether `source` is a delta or a gradient: rules that remember gradients are taken apart into gradients.
    pub unit: MemoryUnit,
}

/// Takes apart the change of an update into what it found itself and what `earlier` updates did, the latest first.
///
/// Under the article's rule the weights are 1 and mu, and nothing is older. Under classical momentum they are 1, mu,
/// mu^2 and so on; under Nesterov's 1 + mu, mu^2, mu^3. PyTorch's are eta, eta mu, eta mu^2, of gradients. At most
/// `most` earlier updates are looked at. The products of weights and sources add up to the change.
pub fn unrolled_change(
    record: &Record,
    earlier: impl Iterator<Item = Record>,
    parameter: usize,
    most: usize,
) -> Vec<Share> {
    let settings = record.settings;
    let (eta, mu) = (settings.learning_rate, settings.momentum);
    let update = record.updates[parameter];
    let unit = settings.rule.memory_unit();
    let (own, of_memory) = match settings.rule {
        Rule::None => (1.0, 0.0),
        Rule::Article | Rule::HeavyBall => (1.0, mu),
        Rule::Nesterov => (1.0 + mu, mu * mu),
        Rule::PyTorch => (eta, eta * mu),
        Rule::Averaged => (eta * (1.0 - mu), eta * mu),
    };
    let source = match unit {
        MemoryUnit::Delta => update.delta,
        MemoryUnit::Gradient => update.downhill,
    };
    let mut shares = vec![Share {
        update: Some(record.step),
        weight: own,
        source,
        unit,
    }];
    shares.extend(shares_of_memory(
        record, earlier, parameter, most, of_memory,
    ));
    shares
}

/// What `weight` times the memory that an update uses is made of.
fn shares_of_memory(
    record: &Record,
    earlier: impl Iterator<Item = Record>,
    parameter: usize,
    most: usize,
    mut weight: f64,
) -> Vec<Share> {
    let unit = record.settings.rule.memory_unit();
    let eta = record.settings.learning_rate;
    let mut shares = Vec::new();
    let mut first = record.updates[parameter].memory;
    let mut reached_start = record.step == 0;
    for record in earlier.take(most) {
        let (update, settings) = (record.updates[parameter], record.settings);
        // Where the rule has changed on the way, a delta counts as a gradient or the reverse, at the rate of the later.
        let convert = match (settings.rule.memory_unit(), unit) {
            (MemoryUnit::Delta, MemoryUnit::Gradient) => 1.0 / eta,
            (MemoryUnit::Gradient, MemoryUnit::Delta) => eta,
            _ => 1.0,
        };
        let (kept, share, source) = match settings.rule {
            Rule::None => return shares,
            Rule::Article => (0.0, 1.0, update.delta),
            Rule::HeavyBall | Rule::Nesterov => (settings.momentum, 1.0, update.delta),
            Rule::PyTorch => (settings.momentum, 1.0, update.downhill),
            Rule::Averaged => (settings.momentum, 1.0 - settings.momentum, update.downhill),
        };
        shares.push(Share {
            update: Some(record.step),
            weight: weight * share,
            source: source * convert,
            unit,
        });
        weight *= kept;
        first = update.memory * convert;
        reached_start = record.step == 0;
        if weight == 0.0 {
            return shares;
        }
    }
    if reached_start && weight != 0.0 && first != 0.0 {
        shares.push(Share {
            update: None,
            weight,
            source: first,
            unit,
        });
    }
    shares
}
