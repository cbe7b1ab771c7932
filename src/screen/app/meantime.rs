//! While something takes long: what keys do, and a page that can be read and typed at while its run is being prepared.

use ratatui::Frame;
use ratatui::layout::Size;

use super::{App, Front, render};
use crate::command::{Command, Deed, Destination, Effect, On, ScreenAction, deed};
use crate::explain::{Line, Role};
use crate::screen::{FullScreen, Input, Key, KeyCode, Look};
use crate::session::Session;
use crate::watch::{Progress, SLICE};

/// What an input does while something takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meanwhile {
    /// It stops it.
    Stops,
    /// It stops it, and then does what it always does: it leaves, or goes elsewhere.
    Leaves,
    /// It has changed what is seen meanwhile.
    Shows,
    /// Nothing.
    Nothing,
}

/// What a key does while something takes long.
pub fn meanwhile(key: Key) -> Meanwhile {
    let name = key.name();
    if deed(&name, On::Travelling) == Some(Deed::Close) {
        return Meanwhile::Stops;
    }
    match deed(&name, On::Lesson).and_then(Deed::command) {
        Some(Command::Quit(_)) => Meanwhile::Leaves,
        Some(_) | None => Meanwhile::Nothing,
    }
}

/// A page that is being prepared: its text, with the run as the lesson begins it. It can be read and scrolled, there is
/// help, and lines can be typed, which are done once the page is ready.
#[derive(Debug)]
pub struct Meantime {
    app: App,
    /// What is to be done once the page is ready, or has been left.
    kept: Vec<Input>,
}

impl Meantime {
    /// Of a page that is not prepared, as large as the screen is.
    pub fn new(page: Session, look: Look, size: Size) -> Self {
        let watch = page.watch().clone();
        let mut app = watch.within(SLICE, || App::new(page, look)).0;
        app.resize(size);
        let kept = Vec::new();
        Self { app, kept }
    }

    /// The terminal has this size now.
    pub fn resize(&mut self, size: Size) {
        self.app.resize(size);
    }

    /// Whether a line is being typed or help is read: what closes that does not stop the work.
    fn is_covered(&self) -> bool {
        !matches!(self.app.front, Front::Panes)
    }

    /// Whether something stands at the foot of the screen that is to be seen.
    pub fn needs_foot(&self) -> bool {
        self.is_covered() || !self.app.message.spans.is_empty()
    }

    /// Does what an input does meanwhile.
    pub fn take(&mut self, input: &Input) -> Meanwhile {
        match (&self.app.front, input) {
            (Front::Bar(_), Input::Key(key)) => self.bar_key(*key),
            (Front::Reading(_), Input::Key(key)) if reads(*key) => self.show(input),
            (Front::Panes | Front::Reading(_), Input::Key(key)) => self.pane_key(*key),
            (Front::Panes, Input::Wheel(_)) => self.show_and_keep(input),
            (_, Input::Paste(_) | Input::Wheel(_)) => self.show(input),
            // Nothing is asked before the page is ready.
            (Front::Asking(_) | Front::Foretelling(_), Input::Key(_)) => Meanwhile::Nothing,
        }
    }

    /// An input that nothing has been done with is to be done afterwards.
    pub fn keep(&mut self, input: Input) {
        self.kept.push(input);
    }

    /// What is to be done once the page is ready, or has been left.
    pub fn into_kept(mut self) -> Vec<Input> {
        match &self.app.front {
            Front::Bar(bar) => {
                let (text, back) = (bar.text().to_owned(), bar.behind_cursor());
                self.keep_line(text);
                let left = Input::Key(KeyCode::Left.into());
                self.kept.extend(std::iter::repeat_n(left, back));
            }
            Front::Reading(_) => self.kept.push(Input::Key(KeyCode::Char('?').into())),
            Front::Panes | Front::Asking(_) | Front::Foretelling(_) => {}
        }
        self.kept
    }

    fn show(&mut self, input: &Input) -> Meanwhile {
        let watch = self.app.session.watch().clone();
        watch.within(SLICE, || self.app.update(input));
        Meanwhile::Shows
    }

    fn show_and_keep(&mut self, input: &Input) -> Meanwhile {
        self.kept.push(input.clone());
        self.show(input)
    }

    fn pane_key(&mut self, key: Key) -> Meanwhile {
        let (input, does) = (Input::Key(key), meanwhile(key));
        match (does, deed(&key.name(), On::Lesson)) {
            (Meanwhile::Stops, _) => Meanwhile::Stops,
            (Meanwhile::Leaves, _) => self.leave(input),
            (_, Some(Deed::OpenBar(_) | Deed::Command("keys"))) => self.show(&input),
            (_, deed) => match deed.and_then(Deed::command) {
                Some(Command::Goto(Destination::Start) | Command::Reset) => self.leave(input),
                Some(command) if goes_elsewhere(&command) => self.leave(input),
                // It is the terminal that goes to sleep, and not the page.
                Some(Command::Screen(ScreenAction::Sleep)) | None => Meanwhile::Nothing,
                Some(command) if command.effect() == Effect::Screen => self.show_and_keep(&input),
                Some(_) => Meanwhile::Nothing,
            },
        }
    }

    fn leave(&mut self, input: Input) -> Meanwhile {
        self.kept.push(input);
        Meanwhile::Leaves
    }

    /// A line that is entered waits for the page, unless it leaves it; a wrong one is told of at once.
    fn bar_key(&mut self, key: Key) -> Meanwhile {
        let Front::Bar(bar) = &self.app.front else {
            return Meanwhile::Nothing;
        };
        if key.code != KeyCode::Enter {
            return self.show(&Input::Key(key));
        }
        let line = bar.text().to_owned();
        let Ok(commands) = self.app.session.commands_of(&line) else {
            return self.show(&Input::Key(key));
        };
        self.app.front = Front::Panes;
        if commands.is_empty() {
            return Meanwhile::Shows;
        }
        self.app.message = Line::new()
            .with(&line, Role::Code)
            .and(" is done when the page is ready.");
        self.keep_line(line);
        self.kept.push(Input::Key(key));
        if commands.iter().any(goes_elsewhere) {
            return Meanwhile::Leaves;
        }
        Meanwhile::Shows
    }

    /// The line as it stands is to be typed once more.
    fn keep_line(&mut self, line: String) {
        self.kept.push(Input::Key(KeyCode::Char(':').into()));
        self.kept.push(Input::Paste(line));
    }

    /// Draws the page, and how far it is where that is told: at the foot, or above what lies over the page.
    pub fn draw(&self, frame: &mut Frame, progress: Option<&Progress>) {
        let watch = self.app.session.watch();
        watch.within(SLICE, || self.app.draw(frame));
        if let Some(progress) = progress {
            let line = if self.is_covered() {
                Line::plain(progress.to_string())
            } else {
                render::stoppable(progress)
            };
            render::draw_progress(frame, &line, self.app.look(), self.needs_foot());
        }
    }
}

/// Whether a key does something to what is read.
fn reads(key: Key) -> bool {
    let does = deed(&key.name(), On::Reading);
    matches!(does, Some(Deed::Move(..) | Deed::Close))
}

/// Whether a command leaves the page.
fn goes_elsewhere(command: &Command) -> bool {
    matches!(
        command.effect(),
        Effect::Turns | Effect::Opens | Effect::Leaves
    )
}
