//! Networks with one narrow hidden layer have a loop of their own, for each pair of widths: the same bits as single updates.

use nnmom_tutor::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, Model, Network, Rule,
    Settings, SoftmaxDerivative, count_parameters,
};
use nnmom_tutor::timeline::{State, Trial, train};
use proptest::prelude::*;

use crate::support::depth::cases;

/// A network with one hidden layer, of functions and numbers by their places in lists of them.
fn network(
    sizes: [usize; 3],
    (hidden, output, measure): (usize, usize, usize),
    train_biases: bool,
    (order, count): (usize, usize),
    numbers: &[f64],
) -> Network {
    let (hidden, output) = (Activation::HIDDEN[hidden], Activation::OUTPUT[output]);
    let shares = matches!(output, Activation::Softmax | Activation::Sigmoid);
    let (error, softmax_derivative) = match measure {
        0 if shares => (ErrorMeasure::CrossEntropy, SoftmaxDerivative::Full),
        1 if output == Activation::Softmax => (ErrorMeasure::Squared, SoftmaxDerivative::Diagonal),
        _ => (ErrorMeasure::Squared, SoftmaxDerivative::Full),
    };
    let [inputs, _, outputs] = sizes;
    let mut numbers = numbers.iter().copied().cycle();
    let mut items = Items::new(inputs, outputs);
    for item in 0..count {
        let inputs: Vec<f64> = numbers.by_ref().take(inputs).collect();
        let one_hot = |k: usize| f64::from(u8::from(k == item % outputs));
        let targets: Vec<f64> = (0..outputs).map(one_hot).collect();
        items.push(&inputs, &targets);
    }
    let parameters = count_parameters(&sizes).unwrap();
    let weights = numbers.by_ref().take(parameters).collect();
    let previous_delta: Vec<f64> = numbers.take(parameters).map(|n| n / 64.0).collect();
    let design = Design {
        sizes: sizes.to_vec(),
        hidden,
        output,
        error,
        softmax_derivative,
        train_biases,
        initial: Initial::Given(weights),
        generator: Generator::ChaCha,
        seed: 7,
        order: match order {
            0 => ItemOrder::Sequential,
            1 => ItemOrder::Shuffled,
            _ => ItemOrder::Given((0..count as u32).rev().collect()),
        },
        test_items: Items::new(inputs, outputs),
        items,
        classes: Vec::new(),
    };
    let network = Network::new(design);
    let untrained: Vec<usize> = network.untrained().flatten().collect();
    let mut previous_delta = previous_delta;
    for parameter in untrained {
        previous_delta[parameter] = 0.0;
    }
    network.with_previous_delta(previous_delta)
}

/// Everything that a state comes to, by its bits.
fn bits(state: &State) -> (u64, Vec<u64>, Vec<Vec<u64>>) {
    let weights = state.weights.iter().map(|weight| weight.to_bits());
    let kept = |parameter| {
        let kept = state.memories.of(parameter);
        kept.iter().map(|memory| memory.value.to_bits()).collect()
    };
    let memories = (0..state.weights.len()).map(kept).collect();
    (state.step, weights.collect(), memories)
}

/// A state carried on to update `last` one by one; `None` where an update cannot be made.
fn single(model: &Model, state: &State, last: u64) -> Option<State> {
    let mut trial = Trial::new(model, state.clone());
    while trial.stand().state.step < last {
        trial.update().ok()?;
    }
    Some(trial.stand().state.clone())
}

/// Whether any of its numbers is near to what a double can hold.
fn is_large(state: &State) -> bool {
    let memories = (0..state.weights.len()).flat_map(|parameter| state.memories.of(parameter));
    let memories = memories.map(|memory| memory.value);
    let mut all = state.weights.iter().copied().chain(memories);
    all.any(|number| number.abs() >= 1e140)
}

/// A model trained at once and one by one, from update `first` to `last`.
fn agree(model: &Model, settings: Settings, first: u64, last: u64) -> Result<(), TestCaseError> {
    let start = State::start(model, settings, None);
    let Some(begun) = single(model, &start, first) else {
        return Ok(());
    };
    let mut trained = begun.clone();
    if train(model, &mut trained, last) {
        let careful = single(model, &begun, last).expect("what can be trained can be made singly");
        prop_assert_eq!(bits(&trained), bits(&careful));
    } else {
        prop_assert_eq!(bits(&trained), bits(&begun));
        let near_its_limits = single(model, &begun, last).is_none_or(|state| is_large(&state));
        prop_assert!(near_its_limits || first == last);
    }
    Ok(())
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-1.5..1.5_f64, 301)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(1600)))]

    /// Every width, function, measure, rule and order, biases trained or not, from and to the middle of an epoch.
    #[test]
    fn at_once_and_one_by_one_are_the_same_bits(
        sizes in (1..6_usize, 1..10_usize, 1..6_usize),
        functions in (0..4_usize, 0..4_usize, 0..3_usize),
        train_biases in any::<bool>(),
        order in (0..3_usize, 1..6_usize),
        rule in 0..Rule::ALL.len(),
        (first, count) in (0..9_u64, 0..40_u64),
        numbers in numbers(),
    ) {
        let sizes = [sizes.0, sizes.1, sizes.2];
        let network = network(sizes, functions, train_biases, order, &numbers);
        let model = Model::Network(Box::new(network));
        let settings = Settings::new(Rule::ALL[rule], 0.3, 0.7);
        agree(&model, settings, first, first + count)?;
    }

    /// Where numbers grow until they are none, nothing is trained, or what single updates come to.
    #[test]
    fn numbers_that_grow_too_large_are_left_to_single_updates(
        sizes in (1..4_usize, 1..9_usize, 1..5_usize),
        output in 0..4_usize,
        train_biases in any::<bool>(),
        rule in 0..Rule::ALL.len(),
        (count, power) in (1..60_u64, -1..160_i32),
        numbers in numbers(),
    ) {
        let sizes = [sizes.0, sizes.1, sizes.2];
        let network = network(sizes, (3, output, 2), train_biases, (1, 5), &numbers);
        let model = Model::Network(Box::new(network));
        let rate = nnmom_tutor::math::portable::power_of_ten(power);
        agree(&model, Settings::new(Rule::ALL[rule], rate, 0.9), 3, 3 + count)?;
    }
}

/// Over several looks at how large the numbers are, and many epochs of every width.
#[test]
fn long_runs_of_every_width_are_the_same_bits() {
    let numbers: Vec<f64> = (0..301)
        .map(|i| f64::from(i * 37 % 101) / 60.0 - 0.8)
        .collect();
    for hidden in 1..=8 {
        for outputs in 1..=4 {
            let (rule, place) = (Rule::ALL[(hidden + outputs) % 6], hidden * 4 + outputs);
            let functions = (place % 2, place % 3, place % 3);
            let network = network([3, hidden, outputs], functions, true, (1, 4), &numbers);
            let model = Model::Network(Box::new(network));
            agree(&model, Settings::new(rule, 0.05, 0.6), 2, 1_031).unwrap();
        }
    }
}

/// One hidden layer of 1 to 8 nodes before 1 to 4 outputs is trained by the loop for these widths; others are left alone.
#[test]
fn which_networks_are_narrow() {
    let numbers = [0.25, -0.5, 0.75];
    let is_narrow = |model: &Model| {
        let (mut weights, mut schedule) = model.start(None);
        let before = weights.clone();
        let mut memories = vec![0.0; weights.len()];
        let settings = Settings::new(Rule::HeavyBall, 0.1, 0.5);
        let mut items = schedule.visits(0..3, 3);
        let network = model.network().unwrap();
        let is_narrow =
            network.train_narrow(&settings, &mut items, &mut weights, &mut memories, &mut ());
        assert_eq!(items.count(), if is_narrow { 0 } else { 3 });
        assert_eq!(weights != before, is_narrow);
        assert_eq!(memories.iter().any(|kept| *kept != 0.0), is_narrow);
        is_narrow
    };
    for hidden in 1..=9 {
        for outputs in 1..=5 {
            let network = network([2, hidden, outputs], (0, 1, 2), true, (0, 3), &numbers);
            let model = Model::Network(Box::new(network));
            assert_eq!(
                is_narrow(&model),
                hidden <= 8 && outputs <= 4,
                "{hidden} {outputs}"
            );
        }
    }
    let narrow = network([2, 2, 2], (0, 1, 2), true, (0, 3), &numbers);
    for sizes in [vec![2, 2], vec![2, 2, 2, 2]] {
        let count = count_parameters(&sizes).unwrap();
        let design = Design {
            initial: Initial::Given(vec![0.5; count]),
            sizes,
            ..narrow.design().clone()
        };
        assert!(!is_narrow(&Model::Network(Box::new(Network::new(design)))));
    }
}

/// Items come in the order of their epochs, wherever one begins and ends.
#[test]
fn visits_are_the_items_of_the_updates() {
    let numbers = [0.25, -0.5, 0.75];
    for order in 0..3 {
        let network = network([1, 1, 1], (0, 1, 2), true, (order, 5), &numbers);
        let model = Model::Network(Box::new(network));
        let (_, mut one_by_one) = model.start(None);
        let expected: Vec<usize> = (0..23)
            .map(|step| {
                model.enter(step, &mut one_by_one);
                model.item(step, &one_by_one).unwrap()
            })
            .collect();
        let (_, mut schedule) = model.start(None);
        let mut found: Vec<usize> = Vec::new();
        for (first, last) in [(0, 3), (3, 5), (5, 5), (5, 6), (6, 20), (20, 23)] {
            found.extend(schedule.visits(first..last, 5));
        }
        assert_eq!(found, expected);
    }
}
