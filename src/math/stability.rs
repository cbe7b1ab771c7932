//! What a rule does on a parabola, worked out beforehand.
//!
//! On a loss of curvature L, with d = -L (w - minimum), a linear rule maps the distance e to the minimum and the memory
//! m to the next ones by a matrix, which its text gives when it is run on multiples of both. With its trace t and its
//! determinant p the distance follows e'' = t e' - p e. What becomes of it is told by the roots of r^2 - t r + p: the
//! larger of their sizes, the spectral radius, is the factor by which it changes with an update in the long run. Below 1
//! it vanishes, above 1 it grows. Sources: Polyak (1964); Goh, "Why Momentum Really Works", Distill (2017).
//!
//! Of a rule that is not linear, or remembers several numbers, nothing is known beforehand.

use super::rules::{Given, MOST_FURTHER, RulePart};
use super::{Linear, Numeric, Rule};

/// How the distance to the minimum of a parabola changes in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// It shrinks and stays on its side.
    Approaching,
    /// It shrinks and goes from side to side.
    Oscillating,
    /// It neither shrinks nor grows.
    Lasting,
    /// It keeps the speed it has.
    Coasting,
    /// It goes from side to side and grows, by as much with every update: -1 is a root twice.
    Growing,
    /// It grows, by a factor with every update.
    Diverging,
}

/// The sum t and the product p of the two roots; `q` is eta L.
fn recurrence(rule: Rule, q: f64, mu: f64) -> (f64, f64) {
    let given = Given {
        learning_rate: Linear::constant(q),
        momentum: Linear::constant(mu),
        // Of a parabola with curvature 1: the distance itself.
        downhill: -Linear::found(),
        memory: Linear::memories(),
        further: [Linear::constant(0.0); MOST_FURTHER],
    };
    let mut next = [Linear::found(), Linear::constant(0.0)];
    rule.update(given, &mut |part, number| {
        match part {
            RulePart::Delta | RulePart::MomentumTerm => next[0] = next[0] + number,
            RulePart::Kept(_) => next[1] = number,
        }
        number
    });
    let [of_distance, of_memory] = next;
    let (stays, lasts) = (of_distance.found, of_memory.memory[0]);
    let crossed = of_distance.memory[0] * of_memory.found;
    (
        without_rounding(stays, lasts),
        without_rounding(stays * lasts, -crossed),
    )
}

/// The sum of two numbers; 0 where only their rounding is left of them.
fn without_rounding(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if sum.abs() <= f64::EPSILON * a.abs().max(b.abs()) {
        0.0
    } else {
        sum
    }
}

/// The factor by which the distance to the minimum changes with an update, in the long run: the larger size of the
/// roots. `q` is the learning rate times the curvature.
pub fn spectral_radius(rule: Rule, q: f64, mu: f64) -> f64 {
    let (sum, product) = recurrence(rule, q, mu);
    let discriminant = sum * sum - 4.0 * product;
    if discriminant < 0.0 {
        product.sqrt()
    } else {
        f64::midpoint(sum.abs(), discriminant.sqrt())
    }
}

/// How the distance to the minimum changes in the long run.
pub fn motion(rule: Rule, q: f64, mu: f64) -> Motion {
    /// Rounding in the roots.
    const ROUNDING: f64 = 1e-12;
    let (sum, product) = recurrence(rule, q, mu);
    let radius = spectral_radius(rule, q, mu);
    let is_near = |number: f64, other: f64| (number - other).abs() <= 1e-14;
    if is_near(sum.abs(), 2.0) && is_near(product, 1.0) {
        if sum < 0.0 {
            Motion::Growing
        } else {
            Motion::Coasting
        }
    } else if radius > 1.0 + ROUNDING {
        Motion::Diverging
    } else if radius >= 1.0 - ROUNDING && !is_inside(stable_range(rule, mu), q, ROUNDING) {
        Motion::Lasting
    } else if q > oscillates_above(rule, mu) * (1.0 + ROUNDING) {
        Motion::Oscillating
    } else {
        Motion::Approaching
    }
}

/// Whether eta L lies between the two ends and not on one of them, as far as rounding tells. However near to 0 it is,
/// the distance vanishes in the end.
fn is_inside(stable: Option<(f64, f64)>, q: f64, rounding: f64) -> bool {
    stable.is_some_and(|(from, to)| q > from * (1.0 + rounding) && q < to * (1.0 - rounding))
}

/// Whether what a rule does on a parabola is known beforehand.
pub fn is_known(rule: Rule) -> bool {
    rule.row().parabola.is_some()
}

/// The values of eta L for which the distance vanishes: those between the two ends. `None` where there are none.
///
/// They are Jury's conditions (1964) for both roots to lie inside the unit circle: |p| < 1 and |t| < 1 + p. The
/// rules that remember all of the past have none where mu is 1 or more.
pub fn stable_range(rule: Rule, mu: f64) -> Option<(f64, f64)> {
    rule.row().parabola?(mu).stable
}

/// The value of eta L above which the distance changes sides on its way: where the roots stop being positive numbers.
/// At this value the minimum is approached fastest without passing it: critical damping.
///
/// Infinite where it never does.
pub fn oscillates_above(rule: Rule, mu: f64) -> f64 {
    let parabola = rule.row().parabola;
    parabola.map_or(f64::NAN, |of| of(mu).oscillates_above)
}
