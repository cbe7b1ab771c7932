//! Trying what would have been.

use super::{Completes, Row};
use crate::command::Command;
use crate::command::readers::{owned, parse_diff, parse_rename};
use crate::command::trying::{parse_compare, parse_sweep, suggest_compare, suggest_sweep};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "branches",
        about: "list the branches: runs that parted when the past was changed",
        detail: "Going back and changing something keeps the old run beside the new one.",
        parse: |_| Ok(Command::Branches),
        ..Row::BLANK
    },
    Row {
        name: "switch",
        arguments: "NAME",
        about: "go to another branch",
        detail: "The first branch is called main.",
        examples: &["switch main"],
        completes: Completes::Words(1, |_, vocabulary| owned(vocabulary.branches)),
        parse: |arguments| {
            let word = arguments.need("the name of a branch", "`branches` lists them")?;
            Ok(Command::Switch(word.text.to_owned()))
        },
        ..Row::BLANK
    },
    Row {
        name: "rename",
        arguments: "[NAME] NEW",
        about: "give the current branch, or the one called NAME, another name",
        examples: &["rename faster", "rename main first"],
        completes: Completes::Words(2, |_, vocabulary| owned(vocabulary.branches)),
        parse: parse_rename,
        ..Row::BLANK
    },
    Row {
        name: "diff",
        arguments: "A [B]",
        about: "show where two branches part, and both side by side",
        detail: "Without B, A is compared with the current branch.",
        examples: &["diff main", "diff main other"],
        completes: Completes::Words(2, |_, vocabulary| owned(vocabulary.branches)),
        parse: parse_diff,
        ..Row::BLANK
    },
    Row {
        name: "compare",
        arguments: "[momentum|learning_rate|rule VALUE VALUE ...] [until CONDITION] [max N]",
        about: "put runs with different settings side by side",
        detail: "Each run is a branch from the start; forward moves make all of them. Without values it shows their table.",
        examples: &[
            "compare momentum 0 0.5 0.9",
            "compare rule none article heavy-ball",
            "compare",
        ],
        completes: Completes::Words(9, suggest_compare),
        parse: parse_compare,
        ..Row::BLANK
    },
    Row {
        name: "sweep",
        arguments: "[momentum|learning_rate FIRST..LAST/COUNT ...] [until CONDITION] [max N]",
        about: "make a run for every value of a setting, or of two",
        detail: "The table tells how many updates each run needs to the condition. `sweep left`, `right`, `up` and `down` read another cell, `sweep open` opens it as a branch.",
        examples: &[
            "sweep momentum 0..0.9/10",
            "sweep momentum 0..0.9/10 learning_rate 0.01..0.1/10 max 5",
            "sweep",
        ],
        completes: Completes::Words(1, suggest_sweep),
        parse: parse_sweep,
        ..Row::BLANK
    },
];
