//! What a rule keeps from earlier updates, and in which units.

use std::borrow::Cow;

use super::{Rule, Update};

/// The most numbers that a rule remembers for a weight.
pub const MOST_MEMORIES: usize = 3;

/// The numbers that a rule remembers for a weight, in its units and its order; those it has not are 0.
pub type Slots = [f64; MOST_MEMORIES];

/// The unit a memory is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryUnit {
    /// A step of the weight: previous delta, previous change, velocity.
    Delta,
    /// A gradient: the buffer of PyTorch's form, the moving average. A step once multiplied by the learning rate.
    Gradient,
    /// The square of a gradient.
    Square,
    /// A number of updates.
    Count,
}

/// One number that is kept for a parameter from earlier updates; what has a direction is positive downhill.
///
/// A memory stays in the unit it was written in until an update needs it in another; see [`Memory::read`]. So
/// choosing a rule and choosing another again loses nothing, and the order in which rule and learning rate are
/// changed between two updates does not matter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// The amount, in `unit`.
    pub value: f64,
    /// What `value` is measured in.
    pub unit: MemoryUnit,
}

impl Memory {
    /// A memory in delta units, as a lesson's `previous_delta` is.
    pub fn of_delta(value: f64) -> Self {
        Self {
            value,
            unit: MemoryUnit::Delta,
        }
    }

    /// The memory in another unit: delta = `learning_rate` x gradient. `None` where it cannot be had from this one.
    ///
    /// With a learning rate of 0 no gradient buffer gives a step, so a delta is carried over as 0.
    #[inline]
    pub fn read(self, unit: MemoryUnit, learning_rate: f64) -> Option<f64> {
        use MemoryUnit::{Count, Delta, Gradient, Square};
        match (self.unit, unit) {
            (Delta, Delta) | (Gradient, Gradient) | (Square, Square) | (Count, Count) => {
                Some(self.value)
            }
            (Delta, Gradient) if learning_rate == 0.0 => Some(0.0),
            (Delta, Gradient) => Some(self.value / learning_rate),
            (Gradient, Delta) => Some(self.value * learning_rate),
            (Delta | Gradient, Square | Count)
            | (Square, Delta | Gradient | Count)
            | (Count, Delta | Gradient | Square) => None,
        }
    }

    /// What a rule finds of the memories of one parameter, whichever rule has left them.
    #[inline]
    pub fn read_all(memories: &[Self], rule: Rule, learning_rate: f64) -> Slots {
        let mut slots = Slots::default();
        for (slot, row) in slots.iter_mut().zip(rule.memories()) {
            let mut found = memories.iter();
            let read = |memory: &Self| memory.read(row.unit, learning_rate);
            *slot = found.find_map(read).unwrap_or_default();
        }
        slots
    }
}

/// What is kept for every parameter: as many numbers for each as the rule that has left them remembers.
#[derive(Debug, Clone, PartialEq)]
pub struct Memories {
    left_by: Rule,
    /// In the units of that rule, [`Rule::stride`] of them for each parameter.
    values: Vec<f64>,
    /// Steps that have been put in the place of a parameter's first number, where that is no step; by parameter.
    by_hand: Vec<(usize, f64)>,
}

impl Memories {
    /// A step for each parameter.
    pub fn of_deltas(deltas: Vec<f64>) -> Self {
        Self::left(Rule::Article, deltas)
    }

    /// What a rule has left, in its units, [`Rule::stride`] numbers for each parameter.
    pub fn left(rule: Rule, values: Vec<f64>) -> Self {
        Self {
            left_by: rule,
            values,
            by_hand: Vec::new(),
        }
    }

    /// Keeps what these updates by a rule leave, one for each parameter.
    #[inline]
    pub fn leave(&mut self, rule: Rule, updates: &[Update]) {
        let stride = rule.stride();
        self.left_by = rule;
        self.by_hand.clear();
        self.values.resize(updates.len() * stride, 0.0);
        for (kept, update) in self.values.chunks_exact_mut(stride).zip(updates) {
            for (value, left) in kept.iter_mut().zip(update.new_memory) {
                *value = left;
            }
        }
    }

    /// Keeps what a rule has left in its units, [`Rule::stride`] numbers for each parameter.
    pub fn leave_all(&mut self, rule: Rule, values: &[f64]) {
        self.left_by = rule;
        self.by_hand.clear();
        self.values.clear();
        self.values.extend_from_slice(values);
    }

    /// Puts another step in the place of one parameter's first number.
    pub fn set_delta(&mut self, parameter: usize, value: f64) {
        if self.left_by.memory_unit() == MemoryUnit::Delta {
            self.values[parameter * self.left_by.stride()] = value;
            return;
        }
        match self.place_by_hand(parameter) {
            Ok(place) => self.by_hand[place].1 = value,
            Err(place) => self.by_hand.insert(place, (parameter, value)),
        }
    }

    /// Where a parameter's step stands among those put by hand, or would.
    fn place_by_hand(&self, parameter: usize) -> Result<usize, usize> {
        (self.by_hand).binary_search_by_key(&parameter, |(parameter, _)| *parameter)
    }

    /// The numbers of one parameter, with their units.
    pub fn of(&self, parameter: usize) -> Vec<Memory> {
        let stride = self.left_by.stride();
        let values = &self.values[parameter * stride..][..stride];
        let rows = self.left_by.memories();
        let unit = |slot: usize| rows.get(slot).map_or(MemoryUnit::Delta, |row| row.unit);
        let kept = values.iter().enumerate();
        let mut kept: Vec<Memory> = kept
            .map(|(slot, value)| Memory {
                value: *value,
                unit: unit(slot),
            })
            .collect();
        if let Ok(place) = self.place_by_hand(parameter) {
            kept[0] = Memory::of_delta(self.by_hand[place].1);
        }
        kept
    }

    /// The numbers of every parameter that a rule finds, [`Rule::stride`] of them for each.
    #[inline]
    pub fn read_all(&self, rule: Rule, learning_rate: f64) -> Cow<'_, [f64]> {
        if self.left_by == rule && self.by_hand.is_empty() {
            return Cow::Borrowed(&self.values);
        }
        let stride = rule.stride();
        let parameters = 0..self.values.len() / self.left_by.stride();
        let slots = parameters.flat_map(|parameter| {
            let found = Memory::read_all(&self.of(parameter), rule, learning_rate);
            found.into_iter().take(stride)
        });
        Cow::Owned(slots.collect())
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.values[..]) + size_of_val(&self.by_hand[..])
    }
}
