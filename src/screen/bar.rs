//! The command bar: a line being typed, its history, its completion, and what it would do.

use tui_input::{Input, InputRequest};

use super::{Key, KeyCode};
use crate::command::{
    Candidate, Complaint, Completion, Deed, Editing, On, Preview, Way, deed, without_comment,
};

/// Every command is shorter, and so are several that are pasted, in characters.
const LONGEST: usize = 4096;

/// A line being typed.
#[derive(Debug, Default)]
pub struct Bar {
    input: Input,
    /// What was wrong with the line when it was entered; gone with the next key.
    complaint: Option<Complaint>,
    completing: Option<Completing>,
    /// The place in the history that is being looked at, and the line that was being typed before.
    recalled: Option<(usize, String)>,
}

/// Several ways to complete a word, one after another on each Tab.
#[derive(Debug)]
struct Completing {
    candidates: Vec<Candidate>,
    /// The one that stands in the line, once one does.
    chosen: Option<usize>,
    start: usize,
}

/// What a key means for the bar's owner.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Nothing: the line is still being typed.
    Typing,
    /// The line is to be done.
    Enter(String),
    /// The bar is to be closed.
    Close,
}

/// What is shown beside the line.
#[derive(Debug, PartialEq)]
pub enum Aside<'a> {
    /// The line has been entered and is wrong.
    Wrong(&'a Complaint),
    /// The ways to complete a word, and which of them stands in the line.
    Candidates(&'a [Candidate], Option<usize>),
    /// What the line would do, or what it still lacks.
    Preview(Preview),
}

impl Bar {
    /// A bar with `text` in it.
    pub fn with_text(text: &str) -> Self {
        let mut bar = Self::default();
        bar.insert(text);
        bar
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Where the cursor is, in columns from the start of the line.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// How many characters stand behind the cursor.
    pub fn behind_cursor(&self) -> usize {
        self.around_cursor().1.chars().count()
    }

    /// How many columns of the line are out of sight to the left of a bar of `width`.
    pub fn scroll(&self, width: usize) -> usize {
        self.input.visual_scroll(width)
    }

    /// What stands beside the line, of which `preview` says what it would do.
    pub fn aside(&self, preview: impl FnOnce(&str) -> Preview) -> Aside<'_> {
        match (&self.complaint, &self.completing) {
            (Some(complaint), _) => Aside::Wrong(complaint),
            (None, Some(completing)) => {
                Aside::Candidates(&completing.candidates, completing.chosen)
            }
            (None, None) => Aside::Preview(preview(self.text())),
        }
    }

    /// Says that the line could not be done. It stays, so that it can be mended.
    pub fn complain(&mut self, complaint: Complaint) {
        self.complaint = Some(complaint);
        // The lines entered before now end with this one.
        self.recalled = None;
        self.completing = None;
    }

    /// Adds pasted text. Several lines become several commands, which are seen before any of them is done.
    pub fn paste(&mut self, text: &str) {
        let lines: Vec<&str> = pasted_lines(text).collect();
        match lines.as_slice() {
            [only] => self.insert(only),
            several => {
                let commands = several.iter().map(|line| without_comment(line).trim());
                let commands: Vec<&str> = commands.filter(|line| !line.is_empty()).collect();
                self.insert(&commands.join("; "));
            }
        }
    }

    /// Adds the first line of pasted text: an answer is one line.
    pub fn paste_line(&mut self, text: &str) {
        self.insert(pasted_lines(text).next().unwrap_or(""));
    }

    /// Adds text at the cursor, where there is room for all of it: a part could mean something else. Tabs are blanks,
    /// and other control characters nothing.
    fn insert(&mut self, text: &str) {
        let mut pasted = text.replace('\t', " ");
        pasted.retain(|character| !character.is_control());
        let (before, after) = self.around_cursor();
        let line = [&*before, &pasted, &after].concat();
        if line.chars().count() >= LONGEST {
            self.complain(too_long());
            return;
        }
        let cursor = before.chars().count() + pasted.chars().count();
        self.input = Input::new(line).with_cursor(cursor);
        self.complaint = None;
        self.completing = None;
    }

    /// The text on both sides of the cursor.
    fn around_cursor(&self) -> (String, String) {
        let mut after = self.text().chars();
        let before = after.by_ref().take(self.input.cursor()).collect();
        (before, after.collect())
    }

    /// Handles a key. `complete` says in which ways a line can go on.
    pub fn key(
        &mut self,
        key: Key,
        history: &[String],
        complete: impl FnOnce(&str) -> Completion,
    ) -> Answer {
        self.complaint = None;
        let is_empty = self.text().is_empty();
        let full = self.text().chars().count() >= LONGEST;
        match deed(&key.name(), if is_empty { On::EmptyBar } else { On::Bar }) {
            Some(Deed::Close) => return Answer::Close,
            Some(Deed::Enter) if full => self.complain(too_long()),
            Some(Deed::Enter) => return Answer::Enter(self.text().to_owned()),
            Some(Deed::Edit(Editing::Complete(way))) => {
                self.complete(complete, way);
                return Answer::Typing;
            }
            Some(Deed::Edit(Editing::Recall(way))) => self.recall(history, way),
            None
            | Some(
                Deed::Command(_)
                | Deed::OpenBar(_)
                | Deed::Move(..)
                | Deed::MoveProblem(_)
                | Deed::Edit(Editing::Write)
                | Deed::Take(_),
            ) => {
                let writes = matches!(key.code, KeyCode::Char(_)) && !key.ctrl;
                let request = request(key).filter(|_| !(writes && full));
                request.and_then(|request| self.input.handle(request));
            }
        }
        self.completing = None;
        Answer::Typing
    }

    /// Completes the word before the cursor as far as it is clear; then each Tab tries the next candidate.
    fn complete(&mut self, complete: impl FnOnce(&str) -> Completion, way: Way) {
        if let Some(completing) = &mut self.completing {
            let count = completing.candidates.len();
            let next = match (completing.chosen, way) {
                (Some(index), Way::Down) => (index + 1) % count,
                (Some(index), Way::Up) => (index + count - 1) % count,
                (None, Way::Down) => 0,
                (None, Way::Up) => count - 1,
            };
            completing.chosen = Some(next);
            let word = completing.candidates[next].word.clone();
            let start = completing.start;
            self.replace_word(start, &word);
            return;
        }
        let (before, _) = self.around_cursor();
        let completion = complete(&before);
        match completion.candidates.as_slice() {
            [] => {}
            [only] => self.replace_word(completion.start, &format!("{} ", only.word)),
            _ => {
                self.replace_word(completion.start, completion.common());
                self.completing = Some(Completing {
                    candidates: completion.candidates,
                    chosen: None,
                    start: completion.start,
                });
            }
        }
    }

    /// Puts `word` in place of what stands between byte `start` and the cursor.
    fn replace_word(&mut self, start: usize, word: &str) {
        let (_, rest) = self.around_cursor();
        let before = format!("{}{word}", &self.text()[..start]);
        let cursor = before.chars().count();
        self.input = Input::new(before + &rest).with_cursor(cursor);
    }

    /// Goes through the lines entered before.
    fn recall(&mut self, history: &[String], way: Way) {
        // What has just been entered and is still here need not be recalled.
        let entered = history.last().is_some_and(|last| last == self.text());
        let current = match &self.recalled {
            Some((index, _)) => *index,
            None => history.len() - usize::from(entered),
        };
        let next = match way {
            Way::Down => current.checked_add(1),
            Way::Up => current.checked_sub(1),
        };
        let Some(next) = next.filter(|next| *next <= history.len()) else {
            return;
        };
        let typed = self.recalled.take().map(|(_, typed)| typed);
        let typed = typed.unwrap_or_else(|| self.text().to_owned());
        let line = history.get(next).cloned().unwrap_or_else(|| typed.clone());
        self.input = Input::new(line);
        self.recalled = (next < history.len()).then_some((next, typed));
    }
}

fn too_long() -> Complaint {
    let message = format!("a line has fewer than {LONGEST} characters");
    Complaint::new(0..0, message, "`source FILE` does what a file says")
}

/// The lines of pasted text that have anything in them, whatever ends a line.
fn pasted_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.trim_start().split(['\r', '\n']);
    lines.filter(|line| !line.trim().is_empty())
}

/// How a key changes a line, as shells have it.
fn request(key: Key) -> Option<InputRequest> {
    use {InputRequest as R, KeyCode as K};
    let with_ctrl = |plain, held| match (key.ctrl, key.alt) {
        (false, false) => Some(plain),
        (true, false) => held,
        (_, true) => None,
    };
    match key.code {
        K::Char(character) => match (key.ctrl, key.alt) {
            // With Ctrl and Alt together some keyboards write characters.
            (false, false) | (true, true) => Some(R::InsertChar(character)),
            (true, false) => with_letter(character),
            (false, true) => None,
        },
        K::Backspace if key.ctrl => None,
        K::Backspace if key.alt => Some(R::DeletePrevWord),
        K::Backspace => Some(R::DeletePrevChar),
        K::Delete => with_ctrl(R::DeleteNextChar, Some(R::DeleteNextWord)),
        K::Left => with_ctrl(R::GoToPrevChar, Some(R::GoToPrevWord)),
        K::Right => with_ctrl(R::GoToNextChar, Some(R::GoToNextWord)),
        K::Home => with_ctrl(R::GoToStart, None),
        K::End => with_ctrl(R::GoToEnd, None),
        K::F(_)
        | K::Enter
        | K::Up
        | K::Down
        | K::PageUp
        | K::PageDown
        | K::Tab
        | K::BackTab
        | K::Insert
        | K::Esc => None,
    }
}

/// What a letter does with Ctrl.
fn with_letter(letter: char) -> Option<InputRequest> {
    use InputRequest as R;
    Some(match letter {
        'h' => R::DeletePrevChar,
        'w' => R::DeletePrevWord,
        'b' => R::GoToPrevChar,
        'f' => R::GoToNextChar,
        'a' => R::GoToStart,
        'e' => R::GoToEnd,
        'u' => R::DeleteLine,
        'k' => R::DeleteTillEnd,
        'y' => R::Yank,
        _ => return None,
    })
}
