//! The answer to "why this number?": its arithmetic, back to what was given.

use super::number::{self, Digits};
use super::{Derivation, Form, Line, Quantity, Role, Text};

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
        numbers
            .spans
            .extend(line.formula.print(Form::Numbers(digits)).spans);
        numbers.push(" = ", Role::Plain);
        numbers.push(value, role);
        lines.push(numbers);
    }
    lines.push(Line::new().with(format!("  {}", line.meaning), Role::Muted));
    lines
}
