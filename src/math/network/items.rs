//! Training items and the order they come in.

use std::sync::Arc;

use crate::math::named;
use crate::math::random::Stream;

/// Data: rows of inputs and targets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    inputs: Vec<f64>,
    targets: Vec<f64>,
    widths: (usize, usize),
}

impl Items {
    /// No items, of so many inputs and targets each.
    pub fn new(inputs: usize, targets: usize) -> Self {
        Self {
            widths: (inputs, targets),
            ..Self::default()
        }
    }

    /// Adds an item.
    ///
    /// # Panics
    /// Where it has another number of inputs or targets than the others.
    pub fn push(&mut self, inputs: &[f64], targets: &[f64]) {
        assert_eq!((inputs.len(), targets.len()), self.widths);
        self.inputs.extend(inputs);
        self.targets.extend(targets);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.targets.len() / self.widths.1.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The inputs of an item.
    #[inline]
    pub fn inputs(&self, item: usize) -> &[f64] {
        &self.inputs[item * self.widths.0..][..self.widths.0]
    }

    /// The targets of an item.
    #[inline]
    pub fn targets(&self, item: usize) -> &[f64] {
        &self.targets[item * self.widths.1..][..self.widths.1]
    }
}

named! {
    /// How each epoch goes through the items.
    #[derive(Default)]
    ItemOrder {
        /// As they stand in the data.
        #[default]
        Sequential = "sequential",
        /// Shuffled again before each epoch, from the order of the epoch before.
        Shuffled = "shuffled",
    }
}

/// The items of the current epoch, in their order, and what the next order is drawn from.
///
/// It belongs to the state of a run. States of one epoch share it.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// `None` where items come as they stand.
    shuffled: Option<Arc<Shuffled>>,
}

#[derive(Debug, Clone)]
struct Shuffled {
    order: Vec<u32>,
    stream: Stream,
    /// How many epochs have been begun.
    epochs: u64,
}

impl PartialEq for Schedule {
    /// Schedules of one run are the same where they have begun as many epochs in the same order.
    fn eq(&self, other: &Self) -> bool {
        let of = |schedule: &Self| {
            let shuffled = schedule.shuffled.clone()?;
            Some((shuffled.epochs, shuffled.order.clone()))
        };
        let same_place = match (&self.shuffled, &other.shuffled) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        same_place || of(self) == of(other)
    }
}

impl Schedule {
    /// The schedule of a run: shuffled orders of `count` items are drawn from `stream`.
    pub(super) fn new(order: ItemOrder, count: usize, stream: Stream) -> Self {
        let shuffled = || {
            Arc::new(Shuffled {
                order: (0..count as u32).collect(),
                stream,
                epochs: 0,
            })
        };
        Self {
            shuffled: (order == ItemOrder::Shuffled).then(shuffled),
        }
    }

    /// Makes the order right for update `step` (from 0) of `count` items; epochs must be entered one after another.
    #[inline]
    pub fn enter(&mut self, step: u64, count: usize) {
        if step.is_multiple_of(count as u64) {
            self.enter_epoch(step / count as u64);
        }
    }

    fn enter_epoch(&mut self, epoch: u64) {
        let Some(shuffled) = &mut self.shuffled else {
            return;
        };
        if shuffled.epochs == epoch {
            let shuffled = Arc::make_mut(shuffled);
            shuffled.stream.shuffle(&mut shuffled.order);
            shuffled.epochs += 1;
        }
    }

    /// The item at a place of the epoch.
    #[inline]
    pub fn item(&self, place: usize) -> usize {
        match &self.shuffled {
            None => place,
            Some(shuffled) => shuffled.order[place] as usize,
        }
    }

    /// About how many bytes it takes that no other state shares.
    pub fn bytes(&self) -> usize {
        /// The state of the larger generator.
        const STREAM: usize = 2504;
        let shuffled = self.shuffled.as_ref();
        shuffled.map_or(0, |shuffled| shuffled.order.len() * 4 + STREAM)
    }
}
