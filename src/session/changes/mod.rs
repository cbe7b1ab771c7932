//! Changing the run, and having several of them: settings and values, branches, runs side by side, sweeps.

mod branches;
mod comparison;
mod settings;
mod sweep;
mod turning;

pub(super) use comparison::Lineup;
pub use turning::Verdict;
