//! The part of the plane of two inputs that is looked at.

use crate::math::Network;

/// A part of the plane: the smallest and the largest of each input, in the units of the data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    /// Of the first input, drawn across.
    pub across: [f64; 2],
    /// Of the second input, drawn up.
    pub up: [f64; 2],
}

impl Plane {
    /// All items with some room around them.
    pub fn around(network: &Network) -> Self {
        let items = network.items();
        let range = |input: usize| {
            let values = (0..items.len()).map(|item| items.raw_inputs(item)[input]);
            let ends = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
                [low.min(value), high.max(value)]
            });
            with_room(ends)
        };
        Self {
            across: range(0),
            up: range(1),
        }
    }

    /// The point at these shares of the way across and up, each from 0 to 1.
    pub fn point(self, across: f64, up: f64) -> [f64; 2] {
        let between = |[low, high]: [f64; 2], share: f64| low * (1.0 - share) + high * share;
        [between(self.across, across), between(self.up, up)]
    }

    /// The shares of the way across and up at which a point lies.
    pub fn shares(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let share = |[low, high]: [f64; 2], value: f64| {
            (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)
        };
        [share(self.across, x), share(self.up, y)]
    }
}

/// A sixth of the range more on either side; of a single value, some room all the same.
fn with_room([low, high]: [f64; 2]) -> [f64; 2] {
    let spread = if high > low {
        high / 6.0 - low / 6.0
    } else {
        low.abs().max(1.0) / 2.0
    };
    [(low - spread).max(f64::MIN), (high + spread).min(f64::MAX)]
}
