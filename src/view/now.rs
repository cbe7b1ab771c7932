//! What can be done here and now: the commands, and what each would do at the moment.

use super::Onward;
use super::narration::is_about_picture;
use crate::explain::Line;
use crate::session::Session;

/// Something that can be done at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Answer what the page asks first, which is called so.
    Answer(String),
    /// Ask why the last number, which is called so, is what it is.
    Why(String),
    /// Anything else: a command line, and what it does.
    Other(&'static str, String),
}

impl Doing {
    /// The command line that does it.
    pub fn command(&self) -> &'static str {
        match self {
            Self::Answer(_) => "exercise",
            Self::Why(_) => "why",
            Self::Other(command, _) => command,
        }
    }

    /// What it does, behind its key.
    pub fn words(&self) -> String {
        match self {
            Self::Answer(wanted) => format!("answer: this page asks for {wanted}"),
            Self::Why(number) => format!("why is {number} this number?"),
            Self::Other(_, does) => does.clone(),
        }
    }

    /// The same after `to`.
    fn to_do(&self) -> String {
        match self {
            Self::Why(number) => format!("hear why {number} is this number"),
            Self::Answer(_) | Self::Other(..) => self.words(),
        }
    }
}

/// What can be done at the moment, with the numbers and titles of the moment: the question that the page asks first,
/// where it asks one that is not `open`.
pub fn here_and_now(session: &Session, open: bool) -> Vec<Doing> {
    let mut doings = Vec::new();
    let asks = session.asks_something();
    if let Some(wanted) = session.wanted().filter(|_| asks && !open) {
        doings.push(Doing::Answer(wanted));
    }
    let derivation = session.derivation();
    let shown = session.position().lines;
    let words = |index: usize| {
        let line = derivation.lines.get(index)?;
        let (symbol, words) = (line.symbol(), line.quantity.words(derivation.rule));
        Some(format!("{symbol}, {words}"))
    };
    let ended = session.lesson().model.updates() == Some(session.step());
    // A page about a picture tells no update line by line, unless one has been begun.
    let by_lines = !(is_about_picture(session) && shown == 0);
    doings.push(match words(shown).filter(|_| by_lines) {
        Some(words) => Doing::Other("next", format!("show {words}")),
        None if ended => Doing::Other(
            "goto start",
            "go back to the start: this was the last update".to_owned(),
        ),
        None => Doing::Other("step", "make the next update".to_owned()),
    });
    doings.extend(shown.checked_sub(1).and_then(words).map(Doing::Why));
    let stays = if asks {
        "; the question stays open"
    } else {
        ""
    };
    match Onward::after_page(session) {
        Onward::Page(number, title) => {
            let what = format!("go on to page {number}, {title}{stays}");
            doings.push(Doing::Other("page next", what));
        }
        Onward::Lesson(title, _) => {
            let what = format!("go on to the lesson {title}{stays}");
            doings.push(Doing::Other("page next", what));
        }
        Onward::Question(..) | Onward::End => {}
    }
    doings
}

/// The same for whoever types lines, a sentence each.
pub(super) fn in_sentences(session: &Session) -> Vec<Line> {
    let waiting = session.waiting();
    let open = waiting.as_ref().map(|waiting| waiting.how_to_answer);
    let open = open.map(|how| Line::plain(format!("A question is open. {how}")));
    let doings = here_and_now(session, open.is_some());
    let told = (doings.iter()).map(|doing| {
        let (command, to_do) = (doing.command(), doing.to_do());
        Line::plain(format!("Type {command} to {to_do}."))
    });
    open.into_iter().chain(told).collect()
}
