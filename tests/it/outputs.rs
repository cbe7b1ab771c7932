//! Many items are answered at a time; each has the outputs that it has alone, to the bit.

use nnmom_tutor::math::Network;
use proptest::prelude::*;

use crate::networks::any_network;
use crate::support::depth::cases;
use crate::wide_networks;

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        any_network().prop_map(|(network, _)| network),
        wide_networks::network()
    ]
}

/// Weights that occur, and those that no double can hold the sums of.
fn scale() -> impl Strategy<Value = f64> {
    prop_oneof![6 => Just(1.0), 2 => Just(30.0), 1 => Just(1e300), 1 => Just(f64::INFINITY), 1 => Just(f64::NAN)]
}

/// Numbers by their bits; where there is none, one is as good as another.
fn bits(numbers: &[f64]) -> Vec<u64> {
    let number = |number: &f64| if number.is_nan() { f64::NAN } else { *number };
    numbers.iter().map(number).map(f64::to_bits).collect()
}

/// The outputs for some inputs, one after another.
fn alone(network: &Network, weights: &[f64], inputs: &[Vec<f64>]) -> Vec<Vec<u64>> {
    let mut pass = network.pass();
    let mut outputs = |inputs: &Vec<f64>| {
        network.forward(weights, inputs, &mut pass);
        bits(pass.outputs())
    };
    inputs.iter().map(&mut outputs).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(2000)))]

    #[test]
    fn outputs_are_those_of_one_item_after_another(
        network in network(),
        scale in scale(),
        scaled in any::<prop::sample::Index>(),
        count in 0..30_usize,
        numbers in prop::collection::vec(-2.0..2.0_f64, 61),
    ) {
        let mut weights = network.start(network.design().seed).0;
        let scaled = scaled.index(weights.len());
        weights[scaled] *= scale;
        let mut numbers = numbers.into_iter().cycle();
        let inputs = network.design().sizes[0];
        let inputs = (0..count).map(|_| numbers.by_ref().take(inputs).collect());
        let inputs: Vec<Vec<f64>> = inputs.collect();
        let mut together = Vec::new();
        let rows = inputs.iter().map(|inputs| &inputs[..]);
        let all = network.answer_each(&weights, rows, &mut |_| true, |outputs| together.push(bits(outputs)));
        prop_assert_eq!(all, Some(()));
        prop_assert_eq!(together, alone(&network, &weights, &inputs));
    }

    #[test]
    fn figures_are_those_of_one_item_after_another(network in network()) {
        let (weights, _) = network.start(network.design().seed);
        let (items, mut pass) = (network.items(), network.pass());
        let (mut loss, mut mse, mut right) = (0.0, 0.0, 0);
        for item in 0..items.len() {
            let targets = items.targets(item);
            network.forward(&weights, items.inputs(item), &mut pass);
            loss += network.error_of(targets, &pass);
            let parts = targets.iter().zip(pass.outputs()).map(|(t, o)| (t - o) * (t - o));
            mse += parts.sum::<f64>();
            right += usize::from(network.is_right(pass.outputs(), targets) == Some(true));
        }
        let count = items.len() as f64;
        let metrics = network.metrics(&weights, &mut |_| true).expect("nobody stops it");
        prop_assert_eq!(bits(&[metrics.loss]), bits(&[loss / count]));
        prop_assert_eq!(bits(&[metrics.mse.unwrap()]), bits(&[mse / count]));
        let decides = network.answer(items.targets(0)).is_some();
        prop_assert_eq!(metrics.accuracy, decides.then_some(right as f64 / count));
    }

    /// Whoever waits is told of every item but those after which nothing comes.
    #[test]
    fn who_stops_it_has_seen_what_they_were_told_of(network in wide_networks::network(), count in 1..40_usize, most in 0..4_usize) {
        let weights = network.start(0).0;
        let inputs = vec![0.5; network.design().sizes[0]];
        let (mut told, mut asked, mut seen) = (0, 0, 0);
        let mut goes_on = |since| {
            told += since;
            asked += 1;
            asked <= most
        };
        let all = network.answer_each(&weights, (0..count).map(|_| &inputs[..]), &mut goes_on, |_| seen += 1);
        match all {
            Some(()) => prop_assert!(seen == count && told < count),
            None => prop_assert!(seen == told && told < count && asked == most + 1),
        }
    }
}
