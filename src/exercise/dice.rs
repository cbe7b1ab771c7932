//! Numbers that look fresh, the same for the same seed.

/// A small generator of numbers that only have to look fresh (Steele, Lea, Flood: `SplitMix64`, 2014).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; 0 where that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// Puts things in another order (Fisher, Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }

    /// A number from 0.11 to 0.95, with two decimals.
    pub fn hundredths(&mut self) -> f64 {
        self.decimal(11, 95, 2)
    }

    /// One of some values.
    pub(super) fn one_of(&mut self, values: &[f64]) -> f64 {
        values[self.below(values.len())]
    }

    /// A number from `low` to `high` units of the last of so many decimals; the last digit is never 0.
    pub(super) fn decimal(&mut self, low: usize, high: usize, decimals: u32) -> f64 {
        let drawn = low + self.below(high - low + 1);
        let units = if drawn.is_multiple_of(10) {
            drawn + 1
        } else {
            drawn
        };
        units as f64 / f64::from(10_u32.pow(decimals))
    }

    /// The same with either sign.
    pub(super) fn signed(&mut self, low: usize, high: usize, decimals: u32) -> f64 {
        let value = self.decimal(low, high, decimals);
        if self.below(2) == 0 { value } else { -value }
    }
}
