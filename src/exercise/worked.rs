//! Worked examples: the lines that lead to a number, one after another.

use std::rc::Rc;
use std::sync::Arc;

use super::asked::Asked;
use super::asking::told_line;
use super::facts::Facts;
use crate::explain::{Derivation, DerivationLine, Formula, Line, Quantity, Role, capital, number};
use crate::math::{Model, ScriptedWeight};

/// The lines that lead from what is given to a number, each with one step of arithmetic; its own line is the last.
/// Empty where there is no such number.
pub fn worked(facts: &Facts, asked: Asked) -> Vec<DerivationLine> {
    let mut lines = Vec::new();
    match asked {
        Asked::Quantity(quantity) if quantity != Quantity::Gradient => {
            collect(&derivation(facts), quantity, &mut lines);
        }
        Asked::Quantity(_) => lines.extend(gradient(facts)),
        Asked::Sum | Asked::Value | Asked::Signal => lines.extend(of_node(facts, asked)),
    }
    lines
}

/// The lines before the last that do not have its number in them already.
pub fn steps(facts: &Facts, asked: Asked) -> Vec<DerivationLine> {
    let mut lines = worked(facts, asked);
    let Some(last) = lines.pop() else {
        return lines;
    };
    let shown = |value: f64| number::display(value.abs(), facts.digits);
    lines.retain(|line| shown(line.value) != shown(last.value));
    lines
}

/// `  delta: 0.01 × 2.7 = 0.027`
pub fn printed(line: &DerivationLine, facts: &Facts) -> Line {
    let words = line.quantity.words(facts.settings.rule);
    Line::plain(format!("  {words}: ")).joined(line.arithmetic(facts.digits))
}

/// The update, as if a lesson gave its gradient.
fn derivation(facts: &Facts) -> Derivation {
    let update = facts.update();
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: update.before,
        previous_delta: 0.0,
        downhill: vec![update.downhill],
        loss: None,
    });
    let record = Rc::new(facts.record());
    Derivation::new(&Arc::new(model), &record, 0, facts.convention)
}

/// Adds the line of a quantity after those that it needs.
fn collect(derivation: &Derivation, quantity: Quantity, lines: &mut Vec<DerivationLine>) {
    let Some(line) = derivation.line(quantity).filter(|line| !line.is_given()) else {
        return;
    };
    for needed in line.formula.quantities() {
        collect(derivation, needed, lines);
    }
    if lines.iter().all(|known| known.quantity != quantity) {
        lines.push(line);
    }
}

/// The signal of the weight's node, then the gradient; on a surface the gradient alone.
fn gradient(facts: &Facts) -> Vec<DerivationLine> {
    let asked = Asked::Quantity(Quantity::Gradient);
    let Some(node) = &facts.node else {
        let gradient = |formula| line(Quantity::Gradient, formula);
        return facts.right(asked).map(gradient).into_iter().collect();
    };
    let Some(signal) = of_node(facts, Asked::Signal) else {
        return Vec::new();
    };
    let leaf = Formula::Quantity(signal.quantity, signal.value);
    let gradient = line(Quantity::Gradient, node.gradient_of(leaf));
    vec![signal, gradient]
}

fn of_node(facts: &Facts, asked: Asked) -> Option<DerivationLine> {
    let quantity = asked.of_node(facts.node.as_ref()?.node)?;
    Some(line(quantity, facts.right(asked)?))
}

fn line(quantity: Quantity, formula: Formula) -> DerivationLine {
    DerivationLine {
        noise: Vec::new(),
        quantity,
        value: formula.evaluate(),
        formula,
        meaning: "",
    }
}

/// A worked example under a heading: what is given, and every line.
pub fn example(facts: &Facts, asked: Asked) -> Vec<Line> {
    let mut lines = vec![told_line(facts.told(asked))];
    lines.extend(worked(facts, asked).iter().map(|line| printed(line, facts)));
    let words = capital(&facts.words(asked));
    let answer = facts.right(asked).map(|formula| formula.evaluate());
    let shown = answer.map(|value| number::display(value, facts.digits));
    let last = |shown| Line::plain(format!("{words} is ")).with(shown, Role::Strong);
    lines.extend(shown.map(|shown| last(shown).and(".")));
    lines
}
