//! Why a line is not understood, and which name was meant.

use std::ops::Range;

use crate::explain::shown;

/// Why a line is not understood: what is wrong, where, and what would work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Complaint {
    /// The bytes of the line that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub advice: String,
    /// Whether the message begins with the place in a script where this was met.
    pub is_placed: bool,
}

impl Complaint {
    /// What is wrong with some bytes of a line, and what would work.
    pub fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            advice: advice.into(),
            is_placed: false,
        }
    }

    /// What is wrong and what would work, in one line.
    pub fn with_advice(&self) -> String {
        format!("{}: {}", self.message, self.advice)
    }

    /// The same about a longer line, in which the one it was about begins so many bytes later.
    #[must_use]
    pub fn shifted(self, bytes: usize) -> Self {
        Self {
            span: self.span.start + bytes..self.span.end + bytes,
            ..self
        }
    }

    /// The same, with what was meant and why it came out otherwise, where that is known.
    #[must_use]
    pub fn told(self, meant: Option<(String, String)>) -> Self {
        let advice = meant.map(|(why, meant)| format!("{why}; did you mean `{meant}`?"));
        Self {
            advice: advice.unwrap_or(self.advice),
            ..self
        }
    }

    /// The same, with words for what cannot be seen of the line that it quotes.
    #[must_use]
    pub fn printable(self) -> Self {
        Self {
            message: shown(&self.message),
            advice: shown(&self.advice),
            ..self
        }
    }
}

/// The name closest to `wrong`, where one is close enough to have been meant.
pub fn closest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let near = |name: &&str| {
        // Comparing takes long where one is endless, and then no slip of the finger.
        if wrong.len() > 2 * name.len() + 8 {
            return false;
        }
        strsim::jaro_winkler(&wrong, &name.to_lowercase()) > 0.75
            // One character more or less is four bytes at most.
            || (wrong.len().abs_diff(name.len()) <= 4
                && strsim::damerau_levenshtein(&wrong, name) <= 1)
    };
    let score = |name: &&str| strsim::jaro_winkler(&wrong, &name.to_lowercase());
    names
        .into_iter()
        .filter(near)
        .max_by(|a, b| score(a).total_cmp(&score(b)))
}

/// "did you mean `x`?", where a name is close enough.
pub(super) fn meant<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

/// "did you mean `x`?", or else the whole list.
pub fn advise<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(advice) = meant(wrong, names.clone()) {
        return advice;
    }
    one_of(names)
}

/// What can stand somewhere, all of it.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match all.as_slice() {
        [only] => format!("{only} is what can stand here"),
        several => format!("one of {}", several.join(", ")),
    }
}
