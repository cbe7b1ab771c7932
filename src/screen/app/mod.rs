//! The state of the full screen, and what each input does to it.

mod copying;
mod reading;
mod scrolling;

use ratatui::Frame;

use super::bar::{Answer, Bar};
use super::layout::{Areas, Mode};
use super::{Common, FullScreen, Input, Key, Look, render};
use crate::command::{
    Choice, Column, Complaint, Deed, On, Picture, Preview, ScreenAction, ShowTopic,
    begins_a_number, deed, key_for, meant_key,
};
use crate::explain::{Line, Role};
use crate::record::{Keeper, TypedLines};
use crate::session::{Confirmation, Outcome, Part, Session};
use reading::Field;
pub use reading::Window;
pub(super) use scrolling::scrolled;

/// A pane of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The lesson's text.
    Lesson,
    /// The code.
    Code,
    /// The update, line by line.
    Update,
    /// The picture of the run that the learner has chosen.
    Picture,
}

impl Pane {
    /// Every pane, in the order of Tab.
    pub const ALL: [Self; 4] = [Self::Lesson, Self::Update, Self::Code, Self::Picture];
}

/// What lies over the panes and has the keys.
#[derive(Debug, Default)]
pub enum Front {
    /// Nothing: the keys go to the lesson.
    #[default]
    Panes,
    /// A line is being typed.
    Bar(Bar),
    /// Something longer is being read.
    Reading(Window),
}

/// The full screen.
#[derive(Debug)]
pub struct App {
    session: Session,
    common: Common,
    front: Front,
    focus: Pane,
    /// Whether the pane in focus has the whole screen.
    whole: bool,
    /// How far each pane has been scrolled, in the order of [`Pane::ALL`]; `None` where what matters is in sight.
    scrolls: [Option<usize>; 4],
    message: Line,
    typed: TypedLines,
    wants_menu: bool,
    /// What was being read when a line was begun about it, and is read again when that is given up.
    behind: Option<Window>,
}

/// The key that leaves the tutor from anywhere.
const LEAVING: &str = "quit tutor";

/// Asked before a key throws away what is not kept.
pub(in crate::screen) fn leave() -> Confirmation {
    Confirmation {
        title: "Leave the tutor?".to_owned(),
        about: "The runs and branches that you have made on this page are not kept. `save FILE` keeps them as a script.",
        deed: "leave, or Ctrl-C once more",
        command: LEAVING.to_owned(),
    }
}

impl App {
    /// A full screen at the start of a sitting.
    pub fn new(mut session: Session, look: Look) -> Self {
        let message = session.take_notice().map_or_else(Line::new, Line::plain);
        session.make_picture_ready();
        Self {
            session,
            common: Common::new(look),
            front: Front::default(),
            focus: Pane::Lesson,
            whole: false,
            scrolls: [None; 4],
            message,
            typed: TypedLines::default(),
            wants_menu: false,
            behind: None,
        }
    }

    /// The same with the lines that have been typed in sittings before.
    #[must_use]
    pub fn recalling(self, typed: TypedLines) -> Self {
        Self { typed, ..self }
    }

    /// The lines that have been typed, for whatever comes next.
    pub fn take_typed(&mut self) -> TypedLines {
        std::mem::take(&mut self.typed)
    }

    /// The sitting.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Goes on with a keeper that knows more.
    pub fn keep_with(&mut self, keeper: Keeper) {
        self.session.keep_with(keeper);
    }

    /// What the line in the bar would do.
    pub(super) fn preview(&self, line: &str) -> Preview {
        match self.field() {
            Some(field) => field.preview(line),
            None => self.session.preview(line),
        }
    }

    /// What is still to be seen behind the bar.
    pub fn behind(&self) -> Option<&Window> {
        let typing = matches!(self.front, Front::Bar(_));
        self.behind.as_ref().filter(|_| typing)
    }

    /// What lies over the panes.
    pub fn front(&self) -> &Front {
        &self.front
    }

    /// The pane that Tab has chosen.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// Whether that pane has the whole screen.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How far the learner has scrolled a pane, in lines; `None` where they have not, and what matters is in sight.
    pub fn scrolled_to(&self, pane: Pane) -> Option<usize> {
        self.scrolls[slot(pane)]
    }

    /// The picture that has the keys, where one has.
    fn picture_in_focus(&self) -> Option<Picture> {
        (self.focus == Pane::Picture).then(|| self.session.picture())
    }

    /// The last thing that was said.
    pub fn message(&self) -> &Line {
        &self.message
    }

    /// Whether the learner has asked for the course menu; asking clears it.
    pub fn wants_menu(&mut self) -> bool {
        std::mem::take(&mut self.wants_menu)
    }

    /// Brings a view into focus, for a picture of it.
    pub(super) fn bring(&mut self, view: &str) -> Result<(), String> {
        let outcome = self
            .run(&format!("view {view}"))
            .map_err(|complaint| complaint.with_advice())?;
        self.take(&outcome);
        self.message = Line::new();
        Ok(())
    }

    /// Takes what is pasted into the line being typed, or begins one.
    fn paste(&mut self, text: &str) {
        if self.read_question().is_some() {
            self.answer("");
        }
        let is_field = self.field().is_some();
        if !matches!(self.front, Front::Bar(_)) {
            self.front = Front::Bar(Bar::default());
        }
        if let Front::Bar(bar) = &mut self.front {
            if is_field {
                bar.paste_line(text);
            } else {
                bar.paste(text);
            }
        }
    }

    fn key(&mut self, key: Key) {
        match &mut self.front {
            Front::Panes => self.pane_key(key),
            Front::Reading(_) => self.reading_key(key),
            Front::Bar(bar) => {
                let field = self.behind.as_ref();
                let field = field.and_then(|window| Field::of(window, &self.session));
                let complete = |line: &str| match field {
                    Some(_) => Field::complete(line),
                    None => self.session.complete(line),
                };
                match bar.key(key, self.typed.lines(), complete) {
                    Answer::Typing => {}
                    Answer::Close => {
                        let behind = self.behind.take();
                        self.front = behind.map_or(Front::Panes, Front::Reading);
                    }
                    Answer::Enter(line) => self.enter(&line),
                }
            }
        }
    }

    fn pane_key(&mut self, key: Key) {
        let name = key.name();
        if begins_a_number(&name) && self.session.takes_numbers() {
            self.front = Front::Bar(Bar::with_text(&name));
            return;
        }
        let on = self.picture_in_focus().map_or(On::Lesson, On::Picture);
        match deed(&name, on) {
            Some(Deed::Command(LEAVING)) if self.session.has_unkept() => self.ask_to_leave(),
            Some(Deed::Command(line)) => self.do_line(line),
            Some(Deed::OpenBar(text)) => {
                self.message = Line::new();
                self.front = Front::Bar(Bar::with_text(text));
            }
            None
            | Some(
                Deed::Enter
                | Deed::Move(..)
                | Deed::MoveProblem(_)
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Close
                | Deed::Edit
                | Deed::Agree
                | Deed::Practise,
            ) => {
                let told = meant_key(&name, on);
                self.message = Line::plain(told.unwrap_or_else(|| {
                    format!("The key {name} does nothing here; ? shows the keys.")
                }));
            }
        }
    }

    /// Asks whether to leave, as what is not kept would be gone.
    pub(super) fn ask_to_leave(&mut self) {
        self.take(&Part::Confirmation(leave()).into());
    }

    fn do_line(&mut self, line: &str) {
        match self.run(line) {
            Ok(outcome) => self.take(&outcome),
            Err(complaint) => self.complain(complaint),
        }
    }

    fn complain(&mut self, complaint: Complaint) {
        self.message = Line::new()
            .with(complaint.message, Role::Plain)
            .with(format!(": {}", complaint.advice), Role::Muted);
    }

    /// Does what a command asks of the screen.
    fn act(&mut self, action: ScreenAction) {
        match action {
            ScreenAction::View(Choice::This(topic)) => self.focus = pane_of(topic),
            ScreenAction::View(Choice::Next) => self.turn_focus(1),
            ScreenAction::View(Choice::Previous) => self.turn_focus(Pane::ALL.len() - 1),
            ScreenAction::Whole => self.whole = !self.whole,
            ScreenAction::Scroll(way, lines) => self.scroll_pane(self.focus, way, lines),
            ScreenAction::ScrollToWrong => self.scroll_to_wrong(),
            ScreenAction::Sleep => self.common.suspends = true,
            ScreenAction::Copy(topic) => self.copy(topic),
            ScreenAction::Mouse(taken) => {
                self.common.take_mouse(taken);
                let key = key_for(Deed::Command("mouse"), On::Lesson);
                self.message = Line::plain(if self.common.mouse {
                    format!("The wheel scrolls again. {key} gives the mouse to the terminal.")
                } else {
                    format!(
                        "The mouse is the terminal's: drag to select text. {key} takes it back."
                    )
                });
            }
        }
    }

    /// Does a line from the bar. A wrong one stays there with what is wrong.
    fn enter(&mut self, line: &str) {
        if line.trim() == "skip" && self.field().is_some() {
            self.front = Front::Panes;
            self.behind = None;
            let key = key_for(Deed::Command("exercise"), On::Lesson);
            let message = format!("The question is left for later; {key} asks it again.");
            self.message = Line::plain(message);
            return;
        }
        self.typed.add(line);
        let meant = self
            .field()
            .map_or_else(|| Ok(line.to_owned()), |field| field.understand(line));
        match meant.and_then(|line| self.run(&line)) {
            Ok(outcome) => {
                self.front = Front::Panes;
                self.behind = None;
                self.take(&outcome);
            }
            Err(complaint) => {
                if let Front::Bar(bar) = &mut self.front {
                    bar.complain(complaint);
                }
            }
        }
    }

    /// Runs a line and brings into view what it has changed.
    fn run(&mut self, line: &str) -> Result<Outcome, Complaint> {
        let (page, position) = (self.session.page_index(), self.session.position());
        let looks = looks(&self.session);
        let outcome = self.session.run_line(line)?;
        self.session.make_picture_ready();
        if self::looks(&self.session) != looks {
            self.scrolls[slot(Pane::Picture)] = None;
        }
        if outcome.opens() || self.session.page_index() != page {
            self.focus = Pane::Lesson;
            self.whole = false;
            self.scrolls = [None; 4];
        } else if self.session.position() != position {
            // What was scrolled away is where the numbers change.
            self.scrolls[slot(Pane::Update)] = None;
            self.scrolls[slot(Pane::Code)] = None;
            let alone = self.areas().is_some_and(|areas| areas.mode == Mode::Single);
            if alone && self.focus != Pane::Picture {
                self.focus = Pane::Update;
            }
        }
        Ok(outcome)
    }

    /// Shows what a command had to say.
    fn take(&mut self, outcome: &Outcome) {
        self.common.leaving = outcome.leaving().or(self.common.leaving);
        self.message = outcome.message();
        if let Some(window) = Window::of(outcome, &self.session) {
            self.front = Front::Reading(window);
        }
        self.wants_menu |= outcome.all().any(|part| matches!(part, Part::Lessons(_)));
        for action in outcome.actions() {
            self.act(action);
        }
    }

    /// Where everything is at the moment.
    pub fn areas(&self) -> Option<Areas> {
        render::areas(self)
    }
}

impl FullScreen for App {
    fn common(&self) -> &Common {
        &self.common
    }

    fn common_mut(&mut self) -> &mut Common {
        &mut self.common
    }

    fn update(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) => self.wheel(*wheel),
            Input::Paste(text) => self.paste(text),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        render::draw(frame, self);
    }
}

/// The pane that shows what a topic tells.
fn pane_of(topic: ShowTopic) -> Pane {
    match topic {
        ShowTopic::Lesson => Pane::Lesson,
        ShowTopic::Code => Pane::Code,
        ShowTopic::Picture(_) => Pane::Picture,
        ShowTopic::State | ShowTopic::Gradients => Pane::Update,
    }
}

/// What the picture depends on besides the run; where it changes, its table is seen from where it matters again.
fn looks(session: &Session) -> (Picture, (Column, bool), String, usize) {
    let (picture, filter) = (session.picture(), session.filtering().to_owned());
    (picture, session.sorting(), filter, session.focus())
}

fn slot(pane: Pane) -> usize {
    let place = Pane::ALL.iter().position(|other| *other == pane);
    place.unwrap_or(0)
}
