//! What is around a sitting: the terminal and how things look on it, the environment, the clock, and where things are kept.

use std::io::{self, IsTerminal};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use nnmom_tutor::files::Disk;
use nnmom_tutor::record::{Folder, Keeper, Moment, Shelf};
use nnmom_tutor::repl::Printer;
use nnmom_tutor::screen::{Glyphs, Look};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Depth, Ground, usual_theme};
use nnmom_tutor::watch::Watch;

use crate::cli::Manner;

/// A sitting in which nothing moves, where the environment says so.
pub fn moving(session: Session) -> Session {
    match variable("NNMOM_MOTION").as_deref() {
        Some("off") => session.without_motion(),
        Some(_) | None => session,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether there is somebody at a terminal.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether the terminal can only print.
pub fn is_dumb() -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
}

/// How a screen looks where the command line says nothing of it, for a learner whose tastes are kept so.
pub fn usual_look(keeper: &Keeper) -> Look {
    let chosen = keeper.logbook().tastes.theme();
    let theme = chosen.unwrap_or_else(|| usual_theme(variable));
    Look {
        depth: Depth::from_environment(variable).unwrap_or_default(),
        ground: Ground::from_environment(variable),
        ..Look::new(theme, Glyphs::from_environment(variable))
    }
}

/// How lines are to look: without colours where nothing understands them.
pub fn printer(look: Look) -> Printer {
    let ascii = look.glyphs == Glyphs::Ascii;
    if is_dumb() || !io::stdout().is_terminal() {
        Printer::plain(ascii)
    } else {
        Printer::coloured(look.theme, (look.depth, look.ground), ascii)
    }
}

/// What keeps the learner's progress, in the folder asked for or the platform's own.
pub fn keeper(manner: &Manner) -> Keeper {
    Keeper::open(shelf(manner), now)
}

/// Where the learner's records lie: in the folder asked for or the platform's own. `None` where there is no home.
pub fn shelf(manner: &Manner) -> Option<Rc<dyn Shelf>> {
    manner.state_folder().as_deref().map(Folder::shelf)
}

/// The moment it is by the clock of the machine.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Moment::after(since.map_or(0, |since| since.as_secs()))
}

/// The files of the disk, where people type paths, for somebody who waits for what is made of them.
pub fn files(watch: &Watch) -> Disk {
    let files = Disk::default().at_home(std::env::home_dir());
    files.watched(watch.clone())
}
