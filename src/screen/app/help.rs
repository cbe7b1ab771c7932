//! Help on the keys: first what can be done here and now, then every key by what it is for.

use super::{App, Front, Window};
use crate::command::{BINDINGS, Binding, Command, Deed, Effect, On, key_for, key_label};
use crate::explain::{Line, Role};
use crate::view::{Doing, Sheet, here_and_now};

/// Two keys share a row where what each does has room in so many columns.
const HALF: usize = 38;
/// The keys of a row begin so far from what they do.
const KEYS: usize = 9;

impl App {
    /// Shows help; the question that is asked stays behind it.
    pub(super) fn show_help(&mut self) {
        if let Front::Asking(panel) = std::mem::take(&mut self.front) {
            self.behind = Some(panel);
        }
        let (page, place) = (self.session.page_index() + 1, self.session.place());
        let sheet = Sheet {
            title: format!("Help · page {page}, {place}"),
            text: self.help_lines().into(),
        };
        self.front = Front::Reading(Window::showing(sheet, Line::new()));
    }

    fn help_lines(&self) -> Vec<Line> {
        let heading = |text: &str| Line::new().with(text, Role::Heading);
        let mut lines = vec![heading("Here and now")];
        lines.extend(self.here_and_now());
        for (title, effects) in GROUPS {
            let of_group = |binding: &&Binding| {
                binding.on == On::Lesson
                    && (binding.deed.command())
                        .is_some_and(|command| effects.contains(&purpose(&command)))
            };
            lines.extend([Line::new(), heading(title)]);
            lines.extend(paired(BINDINGS.iter().filter(of_group)));
        }
        if let Some(picture) = self.picture_in_focus() {
            let own = |binding: &&Binding| binding.on == On::Picture(picture);
            lines.extend([Line::new(), heading("This picture")]);
            lines.extend(paired(BINDINGS.iter().filter(own)));
        }
        lines.push(Line::new());
        lines.push(Line::new().with(
            "Type : and `keys` for all that each key does, `help` for the commands.",
            Role::Muted,
        ));
        lines
    }

    /// What can be done at the moment, with the numbers and titles of the moment.
    fn here_and_now(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut tell = |keys: &str, what: String| lines.push(row(&[(keys.to_owned(), what)]));
        let open = self.panel().is_some_and(|panel| !panel.is_answered());
        if open {
            tell("Enter", "give the answer that is typed".to_owned());
            tell(
                "F3 F4",
                "a hint; the solution (or type hint, solution)".to_owned(),
            );
            tell(
                "Esc",
                "back to the text; the question stays open".to_owned(),
            );
        }
        for doing in here_and_now(&self.session, open) {
            let key = key_for(Deed::Command(doing.command()), On::Lesson);
            let enters = match doing {
                Doing::Answer(_) => " Enter",
                Doing::Why(_) | Doing::Other(..) => "",
            };
            tell(&format!("{key}{enters}"), doing.words());
        }
        lines
    }
}

/// What keys are for, and the effects of the commands that stand for that.
const GROUPS: [(&str, &[Effect]); 4] = [
    ("The run", &[Effect::Moves]),
    ("Change", &[Effect::Changes, Effect::Turns]),
    ("Look", &[Effect::Looks, Effect::Screen]),
    (
        "Elsewhere",
        &[Effect::Learns, Effect::Opens, Effect::Files, Effect::Leaves],
    ),
];

/// What a command is for, to a learner: what changes only what is looked at is for looking.
fn purpose(command: &Command) -> Effect {
    let looks = matches!(
        command,
        Command::Focus(_) | Command::Picture(_) | Command::Code(_)
    );
    if looks {
        Effect::Looks
    } else {
        command.effect()
    }
}

/// Keys and what they do, two in a row where there is room.
fn paired<'a>(bindings: impl Iterator<Item = &'a Binding>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut waiting: Option<(String, String)> = None;
    for binding in bindings {
        let keys: Vec<&str> = binding.keys.iter().map(|key| key_label(key)).collect();
        let entry = (keys.join(" "), binding.about.to_owned());
        let is_short = entry.0.chars().count() < KEYS && KEYS + entry.1.chars().count() < HALF;
        match (waiting.take(), is_short) {
            (Some(first), true) => lines.push(row(&[first, entry])),
            (None, true) => waiting = Some(entry),
            (first, false) => {
                lines.extend(first.map(|first| row(&[first])));
                lines.push(row(&[entry]));
            }
        }
    }
    lines.extend(waiting.map(|first| row(&[first])));
    lines
}

fn row(entries: &[(String, String)]) -> Line {
    let mut line = Line::new();
    for (keys, what) in entries {
        let used = line.text().chars().count();
        let column = if used == 0 { 0 } else { HALF };
        line.push(" ".repeat(column.saturating_sub(used) + 1), Role::Plain);
        line.push(format!("{keys:<KEYS$} "), Role::Code);
        line.push(what.clone(), Role::Plain);
    }
    line.indent = KEYS + 2;
    line
}
