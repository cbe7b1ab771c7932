//! Everything else.

use super::{Completes, Row, TABLE, find};
use crate::command::readers::{owned, parse_copy, parse_mouse, parse_quit, suggest_copy};
use crate::command::{Command, ScreenAction};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "help",
        arguments: "[COMMAND]",
        about: "list the commands, or explain one",
        detail: "Every command can be typed by its name, its short name, or the first letters that tell it apart.",
        examples: &["help", "help set"],
        completes: Completes::Words(1, |_, _| owned(TABLE.iter().map(|row| row.name))),
        parse: |arguments| {
            let row = arguments.next_word().map(|word| find(&word)).transpose()?;
            Ok(Command::Help(row))
        },
        ..Row::BLANK
    },
    Row {
        name: "keys",
        about: "list the keys of the full screen",
        detail: "Every key stands for a command that can be typed as well; `:` opens the bar to type it in.",
        parse: |_| Ok(Command::Keys),
        ..Row::BLANK
    },
    Row {
        name: "copy",
        arguments: "[PANE]",
        about: "copy what a pane says: its text, without borders",
        detail: "In the full screen it goes to the terminal's clipboard, where the terminal lets it, and is shown; without a name it is the pane in focus, or what is being read. In line mode the text is printed.",
        examples: &["copy", "copy update", "copy weights"],
        completes: Completes::Words(1, suggest_copy),
        parse: parse_copy,
        ..Row::BLANK
    },
    Row {
        name: "mouse",
        arguments: "[on|off]",
        about: "leave the mouse to the terminal, to select text, or take it back",
        detail: "Without a word it does the other of both. It is for the full screen.",
        examples: &["mouse off", "mouse on", "mouse"],
        completes: Completes::OneOf(&["on", "off"]),
        parse: parse_mouse,
        ..Row::BLANK
    },
    Row {
        name: "sleep",
        about: "hand the terminal back to the shell until `fg` wakes the tutor",
        detail: "It is for the full screen.",
        parse: |_| Ok(Command::Screen(ScreenAction::Sleep)),
        ..Row::BLANK
    },
    Row {
        name: "quit",
        short: "q",
        arguments: "[tutor]",
        about: "go back to the menu you came from, or leave; `quit tutor` always leaves",
        examples: &["quit", "quit tutor"],
        completes: Completes::OneOf(&["tutor"]),
        parse: parse_quit,
        ..Row::BLANK
    },
];
