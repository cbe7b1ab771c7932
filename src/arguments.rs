//! The words of the command line before they are read: in an order, and with signs, that options can be told by.

use std::ffi::OsString;

use clap::Command;

/// Arguments as `program` reads them: the options of a subcommand may stand before it, and a formula may begin with a minus.
pub fn tidied(arguments: Vec<OsString>, program: &Command) -> Vec<OsString> {
    with_formulas(in_order(arguments, program))
}

/// The same arguments with what stands before the name of a subcommand after it, where its own options are known. Who
/// asks for the version gets it.
fn in_order(mut arguments: Vec<OsString>, program: &Command) -> Vec<OsString> {
    let named = |command: &Command, option: &str| {
        let mut options = command.get_arguments();
        let found = options.find(|known| {
            let long = option.strip_prefix("--");
            let is_long = long.is_some() && long == known.get_long();
            let is_short =
                known.get_short().map(|short| format!("-{short}")) == Some(option.into());
            is_long || is_short
        });
        found.map(|known| known.get_action().takes_values())
    };
    let takes_value = |option: &str, next: Option<&OsString>| {
        // Of a subcommand that knows it without a value, it stands before the name.
        let next = next.and_then(|next| program.find_subcommand(next));
        if next.is_some_and(|next| named(next, option) == Some(false)) {
            return false;
        }
        let mut commands = program.get_subcommands().chain([program]);
        commands.any(|command| named(command, option) == Some(true))
    };
    let mut place = 1;
    while let Some(text) = arguments.get(place).and_then(|argument| argument.to_str()) {
        if matches!(text, "--" | "--version" | "-V") {
            break;
        } else if text.starts_with('-') {
            place += 1 + usize::from(takes_value(text, arguments.get(place + 1)));
        } else {
            if program.find_subcommand(text).is_some() {
                arguments[1..=place].rotate_right(1);
            }
            break;
        }
    }
    arguments
}

/// The same arguments, where what is tried may be a formula that begins with a minus sign: a blank before it tells it from
/// an option.
fn with_formulas(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let tries = arguments.get(1).is_some_and(|name| name == "try");
    for argument in arguments.iter_mut().skip(2).filter(|_| tries) {
        let text = argument.to_string_lossy();
        let begins =
            |text: &str| text.starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '.');
        let is_option = ["c", "h", "V"].iter().any(|letter| {
            let rest = text
                .strip_prefix('-')
                .and_then(|text| text.strip_prefix(letter));
            rest.is_some_and(|rest| {
                rest.is_empty() || (*letter == "c" && !text.starts_with("-cos("))
            })
        });
        if !is_option && text.strip_prefix('-').is_some_and(begins) {
            *argument = format!(" {text}").into();
        }
    }
    arguments
}
