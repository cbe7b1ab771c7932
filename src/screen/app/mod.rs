//! The state of the full screen, and what each input does to it.

mod again;
mod asking;
mod commands;
mod copying;
mod help;
mod meantime;
mod playing;
mod reading;
mod scrolling;

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::bar::{Answer, Bar};
use super::layout::{Areas, Mode};
use super::panel::Panel;
use super::{Common, FullScreen, Input, Key, Look, render};
use crate::command::{
    Command, Deed, Occasion, On, Picture, Preview, begins_a_number, deed, nothing_here,
};
use crate::explain::Line;
use crate::pictures::draws_ghost;
use crate::record::{Keeper, TypedLines};
use crate::session::{Confirmation, Part, Session};
pub(super) use asking::place_of;
pub use meantime::{Meantime, Meanwhile, meanwhile};
pub use playing::Pace;
pub use reading::Window;
pub(super) use scrolling::{SCROLL, scrolled};

/// A pane of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// The number of the line that comes next is being typed, in its place.
    Foretelling(Bar),
    /// The page's question is asked, in the place of its text.
    Asking(Box<Panel>),
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
    /// What became of the run and of the one before, where a setting has been turned last.
    turned: Vec<Line>,
    typed: TypedLines,
    wants_menu: bool,
    /// The question that is still asked while something lies over it.
    behind: Option<Box<Panel>>,
    pace: Pace,
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
        session.animate();
        session.make_picture_ready();
        Self {
            session,
            common: Common::new(look),
            front: Front::default(),
            focus: Pane::Lesson,
            whole: false,
            scrolls: [None; 4],
            message,
            turned: Vec::new(),
            typed: TypedLines::default(),
            wants_menu: false,
            behind: None,
            pace: Pace::default(),
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
        self.session.preview(line)
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

    /// The same and, where a setting has been turned and no picture in sight tells of both runs, what became of them.
    pub fn told_in(&self, areas: &Areas) -> Line {
        let legend = areas.pane(Pane::Picture).is_some() && draws_ghost(self.session.picture());
        let turned = self.turned.iter().filter(|_| !legend);
        turned.fold(self.message.clone(), |line, run| {
            line.and(" ").joined(run.clone())
        })
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
        self.take(&outcome, "");
        self.message = Line::new();
        Ok(())
    }

    /// Takes what is pasted into the line being typed, or begins one.
    fn paste(&mut self, text: &str) {
        match &mut self.front {
            Front::Asking(panel) => {
                if let Some(field) = panel.field_mut() {
                    field.bar.paste_line(text);
                }
            }
            Front::Bar(bar) => bar.paste(text),
            Front::Foretelling(bar) => bar.paste_line(text),
            Front::Panes | Front::Reading(_) => {
                let mut bar = Bar::default();
                bar.paste(text);
                self.front = Front::Bar(bar);
            }
        }
    }

    fn key(&mut self, key: Key) {
        match &mut self.front {
            Front::Panes => self.pane_key(key),
            Front::Reading(_) => self.reading_key(key),
            Front::Asking(_) => self.panel_key(key),
            Front::Bar(bar) | Front::Foretelling(bar) => {
                let complete = |line: &str| self.session.complete(line);
                match bar.key(key, self.typed.lines(), complete) {
                    Answer::Typing => {}
                    Answer::Close => self.close(),
                    Answer::Enter(line) => self.enter(&line),
                }
            }
        }
    }

    fn pane_key(&mut self, key: Key) {
        if self.playing_key(key) {
            return;
        }
        let name = key.name();
        if begins_a_number(&name) && self.session.takes_numbers() {
            if self.session.awaits_answer() {
                self.begin_answer(&name);
            } else {
                self.foretell(&name);
            }
            return;
        }
        let on = self.picture_in_focus().map_or(On::Lesson, On::Picture);
        match deed(&name, on) {
            Some(deed) if deed.leaves() && self.session.has_unkept() => self.ask_to_leave(),
            Some(deed) if deed.command() == Some(Command::Keys) => self.show_help(),
            Some(Deed::Command(line)) => self.do_line(self.whole_updates(line)),
            Some(Deed::OpenBar(text)) => {
                self.message = Line::new();
                self.front = Front::Bar(Bar::with_text(text));
            }
            Some(Deed::Enter) => self.go_on(),
            None
            | Some(
                Deed::Move(..) | Deed::MoveProblem(_) | Deed::Edit(_) | Deed::Close | Deed::Take(_),
            ) => self.message = Line::plain(nothing_here(&name, on, self.occasion())),
        }
    }

    /// What decides on the keys that are reminded of.
    pub(in crate::screen) fn occasion(&self) -> Occasion {
        Occasion {
            exercise: !self.session.page().exercises.is_empty(),
            ghost: self.session.timeline().ghost().is_some(),
            whole: self.whole,
            hint: self.panel().and_then(|panel| panel.hint),
            picture: self.is_about_picture(),
            leads_to: self.common.home,
            last_page: self.session.leads_to_next_lesson(),
            copies: matches!(self.front, Front::Reading(_)),
        }
    }

    /// Whether the page is about its picture, and neither the update nor the code has been asked for.
    fn is_about_picture(&self) -> bool {
        let asked = matches!(self.focus, Pane::Update | Pane::Code);
        self.session.page().picture.is_some() && !asked
    }

    /// What a key's command is here: where no lines are in sight, updates are made and taken back whole.
    pub(super) fn whole_updates(&self, line: &'static str) -> &'static str {
        match line {
            "next" if self.is_about_picture() => "step",
            "back line" if self.is_about_picture() => "back update",
            line => line,
        }
    }

    /// Asks whether to leave, as what is not kept would be gone.
    pub(super) fn ask_to_leave(&mut self) {
        self.take(&Part::Confirmation(leave()).into(), "");
    }

    /// How the panes share the screen; `None` where it is too small.
    fn mode(&self) -> Option<Mode> {
        let whole = self.whole && self.panel().is_none();
        let about_picture = self.session.page().picture.is_some();
        Mode::of(self.common.size, self.focus, whole, about_picture)
    }

    /// Where everything is at the moment.
    pub fn areas(&self) -> Option<Areas> {
        render::areas(self)
    }

    /// Where the question stands, while one does.
    pub fn question_place(&self) -> Option<Rect> {
        render::question_place(self)
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
        self.turned.clear();
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) => self.wheel(*wheel),
            Input::Paste(text) => self.paste(text),
        }
        // Whoever types or reads does not see the run.
        if !matches!(self.front, Front::Panes) {
            self.session.pause();
        }
    }

    fn tick(&mut self, elapsed: Duration) -> bool {
        self.play_for(elapsed)
    }

    fn wakes_in(&self) -> Option<Duration> {
        self.plays_in()
    }

    fn draw(&self, frame: &mut Frame) {
        render::draw(frame, self);
    }
}

fn slot(pane: Pane) -> usize {
    let place = Pane::ALL.iter().position(|other| *other == pane);
    place.unwrap_or(0)
}
