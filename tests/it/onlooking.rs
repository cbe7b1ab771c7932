//! Whoever looks at updates while they are made at full speed sees what single updates come to, to the bit.

use std::sync::Arc;

use nnmom_tutor::math::{Model, Network, Pass, Settings, Update};
use nnmom_tutor::timeline::{Needs, Probe, Record, Sight, Timeline};
use proptest::prelude::*;

use crate::networks::any_network;
use crate::support::depth::cases;
use crate::wide_networks;

/// All that can be seen of an update, in bits.
#[derive(Debug, PartialEq)]
struct Seen {
    step: u64,
    numbers: Vec<u64>,
    at_end_of_epoch: Option<Vec<u64>>,
}

fn bits<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> Vec<u64> {
    numbers.into_iter().map(|number| number.to_bits()).collect()
}

fn numbers_of<'a>(
    weights: &[f64],
    updates: impl IntoIterator<Item = &'a Update>,
    error: Option<f64>,
    pass: &Pass,
) -> Vec<f64> {
    let mut numbers = weights.to_vec();
    for update in updates {
        numbers.extend([update.before, update.downhill, update.delta, update.plain]);
        numbers.extend([update.momentum_term, update.after]);
        numbers.extend(update.memory.iter().chain(&update.new_memory));
    }
    numbers.extend(error);
    numbers.extend(
        pass.raw()
            .iter()
            .chain(pass.values(0))
            .chain(pass.targets()),
    );
    for layer in 1..=pass.outputs_layer() {
        let of_layer = [pass.sums(layer), pass.values(layer), pass.signals(layer)];
        numbers.extend(of_layer.concat());
    }
    numbers
}

/// Looks at everything, or at some parameters alone, and never has enough.
struct Everything {
    needs: Needs,
    seen: Vec<Seen>,
}

impl Probe for Everything {
    fn needs(&self) -> &Needs {
        &self.needs
    }

    fn counts(&self) -> bool {
        true
    }

    fn note(&self, sight: &Sight, numbers: &mut Vec<f64>) {
        let pass = sight.pass.expect("the way is looked at");
        numbers.extend(numbers_of(sight.weights, sight.updates, sight.error, pass));
    }

    fn is_enough(&mut self, step: u64, numbers: &[f64], weights: Option<&[f64]>) -> bool {
        self.seen.push(Seen {
            step,
            numbers: bits(numbers),
            at_end_of_epoch: weights.map(bits),
        });
        false
    }
}

/// What is seen of updates of a network, and what they come to one by one.
fn both(network: Network, settings: Settings, updates: u64) -> [Vec<Seen>; 2] {
    let model = Arc::new(Model::Network(Box::new(network)));
    let every: Vec<usize> = (0..model.parameters().len()).collect();
    let mut all = Everything {
        needs: Needs {
            weights: every.iter().rev().copied().collect(),
            updates: every,
            error: true,
            way: true,
            epochs: true,
        },
        seen: Vec::new(),
    };
    let mut timeline = Timeline::new(Arc::clone(&model), settings);
    timeline.run_mut().go_looking(0, updates, &mut all);
    let mut single = Vec::new();
    let mut state = Timeline::new(Arc::clone(&model), settings).run().state(0);
    let length = model.epoch_length().expect("it has items");
    while state.step < updates {
        let Ok(made) = timeline.run().advance(&mut state) else {
            break;
        };
        let Record {
            updates,
            error,
            pass,
            ..
        } = &made;
        let pass = pass.as_ref().expect("a network has one");
        let weights: Vec<f64> = state.weights.iter().rev().copied().collect();
        let ends_epoch = state.step.is_multiple_of(length);
        single.push(Seen {
            step: state.step,
            numbers: bits(&numbers_of(&weights, updates, *error, pass)),
            at_end_of_epoch: ends_epoch.then(|| bits(&state.weights)),
        });
    }
    [all.seen, single]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(240)))]

    #[test]
    fn of_narrow_networks((network, _) in any_network(), settings in wide_networks::settings(), updates in 1..700_u64) {
        let [seen, single] = both(network, settings, updates);
        prop_assert_eq!(seen, single);
    }

    #[test]
    fn of_wide_networks(network in wide_networks::network(), settings in wide_networks::settings(), updates in 1..300_u64) {
        let updates = updates.min(60_000 / network.names().len() as u64);
        let [seen, single] = both(network, settings, updates);
        prop_assert_eq!(seen, single);
    }
}
