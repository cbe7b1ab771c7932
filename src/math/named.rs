//! What lessons and commands call by a name.

use super::Rule;

/// One of several things with names.
pub trait Named: Copy {
    /// The name used in lessons and commands.
    fn name(self) -> &'static str;
}

impl Named for Rule {
    fn name(self) -> &'static str {
        Self::name(self)
    }
}

/// Makes an enum of the names of its cases.
macro_rules! named {
    ($(#[$about:meta])* $kind:ident { $($(#[$detail:meta])* $one:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind {
            $($(#[$detail])* $one,)*
        }

        impl $kind {
            /// All of them, in the order in which they are listed.
            pub const ALL: [Self; [$(stringify!($one)),*].len()] = [$(Self::$one),*];

            /// The name used in lessons and commands.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$one => $name,)*
                }
            }
        }

        impl crate::math::Named for $kind {
            fn name(self) -> &'static str {
                Self::name(self)
            }
        }
    };
}
pub(crate) use named;
