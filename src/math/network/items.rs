//! Training items and the order they come in.

use std::ops::Range;
use std::sync::Arc;

use super::Scaling;
use crate::math::random::Stream;

/// Data: rows of inputs and targets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    inputs: Vec<f64>,
    targets: Vec<f64>,
    widths: (usize, usize),
    /// The inputs as they were before they were scaled, and how they were; `None` where they are not.
    raw: Option<(Vec<f64>, Arc<Scaling>)>,
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

    /// The same items with their inputs scaled. `Err` with an item and a column whose number becomes too large.
    ///
    /// # Errors
    /// Where a scaled number is none.
    ///
    /// # Panics
    /// Where they are scaled already, or the scaling is of another number of inputs.
    pub fn scaled(self, scaling: &Arc<Scaling>) -> Result<Self, (usize, usize)> {
        assert!(self.raw.is_none() && scaling.columns().len() == self.widths.0);
        let mut inputs = self.inputs.clone();
        for (item, row) in inputs.chunks_exact_mut(self.widths.0).enumerate() {
            for (column, (number, by)) in row.iter_mut().zip(scaling.columns()).enumerate() {
                *number = by.scaled(*number);
                if !number.is_finite() {
                    return Err((item, column));
                }
            }
        }
        Ok(Self {
            raw: Some((self.inputs, Arc::clone(scaling))),
            inputs,
            ..self
        })
    }

    /// How the inputs are scaled; `None` where they are as they were found.
    pub fn scaling(&self) -> Option<&Scaling> {
        self.raw.as_ref().map(|(_, scaling)| &**scaling)
    }

    /// The inputs of an item as they were found, before they were scaled.
    pub fn raw_inputs(&self, item: usize) -> &[f64] {
        let all = self.raw.as_ref().map_or(&self.inputs, |(raw, _)| raw);
        &all[item * self.widths.0..][..self.widths.0]
    }

    /// How many inputs and targets each has.
    pub fn widths(&self) -> (usize, usize) {
        self.widths
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

/// How each epoch goes through the items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ItemOrder {
    /// As they stand in the data.
    #[default]
    Sequential,
    /// Shuffled again before each epoch, from the order of the epoch before.
    Shuffled,
    /// This one in every epoch: each item once, by its place in the data.
    Given(Arc<[u32]>),
}

/// The items of the current epoch, in their order, and what the next order is drawn from.
///
/// It belongs to the state of a run. States of one epoch share it.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// `None` where items come as they stand.
    listed: Option<Arc<Listed>>,
}

#[derive(Debug, Clone)]
struct Listed {
    order: Arc<[u32]>,
    /// What shuffles it; `None` where it stays.
    stream: Option<Stream>,
    /// How many epochs have been begun.
    epochs: u64,
}

impl PartialEq for Schedule {
    /// Schedules of one run are the same where they have begun as many epochs in the same order.
    fn eq(&self, other: &Self) -> bool {
        let of = |schedule: &Self| {
            let listed = schedule.listed.as_deref()?;
            Some((listed.epochs, Arc::clone(&listed.order)))
        };
        let same_place = match (&self.listed, &other.listed) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        same_place || of(self) == of(other)
    }
}

impl Schedule {
    /// The schedule of a run: shuffled orders of `count` items are drawn from `stream`.
    pub(super) fn new(order: &ItemOrder, count: usize, stream: Stream) -> Self {
        let (order, stream) = match order {
            ItemOrder::Sequential => return Self::default(),
            ItemOrder::Shuffled => ((0..count as u32).collect(), Some(stream)),
            ItemOrder::Given(order) => (Arc::clone(order), None),
        };
        Self {
            listed: Some(Arc::new(Listed {
                order,
                stream,
                epochs: 0,
            })),
        }
    }

    /// Makes the order right for update `step` (from 0) of `count` items; epochs must be entered one after another.
    #[inline]
    pub fn enter(&mut self, step: u64, count: usize) {
        if step.is_multiple_of(count as u64) {
            self.enter_epoch(step / count as u64);
        }
    }

    #[cold]
    fn enter_epoch(&mut self, epoch: u64) {
        let Some(listed) = &mut self.listed else {
            return;
        };
        if listed.epochs == epoch && listed.stream.is_some() {
            let listed = Arc::make_mut(listed);
            if let Some(stream) = &mut listed.stream {
                stream.shuffle(Arc::make_mut(&mut listed.order));
            }
            listed.epochs += 1;
        }
    }

    /// The item at a place of the epoch.
    #[inline]
    pub fn item(&self, place: usize) -> usize {
        match &self.listed {
            None => place,
            Some(listed) => listed.order[place] as usize,
        }
    }

    /// The items of updates `steps` (from 0) of `count` items, the right order made on the way.
    pub fn visits(&mut self, steps: Range<u64>, count: u64) -> Visits<'_> {
        Visits {
            place: steps.start % count,
            schedule: self,
            steps,
            count,
        }
    }

    /// About how many bytes it takes that no other state shares.
    pub fn bytes(&self) -> usize {
        /// The state of the larger generator.
        const STREAM: usize = 2504;
        let own = self.listed.as_ref().filter(|it| it.stream.is_some());
        own.map_or(0, |listed| listed.order.len() * 4 + STREAM)
    }
}

/// The items of some updates, one after another; see [`Schedule::visits`].
#[derive(Debug)]
pub struct Visits<'a> {
    schedule: &'a mut Schedule,
    steps: Range<u64>,
    /// The place of the next in its epoch.
    place: u64,
    count: u64,
}

impl Iterator for Visits<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let step = self.steps.next()?;
        if self.place == self.count {
            self.place = 0;
        }
        if self.place == 0 {
            self.schedule.enter_epoch(step / self.count);
        }
        let item = self.schedule.item(self.place as usize);
        self.place += 1;
        Some(item)
    }
}
