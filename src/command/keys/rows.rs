//! The rows: one for each key of each screen, in the order in which lists tell of them.

use super::{Binding, Deed, Hint, Occasion, On, Reach, Way};
use crate::command::Picture;

const fn key(on: On, keys: &'static [&'static str], deed: Deed, about: &'static str) -> Binding {
    Binding {
        on,
        keys,
        deed,
        about,
        hint: None,
    }
}

/// A key of a lesson that stands for a command line.
const fn line(keys: &'static [&'static str], line: &'static str, about: &'static str) -> Binding {
    key(On::Lesson, keys, Deed::Command(line), about)
}

/// The same where a picture is in focus.
const fn within(
    picture: Picture,
    keys: &'static [&'static str],
    line: &'static str,
    about: &'static str,
) -> Binding {
    key(On::Picture(picture), keys, Deed::Command(line), about)
}

impl Binding {
    /// The same, of which the bottom line reminds by one of its keys and a word or two.
    const fn hint(
        self,
        rank: u8,
        key: &'static str,
        word: fn(Occasion) -> Option<&'static str>,
    ) -> Self {
        Self {
            hint: Some(Hint { rank, key, word }),
            ..self
        }
    }
}

/// Every key.
pub static BINDINGS: &[Binding] = &[
    line(&["Right", "l", "Space", "n"], "next", "show the next line")
        .hint(1, "Right", |_| Some("line")),
    line(
        &["Left", "h", "Backspace"],
        "back line",
        "hide the last line again",
    )
    .hint(3, "Left", |_| Some("back")),
    line(&["Down", "j"], "step", "complete the update").hint(2, "Down", |_| Some("update")),
    line(&["Up", "k"], "back update", "go back an update"),
    line(&["e"], "epoch", "complete the pass over all items"),
    line(&["f"], "focus next", "look at the next parameter"),
    line(&["F"], "focus previous", "look at the parameter before"),
    line(
        &["Ctrl-Up"],
        "focus up",
        "look at the weight from the node above",
    ),
    line(
        &["Ctrl-Down"],
        "focus down",
        "look at the weight from the node below",
    ),
    line(
        &["Ctrl-Left"],
        "focus left",
        "look at the weight to the node before",
    ),
    line(
        &["Ctrl-Right"],
        "focus right",
        "look at the weight to the node after",
    ),
    line(&["Home", "g"], "goto start", "go to the start"),
    line(&["End", "G"], "goto end", "go to the end"),
    line(&["PageDown", ">"], "page next", "open the next page").hint(5, "PageDown", |o| {
        Some(if o.last_page { "next lesson" } else { "page" })
    }),
    line(&["PageUp", "<"], "page previous", "open the page before"),
    line(&["["], "set momentum down", "lower the momentum").hint(9, "[", |_| Some("μ")),
    line(&["]"], "set momentum up", "raise the momentum").hint(9, "]", |_| Some("μ")),
    line(&["{"], "set learning_rate down", "lower the learning rate").hint(10, "{", |_| Some("η")),
    line(&["}"], "set learning_rate up", "raise the learning rate").hint(10, "}", |_| Some("η")),
    line(&["m"], "set rule next", "use the next rule").hint(12, "m", |_| Some("rule")),
    line(&["M"], "set rule previous", "use the rule before"),
    line(&["c"], "code next", "show the code in the next language").hint(13, "c", |_| Some("code")),
    line(&["w"], "why", "explain the last number").hint(11, "w", |_| Some("why")),
    line(&["x"], "exercise", "open the page's exercise")
        .hint(4, "x", |o| o.exercise.then_some("exercise")),
    line(&["r"], "reset", "start again with the lesson's settings"),
    line(&["Tab"], "view next", "go to the next pane").hint(14, "Tab", |_| Some("pane")),
    line(&["BackTab"], "view previous", "go to the pane before"),
    line(&["v"], "view picture next", "show the next picture").hint(15, "v", |_| Some("picture")),
    line(&["V"], "view picture previous", "show the picture before"),
    line(&["J", "Shift-Down"], "scroll down", "scroll the pane down"),
    line(&["K", "Shift-Up"], "scroll up", "scroll the pane up"),
    key(On::Lesson, &[":"], Deed::OpenBar(""), "type a command").hint(8, ":", |_| Some("command")),
    line(&["F2"], "mouse", "let the mouse select text, or scroll"),
    line(
        &["Ctrl-Z"],
        "sleep",
        "put the tutor to sleep; `fg` wakes it",
    ),
    line(&["?", "F1"], "keys", "show the keys").hint(6, "?", |_| Some("help")),
    line(
        &["q"],
        "quit",
        "go back to the menu you came from, or leave",
    )
    .hint(7, "q", |o| Some(o.leads_to.word("quit"))),
    line(&["Ctrl-C"], "quit tutor", "leave the tutor"),
    within(
        Picture::Weights,
        &["s"],
        "sort next",
        "sort by the next column",
    ),
    within(
        Picture::Weights,
        &["S"],
        "sort previous",
        "sort by the column before",
    ),
    within(
        Picture::Weights,
        &["/"],
        "filter next",
        "show one layer of weights, or all",
    ),
    within(
        Picture::Predictions,
        &["!"],
        "scroll wrong",
        "go to the next wrong answer",
    ),
    within(Picture::Surface, &["+", "="], "zoom in", "look from nearer")
        .hint(1, "+", |_| Some("zoom")),
    within(
        Picture::Surface,
        &["-"],
        "zoom out",
        "look from further away",
    )
    .hint(1, "-", |_| Some("zoom")),
    within(Picture::Surface, &["0"], "zoom reset", "see it all").hint(2, "0", |_| Some("all")),
    within(
        Picture::Surface,
        &["Shift-Left", "H"],
        "pan left",
        "look further left",
    )
    .hint(3, "H", |_| Some("move")),
    within(
        Picture::Surface,
        &["Shift-Right", "L"],
        "pan right",
        "look further right",
    )
    .hint(6, "L", |_| Some("move")),
    within(
        Picture::Surface,
        &["Shift-Up", "K"],
        "pan up",
        "look further up",
    )
    .hint(5, "K", |_| Some("move")),
    within(
        Picture::Surface,
        &["Shift-Down", "J"],
        "pan down",
        "look further down",
    )
    .hint(4, "J", |_| Some("move")),
    within(
        Picture::History,
        &["y"],
        "plot next",
        "draw the next quantity",
    )
    .hint(1, "y", |_| Some("quantity")),
    within(
        Picture::History,
        &["Y"],
        "plot previous",
        "draw the quantity before",
    ),
    within(
        Picture::History,
        &["L"],
        "plot scale",
        "draw on a log scale, or on a linear one",
    )
    .hint(2, "L", |_| Some("scale")),
    within(
        Picture::Sweep,
        &["Left"],
        "sweep left",
        "read the cell to the left",
    )
    .hint(1, "Left", |_| Some("cell")),
    within(
        Picture::Sweep,
        &["Right"],
        "sweep right",
        "read the cell to the right",
    )
    .hint(1, "Right", |_| Some("cell")),
    within(Picture::Sweep, &["Up"], "sweep up", "read the cell above")
        .hint(1, "Up", |_| Some("cell")),
    within(
        Picture::Sweep,
        &["Down"],
        "sweep down",
        "read the cell below",
    )
    .hint(1, "Down", |_| Some("cell")),
    within(
        Picture::Sweep,
        &["Enter"],
        "sweep open",
        "open the cell as a branch",
    )
    .hint(2, "Enter", |_| Some("open")),
    key(On::Travelling, &["Esc"], Deed::Close, "stop what is made"),
    key(
        On::Reading,
        &["Down", "j", "J", "Space", "PageDown", "Shift-Down"],
        Deed::Move(Reach::Line, Way::Down),
        "scroll down",
    )
    .hint(1, "Down", |_| Some("scroll")),
    key(
        On::Reading,
        &["Up", "k", "K", "PageUp", "Shift-Up"],
        Deed::Move(Reach::Line, Way::Up),
        "scroll up",
    )
    .hint(1, "Up", |_| Some("scroll")),
    key(
        On::Reading,
        &["Esc", "Enter", "q", "?", "F1"],
        Deed::Close,
        "close",
    )
    .hint(2, "Esc", |_| Some("close")),
    key(On::Question, &["Enter"], Deed::Enter, "answer"),
    key(
        On::Question,
        &["a"],
        Deed::OpenBar("a"),
        "begin to type `answer`",
    ),
    key(
        On::Question,
        &["h"],
        Deed::OpenBar("h"),
        "begin to type `hint`",
    ),
    key(
        On::Question,
        &["s"],
        Deed::OpenBar("s"),
        "begin to type `solution`",
    ),
    key(
        On::Question,
        &["F3"],
        Deed::Command("hint"),
        "show the next hint",
    ),
    key(
        On::Question,
        &["F4"],
        Deed::Command("solution"),
        "show the answer",
    ),
    key(On::Confirmation, &["y", "Y"], Deed::Agree, "agree"),
    key(On::Bar, &["Enter"], Deed::Enter, "do what is typed"),
    key(
        On::Bar,
        &["Tab"],
        Deed::Complete(Way::Down),
        "complete the word",
    ),
    key(
        On::Bar,
        &["BackTab"],
        Deed::Complete(Way::Up),
        "complete the word in another way",
    ),
    key(
        On::Bar,
        &["Up"],
        Deed::Recall(Way::Up),
        "what was typed before",
    ),
    key(
        On::Bar,
        &["Down"],
        Deed::Recall(Way::Down),
        "what was typed after",
    ),
    key(
        On::Bar,
        &["Esc", "Ctrl-C", "Ctrl-G"],
        Deed::Close,
        "close the bar",
    ),
    key(
        On::EmptyBar,
        &["Backspace", "Ctrl-D"],
        Deed::Close,
        "close the bar",
    ),
    key(
        On::Practice,
        &["Enter"],
        Deed::Enter,
        "answer, or do what is typed",
    )
    .hint(0, "Enter", |_| Some("answer")),
    key(
        On::Practice,
        &["F3"],
        Deed::Command("hint"),
        "show the next hint",
    )
    .hint(0, "F3", |_| Some("hint")),
    key(
        On::Practice,
        &["F4"],
        Deed::Command("solution"),
        "show the answer",
    )
    .hint(0, "F4", |_| Some("solution")),
    key(
        On::Practice,
        &["F5"],
        Deed::Command("next"),
        "leave the problem out",
    )
    .hint(0, "F5", |_| Some("leave out")),
    key(
        On::Practice,
        &["Esc", "Ctrl-D"],
        Deed::Command("quit"),
        "end the round with a summary; with something typed, Esc clears the line",
    )
    .hint(0, "Esc", |_| Some("end")),
    key(
        On::Practice,
        &["F1", "?"],
        Deed::Command("help"),
        "show this",
    )
    .hint(0, "F1", |_| Some("help")),
    key(
        On::Practice,
        &["F2"],
        Deed::Command("mouse"),
        "let the mouse select text, or scroll",
    )
    .hint(0, "F2", |_| Some("mouse")),
    key(
        On::Practice,
        &["Ctrl-Z"],
        Deed::Command("sleep"),
        "put the tutor to sleep; `fg` wakes it",
    )
    .hint(0, "Ctrl-Z", |_| Some("sleep")),
    key(
        On::Practice,
        &["PageDown"],
        Deed::Move(Reach::Page, Way::Down),
        "scroll what is said",
    ),
    key(
        On::Practice,
        &["PageUp"],
        Deed::Move(Reach::Page, Way::Up),
        "scroll what is said",
    ),
    key(
        On::Practice,
        &["Shift-Down"],
        Deed::MoveProblem(Way::Down),
        "",
    ),
    key(On::Practice, &["Shift-Up"], Deed::MoveProblem(Way::Up), ""),
    key(
        On::Practice,
        &["Tab"],
        Deed::Complete(Way::Down),
        "complete a word",
    ),
    key(
        On::Practice,
        &["Down"],
        Deed::Recall(Way::Down),
        "what has been typed before",
    ),
    key(
        On::Practice,
        &["Up"],
        Deed::Recall(Way::Up),
        "what has been typed before",
    ),
    key(
        On::Practice,
        &["Ctrl-C"],
        Deed::Command("quit tutor"),
        "leave the tutor",
    ),
    key(On::Typing, &["Esc"], Deed::Close, "clear the line"),
    key(On::Typing, &["?", "Ctrl-D"], Deed::Edit, ""),
    key(On::Summary, &["Enter"], Deed::Enter, "begin another round")
        .hint(0, "Enter", |_| Some("another round")),
    key(
        On::Summary,
        &["q", "Esc", "Ctrl-D"],
        Deed::Command("quit"),
        "leave",
    )
    .hint(0, "q", |o| Some(o.leads_to.word("leave"))),
    key(
        On::Summary,
        &["Down", "j", "J"],
        Deed::Move(Reach::Line, Way::Down),
        "scroll down",
    )
    .hint(0, "Down", |_| Some("scroll")),
    key(
        On::Summary,
        &["Up", "k", "K"],
        Deed::Move(Reach::Line, Way::Up),
        "scroll up",
    )
    .hint(0, "Up", |_| Some("scroll")),
    key(
        On::Summary,
        &["PageDown", "Space"],
        Deed::Move(Reach::Page, Way::Down),
        "scroll down by a page",
    ),
    key(
        On::Summary,
        &["PageUp"],
        Deed::Move(Reach::Page, Way::Up),
        "scroll up by a page",
    ),
    key(
        On::Summary,
        &["F2"],
        Deed::Command("mouse"),
        "let the mouse select text, or scroll",
    ),
    key(
        On::Summary,
        &["Ctrl-Z"],
        Deed::Command("sleep"),
        "put the tutor to sleep; `fg` wakes it",
    ),
    key(
        On::Summary,
        &["Ctrl-C"],
        Deed::Command("quit tutor"),
        "leave the tutor",
    )
    .hint(0, "Ctrl-C", |_| Some("leave the tutor")),
    key(
        On::Menu,
        &["Enter", "Right", "l", "Space", "n"],
        Deed::Enter,
        "open what is chosen",
    )
    .hint(0, "Enter", |_| Some("open")),
    key(
        On::Menu,
        &["Down", "j"],
        Deed::Move(Reach::Line, Way::Down),
        "choose the next lesson",
    )
    .hint(0, "Down", |_| Some("choose")),
    key(
        On::Menu,
        &["Up", "k"],
        Deed::Move(Reach::Line, Way::Up),
        "choose the lesson before",
    )
    .hint(0, "Up", |_| Some("choose")),
    key(
        On::Menu,
        &["p"],
        Deed::Practise,
        "begin a round of practice",
    )
    .hint(0, "p", |_| Some("practice")),
    key(
        On::Menu,
        &["q", "Esc"],
        Deed::Command("quit"),
        "go back to the lesson, or leave",
    )
    .hint(0, "q", |o| Some(o.leads_to.word("quit"))),
    key(
        On::Menu,
        &["PageDown", ">"],
        Deed::Move(Reach::Page, Way::Down),
        "go down by a screen",
    )
    .hint(0, "PageDown", |_| Some("screen")),
    key(
        On::Menu,
        &["PageUp", "<"],
        Deed::Move(Reach::Page, Way::Up),
        "go up by a screen",
    )
    .hint(0, "PageUp", |_| Some("screen")),
    key(
        On::Menu,
        &["Home", "g"],
        Deed::Move(Reach::All, Way::Up),
        "choose the first lesson",
    )
    .hint(0, "Home", |_| Some("first, last")),
    key(
        On::Menu,
        &["End", "G"],
        Deed::Move(Reach::All, Way::Down),
        "choose practice, the last",
    )
    .hint(0, "End", |_| Some("first, last")),
    key(
        On::Menu,
        &["Ctrl-Z"],
        Deed::Command("sleep"),
        "put the tutor to sleep; `fg` wakes it",
    ),
    key(
        On::Menu,
        &["Ctrl-C"],
        Deed::Command("quit tutor"),
        "leave the tutor",
    ),
];
