//! What a node makes of its sum, and what an output's distance from its target costs.

use crate::math::{named, portable};

named! {
    /// The function from a node's sum to its value.
    Activation {
        /// The hyperbolic tangent, from -1 to 1.
        Tanh = "tanh",
        /// 1 / (1 + e^-s), from 0 to 1.
        Sigmoid = "sigmoid",
        /// The sum where it is positive, else 0.
        Relu = "relu",
        /// The sum itself.
        Identity = "identity",
        /// e^s over the sum of e^s of all outputs: shares that add up to 1.
        Softmax = "softmax",
    }
}

impl Activation {
    /// What hidden nodes can have.
    pub const HIDDEN: [Self; 4] = [Self::Tanh, Self::Sigmoid, Self::Relu, Self::Identity];
    /// What output nodes can have.
    pub const OUTPUT: [Self; 4] = [Self::Softmax, Self::Sigmoid, Self::Tanh, Self::Identity];

    /// What a value means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Tanh => "tanh squeezes the sum between -1 and 1.",
            Self::Sigmoid => "The sigmoid squeezes the sum between 0 and 1.",
            Self::Relu => "The sum where it is positive, else 0.",
            Self::Identity => "The sum as it is.",
            Self::Softmax => "Its share of the whole; all shares add up to 1.",
        }
    }

    /// What to think of when a value is asked for.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Tanh => "The value is the tanh of the sum, between -1 and 1.",
            Self::Sigmoid => "The value is 1 / (1 + exp(-sum)), between 0 and 1.",
            Self::Relu => "The value is the sum where that is positive, else 0.",
            Self::Identity => "The value is the sum as it is.",
            Self::Softmax => "The value is a share: exp of this sum, of exp of all sums together.",
        }
    }

    /// The bounds that no value is beyond, where there are two.
    pub fn bounds(self) -> Option<(f64, f64)> {
        match self {
            Self::Softmax | Self::Sigmoid => Some((0.0, 1.0)),
            Self::Tanh => Some((-1.0, 1.0)),
            Self::Identity | Self::Relu => None,
        }
    }

    /// Writes the values of a layer's nodes, given their sums.
    #[expect(
        clippy::inline_always,
        reason = "where a layer's width is known, its values stay in registers"
    )]
    #[inline(always)]
    pub(super) fn apply(self, sums: &[f64], values: &mut [f64]) {
        self.apply_abreast::<1>(sums.as_chunks().0, values.as_chunks_mut().0);
    }

    /// The same for some items at a time, a number of each beside those of the others.
    #[expect(
        clippy::inline_always,
        reason = "where a layer's width is known, its values stay in registers"
    )]
    #[inline(always)]
    pub(super) fn apply_abreast<const ITEMS: usize>(
        self,
        sums: &[[f64; ITEMS]],
        values: &mut [[f64; ITEMS]],
    ) {
        match self {
            Self::Tanh => portable::tanh_all(sums.as_flattened(), values.as_flattened_mut()),
            Self::Sigmoid => {
                values.copy_from_slice(sums);
                let values = values.as_flattened_mut();
                portable::exp_negative_all(values);
                for value in values {
                    *value = 1.0 / (1.0 + *value);
                }
            }
            Self::Relu => {
                let sums = sums.as_flattened();
                for (value, sum) in values.as_flattened_mut().iter_mut().zip(sums) {
                    *value = if *sum > 0.0 { *sum } else { 0.0 };
                }
            }
            Self::Identity => values.copy_from_slice(sums),
            Self::Softmax => softmax(sums, values),
        }
    }

    /// Multiplies each of some numbers by the slope at the value beside it: slope x number.
    #[expect(
        clippy::inline_always,
        reason = "where a layer's width is known, its values stay in registers"
    )]
    #[inline(always)]
    pub(super) fn multiply_by_slopes(self, values: &[f64], numbers: &mut [f64]) {
        let pairs = numbers.iter_mut().zip(values);
        match self {
            Self::Tanh => pairs.for_each(|(number, v)| *number *= Self::Tanh.slope(*v)),
            Self::Sigmoid | Self::Relu | Self::Identity | Self::Softmax => {
                pairs.for_each(|(number, v)| *number *= self.slope(*v));
            }
        }
    }

    /// dv/ds of one node, from its value. Softmax has it only for its own sum: v (1 - v).
    #[inline]
    pub fn slope(self, value: f64) -> f64 {
        match self {
            Self::Tanh => (1.0 - value) * (1.0 + value),
            Self::Sigmoid | Self::Softmax => (1.0 - value) * value,
            Self::Relu => f64::from(u8::from(value > 0.0)),
            Self::Identity => 1.0,
        }
    }
}

/// e^(s - m) / sum of e^(s - m), with the largest sum m, for each of some items: the same shares, and no number too large.
#[inline]
fn softmax<const ITEMS: usize>(sums: &[[f64; ITEMS]], values: &mut [[f64; ITEMS]]) {
    let mut largest = [f64::NEG_INFINITY; ITEMS];
    for sums in sums {
        for (largest, sum) in largest.iter_mut().zip(sums) {
            // Where one of them is no number, all shares are none.
            *largest = if sum > largest { *sum } else { *largest };
        }
    }
    for (values, sums) in values.iter_mut().zip(sums) {
        for ((value, sum), largest) in values.iter_mut().zip(sums).zip(largest) {
            *value = largest - sum;
        }
    }
    portable::exp_negative_all(values.as_flattened_mut());
    let mut totals = [0.0; ITEMS];
    for values in &*values {
        for (total, value) in totals.iter_mut().zip(values) {
            *total += value;
        }
    }
    for values in values {
        for (value, total) in values.iter_mut().zip(totals) {
            *value /= total;
        }
    }
}

/// The largest of some numbers; no number where one of them is none.
pub fn largest(numbers: &[f64]) -> f64 {
    let larger = |a: f64, b: &f64| if *b > a || b.is_nan() { *b } else { a };
    numbers.iter().fold(f64::NEG_INFINITY, larger)
}

named! {
    /// What an item's error E is.
    #[derive(Default)]
    ErrorMeasure {
        /// E = 1/2 sum of (t - o)^2.
        #[default]
        Squared = "squared",
        /// E = - sum of t ln o; for sigmoid outputs - sum of t ln o + (1 - t) ln(1 - o).
        CrossEntropy = "cross-entropy",
    }
}

/// No share is taken for less in a logarithm: an output of 0 would make the error infinite, though not its gradient.
pub const LEAST_SHARE: f64 = 1e-300;

impl ErrorMeasure {
    /// E of one item.
    pub(super) fn of(self, output: Activation, values: &[f64], targets: &[f64]) -> f64 {
        let pairs = values.iter().zip(targets);
        let total = |part: fn(f64, f64) -> f64| {
            pairs.fold(0.0, |sum, (value, target)| sum + part(*value, *target))
        };
        match (self, output) {
            (Self::Squared, _) => 0.5 * total(|o, t| (t - o) * (t - o)),
            (Self::CrossEntropy, Activation::Sigmoid) => {
                -total(|o, t| t * ln(o) + (1.0 - t) * ln(1.0 - o))
            }
            (Self::CrossEntropy, _) => -total(|o, t| t * ln(o)),
        }
    }
}

/// The natural logarithm of a share, of `LEAST_SHARE` at least.
pub fn ln(share: f64) -> f64 {
    portable::ln(share.max(LEAST_SHARE))
}

named! {
    /// Which derivative softmax outputs have under squared error.
    #[derive(Default)]
    SoftmaxDerivative {
        /// The true one: every output depends on every sum.
        #[default]
        Full = "full",
        /// The article's: o (1 - o), as if each output depended on its own sum alone.
        Diagonal = "diagonal",
    }
}
