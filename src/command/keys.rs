//! The keys of the full screen. A key stands for a command line wherever there is one.

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Runs this command line.
    Command(&'static str),
    /// Does something that only a screen can do.
    Screen(ScreenAction),
}

/// What only a screen can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenAction {
    /// Opens the command bar.
    OpenBar,
    /// Moves the focus to the next pane.
    NextPane,
    /// Moves the focus to the pane before.
    PreviousPane,
    /// Scrolls the pane in focus down.
    ScrollDown,
    /// Scrolls the pane in focus up.
    ScrollUp,
    /// Hands the terminal back to the shell until it is resumed.
    Suspend,
    /// Takes the mouse, or leaves it to the terminal so that text can be selected.
    ToggleMouse,
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
    }
}

const fn screen(
    keys: &'static [&'static str],
    action: ScreenAction,
    about: &'static str,
) -> Binding {
    Binding {
        keys,
        deed: Deed::Screen(action),
        about,
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
    screen(&["Tab"], ScreenAction::NextPane, "go to the next pane"),
    screen(
        &["BackTab"],
        ScreenAction::PreviousPane,
        "go to the pane before",
    ),
    screen(
        &["J", "Shift-Down"],
        ScreenAction::ScrollDown,
        "scroll the pane down",
    ),
    screen(
        &["K", "Shift-Up"],
        ScreenAction::ScrollUp,
        "scroll the pane up",
    ),
    screen(&[":"], ScreenAction::OpenBar, "type a command"),
    screen(
        &["F2"],
        ScreenAction::ToggleMouse,
        "give the mouse to the terminal, to select text",
    ),
    screen(
        &["Ctrl-Z"],
        ScreenAction::Suspend,
        "put the tutor to sleep; `fg` wakes it",
    ),
    command(&["?", "F1"], "keys", "show the keys"),
    command(&["q", "Ctrl-C"], "quit", "leave"),
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
];

/// What a key does, by its name.
pub fn deed(key: &str) -> Option<Deed> {
    let binding = BINDINGS.iter().find(|binding| binding.keys.contains(&key));
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
    fn every_hint_names_a_key_that_does_something() {
        for key in HINTS.iter().flat_map(|(keys, _)| *keys) {
            assert!(deed(key).is_some(), "{key}");
        }
    }

    #[test]
    fn no_key_does_two_things() {
        let keys: Vec<&str> = BINDINGS
            .iter()
            .flat_map(|binding| binding.keys)
            .copied()
            .collect();
        let mut unique = keys.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len());
    }
}
