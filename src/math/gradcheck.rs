//! Gradients found by trying: central differences.

use super::Model;
use crate::watch::{Watch, What};

/// One parameter's gradient, computed and tried; both downhill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The index of the parameter.
    pub parameter: usize,
    /// By the chain rule.
    pub computed: f64,
    /// By trying: -(E(w + h) - E(w - h)) / 2h.
    pub tried: f64,
    /// How far rounding may have moved what was tried: the errors that it is the difference of are rounded.
    pub rounding: f64,
}

impl Compared {
    /// How far apart the two are.
    pub fn difference(&self) -> f64 {
        (self.computed - self.tried).abs()
    }
}

/// The cube root of the machine's precision: with steps of this size, rounding and curvature disturb about equally
/// little (Press et al., Numerical Recipes, section 5.7).
const STEP: f64 = 6.055_454_452_393_343e-6;

/// Compares the gradients of an item at some parameters, of at most `most` trained ones evenly spread. `None` where
/// gradients are given and there is no error to try, and where somebody stops it.
pub fn compare(
    model: &Model,
    item: Option<usize>,
    weights: &[f64],
    step: u64,
    most: usize,
    watch: &Watch,
) -> Option<Vec<Compared>> {
    let mut room = model.room();
    model.error_at(item, weights, &mut room)?;
    model.gradients(step, item.unwrap_or_default(), weights, &mut room);
    let computed = room.downhill.clone();
    let all = 0..weights.len();
    let trained: Vec<usize> = all.filter(|&index| model.is_trained(index)).collect();
    let stride = trained.len().div_ceil(most).max(1);
    let mut moved = weights.to_vec();
    let mut error_with = |parameter: usize, value: f64| {
        moved[parameter] = value;
        let error = model.error_at(item, &moved, &mut room);
        moved[parameter] = weights[parameter];
        error
    };
    let _goal = watch.toward(0, Some(trained.len().min(most) as u64), What::Comparisons);
    let compared = |(place, parameter): (usize, usize)| {
        if !watch.goes_on(2 * model.work(), place as u64) {
            return None;
        }
        let at = weights[parameter];
        let step = STEP * at.abs().max(1.0);
        let (above, below) = (at + step, at - step);
        let (higher, lower) = (error_with(parameter, above)?, error_with(parameter, below)?);
        let change = higher - lower;
        Some(Compared {
            parameter,
            computed: computed[parameter],
            tried: -(change / (above - below)),
            rounding: f64::EPSILON * (higher.abs() + lower.abs()) / (above - below),
        })
    };
    let looked_at = trained.into_iter().step_by(stride).enumerate();
    looked_at.map(compared).collect()
}
