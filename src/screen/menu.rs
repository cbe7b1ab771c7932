//! The state of the course menu, and what each input does to it.

use ratatui::Frame;

use super::app::scrolled;
use super::bar::{Answer, Aside, Bar};
use super::render;
use super::{Common, FullScreen, Input, Key, Look};
use crate::command::{
    Command, Complaint, Completion, Deed, Home, Occasion, Offer, On, Preview, Reach, ScreenAction,
    Way, deed, keys_of, nothing_here,
};
use crate::explain::{Line, Role};
use crate::lesson::LessonId;
use crate::view::{Menu, MenuEntry, Sheet};

/// What choosing something of one's own leads to.
pub const OWN_OPENS: &str = "Enter asks for it: a formula, a file, or a weight and its gradients.";

/// What has been picked from a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked<'a> {
    /// A lesson, and its place in the course.
    Lesson(usize, &'a MenuEntry),
    /// Practice.
    Practice,
    /// Something of the learner's own, in a line.
    Own(&'a str),
}

/// The course menu on the full screen.
#[derive(Debug)]
pub struct Chooser {
    menu: Menu,
    chosen: usize,
    common: Common,
    message: String,
    picked: bool,
    /// The line in which something of one's own is typed, while it is.
    own: Option<Bar>,
    /// Which keys there are, while that is read, and how far it is scrolled.
    help: Option<(Sheet, usize)>,
}

impl Chooser {
    /// A menu in which the lesson is chosen where the learner has stopped.
    pub fn new(menu: Menu, look: Look) -> Self {
        Self {
            chosen: menu.stopped,
            menu,
            common: Common::new(look),
            message: String::new(),
            picked: false,
            own: None,
            help: None,
        }
    }

    /// The same with something to say.
    #[must_use]
    pub fn saying(mut self, message: Option<String>) -> Self {
        self.say(message.unwrap_or_default());
        self
    }

    /// The same with a lesson chosen, where the course has it.
    #[must_use]
    pub fn choosing(mut self, id: &LessonId) -> Self {
        let mut entries = self.menu.entries.iter();
        let place = entries.position(|entry| entry.id == *id);
        self.chosen = place.unwrap_or(self.chosen);
        self
    }

    /// The same over a lesson, to which leaving leads.
    #[must_use]
    pub fn over(mut self, title: &str) -> Self {
        self.common.home = Home::Lesson;
        self.say(format!("{title} stays open as it is; Esc goes back to it."));
        self
    }

    /// Has something said until the next key.
    pub fn say(&mut self, message: String) {
        self.message = message;
    }

    /// The course.
    pub fn menu(&self) -> &Menu {
        &self.menu
    }

    /// Says why what has been picked cannot be opened; a line that has been typed stays, so that it can be mended.
    pub fn refuse(&mut self, complaint: Complaint) {
        match &mut self.own {
            Some(bar) => bar.complain(complaint),
            None => self.say(complaint.message),
        }
    }

    /// The place of what is chosen: a lesson, or after the last of them practice, and something of one's own.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// What is to be said; mostly nothing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether practice is chosen.
    pub fn chooses_practice(&self) -> bool {
        self.chosen == self.menu.entries.len()
    }

    /// The same with something of one's own chosen.
    #[must_use]
    pub fn choosing_own(mut self) -> Self {
        self.chosen = self.last();
        self
    }

    /// The same with practice chosen.
    #[must_use]
    pub fn choosing_practice(mut self) -> Self {
        self.chosen = self.menu.entries.len();
        self
    }

    /// Whether something of one's own is chosen.
    pub fn chooses_own(&self) -> bool {
        self.chosen == self.last()
    }

    /// The place of the last entry.
    fn last(&self) -> usize {
        self.menu.entries.len() + 1
    }

    /// The line that is typed, and what stands beside it.
    pub(super) fn own(&self) -> Option<(&Bar, Aside<'_>)> {
        let bar = self.own.as_ref()?;
        Some((bar, bar.aside(|_| Preview::Nothing)))
    }

    /// What is to be opened; asking clears it.
    pub fn take_picked(&mut self) -> Option<Picked<'_>> {
        if !std::mem::take(&mut self.picked) {
            return None;
        }
        if let Some(bar) = &self.own {
            return Some(Picked::Own(bar.text()));
        }
        let entry = self.menu.entries.get(self.chosen);
        let lesson = entry.map(|entry| Picked::Lesson(self.chosen, entry));
        Some(lesson.unwrap_or(Picked::Practice))
    }

    /// Keys while something of one's own is typed.
    fn own_key(&mut self, key: Key) {
        let Some(bar) = &mut self.own else { return };
        let nothing = |_: &str| Completion {
            start: 0,
            candidates: Vec::new(),
        };
        match bar.key(key, &[], nothing) {
            Answer::Typing => {}
            Answer::Enter(_) => self.picked = true,
            Answer::Close => self.own = None,
        }
    }

    /// Which keys there are, while that is read, and how far it is scrolled.
    pub fn help(&self) -> Option<(&Sheet, usize)> {
        self.help.as_ref().map(|(sheet, scroll)| (sheet, *scroll))
    }

    /// What can be done here and now, and every key.
    fn sheet(&self) -> Sheet {
        let chosen = self.menu.entries.get(self.chosen);
        let heading = |text: &str| Line::new().with(text, Role::Heading);
        let mut lines = vec![heading("Here and now")];
        lines.push(Line::plain(match chosen {
            Some(entry) => entry.opens.clone(),
            None if self.chooses_own() => OWN_OPENS.to_owned(),
            None => "Enter begins a round of practice.".to_owned(),
        }));
        lines.extend([Line::new(), heading("Keys")]);
        lines.extend(keys_of(On::Menu));
        Sheet {
            title: format!("Help · {}", self.menu.title),
            text: lines.into(),
        }
    }

    /// Keys while help is read; others do here what they always do.
    fn help_key(&mut self, key: Key) {
        let most = render::help_overflow(self, self.common.size);
        let Some((_, scroll)) = &mut self.help else {
            return;
        };
        if let Some(Deed::Move(_, way)) = deed(&key.name(), On::Reading) {
            *scroll = scrolled(*scroll, way, 1, most);
        } else {
            self.help = None;
        }
    }

    fn key(&mut self, key: Key) {
        self.message.clear();
        if self.own.is_some() {
            return self.own_key(key);
        }
        let leaves = deed(&key.name(), On::Menu).is_some_and(Deed::leaves);
        if self.help.is_some() && !leaves {
            return self.help_key(key);
        }
        match deed(&key.name(), On::Menu) {
            Some(Deed::Move(reach, way)) => self.choose(reach, way),
            Some(Deed::Enter) if self.chooses_own() => self.own = Some(Bar::default()),
            Some(Deed::Enter) => self.picked = true,
            Some(Deed::Take(Offer::Practice)) => {
                self.chosen = self.menu.entries.len();
                self.picked = true;
            }
            Some(Deed::Take(Offer::Own)) => {
                self.chosen = self.last();
                self.own = Some(Bar::default());
            }
            Some(deed @ Deed::Command(_)) => match deed.command() {
                Some(Command::Quit(leaving)) => self.common.leaving = Some(leaving),
                Some(Command::Keys) => self.help = Some((self.sheet(), 0)),
                other => self.common.suspends = other == Some(Command::Screen(ScreenAction::Sleep)),
            },
            None
            | Some(
                Deed::OpenBar(_)
                | Deed::MoveProblem(_)
                | Deed::Edit(_)
                | Deed::Close
                | Deed::Take(Offer::Agreement),
            ) => {
                let occasion = Occasion {
                    leads_to: self.common.home,
                    ..Occasion::default()
                };
                self.message = nothing_here(&key.name(), On::Menu, occasion);
            }
        }
    }

    fn choose(&mut self, reach: Reach, way: Way) {
        let last = self.last();
        let by = match reach {
            Reach::Line => 1,
            // As many entries as are seen at once.
            Reach::Page => render::entries_in_sight(self, self.common.size).max(1),
            Reach::All => last,
        };
        self.chosen = match way {
            Way::Down => self.chosen.saturating_add(by).min(last),
            Way::Up => self.chosen.saturating_sub(by),
        };
    }
}

impl FullScreen for Chooser {
    fn common(&self) -> &Common {
        &self.common
    }

    fn common_mut(&mut self) -> &mut Common {
        &mut self.common
    }

    fn update(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) if self.own.is_none() => self.choose(Reach::Line, wheel.way),
            Input::Wheel(_) => {}
            Input::Paste(text) => {
                if let Some(bar) = &mut self.own {
                    bar.paste_line(text);
                }
            }
        }
    }

    fn draw(&self, frame: &mut Frame) {
        render::draw_menu(frame, self);
    }
}
