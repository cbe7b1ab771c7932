//! The arguments of what is for whoever writes lessons, gives them out, and takes in what learners have done.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use nnmom_tutor::lesson::Starter;

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
