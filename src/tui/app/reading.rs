//! Keys while something longer is being read, in front of the panes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::scrolling::{SCROLL, scrolled};
use super::{App, Bar, Front};
use crate::command::begins_a_number;
use crate::session::{EXERCISE_TITLE, RESET_TITLE};
use crate::tui::render;

impl App {
    pub(super) fn reading_key(&mut self, key: KeyEvent) {
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
            KeyCode::Enter if self.reads_exercise() => {
                self.answer("answer ");
                return;
            }
            KeyCode::Char(c) if begins_a_number(&c.to_string()) && self.reads_exercise() => {
                self.answer(&format!("answer {c}"));
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

    /// Whether a question is being read that waits for an answer.
    fn reads_exercise(&self) -> bool {
        let reads =
            matches!(&self.front, Front::Reading(output, _) if output.title == EXERCISE_TITLE);
        reads && self.session.awaits_answer()
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

fn with_control(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL)
}
