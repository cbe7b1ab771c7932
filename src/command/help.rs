//! Help, made from the tables.

use super::keys::{BINDINGS, Binding, Deed, Occasion, On, hints, key_label, meant_key};
use super::table::{GROUPS, Row};
use super::{Column, Effect, Picture, Plotted};
use crate::explain::{Line, Role, Text, capital, series};

/// Every command, by group.
pub fn commands_help() -> Text {
    let mut lines = Vec::new();
    for (group, rows) in GROUPS {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        lines.push(Line::new().with(group.title(), Role::Heading));
        lines.extend((rows.iter()).flat_map(|row| entry(&with_short(row), row.about)));
    }
    lines.push(Line::new());
    lines.push(Line::new().with(
        "`help COMMAND` tells more, `keys` lists the keys.",
        Role::Muted,
    ));
    lines.into()
}

/// One command in full.
pub fn row_help(row: &Row) -> Text {
    let mut lines = vec![
        Line::new().with(row.usage(), Role::Code),
        Line::plain(capital(row.about) + "."),
    ];
    if !row.detail.is_empty() {
        lines.push(Line::plain(filled(row.detail)));
    }
    if !row.short.is_empty() {
        lines.push(Line::plain("Short: ").with(row.short, Role::Code));
    }
    lines.push(Line::new());
    lines.extend(
        row.examples()
            .iter()
            .map(|example| Line::plain("  ").with(*example, Role::Code)),
    );
    lines.into()
}

/// What is told of a command, with the lists that other tables fill in.
fn filled(detail: &str) -> String {
    detail
        .replace("{pictures}", &Picture::listed())
        .replace("{columns}", &series(Column::all().map(Column::name), "or"))
        .replace(
            "{plotted}",
            &series(Plotted::all().map(Plotted::name), "or"),
        )
}

/// Every key; where they are `typed` by their names, those that do something there, and no picture's own.
pub fn keys_help(typed: bool) -> Text {
    let mut lines = Vec::new();
    let is_told = |binding: &&Binding| {
        let does = |effect: Effect| !matches!(effect, Effect::Screen | Effect::Leaves);
        let command = binding.deed.command();
        !typed
            || !matches!(binding.on, On::Picture(_))
                && !binding.keys[0].starts_with("Ctrl-")
                && command.is_some_and(|command| does(command.effect()))
    };
    for binding in BINDINGS.iter().filter(is_told) {
        // What a key does on the page, it need not be told to do beside a question, too.
        let is_of_page = |other: &&Binding| other.on == On::Lesson && other.deed == binding.deed;
        let is_command =
            binding.deed.command().is_some() && !BINDINGS.iter().any(|other| is_of_page(&other));
        let about = if let On::Picture(picture) = binding.on {
            format!("{}, {}", binding.about, picture.place())
        } else if binding.on == On::Lesson {
            binding.about.to_owned()
        } else if binding.on == On::Question && is_command {
            format!("{}, while a question is asked", binding.about)
        } else {
            continue;
        };
        let mut rows = entry(&binding.keys.join("  "), &about);
        if let (Deed::Command(command), Some(row)) = (binding.deed, rows.last_mut()) {
            row.push(format!("  ({command})"), Role::Muted);
        }
        lines.extend(rows);
    }
    lines.push(Line::new());
    if typed {
        lines.push(Line::plain(
            "What stands in parentheses can be typed instead of the key. `help` lists the commands.",
        ));
        return lines.into();
    }
    lines.push(Line::plain(
        "What stands in parentheses can be typed instead of the key, after : or where a question is answered.",
    ));
    lines.push(Line::plain(
        "The mouse wheel scrolls the pane it is over. Hold Shift to select text.",
    ));
    lines.push(Line::plain(
        "`help` lists the commands; open the bar with : and type it.",
    ));
    lines.into()
}

/// The keys that count in a place, each with what it does; nothing of those that no list tells of.
pub fn keys_of(on: On) -> Vec<Line> {
    let here = BINDINGS.iter().filter(|binding| binding.on == on);
    let told = here.filter(|binding| !binding.about.is_empty());
    told.flat_map(|binding| {
        let labels: Vec<&str> = binding.keys.iter().map(|key| key_label(key)).collect();
        entry(&labels.join("  "), binding.about)
    })
    .collect()
}

/// What is said to a key that does nothing in a place: why it came out as another than was meant, where that is so; else
/// what does something there.
pub fn nothing_here(name: &str, on: On, occasion: Occasion) -> String {
    meant_key(name, on).unwrap_or_else(|| dead_key(name, on, occasion))
}

/// What does something in a place, in a row of the smallest screen.
fn dead_key(name: &str, on: On, occasion: Occasion) -> String {
    const WIDEST: usize = 57;
    let mut said = format!("{name} does nothing here.");
    for (nth, (keys, word)) in hints(on, occasion).into_iter().enumerate() {
        let labels: Vec<&str> = keys.into_iter().map(key_label).collect();
        let separator = if nth == 0 { "" } else { "," };
        let longer = format!("{said}{separator} {} {word}", labels.join(" "));
        if longer.chars().count() >= WIDEST {
            break;
        }
        said = longer;
    }
    said + "."
}

/// The width of the left column of a list.
const COLUMN: usize = 26;

/// A row of a list; where the left side is too wide for its column, the two sides get a line each.
fn entry(left: &str, right: &str) -> Vec<Line> {
    let mut line = Line::plain("  ").with(format!("{left:<COLUMN$}"), Role::Code);
    line.indent = COLUMN + 3;
    if left.chars().count() <= COLUMN {
        line.push(format!(" {right}"), Role::Plain);
        return vec![line];
    }
    let mut below = Line::plain(" ".repeat(COLUMN + 3)).with(right, Role::Plain);
    below.indent = COLUMN + 3;
    vec![line, below]
}

fn with_short(row: &Row) -> String {
    if row.short.is_empty() {
        row.usage()
    } else {
        format!("{} ({})", row.usage(), row.short)
    }
}
