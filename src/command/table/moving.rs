//! Moving through the run.

use super::{Completes, Row};
use crate::command::readers::{expression_names, owned, parse_back, parse_goto, parse_run};
use crate::command::{Command, Destination};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "next",
        short: "n",
        arguments: "[N]",
        about: "show the next line, or the next N",
        detail: "After the last line of an update comes the first of the update that follows.",
        examples: &["next", "next 3"],
        parse: |arguments| Ok(Command::Next(arguments.count()?)),
        ..Row::BLANK
    },
    Row {
        name: "step",
        short: "s",
        arguments: "[N]",
        about: "complete this update, or N updates",
        detail: "An update that has been begun counts as the first of them.",
        examples: &["step", "step 2"],
        parse: |arguments| Ok(Command::Step(arguments.count()?)),
        ..Row::BLANK
    },
    Row {
        name: "epoch",
        short: "e",
        arguments: "[N]",
        about: "complete this pass over the items, or N passes",
        detail: "An epoch is one update for each item of a network's data. One that has been begun counts as the first.",
        examples: &["epoch", "epoch 10"],
        parse: |arguments| Ok(Command::Epoch(arguments.count()?)),
        ..Row::BLANK
    },
    Row {
        name: "back",
        short: "b",
        arguments: "[N] [lines|updates|epochs]",
        about: "go back as you came: by lines after next, by updates after step",
        detail: "Nothing is lost: going forward again shows the same numbers.",
        examples: &["back", "back 2", "back line", "back 2 updates"],
        completes: Completes::OneOf(&["line", "update", "epoch"]),
        parse: parse_back,
        ..Row::BLANK
    },
    Row {
        name: "goto",
        arguments: "STEP|start|end",
        about: "go to the state after STEP updates",
        detail: "Step 0 is the start; the end is after the lesson's last gradient.",
        examples: &["goto 1", "goto start", "goto end"],
        completes: Completes::OneOf(&["start", "end"]),
        parse: parse_goto,
        ..Row::BLANK
    },
    Row {
        name: "start",
        about: "go to the start of the run",
        detail: "The same as `goto start`.",
        parse: |_| Ok(Command::Goto(Destination::Start)),
        ..Row::BLANK
    },
    Row {
        name: "end",
        about: "go to the end of the run",
        detail: "The same as `goto end`.",
        parse: |_| Ok(Command::Goto(Destination::End)),
        ..Row::BLANK
    },
    Row {
        name: "run",
        arguments: "[until CONDITION] [max N]",
        about: "make updates until a condition holds",
        detail: "It stops at the lesson's last gradient, where a breakpoint's condition becomes true, and after N updates. Conditions are about the update just made: `step`, a weight by its name, `delta`, `gradient`, `momentum_term`, `change`; they can be joined by `and` and `or`.",
        examples: &[
            "run",
            "run until delta < 0.01",
            "run until abs(change) < 0.02 or step = 4 max 100",
        ],
        completes: Completes::Words(usize::MAX, |typed, vocabulary| {
            if typed.is_empty() {
                owned(["until", "max"])
            } else {
                expression_names(vocabulary)
            }
        }),
        parse: parse_run,
        ..Row::BLANK
    },
    Row {
        name: "reset",
        about: "start again with the lesson's own settings, on a new branch",
        detail: "It begins a new branch: the runs before are kept, and `switch` goes back to them. `page` begins the page anew and gives them up.",
        parse: |_| Ok(Command::Reset),
        ..Row::BLANK
    },
];
