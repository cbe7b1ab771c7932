//! Reading the arguments of each command, and suggesting what they could be.

use super::arguments::{Arguments, Names, Word, choice, count, phrase, whole};
pub(super) use super::phrase::names as expression_names;
use super::picture::{parse_picture, picture_called};
use super::{
    Aim, Choice, Command, Complaint, Destination, Leaving, PageChoice, Picture, Predicting,
    ProgressAction, ScreenAction, ShowTopic, Subject, Unit, Variable, Vocabulary, Way, advise,
};
use crate::explain::{Language, Quantity, acts};
use crate::math::expression::{Expression, Kind};

pub(super) fn nothing(_: &[&str], _: &Vocabulary) -> Vec<String> {
    Vec::new()
}

pub(super) fn owned(words: impl IntoIterator<Item: AsRef<str>>) -> Vec<String> {
    let words = words.into_iter();
    words.map(|word| word.as_ref().to_owned()).collect()
}

pub(super) fn names_of<T>(names: Names<T>) -> Vec<String> {
    owned(names.iter().map(|(name, _)| name))
}

pub(super) fn parse_pin(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.next_word();
    word.map(|word| branch_name(&word))
        .transpose()
        .map(Command::Pin)
}

/// A name for a branch.
fn branch_name(word: &Word) -> Result<String, Complaint> {
    // It is typed in scripts and written to terminals.
    if word.text.contains(|c| c == ';' || acts(c)) {
        return Err(word.complaint(
            "a branch's name has no semicolons or control characters in it",
            "one word, such as `rename faster`",
        ));
    }
    Ok(word.text.to_owned())
}

/// What moves are counted in.
const UNITS: Names<Unit> = &[
    ("line", Unit::Line),
    ("lines", Unit::Line),
    ("update", Unit::Update),
    ("updates", Unit::Update),
    ("epoch", Unit::Epoch),
    ("epochs", Unit::Epoch),
];

pub(super) fn parse_back(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(first) = arguments.next_word() else {
        return Ok(Command::Back(1, None));
    };
    if let Some(unit) = first.among(UNITS) {
        return Ok(Command::Back(1, Some(unit)));
    }
    let count = count(&first)?;
    let otherwise = "`{}` is no unit to go back by";
    let advice = "`lines`, `updates` or `epochs`";
    let unit = arguments
        .next_word()
        .map(|word| word.one_of(UNITS, otherwise, advice));
    Ok(Command::Back(count, unit.transpose()?))
}

/// The ways to look at another parameter, besides its name.
const AIMS: Names<Aim> = &[
    ("next", Aim::Next),
    ("previous", Aim::Previous),
    ("up", Aim::Up),
    ("down", Aim::Down),
    ("left", Aim::Left),
    ("right", Aim::Right),
];

pub(super) fn suggest_focus(_: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
    [vocabulary.parameters.to_vec(), names_of(AIMS)].concat()
}

pub(super) fn parse_focus(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let vocabulary = arguments.vocabulary;
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Focus(Aim::Next));
    };
    let parameter = |name: &str| vocabulary.parameter(name).map(Aim::Parameter);
    let aim = word.among(AIMS).or_else(|| parameter(word.text));
    aim.map(Command::Focus).ok_or_else(|| {
        let message = format!("there is no parameter `{}`", word.text);
        word.complaint(message, advise_parameter(word.text, vocabulary))
    })
}

/// Which parameter may have been meant; of many, only a few are named.
fn advise_parameter(wrong: &str, vocabulary: &Vocabulary) -> String {
    /// A longer list is not read.
    const MOST: usize = 12;
    let names = vocabulary.parameters.iter().map(String::as_str);
    if vocabulary.parameters.len() <= MOST {
        return advise(wrong, names);
    }
    let (first, last) = (names.clone().next(), names.clone().next_back());
    super::meant(wrong, names).unwrap_or_else(|| {
        let (first, last) = (first.unwrap_or(""), last.unwrap_or(""));
        format!("a name from `{first}` to `{last}`")
    })
}

pub(super) fn parse_goto(arguments: &mut Arguments) -> Result<Command, Complaint> {
    const ADVICE: &str = "a step from 0, such as `goto 3`, or `start` or `end`";
    let word = arguments.need("a place to go to", ADVICE)?;
    let place = |text: &str| match text {
        "start" => Some(Destination::Start),
        "end" => Some(Destination::End),
        step => whole(step).map(Destination::Step),
    };
    let place = word.read(place, "`{}` is no place in the run", ADVICE);
    place.map(Command::Goto)
}

/// What `show` can show.
pub(super) fn topics() -> Vec<(&'static str, ShowTopic)> {
    let pictures = Picture::ALL.map(|picture| (picture.name(), ShowTopic::Picture(picture)));
    let others = [
        ("state", ShowTopic::State),
        ("gradients", ShowTopic::Gradients),
        ("code", ShowTopic::Code),
        ("lesson", ShowTopic::Lesson),
    ];
    [&others[..], &pictures].concat()
}

/// What `view` can bring into view besides the pictures, and what of it `show` would say.
const PANES: Names<ShowTopic> = &[
    ("lesson", ShowTopic::Lesson),
    ("update", ShowTopic::State),
    ("code", ShowTopic::Code),
];

/// The words that may follow `view`.
pub(super) fn view_names() -> Vec<&'static str> {
    let panes = PANES.iter().map(|(name, _)| *name);
    let pictures = Picture::ALL.map(Picture::name);
    let ways = ["next", "previous", "picture", "whole"];
    panes.chain(pictures).chain(ways).collect()
}

/// So many lines are scrolled where no number is given.
const SCROLL: u64 = 3;

pub(super) fn parse_view(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let names = view_names();
    let advice = format!("one of {}", names.join(", "));
    let word = arguments.need("the name of a view", &advice)?;
    if word.text == "picture" {
        return parse_picture(arguments);
    }
    if word.text == "whole" {
        return Ok(Command::Screen(ScreenAction::Whole));
    }
    if let Some(picture) = picture_called(word.text) {
        return Ok(Command::Picture(Choice::This(picture)));
    }
    let view = match word.text {
        "next" => Choice::Next,
        "previous" => Choice::Previous,
        text => Choice::This(word.one_of(PANES, "there is no view `{}`", advise(text, names))?),
    };
    Ok(Command::Screen(ScreenAction::View(view)))
}

pub(super) fn parse_scroll(arguments: &mut Arguments) -> Result<Command, Complaint> {
    const ADVICE: &str = "`scroll down`, `scroll up`, or so many lines, such as `scroll down 10`";
    let word = arguments.need("which way to scroll", ADVICE)?;
    if word.text == "wrong" {
        return Ok(Command::Screen(ScreenAction::ScrollToWrong));
    }
    let ways = [("down", Way::Down), ("up", Way::Up)];
    let way = word.one_of(&ways, "`{}` is no way to scroll", ADVICE)?;
    let lines = arguments.next_word().map(|word| count(&word)).transpose()?;
    let lines = lines.unwrap_or(SCROLL) as usize;
    Ok(Command::Screen(ScreenAction::Scroll(way, lines)))
}

pub(super) fn parse_quit(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let leaving = arguments.one_of(
        Leaving::Here,
        &[("tutor", Leaving::Tutor)],
        "`quit` has no use for `{}`",
        "`quit` alone, or `quit tutor`",
    );
    leaving.map(Command::Quit)
}

pub(super) fn parse_mouse(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let taken = arguments.one_of(
        None,
        &[("on", Some(true)), ("off", Some(false))],
        "the mouse cannot be `{}`",
        "`mouse on`, `mouse off`, or `mouse` alone",
    );
    taken.map(|taken| Command::Screen(ScreenAction::Mouse(taken)))
}

/// What `copy` can copy.
fn copied() -> Vec<(&'static str, ShowTopic)> {
    let pictures = Picture::ALL.map(|picture| (picture.name(), ShowTopic::Picture(picture)));
    [PANES, &pictures].concat()
}

pub(super) fn suggest_copy(_: &[&str], _: &Vocabulary) -> Vec<String> {
    names_of(&copied())
}

pub(super) fn parse_copy(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let topics = copied();
    let word = arguments.next_word();
    let topic = word.map(|word| {
        let advice = advise(word.text, topics.iter().map(|(name, _)| *name));
        word.one_of(&topics, "there is no `{}` to copy", advice)
    });
    topic
        .transpose()
        .map(|topic| Command::Screen(ScreenAction::Copy(topic)))
}

pub(super) fn parse_show(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Show(ShowTopic::State));
    };
    let topics = topics();
    let advice = advise(word.text, topics.iter().map(|(name, _)| *name));
    let topic = word.one_of(&topics, "there is no `{}` to show", advice);
    topic.map(Command::Show)
}

pub(super) fn parse_run(arguments: &mut Arguments) -> Result<Command, Complaint> {
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

pub(super) fn parse_watch(arguments: &mut Arguments) -> Result<Command, Complaint> {
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

pub(super) fn parse_rename(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let first = arguments.need("the new name", "one word, such as `rename faster`")?;
    let (old, new) = match arguments.next_word() {
        None => (None, first),
        Some(second) => (Some(first.text.to_owned()), second),
    };
    Ok(Command::Rename(old, branch_name(&new)?))
}

pub(super) fn parse_diff(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let first = arguments.need("the name of a branch", "`branches` lists them")?;
    let second = arguments.next_word().map(|word| word.text.to_owned());
    Ok(Command::Diff(first.text.to_owned(), second))
}

/// `progress`, `progress reset`, `progress reset LESSON`, and the last two with `yes`.
pub(super) fn parse_progress(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let otherwise = "`progress` has no use for `{}`";
    let advice = "`progress`, or `progress reset` to forget a lesson, or everything";
    let resets = arguments.one_of(false, &[("reset", true)], otherwise, advice)?;
    let agreed = arguments.take_last("yes");
    let lesson = arguments.rest().map(|word| word.text.to_owned());
    Ok(Command::Progress(match (resets, agreed) {
        (false, _) => ProgressAction::Show,
        (true, false) => ProgressAction::AskReset(lesson),
        (true, true) => ProgressAction::Reset(lesson),
    }))
}

pub(super) fn parse_predict(arguments: &mut Arguments) -> Result<Command, Complaint> {
    const ADVICE: &str = "`predict on`, `predict fade` or `predict off`";
    let word = arguments.need("`on`, `fade` or `off`", ADVICE)?;
    let modes = [
        ("on", Predicting::On),
        ("fade", Predicting::Fading),
        ("off", Predicting::Off),
    ];
    let mode = word.one_of(&modes, "`predict` has no use for `{}`", ADVICE);
    mode.map(Command::Predict)
}

pub(super) fn parse_file(
    arguments: &mut Arguments,
    make: fn(String, bool) -> Command,
) -> Result<Command, Complaint> {
    let replace = arguments.take_last("replace");
    let path = arguments.need_rest("the name of a file", "a name such as run.csv")?;
    Ok(make(path.text.to_owned(), replace))
}

/// Reads the name of a lesson file that is to be written. Who wants to go to a lesson means another command.
pub(super) fn parse_lesson(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let replace = arguments.take_last("replace");
    let advice = "a name such as mine.yaml; `lessons` lists the lessons of the course";
    let path = arguments.need_rest("the name of a file", advice)?;
    let is_lesson = [".yaml", ".yml"]
        .iter()
        .any(|ending| path.text.ends_with(ending));
    if is_lesson {
        return Ok(Command::Write(path.text.to_owned(), replace));
    }
    let message = format!(
        "`{}` is no name for a lesson file, which ends with .yaml",
        path.text
    );
    let advice = format!("did you mean `open {}`?", path.text);
    Err(path.complaint(message, advice))
}

pub(super) fn parse_why(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let vocabulary = arguments.vocabulary;
    let Some(rest) = arguments.rest() else {
        return Ok(Command::Why(Subject::Last));
    };
    let mut words = rest.text.split_whitespace();
    let (first, second, third) = (words.next().unwrap_or(""), words.next(), words.next());
    let is_parameter = |name: &str| vocabulary.parameter(name).is_some();
    if is_parameter(rest.text) {
        return Ok(Command::Why(Subject::Quantity(Quantity::After)));
    }
    if let (Some(quantity), None) = (Quantity::meant(first), third)
        && second.is_none_or(is_parameter)
    {
        return Ok(Command::Why(Subject::Quantity(quantity)));
    }
    let phrase = phrase(&rest, Kind::Number, vocabulary)?;
    Ok(Command::Why(
        if let Expression::Name(Variable::Quantity(quantity, _)) = phrase.expression {
            Subject::Quantity(quantity)
        } else {
            Subject::Phrase(phrase)
        },
    ))
}

pub(super) fn parse_code(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let language = match arguments.next_word() {
        None => Choice::Next,
        Some(word) => choice(&word, "language", &Language::ALL, Language::name)?,
    };
    Ok(Command::Code(language))
}

pub(super) fn parse_page(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Page(PageChoice::Current));
    };
    let pages = arguments.vocabulary.pages;
    let number = |text: &str| whole(text).filter(|n| (1..=pages).contains(n));
    let page = |text: &str| match text {
        "next" => Some(PageChoice::Next),
        "previous" => Some(PageChoice::Previous),
        text => number(text).map(PageChoice::Number),
    };
    let advice = format!("a number from 1 to {pages}, or `next` or `previous`");
    let page = word.read(page, "there is no page `{}`", advice);
    page.map(Command::Page)
}
