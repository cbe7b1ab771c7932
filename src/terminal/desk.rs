//! The terminal and what comes in from it, for whoever is at it: between two inputs, and while something takes long.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use super::device::{self, Terminal};
use super::events::{self, Event};
use super::files::Lookout;
use super::signals::{self, Stopping};
use crate::files::FileRead;
use crate::screen::{FullScreen, Input, Look, Meanwhile, draw_underway, meanwhile};
use crate::watch::{FRAME, Progress, Telling, Watcher};

/// What takes less is not spoken of.
const UNSAID: Duration = Duration::from_millis(200);
/// A terminal that answers has done so after this.
const ANSWERING: Duration = Duration::from_millis(100);
/// With nothing on the screen yet, somebody sees soon what they wait for.
const FIRST: Duration = Duration::from_millis(10);

/// Draws what stands for a screen that is still being prepared, in a size.
pub(super) type StandIn = Box<dyn FnOnce(Size) -> Buffer>;

/// The terminal and what comes in.
pub(super) struct Desk {
    terminal: RefCell<Terminal>,
    events: Receiver<Event>,
    files: RefCell<Lookout>,
    /// What has come in while something took long, and is to be done after it.
    later: RefCell<VecDeque<Event>>,
    /// What was drawn last.
    shown: RefCell<Buffer>,
    /// What is drawn while there is nothing yet.
    stand_in: Cell<Option<StandIn>>,
    look: Cell<Look>,
    /// Whether somebody else has the terminal.
    away: Cell<bool>,
    /// When the terminal was asked for its background, until it has answered.
    asked: Cell<Option<Instant>>,
}

impl Desk {
    /// Takes the terminal, and listens.
    pub fn new(look: Look) -> io::Result<Self> {
        let (sender, events) = events::listen()?;
        Ok(Self {
            terminal: RefCell::new(Terminal::enter()?),
            events,
            files: RefCell::new(Lookout::begin(sender)?),
            later: RefCell::default(),
            shown: RefCell::default(),
            stand_in: Cell::default(),
            look: Cell::new(look),
            away: Cell::new(false),
            asked: Cell::new(None),
        })
    }

    /// Something is prepared before the first screen can be drawn; where that takes long, this stands for it.
    pub fn begin_with(&self, stand_in: StandIn) {
        self.stand_in.set(Some(stand_in));
    }

    /// What takes less is not spoken of.
    fn patience(&self) -> Duration {
        let drawn = !self.shown.borrow().area.is_empty();
        if drawn { UNSAID } else { FIRST }
    }

    /// Draws a screen.
    pub fn draw(&self, screen: &mut impl FullScreen) -> io::Result<()> {
        if self.away.get() {
            return Ok(());
        }
        let mut terminal = self.terminal.borrow_mut();
        terminal.take_mouse(screen.takes_mouse())?;
        screen.resize(terminal.size()?);
        self.look.set(screen.look());
        let shown = &mut *self.shown.borrow_mut();
        terminal.draw(|frame| {
            screen.draw(frame);
            shown.clone_from(frame.buffer_mut());
        })
    }

    /// Tells of a change of any of these files, once.
    pub fn look_out_for(&self, reads: &[FileRead]) {
        self.files.borrow_mut().look_out_for(reads);
    }

    /// Waits for what comes in next, and no longer than this, where it is said; while the terminal is somebody else's,
    /// nothing is drawn, and there is nothing else to wake up for.
    pub fn wait(&self, most: Option<Duration>) -> io::Result<Option<Event>> {
        let later = self.later.borrow_mut().pop_front();
        let most = most.filter(|_| !self.away.get());
        match (later, most) {
            (Some(event), _) => Ok(Some(event)),
            (None, None) => self.events.recv().map(Some).map_err(io::Error::other),
            (None, Some(most)) => match self.events.recv_timeout(most) {
                Ok(event) => Ok(Some(event)),
                Err(RecvTimeoutError::Timeout) => Ok(None),
                Err(gone @ RecvTimeoutError::Disconnected) => Err(io::Error::other(gone)),
            },
        }
    }

    /// What has come in already.
    pub fn next(&self) -> Option<Event> {
        let later = self.later.borrow_mut().pop_front();
        later.or_else(|| self.events.try_recv().ok())
    }

    /// Does what is asked of the terminal and not of what is on it.
    pub fn obey(&self, event: &Event) -> io::Result<()> {
        match event {
            Event::Suspend => self.suspend(Stopping::Itself)?,
            // Resumed in the background, the terminal is still the shell's.
            Event::Resumed if signals::in_foreground() => {
                self.terminal.borrow_mut().retake()?;
                self.away.set(false);
            }
            // It may have had other sizes meanwhile, and lost what was outside, even if it has the same again.
            Event::Redraw if !self.away.get() => self.terminal.borrow_mut().forget()?,
            Event::Resumed
            | Event::Redraw
            | Event::Terminate(_)
            | Event::Input(_)
            | Event::Changed
            | Event::Lost => {}
            Event::Background(_) => self.asked.set(None),
        }
        Ok(())
    }

    /// Gives the terminal back and stops; it is taken again when the program is resumed.
    pub fn suspend(&self, who: Stopping) -> io::Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        device::give_back();
        signals::stop(who)?;
        self.away.set(true);
        Ok(())
    }

    /// Asks the terminal for its background. Nobody waits for the answer: it comes in with the keys, or does not.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn ask_background(&self) -> io::Result<()> {
        // Elsewhere than on Unix, answers do not come in with the keys.
        if cfg!(unix) {
            self.asked.set(Some(Instant::now()));
            self.terminal.borrow_mut().ask_background()?;
        }
        Ok(())
    }

    /// Whoever leaves before the answer is there takes it along, lest the shell should read it: for a moment.
    pub fn await_background(&self) {
        while let Some(asked) = self.asked.get() {
            let Some(left) = ANSWERING.checked_sub(asked.elapsed()) else {
                return;
            };
            match self.events.recv_timeout(left) {
                Ok(Event::Background(_)) | Err(_) => self.asked.set(None),
                Ok(_) => {}
            }
        }
    }

    /// Puts a text onto the clipboard, where the terminal lets it.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        self.terminal.borrow_mut().copy(text)
    }

    fn draw_underway(&self, progress: &Progress) -> io::Result<()> {
        let mut terminal = self.terminal.borrow_mut();
        if let Some(stand_in) = self.stand_in.take() {
            self.shown.replace(stand_in(terminal.size()?));
        }
        let (shown, look) = (self.shown.borrow(), self.look.get());
        terminal.draw(|frame| draw_underway(frame, &shown, progress, look))
    }
}

/// Whoever waits in front of the terminal.
pub(super) struct AtDesk {
    desk: Rc<Desk>,
    begun: Instant,
    telling: Telling,
}

impl AtDesk {
    pub fn new(desk: Rc<Desk>) -> Self {
        Self {
            telling: Telling::new(desk.patience(), FRAME),
            desk,
            begun: Instant::now(),
        }
    }

    /// Whether it goes on after what has come in.
    fn hears(&mut self, event: Event) -> io::Result<bool> {
        let (goes_on, is_kept) = match &event {
            Event::Input(Input::Key(key)) => match meanwhile(*key) {
                Meanwhile::Stops => (false, false),
                Meanwhile::Leaves => (false, true),
                // What was typed ahead is done afterwards; what is typed at a screen that is busy is not.
                Meanwhile::Nothing => (true, !self.telling.has_told()),
            },
            Event::Input(Input::Wheel(_) | Input::Paste(_)) => (true, !self.telling.has_told()),
            Event::Suspend | Event::Resumed | Event::Redraw => {
                self.desk.obey(&event)?;
                self.telling.lose();
                (true, false)
            }
            Event::Background(_) | Event::Changed => (true, true),
            Event::Terminate(_) | Event::Lost => (false, true),
        };
        if is_kept {
            self.desk.later.borrow_mut().push_back(event);
        }
        Ok(goes_on)
    }

    fn looks(&mut self, progress: &Progress) -> io::Result<bool> {
        while let Ok(event) = self.desk.events.try_recv() {
            if !self.hears(event)? {
                return Ok(false);
            }
        }
        let is_here = !self.desk.away.get();
        if is_here && self.telling.is_due(self.begun.elapsed(), progress) {
            self.desk.draw_underway(progress)?;
        }
        Ok(true)
    }
}

impl Watcher for AtDesk {
    fn begin(&mut self) {
        let telling = Telling::new(self.desk.patience(), FRAME);
        (self.begun, self.telling) = (Instant::now(), telling);
    }

    fn look(&mut self, progress: &Progress) -> bool {
        // Where the terminal is gone, nobody waits any more.
        self.looks(progress).unwrap_or(false)
    }

    fn end(&mut self) {}
}
