//! A person at a prompt.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write, stdout};
use std::rc::Rc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::Printer;
use super::script::marked;
use crate::command::Preview;
use crate::command::{self, script_lines};
use crate::explain::Role;
use crate::record::TypedLines;
use crate::session::Session;
use crate::view::{Seen, introduce, narrate, prompt};

/// Reads commands and answers them until the learner leaves. `typed` has the lines of sittings before, and gets the
/// new.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn converse(session: Session, printer: Printer, mut typed: TypedLines) -> io::Result<()> {
    let session = Rc::new(RefCell::new(session));
    let mut editor = editor(Rc::clone(&session), printer).map_err(io::Error::other)?;
    printer.print(&introduce(&session.borrow()), &mut stdout())?;
    loop {
        recall(&mut editor, &typed).map_err(io::Error::other)?;
        let prompt = prompt(&session.borrow());
        match editor.readline(&prompt) {
            Ok(line) => {
                typed.add(&line);
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
            Ok(if outcome.leaving().is_some() {
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

type LineEditor = Editor<Assistant, MemHistory>;

fn editor(session: Rc<RefCell<Session>>, printer: Printer) -> rustyline::Result<LineEditor> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(usize::MAX)?
        .build();
    let history = MemHistory::with_config(&config);
    let mut editor = Editor::with_history(config, history)?;
    editor.set_helper(Some(Assistant { session, printer }));
    Ok(editor)
}

/// Gives the editor the lines typed before. By itself it would only drop a line that is like the one before it.
fn recall(editor: &mut LineEditor, typed: &TypedLines) -> rustyline::Result<()> {
    editor.clear_history()?;
    for line in typed.lines() {
        editor.add_history_entry(line)?;
    }
    Ok(())
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
        let line = &line[..position];
        let completion = self.session.borrow().complete(line);
        let pair = |candidate: command::Candidate| Pair {
            display: candidate.word.clone(),
            replacement: candidate.word,
        };
        let named: Vec<Pair> = completion.candidates.into_iter().map(pair).collect();
        if !command::names_a_file(line) {
            return Ok((completion.start, named));
        }
        let (start, files) = FilenameCompleter::new().complete(line, position, context)?;
        // A name that has blanks in it is a file's, and begins elsewhere.
        let named = named
            .into_iter()
            .filter(|pair| start == completion.start && !has(&files, pair));
        Ok((start, named.chain(files.iter().cloned()).collect()))
    }
}

/// Whether a file is called as this is.
fn has(files: &[Pair], named: &Pair) -> bool {
    files
        .iter()
        .any(|file| file.replacement == named.replacement)
}

impl Hinter for Assistant {
    type Hint = String;

    fn hint(&self, line: &str, position: usize, _: &Context) -> Option<String> {
        if position < line.len() || line.trim().is_empty() {
            return None;
        }
        let Preview::Effect(effect) = self.session.borrow().preview(line) else {
            return None;
        };
        (!effect.spans.is_empty()).then(|| format!("   → {}", effect.text()))
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
