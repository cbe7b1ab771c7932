//! Somebody who looks for something in the updates of a run, at no more of each than it takes to see it.

use crate::math::{Pass, Settings, Update};

/// What is looked at in every update.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Needs {
    /// The parameters of which is looked at what they have come to, by their indices.
    pub weights: Vec<usize>,
    /// Those of whose updates every number is.
    pub updates: Vec<usize>,
    /// Whether E before the update is.
    pub error: bool,
    /// Whether the item's way through the network is.
    pub way: bool,
    /// Whether every parameter is at the end of each epoch.
    pub epochs: bool,
}

/// An update that has been made, as far as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The settings it was made with.
    pub settings: &'a Settings,
    /// What those of [`Needs::weights`] have come to, in their order.
    pub weights: &'a [f64],
    /// What it did to those of [`Needs::updates`], in their order.
    pub updates: &'a [Update],
    /// E before it, where that is needed; `None` where gradients are given.
    pub error: Option<f64>,
    /// The item's way through the network, where anything but weights is needed; it has what the inputs were before they
    /// were scaled where the way itself is.
    pub pass: Option<&'a Pass>,
}

/// Somebody who looks at the updates of a run. They are made in stretches: of each update numbers are noted, and when a
/// stretch has been made, it is asked of one after the other whether the run stops there.
pub trait Probe {
    /// What is looked at.
    fn needs(&self) -> &Needs;

    /// Whether it makes a difference how many updates have been made: where it does not, and a run goes round in a circle,
    /// no more of it is shown than can be new.
    fn counts(&self) -> bool;

    /// Adds what is to be known of an update to `numbers`: as many for each.
    fn note(&self, sight: &Sight, numbers: &mut Vec<f64>);

    /// Whether the run stops after so many updates, of the last of which these numbers have been noted. The parameters
    /// are those at the end of an epoch, where they are needed; `None` at any other update.
    fn is_enough(&mut self, step: u64, numbers: &[f64], weights: Option<&[f64]>) -> bool;
}
