//! Floor 9: the real terminal. What it reports becomes the screen's own keys and the program's signals; the screen is
//! drawn until the learner leaves.
//!
//! The only place that knows crossterm. Whatever happens, the terminal is given back as it was found.

mod device;
mod events;
mod signals;

use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

pub use device::Terminal;
pub use signals::{guard_lines, outlive_full_files, read_line};

use crate::practice::Practice;
use crate::record::{Keeper, TypedLines};
use crate::screen::{App, FullScreen, Look, OpenLesson, Practising, Stage};
use crate::session::Session;
use events::Event;
use signals::Stopping;

/// Runs the full screen until the learner leaves. `typed` has the lines of sittings before, and gets the new; `open`
/// opens another lesson, by its name, at a page.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run(session: Session, look: Look, typed: TypedLines, open: OpenLesson) -> io::Result<()> {
    play(Stage::sitting(
        App::new(session, look).recalling(typed),
        open,
    ))
}

/// Runs the full screen from the course menu on, for a learner whose progress is kept by `keeper`.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run_menu(keeper: Keeper, look: Look, typed: TypedLines, open: OpenLesson) -> io::Result<()> {
    play(Stage::menu(keeper, look, typed, open))
}

/// Practises in the full screen until the learner leaves.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run_practice(practice: Practice, look: Look) -> io::Result<()> {
    play(Stage::practice(Practising::new(practice, look)))
}

/// A slice of a long way takes so long: two of them and their frames are sixteen milliseconds and less.
const SLICE: Duration = Duration::from_millis(6);

/// Goes on until the learner leaves.
fn play(mut stage: Stage) -> io::Result<()> {
    let events = events::listen()?;
    let mut terminal = Terminal::enter()?;
    let mut away = false;
    loop {
        if !away {
            terminal.take_mouse(stage.takes_mouse())?;
            stage.resize(terminal.size()?);
            terminal.draw(|frame| stage.draw(frame))?;
        }
        // Whatever has come in meanwhile is handled before the next frame is drawn. While a long way is being made,
        // nothing is waited for, unless it is others who make it.
        let mut next = if stage.is_travelling() && !away {
            travel(&mut stage);
            let patience = SLICE * u32::from(stage.is_waiting());
            match events.recv_timeout(patience) {
                Err(RecvTimeoutError::Timeout) => None,
                event => Some(event.map_err(io::Error::other)?),
            }
        } else {
            Some(events.recv().map_err(io::Error::other)?)
        };
        while let Some(event) = next {
            if let Some(signal) = signals::ending() {
                drop(terminal);
                return signals::die_of(signal);
            }
            match event {
                Event::Lost => return Ok(()),
                Event::Suspend => away = suspend(Stopping::Itself)?,
                // Resumed in the background, the terminal is still the shell's.
                Event::Resumed if signals::in_foreground() => {
                    terminal.retake()?;
                    away = false;
                }
                // It may have had other sizes meanwhile, and lost what was outside, even if it has the same again.
                Event::Redraw if !away => terminal.forget()?,
                Event::Resumed | Event::Terminate(_) | Event::Redraw => {}
                Event::Input(input) => {
                    let travelling = stage.is_travelling();
                    stage.update(&input);
                    // A way that is no long one is gone before anything else is done.
                    if stage.is_travelling() && !travelling {
                        travel(&mut stage);
                    }
                }
            }
            if let Some(text) = stage.take_copied() {
                terminal.copy(&text)?;
            }
            if stage.wants_to_suspend() {
                away = suspend(Stopping::Foreground)?;
            }
            if stage.wants_to_quit() {
                return Ok(());
            }
            next = events.try_recv().ok();
        }
    }
}

/// Goes on with a long way for a slice.
fn travel(stage: &mut Stage) {
    let begun = Instant::now();
    stage.travel(&mut || begun.elapsed() >= SLICE);
}

/// Gives the terminal back and stops; the answer is whether it has to be taken again when the program is resumed.
fn suspend(who: Stopping) -> io::Result<bool> {
    if cfg!(not(unix)) {
        return Ok(false);
    }
    device::give_back();
    signals::stop(who)?;
    Ok(true)
}
