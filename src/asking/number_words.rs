//! A number that an expression comes to, in words: `new weight + learning rate × (-1.4)`.

use crate::command::{Phrase, Variable};
use crate::exercise::Facts;
use crate::explain::expression::{Leaves, write_readably};
use crate::explain::{Decimal, Document, Inline, Line, Live, Role, Span, number};
use crate::math::Rule;
use crate::math::expression::Expression;

/// The expression with the words of its quantities; `name` has other names.
pub(super) fn number_words(
    expect: &Phrase,
    rule: Rule,
    mark: Decimal,
    name: impl Fn(Variable) -> String,
) -> String {
    let words = |variable: &Variable| match variable.quantity() {
        Some((quantity, None)) if quantity.node().is_none() => quantity.words(rule).into_owned(),
        Some(_) | None => name(*variable),
    };
    let leaves = Leaves {
        number: &|value| number::exact_in(value, mark),
        name: &words,
        decimal: mark,
    };
    write_readably(&expect.expression, &leaves)
}

/// The lesson's own words for a question, with other numbers: where those are live values, and what else stands in them
/// stands in the expression, too.
pub(super) fn asked_again(ask: &Document, expect: &Phrase, facts: &Facts) -> Option<Vec<Line>> {
    let mut constants = Vec::new();
    numbers_in(&expect.expression, &mut constants);
    let mut is_live = false;
    for inline in ask.blocks.iter().flat_map(|block| &block.content) {
        match inline {
            Inline::Value(Live::Quantity(quantity)) => {
                facts.given(*quantity)?;
                is_live = true;
            }
            Inline::Value(_) => return None,
            Inline::Words(span) => {
                let mut written = span.text.split(|c: char| !c.is_ascii_digit() && c != '.');
                let numbers = written.by_ref().filter_map(|part| {
                    let part = part.trim_matches('.');
                    part.parse::<f64>().ok()
                });
                let stands = |number: f64| {
                    constants
                        .iter()
                        .any(|one| one.to_bits() == number.to_bits())
                };
                if !numbers.into_iter().all(stands) {
                    return None;
                }
            }
        }
    }
    let value = |live: Live| {
        let Live::Quantity(quantity) = live else {
            return Span::new("?", Role::Question);
        };
        let value = facts.given(quantity).unwrap_or(f64::NAN);
        Span::new(
            number::display(value, facts.digits),
            Role::Quantity(quantity),
        )
    };
    is_live.then(|| ask.fill(value).lines)
}

/// The numbers that stand in an expression, without their signs.
fn numbers_in(expression: &Expression<Variable>, found: &mut Vec<f64>) {
    match expression {
        Expression::Number(value) => found.push(value.abs()),
        Expression::Name(_) => {}
        Expression::Unary(_, operand) => numbers_in(operand, found),
        Expression::Binary(_, left, right) => {
            numbers_in(left, found);
            numbers_in(right, found);
        }
    }
}
