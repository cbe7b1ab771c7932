//! What a run is going to do: its own next updates, made ahead with the settings it has.

use super::{State, Stop, Trial};
use crate::math::Model;

/// The next updates of a run on a surface. What is counted here begins at 0, which is where the run stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Future {
    variables: usize,
    /// Place after place.
    places: Vec<f64>,
    losses: Vec<f64>,
    /// Why there are no more of them, where they end before their number.
    pub stop: Option<Stop>,
}

impl Future {
    /// The next updates from a state on, so many or as many as can be made; `None` where there is no surface.
    pub fn of(model: &Model, state: State, updates: usize) -> Option<Self> {
        model.surface()?;
        let variables = state.weights.len();
        let mut future = Self {
            variables,
            places: Vec::with_capacity(variables * (updates + 1)),
            losses: Vec::with_capacity(updates + 1),
            stop: None,
        };
        let mut trial = Trial::new(model, state);
        loop {
            let stand = trial.stand();
            future.places.extend_from_slice(&stand.state.weights);
            future.losses.extend(stand.loss);
            // Where the loss is no number, the next update says why there is none.
            if future.updates() == updates && stand.loss.is_some_and(f64::is_finite) {
                break;
            }
            if let Err(stop) = trial.update() {
                future.stop = Some(stop);
                break;
            }
        }
        Some(future)
    }

    /// How many updates have been made ahead.
    pub fn updates(&self) -> usize {
        self.losses.len() - 1
    }

    /// The loss before each of them, and after the last.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// Where the run is after so many of them, variable by variable.
    pub fn place(&self, after: usize) -> &[f64] {
        &self.places[after * self.variables..][..self.variables]
    }

    /// One variable before each of them, and after the last.
    pub fn variable(&self, index: usize) -> impl Iterator<Item = f64> + Clone {
        let of_it = self.places.iter().skip(index);
        of_it.step_by(self.variables).copied()
    }

    /// How much each of them changes one variable.
    pub fn changes(&self, index: usize) -> impl Iterator<Item = f64> + Clone {
        let after = self.variable(index).skip(1);
        self.variable(index)
            .zip(after)
            .map(|(before, after)| after - before)
    }
}
