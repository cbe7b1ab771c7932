//! Floor 7: the full screen. Events come in, the state changes, a frame is drawn; drawing changes nothing.
//!
//! The only place that knows ratatui and crossterm. Owns panes, keys as the terminal reports them, colours, and the
//! terminal itself: whatever happens, it is given back as it was found.

mod app;
mod bar;
mod glyphs;
mod input;
mod layout;
mod render;
mod terminal;
mod theme;

use std::io;

pub use crate::view::Theme;
pub use app::{App, Pane};
pub use glyphs::Glyphs;
pub use input::{Input, MouseWheel};
pub use render::draw;
pub use terminal::Terminal;

use crate::session::Session;

/// How the screen is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The characters.
    pub glyphs: Glyphs,
}

/// Runs the full screen until the learner leaves.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run(session: Session, look: Look) -> io::Result<()> {
    let inputs = input::listen()?;
    let mut terminal = Terminal::enter()?;
    let mut app = App::new(session, look);
    loop {
        app.resize(terminal.size()?);
        terminal.draw(|frame| draw(frame, &app))?;
        // Whatever has come in meanwhile is handled before the next frame is drawn.
        let mut next = Some(inputs.recv().map_err(io::Error::other)?);
        while let Some(input) = next {
            match input {
                Input::Lost => return Ok(()),
                Input::Terminate(signal) => {
                    drop(terminal);
                    return input::die_of(signal);
                }
                Input::Suspend => terminal.suspend()?,
                Input::Resumed => terminal.retake()?,
                // It may have had other sizes meanwhile, and lost what was outside, even if it has the same again.
                Input::Redraw => terminal.forget()?,
                other => app.update(&other),
            }
            if app.wants_to_suspend() {
                terminal.suspend()?;
            }
            if app.wants_to_quit() {
                return Ok(());
            }
            next = inputs.try_recv().ok();
        }
        terminal.take_mouse(app.takes_mouse())?;
    }
}
