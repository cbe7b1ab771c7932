//! Many runs of a surface at once: each comes to what it comes to alone, to the last bit.

use std::collections::HashMap;
use std::sync::Arc;

use nnmom_tutor::command::{Scope, Until};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Abreast, Convention, Model, Rule, Settings};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{
    Axis, Condition, End, Finish, Stand, State, Stop, Sweep, Swept, Timeline, Trial, train,
};
use nnmom_tutor::watch::{Halt, Watch};
use proptest::prelude::*;

use crate::support::depth::cases;

fn lesson(loss: &str, start: &str, more: &str) -> Arc<Lesson> {
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss:?}\n    start: {start}\n{more}\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    );
    Arc::new(Lesson::parse("x", source.as_bytes()).unwrap_or_else(|error| panic!("{error}")))
}

/// Formulas with every operation there is, and places to start from.
const SURFACES: [(&str, &str); 18] = [
    ("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}"),
    ("(1 - x)^2 + 100*(y - x^2)^2", "{x: -1.2, y: 1}"),
    ("x^4 - 2*x^2 + sin(3*x) + y^2", "{x: -1.2, y: 1}"),
    ("x^2", "{x: 3}"),
    ("abs(x) + max(y, -y)/3", "{x: 1, y: -2}"),
    ("sqrt(x^2)", "{x: 1}"),
    ("x - log(x)", "{x: 3}"),
    ("x + sqrt(sign(x))", "{x: 1}"),
    (
        "1/(1 + exp(-2*x)) + tanh(y)^2 - cos(x*y)/4",
        "{x: 1, y: -1}",
    ),
    ("min(x^2, y^2) + max(x, 0.25)*0.125", "{x: 1.5, y: -2}"),
    ("(1 + x^2)^y + 2^x + y^2", "{x: 0.5, y: 1}"),
    ("x^0.5 + x^(-1) + x^1 + x^0 + x^3 + x^5", "{x: 2}"),
    (
        "-(a*b*c)/(1 + a^2 + b^2 + c^2) - (-a)",
        "{a: 1, b: 2, c: -1}",
    ),
    (
        "a^2 + b^2 + c^2 + d^2 + k*a - 2*b",
        "{a: 1, b: 2, c: -1, d: 0, k: 4}",
    ),
    ("3 + 0*x", "{x: 1}"),
    ("x*y", "{x: 1e-300, y: 1e-20}"),
    ("1/x - 1/y + 1e200*x^2", "{x: 1, y: 2}"),
    ("sign(sqrt(x)) + x^2*0.5", "{x: 1}"),
];

/// What runs are to come to; the last cannot be asked of many at once.
const CONDITIONS: [&str; 7] = [
    "loss < 0.01",
    "step >= 77",
    "epoch == 1 and loss > 1e10",
    "step > 20 and loss < 1",
    "loss != loss",
    "not (loss > 0)",
    "change < 0 and step > 3",
];

/// The same runs one by one.
fn one_by_one(sweep: &Sweep, model: &Model, condition: Option<&Condition>) -> Vec<Finish> {
    let alone = |cell| {
        let state = State {
            settings: sweep.settings(cell),
            ..sweep.start.clone()
        };
        let trial = Trial::new(model, state);
        trial.run(sweep.most, condition, &mut |_| true).unwrap()
    };
    (0..sweep.cells()).map(alone).collect()
}

/// What tells one outcome from another, to the last bit.
fn bits(finish: &[Finish]) -> Vec<(End, u64, Option<u64>)> {
    let bits = |finish: &Finish| (finish.end, finish.step, finish.loss.map(f64::to_bits));
    finish.iter().map(bits).collect()
}

fn values(low: f64, high: f64, count: usize) -> Vec<f64> {
    let at = |n| low + (high - low) * (n as f64 / count as f64);
    (0..count).map(at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    #[test]
    fn every_run_of_many_is_the_run_alone(
        surface in prop::sample::select(SURFACES.to_vec()),
        rule in prop::sample::select(Rule::ALL.to_vec()),
        swept in prop::sample::select(vec![
            vec![Swept::LearningRate], vec![Swept::Momentum], vec![Swept::LearningRate, Swept::Momentum],
        ]),
        counts in [1..=Abreast::RUNS + 1, 1..=4_usize],
        fastest in prop_oneof![0.002..0.1, 0.1..1.0, 1.0..10.0_f64],
        most in prop_oneof![0..200_u64, 200..1_500_u64],
        condition in prop::option::of(prop::sample::select(CONDITIONS.to_vec())),
        remembers in any::<bool>(),
        threads in 1..=2_usize,
    ) {
        let (loss, start) = surface;
        let first = start.trim_start_matches('{').split(':').next().unwrap();
        let more = format!("    previous_delta: {{{first}: 0.125}}\n");
        let lesson = lesson(loss, start, if remembers { &more } else { "" });
        let model = &lesson.model;
        let axis = |(swept, count): (&Swept, usize)| Axis {
            swept: *swept,
            values: match swept {
                Swept::LearningRate => values(1e-3, fastest, count),
                Swept::Momentum => (0..count).map(|n| 1.05 * n as f64 / count as f64).collect(),
            },
        };
        let sweep = Sweep {
            start: State::start(model, Settings::new(rule, 0.05, 0.6), None),
            axes: swept.iter().zip(counts).map(axis).collect(),
            most,
        };
        let phrase = condition.map(|text| Session::unopened(Arc::clone(&lesson)).condition(text).unwrap());
        let scope = Scope { focus: 0, convention: Convention::Add };
        let until = phrase.as_ref().map(|phrase| Until::new(scope, phrase, model));
        let condition = until.as_ref().map(|until| until as &Condition);
        let expected = one_by_one(&sweep, model, condition);

        // What is counted is what is made.
        let work = expected.iter().map(|finish| finish.step).sum::<u64>() * model.work();
        let within = |work| {
            let watch = Watch::default();
            watch.within(work, || sweep.run_on(threads, model, condition, &watch))
        };
        let (made, halt) = within(work);
        prop_assert_eq!(halt, None);
        prop_assert_eq!(bits(&made.unwrap()), bits(&expected));
        if work > 0 {
            prop_assert_eq!(within(work - 1), (None, Some(Halt::Spent)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    /// Where variables have nothing to do with one another, each of them is trained by itself.
    #[test]
    fn a_long_stretch_is_as_many_single_updates(
        surface in prop::sample::select(SURFACES.to_vec()),
        rule in prop::sample::select(Rule::ALL.to_vec()),
        rate in prop_oneof![0.002..0.1, 0.1..1.0_f64],
        momentum in 0.0..0.99_f64,
        stretches in prop::collection::vec(1..1_500_u64, 1..4),
    ) {
        let lesson = lesson(surface.0, surface.1, "");
        let model = &lesson.model;
        let mut state = State::start(model, Settings::new(rule, rate, momentum), None);
        let mut trial = Trial::new(model, state.clone());
        for stretch in stretches {
            let last = state.step + stretch;
            if !train(model, &mut state, last) {
                break;
            }
            while trial.stand().state.step < last {
                trial.update().unwrap();
            }
            prop_assert_eq!(&state, trial.stand().state);
            let bits = |state: &State| state.weights.iter().map(|one| one.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&state), bits(trial.stand().state));
        }
    }
}

#[test]
fn variables_that_have_nothing_to_do_with_one_another_are_found() {
    for (loss, start, expected) in [
        (
            "0.05*x^2 + 1.5*y^2 - 3",
            "{x: 1, y: 1}",
            vec![vec![0], vec![1]],
        ),
        (
            "a*b - c^2 + sin(a)",
            "{a: 1, b: 1, c: 1}",
            vec![vec![0, 1], vec![2]],
        ),
        (
            "a*b - c^2 + sin(c - b)",
            "{a: 1, b: 1, c: 1}",
            vec![vec![0, 1, 2]],
        ),
        ("(a + b)^2", "{a: 1, b: 1}", vec![vec![0, 1]]),
        // Its loss is as large wherever it is.
        ("a + b + 1e305", "{a: 1, b: 1}", vec![vec![0, 1]]),
    ] {
        let lesson = lesson(loss, start, "");
        let apart = lesson.model.surface().unwrap().apart();
        let mut groups: Vec<Vec<usize>> =
            apart.iter().map(|one| one.variables().to_vec()).collect();
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort();
        assert_eq!(groups, expected, "{loss}");
    }
}

#[test]
fn where_a_run_cannot_go_on_is_found_in_a_change_that_leaves_all_else_as_it_may_be() {
    // Twice 1e308 is too large for a double, and -1.5e308 and twice 1e308 are not.
    let lesson = lesson("-x", "{x: -1.5e308}", "    previous_delta: {x: 1e308}\n");
    let sweep = Sweep {
        start: State::start(
            &lesson.model,
            Settings::new(Rule::Article, 1e308, 0.0),
            None,
        ),
        axes: vec![Axis {
            swept: Swept::Momentum,
            values: vec![0.0, 1.0],
        }],
        most: 1,
    };
    let made = sweep.run(&lesson.model, None, &Watch::default()).unwrap();
    let quantity = "change";
    let stop = Stop::Overflow { step: 0, quantity };
    assert_eq!((made[1].end, made[1].step), (End::Stopped(stop), 0));
    assert_eq!((made[0].end, made[0].step), (End::Unreached, 1));
}

#[test]
fn a_slope_that_many_at_once_do_not_know_does_not_end_a_run() {
    // At 0 the square root is infinitely steep, and what is in it stands still.
    let lesson = lesson("sqrt(x^2)", "{x: 1}", "");
    let sweep = Sweep {
        start: State::start(&lesson.model, Settings::new(Rule::None, 0.0, 0.0), None),
        axes: vec![Axis {
            swept: Swept::LearningRate,
            values: vec![0.25, 0.3],
        }],
        most: 1_000,
    };
    let made = sweep.run(&lesson.model, None, &Watch::default()).unwrap();
    assert_eq!(
        (made[0].end, made[0].step, made[0].loss),
        (End::Unreached, 1_000, Some(0.0))
    );
    assert_eq!(made, one_by_one(&sweep, &lesson.model, None));
}

/// The place of a run after so many updates, and how many lead from where it then goes round to where it is again; by a
/// look at every place.
fn round(model: &Model, settings: Settings) -> (HashMap<u64, Vec<u64>>, u64, u64) {
    let mut trial = Trial::new(model, State::start(model, settings, None));
    let (mut places, mut steps) = (HashMap::new(), HashMap::new());
    let rule = settings.rule;
    loop {
        let state = trial.stand().state.clone();
        let memories = state.memories.read_all(rule, settings.learning_rate);
        let place = state.weights.iter().chain(&*memories);
        let place: Vec<u64> = place.map(|number| number.to_bits()).collect();
        places.insert(state.step, place[..state.weights.len()].to_vec());
        if let Some(before) = steps.insert(place, state.step) {
            return (places, before, state.step - before);
        }
        trial.update().unwrap();
    }
}

#[test]
fn a_run_that_goes_round_is_where_it_would_be_after_all_its_rounds() {
    let mut longest = 0;
    for (loss, start, rule, rate, momentum) in [
        ("0.5*x^2", "{x: 3}", Rule::None, 0.9, 0.0),
        ("0.5*x^2", "{x: 3}", Rule::HeavyBall, 0.9, 0.1),
        ("0.5*x^2", "{x: 3}", Rule::HeavyBall, 0.3, 0.6),
        ("1.5*x^2", "{x: 3}", Rule::HeavyBall, 0.05, 0.7),
        ("0.5*x^2", "{x: 3}", Rule::Article, 0.7, 0.5),
        ("0.5*x^2", "{x: 3}", Rule::Nesterov, 1.2, 0.2),
        ("0.5*x^2", "{x: 3}", Rule::PyTorch, 0.6, 0.65),
        ("0.5*x^2", "{x: 3}", Rule::Averaged, 0.9, 0.6),
        (
            "0.5*x^2 + 0.75*y^2",
            "{x: 3, y: 1}",
            Rule::HeavyBall,
            0.5,
            0.5,
        ),
        ("abs(x)", "{x: 0.3}", Rule::None, 0.25, 0.0),
    ] {
        let lesson = lesson(loss, start, "");
        let model = &lesson.model;
        let settings = Settings::new(rule, rate, momentum);
        let (places, begins, round) = round(model, settings);
        longest = round.max(longest);
        let surface = model.surface().unwrap();
        // The first time that it is there.
        let once = |step: u64| match step.checked_sub(begins) {
            Some(beyond) => begins + beyond % round,
            None => step,
        };
        for last in [
            begins,
            begins + round - 1,
            100_003,
            1_000_000_000_000,
            u64::MAX,
        ] {
            let mut state = State::start(model, settings, None);
            assert!(train(model, &mut state, last));
            let weights: Vec<u64> = state
                .weights
                .iter()
                .map(|weight| weight.to_bits())
                .collect();
            assert_eq!(
                (state.step, &weights),
                (last, &places[&once(last)]),
                "{loss} {rule:?}"
            );
            if last < 1_000_000 {
                let mut timeline = Timeline::new(Arc::clone(model), settings);
                timeline.run_mut().reach(last).unwrap();
                let run = timeline.run();
                assert_eq!(run.state(last), state, "{loss} {rule:?}");
                for kept in run.landmarks(last) {
                    let weights: Vec<u64> = kept.weights.iter().map(|it| it.to_bits()).collect();
                    assert_eq!(weights, places[&once(kept.step)], "{loss} {}", kept.step);
                }
            }
            let sweep = Sweep {
                start: State::start(model, settings, None),
                axes: vec![Axis {
                    swept: Swept::Momentum,
                    values: vec![momentum; 3],
                }],
                most: last,
            };
            let expected = Finish {
                end: End::Unreached,
                step: last,
                loss: Some(surface.loss(&state.weights)),
            };
            let made = sweep.run(model, None, &Watch::default()).unwrap();
            assert_eq!(bits(&made), bits(&[expected; 3]), "{loss} {rule:?} {last}");
        }
    }
    // Not all of them stand still in the end.
    assert!(longest > 10, "{longest}");
}

#[test]
fn a_run_that_goes_round_comes_to_what_counts_updates() {
    let lesson = lesson("0.5*x^2", "{x: 3}", "");
    let settings = Settings::new(Rule::HeavyBall, 0.9, 0.1);
    let sweep = Sweep {
        start: State::start(&lesson.model, settings, None),
        axes: vec![Axis {
            swept: Swept::Momentum,
            values: vec![0.1, 0.2],
        }],
        most: 1_000_000,
    };
    let session = Session::unopened(Arc::clone(&lesson));
    let made = |text: &str| {
        let phrase = session.condition(text).unwrap();
        let scope = Scope {
            focus: 0,
            convention: Convention::Add,
        };
        let until = Until::new(scope, &phrase, &lesson.model);
        let made = sweep.run(&lesson.model, Some(&until), &Watch::default());
        made.unwrap()
            .iter()
            .map(|finish| finish.end)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        made("loss == 0 and step >= 20000"),
        [End::Reached(20_000); 2]
    );
    assert_eq!(made("loss < 0"), [End::Unreached; 2]);
}

#[test]
fn a_condition_is_asked_with_what_a_run_alone_would_show() {
    // Any closure may be one; it sees the state, the updates and the loss.
    let lesson = lesson(SURFACES[0].0, SURFACES[0].1, "");
    let sweep = Sweep {
        start: State::start(&lesson.model, Settings::new(Rule::Article, 0.1, 0.5), None),
        axes: vec![Axis {
            swept: Swept::LearningRate,
            values: values(0.01, 0.7, 20),
        }],
        most: 300,
    };
    let turned = |stand: &Stand, _: &mut dyn FnMut(u64) -> bool| {
        stand.updates[1].after * stand.updates[1].before < 0.0 && stand.state.step > 4
    };
    let made = sweep
        .run(&lesson.model, Some(&turned), &Watch::default())
        .unwrap();
    assert_eq!(made, one_by_one(&sweep, &lesson.model, Some(&turned)));
    assert!(
        made.iter()
            .any(|finish| matches!(finish.end, End::Reached(_)))
    );
}
