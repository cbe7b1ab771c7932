//! The same question with other numbers: after the last hint, and to tell misconceptions apart.

use super::facts::{Asked, Facts, NetworkFacts, Source};
use super::grading::LEAST_DIGITS;
use super::misconception::{Misconception, applicable};
use super::typed::{Typed, rounded};

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
    let missing = apart
        .iter()
        .filter(|wanted| !wrong.iter().any(|(found, _)| found == *wanted))
        .count();
    let answers: Vec<(Option<&Misconception>, f64)> = std::iter::once((None, right))
        .chain(
            wrong
                .iter()
                .map(|(misconception, answer)| (Some(*misconception), *answer)),
        )
        .collect();
    let matters = |misconception: Option<&Misconception>| {
        misconception.is_none_or(|misconception| apart.contains(&misconception))
    };
    let mut count = missing * HEAVY;
    for (index, (first, a)) in answers.iter().enumerate() {
        for (second, b) in &answers[index + 1..] {
            if alike(*a, *b) {
                count += if matters(*first) && matters(*second) {
                    HEAVY
                } else {
                    1
                };
            }
        }
    }
    count
}

/// Whether two numbers may be typed alike with three digits.
fn alike(a: f64, b: f64) -> bool {
    let typed = |value| Typed::read(&rounded(value, LEAST_DIGITS)).ok();
    let agrees = |x, y| typed(x).is_none_or(|typed| typed.agrees(y));
    agrees(a, b) || agrees(b, a)
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
    let memory = |dice: &mut Dice| match rule.memory_unit() {
        crate::math::MemoryUnit::Delta => step(dice),
        crate::math::MemoryUnit::Gradient => dice.signed(11, 59, 1),
    };
    drawn.memory = memory(dice);
    drawn.older_memory = facts.older_memory.map(|_| memory(dice));
    drawn.previous_delta = facts.previous_delta.map(|_| step(dice));
    drawn.previous_change = facts.previous_change.map(|_| step(dice));
    drawn.other_weight = facts.other_weight.map(|_| dice.decimal(30, 290, 2));
    drawn.network = facts.network.map(|network| draw_network(network, dice));
    drawn
}

fn draw_network(network: NetworkFacts, dice: &mut Dice) -> NetworkFacts {
    let source = match network.source {
        Source::Output { .. } => Source::Output {
            target: dice.one_of(&[0.0, 1.0]),
            output: dice.decimal(15, 85, 2),
        },
        Source::Hidden {
            with_new_weights, ..
        } => Source::Hidden {
            passed_back: dice.signed(11, 99, 2),
            with_new_weights: with_new_weights.map(|_| dice.signed(11, 99, 2)),
        },
    };
    let fraction = |dice: &mut Dice| dice.decimal(11, 95, 2);
    NetworkFacts {
        source,
        slope_at_value: fraction(dice),
        slope_at_sum: network.slope_at_sum.map(|_| fraction(dice)),
        input: network.input.map(|_| fraction(dice)),
        other_input: network.other_input.map(|_| fraction(dice)),
    }
}

/// A small generator of numbers that only have to look fresh (Steele, Lea, Flood: `SplitMix64`, 2014).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; 0 where that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn one_of(&mut self, values: &[f64]) -> f64 {
        values[self.below(values.len())]
    }

    /// A number from `low` to `high` units of the last of so many decimals; the last digit is never 0.
    fn decimal(&mut self, low: usize, high: usize, decimals: u32) -> f64 {
        let drawn = low + self.below(high - low + 1);
        let units = if drawn.is_multiple_of(10) {
            drawn + 1
        } else {
            drawn
        };
        units as f64 / f64::from(10_u32.pow(decimals))
    }

    fn signed(&mut self, low: usize, high: usize, decimals: u32) -> f64 {
        let value = self.decimal(low, high, decimals);
        if self.below(2) == 0 { value } else { -value }
    }
}
