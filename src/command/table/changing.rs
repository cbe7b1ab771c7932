//! Changing settings and values.

use super::{Completes, Row};
use crate::command::readers::parse_pin;
use crate::command::setting::{parse_set, parse_turn, suggest_set, suggest_turn};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "set",
        arguments: "NAME VALUE",
        about: "change a setting or a value from here on",
        detail: "NAME is learning_rate (lr), momentum (mu), rule, convention, gradient, previous_delta, digits, seed, \
                 theme (auto, dark, light or mono: the colours of the screen, also the next time), or a parameter of the lesson. It holds from the next update on, or for the update on the screen while \
                 that is not complete; updates made before stay as they are. `turn` makes the whole run anew instead. learning_rate and momentum also take `up` and `down`; rule and convention \
                 take `next` and `previous`.",
        examples: &[
            "set momentum 0.9",
            "set lr lr/2",
            "set rule heavy-ball",
            "set gradient 2.78",
            "set digits 9",
            "set theme light",
            "set convention subtract",
            "set momentum up",
        ],
        completes: Completes::Words(2, suggest_set),
        parse: parse_set,
        ..Row::BLANK
    },
    Row {
        name: "turn",
        arguments: "momentum|learning_rate|rule up|down|next|previous|VALUE",
        about: "turn a knob: the whole run anew from its start, with another setting",
        detail: "It makes as many updates as the run has, with the settings of the update on the screen throughout. What \
                 was changed midway is not done again. Lines that are shown stay shown, with their new numbers. The run \
                 before the first turn stays behind as a ghost, until you go forward or `set` something and turn again; \
                 `pin` keeps it. `set` changes things from here on instead.",
        examples: &[
            "turn momentum up",
            "turn lr down",
            "turn momentum 0.9",
            "turn rule next",
            "turn rule heavy-ball",
        ],
        completes: Completes::Words(2, suggest_turn),
        parse: parse_turn,
        ..Row::BLANK
    },
    Row {
        name: "pin",
        arguments: "[NAME]",
        about: "keep the ghost, the run from before `turn`, as a branch",
        detail: "Without NAME it is called after the settings that have been turned. The current branch stays current.",
        examples: &["pin", "pin slower"],
        parse: parse_pin,
        ..Row::BLANK
    },
];
