//! Every key of every screen: a row says where it counts, what it does, and in which words help, the bottom line and
//! the README tell of it. The screens look their keys up here; what is typed into a line is no key of this kind.

mod layouts;
mod rows;

use std::borrow::Cow;
use std::iter::successors;

use super::{Command, Leaving, Picture, Vocabulary, parse};
pub use layouts::{meant_by, meant_key};
pub use rows::BINDINGS;

/// Where a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// In a lesson, in front of its panes.
    Lesson,
    /// In a lesson whose picture is in focus.
    Picture(Picture),
    /// While something is made that takes a while.
    Travelling,
    /// While the run plays; what is no key here is one of the lesson's.
    Playing,
    /// While something longer is read.
    Reading,
    /// While an answer is typed.
    Question,
    /// While a question is asked that waits for something to be done.
    Goal,
    /// While a question is in sight that has been answered.
    Answered,
    /// While it is asked whether something is to be done.
    Confirmation,
    /// While a line is typed.
    Bar,
    /// While nothing stands in that line.
    EmptyBar,
    /// In a round of practice.
    Practice,
    /// In a round of practice, while something is typed.
    Typing,
    /// In a round of practice, while a problem is in sight that has been answered.
    Solved,
    /// After a round.
    Summary,
    /// In the course menu.
    Menu,
}

impl On {
    /// Where else the keys count here that do nothing of its own.
    fn below(self) -> Option<Self> {
        match self {
            Self::Picture(_) | Self::Goal => Some(Self::Lesson),
            Self::Confirmation => Some(Self::Reading),
            Self::EmptyBar => Some(Self::Bar),
            Self::Typing => Some(Self::Practice),
            Self::Lesson
            | Self::Travelling
            | Self::Playing
            | Self::Reading
            | Self::Question
            | Self::Answered
            | Self::Bar
            | Self::Practice
            | Self::Solved
            | Self::Summary
            | Self::Menu => None,
        }
    }
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Runs this command line.
    Command(&'static str),
    /// Opens the bar in which command lines are typed, with this in it.
    OpenBar(&'static str),
    /// Goes on: gives what has been typed, opens what is chosen, begins another round.
    Enter,
    /// Goes to what is below or above, or scrolls there.
    Move(Reach, Way),
    /// Scrolls the problem that is asked.
    MoveProblem(Way),
    /// Closes what is in front, stops what takes a while, clears what is typed.
    Close,
    /// Belongs to the line that is typed.
    Edit(Editing),
    /// Takes what the screen offers.
    Take(Offer),
}

/// What a key does to the line that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editing {
    /// Completes the word before the cursor, or tries the next way to do so.
    Complete(Way),
    /// Puts a line into it that was typed after or before.
    Recall(Way),
    /// What it does in any line: writes, erases, moves the cursor.
    Write,
}

/// What some screens offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To do what is asked about.
    Agreement,
    /// Practice.
    Practice,
    /// Something of the learner's own.
    Own,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A little.
    Line,
    /// As far as is seen at once.
    Page,
    /// To the end.
    All,
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Down, or on.
    Down,
    /// Up, or back.
    Up,
}

impl Deed {
    /// The command that it runs.
    pub fn command(self) -> Option<Command> {
        let Self::Command(line) = self else {
            return None;
        };
        parse(line, &Vocabulary::default()).ok().flatten()
    }

    /// Whether it leaves the tutor.
    pub fn leaves(self) -> bool {
        self.command() == Some(Command::Quit(Leaving::Tutor))
    }
}

/// Keys that do the same, and what they do.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where they count.
    pub on: On,
    /// The keys, by name: a character, or `Right`, `PageDown`, `Shift-Down`, `Ctrl-C`, `F2`.
    pub keys: &'static [&'static str],
    /// What they do.
    pub deed: Deed,
    /// What they do, in words; empty where no list tells of them.
    pub about: &'static str,
    /// How the bottom line reminds of them.
    pub hint: Option<Hint>,
}

/// How the bottom line reminds of a key.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    /// Which of them come first; of equals, the one that stands first in the table.
    rank: u8,
    /// The key that is named.
    pub key: &'static str,
    /// A word or two for what it does; keys that stand together share theirs.
    word: fn(Occasion) -> Option<Cow<'static, str>>,
}

/// What decides which keys the bottom line reminds of, and how.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them can go with any other"
)]
pub struct Occasion {
    /// Whether the page has an exercise.
    pub exercise: bool,
    /// Whether the run as it was before a setting was turned can be kept.
    pub ghost: bool,
    /// Where leaving leads to.
    pub leads_to: Home,
    /// Whether the page is the last, and another lesson comes after it.
    pub last_page: bool,
    /// Whether one pane has the whole screen.
    pub whole: bool,
    /// Whether the page is about its picture, and so updates are made whole.
    pub picture: bool,
    /// Whether what is read can be copied.
    pub copies: bool,
    /// Which hint comes next, from 1, and of how many.
    pub hint: Option<(usize, usize)>,
}

impl Occasion {
    /// `hint (1 of 2)`
    fn hint(self) -> String {
        self.hint.map_or_else(
            || "hint".to_owned(),
            |(next, count)| format!("hint ({next} of {count})"),
        )
    }
}

/// Where leaving leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Home {
    /// Out of the tutor.
    #[default]
    Shell,
    /// To the course menu.
    Menu,
    /// Back to a lesson.
    Lesson,
}

impl Home {
    /// A word for the key that leaves, `out` where that leads out of the tutor.
    fn word(self, out: &'static str) -> &'static str {
        match self {
            Self::Shell => out,
            Self::Menu => "menu",
            Self::Lesson => "back",
        }
    }
}

/// The keys that the bottom line reminds of, and a word for what they do, the most useful first.
pub fn hints(on: On, occasion: Occasion) -> Vec<(Vec<&'static str>, Cow<'static, str>)> {
    let mut hints: Vec<(Vec<&'static str>, Cow<'static, str>)> = Vec::new();
    for place in successors(Some(on), |on| on.below()) {
        let of_place = BINDINGS.iter().filter(|binding| binding.on == place);
        let mut own: Vec<Hint> = of_place.filter_map(|binding| binding.hint).collect();
        own.sort_by_key(|hint| hint.rank);
        for hint in own {
            match ((hint.word)(occasion), hints.last_mut()) {
                (None, _) => {}
                (Some(word), Some((keys, last))) if *last == word => keys.push(hint.key),
                (Some(word), _) => hints.push((vec![hint.key], word)),
            }
        }
    }
    hints
}

/// A key that is called by its name, however that is written: `PageDown` for `page down`.
pub fn by_name(name: &str) -> Option<String> {
    /// Keys without a character of their own, and how else they are called.
    const NAMED: [(&str, &str); 12] = [
        ("Right", "rightarrow"),
        ("Left", "leftarrow"),
        ("Up", "uparrow"),
        ("Down", "downarrow"),
        ("Home", "pos1"),
        ("End", "ende"),
        ("PageDown", "pgdn"),
        ("PageUp", "pgup"),
        ("Space", "spacebar"),
        ("Enter", "return"),
        ("Tab", "tabulator"),
        ("Esc", "escape"),
    ];
    let is_part = |character: &char| !matches!(character, ' ' | '-' | '_');
    let written: String = name
        .chars()
        .filter(is_part)
        .collect::<String>()
        .to_lowercase();
    let is_meant =
        |(key, other): &&(&str, &str)| key.to_lowercase() == written || *other == written;
    if let Some((key, _)) = NAMED.iter().find(is_meant) {
        return Some((*key).to_owned());
    }
    let number = written.strip_prefix('f')?.parse::<u8>().ok()?;
    (1..=12).contains(&number).then(|| format!("F{number}"))
}

/// What a key does, by its name. The keys of a place come before those of the places below.
pub fn deed(key: &str, on: On) -> Option<Deed> {
    let found = row(on, |binding| binding.keys.contains(&key));
    found.map(|binding| binding.deed)
}

/// The first key that does something in a place, as people know it; nothing where none does.
pub fn key_for(deed: Deed, on: On) -> &'static str {
    row(on, |binding| binding.deed == deed).map_or("", |binding| key_label(binding.keys[0]))
}

/// A letter that does the same in a lesson as a sign that some keyboards have no key of its own for: `o` for `]`.
pub fn letter_for(sign: &str) -> Option<&'static str> {
    let is_one = |key: &str, is: fn(char) -> bool| key.chars().count() == 1 && key.chars().all(is);
    if !is_one(sign, |c| c.is_ascii_punctuation()) {
        return None;
    }
    let keys = row(On::Lesson, |binding| binding.keys.contains(&sign))?.keys;
    let letter = keys.iter().find(|key| is_one(key, char::is_alphabetic));
    letter.copied()
}

fn row(on: On, wanted: impl Fn(&Binding) -> bool) -> Option<&'static Binding> {
    successors(Some(on), |on| on.below()).find_map(|on| {
        let mut bindings = BINDINGS.iter().filter(|binding| binding.on == on);
        bindings.find(|binding| wanted(binding))
    })
}

/// A key as people know it.
pub fn key_label(key: &'static str) -> &'static str {
    match key {
        "Right" => "→",
        "Left" => "←",
        "Up" => "↑",
        "Down" => "↓",
        "PageDown" => "PgDn",
        "PageUp" => "PgUp",
        other => other,
    }
}
