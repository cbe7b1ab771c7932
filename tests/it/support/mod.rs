//! What several tests need.

pub mod keys;
pub mod line;
pub mod pictures;
pub mod pty;
