//! Networks: published figures, gradients, and speed's two ways to the same bits.

use std::sync::Arc;

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::{Derivation, Digits, Form, Quantity, number};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::gradcheck::compare;
use nnmom_tutor::math::{
    Activation, Convention, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, Model,
    Network, Rule, Settings, SoftmaxDerivative,
};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{State, Timeline, train};
use nnmom_tutor::watch::Watch;
use proptest::prelude::*;

use crate::support::depth::cases;
use crate::support::networks::articles;
use crate::support::sittings::{lesson, run, sitting, written};

fn iris(rows: &str) -> Items {
    let mut items = Items::new(4, 3);
    for line in rows.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let inputs: Vec<f64> = cells[..4].iter().map(|c| c.parse().unwrap()).collect();
        let classes = ["setosa", "versicolor", "virginica"];
        let targets = classes.map(|class| f64::from(u8::from(class == cells[4])));
        items.push(&inputs, &targets);
    }
    items
}

fn iris_network() -> Network {
    let items = iris(include_str!("../../lessons/data/iris-train.csv"));
    Network::new(Design {
        test_items: iris(include_str!("../../lessons/data/iris-test.csv")),
        ..articles(&[4, 5, 3], items)
    })
}

/// Nothing is certain where another answer is as near, and all of it at the ends of what outputs can be.
#[test]
fn how_certain_an_answer_is() {
    let network = iris_network();
    for (outputs, certainty) in [
        ([1.0 / 3.0; 3], 0.0),
        ([0.5, 0.5, 0.0], 0.0),
        ([0.75, 0.25, 0.0], 0.5),
        ([0.0, 0.0, 1.0], 1.0),
    ] {
        assert_eq!(network.certainty(&outputs), Some(certainty));
    }
    let xor = sitting("xor");
    let xor = xor.subject().network().unwrap().clone();
    for (output, certainty) in [(0.5, 0.0), (0.25, 0.5), (1.0, 1.0), (0.0, 1.0)] {
        assert_eq!(xor.certainty(&[output]), Some(certainty));
    }
}

const PLAIN: Settings = Settings::new(Rule::None, 0.05, 0.0);

#[test]
fn the_articles_program_on_iris() {
    let model = Model::Network(Box::new(iris_network()));
    let mut state = State::start(&model, PLAIN, None);
    let mut printed = Vec::new();
    for epoch in [10, 20, 30, 40, 50] {
        assert!(train(&model, &mut state, epoch * 120));
        let metrics = model.metrics(&state.weights).unwrap();
        printed.push(format!("{:.4}", metrics.mse.unwrap()));
    }
    assert_eq!(printed, ["0.2500", "0.0990", "0.1005", "0.0595", "0.0709"]);
    let metrics = model.metrics(&state.weights).unwrap();
    assert_eq!(format!("{:.4}", metrics.accuracy.unwrap()), "0.9333");
    assert_eq!(format!("{:.4}", metrics.test_accuracy.unwrap()), "0.9667");
}

#[test]
fn long_stretches_and_single_updates_come_to_the_same_bits() {
    for rule in Rule::ALL {
        let model = Arc::new(Model::Network(Box::new(iris_network())));
        let settings = Settings {
            rule,
            momentum: 0.75,
            ..PLAIN
        };
        let mut state = State::start(&model, settings, None);
        assert!(train(&model, &mut state, 1000));
        let mut timeline = Timeline::new(Arc::clone(&model), settings);
        timeline.run_mut().reach_until(1000, |_, _| false).unwrap();
        assert_eq!(timeline.run().state(1000), state, "{}", rule.name());
        let mut half = timeline.run().state(487);
        assert!(train(&model, &mut half, 1000));
        assert_eq!(half, state, "{}", rule.name());
    }
}

/// Mazur's step-by-step example: every number he prints, in the digits he prints.
#[test]
fn mazurs_numbers() {
    let lesson = lesson("one-item");
    let mut session = Session::unopened(lesson);
    session.run_line("step").unwrap();
    let record = session.record();
    let pass = record.pass.as_ref().unwrap();
    let printed = |values: &[f64], decimals: usize| -> Vec<String> {
        values.iter().map(|v| format!("{v:.decimals$}")).collect()
    };
    assert_eq!(printed(pass.sums(1), 4), ["0.3775", "0.3925"]);
    assert_eq!(printed(pass.values(1), 9), ["0.593269992", "0.596884378"]);
    assert_eq!(printed(&pass.sums(2)[..1], 9), ["1.105905967"]);
    assert_eq!(printed(pass.outputs(), 9), ["0.751365070", "0.772928465"]);
    assert_eq!(format!("{:.9}", record.error.unwrap()), "0.298371109");
    // He writes signals and gradients as dE/dw, uphill.
    assert_eq!(format!("{:.9}", -pass.signals(2)[0]), "0.138498562");
    let after = |name: &str| {
        let parameters = session.lesson().model.parameters();
        let index = parameters.iter().position(|known| known == name).unwrap();
        record.updates[index].after
    };
    for (name, decimals, value) in [
        ("ih[0,0]", 9, "0.149780716"),
        ("ih[1,0]", 8, "0.19956143"),
        ("ih[0,1]", 8, "0.24975114"),
        ("ih[1,1]", 8, "0.29950229"),
        ("ho[0,0]", 8, "0.35891648"),
        ("ho[1,0]", 9, "0.408666186"),
        ("ho[0,1]", 9, "0.511301270"),
        ("ho[1,1]", 9, "0.561370121"),
        ("hb[0]", 2, "0.35"),
        ("ob[1]", 2, "0.60"),
    ] {
        assert_eq!(format!("{:.decimals$}", after(name)), value, "{name}");
    }
}

/// The same program with momentum 0.75, as a plain Python version of it computes (to its last printed digit).
#[test]
fn the_articles_program_with_momentum() {
    let model = Model::Network(Box::new(iris_network()));
    let settings = Settings {
        rule: Rule::Article,
        momentum: 0.75,
        ..PLAIN
    };
    let mut state = State::start(&model, settings, None);
    let mut printed = Vec::new();
    for epoch in [10, 20, 30, 40, 50] {
        assert!(train(&model, &mut state, epoch * 120));
        let metrics = model.metrics(&state.weights).unwrap();
        printed.push(format!("{:.4}", metrics.mse.unwrap()));
    }
    assert_eq!(printed, ["0.1455", "0.0663", "0.0561", "0.0713", "0.0610"]);
    let metrics = model.metrics(&state.weights).unwrap();
    assert_eq!(format!("{:.4}", metrics.accuracy.unwrap()), "0.9583");
    assert_eq!(metrics.test_accuracy, Some(1.0));
}

#[test]
fn the_iris_lesson_is_the_articles_program() {
    let lesson = Lesson::open("iris").unwrap();
    assert_eq!(lesson.model.network(), Some(&named_iris_network()));
    assert_eq!(lesson.settings.learning_rate, 0.05);
}

fn named_iris_network() -> Network {
    let classes = ["setosa", "versicolor", "virginica"].map(str::to_owned);
    Network::new(Design {
        classes: classes.to_vec(),
        ..iris_network().design().clone()
    })
}

/// A network of some shape with weights, inputs and targets that fit its functions.
pub fn any_network() -> impl Strategy<Value = (Network, Rule)> {
    let functions = (0..4_usize, 0..4_usize, any::<bool>(), any::<bool>());
    let shape = (
        prop::collection::vec(1..5_usize, 2..5),
        prop::collection::vec(-1.0..1.0_f64, 200),
        0..6_usize,
        any::<bool>(),
    );
    (shape, functions).prop_map(|((mut sizes, numbers, rule, train_biases), functions)| {
        let (hidden, output, cross_entropy, diagonal) = functions;
        let output = Activation::OUTPUT[output];
        let outputs = sizes.last_mut().unwrap();
        if output == Activation::Softmax {
            *outputs = (*outputs).max(2);
        }
        let outputs = *outputs;
        let shares = matches!(output, Activation::Softmax | Activation::Sigmoid);
        let error = if cross_entropy && shares {
            ErrorMeasure::CrossEntropy
        } else {
            ErrorMeasure::Squared
        };
        let article = output == Activation::Softmax && error == ErrorMeasure::Squared;
        let mut numbers = numbers.into_iter().cycle();
        let mut items = Items::new(sizes[0], outputs);
        for item in 0..3 {
            let inputs: Vec<f64> = numbers.by_ref().take(sizes[0]).collect();
            let one_hot = |k: usize| f64::from(u8::from(k == item % outputs));
            let targets: Vec<f64> = (0..outputs).map(one_hot).collect();
            items.push(&inputs, &targets);
        }
        let count = nnmom_tutor::math::count_parameters(&sizes).unwrap();
        let network = Network::new(Design {
            sizes,
            hidden: Activation::HIDDEN[hidden],
            output,
            error,
            softmax_derivative: if article && diagonal {
                SoftmaxDerivative::Diagonal
            } else {
                SoftmaxDerivative::Full
            },
            train_biases,
            initial: Initial::Given(numbers.take(count).collect()),
            generator: Generator::ChaCha,
            seed: 0,
            order: ItemOrder::Shuffled,
            test_items: Items::new(items.inputs(0).len(), outputs),
            items,
            classes: Vec::new(),
        });
        (network, Rule::ALL[rule])
    })
}

fn settings(rule: Rule) -> Settings {
    Settings::new(rule, 0.1, 0.6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    /// Back-propagation finds the slope of the error, whatever the functions; the diagonal derivative alone does not.
    #[test]
    fn gradients_are_those_found_by_trying((network, _) in any_network(), item in 0..3_usize) {
        let diagonal = network.design().softmax_derivative == SoftmaxDerivative::Diagonal;
        prop_assume!(!diagonal);
        // At a kink there are two slopes.
        let (start, _) = network.start(0);
        let mut pass = network.pass();
        network.forward(&start, network.items().inputs(item), &mut pass);
        let hidden = 1..network.layers().len();
        let at_kink = hidden.clone().any(|layer| pass.sums(layer).iter().any(|s| s.abs() < 1e-3));
        prop_assume!(network.design().hidden != Activation::Relu || !at_kink);
        let model = Model::Network(Box::new(network));
        let (weights, _) = model.start(None);
        for compared in compare(&model, Some(item), &weights, 0, 1000, &Watch::default()).unwrap() {
            let size = compared.tried.abs().max(1.0);
            let name = &model.parameters()[compared.parameter];
            let close = compared.difference() < 1e-7 * size;
            prop_assert!(close, "{name}: {compared:?}");
        }
    }

    /// Every number of every parameter's derivation is the engine's, bit for bit, in both conventions.
    #[test]
    fn derivations_evaluate_to_the_engines_numbers((network, rule) in any_network(), step in 0..7_u64) {
        let model = Arc::new(Model::Network(Box::new(network)));
        let mut timeline = Timeline::new(Arc::clone(&model), settings(rule));
        prop_assume!(timeline.run_mut().reach(step + 1).is_ok());
        let record = timeline.run().record(step).unwrap();
        for parameter in 0..model.parameters().len() {
            for convention in Convention::ALL {
                let derivation = Derivation::new(&model, &record, parameter, convention);
                for quantity in derivation.in_order() {
                    let Some(line) = derivation.line(quantity) else { continue };
                    let value = line.formula.evaluate();
                    let same = value.to_bits() == line.value.to_bits() || value == line.value;
                    prop_assert!(same, "{:?} of {parameter}: {value} and {}", quantity, line.value);
                }
                let gradient = derivation.value(Quantity::Gradient).unwrap();
                prop_assert_eq!(gradient, convention.flip(record.updates[parameter].downhill));
            }
        }
    }

    /// What is stepped over names every number before it is used.
    #[test]
    fn lines_rest_on_what_is_known((network, rule) in any_network(), parameter in 0..100_usize) {
        let model = Arc::new(Model::Network(Box::new(network)));
        let parameter = parameter % model.parameters().len();
        let timeline = Timeline::new(Arc::clone(&model), settings(rule));
        let record = timeline.run().record(0).unwrap();
        let derivation = Derivation::new(&model, &record, parameter, Convention::Add);
        for (index, line) in derivation.lines.iter().enumerate() {
            for operand in line.formula.quantities() {
                prop_assert!(derivation.known_after(operand) <= index, "{:?} in line {index}", operand);
            }
        }
    }

    /// `run` and `trace`, stretches and single updates: the same bits.
    #[test]
    fn fast_and_careful_ways_agree((network, rule) in any_network(), steps in 1..50_u64) {
        let model = Arc::new(Model::Network(Box::new(network)));
        let mut timeline = Timeline::new(Arc::clone(&model), settings(rule));
        let careful = timeline.run_mut().reach_until(steps, |_, _| false);
        let run = timeline.run();
        let mut state = run.state(0);
        let fast = run.onward(&mut state, steps);
        prop_assert_eq!(careful, fast);
        prop_assert_eq!(run.state(run.reached()), state);
    }
}

/// A network that diverges stops with its step and the reason, however it is run, and keeps numbers that are numbers.
#[test]
fn a_diverging_network_stops() {
    let mut items = Items::new(1, 1);
    items.push(&[3.0], &[1.0]);
    let network = Network::new(Design {
        sizes: vec![1, 2, 1],
        hidden: Activation::Identity,
        output: Activation::Identity,
        initial: Initial::Given(vec![1.0, 2.0, 0.0, 0.0, 1.0, 1.0, 0.0]),
        items,
        test_items: Items::new(1, 1),
        order: ItemOrder::Sequential,
        softmax_derivative: SoftmaxDerivative::Full,
        ..iris_network().design().clone()
    });
    let model = Arc::new(Model::Network(Box::new(network)));
    let mut timeline = Timeline::new(Arc::clone(&model), settings(Rule::None));
    let stop = timeline.run_mut().reach(1000).unwrap_err();
    let run = timeline.run();
    assert!(stop.to_string().contains("is not made"), "{stop}");
    assert!(
        run.state(run.reached())
            .weights
            .iter()
            .all(|w| w.is_finite())
    );
    let mut state = run.state(0);
    assert_eq!(run.onward(&mut state, 1000), Err(stop));
    assert_eq!(state, run.state(run.reached()));
}

/// The line that a learner sees: symbols, numbers and value of every step of one weight.
#[test]
fn the_derivation_of_one_weight_of_the_iris_network() {
    let lesson = lesson("iris");
    let mut session = Session::unopened(lesson);
    session
        .run_line("set rule article; set momentum 0.75; step 121; focus ih[0,3]")
        .unwrap();
    let derivation = session.derivation();
    let lines: Vec<String> = (derivation.lines.iter())
        .map(|line| {
            let symbols = line.formula.print(Form::Symbols(Decimal::Point)).text();
            let numbers = line.formula.print(Form::Numbers(Digits::default())).text();
            let value = number::display(line.value, Digits::default());
            format!(
                "{} = {symbols}\n    = {numbers}\n    = {value}",
                line.symbol()
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// Targets that are amounts are no choice between classes, so no output is right: Mazur's 0.751 should be 0.01.
#[test]
fn only_an_answer_to_which_is_right_or_wrong() {
    let accuracy = |output: &str, targets: &[&str]| {
        let rows = targets
            .iter()
            .map(|targets| format!("{{inputs: [1], targets: {targets}}}"));
        let rows = rows.collect::<Vec<_>>().join(", ");
        let outputs = targets[0].split(',').count();
        let source = format!(
            "title: T\nmodel:\n  network:\n    layers: [1, {outputs}]\n    hidden: tanh\n    output: {output}\n    \
             initial: {{low: 0, high: 0}}\n    data: {{rows: [{rows}]}}\ntraining: {{rule: none, learning_rate: 1}}\n\
             pages:\n  - {{title: P, text: P}}\n"
        );
        Session::new(written(&source))
            .unwrap()
            .metrics()
            .unwrap()
            .accuracy
    };
    for (output, targets) in [
        ("sigmoid", ["[0.01, 0.99]", "[0.99, 0.01]"]),
        ("sigmoid", ["[1, 1]", "[0, 1]"]),
        ("softmax", ["[0.7, 0.3]", "[1, 0]"]),
        ("sigmoid", ["[0.3]", "[1]"]),
        ("tanh", ["[0.5]", "[-1]"]),
        ("identity", ["[0, 1]", "[1, 0]"]),
    ] {
        assert_eq!(accuracy(output, &targets), None, "{output} {targets:?}");
    }
    // All outputs are the same, and 0 is the first of them; of a single one, the middle is not above the middle.
    for (output, targets) in [
        ("softmax", ["[1, 0, 0]", "[0, 0, 1]"]),
        ("tanh", ["[1, -1]", "[-1, 1]"]),
        ("sigmoid", ["[0]", "[1]"]),
        ("tanh", ["[-1]", "[1]"]),
    ] {
        assert_eq!(
            accuracy(output, &targets),
            Some(0.5),
            "{output} {targets:?}"
        );
    }
}

/// A bias that is not trained has a gradient, the signal of its node; under no rule does it move or remember anything,
/// stepped or in a stretch.
#[test]
fn what_is_not_trained_has_a_gradient_and_stays() {
    let signals = |session: &Session| {
        let record = session.record();
        let pass = record.pass.as_ref().unwrap();
        [pass.signals(1)[0], pass.signals(2)[1]]
    };
    for rule in Rule::ALL {
        for convention in Convention::ALL {
            let mut session = sitting("one-item");
            let begin = format!(
                "set rule {}; set convention {}",
                rule.name(),
                convention.name()
            );
            run(&mut session, &[&begin, "set momentum 0.5", "step 3"]);
            let mut alone = Timeline::new(
                Arc::clone(&session.lesson().model),
                Settings::new(rule, 0.5, 0.5),
            );
            alone.run_mut().reach(2_000).unwrap();
            let state = alone.run().state(2_000);
            for (index, (name, start)) in [("hb[0]", 0.35), ("ob[1]", 0.6)].into_iter().enumerate()
            {
                run(&mut session, &[&format!("focus {name}")]);
                let derivation = session.derivation();
                let value = |quantity| derivation.value(quantity);
                let gradient = convention.flip(signals(&session)[index]);
                assert_eq!(value(Quantity::Gradient), Some(gradient));
                assert_ne!(gradient, 0.0);
                let zero = [Quantity::Delta, Quantity::Change, Quantity::EffectiveRate];
                let memories = [
                    Quantity::MomentumTerm,
                    Quantity::Memory,
                    Quantity::NewMemory,
                ];
                let memories = memories.iter().filter(|_| rule.remembers());
                for quantity in zero.iter().chain(memories) {
                    assert_eq!(value(*quantity), Some(0.0), "{rule:?} {quantity:?}");
                }
                for line in &derivation.lines {
                    assert_eq!(
                        line.formula.evaluate(),
                        line.value,
                        "{rule:?} {:?}",
                        line.quantity
                    );
                }
                let delta = derivation.line(Quantity::Delta).unwrap();
                assert_eq!(delta.arithmetic(Digits::default()).text(), "0, not trained");
                assert_eq!(
                    delta.formula.print(Form::Symbols(Decimal::Point)).text(),
                    "not trained"
                );
                let place = session
                    .lesson()
                    .model
                    .parameters()
                    .iter()
                    .position(|n| n == name);
                assert_eq!(state.weights[place.unwrap()], start);
                assert_eq!(value(Quantity::After), Some(start));
                assert!(
                    state
                        .memories
                        .of(place.unwrap())
                        .iter()
                        .all(|kept| kept.value == 0.0)
                );
                let refused = session.run_line("set previous_delta 1").unwrap_err();
                assert!(refused.message.contains("not trained"));
            }
        }
    }
}
