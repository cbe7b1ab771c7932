//! What a rule does on a parabola, worked out beforehand.
//!
//! On a loss of curvature L, with d = -L (w - minimum), every rule is a linear recurrence of two terms in the
//! distance e to the minimum. With q = eta L it is e'' = t e' - p e, where
//!
//! | rule | t | p |
//! |---|---|---|
//! | `none` | 1 - q | 0 |
//! | `article` | 1 - q | mu q |
//! | `heavy-ball`, `pytorch` | 1 + mu - q | mu |
//! | `nesterov` | (1 + mu)(1 - q) | mu (1 - q) |
//! | `averaged` | 1 + mu - (1 - mu) q | mu |
//!
//! What becomes of the distance is told by the roots of r^2 - t r + p: the larger of their sizes, the spectral
//! radius, is the factor by which it changes with an update in the long run. Below 1 it vanishes, above 1 it grows.
//! `nesterov`'s row follows from w' = w + mu (mu m + delta) + delta and m' = mu m + delta; `averaged` is heavy-ball
//! with eta (1 - mu) for eta. Sources: Polyak (1964); Goh, "Why Momentum Really Works", Distill (2017).

use super::Rule;
use super::portable::power;

/// How the distance to the minimum of a parabola changes in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// It shrinks and stays on its side.
    Approaching,
    /// It shrinks and goes from side to side.
    Oscillating,
    /// It neither shrinks nor grows.
    Lasting,
    /// It grows.
    Diverging,
}

/// The sum t and the product p of the two roots; `q` is eta L.
fn recurrence(rule: Rule, q: f64, mu: f64) -> (f64, f64) {
    match rule {
        Rule::None => (1.0 - q, 0.0),
        Rule::Article => (1.0 - q, mu * q),
        Rule::HeavyBall | Rule::PyTorch => (1.0 + mu - q, mu),
        Rule::Nesterov => ((1.0 + mu) * (1.0 - q), mu * (1.0 - q)),
        Rule::Averaged => (1.0 + mu - (1.0 - mu) * q, mu),
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
    let radius = spectral_radius(rule, q, mu);
    if radius > 1.0 + ROUNDING {
        Motion::Diverging
    } else if radius >= 1.0 - ROUNDING {
        Motion::Lasting
    } else if q > oscillates_above(rule, mu) {
        Motion::Oscillating
    } else {
        Motion::Approaching
    }
}

/// The values of eta L for which the distance vanishes: those between the two ends. `None` where there are none.
///
/// | rule | from | to |
/// |---|---|---|
/// | `none` | 0 | 2 |
/// | `article` | 0 | the smaller of 1/mu and 2/(1 - mu); from mu = 1 on, 1/mu |
/// | `heavy-ball`, `pytorch` | 0 | 2 + 2 mu |
/// | `nesterov` | 0; above mu = 1, 1 - 1/mu | (2 + 2 mu)/(1 + 2 mu) |
/// | `averaged` | 0 | 2 (1 + mu)/(1 - mu) |
///
/// They are Jury's conditions (1964) for both roots to lie inside the unit circle: |p| < 1 and |t| < 1 + p. The
/// rules that remember all of the past have none where mu is 1 or more.
pub fn stable_range(rule: Rule, mu: f64) -> Option<(f64, f64)> {
    match rule {
        Rule::None => Some((0.0, 2.0)),
        Rule::Article if mu < 1.0 => Some((0.0, (1.0 / mu).min(2.0 / (1.0 - mu)))),
        Rule::Article => Some((0.0, 1.0 / mu)),
        Rule::Nesterov => Some((
            (1.0 - 1.0 / mu).max(0.0),
            (2.0 + 2.0 * mu) / (1.0 + 2.0 * mu),
        )),
        Rule::HeavyBall | Rule::PyTorch if mu < 1.0 => Some((0.0, 2.0 + 2.0 * mu)),
        Rule::Averaged if mu < 1.0 => Some((0.0, 2.0 * (1.0 + mu) / (1.0 - mu))),
        Rule::HeavyBall | Rule::PyTorch | Rule::Averaged => None,
    }
}

/// The value of eta L above which the distance changes sides on its way: where the roots stop being positive numbers.
/// At this value the minimum is approached fastest without passing it: critical damping.
///
/// | rule | eta L |
/// |---|---|
/// | `none` | 1 |
/// | `article` | 1 + 2 mu - 2 sqrt(mu (1 + mu)) |
/// | `heavy-ball`, `pytorch` | (1 - sqrt(mu))^2 |
/// | `nesterov` | ((1 - mu)/(1 + mu))^2 |
/// | `averaged` | (1 - sqrt(mu))^2 / (1 - mu) |
///
/// From mu = 1 on, the rules that remember all of the past oscillate with any learning rate: 0.
pub fn oscillates_above(rule: Rule, mu: f64) -> f64 {
    let root = mu.sqrt();
    match rule {
        Rule::None => 1.0,
        // The smaller root of q^2 - (2 + 4 mu) q + 1, as the inverse of the larger, which nothing is lost in.
        Rule::Article => 1.0 / (1.0 + 2.0 * mu + 2.0 * (mu * (1.0 + mu)).sqrt()),
        _ if mu >= 1.0 => 0.0,
        Rule::HeavyBall | Rule::PyTorch => power(1.0 - root, 2.0),
        Rule::Nesterov => power((1.0 - mu) / (1.0 + mu), 2.0),
        // (1 - sqrt(mu))^2 / ((1 - sqrt(mu)) (1 + sqrt(mu)))
        Rule::Averaged => (1.0 - root) / (1.0 + root),
    }
}
