//! The state of the full screen, and what each input does to it.

mod again;
mod asking;
mod copying;
mod help;
mod playing;
mod reading;
mod scrolling;

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::bar::{Answer, Bar};
use super::layout::{Areas, Mode};
use super::panel::{Panel, Waits};
use super::{Common, FullScreen, Input, Key, Look, render};
use crate::command::{
    Choice, Column, Complaint, Deed, Occasion, On, Picture, Preview, ScreenAction, ShowTopic,
    begins_a_number, dead_key, deed, key_for, meant_key,
};
use crate::explain::{Line, Role};
use crate::pictures::draws_ghost;
use crate::record::{Keeper, TypedLines};
use crate::session::{Confirmation, Outcome, Part, Session};
pub(super) use asking::place_of;
pub use playing::Pace;
pub use reading::Window;
pub(super) use scrolling::scrolled;

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
            Some(Deed::Command(LEAVING)) if self.session.has_unkept() => self.ask_to_leave(),
            Some(Deed::Command("keys")) => self.show_help(),
            Some(Deed::Command(line)) => self.do_line(self.whole_updates(line)),
            Some(Deed::OpenBar(text)) => {
                self.message = Line::new();
                self.front = Front::Bar(Bar::with_text(text));
            }
            Some(Deed::Enter) => self.go_on(),
            None
            | Some(
                Deed::Move(..)
                | Deed::MoveProblem(_)
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Close
                | Deed::Edit
                | Deed::Agree
                | Deed::Practise,
            ) => {
                let told = meant_key(&name, on);
                let dead = || dead_key(&name, on, self.occasion());
                self.message = Line::plain(told.unwrap_or_else(dead));
            }
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

    fn do_line(&mut self, line: &str) {
        match self.run(line) {
            Ok(outcome) => self.take(&outcome, line),
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
            ScreenAction::Theme(theme) => self.common.look.theme = theme,
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
        self.typed.add(line);
        match self.run(line) {
            Ok(outcome) => {
                self.front = Front::Panes;
                self.take(&outcome, line);
            }
            Err(complaint) => {
                if let Front::Bar(bar) | Front::Foretelling(bar) = &mut self.front {
                    bar.complain(complaint);
                }
            }
        }
    }

    /// Begins the number of the line that comes next: where that line is on the screen or can be, in its place.
    fn foretell(&mut self, text: &str) {
        let bar = Bar::with_text(text);
        self.message = Line::new();
        let (focus, scrolls) = (self.focus, self.scrolls);
        self.front = Front::Foretelling(bar);
        if render::foretold_place(self).is_none() {
            self.focus = Pane::Update;
            self.scrolls[slot(Pane::Update)] = None;
        }
        if render::foretold_place(self).is_none() {
            (self.focus, self.scrolls) = (focus, scrolls);
            self.front = Front::Bar(Bar::with_text(text));
        }
    }

    /// Runs a line and brings into view what it has changed.
    fn run(&mut self, line: &str) -> Result<Outcome, Complaint> {
        let (page, position) = (self.session.page_index(), self.session.position());
        let looks = looks(&self.session);
        let played = self.session.playing().is_some();
        let outcome = self.session.run_line(line)?;
        self.session.make_picture_ready();
        if self.session.playing().is_some() && !played {
            self.begin_playing();
        }
        if self::looks(&self.session) != looks {
            self.scrolls[slot(Pane::Picture)] = None;
        }
        if outcome.opens() || self.session.page_index() != page {
            self.focus = Pane::Lesson;
            self.whole = false;
            self.scrolls = [None; 4];
            self.behind = None;
            if matches!(self.front, Front::Asking(_)) {
                self.front = Front::Panes;
            }
        } else if self.session.position() != position {
            // What was said of the run is no longer so.
            if let Front::Asking(panel) = &mut self.front
                && matches!(panel.waits, Waits::Done)
            {
                panel.said = None;
            }
            // What was scrolled away is where the numbers change.
            self.scrolls[slot(Pane::Update)] = None;
            self.scrolls[slot(Pane::Code)] = None;
            let alone = self.areas().is_some_and(|areas| areas.mode == Mode::Single);
            if alone && self.is_about_picture() {
                self.focus = Pane::Picture;
            } else if alone && self.focus != Pane::Picture {
                self.focus = Pane::Update;
            }
        }
        Ok(outcome)
    }

    /// Shows what a command line had to say.
    fn take(&mut self, outcome: &Outcome, line: &str) {
        self.common.leaving = outcome.leaving().or(self.common.leaving);
        self.message = outcome.message();
        self.turned = outcome.turned().cloned().collect();
        if self.take_question(outcome, line) {
            self.show_answered();
        } else if let Some(window) = Window::of(outcome) {
            if let Front::Asking(panel) = std::mem::take(&mut self.front) {
                self.behind = Some(panel);
            }
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
