//! Runs walked in both directions, and the branches that changes in the past begin.

use std::collections::HashSet;
use std::sync::Arc;

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Model, Rule, ScriptedWeight, Settings, portable};
use nnmom_tutor::timeline::{Change, Changed, Run, State, Stop, Timeline};

fn timeline() -> Timeline {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 3.56,
        previous_delta: 0.044,
        downhill: vec![2.70, 1.0, -0.5],
        loss: None,
    });
    let settings = Settings::new(Rule::Article, 0.01, 0.5);
    Timeline::new(Arc::new(model), settings)
}

#[test]
fn a_change_ahead_of_everything_seen_stays_on_the_branch() {
    let mut timeline = timeline();
    timeline.run_mut().reach(1).unwrap();
    let changed = timeline.change(1, Change::Momentum(0.9), "momentum=0.9");
    assert_eq!(changed, Changed::Amended);
    assert_eq!(timeline.branches().len(), 1);
}

#[test]
fn a_change_in_the_past_keeps_the_old_branch() {
    let mut timeline = timeline();
    timeline.run_mut().reach(3).unwrap();
    let before = timeline.run().state(3);
    assert_eq!(
        timeline.change(1, Change::Momentum(0.9), "momentum=0.9"),
        Changed::Forked
    );
    assert_eq!(timeline.current().name, "momentum=0.9");
    assert_eq!(timeline.run().reached(), 1);
    timeline.run_mut().reach(3).unwrap();
    assert_ne!(timeline.run().state(3).weights, before.weights);
    assert!(timeline.switch(Timeline::MAIN));
    assert_eq!(timeline.run().state(3), before);
}

#[test]
fn turning_one_value_repeatedly_makes_one_branch() {
    let mut timeline = timeline();
    timeline.run_mut().reach(1).unwrap();
    for (momentum, label) in [(0.6, "momentum=0.6"), (0.7, "momentum=0.7")] {
        timeline.change(0, Change::Momentum(momentum), label);
        timeline.run_mut().reach(1).unwrap();
    }
    assert_eq!(timeline.branches().len(), 2);
    assert_eq!(timeline.current().name, "momentum=0.7");
    timeline.change(0, Change::LearningRate(0.02), "learning_rate=0.02");
    assert_eq!(timeline.current().name, "momentum=0.7,learning_rate=0.02");
}

#[test]
fn setting_what_is_already_so_starts_nothing() {
    let mut timeline = timeline();
    timeline.run_mut().reach(2).unwrap();
    assert_eq!(
        timeline.change(0, Change::Momentum(0.5), "momentum=0.5"),
        Changed::Nothing
    );
    assert_eq!(timeline.branches().len(), 1);
}

/// A run on a scripted weight with so many updates.
fn long(updates: usize) -> Timeline {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.0,
        downhill: (0..updates)
            .map(|i| portable::sin(i as f64 * 0.37))
            .collect(),
        loss: None,
    });
    let settings = Settings::new(Rule::HeavyBall, 0.1, 0.9);
    Timeline::new(Arc::new(model), settings)
}

#[test]
fn every_state_of_a_long_run_is_the_one_walked_through() {
    let updates = 5_000;
    let mut timeline = long(updates);
    let run = timeline.run_mut();
    let mut walked = vec![run.state(0)];
    for step in 1..=updates as u64 {
        run.reach(step).unwrap();
        walked.push(run.state(step));
    }
    assert!(run.landmarks(updates as u64).count() <= 1024);
    for step in [0, 1, 7, 1023, 1024, 1025, 2500, 4999, 5000] {
        assert_eq!(run.state(step), walked[step as usize]);
    }
}

#[test]
fn going_back_from_anywhere_replays_little() {
    let mut timeline = long(200_000);
    timeline.run_mut().reach(200_000).unwrap();
    let run = timeline.run();
    let replays_at_most = |updates: u64| {
        let mut steps = (99_927..100_127).rev();
        let back = || steps.all(|step| run.ready(step).is_ok());
        run.watch().within(updates * run.model().work(), back).0
    };
    // Checkpoints are 256 updates apart: from them alone, each step back would take half of that.
    assert!(replays_at_most(256 + 6 * 200));
    assert!(!replays_at_most(10));
    // What is asked for in any order is still what was walked through.
    let mut walked = long(200_000);
    let states = [0, 5, 99_999, 100_000, 100_001, 199_990, 200_000].map(|step| {
        walked.run_mut().reach(step).unwrap();
        walked.run().state(step)
    });
    for index in [5, 1, 3, 2, 4, 5, 0, 6, 3] {
        assert_eq!(run.state(states[index].step), states[index]);
    }
}

#[test]
fn changes_stay_at_their_step_when_going_back_and_forth() {
    let mut timeline = long(10);
    timeline.run_mut().reach(4).unwrap();
    timeline.change(4, Change::Momentum(0.2), "momentum=0.2");
    timeline.run_mut().reach(8).unwrap();
    let run = timeline.run();
    assert_eq!(run.state(3).settings.momentum, 0.9);
    assert_eq!(run.state(4).settings.momentum, 0.2);
    assert_eq!(run.state(8).settings.momentum, 0.2);
}

#[test]
fn the_run_ends_with_its_gradients() {
    let mut timeline = long(3);
    assert_eq!(timeline.run_mut().reach(5), Err(Stop::End { updates: 3 }));
    assert_eq!(timeline.run().reached(), 3);
    assert_eq!(timeline.run().record(3), Err(Stop::End { updates: 3 }));
}

#[test]
fn a_run_stops_before_its_numbers_stop_being_numbers() {
    let mut timeline = long(5);
    timeline.change(0, Change::LearningRate(f64::MAX), "learning_rate");
    let far = Change::Parameter {
        parameter: 0,
        value: f64::MAX,
    };
    timeline.change(0, far, "w");
    let stop = timeline.run_mut().reach(5).unwrap_err();
    assert!(matches!(stop, Stop::Overflow { .. }), "{stop:?}");
    let run = timeline.run();
    assert!(run.state(run.reached()).weights[0].is_finite());
}

/// A run of a network with two items.
fn epochs_of_two() -> Timeline {
    let text = "title: Two\ntraining: {learning_rate: 0.5, rule: none}\npages: [{title: a, text: b}]\n\
        model:\n  network:\n    layers: [2, 2, 1]\n    output: sigmoid\n    order: shuffled\n    random: {seed: 1}\n    \
        initial: {low: -0.5, high: 0.5}\n    data:\n      rows:\n        - {inputs: [0, 1], targets: [1]}\n        \
        - {inputs: [1, 1], targets: [0]}\n";
    let lesson = Lesson::parse("two.yaml", text.as_bytes()).unwrap();
    Timeline::new(lesson.model, lesson.settings)
}

#[test]
fn samples_are_epochs_a_power_of_two_apart_and_the_end() {
    let mut timeline = epochs_of_two();
    timeline.run_mut().reach(2_003).unwrap();
    let run = timeline.run();
    assert_eq!(run.samples(0), [0]);
    assert_eq!(run.samples(5), [0, 2, 4, 5]);
    let samples = run.samples(2_003);
    assert_eq!(&samples[..3], [0, 16, 32]);
    assert!(samples.len() <= 251);
    assert_eq!(samples.last(), Some(&2_003));
}

#[test]
fn figures_are_those_of_the_state_and_a_change_forgets_the_later_ones() {
    let mut timeline = epochs_of_two();
    timeline.run_mut().reach(20).unwrap();
    let at = |run: &Run, step| run.model().metrics(&run.state(step).weights);
    let run = timeline.run();
    for step in [0, 7, 20, 7] {
        assert_eq!(run.metrics(step), at(run, step));
    }
    let before = run.metrics(7);
    // The first change starts a branch, which the others are made in.
    let mut after = vec![run.metrics(8)];
    for rate in [1.0, 2.0, 3.0] {
        timeline.change(7, Change::LearningRate(rate), "learning_rate");
        timeline.run_mut().reach(8).unwrap();
        let run = timeline.run();
        assert_eq!(run.metrics(7), before);
        assert_eq!(run.metrics(8), at(run, 8));
        assert!(!after.contains(&run.metrics(8)));
        after.push(run.metrics(8));
    }
    assert_eq!(timeline.branches().len(), 2);
}

/// A network of one wide layer, as large as lessons may have it.
fn wide() -> Timeline {
    let text = "title: Wide\nmodel:\n  network:\n    layers: [1, 16000, 1]\n    output: identity\n    \
        data:\n      rows:\n        - {inputs: [1], targets: [0]}\n        - {inputs: [0], targets: [1]}\n\
        training:\n  learning_rate: 0.01\npages:\n  - title: A page\n    text: Nothing.\n";
    let lesson = Lesson::parse("wide.yaml", text.as_bytes()).unwrap();
    Timeline::new(Arc::clone(&lesson.model), lesson.settings)
}

#[test]
fn the_ghost_of_a_large_run_has_a_budget_and_stays_exact() {
    let mut timeline = wide();
    timeline.run_mut().reach(6).unwrap();
    let seen = timeline.run().state(5);
    for number in 1..4_u32 {
        let mut settings = timeline.run().state(0).settings;
        settings.learning_rate = f64::from(number) / 1000.0;
        let labels = [
            Change::LearningRate(settings.learning_rate),
            Change::Momentum(settings.momentum),
            Change::Rule(settings.rule),
        ];
        let labels = labels.map(|change| (change, format!("{change:?}")));
        let turned = labels[0].0;
        timeline.turn(settings, labels, turned).unwrap();
        assert!(timeline.bytes() <= 64 << 20, "{number}");
        let ghost = &timeline.ghost().unwrap().run;
        assert!(ghost.bytes() <= 4 << 20, "{}", ghost.bytes());
        assert_eq!(ghost.state(5), seen);
    }
}

#[test]
fn all_branches_together_keep_to_one_budget_and_every_state_stays_exact() {
    let mut timeline = wide();
    timeline.run_mut().reach(6).unwrap();
    let seen = timeline.run().state(5);
    for branch in 1..16_u32 {
        let rate = f64::from(branch) / 1000.0;
        let label = format!("lr={rate}");
        timeline.change(1, Change::LearningRate(rate), &label);
        timeline.run_mut().reach(6).unwrap();
        assert!(timeline.bytes() <= 64 << 20, "branch {branch}");
    }
    assert_eq!(timeline.branches().len(), 16);
    // The first gave its states up, and computes them again.
    assert!(!timeline.branches()[0].run.is_at_hand());
    assert_eq!(timeline.branches()[0].run.state(5), seen);
    assert!(timeline.switch(Timeline::MAIN));
    assert_eq!(timeline.run().reached(), 6);
    assert_eq!(timeline.run().state(5), seen);
    timeline.run_mut().reach(7).unwrap();
    assert!(timeline.run().is_at_hand() && timeline.bytes() <= 64 << 20);
}

#[test]
fn runs_that_begin_again_share_their_start() {
    let mut timeline = wide();
    let start = timeline.run().state(0);
    for _ in 0..100 {
        timeline.run_mut().reach(1).unwrap();
        assert!(timeline.begin_again());
    }
    assert_eq!(timeline.branches().len(), 101);
    assert_eq!(timeline.run().state(0), start);
    let shared: HashSet<*const State> = (timeline.branches().iter())
        .map(|branch| std::ptr::from_ref(branch.run.landmarks(0).next().unwrap()))
        .collect();
    assert_eq!(shared.len(), 1);
}

#[test]
fn a_name_is_short_however_much_is_changed() {
    let mut timeline = wide();
    timeline.run_mut().reach(3).unwrap();
    for parameter in 0..2_000 {
        let change = Change::Parameter {
            parameter,
            value: 0.5,
        };
        timeline.change(1, change, &format!("w[{parameter}]=0.5"));
    }
    let branch = timeline.current();
    assert_eq!(branch.name, "w[0]=0.5,w[1]=0.5,w[2]=0.5,w[3]=0.5,+1996");
    assert_eq!(branch.run.changes().count(), 2_000);
}

#[test]
fn no_more_figures_are_kept_than_can_be_drawn() {
    const UPDATES: u64 = 3_000;
    let model = Lesson::open("one-item").unwrap().model;
    let mut timeline = Timeline::new(model, Settings::new(Rule::None, 0.01, 0.0));
    timeline.run_mut().reach(UPDATES).unwrap();
    for step in 0..=UPDATES {
        assert!(timeline.run().metrics(step).is_some());
    }
    assert!(timeline.run().figures_kept() <= 502);
}
