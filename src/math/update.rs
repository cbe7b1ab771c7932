//! One update of a parameter, and of all of them, by the rule and the settings in force.

use multiversion::multiversion;

use super::abreast;
use super::expression::{Lanes, WIDTH};
use super::rules::{Given, Law, MOST_FURTHER, RulePart};
use super::{Memories, Memory, Rule, Slots};

/// What the learner may turn: the rule and its coefficients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The update rule in force.
    pub rule: Rule,
    /// eta, in weight units per unit of gradient; 0 or more.
    pub learning_rate: f64,
    /// mu, a pure number; 0 or more, and below 1 for any run that is to settle.
    pub momentum: f64,
    /// What has been set beside them, by name. A rule reads what it has a row for, and may know no other.
    pub further: [Option<(&'static str, f64)>; MOST_FURTHER],
}

impl Settings {
    /// A rule with its two coefficients; further ones are as the rule has them.
    pub const fn new(rule: Rule, learning_rate: f64, momentum: f64) -> Self {
        Self {
            rule,
            learning_rate,
            momentum,
            further: [None; MOST_FURTHER],
        }
    }

    /// The rule's further settings, in the order of its row: as they have been set, or as they are by default.
    pub fn further(&self) -> [f64; MOST_FURTHER] {
        let mut values = [0.0; MOST_FURTHER];
        for (value, row) in values.iter_mut().zip(self.rule.row().further) {
            let mut set = self.further.iter().flatten();
            let found = set.find(|(name, _)| *name == row.name);
            *value = found.map_or(row.default, |(_, value)| *value);
        }
        values
    }

    /// One of them by its name; no number where the rule has none of that name.
    pub fn further_called(&self, name: &str) -> f64 {
        let mut rows = self.rule.row().further.iter();
        let place = rows.position(|row| row.name == name);
        place.map_or(f64::NAN, |place| self.further()[place])
    }

    pub(super) fn given(&self, downhill: f64, memory: Slots) -> Given<f64> {
        Given {
            learning_rate: self.learning_rate,
            momentum: self.momentum,
            downhill,
            memory,
            further: self.further(),
        }
    }

    /// One update of every parameter in place, each as [`Settings::update`] makes it; memories are in the rule's units,
    /// [`Rule::stride`] of them for each parameter.
    #[inline]
    pub fn update_all(&self, weights: &mut [f64], memories: &mut [f64], downhill: &[f64]) {
        let given = self.given(0.0, Slots::default());
        self.rule.train(&given, weights, memories, downhill);
    }

    /// One update of every weight of a matrix in place, as [`Settings::update`] makes it. The downhill gradient of the
    /// weight in row `i` and column `j` is `signals[j] values[i]`; rows beyond `values` stay as they are.
    #[inline]
    pub fn descend(
        &self,
        weights: &mut [f64],
        memories: &mut [f64],
        values: &[f64],
        signals: &[f64],
    ) {
        let given = self.given(0.0, Slots::default());
        (self.rule).descend(&given, weights, memories, values, signals);
    }

    /// One update of one parameter by the rule's text, with `after = (before + delta) + momentum_term`.
    ///
    /// `downhill` is `-dE/dw`; `memory` is what any rule has left. Products are taken from left to right as the text
    /// writes them, so that a derivation shown to a learner evaluates to the same bits. Results may overflow; see
    /// [`Update::overflow`].
    #[inline]
    pub fn update(&self, before: f64, downhill: f64, memory: &[Memory]) -> Update {
        let memory = Memory::read_all(memory, self.rule, self.learning_rate);
        let given = self.given(downhill, memory);
        let mut made = Made::default();
        self.rule
            .update(given, &mut |part, number| made.take(part, number));
        made.update(before, downhill, memory)
    }

    /// One update of each of some parameters, as [`Settings::update`] makes it, added to `updates`.
    pub fn record_all(
        &self,
        weights: &[f64],
        memories: &Memories,
        downhill: &[f64],
        updates: &mut Vec<Update>,
    ) {
        let memories = memories.read_all(self.rule, self.learning_rate);
        self.record_read(weights, &memories, downhill, updates);
    }

    /// The same of memories that are in the rule's units, [`Rule::stride`] of them for each parameter.
    #[inline]
    pub fn record_read(
        &self,
        weights: &[f64],
        memories: &[f64],
        downhill: &[f64],
        updates: &mut Vec<Update>,
    ) {
        let given = self.given(0.0, Slots::default());
        (self.rule).record(&given, weights, memories, downhill, updates);
    }
}

/// What a rule has come to.
#[derive(Default)]
struct Made {
    delta: f64,
    momentum_term: f64,
    kept: Slots,
}

impl Made {
    #[inline]
    fn take(&mut self, part: RulePart, number: f64) -> f64 {
        match part {
            RulePart::Delta => self.delta = number,
            RulePart::MomentumTerm => self.momentum_term = number,
            RulePart::Kept(slot) => self.kept[slot] = number,
        }
        number
    }

    #[inline]
    fn update(self, before: f64, downhill: f64, memory: Slots) -> Update {
        let plain = before + self.delta;
        Update {
            before,
            downhill,
            memory,
            delta: self.delta,
            plain,
            momentum_term: self.momentum_term,
            after: plain + self.momentum_term,
            new_memory: self.kept,
        }
    }
}

/// One update of a parameter by a law, with `STRIDE` memories.
#[inline]
fn made_by<L: Law, const STRIDE: usize>(
    given: &Given<f64>,
    downhill: f64,
    kept: &[f64; STRIDE],
) -> (Made, Slots) {
    let mut memory = Slots::default();
    memory[..STRIDE].copy_from_slice(kept);
    let given = Given {
        downhill,
        memory,
        ..*given
    };
    let mut made = Made::default();
    L::update(given, &mut |part, number| made.take(part, number));
    (made, memory)
}

/// One update of every parameter by a law, in place, with `STRIDE` memories for each.
#[inline]
pub fn train_each<L: Law, const STRIDE: usize>(
    given: &Given<f64>,
    weights: &mut [f64],
    memories: &mut [f64],
    downhill: &[f64],
) {
    let (memories, _) = memories.as_chunks_mut::<STRIDE>();
    for ((weight, kept), downhill) in weights.iter_mut().zip(memories).zip(downhill) {
        let (made, _) = made_by::<L, STRIDE>(given, *downhill, kept);
        *weight = (*weight + made.delta) + made.momentum_term;
        kept.copy_from_slice(&made.kept[..STRIDE]);
    }
}

/// One update of a layer by a law, in place: of a row of `WIDTH` weights for each input, whose gradients are the signals
/// times that input, and where there is one more row, of biases, whose gradients are the signals.
#[inline]
pub fn train_rows<L: Law, const STRIDE: usize, const WIDTH: usize>(
    given: &Given<f64>,
    inputs: &[f64],
    signals: &[f64; WIDTH],
    weights: &mut [f64],
    memories: &mut [f64],
) {
    let (weights, _) = weights.as_chunks_mut::<WIDTH>();
    let (memories, _) = memories.as_chunks_mut::<STRIDE>();
    let (memories, _) = memories.as_chunks_mut::<WIDTH>();
    let mut rows = weights.iter_mut().zip(memories);
    for (input, (row, kept)) in inputs.iter().zip(&mut rows) {
        let downhill = signals.map(|signal| signal * input);
        train_each::<L, STRIDE>(given, row, kept.as_flattened_mut(), &downhill);
    }
    if let Some((biases, kept)) = rows.next() {
        train_each::<L, STRIDE>(given, biases, kept.as_flattened_mut(), signals);
    }
}

/// The same with all its numbers, and nothing changed.
#[inline]
pub(super) fn record_each<L: Law, const STRIDE: usize>(
    given: &Given<f64>,
    weights: &[f64],
    memories: &[f64],
    downhill: &[f64],
    updates: &mut Vec<Update>,
) {
    let (memories, _) = memories.as_chunks::<STRIDE>();
    let numbers = weights.iter().zip(memories).zip(downhill);
    updates.extend(numbers.map(|((before, kept), downhill)| {
        let (made, memory) = made_by::<L, STRIDE>(given, *downhill, kept);
        made.update(*before, *downhill, memory)
    }));
}

/// One update of every weight of a matrix by a law, in place; see [`Settings::descend`]. It is compiled a second and a
/// third time for processors with wider registers, and chosen when it runs.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
pub(super) fn descend_each<L: Law, const STRIDE: usize>(
    given: &Given<f64>,
    weights: &mut [f64],
    memories: &mut [f64],
    values: &[f64],
    signals: &[f64],
) {
    let (memories, _) = memories.as_chunks_mut::<STRIDE>();
    let width = signals.len();
    let rows = weights
        .chunks_exact_mut(width)
        .zip(memories.chunks_exact_mut(width));
    for (value, (weights, memories)) in values.iter().zip(rows) {
        for ((weight, kept), signal) in weights.iter_mut().zip(memories).zip(signals) {
            let (made, _) = made_by::<L, STRIDE>(given, signal * value, kept);
            *weight = (*weight + made.delta) + made.momentum_term;
            kept.copy_from_slice(&made.kept[..STRIDE]);
        }
    }
}

/// One update of one parameter in each of several runs by a law, in place, with `STRIDE` memories for it. 0 times
/// each change is added to `lost`: 0, or no number where it is not finite.
#[inline]
pub(super) fn update_abreast<L: Law, const STRIDE: usize>(
    given: &abreast::Given,
    weights: &mut Lanes,
    memories: &mut [Lanes],
    downhill: &Lanes,
    lost: &mut Lanes,
) {
    let mut kept: [Lanes; STRIDE] = std::array::from_fn(|slot| memories[slot]);
    for run in 0..WIDTH {
        let of_run = Given {
            learning_rate: given.learning_rate[run],
            momentum: given.momentum[run],
            downhill: 0.0,
            memory: Slots::default(),
            further: given.further,
        };
        let own: [f64; STRIDE] = std::array::from_fn(|slot| kept[slot][run]);
        let (made, _) = made_by::<L, STRIDE>(&of_run, downhill[run], &own);
        let change = made.delta + made.momentum_term;
        lost[run] += 0.0 * change;
        weights[run] = (weights[run] + made.delta) + made.momentum_term;
        for (kept, own) in kept.iter_mut().zip(made.kept) {
            kept[run] = own;
        }
    }
    memories.copy_from_slice(&kept);
}

/// Everything one update did to one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Update {
    /// The parameter before the update.
    pub before: f64,
    /// The downhill gradient, `-dE/dw`.
    pub downhill: f64,
    /// The memories the update used, in the units of its rule.
    pub memory: Slots,
    /// The plain step.
    pub delta: f64,
    /// `before + delta`: the parameter after the plain step.
    pub plain: f64,
    /// What the memory contributes.
    pub momentum_term: f64,
    /// `plain + momentum_term`.
    pub after: f64,
    /// What is kept for the next update, in the units of the rule.
    pub new_memory: Slots,
}

impl Update {
    /// What becomes of a parameter that is not trained.
    pub fn none(before: f64, downhill: f64) -> Self {
        Made::default().update(before, downhill, Slots::default())
    }

    /// delta + momentum term.
    pub fn change(&self) -> f64 {
        self.delta + self.momentum_term
    }

    /// change / downhill gradient: the learning rate that plain descent would have needed for the same change.
    /// `None` where the gradient is 0, or so small that the quotient is no number.
    pub fn effective_rate(&self) -> Option<f64> {
        let rate = self.change() / self.downhill;
        (self.downhill != 0.0 && rate.is_finite()).then_some(rate)
    }

    /// The first of the update's numbers that has grown past what a double can hold, by its field name.
    #[inline]
    pub fn overflow(&self) -> Option<&'static str> {
        let slots = self.memory.iter().chain(&self.new_memory);
        let kept = slots.fold(true, |finite, value| finite & value.is_finite());
        // The new weight is no number where a part of it is none.
        let finite = kept & self.downhill.is_finite() & self.change().is_finite();
        if finite & self.after.is_finite() {
            None
        } else {
            self.overflown()
        }
    }

    #[cold]
    fn overflown(&self) -> Option<&'static str> {
        let memory = |slots: Slots| slots.map(|value| ("memory", value));
        let found = [
            ("delta", self.delta),
            ("momentum_term", self.momentum_term),
            ("change", self.change()),
            ("after", self.after),
        ];
        [("gradient", self.downhill)]
            .into_iter()
            .chain(memory(self.memory))
            .chain(found)
            .chain(memory(self.new_memory))
            .find_map(|(name, value)| (!value.is_finite()).then_some(name))
    }
}
