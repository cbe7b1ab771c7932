//! The settings: their names, and reading what one is to be, for `set` from here on and for `turn` throughout.

use super::arguments::{Arguments, whole};
use super::readers::{expression_names, owned};
use super::{Assignment, Command, Complaint, Theme, Vocabulary, advise};
use crate::explain::{Digits, Quantity};
use crate::math::{Convention, Rule};

/// The names that `set` knows besides the parameters.
pub(super) const SETTINGS: [&str; 9] = [
    "learning_rate",
    "momentum",
    "rule",
    "convention",
    "gradient",
    "previous_delta",
    "digits",
    "seed",
    "theme",
];

/// What a setting is called that somebody means by a name or by its symbol.
pub(super) fn setting_name(typed: &str) -> &str {
    let quantity = Quantity::meant(typed);
    quantity.map_or(typed, |quantity| quantity.key())
}

/// Whether a parameter of this name could not be told from a setting.
pub fn is_setting(name: &str) -> bool {
    SETTINGS.contains(&name) || Quantity::from_name(name).is_some()
}

pub(super) fn suggest_set(typed: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
    let names = |all: &[&str]| [owned(all), owned(["next", "previous"])].concat();
    match typed {
        [] => [owned(SETTINGS), vocabulary.parameters.to_vec()].concat(),
        ["rule"] => names(&Rule::ALL.map(Rule::name)),
        ["convention"] => names(&Convention::ALL.map(Convention::name)),
        ["learning_rate" | "lr" | "momentum" | "mu"] => {
            [owned(["up", "down"]), expression_names(vocabulary)].concat()
        }
        ["theme"] => owned(Theme::ALL.map(Theme::name)),
        ["digits" | "seed"] => Vec::new(),
        _ => expression_names(vocabulary),
    }
}

pub(super) fn parse_set(arguments: &mut Arguments) -> Result<Command, Complaint> {
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
    let name = match arguments.vocabulary.parameter(word.text) {
        Some(_) => word.text,
        None => setting_name(word.text),
    };
    if let Some(knob) = knob(name, arguments) {
        return knob.map(Command::Set);
    }
    let assignment = match name {
        "convention" => Assignment::Convention(arguments.choice(
            "convention",
            &Convention::ALL,
            Convention::name,
        )?),
        "gradient" => Assignment::Gradient(arguments.number("the gradient")?),
        "previous_delta" => Assignment::PreviousDelta(arguments.number("the previous delta")?),
        "digits" => {
            let word = arguments.need("a number of digits", "a whole number from 1 to 15")?;
            let digits = |text: &str| whole(text).and_then(Digits::new);
            let otherwise = "`{}` digits cannot be shown";
            Assignment::Digits(word.read(digits, otherwise, "a whole number from 1 to 15")?)
        }
        "theme" => {
            let word = arguments.need("a theme", "auto, dark, light or mono")?;
            let otherwise = "there is no theme `{}`";
            let advice = advise(word.text, Theme::ALL.map(Theme::name));
            Assignment::Theme(word.read(Theme::named, otherwise, &advice)?)
        }
        "seed" => {
            let word = arguments.need("the seed", "a whole number, such as 3")?;
            let advice = "a whole number from 0, such as 3";
            Assignment::Seed(word.read(whole, "`{}` is no seed", advice)?)
        }
        _ => {
            let text = word.text;
            let index = arguments.vocabulary.parameter(text).ok_or_else(|| {
                let message = format!("there is no `{text}` to set");
                word.complaint(message, advise(text, known()))
            })?;
            Assignment::Parameter(index, arguments.number(text)?)
        }
    };
    Ok(Command::Set(assignment))
}

/// The settings that can be turned: those of the whole run.
const KNOBS: [&str; 3] = ["momentum", "learning_rate", "rule"];

/// What one of them is to be; `None` for another name.
fn knob(name: &str, arguments: &mut Arguments) -> Option<Result<Assignment, Complaint>> {
    Some(match name {
        "learning_rate" => (arguments.amount("the learning rate")).map(Assignment::LearningRate),
        "momentum" => arguments.amount("the momentum").map(Assignment::Momentum),
        "rule" => (arguments.choice("rule", &Rule::ALL, Rule::name)).map(Assignment::Rule),
        _ => return None,
    })
}

pub(super) fn suggest_turn(typed: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
    match typed {
        [] => owned(KNOBS),
        [name] if KNOBS.contains(&setting_name(name)) => suggest_set(typed, vocabulary),
        _ => Vec::new(),
    }
}

pub(super) fn parse_turn(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need_name(
        "what to turn",
        "`turn momentum up`, `turn learning_rate 0.1` or `turn rule next`",
    )?;
    let turned = knob(setting_name(word.text), arguments);
    turned.map_or_else(
        || {
            let is_set = SETTINGS.contains(&setting_name(word.text))
                || arguments.vocabulary.parameter(word.text).is_some();
            let advice = if is_set {
                format!("`set {}` and a value changes it from here on", word.text)
            } else {
                advise(word.text, KNOBS)
            };
            Err(word.complaint(format!("`{}` is no knob to turn", word.text), advice))
        },
        |knob| knob.map(Command::Turn),
    )
}
