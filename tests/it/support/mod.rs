//! What several tests need.

pub mod keys;
pub mod line;
pub mod pictures;
pub mod pty;

use nnmom_tutor::session::Outcome;
use nnmom_tutor::view::{Medium, Sheet};

/// What there is to read of an outcome, in words.
pub fn told(outcome: &Outcome) -> String {
    let sheet = Sheet::all(outcome, Medium::Words).expect("there is something to read");
    sheet.text.text()
}
