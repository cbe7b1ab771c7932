//! What is said of runs, of which everybody can see what they do.

use nnmom_tutor::explain::Digits;
use nnmom_tutor::explain::behaviour::{Behaviour, Rest, Sample, behaviour, predict};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::stability::Motion;
use nnmom_tutor::math::{Interval, Model, Rule, Settings, Update, eigen, minima, valley};
use nnmom_tutor::timeline::{State, Trial};
use proptest::prelude::*;

fn model(loss: &str, start: &str) -> Model {
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss}\n    start: {start}\n\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    );
    let lesson = Lesson::parse("x", source.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    (*lesson.model).clone()
}

fn settings(rule: Rule, learning_rate: f64, momentum: f64) -> Settings {
    Settings::new(rule, learning_rate, momentum)
}

/// What a run does after so many updates.
fn after(loss: &str, start: &str, settings: Settings, updates: usize) -> Behaviour {
    let model = model(loss, start);
    let surface = model.surface().unwrap();
    let window = vec![
        Interval {
            low: -5.0,
            high: 5.0
        };
        surface.names().len()
    ];
    let minima = minima(surface, &window);
    let mut trial = Trial::new(&model, State::start(&model, settings, None));
    let mut samples = Vec::new();
    for _ in 0..updates {
        let stand = trial.stand();
        let (loss, weights) = (stand.loss.unwrap(), stand.state.weights.clone());
        trial.update().unwrap();
        let updates = trial.stand().updates;
        samples.push(Sample {
            loss,
            downhill: updates.iter().map(|update| update.downhill).collect(),
            changes: updates.iter().map(Update::change).collect(),
            valley: valley(surface, &window, &minima, &weights),
            weights,
        });
    }
    let hessian = surface.hessian(&trial.stand().state.weights);
    let curvatures: Vec<f64> = eigen(&hessian).iter().map(|axis| axis.value).collect();
    behaviour(
        &samples,
        &curvatures,
        minima.first().map(|minimum| minimum.loss),
    )
}

const RAVINE: (&str, &str) = ("0.05*x^2 + 1.5*y^2", "{x: -4.5, y: 2}");
const TWO_VALLEYS: &str = "(x^2 - 1)^2 + 0.2*x";

#[test]
fn plain_descent_crawls_converges_oscillates_and_diverges_as_the_rate_grows() {
    let (loss, start) = RAVINE;
    let plain = |rate, updates| after(loss, start, settings(Rule::None, rate, 0.0), updates);
    assert_eq!(plain(0.1, 5), Behaviour::TooEarly);
    assert_eq!(plain(0.0005, 30), Behaviour::Crawling);
    assert_eq!(plain(0.2, 10), Behaviour::Converging);
    let swinging = |shrinking| Behaviour::Oscillating {
        parameter: 1,
        shrinking,
    };
    assert_eq!(plain(0.6, 10), swinging(true));
    assert_eq!(plain(2.0 / 3.0, 30), swinging(false));
    assert_eq!(plain(0.7, 20), Behaviour::Diverging);
}

#[test]
fn a_run_comes_to_rest_in_a_minimum_that_has_a_name() {
    let rest = |start| {
        after(
            TWO_VALLEYS,
            start,
            settings(Rule::HeavyBall, 0.05, 0.5),
            400,
        )
    };
    let minimum = |index| Behaviour::AtRest(Rest::Minimum(Some(index)));
    // The left one is the lower.
    assert_eq!(rest("{x: -1.5}"), minimum(0));
    assert_eq!(rest("{x: 1.5}"), minimum(1));
}

#[test]
fn resting_on_an_edge_is_no_minimum() {
    let edge = after("(x^2 - 1)^2", "{x: 0}", settings(Rule::None, 0.1, 0.0), 10);
    assert_eq!(edge, Behaviour::AtRest(Rest::Edge));
    // A small rate makes small changes, but where it is steep that is no rest.
    let slow = after("x^2", "{x: 4}", settings(Rule::None, 1e-9, 0.0), 10);
    assert_eq!(slow, Behaviour::Crawling);
}

#[test]
fn momentum_carries_a_run_out_of_its_valley() {
    let carried = |updates| {
        after(
            TWO_VALLEYS,
            "{x: 1.8}",
            settings(Rule::HeavyBall, 0.01, 0.9),
            updates,
        )
    };
    assert_eq!(carried(30), Behaviour::LeftValley { from: 1, to: 0 });
}

#[test]
fn momentum_carries_a_run_uphill() {
    let up = after(
        "x^2",
        "{x: 4}",
        settings(Rule::HeavyBall, 0.0001, 0.999),
        180,
    );
    assert_eq!(up, Behaviour::Climbing);
}

#[test]
fn behaviours_are_put_into_words() {
    let parameter = |index: usize| ["x", "y"][index].to_owned();
    let minimum = |index: usize| ["the left minimum", "the right minimum"][index].to_owned();
    let said = |behaviour: Behaviour| behaviour.words(&parameter, &minimum);
    let swinging = Behaviour::Oscillating {
        parameter: 1,
        shrinking: true,
    };
    assert_eq!(
        said(swinging),
        "Oscillating: y goes back and forth, and shrinks."
    );
    assert_eq!(
        said(Behaviour::AtRest(Rest::Minimum(Some(0)))),
        "At rest in the left minimum."
    );
    assert_eq!(
        said(Behaviour::LeftValley { from: 1, to: 0 }),
        "It has left the valley of the right minimum for that of the left minimum."
    );
}

#[test]
fn theory_says_what_will_become_of_it() {
    let said = |settings, curvatures: &[f64]| {
        predict(settings, curvatures)
            .unwrap()
            .words(Digits::default())
    };
    assert_eq!(
        said(settings(Rule::None, 0.8, 0.9), &[2.875, 0.1]),
        "η × L = 0.8 × 2.875 = 2.3 is above 2: the next updates will grow."
    );
    assert_eq!(
        said(settings(Rule::None, 0.5, 0.0), &[1.0]),
        "η × L = 0.5 × 1 = 0.5 is below 2: it will settle without swinging, and needs about 7 updates to come a \
         hundred times nearer."
    );
    assert_eq!(
        said(settings(Rule::HeavyBall, 0.1, 1.0), &[1.0]),
        "η × L = 0.1 × 1 = 0.1: it will neither settle nor grow."
    );
    assert_eq!(
        said(settings(Rule::HeavyBall, 0.1, 1.1), &[1.0]),
        "With a momentum of 1.1 no learning rate settles under this rule: the next updates will grow."
    );
    assert!(predict(settings(Rule::None, 0.1, 0.0), &[0.0, -2.0]).is_none());
    // One update is enough where eta L is 1.
    let at_once = predict(settings(Rule::None, 0.5, 0.0), &[2.0]).unwrap();
    assert_eq!(at_once.updates_to_a_hundredth(), Some(1.0));
}

proptest! {
    /// What theory says of a bowl, runs in it do.
    #[test]
    fn runs_do_as_predicted(
        rule in prop::sample::select(Rule::ALL.to_vec()), eta in 0.05..2.5_f64, mu in 0.0..0.9_f64,
    ) {
        let settings = settings(rule, eta, mu);
        let prediction = predict(settings, &[1.0]).unwrap();
        let found = after("x^2/2", "{x: 1}", settings, 60);
        match prediction.motion {
            Motion::Diverging if prediction.factor > 1.15 => prop_assert_eq!(found, Behaviour::Diverging),
            Motion::Approaching | Motion::Oscillating if prediction.factor < 0.95 => {
                let fine = matches!(
                    found,
                    Behaviour::AtRest(_) | Behaviour::Converging | Behaviour::Oscillating { shrinking: true, .. }
                );
                // A slow swing is seen in half of it, and in that half the run may be on its way up.
                let climbs = found == Behaviour::Climbing && prediction.motion == Motion::Oscillating;
                prop_assert!(fine || climbs, "{found:?} {prediction:?}");
            }
            Motion::Approaching | Motion::Oscillating | Motion::Lasting | Motion::Diverging => {}
        }
    }
}
