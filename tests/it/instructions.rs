//! What the pages tell their learners to do is done, as it is written and in its order, on the screen and in line mode,
//! and what the page promises is there.
//!
//! `tests/promises/LESSON.txt` has the promises beside the pages. Each line is an instruction as the grammar of
//! `support/instructions.rs` reads it, and after `=>` what is to be seen then, with ` & ` between several:
//!
//! - `"words"` on the screen, and said in line mode; `screen "words"` and `said "words"` are of one of them;
//! - `expression = number`, as it is shown, or `<`, `>`; and of `page`, `lesson`, `rule`, `focus`, `branch`, `branches`,
//!   `picture`, `code` what they are.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use nnmom_tutor::command::{Deed, On, deed, letter_for};
use nnmom_tutor::explain::{Line, Role, Span};
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::screen::{App, FullScreen};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::Screen;

use clap::Parser;

use crate::cli::Cli;
use crate::support::instructions::{Act, Instruction, Often, instructions};
use crate::support::screens::{WIDE, drawn, enter, press, shown, text};
use crate::support::sittings::{said, sitting};

/// What is promised for an instruction: the instruction as it is read, and the promises.
type Row = (String, Vec<String>);

/// The rows of each page of a lesson.
fn promised(lesson: &str) -> Vec<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/promises/{lesson}.txt"));
    let rows = fs::read_to_string(&path).unwrap_or_default();
    let mut pages: Vec<Vec<Row>> = Vec::new();
    for line in rows.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("page ") {
            pages.push(Vec::new());
            let number = format!("page {}", pages.len());
            assert!(
                line.starts_with(&number),
                "{lesson}: {line} is not {number}"
            );
            continue;
        }
        let (done, promises) = line.split_once(" => ").unwrap_or((line, ""));
        let promises = promises.split(" & ").filter(|promise| !promise.is_empty());
        let row = (
            done.trim().to_owned(),
            promises.map(|promise| promise.trim().to_owned()).collect(),
        );
        pages.last_mut().expect("a page comes first").push(row);
    }
    pages
}

/// The two ways of working with a lesson.
enum Mode {
    Screen(Box<App>),
    Lines(Box<Session>),
}

/// A learner who does what they are told.
struct Learner {
    mode: Mode,
    /// The last line that was typed.
    typed: String,
    /// What has been said to the last thing done, in line mode.
    heard: String,
    /// The kind of the question that was asked last.
    asked: String,
}

/// No key is pressed more often until what it is pressed for is there.
const MOST: usize = 60;

impl Learner {
    fn session(&self) -> &Session {
        match &self.mode {
            Mode::Screen(app) => app.session(),
            Mode::Lines(session) => session,
        }
    }

    /// Another who stands at the same place.
    fn twin(&self) -> Self {
        let session = self.session().clone();
        let mode = match &self.mode {
            Mode::Screen(_) => Mode::Screen(Box::new(shown(session))),
            Mode::Lines(_) => Mode::Lines(Box::new(session)),
        };
        Self {
            mode,
            typed: self.typed.clone(),
            heard: String::new(),
            asked: String::new(),
        }
    }

    fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Press(key) => self.press(key),
            Act::Type(line) => {
                self.typed.clone_from(line);
                self.type_line(&line.clone())
            }
            Act::Again => self.type_line(&self.typed.clone()),
            Act::Recall => {
                let line = self.typed.clone();
                match &mut self.mode {
                    Mode::Screen(app) => {
                        press(&mut **app, ": Up Enter");
                        complaint(app)
                    }
                    Mode::Lines(_) => self.type_line(&line),
                }
            }
            Act::Call(line) => {
                let called = Cli::try_parse_from(line.split_whitespace());
                called.map(drop).map_err(|error| error.to_string())
            }
        }
    }

    fn press(&mut self, key: &str) -> Result<(), String> {
        let Some(Deed::Command(does)) = deed(key, On::Lesson) else {
            return Err(format!("no command stands for the key {key}"));
        };
        if does == "exercise" {
            let exercise = self.session().page().exercises.first();
            self.asked = exercise
                .map_or("nothing", |exercise| exercise.question.kind().name())
                .to_owned();
        }
        match &mut self.mode {
            Mode::Screen(app) => {
                press(&mut **app, key);
                if does == "exercise" {
                    let is_asked = app.session().waiting().is_some();
                    press(&mut **app, "Esc");
                    return is_asked
                        .then_some(())
                        .ok_or_else(|| "nothing is asked".to_owned());
                }
                // Who lets it play waits until it stops.
                while let Some(wait) = app.wakes_in() {
                    app.tick(wait);
                }
                complaint(app)
            }
            Mode::Lines(session) => {
                self.heard = said(session, does);
                plain(&self.heard)
            }
        }
    }

    fn type_line(&mut self, line: &str) -> Result<(), String> {
        match &mut self.mode {
            Mode::Screen(app) => {
                enter(app, line);
                complaint(app)
            }
            Mode::Lines(session) => {
                self.heard = said(session, line);
                plain(&self.heard)
            }
        }
    }

    /// Whether a promise is kept.
    fn sees(&mut self, promise: &str) -> Result<(), String> {
        let quoted = |text: &str| {
            text.strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'))
                .map(str::to_owned)
        };
        let of_screen = promise.strip_prefix("screen ").and_then(quoted);
        let of_lines = promise.strip_prefix("said ").and_then(quoted);
        let (on_screen, in_lines) = match quoted(promise) {
            Some(words) => (Some(words.clone()), Some(words)),
            None => (of_screen, of_lines),
        };
        if on_screen.is_none() && in_lines.is_none() {
            return self.compares(promise);
        }
        let (wanted, seen) = match &mut self.mode {
            Mode::Screen(app) => (on_screen, on_screen_text(app)),
            Mode::Lines(_) => (in_lines, flowing(&self.heard)),
        };
        match wanted {
            Some(words) if !seen.contains(&words) => Err(format!("{words:?} is not in {seen}")),
            Some(_) | None => Ok(()),
        }
    }

    fn compares(&self, promise: &str) -> Result<(), String> {
        let found = [" = ", " < ", " > "]
            .iter()
            .find_map(|sign| Some((*sign, promise.split_once(sign)?)));
        let (sign, (what, wanted)) =
            found.ok_or_else(|| format!("{promise} promises nothing that is known"))?;
        let is = self.value(what)?;
        let numbers = || Some((is.parse::<f64>().ok()?, wanted.parse::<f64>().ok()?));
        let holds = match (sign, numbers()) {
            (" = ", _) => is == wanted,
            (" < ", Some((is, wanted))) => is < wanted,
            (_, Some((is, wanted))) => is > wanted,
            (_, None) => false,
        };
        holds
            .then_some(())
            .ok_or_else(|| format!("{what} is {is}, and not {sign}{wanted}"))
    }

    fn value(&self, what: &str) -> Result<String, String> {
        let session = self.session();
        let timeline = session.timeline();
        Ok(match what {
            "page" => (session.page_index() + 1).to_string(),
            "lesson" => session.lesson().name.clone(),
            "rule" => session.record().settings.rule.name().to_owned(),
            "focus" => session.parameter().to_owned(),
            "branches" => timeline.branches().len().to_string(),
            "picture" => session.picture().name().to_owned(),
            "line" => session.position().lines.to_string(),
            "step" => session.step().to_string(),
            "asked" => self.asked.clone(),
            "code" => session.language().name().to_owned(),
            expression => {
                let mut session = session.clone();
                let line = format!("watch {expression}");
                let told = session
                    .run_line(&line)
                    .map_err(|complaint| complaint.to_string())?;
                let text = told.message().text();
                text.rsplit(" = ").next().unwrap_or_default().to_owned()
            }
        })
    }

    fn follow(&mut self, instruction: &Instruction, promises: &[String]) -> Result<(), String> {
        if instruction.is_told {
            let told = Instruction {
                is_told: false,
                ..instruction.clone()
            };
            return self.twin().follow(&told, promises);
        }
        let kept = |learner: &mut Self| {
            promises
                .iter()
                .try_for_each(|promise| learner.sees(promise))
        };
        match instruction.often {
            Often::Times(count) => {
                for _ in 0..count {
                    self.act(&instruction.act)?;
                }
                kept(self)
            }
            Often::Until => {
                if promises.is_empty() {
                    return Err("until what? nothing is promised".to_owned());
                }
                for _ in 0..MOST {
                    self.act(&instruction.act)?;
                    if kept(self).is_ok() {
                        return Ok(());
                    }
                }
                kept(self)
            }
        }
    }
}

/// Whether what was done on the screen could be done.
fn complaint(app: &App) -> Result<(), String> {
    let wrong = |line: &Line| line.spans.iter().any(|span| span.role == Role::Error);
    if wrong(app.message()) {
        Err(app.message().text())
    } else {
        Ok(())
    }
}

fn plain(said: &str) -> Result<(), String> {
    if said.starts_with('!') {
        Err(said.to_owned())
    } else {
        Ok(())
    }
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is on the screen, row by row, and then each pane by itself, without its frame.
fn on_screen_text(app: &mut App) -> String {
    let buffer = drawn(app, WIDE);
    let mut seen = text(&buffer, buffer.area);
    let panes = app.areas().map_or_else(Vec::new, |areas| areas.panes);
    for (_, area) in panes {
        seen += &text(&buffer, area).replace(['│', '┃'], " ");
    }
    flowing(&seen)
}

/// What the page does not give on the screen as it is to be done there: a line with the colon that begins it, and once
/// beside a sign the letter for keyboards that have no key of its own for it.
fn unlike_the_screen(session: &Session, read: &[Instruction]) -> Vec<String> {
    let shown = flowing(&Screen::of(session).text.text());
    let given = |instruction: &Instruction| match &instruction.act {
        Act::Type(line) => Some(format!(":{line}")),
        Act::Press(key) => letter_for(key).map(|letter| format!("{key} (or {letter})")),
        Act::Again | Act::Recall | Act::Call(_) => None,
    };
    let missing = |given: &String| !shown.contains(given);
    let given = read.iter().filter_map(given).filter(missing);
    given
        .map(|given| format!("{given} is not in {shown}"))
        .collect()
}

/// What is wrong with the pages of a lesson, and how their rows would begin.
fn walk(lesson: &str) -> (Vec<String>, String) {
    let rows = promised(lesson);
    let mut session = sitting(lesson);
    let (mut faults, mut written) = (Vec::new(), String::new());
    for number in 1..=session.lesson().pages.len() {
        session.run_line(&format!("page {number}")).unwrap();
        let title = session.page().title.clone();
        writeln!(written, "page {number} {title}").unwrap();
        let none = Vec::new();
        let rows = rows.get(number - 1).unwrap_or(&none);
        let text = session.page().text.fill(|_| Span::new("?", Role::Plain));
        let read = instructions(&text, session.lesson().model.parameters());
        let read = match read {
            Ok(read) => read,
            Err(fault) => {
                faults.push(format!("{lesson} {number}: {fault}"));
                continue;
            }
        };
        for instruction in &read {
            writeln!(written, "  {instruction}").unwrap();
        }
        for fault in unlike_the_screen(&session, &read) {
            faults.push(format!("{lesson} {number}: {fault}"));
        }
        let said: Vec<String> = read.iter().map(ToString::to_string).collect();
        let known: Vec<&String> = rows.iter().map(|(done, _)| done).collect();
        if said.iter().collect::<Vec<_>>() != known {
            faults.push(format!(
                "{lesson} {number}: the page says {said:#?}, and the promises are of {known:#?}"
            ));
            continue;
        }
        if !read.is_empty() && rows.iter().all(|(_, promises)| promises.is_empty()) {
            faults.push(format!("{lesson} {number}: nothing is promised"));
        }
        for mode in [
            Mode::Screen(Box::new(shown(session.clone()))),
            Mode::Lines(Box::new(session.clone())),
        ] {
            let way = match &mode {
                Mode::Screen(_) => "on the screen",
                Mode::Lines(_) => "in line mode",
            };
            let mut learner = Learner {
                mode,
                typed: String::new(),
                heard: String::new(),
                asked: String::new(),
            };
            for (instruction, (_, promises)) in read.iter().zip(rows) {
                if let Err(fault) = learner.follow(instruction, promises) {
                    faults.push(format!("{lesson} {number} {way}, {instruction}: {fault}"));
                }
            }
        }
    }
    (faults, written)
}

/// A lesson's pages are walked by a test of its own.
#[track_caller]
fn holds(lesson: &str) {
    let (faults, written) = walk(lesson);
    println!("{written}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A test for each lesson, and one that none is missing.
macro_rules! what_the_pages_say_to_do_shows_what_they_say_in {
    ($($test:ident $lesson:literal),+ $(,)?) => {
        $(#[test]
        fn $test() {
            holds($lesson);
        })+

        #[test]
        fn every_lesson_is_walked() {
            let walked = [$($lesson),+];
            let known: Vec<&str> = BUILTIN.iter().map(|lesson| lesson.name).collect();
            assert_eq!(known, walked);
        }
    };
}

what_the_pages_say_to_do_shows_what_they_say_in! {
    why_momentum "why-momentum",
    learning_rate "learning-rate",
    momentum "momentum",
    two_kinds_of_momentum "two-kinds-of-momentum",
    too_small_too_large "too-small-too-large",
    ravine "ravine",
    local_minima "local-minima",
    fading_momentum "fading-momentum",
    choosing_momentum "choosing-momentum",
    safe_rates "safe-rates",
    one_item "one-item",
    xor "xor",
    iris "iris",
    adaptive_rate "adaptive-rate",
    review "review",
}
