//! The answer to "why this number?": its arithmetic, back to what was given.

use super::{Derivation, Digits, Form, Formula, Line, Quantity, Text};

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
        let mut lines = explain(derivation, quantity, digits).unwrap_or_default();
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
    let (source, words) = if quantity == Quantity::Before {
        (Quantity::After, "  The update before came to it: ")
    } else if before.rule == derivation.rule {
        (quantity.kept_as()?, "  The update before kept it: ")
    } else {
        return None;
    };
    let mut left = before
        .line(source)
        .filter(|line| Some(line.value) == derivation.value(quantity))?;
    if let Formula::Quantity(kept, _) = left.formula {
        left = before.line(kept)?;
    }
    let line = Line::plain(words).joined(left.arithmetic(digits));
    Some(line.and("."))
}

fn explain(derivation: &Derivation, quantity: Quantity, digits: Digits) -> Option<Vec<Line>> {
    let line = derivation.line(quantity)?;
    let role = line.role();
    let head = Line::new()
        .with(quantity.words(derivation.rule), role)
        .with(format!(" {}", line.symbol()), role)
        .and(" = ");
    let mut lines = if line.is_given() {
        vec![head.with(derivation.text(quantity, digits)?, role)]
    } else {
        let numbers = Line::plain("  = ").joined(line.arithmetic(digits));
        vec![
            head.joined(line.formula.print(Form::Symbols(digits.decimal()))),
            numbers,
        ]
    };
    lines.push(Line::plain(format!("  {}", line.meaning)));
    Some(lines)
}
