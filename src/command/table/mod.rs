//! Every command in one row: name, arguments, words of help, examples, completion and parsing. A file for each group.

mod branching;
mod changing;
mod keeping;
mod learning;
mod looking;
mod moving;
mod stopping;
mod telling;

use std::sync::LazyLock;

use super::arguments::{Arguments, Word};
use super::readers::owned;
use super::setting::{SETTINGS, setting_name};
use super::{Command, Complaint, Vocabulary};

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
#[derive(Clone, Copy)]
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
    /// Lines that can be typed as they stand, where there are others than its name.
    examples: &'static [&'static str],
    /// How its arguments can be completed.
    pub(super) completes: Completes,
    /// Reads the arguments.
    pub(super) parse: fn(&mut Arguments) -> Result<Command, Complaint>,
}

/// Words that may follow the words typed so far.
type Suggest = fn(&[&str], &Vocabulary) -> Vec<String>;

/// How the arguments of a command can be completed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Completes {
    Nothing,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// So many words.
    Words(usize, Suggest),
    /// The name of a file, or one of the words suggested.
    File(Suggest),
}

impl Row {
    /// What rows leave unsaid.
    const BLANK: Self = Self {
        name: "",
        short: "",
        group: Group::Other,
        arguments: "",
        about: "",
        detail: "",
        examples: &[],
        completes: Completes::Nothing,
        parse: |_| unreachable!("every row reads its arguments"),
    };

    /// Words that may follow the words typed so far.
    pub(super) fn suggest(&self, typed: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
        match self.completes {
            Completes::OneOf(words) if typed.is_empty() => owned(words),
            Completes::Words(most, suggest) if typed.len() < most => suggest(typed, vocabulary),
            Completes::File(suggest) if typed.is_empty() => suggest(typed, vocabulary),
            Completes::Nothing
            | Completes::OneOf(_)
            | Completes::Words(..)
            | Completes::File(_) => Vec::new(),
        }
    }

    /// Lines that can be typed as they stand.
    pub fn examples(&self) -> &[&'static str] {
        if self.examples.is_empty() {
            std::slice::from_ref(&self.name)
        } else {
            self.examples
        }
    }

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

/// The rows of each group, in the order of lists.
pub(super) const GROUPS: [(Group, &[Row]); 8] = [
    (Group::Move, moving::ROWS),
    (Group::Change, changing::ROWS),
    (Group::Look, looking::ROWS),
    (Group::Stop, stopping::ROWS),
    (Group::WhatIf, branching::ROWS),
    (Group::Learn, learning::ROWS),
    (Group::Keep, keeping::ROWS),
    (Group::Other, telling::ROWS),
];

/// The commands.
pub static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let of_group =
        |(group, rows): (Group, &'static [Row])| rows.iter().map(move |row| Row { group, ..*row });
    GROUPS.into_iter().flat_map(of_group).collect()
});

/// The row called `word`: by name, by short name, or by first letters that only one name has. Shells have taught
/// people to leave with `exit`.
pub(super) fn find(word: &Word) -> Result<&'static Row, Complaint> {
    let text = match word.text {
        "exit" => "quit",
        text => text,
    };
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
        [] if SETTINGS.contains(&setting_name(text)) => Err(word.complaint(
            format!("there is no command `{text}`"),
            format!("`set {text}` and a value changes it"),
        )),
        [] => {
            let near = super::meant(text, TABLE.iter().map(|row| row.name));
            let advice = near.unwrap_or_else(|| "`help` lists the commands".to_owned());
            Err(word.complaint(format!("there is no command `{text}`"), advice))
        }
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
