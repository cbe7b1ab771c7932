//! Sweeps and comparisons: every run of them is the run that the learner would make.

use std::sync::Arc;

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Model, Rule, ScriptedWeight, Settings};
use nnmom_tutor::pictures::shade;
use nnmom_tutor::timeline::{
    Axis, Comparison, Course, End, Finish, Stand, State, Stop, Sweep, Swept, Timeline, Trial,
};
use nnmom_tutor::watch::{Halt, Watch};
use proptest::prelude::*;

use crate::support::waiting::stopping_after;

fn surface(loss: &str, start: &str) -> Arc<Model> {
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss}\n    start: {start}\n\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    );
    Lesson::parse("x", source.as_bytes()).unwrap().model
}

fn ravine() -> Arc<Model> {
    surface("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}")
}

fn settings(rule: Rule, learning_rate: f64, momentum: f64) -> Settings {
    Settings::new(rule, learning_rate, momentum)
}

fn sweep(model: &Model, settings: Settings, most: u64) -> Sweep {
    let axis = |swept, values: &[f64]| Axis {
        swept,
        values: values.to_vec(),
    };
    Sweep {
        start: State::start(model, settings, None),
        axes: vec![
            axis(Swept::LearningRate, &[0.01, 0.1, 0.3, 0.6, 0.9]),
            axis(Swept::Momentum, &[0.0, 0.5, 0.9, 0.99]),
        ],
        most,
    }
}

fn low(stand: &Stand, _goes_on: &mut dyn FnMut(u64) -> bool) -> bool {
    stand.loss.is_some_and(|loss| loss < 0.01)
}

/// The run that somebody makes who sets these and runs until the loss is low.
fn by_hand(model: &Arc<Model>, settings: Settings, most: u64) -> Finish {
    let mut timeline = Timeline::new(Arc::clone(model), settings);
    let loss = |weights: &[f64]| {
        let loss = model.metrics(weights)?.loss;
        loss.is_finite().then_some(loss)
    };
    let mut is_low = false;
    let stopped = timeline.run_mut().reach_until(most, |_, state| {
        is_low = loss(&state.weights).is_some_and(|loss| loss < 0.01);
        is_low
    });
    let step = timeline.run().reached();
    let end = match stopped {
        _ if is_low => End::Reached(step),
        Ok(()) => End::Unreached,
        Err(stop) => End::Stopped(stop),
    };
    Finish {
        end,
        step,
        loss: loss(&timeline.run().state(step).weights),
    }
}

#[test]
fn every_cell_is_the_single_run_it_stands_for() {
    let models = [
        ravine(),
        surface("x - log(x)", "{x: 3}"),
        surface("(1 - x)^2 + 100*(y - x^2)^2", "{x: -1.2, y: 1}"),
    ];
    for model in models {
        for rule in Rule::ALL {
            let sweep = sweep(&model, settings(rule, 0.1, 0.0), 600);
            let cells = sweep.run(&model, Some(&low), &Watch::default()).unwrap();
            assert_eq!(cells.len(), 20);
            for (cell, outcome) in cells.iter().enumerate() {
                let settings = sweep.settings(cell);
                assert_eq!(settings.rule, rule);
                assert_eq!(*outcome, by_hand(&model, settings, 600), "{settings:?}");
            }
        }
    }
}

#[test]
fn cells_go_row_by_row() {
    let model = ravine();
    let sweep = sweep(&model, settings(Rule::Article, 0.1, 0.0), 1);
    let at = |cell| {
        let settings = sweep.settings(cell);
        (settings.learning_rate, settings.momentum)
    };
    assert_eq!(
        [at(0), at(1), at(4), at(19)],
        [(0.01, 0.0), (0.01, 0.5), (0.1, 0.0), (0.9, 0.99)]
    );
}

#[test]
fn outcomes_do_not_depend_on_the_number_of_threads() {
    let model = ravine();
    let sweep = sweep(&model, settings(Rule::HeavyBall, 0.1, 0.0), 300);
    let on = |threads| sweep.run_on(threads, &model, Some(&low), &Watch::default());
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(7));
}

#[test]
fn a_sweep_tells_how_far_it_is_and_can_be_given_up() {
    let model = ravine();
    let sweep = sweep(&model, settings(Rule::HeavyBall, 0.1, 0.0), 300);
    let watch = Watch::default();
    assert!(sweep.run(&model, None, &watch).is_some());

    // While runs without an end are under way.
    let endless = Sweep {
        most: u64::MAX,
        ..sweep
    };
    let (watch, seen) = stopping_after(3);
    assert_eq!(watch.during(|| endless.run(&model, None, &watch)), None);
    assert_eq!(seen.borrow().len(), 3);
    // However long a run takes, it is seen that something moves.
    let updates = |told: &String| -> u64 {
        let (_, updates) = told.split_once(" of 20 runs and ").expect("it is told");
        let updates = updates.strip_suffix(" updates made").expect("and how many");
        updates.parse().unwrap()
    };
    assert!(
        seen.borrow().iter().map(updates).is_sorted_by(|a, b| a < b),
        "{seen:?}"
    );

    // What is bounded comes to its end or to nothing, however many threads there are.
    let work = 20 * 300 * model.work();
    let sweep = Sweep {
        most: 300,
        ..endless
    };
    watch.forget_watcher();
    for threads in [1, 3] {
        let run = || sweep.run_on(threads, &model, None, &watch);
        let watch = &watch;
        let (made, halt) = watch.during(|| watch.within(work, run));
        assert_eq!((made.is_some(), halt), (true, None));
        let (made, halt) = watch.during(|| watch.within(work - 1, run));
        assert_eq!((made, halt), (None, Some(Halt::Spent)));
    }
}

#[test]
fn given_gradients_end_and_have_no_loss() {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.5,
        downhill: vec![1.0, 2.0],
        loss: None,
    });
    let sweep = sweep(&model, settings(Rule::Article, 0.1, 0.0), 600);
    let cell = sweep.run(&model, None, &Watch::default()).unwrap()[1];
    let end = End::Stopped(Stop::End { updates: 2 });
    assert_eq!(
        cell,
        Finish {
            end,
            step: 2,
            loss: None
        }
    );
}

#[test]
fn without_a_loss_or_a_goal_no_run_is_the_best() {
    let lesson = Arc::new(Lesson::open("momentum").unwrap());
    let mut session = nnmom_tutor::session::Session::new(lesson).unwrap();
    let mut said = |line: &str| format!("{:?}", session.run_line(line).unwrap());
    let swept = said("sweep momentum 0..0.9/3");
    assert!(
        swept.contains("3 runs made. None has a loss to compare"),
        "{swept}"
    );
    assert!(!swept.contains("best"), "{swept}");
    let shown = said("sweep");
    assert!(!shown.contains("Loss after"), "{shown}");
    let swept = said("sweep momentum 0..0.9/3 until step >= 1");
    assert!(swept.contains("The best: "), "{swept}");
}

#[test]
fn a_comparison_runs_in_lock_step_until_all_have_come_to_something() {
    let model = ravine();
    let variants = [0.0, 0.5, 0.9].map(|momentum| settings(Rule::HeavyBall, 0.3, momentum));
    let start = State::start(&model, variants[0], None);
    let mut comparison = Comparison::new(&model, &start, &variants);
    comparison.run(&model, 1_000, Some(&low), &Watch::default());
    assert!(comparison.is_over());
    let steps: Vec<u64> = comparison.courses().iter().map(Course::step).collect();
    assert!(steps.iter().all(|step| *step == steps[0]));
    for (course, variant) in comparison.courses().iter().zip(variants) {
        let alone = by_hand(&model, variant, 1_000);
        assert_eq!(course.settings(), variant);
        assert_eq!(course.finish(&mut |_| true).end, alone.end);
        let way = way(&model, variant, steps[0]);
        assert_eq!(way[0], [-9.0, 2.0]);
        let end = model.surface().unwrap().loss(&way[steps[0] as usize]);
        assert_eq!(course.finish(&mut |_| true).loss, Some(end));
    }
    // Claim 6 of the article: momentum is faster in a ravine.
    let reached = |index: usize| match comparison.courses()[index].finish(&mut |_| true).end {
        End::Reached(step) => step,
        other @ (End::Unreached | End::Stopped(_)) => panic!("{other:?}"),
    };
    assert!(reached(1) < reached(0), "{} {}", reached(1), reached(0));
}

#[test]
fn variants_that_diverge_stay_where_they_stopped() {
    let model = surface("x^2", "{x: 1}");
    let variants = [
        settings(Rule::None, 1.5, 0.0),
        settings(Rule::None, 0.1, 0.0),
    ];
    let start = State::start(&model, variants[0], None);
    let mut comparison = Comparison::new(&model, &start, &variants);
    comparison.run(&model, 700, None, &Watch::default());
    let [diverged, settled] = comparison.courses() else {
        panic!("two")
    };
    assert_eq!(diverged.step(), 512);
    assert_eq!(
        diverged.finish(&mut |_| true).end,
        End::Stopped(Stop::Overflow {
            step: 512,
            quantity: "loss"
        })
    );
    assert_eq!(
        (settled.step(), settled.finish(&mut |_| true).end),
        (700, End::Unreached)
    );
    assert_eq!(diverged.largest_change(), 1.5 * 2.0_f64.powi(512));
    assert_eq!(settled.largest_change(), 0.2);
}

/// How often each weight has crossed its minimum after so many updates, and the way there.
fn crossings(model: &Model, settings: Settings, updates: u64) -> (Vec<u64>, Vec<Vec<f64>>) {
    let start = State::start(model, settings, None);
    let mut comparison = Comparison::new(model, &start, &[settings]);
    comparison.run(model, updates, None, &Watch::default());
    let crossed = comparison.courses()[0].overshoots().to_vec();
    (crossed, way(model, settings, updates))
}

/// The weights before the first of so many updates and after each.
fn way(model: &Model, settings: Settings, updates: u64) -> Vec<Vec<f64>> {
    let mut trial = Trial::new(model, State::start(model, settings, None));
    let mut way = vec![trial.stand().state.weights.clone()];
    for _ in 0..updates {
        trial.update().unwrap();
        way.push(trial.stand().state.weights.clone());
    }
    way
}

/// On x^2 every plain update with a rate between 0.5 and 1 ends on the other side of 0; below 0.5 none does.
#[test]
fn overshoots_are_updates_that_end_on_the_other_side() {
    let model = surface("x^2", "{x: 1}");
    let overshoots = |rate| crossings(&model, settings(Rule::None, rate, 0.0), 20).0;
    assert_eq!(overshoots(0.8), [20]);
    assert_eq!(overshoots(0.4), [0]);
}

#[test]
fn a_weight_that_stood_in_its_minimum_before_it_went_on_has_crossed_it() {
    let model = surface("x^2", "{x: 8}");
    let (crossed, path) = crossings(&model, settings(Rule::HeavyBall, 0.5, 0.25), 3);
    assert_eq!(path, [[8.0], [0.0], [-2.0], [-0.5]]);
    assert_eq!(crossed, [1]);
}

#[test]
fn a_hilltop_is_no_minimum() {
    let model = surface("(x^2-1)^2", "{x: -1.9}");
    let (crossed, path) = crossings(&model, settings(Rule::HeavyBall, 0.02, 0.9), 12);
    let hills = path
        .windows(2)
        .filter(|pair| pair[0][0] < 0.0 && pair[1][0] > 0.0);
    assert_eq!(hills.count(), 1, "{path:?}");
    let minima = path
        .windows(2)
        .filter(|pair| (pair[0][0].abs() - 1.0) * (pair[1][0].abs() - 1.0) < 0.0);
    assert_eq!(crossed, [minima.count() as u64], "{path:?}");
}

#[test]
fn only_a_surface_has_minima_to_cross() {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.0,
        downhill: vec![1.0, -1.0],
        loss: None,
    });
    assert!(
        crossings(&model, settings(Rule::None, 0.1, 0.0), 2)
            .0
            .is_empty()
    );
}

proptest! {
    #[test]
    fn in_a_ravine_overshoots_are_changes_of_side_of_each_weight(
        rule in prop::sample::select(Rule::ALL.to_vec()), eta in 0.01..0.7_f64, mu in 0.0..0.95_f64,
    ) {
        let (crossed, path) = crossings(&ravine(), settings(rule, eta, mu), 200);
        for (axis, crossed) in crossed.into_iter().enumerate() {
            let places: Vec<f64> = path.iter().map(|at| at[axis]).filter(|at| *at != 0.0).collect();
            let sides = places.windows(2).filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0));
            prop_assert_eq!(crossed, sides.count() as u64);
        }
    }
}

#[test]
fn shades_go_from_the_best_to_the_worst_by_ratios() {
    let shades = [1.0, 3.0, 10.0, 90.0, 1e5].map(|value| shade(value, [1.0, 1e5]));
    assert_eq!(shades, [0, 0, 1, 1, 4]);
    assert_eq!(shade(7.0, [7.0, 7.0]), 0);
    assert_eq!([-1.0, 0.0, 1.0].map(|v| shade(v, [-1.0, 1.0])), [0, 2, 4]);
}
