//! The arguments of the command line: what there is to say first, and what holds for all; those of what writes runs are in
//! `runs`, those for teachers in `teaching`.

mod examples;
mod runs;
mod teaching;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, ValueHint};
use clap_complete::Shell;
use etcetera::{BaseStrategy, choose_base_strategy};
use nnmom_tutor::lesson::Wanted;
use nnmom_tutor::practice;
use nnmom_tutor::screen::{Glyphs, Look};
use nnmom_tutor::view::{self, Theme};

use crate::arguments;
use examples::{
    AFTER_HELP, CHECK_HELP, CLASS_HELP, COMPLETIONS_HELP, HANDOUT_HELP, MAN_HELP, NEW_HELP,
    PROGRESS_HELP, TRY_HELP,
};
pub use runs::{Picture, Run, Sweep, Trace};
pub use teaching::{
    Check, CheckFormat, Class, ClassFormat, Handout, New, Progress, ProgressFormat,
};

/// A debugger for neural-network momentum: step through weight updates, line by line.
#[derive(Debug, Parser)]
#[command(version = env!("NNMOM_TUTOR_VERSION"), bin_name = "nnmom-tutor", args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Subcommand>,

    /// A lesson file, the name of a built-in lesson, or a folder of lessons: a course. A course, without any the built-in one, is a menu, or a list where there is no terminal
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: Option<String>,

    #[command(flatten)]
    pub sitting: Sitting,

    #[command(flatten)]
    pub manner: Manner,
}

/// How a sitting is begun, and what is done in it.
#[derive(Debug, Args)]
pub struct Sitting {
    /// Change a setting before the start, as the command `set` does
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,

    /// Open this page first
    #[arg(long, value_name = "N")]
    pub page: Option<usize>,

    /// Line mode: words in, words out, no full screen; chosen by itself where there is no terminal, or TERM=dumb
    #[arg(long)]
    pub repl: bool,

    /// Run the commands in this file and leave; stops at the first that fails
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub script: Option<PathBuf>,

    /// Run these commands, separated by semicolons, and leave
    #[arg(short = 'c', value_name = "COMMANDS", conflicts_with = "script")]
    pub commands: Option<String>,
}

impl Cli {
    /// Reads arguments. The options of a subcommand may stand before it, too.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        Self::try_parse_from(arguments::tidied(
            arguments.into_iter().collect(),
            &Self::command(),
        ))
    }
}

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Print every update of a lesson's run, one row for each update and parameter
    Trace(Trace),
    /// Run a lesson without its history, and print how the error falls
    Run(Run),
    /// Run a lesson once for every value of a setting, or of two
    Sweep(Sweep),
    /// Draw the screen of a lesson as an SVG picture
    Picture(Picture),
    /// Validate lessons, run their pages and solve their exercises
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Try something of your own at once: a formula, a file of data, or a weight and its gradients
    #[command(after_help = TRY_HELP)]
    Try(Try),
    /// Write a small lesson to begin with, with comments, and the schema by which editors complete it
    #[command(after_help = NEW_HELP)]
    New(New),
    /// Print the JSON Schema of lesson files, for editors
    Schema,
    /// List the built-in lessons, and what you have done of each
    Lessons,
    /// Tell what you have done in every lesson, hand it in, or forget it
    #[command(after_help = PROGRESS_HELP)]
    Progress(Progress),
    /// Write a lesson or a course as one page, for paper or a browser
    #[command(after_help = HANDOUT_HELP)]
    Handout(Handout),
    /// Read what a class has handed in, into one table: who is where, and which slips are common
    #[command(after_help = CLASS_HELP)]
    Class(Class),
    /// Solve fresh problems over all rules and on networks: what you missed or have not seen lately
    Practice(Practice),
    /// Print what makes a shell complete the names of subcommands, options and lessons
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page: every subcommand and option
    #[command(after_help = MAN_HELP)]
    Man,
}

#[derive(Debug, Args)]
pub struct Try {
    /// A formula in quotes, such as 'x^2+10*y^2', or a file of data, such as data.csv
    #[arg(value_name = "FORMULA|FILE", value_hint = ValueHint::AnyPath)]
    pub what: Vec<String>,

    /// Where a formula starts: a number for each variable
    #[arg(long, value_name = "x=-9,y=2", allow_hyphen_values = true)]
    pub start: Option<String>,

    /// The column of a file that is learned; without it, the last, or the first where it names classes
    #[arg(long, value_name = "COLUMN")]
    pub target: Option<String>,

    /// How many hidden nodes: 5, 8,4 in two layers, or 0 for none; without it, 5
    #[arg(long, value_name = "N")]
    pub hidden: Option<String>,

    /// Where a weight starts
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub weight: Option<String>,

    /// Its gradients, one for each update
    #[arg(long, value_name = "2.7,2.2", allow_hyphen_values = true)]
    pub gradients: Option<String>,

    #[command(flatten)]
    pub sitting: Sitting,
}

impl From<&Try> for Wanted {
    fn from(arguments: &Try) -> Self {
        let Try {
            what,
            start,
            target,
            hidden,
            weight,
            gradients,
            sitting: _,
        } = arguments;
        let what = what.join(" ");
        let given = [start, target, hidden, weight, gradients].map(Clone::clone);
        let [start, target, hidden, weight, gradients] = given;
        Self {
            what: (!what.trim().is_empty()).then_some(what),
            start,
            target,
            hidden,
            weight,
            gradients,
        }
    }
}

#[derive(Debug, Args)]
pub struct Practice {
    /// Ask these problems again: the same seed asks the same, as long as nothing else has been practised
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// How many problems
    #[arg(long, value_name = "N", default_value_t = practice::USUAL_PROBLEMS as u64, value_parser = clap::value_parser!(u64).range(1..=practice::MOST_PROBLEMS as u64))]
    pub count: u64,

    /// Line mode: words in, words out, no full screen; chosen by itself where there is no terminal, or TERM=dumb
    #[arg(long)]
    pub repl: bool,
}

/// How the tutor looks, and where it keeps what it knows of a learner: the same for all it does.
#[derive(Debug, Args)]
pub struct Manner {
    /// The colours; without it, those chosen with `set theme`, else those for the terminal, and dark in pictures
    #[arg(long, value_name = "THEME", global = true, value_parser = theme())]
    pub theme: Option<Theme>,

    /// Use only ASCII characters
    #[arg(long, global = true)]
    pub ascii: bool,

    /// Keep state in this folder: your progress, and the lines typed before
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub state_dir: Option<PathBuf>,
}

impl Manner {
    /// How a screen is to look that looks as is `usual` where nothing else is asked for.
    pub fn look(&self, usual: Look) -> Look {
        Look {
            theme: self.theme.unwrap_or(usual.theme),
            glyphs: if self.ascii {
                Glyphs::Ascii
            } else {
                usual.glyphs
            },
            ..usual
        }
    }

    /// A text as it is to be written.
    pub fn written(&self, text: &str) -> String {
        if self.ascii {
            view::ascii(text)
        } else {
            text.to_owned()
        }
    }

    /// Where the tutor keeps its state: the folder asked for, or the platform's own. `None` where there is no home.
    pub fn state_folder(&self) -> Option<PathBuf> {
        if let Some(folder) = &self.state_dir {
            return Some(folder.clone());
        }
        let strategy = choose_base_strategy().ok()?;
        let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
        Some(state.join("nnmom-tutor"))
    }
}

/// Reads the name of a theme.
fn theme() -> impl TypedValueParser<Value = Theme> + use<> {
    let value = |theme: Theme| {
        PossibleValue::new(theme.name()).help(match theme {
            Theme::Auto => "Readable on any background",
            Theme::Dark => "For a dark background",
            Theme::Light => "For a light background",
            Theme::Mono => "No colours",
        })
    };
    PossibleValuesParser::new(Theme::ALL.map(value))
        .try_map(|name| Theme::named(&name).ok_or("there is no such theme"))
}
