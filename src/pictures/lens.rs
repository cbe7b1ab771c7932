//! Which part of a surface is looked at, and from how near.

use crate::math::Interval;

/// How far one may look closer, in steps; two of them show half as much.
const NEAREST: i32 = 40;
/// How far one may step back.
const FURTHEST: i32 = -12;
/// A move goes on by this share of what is seen.
const MOVE: f64 = 0.25;

/// How the whole of a surface is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lens {
    /// Steps nearer, or where negative further away.
    steps: i32,
    /// How far the middle has been moved, in widths of the whole: the first variable, and the second.
    shift: [f64; 2],
}

impl Lens {
    /// So many steps nearer; `None` where it is near or far enough.
    pub fn nearer(self, steps: i32) -> Option<Self> {
        let steps = self.steps + steps;
        (FURTHEST..=NEAREST)
            .contains(&steps)
            .then_some(Self { steps, ..self })
    }

    /// So many moves further along a variable.
    #[must_use]
    pub fn moved(self, variable: usize, moves: f64) -> Self {
        let mut moved = self;
        moved.shift[variable] += moves * MOVE * self.share();
        moved
    }

    /// How much of the whole is seen.
    fn share(self) -> f64 {
        crate::math::portable::power(2.0, f64::from(-self.steps) / 2.0)
    }

    /// What is seen of the whole along a variable.
    pub fn seen(self, whole: Interval, variable: usize) -> Interval {
        if self == Self::default() {
            return whole;
        }
        let middle = whole.low / 2.0 + whole.high / 2.0 + self.shift[variable] * whole.width();
        let half = whole.width() / 2.0 * self.share();
        Interval {
            low: middle - half,
            high: middle + half,
        }
    }
}
