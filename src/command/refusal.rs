//! Why a command cannot be done, and what a line would do.

use super::Complaint;
use crate::explain::Line;

/// Why a command cannot be done. Nothing has been changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is in the way.
    pub message: String,
    /// What would work.
    pub advice: String,
    /// Whether the message begins with the place in a script where this was met.
    pub is_placed: bool,
}

impl Refusal {
    /// A refusal: what is in the way, and what would work.
    pub fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: advice.into(),
            is_placed: false,
        }
    }
}

/// Refuses, whatever would have come of it.
///
/// # Errors
/// Always: what is in the way, and what would work.
pub fn refused<T>(message: impl Into<String>, advice: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(message, advice))
}

/// What a line would do, while it is being typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Preview {
    /// There is nothing to say.
    Nothing,
    /// It would do this.
    Effect(Line),
    /// It cannot be done as it stands.
    Complaint(Complaint),
}

/// A refusal of what a line asks for, as a complaint about all of it.
pub fn complaint(line: &str, refusal: Refusal) -> Complaint {
    let start = line.len() - line.trim_start().len();
    let span = start..line.trim_end().len();
    Complaint {
        is_placed: refusal.is_placed,
        ..Complaint::new(span, refusal.message, refusal.advice).printable()
    }
}
