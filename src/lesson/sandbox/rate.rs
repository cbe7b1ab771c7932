//! Learning rates that are chosen: one with which a surface's run settles, or a network comes far in a few epochs.

use std::sync::Arc;

use super::{MOMENTUM, RULE, say};
use crate::explain::{Digits, number};
use crate::math::portable::log10;
use crate::math::stability::stable_range;
use crate::math::{Minimum, Model, Settings, Surface, eigen};
use crate::timeline::{Change, Timeline};
use crate::watch::{Watch, What};

/// A rate settles where so many updates do not lead astray.
const TRIED: u64 = 1000;

/// The learning rates that are tried, the largest first.
pub(super) const RATES: [f64; 12] = [
    0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 1e-4, 1e-6, 1e-8,
];
/// They are tried for so many epochs,
const EPOCHS: u64 = 5;
/// or as many updates as take about so much work, counted as a model counts it.
const WORK: u64 = 4_000_000;

/// The slopes at the start, where they and the loss are finite.
pub(super) fn slopes(surface: &Surface) -> Option<Vec<f64>> {
    let mut slopes = vec![0.0; surface.names().len()];
    let loss = surface.downhill(surface.start(), &mut slopes);
    (loss.is_finite() && slopes.iter().all(|slope| slope.is_finite())).then_some(slopes)
}

/// The size of the steepest slope at the start.
fn steepest(surface: &Surface) -> f64 {
    let slopes = slopes(surface).unwrap_or_default();
    slopes.iter().map(|slope| slope.abs()).fold(0.0, f64::max)
}

/// The largest size of a curvature at a place; 0 where there is none.
fn curvature(surface: &Surface, place: &[f64]) -> f64 {
    let sizes = eigen(&surface.hessian(place));
    sizes
        .iter()
        .map(|axis| axis.value.abs())
        .fold(0.0, f64::max)
}

/// A learning rate with which the run settles, and why it is this one.
pub(super) fn of_surface(surface: &Surface, lowest: Option<&Minimum>) -> (f64, String) {
    let at_start = curvature(surface, surface.start());
    let below = lowest.map_or(0.0, |minimum| curvature(surface, &minimum.point));
    let largest = at_start.max(below);
    let wanted = if largest > 1e-9 && largest.is_finite() {
        1.0 / largest
    } else {
        // A tenth of the way that the start is from 0, in the first update.
        let steepest = steepest(surface);
        let far = surface
            .start()
            .iter()
            .map(|place| place.abs())
            .fold(1.0, f64::max);
        if steepest > 0.0 {
            0.1 * far / steepest
        } else {
            0.1
        }
    };
    let first = round_down(wanted);
    let mut rate = first;
    let model = Arc::new(Model::Surface(Box::new(surface.clone())));
    let mut losses = descent(&model, rate);
    for _ in 0..40 {
        if losses.is_some() {
            break;
        }
        rate = round_down(rate * 0.6);
        losses = descent(&model, rate);
    }
    if losses.is_none() {
        rate = first;
    }
    (
        rate,
        reason(surface, rate, losses, lowest.is_some(), [largest, at_start]),
    )
}

fn reason(
    surface: &Surface,
    rate: f64,
    losses: Option<[f64; 2]>,
    has_minimum: bool,
    [largest, at_start]: [f64; 2],
) -> String {
    let chosen = format!("**learning rate {}**", say(rate));
    let bend = few(largest);
    let Some([before, after]) = losses.map(|losses| losses.map(few)) else {
        return format!(
            "{chosen}: with no rate that was tried did {TRIED} updates lead down and stay finite. The loss may have no lowest place to settle in."
        );
    };
    let comes = format!("With it {TRIED} updates bring the loss from {before} to {after}.");
    if !has_minimum {
        return format!(
            "{chosen}: no lowest place was found nearby, so the run may go down without end. With this rate {TRIED} updates stay finite."
        );
    }
    if largest <= 1e-9 {
        let far = few(rate * steepest(surface));
        return format!(
            "{chosen}: no curvature tells one here, so the first update goes {far}. {comes}"
        );
    }
    if surface.is_quadratic() {
        let edge = stable_range(RULE, MOMENTUM).map_or(f64::NAN, |(_, edge)| edge / largest);
        let shown = few(edge);
        let about = match number::parse(&shown) {
            Some(shown) if shown > edge => "about ",
            Some(_) | None => "",
        };
        return format!(
            "{chosen}: the loss bends by {bend} where it bends most (its curvature), and this is 1 divided by that, rounded down. Below {about}{shown} the run settles."
        );
    }
    let place = if at_start >= largest {
        "at the start"
    } else {
        "at the bottom"
    };
    let tried = if rate < 0.9 * round_down(1.0 / largest) {
        "1 divided by that is too much on the way"
    } else {
        "this is 1 divided by that, rounded down"
    };
    format!("{chosen}: the loss bends by {bend} {place} (its curvature), and {tried}. {comes}")
}

/// A number in three digits.
fn few(value: f64) -> String {
    number::display(value, Digits::default().few())
}

/// The largest of 1, 2 and 5 times a power of ten that is not above a number.
pub(super) fn round_down(value: f64) -> f64 {
    let power = log10(value).floor() as i32;
    let rounds = [5, 2, 1].map(|factor| number::parse(&format!("{factor}e{power}")));
    let mut rounds = rounds.into_iter().flatten();
    rounds
        .find(|round| *round <= value * (1.0 + 1e-9))
        .unwrap_or(value)
}

/// The loss at the start of a run and at its end, where it stays finite and comes lower.
fn descent(model: &Arc<Model>, rate: f64) -> Option<[f64; 2]> {
    let surface = model.surface()?;
    let settings = Settings::new(RULE, rate, MOMENTUM);
    let mut timeline = Timeline::new(Arc::clone(model), settings);
    let run = timeline.run_mut();
    let [start, half, end] = [0, TRIED / 2, TRIED].map(|step| {
        let there = run.reach(step).is_ok();
        if there {
            surface.loss(&run.state(step).weights)
        } else {
            f64::NAN
        }
    });
    let size = start.abs();
    (half <= start + 1e-12 * size && end <= half + 1e-9 * size).then_some([start, end])
}

/// The learning rate with which a network comes to the smallest error in a few epochs, and what is said of it. Somebody
/// may stop it: then it is found among those that have been tried.
pub(super) fn of_network(
    model: &Arc<Model>,
    settings: Settings,
    watch: &Watch,
) -> Option<(f64, String)> {
    let epoch = model.epoch_length()?;
    let updates = (EPOCHS * epoch).min((WORK / model.work()).max(100));
    let loss = |rate: &f64| {
        let settings = Change::LearningRate(*rate).among(settings);
        let mut timeline = Timeline::watched(Arc::clone(model), settings, watch.clone());
        timeline.run_mut().reach(updates).ok()?;
        let weights = timeline.run().state(updates).weights;
        let loss = model.metrics_watched(&weights, watch)?.loss;
        loss.is_finite().then_some((*rate, loss))
    };
    let _goal = watch.toward(0, Some(RATES.len() as u64), What::Rates);
    let tried = RATES.iter().zip(1..).filter_map(|(rate, count)| {
        let found = watch.part(|| loss(rate));
        watch.goes_on(0, count);
        found
    });
    let (rate, loss) = tried.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let took = if updates == EPOCHS * epoch {
        format!("{EPOCHS} epochs")
    } else {
        format!("{updates} updates")
    };
    let loss = number::display(loss, Digits::default().few());
    let [most, least] = [RATES[0], RATES[RATES.len() - 1]].map(say);
    Some((
        rate,
        format!(
            "**learning rate {}**: of {} rates from {most} down to {least}, the one with the smallest error after {took} (mean error {loss}).",
            say(rate),
            RATES.len(),
        ),
    ))
}
