//! Floor 9: line mode. Words in, words out: no boxes, nothing repainted, every step a sentence.
//!
//! Three ways in: a person at a prompt, a pipe, and a script. The only place that knows rustyline.

mod editor;
mod paint;
mod practice;
mod script;

pub use editor::{Prompt, converse};
pub use paint::Printer;
pub use practice::{practise, practise_with_pipe};
pub use script::{Failed, marked, pipe, run_script};

use rustyline::history::History;
use rustyline::{Editor, Helper};

/// Lets a line be read, which takes the terminal for so long.
pub type Reading = fn(&mut dyn FnMut());

/// The next line that is entered.
fn line<H: Helper, I: History>(
    editor: &mut Editor<H, I>,
    prompt: &str,
    reading: Reading,
) -> rustyline::Result<String> {
    let mut entered = None;
    reading(&mut || entered = Some(editor.readline(prompt)));
    entered.unwrap_or(Err(rustyline::error::ReadlineError::Eof))
}
