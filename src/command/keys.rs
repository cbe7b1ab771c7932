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
    command(
        &["q"],
        "quit",
        "go back to the menu you came from, or leave",
    ),
    command(&["Ctrl-C"], "quit tutor", "leave the tutor"),
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
    within(
        Picture::Surface,
        command(&["+", "="], "zoom in", "look from nearer"),
    ),
    within(
        Picture::Surface,
        command(&["-"], "zoom out", "look from further away"),
    ),
    within(
        Picture::Surface,
        command(&["0"], "zoom reset", "see it all"),
    ),
    within(
        Picture::Surface,
        command(&["Shift-Left", "H"], "pan left", "look further left"),
    ),
    within(
        Picture::Surface,
        command(&["Shift-Right", "L"], "pan right", "look further right"),
    ),
    within(
        Picture::Surface,
        command(&["Shift-Up", "K"], "pan up", "look further up"),
    ),
    within(
        Picture::Surface,
        command(&["Shift-Down", "J"], "pan down", "look further down"),
    ),
    within(
        Picture::History,
        command(&["y"], "plot next", "draw the next quantity"),
    ),
    within(
        Picture::History,
        command(&["Y"], "plot previous", "draw the quantity before"),
    ),
    within(
        Picture::History,
        command(
            &["L"],
            "plot scale",
            "draw on a log scale, or on a linear one",
        ),
    ),
    within(
        Picture::Sweep,
        command(&["Left"], "sweep left", "read the cell to the left"),
    ),
    within(
        Picture::Sweep,
        command(&["Right"], "sweep right", "read the cell to the right"),
    ),
    within(
        Picture::Sweep,
        command(&["Up"], "sweep up", "read the cell above"),
    ),
    within(
        Picture::Sweep,
        command(&["Down"], "sweep down", "read the cell below"),
    ),
    within(
        Picture::Sweep,
        command(&["Enter"], "sweep open", "open the cell as a branch"),
    ),
];

/// Keys that the bottom line reminds of, the most useful first.
pub static HINTS: &[Hint] = &[
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
static EXERCISE_HINT: Hint = (&["x"], "exercise");
const BEFORE: usize = 3;

/// What it says of the key that leaves, where that leads to the course menu.
static MENU_HINT: Hint = (&["q"], "menu");
/// What it says of the key that turns the page, where that opens the next lesson.
static LESSON_HINT: Hint = (&["PageDown"], "next lesson");

/// Keys, and a word for what they do.
pub type Hint = (&'static [&'static str], &'static str);

/// What decides on the keys that the bottom line reminds of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Occasion {
    /// Whether the page has an exercise.
    pub exercise: bool,
    /// Whether the lesson was opened from the course menu.
    pub from_menu: bool,
    /// Whether the page is the last, and another lesson comes after it.
    pub last_page: bool,
}

/// What the bottom line reminds of.
pub fn hints(occasion: Occasion) -> impl Iterator<Item = &'static Hint> {
    let (first, rest) = HINTS.split_at(BEFORE);
    let exercise = occasion.exercise.then_some(&EXERCISE_HINT);
    let own = [
        (occasion.from_menu, &MENU_HINT),
        (occasion.last_page, &LESSON_HINT),
    ];
    let said = move |hint: &'static Hint| {
        let other = own.iter().find(|(holds, own)| *holds && own.0 == hint.0);
        other.map_or(hint, |(_, own)| own)
    };
    first.iter().chain(exercise).chain(rest).map(said)
}

/// What a key does, by its name, with a picture in focus or none. The picture's own keys come before those that do the
/// same everywhere.
pub fn deed(key: &str, focus: Option<Picture>) -> Option<Deed> {
    let among = |picture: Option<Picture>| {
        let mut bindings = BINDINGS.iter().filter(move |b| b.picture == picture);
        bindings.find(|binding| binding.keys.contains(&key))
    };
    let own = focus.and_then(|picture| among(Some(picture)));
    own.or_else(|| among(None)).map(|binding| binding.deed)
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
        let all = Occasion {
            exercise: true,
            from_menu: true,
            last_page: true,
        };
        for key in hints(all).flat_map(|(keys, _)| *keys) {
            assert!(deed(key, None).is_some(), "{key}");
        }
        let words = |occasion| hints(occasion).map(|(_, words)| *words).collect::<Vec<_>>();
        let (usual, all) = (words(Occasion::default()), words(all));
        for (word, instead) in [("quit", "menu"), ("page", "next lesson")] {
            assert!(usual.contains(&word) && !usual.contains(&instead));
            assert!(all.contains(&instead) && !all.contains(&word));
        }
        for picture in Picture::ALL {
            for key in picture.hints().iter().flat_map(|(keys, _)| *keys) {
                let own = |binding: &&Binding| binding.picture == Some(picture);
                let mut bindings = BINDINGS.iter().filter(own);
                assert!(bindings.any(|b| b.keys.contains(key)), "{key}");
            }
        }
    }

    #[test]
    fn a_picture_in_focus_has_its_keys_before_all_others() {
        let does = |focus| deed("Left", focus);
        assert_eq!(does(None), Some(Deed::Command("back line")));
        assert_eq!(
            does(Some(Picture::Surface)),
            Some(Deed::Command("back line"))
        );
        assert_eq!(
            does(Some(Picture::Sweep)),
            Some(Deed::Command("sweep left"))
        );
    }

    #[test]
    fn no_key_does_two_things_in_one_place() {
        for focus in Picture::ALL.map(Some).into_iter().chain([None]) {
            let bindings = BINDINGS.iter().filter(|b| b.picture == focus);
            let keys: Vec<&str> = bindings.flat_map(|binding| binding.keys).copied().collect();
            let mut unique = keys.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), keys.len());
        }
    }
}
