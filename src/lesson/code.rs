//! What kinds of things can be wrong with a lesson: the codes that other programs know them by.

/// Makes the kinds of a table: the name that stays as it is, and what it is about.
macro_rules! codes {
    ($($code:ident = $name:literal: $about:literal;)*) => {
        /// What kind of thing is wrong with a lesson. Codes stay as they are; new ones may come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $about] $code,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// What other programs know it by.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// What is wrong where it stands, in words.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$code => $about,)*
                }
            }
        }
    };
}

codes! {
    Unreadable = "unreadable": "the file is not there, or is no text that can be read";
    Yaml = "yaml": "the file is not YAML, or not the plain YAML that lessons are";
    DuplicateField = "duplicate-field": "a field stands twice in the same place";
    UnknownField = "unknown-field": "there is no field of this name in this place";
    MissingField = "missing-field": "a field that must be there is not";
    WrongKind = "wrong-kind": "a field has another kind of value than it takes, such as text for a number";
    UnknownName = "unknown-name": "there is no rule, function or the like of this name";
    Value = "value": "a value that cannot be, or does not go with another";
    Formula = "formula": "a formula, a condition or an expression cannot be read";
    Command = "command": "a command cannot be read, or is none that a page can run";
    LiveValue = "live-value": "there is no live value of this name";
    Data = "data": "a data file is not there, or something in it is wrong";
    Exercise = "exercise": "an exercise is not asked as it must be, or cannot be solved as it is";
    Page = "page": "a page does not do what it says when it opens";
    More = "more": "there is more: only so many problems of a file are told at once";
    Stopped = "stopped": "somebody has stopped the check; the rest is not checked";
}
