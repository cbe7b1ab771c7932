//! Changing settings and values.

use super::{Completes, Row};
use crate::command::readers::{parse_set, suggest_set};

pub(super) const ROWS: &[Row] = &[Row {
    name: "set",
    arguments: "NAME VALUE",
    about: "change a setting or a value",
    detail: "NAME is learning_rate (lr), momentum (mu), rule, convention, gradient, previous_delta, digits, seed, or a \
                 parameter of the lesson. It holds from the next update on, or for the update on the screen while \
                 that is not complete. learning_rate and momentum also take `up` and `down`; rule and convention \
                 take `next` and `previous`.",
    examples: &[
        "set momentum 0.9",
        "set lr lr/2",
        "set rule heavy-ball",
        "set gradient 2.78",
        "set digits 9",
        "set convention subtract",
        "set momentum up",
    ],
    completes: Completes::Words(2, suggest_set),
    parse: parse_set,
    ..Row::BLANK
}];
