//! The same question with other numbers: after the last hint, and to tell misconceptions apart.

use std::sync::Arc;

use super::asked::Asked;
use super::dice::Dice;
use super::facts::{Facts, SlopeFacts};
use super::grading::LEAST_DIGITS;
use super::misconception::{Misconception, applicable};
use super::typed::{Typed, rounded};
use crate::explain::{Formula, Node, NodeFacts, Outgoing, Source, Written, squeezed};
use crate::math::{Activation, MemoryUnit};

/// So many draws are tried; the best of them is taken.
const DRAWS: u32 = 400;

/// Other numbers for the same question, the same for the same seed. All right and wrong answers differ at three
/// digits; where no draw brings that about, those of `apart` and the right one do so as far as possible.
pub fn variant(facts: &Facts, asked: Asked, apart: &[&Misconception], seed: u64) -> Facts {
    let mut dice = Dice(seed);
    let mut best = (usize::MAX, facts.clone());
    for _ in 0..DRAWS {
        let drawn = draw(facts, &mut dice);
        let confusions = confusions(&drawn, asked, apart);
        if confusions < best.0 {
            best = (confusions, drawn);
        }
        if confusions == 0 {
            break;
        }
    }
    best.1
}

/// How many pairs of answers look alike at three digits; those of `apart`, and answers that are missing, count most.
fn confusions(facts: &Facts, asked: Asked, apart: &[&Misconception]) -> usize {
    /// More than there are pairs of others.
    const HEAVY: usize = 10_000;
    let Some(right) = facts.right(asked).map(|formula| formula.evaluate()) else {
        return usize::MAX - 1;
    };
    let wrong = applicable(facts, asked);
    let is_missing = |wanted: &&&Misconception| !wrong.iter().any(|(found, _)| found == *wanted);
    let missing = apart.iter().filter(is_missing).count();
    let wrong = wrong.iter().map(|(found, answer)| (Some(*found), *answer));
    let answers: Vec<(Option<&Misconception>, Typable)> = [(None, right)]
        .into_iter()
        .chain(wrong)
        .map(|(found, value)| (found, Typable::of(value)))
        .collect();
    let matters = |found: Option<&Misconception>| found.is_none_or(|found| apart.contains(&found));
    let mut count = missing * HEAVY;
    for (index, (first, a)) in answers.iter().enumerate() {
        for (second, b) in &answers[index + 1..] {
            if a.is_like(b) {
                let heavy = matters(*first) && matters(*second);
                count += if heavy { HEAVY } else { 1 };
            }
        }
    }
    count
}

/// What an answer comes to.
struct Typable {
    value: f64,
    /// What is typed for it with three digits, where that can be read.
    typed: Option<Typed>,
}

impl Typable {
    fn of(value: f64) -> Self {
        let typed = Typed::read(&rounded(value, LEAST_DIGITS)).ok();
        Self { value, typed }
    }

    /// Whether the two may be typed alike with three digits.
    fn is_like(&self, other: &Self) -> bool {
        let agrees = |x: &Self, y: &Self| x.typed.as_ref().is_none_or(|x| x.agrees(y.value));
        agrees(self, other) || agrees(other, self)
    }
}

/// Fresh numbers where the facts have numbers, with as few digits as a person would choose.
fn draw(facts: &Facts, dice: &mut Dice) -> Facts {
    let mut drawn = facts.clone();
    let rule = facts.settings.rule;
    drawn.settings.learning_rate = dice.one_of(&[0.01, 0.02, 0.05, 0.1, 0.2, 0.3]);
    drawn.settings.momentum = dice.one_of(&[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    drawn.before = dice.decimal(30, 290, 2);
    drawn.downhill = dice.signed(12, 48, 1);
    let step = |dice: &mut Dice| dice.signed(31, 290, 3);
    let memory = |dice: &mut Dice, unit| match unit {
        MemoryUnit::Delta => step(dice),
        MemoryUnit::Gradient => dice.signed(11, 59, 1),
        MemoryUnit::Square => dice.decimal(11, 59, 1),
        MemoryUnit::Count => dice.decimal(1, 9, 0),
    };
    // Under plain descent a number is drawn all the same: whatever the rule, the others stay what they were.
    drawn.memory[0] = memory(dice, rule.memory_unit());
    for (value, row) in drawn.memory.iter_mut().zip(rule.memories()).skip(1) {
        *value = memory(dice, row.unit);
    }
    let older = facts.older_memory;
    drawn.older_memory = older.map(|_| memory(dice, rule.memory_unit()));
    drawn.previous_delta = facts.previous_delta.map(|_| step(dice));
    drawn.previous_change = facts.previous_change.map(|_| step(dice));
    drawn.other_weight = facts.other_weight.map(|_| dice.decimal(30, 290, 2));
    drawn.node = facts.node.as_ref().map(|node| draw_node(node, dice));
    drawn.slope = facts.slope.as_ref().map(|slope| SlopeFacts {
        gradient: draw_place(&slope.gradient, dice),
        height: None,
        ..slope.clone()
    });
    drawn
}

/// Another node of the same kind: sums first, values from them, so that they belong together.
fn draw_node(facts: &NodeFacts, dice: &mut Dice) -> NodeFacts {
    let fraction = |dice: &mut Dice| dice.decimal(11, 95, 2);
    let mut drawn = facts.clone();
    drawn.sum = dice.signed(21, 189, 2);
    drawn.value = value_of(facts.activation, drawn.sum, dice);
    for (node, sum) in &mut drawn.layer_sums {
        *sum = if *node == facts.node {
            drawn.sum
        } else {
            dice.signed(21, 189, 2)
        };
    }
    for incoming in &mut drawn.incoming {
        incoming.value = fraction(dice);
        incoming.weight = dice.signed(11, 95, 2);
    }
    if let Some((_, bias)) = &mut drawn.bias {
        *bias = dice.signed(11, 95, 2);
    }
    let (low, high) = facts.activation.bounds().unwrap_or((0.0, 1.0));
    let target = dice.one_of(&[low, high]);
    drawn.source = facts.source.as_ref().map(|source| match source {
        Source::Output { .. } => Source::Output { target },
        Source::Straight { .. } => Source::Straight { target },
        Source::Shares { outputs } => Source::Shares {
            outputs: draw_shares(outputs, dice),
        },
        Source::Hidden { outgoing } => Source::Hidden {
            outgoing: outgoing.iter().map(|way| draw_way(way, dice)).collect(),
        },
    });
    if let Some(Source::Shares { outputs }) = &drawn.source
        && let Some((.., value)) = outputs.iter().find(|(node, ..)| *node == facts.node)
    {
        drawn.value = *value;
    }
    let carried = |carried: Option<(Node, f64)>, dice: &mut Dice| {
        carried.map(|(node, _)| (node, dice.decimal(11, 95, 2)))
    };
    drawn.carried = carried(facts.carried, dice);
    drawn.other_carried = carried(facts.other_carried, dice);
    drawn
}

/// What a function makes of a sum, with three decimals; a share is drawn.
fn value_of(activation: Activation, sum: f64, dice: &mut Dice) -> f64 {
    if activation == Activation::Softmax {
        return dice.decimal(15, 85, 2);
    }
    let value = squeezed(activation, Formula::Constant(sum)).evaluate();
    (value * 1000.0).round() / 1000.0
}

/// Shares that add up to 1, one of which should be all.
fn draw_shares(outputs: &[(Node, f64, f64)], dice: &mut Dice) -> Vec<(Node, f64, f64)> {
    let parts: Vec<usize> = outputs.iter().map(|_| 1 + dice.below(9)).collect();
    let all: usize = parts.iter().sum();
    let right = dice.below(outputs.len());
    let share = |part: usize| (part as f64 / all as f64 * 100.0).round() / 100.0;
    let each = outputs.iter().zip(parts).enumerate();
    each.map(|(index, ((node, ..), part))| {
        let target = f64::from(u8::from(index == right));
        (*node, target, share(part))
    })
    .collect()
}

fn draw_way(way: &Outgoing, dice: &mut Dice) -> Outgoing {
    let weight = dice.signed(11, 95, 2);
    Outgoing {
        signal: dice.signed(21, 189, 3),
        weight,
        new_weight: (way.new_weight)
            .map(|_| ((weight + dice.signed(11, 49, 2)) * 100.0).round() / 100.0),
        ..way.clone()
    }
}

/// A formula at another place of its surface.
fn draw_place(formula: &Formula, dice: &mut Dice) -> Formula {
    match formula {
        Formula::Negative(inner) => -draw_place(inner, dice),
        Formula::Written(written) => {
            let values = written.values.iter().map(|_| dice.signed(3, 29, 1));
            Formula::Written(Arc::new(Written {
                values: values.collect(),
                ..(**written).clone()
            }))
        }
        Formula::Quantity(..)
        | Formula::Named(..)
        | Formula::Constant(_)
        | Formula::Untrained
        | Formula::Binary(..)
        | Formula::Sum(_)
        | Formula::Apply(..) => formula.clone(),
    }
}
