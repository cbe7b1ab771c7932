//! The arguments of the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, ValueEnum, ValueHint};
use clap_complete::Shell;
use etcetera::{BaseStrategy, choose_base_strategy};
use nnmom_tutor::export::{FORMATS, Format};
use nnmom_tutor::lesson::{Starter, Wanted};
use nnmom_tutor::practice;
use nnmom_tutor::screen::{Glyphs, Look};
use nnmom_tutor::view;

use crate::arguments;

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

const AFTER_HELP: &str = "\
Examples:
  nnmom-tutor momentum                     open the built-in lesson on momentum
  nnmom-tutor lessons/momentum.yaml        open a lesson file
  nnmom-tutor momentum -c 'step; why'      run commands without a screen
  nnmom-tutor trace momentum --format csv  print its updates
  nnmom-tutor try 'x^2+10*y^2'             train on a formula of your own; or on data.csv
  nnmom-tutor practice --count 5           solve five fresh problems
  nnmom-tutor new my-lesson.yaml           write a lesson of your own

In the full screen, ? shows the keys and : takes a command. In line mode, help lists the commands.
With NNMOM_MOTION=off in the environment nothing moves by itself; set motion off, typed inside, is kept.
Exit status: 0 done; 1 a command, check or write failed; 2 wrong usage or a lesson that cannot be read; 130 stopped by Ctrl-C.";

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

const COMPLETIONS_HELP: &str = "\
Where they go, for you alone; a new shell knows them:
  bash        nnmom-tutor completions bash > ~/.local/share/bash-completion/completions/nnmom-tutor
  zsh         nnmom-tutor completions zsh > FOLDER/_nnmom-tutor, a folder of your $fpath
  fish        nnmom-tutor completions fish > ~/.config/fish/completions/nnmom-tutor.fish
  powershell  nnmom-tutor completions powershell >> $PROFILE
  elvish      nnmom-tutor completions elvish >> ~/.config/elvish/rc.elv

A folder that is not there yet has to be made first.";

const MAN_HELP: &str = "\
Examples:
  nnmom-tutor man | man -l -                                      read it
  nnmom-tutor man > ~/.local/share/man/man1/nnmom-tutor.1         put it where `man nnmom-tutor` finds it";
const CHECK_HELP: &str = "\
Examples:
  nnmom-tutor check mine.yaml                    is it sound? If not: what is wrong, where, and what would work
  nnmom-tutor check my-course/                   every lesson in a folder, and the course
  nnmom-tutor check --watch mine.yaml            again each time you save it
  nnmom-tutor check --same mine.yaml meine.yaml  are they one lesson in two languages?

Exit status: 0 all is sound; 1 something is wrong.";

const NEW_HELP: &str = "\
Examples:
  nnmom-tutor new mine.yaml            about one weight
  nnmom-tutor new --surface mine.yaml  about a formula
  nnmom-tutor new --network mine.yaml  about a network and its data

It passes check as it is: change it line by line, with nnmom-tutor mine.yaml open beside your editor.
To begin with a formula or data of your own: nnmom-tutor try, and there type lesson mine.yaml.";

const PROGRESS_HELP: &str = "\
Examples:
  nnmom-tutor progress                                        lesson by lesson, and skill by skill
  nnmom-tutor progress reset ravine                           forget a lesson
  nnmom-tutor progress --format json --name Ada > ada.json    what you hand in to a teacher
  nnmom-tutor progress my-course/ --format json > ada.json    the same of another course";

const HANDOUT_HELP: &str = "\
Examples:
  nnmom-tutor handout mine.yaml --output mine.html            for learners
  nnmom-tutor handout mine.yaml --output mine.html --answers  for you
  nnmom-tutor handout my-course/ --output course.md           every lesson of a course";

const CLASS_HELP: &str = "\
Examples:
  nnmom-tutor class handed-in/                          a table
  nnmom-tutor class handed-in/ --format csv > class.csv for a spreadsheet

Learners write their files with `nnmom-tutor progress --format json --name Ada > ada.json`.";

const TRY_HELP: &str = "\
Examples:
  nnmom-tutor try 'x^2+10*y^2'                          a formula, from a start that is chosen
  nnmom-tutor try 'x^2+10*y^2' --start x=-9,y=2         from one of your own
  nnmom-tutor try data.csv                              a network that learns the last column from the others
  nnmom-tutor try data.csv --target price --hidden 8    another column, with eight hidden nodes
  nnmom-tutor try --weight 3.56 --gradients 2.7,2.2     one weight, whose gradients are given

What is not said is chosen, and the page says what and why. Inside, `lesson mine.yaml` keeps it as a lesson file.";

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
pub struct Progress {
    /// `reset LESSON` to forget a lesson, `reset` for everything; both ask for a `yes` at the end. With `--format json`
    /// the folder of a course; without one, the course that you worked on last
    #[arg(value_name = "reset [LESSON] [yes]|FOLDER")]
    pub words: Vec<String>,

    /// json: what you hand in, of one course; it has no name in it unless you give one
    #[arg(long, value_name = "FORMAT", default_value = "words")]
    pub format: ProgressFormat,

    /// Who hands it in
    #[arg(long, value_name = "WHO")]
    pub name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    /// For reading
    Words,
    /// For handing in
    Json,
}

#[derive(Debug, Args)]
pub struct Handout {
    /// A lesson file, the name of a built-in lesson, or the folder of a course
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: String,

    /// The file to write, which is replaced: its name ends in .html or .md
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,

    /// With the answers, and how they are found
    #[arg(long)]
    pub answers: bool,
}

#[derive(Debug, Args)]
pub struct Class {
    /// The folder with the files that `progress --format json` has written
    #[arg(value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ClassFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClassFormat {
    /// Columns for reading
    Table,
    /// Comma-separated values
    Csv,
    /// A page for a browser
    Html,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Lesson files, folders with lessons in them, or names of built-in lessons; without any, all built-in lessons
    #[arg(value_name = "LESSON|FOLDER", value_hint = ValueHint::AnyPath)]
    pub lessons: Vec<String>,

    /// How to say what is wrong: in words, or a line of JSON for each finding
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,

    /// Check again each time something changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    /// Prove that two files are one lesson in two languages: the same runs, questions and answers
    #[arg(long, conflicts_with_all = ["watch", "format"])]
    pub same: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// In words, with the line that is wrong
    Text,
    /// A line of JSON for each finding, and one at the end
    Json,
}

#[derive(Debug, Args)]
pub struct New {
    /// The file to write, which must not be there yet; its name ends in .yaml
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,

    /// A lesson about one weight with given gradients, as without this
    #[arg(long, conflicts_with_all = ["surface", "network"])]
    pub weight: bool,

    /// A lesson on a surface: a loss that is a formula
    #[arg(long, conflicts_with = "network")]
    pub surface: bool,

    /// A lesson about a network and its data
    #[arg(long)]
    pub network: bool,
}

impl New {
    /// The lesson to begin with.
    pub fn starter(&self) -> Starter {
        match (self.surface, self.network) {
            (true, _) => Starter::Surface,
            (_, true) => Starter::Network,
            (false, false) => Starter::Weight,
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
    #[arg(long, value_name = "THEME", global = true)]
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
            theme: self.theme.map_or(usual.theme, Into::into),
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

#[derive(Debug, Args)]
pub struct Trace {
    /// A lesson file, or the name of a built-in lesson
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: String,

    /// How many updates; without it, all that the lesson has gradients for, or one epoch
    #[arg(long, value_name = "N")]
    pub steps: Option<u64>,

    /// Only this parameter; can be given several times
    #[arg(long, value_name = "P")]
    pub parameter: Vec<String>,

    /// Change a setting before the start, as the command `set` does
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,

    /// How to write it; csv and jsonl have every digit
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = format("update"))]
    pub format: &'static Format,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Run {
    /// A lesson file, or the name of a built-in lesson
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: String,

    /// How many passes over the items; without it, 50
    #[arg(long, value_name = "N", conflicts_with = "steps", value_parser = clap::value_parser!(u64).range(1..))]
    pub epochs: Option<u64>,

    /// How many updates
    #[arg(long, value_name = "N")]
    pub steps: Option<u64>,

    /// Stop where this condition holds, such as 'mse < 0.06'; loss, mse and accuracy are looked at after every epoch
    #[arg(long, value_name = "CONDITION")]
    pub until: Option<String>,

    /// A row after so many epochs, or updates where a lesson has no epochs
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub every: u64,

    /// Change a setting before the start, as the command `set` does
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,

    /// How to write it; csv and jsonl have every digit
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = format("row"))]
    pub format: &'static Format,
}

#[derive(Debug, Args)]
pub struct Sweep {
    /// A lesson file, or the name of a built-in lesson
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: String,

    /// A setting and its values, FIRST..LAST/COUNT, such as momentum=0..0.95/20; one or two of them
    #[arg(value_name = "SETTING=RANGE", required = true, num_args = 1..=2)]
    pub axes: Vec<String>,

    /// What the runs are to come to, such as 'loss < 0.01'
    #[arg(long, value_name = "CONDITION")]
    pub until: Option<String>,

    /// The most updates of a run; without it, 1000
    #[arg(long, value_name = "N")]
    pub max: Option<u64>,

    /// Change a setting before the start, as the command `set` does
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,

    /// How to write it; csv and jsonl have every digit
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = format("row"))]
    pub format: &'static Format,
}

#[derive(Debug, Args)]
pub struct Picture {
    /// A lesson file, or the name of a built-in lesson
    #[arg(value_hint = ValueHint::AnyPath)]
    pub lesson: String,

    /// Run these commands first, separated by semicolons
    #[arg(short = 'c', value_name = "COMMANDS")]
    pub commands: Option<String>,

    /// Draw this view alone, such as network or update
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,

    /// The size of the screen, in characters
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "100x30", value_parser = size)]
    pub size: (u16, u16),

    /// The file to write, which is replaced
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
}

/// `100x30`, from 20x5 to 400x200.
fn size(text: &str) -> Result<(u16, u16), String> {
    let parse = || {
        let (width, height) = text.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    };
    parse()
        .filter(|(width, height)| (20..=400).contains(width) && (5..=200).contains(height))
        .ok_or_else(|| "a size such as 100x30, from 20x5 to 400x200".to_owned())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Theme {
    /// Readable on any background
    Auto,
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// No colours
    Mono,
}

impl From<Theme> for view::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Auto => Self::Auto,
            Theme::Dark => Self::Dark,
            Theme::Light => Self::Light,
            Theme::Mono => Self::Mono,
        }
    }
}

/// Reads the name of a format, one record of which is such a thing.
fn format(record: &str) -> impl TypedValueParser<Value = &'static Format> + use<> {
    let values = FORMATS.iter();
    let values = values.map(|format| PossibleValue::new(format.name).help(format.about(record)));
    PossibleValuesParser::new(values.collect::<Vec<_>>())
        .try_map(|name| Format::named(&name).ok_or("there is no such format"))
}
