//! Keys while something longer is being read, in front of the panes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::scrolling::{SCROLL, scrolled};
use super::{App, Bar, Front};
use crate::asking::letter;
use crate::command::{begins_a_number, practice_line};
use crate::explain::{Line, Role};
use crate::screen::input::key_name;
use crate::screen::render;
use crate::session::{Answering, EXERCISE_TITLE, Output, RESET_TITLE, Waiting};

impl App {
    pub(super) fn reading_key(&mut self, key: KeyEvent) {
        if self.exercise_key(key) {
            return;
        }
        let down = match key.code {
            KeyCode::Down | KeyCode::Char('j' | 'J' | ' ') | KeyCode::PageDown => true,
            KeyCode::Up | KeyCode::Char('k' | 'K') | KeyCode::PageUp => false,
            KeyCode::Char('y' | 'Y') if self.asks_to_forget() && !with_control(key) => {
                self.front = Front::Panes;
                self.do_line("progress reset yes");
                return;
            }
            // Whatever the key does elsewhere, here it means no.
            KeyCode::Char(_) if self.asks_to_forget() && !with_control(key) => {
                self.front = Front::Panes;
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
    fn exercise_key(&mut self, key: KeyEvent) -> bool {
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
            _ => match practice_line(&key_name(key)) {
                Some(line @ ("hint" | "solution")) => self.do_line(line),
                _ => return false,
            },
        }
        true
    }

    /// The question that is being read and waits for an answer.
    fn read_question(&self) -> Option<Waiting> {
        let reads =
            matches!(&self.front, Front::Reading(output, _) if output.title == EXERCISE_TITLE);
        reads.then(|| self.session.waiting())?
    }

    /// Adds the question to what is said about an answer to it, and which keys go on.
    pub(super) fn keep_question_in_sight(&self, output: &mut Output) {
        let Some(waiting) = self.session.waiting() else {
            return;
        };
        let lines = &mut output.text.lines;
        // How a line is typed is for those who type lines.
        if lines
            .pop_if(|line| line.text() == waiting.how_to_answer)
            .is_some()
        {
            lines.pop_if(|line| line.spans.is_empty());
        }
        let question = waiting.lines.as_slice();
        if !lines
            .windows(question.len().max(1))
            .any(|part| part == question)
        {
            lines.push(Line::new());
            lines.extend_from_slice(question);
        }
        let answer = match waiting.answers {
            Answering::Number | Answering::Letters(_) => "Type the answer and press Enter.",
            Answering::Done => "Press Enter when it is done.",
        };
        let keys = format!("{answer} F3 hint, F4 solution, Esc back to the lesson.");
        lines.extend([Line::new(), Line::new().with(keys, Role::Muted)]);
    }

    /// Whether a question is being read that `y` agrees to.
    fn asks_to_forget(&self) -> bool {
        matches!(&self.front, Front::Reading(output, _) if output.title == RESET_TITLE)
    }

    /// Begins an answer to what is being read, which stays in sight.
    fn answer(&mut self, text: &str) {
        let bar = Front::Bar(Bar::with_text(text));
        if let Front::Reading(output, scroll) = std::mem::replace(&mut self.front, bar) {
            self.behind = Some((output, scroll));
        }
    }

    pub(super) fn scroll_reading(&mut self, down: bool) {
        if let Front::Reading(output, scroll) = &mut self.front {
            let most = render::reading_overflow(output, self.size, self.look);
            *scroll = scrolled(*scroll, down, SCROLL, most);
        }
    }
}

/// Whether a character is one of the first `count` letters.
fn is_letter(character: char, count: usize) -> bool {
    (0..count).any(|place| letter(place) == character)
}

fn with_control(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL)
}
