//! What several tests need: sittings, screens, the program in a pipe and in a pseudo-terminal.

pub mod depth;
pub mod fuzzed;
pub mod instructions;
pub mod line;
pub mod networks;
pub mod program;
pub mod pty;
pub mod screens;
pub mod sittings;
pub mod waiting;
