//! The arguments of what writes runs: their updates, how their error falls, many of them, a picture.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use nnmom_tutor::export::{FORMATS, Format};

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

/// Reads the name of a format, one record of which is such a thing.
fn format(record: &str) -> impl TypedValueParser<Value = &'static Format> + use<> {
    let values = FORMATS.iter();
    let values = values.map(|format| PossibleValue::new(format.name).help(format.about(record)));
    PossibleValuesParser::new(values.collect::<Vec<_>>())
        .try_map(|name| Format::named(&name).ok_or("there is no such format"))
}
