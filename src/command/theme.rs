//! Which colours a learner asks for.

use crate::math::named;

named! {
    /// Which colours the learner has asked for.
    Theme {
        /// Those that suit the background of the terminal; while it is not known, some that are readable on any.
        Auto = "auto",
        /// Bright colours, for a dark background.
        Dark = "dark",
        /// Deep colours, for a light background.
        Light = "light",
        /// No colours.
        Mono = "mono",
    }
}

impl Theme {
    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}
