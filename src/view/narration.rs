//! A sitting in words: what has changed, said in sentences, for line mode and for screen readers.

use std::ops::Range;
use std::rc::Rc;

use crate::asking::FeedbackKind;
use crate::command::{self, Choice, ScreenAction, ShowTopic};
use crate::explain::{Derivation, Language, Line, Quantity, Role, Text, plural};
use crate::session::{Outcome, Part, Position, ReadAgain, Session};

use super::now::in_sentences;
use super::spoken::{arrows_spoken, spoken};
use super::{Medium, Onward, Sheet, instructed};

/// Updates that are told one by one; of more, the last are.
const MOST_UPDATES: u64 = 12;

/// What had been seen before a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    page: usize,
    position: Position,
    step: u64,
    branch: usize,
    derivation: Rc<Derivation>,
    language: Language,
}

impl Seen {
    /// What is seen now.
    pub fn of(session: &Session) -> Self {
        Self {
            page: session.page_index(),
            position: session.position(),
            step: session.step(),
            branch: session.timeline().current_index(),
            derivation: session.derivation(),
            language: session.language(),
        }
    }
}

/// What is said at the start: the lesson, its first page and what to type.
pub fn introduce(session: &Session) -> Text {
    let lesson = session.lesson();
    let mut lines = vec![Line::new().with(lesson.title.clone(), Role::Heading)];
    if !lesson.summary.is_empty() {
        lines.push(Line::plain(lesson.summary.clone()));
    }
    lines.push(Line::new());
    lines.extend(page(session));
    lines.push(Line::new());
    for hint in [
        "Type next for a line, step for an update, page next for the next page, help for every command.",
        "Where a page names a key, type its name, such as down, space or x. Or type what it does: Right is next, Left is back, Down is step, Up is back update, Space is play, Home is start, r is reset.",
        "An empty line tells where you are and what can be done there.",
    ] {
        lines.push(Line::new().with(hint, Role::Muted));
    }
    lines.into()
}

/// What is said after a command: its message and its answer, then what is new.
pub fn narrate(before: &Seen, session: &Session, outcome: &Outcome) -> Text {
    let mut lines = Vec::new();
    let message = outcome.message();
    if !message.spans.is_empty() {
        lines.push(message);
    }
    if let Some(sheet) = Sheet::all(outcome, Medium::Words) {
        lines.extend(sheet.under_heading());
    }
    let right = |part: &Part| matches!(part, Part::Feedback(it) if it.kind == FeedbackKind::Right);
    if outcome.all().any(right) && session.waiting().is_none() {
        lines.extend(Onward::of(session).in_words().map(Line::plain));
    }
    if outcome.opens() {
        lines.extend(introduce(session).lines);
    }
    if outcome.all().any(|part| matches!(part, Part::Keys)) {
        lines.extend(keys(session));
    }
    for action in outcome.actions() {
        lines.extend(without_screen(session, action));
    }
    if outcome.opens() {
        return lines.into();
    }
    let now = Seen::of(session);
    if now.page != before.page {
        lines.extend(page(session));
    } else if outcome.all().any(|part| matches!(part, Part::Played(_))) {
        // What has happened has been told, and not every update.
        lines.push(here(session));
        lines.extend(session.race().map(|race| race.told));
    } else if (now.position, now.branch) != (before.position, before.branch) {
        lines.extend(moved(before, session));
    } else if outcome.turned().next().is_some() && session.is_complete() {
        // What has become of both runs has been said.
    } else if now.derivation != before.derivation {
        // What has been told already is not so any more.
        lines.extend((0..now.position.lines).map(|index| shown(session, &now.derivation, index)));
        lines.extend(asked(session));
    }
    if now.language != before.language {
        lines.extend(session.program());
    }
    if now != *before {
        lines.extend(session.watched());
    }
    if now.step != before.step || now.branch != before.branch {
        let mut told = session.behaviour();
        if is_about_picture(session) {
            // What is expected stands in the update, which is away there.
            told.truncate(usize::from(session.seen_behaviour().is_some()));
        }
        lines.extend(told);
    }
    let is_turned = outcome.turned().next().is_some();
    let caught_up = |ghost: u64| now.step == ghost && before.step < ghost;
    if !is_turned
        && session
            .verdicts()
            .is_some_and(|[_, ghost]| caught_up(ghost.updates))
    {
        // The run has come as far as the one before it had.
        lines.extend(session.told_apart());
    }
    if lines.is_empty() && outcome.leaving().is_none() {
        lines.push(here(session));
    }
    lines
        .into_iter()
        .map(arrows_spoken)
        .collect::<Vec<_>>()
        .into()
}

/// The keys for whoever types their names: first what can be done here and now.
fn keys(session: &Session) -> Vec<Line> {
    let heading = |text: &str| Line::new().with(text, Role::Heading);
    let mut lines = vec![heading("Here and now")];
    lines.extend(whereabouts(session).lines);
    lines.extend([Line::new(), heading("Keys")]);
    lines.extend(command::keys_help(true).lines);
    lines
}

/// What is said when the lesson's file has changed: what became of it, and the page where it reads otherwise now.
pub fn tell_of_change(session: &Session, again: &ReadAgain) -> Text {
    let mut lines = vec![again.said.clone()];
    if !session.mistake().is_empty() {
        lines.extend(session.mistake().iter().cloned());
    } else if again.reads_otherwise || again.begins_anew {
        lines.extend(page(session));
    }
    lines
        .into_iter()
        .map(arrows_spoken)
        .collect::<Vec<_>>()
        .into()
}

/// What is said where a screen would do something.
fn without_screen(session: &Session, action: ScreenAction) -> Vec<Line> {
    let sentence = match action {
        ScreenAction::View(Choice::This(topic)) => {
            return Sheet::of(&session.words(topic), Medium::Words).under_heading();
        }
        ScreenAction::Copy(topic) => {
            let topic = topic.unwrap_or(ShowTopic::State);
            return Sheet::of(&session.words(topic), Medium::Words).under_heading();
        }
        ScreenAction::View(Choice::Next | Choice::Previous) => {
            "Going from pane to pane is for the full screen. Here `view` and a name say what a pane shows."
        }
        ScreenAction::Whole => {
            "Panes share the full screen. Here everything is said by itself; `view` and a name say what a pane shows."
        }
        ScreenAction::Scroll(..) | ScreenAction::ScrollToWrong => {
            "Scrolling is for the full screen. Here everything is said in full."
        }
        ScreenAction::Mouse(_) => {
            "The mouse is for the full screen. Here the terminal has it at all times."
        }
        ScreenAction::Theme(_) => "It holds at once where lines have colours, and the next time.",
        ScreenAction::Sleep => "Sleeping is for the full screen. Here nothing has been done.",
    };
    vec![Line::plain(sentence)]
}

/// Where one is and what can be done there, as an empty line asks.
pub fn whereabouts(session: &Session) -> Text {
    let lines: Vec<Line> = std::iter::once(here(session))
        .chain(in_sentences(session))
        .map(spoken)
        .collect();
    lines.into()
}

/// Where one is, for the prompt.
pub fn prompt(session: &Session) -> String {
    let Position { update, lines } = session.position();
    let (page, pages) = (session.page_index() + 1, session.lesson().pages.len());
    let all = session.derivation().lines.len();
    format!(
        "page {page}/{pages}, update {}, line {lines}/{all}> ",
        update + 1
    )
}

fn page(session: &Session) -> Vec<Line> {
    let (page, pages) = (session.page_index() + 1, session.lesson().pages.len());
    let title = format!("Page {page} of {pages}: {}", session.page().title);
    let mut lines = vec![Line::new().with(title, Role::Heading)];
    lines.extend(instructed(session.page_text().lines, Medium::Words));
    lines
}

fn moved(before: &Seen, session: &Session) -> Vec<Line> {
    let (from, to) = (before.position, session.position());
    let mut lines = Vec::new();
    let forward = (to.update, to.lines) > (from.update, from.lines)
        && before.branch == Seen::of(session).branch;
    if !forward || to.lines == 0 {
        lines.push(here(session));
    } else if to.update == from.update {
        let new = from.lines..to.lines;
        lines.extend(told(session, &session.derivation(), to.update, new));
    } else {
        let next_to = to.update == from.update + 1 && !session.is_complete();
        match session.derivation_of(from.update).filter(|_| next_to) {
            Some(left) => {
                let rest = from.lines..left.lines.len();
                lines.extend(told(session, &left, from.update, rest));
            }
            None => lines.extend(updates(before.step, session)),
        }
        if !session.is_complete() {
            lines.extend(told(session, &session.derivation(), to.update, 0..to.lines));
        }
    }
    lines.extend(asked(session));
    lines
}

/// Whether the page is about its picture, and tells no update line by line.
pub(super) fn is_about_picture(session: &Session) -> bool {
    session.page().picture.is_some()
}

/// `You are at update 2 of 6, line 0 of 6; 1 update is complete.`
fn here(session: &Session) -> Line {
    let step = session.step();
    if is_about_picture(session) && (session.position().lines == 0 || session.is_complete()) {
        return Line::plain(match step {
            0 => "You are at the start: no update has been made.".to_owned(),
            _ => format!("You are after update {step}."),
        });
    }
    let are = if step == 1 { "is" } else { "are" };
    let (place, updates) = (session.place(), plural(step, "update"));
    Line::plain(format!(
        "You are at {place}; {step} {updates} {are} complete."
    ))
}

/// Lines of an update, a sentence each, and what it has come to where the last is among them.
fn told(session: &Session, derivation: &Derivation, update: u64, lines: Range<usize>) -> Vec<Line> {
    let ends = !lines.is_empty() && lines.end == derivation.lines.len();
    let sentences = lines.map(|index| shown(session, derivation, index));
    sentences
        .chain(ends.then(|| summary(session, derivation, update)))
        .collect()
}

/// The updates that have been completed since step `from`, a sentence each.
fn updates(from: u64, session: &Session) -> Vec<Line> {
    let last = session.step();
    let mut lines = Vec::new();
    let many = last - from > MOST_UPDATES;
    // Of a network, so many updates are told by what they come to; of a single weight, the last are told.
    let told = match session.metrics().filter(|_| many) {
        Some(_) => 1,
        None => MOST_UPDATES,
    };
    let first = from.max(last.saturating_sub(told));
    if first > from {
        lines.push(Line::plain(if told == 1 {
            format!("{} updates were made. The last:", last - from)
        } else {
            format!("{} updates were made before these:", first - from)
        }));
    }
    for update in first..last {
        if let Some(derivation) = session.derivation_of(update) {
            lines.push(summary(session, &derivation, update));
        }
    }
    lines
}

/// `Line 2 of 6: delta is 0.01 × 2.7 = 0.027. The plain step: the learning rate times the gradient.`
fn shown(session: &Session, derivation: &Derivation, index: usize) -> Line {
    let line = &derivation.lines[index];
    let words = line.quantity.words(derivation.rule);
    let (number, count) = (index + 1, derivation.lines.len());
    Line::plain(format!("Line {number} of {count}: {words} is "))
        .joined(line.arithmetic(session.digits()))
        .and(format!(". {}", line.meaning))
}

/// `Update 2 is complete: gradient 2.2, delta 0.022, momentum term 0.0135; the weight went from 3.609 to 3.6445,
/// effective rate 0.0161364.`
fn summary(session: &Session, derivation: &Derivation, update: u64) -> Line {
    let mut line = Line::plain(format!("Update {} is complete: ", update + 1));
    let mut separator = "";
    for quantity in [Quantity::Gradient, Quantity::Delta, Quantity::MomentumTerm] {
        if let Some(shown) = derivation.text(quantity, session.digits()) {
            let words = quantity.words(derivation.rule);
            line = line
                .and(format!("{separator}{words} "))
                .with(shown, Role::Quantity(quantity));
            separator = ", ";
        }
    }
    for (words, quantity) in [
        ("; the weight went from ", Quantity::Before),
        (" to ", Quantity::After),
    ] {
        let shown = derivation.text(quantity, session.digits());
        let role = Role::Quantity(quantity);
        line = line.and(words).with(shown.unwrap_or_default(), role);
    }
    if let Some(rate) = derivation.telling_rate(session.digits()) {
        let role = Role::Quantity(Quantity::EffectiveRate);
        line = line.and(", effective rate ").with(rate, role);
    }
    line.and(".")
}

/// `Next: what is the plain weight, 3.56 + 0.027?` While lines are predicted, it asks only where it waits for a number.
fn asked(session: &Session) -> Option<Line> {
    let derivation = session.derivation();
    let line = derivation
        .lines
        .get(session.position().lines)
        .filter(|line| !line.is_given())?;
    let words = line.quantity.words(derivation.rule);
    let (article, time) = if line.quantity == Quantity::NewMemory {
        ("", " time")
    } else {
        ("the ", "")
    };
    let (begin, end) = match (session.predicts(), session.asks_for_line()) {
        (false, _) => ("Next: what is", "?"),
        (true, true) => ("Now you: what is", "?"),
        (true, false) => ("Next:", "."),
    };
    let mut text = Line::plain(format!("{begin} {article}{words}{time}"));
    if !line.formula.is_leaf() {
        let numbers = line.numbers(session.digits());
        text = text.and(", ").joined(numbers);
    }
    Some(text.and(end))
}
