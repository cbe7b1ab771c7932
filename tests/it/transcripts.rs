//! What is said in line mode: every command, every way in which it can go wrong, word for word.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use nnmom_tutor::command::TABLE;
use nnmom_tutor::explain::{Quantity, Text};
use nnmom_tutor::files::Disk;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::Rule;
use nnmom_tutor::repl::{Printer, marked};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Seen, introduce, narrate, prompt};
use tempfile::TempDir;

use crate::support::sittings::{EXERCISES, sitting, unopened};

/// A sitting to be written down.
struct Sitting {
    /// What it is about; the snapshot's name.
    name: &'static str,
    lesson: &'static str,
    lines: &'static [&'static str],
}

/// The article's lesson, and the lines that are typed.
const fn article(name: &'static str, lines: &'static [&'static str]) -> Sitting {
    Sitting {
        name,
        lesson: "momentum",
        lines,
    }
}

/// A lesson on a network, and the lines that are typed.
const fn network(
    name: &'static str,
    lesson: &'static str,
    lines: &'static [&'static str],
) -> Sitting {
    Sitting {
        name,
        lesson,
        lines,
    }
}

/// A lesson with an exercise of every kind, and the lines that are typed.
const fn exercises(name: &'static str, lines: &'static [&'static str]) -> Sitting {
    Sitting {
        name,
        lesson: EXERCISES,
        lines,
    }
}

/// Every sitting, command by command in the order of the table. They begin with `reset` where the settings of the
/// lesson are wanted and not those of its first page.
static SITTINGS: &[Sitting] = &[
    // What is told of updates, whatever is learnt
    article(
        "updates",
        &[
            "reset",
            "next",
            "next 2",
            "next 3",
            "next",
            "step",
            "step 2",
            "back",
            "back 2",
            "back line",
            "goto start",
            "goto 2",
            "goto start",
            "set rule heavy-ball",
            "step",
            "back",
            "goto 0",
            "next 3",
            "set rule nesterov",
            "next 3",
            "goto 0",
            "set rule pytorch",
            "next 6",
            "goto 0",
            "set rule averaged",
            "next 6",
            "goto 0",
            "set rule none",
            "next 6",
            "set convention subtract",
            "back",
            "step",
            "watch step",
            "next",
            "step",
            "step 9",
            "open ravine",
            "step",
            "step 2",
            "compare momentum 0 0.5",
            "step 3",
            "open one-item",
            "next 8",
            "back",
            "focus hb[0]",
            "next 20",
            "step",
            "focus ho[1,0]",
            "next 3",
            "step 2",
            "open xor",
            "next 3",
            "epoch",
            "back",
            "back 2 epochs",
            "open iris",
            "step",
            "next 20",
            "focus ih[0,0]",
            "next 20",
            "show state",
        ],
    ),
    // Learn
    exercises(
        "exercise",
        &[
            "x",
            "exercise",
            "a 3.587",
            "answer 3.609",
            "page 4",
            "hint",
            "solution",
            "page 6",
            "predict on",
            "0.027",
            "predict off",
        ],
    ),
    exercises(
        "exercise_wrong",
        &[
            "exercise 2",
            "exercsie",
            "answer",
            "answer 1 +",
            "answer abc",
            "hint 2",
            "solution please",
            "predict",
            "predict maybe",
            "page 3",
            "answer 3",
            "page 6",
            "exercise",
            "hint",
            "solution",
            "answer 1",
        ],
    ),
    exercises(
        "progress",
        &[
            "progress",
            "answer 3.582",
            "answer 3.609",
            "page 3",
            "solution",
            "answer b",
            "lessons",
            "progress",
            "progress reset",
            "progress reset yes",
            "progress",
            "x",
        ],
    ),
    exercises(
        "progress_wrong",
        &[
            "progress of mine",
            "progress reset now",
            "progress reset momentun",
            "progress reset momentum",
            "progres reset",
        ],
    ),
    // Move
    article(
        "next",
        &[
            "next", "n", "next 2", "reset", "next", "next 2", "next 3", "next", "next 100", "next",
            "reset", "next 14",
        ],
    ),
    article(
        "next_wrong",
        &[
            "next 0",
            "next -1",
            "next 1.5",
            "next two",
            "next 1 2",
            "nxt",
            "n 99999999999999999999",
        ],
    ),
    article(
        "step",
        &["reset", "step", "next 2", "s", "step 2", "step 9", "step"],
    ),
    network(
        "epoch",
        "xor",
        &[
            "epoch",
            "next 3",
            "epoch",
            "e 2",
            "back",
            "back 2 epochs",
            "epoch 100",
            "back epoch",
            "run until mse < 0.2 max 20000",
            "show",
        ],
    ),
    article(
        "epoch_wrong",
        &["epoch", "back epoch", "epoch 0", "epoch x"],
    ),
    network(
        "focus",
        "one-item",
        &[
            "focus ho[1,0]",
            "next 3",
            "focus next",
            "focus down",
            "focus down",
            "focus right",
            "f left",
            "focus up",
            "focus previous",
            "step",
            "why gradient",
            "why hidden_signal[1]",
            "show",
            "code pytorch",
            "show code",
        ],
    ),
    network(
        "focus_wrong",
        "one-item",
        &["focus", "focus ho[2,0]", "focus nowhere"],
    ),
    network(
        "gradcheck",
        "iris",
        &[
            "gradcheck",
            "open one-item",
            "gradcheck",
            "focus hb[0]",
            "step",
            "open momentum",
            "gradcheck",
        ],
    ),
    network(
        "seed",
        "iris",
        &[
            "step",
            "set seed 7",
            "step",
            "set seed x",
            "set seed",
            "open one-item",
            "set seed 3",
        ],
    ),
    network(
        "turn",
        "ravine",
        &[
            "step 12",
            "turn momentum up",
            "turn mu 0.8",
            "branches",
            "pin slower",
            "pin",
            "turn rule none",
            "turn momentum 0.9",
            "set momentum 0.8",
            "turn seed 3",
            "turn",
        ],
    ),
    network(
        "play",
        "ravine",
        &[
            "play",
            "play",
            "play",
            "goto start",
            "play until loss < 0.01",
            "play faster",
            "play 10",
            "play epochs",
            "set motion off",
            "compare momentum 0 0.5 0.9 until loss < 0.01",
            "goto start",
            "play",
            "play",
        ],
    ),
    network(
        "play_epochs",
        "xor",
        &["play", "play", "play 2 items", "back epoch"],
    ),
    network(
        "node_quantities",
        "one-item",
        &[
            "watch output[0] - target[0]",
            "watch hidden_sum[1]",
            "next 3",
            "step",
            "watch output[2]",
            "watch loss",
            "break loss < 0.2",
            "run max 1000",
            "why output[0]",
        ],
    ),
    network(
        "compare",
        "ravine",
        &[
            "compare momentum 0 0.5 0.9",
            "step 3",
            "compare",
            "branches",
            "compare rule none article heavy-ball until loss < 0.001",
            "compare learning_rate 0.1 0.5 0.8 max 30",
        ],
    ),
    network(
        "compare_wrong",
        "ravine",
        &[
            "compare",
            "compare momentum 0.5",
            "compare momentum 0.5 x",
            "compare momentum 0.5 -1",
            "compare rule none fast",
            "compare digits 1 2",
            "compare momentum 0 1 until lss < 1",
        ],
    ),
    network(
        "sweep",
        "ravine",
        &[
            "sweep momentum 0..0.9/4",
            "sweep momentum 0..0.9/4 learning_rate 0.1..1.6/6 until loss < 0.01",
            "sweep right",
            "sweep up",
            "sweep",
            "sweep open",
            "step 2",
            "sweep learning_rate 0.1..0.9/3 max 10",
        ],
    ),
    network(
        "sweep_wrong",
        "ravine",
        &[
            "sweep",
            "sweep open",
            "sweep momentum",
            "sweep momentum 0..1",
            "sweep momentum 1..0/3",
            "sweep rule 0..1/3",
            "sweep momentum 0..1/3 momentum 0..1/3",
            "sweep momentum 0..1/1000 learning_rate 0..1/1000",
            "sweep momentum 0..1/3 until lss < 1",
        ],
    ),
    network(
        "pictures_of_a_surface",
        "ravine",
        &[
            "show surface",
            "show terms",
            "show sweep",
            "step 3",
            "view surface",
            "zoom in",
            "zoom in",
            "pan left",
            "pan up",
            "zoom reset",
            "view terms",
            "plot loss",
            "plot log",
            "plot momentum_term",
            "plot linear",
            "compare momentum 0 0.9 max 3",
            "show surface",
            "plot next",
            "show history",
            "view stability",
        ],
    ),
    network(
        "pictures_of_a_surface_wrong",
        "ravine",
        &[
            "zoom",
            "zoom nearer",
            "pan",
            "pan north",
            "plot",
            "plot lss",
            "view sweep",
            "view network",
            "open momentum",
            "zoom in",
            "pan left",
            "plot loss",
            "plot gradient",
            "view surface",
        ],
    ),
    network(
        "stability",
        "ravine",
        &[
            "stability",
            "set momentum 0.9",
            "set rule article",
            "stability",
            "set learning_rate 0.8",
            "step 12",
            "set rule none",
            "step 12",
            "open momentum",
            "stability",
            "stability now",
        ],
    ),
    article(
        "picture",
        &[
            "picture screen.svg",
            "picture screen.svg",
            "picture screen.svg replace",
            "picture screen.png",
            "picture",
        ],
    ),
    article("step_wrong", &["step 0", "step x", "step 1 more", "stpe"]),
    article(
        "back",
        &[
            "reset",
            "step 3",
            "back",
            "next",
            "back",
            "back 2",
            "back line",
            "back 2 updates",
            "b",
            "end",
            "back 100 lines",
            "back",
            "back update",
        ],
    ),
    article(
        "back_wrong",
        &[
            "step",
            "back 0",
            "back x",
            "back 2 pages",
            "back line 2",
            "bakc",
        ],
    ),
    article(
        "goto",
        &[
            "reset",
            "goto 2",
            "goto 2",
            "goto end",
            "goto start",
            "goto 6",
            "goto 0",
            "start",
            "end",
            "start",
        ],
    ),
    article(
        "goto_wrong",
        &[
            "goto",
            "goto 7",
            "goto -1",
            "goto home",
            "goto 1 2",
            "start 1",
            "end now",
        ],
    ),
    article(
        "run",
        &[
            "reset",
            "run until delta < 0.02",
            "run until delta < 0.02",
            "run max 1",
            "run",
            "run",
            "reset",
            "run until abs(change) < 0.02 or step = 4 max 100",
            "start",
            "run until w > 3.62 and step > 1",
            "run until step > 99",
            "start",
            "run until w < 1",
            "run until step > 4 max 2",
        ],
    ),
    article(
        "run_wrong",
        &[
            "run away",
            "run until",
            "run until step",
            "run until 2 * delta",
            "run until step >",
            "run until step = 1 = 2",
            "run until (step > 1",
            "run until dleta < 1",
            "run until step > 1 max 0",
            "run until step > 1 max many",
            "run max",
            "run until sine(step) > 0",
            "run until step § 1",
            "run until accuracy > 0.9",
            "run until gradient[x] > 1",
        ],
    ),
    article(
        "reset",
        &[
            "set momentum 0.9",
            "step 2",
            "goto 1",
            "set lr 0.1",
            "reset",
            "branches",
            "reset",
            "reset all",
        ],
    ),
    // Change
    article(
        "set_learning_rate",
        &[
            "reset",
            "set lr 0.02",
            "set lr lr/2",
            "set learning_rate 1e-3",
            "set eta 0.1",
            "set lr up",
            "set lr down",
            "set lr=0.05",
            "set lr = 0.06",
            "set lr 0",
            "step",
            "set lr 0.01",
            "set lr 0.01",
            "set lr 1000",
            "set lr up",
        ],
    ),
    article(
        "set_momentum",
        &[
            "reset",
            "next 4",
            "set momentum=0.9",
            "next",
            "step",
            "set mu 1/3",
            "set momentum 1",
            "set momentum up",
            "set momentum 0",
            "set momentum down",
            "set momentum 0.25",
            "set momentum up",
            "set rule none",
            "set momentum 0.7",
        ],
    ),
    article(
        "set_in_the_past",
        &[
            "reset",
            "end",
            "goto 1",
            "set momentum 0.9",
            "step 2",
            "set lr 0.1",
            "goto 1",
            "set momentum 0.8",
            "set momentum 0.5",
            "end",
            "set lr 1",
        ],
    ),
    article(
        "set_rule",
        &[
            "reset",
            "next 3",
            "set rule heavy-ball",
            "set rule next",
            "set rule previous",
            "set rule previous",
            "set rule article",
            "set rule none",
            "set rule none",
            "set rule nesterov",
            "set rule pytorch",
            "set rule averaged",
            "set rule next",
        ],
    ),
    article(
        "set_values",
        &[
            "reset",
            "set gradient 2.78",
            "set gradient -gradient",
            "step",
            "set w 5",
            "set w w/2",
            "set weight 3.56",
            "set ihWeights[i,j] ihWeights[i,j]+1",
            "set previous_delta 0",
            "set previous_delta 2*delta",
            "set memory 0.044",
            "set gradient 0",
            "step",
            "set w 5",
            "set previous_delta 0",
        ],
    ),
    article(
        "set_shown",
        &[
            "reset",
            "step",
            "set digits 3",
            "back",
            "step",
            "set digits 15",
            "set digits 6",
            "set convention subtract",
            "back",
            "step",
            "set convention next",
            "set convention add",
        ],
    ),
    article(
        "set_wrong",
        &[
            "set",
            "set momentum",
            "set momentun 0.9",
            "set colour red",
            "set lr",
            "set lr 1/0",
            "set lr -1",
            "set lr (0-1)/2",
            "set momentum -0.5",
            "set lr fast",
            "set lr lr >",
            "set lr lr > 1",
            "set lr 1 2",
            "set lr 1e999",
            "set lr 1e308",
            "set momentum 0,9",
            "set momentum == 0.9",
            "set = 0.9",
            "set rule",
            "set rule heavy",
            "set rule 1",
            "set convention minus",
            "set digits",
            "set digits 0",
            "set digits 16",
            "set digits many",
            "set digits 6 7",
            "set gradient",
            "set gradient nan",
            "set w",
            "set w 0/0",
            "set x 5",
            "set seed 1",
            "set momentum up up",
            "set loss 1",
        ],
    ),
    // Look
    article(
        "show",
        &[
            "reset",
            "show",
            "next 4",
            "show",
            "step 2",
            "show state",
            "show weights",
            "show gradients",
            "show history",
            "show code",
            "show lesson",
        ],
    ),
    article(
        "view",
        &[
            "reset",
            "step",
            "view update",
            "view history",
            "view code",
            "view lesson",
            "view next",
            "view previous",
        ],
    ),
    article(
        "view_wrong",
        &["view", "view weights", "view historie", "view code python"],
    ),
    article(
        "view_picture",
        &["view picture", "view picture next", "view picture previous"],
    ),
    article(
        "pictures_wrong",
        &[
            "view network",
            "view weights",
            "view decision",
            "view picture network",
            "show errors",
            "show predictions now",
            "sort",
            "sort change",
            "sort size",
            "sort change sideways",
            "filter",
            "filter ih",
        ],
    ),
    Sitting {
        name: "pictures_of_a_network",
        lesson: "iris",
        lines: &[
            "show network",
            "next 4",
            "show network",
            "show predictions",
            "step",
            "sort change",
            "filter ho[0",
            "show weights",
            "sort momentum_term up",
            "sort next",
            "sort name",
            "filter next",
            "filter next",
            "filter nothing",
            "filter off",
            "goto 360",
            "show errors",
            "view picture next",
            "view decision",
        ],
    },
    Sitting {
        name: "pictures_of_two_inputs",
        lesson: "xor",
        lines: &[
            "view decision",
            "show predictions",
            "goto 4",
            "set momentum 0.9",
            "set rule article",
            "step 4000",
            "show decision",
            "goto 4",
            "set lr 0.1",
            "step 100",
            "show errors",
        ],
    },
    Sitting {
        name: "pictures_of_one_item",
        lesson: "one-item",
        lines: &[
            "show errors",
            "show predictions",
            "next 8",
            "show errors",
            "show predictions",
            "step",
            "show errors",
            "show network",
        ],
    },
    article(
        "screen",
        &[
            "scroll down",
            "scroll up 10",
            "scroll wrong",
            "mouse",
            "mouse on",
            "mouse off",
            "sleep",
            "step",
            "copy",
            "copy code",
        ],
    ),
    article(
        "screen_wrong",
        &[
            "scroll",
            "scroll sideways",
            "scroll down 0",
            "scroll up up",
            "mouse of",
            "mouse on off",
            "copy cod",
            "copy network",
            "copy code twice",
            "sleep 8",
        ],
    ),
    article(
        "show_wrong",
        &["show me", "show weight", "show state now", "shwo"],
    ),
    article(
        "why",
        &[
            "reset",
            "why",
            "next 2",
            "why",
            "why gradient",
            "why learning_rate",
            "why after",
            "why momentum_term",
            "step",
            "why",
            "w after",
            "why effective_rate",
            "why change",
            "why ihWeights[i,j]",
            "why memory",
            "set gradient 0",
            "step",
            "why effective_rate",
            "set rule none",
            "step",
            "why momentum_term",
            "why memory",
        ],
    ),
    article(
        "why_expression",
        &[
            "reset",
            "next 2",
            "why change/gradient",
            "step",
            "why change/gradient",
            "why delta ihWeights[i,j]",
            "why w - 3.56",
            "why lr/2",
            "why step",
        ],
    ),
    article(
        "why_wrong",
        &[
            "why not",
            "why momentum_tern",
            "why delta gradient",
            "why delta nothing",
            "why change/",
            "why step > 1",
            "why 1/0",
        ],
    ),
    article(
        "why_momentum",
        &[
            "reset",
            "step 4",
            "why momentum_term",
            "goto start",
            "set rule heavy-ball",
            "step 4",
            "why momentum_term",
            "goto start",
            "set rule pytorch",
            "step 4",
            "why momentum_term",
            "open two-kinds-of-momentum",
            "reset",
            "set rule pytorch",
            "step 4",
            "why momentum_term",
        ],
    ),
    article(
        "code",
        &[
            "reset",
            "step",
            "code",
            "code",
            "code rust",
            "show code",
            "code python",
            "show code",
            "code next",
            "code previous",
            "code pytorch",
            "show code",
            "code keras",
            "show code",
        ],
    ),
    article(
        "code_wrong",
        &["code basic", "code rusty", "code rust python"],
    ),
    article(
        "watch",
        &[
            "reset",
            "watch",
            "watch change/gradient",
            "watch step",
            "watch",
            "next 5",
            "step",
            "step 2",
            "back",
            "watch w - 3.56",
            "watch 1/(step-2)",
            "watch delta[ihWeights[i,j]]",
            "watch",
            "watch off",
            "watch",
            "step",
        ],
    ),
    article(
        "watch_wrong",
        &[
            "watch dleta",
            "watch step > 1",
            "watch 1 +",
            "watch off now",
            "watch accuracy",
            "watch delta[w2]",
            "wacth step",
        ],
    ),
    // Stop at
    article(
        "breaks",
        &[
            "reset",
            "breaks",
            "break delta < 0.02",
            "break step = 3 and gradient > 0",
            "break change < 0",
            "breaks",
            "run",
            "run",
            "step 3",
            "breaks",
            "unbreak 2",
            "breaks",
            "unbreak 2",
            "unbreak 1",
            "breaks",
            "start",
            "run",
        ],
    ),
    article(
        "breaks_wrong",
        &[
            "break",
            "break delta",
            "break dleta < 1",
            "break delta <",
            "unbreak",
            "unbreak 1",
            "unbreak 0",
            "unbreak all",
            "break step > 1",
            "unbreak 2",
            "unbreak 1 2",
            "breaks all",
            "brea",
        ],
    ),
    // What if
    article(
        "branches",
        &[
            "reset",
            "branches",
            "end",
            "goto 2",
            "set momentum 0.9",
            "step 3",
            "goto 1",
            "set lr 0.1",
            "branches",
            "switch main",
            "switch momentum=0.9",
            "rename faster",
            "rename main first",
            "branches",
            "diff first",
            "diff first faster",
            "switch first",
            "goto 1",
            "set lr 0.1",
            "branches",
        ],
    ),
    article(
        "diff",
        &[
            "reset",
            "diff main",
            "end",
            "goto 2",
            "set rule heavy-ball",
            "diff main",
            "end",
            "diff main",
            "diff main main",
            "goto 0",
            "set gradient 9",
            "rename other",
            "diff main",
            "step",
            "diff main other",
        ],
    ),
    article(
        "branches_wrong",
        &[
            "switch",
            "switch mian",
            "switch main now",
            "rename",
            "rename main",
            "rename other main",
            "rename a b c",
            "rename a;b",
            "diff",
            "diff mian",
            "diff main other",
            "diff main main main",
            "branches all",
        ],
    ),
    // Learn
    article(
        "page",
        &[
            "page",
            "page next",
            "page 5",
            "page previous",
            "p 7",
            "page 1",
            "p 7",
            "page next",
            "page previous",
        ],
    ),
    article(
        "page_wrong",
        &[
            "page 0",
            "page 8",
            "page nxt",
            "page -1",
            "page 2 3",
            "page last",
        ],
    ),
    article("lessons", &["lessons", "lessons all"]),
    article(
        "open",
        &[
            "set digits 9",
            "code rust",
            "end",
            "goto 1",
            "set momentum 0.9",
            "open learning-rate",
            "show",
            "next",
            "open momentum",
            "open two-kinds-of-momentum",
        ],
    ),
    article(
        "open_wrong",
        &[
            "step",
            "open",
            "open momentm",
            "open nothing-like-it",
            "open missing/lesson.yaml",
            "open broken.yaml",
            "open binary.txt",
            "open .",
            "open a\u{1b}b",
            "show",
        ],
    ),
    // Keep
    article(
        "files",
        &[
            "reset",
            "step 2",
            "export run.csv",
            "export run.csv",
            "export run.csv replace",
            "export run.jsonl",
            "export my run.md",
            "save mine.txt",
            "save mine.txt",
            "save mine.txt replace",
            "lesson mine.yaml",
            "lesson mine.yaml replace",
            "reset",
            "source mine.txt",
        ],
    ),
    article(
        "files_wrong",
        &[
            "export",
            "export replace",
            "export run",
            "export run.xlsx",
            "export missing/run.csv",
            "save",
            "save missing/mine.txt",
            "lesson",
            "lesson mine.txt",
            "lesson missing/mine.yaml",
            "source",
            "source missing.txt",
            "source wrong.txt",
            "source itself.txt",
            "source binary.txt",
            "source .",
        ],
    ),
    // Other
    article("help", &["help", "he", "help set", "help b", "help run"]),
    article(
        "help_wrong",
        &["help me", "help mometum", "help set lr", "hlep"],
    ),
    article("keys", &["keys", "keys all"]),
    article("quit", &["quit now", "q"]),
    article(
        "no_command",
        &[
            "",
            "   ",
            "# a comment",
            "next # shows a line",
            "momentum 0.9",
            "SET momentum 0.9",
            "r",
            "re",
            "sw main",
            "step; step",
            "?",
            "😀",
            "set \u{301}é 1",
            "\"next\"",
            "next\tnow",
        ],
    ),
];

/// A line, what is said to it without colours, and whether it is done.
struct Said {
    line: &'static str,
    text: String,
    done: bool,
}

/// A folder with some scripts.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("wrong.txt", &b"step\nset momentun 0.9\n"[..]),
        ("itself.txt", b"next\nsource itself.txt\n"),
        ("binary.txt", b"\xff\xfe\x00"),
        ("broken.yaml", b"title: Broken\nmodell: 1\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Types every line in a new sitting, in a folder of its own.
fn sit(sitting: &Sitting) -> Vec<Said> {
    let folder = folder();
    let files = Rc::new(Disk::within(folder.path()));
    let lesson = Arc::new(Lesson::open(sitting.lesson).unwrap());
    // What begins with the lesson's own settings has no run of a page before it.
    let session = match (sitting.lesson, sitting.lines) {
        ("momentum", ["reset", ..]) => Session::unopened(lesson),
        _ => Session::new(lesson).unwrap(),
    };
    let mut session = session.drawn_by(|_| "<svg/>".to_owned()).with_files(files);
    let mut type_in = |line: &'static str| {
        let before = Seen::of(&session);
        let result = session.run_line(line);
        let done = result.is_ok();
        let text = match result {
            Ok(outcome) => printed(&narrate(&before, &session, &outcome)),
            Err(complaint) => {
                assert_eq!(Seen::of(&session), before, "`{line}` failed and moved");
                marked(line, &complaint) + "\n"
            }
        };
        Said { line, text, done }
    };
    sitting.lines.iter().map(|line| type_in(line)).collect()
}

fn printed(text: &Text) -> String {
    let mut out = Vec::new();
    let printer = Printer::plain(false);
    printer.print(text, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Sittings that are written down word for word. What the others repeat of them is left out there but for its numbers, so
/// that a word that is chosen anew is read once and not in every transcript.
const WORD_FOR_WORD: [&str; 6] = ["updates", "page", "keys", "exercise", "branches", "lessons"];

/// Whether a part of a line is a number, a sign between numbers or the name of a parameter, and no word.
fn is_number(part: &str) -> bool {
    part.contains(|character: char| character.is_ascii_digit())
        || ["×", "+", "-", "="].contains(&part)
}

/// A line without its numbers.
fn words_of(line: &str) -> Vec<&str> {
    line.split(' ')
        .filter(|part| !part.is_empty() && !is_number(part))
        .collect()
}

/// The first word of a line and its numbers.
fn numbers_of(line: &str) -> String {
    let mut parts = line.split(' ');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if is_number(part) {
            text.push(' ');
            text.push_str(part);
        } else if !text.ends_with('…') {
            text += " …";
        }
    }
    text
}

/// `… g = 2.7` of `gradient g = 2.7`: what quantities are called is written down by the test of `why`.
fn symbol_of(line: &str) -> Option<String> {
    Quantity::named().find_map(|quantity| {
        let words = quantity.words(Rule::Article);
        let rest = line.strip_prefix(&*words)?.strip_prefix(' ')?;
        let is_told = rest.starts_with(&format!("{} = ", quantity.symbol()));
        is_told.then(|| format!("… {rest}"))
    })
}

/// What is said, without the words of sentences that are told elsewhere word for word.
pub fn shortened(text: &str) -> String {
    static TOLD: LazyLock<BTreeSet<Vec<&str>>> = LazyLock::new(|| {
        let said = said_in_all().iter();
        let whole = said.filter(|(sitting, _)| WORD_FOR_WORD.contains(&sitting.name));
        let lines = whole.flat_map(|(_, said)| said.iter().flat_map(|said| said.text.lines()));
        lines.map(words_of).collect()
    });
    let line = |line: &str| {
        let words = words_of(line);
        if let Some(symbol) = symbol_of(line) {
            symbol + "\n"
        } else if words.len() > 2 && TOLD.contains(&words) {
            numbers_of(line) + "\n"
        } else {
            line.to_owned() + "\n"
        }
    };
    text.lines().map(line).collect()
}

/// What is typed and said.
fn transcript(sitting: &Sitting, said: &[Said]) -> String {
    let lines = said.iter().map(|said| {
        let text = if WORD_FOR_WORD.contains(&sitting.name) {
            said.text.clone()
        } else {
            shortened(&said.text)
        };
        format!("> {}\n{text}", said.line)
    });
    lines.collect()
}

/// Every sitting, and what is said in it.
fn said_in_all() -> &'static [(&'static Sitting, Vec<Said>)] {
    static SAID: LazyLock<Vec<(&Sitting, Vec<Said>)>> = LazyLock::new(|| {
        SITTINGS
            .iter()
            .map(|sitting| (sitting, sit(sitting)))
            .collect()
    });
    &SAID
}

/// The transcript that a sitting is in: what goes wrong with a command is beside what goes right with it.
fn file_of(name: &str) -> &str {
    let family = ["set", "why", "pictures"].into_iter().find(|family| {
        let rest = name.strip_prefix(family);
        rest.is_some_and(|rest| rest.starts_with('_'))
    });
    family.unwrap_or(name.trim_end_matches("_wrong"))
}

#[test]
fn what_is_said() {
    let mut transcripts: BTreeMap<&str, String> = BTreeMap::new();
    for (sitting, said) in said_in_all() {
        let text = transcripts.entry(file_of(sitting.name)).or_default();
        text.extend(["--- ", sitting.name, " ---\n"]);
        text.push_str(&transcript(sitting, said));
    }
    for (name, text) in transcripts {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn the_start_and_the_prompt() {
    let start = |name: &&str| {
        let session = sitting(name);
        printed(&introduce(&session)) + &prompt(&session) + "\n"
    };
    let names = ["momentum", "learning-rate", "two-kinds-of-momentum"];
    insta::assert_snapshot!("start", names.iter().map(start).collect::<String>());
}

#[test]
fn every_command_is_in_a_transcript_right_and_wrong() {
    for row in TABLE.iter() {
        let uses = |name: &str, done: bool| {
            let all = said_in_all().iter().flat_map(|(_, said)| said);
            all.into_iter()
                .any(|said| said.line.split_whitespace().next() == Some(name) && said.done == done)
        };
        assert!(
            uses(row.name, true) || uses(row.short, true),
            "{}",
            row.name
        );
        assert!(uses(row.name, false), "{} never goes wrong", row.name);
        if !row.short.is_empty() {
            let used = uses(row.short, true) || uses(row.short, false);
            assert!(used, "`{}` is in no transcript", row.short);
        }
    }
}

#[test]
fn every_example_of_the_help_can_be_followed() {
    // Each finds what it needs: branches, a breakpoint, and the files of those before it.
    let mut session = unopened("momentum").drawn_by(|_| "<svg/>".to_owned());
    let prepared = [
        "end",
        "goto 1",
        "set momentum 0.9",
        "step",
        "rename other",
        "switch main",
        "break step = 9",
    ];
    for line in prepared {
        session.run_line(line).unwrap();
    }
    let network = unopened("iris");
    let folder = tempfile::tempdir().unwrap();
    for row in TABLE.iter() {
        for example in row.examples() {
            let mut trial = match row.name {
                "epoch" | "gradcheck" | "play" => unopened("one-item"),
                "sort" | "filter" => network.clone(),
                "zoom" | "pan" => unopened("ravine"),
                _ => session.clone(),
            };
            let in_folder = |word: &str| {
                let file = [".csv", ".md", ".svg", ".txt", ".yaml"]
                    .iter()
                    .any(|end| word.ends_with(end));
                if file {
                    format!("{}/{word}", folder.path().display())
                } else {
                    word.to_owned()
                }
            };
            let line = example
                .split(' ')
                .map(in_folder)
                .collect::<Vec<_>>()
                .join(" ");
            if row.name == "pin" {
                trial.run_line("turn momentum up").unwrap();
            }
            if row.name == "source" {
                trial.run_line("reset").unwrap();
            }
            if matches!(line.as_str(), "compare" | "sweep") {
                trial.run_line(row.examples()[0]).unwrap();
            }
            let done = trial.run_line(&line).is_ok() || can_be_answered(&line);
            assert!(done, "{line}");
        }
    }
}

/// Whether a line can be done on some page that asks something.
fn can_be_answered(line: &str) -> bool {
    let mut session = sitting(EXERCISES);
    (1..=session.lesson().pages.len()).any(|page| {
        session.run_line(&format!("page {page}")).unwrap();
        session.run_line(line).is_ok()
    })
}
