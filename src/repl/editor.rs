//! A person at a prompt.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write, stdout};
use std::path::Path;
use std::rc::Rc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::script::marked;
use super::{HISTORY_FILE, Printer};
use crate::command::{self, script_lines};
use crate::explain::Role;
use crate::session::{Preview, Session};
use crate::view::{Seen, introduce, narrate, prompt};

/// So many lines are remembered from one sitting to the next.
const MOST_LINES: usize = 1000;

/// Reads commands and answers them until the learner leaves. Lines are kept in `folder`, where there is one.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn converse(session: Session, printer: Printer, folder: Option<&Path>) -> io::Result<()> {
    let history = folder.map(|folder| folder.join(HISTORY_FILE));
    let session = Rc::new(RefCell::new(session));
    let mut editor = editor(Rc::clone(&session), printer).map_err(io::Error::other)?;
    if let Some(path) = &history {
        recall(&mut editor, path);
    }
    printer.print(&introduce(&session.borrow()), &mut stdout())?;
    loop {
        let prompt = prompt(&session.borrow());
        match editor.readline(&prompt) {
            Ok(line) => {
                remember(&mut editor, line.trim(), history.as_deref());
                if answer_all(&session, &line, printer)? {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    Ok(())
}

/// Does what has been entered, and says what came of it; the answer is whether the learner wants to leave. What has
/// been pasted may be several lines: a wrong one ends them.
fn answer_all(session: &RefCell<Session>, entered: &str, printer: Printer) -> io::Result<bool> {
    for (_, line) in script_lines(entered) {
        match answer(session, line, printer)? {
            Answered::Done => {}
            Answered::Wrong => break,
            Answered::Leaves => return Ok(true),
        }
    }
    Ok(false)
}

/// What came of a line.
enum Answered {
    Done,
    Wrong,
    Leaves,
}

/// Does a line and says what came of it.
fn answer(session: &RefCell<Session>, line: &str, printer: Printer) -> io::Result<Answered> {
    let mut session = session.borrow_mut();
    let before = Seen::of(&session);
    match session.run_line(line) {
        Ok(outcome) => {
            printer.print(&narrate(&before, &session, &outcome), &mut stdout())?;
            Ok(if outcome.quit {
                Answered::Leaves
            } else {
                Answered::Done
            })
        }
        Err(complaint) => {
            writeln!(stdout(), "{}", marked(line, &complaint))?;
            Ok(Answered::Wrong)
        }
    }
}

type LineEditor = Editor<Assistant, FileHistory>;

fn editor(session: Rc<RefCell<Session>>, printer: Printer) -> rustyline::Result<LineEditor> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(MOST_LINES)?
        .history_ignore_dups(true)?
        .history_ignore_space(true)
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Assistant { session, printer }));
    Ok(editor)
}

/// Reads the lines typed before. A file that is no history is set aside, and never keeps the tutor from starting.
fn recall(editor: &mut LineEditor, path: &Path) {
    if path.exists() && editor.load_history(path).is_err() {
        let _ = std::fs::rename(path, path.with_extension("damaged"));
    }
}

/// Takes note of a line, here and in the file. It is a convenience: where it fails, nothing is lost that matters.
fn remember(editor: &mut LineEditor, line: &str, path: Option<&Path>) {
    let new = editor.add_history_entry(line).unwrap_or(false);
    let Some(path) = path.filter(|_| new) else {
        return;
    };
    if let Some(folder) = path.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
    // Two sittings at once both add to the end.
    let _ = editor.append_history(path);
}

/// Completes and previews what is being typed.
struct Assistant {
    session: Rc<RefCell<Session>>,
    printer: Printer,
}

impl Helper for Assistant {}

impl Validator for Assistant {}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        context: &Context,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        if command::names_a_file(&line[..position]) {
            return FilenameCompleter::new().complete(line, position, context);
        }
        let completion = self.session.borrow().complete(&line[..position]);
        let pair = |candidate: crate::command::Candidate| Pair {
            display: candidate.word.clone(),
            replacement: candidate.word,
        };
        Ok((
            completion.start,
            completion.candidates.into_iter().map(pair).collect(),
        ))
    }
}

impl Hinter for Assistant {
    type Hint = String;

    fn hint(&self, line: &str, position: usize, _: &Context) -> Option<String> {
        if position < line.len() || line.trim().is_empty() {
            return None;
        }
        match self.session.borrow().preview(line) {
            Preview::Effect(effect) if !effect.spans.is_empty() => {
                Some(format!("   → {}", effect.text()))
            }
            _ => None,
        }
    }
}

impl Highlighter for Assistant {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(self.printer.paint(prompt, Role::Strong))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.printer.paint(hint, Role::Muted))
    }
}
