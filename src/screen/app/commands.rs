//! Command lines on the screen: doing one, and showing what came of it.

use super::{App, Front, Pane, Window, slot};
use crate::command::{
    Choice, Column, Complaint, Deed, On, Picture, ScreenAction, ShowTopic, key_for,
};
use crate::explain::{Line, Role};
use crate::screen::bar::Bar;
use crate::screen::layout::Mode;
use crate::screen::panel::Waits;
use crate::screen::render;
use crate::session::{Outcome, Part, Session};

impl App {
    pub(super) fn do_line(&mut self, line: &str) {
        match self.run(line) {
            Ok(outcome) => self.take(&outcome, line),
            Err(complaint) => self.complain(complaint),
        }
    }

    pub(super) fn complain(&mut self, complaint: Complaint) {
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
    pub(super) fn enter(&mut self, line: &str) {
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
    pub(super) fn foretell(&mut self, text: &str) {
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
    pub(super) fn run(&mut self, line: &str) -> Result<Outcome, Complaint> {
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
            let alone = self.mode() == Some(Mode::Single);
            if alone && self.is_about_picture() {
                self.focus = Pane::Picture;
            } else if alone && self.focus != Pane::Picture {
                self.focus = Pane::Update;
            }
        }
        Ok(outcome)
    }

    /// Shows what a command line had to say.
    pub(super) fn take(&mut self, outcome: &Outcome, line: &str) {
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
