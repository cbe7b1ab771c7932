//! Trying what would have been.

use super::{Completes, Group, Row};
use crate::command::Command;
use crate::command::readers::{nothing, owned, parse_diff, parse_rename};
use crate::command::trying::{parse_compare, parse_sweep, suggest_compare, suggest_sweep};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "branches",
        short: "",
        group: Group::WhatIf,
        arguments: "",
        about: "list the branches: runs that parted when the past was changed",
        detail: "Going back and changing something keeps the old run beside the new one.",
        examples: &["branches"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Branches),
    },
    Row {
        name: "switch",
        short: "",
        group: Group::WhatIf,
        arguments: "NAME",
        about: "go to another branch",
        detail: "The first branch is called main.",
        examples: &["switch main"],
        completes: Completes::ONE,
        suggest: |_, vocabulary| owned(vocabulary.branches),
        parse: |arguments| {
            let word = arguments.need("the name of a branch", "`branches` lists them")?;
            Ok(Command::Switch(word.text.to_owned()))
        },
    },
    Row {
        name: "rename",
        short: "",
        group: Group::WhatIf,
        arguments: "[NAME] NEW",
        about: "give the current branch, or the one called NAME, another name",
        detail: "",
        examples: &["rename faster", "rename main first"],
        completes: Completes::TWO,
        suggest: |_, vocabulary| owned(vocabulary.branches),
        parse: parse_rename,
    },
    Row {
        name: "diff",
        short: "",
        group: Group::WhatIf,
        arguments: "A [B]",
        about: "show where two branches part, and both side by side",
        detail: "Without B, A is compared with the current branch.",
        examples: &["diff main", "diff main other"],
        completes: Completes::TWO,
        suggest: |_, vocabulary| owned(vocabulary.branches),
        parse: parse_diff,
    },
    Row {
        name: "compare",
        short: "",
        group: Group::WhatIf,
        arguments: "[momentum|learning_rate|rule VALUE VALUE ...] [until CONDITION] [max N]",
        about: "put runs with different settings side by side",
        detail: "Each run is a branch from the start; forward moves make all of them. Without values it shows their table.",
        examples: &[
            "compare momentum 0 0.5 0.9",
            "compare rule none article heavy-ball",
            "compare",
        ],
        completes: Completes::Words(9),
        suggest: suggest_compare,
        parse: parse_compare,
    },
    Row {
        name: "sweep",
        short: "",
        group: Group::WhatIf,
        arguments: "[momentum|learning_rate FIRST..LAST/COUNT ...] [until CONDITION] [max N]",
        about: "make a run for every value of a setting, or of two",
        detail: "The table tells how many updates each run needs to the condition. `sweep left`, `right`, `up` and `down` read another cell, `sweep open` opens it as a branch.",
        examples: &[
            "sweep momentum 0..0.9/10",
            "sweep momentum 0..0.9/10 learning_rate 0.01..0.1/10 max 5",
            "sweep",
        ],
        completes: Completes::ONE,
        suggest: suggest_sweep,
        parse: parse_sweep,
    },
    Row {
        name: "stability",
        short: "",
        group: Group::Look,
        arguments: "",
        about: "show which learning rates settle, and where this run stands",
        detail: "It holds for quadratic surfaces; elsewhere the curvature of the place counts.",
        examples: &["stability"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Stability),
    },
];
