//! Inputs brought to a size that nodes can work with, column by column: scaled = (raw - center) / spread.
//!
//! What is subtracted and divided by is found once, of the training items, and used for the test items too.

use super::Items;
use crate::math::named;

named! {
    /// How inputs are scaled.
    #[derive(Default)]
    Scale {
        /// Not at all.
        #[default]
        None = "none",
        /// By the mean and the standard deviation of each column, over all its n items: dividing by n, not by n - 1.
        Standard = "standard",
        /// By the smallest number of each column and the range up to its largest, so that they lie from 0 to 1.
        Range = "range",
    }
}

impl Scale {
    /// What is subtracted from an input, and what it is divided by then, in words.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::None => ["0", "1"],
            Self::Standard => ["mean", "deviation"],
            Self::Range => ["smallest", "range"],
        }
    }
}

/// How one column is scaled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaledColumn {
    /// What is subtracted.
    pub center: f64,
    /// What it is divided by then; never 0.
    pub spread: f64,
    /// Whether all training items have the same number there. It is subtracted, and divided by 1.
    pub is_constant: bool,
}

impl ScaledColumn {
    /// (raw - center) / spread
    #[inline]
    pub fn scaled(self, raw: f64) -> f64 {
        (raw - self.center) / self.spread
    }

    /// What was scaled to this, as far as rounding lets it be known.
    pub fn raw(self, scaled: f64) -> f64 {
        scaled * self.spread + self.center
    }

    fn of(scale: Scale, numbers: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let low = numbers.clone().fold(f64::INFINITY, f64::min);
        let high = numbers.clone().fold(f64::NEG_INFINITY, f64::max);
        let is_constant = low == high;
        let (center, spread) = match scale {
            _ if is_constant => (low, 1.0),
            Scale::None => (0.0, 1.0),
            Scale::Range => (low, high - low),
            Scale::Standard => {
                let count = numbers.clone().count() as f64;
                let mean = numbers.clone().fold(0.0, |sum, number| sum + number) / count;
                let squares = numbers.fold(0.0, |sum, n| sum + (n - mean) * (n - mean));
                (mean, (squares / count).sqrt())
            }
        };
        let found = Self {
            center,
            spread,
            is_constant,
        };
        let ends = [found.scaled(low), found.scaled(high)];
        (spread > 0.0 && ends.iter().all(|end| end.is_finite())).then_some(found)
    }
}

/// How every column of inputs is scaled.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    scale: Scale,
    columns: Vec<ScaledColumn>,
}

impl Scaling {
    /// The scaling of the inputs of some items, which are not scaled themselves; one at least.
    ///
    /// # Errors
    /// The first column whose numbers are too large for it, or too near to one another, by its place.
    pub fn fit(scale: Scale, items: &Items) -> Result<Self, usize> {
        let columns = (0..items.widths().0).map(|column| {
            let numbers = (0..items.len()).map(|item| items.raw_inputs(item)[column]);
            ScaledColumn::of(scale, numbers).ok_or(column)
        });
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(Self { scale, columns })
    }

    /// How they are scaled.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// How each column is, in their order.
    pub fn columns(&self) -> &[ScaledColumn] {
        &self.columns
    }
}
