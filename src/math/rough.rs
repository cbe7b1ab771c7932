//! Numbers with how far rounding may have moved them.

use std::ops::Neg;

use super::{Numeric, operators};

/// A number, and how far from it the one may be that exact arithmetic would have come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rough {
    /// The number, as doubles come to it.
    pub value: f64,
    /// How far the exact one may be from it.
    pub error: f64,
}

impl Rough {
    /// A number that has been rounded to a double, and no more.
    pub fn rounded(value: f64) -> Self {
        Self {
            value,
            error: f64::EPSILON * value.abs(),
        }
    }

    /// What a function makes of a number.
    #[must_use]
    pub fn map(self, function: impl Fn(f64) -> f64) -> Self {
        self.with(Self::rounded(0.0), |a, _| function(a))
    }

    /// What a function makes of two: the errors of both are carried through it, and the result is rounded once more.
    #[must_use]
    pub fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        let value = function(self.value, other.value);
        let moved = |a: f64, b: f64| {
            let (a, b) = (self.value + a * self.error, other.value + b * other.error);
            (function(a, b) - value).abs()
        };
        let ways = [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)];
        let carried = ways
            .map(|(a, b)| moved(a, b))
            .into_iter()
            .fold(0.0, f64::max);
        // What is divided by next to nothing is not next to nothing itself, however uncertain it is. (A sum of two is at
        // most twice the larger.)
        let is_blown_up = value.abs() > 2.0 * self.value.abs().max(other.value.abs());
        let carried = if is_blown_up && carried >= value.abs() {
            0.0
        } else {
            carried
        };
        Self {
            value,
            error: carried + f64::EPSILON * value.abs(),
        }
    }

    /// The number, or 0 where it may as well be 0.
    pub fn shown(self) -> f64 {
        if self.is_noise() { 0.0 } else { self.value }
    }

    /// Whether the number may as well be 0: what is left of terms that cancel, and smaller than their rounding.
    pub fn is_noise(self) -> bool {
        let is_number = self.value.is_finite() && self.error.is_finite();
        is_number && self.value != 0.0 && self.value.abs() <= self.error
    }
}

operators! { Rough:
    Add, add = |left, right| left.with(right, |a, b| a + b);
    Sub, sub = |left, right| left.with(right, |a, b| a - b);
    Mul, mul = |left, right| left.with(right, |a, b| a * b);
    Div, div = |left, right| left.with(right, |a, b| a / b);
}

impl Neg for Rough {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            value: -self.value,
            ..self
        }
    }
}

impl Numeric for Rough {
    fn constant(value: f64) -> Self {
        Self::rounded(value)
    }

    fn value(&self) -> f64 {
        self.value
    }

    fn sqrt(self) -> Self {
        self.map(f64::sqrt)
    }

    fn power(self, exponent: u32) -> Self {
        self.map(|value| value.power(exponent))
    }
}
