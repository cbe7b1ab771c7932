//! Expressions: `lr/2`, `abs(delta[w]) < 1e-4 and step > 10`, `0.05*x^2 + 1.5*y^2`.
//!
//! Ordinary arithmetic: `^` binds tighter than a minus sign before it (`-2^2` is -4) and to the right (`2^3^2` is
//! 512). A comparison is true or false; `and`, `or` and `not` join comparisons and nothing else. What a name stands
//! for is the caller's business.

mod derivative;
mod dual;
mod otherwise;
mod parse;
mod program;
mod tape;
mod token;

use crate::math::Rough;
use std::ops::Range;

use crate::math::named;
use crate::math::portable::{self, power};

pub use otherwise::{foreign_number, is_constant};
pub use parse::{EXAMPLES, Names, constant, constant_in, is_word, parse, parse_in};
pub use program::Program;
pub use tape::{Lanes, Tape, WIDTH};
pub use token::{Decimal, last_side, plain};

/// A formula over names of type `N`.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression<N> {
    /// A number.
    Number(f64),
    /// Whatever a name stands for.
    Name(N),
    /// An operation on one operand.
    Unary(Unary, Box<Expression<N>>),
    /// An operation on two operands.
    Binary(Binary, Box<Expression<N>>, Box<Expression<N>>),
}

/// Operations on one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// -a
    Negative,
    /// not a
    Not,
    /// |a|
    Abs,
    /// The square root; no number for a < 0.
    Sqrt,
    /// e^a
    Exp,
    /// The natural logarithm; no number for a < 0.
    Log,
    /// The sine, a in radians.
    Sin,
    /// The cosine, a in radians.
    Cos,
    /// The hyperbolic tangent.
    Tanh,
    /// -1, 0 or 1: the side of 0 that a is on.
    Sign,
}

impl<N> Expression<N> {
    /// Whether anything is added or subtracted in it.
    pub fn adds(&self) -> bool {
        match self {
            Self::Number(_) | Self::Name(_) => false,
            Self::Unary(_, operand) => operand.adds(),
            Self::Binary(Binary::Add | Binary::Subtract, ..) => true,
            Self::Binary(_, left, right) => left.adds() || right.adds(),
        }
    }
}

impl Unary {
    /// The operations that are written as functions. Where one has two names, the first is printed.
    pub const FUNCTIONS: [(&'static str, Self); 9] = [
        ("abs", Self::Abs),
        ("sqrt", Self::Sqrt),
        ("exp", Self::Exp),
        ("log", Self::Log),
        ("ln", Self::Log),
        ("sin", Self::Sin),
        ("cos", Self::Cos),
        ("tanh", Self::Tanh),
        ("sign", Self::Sign),
    ];

    /// The value, in double precision; 1 for true and 0 for false.
    #[inline]
    pub fn apply(self, a: f64) -> f64 {
        match self {
            Self::Negative => -a,
            Self::Not => truth(a == 0.0),
            Self::Abs => a.abs(),
            Self::Sqrt => a.sqrt(),
            Self::Exp => portable::exp(a),
            Self::Log => portable::ln(a),
            Self::Sin => portable::sin(a),
            Self::Cos => portable::cos(a),
            Self::Tanh => portable::tanh(a),
            Self::Sign => sign(a),
        }
    }
}

/// Operations on two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// a + b
    Add,
    /// a - b
    Subtract,
    /// a * b
    Multiply,
    /// a / b
    Divide,
    /// a ^ b
    Power,
    /// The smaller; no number where one is none.
    Min,
    /// The larger; no number where one is none.
    Max,
    /// A comparison; 1 where it holds, and 0 where it does not.
    Compare(Comparison),
    /// a and b
    And,
    /// a or b
    Or,
}

named! {
    /// Comparisons of two numbers, called by their signs.
    Comparison {
        /// The left one is smaller.
        Less = "<",
        /// The left one is not larger.
        LessOrEqual = "<=",
        /// The left one is larger.
        Greater = ">",
        /// The left one is not smaller.
        GreaterOrEqual = ">=",
        /// They are the same.
        Equal = "==",
        /// They are not.
        NotEqual = "!=",
    }
}

impl Comparison {
    /// Whether it holds. With what is no number, only `!=` does.
    #[inline]
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b,
            Self::LessOrEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterOrEqual => a >= b,
            Self::Equal => a == b,
            Self::NotEqual => a != b,
        }
    }
}

impl Binary {
    /// The operations that are written as functions.
    pub const FUNCTIONS: [(&'static str, Self); 2] = [("min", Self::Min), ("max", Self::Max)];

    /// The value, in double precision; 1 for true and 0 for false.
    #[inline]
    pub fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => power(a, b),
            // The library's own would hide what is no number.
            Self::Min | Self::Max if a.is_nan() || b.is_nan() => f64::NAN,
            Self::Min => a.min(b),
            Self::Max => a.max(b),
            Self::Compare(comparison) => truth(comparison.holds(a, b)),
            Self::And => truth(a != 0.0 && b != 0.0),
            Self::Or => truth(a != 0.0 || b != 0.0),
        }
    }

    /// Whether it takes two truths, as `and` does.
    fn joins_truths(self) -> bool {
        matches!(self, Self::And | Self::Or)
    }

    /// Whether it gives a truth.
    fn gives_truth(self) -> bool {
        self.joins_truths() || matches!(self, Self::Compare(_))
    }
}

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// True or false.
    Truth,
}

/// What is wrong with a text, and what would work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// The bytes of the text that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub advice: String,
}

impl Mistake {
    /// What is wrong with some bytes of a text, and what would work.
    pub fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            advice: advice.into(),
        }
    }
}

impl<N> Expression<N> {
    /// Whether it comes to a number or to true or false.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Unary(Unary::Not, _) => Kind::Truth,
            Self::Binary(operation, ..) if operation.gives_truth() => Kind::Truth,
            Self::Number(_) | Self::Name(_) | Self::Unary(..) | Self::Binary(..) => Kind::Number,
        }
    }

    /// The degree of the polynomial in its names that it is as it is written, before anything cancels; `None` where
    /// it is written as none.
    pub fn degree(&self) -> Option<u32> {
        match self {
            Self::Number(_) => Some(0),
            Self::Name(_) => Some(1),
            Self::Unary(Unary::Negative, operand) => operand.degree(),
            Self::Binary(Binary::Add | Binary::Subtract, left, right) => {
                Some(left.degree()?.max(right.degree()?))
            }
            Self::Binary(Binary::Multiply, left, right) => {
                left.degree()?.checked_add(right.degree()?)
            }
            Self::Binary(Binary::Divide, left, right) if right.degree() == Some(0) => left.degree(),
            Self::Binary(Binary::Power, base, exponent) => {
                let degree = base.degree()?;
                if degree == 0 && exponent.degree() == Some(0) {
                    return Some(0);
                }
                let Self::Number(times) = **exponent else {
                    return None;
                };
                let is_whole = times >= 0.0 && times.fract() == 0.0;
                is_whole.then(|| degree.checked_mul(times as u32))?
            }
            Self::Unary(_, operand) => operand.degree().filter(|degree| *degree == 0),
            Self::Binary(_, left, right) => {
                let degree = left.degree()?.max(right.degree()?);
                (degree == 0).then_some(0)
            }
        }
    }

    /// The value in double precision; 1 for true and 0 for false.
    pub fn evaluate(&self, value_of: &dyn Fn(&N) -> f64) -> f64 {
        match self {
            Self::Number(value) => *value,
            Self::Name(name) => value_of(name),
            Self::Unary(operation, operand) => operation.apply(operand.evaluate(value_of)),
            Self::Binary(operation, left, right) => {
                operation.apply(left.evaluate(value_of), right.evaluate(value_of))
            }
        }
    }

    /// The value, with how far rounding may have moved it; `value_of` says it of a name.
    pub fn rough(&self, value_of: &dyn Fn(&N) -> Rough) -> Rough {
        match self {
            Self::Number(value) => Rough::rounded(*value),
            Self::Name(name) => value_of(name),
            Self::Unary(operation, operand) => operand.rough(value_of).map(|a| operation.apply(a)),
            Self::Binary(operation, left, right) => {
                let right = right.rough(value_of);
                left.rough(value_of)
                    .with(right, |a, b| operation.apply(a, b))
            }
        }
    }

    /// The same with something else in the place of each name; `None` where there is nothing for one.
    pub fn with_names<M>(
        &self,
        other: &dyn Fn(&N) -> Option<Expression<M>>,
    ) -> Option<Expression<M>> {
        Some(match self {
            Self::Number(value) => Expression::Number(*value),
            Self::Name(name) => other(name)?,
            Self::Unary(operation, operand) => {
                Expression::Unary(*operation, Box::new(operand.with_names(other)?))
            }
            Self::Binary(operation, left, right) => Expression::Binary(
                *operation,
                Box::new(left.with_names(other)?),
                Box::new(right.with_names(other)?),
            ),
        })
    }

    /// How many numbers, names and operations it has.
    pub fn parts(&self) -> usize {
        1 + match self {
            Self::Number(_) | Self::Name(_) => 0,
            Self::Unary(_, operand) => operand.parts(),
            Self::Binary(_, left, right) => left.parts() + right.parts(),
        }
    }

    /// Every name, from left to right.
    pub fn names(&self) -> Vec<&N> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Name(name) => vec![name],
            Self::Unary(_, operand) => operand.names(),
            Self::Binary(_, left, right) => {
                let mut names = left.names();
                names.extend(right.names());
                names
            }
        }
    }
}

/// -1, 0 or 1.
#[inline]
fn sign(a: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a.signum() }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
