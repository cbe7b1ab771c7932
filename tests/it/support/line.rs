//! The tutor in line mode, in a pseudo-terminal: lines go in, and each is waited for until the next prompt.

use std::path::Path;

use portable_pty::CommandBuilder;
use vt100::Screen;

use super::pty::{Pty, command};

/// A sitting in line mode.
pub struct LineMode {
    /// Its terminal.
    pub pty: Pty,
}

impl LineMode {
    /// The article's lesson, with its state in `folder`.
    pub fn start(folder: &Path) -> Self {
        Self::run(Self::command(folder))
    }

    /// The same, to be changed before it is run.
    pub fn command(folder: &Path) -> CommandBuilder {
        let tutor = env!("CARGO_BIN_EXE_nnmom-tutor");
        let folder = folder.to_str().expect("a folder with a plain name");
        command(tutor, &["momentum", "--repl", "--state-dir", folder])
    }

    /// Runs a tutor up to its first prompt, in a terminal so high that nothing scrolls away.
    #[track_caller]
    pub fn run(command: CommandBuilder) -> Self {
        let pty = Pty::run(200, 300, command);
        pty.wait_until("a prompt", |screen| prompts(screen) == 1 && waits(screen));
        Self { pty }
    }

    /// Types a line and waits for the prompt after it.
    #[track_caller]
    pub fn enter(&self, line: &str) {
        self.press(&format!("{line}\r"));
    }

    /// Presses keys that end a line, and waits for the prompt after it.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let before = self.pty.text().matches(PROMPT).count();
        self.pty.press(keys);
        self.pty
            .wait_until(&format!("a prompt after {keys:?}"), |screen| {
                prompts(screen) == before + 1 && waits(screen)
            });
    }

    /// Leaves with `quit`, and checks that the terminal is as it was.
    #[track_caller]
    pub fn leave(mut self) {
        self.pty.press("quit\r");
        assert_eq!(self.pty.wait_exit().exit_code(), 0);
        self.pty.assert_given_back();
    }
}

/// How every prompt begins, and nothing else.
const PROMPT: &str = "\npage ";

fn prompts(screen: &Screen) -> usize {
    screen.contents().matches(PROMPT).count()
}

/// Whether the last line is a prompt with nothing after it.
fn waits(screen: &Screen) -> bool {
    screen.contents().trim_end().ends_with('>')
}
