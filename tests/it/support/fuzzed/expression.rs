//! Expressions and numbers: read, worked out, derived, written and read back.

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::expression::{Leaves, write};
use nnmom_tutor::explain::{Digits, number};
use nnmom_tutor::math::expression::{Expression, Mistake, Program, constant, last_side, parse};

use super::assert_inside;

const NAMES: [&str; 3] = ["x", "y", "z"];
const POINTS: [[f64; 3]; 4] = [
    [0.0, 0.0, 0.0],
    [1.0, -2.5, 3.0],
    [-9.0, 2.0, 1e-3],
    [1e6, -1e-6, 0.5],
];
/// The longest expression that is read, in bytes, and the longest whose derivative anybody reads, in parts.
const LONGEST: usize = 4096;
const MOST_PARTS: usize = 200;

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_number(&text);
    if let Err(mistake) = constant(&text) {
        assert_inside(&text, &mistake.span);
    }
    let side = last_side(&text);
    assert!(text.contains(side), "{side:?} of {text:?}");
    let expression = match read(&text) {
        Ok(expression) => expression,
        Err(mistake) => return assert_inside(&text, &mistake.span),
    };
    assert_read_back(&expression);
    let program = Program::new(&expression, NAMES.len());
    for point in POINTS {
        let value = value(&expression, &point);
        assert_same(program.value(&point), value, &text);
        let mut slopes = [0.0; NAMES.len()];
        assert_same(program.slopes(&point, &mut slopes), value, &text);
    }
    if expression.parts() <= MOST_PARTS {
        for name in 0..NAMES.len() {
            assert_read_back(&expression.derivative(&name));
        }
    }
}

/// A number is read, shown, and read as the same that is shown.
fn check_number(text: &str) {
    let Some(number) = number::parse(text) else {
        return;
    };
    assert!(number.is_finite());
    let exact = number::parse(&number::exact(number));
    assert_eq!(exact.map(f64::to_bits), Some(number.to_bits()), "{text:?}");
    for digits in [1, 6, 15].map(|count| Digits::new(count).unwrap()) {
        let shown = number::display(number, digits);
        // The largest of all may be shown as one that is larger still.
        let Some(again) = number::parse(&shown) else {
            assert!(number.abs() > 1e308, "{text:?}: {shown}");
            continue;
        };
        assert_eq!(number::display(again, digits), shown, "{text:?}");
    }
}

fn read(text: &str) -> Result<Expression<usize>, Mistake> {
    parse(text, &|name, span| {
        let index = NAMES.iter().position(|known| *known == name);
        index.ok_or_else(|| Mistake::new(span, format!("no {name}"), ""))
    })
}

/// What is written reads back as the same expression, to the bit.
#[track_caller]
fn assert_read_back(expression: &Expression<usize>) {
    let leaves = Leaves {
        number: &number::exact,
        decimal: Decimal::Point,
        name: &|index: &usize| NAMES[*index].to_owned(),
    };
    let written = write(expression, &leaves);
    if written.len() > LONGEST || written.contains("inf") || written.contains("NaN") {
        return;
    }
    let again = match read(&written) {
        Ok(again) => again,
        Err(mistake) if mistake.message.contains("deep") => return,
        Err(mistake) => panic!("{written}: {mistake}"),
    };
    for point in POINTS {
        assert_same(value(&again, &point), value(expression, &point), &written);
    }
}

fn value(expression: &Expression<usize>, point: &[f64; 3]) -> f64 {
    expression.evaluate(&|index| point[*index])
}

#[track_caller]
fn assert_same(found: f64, expected: f64, text: &str) {
    let same = found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan());
    assert!(same, "{text:?}: {found:?} and {expected:?}");
}
