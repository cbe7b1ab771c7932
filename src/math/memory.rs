//! What a rule keeps from earlier updates, and in which unit.

use super::Rule;

/// The unit a memory is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryUnit {
    /// A step of the weight: previous delta, previous change, velocity.
    Delta,
    /// A gradient: the buffer of PyTorch's form, the moving average. A step once multiplied by the learning rate.
    Gradient,
}

/// One parameter's memory: what is kept from earlier updates, positive downhill.
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

    /// The memory in the unit that `rule` works in: delta = `learning_rate` x gradient.
    ///
    /// With a learning rate of 0 no gradient buffer gives a step, so a delta is carried over as 0.
    #[inline]
    pub fn read(self, rule: Rule, learning_rate: f64) -> f64 {
        match (self.unit, rule.memory_unit()) {
            (MemoryUnit::Delta, MemoryUnit::Gradient) if learning_rate == 0.0 => 0.0,
            (MemoryUnit::Delta, MemoryUnit::Gradient) => self.value / learning_rate,
            (MemoryUnit::Gradient, MemoryUnit::Delta) => self.value * learning_rate,
            _ => self.value,
        }
    }
}
