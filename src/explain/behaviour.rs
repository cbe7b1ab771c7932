//! What a run is doing, in words, and what will become of it.
//!
//! What it does is seen from its last updates, by the criteria at [`Behaviour`]; what will become of it is worked out
//! from the curvature of the surface where it is, by [`crate::math::stability`].

use super::number::{self, Digits};
use crate::math::Settings;
use crate::math::portable::ln;
use crate::math::stability::{Motion, is_known, motion, spectral_radius, stable_range};

/// A state and the update made from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The loss before the update.
    pub loss: f64,
    /// Every parameter before the update.
    pub weights: Vec<f64>,
    /// Every downhill gradient.
    pub downhill: Vec<f64>,
    /// Every change.
    pub changes: Vec<f64>,
    /// The minimum that is downhill of it, by its place in a list; `None` where that is not known.
    pub valley: Option<usize>,
}

/// What a run is doing. The first that fits is what is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Fewer than [`FEWEST`] updates: nothing can be said yet.
    TooEarly,
    /// In the last three updates every change was below a millionth of its parameter (of 1, if that is more), and
    /// every gradient below 1e-5 times the largest curvature (or 1).
    AtRest(Rest),
    /// The first and the last of the updates looked at belong to different minima.
    LeftValley {
        /// The minimum it was on its way to.
        from: usize,
        /// The one it is on its way to.
        to: usize,
    },
    /// Of the last twelve updates or fewer, the later half has a larger loss and a larger change than the earlier.
    Diverging,
    /// The changes of a parameter have turned their sign three times or more, and the largest of them is at least a
    /// thousandth of the largest change of any parameter.
    Oscillating {
        /// The parameter whose changes turn most often.
        parameter: usize,
        /// Whether the later half of its changes is smaller than the earlier.
        shrinking: bool,
    },
    /// The loss has risen, but not its changes: what has been gathered before carries it uphill.
    Climbing,
    /// The loss above the lowest one known falls by less than a hundredth with an update.
    Crawling,
    /// The loss falls.
    Converging,
}

/// Where a run is at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// In a minimum, by its place in a list where it is known.
    Minimum(Option<usize>),
    /// Where the surface falls in one direction at least: the slightest push would end it.
    Edge,
}

/// So many updates are needed before anything can be said.
pub const FEWEST: usize = 6;
/// So many of the last updates are looked at.
pub const LOOKED_AT: usize = 40;

/// What a run is doing, seen from its last updates (the last of them last), the curvatures of the surface where it
/// is, and the lowest loss that is known, if any is. See [`Behaviour`] for what is told by what.
pub fn behaviour(samples: &[Sample], curvatures: &[f64], lowest: Option<f64>) -> Behaviour {
    let seen = &samples[samples.len().saturating_sub(LOOKED_AT)..];
    let ([first, .., last], FEWEST..) = (seen, seen.len()) else {
        return Behaviour::TooEarly;
    };
    if is_at_rest(&seen[seen.len() - 3..], curvatures) {
        return Behaviour::AtRest(rest(last, curvatures));
    }
    if let (Some(from), Some(to)) = (first.valley, last.valley)
        && from != to
    {
        return Behaviour::LeftValley { from, to };
    }
    if is_diverging(&seen[seen.len().saturating_sub(12)..]) {
        return Behaviour::Diverging;
    }
    if let Some((parameter, shrinking)) = oscillation(seen) {
        return Behaviour::Oscillating {
            parameter,
            shrinking,
        };
    }
    let fall = first.loss - last.loss;
    let above = (first.loss - lowest.unwrap_or(0.0)).abs();
    if fall < 0.0 {
        Behaviour::Climbing
    } else if fall < 0.01 * above * (seen.len() - 1) as f64 {
        Behaviour::Crawling
    } else {
        Behaviour::Converging
    }
}

fn is_at_rest(last: &[Sample], curvatures: &[f64]) -> bool {
    let steepest = curvatures.iter().fold(1.0_f64, |most, c| most.max(c.abs()));
    last.iter().all(|sample| {
        let mut changes = sample.changes.iter().zip(&sample.weights);
        let slopes = sample.downhill.iter();
        changes.all(|(change, weight)| change.abs() <= 1e-6 * weight.abs().max(1.0))
            && slopes.fold(0.0_f64, |most, slope| most.max(slope.abs())) <= 1e-5 * steepest
    })
}

fn rest(last: &Sample, curvatures: &[f64]) -> Rest {
    let steepest = curvatures.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
    if curvatures.iter().any(|c| *c < -1e-6 * steepest) {
        Rest::Edge
    } else {
        Rest::Minimum(last.valley)
    }
}

/// The largest of some numbers of the earlier half of the updates, and of the later.
fn halves(samples: &[Sample], number: impl Fn(&Sample) -> f64) -> (f64, f64) {
    let largest = |part: &[Sample]| part.iter().map(&number).fold(f64::NEG_INFINITY, f64::max);
    let (earlier, later) = samples.split_at(samples.len() / 2);
    (largest(earlier), largest(later))
}

fn largest_change(sample: &Sample) -> f64 {
    let changes = sample.changes.iter();
    changes.fold(0.0, |most, change| change.abs().max(most))
}

fn is_diverging(samples: &[Sample]) -> bool {
    let (loss, later_loss) = halves(samples, |sample| sample.loss);
    let (change, later_change) = halves(samples, largest_change);
    later_loss > loss && later_change > change
}

/// The parameter whose changes turn their sign most often, where that is often enough, and whether they shrink.
fn oscillation(samples: &[Sample]) -> Option<(usize, bool)> {
    let overall = samples.iter().map(largest_change).fold(0.0, f64::max);
    let turns = |parameter: usize| {
        let changes = samples.iter().map(|sample| sample.changes[parameter]);
        let moved: Vec<f64> = changes.filter(|change| *change != 0.0).collect();
        let turns = |pair: &&[f64]| (pair[0] > 0.0) != (pair[1] > 0.0);
        moved.windows(2).filter(turns).count()
    };
    let size = |parameter: usize| halves(samples, |sample| sample.changes[parameter].abs());
    let parameters = 0..samples[0].changes.len();
    let counts = parameters.filter_map(|parameter| {
        let (earlier, later) = size(parameter);
        (earlier.max(later) >= 1e-3 * overall).then(|| (turns(parameter), parameter))
    });
    // Of several that turn as often, the first.
    let (count, parameter) =
        counts.max_by_key(|(count, parameter)| (*count, std::cmp::Reverse(*parameter)))?;
    let (earlier, later) = size(parameter);
    (count >= 3).then_some((parameter, later < earlier))
}

impl Behaviour {
    /// A sentence about it; `parameter` and `minimum` say what a parameter and a minimum are called.
    pub fn words(
        self,
        parameter: &dyn Fn(usize) -> String,
        minimum: &dyn Fn(usize) -> String,
    ) -> String {
        match self {
            Self::TooEarly => format!("After {FEWEST} updates it can be said how the run behaves."),
            Self::AtRest(Rest::Minimum(Some(index))) => format!("At rest in {}.", minimum(index)),
            Self::AtRest(Rest::Minimum(None)) => "At rest in a minimum.".to_owned(),
            Self::AtRest(Rest::Edge) => {
                "At rest on an edge: there is no slope here, but it is lower beside it.".to_owned()
            }
            Self::LeftValley { from, to } => {
                let (from, to) = (minimum(from), minimum(to));
                format!("It has left the valley of {from} for that of {to}.")
            }
            Self::Diverging => "Diverging: the loss and the changes grow.".to_owned(),
            Self::Oscillating {
                parameter: index,
                shrinking,
            } => {
                let how = if shrinking {
                    "shrinks"
                } else {
                    "does not shrink"
                };
                let parameter = parameter(index);
                format!("Oscillating: {parameter} goes back and forth, and {how}.")
            }
            Self::Climbing => "Climbing: the momentum carries it uphill for a while.".to_owned(),
            Self::Crawling => {
                "Crawling: the loss falls by less than a hundredth with an update.".to_owned()
            }
            Self::Converging => "Converging: the loss falls.".to_owned(),
        }
    }
}

/// What theory says of the next updates, along the axis of the surface on which the run settles last or not at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The settings.
    pub settings: Settings,
    /// L, the curvature along the axis.
    pub curvature: f64,
    /// eta L.
    pub product: f64,
    /// The values of eta L for which runs settle.
    pub stable: Option<(f64, f64)>,
    /// The factor by which the distance to the minimum changes with an update, in the long run.
    pub factor: f64,
    /// What that means.
    pub motion: Motion,
}

/// What theory says, from the curvatures of the surface along its axes; `None` where it is curved upward along none,
/// or the rule is not linear.
/// On a parabola it holds everywhere, elsewhere near the place that the curvatures were taken at.
pub fn predict(settings: Settings, curvatures: &[f64]) -> Option<Prediction> {
    let Settings {
        rule,
        learning_rate,
        momentum,
        ..
    } = settings;
    let upward = curvatures.iter().copied();
    let upward = upward.filter(|c| *c > 0.0 && is_known(rule));
    let along = |curvature: f64| {
        let product = learning_rate * curvature;
        Prediction {
            settings,
            curvature,
            product,
            stable: stable_range(rule, momentum),
            factor: spectral_radius(rule, product, momentum),
            motion: motion(rule, product, momentum),
        }
    };
    let all = upward.map(along);
    all.max_by(|a, b| a.factor.total_cmp(&b.factor))
}

impl Prediction {
    /// How many updates make the distance a hundredth of what it is; `None` where it does not shrink.
    pub fn updates_to_a_hundredth(&self) -> Option<f64> {
        let shrinks = matches!(self.motion, Motion::Approaching | Motion::Oscillating);
        // Where the factor is 0, one update is enough.
        let count = (ln(0.01) / ln(self.factor)).ceil().max(1.0);
        shrinks.then_some(count)
    }

    /// A sentence or two with the numbers in them: `η × L = 0.8 × 2.875 = 2.3 is above 2: the next updates grow.`
    pub fn words(&self, digits: Digits) -> String {
        let shown = |value| number::display(value, digits);
        let product = format!(
            "η × L = {} × {} = {}",
            shown(self.settings.learning_rate),
            shown(self.curvature),
            shown(self.product)
        );
        let growing = "the next updates will grow";
        match (self.motion, self.stable) {
            (Motion::Diverging, None) => format!(
                "With a momentum of {} no learning rate settles under this rule: {growing}.",
                shown(self.settings.momentum)
            ),
            (Motion::Diverging, Some((from, _))) if self.product <= from => {
                format!("{product} is not above {}: {growing}.", shown(from))
            }
            (Motion::Diverging, Some((_, to))) => {
                format!("{product} is above {}: {growing}.", shown(to))
            }
            (Motion::Lasting, _) => format!("{product}: it will neither settle nor grow."),
            (motion, stable) => {
                let below =
                    stable.map_or_else(String::new, |(_, to)| format!(" is below {}", shown(to)));
                let how = if motion == Motion::Oscillating {
                    "settle, swinging from side to side"
                } else {
                    "settle without swinging"
                };
                let updates = self.updates_to_a_hundredth().unwrap_or(f64::INFINITY);
                let words = if updates == 1.0 { "update" } else { "updates" };
                format!(
                    "{product}{below}: it will {how}, and needs about {} {words} to come a hundred times nearer.",
                    number::display(updates, Digits::default())
                )
            }
        }
    }
}
