//! A program in a pseudo-terminal: its keyboard, its screen, its signals and how it leaves the terminal.
//!
//! Owns waiting. A test says what is to be seen, never for how long to sleep; what is not seen within [`PATIENCE`]
//! fails the test with the whole screen printed. Screens are only looked at between two frames, never within one.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use vt100::{MouseProtocolMode, Screen};

/// So long something may take on a busy machine before it counts as never happening.
const PATIENCE: Duration = Duration::from_secs(60);

/// `program` with `arguments`, in the project's folder and in an environment that is the same everywhere.
pub fn command(program: &str, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("PATH", "/usr/bin:/bin");
    // No folder can be made there: what is typed is forgotten, unless a test wants it to be kept.
    command.env("XDG_STATE_HOME", "/dev/null");
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
    keyboard: Option<Keyboard>,
    typist: Option<JoinHandle<()>>,
    display: Arc<Display>,
    reader: Option<JoinHandle<()>>,
    process: u32,
    exits: Receiver<ExitStatus>,
    exited: bool,
    modes_before: String,
    /// The modes when the program had ended.
    modes_after: Option<String>,
}

/// What is typed. A program that does not read holds up a thread and not the test.
type Keyboard = Sender<Vec<u8>>;

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
        let mut keys = pair.master.take_writer().expect("a keyboard");
        let (keyboard, typed) = channel::<Vec<u8>>();
        // It ends when no keyboard is left, or when nothing more can be typed.
        let typist = thread::spawn(move || {
            let _ = typed.iter().try_for_each(|bytes| keys.write_all(&bytes));
        });
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
            let (display, keyboard) = (Arc::clone(&display), keyboard.clone());
            move || display.read(source, &keyboard)
        });
        let mut child = pair.slave.spawn_command(command).expect("the program runs");
        let process = child.process_id().expect("a process has an id");
        let (sender, exits) = channel();
        thread::spawn(move || sender.send(child.wait().expect("the program can be waited for")));
        Self {
            master: Some(pair.master),
            slave: Some(pair.slave),
            keyboard: Some(keyboard),
            typist: Some(typist),
            display,
            reader: Some(reader),
            process,
            exits,
            exited: false,
            modes_before,
            modes_after: None,
        }
    }

    /// Types `keys`, as a terminal would send them.
    pub fn press(&self, keys: &str) {
        let keyboard = self.keyboard.as_ref().expect("the terminal is open");
        keyboard.send(keys.into()).expect("keys can be typed");
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
        self.keyboard = None;
        let typist = self.typist.take().expect("a typist");
        typist.join().expect("the typist ends");
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
            text_of(screen) == text
        });
    }

    /// Waits until the screen is as `wanted`, which `what` describes.
    #[track_caller]
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let found = self
            .display
            .wait(|seen| is_between_frames(seen) && wanted(seen.parser.screen()));
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
        if let Some(master) = &self.master {
            // Without the last hold on the terminal the reader comes to the end, but the modes are gone.
            self.modes_after = Some(modes(&**master));
            self.slave = None;
            assert!(self.display.wait(|seen| seen.ended), "output never ends");
        }
        status
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        text_of(self.display.lock().parser.screen())
    }

    /// The first line of the screen that has `text` in it.
    #[track_caller]
    pub fn line(&self, text: &str) -> String {
        let screen = self.text();
        let line = screen.lines().find(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("{text:?} is not there; {}", self.report()))
            .to_owned()
    }

    /// The letters of the lowest lines of the screen that are underlined, so many lines.
    pub fn underlined(&self, lines: u16) -> String {
        let seen = self.display.lock();
        let screen = seen.parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let places = (rows - lines..rows).flat_map(|row| (0..columns).map(move |at| (row, at)));
        let cells = places.filter_map(|(row, column)| screen.cell(row, column));
        let underlined = cells.filter(|cell| cell.underline());
        underlined.map(vt100::Cell::contents).collect()
    }

    /// Every byte that the program has written.
    pub fn raw(&self) -> Vec<u8> {
        self.display.lock().raw.clone()
    }

    /// Checks that the terminal is as it was before the program ran: the normal screen, a cursor, no mouse, no
    /// bracketed paste, and the same line discipline.
    #[track_caller]
    pub fn assert_given_back(&self) {
        let taken = self.taken();
        assert!(taken.is_empty(), "{taken:?} remain; {}", self.report());
    }

    /// What of the terminal has been taken and not been given back.
    pub fn taken(&self) -> Vec<&'static str> {
        let seen = self.display.lock();
        let screen = seen.parser.screen();
        let modes = match (&self.modes_after, &self.master) {
            (Some(modes), _) => modes.clone(),
            (None, Some(master)) => modes(&**master),
            (None, None) => self.modes_before.clone(),
        };
        [
            ("the alternate screen", screen.alternate_screen()),
            ("a hidden cursor", screen.hide_cursor()),
            ("bracketed paste", screen.bracketed_paste()),
            (
                "the mouse",
                screen.mouse_protocol_mode() != MouseProtocolMode::None,
            ),
            ("raw input", modes != self.modes_before),
        ]
        .into_iter()
        .filter_map(|(what, taken)| taken.then_some(what))
        .collect()
    }

    /// Sets the line discipline as a shell does that takes the terminal: line by line, with echo.
    pub fn set_line_by_line(&self) {
        let master = self.master.as_ref().expect("the terminal is open");
        let name = master.tty_name().expect("a terminal has a name");
        let terminal = File::open(name).expect("the terminal can be opened");
        let mut stty = Command::new("stty");
        let status = stty.args(["cooked", "echo"]).stdin(terminal).status();
        assert!(status.expect("stty").success());
    }

    /// The row of the cursor, counted from 0.
    pub fn cursor_row(&self) -> usize {
        usize::from(self.display.lock().parser.screen().cursor_position().0)
    }

    fn report(&self) -> String {
        let seen = self.display.lock();
        let screen = seen.parser.screen();
        let (rows, columns) = screen.size();
        let from = seen.raw.len().saturating_sub(200);
        format!(
            "the screen of {columns} x {rows}:\n{}\nafter the bytes {:?}",
            text_of(screen),
            String::from_utf8_lossy(&seen.raw[from..])
        )
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if !self.exited && self.exits.try_recv().is_err() {
            let kill = format!("kill -s KILL {}", self.process);
            let _ = Command::new("/bin/sh").args(["-c", &kill]).status();
        }
    }
}

impl Display {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the reader has not failed")
    }

    /// Waits until what has been seen is as `wanted`, and tells whether it came to that.
    fn wait(&self, wanted: impl Fn(&Seen) -> bool) -> bool {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), PATIENCE, |seen| !wanted(seen));
        !waited.expect("the reader has not failed").1.timed_out()
    }

    /// Reads what the program writes, and answers what it asks, until there is nothing more.
    fn read(&self, mut source: Box<dyn Read + Send>, keyboard: &Keyboard) {
        let mut bytes = [0; 4096];
        loop {
            let count = source.read(&mut bytes).unwrap_or(0);
            let mut seen = self.lock();
            seen.raw.extend_from_slice(&bytes[..count]);
            seen.parser.process(&bytes[..count]);
            seen.ended = count == 0;
            let done = seen.ended || seen.closing;
            let questions = std::mem::take(&mut seen.parser.callbacks_mut().open);
            let (row, column) = seen.parser.screen().cursor_position();
            drop(seen);
            self.changed.notify_all();
            for _ in 0..questions {
                let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                // Where nothing can be typed any more, no answer is waited for.
                let _ = keyboard.send(answer.into());
            }
            if done {
                return;
            }
        }
    }
}

/// Whether the last frame is complete: it ends the update that the terminal shows at once; after the first, the terminal
/// is asked for its background. What is not on the alternate screen has no frames.
fn is_between_frames(seen: &Seen) -> bool {
    let ends = [&b"\x1b[?2026l"[..], b"\x1b]11;?\x1b\\"];
    !seen.parser.screen().alternate_screen() || ends.iter().any(|end| seen.raw.ends_with(end))
}

/// The text on a screen, without the blanks at the ends of its lines: whether they were written cannot be seen.
fn text_of(screen: &Screen) -> String {
    let lines = screen.contents();
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

/// The line discipline: echo, line by line, signals from keys and so on, to be compared.
fn modes(master: &(dyn MasterPty + Send)) -> String {
    let modes = master.get_termios().expect("a terminal has modes");
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        modes.input_flags,
        modes.output_flags,
        modes.control_flags,
        modes.local_flags,
        modes.control_chars
    )
}

#[cfg(target_os = "linux")]
fn is_stopped(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name before may have anything in it, even a parenthesis.
    let state = status.rsplit(')').next().unwrap_or("");
    state.trim_start().starts_with('T')
}

#[cfg(not(target_os = "linux"))]
fn is_stopped(process: u32) -> bool {
    let mut ps = Command::new("ps");
    ps.args(["-o", "state=", "-p", &process.to_string()]);
    let state = ps.output().expect("ps").stdout;
    state.trim_ascii_start().starts_with(b"T")
}

/// Leaves the tutor with `q`, and checks that the terminal is as it was.
#[track_caller]
pub fn leave(mut pty: Pty) {
    pty.press("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_given_back();
}
