//! Where a surface has its minima, and which of them is downhill of a place.

use std::cmp::Ordering;

use super::{Interval, Surface, eigen};
use crate::math::portable::{cos, sin};

/// A place that is lower than everything around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The place, variable by variable.
    pub point: Vec<f64>,
    /// The loss there.
    pub loss: f64,
}

/// Points of the grid along the one variable,
const POINTS_OF_ONE: usize = 401;
/// and along each of two.
const POINTS_OF_TWO: usize = 81;
/// More minima than this are not told apart.
const MOST_MINIMA: usize = 32;
/// Going downhill ends after so many steps at the latest.
const MOST_STEPS: usize = 400;
/// Directions in which it is looked whether there is a lower place; of two variables.
const DIRECTIONS: usize = 16;

/// The minima of a surface within a window, the lowest first. Of three variables and more only the one downhill of
/// the start is looked for.
///
/// The window is covered with a grid; from each of its points that is lower than its neighbours the way goes
/// downhill by [`valley`]'s steps. Minima closer than two points of the grid may be taken for one.
///
/// # Panics
/// Where the window has not one interval for each variable.
pub fn minima(surface: &Surface, window: &[Interval]) -> Vec<Minimum> {
    assert_eq!(window.len(), surface.names().len());
    let spacing = spacing(window);
    let mut found: Vec<Minimum> = Vec::new();
    for candidate in candidates(surface, window) {
        let minimum = settle(surface, candidate, &spacing);
        if !is_minimum(surface, &minimum, &spacing) || !is_inside(&minimum.point, window) {
            continue;
        }
        let same = |other: &Minimum| is_near(&other.point, &minimum.point, &spacing);
        match found.iter().position(same) {
            Some(index) if found[index].loss <= minimum.loss => {}
            Some(index) => found[index] = minimum,
            None if found.len() < MOST_MINIMA => found.push(minimum),
            None => {}
        }
    }
    found.sort_by(|a, b| {
        let by_place = || a.point.partial_cmp(&b.point).unwrap_or(Ordering::Equal);
        a.loss.total_cmp(&b.loss).then_with(by_place)
    });
    found
}

/// Which of the minima a ball comes to that goes downhill from a place by small steps without any speed. `None`
/// where that is none of them.
///
/// Each step is Newton's, with the sizes of the curvatures for the curvatures, so that it always leads downhill, and
/// no longer than a point of the window's grid is from the next. Source: Dauphin et al. (2014), saddle-free Newton.
pub fn valley(
    surface: &Surface,
    window: &[Interval],
    minima: &[Minimum],
    point: &[f64],
) -> Option<usize> {
    let spacing = spacing(window);
    let settled = settle(surface, point.to_vec(), &spacing);
    let near = |minimum: &Minimum| is_near(&minimum.point, &settled.point, &spacing);
    minima.iter().position(near)
}

/// The minimum downhill of where runs start, wherever it is: the way goes there by [`valley`]'s steps, first by short ones
/// and then by longer ones. `None` where no way is found to any.
pub fn bottom(surface: &Surface) -> Option<Minimum> {
    /// The steps, in units of how far from 0 runs start.
    const STEPS: [f64; 4] = [0.05, 0.5, 5.0, 50.0];
    let start = surface.start();
    let far = start.iter().map(|place| place.abs()).fold(1.0, f64::max);
    STEPS.into_iter().find_map(|step| {
        let spacing = vec![step * far; start.len()];
        let settled = settle(surface, start.to_vec(), &spacing);
        let is_reached = is_minimum(surface, &settled, &vec![0.05 * far; start.len()]);
        is_reached.then_some(settled)
    })
}

/// Whether a place is in a minimum to four digits: a ten-thousandth away, on all sides, the loss is higher.
pub fn is_in_minimum(surface: &Surface, point: &[f64]) -> bool {
    let apart: Vec<f64> = point.iter().map(|place| place.abs().max(1.0)).collect();
    let loss = surface.loss(point);
    let mut places = around(point, &apart, 1e-4).into_iter();
    places.all(|place| surface.loss(&place) > loss)
}

/// How many points the grid has along each variable.
fn points(variables: usize) -> usize {
    if variables == 1 {
        POINTS_OF_ONE
    } else {
        POINTS_OF_TWO
    }
}

/// How far points of the grid are apart, along each variable.
fn spacing(window: &[Interval]) -> Vec<f64> {
    let gaps = (points(window.len()) - 1) as f64;
    let axes = window.iter();
    axes.map(|interval| interval.width() / gaps).collect()
}

/// Points from which going downhill may lead to a minimum.
fn candidates(surface: &Surface, window: &[Interval]) -> Vec<Vec<f64>> {
    if window.len() > 2 {
        return vec![surface.start().to_vec()];
    }
    let columns = points(window.len());
    // The first variable along the columns, the second along the rows.
    let place = |index: usize| -> Vec<f64> {
        let along = window.iter().zip([index % columns, index / columns]);
        along.map(|(axis, at)| axis.at(at, columns)).collect()
    };
    let all = 0..columns.pow(window.len() as u32);
    let losses: Vec<f64> = all.map(|index| surface.loss(&place(index))).collect();
    let low = low_points(&losses, columns).into_iter();
    low.map(place).collect()
}

/// The points of a grid that are lower than their neighbours; of several equal ones side by side, the first.
fn low_points(losses: &[f64], columns: usize) -> Vec<usize> {
    let rows = losses.len() / columns;
    let is_low = |index: &usize| {
        let (row, column) = (index / columns, index % columns);
        let here = losses[*index];
        let neighbours = (row.saturating_sub(1)..=(row + 1).min(rows - 1)).flat_map(|row| {
            (column.saturating_sub(1)..=(column + 1).min(columns - 1))
                .map(move |column| row * columns + column)
        });
        let mut others = neighbours.filter(|other| other != index);
        // What is no number is higher than everything.
        here.is_finite()
            && others.all(|other| {
                let there = losses[other];
                there.is_nan() || here < there || (here == there && *index < other)
            })
    };
    (0..losses.len()).filter(is_low).collect()
}

/// Where going downhill from a point ends.
fn settle(surface: &Surface, mut point: Vec<f64>, spacing: &[f64]) -> Minimum {
    let mut downhill = vec![0.0; point.len()];
    let mut loss = surface.downhill(&point, &mut downhill);
    // Added to the curvatures, so that steps become short enough to lead down.
    let mut damping = 0.0;
    for _ in 0..MOST_STEPS {
        let curvatures = eigen(&surface.hessian(&point));
        let sizes = curvatures.iter().map(|axis| axis.value.abs());
        let steepest = sizes.fold(0.0, f64::max);
        let least = (steepest * 1e-10).max(f64::MIN_POSITIVE);
        let mut step = vec![0.0; point.len()];
        for axis in &curvatures {
            let parts = axis.direction.iter().zip(&downhill);
            let along: f64 = parts.map(|(a, b)| a * b).sum();
            let length = along / (axis.value.abs() + damping).max(least);
            for (part, direction) in step.iter_mut().zip(&axis.direction) {
                *part += length * direction;
            }
        }
        let parts = step.iter().zip(spacing);
        let lengths = parts.map(|(step, spacing)| (step / spacing).abs());
        let longest = lengths.fold(0.0, f64::max);
        if longest < 1e-13 || longest.is_nan() {
            break;
        }
        let shortening = longest.max(1.0);
        let parts = point.iter().zip(&step);
        let next: Vec<f64> = parts.map(|(at, step)| at + step / shortening).collect();
        let mut next_downhill = downhill.clone();
        let next_loss = surface.downhill(&next, &mut next_downhill);
        if next_loss < loss {
            (point, loss, downhill) = (next, next_loss, next_downhill);
            damping /= 8.0;
        } else {
            damping = (damping * 4.0).max(steepest * 1e-3).max(1e-6);
            if longest < 1e-9 {
                break;
            }
        }
    }
    polish(surface, Minimum { point, loss }, spacing)
}

/// Goes on in ever shorter steps along a few directions: down into a kink, where slopes do not lead.
fn polish(surface: &Surface, mut minimum: Minimum, spacing: &[f64]) -> Minimum {
    let mut size = 0.5;
    for _ in 0..MOST_STEPS {
        let places = around(&minimum.point, spacing, size);
        let lower = places.into_iter().find_map(|point| {
            let loss = surface.loss(&point);
            (loss < minimum.loss).then_some(Minimum { point, loss })
        });
        match lower {
            Some(lower) => minimum = lower,
            None => size /= 2.0,
        }
        if size < 1e-12 {
            break;
        }
    }
    for (place, spacing) in minimum.point.iter_mut().zip(spacing) {
        if place.abs() < 1e-9 * spacing {
            *place = 0.0;
        }
    }
    minimum.loss = surface.loss(&minimum.point);
    minimum
}

/// Places around a point, so far away in units of the grid.
fn around(point: &[f64], spacing: &[f64], size: f64) -> Vec<Vec<f64>> {
    let moved = |by: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let numbers = point.iter().zip(spacing).enumerate();
        numbers
            .map(|(index, (place, spacing))| place + by(index) * size * spacing)
            .collect()
    };
    if let [_, _] = point {
        let turn = |part: usize| part as f64 / DIRECTIONS as f64 * std::f64::consts::TAU;
        let place = |part| moved(&|index| [cos, sin][index](turn(part)));
        return (0..DIRECTIONS).map(place).collect();
    }
    let axes = (0..point.len()).flat_map(|axis| [(axis, 1.0), (axis, -1.0)]);
    axes.map(|(axis, sign)| moved(&|index| if index == axis { sign } else { 0.0 }))
        .collect()
}

/// Whether everything around is higher, a good way off, and not lower nearby.
fn is_minimum(surface: &Surface, minimum: &Minimum, spacing: &[f64]) -> bool {
    let around = |size| {
        let places = around(&minimum.point, spacing, size).into_iter();
        places.map(|point| surface.loss(&point))
    };
    let rounding = 1e-13 * minimum.loss.abs();
    minimum.loss.is_finite()
        && around(1e-3).all(|loss| loss.is_nan() || loss >= minimum.loss - rounding)
        && around(0.5).any(|loss| loss.is_nan() || loss > minimum.loss)
}

fn is_inside(point: &[f64], window: &[Interval]) -> bool {
    let mut places = point.iter().zip(window);
    places.all(|(place, interval)| interval.contains(*place))
}

fn is_near(a: &[f64], b: &[f64], spacing: &[f64]) -> bool {
    let mut numbers = a.iter().zip(b).zip(spacing);
    numbers.all(|((a, b), spacing)| (a - b).abs() < *spacing)
}
