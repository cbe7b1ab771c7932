//! Moving through the run.

use super::{Completes, Row};
use crate::command::playing::{parse_play, suggest_play};
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
        name: "play",
        arguments: "[SPEED] [items|epochs] [until CONDITION] | faster | slower",
        about: "let the run go on by itself, and stop where something happens; again, pause",
        detail: "It stops, and says why, at a turn, where it passes a minimum, arrives or comes to rest, where it diverges, at a breakpoint, at the update that the page asks about, and at an end. With `until` it goes on over turns and minima. SPEED is in updates a second: 1/2, 1, 2, 4 and so on; without one, the whole run takes about 8 seconds. A network is played by items in its first epoch where that has few, and else by epochs; `items` or `epochs` chooses. Runs that are compared go together. In line mode, in scripts, and with `set motion off` nothing moves: it is told what happened, and where it stopped.",
        examples: &[
            "play",
            "play 8",
            "play 2 epochs",
            "play until loss < 0.01",
            "play faster",
        ],
        completes: Completes::Words(usize::MAX, suggest_play),
        parse: parse_play,
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
