//! Sums of multiples of what an update starts from: how much of each is in what a rule makes of them.

use std::ops::Neg;

use super::{MOST_MEMORIES, Numeric, operators};

/// `constant + found x (what this update has found) + memory[0] x (the first number remembered) + ...`.
///
/// A product or a quotient of two such sums is one only where one of them is a constant; elsewhere, and of a root,
/// the multiples are no numbers: the rule is not linear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    /// What depends on nothing.
    pub constant: f64,
    /// How often what this update has found is in it: its gradient, or its delta.
    pub found: f64,
    /// How often each remembered number is in it.
    pub memory: [f64; MOST_MEMORIES],
}

impl Linear {
    /// What this update has found, once.
    pub fn found() -> Self {
        Self {
            found: 1.0,
            ..Self::constant(0.0)
        }
    }

    /// Every remembered number, once each.
    pub fn memories() -> [Self; MOST_MEMORIES] {
        std::array::from_fn(|slot| {
            let mut memory = Self::constant(0.0);
            memory.memory[slot] = 1.0;
            memory
        })
    }

    /// Whether it is such a sum at all.
    pub fn is_linear(&self) -> bool {
        !self.found.is_nan() && self.memory.iter().all(|multiple| !multiple.is_nan())
    }

    fn is_constant(&self) -> bool {
        self.found == 0.0 && self.memory == [0.0; MOST_MEMORIES]
    }

    fn each(self, operation: impl Fn(f64) -> f64) -> Self {
        Self {
            constant: operation(self.constant),
            found: operation(self.found),
            memory: self.memory.map(operation),
        }
    }

    fn with(self, other: Self, operation: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            constant: operation(self.constant, other.constant),
            found: operation(self.found, other.found),
            memory: std::array::from_fn(|slot| operation(self.memory[slot], other.memory[slot])),
        }
    }

    fn lost(constant: f64) -> Self {
        Self {
            constant,
            ..Self::constant(0.0).each(|_| f64::NAN)
        }
    }
}

operators! { Linear:
    Add, add = |left, right| left.with(right, |a, b| a + b);
    Sub, sub = |left, right| left.with(right, |a, b| a - b);
    Mul, mul = |left, right| {
        if left.is_constant() {
            right.each(|multiple| left.constant * multiple)
        } else if right.is_constant() {
            left.each(|multiple| multiple * right.constant)
        } else {
            Self::lost(left.constant * right.constant)
        }
    };
    Div, div = |left, right| {
        if right.is_constant() {
            left.each(|multiple| multiple / right.constant)
        } else {
            Self::lost(left.constant / right.constant)
        }
    };
}

impl Neg for Linear {
    type Output = Self;
    fn neg(self) -> Self {
        self.each(|multiple| -multiple)
    }
}

impl Numeric for Linear {
    fn constant(value: f64) -> Self {
        Self {
            constant: value,
            found: 0.0,
            memory: [0.0; MOST_MEMORIES],
        }
    }

    fn value(&self) -> f64 {
        self.constant
    }

    fn sqrt(self) -> Self {
        if self.is_constant() {
            Self::constant(self.constant.sqrt())
        } else {
            Self::lost(self.constant.sqrt())
        }
    }
}
