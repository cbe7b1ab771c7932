//! The rows: one for each key of each screen, in the order in which lists tell of them.
//!
//! Where it counts, its keys, what they do, in words; and where the bottom line reminds of it: its rank there, the key
//! that is named, and a word or two, which may depend on the occasion.

use std::borrow::Cow;

use super::Deed::{Close, Command, Edit, Enter, Move, MoveProblem, OpenBar, Take};
use super::Editing::{Complete, Recall, Write};
use super::Offer::{Agreement, Own};
use super::On::{
    Answered, Bar, Confirmation, EmptyBar, Goal, Lesson, Menu, Picture, Playing, Practice,
    Question, Reading, Solved, Summary, Travelling, Typing,
};
use super::Reach::{All, Line, Page};
use super::Way::{Down, Up};
use super::{Binding, Hint, Occasion};
use crate::command::Picture::{History, Predictions, Surface, Sweep, Weights};

/// How the bottom line reminds of a key, where it does.
macro_rules! hint {
    () => {
        None
    };
    ($rank:literal $key:literal $word:literal) => {
        hint!($rank $key |_| Some($word))
    };
    ($rank:literal $key:literal $word:expr) => {
        Some(Hint {
            rank: $rank,
            key: $key,
            word: |occasion| said($word, occasion),
        })
    };
}

/// What a row says on an occasion.
fn said<T: Into<Cow<'static, str>>>(
    word: fn(Occasion) -> Option<T>,
    occasion: Occasion,
) -> Option<Cow<'static, str>> {
    word(occasion).map(T::into)
}

/// Makes the table of its rows.
macro_rules! bindings {
    ($($on:expr => {$(
        [$($key:literal)+] $deed:expr, $about:literal $([$($hint:tt)+])?;
    )+})+) => {
        /// Every key.
        pub static BINDINGS: &[Binding] = &[$($(Binding {
            on: $on,
            keys: &[$($key),+],
            deed: $deed,
            about: $about,
            hint: hint!($($($hint)+)?),
        },)+)+];
    };
}

bindings! {
    Lesson => {
        ["Right" "l" "n"] Command("next"), "show the next line" [1 "Right" |o| Some(if o.picture { "update" } else { "line" })];
        ["Left" "h" "Backspace"] Command("back line"), "hide the last line again" [3 "Left" "back"];
        ["Down" "j" "s"] Command("step"), "complete the update" [2 "Down" "update"];
        ["Up" "k"] Command("back update"), "go back an update";
        ["Space"] Command("play"), "let the run go on by itself; again, pause it" [8 "Space" "play"];
        ["."] Command("play faster"), "play twice as fast";
        [","] Command("play slower"), "play half as fast";
        ["e"] Command("epoch"), "complete the pass over all items";
        ["f"] Command("focus next"), "look at the next parameter";
        ["F"] Command("focus previous"), "look at the parameter before";
        ["Ctrl-Up"] Command("focus up"), "look at the weight from the node above";
        ["Ctrl-Down"] Command("focus down"), "look at the weight from the node below";
        ["Ctrl-Left"] Command("focus left"), "look at the weight to the node before";
        ["Ctrl-Right"] Command("focus right"), "look at the weight to the node after";
        ["Home" "g"] Command("goto start"), "go to the start";
        ["End" "G"] Command("goto end"), "go to the end";
        ["PageDown" ">"] Command("page next"), "open the next page" [5 "PageDown" |o| Some(if o.last_page { "next lesson" } else { "page" })];
        ["PageUp" "<"] Command("page previous"), "open the page before";
        ["[" "i"] Command("turn momentum down"), "lower the momentum: the whole run anew" [9 "[" "μ"];
        ["]" "o"] Command("turn momentum up"), "raise the momentum: the whole run anew" [9 "]" "μ"];
        ["{" "I"] Command("turn learning_rate down"), "lower the learning rate: the whole run anew" [10 "{" "η"];
        ["}" "O"] Command("turn learning_rate up"), "raise the learning rate: the whole run anew" [10 "}" "η"];
        ["m"] Command("turn rule next"), "use the next rule: the whole run anew" [12 "m" "rule"];
        ["M"] Command("turn rule previous"), "use the rule before: the whole run anew";
        ["P"] Command("pin"), "keep the ghost, the run from before, as a branch" [9 "P" |o| o.ghost.then_some("keep the ghost")];
        ["c"] Command("code next"), "show the code in the next language" [13 "c" "code"];
        ["w"] Command("why"), "explain the last number" [11 "w" "why"];
        ["Enter"] Enter, "go on: to what the page asks, or to the next page";
        ["x"] Command("exercise"), "open the page's exercise" [4 "x" |o| o.exercise.then_some("exercise")];
        ["r"] Command("reset"), "start again with the lesson's settings, on a new branch";
        ["Tab"] Command("view next"), "go to the next pane" [14 "Tab" "pane"];
        ["BackTab"] Command("view previous"), "go to the pane before";
        ["z"] Command("view whole"), "give the pane the whole screen, or give it back" [0 "z" |o| o.whole.then_some("back to the page")];
        ["v"] Command("view picture next"), "show the next picture" [15 "v" "picture"];
        ["V"] Command("view picture previous"), "show the picture before";
        ["J" "Shift-Down"] Command("scroll down"), "scroll the pane down";
        ["K" "Shift-Up"] Command("scroll up"), "scroll the pane up";
        ["C"] Command("copy"), "copy what the pane says";
        [":"] OpenBar(""), "type a command" [8 ":" "command"];
        ["F2" "Ctrl-T"] Command("mouse"), "let the mouse select text, or scroll";
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it";
        ["?" "F1"] Command("keys"), "show the keys" [6 "?" "help"];
        ["q"] Command("quit"), "go back to the menu you came from, or leave" [7 "q" |o| Some(o.leads_to.word("quit"))];
        ["Ctrl-C"] Command("quit tutor"), "leave the tutor";
    }
    Picture(Weights) => {
        ["s"] Command("sort next"), "sort by the next column";
        ["S"] Command("sort previous"), "sort by the column before";
        ["/"] Command("filter next"), "show one layer of weights, or all";
    }
    Picture(Predictions) => {
        ["!"] Command("scroll wrong"), "go to the next wrong answer";
    }
    Picture(Surface) => {
        ["+" "="] Command("zoom in"), "look from nearer" [1 "+" "zoom"];
        ["-"] Command("zoom out"), "look from further away" [1 "-" "zoom"];
        ["0"] Command("zoom reset"), "see it all" [2 "0" "all"];
        ["Shift-Left" "H"] Command("pan left"), "look further left" [3 "H" "move"];
        ["Shift-Right" "L"] Command("pan right"), "look further right" [6 "L" "move"];
        ["Shift-Up" "K"] Command("pan up"), "look further up" [5 "K" "move"];
        ["Shift-Down" "J"] Command("pan down"), "look further down" [4 "J" "move"];
    }
    Picture(History) => {
        ["y"] Command("plot next"), "draw the next quantity" [1 "y" "quantity"];
        ["Y"] Command("plot previous"), "draw the quantity before";
        ["L"] Command("plot scale"), "draw on a log scale, or on a linear one" [2 "L" "scale"];
    }
    Picture(Sweep) => {
        ["Left"] Command("sweep left"), "read the cell to the left" [1 "Left" "cell"];
        ["Right"] Command("sweep right"), "read the cell to the right" [1 "Right" "cell"];
        ["Up"] Command("sweep up"), "read the cell above" [1 "Up" "cell"];
        ["Down"] Command("sweep down"), "read the cell below" [1 "Down" "cell"];
        ["Enter"] Command("sweep open"), "open the cell as a branch" [2 "Enter" "open"];
    }
    Travelling => {
        ["Esc" "Ctrl-C"] Close, "stop what is made";
    }
    Playing => {
        ["Space"] Command("play"), "pause" [1 "Space" "pause"];
        ["."] Command("play faster"), "play twice as fast" [2 "." "faster"];
        [","] Command("play slower"), "play half as fast" [3 "," "slower"];
        ["Right" "l" "n"] Command("next"), "pause, and show the next line" [4 "Right" |o| Some(if o.picture { "update" } else { "line" })];
        ["Down" "j"] Command("step"), "pause, and make an update" [5 "Down" "update"];
        ["Esc" "Ctrl-C"] Close, "pause";
    }
    Reading => {
        ["Down" "j" "J" "Space" "PageDown" "Shift-Down"] Move(Line, Down), "scroll down" [1 "Down" "scroll"];
        ["Up" "k" "K" "PageUp" "Shift-Up"] Move(Line, Up), "scroll up" [1 "Up" "scroll"];
        ["C"] Command("copy"), "copy what is read" [3 "C" |o| o.copies.then_some("copy")];
        ["Esc" "Enter" "q" "?" "F1"] Close, "close" [2 "Esc" "close"];
    }
    Question => {
        ["Enter"] Enter, "give the answer" [1 "Enter" "answer"];
        ["F3"] Command("hint"), "show the next hint" [2 "F3" |o| Some(o.hint())];
        ["F4"] Command("solution"), "show the answer" [3 "F4" "solution"];
        ["Esc"] Close, "go back to the text" [4 "Esc" "back to the text"];
        ["PageDown"] Move(Page, Down), "read on what is said, or open the next page";
        ["PageUp"] Move(Page, Up), "read back what is said, or open the page before";
        ["Shift-Down"] MoveProblem(Down), "read on in the question";
        ["Shift-Up"] MoveProblem(Up), "read back in the question";
        ["?" "F1"] Command("keys"), "show the keys" [5 "?" "help"];
        [":"] OpenBar(""), "type a command";
        ["F2" "Ctrl-T"] Command("mouse"), "let the mouse select text, or scroll";
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it";
    }
    Goal => {
        ["Enter"] Enter, "look whether it is reached" [1 "Enter" "it is done"];
        ["F3"] Command("hint"), "show the next hint" [2 "F3" |o| Some(o.hint())];
        ["F4"] Command("solution"), "show settings that reach it" [3 "F4" "solution"];
        ["Esc"] Close, "go back to the text" [4 "Esc" "back to the text"];
    }
    Answered => {
        ["Enter"] Enter, "go on" [1 "Enter" "go on"];
        ["Esc" "Left"] Close, "look at the page again" [2 "Left" "look again"];
        ["w"] Command("why"), "explain the last number" [3 "w" "why"];
        ["?" "F1"] Command("keys"), "show the keys" [4 "?" "help"];
        ["q"] Command("quit"), "go back to the menu you came from, or leave" [5 "q" |o| Some(o.leads_to.word("quit"))];
    }
    Confirmation => {
        ["y" "Y"] Take(Agreement), "agree";
    }
    Bar => {
        ["Enter"] Enter, "do what is typed";
        ["Tab"] Edit(Complete(Down)), "complete the word";
        ["BackTab"] Edit(Complete(Up)), "complete the word in another way";
        ["Up"] Edit(Recall(Up)), "what was typed before";
        ["Down"] Edit(Recall(Down)), "what was typed after";
        ["Esc" "Ctrl-C" "Ctrl-G"] Close, "close the bar";
    }
    EmptyBar => {
        ["Backspace" "Ctrl-D"] Close, "close the bar";
    }
    Practice => {
        ["Enter"] Enter, "answer, or do what is typed" [0 "Enter" "answer"];
        ["F3"] Command("hint"), "show the next hint (hint)" [0 "F3" |o| Some(o.hint())];
        ["F4"] Command("solution"), "show the answer (solution)" [0 "F4" "solution"];
        ["F5"] Command("next"), "leave the problem out (next)" [0 "F5" "leave out"];
        ["Esc" "Ctrl-D"] Command("quit"), "end the round with a summary; with something typed, Esc clears the line" [0 "Esc" "end"];
        ["F1" "?"] Command("help"), "show the keys" [0 "F1" "help"];
        ["F2" "Ctrl-T"] Command("mouse"), "let the mouse select text, or scroll" [0 "F2" "mouse"];
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it" [0 "Ctrl-Z" "sleep"];
        ["PageDown"] Move(Page, Down), "scroll what is said";
        ["PageUp"] Move(Page, Up), "scroll what is said";
        ["Shift-Down"] MoveProblem(Down), "scroll the problem";
        ["Shift-Up"] MoveProblem(Up), "scroll the problem";
        ["Tab"] Edit(Complete(Down)), "complete a word";
        ["Down"] Edit(Recall(Down)), "what has been typed before";
        ["Up"] Edit(Recall(Up)), "what has been typed before";
        ["Ctrl-C"] Command("quit tutor"), "leave the tutor";
    }
    Typing => {
        ["Esc"] Close, "clear the line";
        ["?" "Ctrl-D"] Edit(Write), "";
    }
    Solved => {
        ["Enter"] Enter, "go on: to the next problem, or to the summary" [0 "Enter" "go on"];
        ["Esc" "Ctrl-D"] Command("quit"), "end the round with a summary" [0 "Esc" "end"];
        ["?" "F1"] Command("help"), "show the keys" [0 "?" "help"];
        ["PageDown" "Down"] Move(Page, Down), "scroll what is said";
        ["PageUp" "Up"] Move(Page, Up), "scroll what is said";
        ["Shift-Down"] MoveProblem(Down), "read on in the problem";
        ["Shift-Up"] MoveProblem(Up), "read back in the problem";
        ["F2" "Ctrl-T"] Command("mouse"), "let the mouse select text, or scroll";
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it";
        ["Ctrl-C"] Command("quit tutor"), "leave the tutor";
    }
    Summary => {
        ["Enter"] Enter, "begin another round" [0 "Enter" "another round"];
        ["q" "Esc" "Ctrl-D"] Command("quit"), "leave" [0 "q" |o| Some(o.leads_to.word("leave"))];
        ["Down" "j" "J"] Move(Line, Down), "scroll down" [0 "Down" "scroll"];
        ["Up" "k" "K"] Move(Line, Up), "scroll up" [0 "Up" "scroll"];
        ["PageDown" "Space"] Move(Page, Down), "scroll down by a page";
        ["PageUp"] Move(Page, Up), "scroll up by a page";
        ["F2" "Ctrl-T"] Command("mouse"), "let the mouse select text, or scroll";
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it";
        ["Ctrl-C"] Command("quit tutor"), "leave the tutor" [0 "Ctrl-C" "leave the tutor"];
    }
    Menu => {
        ["Enter" "Right" "l" "Space" "n"] Enter, "open what is chosen" [0 "Enter" "open"];
        ["Down" "j"] Move(Line, Down), "choose the next lesson" [0 "Down" "choose"];
        ["Up" "k"] Move(Line, Up), "choose the lesson before" [0 "Up" "choose"];
        ["p"] Take(super::Offer::Practice), "begin a round of practice" [0 "p" "practice"];
        ["?" "F1"] Command("keys"), "show the keys" [0 "?" "help"];
        ["q" "Esc"] Command("quit"), "go back to the lesson, or leave" [0 "q" |o| Some(o.leads_to.word("quit"))];
        ["t"] Take(Own), "try something of your own: a formula, a file, a weight" [0 "t" "your own"];
        ["PageDown" ">"] Move(Page, Down), "go down by a screen" [0 "PageDown" "screen"];
        ["PageUp" "<"] Move(Page, Up), "go up by a screen" [0 "PageUp" "screen"];
        ["Home" "g"] Move(All, Up), "choose the first lesson" [0 "Home" "first, last"];
        ["End" "G"] Move(All, Down), "choose the last" [0 "End" "first, last"];
        ["Ctrl-Z"] Command("sleep"), "put the tutor to sleep; `fg` wakes it";
        ["Ctrl-C"] Command("quit tutor"), "leave the tutor";
    }
}
