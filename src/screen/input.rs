//! What a learner does that the screen hears of.

use super::Key;
use crate::command::Way;

/// Something that has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key has been pressed.
    Key(Key),
    /// The mouse wheel has been turned.
    Wheel(MouseWheel),
    /// Text has been pasted.
    Paste(String),
}

/// The mouse wheel has been turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MouseWheel {
    /// Which way.
    pub way: Way,
    /// The column of the mouse.
    pub column: u16,
    /// The row of the mouse.
    pub row: u16,
}
