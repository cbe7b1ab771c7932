//! The program as another program runs it: arguments, a pipe, an exit code.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Where the program is.
pub const TUTOR: &str = env!("CARGO_BIN_EXE_nnmom-tutor");

/// The program with these arguments, in the project's folder.
pub fn tutor(arguments: &[&str]) -> Command {
    let mut command = Command::new(TUTOR);
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // No folder can be made there: what a person who runs the tests has learnt is theirs.
        .env("XDG_STATE_HOME", "/dev/null")
        .args(arguments);
    command
}

/// Runs a command with this input to its end.
pub fn piped(command: &mut Command, input: impl AsRef<[u8]>) -> Output {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    // Whoever has been told to leave does not read on.
    let _ = child
        .stdin
        .take()
        .expect("an input")
        .write_all(input.as_ref());
    child.wait_with_output().expect("the program ends")
}

/// What was printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program prints text")
}
