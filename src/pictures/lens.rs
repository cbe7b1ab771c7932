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

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Interval = Interval {
        low: -10.0,
        high: 10.0,
    };

    #[test]
    fn two_steps_nearer_show_half_as_much_around_the_middle() {
        let lens = Lens::default().nearer(2).unwrap();
        assert_eq!(
            (lens.seen(WHOLE, 0).low, lens.seen(WHOLE, 0).high),
            (-5.0, 5.0)
        );
        let back = lens.nearer(-2).unwrap();
        assert_eq!(back.seen(WHOLE, 1), WHOLE);
    }

    #[test]
    fn a_move_goes_on_by_a_quarter_of_what_is_seen() {
        let lens = Lens::default().nearer(2).unwrap().moved(0, 1.0);
        assert_eq!(
            (lens.seen(WHOLE, 0).low, lens.seen(WHOLE, 0).high),
            (-2.5, 7.5)
        );
        assert_eq!(
            (lens.seen(WHOLE, 1).low, lens.seen(WHOLE, 1).high),
            (-5.0, 5.0)
        );
    }

    #[test]
    fn there_is_an_end_to_both_ways() {
        let mut lens = Lens::default();
        while let Some(nearer) = lens.nearer(1) {
            lens = nearer;
        }
        let seen = lens.seen(WHOLE, 0);
        assert!(seen.low < seen.high, "{seen:?}");
        assert!(Lens::default().nearer(-100).is_none());
    }
}
