//! Lessons whose loss is a formula: reading them, and the runs they make.

use std::sync::Arc;

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Interval, Rule, Settings};
use nnmom_tutor::timeline::{State, Stop, Timeline, train};

/// A lesson with this `surface:`, one field a line.
fn lesson(surface: &str) -> Lesson {
    let fields: Vec<String> = surface
        .lines()
        .map(|line| format!("    {}\n", line.trim()))
        .collect();
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n{}training:\n  learning_rate: 0.1\n  momentum: 0.9\n\
         pages:\n  - title: One\n    text: Hello.\n",
        fields.concat()
    );
    Lesson::parse("x", source.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn timeline(surface: &str, settings: Settings) -> Timeline {
    Timeline::new(Arc::clone(&lesson(surface).model), settings)
}

fn settings(rule: Rule, learning_rate: f64, momentum: f64) -> Settings {
    Settings::new(rule, learning_rate, momentum)
}

const RAVINE: &str = "loss: 0.05*x^2 + 1.5*y^2
                      start: {x: -9, y: 2}
                      view: {x: [-10, 10], y: [-3, 3]}";

#[test]
fn a_lesson_may_have_a_surface() {
    let lesson = lesson(RAVINE);
    let surface = lesson.model.surface().unwrap();
    assert_eq!(surface.text(), "0.05*x^2 + 1.5*y^2");
    assert_eq!(lesson.model.parameters(), ["x", "y"]);
    assert_eq!(surface.start(), [-9.0, 2.0]);
    let shown = Interval {
        low: -3.0,
        high: 3.0,
    };
    assert_eq!(surface.view()[1], Some(shown));
    assert_eq!(lesson.model.updates(), None);
    assert_eq!(surface.hessian(&[-9.0, 2.0]), [[0.1, 0.0], [0.0, 3.0]]);
    let metrics = lesson.model.metrics(&[-9.0, 2.0]).unwrap();
    assert_eq!((metrics.loss, metrics.mse), (0.05 * 81.0 + 6.0, None));
}

#[test]
fn variables_keep_the_order_of_the_file() {
    let lesson = lesson("loss: b^2 + a^2 + c\nstart: {c: 3, a: 1, b: 2}\nview: {a: [0, 2]}");
    assert_eq!(lesson.model.parameters(), ["c", "a", "b"]);
    let surface = lesson.model.surface().unwrap();
    assert_eq!(surface.start(), [3.0, 1.0, 2.0]);
    assert_eq!(surface.view()[0], None);
}

/// Willamette University, CS449: E = w^2 from w = 10 with rate 0.8.
#[test]
fn a_parabola_goes_as_it_is_published() {
    for (rule, momentum, expected) in [
        (Rule::None, 0.0, ["10.00", "-6.00", "3.60", "-2.16"]),
        (Rule::HeavyBall, 0.1, ["10.00", "-6.00", "2.00", "-0.40"]),
    ] {
        let mut timeline = timeline("loss: w^2\nstart: {w: 10}", settings(rule, 0.8, momentum));
        timeline.run_mut().reach(3).unwrap();
        let weights = [0, 1, 2, 3].map(|step| timeline.run().state(step).weights[0]);
        assert_eq!(weights.map(|weight| format!("{weight:.2}")), expected);
        let record = timeline.run().record(0).unwrap();
        assert_eq!(
            (record.error, record.updates[0].downhill),
            (Some(100.0), -20.0)
        );
    }
}

#[test]
fn a_long_stretch_has_the_numbers_of_single_updates() {
    let settings = settings(Rule::Nesterov, 0.002, 0.9);
    let surface = "loss: (1 - x)^2 + 100*(y - x^2)^2\nstart: {x: -1.2, y: 1}";
    let mut timeline = timeline(surface, settings);
    for step in 1..=3_000 {
        timeline.run_mut().reach(step).unwrap();
    }
    let model = Arc::clone(&lesson(surface).model);
    let mut state = State::start(&model, settings, None);
    assert!(train(&model, &mut state, 3_000));
    assert_eq!(state, timeline.run().state(3_000));
}

#[test]
fn a_run_that_diverges_stops_and_says_where() {
    let mut timeline = timeline("loss: x^2\nstart: {x: 1}", settings(Rule::None, 1.5, 0.0));
    let stop = timeline.run_mut().reach(100_000).unwrap_err();
    let reached = timeline.run().reached();
    // |x| doubles with every update: after 511 its square is 2^1022, and the next one 2^1024 is too large.
    assert_eq!(
        (reached, stop),
        (
            512,
            Stop::Overflow {
                step: 512,
                quantity: "loss"
            }
        )
    );
    assert_eq!(timeline.run().state(reached).weights[0], 2.0_f64.powi(512));
}

#[test]
fn a_run_stops_where_the_formula_has_no_value() {
    let mut timeline = timeline(
        "loss: x - log(x)\nstart: {x: 3}",
        settings(Rule::None, 5.0, 0.0),
    );
    let stop = timeline.run_mut().reach(10_000).unwrap_err();
    assert!(
        matches!(
            stop,
            Stop::Undefined {
                quantity: "loss",
                ..
            }
        ),
        "{stop:?}"
    );
    let reached = timeline.run().reached();
    assert!(timeline.run().state(reached).weights[0] < 0.0);
    assert_eq!(
        stop.to_string(),
        format!(
            "update {} is not made: the loss is no number at the place the run has come to",
            reached + 1
        )
    );
}

#[test]
fn a_loss_without_a_number_is_seen_though_its_slope_has_one() {
    let surface = "loss: x + sqrt(sign(x))\nstart: {x: 1}";
    let mut timeline = timeline(surface, settings(Rule::None, 0.3, 0.0));
    let stop = timeline.run_mut().reach(10_000).unwrap_err();
    let quantity = "loss";
    assert_eq!(stop, Stop::Undefined { step: 4, quantity });
}

#[test]
fn the_slope_is_written_out_for_each_variable() {
    use nnmom_tutor::explain::{expression, number};
    let lesson = lesson(RAVINE);
    let surface = lesson.model.surface().unwrap();
    let written = |variable| {
        let names = |index: &usize| surface.names()[*index].clone();
        let leaves = expression::Leaves {
            number: &number::exact,
            decimal: Decimal::Point,
            name: &names,
        };
        expression::write(&surface.slope(variable).unwrap(), &leaves)
    };
    assert_eq!([written(0), written(1)], ["0.1*x", "3*y"]);
}

#[test]
fn rows_of_a_view_are_spaced_evenly_with_exact_ends() {
    let interval = Interval {
        low: 0.0,
        high: 0.95,
    };
    assert_eq!(interval.at(0, 20), 0.0);
    assert_eq!(interval.at(19, 20), 0.95);
    assert_eq!(interval.at(10, 20), 0.95 * (10.0 / 19.0));
    assert_eq!(interval.at(0, 1), 0.0);
}
