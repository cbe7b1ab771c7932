//! One update as it has been made, or why it cannot be.

use crate::math::{Gradients, Model, Pass, Settings, Update};

/// One update of every parameter, with all its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Which update, counted from 0.
    pub step: u64,
    /// Its epoch, counted from 0.
    pub epoch: u64,
    /// The item it learns from, by its place in the data.
    pub item: Option<usize>,
    /// The settings it was made with.
    pub settings: Settings,
    /// What it did, parameter by parameter.
    pub updates: Vec<Update>,
    /// E before the update; `None` where gradients are given.
    pub error: Option<f64>,
    /// The item's way through the network.
    pub pass: Option<Pass>,
}

/// Why a run goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The model has no gradient for another update.
    #[error("the lesson has {updates} gradients, and all of them have been used")]
    End {
        /// How many updates there are.
        updates: u64,
    },
    /// A number has outgrown what a double can hold; the update is not made.
    #[error("update {} is not made: its {quantity} would be too large for any number the machine can hold", step + 1)]
    Overflow {
        /// The update that was not made, counted from 0.
        step: u64,
        /// The quantity that grew too large.
        quantity: &'static str,
    },
    /// The loss or its slope is no number at the place the run has come to; the update is not made.
    #[error("update {} is not made: the {quantity} is no number at the place the run has come to", step + 1)]
    Undefined {
        /// The update that was not made, counted from 0.
        step: u64,
        /// The quantity that is no number: `loss` or `gradient`.
        quantity: &'static str,
    },
    /// Somebody has stopped it, or it would have gone beyond its bound; see [`crate::watch`].
    #[error("it has been stopped")]
    Halted,
}

impl Stop {
    /// What has become of the run, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::End { .. } => "ended",
            Self::Overflow { .. } => "diverged",
            Self::Undefined { .. } => "undefined",
            Self::Halted => "stopped",
        }
    }

    /// Why update `step` cannot be made at this place of a surface; `None` where it can, or there is no surface.
    pub(super) fn on_surface(model: &Model, step: u64, gradients: &Gradients) -> Option<Self> {
        model.surface()?;
        let quantity = "loss";
        if gradients.loss.is_infinite() {
            return Some(Self::Overflow { step, quantity });
        }
        if gradients.loss.is_nan() {
            return Some(Self::Undefined { step, quantity });
        }
        let quantity = "gradient";
        let missing = gradients.downhill.iter().any(|slope| slope.is_nan());
        missing.then_some(Self::Undefined { step, quantity })
    }
}
