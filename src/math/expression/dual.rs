//! Numbers that know how they change: forward-mode differentiation.
//!
//! A [`Dual`] carries the first derivatives by every variable beside its value, a [`Jet`] the second ones as well.
//! Each operation applies the chain rule to them, so that derivatives are exact to rounding, and computed in the
//! same pass as the value. Source: Griewank and Walther, "Evaluating Derivatives" (2008), chapters 3 and 13.
//!
//! Where an expression has a kink or an edge, these hold:
//! - abs at 0 has the slope 0; min and max of equal numbers have the mean of both slopes; sign has the slope 0
//!   everywhere.
//! - What does not depend on a variable has the slope 0, even where the operation on it is infinitely steep: the
//!   square root of `x^2` has the slope 0 at 0, and `0^x` does for x above 0. Elsewhere an infinite slope is
//!   infinite, as that of `sqrt(x)` at 0.
//! - Comparisons have the slope 0.

use super::{Binary, Unary, sign};
use crate::math::portable::{self, power};

/// A number that operations can be applied to.
pub trait Differentiable: Copy {
    /// A number that does not depend on any variable.
    fn constant(value: f64) -> Self;

    /// The variable of this index.
    fn variable(value: f64, index: usize) -> Self;

    /// f(a), given f'(a) and f''(a).
    fn unary(a: Self, value: f64, slope: f64, curvature: impl FnOnce() -> f64) -> Self;

    /// f(a, b), given its derivatives by a and b, and its second ones by a twice, by both and by b twice.
    fn binary(
        a: Self,
        b: Self,
        value: f64,
        slopes: impl FnOnce() -> [f64; 2],
        curvatures: impl FnOnce() -> [f64; 3],
    ) -> Self;

    /// The number itself.
    fn value(self) -> f64;
}

/// A number and its derivatives by N variables; with none of them it is the number alone.
#[derive(Debug, Clone, Copy)]
pub struct Dual<const N: usize> {
    value: f64,
    pub slopes: [f64; N],
}

impl<const N: usize> Differentiable for Dual<N> {
    #[inline]
    fn constant(value: f64) -> Self {
        let slopes = [0.0; N];
        Self { value, slopes }
    }

    #[inline]
    fn variable(value: f64, index: usize) -> Self {
        let slopes = std::array::from_fn(|i| f64::from(u8::from(i == index)));
        Self { value, slopes }
    }

    #[inline]
    fn unary(a: Self, value: f64, slope: f64, _: impl FnOnce() -> f64) -> Self {
        let slopes = a.slopes.map(|inner| times(slope, inner));
        Self { value, slopes }
    }

    #[inline]
    fn binary(
        a: Self,
        b: Self,
        value: f64,
        slopes: impl FnOnce() -> [f64; 2],
        _: impl FnOnce() -> [f64; 3],
    ) -> Self {
        let [by_a, by_b] = if N == 0 { [0.0; 2] } else { slopes() };
        let mut slopes = a.slopes;
        for (slope, other) in slopes.iter_mut().zip(b.slopes) {
            *slope = times(by_a, *slope) + times(by_b, other);
        }
        Self { value, slopes }
    }

    #[inline]
    fn value(self) -> f64 {
        self.value
    }
}

/// A number, its derivatives by N variables, and the second ones by each pair of them.
#[derive(Debug, Clone, Copy)]
pub struct Jet<const N: usize> {
    value: f64,
    slopes: [f64; N],
    pub curvatures: [[f64; N]; N],
}

impl<const N: usize> Jet<N> {
    fn made(
        value: f64,
        slope: impl Fn(usize) -> f64,
        curvature: impl Fn(usize, usize) -> f64,
    ) -> Self {
        Self {
            value,
            slopes: std::array::from_fn(slope),
            curvatures: std::array::from_fn(|i| std::array::from_fn(|j| curvature(i, j))),
        }
    }
}

impl<const N: usize> Differentiable for Jet<N> {
    fn constant(value: f64) -> Self {
        Self::made(value, |_| 0.0, |_, _| 0.0)
    }

    fn variable(value: f64, index: usize) -> Self {
        Self::made(value, |i| f64::from(u8::from(i == index)), |_, _| 0.0)
    }

    fn unary(a: Self, value: f64, slope: f64, curvature: impl FnOnce() -> f64) -> Self {
        let curvature = curvature();
        Self::made(
            value,
            |i| times(slope, a.slopes[i]),
            |i, j| times(slope, a.curvatures[i][j]) + times(curvature, a.slopes[i] * a.slopes[j]),
        )
    }

    fn binary(
        a: Self,
        b: Self,
        value: f64,
        slopes: impl FnOnce() -> [f64; 2],
        curvatures: impl FnOnce() -> [f64; 3],
    ) -> Self {
        let ([by_a, by_b], [by_aa, by_ab, by_bb]) = (slopes(), curvatures());
        Self::made(
            value,
            |i| times(by_a, a.slopes[i]) + times(by_b, b.slopes[i]),
            |i, j| {
                let mixed = a.slopes[i] * b.slopes[j] + b.slopes[i] * a.slopes[j];
                times(by_a, a.curvatures[i][j])
                    + times(by_b, b.curvatures[i][j])
                    + times(by_aa, a.slopes[i] * a.slopes[j])
                    + times(by_ab, mixed)
                    + times(by_bb, b.slopes[i] * b.slopes[j])
            },
        )
    }

    fn value(self) -> f64 {
        self.value
    }
}

/// How much of an inner change comes out: what does not change, stays, however steep the operation is.
#[inline]
pub(super) fn times(slope: f64, inner: f64) -> f64 {
    if inner == 0.0 { 0.0 } else { slope * inner }
}

impl Unary {
    /// The operation on a number with its derivatives.
    #[inline]
    pub(super) fn differentiate<T: Differentiable>(self, operand: T) -> T {
        let a = operand.value();
        let value = self.apply(a);
        let straight = |slope| T::unary(operand, value, slope, || 0.0);
        match self {
            Self::Negative => straight(-1.0),
            Self::Not | Self::Sign => straight(0.0),
            Self::Abs => straight(sign(a)),
            Self::Sqrt => T::unary(operand, value, 0.5 / value, || -0.25 / (a * value)),
            Self::Exp => T::unary(operand, value, value, || value),
            Self::Log => T::unary(operand, value, 1.0 / a, || -1.0 / (a * a)),
            Self::Sin => T::unary(operand, value, portable::cos(a), || -value),
            Self::Cos => T::unary(operand, value, -portable::sin(a), || -value),
            Self::Tanh => {
                let slope = 1.0 - value * value;
                T::unary(operand, value, slope, || -2.0 * value * slope)
            }
        }
    }
}

impl Binary {
    /// The operation on two numbers with their derivatives.
    #[inline]
    pub(super) fn differentiate<T: Differentiable>(self, left: T, right: T) -> T {
        let (a, b) = (left.value(), right.value());
        let value = self.apply(a, b);
        let flat = || [0.0; 3];
        let straight = |slopes| T::binary(left, right, value, || slopes, flat);
        match self {
            Self::Add => straight([1.0, 1.0]),
            Self::Subtract => straight([1.0, -1.0]),
            Self::Multiply => T::binary(left, right, value, || [b, a], || [0.0, 1.0, 0.0]),
            Self::Divide => {
                let curvatures = || [0.0, -1.0 / (b * b), 2.0 * value / (b * b)];
                T::binary(left, right, value, || [1.0 / b, -value / b], curvatures)
            }
            Self::Power => {
                let by_a = || term(b, a, b - 1.0);
                let slopes = || [by_a(), times(logarithm(a, b), value)];
                T::binary(left, right, value, slopes, || {
                    let log = logarithm(a, b);
                    let mixed = power(a, b - 1.0) + times(log, by_a());
                    let by_b = times(log * log, value);
                    [term(b * (b - 1.0), a, b - 2.0), mixed, by_b]
                })
            }
            Self::Min => straight(smaller(a, b)),
            Self::Max => straight(smaller(-a, -b)),
            Self::Compare(_) | Self::And | Self::Or => straight([0.0, 0.0]),
        }
    }
}

/// A power with an exponent that does not change. Its base may be negative where the exponent is whole.
#[inline]
pub(super) fn differentiate_power<T: Differentiable>(base: T, exponent: f64) -> T {
    let (a, n) = (base.value(), exponent);
    let slope = term(n, a, n - 1.0);
    T::unary(base, power(a, n), slope, || term(n * (n - 1.0), a, n - 2.0))
}

/// c a^n, and 0 where c is, whatever the power is.
#[inline]
pub(super) fn term(c: f64, a: f64, n: f64) -> f64 {
    if c == 0.0 {
        0.0
    } else if n == 1.0 {
        c * a
    } else if n == 0.0 {
        c
    } else {
        c * power(a, n)
    }
}

/// The logarithm of a base, as far as it tells how its power changes with the exponent: 0^b stays 0 for b above 0.
pub(super) fn logarithm(a: f64, b: f64) -> f64 {
    if a == 0.0 && b > 0.0 {
        0.0
    } else {
        portable::ln(a)
    }
}

/// How min(a, b) changes with a and with b. A missing number is never the smaller.
pub(super) fn smaller(a: f64, b: f64) -> [f64; 2] {
    if a < b || b.is_nan() {
        [1.0, 0.0]
    } else if a == b {
        [0.5, 0.5]
    } else {
        [0.0, 1.0]
    }
}
