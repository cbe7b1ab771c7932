//! Signals: being asked to end, to stop, and being resumed.

use std::sync::atomic::{AtomicI32, Ordering};

pub use system::{die_of, in_foreground, listen, stop};

/// The signal that asks the program to end, once there is one. It overtakes whatever else has come in.
static ENDING: AtomicI32 = AtomicI32::new(0);

/// The signal that asks the program to end, where there is one.
pub fn ending() -> Option<i32> {
    Some(ENDING.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
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
    use std::sync::atomic::Ordering;
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::{ENDING, Stopping};
    use crate::terminal::device::give_back;
    use crate::terminal::events::Event;

    /// So long a program that is asked to end may take over what it is doing.
    const GRACE: Duration = Duration::from_secs(1);

    pub fn listen(sender: Sender<Event>) -> io::Result<()> {
        let mut signals =
            Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        thread::spawn(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGTSTP => Event::Suspend,
                    SIGCONT => Event::Resumed,
                    // crossterm tells of it too, but not before it has begun to listen.
                    SIGWINCH => Event::Redraw,
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
        });
        Ok(())
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
    use std::sync::mpsc::Sender;

    use super::Stopping;
    use crate::terminal::events::Event;

    pub fn listen(_: Sender<Event>) -> io::Result<()> {
        Ok(())
    }

    pub fn die_of(_: i32) -> io::Result<()> {
        Ok(())
    }

    /// Nothing stops here, and nothing has to be resumed.
    pub fn stop(_: Stopping) -> io::Result<()> {
        Ok(())
    }

    pub fn in_foreground() -> bool {
        true
    }
}
