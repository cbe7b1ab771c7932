//! Stopping runs.

use super::{Completes, Row};
use crate::command::Command;
use crate::command::arguments::count;
use crate::command::readers::expression_names;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "break",
        arguments: "CONDITION",
        about: "stop runs where a condition becomes true",
        detail: "`run` and `step N` stop there. It is numbered in the list of `breaks`.",
        examples: &["break change < 0.03", "break step = 3 and gradient > 0"],
        completes: Completes::Words(usize::MAX, |_, vocabulary| expression_names(vocabulary)),
        parse: |arguments| Ok(Command::Break(arguments.condition()?)),
        ..Row::BLANK
    },
    Row {
        name: "breaks",
        about: "list the breakpoints",
        parse: |_| Ok(Command::Breaks),
        ..Row::BLANK
    },
    Row {
        name: "unbreak",
        arguments: "N",
        about: "give up a breakpoint, by its number",
        examples: &["unbreak 1"],
        parse: |arguments| {
            let advice = "`breaks` lists them with their numbers";
            let word = arguments.need("the number of a breakpoint", advice)?;
            Ok(Command::Unbreak(count(&word)? as usize))
        },
        ..Row::BLANK
    },
];
