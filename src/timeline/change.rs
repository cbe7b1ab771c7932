//! What can be changed between two updates.

use std::mem::{Discriminant, discriminant};

use super::State;
use crate::math::{Model, Rule, Settings};

/// One change, made after some update and before the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// A new learning rate, from here on.
    LearningRate(f64),
    /// A new momentum, from here on.
    Momentum(f64),
    /// Another rule, from here on.
    Rule(Rule),
    /// Another downhill gradient for one parameter, in the next update only.
    Gradient {
        /// Index of the parameter.
        parameter: usize,
        /// The downhill gradient to use.
        downhill: f64,
    },
    /// Another memory for one parameter, in delta units.
    PreviousDelta {
        /// Index of the parameter.
        parameter: usize,
        /// The previous delta.
        value: f64,
    },
    /// Another value for one parameter.
    Parameter {
        /// Index of the parameter.
        parameter: usize,
        /// The value from which the next update starts.
        value: f64,
    },
    /// Other random numbers, from the start: it is made at step 0 and takes the run back there.
    Seed(u64),
}

impl Change {
    /// Whether both set the same thing, so that the later replaces the earlier.
    pub fn same_target(self, other: Self) -> bool {
        self.target() == other.target()
    }

    /// What it sets, and of which parameter.
    fn target(self) -> (Discriminant<Self>, Option<usize>) {
        let parameter = match self {
            Self::Gradient { parameter, .. }
            | Self::PreviousDelta { parameter, .. }
            | Self::Parameter { parameter, .. } => Some(parameter),
            Self::LearningRate(_) | Self::Momentum(_) | Self::Rule(_) | Self::Seed(_) => None,
        };
        (discriminant(&self), parameter)
    }

    /// These settings with it made.
    pub fn among(self, mut settings: Settings) -> Settings {
        self.apply_to_settings(&mut settings);
        settings
    }

    /// Whether it is about the learning rate, the momentum or the rule.
    pub fn is_setting(self) -> bool {
        matches!(
            self,
            Self::LearningRate(_) | Self::Momentum(_) | Self::Rule(_)
        )
    }

    /// Whether it changes what the update before has come to, and not only what the next will do.
    pub(super) fn rewrites_state(self) -> bool {
        matches!(self, Self::PreviousDelta { .. } | Self::Parameter { .. })
    }

    /// Applies the change to a state. A changed gradient is no part of a state; the run looks it up.
    pub(super) fn apply(self, model: &Model, state: &mut State) {
        match self {
            Self::LearningRate(_) | Self::Momentum(_) | Self::Rule(_) => {
                self.apply_to_settings(&mut state.settings);
            }
            Self::Gradient { .. } => {}
            Self::PreviousDelta { parameter, value } => {
                state.memories.set_delta(parameter, value);
            }
            Self::Parameter { parameter, value } => state.weights[parameter] = value,
            Self::Seed(seed) => (state.weights, state.schedule) = model.start(Some(seed)),
        }
    }
    /// The same of settings alone.
    pub(super) fn apply_to_settings(self, settings: &mut Settings) {
        match self {
            Self::LearningRate(value) => settings.learning_rate = value,
            Self::Momentum(value) => settings.momentum = value,
            Self::Rule(rule) => settings.rule = rule,
            Self::Gradient { .. }
            | Self::PreviousDelta { .. }
            | Self::Parameter { .. }
            | Self::Seed(_) => {}
        }
    }
}
