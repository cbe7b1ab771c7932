//! A derivation is data that evaluates to the engine's numbers, and every view of it agrees with it.

use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::{
    Code, Derivation, Digits, Form, Known, Language, Node, NodeQuantity, OfNode, Quantity, number,
    unrolled, why,
};
use nnmom_tutor::math::{
    Activation, Convention, Design, ErrorMeasure, Initial, ItemOrder, Items, Model, Network, Rule,
    ScriptedWeight, Settings, SoftmaxDerivative,
};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{Record, Timeline};
use proptest::prelude::*;

use crate::support::networks::articles;
use crate::support::sittings::{lesson, run, told, unopened, written};

type Made = (Arc<Model>, Rc<Record>);

fn record(settings: Settings, start: f64, previous_delta: f64, downhill: Vec<f64>) -> Made {
    let last = downhill.len() as u64 - 1;
    let model = Model::Weight(ScriptedWeight {
        name: "ihWeights[i,j]".to_owned(),
        start,
        previous_delta,
        downhill,
        loss: None,
    });
    let model = Arc::new(model);
    let mut timeline = Timeline::new(Arc::clone(&model), settings);
    timeline.run_mut().reach(last).unwrap();
    let record = timeline.run().record(last).unwrap();
    (model, record)
}

fn article(rule: Rule) -> Made {
    let settings = Settings::new(rule, 0.01, 0.5);
    record(settings, 3.56, 0.044, vec![2.70])
}

fn derive((model, record): &Made, convention: Convention) -> Derivation {
    Derivation::new(model, record, 0, convention)
}

fn same_bits(a: f64, b: f64) -> bool {
    // A zero has two signs, and only one looks.
    a.to_bits() == b.to_bits() || (a == 0.0 && b == 0.0)
}

proptest! {
    #[test]
    fn evaluating_a_line_gives_the_engines_number_bit_for_bit(
        rule in proptest::sample::select(Rule::ALL.to_vec()),
        convention in proptest::sample::select(Convention::ALL.to_vec()),
        learning_rate in prop_oneof![Just(0.0), Just(1.0), 1e-6..10.0_f64],
        momentum in prop_oneof![Just(0.0), Just(1.0), 0.0..1.5_f64],
        start in -1e3..1e3_f64,
        previous in prop_oneof![Just(0.0), -10.0..10.0_f64],
        downhill in prop::collection::vec(prop_oneof![Just(0.0), -1e3..1e3_f64], 1..5),
    ) {
        let settings = Settings::new(rule, learning_rate, momentum);
        let record = record(settings, start, previous, downhill);
        let update = record.1.updates[0];
        let derivation = derive(&record, convention);
        for quantity in Quantity::ALL {
            if let Some(line) = derivation.line(quantity) {
                prop_assert!(
                    same_bits(line.formula.evaluate(), line.value),
                    "{:?} under {:?}: {} is not {}", quantity, rule, line.formula.evaluate(), line.value
                );
            }
        }
        for (quantity, engine) in [
            (Quantity::Delta, update.delta),
            (Quantity::After, update.after),
            (Quantity::Change, update.change()),
        ] {
            prop_assert!(same_bits(derivation.value(quantity).unwrap(), engine));
        }
        prop_assert!(same_bits(derivation.value(Quantity::Gradient).unwrap(), convention.flip(update.downhill)));
    }
}

#[test]
fn the_articles_update_reads_like_the_article() {
    let derivation = derive(&article(Rule::Article), Convention::Add);
    let digits = Digits::default();
    let lines: Vec<String> = derivation
        .lines
        .iter()
        .map(|line| {
            let numbers = line.formula.print(Form::Numbers(digits)).text();
            format!(
                "{}: {numbers} = {}",
                line.symbol(),
                number::display(line.value, digits)
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "g: 2.7 = 2.7",
            "Δ: 0.01 × 2.7 = 0.027",
            "w′: 3.56 + 0.027 = 3.587",
            "μm: 0.5 × 0.044 = 0.022",
            "w″: 3.587 + 0.022 = 3.609",
            "m′: 0.027 = 0.027",
        ]
    );
}

#[test]
fn a_number_is_known_once_everything_it_is_made_of_has_been_shown() {
    let derivation = derive(&article(Rule::Article), Convention::Add);
    assert_eq!(derivation.known_after(Quantity::Before), 0);
    assert_eq!(derivation.known_after(Quantity::Gradient), 0);
    assert_eq!(derivation.known_after(Quantity::Delta), 2);
    assert_eq!(derivation.known_after(Quantity::Change), 4);
    assert_eq!(derivation.known_after(Quantity::EffectiveRate), 4);
    assert_eq!(derivation.known_after(Quantity::After), 5);
}

/// Every rule in symbols, numbers and code, for both signs.
#[test]
fn every_rule_in_every_form() {
    for rule in Rule::ALL {
        let record = article(rule);
        let mut lines = Vec::new();
        for convention in Convention::ALL {
            lines.push(format!("convention {}", convention.name()));
            let derivation = derive(&record, convention);
            for line in &derivation.lines {
                let symbols = line.formula.print(Form::Symbols(Decimal::Point)).text();
                let numbers = line.formula.print(Form::Numbers(Digits::default())).text();
                let value = number::display(line.value, Digits::default());
                lines.push(format!(
                    "  {:<3} = {symbols} = {numbers} = {value}",
                    line.symbol()
                ));
            }
        }
        for language in Language::ALL {
            lines.push(format!("\n{}", language.title()));
            let derivation = Rc::new(derive(&record, Convention::Add));
            let listing = Code::new(&record.0, &record.1, 0, &derivation, language).listing();
            lines.extend(
                listing
                    .lines
                    .iter()
                    .map(|line| format!("  {}", line.code.text())),
            );
        }
        insta::assert_snapshot!(format!("rule_{}", rule.name()), lines.join("\n"));
    }
}

/// What a change, a momentum term or a memory is made of, put together again, is that number: whatever the rules, and
/// whatever has been set by hand on the way.
#[test]
fn the_parts_of_a_number_add_up_to_it() {
    let lesson = lesson("momentum");
    for rule in Rule::ALL {
        for on_the_way in [
            "set digits 6",
            "set rule pytorch",
            "set rule article",
            "set previous_delta 5",
            "set lr 0.1",
            "set mu 1.2",
        ] {
            let mut session = Session::unopened(Arc::clone(&lesson));
            for line in [
                &format!("set rule {}", rule.name()),
                "step 2",
                on_the_way,
                "step 2",
            ] {
                session.run_line(line).unwrap();
            }
            let run = session.timeline().run();
            let record = run.record(3).unwrap();
            let derivation = session.derivation();
            for quantity in [Quantity::Change, Quantity::MomentumTerm, Quantity::Memory] {
                let Some(value) = derivation.value(quantity) else {
                    continue;
                };
                let earlier = (0..3).rev().map(|update| run.record(update).unwrap());
                let shares = unrolled(quantity, &record, earlier, 0, 10);
                let sum: f64 = shares.iter().map(|share| share.weight * share.source).sum();
                assert!(
                    (sum - value).abs() < 1e-9,
                    "{rule:?}, {on_the_way}, {quantity:?}: {sum} is not {value}"
                );
            }
        }
    }
}

#[test]
fn the_article_reaches_one_update_back_and_classical_momentum_every_one() {
    let weights = |rule: &str| {
        let mut session = unopened("momentum");
        session
            .run_line(&format!("set rule {rule}; step 4"))
            .unwrap();
        let run = session.timeline().run();
        let earlier = (0..3).rev().map(|update| run.record(update).unwrap());
        let shares = unrolled(Quantity::Change, &run.record(3).unwrap(), earlier, 0, 10);
        shares.iter().map(|share| share.weight).collect::<Vec<_>>()
    };
    assert_eq!(weights("article"), [1.0, 0.5]);
    assert_eq!(weights("heavy-ball"), [1.0, 0.5, 0.25, 0.125, 0.0625]);
    assert_eq!(weights("nesterov"), [1.5, 0.25, 0.125, 0.0625, 0.03125]);
}

#[test]
fn every_line_of_a_derivation_has_its_line_of_code() {
    for rule in Rule::ALL {
        let record = article(rule);
        for language in Language::ALL {
            let derivation = Rc::new(derive(&record, Convention::Add));
            let listing = Code::new(&record.0, &record.1, 0, &derivation, language).listing();
            for line in &derive(&record, Convention::Add).lines {
                assert!(
                    listing.line_of(line.quantity).is_some(),
                    "{rule:?} {language:?} {:?}",
                    line.quantity
                );
            }
        }
    }
}

#[test]
fn every_meaning_fits_a_line_of_80_columns() {
    for rule in Rule::ALL {
        for convention in Convention::ALL {
            let derivation = derive(&article(rule), convention);
            for line in Quantity::ALL
                .into_iter()
                .filter_map(|quantity| derivation.line(quantity))
            {
                assert!(line.meaning.chars().count() <= 74, "{}", line.meaning);
            }
        }
    }
}

#[test]
fn why_goes_back_to_what_was_given() {
    let derivation = derive(&article(Rule::Article), Convention::Add);
    let text = why(&derivation, None, Quantity::After, Digits::default())
        .unwrap()
        .text();
    insta::assert_snapshot!(text);
    assert!(
        why(
            &derivation,
            None,
            Quantity::EffectiveRate,
            Digits::default()
        )
        .is_some()
    );
    let plain = derive(&article(Rule::None), Convention::Add);
    assert_eq!(
        why(&plain, None, Quantity::MomentumTerm, Digits::default()),
        None
    );
}

fn network(
    sizes: &[usize],
    output: Activation,
    error: ErrorMeasure,
    softmax_derivative: SoftmaxDerivative,
) -> Network {
    let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
    let mut items = Items::new(inputs, outputs);
    let targets: Vec<f64> = (0..outputs).map(|k| f64::from(u8::from(k == 0))).collect();
    items.push(&vec![0.5; inputs], &targets);
    let (low, high) = (-0.5, 0.5);
    Network::new(Design {
        output,
        error,
        softmax_derivative,
        initial: Initial::Drawn { low, high },
        order: ItemOrder::Sequential,
        ..articles(sizes, items)
    })
}

#[test]
fn it_is_what_the_derivation_says_of_every_node() {
    use SoftmaxDerivative::{Diagonal, Full};
    for (sizes, output, error, derivative) in [
        (
            &[4, 5, 3][..],
            Activation::Softmax,
            ErrorMeasure::Squared,
            Diagonal,
        ),
        (&[2, 3, 2], Activation::Softmax, ErrorMeasure::Squared, Full),
        (
            &[2, 2, 3, 2],
            Activation::Sigmoid,
            ErrorMeasure::Squared,
            Full,
        ),
        (
            &[2, 9, 2],
            Activation::Softmax,
            ErrorMeasure::CrossEntropy,
            Full,
        ),
        (
            &[2, 9, 9],
            Activation::Sigmoid,
            ErrorMeasure::CrossEntropy,
            Full,
        ),
        (&[3, 1], Activation::Tanh, ErrorMeasure::Squared, Full),
    ] {
        let model = Arc::new(Model::Network(Box::new(network(
            sizes, output, error, derivative,
        ))));
        let settings = Settings::new(Rule::Article, 0.1, 0.5);
        let record: Rc<_> = Timeline::new(Arc::clone(&model), settings)
            .run()
            .record(0)
            .unwrap();
        let network = model.network().unwrap();
        let outputs = sizes.len() - 1;
        for parameter in 0..network.names().len() {
            let derivation = Derivation::new(&model, &record, parameter, Convention::Add);
            let known = Known::new(network, &derivation);
            for (layer, size) in sizes.iter().enumerate() {
                for index in 0..*size {
                    let of = |quantity| {
                        let node = Node::new(layer, outputs, index);
                        derivation.known_after(Quantity::Node(OfNode { quantity, node }))
                    };
                    assert_eq!(known.value(layer, index), of(NodeQuantity::Value));
                    if layer > 0 {
                        assert_eq!(known.signal(layer, index), of(NodeQuantity::Signal));
                    }
                }
            }
        }
    }
}

fn sitting_of(layers: &str) -> Session {
    let source = format!(
        "title: T\nmodel:\n  network:\n    layers: {layers}\n    output: identity\n    \
         initial: {{low: -0.5, high: 0.5}}\n    data:\n      rows:\n        - {{inputs: [1], targets: [0]}}\n\
         training: {{rule: article, learning_rate: 0.1}}\npages:\n  - {{title: P, text: P}}\n"
    );
    Session::new(written(&source)).unwrap()
}

/// A node that adds up tens of thousands of terms has them side by side: none lies within another, and no more of them
/// are looked at one by one than are shown.
#[test]
fn a_sum_of_a_wide_layer_is_no_deeper_than_others() {
    let mut session = sitting_of("[1, 20000, 1]");
    run(&mut session, &["step"]);
    let derivation = session.derivation();
    let sum = OfNode::from_name("output_sum[0]").unwrap();
    let line = derivation.line(Quantity::Node(sum)).unwrap();
    assert!(same_bits(line.formula.evaluate(), line.value));
    assert_eq!(line.formula.quantities().len(), 20_000);
    assert_eq!(line.formula.shown_quantities().len(), 5);
    let text = line.arithmetic(Digits::default()).text();
    assert!(text.contains("+ … 19995 more …"), "{text}");
    let told = told(&session.run_line("why").unwrap());
    assert!(told.lines().count() < 200, "{}", told.lines().count());
}

/// Every node of a layer rests on every node before it: what is known of one is not looked up again for each way to it.
#[test]
fn what_nodes_rest_on_is_followed_once() {
    let mut session = sitting_of("[1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1]");
    run(&mut session, &["focus b12[0]", "next"]);
    let derivation = session.derivation();
    let node = OfNode::from_name("hidden11_sum[3]").unwrap();
    assert_eq!(derivation.known_after(Quantity::Node(node)), 0);
    assert!(derivation.known_after(Quantity::Change) > 0);
}

/// Each share of a softmax is made of the sums of all: what each of many is made of is not looked into.
#[test]
fn the_shares_of_a_wide_softmax_are_not_each_taken_apart() {
    let source = format!(
        "title: T\nmodel:\n  network:\n    layers: [1, 4000]\n    data:\n      rows:\n        - {{inputs: [1], targets: [1{}]}}\n\
         training: {{rule: article, learning_rate: 0.1}}\npages:\n  - {{title: P, text: P}}\n",
        ", 0".repeat(3999)
    );
    let mut session = Session::new(written(&source)).unwrap();
    run(&mut session, &["step"]);
    let told = told(&session.run_line("why output[3]").unwrap());
    assert!(told.contains("3994 more"), "{told}");
}
