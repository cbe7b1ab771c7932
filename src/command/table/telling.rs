//! Everything else.

use super::{Completes, Group, Row, TABLE, find};
use crate::command::readers::{nothing, owned, parse_mouse, parse_quit};
use crate::command::{Command, ScreenAction};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "help",
        short: "h",
        group: Group::Other,
        arguments: "[COMMAND]",
        about: "list the commands, or explain one",
        detail: "Every command can be typed by its name, its short name, or the first letters that tell it apart.",
        examples: &["help", "help set"],
        completes: Completes::ONE,
        suggest: |_, _| TABLE.iter().map(|row| row.name.to_owned()).collect(),
        parse: |arguments| {
            let row = arguments.next_word().map(|word| find(&word)).transpose()?;
            Ok(Command::Help(row))
        },
    },
    Row {
        name: "keys",
        short: "",
        group: Group::Other,
        arguments: "",
        about: "list the keys of the full screen",
        detail: "Every key stands for a command that can be typed as well; `:` opens the bar to type it in.",
        examples: &["keys"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Keys),
    },
    Row {
        name: "mouse",
        short: "",
        group: Group::Other,
        arguments: "[on|off]",
        about: "leave the mouse to the terminal, to select text, or take it back",
        detail: "Without a word it does the other of both. It is for the full screen.",
        examples: &["mouse off", "mouse on", "mouse"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["on", "off"]),
        parse: parse_mouse,
    },
    Row {
        name: "sleep",
        short: "",
        group: Group::Other,
        arguments: "",
        about: "hand the terminal back to the shell until `fg` wakes the tutor",
        detail: "It is for the full screen.",
        examples: &["sleep"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Screen(ScreenAction::Sleep)),
    },
    Row {
        name: "quit",
        short: "q",
        group: Group::Other,
        arguments: "[tutor]",
        about: "go back to the menu you came from, or leave; `quit tutor` always leaves",
        detail: "",
        examples: &["quit", "quit tutor"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["tutor"]),
        parse: parse_quit,
    },
];
