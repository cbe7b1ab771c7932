//! The signs by which a behaviour is known in what a run comes to: rest, growth, turns and swings.

use super::{Behaviour, Ground, OF_SWINGS, ROUNDING, Rest, STILL, Swings};
use crate::math::{Minimum, eigen, is_in_minimum};
use crate::timeline::Future;

/// The lowest and the highest of some numbers.
pub(super) fn ends(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
        (low.min(number), high.max(number))
    })
}

pub(super) fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    ends(numbers).1
}

pub(super) fn is_still(future: &Future) -> bool {
    let here = future.place(0);
    let stays = |(index, here): (usize, &f64)| {
        let mut places = future.variable(index);
        places.all(|place| (place - here).abs() <= STILL * here.abs().max(1.0))
    };
    here.iter().enumerate().all(stays)
}

pub(super) fn rest(future: &Future, ground: Ground) -> Rest {
    let here = future.place(0);
    if is_in_minimum(ground.surface, here) {
        let near = |minimum: &Minimum| {
            let mut places = minimum.point.iter().zip(here);
            places.all(|(minimum, here)| (minimum - here).abs() <= 1e-3 * here.abs().max(1.0))
        };
        return Rest::Minimum(ground.minima.iter().position(near));
    }
    let is_exact =
        (0..future.variables()).all(|index| future.changes(index).all(|change| change == 0.0));
    let axes = eigen(&ground.surface.hessian(here));
    let steepest = largest(axes.iter().map(|axis| axis.value.abs()));
    let mut downhill = here.to_vec();
    ground.surface.downhill(here, &mut downhill);
    let has_slope = downhill.iter().any(|slope| *slope != 0.0);
    if is_exact && !has_slope && axes.iter().any(|axis| axis.value < -STILL * steepest) {
        Rest::Edge
    } else {
        Rest::Elsewhere
    }
}

/// Whether the largest of the first eighth, quarter, half and all of some numbers grow from each to the next, and at last
/// by no less than before: what grows up to a bound does so by less and less.
pub(super) fn grows(numbers: &(impl Iterator<Item = f64> + Clone), count: usize) -> bool {
    let most = |share: usize| largest(numbers.clone().take(count.div_ceil(share)));
    let most = [8, 4, 2, 1].map(most);
    let grows = |pair: &[f64]| pair[1] > pair[0] + STILL * pair[0].abs();
    let [_, quarter, half, all] = most;
    most.windows(2).all(grows) && all - half >= half - quarter
}

/// The parameters whose changes grow, where the loss and the largest change do.
pub(super) fn diverging(future: &Future) -> Option<Vec<usize>> {
    let updates = future.updates();
    let sizes = |index| future.changes(index).map(f64::abs);
    if !grows(&future.losses().iter().copied(), updates + 1) {
        return None;
    }
    let all = 0..future.variables();
    let last = |index| largest(sizes(index).skip(updates / 2));
    let overall = largest(all.clone().map(last));
    let grow = |index: &usize| grows(&sizes(*index), updates) && last(*index) >= 1e-3 * overall;
    let growing: Vec<usize> = all.filter(grow).collect();
    let leads = growing.iter().any(|index| last(*index) == overall);
    leads.then_some(growing)
}

pub(super) fn left_valley(
    future: &Future,
    ground: Ground,
    earlier: Option<&[f64]>,
) -> Option<(usize, usize)> {
    let valley = ground.valley;
    let earlier = earlier.filter(|_| ground.minima.len() > 1)?;
    let from = valley(earlier)?;
    let to = valley(future.place(0))?;
    let stays = valley(future.place(future.updates())) == Some(to);
    (from != to && stays).then_some((from, to))
}

/// The parameters that go back and forth, where there are any.
pub(super) fn oscillation(future: &Future) -> Option<Behaviour> {
    let soon = future.updates().min(OF_SWINGS);
    let sizes = |index| largest(future.changes(index).take(soon).map(f64::abs));
    let overall = largest((0..future.variables()).map(sizes));
    let matters = |index: &usize| sizes(*index) >= 1e-3 * overall;
    let mut swinging: Vec<(usize, Swings)> = Vec::new();
    let mut straight = Vec::new();
    for index in (0..future.variables()).filter(matters) {
        let turns = turns(future, index);
        if turns.iter().filter(|turn| **turn < soon).count() >= 3 {
            swinging.push((index, swings(future, index, &turns)));
        } else if turns.is_empty() {
            straight.push(index);
        }
    }
    (!swinging.is_empty()).then_some(Behaviour::Oscillating { swinging, straight })
}

/// After how many updates a parameter turns: its next change has another sign than the last one that was not 0.
pub(super) fn turns(future: &Future, index: usize) -> Vec<usize> {
    let mut before = 0.0_f64;
    let mut turns = Vec::new();
    for (update, change) in future.changes(index).enumerate() {
        if change != 0.0 {
            if before != 0.0 && (before > 0.0) != (change > 0.0) {
                turns.push(update);
            }
            before = change;
        }
    }
    turns
}

/// What becomes of the swings between the turns of a parameter.
pub(super) fn swings(future: &Future, index: usize, turns: &[usize]) -> Swings {
    let places = turns.iter().map(|turn| future.place(*turn)[index]);
    let (low, high) = ends(places.clone());
    let between = Swings::Between(low, high);
    let spans: Vec<f64> = places
        .clone()
        .zip(places.skip(1))
        .map(|(a, b)| (a - b).abs())
        .collect();
    let (least, most) = ends(spans.iter().copied());
    if most - least <= STILL * most {
        return Swings::Lasting;
    }
    // What is left when it has settled is rounding.
    let is_rounding =
        |span: &f64| *span <= 1e-9 * most || *span <= ROUNDING * low.abs().max(high.abs());
    let settled = spans.iter().position(is_rounding).unwrap_or(spans.len());
    let (spans, rest) = spans.split_at(settled);
    let parts = spans.len().min(3);
    let backwards: Vec<f64> = spans.iter().rev().copied().collect();
    let fades = |spans: &[f64]| shrinks(&spans.iter().copied(), parts) && is_clear(spans, parts);
    if rest.iter().all(|span| *span <= STILL * most) && fades(spans) {
        Swings::Shrinking
    } else if rest.is_empty() && fades(&backwards) {
        Swings::Growing
    } else {
        between
    }
}

/// Whether swings shrink by more than it matters where in a swing the updates fall: of a steady one, no update need
/// meet the very turn.
pub(super) fn is_clear(spans: &[f64], parts: usize) -> bool {
    let part = |part: usize| &spans[part * spans.len() / parts..(part + 1) * spans.len() / parts];
    let [first, last] = [0, parts.saturating_sub(1)].map(|index| ends(part(index).iter().copied()));
    last.1 < 0.9 * first.1 || last.1 < first.0
}

/// Whether the largest of each part of some numbers is smaller than that of the part before.
pub(super) fn shrinks(
    numbers: &(impl ExactSizeIterator<Item = f64> + Clone),
    parts: usize,
) -> bool {
    let count = numbers.len();
    let most = |part: usize| {
        let (start, end) = (part * count / parts, (part + 1) * count / parts);
        largest(numbers.clone().take(end).skip(start))
    };
    (1..parts).all(|part| most(part) < most(part - 1))
}

/// Whether the run comes nearer and nearer to one of the minima, or stays where it is in one to four digits.
pub(super) fn comes_nearer(future: &Future, ground: Ground) -> bool {
    ground.minima.iter().any(|Minimum { point, .. }| {
        let distance = |update: usize| -> f64 {
            let places = future.place(update).iter().zip(point);
            let squares = places.map(|(place, minimum)| (place - minimum) * (place - minimum));
            squares.sum::<f64>().sqrt()
        };
        let distances: Vec<f64> = (0..=future.updates()).map(distance).collect();
        let scale = point
            .iter()
            .fold(1.0_f64, |most, place| most.max(place.abs()));
        let later = largest(distances[distances.len() / 2..].iter().copied());
        later <= 1e-4 * scale || shrinks(&distances.iter().copied(), 4)
    })
}
