//! A person at a prompt.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, stdout};
use std::rc::Rc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::script::{answer, answer_entered};
use super::{Printer, Reading, line};
use crate::command::{self, Preview};
use crate::explain::{Role, acts};
use crate::record::TypedLines;
use crate::session::Session;
use crate::view::{introduce, prompt, tell_of_change};

/// Reads commands and answers them until the learner leaves. `typed` has the lines of sittings before, and gets the
/// new.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn converse(
    Prompt(mut editor): Prompt,
    session: Session,
    mut printer: Printer,
    mut typed: TypedLines,
    reading: Reading,
) -> io::Result<()> {
    let session = Rc::new(RefCell::new(session));
    editor.set_helper(Some(Assistant {
        session: Rc::clone(&session),
        printer,
    }));
    printer.print(&introduce(&session.borrow()), &mut stdout())?;
    loop {
        recall(&mut editor, &typed).map_err(io::Error::other)?;
        let again = session.borrow_mut().read_again();
        if let Some(again) = again {
            let told = tell_of_change(&session.borrow(), &again);
            printer.print(&told, &mut stdout())?;
        }
        let prompt = prompt(&session.borrow());
        match line(&mut editor, &prompt, reading) {
            Ok(line) => {
                typed.add(&line);
                let answer = |line: &str| {
                    let mut session = session.borrow_mut();
                    answer(&mut session, line, &mut printer, &mut stdout())
                };
                if answer_entered(&line, answer)? {
                    return Ok(());
                }
                if let Some(assistant) = editor.helper_mut() {
                    assistant.printer = printer;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

type LineEditor = Editor<Assistant, MemHistory>;

/// Where lines are entered. It takes Ctrl-C for itself as soon as there is one, so whoever wants to hear of Ctrl-C
/// between two lines listens after that.
pub struct Prompt(LineEditor);

impl Prompt {
    /// A prompt, which shows nothing yet.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn new() -> io::Result<Self> {
        let made = || {
            let config = Config::builder()
                .completion_type(CompletionType::List)
                .max_history_size(usize::MAX)?
                .build();
            let history = MemHistory::with_config(&config);
            Editor::with_history(config, history)
        };
        made().map(Self).map_err(io::Error::other)
    }
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
        let named = completion.candidates.into_iter().map(|candidate| Pair {
            display: candidate.word.clone(),
            replacement: candidate.word,
        });
        if !command::names_a_file(line) {
            return Ok((completion.start, named.collect()));
        }
        let (start, mut files) = FilenameCompleter::new().complete(line, position, context)?;
        // What cannot be typed cannot be shown either.
        files.retain(|file| !file.replacement.contains(acts));
        let is_file = |named: &Pair| {
            files
                .iter()
                .any(|file| file.replacement == named.replacement)
        };
        // A name that has blanks in it is a file's, and begins elsewhere.
        let named = named.filter(|pair| start == completion.start && !is_file(pair));
        Ok((start, named.chain(files.iter().cloned()).collect()))
    }
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
