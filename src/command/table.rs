//! Every command in one row: name, arguments, words of help, examples, completion and parsing.

use super::arguments::{Arguments, Word, choice, count, phrase};
use super::{
    Asked, Assignment, Choice, Command, Complaint, PageChoice, Place, Topic, Unit, Variable,
    Vocabulary, advise,
};
use crate::explain::{Digits, Language, Quantity};
use crate::math::expression::{Expression, Kind};
use crate::math::{Convention, Rule};

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
    /// Words that may follow the words typed so far.
    pub(super) suggest: fn(&[&str], &Vocabulary) -> Vec<String>,
    /// Reads the arguments.
    pub(super) parse: fn(&mut Arguments) -> Result<Command, Complaint>,
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
        suggest: nothing,
        parse: |arguments| Ok(Command::Step(arguments.count()?)),
    },
    Row {
        name: "back",
        short: "b",
        group: Group::Move,
        arguments: "[N] [lines|updates]",
        about: "go back as you came: by lines after next, by updates after step",
        detail: "Nothing is lost: going forward again shows the same numbers.",
        examples: &["back", "back 2", "back line", "back 2 updates"],
        suggest: |_, _| owned(&["line", "update"]),
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
        suggest: nothing,
        parse: |_| Ok(Command::Reset),
    },
    Row {
        name: "set",
        short: "",
        group: Group::Change,
        arguments: "NAME VALUE",
        about: "change a setting or a value",
        detail: "NAME is learning_rate (lr), momentum (mu), rule, convention, gradient, previous_delta, digits, or a \
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
        suggest: suggest_set,
        parse: parse_set,
    },
    Row {
        name: "show",
        short: "",
        group: Group::Look,
        arguments: "[state|weights|gradients|history|code|lesson]",
        about: "show in words where you are, or what the lesson holds",
        detail: "Without a word it shows the state: the step, every setting and the lines so far.",
        examples: &["show", "show weights", "show gradients", "show lesson"],
        suggest: |_, _| owned(&TOPICS.map(|(name, _)| name)),
        parse: parse_show,
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
        suggest: |_, _| {
            Quantity::ALL
                .into_iter()
                .map(|q| q.name().to_owned())
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
        suggest: |_, vocabulary| owned(vocabulary.branches),
        parse: parse_diff,
    },
    Row {
        name: "page",
        short: "p",
        group: Group::Learn,
        arguments: "[next|previous|N]",
        about: "open a page of the lesson",
        detail: "Opening a page prepares its example: the run starts afresh where the page says so.",
        examples: &["page next", "page 1"],
        suggest: |_, _| owned(&["next", "previous"]),
        parse: parse_page,
    },
    Row {
        name: "export",
        short: "",
        group: Group::Keep,
        arguments: "FILE [replace]",
        about: "write the branch so far to a file: .csv, .jsonl or .md",
        detail: "The rows are those of `nnmom-tutor trace`. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["export run.csv", "export run.md replace"],
        suggest: nothing,
        parse: |arguments| parse_file(arguments, Command::Export),
    },
    Row {
        name: "save",
        short: "",
        group: Group::Keep,
        arguments: "FILE [replace]",
        about: "write everything done so far as a script",
        detail: "`nnmom-tutor LESSON --script FILE` comes to the same state, bit for bit. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["save mine.txt", "save mine.txt replace"],
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
        detail: "Most keys stand for a command that can be typed as well.",
        examples: &["keys"],
        suggest: nothing,
        parse: |_| Ok(Command::Keys),
    },
    Row {
        name: "quit",
        short: "q",
        group: Group::Other,
        arguments: "",
        about: "leave the tutor",
        detail: "",
        examples: &["quit"],
        suggest: nothing,
        parse: |_| Ok(Command::Quit),
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

/// The names that `set` knows besides the parameters.
const SETTINGS: [&str; 7] = [
    "learning_rate",
    "momentum",
    "rule",
    "convention",
    "gradient",
    "previous_delta",
    "digits",
];

/// Whether a parameter of this name could not be told from a setting.
pub fn is_setting(name: &str) -> bool {
    SETTINGS.contains(&name) || Quantity::from_name(name).is_some() || name == "seed"
}

fn nothing(_: &[&str], _: &Vocabulary) -> Vec<String> {
    Vec::new()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn suggest_set(typed: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
    let names = |all: &[&str]| [owned(all), owned(&["next", "previous"])].concat();
    match typed {
        [] => [owned(&SETTINGS), vocabulary.parameters.to_vec()].concat(),
        ["rule"] => names(&Rule::ALL.map(Rule::name)),
        ["convention"] => names(&Convention::ALL.map(Convention::name)),
        ["learning_rate" | "lr" | "momentum" | "mu"] => {
            [owned(&["up", "down"]), expression_names(vocabulary)].concat()
        }
        ["digits"] => Vec::new(),
        _ => expression_names(vocabulary),
    }
}

fn parse_set(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let parameters = arguments.vocabulary.parameters;
    let known = || {
        SETTINGS
            .into_iter()
            .chain(parameters.iter().map(String::as_str))
    };
    let advice = format!(
        "`set NAME VALUE`, where NAME is one of {}",
        known().collect::<Vec<_>>().join(", ")
    );
    let word = arguments.need_name("what to set", &advice)?;
    let assignment = match word.text {
        "learning_rate" | "lr" | "eta" => {
            Assignment::LearningRate(arguments.amount("the learning rate")?)
        }
        "momentum" | "mu" => Assignment::Momentum(arguments.amount("the momentum")?),
        "rule" => Assignment::Rule(arguments.choice("rule", &Rule::ALL, Rule::name)?),
        "convention" => Assignment::Convention(arguments.choice(
            "convention",
            &Convention::ALL,
            Convention::name,
        )?),
        "gradient" | "g" => Assignment::Gradient(arguments.number("the gradient")?),
        "previous_delta" | "memory" => {
            Assignment::PreviousDelta(arguments.number("the previous delta")?)
        }
        "digits" => {
            let word = arguments.need("a number of digits", "a whole number from 1 to 15")?;
            let digits = word.text.parse().ok().and_then(Digits::new);
            Assignment::Digits(digits.ok_or_else(|| {
                word.complaint(
                    format!("`{}` digits cannot be shown", word.text),
                    "a whole number from 1 to 15",
                )
            })?)
        }
        text => match parameters
            .iter()
            .position(|name| name == text)
            .or_else(|| only_weight(text, parameters))
        {
            Some(index) => Assignment::Parameter(index, arguments.number(text)?),
            None => {
                return Err(word.complaint(
                    format!("there is no `{text}` to set"),
                    advise(text, known()),
                ));
            }
        },
    };
    Ok(Command::Set(assignment))
}

/// `w` or `weight` for a weight that has another name, where there is but one.
pub(super) fn only_weight(name: &str, parameters: &[String]) -> Option<usize> {
    (parameters.len() == 1 && matches!(name, "w" | "weight")).then_some(0)
}

fn parse_back(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let unit = |word: &Word| match word.text {
        "line" | "lines" => Some(Unit::Line),
        "update" | "updates" => Some(Unit::Update),
        _ => None,
    };
    let Some(first) = arguments.next_word() else {
        return Ok(Command::Back(1, None));
    };
    if let Some(unit) = unit(&first) {
        return Ok(Command::Back(1, Some(unit)));
    }
    let count = count(&first)?;
    let Some(second) = arguments.next_word() else {
        return Ok(Command::Back(count, None));
    };
    match unit(&second) {
        Some(unit) => Ok(Command::Back(count, Some(unit))),
        None => Err(second.complaint(
            format!("`{}` is no unit to go back by", second.text),
            "`lines` or `updates`",
        )),
    }
}

fn parse_goto(arguments: &mut Arguments) -> Result<Command, Complaint> {
    const ADVICE: &str = "a step from 0, such as `goto 3`, or `start` or `end`";
    let word = arguments.need("a place to go to", ADVICE)?;
    let place = match word.text {
        "start" => Place::Start,
        "end" => Place::End,
        text => {
            let step = text.parse().ok();
            Place::Step(step.ok_or_else(|| {
                word.complaint(format!("`{text}` is no place in the run"), ADVICE)
            })?)
        }
    };
    Ok(Command::Goto(place))
}

/// What `show` can show.
const TOPICS: [(&str, Topic); 6] = [
    ("state", Topic::State),
    ("weights", Topic::Weights),
    ("gradients", Topic::Gradients),
    ("history", Topic::History),
    ("code", Topic::Code),
    ("lesson", Topic::Lesson),
];

fn parse_show(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Show(Topic::State));
    };
    let found = TOPICS.into_iter().find(|(name, _)| *name == word.text);
    found.map(|(_, topic)| Command::Show(topic)).ok_or_else(|| {
        let advice = advise(word.text, TOPICS.map(|(name, _)| name));
        word.complaint(format!("there is no `{}` to show", word.text), advice)
    })
}

fn parse_run(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let most = arguments.take_last_count("max")?;
    let until = match arguments.next_word() {
        None => None,
        Some(word) if word.text == "until" => Some(arguments.condition()?),
        Some(word) => {
            let message = format!("`run` has no use for `{}`", word.text);
            return Err(word.complaint(message, "`run until CONDITION`, `run max N`, or both"));
        }
    };
    Ok(Command::Run(until, most))
}

fn parse_watch(arguments: &mut Arguments) -> Result<Command, Complaint> {
    match arguments.peek() {
        None => Ok(Command::Watch(None)),
        Some(word) if word.text == "off" => {
            arguments.next_word();
            Ok(Command::Unwatch)
        }
        Some(_) => {
            let rest =
                arguments.need_rest("an expression", "an expression, such as `change/gradient`")?;
            let phrase = phrase(&rest, Kind::Number, arguments.vocabulary)?;
            Ok(Command::Watch(Some(phrase)))
        }
    }
}

fn parse_unbreak(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need(
        "the number of a breakpoint",
        "`breaks` lists them with their numbers",
    )?;
    Ok(Command::Unbreak(count(&word)? as usize))
}

fn parse_rename(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let first = arguments.need("the new name", "one word, such as `rename faster`")?;
    let (old, new) = match arguments.next_word() {
        None => (None, first),
        Some(second) => (Some(first.text.to_owned()), second),
    };
    // A name is typed in scripts and written to terminals.
    if new.text.contains(|c: char| c == ';' || c.is_control()) {
        return Err(new.complaint(
            "a branch's name has no semicolons or control characters in it",
            "one word, such as `rename faster`",
        ));
    }
    Ok(Command::Rename(old, new.text.to_owned()))
}

fn parse_diff(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let first = arguments.need("the name of a branch", "`branches` lists them")?;
    let second = arguments.next_word().map(|word| word.text.to_owned());
    Ok(Command::Diff(first.text.to_owned(), second))
}

fn parse_file(
    arguments: &mut Arguments,
    make: fn(String, bool) -> Command,
) -> Result<Command, Complaint> {
    let replace = arguments.take_last("replace");
    let path = arguments.need_rest("the name of a file", "a name such as run.csv")?;
    Ok(make(path.text.to_owned(), replace))
}

fn parse_source(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let path = arguments.need_rest("the name of a file", "a file with commands in it")?;
    Ok(Command::Source(path.text.to_owned()))
}

fn expression_names(vocabulary: &Vocabulary) -> Vec<String> {
    super::phrase::names(vocabulary)
}

fn parse_why(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let vocabulary = arguments.vocabulary;
    let Some(rest) = arguments.rest() else {
        return Ok(Command::Why(Asked::Last));
    };
    let mut words = rest.text.split_whitespace();
    let (first, second, third) = (words.next().unwrap_or(""), words.next(), words.next());
    let is_parameter = |name: &str| vocabulary.parameters.iter().any(|known| known == name);
    if is_parameter(rest.text) {
        return Ok(Command::Why(Asked::Quantity(Quantity::After)));
    }
    if let (Some(quantity), None) = (Quantity::from_name(first), third)
        && second.is_none_or(is_parameter)
    {
        return Ok(Command::Why(Asked::Quantity(quantity)));
    }
    let phrase = phrase(&rest, Kind::Number, vocabulary)?;
    Ok(Command::Why(match phrase.expression {
        Expression::Name(Variable::Quantity(quantity, _)) => Asked::Quantity(quantity),
        _ => Asked::Phrase(phrase),
    }))
}

fn parse_code(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let language = match arguments.next_word() {
        None => Choice::Next,
        Some(word) => choice(&word, "language", &Language::ALL, Language::name)?,
    };
    Ok(Command::Code(language))
}

fn parse_page(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Page(PageChoice::Current));
    };
    let pages = arguments.vocabulary.pages;
    let page = match word.text {
        "next" => PageChoice::Next,
        "previous" => PageChoice::Previous,
        text => {
            let number = text
                .parse()
                .ok()
                .filter(|number| (1..=pages).contains(number));
            PageChoice::Number(number.ok_or_else(|| {
                word.complaint(
                    format!("there is no page `{text}`"),
                    format!("a number from 1 to {pages}, or `next` or `previous`"),
                )
            })?)
        }
    };
    Ok(Command::Page(page))
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
        };
        for row in TABLE.iter().filter(|row| row.name != "set") {
            for word in (row.suggest)(&[], &vocabulary) {
                let line = match (row.name, word.as_str()) {
                    ("run", "until") => "run until step > 1".to_owned(),
                    ("run", _) => "run max 1".to_owned(),
                    ("break", word) => format!("break {word} > 1"),
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
