//! The state of the practice screen, and what each input does to it.

use ratatui::Frame;

use super::app::{Window, scrolled};
use super::panel::{Panel, Posed};
use super::{Common, FullScreen, Input, Key, Look, render};
use crate::asking::FeedbackKind;
use crate::command::{
    Command, Deed, Leaving, Occasion, Offer, On, Practised, Reach, ScreenAction, Way, deed,
    keys_of, nothing_here, practised,
};
use crate::explain::{Digits, Line};
use crate::practice::{Ending, HELP, Practice, Reply};
use crate::record::TypedLines;
use crate::screen::bar::Answer;
use crate::session::{Confirmation, Part};
use crate::view::Sheet;

/// Practice on the full screen.
#[derive(Debug)]
pub struct Practising {
    practice: Practice,
    /// The problem in sight: the current one, or the one just answered.
    panel: Panel,
    /// Its number, from 1, and its words as it was asked first.
    number: usize,
    asked: Vec<Line>,
    /// What has been typed in this round.
    typed: TypedLines,
    /// What the round has come to, once it is over and that is read.
    summary: Option<Window>,
    /// What is read in front of all: help, or whether to leave.
    window: Option<Window>,
    /// What is said to a key that does nothing; mostly nothing.
    told: String,
    /// Whether a lesson lies below with something in it that nothing keeps.
    over_unkept: bool,
    common: Common,
}

/// Asked before a key throws away what is not kept.
fn leave(over_unkept: bool) -> Confirmation {
    Confirmation {
        about: if over_unkept {
            "Your answers are kept. The runs and branches of the lesson that is open are not, nor how this round has gone so far."
        } else {
            "Your answers are kept. What is typed, and how this round has gone so far, are not."
        },
        ..super::app::leave()
    }
}

impl Practising {
    /// A round that begins.
    pub fn new(mut practice: Practice, look: Look) -> Self {
        let notice = practice.take_notice().map(Line::plain);
        let mut practising = Self {
            practice,
            panel: Panel::default(),
            number: 0,
            asked: Vec::new(),
            typed: TypedLines::default(),
            summary: None,
            window: None,
            told: String::new(),
            over_unkept: false,
            common: Common::new(look),
        };
        practising.pose(notice.into_iter().collect());
        practising
    }

    /// The same over a lesson in which there may be something that nothing keeps.
    #[must_use]
    pub(super) fn over(self, over_unkept: bool) -> Self {
        Self {
            over_unkept,
            ..self
        }
    }

    /// Whether leaving the tutor would throw something away.
    fn has_unkept(&self) -> bool {
        let in_round = self.practice.is_begun() || !self.typed_text().trim().is_empty();
        self.over_unkept || (in_round && !self.is_over())
    }

    /// The round.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// The problem in its place.
    pub fn panel(&self) -> &Panel {
        &self.panel
    }

    /// What is typed.
    pub fn typed_text(&self) -> &str {
        self.panel.field().map_or("", |field| field.bar.text())
    }

    /// What the round has come to, once it is over.
    pub fn summary(&self) -> Option<&Window> {
        self.summary.as_ref()
    }

    /// What is read in front of all: help, or whether to leave.
    pub fn window(&self) -> Option<&Window> {
        self.window.as_ref()
    }

    /// What is said to a key that does nothing; mostly nothing.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// The number of the problem in sight, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether the round is over and its summary is being read.
    pub fn is_over(&self) -> bool {
        self.summary.is_some()
    }

    /// How many problems have been right at once, right in the end, and left out.
    pub fn tally(&self) -> [usize; 3] {
        [Ending::Unaided, Ending::Later, Ending::Skipped].map(|wanted| {
            let endings = self.practice.endings();
            endings.filter(|ending| *ending == wanted).count()
        })
    }

    /// Where keys count, but for what is read in front of all.
    pub(super) fn place(&self) -> On {
        if self.is_over() {
            On::Summary
        } else if self.panel.is_answered() {
            On::Solved
        } else if self.typed_text().is_empty() {
            On::Practice
        } else {
            On::Typing
        }
    }

    /// What decides on the keys that are reminded of.
    pub(super) fn occasion(&self) -> Occasion {
        Occasion {
            leads_to: self.common.home,
            hint: self.panel.hint,
            ..Occasion::default()
        }
    }

    /// Puts the current problem into its place as it is asked first, and says this beside it; on a new topic, with a
    /// worked example.
    fn pose(&mut self, mut said: Vec<Line>) {
        said.extend(self.practice.example());
        self.number = self.practice.number().0;
        self.asked = self.practice.waiting().lines;
        let said = (!said.is_empty()).then_some((FeedbackKind::Hint, said));
        self.panel = Panel::new(self.posed(said, "", true), None);
    }

    /// The problem in sight after a line, of which this is said.
    fn posed<'a>(
        &self,
        said: Option<(FeedbackKind, Vec<Line>)>,
        line: &'a str,
        asks: bool,
    ) -> Posed<'a> {
        let (waiting, count) = (self.practice.waiting(), self.practice.number().1);
        let others = asks && waiting.lines != self.asked;
        let others = ["", " · other numbers"][usize::from(others)];
        let answer = match Practice::understand(line) {
            Ok(Some(Command::Answer(answer))) => answer,
            Ok(_) | Err(_) => None,
        };
        Posed {
            title: format!("Problem {} of {count}{others}", self.number),
            waiting,
            digits: Digits::default(),
            asks,
            said,
            line,
            answer,
            hint: Some(self.practice.hint_to_come()),
            onward: if self.number == count {
                "▸ Enter goes on to the summary: this was the last.".to_owned()
            } else {
                format!("▸ Enter goes on to problem {}.", self.number + 1)
            },
        }
    }

    /// Does what a key stands for; the one that leaves asks first where something would be lost. Pressed once more, or
    /// agreed to, it leaves; any other key leaves all as it is.
    fn key(&mut self, key: Key) {
        let name = key.name();
        self.told.clear();
        let leaves = deed(&name, self.place()).is_some_and(Deed::leaves);
        if let Some(window) = &self.window
            && window.asks().is_some()
        {
            self.window = None;
            if leaves || deed(&name, On::Confirmation) == Some(Deed::Take(Offer::Agreement)) {
                self.common.leaving = Some(Leaving::Tutor);
            }
        } else if leaves && self.has_unkept() {
            let asked = Part::Confirmation(leave(self.over_unkept));
            self.window = Window::of(&asked.into());
        } else if self.window.is_some() && !leaves {
            if let Some(Deed::Move(_, way)) = deed(&name, On::Reading) {
                self.scroll_read(way, 1);
            } else {
                self.window = None;
            }
        } else {
            self.round_key(key);
        }
    }

    fn round_key(&mut self, key: Key) {
        let (name, on) = (key.name(), self.place());
        match deed(&name, on) {
            Some(Deed::Enter) if on == On::Summary => {
                *self = Self {
                    common: self.common.clone(),
                    over_unkept: self.over_unkept,
                    ..Self::new(self.practice.another(), self.common.look)
                };
            }
            Some(Deed::Enter) if on == On::Solved => self.go_on(),
            Some(Deed::Close) => self.panel.clear(),
            Some(Deed::Move(Reach::Line, way)) => self.scroll_read(way, 1),
            Some(Deed::Move(Reach::Page | Reach::All, way)) => {
                self.scroll_read(way, render::practice_page(self));
            }
            Some(Deed::MoveProblem(way)) => {
                let (most, _) = render::practice_overflow(self);
                self.panel.scroll_words(way, most);
            }
            Some(Deed::Command(line)) => self.run(line),
            None | Some(Deed::Enter | Deed::OpenBar(_) | Deed::Edit(_) | Deed::Take(_)) => {
                if self.panel.field().is_some() && !self.is_over() {
                    return self.type_key(key);
                }
                self.told = nothing_here(&name, on, self.occasion());
            }
        }
    }

    fn type_key(&mut self, key: Key) {
        let history = self.typed.lines();
        if let Answer::Enter(_) = self.panel.type_key(key, history, Practice::complete)
            && let Some(line) = self.panel.entered()
        {
            self.typed.add(&line);
            self.run(&line);
        }
    }

    /// Goes on from the problem that has been answered.
    fn go_on(&mut self) {
        if self.number == self.practice.number().1 {
            self.sum_up(Vec::new());
        } else {
            self.pose(Vec::new());
        }
    }

    /// The round is over, and what it has come to is read.
    fn sum_up(&mut self, notice: Vec<Line>) {
        let mut text = self.practice.summary();
        text.lines.extend(notice);
        let sheet = Sheet {
            title: "The round is over".to_owned(),
            text,
        };
        self.summary = Some(Window::showing(sheet, Line::new()));
    }

    /// Does a line. A wrong one stays, with what is wrong.
    fn run(&mut self, line: &str) {
        let finished = self.practice.endings().count();
        match Practice::understand(line).ok().flatten() {
            // There is nothing to sum up before anything has been finished, or once it has been.
            Some(Command::Quit(leaving))
                if leaving == Leaving::Tutor || self.is_over() || finished == 0 =>
            {
                self.common.leaving = Some(leaving);
                return;
            }
            // The problem that comes next has not been seen, so it is not left.
            Some(Command::Quit(_)) if self.panel.is_answered() => return self.sum_up(Vec::new()),
            Some(Command::Screen(action)) if self.act(action) => return self.done(line),
            Some(command) if matches!(practised(&command), Some((Practised::Help, _))) => {
                self.window = Some(Window::showing(help(), Line::new()));
                return self.done(line);
            }
            Some(_) | None => {}
        }
        match self.practice.reply(line) {
            Err(complaint) => self.panel.complain(complaint),
            Ok(reply) => self.take(reply, line, self.practice.endings().count() > finished),
        }
    }

    /// A line has been done: nothing of it stays in the field.
    fn done(&mut self, line: &str) {
        if self.typed_text() == line {
            self.panel.clear();
        }
    }

    /// Shows what was said to a line, which may have been the end of a problem.
    fn take(&mut self, reply: Reply, line: &str, is_end: bool) {
        let notice = reply.notice.map(Line::plain).into_iter();
        if let Some(feedback) = reply.feedback {
            let said = feedback.beside().into_iter().chain(notice).collect();
            let posed = self.posed(Some((feedback.kind, said)), line, !is_end);
            self.panel = Panel::new(posed, Some(&self.panel));
        } else if reply.summary.is_some() {
            self.sum_up(notice.collect());
        } else if is_end {
            let left = Line::plain(format!("Problem {} is left out.", self.number));
            self.pose(std::iter::once(left).chain(notice).collect());
        } else {
            self.done(line);
        }
    }

    /// Does what a command asks of the screen, where there is anything of it here.
    fn act(&mut self, action: ScreenAction) -> bool {
        match action {
            ScreenAction::Sleep => self.common.suspends = true,
            ScreenAction::Mouse(taken) => self.common.take_mouse(taken),
            ScreenAction::View(_)
            | ScreenAction::Whole
            | ScreenAction::Scroll(..)
            | ScreenAction::ScrollToWrong
            | ScreenAction::Theme(_)
            | ScreenAction::Copy(_) => return false,
        }
        true
    }

    /// Scrolls what is read in front of all, the summary, or what is said.
    fn scroll_read(&mut self, way: Way, lines: usize) {
        let (_, most) = render::practice_overflow(self);
        let panel = &mut self.panel;
        let read = self.window.as_mut().or(self.summary.as_mut());
        let scroll = read.map_or(&mut panel.scroll, |window| &mut window.scroll);
        *scroll = scrolled(*scroll, way, lines, most);
    }
}

impl FullScreen for Practising {
    fn common(&self) -> &Common {
        &self.common
    }

    fn common_mut(&mut self) -> &mut Common {
        &mut self.common
    }

    fn update(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) => self.scroll_read(wheel.way, super::app::SCROLL),
            Input::Paste(text) if !self.is_over() && self.window.is_none() => {
                if let Some(field) = self.panel.field_mut() {
                    field.bar.paste_line(text);
                }
            }
            Input::Paste(_) => {}
        }
    }

    fn draw(&self, frame: &mut Frame) {
        render::draw_practice(frame, self);
    }
}

/// What can be typed, and every key of a round.
fn help() -> Sheet {
    let mut lines = vec![Line::plain(HELP), Line::new()];
    lines.extend(keys_of(On::Practice));
    Sheet {
        title: "Help · practice".to_owned(),
        text: lines.into(),
    }
}
