//! Delta beside the momentum term, update by update.

use crate::explain::Digits;
use crate::session::Session;

/// No screen has room for more updates.
const MOST: u64 = 200;

/// The last updates that are complete.
#[derive(Debug, Clone, PartialEq)]
pub struct TermsView {
    /// The parameter.
    pub parameter: String,
    /// The updates, the last one last.
    pub updates: Vec<Terms>,
    /// How many digits a number has at most.
    pub digits: Digits,
}

/// What an update adds to the parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Its number, from 1.
    pub update: u64,
    /// The plain step.
    pub delta: f64,
    /// What the memory adds.
    pub momentum_term: f64,
}

impl TermsView {
    pub(super) fn of(session: &Session) -> Self {
        let terms = session.terms(MOST).into_iter();
        Self {
            parameter: session.parameter().to_owned(),
            updates: terms
                .map(|(update, delta, momentum_term)| Terms {
                    update,
                    delta,
                    momentum_term,
                })
                .collect(),
            digits: session.digits(),
        }
    }
}
