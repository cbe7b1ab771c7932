//! Formulas as they are printed.

use nnmom_tutor::explain::{Digits, Form, Formula, Quantity};

fn leaf(value: f64) -> Formula {
    Formula::Quantity(Quantity::Delta, value)
}

fn printed(formula: &Formula) -> String {
    formula.print(Form::Numbers(Digits::default())).text()
}

#[test]
fn parentheses_stand_where_the_arithmetic_needs_them() {
    assert_eq!(
        printed(&(leaf(2.0) * (leaf(3.0) * leaf(4.0) + leaf(5.0)))),
        "2 × (3 × 4 + 5)"
    );
    assert_eq!(
        printed(&(leaf(1.0) + (leaf(2.0) + leaf(3.0)))),
        "1 + (2 + 3)"
    );
    assert_eq!(
        printed(&((Formula::Constant(1.0) - leaf(0.9)) * leaf(2.0))),
        "(1 - 0.9) × 2"
    );
}

#[test]
fn rounded_numbers_are_known_not_to_add_up() {
    let digits = Digits::new(2).unwrap();
    assert!((leaf(3.56) + leaf(0.027)).adds_up(Digits::default()));
    assert!(
        !(leaf(1.04) + leaf(1.04)).adds_up(digits),
        "1 + 1 is not 2.1"
    );
}

#[test]
fn negative_numbers_read_naturally() {
    assert_eq!(printed(&(leaf(3.56) + leaf(-0.027))), "3.56 - 0.027");
    assert_eq!(printed(&(leaf(0.01) * leaf(-2.7))), "0.01 × (-2.7)");
    assert_eq!(printed(&(-leaf(0.01) * leaf(-2.7))), "-0.01 × (-2.7)");
    assert_eq!(printed(&-leaf(-2.0)), "-(-2)");
    assert_eq!(printed(&(leaf(1.0) - leaf(-2.0))), "1 - (-2)");
}
