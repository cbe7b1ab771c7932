//! Runs that go round in a circle.
//!
//! The next update of a run on a surface depends on nothing but its weights and memories. Where they are what they have
//! been before, to the last bit, all that comes has been: a run that has converged stands still in the end, or goes
//! round among numbers so small that each operation on them takes a processor as long as a hundred others.

/// A look-out for a place at which a run has been before. Source: Brent, "An improved Monte Carlo factorization
/// algorithm" (1980): the place that is compared with is replaced after 1, 2, 4, 8 ... updates, so a circle is found
/// before three times as many updates have been made as lie before its end.
#[derive(Debug, Clone)]
pub(super) struct Circle {
    weights: Vec<f64>,
    memories: Vec<f64>,
    /// How many updates have been made from there.
    since: u64,
    /// After so many it is replaced.
    most: u64,
}

impl Circle {
    /// Begins at a place.
    pub fn begin(weights: &[f64], memories: &[f64]) -> Self {
        Self {
            weights: weights.to_vec(),
            memories: memories.to_vec(),
            since: 0,
            most: 1,
        }
    }

    fn keep(&mut self, weights: &[f64], memories: &[f64]) {
        self.since = 0;
        self.weights.copy_from_slice(weights);
        self.memories.copy_from_slice(memories);
    }

    /// After how many updates a run is where it was, and so will be again: where it has been before, at the place that so
    /// many updates have led it to since this was asked last.
    #[inline]
    pub fn closes(&mut self, updates: u64, weights: &[f64], memories: &[f64]) -> Option<u64> {
        self.since += updates;
        if same(weights, &self.weights) && same(memories, &self.memories) {
            return Some(self.since);
        }
        if self.since >= self.most {
            self.most = self.since.saturating_mul(2);
            self.keep(weights, memories);
        }
        None
    }
}

#[inline]
fn same(a: &[f64], b: &[f64]) -> bool {
    let mut pairs = a.iter().zip(b);
    pairs.all(|(a, b)| a.to_bits() == b.to_bits())
}
