//! Derivatives as expressions, tidied so far that a learner can read them: that of `0.05*x^2` is `0.1*x`.

use super::{Binary, Expression, Unary};

impl<N: Clone + PartialEq> Expression<N> {
    /// The derivative by one name, all others standing still.
    ///
    /// Evaluated, it is what forward-mode differentiation gives, to rounding, wherever both are numbers: where an
    /// expression has an edge, as `sqrt(x^2)` has at 0, the written derivative may be a division of 0 by 0. Kinks
    /// have the slopes of [`super::Program::slopes`]. A truth has the derivative 0.
    #[must_use]
    pub fn derivative(&self, by: &N) -> Self {
        match self {
            Self::Number(_) => Self::Number(0.0),
            Self::Name(name) => Self::Number(f64::from(u8::from(name == by))),
            Self::Unary(operation, operand) => {
                let inner = operand.derivative(by);
                if inner.is(0.0) {
                    return inner;
                }
                product(unary_slope(*operation, operand), inner)
            }
            Self::Binary(operation, left, right) => binary_derivative(
                *operation,
                (left, left.derivative(by)),
                (right, right.derivative(by)),
            ),
        }
    }

    /// Whether it is this very number.
    fn is(&self, number: f64) -> bool {
        matches!(self, Self::Number(value) if *value == number)
    }
}

fn unary<N>(operation: Unary, operand: Expression<N>) -> Expression<N> {
    Expression::Unary(operation, Box::new(operand))
}

fn binary<N>(operation: Binary, left: Expression<N>, right: Expression<N>) -> Expression<N> {
    Expression::Binary(operation, Box::new(left), Box::new(right))
}

/// The derivative of an operation by its operand.
fn unary_slope<N: Clone + PartialEq>(operation: Unary, operand: &Expression<N>) -> Expression<N> {
    let again = || unary(operation, operand.clone());
    match operation {
        Unary::Negative => Expression::Number(-1.0),
        Unary::Not | Unary::Sign => Expression::Number(0.0),
        Unary::Abs => unary(Unary::Sign, operand.clone()),
        Unary::Sqrt => quotient(Expression::Number(0.5), again()),
        Unary::Exp => again(),
        Unary::Log => quotient(Expression::Number(1.0), operand.clone()),
        Unary::Sin => unary(Unary::Cos, operand.clone()),
        Unary::Cos => negative(unary(Unary::Sin, operand.clone())),
        Unary::Tanh => difference(Expression::Number(1.0), raised(again(), 2.0)),
    }
}

/// The derivative of an operation on two operands, each with its own derivative.
fn binary_derivative<N: Clone + PartialEq>(
    operation: Binary,
    (a, a_slope): (&Expression<N>, Expression<N>),
    (b, b_slope): (&Expression<N>, Expression<N>),
) -> Expression<N> {
    let (a, b) = (|| a.clone(), || b.clone());
    match operation {
        Binary::Add => sum(a_slope, b_slope),
        Binary::Subtract => difference(a_slope, b_slope),
        Binary::Multiply => sum(product(b(), a_slope), product(a(), b_slope)),
        Binary::Divide if b_slope.is(0.0) => quotient(a_slope, b()),
        Binary::Divide => quotient(
            difference(product(b(), a_slope), product(a(), b_slope)),
            raised(b(), 2.0),
        ),
        Binary::Power if b_slope.is(0.0) => product(power_slope(&a(), &b()), a_slope),
        Binary::Power => {
            let by_exponent = product(unary(Unary::Log, a()), b_slope);
            let by_base = quotient(product(b(), a_slope), a());
            product(binary(Binary::Power, a(), b()), sum(by_exponent, by_base))
        }
        Binary::Min | Binary::Max => {
            // Half of both, and half of their difference to the side that counts.
            let half = |slope| quotient(slope, Expression::Number(2.0));
            let both = half(sum(a_slope.clone(), b_slope.clone()));
            let side = unary(Unary::Sign, difference(a(), b()));
            let apart = product(side, half(difference(a_slope, b_slope)));
            if operation == Binary::Min {
                difference(both, apart)
            } else {
                sum(both, apart)
            }
        }
        Binary::Compare(_) | Binary::And | Binary::Or => Expression::Number(0.0),
    }
}

/// The derivative of a power by its base.
fn power_slope<N: Clone + PartialEq>(
    base: &Expression<N>,
    exponent: &Expression<N>,
) -> Expression<N> {
    match number(exponent) {
        Some(0.0) => Expression::Number(0.0),
        Some(n) => product(Expression::Number(n), raised(base.clone(), n - 1.0)),
        None => {
            let less = difference(exponent.clone(), Expression::Number(1.0));
            let power = binary(Binary::Power, base.clone(), less);
            product(exponent.clone(), power)
        }
    }
}

/// The number that an expression is, also with a minus sign before it.
fn number<N>(expression: &Expression<N>) -> Option<f64> {
    match expression {
        Expression::Number(value) => Some(*value),
        Expression::Unary(Unary::Negative, operand) => number(operand).map(|value| -value),
        Expression::Name(_) | Expression::Unary(..) | Expression::Binary(..) => None,
    }
}

fn raised<N: Clone + PartialEq>(base: Expression<N>, exponent: f64) -> Expression<N> {
    if exponent == 0.0 {
        return Expression::Number(1.0);
    }
    if exponent == 1.0 {
        return base;
    }
    binary(Binary::Power, base, Expression::Number(exponent))
}

fn negative<N: Clone + PartialEq>(operand: Expression<N>) -> Expression<N> {
    if let Expression::Binary(Binary::Subtract, left, right) = operand {
        Expression::Binary(Binary::Subtract, right, left)
    } else {
        product(Expression::Number(-1.0), operand)
    }
}

fn sum<N: Clone + PartialEq>(left: Expression<N>, right: Expression<N>) -> Expression<N> {
    if left.is(0.0) {
        return right;
    }
    if right.is(0.0) {
        return left;
    }
    let (a, left_factors) = factors(left);
    let (b, right_factors) = factors(right);
    if left_factors == right_factors {
        return multiplied(a + b, left_factors);
    }
    let left = multiplied(a, left_factors);
    if b < 0.0 {
        // `a - 3*b`, not `a + -3*b`.
        binary(Binary::Subtract, left, multiplied(-b, right_factors))
    } else {
        binary(Binary::Add, left, multiplied(b, right_factors))
    }
}

fn difference<N: Clone + PartialEq>(left: Expression<N>, right: Expression<N>) -> Expression<N> {
    if right.is(0.0) {
        return left;
    }
    let (b, factors) = factors(right);
    sum(left, multiplied(-b, factors))
}

fn product<N: Clone + PartialEq>(left: Expression<N>, right: Expression<N>) -> Expression<N> {
    // What is divided stays divided: 2 * (a/b) is (2*a)/b.
    if let Expression::Binary(Binary::Divide, above, below) = right {
        return quotient(product(left, *above), *below);
    }
    if let Expression::Binary(Binary::Divide, above, below) = left {
        return quotient(product(*above, right), *below);
    }
    let (a, mut all) = factors(left);
    let (b, more) = factors(right);
    all.extend(more);
    multiplied(a * b, all)
}

fn quotient<N: Clone + PartialEq>(above: Expression<N>, below: Expression<N>) -> Expression<N> {
    if below.is(1.0) || above.is(0.0) {
        return above;
    }
    match (factors(above), number(&below)) {
        ((a, all), Some(b)) if all.is_empty() || a != 1.0 => multiplied(a / b, all),
        ((a, all), _) => binary(Binary::Divide, multiplied(a, all), below),
    }
}

/// A product as its number and everything else that is multiplied, in order.
fn factors<N: Clone + PartialEq>(expression: Expression<N>) -> (f64, Vec<Expression<N>>) {
    match expression {
        Expression::Number(value) => (value, Vec::new()),
        Expression::Unary(Unary::Negative, operand) => {
            let (coefficient, all) = factors(*operand);
            (-coefficient, all)
        }
        Expression::Binary(Binary::Multiply, left, right) => {
            let (a, mut all) = factors(*left);
            let (b, more) = factors(*right);
            all.extend(more);
            (a * b, all)
        }
        Expression::Name(_) | Expression::Unary(..) | Expression::Binary(..) => {
            (1.0, vec![expression])
        }
    }
}

/// A number times everything in a list, written from left to right.
fn multiplied<N: Clone + PartialEq>(coefficient: f64, all: Vec<Expression<N>>) -> Expression<N> {
    if coefficient == 0.0 {
        return Expression::Number(0.0);
    }
    let mut all = all.into_iter();
    let Some(first) = all.next() else {
        return Expression::Number(coefficient);
    };
    let first = if coefficient == 1.0 {
        first
    } else if coefficient == -1.0 {
        unary(Unary::Negative, first)
    } else {
        binary(Binary::Multiply, Expression::Number(coefficient), first)
    };
    all.fold(first, |product, factor| {
        binary(Binary::Multiply, product, factor)
    })
}
