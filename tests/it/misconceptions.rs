//! Wrong rules that can be run: each gives an answer that only it gives, and no such answer ever passes.

use nnmom_tutor::exercise::{
    Asked, Facts, Key, MOST_DIGITS, Misconception, SlopeFacts, Typed, Verdict, Why, applicable,
    hints, rounded, tells, variant, wrong,
};
use nnmom_tutor::explain::{
    Decimal, Digits, Formula, Incoming, LayerKind, Node, NodeFacts, Outgoing, Quantity, Source,
};
use nnmom_tutor::math::{Activation, Convention, Rule, Settings};
use proptest::prelude::*;

use crate::support::depth::cases;

/// The article's update, with every number that a slip may take for another.
fn facts(rule: Rule) -> Facts {
    Facts {
        settings: Settings::new(rule, 0.01, 0.5),
        convention: Convention::Add,
        before: 3.56,
        downhill: 2.70,
        memory: [0.044, 0.0, 0.0],
        previous_delta: Some(0.036),
        previous_change: Some(0.061),
        older_memory: Some(0.052),
        other_weight: Some(1.28),
        digits: Digits::default(),
        node: None,
        slope: None,
    }
}

fn output_node(index: u32) -> Node {
    let layer = LayerKind::Output;
    Node { layer, index }
}

fn hidden_node(index: u32) -> Node {
    let layer = LayerKind::OnlyHidden;
    Node { layer, index }
}

/// A sigmoid node with sum 0.8 and value 0.7, so slope 0.21; its weight carries 0.6.
fn node(source: Source) -> NodeFacts {
    let input = |index| Node {
        layer: LayerKind::Input,
        index,
    };
    let incoming = |index, value, weight| Incoming {
        from: input(index),
        value,
        name: "ih".into(),
        weight,
    };
    NodeFacts {
        node: match source {
            Source::Hidden { .. } => hidden_node(0),
            Source::Output { .. } | Source::Straight { .. } | Source::Shares { .. } => {
                output_node(0)
            }
        },
        activation: Activation::Sigmoid,
        incoming: vec![incoming(0, 0.6, 0.5), incoming(1, 0.85, 0.4)],
        bias: Some(("hb".into(), 0.16)),
        sum: 0.8,
        value: 0.7,
        layer_sums: Vec::new(),
        source: Some(source),
        carried: Some((hidden_node(0), 0.6)),
        other_carried: Some((hidden_node(1), 0.85)),
    }
}

fn network(source: Source) -> Facts {
    Facts {
        node: Some(node(source)),
        ..facts(Rule::Article)
    }
}

const OUTPUT: Source = Source::Output { target: 1.0 };

/// What comes back is 0.5 x 0.4 + 0.3 x 0.4 = 0.32; with the new weights 0.35.
fn hidden() -> Source {
    let outgoing = |index, signal, new_weight| Outgoing {
        to: output_node(index),
        signal,
        name: "ho".into(),
        weight: 0.4,
        new_weight: Some(new_weight),
    };
    Source::Hidden {
        outgoing: vec![outgoing(0, 0.5, 0.46), outgoing(1, 0.3, 0.4)],
    }
}

/// Shares 0.7 and 0.3, of which the second should be all.
fn shares() -> Source {
    Source::Shares {
        outputs: vec![(output_node(0), 0.0, 0.7), (output_node(1), 1.0, 0.3)],
    }
}

/// On E = x² at x = 3.
fn surface() -> Facts {
    let gradient = -(Formula::Constant(2.0) * Formula::Named("x".into(), 3.0));
    Facts {
        slope: Some(SlopeFacts {
            surface: "x^2".to_owned(),
            gradient,
            height: Some(9.0),
        }),
        ..facts(Rule::Article)
    }
}

fn named(name: &str) -> Asked {
    Asked::from_name(name).unwrap()
}

/// The misconceptions that a typed answer is taken for.
fn diagnosed(facts: &Facts, asked: Asked, typed: &str) -> Vec<&'static str> {
    let key = Key::of(facts, asked).unwrap();
    match key.judge(&Typed::read(typed).unwrap()) {
        Verdict::Wrong { fits, .. } => fits
            .into_iter()
            .map(|why| match why {
                Why::Misconception(misconception) => misconception.slug,
                Why::Foreseen(_) => unreachable!(),
            })
            .collect(),
        verdict @ (Verdict::Right { .. } | Verdict::MoreDigits { .. }) => {
            panic!("{typed}: {verdict:?}")
        }
    }
}

/// A misconception, numbers, a question about them, and the answer that only it gives.
type Example = (&'static str, Facts, &'static str, &'static str);

/// Every misconception with a question and the answer that only it gives, worked out by hand.
fn examples() -> Vec<Example> {
    [examples_of_updates(), examples_before_delta()].concat()
}

fn examples_of_updates() -> Vec<Example> {
    use Rule::{Article, Averaged, HeavyBall, Nesterov, PyTorch};
    let rough = || Facts {
        downhill: 2.49,
        memory: [0.0498, 0.0, 0.0],
        before: 0.56,
        ..facts(Article)
    };
    vec![
        ("forgot-learning-rate", facts(Article), "after", "6.282"),
        ("forgot-momentum-term", facts(Article), "after", "3.587"),
        ("only-momentum-term", facts(Article), "after", "3.582"),
        ("sign-flipped", facts(Article), "after", "3.511"),
        ("delta-sign-flipped", facts(Article), "after", "3.555"),
        ("rates-swapped", facts(Article), "after", "4.91044"),
        ("rate-on-momentum-too", facts(Article), "after", "3.58722"),
        (
            "rate-left-out-of-momentum",
            facts(PyTorch),
            "change",
            "0.049",
        ),
        ("momentum-times-gradient", facts(Article), "after", "4.937"),
        ("momentum-times-weight", facts(Article), "after", "5.367"),
        (
            "momentum-times-this-delta",
            facts(Article),
            "after",
            "3.6005",
        ),
        ("forgot-momentum-factor", facts(Article), "after", "3.631"),
        (
            "look-ahead-left-out",
            facts(Nesterov),
            "momentum_term",
            "0.022",
        ),
        ("remembered-whole-change", facts(Article), "after", "3.6175"),
        (
            "remembered-whole-change",
            facts(Article),
            "new_memory",
            "0.049",
        ),
        (
            "remembered-this-step-only",
            facts(HeavyBall),
            "after",
            "3.605",
        ),
        (
            "remembered-this-step-only",
            facts(HeavyBall),
            "new_memory",
            "0.027",
        ),
        ("kept-old-memory", facts(Article), "new_memory", "0.044"),
        ("averaged", facts(Article), "after", "3.5955"),
        ("share-left-out", facts(Averaged), "delta", "0.027"),
        ("older-memory", facts(Article), "after", "3.613"),
        ("wrong-weight", facts(Article), "after", "1.329"),
        ("gave-change", facts(Article), "after", "0.049"),
        ("gave-delta", facts(Article), "after", "0.027"),
        ("no-update", facts(Article), "after", "3.56"),
        ("gave-weight", facts(Article), "change", "3.609"),
        ("gave-plain-weight", facts(Article), "delta", "3.587"),
        (
            "quotient-upside-down",
            facts(Article),
            "effective_rate",
            "55.102",
        ),
        ("rounded-early", rough(), "change", "0.04"),
    ]
}

fn examples_before_delta() -> Vec<Example> {
    let bias = || {
        let mut facts = network(OUTPUT);
        facts.node.as_mut().unwrap().carried = None;
        facts
    };
    vec![
        ("output-minus-target", network(OUTPUT), "signal", "-0.063"),
        ("slope-left-out", network(OUTPUT), "signal", "0.30"),
        // 0.8 × 0.2 × 0.3 × 0.6
        ("slope-at-sum", network(OUTPUT), "gradient", "0.0288"),
        (
            "slope-added",
            network(Source::Straight { target: 1.0 }),
            "signal",
            "0.063",
        ),
        // The own slope alone: 0.7 × 0.3 × -0.7; with both, 0.7 × (-0.7 + 0.7 × 0.7 - 0.7 × 0.3).
        (
            "cross-terms-left-out",
            network(shares()),
            "signal",
            "-0.147",
        ),
        ("new-output-weights", network(hidden()), "signal", "0.0735"),
        (
            "outgoing-weights-left-out",
            network(hidden()),
            "signal",
            "0.168",
        ),
        ("input-left-out", network(OUTPUT), "gradient", "0.063"),
        ("bias-given-input", bias(), "gradient", "0.05355"),
        // 0.6 × 0.5 + 0.85 × 0.4 = 0.64, and the bias 0.16.
        ("bias-left-out", network(OUTPUT), "sum", "0.64"),
        ("weights-alone", network(OUTPUT), "sum", "1.06"),
        ("gave-value", network(OUTPUT), "sum", "0.68997"),
        ("gave-sum", network(OUTPUT), "value", "0.8"),
        ("other-function", network(OUTPUT), "value", "0.66404"),
        ("uphill", surface(), "gradient", "6"),
        ("gave-height", surface(), "gradient", "9"),
    ]
}

#[test]
fn every_misconception_has_an_answer_that_only_it_gives() {
    let examples = examples();
    for misconception in Misconception::all() {
        let slug = misconception.slug;
        assert!(examples.iter().any(|(named, ..)| *named == slug), "{slug}");
    }
    for (slug, facts, quantity, typed) in examples {
        assert_eq!(diagnosed(&facts, named(quantity), typed), [slug], "{typed}");
    }
}

/// The weight shows three decimals, so 0.00149 + 0.00149 becomes 0.001 + 0.001.
#[test]
fn who_rounds_early_rounds_to_the_decimals_that_are_seen_whatever_they_begin_with() {
    for mark in Decimal::ALL {
        let facts = Facts {
            before: 0.562,
            downhill: 0.149,
            memory: [0.00298, 0.0, 0.0],
            digits: Digits::usual(mark),
            ..facts(Rule::Article)
        };
        let slugs = diagnosed(&facts, named("change"), "0.002");
        assert_eq!(slugs, ["rounded-early"], "{mark:?}");
    }
}

#[test]
fn a_misconception_is_named_with_its_arithmetic_and_what_to_try() {
    let (facts, after) = (facts(Rule::Article), named("after"));
    let key = Key::of(&facts, after).unwrap();
    let verdict = key.judge(&Typed::read("6.282").unwrap());
    let text: Vec<String> = wrong(&facts, after, "6.282", &verdict)
        .iter()
        .map(nnmom_tutor::explain::Line::text)
        .collect();
    assert_eq!(text[0], "Not yet: the learning rate is missing.");
    assert_eq!(text[1], "  3.56 + 2.7 + 0.5 × 0.044 = 6.282");
    assert_eq!(text.len(), 4);
}

#[test]
fn every_sentence_is_friendly() {
    let mut slugs = std::collections::BTreeSet::new();
    for misconception in Misconception::all() {
        assert!(slugs.insert(misconception.slug));
        for text in [misconception.title, misconception.says, misconception.next] {
            assert!(!text.is_empty());
            for word in ["simply", "obviously", "just ", "invalid", "stupid"] {
                assert!(!text.to_lowercase().contains(word), "{text}");
            }
        }
        for text in [misconception.says, misconception.next] {
            assert!(text.ends_with(['.', '?']), "{text}");
        }
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    prop::sample::select(Rule::ALL.to_vec())
}

/// Numbers with a few digits, as lessons have them.
fn some_facts() -> impl Strategy<Value = Facts> {
    let settings = (rule(), 1..400_u32, 1..99_u32);
    let update = (-900..900_i32, -500..500_i32, -300..300_i32);
    let others = (-300..300_i32, -300..300_i32, -300..300_i32, -900..900_i32);
    let network = (
        0..100_i32,
        1..99_i32,
        1..99_i32,
        1..99_i32,
        -99..99_i32,
        any::<bool>(),
    );
    let subtracts = any::<bool>();
    (settings, update, others, network, subtracts, 0..5_u8).prop_map(
        |((rule, rate, momentum), (before, gradient, memory), others, network, subtracts, kind)| {
            let thousandths = |value: i32| f64::from(value) / 1000.0;
            let (target, value, sum, input, back, bias) = network;
            let hundredths = |value: i32| f64::from(value) / 100.0;
            let target = hundredths(target);
            let source = match kind {
                0 => Source::Output { target },
                1 => Source::Straight { target },
                2 => Source::Shares {
                    outputs: vec![
                        (output_node(0), target, hundredths(value)),
                        (output_node(1), 1.0 - target, 1.0 - hundredths(value)),
                    ],
                },
                _ => {
                    let outgoing = |index, signal, weight| Outgoing {
                        to: output_node(index),
                        signal: hundredths(signal),
                        name: "ho".into(),
                        weight: hundredths(weight),
                        new_weight: Some(hundredths(weight + 3)),
                    };
                    Source::Hidden {
                        outgoing: vec![outgoing(0, back, input), outgoing(1, input, back)],
                    }
                }
            };
            let mut node = node(source);
            node.activation = if subtracts {
                Activation::Tanh
            } else {
                Activation::Sigmoid
            };
            node.sum = hundredths(sum);
            node.value = hundredths(value);
            node.carried = (!bias).then_some((hidden_node(0), hundredths(input)));
            node.other_carried = Some((hidden_node(1), hundredths(input + 5)));
            node.incoming[0].value = hundredths(back);
            node.incoming[1].weight = hundredths(input);
            Facts {
                settings: Settings::new(
                    rule,
                    f64::from(rate) / 1000.0,
                    f64::from(momentum) / 100.0,
                ),
                convention: if subtracts {
                    Convention::Subtract
                } else {
                    Convention::Add
                },
                before: hundredths(before),
                downhill: hundredths(gradient),
                memory: [thousandths(memory), 0.0, 0.0],
                previous_delta: Some(thousandths(others.0)),
                previous_change: Some(thousandths(others.1)),
                older_memory: Some(thousandths(others.2)),
                other_weight: Some(hundredths(others.3)),
                digits: Digits::default(),
                node: Some(node),
                slope: None,
            }
        },
    )
}

fn asked() -> impl Strategy<Value = Asked> {
    prop::sample::select(Asked::all().collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(2000)))]

    #[test]
    fn the_right_formula_is_the_engines_number_bit_for_bit(facts in some_facts()) {
        let update = facts.update();
        for (quantity, value) in [
            (Quantity::Delta, update.delta),
            (Quantity::PlainWeight, update.plain),
            (Quantity::MomentumTerm, update.momentum_term),
            (Quantity::Change, update.change()),
            (Quantity::After, update.after),
            (Quantity::EffectiveRate, update.effective_rate().unwrap_or(f64::NAN)),
        ] {
            if let Some(right) = facts.right(Asked::Quantity(quantity)) {
                prop_assert_eq!(right.evaluate(), value, "{:?}", quantity);
            }
        }
        if let Some(kept) = facts.right(Asked::Quantity(Quantity::NewMemory)) {
            prop_assert_eq!(kept.evaluate().abs(), update.new_memory[0].abs());
        }
    }

    #[test]
    fn the_right_answer_is_accepted_with_all_the_digits_it_needs(facts in some_facts(), asked in asked()) {
        if let Some(key) = Key::of(&facts, asked) {
            for digits in key.digits_needed()..=MOST_DIGITS {
                let text = rounded(key.right, digits);
                let verdict = key.judge(&Typed::read(&text).unwrap());
                let right = matches!(verdict, Verdict::Right { .. });
                prop_assert!(right, "{} for {}: {:?}", text, key.right, verdict);
            }
            let exact = format!("{:?}*1", key.right);
            let verdict = key.judge(&Typed::read(&exact).unwrap());
            prop_assert_eq!(verdict, Verdict::Right { rounded: false });
        }
    }

    #[test]
    fn the_right_answer_is_never_called_wrong_however_few_its_digits(facts in some_facts(), asked in asked()) {
        if let Some(key) = Key::of(&facts, asked) {
            for digits in 1..=MOST_DIGITS {
                let text = rounded(key.right, digits);
                let verdict = key.judge(&Typed::read(&text).unwrap());
                let wrong = matches!(verdict, Verdict::Wrong { .. });
                prop_assert!(!wrong, "{} for {}: {:?}", text, key.right, verdict);
            }
        }
    }

    #[test]
    fn no_misconceptions_answer_is_ever_accepted(facts in some_facts(), asked in asked(), digits in 1..=MOST_DIGITS) {
        if let Some(key) = Key::of(&facts, asked) {
            for (misconception, answer) in applicable(&facts, asked) {
                for text in [rounded(answer, digits), format!("{answer:?}+0")] {
                    let verdict = key.judge(&Typed::read(&text).unwrap());
                    let accepted = matches!(verdict, Verdict::Right { .. });
                    prop_assert!(!accepted, "{} as {} for {}", misconception.slug, text, key.right);
                }
            }
        }
    }

    #[test]
    fn hints_keep_the_answer_for_the_last(facts in some_facts(), asked in asked()) {
        if let Some(right) = facts.right(asked) {
            let hints = hints(&facts, asked);
            let (last, before) = hints.split_last().unwrap();
            let answer = right.evaluate();
            prop_assert!(tells(&last.text(), answer, facts.digits), "{}", last.text());
            for hint in before {
                prop_assert!(!tells(&hint.text(), answer, facts.digits), "{}", hint.text());
            }
        }
    }
}

/// The misconceptions that apply to a question in principle: on numbers without accidents.
#[test]
fn fresh_numbers_tell_every_two_misconceptions_apart() {
    for rule in Rule::ALL {
        for convention in Convention::ALL {
            for source in [
                None,
                Some(OUTPUT),
                Some(hidden()),
                Some(Source::Straight { target: 1.0 }),
            ] {
                let mut start = source.clone().map_or_else(|| facts(rule), network);
                start.settings.rule = rule;
                start.convention = convention;
                for asked in Asked::all() {
                    if start.right(asked).is_none() {
                        continue;
                    }
                    let all: Vec<&'static Misconception> = applicable(&start, asked)
                        .into_iter()
                        .map(|(found, _)| found)
                        .collect();
                    for seed in 0..u64::from(cases(5)) {
                        assert_told_apart(&variant(&start, asked, &all, seed), asked, &all);
                    }
                }
            }
        }
    }
}

fn assert_told_apart(fresh: &Facts, asked: Asked, all: &[&'static Misconception]) {
    let key = Key::of(fresh, asked).unwrap();
    let rule = fresh.settings.rule.name();
    for misconception in all.iter().filter(|one| one.slug != "rounded-early") {
        let answer = misconception
            .answer(fresh, asked)
            .unwrap_or_else(|| panic!("{misconception:?} {rule} {asked:?}"));
        let verdict = key.judge(&Typed::read(&rounded(answer, 3)).unwrap());
        let Verdict::Wrong { fits, .. } = verdict else {
            panic!("{misconception:?} {rule} {asked:?} {answer}: {verdict:?}");
        };
        assert_eq!(
            fits,
            [Why::Misconception(misconception)],
            "{rule} {asked:?} {answer}"
        );
    }
}
