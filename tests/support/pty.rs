//! A program in a pseudo-terminal: its keyboard, its screen, its signals and how it leaves the terminal.
//!
//! Owns waiting. A test says what is to be seen, never for how long to sleep; what is not seen within [`PATIENCE`]
//! fails the test with the whole screen printed. Screens are only looked at between two frames, never within one.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fs, num::NonZeroU16};

use portable_pty::{
    CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use vt100::{MouseProtocolMode, Screen};

/// So long something may take on a busy machine before it counts as never happening.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program of `program`, with `arguments`, in the project's folder and an environment that is the same everywhere.
pub fn command(program: &str, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("PATH", "/usr/bin:/bin");
    // Where coverage is measured, its files belong where the measurer wants them.
    if let Some(file) = std::env::var_os("LLVM_PROFILE_FILE") {
        command.env("LLVM_PROFILE_FILE", file);
    }
    command
}

/// A program in a pseudo-terminal. Dropping it ends the program.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept open while the program runs, so that the modes of the terminal can still be read when it has ended.
    slave: Option<Box<dyn SlavePty + Send>>,
    keyboard: Keyboard,
    display: Arc<Display>,
    reader: Option<JoinHandle<()>>,
    process: u32,
    exits: Receiver<ExitStatus>,
    exited: bool,
    modes_before: String,
}

type Keyboard = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

/// What the program has written.
struct Display {
    seen: Mutex<Seen>,
    changed: Condvar,
}

struct Seen {
    parser: vt100::Parser<Questions>,
    raw: Vec<u8>,
    /// Everything has been read, and nothing more can come.
    ended: bool,
    /// Nothing more is to be read.
    closing: bool,
}

/// Counts the questions for the place of the cursor (`ESC [ 6 n`) that have not been answered yet.
#[derive(Default)]
struct Questions {
    open: usize,
}

impl vt100::Callbacks for Questions {
    fn unhandled_csi(
        &mut self,
        _: &mut Screen,
        _: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        if last == 'n' && parameters == [[6]] {
            self.open += 1;
        }
    }
}

impl Pty {
    /// Runs a program in a new terminal of so many columns and rows.
    pub fn run(columns: u16, rows: u16, command: CommandBuilder) -> Self {
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        let modes_before = modes(&*pair.master);
        let keyboard = pair.master.take_writer().expect("a keyboard");
        let keyboard = Arc::new(Mutex::new(Some(keyboard)));
        let (rows, columns) = (cells(rows), cells(columns));
        let display = Arc::new(Display {
            seen: Mutex::new(Seen {
                parser: vt100::Parser::new_with_callbacks(rows, columns, 0, Questions::default()),
                raw: Vec::new(),
                ended: false,
                closing: false,
            }),
            changed: Condvar::new(),
        });
        let source = pair.master.try_clone_reader().expect("a screen");
        let reader = thread::spawn({
            let (display, keyboard) = (Arc::clone(&display), Arc::clone(&keyboard));
            move || display.read(source, &keyboard)
        });
        let mut child = pair.slave.spawn_command(command).expect("the program runs");
        let process = child.process_id().expect("a process has an id");
        let (sender, exits) = channel();
        thread::spawn(move || sender.send(child.wait().expect("the program can be waited for")));
        Self {
            master: Some(pair.master),
            slave: Some(pair.slave),
            keyboard,
            display,
            reader: Some(reader),
            process,
            exits,
            exited: false,
            modes_before,
        }
    }

    /// Types `keys`, as a terminal would send them.
    pub fn press(&self, keys: &str) {
        send(&self.keyboard, keys.as_bytes());
    }

    /// Gives the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let (new_rows, new_columns) = (cells(rows), cells(columns));
        let mut seen = self.display.lock();
        seen.parser.set_size(new_rows, new_columns);
        drop(seen);
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(size(columns, rows)).expect("another size");
    }

    /// Sends the program a signal, by its name without `SIG`.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -s {name} {}", self.process);
        let status = Command::new("/bin/sh").args(["-c", &kill]).status();
        assert!(status.expect("a shell").success(), "{kill}");
    }

    /// Closes the terminal under the program, as closing a window does.
    pub fn hang_up(&mut self) {
        self.display.lock().closing = true;
        // The reader waits for output and holds the terminal open: another size makes the program draw.
        self.resize(81, 25);
        let reader = self.reader.take().expect("a reader");
        reader.join().expect("the reader ends");
        *self.keyboard.lock().unwrap() = None;
        self.slave = None;
        self.master = None;
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |screen| {
            screen.contents().contains(text)
        });
    }

    /// Waits until the screen shows exactly `text`, as [`Self::text`] gives it.
    #[track_caller]
    pub fn wait_for_exactly(&self, text: &str) {
        self.wait_until(&format!("exactly this screen:\n{text}\n"), |screen| {
            screen.contents() == text
        });
    }

    /// Waits until the screen is as `wanted`, which `what` describes.
    #[track_caller]
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let found = self.display.wait(|seen| {
            is_between_frames(seen) && wanted(seen.parser.screen())
        });
        assert!(found, "there is never {what}; {}", self.report());
    }

    /// Waits until the program has been stopped.
    #[track_caller]
    pub fn wait_stopped(&self) {
        let end = Instant::now() + PATIENCE;
        while !is_stopped(self.process) {
            assert!(Instant::now() < end, "it never stops; {}", self.report());
            // Nothing tells when it happens, so it is asked again and again.
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until the program has ended and everything that it wrote has been read.
    #[track_caller]
    pub fn wait_exit(&mut self) -> ExitStatus {
        let status = match self.exits.recv_timeout(PATIENCE) {
            Ok(status) => status,
            Err(RecvTimeoutError::Timeout) => panic!("it never ends; {}", self.report()),
            Err(RecvTimeoutError::Disconnected) => panic!("it could not be waited for"),
        };
        self.exited = true;
        // With the modes read, the last hold on the terminal is let go: then the reader comes to the end.
        let modes_after = self.master.as_deref().map(modes);
        self.slave = None;
        if let Some(modes_after) = modes_after {
            assert!(self.display.wait(|seen| seen.ended), "output never ends");
            self.modes_at_exit = Some(modes_after);
        }
        status
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.display.lock().parser.screen().contents()
    }

    /// The first line of the screen that has `text` in it.
    #[track_caller]
    pub fn line(&self, text: &str) -> String {
        let screen = self.text();
        let line = screen.lines().find(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("{text:?} is not there; {}", self.report()))
            .to_owned()
    }

    /// Every byte that the program has written.
    pub fn raw(&self) -> Vec<u8> {
        self.display.lock().raw.clone()
    }
}
