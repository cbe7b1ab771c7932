//! Floor 8: the full screen. Events come in, the state changes, a frame is drawn; drawing changes nothing.
//!
//! The only place that knows ratatui and crossterm. Owns panes, keys as the terminal reports them, colours, and the
//! terminal itself: whatever happens, it is given back as it was found.

mod app;
mod bar;
mod glyphs;
mod input;
mod layout;
mod menu;
mod practising;
mod render;
mod signals;
mod stage;
mod svg;
mod terminal;
mod theme;

use std::io;
use std::sync::mpsc::TryRecvError;

pub use crate::view::Theme;
pub use app::{App, Pane};
pub use glyphs::Glyphs;
pub use input::{Input, MouseWheel};
pub use menu::{Chooser, Picked};
pub use practising::Practising;
pub use render::{draw, draw_menu, draw_practice};
pub use svg::{Shot, svg};
pub use terminal::Terminal;

use crate::practice::Practice;
use crate::record::{Keeper, TypedLines};
use crate::session::Session;
use signals::Stopping;
pub use stage::OpenLesson;
use stage::Stage;

/// How the screen is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The characters.
    pub glyphs: Glyphs,
}

/// Runs the full screen until the learner leaves. `typed` has the lines of sittings before, and gets the new; `open`
/// opens another lesson, by its name, at a page.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run(session: Session, look: Look, typed: TypedLines, open: OpenLesson) -> io::Result<()> {
    let app = App::new(session, look).recalling(typed);
    play(Stage::sitting(app, open))
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

/// Goes on until the learner leaves.
fn play(mut stage: Stage) -> io::Result<()> {
    let inputs = input::listen()?;
    let mut terminal = Terminal::enter()?;
    let mut away = false;
    loop {
        if !away {
            terminal.take_mouse(stage.takes_mouse())?;
            stage.resize(terminal.size()?);
            terminal.draw(|frame| stage.draw(frame))?;
        }
        // Whatever has come in meanwhile is handled before the next frame is drawn. While a long way is being made,
        // nothing is waited for.
        let mut next = if stage.is_travelling() && !away {
            stage.travel();
            match inputs.try_recv() {
                Err(TryRecvError::Disconnected) => {
                    return Err(io::Error::other(TryRecvError::Disconnected));
                }
                input => input.ok(),
            }
        } else {
            Some(inputs.recv().map_err(io::Error::other)?)
        };
        while let Some(input) = next {
            if let Some(signal) = signals::ending() {
                drop(terminal);
                return signals::die_of(signal);
            }
            match input {
                Input::Lost => return Ok(()),
                Input::Suspend => away = suspend(Stopping::Itself)?,
                // Resumed in the background, the terminal is still the shell's.
                Input::Resumed if signals::in_foreground() => {
                    terminal.retake()?;
                    away = false;
                }
                Input::Resumed | Input::Terminate(_) => {}
                // It may have had other sizes meanwhile, and lost what was outside, even if it has the same again.
                Input::Redraw if !away => terminal.forget()?,
                other => stage.update(&other),
            }
            if stage.wants_to_suspend() {
                away = suspend(Stopping::Foreground)?;
            }
            if stage.wants_to_quit() {
                return Ok(());
            }
            next = inputs.try_recv().ok();
        }
    }
}

/// Gives the terminal back and stops; the answer is whether it has to be taken again when the program is resumed.
fn suspend(who: Stopping) -> io::Result<bool> {
    if cfg!(not(unix)) {
        return Ok(false);
    }
    terminal::give_back();
    signals::stop(who)?;
    Ok(true)
}
