//! The keys of the full screen. Each stands for a command line, but for the one that opens the bar to type them in.

use super::Picture;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Runs this command line.
    Command(&'static str),
    /// Opens the bar in which command lines are typed.
    OpenBar,
}

/// Keys that do the same, and what they do.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys, by name: a character, or `Right`, `PageDown`, `Shift-Down`, `Ctrl-C`, `F2`.
    pub keys: &'static [&'static str],
    /// What they do.
    pub deed: Deed,
    /// What they do, in words.
    pub about: &'static str,
    /// The picture that must be in focus; `None` for keys that do it everywhere.
    pub picture: Option<Picture>,
}

const fn command(
    keys: &'static [&'static str],
    line: &'static str,
    about: &'static str,
) -> Binding {
    Binding {
        keys,
        deed: Deed::Command(line),
        about,
        picture: None,
    }
}

/// The same where a picture is in focus.
const fn within(picture: Picture, binding: Binding) -> Binding {
    Binding {
        picture: Some(picture),
        ..binding
    }
}

/// Every key.
pub static BINDINGS: &[Binding] = &[
    command(&["Right", "l", "Space", "n"], "next", "show the next line"),
    command(
        &["Left", "h", "Backspace"],
        "back line",
        "hide the last line again",
    ),
    command(&["Down", "j"], "step", "complete the update"),
    command(&["Up", "k"], "back update", "go back an update"),
    command(&["e"], "epoch", "complete the pass over all items"),
    command(&["f"], "focus next", "look at the next parameter"),
    command(&["F"], "focus previous", "look at the parameter before"),
    command(
        &["Ctrl-Up"],
        "focus up",
        "look at the weight from the node above",
    ),
    command(
        &["Ctrl-Down"],
        "focus down",
        "look at the weight from the node below",
    ),
    command(
        &["Ctrl-Left"],
        "focus left",
        "look at the weight to the node before",
    ),
    command(
        &["Ctrl-Right"],
        "focus right",
        "look at the weight to the node after",
    ),
    command(&["Home", "g"], "goto start", "go to the start"),
    command(&["End", "G"], "goto end", "go to the end"),
    command(&["PageDown", ">"], "page next", "open the next page"),
    command(&["PageUp", "<"], "page previous", "open the page before"),
    command(&["["], "set momentum down", "lower the momentum"),
    command(&["]"], "set momentum up", "raise the momentum"),
    command(&["{"], "set learning_rate down", "lower the learning rate"),
    command(&["}"], "set learning_rate up", "raise the learning rate"),
    command(&["m"], "set rule next", "use the next rule"),
    command(&["M"], "set rule previous", "use the rule before"),
    command(&["c"], "code next", "show the code in the next language"),
    command(&["w"], "why", "explain the last number"),
    command(&["x"], "exercise", "open the page's exercise"),
    command(&["r"], "reset", "start again with the lesson's settings"),
    command(&["Tab"], "view next", "go to the next pane"),
    command(&["BackTab"], "view previous", "go to the pane before"),
    command(&["v"], "view picture next", "show the next picture"),
    command(&["V"], "view picture previous", "show the picture before"),
    command(&["J", "Shift-Down"], "scroll down", "scroll the pane down"),
    command(&["K", "Shift-Up"], "scroll up", "scroll the pane up"),
    Binding {
        keys: &[":"],
        deed: Deed::OpenBar,
        about: "type a command",
        picture: None,
    },
    command(&["F2"], "mouse", "let the mouse select text, or scroll"),
    command(
        &["Ctrl-Z"],
        "sleep",
        "put the tutor to sleep; `fg` wakes it",
    ),
    command(&["?", "F1"], "keys", "show the keys"),
    command(&["q", "Ctrl-C"], "quit", "leave"),
    within(
        Picture::Weights,
        command(&["s"], "sort next", "sort by the next column"),
    ),
    within(
        Picture::Weights,
        command(&["S"], "sort previous", "sort by the column before"),
    ),
    within(
        Picture::Weights,
        command(&["/"], "filter next", "show one layer of weights, or all"),
    ),
    within(
        Picture::Predictions,
        command(&["!"], "scroll wrong", "go to the next wrong answer"),
    ),
];

/// Keys that the bottom line reminds of, the most useful first.
pub static HINTS: &[(&[&str], &str)] = &[
    (&["Right"], "line"),
    (&["Down"], "update"),
    (&["Left"], "back"),
    (&["PageDown"], "page"),
    (&["?"], "help"),
    (&["q"], "quit"),
    (&[":"], "command"),
    (&["[", "]"], "μ"),
    (&["{", "}"], "η"),
    (&["w"], "why"),
    (&["m"], "rule"),
    (&["c"], "code"),
    (&["Tab"], "pane"),
    (&["v"], "picture"),
];

/// What the bottom line also reminds of on a page with an exercise, and before which of [`HINTS`] it stands.
static EXERCISE_HINT: (&[&str], &str) = (&["x"], "exercise");
const BEFORE: usize = 3;

/// What the bottom line reminds of, on a page with or without an exercise.
pub fn hints(
    exercise: bool,
) -> impl Iterator<Item = &'static (&'static [&'static str], &'static str)> {
    let (first, rest) = HINTS.split_at(BEFORE);
    let exercise = exercise.then_some(&EXERCISE_HINT);
    first.iter().chain(exercise).chain(rest)
}

/// What a key does, by its name, with a picture in focus or none.
pub fn deed(key: &str, focus: Option<Picture>) -> Option<Deed> {
    let here = |binding: &&Binding| binding.picture.is_none() || binding.picture == focus;
    let mut bindings = BINDINGS.iter().filter(here);
    let binding = bindings.find(|binding| binding.keys.contains(&key));
    binding.map(|binding| binding.deed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Vocabulary, parse};

    #[test]
    fn every_key_stands_for_a_line_that_parses() {
        for binding in BINDINGS {
            if let Deed::Command(line) = binding.deed {
                assert!(
                    parse(line, &Vocabulary::default()).unwrap().is_some(),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn only_the_bar_is_no_command() {
        let others: Vec<&Binding> = BINDINGS
            .iter()
            .filter(|binding| binding.deed == Deed::OpenBar)
            .collect();
        assert!(matches!(others.as_slice(), [bar] if bar.keys == [":"]));
    }

    #[test]
    fn every_hint_names_a_key_that_does_something() {
        for key in hints(true).flat_map(|(keys, _)| *keys) {
            assert!(deed(key, None).is_some(), "{key}");
        }
    }

    #[test]
    fn no_key_does_two_things_in_one_place() {
        for focus in Picture::ALL.map(Some).into_iter().chain([None]) {
            let here = |binding: &&Binding| binding.picture.is_none() || binding.picture == focus;
            let bindings = BINDINGS.iter().filter(here);
            let keys: Vec<&str> = bindings.flat_map(|binding| binding.keys).copied().collect();
            let mut unique = keys.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), keys.len());
        }
    }
}
