//! What a rule computes with: doubles, formulas, or parts of a past.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// Anything that the text of a rule can be run on. A double trains; others write the same text down, or take it apart.
///
/// Operations are made from left to right as the text writes them, so that every reading of it is of the same bits.
pub trait Numeric:
    Clone
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// A number that stands in the text itself.
    fn constant(value: f64) -> Self;

    /// What it comes to: for what depends on a count.
    fn value(&self) -> f64;

    /// The square root.
    #[must_use]
    fn sqrt(self) -> Self;

    /// The number times itself, so many times.
    #[must_use]
    fn power(self, exponent: u32) -> Self {
        (0..exponent).fold(Self::constant(1.0), |power, _| power * self.clone())
    }
}

/// Gives a kind of number its operations on two of them.
macro_rules! operators {
    ($kind:ty: $($operator:ident, $method:ident = |$left:ident, $right:ident| $made:expr;)*) => {
        $(impl std::ops::$operator for $kind {
            type Output = Self;
            fn $method(self, $right: Self) -> Self {
                let $left = self;
                $made
            }
        })*
    };
}
pub(crate) use operators;

impl Numeric for f64 {
    #[inline]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline]
    fn value(&self) -> f64 {
        *self
    }

    #[inline]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }

    /// By squaring, in the same order on every machine.
    fn power(self, exponent: u32) -> Self {
        let (mut power, mut square, mut rest) = (1.0, self, exponent);
        while rest > 0 {
            if rest % 2 == 1 {
                power *= square;
            }
            square *= square;
            rest /= 2;
        }
        power
    }
}
