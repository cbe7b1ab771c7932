//! What is worked out about parabolas, against runs of the engine on them.

use nnmom_tutor::math::stability::{
    Motion, motion, oscillates_above, spectral_radius, stable_range,
};
use nnmom_tutor::math::{Memory, Rule, Settings, eigen};
use nnmom_tutor::pictures::plane_end;
use proptest::prelude::*;

/// The distances to the minimum of E = L/2 w^2, from 1 on, with learning rate eta; every update is the engine's.
fn distances(rule: Rule, eta: f64, curvature: f64, mu: f64, updates: usize) -> Vec<f64> {
    let settings = Settings::new(rule, eta, mu);
    let mut weight = 1.0;
    let mut memory = Memory::of_delta(0.0);
    let mut distances = vec![weight];
    for _ in 0..updates {
        let update = settings.update(weight, -curvature * weight, &[memory]);
        weight = update.after;
        memory = Memory {
            value: update.new_memory[0],
            unit: rule.memory_unit(),
        };
        distances.push(weight);
    }
    distances
}

/// The largest distance of the last stretch; infinite where it is no number any more.
fn late(distances: &[f64]) -> f64 {
    let last = distances[distances.len() - 20..].iter();
    let sizes = last.map(|distance| {
        if distance.is_nan() {
            f64::INFINITY
        } else {
            distance.abs()
        }
    });
    sizes.fold(0.0, f64::max)
}

const MOMENTA: [f64; 9] = [0.0, 0.1, 0.3, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99];

#[test]
fn the_ranges_are_those_of_the_design() {
    let to = |rule, mu| stable_range(rule, mu).map(|(_, to)| to);
    assert_eq!(to(Rule::None, 0.9), Some(2.0));
    assert_eq!(to(Rule::HeavyBall, 0.9), Some(3.8));
    assert_eq!(to(Rule::PyTorch, 0.9), Some(3.8));
    assert_eq!(to(Rule::Article, 0.25), Some(2.0 / 0.75));
    assert_eq!(to(Rule::Article, 0.75), Some(1.0 / 0.75));
    assert_eq!(to(Rule::Nesterov, 0.5), Some(1.5));
    assert_eq!(to(Rule::Averaged, 0.5), Some(6.0));
    assert_eq!(to(Rule::HeavyBall, 1.0), None);
    // Up to mu = 0.5 the article's rule widens the range, and above it narrows it.
    assert!(to(Rule::Article, 0.49) > to(Rule::None, 0.0));
    assert!(to(Rule::Article, 0.51) < to(Rule::None, 0.0));
    for rule in Rule::ALL {
        assert_eq!(stable_range(rule, 0.0), Some((0.0, 2.0)), "{}", rule.name());
        assert_eq!(oscillates_above(rule, 0.0), 1.0, "{}", rule.name());
    }
}

#[test]
fn just_inside_the_range_runs_settle_and_just_outside_they_grow() {
    for rule in Rule::ALL {
        for mu in MOMENTA {
            let (_, to) = stable_range(rule, mu).unwrap();
            for curvature in [0.2, 1.0, 7.0] {
                let ends = |q: f64| late(&distances(rule, q / curvature, curvature, mu, 20_000));
                let name = rule.name();
                assert!(ends(0.995 * to) < 1e-3, "{name} {mu} {curvature}");
                let outside = ends(1.005 * to);
                assert!(
                    outside.is_nan() || outside > 1e3,
                    "{name} {mu} {curvature} {outside}"
                );
            }
        }
    }
}

#[test]
fn with_a_momentum_of_one_or_more_what_is_stable_is_told_too() {
    for (rule, mu) in [
        (Rule::Article, 1.0),
        (Rule::Article, 1.5),
        (Rule::Nesterov, 1.0),
        (Rule::Nesterov, 1.6),
    ] {
        let (from, to) = stable_range(rule, mu).unwrap();
        let ends = |q: f64| late(&distances(rule, q, 1.0, mu, 20_000));
        let (name, margin) = (rule.name(), 0.02 * (to - from));
        assert!(ends(from + margin) < 1e-3, "{name} {mu}");
        assert!(ends(to - margin) < 1e-3, "{name} {mu}");
        assert!(ends(to + margin) > 1e3, "{name} {mu}");
        assert!(from == 0.0 || ends(from - margin) > 1e3, "{name} {mu}");
    }
    for rule in [Rule::HeavyBall, Rule::PyTorch, Rule::Averaged] {
        assert_eq!(stable_range(rule, 1.0), None);
        for q in [0.01, 0.5, 1.0, 1.9] {
            assert!(
                late(&distances(rule, q, 1.0, 1.01, 5_000)) > 1e3,
                "{} {q}",
                rule.name()
            );
        }
    }
}

#[test]
fn over_a_grid_the_spectral_radius_is_the_factor_of_the_simulated_run() {
    for rule in Rule::ALL {
        for mu in MOMENTA {
            for step in 1..40 {
                let q = 0.11 * f64::from(step);
                let radius = spectral_radius(rule, q, mu);
                // Near two equal roots the factor is slow to come out.
                let far = distances(rule, q, 1.0, mu, 400);
                let (early, later) = (late(&far[..201]), late(&far));
                if early < 1e-280 || later < 1e-280 || !later.is_finite() {
                    continue;
                }
                let factor = (later / early).powf(1.0 / 200.0);
                let name = rule.name();
                assert!(
                    (factor - radius).abs() < 0.04 * radius,
                    "{name} {mu} {q}: {factor} {radius}"
                );
            }
        }
    }
}

#[test]
fn above_the_boundary_runs_change_sides_and_below_they_do_not() {
    for rule in Rule::ALL {
        for mu in MOMENTA {
            let boundary = oscillates_above(rule, mu);
            let changes = |q: f64| {
                let far = distances(rule, q, 1.0, mu, 3_000);
                let pairs = far.windows(2).take_while(|pair| pair[1].abs() > 1e-250);
                pairs.filter(|pair| pair[0] * pair[1] < 0.0).count()
            };
            let name = rule.name();
            assert_eq!(changes(0.99 * boundary), 0, "{name} {mu}");
            assert!(changes(1.05 * boundary) > 0, "{name} {mu}");
        }
    }
}

#[test]
fn motions_are_named() {
    for (q, expected) in [
        (0.5, Motion::Approaching),
        (1.5, Motion::Oscillating),
        (2.0, Motion::Lasting),
        (2.3, Motion::Diverging),
    ] {
        assert_eq!(motion(Rule::None, q, 0.9), expected);
    }
    assert_eq!(motion(Rule::HeavyBall, 2.3, 0.9), Motion::Oscillating);
    assert_eq!(motion(Rule::HeavyBall, 0.0, 0.9), Motion::Lasting);
}

#[test]
fn eigenvalues_of_known_matrices() {
    let values = |matrix: &[Vec<f64>]| -> Vec<f64> {
        eigen(matrix).iter().map(|found| found.value).collect()
    };
    assert_eq!(values(&[vec![0.1, 0.0], vec![0.0, 3.0]]), [3.0, 0.1]);
    let found = values(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
    assert!(
        (found[0] - 3.0).abs() < 1e-15 && (found[1] - 1.0).abs() < 1e-15,
        "{found:?}"
    );
    assert_eq!(values(&[vec![-2.0]]), [-2.0]);
    assert_eq!(values(&[vec![0.0, 0.0], vec![0.0, 0.0]]), [0.0, 0.0]);
    // A saddle: xy.
    let found = values(&[vec![0.0, 1.0], vec![1.0, 0.0]]);
    assert!(
        (found[0] - 1.0).abs() < 1e-15 && (found[1] + 1.0).abs() < 1e-15,
        "{found:?}"
    );
    assert_eq!(eigen(&[vec![f64::NAN]]), []);
}

proptest! {
    #[test]
    fn a_matrix_stretches_its_directions_by_its_eigenvalues(
        size in 1..=8_usize, numbers in prop::collection::vec(-100.0..100.0_f64, 36),
    ) {
        // One number for each pair of a row and a column.
        let number = |row: usize, column: usize| {
            let (low, high) = (row.min(column), row.max(column));
            numbers[high * (high + 1) / 2 + low]
        };
        let row = |row| (0..size).map(|column| number(row, column)).collect();
        let matrix: Vec<Vec<f64>> = (0..size).map(row).collect();
        let found = eigen(&matrix);
        prop_assert!(found.is_sorted_by(|a, b| a.value >= b.value));
        for axis in &found {
            let length: f64 = axis.direction.iter().map(|part| part * part).sum();
            prop_assert!((length - 1.0).abs() < 1e-12);
            for (row, part) in matrix.iter().zip(&axis.direction) {
                let stretched: f64 = row.iter().zip(&axis.direction).map(|(a, b)| a * b).sum();
                prop_assert!((stretched - axis.value * part).abs() < 1e-10, "{stretched} {axis:?}");
            }
        }
    }
}

#[test]
fn the_plane_shows_all_of_the_region_where_it_has_an_end() {
    for (rule, at_least, at_most) in [
        (Rule::None, 2.0, 2.5),
        (Rule::Article, 2.9, 3.6),
        (Rule::HeavyBall, 3.9, 4.7),
        (Rule::Nesterov, 2.0, 2.5),
        (Rule::Averaged, 8.0, 8.0),
    ] {
        let end = plane_end(rule);
        assert!((at_least..=at_most).contains(&end), "{rule:?}: {end}");
    }
}
