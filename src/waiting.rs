//! Waiting for what takes long outside of the full screen: a line on the terminal says how far it is, and Ctrl-C stops it.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use nnmom_tutor::explain::printable;
use nnmom_tutor::terminal::{self, Interrupts};
use nnmom_tutor::watch::{Progress, Telling, Watch, Watcher};

/// What takes less is not spoken of.
const UNSAID: Duration = Duration::from_millis(200);
/// So long the line stays as it is.
const STAYS: Duration = Duration::from_millis(100);

/// Somebody who waits. `talks` says that somebody types line by line: between two of them Ctrl-C does not end the program.
pub fn watch(talks: bool) -> Watch {
    let watch = Watch::default();
    watch.set_watcher(Box::new(Waiting {
        interrupts: Interrupts::listen(!talks),
        // What can only print cannot take a line back.
        speaks: stderr().is_terminal()
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        begun: Instant::now(),
        telling: Telling::new(UNSAID, STAYS),
    }));
    watch
}

struct Waiting {
    interrupts: Interrupts,
    /// Whether there is a terminal to say it on.
    speaks: bool,
    begun: Instant,
    telling: Telling,
}

impl Watcher for Waiting {
    fn begin(&mut self) {
        self.interrupts.begin();
        (self.begun, self.telling) = (Instant::now(), Telling::new(UNSAID, STAYS));
    }

    fn look(&mut self, progress: &Progress) -> bool {
        if self.interrupts.have_come() {
            return false;
        }
        if self.speaks && self.telling.is_due(self.begun.elapsed(), progress) {
            say(&format!("{progress}. Ctrl-C stops."));
        }
        true
    }

    fn end(&mut self) {
        if self.telling.has_told() {
            say("");
        }
        self.interrupts.end();
    }
}

/// Writes a line in the place of the one before, which must not reach the edge: what Ctrl-C leaves behind it would be in
/// a row of its own. Where it cannot be written, nobody misses it.
fn say(words: &str) {
    let room = usize::from(terminal::columns()).saturating_sub(4);
    let words: String = printable(words).chars().take(room).collect();
    let mut out = stderr();
    let _ = write!(out, "\r\x1b[K{words}").and_then(|()| out.flush());
}
