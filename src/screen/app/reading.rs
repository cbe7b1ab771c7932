//! Keys while something longer is being read, in front of the panes.

use super::scrolling::{SCROLL, scrolled};
use super::{App, Bar, Front};
use crate::asking::letter;
use crate::command::{begins_a_number, practice_line};
use crate::explain::{Line, Role};
use crate::screen::render;
use crate::screen::{Key, KeyCode};
use crate::session::{Answering, Outcome, Part, Session, Waiting};
use crate::view::{Medium, Sheet};

/// A text in front of the panes.
#[derive(Debug)]
pub struct Window {
    /// The text.
    pub sheet: Sheet,
    /// By how many lines it is scrolled.
    pub scroll: usize,
    asks: Asks,
}

/// What a text asks the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nothing.
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
        let waiting = session.waiting().filter(|_| asks == Asks::Exercise);
        if let Some(waiting) = waiting {
            let lines = &mut sheet.text.lines;
            if !outcome
                .parts
                .iter()
                .any(|part| part.asks() == Some(&waiting.lines))
            {
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
    let answer = match waiting.answers {
        Answering::Number | Answering::Letters(_) => "Type the answer and press Enter.",
        Answering::Done => "Press Enter when it is done.",
    };
    format!("{answer} F3 hint, F4 solution, Esc back to the lesson.")
}

impl App {
    pub(super) fn reading_key(&mut self, key: Key) {
        if self.exercise_key(key) {
            return;
        }
        let down = match key.code {
            KeyCode::Down | KeyCode::Char('j' | 'J' | ' ') | KeyCode::PageDown => true,
            KeyCode::Up | KeyCode::Char('k' | 'K') | KeyCode::PageUp => false,
            KeyCode::Char(c) if !with_control(key) && self.asks_whether().is_some() => {
                // Whatever another key does elsewhere, here it means no.
                let agreed = self.asks_whether().filter(|_| matches!(c, 'y' | 'Y'));
                self.front = Front::Panes;
                if let Some(command) = agreed {
                    self.do_line(command);
                }
                return;
            }
            _ => {
                self.front = Front::Panes;
                let closes = matches!(
                    key.code,
                    KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | '?') | KeyCode::F(1)
                );
                if !closes {
                    self.pane_key(key);
                }
                return;
            }
        };
        self.scroll_reading(down);
    }

    /// Begins an answer or asks for a hint, where a question is being read and the key is for that; whether it is.
    fn exercise_key(&mut self, key: Key) -> bool {
        let Some(waiting) = self.read_question().filter(|_| !with_control(key)) else {
            return false;
        };
        match (key.code, waiting.answers) {
            (KeyCode::Enter, Answering::Done) => self.do_line("answer"),
            (KeyCode::Enter, _) => self.answer("answer "),
            (KeyCode::Char(c), Answering::Number) if begins_a_number(&c.to_string()) => {
                self.answer(&format!("answer {c}"));
            }
            (KeyCode::Char(c), Answering::Letters(count)) if is_letter(c, count) => {
                self.answer(&format!("answer {c}"));
            }
            // `hint`, `solution` and `answer` may be typed as well.
            (KeyCode::Char(c @ ('h' | 's' | 'a')), _) => self.answer(&c.to_string()),
            // The keys of practice.
            _ => match practice_line(&key.name()) {
                Some(line @ ("hint" | "solution")) => self.do_line(line),
                _ => return false,
            },
        }
        true
    }

    /// The question that is being read and waits for an answer.
    fn read_question(&self) -> Option<Waiting> {
        let reads = matches!(&self.front, Front::Reading(window) if window.asks == Asks::Exercise);
        reads.then(|| self.session.waiting())?
    }

    /// The command that `y` agrees to, where it is asked for.
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

    pub(super) fn scroll_reading(&mut self, down: bool) {
        if let Front::Reading(window) = &mut self.front {
            let most = render::reading_overflow(&window.sheet, self.size, self.look);
            window.scroll = scrolled(window.scroll, down, SCROLL, most);
        }
    }
}

/// Whether a character is one of the first `count` letters.
fn is_letter(character: char, count: usize) -> bool {
    (0..count).any(|place| letter(place) == character)
}

fn with_control(key: Key) -> bool {
    key.ctrl
}
