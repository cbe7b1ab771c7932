//! Taking the terminal and giving it back.

use std::io::{self, Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Print, force_color_output};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};

use super::signals::in_foreground;

/// Reports of buttons and the wheel, with wide coordinates. Movement is not asked for.
const TAKE_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
const LEAVE_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";
/// `OSC 11 ; ?`, ended as the answer is to end.
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// The wheel does not become arrow keys where the mouse is left to the terminal. What was before comes back, or the
/// usual where the terminal cannot tell what was.
const TAKE_WHEEL: &str = "\x1b[?1007s\x1b[?1007l";
const LEAVE_WHEEL: &str = "\x1b[?1007h\x1b[?1007r";

/// Whether the terminal is to be given back. Doing so twice would move the cursor up into what was written since.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the full screen has it. Dropping it gives the terminal back; a panic does so too.
pub struct Terminal {
    /// Not dropped: ratatui would show the cursor, which is done already, and panic where the terminal is gone.
    screen: ManuallyDrop<ratatui::Terminal<CrosstermBackend<Stdout>>>,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal: raw input, the alternate screen, the mouse wheel.
    ///
    /// # Errors
    /// Where it cannot be taken. It has been given back by then.
    pub fn enter() -> io::Result<Self> {
        // Which colours there are is decided with the theme, and not once more behind its back.
        force_color_output(true);
        restore_on_panic();
        take(true).inspect_err(|_| give_back())?;
        let screen =
            ratatui::Terminal::new(CrosstermBackend::new(stdout())).inspect_err(|_| give_back())?;
        Ok(Self {
            screen: ManuallyDrop::new(screen),
            mouse: true,
        })
    }

    /// Draws one frame, which the terminal shows once it is whole.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate)?;
        let drawn = self.screen.draw(render).map(drop);
        execute!(stdout(), EndSynchronizedUpdate)?;
        drawn
    }

    /// Asks the terminal which background it has. Most answer, among the keys; see `events.rs`.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn ask_background(&mut self) -> io::Result<()> {
        execute!(stdout(), Print(ASK_BACKGROUND))
    }

    /// Asks the terminal to put a text onto the clipboard. Many do, some ask first, others do not know how.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// The size of the terminal, in characters.
    ///
    /// # Errors
    /// Where the terminal does not tell.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn forget(&mut self) -> io::Result<()> {
        // `ratatui::Terminal::clear` would ask the terminal where its cursor is and wait for the answer.
        let whole = Rect::from((Position::ORIGIN, self.size()?));
        self.screen.resize(whole)
    }

    /// Takes the terminal again from whoever had it meanwhile.
    ///
    /// # Errors
    /// Where the terminal cannot be taken.
    pub fn retake(&mut self) -> io::Result<()> {
        // A shell may have ended raw input behind crossterm's back, which would then not ask for it.
        disable_raw_mode()?;
        take(self.mouse)?;
        self.forget()
    }

    /// Asks the terminal for the mouse wheel, or leaves the mouse to it.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn take_mouse(&mut self, take: bool) -> io::Result<()> {
        if take != self.mouse {
            self.mouse = take;
            execute!(stdout(), Print(if take { TAKE_MOUSE } else { LEAVE_MOUSE }))?;
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// How many columns the terminal has; the usual where it does not tell.
pub fn columns() -> u16 {
    crossterm::terminal::size().map_or(80, |(columns, _)| columns)
}

fn take(mouse: bool) -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    let mut out = stdout();
    queue!(
        out,
        EnterAlternateScreen,
        Clear(ClearType::All),
        Hide,
        EnableBracketedPaste,
        Print(TAKE_WHEEL)
    )?;
    if mouse {
        queue!(out, Print(TAKE_MOUSE))?;
    }
    out.flush()
}

/// Gives back what can be given back; nothing more can be done about the rest.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    let _ = queue!(
        out,
        EndSynchronizedUpdate,
        Print(LEAVE_WHEEL),
        Print(LEAVE_MOUSE),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = out.flush();
    // In the background it is the shell's, and whoever sets it is stopped.
    if in_foreground() {
        let _ = disable_raw_mode();
    }
}

/// Gives the terminal back before a panic is reported, so that the report can be read.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            give_back();
            report(info);
        }));
    });
}
