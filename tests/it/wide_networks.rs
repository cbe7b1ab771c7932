//! Networks with wide layers are trained in loops of their own; single updates come to the same bits.

use nnmom_tutor::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, Model, Network, Rule,
    Settings, SoftmaxDerivative, Update,
};
use nnmom_tutor::timeline::{State, train};
use proptest::prelude::*;

use crate::support::depth::cases;
use crate::support::networks::articles;

/// Numbers that a node may be given or asked for; some of them 0, of both signs.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -1.0..1.0, 1 => Just(0.0), 1 => Just(-0.0)]
}

/// Layers from 1 to 40 nodes; mostly one of them is wide.
fn sizes() -> impl Strategy<Value = Vec<usize>> {
    let nodes = prop_oneof![1 => 1..9_usize, 2 => 9..41_usize];
    prop::collection::vec(nodes, 2..6)
}

pub fn network() -> impl Strategy<Value = Network> {
    let functions = (0..4_usize, 0..4_usize, any::<bool>(), any::<bool>());
    let data = (
        prop::collection::vec(number(), 97),
        1..6_usize,
        0..3_usize,
        any::<u64>(),
    );
    let parameters = (any::<bool>(), any::<bool>(), 0.01..1.0_f64);
    let all = (sizes(), functions, data, parameters);
    all.prop_map(|(sizes, functions, data, parameters)| {
        let (hidden, output, cross_entropy, diagonal) = functions;
        let (numbers, count, order, seed) = data;
        let (train_biases, remember, bound) = parameters;
        let output = Activation::OUTPUT[output];
        let shares = matches!(output, Activation::Softmax | Activation::Sigmoid);
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let mut numbers = numbers.into_iter().cycle();
        let mut take = |count| -> Vec<f64> { numbers.by_ref().take(count).collect() };
        let mut items = Items::new(inputs, outputs);
        for _ in 0..count {
            items.push(&take(inputs), &take(outputs));
        }
        let network = Network::new(Design {
            sizes,
            hidden: Activation::HIDDEN[hidden],
            output,
            error: if cross_entropy && shares {
                ErrorMeasure::CrossEntropy
            } else {
                ErrorMeasure::Squared
            },
            softmax_derivative: if diagonal {
                SoftmaxDerivative::Diagonal
            } else {
                SoftmaxDerivative::Full
            },
            train_biases,
            initial: Initial::Drawn {
                low: -bound,
                high: bound,
            },
            generator: Generator::ChaCha,
            seed,
            order: match order {
                0 => ItemOrder::Sequential,
                1 => ItemOrder::Shuffled,
                _ => ItemOrder::Given((0..count as u32).rev().collect()),
            },
            items,
            test_items: Items::new(inputs, outputs),
            classes: Vec::new(),
        });
        let parameters = network.names().len();
        if remember {
            let mut remembered = take(parameters);
            for parameter in network.untrained().flatten() {
                remembered[parameter] = 0.0;
            }
            network.with_previous_delta(remembered)
        } else {
            network
        }
    })
}

/// Rates and momenta that occur, and those at which numbers grow past all bounds.
pub fn settings() -> impl Strategy<Value = Settings> {
    let rate = prop_oneof![8 => 0.0..0.5, 1 => Just(0.0), 1 => 1.0..1e6, 1 => Just(1e100)];
    let momentum = prop_oneof![6 => 0.0..0.95, 1 => Just(0.0), 1 => 1.0..20.0];
    (0..Rule::ALL.len(), rate, momentum)
        .prop_map(|(rule, rate, momentum)| Settings::new(Rule::ALL[rule], rate, momentum))
}

/// One update, parameter by parameter.
fn update(model: &Model, state: &mut State) {
    let mut gradients = model.room();
    model.look(
        state.step,
        &state.weights,
        &mut state.schedule,
        &mut gradients,
    );
    let numbers = state.weights.iter().zip(&gradients.downhill);
    let updates: Vec<Update> = (numbers.enumerate())
        .map(|(parameter, (weight, downhill))| {
            if model.is_trained(parameter) {
                let kept = state.memories.of(parameter);
                state.settings.update(*weight, *downhill, &kept)
            } else {
                Update::none(*weight, *downhill)
            }
        })
        .collect();
    state.memories.leave(state.settings.rule, &updates);
    state.weights = updates.iter().map(|update| update.after).collect();
    state.step += 1;
}

/// Every number of a state, bit by bit.
fn bits(state: &State) -> Vec<u64> {
    let kept = (0..state.weights.len()).flat_map(|parameter| state.memories.of(parameter));
    let numbers = kept.map(|memory| memory.value);
    (state.weights.iter().copied().chain(numbers))
        .map(f64::to_bits)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(1000)))]

    /// Whatever the network, from wherever in an epoch, with whatever an earlier rule has left. What is not trained
    /// this way has a number that is too large, and stays as it was.
    #[test]
    fn training_comes_to_the_bits_of_single_updates(
        network in network(),
        before in settings(),
        settings in settings(),
        (begun, half, count) in (0..8_u64, 1..6_u64, 1..8_u64),
    ) {
        let model = Model::Network(Box::new(network));
        let mut single = State::start(&model, before, None);
        (0..begun).for_each(|_| update(&model, &mut single));
        single.settings = settings;
        let mut trained = single.clone();
        for last in [begun + half, begun + half + count] {
            let start = trained.clone();
            let done = train(&model, &mut trained, last);
            while single.step < last {
                update(&model, &mut single);
            }
            let mut largest = bits(&single).into_iter().map(|bits| f64::from_bits(bits).abs());
            let safe = largest.all(|number| number < 1e140);
            if done {
                prop_assert_eq!(bits(&trained), bits(&single));
                prop_assert_eq!(&trained, &single);
            } else {
                prop_assert!(!safe);
                prop_assert_eq!(bits(&trained), bits(&start));
                return Ok(());
            }
        }
    }
}

/// At the sizes whose speed is measured; long enough for numbers that are looked at in between.
#[test]
fn large_networks_come_to_the_same_bits() {
    for (sizes, updates) in [
        (vec![64, 30, 10], 1_100),
        (vec![784, 30, 10], 3),
        (vec![50; 10], 3),
    ] {
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let mut items = Items::new(inputs, outputs);
        for item in 0..7 {
            let input = |place: usize| ((place * 7 + item * 13) % 11) as f64 / 10.0;
            let target = |place| f64::from(u8::from(place == item % outputs));
            let of = |count, number: &dyn Fn(usize) -> f64| (0..count).map(number).collect();
            let inputs: Vec<f64> = of(inputs, &input);
            let targets: Vec<f64> = of(outputs, &target);
            items.push(&inputs, &targets);
        }
        let (low, high) = (-0.1, 0.1);
        let network = Network::new(Design {
            initial: Initial::Drawn { low, high },
            ..articles(&sizes, items)
        });
        let model = Model::Network(Box::new(network));
        let settings = Settings::new(Rule::Article, 0.05, 0.75);
        let mut trained = State::start(&model, settings, None);
        let mut single = trained.clone();
        assert!(train(&model, &mut trained, updates));
        (0..updates).for_each(|_| update(&model, &mut single));
        assert!(bits(&trained) == bits(&single));
    }
}
