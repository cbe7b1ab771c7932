//! Waiting for what takes long outside of the full screen: a line on the terminal says how far it is, and Ctrl-C stops it.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nnmom_tutor::terminal::Interrupts;
use nnmom_tutor::watch::{Progress, Watch, Watcher};

/// What takes less is not spoken of.
const UNSAID: Duration = Duration::from_millis(200);

/// Somebody who waits. `talks` says that somebody types line by line: between two of them Ctrl-C does not end the program.
pub fn watch(talks: bool) -> Watch {
    let watch = Watch::default();
    watch.set_watcher(Box::new(Waiting {
        interrupts: Interrupts::listen(!talks),
        begun: Instant::now(),
        line: None,
    }));
    watch
}

struct Waiting {
    interrupts: Interrupts,
    begun: Instant,
    /// On standard error, where that is a terminal.
    line: Option<ProgressBar>,
}

impl Watcher for Waiting {
    fn begin(&mut self) {
        self.interrupts.begin();
        self.begun = Instant::now();
    }

    fn look(&mut self, progress: &Progress) -> bool {
        if self.interrupts.have_come() {
            return false;
        }
        if self.begun.elapsed() >= UNSAID {
            let words = format!("{progress}. Ctrl-C stops.");
            self.line.get_or_insert_with(line).set_message(words);
        }
        true
    }

    fn end(&mut self) {
        if let Some(line) = self.line.take() {
            line.finish_and_clear();
        }
        self.interrupts.end();
    }
}

fn line() -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg}");
    line.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}
