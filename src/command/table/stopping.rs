//! Stopping runs.

use super::{Completes, Group, Row};
use crate::command::Command;
use crate::command::readers::{expression_names, nothing, parse_unbreak};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "break",
        short: "",
        group: Group::Stop,
        arguments: "CONDITION",
        about: "stop runs where a condition becomes true",
        detail: "`run` and `step N` stop there. It is numbered in the list of `breaks`.",
        examples: &["break change < 0.03", "break step = 3 and gradient > 0"],
        completes: Completes::ALL,
        suggest: |_, vocabulary| expression_names(vocabulary),
        parse: |arguments| Ok(Command::Break(arguments.condition()?)),
    },
    Row {
        name: "breaks",
        short: "",
        group: Group::Stop,
        arguments: "",
        about: "list the breakpoints",
        detail: "",
        examples: &["breaks"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Breaks),
    },
    Row {
        name: "unbreak",
        short: "",
        group: Group::Stop,
        arguments: "N",
        about: "give up a breakpoint, by its number",
        detail: "",
        examples: &["unbreak 1"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: parse_unbreak,
    },
];
