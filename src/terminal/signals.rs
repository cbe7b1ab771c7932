//! Signals: being asked to end, to stop, and being resumed.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use std::sync::Arc;

pub use system::{die_of, guard_lines, in_foreground, listen, outlive_full_files, stop};

/// The signal that asks the program to end, once there is one. It overtakes whatever else has come in.
static ENDING: AtomicI32 = AtomicI32::new(0);

/// The signal that asks the program to end, where there is one.
pub fn ending() -> Option<i32> {
    Some(ENDING.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}

/// Whether a line is being read, by somebody else who takes the terminal for it and gives it back.
static READING: AtomicBool = AtomicBool::new(false);

/// Reads a line; a program that is to end reads no more, as the terminal has been given back.
pub fn read_line(read: &mut dyn FnMut()) {
    READING.store(true, Ordering::SeqCst);
    while ending().is_some() {
        READING.store(false, Ordering::SeqCst);
        std::thread::park();
    }
    read();
    READING.store(false, Ordering::SeqCst);
}

/// Ctrl-C outside of raw input, and whoever else sends its signal. What takes long is stopped by it; once more, it ends
/// the program.
#[derive(Debug)]
pub struct Interrupts {
    asked: Arc<AtomicBool>,
    /// Whether the next one ends the program.
    fatal: Arc<AtomicBool>,
    /// Whether one ends the program while nothing takes long.
    ends: bool,
}

impl Interrupts {
    /// Listens from here on. `ends` says whether one ends the program while nothing takes long, as it does without this.
    pub fn listen(ends: bool) -> Self {
        let (asked, fatal) = (Arc::default(), Arc::new(AtomicBool::new(ends)));
        system::interrupts(&asked, &fatal);
        Self { asked, fatal, ends }
    }

    /// What may take long begins.
    pub fn begin(&self) {
        self.asked.store(false, Ordering::SeqCst);
        self.fatal.store(false, Ordering::SeqCst);
    }

    /// Whether it has been asked to stop.
    pub fn have_come(&self) -> bool {
        let asked = self.asked.load(Ordering::SeqCst);
        self.fatal.fetch_or(asked, Ordering::SeqCst);
        asked
    }

    /// It is over.
    pub fn end(&self) {
        self.fatal.store(self.ends, Ordering::SeqCst);
    }
}

/// Whoever takes the terminal hears of Ctrl-C in another way.
impl Drop for Interrupts {
    fn drop(&mut self) {
        self.fatal.store(false, Ordering::SeqCst);
    }
}

/// Who is to stop until the shell resumes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopping {
    /// The program alone, as a signal has asked.
    Itself,
    /// Everything that the terminal would have stopped on Ctrl-Z, had it been asked and not this program.
    Foreground,
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{Sender, channel};
    use std::thread;
    use std::time::{Duration, Instant};

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::{
        SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH,
    };
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::{ENDING, READING, Stopping};
    use crate::terminal::device::give_back;
    use crate::terminal::events::Event;

    /// So long a program that is asked to end may take over what it is doing.
    const GRACE: Duration = Duration::from_secs(1);

    pub fn listen(sender: Sender<Event>) -> io::Result<()> {
        let mut signals = Signals::new([
            SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGTTIN, SIGTTOU, SIGWINCH,
        ])?;
        thread::Builder::new().spawn(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGTSTP => Event::Suspend,
                    SIGCONT => Event::Resumed,
                    // crossterm tells of it too, but not before it has begun to listen.
                    SIGWINCH => Event::Redraw,
                    SIGTTIN | SIGTTOU => {
                        wait_for_foreground(signal);
                        continue;
                    }
                    ending => {
                        ENDING.store(ending, Ordering::SeqCst);
                        Event::Terminate(ending)
                    }
                };
                let ends = matches!(event, Event::Terminate(_));
                if sender.send(event).is_err() {
                    return;
                }
                if ends {
                    thread::sleep(GRACE);
                    give_back();
                    let _ = die_of(signal);
                }
            }
        })?;
        Ok(())
    }

    /// Who uses the terminal in the background is stopped until the shell gives it, but not on the way to the end.
    fn wait_for_foreground(signal: i32) {
        if super::ending().is_none() {
            let _ = emulate_default_handler(signal);
        }
    }

    /// What rustyline asks for beside raw input, ended.
    const LEAVE_PASTE: &[u8] = b"\x1b[?2004l";
    /// So long whoever begins to read a line may take to take the terminal.
    const TAKING: Duration = Duration::from_millis(200);

    /// Gives the terminal back, as it is now, when a signal ends the program while a line is read. Where there are no
    /// threads, signals do what they always do.
    pub fn guard_lines() {
        let Ok(before) = tcgetattr(io::stdin()) else {
            return;
        };
        let (listens, listening) = channel();
        // Signals are not taken over before there is somebody who minds them.
        let spawned = thread::Builder::new().spawn(move || {
            // What asks at the keyboard is rustyline's.
            let mut signals = Signals::new([SIGTERM, SIGHUP, SIGQUIT, SIGTTIN, SIGTTOU]);
            drop(listens);
            for signal in signals.iter_mut().flat_map(Signals::forever) {
                if matches!(signal, SIGTTIN | SIGTTOU) {
                    wait_for_foreground(signal);
                    continue;
                }
                ENDING.store(signal, Ordering::SeqCst);
                give_lines_back(&before);
                let _ = die_of(signal);
            }
        });
        if spawned.is_ok() {
            let _: Result<(), _> = listening.recv();
        }
    }

    fn give_lines_back(before: &Termios) {
        let is_taken =
            || tcgetattr(io::stdin()).is_ok_and(|now| now.local_modes != before.local_modes);
        if !in_foreground() {
            return;
        }
        // It may be about to be taken; then giving it back would come too early.
        let begun = Instant::now();
        while READING.load(Ordering::SeqCst) && !is_taken() && begun.elapsed() < TAKING {
            thread::yield_now();
        }
        if is_taken() {
            // Beside `stdout()`, which others may be holding.
            let _ = rustix::io::write(io::stdout(), LEAVE_PASTE);
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }

    /// What an interrupt does: it ends the program where it is fatal, and is noted elsewhere.
    pub fn interrupts(asked: &Arc<AtomicBool>, fatal: &Arc<AtomicBool>) {
        use signal_hook::flag::{register, register_conditional_default};
        // Where it cannot be listened to, it does what it always does.
        let registered = register_conditional_default(SIGINT, Arc::clone(fatal));
        let _ = registered.and_then(|_| register(SIGINT, Arc::clone(asked)));
    }

    /// Lets a write beyond the largest file that may be written fail, instead of ending the program in its midst.
    pub fn outlive_full_files() {
        let too_large = rustix::process::Signal::XFSZ.as_raw();
        let _ = signal_hook::flag::register(too_large, Arc::default());
    }

    /// Ends the program as the signal would have, now that the terminal has been given back.
    pub fn die_of(signal: i32) -> io::Result<()> {
        emulate_default_handler(signal)
    }

    /// Stops until the shell resumes the program; then [`Event::Resumed`] comes in.
    pub fn stop(who: Stopping) -> io::Result<()> {
        match who {
            Stopping::Itself => emulate_default_handler(SIGTSTP),
            Stopping::Foreground => {
                rustix::process::kill_current_process_group(rustix::process::Signal::STOP)
                    .map_err(io::Error::from)
            }
        }
    }

    /// Whether the terminal is the program's to use, and not the shell's or another's.
    pub fn in_foreground() -> bool {
        rustix::termios::tcgetpgrp(io::stdin())
            .is_ok_and(|group| group == rustix::process::getpgrp())
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shapes as on Unix")]
mod system {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::Sender;

    use super::Stopping;
    use crate::terminal::events::Event;

    pub fn listen(_: Sender<Event>) -> io::Result<()> {
        Ok(())
    }

    pub fn die_of(_: i32) -> io::Result<()> {
        Ok(())
    }

    /// Nothing ends the program behind its back.
    pub fn guard_lines() {}

    pub fn interrupts(_: &Arc<AtomicBool>, _: &Arc<AtomicBool>) {}

    /// A full file fails by itself.
    pub fn outlive_full_files() {}

    /// Nothing stops here, and nothing has to be resumed.
    pub fn stop(_: Stopping) -> io::Result<()> {
        Ok(())
    }

    pub fn in_foreground() -> bool {
        true
    }
}
