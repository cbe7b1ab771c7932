//! What surfaces look like: their minima, the part worth looking at, and lines of equal loss.

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::contour::{Grid, curve};
use nnmom_tutor::math::{Interval, Surface, minima, region, valley};
use proptest::prelude::*;

use crate::support::depth::cases;

fn surface(loss: &str, start: &str) -> Surface {
    surface_with(loss, start, "")
}

fn surface_with(loss: &str, start: &str, view: &str) -> Surface {
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss}\n    start: {start}\n{view}\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    );
    let lesson = Lesson::parse("x", source.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    lesson.model.surface().unwrap().clone()
}

fn interval(low: f64, high: f64) -> Interval {
    Interval { low, high }
}

/// The places of the minima within some distance of 0, rounded for comparison.
fn places(surface: &Surface, far: f64) -> Vec<Vec<f64>> {
    let window = vec![interval(-far, far); surface.names().len()];
    let round = |place: &f64| (place * 1e5).round() / 1e5;
    let found = minima(surface, &window);
    found
        .iter()
        .map(|minimum| minimum.point.iter().map(round).collect())
        .collect()
}

#[test]
fn minima_of_known_surfaces_are_found_lowest_first() {
    for (loss, start, expected) in [
        ("x^2", "{x: 1}", vec![vec![0.0]]),
        ("abs(x - 1)", "{x: 2}", vec![vec![1.0]]),
        (
            "(x^2 - 4)^2 + x",
            "{x: 1}",
            vec![vec![-2.03055], vec![1.96799]],
        ),
        ("x^4", "{x: 1}", vec![vec![0.0]]),
        ("-x^2", "{x: 1}", vec![]),
        ("x", "{x: 1}", vec![]),
        ("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}", vec![vec![0.0, 0.0]]),
        (
            "(1 - x)^2 + 100*(y - x^2)^2",
            "{x: -1.2, y: 1}",
            vec![vec![1.0, 1.0]],
        ),
        (
            "abs(x) + 3*abs(y - 1)",
            "{x: 1, y: 2}",
            vec![vec![0.0, 1.0]],
        ),
        ("x*y", "{x: 1, y: 1}", vec![]),
        (
            "(x^2 - 1)^2 + y^2",
            "{x: 2, y: 1}",
            vec![vec![-1.0, 0.0], vec![1.0, 0.0]],
        ),
        (
            // Himmelblau's function: four minima of 0.
            "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
            "{x: 1, y: 1}",
            vec![
                vec![-3.77931, -3.28319],
                vec![-2.80512, 3.13131],
                vec![3.0, 2.0],
                vec![3.58443, -1.84813],
            ],
        ),
    ] {
        let mut found = places(&surface(loss, start), 5.0);
        if loss.contains("11") {
            found.sort_by(|a, b| a.partial_cmp(b).unwrap());
        }
        assert_eq!(found, expected, "{loss}");
    }
}

#[test]
fn minima_that_are_pressed_together_by_waves_are_all_found() {
    let found = places(&surface("cos(3*x) + 0.01*x^2", "{x: 1}"), 5.0);
    assert_eq!(found.len(), 4, "{found:?}");
    let found = places(
        &surface("cos(3*x) + cos(3*y) + 0.01*(x^2 + y^2)", "{x: 1, y: 1}"),
        5.0,
    );
    assert_eq!(found.len(), 16, "{found:?}");
}

#[test]
fn flat_places_do_not_fill_the_list() {
    assert!(places(&surface("max(x^2, 1)", "{x: 2}"), 5.0).len() <= 1);
    assert!(places(&surface("(x - y)^2", "{x: 2, y: 1}"), 5.0).len() <= 2);
    let found = places(&surface("x^2 + y^2 + z^2", "{x: 2, y: 1, z: 1}"), 5.0);
    assert_eq!(found, [[0.0; 3]]);
}

#[test]
fn a_valley_is_named_by_its_minimum() {
    let surface = surface("(x^2 - 4)^2 + x", "{x: 1}");
    let window = [interval(-5.0, 5.0)];
    let minima = minima(&surface, &window);
    let of = |place: f64| valley(&surface, &window, &minima, &[place]);
    assert_eq!(
        [of(-4.0), of(-0.1), of(0.2), of(3.9)],
        [Some(0), Some(0), Some(1), Some(1)]
    );
    // 4x(x^2 - 4) + 1 is 0 at 0.06256.
    assert_eq!([of(0.0625), of(0.0626)], [Some(0), Some(1)]);
}

/// What is worth looking at where a run has been at these places.
fn window(surface: &Surface, places: &[Vec<f64>]) -> Vec<Interval> {
    let minima = minima(surface, &region(surface));
    nnmom_tutor::math::window(surface, &minima, places)
}

/// Minima are looked for as far on the other side as the start is on its own.
#[test]
fn the_region_of_minima_reaches_beyond_the_lowest() {
    let surface = surface("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}");
    let [x, y] = region(&surface)[..] else {
        panic!("two variables")
    };
    assert!(x.contains(9.0) && y.contains(-2.0), "{x:?} {y:?}");
}

/// The start, the minimum and a margin; nothing of the side behind the minimum, where no run has been.
#[test]
fn a_window_shows_the_start_and_the_minima() {
    let shown = |loss: &str, start: &str| window(&surface(loss, start), &[]);
    for (loss, start, expected) in [
        (
            "0.05*x^2 + 1.5*y^2",
            "{x: -9, y: 2}",
            vec![interval(-10.0, 1.0), interval(-0.7, 2.7)],
        ),
        ("x^2", "{x: 4}", vec![interval(-2.2, 4.6)]),
        ("(x - 3)^2", "{x: 3}", vec![interval(1.8, 4.2)]),
        ("(x^2 - 4)^2 + x", "{x: 3}", vec![interval(-4.8, 3.8)]),
        ("x", "{x: 1}", vec![interval(0.62, 1.38)]),
        (
            "x^2 + 1e6*y^2",
            "{x: 40, y: 0.01}",
            vec![interval(-4.0, 44.0), interval(-0.001, 0.011)],
        ),
        (
            "x^2 + y^2 + z^2",
            "{x: 1, y: 2, z: 4}",
            vec![
                interval(-0.25, 1.25),
                interval(-0.2, 2.2),
                interval(-0.4, 4.4),
            ],
        ),
    ] {
        assert_eq!(shown(loss, start), expected, "{loss}");
    }
}

#[test]
fn a_window_follows_a_path_but_not_into_the_far() {
    let surface = surface("x^2", "{x: 4}");
    let near = window(&surface, &[vec![4.0], vec![-3.0]]);
    assert!(near[0].contains(-3.0) && near[0].contains(4.0), "{near:?}");
    let far = window(&surface, &[vec![4.0], vec![-3.0], vec![1e9]]);
    assert_eq!(near, far);
}

/// A run that goes a little further at each update does not move the axes each time.
#[test]
fn a_window_follows_in_strides() {
    let surface = surface("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}");
    let seen = |x: f64| window(&surface, &[vec![x, 2.0]]);
    assert!(!seen(0.0)[0].contains(4.0));
    assert_eq!(seen(2.4), seen(3.9));
    assert!(seen(3.9)[0].contains(3.9));
}

#[test]
fn what_the_lesson_shows_is_shown() {
    let view = "    view: {y: [-7, 8]}\n";
    let surface = surface_with("x^2 + y^2", "{x: 1, y: 2}", view);
    let window = window(&surface, &[]);
    assert_eq!(window[1], interval(-7.0, 8.0));
    assert!(window[0].contains(0.0) && window[0].contains(1.0));
}

#[test]
fn a_curve_has_its_losses_at_both_ends() {
    let points = curve(&surface("x^2", "{x: 1}"), interval(-2.0, 1.0), 4);
    assert_eq!(points, [[-2.0, 4.0], [-1.0, 1.0], [0.0, 0.0], [1.0, 1.0]]);
}

#[test]
fn contour_lines_of_a_bowl_lie_side_by_side_evenly() {
    let bowl = surface("x^2 + y^2", "{x: 1, y: 1}");
    let grid = Grid::sample(&bowl, [interval(-1.0, 1.0), interval(-1.0, 1.0)], 201, 201);
    let levels = grid.levels(7);
    assert_eq!(levels.len(), 7);
    let radii: Vec<f64> = levels.iter().map(|level| level.sqrt()).collect();
    // A circle of radius r takes pi r^2 of the 4: up to 1 it has the share (k/8)^2 where r = k/8 x 2/sqrt(pi).
    for (number, radius) in radii.iter().enumerate().take(6) {
        let expected = (number + 1) as f64 / 8.0 * 2.0 / std::f64::consts::PI.sqrt();
        assert!((radius - expected).abs() < 0.02, "{radius} {expected}");
    }
}

#[test]
fn contour_lines_lie_where_the_loss_is_their_level() {
    for loss in ["0.05*x^2 + 1.5*y^2", "x*y", "(x^2 - 1)^2 + y^2"] {
        let surface = surface(loss, "{x: 1, y: 1}");
        let grid = Grid::sample(
            &surface,
            [interval(-3.0, 3.0), interval(-2.0, 2.0)],
            121,
            81,
        );
        for level in grid.levels(6) {
            let pieces = grid.contour(level);
            assert!(!pieces.is_empty(), "{loss} {level}");
            for point in pieces.iter().flatten() {
                let found = surface.loss(point);
                assert!(
                    (found - level).abs() < 0.02 * level.abs().max(1.0),
                    "{loss} {level} {found}"
                );
            }
        }
    }
}

#[test]
fn lines_have_no_loose_ends_but_at_the_edge_of_the_window() {
    let surface = surface("x*y + sin(3*x)*cos(2*y)", "{x: 1, y: 1}");
    let grid = Grid::sample(&surface, [interval(-3.0, 3.0), interval(-2.0, 2.0)], 41, 31);
    for level in grid.levels(9) {
        let pieces = grid.contour(level);
        let ends: Vec<[u64; 2]> = pieces
            .iter()
            .flatten()
            .map(|point| point.map(f64::to_bits))
            .collect();
        for point in pieces.iter().flatten() {
            let same = |other: &&[f64; 2]| {
                (other[0] - point[0]).abs() < 1e-9 && (other[1] - point[1]).abs() < 1e-9
            };
            let joined = pieces.iter().flatten().filter(same).count();
            let at_edge =
                (point[0].abs() - 3.0).abs() < 1e-9 || (point[1].abs() - 2.0).abs() < 1e-9;
            assert!(
                joined % 2 == 0 || at_edge,
                "{level} {point:?} {}",
                ends.len()
            );
        }
    }
}

#[test]
fn losses_that_are_no_numbers_are_left_out() {
    let surface = surface("log(x) + y^2", "{x: 1, y: 1}");
    let grid = Grid::sample(&surface, [interval(-1.0, 1.0), interval(-1.0, 1.0)], 21, 21);
    let levels = grid.levels(5);
    assert!(levels.iter().all(|level| level.is_finite()) && levels.is_sorted());
    assert!(levels.iter().all(|level| {
        grid.contour(*level)
            .iter()
            .flatten()
            .all(|point| point[0] >= 0.0)
    }));
    let constant = surface_with("max(x*y, 100)", "{x: 1, y: 1}", "");
    let grid = Grid::sample(&constant, [interval(-1.0, 1.0), interval(-1.0, 1.0)], 5, 5);
    assert!(grid.levels(5).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]
    #[test]
    fn windows_are_finite_and_show_the_start(
        x in -1e6..1e6_f64, y in -1e3..1e3_f64, a in 1e-3..1e3_f64, b in 1e-3..1e3_f64,
    ) {
        let text = format!("{{x: {x}, y: {y}}}");
        let surface = surface(&format!("{a}*x^2 + {b}*(y - 1)^2"), &text);
        let window = window(&surface, &[]);
        prop_assert!(window[0].contains(x) && window[1].contains(y), "{window:?}");
        prop_assert!(window[0].contains(0.0) && window[1].contains(1.0), "{window:?}");
        prop_assert!(window.iter().all(|side| side.width().is_finite() && side.width() > 0.0));
    }
}
