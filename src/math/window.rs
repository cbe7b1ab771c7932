//! What part of a surface is worth looking at, where the lesson does not say.

use super::{Interval, Minimum, Surface, minima};
use crate::math::portable::{log10, power_of_ten};

/// The narrower side of a window has at least this share of the wider one,
const NARROWEST: f64 = 0.3;
/// unless it would have less than this share by itself: then each variable has a scale of its own.
const INCOMPARABLE: f64 = 0.01;
/// Room at each end, as a share of the width.
const MARGIN: f64 = 0.1;
/// Of one variable, so much of the way from the start to the lowest minimum is seen beyond it.
const BEYOND: f64 = 0.4;
/// A run that goes further is followed by so much of the width at a time, so that the axes do not move at every update.
const STRIDE: f64 = 0.25;
/// A run is followed so many widths to either side.
const FURTHEST: f64 = 1.5;

/// The intervals in which minima are looked for, one for each variable: where the lesson has one, that, else around the
/// start and what is as far on the other side of the minima near it.
pub fn region(surface: &Surface) -> Vec<Interval> {
    let first = surroundings(surface);
    let minima = minima(surface, &first);
    let found = |variable: usize| {
        let start = surface.start()[variable];
        let lowest = minima.first().map(|minimum| minimum.point[variable]);
        let mirrored = lowest.map(|lowest| 2.0 * lowest - start);
        let lows = minima.iter().map(|minimum| minimum.point[variable]);
        let all = lows.chain(mirrored).fold(point(start), Interval::with);
        around(all, first[variable])
    };
    with_margins(surface, (0..first.len()).map(found).collect())
}

/// The intervals that are worth looking at, one for each variable: where the lesson has one, that, else what the start,
/// the minima and the places where runs have been lie in, and a margin. A run that has flown off is not followed into
/// the far.
pub fn window<Place: AsRef<[f64]>>(
    surface: &Surface,
    minima: &[Minimum],
    places: &[Place],
) -> Vec<Interval> {
    let first = surroundings(surface);
    let found = |variable: usize| {
        let start = surface.start()[variable];
        let lows = minima.iter().map(|minimum| minimum.point[variable]);
        let beyond = minima.first().map(|lowest| {
            let lowest = lowest.point[variable];
            lowest + BEYOND * (lowest - start)
        });
        let only = beyond.filter(|_| first.len() == 1);
        let known = lows.chain(only).fold(point(start), Interval::with);
        let known = around(known, first[variable]);
        let [mut below, mut above] = [0.0_f64; 2];
        for place in places {
            let share = (place.as_ref()[variable] - known.low) / known.width();
            if (-FURTHEST..=1.0 + FURTHEST).contains(&share) {
                (below, above) = (below.max(-share), above.max(share - 1.0));
            }
        }
        let strides = |share: f64| (share / STRIDE).ceil() * STRIDE * known.width();
        Interval {
            low: known.low - strides(below),
            high: known.high + strides(above),
        }
    };
    with_margins(surface, (0..first.len()).map(found).collect())
}

/// The intervals with room at their ends, the narrower ones made wider; those of the lesson as they are.
fn with_margins(surface: &Surface, intervals: Vec<Interval>) -> Vec<Interval> {
    let views = surface.view().iter().zip(intervals);
    let intervals: Vec<Interval> = views.map(|(view, found)| view.unwrap_or(found)).collect();
    let widths = intervals.iter().map(|interval| interval.width());
    let widest = widths.fold(0.0, f64::max);
    let views = surface.view().iter().zip(intervals);
    views
        .map(|(view, interval)| {
            let comparable = interval.width() >= INCOMPARABLE * widest;
            let least = if comparable { NARROWEST * widest } else { 0.0 };
            let missing = (least - interval.width()).max(0.0);
            let share = missing / 2.0 / interval.width();
            view.unwrap_or_else(|| rounded(widened(widened(interval, share), MARGIN)))
        })
        .collect()
}

fn point(place: f64) -> Interval {
    Interval {
        low: place,
        high: place,
    }
}

/// Where minima are looked for at first: as far on the other side of 0 as the start is on its side, and some more.
fn surroundings(surface: &Surface) -> Vec<Interval> {
    let halves = surface.start().iter().map(|start| start.abs() / 2.0);
    let far = halves.fold(1.0, f64::max);
    let starts = surface.start().iter().zip(surface.view());
    let interval = |(start, view): (&f64, &Option<Interval>)| {
        let radius = 1.25 * far.max(start.abs());
        view.unwrap_or(Interval {
            low: -radius,
            high: radius,
        })
    };
    starts.map(interval).collect()
}

/// An interval as it is, or where it is but a point, a wider one around it.
fn around(interval: Interval, first: Interval) -> Interval {
    if interval.width() > first.width() * 1e-6 {
        return interval;
    }
    with_room(interval, first.width() / 8.0)
}

/// An interval with a share of its width more at each end.
fn widened(interval: Interval, share: f64) -> Interval {
    with_room(interval, interval.width() * share)
}

fn with_room(interval: Interval, room: f64) -> Interval {
    Interval {
        low: interval.low - room,
        high: interval.high + room,
    }
}

/// An interval with ends that are short to write, no narrower than it was.
fn rounded(interval: Interval) -> Interval {
    let rough = interval.width() / 20.0;
    let power = power_of_ten(log10(rough).floor() as i32);
    let units = [1.0, 2.0, 5.0].map(|factor| factor * power).into_iter();
    let unit = { units }.rfind(|unit| *unit <= rough).unwrap_or(power);
    // Divided by a whole number where the unit is a fraction, so that 0.3 is 0.3.
    let times = |count: f64| {
        if unit < 1.0 {
            count / (1.0 / unit).round()
        } else {
            count * unit
        }
    };
    Interval {
        low: times((interval.low / unit).floor()),
        high: times((interval.high / unit).ceil()),
    }
}
