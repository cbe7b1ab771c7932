//! A rule's text run on formulas: the same operations in the same order, with signs where a person would write them.

use std::ops::Neg;

use super::{Formula, Function, OfRule, Operator, Quantity};
use crate::math::rules::Given;
use crate::math::{Convention, MemoryUnit, Numeric, Rule, operators};

/// A formula, with its sign beside it until it is written.
#[derive(Debug, Clone)]
pub struct Signed {
    is_negative: bool,
    /// `None` for a factor that somebody leaves out.
    formula: Option<Formula>,
}

impl From<Formula> for Signed {
    fn from(formula: Formula) -> Self {
        Self {
            is_negative: false,
            formula: Some(formula),
        }
    }
}

impl Signed {
    /// A factor that is left out: what it multiplies stays as it is.
    pub const LEFT_OUT: Self = Self {
        is_negative: false,
        formula: None,
    };

    /// The formula as it is written: `-a × b` for a product with its sign turned.
    pub fn written(self) -> Formula {
        let is_negative = self.is_negative;
        let formula = self.factor();
        if is_negative {
            negated(formula)
        } else {
            formula
        }
    }

    /// The number with another formula in its place, the sign staying.
    #[must_use]
    pub fn rewritten(self, write: impl FnOnce(Formula) -> Formula) -> Self {
        Self {
            formula: self.formula.map(write),
            ..self
        }
    }

    /// The formula without its sign.
    fn factor(self) -> Formula {
        self.formula.unwrap_or(Formula::Constant(1.0))
    }
}

operators! { Signed:
    Add, add = |left, right| {
        let signs = (left.is_negative, right.is_negative);
        let (left, right) = (left.factor(), right.factor());
        match signs {
            (false, false) => (left + right).into(),
            (false, true) => (left - right).into(),
            (true, false) => (negated(left) + right).into(),
            (true, true) => -Self::from(left + right),
        }
    };
    Sub, sub = |left, right| left + -right;
    Mul, mul = |left, right| Self {
        is_negative: left.is_negative != right.is_negative,
        formula: match (left.formula, right.formula) {
            (Some(left), Some(right)) => Some(left * right),
            (left, right) => left.or(right),
        },
    };
    Div, div = |left, right| Self {
        is_negative: left.is_negative != right.is_negative,
        formula: Some(left.factor() / right.factor()),
    };
}

impl Neg for Signed {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            is_negative: !self.is_negative,
            ..self
        }
    }
}

impl Numeric for Signed {
    fn constant(value: f64) -> Self {
        Formula::Constant(value).into()
    }

    fn value(&self) -> f64 {
        self.clone().written().evaluate()
    }

    fn sqrt(self) -> Self {
        Formula::Apply(Function::Sqrt, Box::new(self.written())).into()
    }

    fn power(self, exponent: u32) -> Self {
        let base = Box::new(self.written());
        Formula::Apply(Function::Power(exponent), base).into()
    }
}

/// The formula with its sign turned, written as a person would: `-a × b` for a product.
pub fn negated(formula: Formula) -> Formula {
    match formula {
        Formula::Negative(inner) => *inner,
        Formula::Binary(operator, left, right) => match operator {
            Operator::Times | Operator::Over => operator.of(negated(*left), *right),
            Operator::Plus => negated(*left) - *right,
            Operator::Minus => plus(negated(*left), *right),
        },
        Formula::Quantity(..)
        | Formula::Named(..)
        | Formula::Constant(_)
        | Formula::Untrained
        | Formula::Apply(..)
        | Formula::Sum(_)
        | Formula::Written(_) => -formula,
    }
}

/// left + right, written `left - ...` where right begins with a minus sign.
pub fn plus(left: Formula, right: Formula) -> Formula {
    if right.begins_with_minus() {
        left - negated(right)
    } else {
        left + right
    }
}

/// What an update is computed from, as leaves with their values. A gradient, and a memory of gradients, are written
/// with the sign of the convention.
pub fn given(rule: Rule, convention: Convention, value: impl Fn(Quantity) -> f64) -> Given<Signed> {
    given_as(rule, convention, |quantity| {
        Signed::from(Formula::Quantity(quantity, value(quantity)))
    })
}

/// The same as numbers of whatever kind.
pub fn given_as<N: Numeric>(
    rule: Rule,
    convention: Convention,
    number: impl Fn(Quantity) -> N,
) -> Given<N> {
    Given {
        learning_rate: number(Quantity::LearningRate),
        momentum: number(Quantity::Momentum),
        downhill: flipped(number(Quantity::Gradient), convention),
        memory: std::array::from_fn(|place| {
            as_written(rule, place, number(Quantity::memory(place)), convention)
        }),
        further: std::array::from_fn(|place| {
            let row = rule.row().further.get(place);
            // The text of a rule reads no setting that it has not.
            row.map_or(N::constant(0.0), |row| {
                number(Quantity::OfRule(OfRule::Setting(row.name)))
            })
        }),
    }
}

/// A number with the sign of a convention: a gradient is kept downhill and written as the convention has it.
pub fn flipped<N: Numeric>(number: N, convention: Convention) -> N {
    match convention {
        Convention::Add => number,
        Convention::Subtract => -number,
    }
}

/// A remembered number as it is written: a memory of gradients has their sign.
pub fn as_written<N: Numeric>(rule: Rule, slot: usize, number: N, convention: Convention) -> N {
    match rule.memories().get(slot).map(|row| row.unit) {
        Some(MemoryUnit::Gradient) => flipped(number, convention),
        Some(MemoryUnit::Delta | MemoryUnit::Square | MemoryUnit::Count) | None => number,
    }
}
