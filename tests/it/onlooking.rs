//! Whoever looks at updates while they are made at full speed sees what single updates come to, to the bit.

use std::sync::Arc;

use nnmom_tutor::math::{Model, Network, Pass, Rule, Settings, Update};
use nnmom_tutor::timeline::{Needs, Probe, Record, Sight, Timeline};
use proptest::prelude::*;

use crate::conditions::surface;
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
    pass: Option<&Pass>,
) -> Vec<f64> {
    let mut numbers = weights.to_vec();
    for update in updates {
        numbers.extend([update.before, update.downhill, update.delta, update.plain]);
        numbers.extend([update.momentum_term, update.after]);
        numbers.extend(update.memory.iter().chain(&update.new_memory));
    }
    numbers.extend(error);
    let Some(pass) = pass else {
        return numbers;
    };
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
        let Sight {
            weights,
            updates,
            error,
            pass,
            ..
        } = *sight;
        numbers.extend(numbers_of(weights, updates, error, pass));
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
    both_of(
        &Arc::new(Model::Network(Box::new(network))),
        settings,
        updates,
    )
}

fn both_of(model: &Arc<Model>, settings: Settings, updates: u64) -> [Vec<Seen>; 2] {
    let every: Vec<usize> = (0..model.parameters().len()).collect();
    let mut all = Everything {
        needs: Needs {
            weights: every.iter().rev().copied().collect(),
            updates: every,
            error: true,
            way: model.network().is_some(),
            epochs: model.network().is_some(),
        },
        seen: Vec::new(),
    };
    let mut timeline = Timeline::new(Arc::clone(model), settings);
    timeline.run_mut().go_looking(0, updates, &mut all);
    let mut single = Vec::new();
    let mut state = Timeline::new(Arc::clone(model), settings).run().state(0);
    let length = model.epoch_length();
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
        let weights: Vec<f64> = state.weights.iter().rev().copied().collect();
        let ends_epoch = length.is_some_and(|length| state.step.is_multiple_of(length));
        single.push(Seen {
            step: state.step,
            numbers: bits(&numbers_of(&weights, updates, *error, pass.as_ref())),
            at_end_of_epoch: ends_epoch.then(|| bits(&state.weights)),
        });
    }
    [all.seen, single]
}

const SURFACES: &[&str] = &[
    "0.05*x^2 + 1.5*y^2",
    "x^4 - 2*x^2 + sin(3*x) + y^2",
    "(1 - x)^2 + 100*(y - x^2)^2",
    "abs(x) + y^2",
    "abs(x) - 0.5*abs(y)",
    "x - log(x) + y^2",
    "x^2 - y^4",
    "3 - x^2 + 0*y",
    "x^2 + 0*y",
];

/// Rates at which variables go round among few numbers, come to a place soon or late, and grow past all bounds.
fn on_surfaces() -> impl Strategy<Value = Settings> {
    let rate = prop_oneof![Just(0.5), Just(0.25), Just(1.0), 0.0..1.0, 0.0..0.05];
    let momentum = prop_oneof![3 => Just(0.0), 1 => Just(0.5), 3 => 0.0..0.95];
    (0..Rule::ALL.len(), rate, momentum)
        .prop_map(|(rule, rate, momentum)| Settings::new(Rule::ALL[rule], rate, momentum))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(240)))]

    #[test]
    fn of_narrow_networks((network, _) in any_network(), settings in wide_networks::settings(), updates in 1..700_u64) {
        let [seen, single] = both(network, settings, updates);
        prop_assert_eq!(seen, single);
    }

    /// Those whose variables have nothing to do with one another, too, some of which come to a place, or go round, long
    /// before the others.
    #[test]
    fn of_surfaces(loss in prop::sample::select(SURFACES), settings in on_surfaces(), updates in 1..3000_u64) {
        let model = Arc::new(surface(loss));
        let [seen, single] = both_of(&model, settings, updates);
        prop_assert_eq!(seen, single);
    }

    #[test]
    fn of_wide_networks(network in wide_networks::network(), settings in wide_networks::settings(), updates in 1..300_u64) {
        let updates = updates.min(60_000 / network.names().len() as u64);
        let [seen, single] = both(network, settings, updates);
        prop_assert_eq!(seen, single);
    }
}
