//! Arithmetic as data, which evaluates. How it is written stands in `print`.

use std::sync::Arc;

use fnv::FnvHashSet;

use super::{Leaf, Quantity, negated};
use crate::math::expression::Expression;
use crate::math::{Numeric, Rough, operators, portable};

/// A formula whose leaves are quantities with their values.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A quantity and its value.
    Quantity(Quantity, f64),
    /// Something with a name of its own, such as another weight, and its value.
    Named(Arc<str>, f64),
    /// A number that stands in the formula itself.
    Constant(f64),
    /// The operand with its sign turned.
    Negative(Box<Formula>),
    /// An operation on two operands.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// More than a few terms, added from left to right; see [`Formula::sum`].
    Sum(Vec<Formula>),
    /// A function of the operand.
    Apply(Function, Box<Formula>),
    /// A formula as a lesson writes it.
    Written(Arc<Written>),
    /// 0, since the parameter is not trained.
    Untrained,
}

/// Operations on two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// left + right
    Plus,
    /// left - right
    Minus,
    /// left x right
    Times,
    /// left / right
    Over,
}

impl Operator {
    /// The formula of two operands.
    pub fn of(self, left: Formula, right: Formula) -> Formula {
        Formula::Binary(self, Box::new(left), Box::new(right))
    }

    fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Plus => left + right,
            Self::Minus => left - right,
            Self::Times => left * right,
            Self::Over => left / right,
        }
    }
}

/// A formula as a lesson writes it, over variables with values.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The formula; names are places in the lists.
    pub expression: Expression<usize>,
    /// The names of the variables.
    pub names: Vec<String>,
    /// Their values.
    pub values: Vec<f64>,
}

impl Written {
    pub(super) fn is_leaf(&self) -> bool {
        matches!(self.expression, Expression::Number(_) | Expression::Name(_))
    }
}

/// Functions in formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The hyperbolic tangent.
    Tanh,
    /// e to the power of the operand.
    Exp,
    /// The natural logarithm, as [`crate::math::ln`] takes it.
    Ln,
    /// The operand where it is positive, else 0.
    Relu,
    /// The operand times itself.
    Square,
    /// The square root.
    Sqrt,
    /// The operand times itself, so many times.
    Power(u32),
}

impl Function {
    fn of(self, value: f64) -> f64 {
        match self {
            Self::Tanh => portable::tanh(value),
            Self::Exp => portable::exp(value),
            Self::Ln => crate::math::ln(value),
            Self::Relu if value > 0.0 => value,
            Self::Relu => 0.0,
            Self::Square => value * value,
            Self::Sqrt => value.sqrt(),
            Self::Power(exponent) => value.power(exponent),
        }
    }
}

/// Of a longer sum, only the first terms and the last are printed.
const MOST_TERMS: usize = 9;
/// So many of the first terms,
const FIRST_TERMS: usize = 4;
/// and so many of the last.
pub(super) const LAST_TERMS: usize = 2;

operators! { Formula:
    Add, add = |left, right| left.plus(right);
    Sub, sub = |left, right| Operator::Minus.of(left, right);
    Mul, mul = |left, right| Operator::Times.of(left, right);
    Div, div = |left, right| Operator::Over.of(left, right);
}

impl std::ops::Neg for Formula {
    type Output = Self;
    fn neg(self) -> Self {
        Self::Negative(Box::new(self))
    }
}

impl Formula {
    /// Terms added from left to right. A node of a wide layer adds up tens of thousands: kept as operands of operands,
    /// they would lie deeper than a program can go.
    pub fn sum(terms: Vec<Self>) -> Self {
        if terms.len() > MOST_TERMS {
            return Self::Sum(terms);
        }
        let sum = terms.into_iter().reduce(|sum, term| sum + term);
        sum.unwrap_or(Self::Constant(0.0))
    }

    fn plus(self, right: Self) -> Self {
        if let Self::Sum(mut terms) = self {
            terms.push(right);
            return Self::Sum(terms);
        }
        Operator::Plus.of(self, right)
    }

    /// The value, computed in double precision in the order in which the formula is written.
    pub fn evaluate(&self) -> f64 {
        self.evaluate_with(&|value| value)
    }

    /// The value, with every number replaced by what `read` makes of it.
    pub(super) fn evaluate_with(&self, read: &dyn Fn(f64) -> f64) -> f64 {
        match self {
            Self::Quantity(_, value) | Self::Named(_, value) | Self::Constant(value) => {
                read(*value)
            }
            Self::Apply(function, operand) => function.of(operand.evaluate_with(read)),
            Self::Written(written) => written
                .expression
                .evaluate(&|variable| read(written.values[*variable])),
            Self::Untrained => 0.0,
            Self::Negative(operand) => -operand.evaluate_with(read),
            Self::Binary(operator, left, right) => {
                operator.apply(left.evaluate_with(read), right.evaluate_with(read))
            }
            Self::Sum(terms) => {
                let values = terms.iter().map(|term| term.evaluate_with(read));
                values.reduce(|sum, value| sum + value).unwrap_or(0.0)
            }
        }
    }

    /// The value, with how far rounding may have moved it; `leaf` says it of a quantity.
    pub fn rough(&self, leaf: &dyn Fn(Quantity, f64) -> Rough) -> Rough {
        match self {
            Self::Quantity(quantity, value) => leaf(*quantity, *value),
            Self::Named(_, value) | Self::Constant(value) => Rough::rounded(*value),
            Self::Untrained => Rough::rounded(0.0),
            Self::Apply(function, operand) => operand.rough(leaf).map(|a| function.of(a)),
            Self::Written(written) => {
                let value = |variable: &usize| Rough::rounded(written.values[*variable]);
                written.expression.rough(&value)
            }
            Self::Negative(operand) => operand.rough(leaf).map(|a| -a),
            Self::Binary(operator, left, right) => {
                let right = right.rough(leaf);
                left.rough(leaf).with(right, |a, b| operator.apply(a, b))
            }
            Self::Sum(terms) => {
                let values = terms.iter().map(|term| term.rough(leaf));
                let sum = values.reduce(|sum, value| sum.with(value, |a, b| a + b));
                sum.unwrap_or(Rough::rounded(0.0))
            }
        }
    }

    /// The same with 0 for some quantities.
    pub(super) fn without_noise(&self, noise: &[Quantity]) -> Self {
        let inner = |operand: &Self| Box::new(operand.without_noise(noise));
        match self {
            Self::Quantity(quantity, _) if noise.contains(quantity) => {
                Self::Quantity(*quantity, 0.0)
            }
            Self::Negative(operand) => Self::Negative(inner(operand)),
            Self::Apply(function, operand) => Self::Apply(*function, inner(operand)),
            Self::Binary(operator, left, right) => {
                Self::Binary(*operator, inner(left), inner(right))
            }
            Self::Sum(terms) => {
                Self::Sum(terms.iter().map(|term| term.without_noise(noise)).collect())
            }
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Written(_)
            | Self::Untrained => self.clone(),
        }
    }

    /// Whether the formula is one quantity or number, with nothing to compute.
    pub fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_) | Self::Untrained
        )
    }

    /// Whether terms join in it: something is added or subtracted, and it is no function of one number alone, such as a
    /// sigmoid.
    pub fn joins_terms(&self) -> bool {
        self.adds() && self.leaves().len() != 1
    }

    fn adds(&self) -> bool {
        match self {
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_) | Self::Untrained => false,
            Self::Written(written) => written.expression.adds(),
            Self::Negative(operand) | Self::Apply(_, operand) => operand.adds(),
            Self::Binary(Operator::Plus | Operator::Minus, ..) | Self::Sum(_) => true,
            Self::Binary(Operator::Times | Operator::Over, left, right) => {
                left.adds() || right.adds()
            }
        }
    }

    /// The quantities in the formula, from left to right, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        self.leaves()
            .into_iter()
            .filter_map(Self::quantity)
            .collect()
    }

    /// Whether there are more quantities in it than so many.
    pub(super) fn has_more_than(&self, most: usize) -> bool {
        self.size() > most && self.quantities().len() > most
    }

    /// How many leaves it has, those that are the same counted each.
    fn size(&self) -> usize {
        match self {
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Untrained
            | Self::Written(_) => 1,
            Self::Negative(operand) | Self::Apply(_, operand) => operand.size(),
            Self::Binary(_, left, right) => left.size() + right.size(),
            Self::Sum(terms) => terms.iter().map(Self::size).sum(),
        }
    }

    /// Those of them whose numbers are seen where the formula is printed: a long sum is, without its middle.
    pub fn shown_quantities(&self) -> Vec<Quantity> {
        let shown = self.leaves_of(Self::shown_terms);
        shown.into_iter().filter_map(Self::quantity).collect()
    }

    fn quantity(&self) -> Option<Quantity> {
        if let Self::Quantity(quantity, _) = self {
            return Some(*quantity);
        }
        None
    }

    /// What has a name in the formula, from left to right, each once.
    pub fn leaves(&self) -> Vec<&Self> {
        self.leaves_of(|terms| [terms, &[]])
    }

    /// The first terms of a long sum, and the last.
    pub(super) fn shown_terms(terms: &[Self]) -> [&[Self]; 2] {
        let (first, rest) = terms.split_at(FIRST_TERMS.min(terms.len()));
        [first, &rest[rest.len().saturating_sub(LAST_TERMS)..]]
    }

    /// What has a name in the formula; in those terms of long sums that are chosen.
    fn leaves_of(&self, chosen: fn(&[Self]) -> [&[Self]; 2]) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut known = FnvHashSet::default();
        let mut rest = vec![self];
        while let Some(next) = rest.pop() {
            let (leaf, value) = match next {
                Self::Quantity(quantity, value) => (Leaf::Quantity(*quantity), value),
                Self::Named(own, value) => (Leaf::Named(own), value),
                Self::Constant(_) | Self::Untrained | Self::Written(_) => continue,
                Self::Negative(operand) | Self::Apply(_, operand) => {
                    rest.push(operand);
                    continue;
                }
                Self::Binary(_, left, right) => {
                    rest.extend([&**right, &**left]);
                    continue;
                }
                Self::Sum(terms) => {
                    rest.extend(chosen(terms).into_iter().flatten().rev());
                    continue;
                }
            };
            if known.insert((leaf, value.to_bits())) {
                found.push(next);
            }
        }
        found
    }

    /// The formula without the first of its factors that is this one, the outermost first; `None` where it has none.
    pub fn without(&self, factor: &Self) -> Option<Self> {
        if let Self::Negative(operand) = self {
            return Some(-operand.without(factor)?);
        }
        if let Self::Sum(terms) = self {
            let mut less = terms.iter().map(|term| term.without(factor));
            let place = less.position(|term| term.is_some())?;
            let mut terms = terms.clone();
            terms[place] = terms[place].without(factor)?;
            return Some(Self::Sum(terms));
        }
        let Self::Binary(operator, left, right) = self else {
            return None;
        };
        let product = *operator == Operator::Times;
        if product && **left == *factor {
            Some((**right).clone())
        } else if product && **right == *factor {
            Some((**left).clone())
        } else if let Some(left) = left.without(factor) {
            Some(operator.of(left, (**right).clone()))
        } else {
            let right = right.without(factor)?;
            Some(operator.of((**left).clone(), right))
        }
    }

    /// What is left of a sum or difference without the operand that has a quantity in it; `None` where both have, or
    /// neither.
    pub fn apart_from(&self, quantity: Quantity) -> Option<Self> {
        // Wide sums are those of nodes, which are made of many quantities of a kind.
        let Self::Binary(operator @ (Operator::Plus | Operator::Minus), left, right) = self else {
            return None;
        };
        let has = |formula: &Self| formula.quantities().contains(&quantity);
        match (has(left), has(right)) {
            (false, true) => Some((**left).clone()),
            (true, false) if *operator == Operator::Minus => Some(negated((**right).clone())),
            (true, false) => Some((**right).clone()),
            (true, true) | (false, false) => None,
        }
    }

    /// Whether the formula is written with a minus sign in front, whatever the values.
    pub(super) fn begins_with_minus(&self) -> bool {
        if let Self::Binary(Operator::Times | Operator::Over, left, _) = self {
            return left.begins_with_minus();
        }
        matches!(self, Self::Negative(_))
    }
}
