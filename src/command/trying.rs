//! Reading the commands that try several settings.

use super::arguments::{Arguments, Word};
use super::readers::owned;
use super::setting::setting_name;
use super::{Command, Comparing, Complaint, Spaced, Sweeping, Vocabulary, advise};
use crate::explain::{Digits, number};
use crate::math::Rule;
use crate::math::expression::{Decimal, constant_in};
use crate::timeline::{Change, Swept};

/// More runs than this side by side are not told apart.
const MOST_COMPARED: usize = 8;
/// More runs than this take too long, and have no room on a screen.
const MOST_CELLS: usize = 10_000;

/// The settings whose values can be compared.
const COMPARED: [&str; 3] = ["momentum", "learning_rate", "rule"];

pub(super) fn suggest_compare(typed: &[&str], _: &Vocabulary) -> Vec<String> {
    match typed {
        [] => owned(COMPARED),
        ["rule", ..] => owned(Rule::ALL.map(Rule::name)),
        _ => Vec::new(),
    }
}

pub(super) fn parse_compare(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(name) = arguments.next_word() else {
        return Ok(Command::Compare(None));
    };
    let most = arguments.take_last_count("max")?;
    let mut settings = Vec::new();
    let mut until = None;
    while let Some(word) = arguments.next_word() {
        if word.text == "until" {
            until = Some(arguments.condition()?);
            break;
        }
        settings.push(setting(&name, &word, arguments.vocabulary.decimal)?);
    }
    if settings.len() < 2 || settings.len() > MOST_COMPARED {
        return Err(name.complaint(
            format!("`compare` takes from two to {MOST_COMPARED} values"),
            "for example `compare momentum 0 0.5 0.9`",
        ));
    }
    Ok(Command::Compare(Some(Comparing {
        settings,
        until,
        most,
    })))
}

/// A setting by its name and the word for its value, and what a branch is called that has it.
fn setting(name: &Word, word: &Word, mark: Decimal) -> Result<(Change, String), Complaint> {
    let amount = |name: &str, change: fn(f64) -> Change| {
        let value = constant_in(mark, word.text).map_err(|mistake| word.mistaken(mistake))?;
        let value = Some(value).filter(|value| *value >= 0.0);
        let advice = "numbers such as 0.5, with blanks between them";
        let value = word.read(|_| value, "`{}` is no number of 0 or more", advice)?;
        let shown = number::display(value, Digits::usual(mark));
        Ok((change(value), format!("{name}={shown}")))
    };
    match setting_name(name.text) {
        "momentum" => amount("momentum", Change::Momentum),
        "learning_rate" => amount("learning_rate", Change::LearningRate),
        "rule" => {
            let rules = Rule::ALL.map(|rule| (rule.name(), rule));
            let advice = advise(word.text, Rule::ALL.map(Rule::name));
            let rule = word.one_of(&rules, "there is no rule `{}`", advice)?;
            Ok((Change::Rule(rule), format!("rule={}", rule.name())))
        }
        other => Err(name.complaint(
            format!("`{other}` cannot be compared"),
            advise(other, COMPARED),
        )),
    }
}

pub(super) fn suggest_sweep(typed: &[&str], _: &Vocabulary) -> Vec<String> {
    let moves = ["open", "left", "right", "up", "down"];
    match typed {
        [] => [owned(&COMPARED[..2]), owned(moves)].concat(),
        _ => Vec::new(),
    }
}

pub(super) fn parse_sweep(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let moved = |across, up| Ok(Command::Sweep(Sweeping::Move { across, up }));
    let Some(first) = arguments.next_word() else {
        return Ok(Command::Sweep(Sweeping::Show));
    };
    match first.text {
        "open" => return Ok(Command::Sweep(Sweeping::Open)),
        "left" => return moved(-1, 0),
        "right" => return moved(1, 0),
        "up" => return moved(0, 1),
        "down" => return moved(0, -1),
        _ => {}
    }
    let most = arguments.take_last_count("max")?;
    let mut axes = vec![axis(&first, arguments)?];
    let mut until = None;
    while let Some(word) = arguments.next_word() {
        if word.text == "until" {
            until = Some(arguments.condition()?);
            break;
        }
        let axis = axis(&word, arguments)?;
        if axes.len() == 2 || axes[0].0 == axis.0 {
            return Err(word.complaint(
                "a sweep goes through one setting or two different ones",
                "for example `sweep momentum 0..0.95/20 learning_rate 0.01..1/20`",
            ));
        }
        axes.push(axis);
    }
    let cells: usize = axes.iter().map(|(_, spaced)| spaced.count).product();
    if cells > MOST_CELLS {
        return Err(first.complaint(
            format!("these would be {cells} runs, and {MOST_CELLS} are the most"),
            "fewer values, such as 0..0.95/20",
        ));
    }
    Ok(Command::Sweep(Sweeping::Begin { axes, until, most }))
}

/// A setting and the range of its values: `momentum 0..0.95/20`, or with `=` between them.
fn axis(name: &Word, arguments: &mut Arguments) -> Result<(Swept, Spaced), Complaint> {
    let (setting, range) = match name.text.split_once('=') {
        Some((setting, range)) => (setting, Some(range)),
        None => (name.text, None),
    };
    let swept = match setting_name(setting) {
        "momentum" => Swept::Momentum,
        "learning_rate" => Swept::LearningRate,
        other => {
            return Err(name.complaint(
                format!("`{other}` cannot be swept"),
                advise(other, Swept::ALL.map(Swept::name)),
            ));
        }
    };
    let (text, start) = if let Some(range) = range {
        (range, name.span.end - range.len())
    } else {
        let word = arguments.need("a range of values", "FIRST..LAST/COUNT, such as 0..0.95/20")?;
        (word.text, word.span.start)
    };
    let spaced = Spaced::read(arguments.vocabulary.decimal, text)
        .map_err(|complaint| complaint.shifted(start))?;
    Ok((swept, spaced))
}
