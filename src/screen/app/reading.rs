//! Keys while something longer is being read, in front of the panes.

use super::scrolling::{SCROLL, scrolled};
use super::{App, Bar, Front};
use crate::asking::letter;
use crate::command::{Deed, On, Way, begins_a_number, deed, key_for};
use crate::explain::{Line, Role};
use crate::screen::render;
use crate::screen::{Key, KeyCode};
use crate::session::{Answering, Outcome, Part, Session, Waiting};
use crate::view::{Medium, Sheet};

/// A text in front of the panes.
#[derive(Debug)]
pub struct Window {
    pub sheet: Sheet,
    /// By how many lines it is scrolled.
    pub scroll: usize,
    asks: Asks,
}

/// What a text asks the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// The page's exercise.
    Exercise,
    /// Whether this command is to be done, which `y` agrees to.
    Whether(&'static str),
}

impl Window {
    /// What there is to read of an outcome. A question that waits for its answer stays in sight.
    pub(super) fn of(outcome: &Outcome, session: &Session) -> Option<Self> {
        let mut sheet = Sheet::all(outcome, Medium::Screen)?;
        let asks = outcome.parts.iter().fold(Asks::Nothing, Asks::and);
        if let Some(waiting) = session.waiting().filter(|_| asks == Asks::Exercise) {
            let lines = &mut sheet.text.lines;
            let mut parts = outcome.parts.iter();
            if parts.all(|part| part.asks() != Some(&waiting.lines)) {
                lines.push(Line::new());
                lines.extend_from_slice(&waiting.lines);
            }
            lines.extend([Line::new(), Line::new().with(keys(&waiting), Role::Muted)]);
        }
        Some(Self {
            sheet,
            scroll: 0,
            asks,
        })
    }
}

impl Asks {
    /// What is asked once a part has been read after others.
    fn and(self, part: &Part) -> Self {
        match part {
            Part::Question(_) | Part::Feedback(_) => Self::Exercise,
            Part::Confirmation(asked) => Self::Whether(asked.command),
            Part::Reply(_)
            | Part::Reading(_)
            | Part::Lessons(_)
            | Part::Script(_)
            | Part::Screen(_)
            | Part::Opened
            | Part::Leave(_) => self,
        }
    }
}

/// The keys that answer a question.
fn keys(waiting: &Waiting) -> String {
    let key = |deed| key_for(deed, On::Question);
    let enter = key(Deed::Enter);
    let answer = match waiting.answers {
        Answering::Number | Answering::Letters(_) => format!("Type the answer and press {enter}."),
        Answering::Done => format!("Press {enter} when it is done."),
    };
    let [hint, solution, close] = [
        Deed::Command("hint"),
        Deed::Command("solution"),
        Deed::Close,
    ]
    .map(key);
    format!("{answer} {hint} hint, {solution} solution, {close} back to the lesson.")
}

impl App {
    pub(super) fn reading_key(&mut self, key: Key) {
        let waiting = self.read_question();
        if let Some(answer) = waiting.as_ref().and_then(|waiting| begun(key, waiting)) {
            self.answer(&answer);
            return;
        }
        let whether = self.asks_whether();
        let on = match (&waiting, whether) {
            (Some(_), _) => On::Question,
            (None, Some(_)) => On::Confirmation,
            (None, None) => On::Reading,
        };
        let is_done = waiting.is_some_and(|waiting| waiting.answers == Answering::Done);
        match deed(&key.name(), on) {
            Some(Deed::Move(_, way)) => self.scroll_reading(way),
            Some(Deed::Enter) if is_done => self.do_line("answer"),
            Some(Deed::Enter) => self.answer("answer "),
            Some(Deed::OpenBar(text)) => self.answer(text),
            Some(Deed::Command(line)) => self.do_line(line),
            Some(Deed::Agree) => {
                self.front = Front::Panes;
                self.do_line(whether.unwrap_or_default());
            }
            Some(Deed::Close) => self.front = Front::Panes,
            None
            | Some(
                Deed::MoveProblem(_)
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Edit
                | Deed::Practise,
            ) => {
                self.front = Front::Panes;
                // Whatever a character does elsewhere, where it is asked whether to go on it means no.
                if whether.is_none() || !is_character(key) {
                    self.pane_key(key);
                }
            }
        }
    }

    /// The question that is being read and waits for an answer.
    fn read_question(&self) -> Option<Waiting> {
        let reads = matches!(&self.front, Front::Reading(window) if window.asks == Asks::Exercise);
        reads.then(|| self.session.waiting())?
    }

    /// The command that can be agreed to, where it is asked for.
    fn asks_whether(&self) -> Option<&'static str> {
        match &self.front {
            Front::Reading(Window {
                asks: Asks::Whether(command),
                ..
            }) => Some(command),
            Front::Panes | Front::Bar(_) | Front::Reading(_) => None,
        }
    }

    /// Begins an answer to what is being read, which stays in sight.
    fn answer(&mut self, text: &str) {
        let bar = Front::Bar(Bar::with_text(text));
        if let Front::Reading(window) = std::mem::replace(&mut self.front, bar) {
            self.behind = Some(window);
        }
    }

    pub(super) fn scroll_reading(&mut self, way: Way) {
        if let Front::Reading(window) = &mut self.front {
            let most = render::reading_overflow(&window.sheet, self.common.size, self.common.look);
            window.scroll = scrolled(window.scroll, way, SCROLL, most);
        }
    }
}

/// The answer that a key begins, where it is a character that one can begin with.
fn begun(key: Key, waiting: &Waiting) -> Option<String> {
    let KeyCode::Char(character) = key.code else {
        return None;
    };
    let begins = match waiting.answers {
        Answering::Number => begins_a_number(&character.to_string()),
        Answering::Letters(count) => (0..count).any(|place| letter(place) == character),
        Answering::Done => false,
    };
    (begins && is_character(key)).then(|| format!("answer {character}"))
}

fn is_character(key: Key) -> bool {
    matches!(key.code, KeyCode::Char(_)) && !key.ctrl
}
