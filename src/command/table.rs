//! Every command in one row: name, arguments, words of help, examples, completion and parsing.

use super::arguments::{Arguments, Word};
use super::picture::{parse_filter, parse_sort};
use super::readers::{
    SETTINGS, expression_names, nothing, owned, parse_back, parse_code, parse_diff, parse_file,
    parse_focus, parse_goto, parse_mouse, parse_open, parse_page, parse_predict, parse_progress,
    parse_quit, parse_rename, parse_run, parse_scroll, parse_set, parse_show, parse_source,
    parse_unbreak, parse_view, parse_watch, parse_why, suggest_focus, suggest_set, topics,
    view_names,
};
use super::seeing::{parse_pan, parse_plot, parse_zoom, suggest_pan, suggest_plot, suggest_zoom};
use super::trying::{parse_compare, parse_sweep, suggest_compare, suggest_sweep};
use super::{Column, Command, Complaint, Place, ScreenAction, Vocabulary};
use crate::explain::{Language, Quantity};
use crate::export::endings;

/// What a command is for; help lists them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Moving through the run.
    Move,
    /// Changing settings and values.
    Change,
    /// Looking and asking.
    Look,
    /// Stopping runs.
    Stop,
    /// Trying what would have been.
    WhatIf,
    /// The lesson's pages.
    Learn,
    /// Files.
    Keep,
    /// Everything else.
    Other,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 8] = [
        Self::Move,
        Self::Change,
        Self::Look,
        Self::Stop,
        Self::WhatIf,
        Self::Learn,
        Self::Keep,
        Self::Other,
    ];

    /// The heading that help shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Change => "Change",
            Self::Look => "Look",
            Self::Stop => "Stop at",
            Self::WhatIf => "What if",
            Self::Learn => "Learn",
            Self::Keep => "Keep",
            Self::Other => "Other",
        }
    }
}

/// One command.
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// Its short name, or the empty string.
    pub short: &'static str,
    /// What it is for.
    pub group: Group,
    /// What follows the name, in the notation of help.
    pub arguments: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// What else there is to know, in a sentence or two.
    pub detail: &'static str,
    /// Lines that can be typed as they stand.
    pub examples: &'static [&'static str],
    /// Which of its arguments can be completed.
    pub(super) completes: Completes,
    /// Words that may follow the words typed so far.
    pub(super) suggest: fn(&[&str], &Vocabulary) -> Vec<String>,
    /// Reads the arguments.
    pub(super) parse: fn(&mut Arguments) -> Result<Command, Complaint>,
}

/// Which arguments of a command can be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completes {
    /// So many words, by what the command suggests.
    Words(usize),
    /// The name of a file, for which the command may also suggest names.
    File,
}

impl Completes {
    const NOTHING: Self = Self::Words(0);
    const ONE: Self = Self::Words(1);
    const TWO: Self = Self::Words(2);
    const ALL: Self = Self::Words(usize::MAX);
}

impl Row {
    /// The name with its arguments.
    pub fn usage(&self) -> String {
        format!("{} {}", self.name, self.arguments)
            .trim_end()
            .to_owned()
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "Row({})", self.name)
    }
}

/// The commands.
pub static TABLE: &[Row] = &[
    Row {
        name: "next",
        short: "n",
        group: Group::Move,
        arguments: "[N]",
        about: "show the next line, or the next N",
        detail: "After the last line of an update comes the first of the update that follows.",
        examples: &["next", "next 3"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |arguments| Ok(Command::Next(arguments.count()?)),
    },
    Row {
        name: "step",
        short: "s",
        group: Group::Move,
        arguments: "[N]",
        about: "complete this update, or N updates",
        detail: "An update that has been begun counts as the first of them.",
        examples: &["step", "step 2"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |arguments| Ok(Command::Step(arguments.count()?)),
    },
    Row {
        name: "epoch",
        short: "e",
        group: Group::Move,
        arguments: "[N]",
        about: "complete this pass over the items, or N passes",
        detail: "An epoch is one update for each item of a network's data. One that has been begun counts as the first.",
        examples: &["epoch", "epoch 10"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |arguments| Ok(Command::Epoch(arguments.count()?)),
    },
    Row {
        name: "back",
        short: "b",
        group: Group::Move,
        arguments: "[N] [lines|updates|epochs]",
        about: "go back as you came: by lines after next, by updates after step",
        detail: "Nothing is lost: going forward again shows the same numbers.",
        examples: &["back", "back 2", "back line", "back 2 updates"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["line", "update", "epoch"]),
        parse: parse_back,
    },
    Row {
        name: "goto",
        short: "",
        group: Group::Move,
        arguments: "STEP|start|end",
        about: "go to the state after STEP updates",
        detail: "Step 0 is the start; the end is after the lesson's last gradient.",
        examples: &["goto 1", "goto start", "goto end"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["start", "end"]),
        parse: parse_goto,
    },
    Row {
        name: "start",
        short: "",
        group: Group::Move,
        arguments: "",
        about: "go to the start of the run",
        detail: "The same as `goto start`.",
        examples: &["start"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Goto(Place::Start)),
    },
    Row {
        name: "end",
        short: "",
        group: Group::Move,
        arguments: "",
        about: "go to the end of the run",
        detail: "The same as `goto end`.",
        examples: &["end"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Goto(Place::End)),
    },
    Row {
        name: "run",
        short: "",
        group: Group::Move,
        arguments: "[until CONDITION] [max N]",
        about: "make updates until a condition holds",
        detail: "It stops at the lesson's last gradient, where a breakpoint's condition becomes true, and after N updates. Conditions are about the update just made: `step`, a weight by its name, `delta`, `gradient`, `momentum_term`, `change`; they can be joined by `and` and `or`.",
        examples: &[
            "run",
            "run until delta < 0.01",
            "run until abs(change) < 0.02 or step = 4 max 100",
        ],
        completes: Completes::ALL,
        suggest: |typed, vocabulary| {
            if typed.is_empty() {
                owned(&["until", "max"])
            } else {
                expression_names(vocabulary)
            }
        },
        parse: parse_run,
    },
    Row {
        name: "reset",
        short: "",
        group: Group::Move,
        arguments: "",
        about: "start again with the lesson's own settings",
        detail: "Changes and branches are given up; the page stays open.",
        examples: &["reset"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Reset),
    },
    Row {
        name: "set",
        short: "",
        group: Group::Change,
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
        completes: Completes::TWO,
        suggest: suggest_set,
        parse: parse_set,
    },
    Row {
        name: "show",
        short: "",
        group: Group::Look,
        arguments: "[TOPIC]",
        about: "show in words where you are, or what the lesson holds",
        detail: "TOPIC is state, gradients, code, lesson, or a picture: {pictures}. Without a word it shows the state: \
                 the step, every setting and the lines so far.",
        examples: &["show", "show weights", "show gradients", "show lesson"],
        completes: Completes::ONE,
        suggest: |_, _| topics().map(|(name, _)| name.to_owned()).collect(),
        parse: parse_show,
    },
    Row {
        name: "view",
        short: "",
        group: Group::Look,
        arguments: "PANE|PICTURE|next|previous|picture [next|previous]",
        about: "bring a pane or a picture into view; in line mode, say what it shows",
        detail: "PANE is lesson, update or code. PICTURE is {pictures}. `view next` goes from pane to pane, and `view \
                 picture next` from picture to picture.",
        examples: &[
            "view history",
            "view update",
            "view next",
            "view picture next",
        ],
        completes: Completes::TWO,
        suggest: |typed, _| match typed {
            [] => owned(&view_names()),
            ["picture"] => owned(&["next", "previous"]),
            _ => Vec::new(),
        },
        parse: parse_view,
    },
    Row {
        name: "sort",
        short: "",
        group: Group::Look,
        arguments: "COLUMN [up|down]",
        about: "put the table of weights in order, the largest first",
        detail: "COLUMN is {columns}, or next or previous. \
                 What counts is the size without its sign; `up` puts the smallest first. `sort name` is the order of \
                 the lesson.",
        examples: &["sort change", "sort gradient up", "sort name", "sort next"],
        completes: Completes::TWO,
        suggest: |typed, _| match typed {
            [] => [
                Column::all()
                    .map(|column| column.name().to_owned())
                    .collect(),
                owned(&["next", "previous"]),
            ]
            .concat(),
            _ => owned(&["up", "down"]),
        },
        parse: parse_sort,
    },
    Row {
        name: "filter",
        short: "",
        group: Group::Look,
        arguments: "TEXT|next|off",
        about: "show only the weights whose names have TEXT in them",
        detail: "`filter next` goes from layer to layer of parameters, `filter off` shows all of them again.",
        examples: &["filter ho", "filter [0", "filter next", "filter off"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["next", "off"]),
        parse: parse_filter,
    },
    Row {
        name: "plot",
        short: "",
        group: Group::Look,
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
        completes: Completes::ONE,
        suggest: suggest_plot,
        parse: parse_plot,
    },
    Row {
        name: "zoom",
        short: "",
        group: Group::Look,
        arguments: "in|out|reset",
        about: "look at the surface from nearer, from further away, or at all of it",
        detail: "Twice `zoom in` shows half as much of each variable.",
        examples: &["zoom in", "zoom out", "zoom reset"],
        completes: Completes::ONE,
        suggest: suggest_zoom,
        parse: parse_zoom,
    },
    Row {
        name: "pan",
        short: "",
        group: Group::Look,
        arguments: "left|right|up|down",
        about: "look at the part of the surface beside this one",
        detail: "It moves by a quarter of what is seen. Of a surface of one variable there is only left and right.",
        examples: &["pan left", "pan up"],
        completes: Completes::ONE,
        suggest: suggest_pan,
        parse: parse_pan,
    },
    Row {
        name: "scroll",
        short: "",
        group: Group::Look,
        arguments: "up|down [N]|wrong",
        about: "scroll the pane in view, by N lines or by 3, or to the next wrong prediction",
        detail: "It is for the full screen, where the mouse wheel does the same.",
        examples: &["scroll down", "scroll up 10", "scroll wrong"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["up", "down", "wrong"]),
        parse: parse_scroll,
    },
    Row {
        name: "focus",
        short: "f",
        group: Group::Look,
        arguments: "[PARAMETER|next|previous|up|down|left|right]",
        about: "look at the update of another parameter",
        detail: "Without a word it is the next one. In a network, `up` and `down` choose the node that the weight comes from, `left` and `right` the node that it leads to.",
        examples: &["focus next", "focus previous", "focus up"],
        completes: Completes::ONE,
        suggest: suggest_focus,
        parse: parse_focus,
    },
    Row {
        name: "gradcheck",
        short: "",
        group: Group::Look,
        arguments: "",
        about: "compare every gradient with one found by trying",
        detail: "Each parameter is moved a little up and down; how much the error changes is its slope, by finite differences.",
        examples: &["gradcheck"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Gradcheck),
    },
    Row {
        name: "why",
        short: "w",
        group: Group::Look,
        arguments: "[QUANTITY [PARAMETER]|EXPRESSION]",
        about: "show where a number comes from, back to what was given",
        detail: "Without a name it explains the line shown last. A change is also taken apart into the steps of earlier updates.",
        examples: &[
            "why",
            "why after",
            "why momentum_term",
            "why effective_rate",
        ],
        completes: Completes::ONE,
        suggest: |_, _| {
            Quantity::ALL
                .into_iter()
                .map(|q| q.name().into_owned())
                .collect()
        },
        parse: parse_why,
    },
    Row {
        name: "code",
        short: "",
        group: Group::Look,
        arguments: "[python|pytorch|keras|rust]",
        about: "show the update as code in another language",
        detail: "Without a name it shows the next one.",
        examples: &["code pytorch", "code"],
        completes: Completes::ONE,
        suggest: |_, _| {
            Language::ALL
                .into_iter()
                .map(|l| l.name().to_owned())
                .collect()
        },
        parse: parse_code,
    },
    Row {
        name: "watch",
        short: "",
        group: Group::Look,
        arguments: "[EXPRESSION|off]",
        about: "keep an expression in sight beside every update",
        detail: "Without an expression it lists what is watched; `watch off` ends it.",
        examples: &["watch change/gradient", "watch", "watch off"],
        completes: Completes::ALL,
        suggest: |_, vocabulary| [expression_names(vocabulary), owned(&["off"])].concat(),
        parse: parse_watch,
    },
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
    Row {
        name: "page",
        short: "p",
        group: Group::Learn,
        arguments: "[next|previous|N]",
        about: "open a page of the lesson",
        detail: "Opening a page prepares its example: the run starts afresh where the page says so. After the last page of a \
                 lesson of the course, `page next` opens the next lesson.",
        examples: &["page next", "page 1"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["next", "previous"]),
        parse: parse_page,
    },
    Row {
        name: "lessons",
        short: "",
        group: Group::Learn,
        arguments: "",
        about: "show the course: the lessons that come with the program",
        detail: "In the full screen it is the menu of the course; this lesson stays as it is, and Esc goes back to it.",
        examples: &["lessons"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Lessons),
    },
    Row {
        name: "open",
        short: "",
        group: Group::Learn,
        arguments: "LESSON",
        about: "open another lesson: one of `lessons`, or a file",
        detail: "It begins a new sitting, and gives up the runs of this one; digits and the language of the code stay. \
                 A lesson that cannot be opened changes nothing.",
        examples: &["open momentum", "open learning-rate"],
        completes: Completes::File,
        suggest: |_, vocabulary| owned(vocabulary.lessons),
        parse: parse_open,
    },
    Row {
        name: "exercise",
        short: "x",
        group: Group::Learn,
        arguments: "",
        about: "open the page's exercise",
        detail: "It is about the run as the page has prepared it, whatever you have changed since. `answer` answers.",
        examples: &["exercise"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Exercise),
    },
    Row {
        name: "answer",
        short: "a",
        group: Group::Learn,
        arguments: "[VALUE]",
        about: "answer the exercise, or predict the next line",
        detail: "VALUE is a number, a fraction or an expression; a letter; or letters in their right order. It is judged by the digits you give. A goal needs no value: the run is made again to see. While something is asked, a number alone is an answer too.",
        examples: &[
            "answer 0.25",
            "answer 0.2 + 0.5*0.1",
            "answer b",
            "answer c a b",
        ],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |arguments| {
            let value = arguments.rest().map(|word| word.text.to_owned());
            Ok(Command::Answer(value))
        },
    },
    Row {
        name: "hint",
        short: "",
        group: Group::Learn,
        arguments: "",
        about: "show the next hint for the exercise",
        detail: "The last hint is the answer; after it the question comes again in another form: with other numbers, in another order, or for other settings.",
        examples: &["hint"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Hint),
    },
    Row {
        name: "solution",
        short: "",
        group: Group::Learn,
        arguments: "",
        about: "show the answer to the exercise",
        detail: "After it the question comes again in another form: with other numbers, in another order, or for other settings.",
        examples: &["solution"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Solution),
    },
    Row {
        name: "progress",
        short: "",
        group: Group::Learn,
        arguments: "[reset [yes]]",
        about: "show what you have done in every lesson, or forget it",
        detail: "Lessons, exercises and skills, as they are kept from one sitting to the next. `progress reset` asks first; `progress reset yes` forgets everything.",
        examples: &["progress", "progress reset"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["reset"]),
        parse: parse_progress,
    },
    Row {
        name: "predict",
        short: "",
        group: Group::Learn,
        arguments: "on|fade|off",
        about: "say each number before it is shown, or more of them with every update",
        detail: "While it is on, a number that you type is compared with the line that comes next, and the line is shown. \
                 With `fade`, `step` shows the first update whole, of the second all but the last line, of the third all \
                 but the last two: what is left is for you. `next` shows a line without.",
        examples: &["predict on", "predict fade", "predict off"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["on", "fade", "off"]),
        parse: parse_predict,
    },
    Row {
        name: "export",
        short: "",
        group: Group::Keep,
        arguments: "FILE [replace]",
        about: concat!("write the branch so far to a file: ", endings!()),
        detail: "The rows are those of `nnmom-tutor trace`. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["export run.csv", "export run.md replace"],
        completes: Completes::File,
        suggest: nothing,
        parse: |arguments| parse_file(arguments, Command::Export),
    },
    Row {
        name: "picture",
        short: "",
        group: Group::Keep,
        arguments: "FILE [replace]",
        about: "write the screen as a picture with its colours: .svg",
        detail: "`nnmom-tutor picture` draws other sizes, and one view alone. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["picture screen.svg", "picture screen.svg replace"],
        completes: Completes::File,
        suggest: nothing,
        parse: |arguments| parse_file(arguments, Command::Snapshot),
    },
    Row {
        name: "save",
        short: "",
        group: Group::Keep,
        arguments: "FILE [replace]",
        about: "write everything done so far as a script",
        detail: "`nnmom-tutor LESSON --script FILE` comes to the same state, bit for bit. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["save mine.txt", "save mine.txt replace"],
        completes: Completes::File,
        suggest: nothing,
        parse: |arguments| parse_file(arguments, Command::Save),
    },
    Row {
        name: "source",
        short: "",
        group: Group::Keep,
        arguments: "FILE",
        about: "run the commands in a file",
        detail: "One command on a line, or several with semicolons between them; # begins a comment. If one of them fails, none of them has been done.",
        examples: &["source mine.txt"],
        completes: Completes::File,
        suggest: nothing,
        parse: parse_source,
    },
    Row {
        name: "help",
        short: "h",
        group: Group::Other,
        arguments: "[COMMAND]",
        about: "list the commands, or explain one",
        detail: "Every command can be typed by its name, its short name, or the first letters that tell it apart.",
        examples: &["help", "help set"],
        completes: Completes::ONE,
        suggest: |_, _| TABLE.iter().map(|row| row.name.to_owned()).collect(),
        parse: |arguments| {
            let row = arguments.next_word().map(|word| find(&word)).transpose()?;
            Ok(Command::Help(row))
        },
    },
    Row {
        name: "keys",
        short: "",
        group: Group::Other,
        arguments: "",
        about: "list the keys of the full screen",
        detail: "Every key stands for a command that can be typed as well; `:` opens the bar to type it in.",
        examples: &["keys"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Keys),
    },
    Row {
        name: "mouse",
        short: "",
        group: Group::Other,
        arguments: "[on|off]",
        about: "leave the mouse to the terminal, to select text, or take it back",
        detail: "Without a word it does the other of both. It is for the full screen.",
        examples: &["mouse off", "mouse on", "mouse"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["on", "off"]),
        parse: parse_mouse,
    },
    Row {
        name: "sleep",
        short: "",
        group: Group::Other,
        arguments: "",
        about: "hand the terminal back to the shell until `fg` wakes the tutor",
        detail: "It is for the full screen.",
        examples: &["sleep"],
        completes: Completes::NOTHING,
        suggest: nothing,
        parse: |_| Ok(Command::Screen(ScreenAction::Sleep)),
    },
    Row {
        name: "quit",
        short: "q",
        group: Group::Other,
        arguments: "[tutor]",
        about: "go back to the menu you came from, or leave; `quit tutor` always leaves",
        detail: "",
        examples: &["quit", "quit tutor"],
        completes: Completes::ONE,
        suggest: |_, _| owned(&["tutor"]),
        parse: parse_quit,
    },
];

/// The row called `word`: by name, by short name, or by first letters that only one name has.
pub(super) fn find(word: &Word) -> Result<&'static Row, Complaint> {
    let text = word.text;
    if let Some(row) = TABLE
        .iter()
        .find(|row| row.name == text || row.short == text)
    {
        return Ok(row);
    }
    let begun: Vec<&Row> = TABLE
        .iter()
        .filter(|row| row.name.starts_with(text))
        .collect();
    match begun.as_slice() {
        [row] => Ok(row),
        [] if SETTINGS.contains(&text) => Err(word.complaint(
            format!("there is no command `{text}`"),
            format!("`set {text}` and a value changes it"),
        )),
        [] => Err(word.complaint(
            format!("there is no command `{text}`"),
            super::closest(text, TABLE.iter().map(|row| row.name)).map_or_else(
                || "`help` lists the commands".to_owned(),
                |name| format!("did you mean `{name}`?"),
            ),
        )),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|row| format!("`{}`", row.name))
                .collect();
            Err(word.complaint(
                format!("`{text}` could be {}", names.join(" or ")),
                "type one letter more",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn every_example_parses_to_its_own_row() {
        let vocabulary = Vocabulary {
            pages: 3,
            ..Vocabulary::default()
        };
        for row in TABLE {
            assert!(!row.examples.is_empty(), "{} has no example", row.name);
            for example in row.examples {
                let word = super::super::arguments::words(example).next().unwrap();
                assert_eq!(find(&word).unwrap(), row);
                assert!(parse(example, &vocabulary).unwrap().is_some(), "{example}");
            }
        }
    }

    #[test]
    fn names_are_told_apart() {
        for (index, row) in TABLE.iter().enumerate() {
            for other in &TABLE[index + 1..] {
                assert_ne!(row.name, other.name);
                assert!(
                    row.short.is_empty() || row.short != other.short,
                    "{}",
                    row.short
                );
            }
        }
    }

    #[test]
    fn every_suggested_word_is_understood() {
        let parameters = ["w".to_owned()];
        let vocabulary = Vocabulary {
            parameters: &parameters,
            branches: &["main"],
            pages: 2,
            lessons: &["momentum"],
            ..Vocabulary::default()
        };
        for row in TABLE.iter().filter(|row| row.name != "set") {
            for word in (row.suggest)(&[], &vocabulary) {
                let line = match (row.name, word.as_str()) {
                    ("run", "until") => "run until step > 1".to_owned(),
                    ("run", _) => "run max 1".to_owned(),
                    ("break", word) => format!("break {word} > 1"),
                    ("compare", "rule") => "compare rule none article".to_owned(),
                    ("compare", word) => format!("compare {word} 0 1"),
                    ("sweep", "momentum" | "learning_rate") => format!("sweep {word} 0..1/2"),
                    (name, word) => format!("{name} {word}"),
                };
                assert!(parse(&line, &vocabulary).is_ok(), "{line}");
            }
        }
        for name in suggest_set(&[], &vocabulary) {
            let values = suggest_set(&[&name], &vocabulary);
            let numbers = vec!["1".to_owned()];
            for value in if values.is_empty() { numbers } else { values } {
                let line = format!("set {name} {value}");
                assert!(parse(&line, &vocabulary).is_ok(), "{line}");
            }
        }
    }
}
