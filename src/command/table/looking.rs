//! Looking and asking.

use super::{Completes, Row};
use crate::command::picture::{parse_filter, parse_sort};
use crate::command::readers::{
    expression_names, names_of, owned, parse_code, parse_focus, parse_scroll, parse_show,
    parse_view, parse_watch, parse_why, suggest_focus, topics, view_names,
};
use crate::command::seeing::{PANS, ZOOMS, parse_pan, parse_plot, parse_zoom, plot_names};
use crate::command::{Column, Command};
use crate::explain::{Language, Quantity};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "show",
        arguments: "[TOPIC]",
        about: "show in words where you are, or what the lesson holds",
        detail: "TOPIC is state, gradients, code, lesson, or a picture: {pictures}. Without a word it shows the state: \
                 the step, every setting and the lines so far.",
        examples: &["show", "show weights", "show gradients", "show lesson"],
        completes: Completes::Words(1, |_, _| names_of(&topics())),
        parse: parse_show,
        ..Row::BLANK
    },
    Row {
        name: "view",
        arguments: "PANE|PICTURE|next|previous|picture [next|previous]|whole",
        about: "bring a pane or a picture into view; in line mode, say what it shows",
        detail: "PANE is lesson, update or code. PICTURE is {pictures}. `view next` goes from pane to pane, and `view \
                 picture next` from picture to picture. `view whole` gives the pane in view the whole screen, or gives it back.",
        examples: &[
            "view history",
            "view update",
            "view next",
            "view picture next",
        ],
        completes: Completes::Words(2, |typed, _| match typed {
            [] => owned(view_names()),
            ["picture"] => owned(["next", "previous"]),
            _ => Vec::new(),
        }),
        parse: parse_view,
        ..Row::BLANK
    },
    Row {
        name: "sort",
        arguments: "COLUMN [up|down]",
        about: "put the table of weights in order, the largest first",
        detail: "COLUMN is {columns}, or next or previous. \
                 What counts is the size without its sign; `up` puts the smallest first. `sort name` is the order of \
                 the lesson.",
        examples: &["sort change", "sort gradient up", "sort name", "sort next"],
        completes: Completes::Words(2, |typed, _| match typed {
            [] => owned(Column::all().map(Column::name).chain(["next", "previous"])),
            _ => owned(["up", "down"]),
        }),
        parse: parse_sort,
        ..Row::BLANK
    },
    Row {
        name: "filter",
        arguments: "TEXT|next|off",
        about: "show only the weights whose names have TEXT in them",
        detail: "`filter next` goes from layer to layer of parameters, `filter off` shows all of them again.",
        examples: &["filter ho", "filter [0", "filter next", "filter off"],
        completes: Completes::OneOf(&["next", "off"]),
        parse: parse_filter,
        ..Row::BLANK
    },
    Row {
        name: "plot",
        arguments: "QUANTITY|next|previous|log|linear|scale",
        about: "choose what the history draws over the updates, and its scale",
        detail: "QUANTITY is {plotted}. On a `log` scale each \
                 power of ten is as high as the next, and what counts is the size without its sign; `plot scale` goes \
                 from one scale to the other.",
        examples: &[
            "plot delta",
            "plot effective_rate",
            "plot log",
            "plot scale",
        ],
        completes: Completes::Words(1, |_, _| owned(plot_names())),
        parse: parse_plot,
        ..Row::BLANK
    },
    Row {
        name: "zoom",
        arguments: "in|out|reset",
        about: "look at the surface from nearer, from further away, or at all of it",
        detail: "Twice `zoom in` shows half as much of each variable.",
        examples: &["zoom in", "zoom out", "zoom reset"],
        completes: Completes::Words(1, |_, _| names_of(ZOOMS)),
        parse: parse_zoom,
        ..Row::BLANK
    },
    Row {
        name: "pan",
        arguments: "left|right|up|down",
        about: "look at the part of the surface beside this one",
        detail: "It moves by a quarter of what is seen. Of a surface of one variable there is only left and right.",
        examples: &["pan left", "pan up"],
        completes: Completes::Words(1, |_, _| names_of(PANS)),
        parse: parse_pan,
        ..Row::BLANK
    },
    Row {
        name: "scroll",
        arguments: "up|down [N]|wrong",
        about: "scroll the pane in view, by N lines or by 3, or to the next wrong prediction",
        detail: "It is for the full screen, where the mouse wheel does the same.",
        examples: &["scroll down", "scroll up 10", "scroll wrong"],
        completes: Completes::OneOf(&["up", "down", "wrong"]),
        parse: parse_scroll,
        ..Row::BLANK
    },
    Row {
        name: "focus",
        short: "f",
        arguments: "[PARAMETER|next|previous|up|down|left|right]",
        about: "look at the update of another parameter",
        detail: "Without a word it is the next one. In a network, `up` and `down` choose the node that the weight comes from, `left` and `right` the node that it leads to.",
        examples: &["focus next", "focus previous", "focus up"],
        completes: Completes::Words(1, suggest_focus),
        parse: parse_focus,
        ..Row::BLANK
    },
    Row {
        name: "gradcheck",
        about: "compare every gradient with one found by trying",
        detail: "Each parameter is moved a little up and down; how much the error changes is its slope, by finite differences.",
        parse: |_| Ok(Command::Gradcheck),
        ..Row::BLANK
    },
    Row {
        name: "why",
        short: "w",
        arguments: "[QUANTITY [PARAMETER]|EXPRESSION]",
        about: "show where a number comes from, back to what was given",
        detail: "Without a name it explains the line shown last. A change is also taken apart into the steps of earlier updates.",
        examples: &[
            "why",
            "why after",
            "why momentum_term",
            "why effective_rate",
        ],
        completes: Completes::Words(1, |_, _| owned(Quantity::ALL.map(Quantity::name))),
        parse: parse_why,
        ..Row::BLANK
    },
    Row {
        name: "code",
        arguments: "[python|pytorch|keras|rust]",
        about: "show the update as code in another language",
        detail: "Without a name it shows the next one.",
        examples: &["code pytorch", "code"],
        completes: Completes::Words(1, |_, _| owned(Language::ALL.map(Language::name))),
        parse: parse_code,
        ..Row::BLANK
    },
    Row {
        name: "watch",
        arguments: "[EXPRESSION|off]",
        about: "keep an expression in sight beside every update",
        detail: "Without an expression it lists what is watched; `watch off` ends it.",
        examples: &["watch change/gradient", "watch", "watch off"],
        completes: Completes::Words(usize::MAX, |_, vocabulary| {
            [expression_names(vocabulary), owned(["off"])].concat()
        }),
        parse: parse_watch,
        ..Row::BLANK
    },
    Row {
        name: "stability",
        about: "show which learning rates settle, and where this run stands",
        detail: "It holds for quadratic surfaces; elsewhere the curvature of the place counts.",
        parse: |_| Ok(Command::Stability),
        ..Row::BLANK
    },
];
