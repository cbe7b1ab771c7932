//! The terminal and what comes in from it, for whoever is at it: between two inputs, and while something takes long.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;

use super::device::{self, Terminal};
use super::events::{self, Event};
use super::files::Lookout;
use super::signals::{self, Stopping};
use crate::files::FileRead;
use crate::screen::{FullScreen, Input, Look, Meantime, Meanwhile, draw_underway, meanwhile};
use crate::session::Session;
use crate::watch::{FRAME, Progress, Telling, Watcher};

/// What takes less is not spoken of.
const UNSAID: Duration = Duration::from_millis(200);
/// A terminal that answers has done so after this.
const ANSWERING: Duration = Duration::from_millis(100);
/// With nothing on the screen yet, somebody sees soon what they wait for.
const FIRST: Duration = Duration::from_millis(5);

/// The terminal and what comes in.
pub(super) struct Desk {
    terminal: RefCell<Terminal>,
    events: Receiver<Event>,
    files: RefCell<Lookout>,
    /// What has come in while something took long, and is to be done after it.
    later: RefCell<VecDeque<Event>>,
    /// What was drawn last.
    shown: RefCell<Buffer>,
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
            look: Cell::new(look),
            away: Cell::new(false),
            asked: Cell::new(None),
        })
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

    /// Draws how far something is over what has been drawn.
    fn draw_underway(&self, progress: &Progress) -> io::Result<()> {
        let (shown, look) = (self.shown.borrow(), self.look.get());
        let mut terminal = self.terminal.borrow_mut();
        terminal.draw(|frame| draw_underway(frame, &shown, progress, look))
    }

    /// Draws a page that is being prepared, and how far it is where that is told.
    fn draw_meantime(&self, page: &Meantime, progress: Option<&Progress>) -> io::Result<()> {
        let shown = &mut *self.shown.borrow_mut();
        self.terminal.borrow_mut().draw(|frame| {
            page.draw(frame, progress);
            shown.clone_from(frame.buffer_mut());
        })
    }

    /// A page that is being prepared, on a screen of this size.
    fn meantime(&self, page: Session) -> io::Result<Meantime> {
        let size = self.terminal.borrow().size()?;
        Ok(Meantime::new(page, self.look.get(), size))
    }
}

/// Whoever waits in front of the terminal.
pub(super) struct AtDesk {
    desk: Rc<Desk>,
    begun: Instant,
    telling: Telling,
    opening: Opening,
    /// Whether the page that is being prepared has been drawn.
    is_drawn: bool,
}

/// The page that is being prepared.
enum Opening {
    /// There is none.
    No,
    /// Nothing has been done with it.
    Unseen(Box<Session>),
    /// It is on the screen, or about to be.
    Seen(Box<Meantime>),
}

impl AtDesk {
    pub fn new(desk: Rc<Desk>) -> Self {
        Self {
            telling: Telling::new(desk.patience(), FRAME),
            desk,
            begun: Instant::now(),
            opening: Opening::No,
            is_drawn: true,
        }
    }

    /// The page that is being prepared, to be seen from here on.
    fn page(&mut self) -> io::Result<Option<&mut Meantime>> {
        self.opening = match std::mem::replace(&mut self.opening, Opening::No) {
            Opening::Unseen(page) => Opening::Seen(Box::new(self.desk.meantime(*page)?)),
            opening @ (Opening::Seen(_) | Opening::No) => opening,
        };
        Ok(match &mut self.opening {
            Opening::Seen(page) => Some(page),
            Opening::No | Opening::Unseen(_) => None,
        })
    }

    /// What an input does, and whether it is to be done afterwards. What was typed ahead is done; what is typed at a
    /// screen that is busy is not.
    fn takes(&mut self, input: &Input) -> io::Result<(Meanwhile, bool)> {
        let ahead = !self.telling.has_told();
        if let Some(page) = self.page()? {
            let does = page.take(input);
            if does == Meanwhile::Nothing && ahead {
                page.keep(input.clone());
            }
            return Ok((does, false));
        }
        Ok(match input {
            Input::Key(key) => match meanwhile(*key) {
                does @ Meanwhile::Leaves => (does, true),
                does @ Meanwhile::Nothing => (does, ahead),
                does @ (Meanwhile::Stops | Meanwhile::Shows) => (does, false),
            },
            Input::Wheel(_) | Input::Paste(_) => (Meanwhile::Nothing, ahead),
        })
    }

    /// What comes of something that has come in.
    fn hears(&mut self, event: Event) -> io::Result<Meanwhile> {
        let (does, is_kept) = match &event {
            Event::Input(input) => self.takes(input)?,
            Event::Suspend | Event::Resumed | Event::Redraw => {
                self.desk.obey(&event)?;
                self.telling.lose();
                let size = self.desk.terminal.borrow().size()?;
                match self.page()? {
                    Some(page) => {
                        page.resize(size);
                        (Meanwhile::Shows, false)
                    }
                    None => (Meanwhile::Nothing, false),
                }
            }
            Event::Background(_) | Event::Changed => (Meanwhile::Nothing, true),
            Event::Terminate(_) | Event::Lost => (Meanwhile::Leaves, true),
        };
        if is_kept {
            self.desk.later.borrow_mut().push_back(event);
        }
        Ok(does)
    }

    fn looks(&mut self, progress: &Progress) -> io::Result<bool> {
        let mut shows = false;
        while let Ok(event) = self.desk.events.try_recv() {
            match self.hears(event)? {
                Meanwhile::Stops | Meanwhile::Leaves => return Ok(false),
                Meanwhile::Shows => shows = true,
                Meanwhile::Nothing => {}
            }
        }
        if self.desk.away.get() {
            return Ok(true);
        }
        let since = self.begun.elapsed();
        let unseen = !self.is_drawn && since >= FIRST;
        let due = self.telling.is_due(since, progress);
        let told = self.telling.has_told().then_some(progress);
        if !(shows || unseen || due) {
            return Ok(true);
        }
        let desk = Rc::clone(&self.desk);
        let anew = shows || unseen;
        match self.page()? {
            Some(page) if anew || page.needs_foot() => desk.draw_meantime(page, told)?,
            Some(_) | None => desk.draw_underway(progress)?,
        }
        self.is_drawn = true;
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

    fn opens(&mut self, page: Option<Box<dyn Any>>) {
        let page = page.and_then(|page| page.downcast::<Session>().ok());
        self.is_drawn = page.is_none();
        let opening = page.map_or(Opening::No, Opening::Unseen);
        if let Opening::Seen(page) = std::mem::replace(&mut self.opening, opening) {
            let kept = page.into_kept().into_iter().map(Event::Input);
            self.desk.later.borrow_mut().extend(kept);
        }
    }
}
