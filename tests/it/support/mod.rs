//! What several tests need.

pub mod line;
pub mod pictures;
pub mod pty;
