//! Functions that give the same bits on every machine.
//!
//! The standard library leaves them to the system's C library, whose last bits differ from one system, and from one
//! processor, to another. These are those of the `libm` crate, ported from musl: additions and multiplications in
//! double precision, in an order that is written down, without fused multiply-adds. Their results lie within one
//! unit in the last place of the true ones. Whatever a learner may see a digit of uses these; Clippy refuses the
//! others. Where many are asked for at once they are found two by two, with the same bits.
//!
//! Square roots need no such care: IEEE 754 says every bit of them.

mod pairs;

pub use pairs::{exp_negative_all, tanh_all};

/// e^a; infinite above 709.78, and 0 below -745.13.
#[inline]
pub fn exp(a: f64) -> f64 {
    libm::exp(a)
}

/// The natural logarithm; minus infinity at 0, no number below it.
#[inline]
pub fn ln(a: f64) -> f64 {
    libm::log(a)
}

/// The logarithm to the base 10.
#[inline]
pub fn log10(a: f64) -> f64 {
    libm::log10(a)
}

/// The sine, `a` in radians.
#[inline]
pub fn sin(a: f64) -> f64 {
    libm::sin(a)
}

/// The cosine, `a` in radians.
#[inline]
pub fn cos(a: f64) -> f64 {
    libm::cos(a)
}

/// The hyperbolic tangent.
#[inline]
pub fn tanh(a: f64) -> f64 {
    libm::tanh(a)
}

/// The square root of a^2 + b^2, without overflow on the way.
pub fn hypot(a: f64, b: f64) -> f64 {
    libm::hypot(a, b)
}

/// a^b. The small whole powers that formulas are full of are products.
#[inline]
pub fn power(a: f64, b: f64) -> f64 {
    if b == 2.0 {
        a * a
    } else if b == 3.0 {
        a * a * a
    } else if b == 4.0 {
        (a * a) * (a * a)
    } else {
        libm::pow(a, b)
    }
}

/// 10^n, the nearest double to it.
pub fn power_of_ten(n: i32) -> f64 {
    // Reading a number rounds correctly, which multiplying tens does not.
    format!("1e{n}").parse().unwrap_or(f64::NAN)
}
