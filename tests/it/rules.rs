//! Each rule is one text: what trains, what is derived and what theory says are readings of it.

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::{Form, Formula, Quantity, Signed};
use nnmom_tutor::math::rules::{
    Further, Given, Law, MOST_FURTHER, MemoryRow, RulePart, RuleRow, Steps, train_each,
};
use nnmom_tutor::math::stability::{oscillates_above, spectral_radius, stable_range};
use nnmom_tutor::math::{Linear, MOST_MEMORIES, Memories, MemoryUnit, Numeric, Rule};

/// A rule with three memories and two further settings: Kingma and Ba (2015), with t counted in updates.
struct Adam;

const fn memory(unit: MemoryUnit, words: &'static str) -> MemoryRow {
    MemoryRow {
        unit,
        words,
        code: words,
        before: "",
        kept: "",
        hint: "",
    }
}

const fn further(name: &'static str, default: f64) -> Further {
    Further { name, default }
}

impl Law for Adam {
    const ROW: RuleRow = RuleRow {
        name: "adam",
        memories: &[
            memory(MemoryUnit::Gradient, "average"),
            memory(MemoryUnit::Square, "square"),
            memory(MemoryUnit::Count, "updates"),
        ],
        further: &[further("beta2", 0.999), further("epsilon", 1e-8)],
        delta: "",
        delta_hint: "",
        momentum_term: "",
        libraries: [""; 2],
        parabola: None,
    };

    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let Given {
            learning_rate: rate,
            momentum: mu,
            downhill,
            memory: [m, v, updates],
            further: [beta2, epsilon],
        } = given;
        let rest = |part: N| N::constant(1.0) - part;
        let t = updates.value() as u32 + 1;
        let square = rest(beta2.clone()) * (downhill.clone() * downhill.clone());
        let v = update.keep(1, beta2.clone() * v + square);
        let step = rate / rest(mu.clone().power(t)) / ((v / rest(beta2.power(t))).sqrt() + epsilon);
        update.delta(step.clone() * rest(mu.clone()) * downhill.clone());
        update.momentum_term(step * mu.clone() * m.clone());
        update.keep(0, mu.clone() * m + rest(mu) * downhill);
        update.keep(2, updates + N::constant(1.0));
    }
}

fn given<N: Numeric>(numbers: [f64; 3], memory: [N; MOST_MEMORIES]) -> Given<N> {
    let [learning_rate, momentum, downhill] = numbers.map(N::constant);
    Given {
        learning_rate,
        momentum,
        downhill,
        memory,
        further: [0.999, 1e-8].map(N::constant),
    }
}

#[test]
fn a_rule_with_several_memories_and_further_settings_trains() {
    let (mut weights, mut memories) = ([3.0, -2.0], [0.0; 6]);
    // The same as `torch.optim.Adam` writes it.
    let (mut expected, mut m, mut v) = ([3.0, -2.0], [0.0_f64; 2], [0.0_f64; 2]);
    for t in 1..=200 {
        let downhill = weights.map(|weight| -weight * 0.7);
        train_each::<Adam, 3>(
            &given([0.1, 0.9, 0.0], [0.0; 3]),
            &mut weights,
            &mut memories,
            &downhill,
        );
        for index in 0..2 {
            let gradient = expected[index] * 0.7;
            m[index] = 0.9 * m[index] + (1.0 - 0.9) * gradient;
            v[index] = 0.999 * v[index] + (1.0 - 0.999) * gradient * gradient;
            let (first, second) = (1.0 - 0.9_f64.powi(t), 1.0 - 0.999_f64.powi(t));
            expected[index] -= 0.1 * (m[index] / first) / ((v[index] / second).sqrt() + 1e-8);
        }
        for (weight, expected) in weights.iter().zip(expected) {
            assert!(
                (weight - expected).abs() < 1e-12,
                "{t}: {weight} {expected}"
            );
        }
        assert_eq!([memories[2], memories[5]], [f64::from(t); 2]);
    }
}

#[test]
fn the_same_text_is_its_derivation_bit_for_bit() {
    let remembered = [0.25, 0.04, 2.0];
    let mut trained = Vec::new();
    Adam::update(
        given([0.1, 0.9, 1.5], remembered),
        &mut |part, number: f64| {
            trained.push((part, number));
            number
        },
    );
    let names = ["m", "v", "t"].map(String::from);
    let leaves = std::array::from_fn(|slot| {
        Signed::from(Formula::Named(
            names[slot].as_str().into(),
            remembered[slot],
        ))
    });
    let mut derived = Vec::new();
    let mut of_leaves = given([0.1, 0.9, 1.5], leaves);
    of_leaves.momentum = Formula::Quantity(Quantity::Momentum, 0.9).into();
    of_leaves.downhill = -Signed::from(Formula::Quantity(Quantity::Gradient, -1.5));
    Adam::update(of_leaves, &mut |part, number: Signed| {
        derived.push((part, number.clone().written()));
        number
    });
    assert_eq!(trained.len(), 5);
    for ((part, number), (_, formula)) in trained.iter().zip(&derived) {
        assert_eq!(formula.evaluate(), *number, "{part:?}");
    }
    let printed = |wanted| {
        let found = derived.iter().find(|(part, _)| *part == wanted);
        found.unwrap().1.print(Form::Symbols(Decimal::Point)).text()
    };
    assert_eq!(printed(RulePart::Kept(0)), "μ × m - (1 - μ) × g");
    assert!(printed(RulePart::MomentumTerm).contains("1 - (μ)^3"));
}

#[test]
fn a_rule_that_is_not_linear_is_known_for_one() {
    let mut linear = Vec::new();
    let mut of_symbols = given([0.1, 0.9, 0.0], Linear::memories());
    of_symbols.downhill = Linear::found();
    Adam::update(of_symbols, &mut |part, number: Linear| {
        linear.push((part, number.is_linear()));
        number
    });
    assert!(linear.contains(&(RulePart::Delta, false)));
    assert!(linear.contains(&(RulePart::Kept(0), true)));
}

#[test]
fn memories_are_found_again_by_what_they_measure() {
    let mut memories = Memories::left(Rule::PyTorch, vec![4.0, 8.0]);
    assert_eq!(memories.read_all(Rule::HeavyBall, 0.1)[..], [0.4, 0.8]);
    assert_eq!(memories.read_all(Rule::PyTorch, 0.1)[..], [4.0, 8.0]);
    memories.set_delta(1, 0.3);
    assert_eq!(memories.read_all(Rule::HeavyBall, 0.1)[..], [0.4, 0.3]);
    let plain = Memories::left(Rule::None, vec![0.0; 2]);
    assert_eq!(plain.read_all(Rule::PyTorch, 0.1)[..], [0.0, 0.0]);
}

#[test]
fn every_row_fits_its_frame() {
    for rule in Rule::ALL {
        let (row, parts) = (rule.row(), rule.parts());
        assert!(row.memories.len() <= MOST_MEMORIES && row.further.len() <= MOST_FURTHER);
        assert_eq!(
            parts
                .iter()
                .filter(|part| **part == RulePart::Delta)
                .count(),
            1
        );
        for slot in 0..row.memories.len() {
            assert!(parts.contains(&RulePart::Kept(slot)), "{}", rule.name());
        }
    }
}

/// What is written in a rule's file about parabolas, against the recurrence that its text gives.
#[test]
fn the_closed_forms_are_those_of_the_texts() {
    for rule in Rule::ALL {
        for mu in [0.05, 0.3, 0.5, 0.75, 0.9, 0.99] {
            let name = rule.name();
            let (from, to) = stable_range(rule, mu).unwrap();
            assert!(
                (spectral_radius(rule, to, mu) - 1.0).abs() < 1e-12,
                "{name} {mu}"
            );
            assert!(spectral_radius(rule, f64::midpoint(from, to), mu) < 1.0);
            assert!(spectral_radius(rule, 1.001 * to, mu) > 1.0);
            // Where two roots are equal the radius is least, or has a corner.
            let critical = oscillates_above(rule, mu);
            let slope =
                |q: f64| (spectral_radius(rule, q * 1.0001, mu) - spectral_radius(rule, q, mu)) / q;
            let (before, after) = (slope(critical * 0.999), slope(critical * 1.001));
            assert!(
                (before - after).abs() > 1e-6,
                "{name} {mu}: {before} {after}"
            );
        }
    }
}
