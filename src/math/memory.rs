//! What a rule keeps from earlier updates, and in which units.

use super::Rule;

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
    /// Those of the first parameter, then those of the next.
    numbers: Vec<Memory>,
    each: usize,
}

impl Memories {
    /// The same for all of so many parameters, in delta units.
    pub fn of_delta(value: f64, parameters: usize) -> Self {
        Self {
            numbers: vec![Memory::of_delta(value); parameters],
            each: 1,
        }
    }

    /// Those of one parameter.
    #[inline]
    pub fn of(&self, parameter: usize) -> &[Memory] {
        &self.numbers[parameter * self.each..][..self.each]
    }

    /// Every number that is kept, parameter by parameter.
    pub fn numbers(&self) -> &[Memory] {
        &self.numbers
    }

    /// Puts another step in the place of one parameter's first number.
    pub fn set_delta(&mut self, parameter: usize, value: f64) {
        self.numbers[parameter * self.each] = Memory::of_delta(value);
    }

    /// The numbers that a rule finds, as many for each parameter as its [`Rule::stride`] says.
    pub fn read(&self, rule: Rule, learning_rate: f64) -> Vec<f64> {
        let stride = rule.stride();
        let found = |kept| Memory::read_all(kept, rule, learning_rate);
        let parameters = self.numbers.chunks_exact(self.each).map(found);
        parameters
            .flat_map(|slots| slots.into_iter().take(stride))
            .collect()
    }

    /// Keeps what a rule leaves for each parameter.
    pub fn leave(&mut self, rule: Rule, left: impl Iterator<Item = Slots>) {
        let rows = rule.memories();
        self.each = rule.stride();
        self.numbers.clear();
        for slots in left {
            // Plain descent has no row, and leaves nothing in the place that every parameter has.
            let numbers = slots.into_iter().take(self.each).enumerate();
            self.numbers.extend(numbers.map(|(slot, value)| Memory {
                value,
                unit: rows.get(slot).map_or(MemoryUnit::Delta, |row| row.unit),
            }));
        }
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        self.numbers.len() * size_of::<Memory>()
    }
}
