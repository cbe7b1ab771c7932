//! What somebody wants to try: words of the command line, or of a line that is typed in the menu.

use std::path::Path;

use super::{EXAMPLES, Untried};
use crate::command::offset;
use crate::files::{self, Files};

/// What is wanted, as it has been typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// A formula, or the name of a file.
    pub what: Option<String>,
    /// Where a formula starts: `x=-9,y=2`.
    pub start: Option<String>,
    /// The column of a file that is learned.
    pub target: Option<String>,
    /// How many hidden nodes, in each hidden layer: `5`, or `8,4`.
    pub hidden: Option<String>,
    /// Where a weight starts.
    pub weight: Option<String>,
    /// Its gradients, one for each update: `2.7,2.2`.
    pub gradients: Option<String>,
}

/// What is tried.
pub(super) enum Kind<'a> {
    /// A lesson file, by its path.
    Lesson(String),
    /// A weight and its gradients.
    Weight,
    /// A formula.
    Formula(&'a str),
    /// A file of data, by its path.
    Table(String),
}

/// Endings that a formula has not, and lessons among them.
const OF_FILES: [&str; 10] = [
    "yaml", "yml", "csv", "tsv", "txt", "dat", "json", "xls", "xlsx", "ods",
];
const OF_LESSONS: [&str; 2] = ["yaml", "yml"];

impl Wanted {
    /// Reads a line: `x^2+10*y^2 start x=-9,y=2`, `data.csv target species`, `weight 3.56 gradients 2.7,2.2`. Options may
    /// have their two dashes, and an equals sign then.
    pub fn parse(line: &str) -> Self {
        let mut wanted = Self::default();
        let (mut place, mut begins) = (&mut wanted.what, 0);
        // What an option is given ends where the next begins.
        let ends = |place: &mut Option<String>, text: &str| {
            let text = text.trim();
            let inner = ['\'', '"']
                .iter()
                .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
            let text = inner.unwrap_or(text);
            if !text.is_empty() {
                *place = Some(text.to_owned());
            }
        };
        for word in line.split_whitespace() {
            let (name, given) = match word.strip_prefix("--") {
                Some(option) => option.split_once('=').unwrap_or((option, "")),
                None => (word, ""),
            };
            let Some(option) = wanted_option(name) else {
                continue;
            };
            let at = offset(line, word);
            ends(place, &line[begins..at]);
            begins = at + word.len() - given.len();
            place = option(&mut wanted);
        }
        ends(place, &line[begins..]);
        wanted
    }

    /// What it is that is wanted.
    pub(super) fn kind(&self, files: &dyn Files) -> Result<Kind<'_>, Untried> {
        let Some(what) = self.what.as_deref() else {
            if self.weight.is_some() || self.gradients.is_some() {
                self.only(&["weight", "gradients"], "a weight")?;
                return Ok(Kind::Weight);
            }
            return Err(Untried::whole("there is nothing to try", EXAMPLES));
        };
        let path = files.typed(what);
        let ending = path.extension().and_then(|ending| ending.to_str());
        let ending = ending.unwrap_or_default().to_lowercase();
        let name = || path.to_string_lossy().into_owned();
        match files.kind(&path) {
            Ok(files::Kind::Folder) => Err(Untried::whole(
                format!("`{what}` is a folder"),
                "the name of a file in it, such as data.csv; or a formula, such as 'x^2'",
            )),
            Ok(_) | Err(_) if OF_LESSONS.contains(&ending.as_str()) => {
                self.only(&[], "a lesson")?;
                Ok(Kind::Lesson(name()))
            }
            Ok(files::Kind::File(_) | files::Kind::Other) => {
                self.only(&["target", "hidden"], "a file of data")?;
                Ok(Kind::Table(name()))
            }
            Err(_) if OF_FILES.contains(&ending.as_str()) => Err(missing(files, what, &path)),
            Err(_) => {
                self.only(&["start"], "a formula")?;
                Ok(Kind::Formula(what))
            }
        }
    }

    /// Whether no other options are given than those for such a thing.
    fn only(&self, options: &[&str], thing: &str) -> Result<(), Untried> {
        let Self {
            what: _,
            start,
            target,
            hidden,
            weight,
            gradients,
        } = self;
        let all = [
            ("start", start, "a formula, such as 'x^2+10*y^2'"),
            ("target", target, "a file of data, such as data.csv"),
            ("hidden", hidden, "a file of data, such as data.csv"),
            (
                "weight",
                weight,
                "a weight alone: --weight 3.56 --gradients 2.7,2.2",
            ),
            (
                "gradients",
                gradients,
                "a weight alone: --weight 3.56 --gradients 2.7,2.2",
            ),
        ];
        let wrong = |(name, given, _): &&(&str, &Option<String>, &str)| {
            given.is_some() && !options.contains(name)
        };
        match all.iter().find(wrong) {
            None => Ok(()),
            Some((name, _, of)) => Err(Untried::whole(
                format!("--{name} does not go with {thing}"),
                format!("it goes with {of}"),
            )),
        }
    }
}

/// The place of an option's value, by its name.
fn wanted_option(name: &str) -> Option<fn(&mut Wanted) -> &mut Option<String>> {
    Some(match name {
        "start" => |wanted| &mut wanted.start,
        "target" => |wanted| &mut wanted.target,
        "hidden" => |wanted| &mut wanted.hidden,
        "weight" => |wanted| &mut wanted.weight,
        "gradients" => |wanted| &mut wanted.gradients,
        _ => return None,
    })
}

/// There is no such file; of a path, the part is told that there is.
fn missing(files: &dyn Files, what: &str, path: &Path) -> Untried {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let advice = match folder {
        Some(folder) if files.kind(folder).is_err() => {
            format!(
                "there is no folder `{}` either; is the path right from here?",
                folder.display()
            )
        }
        Some(_) | None => {
            "is its name right, and its folder? A path begins where the tutor was started"
                .to_owned()
        }
    };
    Untried::whole(format!("there is no file `{what}`"), advice)
}
