//! The answer to "why this number?": its arithmetic, back to what was given.

use super::number::{self, Digits};
use super::{Derivation, Form, Line, Quantity, Role, Text};
use crate::math::Rule;
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

/// A part of a memory that an earlier update has left in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The update, from 0; `None` for what was remembered before the first.
    pub update: Option<u64>,
    /// How much of it is left: 1 for all.
    pub weight: f64,
    /// What was remembered then: a delta, or a gradient under the rules that remember gradients.
    pub source: f64,
}

/// Takes apart the memory that an update starts with into what earlier updates have put into it, the latest first.
///
/// `earlier` are the updates before, the latest first; the parts go back until they weigh nothing, or `most` of them
/// have been found. With weight c of what is looked at and c = 1 at first: an update adds c times its delta (under
/// `averaged`, c (1 - mu) times its gradient), and what it had remembered itself weighs mu c, or nothing under the
/// article's rule.
pub fn shares_of_memory(
    earlier: impl Iterator<Item = Record>,
    parameter: usize,
    most: usize,
) -> Vec<Share> {
    let mut shares = Vec::new();
    let mut weight = 1.0;
    for record in earlier.take(most) {
        let (update, settings) = (record.updates[parameter], record.settings);
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
            source,
        });
        weight *= kept;
        if weight == 0.0 {
            break;
        }
        if record.step == 0 {
            shares.push(Share {
                update: None,
                weight,
                source: update.memory,
            });
        }
    }
    shares
}
