//! What has the screen: the course menu, a sitting, or practice; and how one leads to another.

use ratatui::Frame;
use ratatui::layout::Size;

use super::menu::{Chooser, Picked};
use super::{App, Input, Look, Practising, draw, draw_menu, draw_practice};
use crate::command::{Home, Leaving};
use crate::practice::{Practice, USUAL_PROBLEMS};
use crate::record::{Keeper, TypedLines};
use crate::session::Session;
use crate::view::Menu;

/// Opens a lesson, by its name, at a page, from 1, for a learner whose progress is kept so. It may say why it cannot.
pub type OpenLesson = Box<dyn Fn(&str, usize, Keeper) -> Result<Session, String>>;

/// What has the screen, and what lies behind it.
pub struct Stage {
    place: OnStage,
    /// Lessons are opened from a menu, and the menu is where one comes back to; practice alone needs none.
    course: Option<Course>,
    look: Look,
    size: Size,
}

enum OnStage {
    /// A lesson is being chosen.
    Menu(Box<Chooser>),
    /// A lesson is open.
    Sitting(Box<App>),
    /// Problems are being solved.
    Practice(Box<Practising>),
}

/// What a menu needs.
struct Course {
    keeper: Keeper,
    /// What has been typed, while no lesson is open that has it.
    typed: TypedLines,
    open: OpenLesson,
    /// The lesson that the menu lies over.
    below: Option<Box<App>>,
}

impl Stage {
    /// The course menu, with something to say.
    pub fn menu(mut keeper: Keeper, look: Look, typed: TypedLines, open: OpenLesson) -> Self {
        let notice = keeper.take_notice();
        let chooser = Chooser::new(Menu::of(keeper.logbook()), look).saying(notice);
        Self {
            place: OnStage::Menu(Box::new(chooser)),
            course: Some(Course {
                keeper,
                typed,
                open,
                below: None,
            }),
            look,
            size: Size::default(),
        }
    }

    /// A sitting, from which other lessons can be opened.
    pub fn sitting(app: App, open: OpenLesson) -> Self {
        Self {
            course: Some(Course {
                keeper: app.session().keeper().clone(),
                typed: TypedLines::default(),
                open,
                below: None,
            }),
            look: app.look(),
            place: OnStage::Sitting(Box::new(app)),
            size: Size::default(),
        }
    }

    /// Practice.
    pub fn practice(practising: Practising) -> Self {
        Self {
            course: None,
            look: practising.look(),
            place: OnStage::Practice(Box::new(practising)),
            size: Size::default(),
        }
    }

    /// Whether the mouse wheel is listened to.
    pub fn takes_mouse(&self) -> bool {
        match &self.place {
            OnStage::Menu(_) => true,
            OnStage::Sitting(app) => app.takes_mouse(),
            OnStage::Practice(practising) => practising.takes_mouse(),
        }
    }

    /// Takes note of the size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        match &mut self.place {
            OnStage::Menu(chooser) => chooser.resize(size),
            OnStage::Sitting(app) => app.resize(size),
            OnStage::Practice(practising) => practising.resize(size),
        }
    }

    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame) {
        match &self.place {
            OnStage::Menu(chooser) => draw_menu(frame, chooser),
            OnStage::Sitting(app) => draw(frame, app),
            OnStage::Practice(practising) => draw_practice(frame, practising),
        }
    }

    /// Whether a long way is being made.
    pub fn is_travelling(&self) -> bool {
        matches!(&self.place, OnStage::Sitting(app) if app.is_travelling())
    }

    /// Whether others are at it, so that there is nothing to do but to wait.
    pub fn is_waiting(&self) -> bool {
        matches!(&self.place, OnStage::Sitting(app) if app.is_waiting())
    }

    /// Goes on with a long way until it is `enough`.
    pub fn travel(&mut self, enough: &mut dyn FnMut() -> bool) {
        if let OnStage::Sitting(app) = &mut self.place {
            app.travel(enough);
        }
    }

    /// Whether the learner has asked for the shell; asking clears it.
    pub fn wants_to_suspend(&mut self) -> bool {
        match &mut self.place {
            OnStage::Menu(chooser) => chooser.wants_to_suspend(),
            OnStage::Sitting(app) => app.wants_to_suspend(),
            OnStage::Practice(practising) => practising.wants_to_suspend(),
        }
    }

    /// Whether the learner has asked to leave the tutor.
    pub fn wants_to_quit(&self) -> bool {
        self.leaving().is_some()
    }

    fn leaving(&self) -> Option<Leaving> {
        match &self.place {
            OnStage::Menu(chooser) => chooser.leaving(),
            OnStage::Sitting(app) => app.leaving(),
            OnStage::Practice(practising) => practising.leaving(),
        }
    }

    /// Does what an input asks for, and goes where it leads.
    pub fn update(&mut self, input: &Input) {
        match &mut self.place {
            OnStage::Menu(chooser) => chooser.update(input),
            OnStage::Sitting(app) => app.update(input),
            OnStage::Practice(practising) => practising.update(input),
        }
        if let Some(course) = &mut self.course
            && let Some(place) = course.after(&mut self.place, self.look)
        {
            let before = std::mem::replace(&mut self.place, place);
            course.keep_below(before, &self.place);
            self.resize(self.size);
        }
    }
}

impl Course {
    /// What has the screen next, where it is something else than now.
    fn after(&mut self, place: &mut OnStage, look: Look) -> Option<OnStage> {
        match place {
            OnStage::Menu(chooser) => self.after_menu(chooser),
            OnStage::Sitting(app) => {
                if app.home() == Home::Menu && app.leaving() == Some(Leaving::Here) {
                    return Some(self.menu_after(app, look));
                }
                let asked = app.wants_menu() && !app.wants_to_quit();
                asked.then(|| self.menu_over(app, look))
            }
            OnStage::Practice(practising) => {
                let returns = practising.leaving() == Some(Leaving::Here);
                returns.then(|| self.menu_after_practice(practising, look))
            }
        }
    }

    /// What has been picked takes the screen; without anything, the lesson below may come back.
    fn after_menu(&mut self, chooser: &mut Chooser) -> Option<OnStage> {
        if chooser.leaving() == Some(Leaving::Here) {
            return self.below.take().map(OnStage::Sitting);
        }
        let entry = match chooser.take_picked()? {
            Picked::Lesson(entry) => entry,
            Picked::Practice => return Some(self.practice(chooser.look())),
        };
        // The lesson that is open goes on as it is.
        let same = |app: &mut Box<App>| app.session().lesson().name == entry.name;
        if let Some(app) = self.below.take_if(same) {
            return Some(OnStage::Sitting(app));
        }
        match (self.open)(entry.name, entry.page, self.keeper.clone()) {
            Ok(session) => {
                if let Some(mut app) = self.below.take() {
                    self.typed = app.take_typed();
                }
                let app = App::new(session, chooser.look());
                let app = app.recalling(std::mem::take(&mut self.typed));
                Some(OnStage::Sitting(Box::new(app.from_menu())))
            }
            Err(reason) => {
                chooser.say(reason);
                None
            }
        }
    }

    fn practice(&self, look: Look) -> OnStage {
        let seed = self.keeper.now().0;
        let practice = Practice::new(self.keeper.clone(), seed, USUAL_PROBLEMS);
        OnStage::Practice(Box::new(Practising::new(practice, look).from_menu()))
    }

    /// The menu after practice, over the lesson that it lay over before.
    fn menu_after_practice(&mut self, practising: &Practising, look: Look) -> OnStage {
        let menu = self.fresh_menu(practising.practice().keeper());
        let said = format!("Back from practice: {}.", menu.practised());
        let mut chooser = Chooser::new(menu, look).choosing_practice();
        if let Some(app) = &mut self.below {
            app.keep_with(self.keeper.clone());
            chooser = chooser.over(&app.session().lesson().title);
        }
        OnStage::Menu(Box::new(chooser.saying(Some(said))))
    }

    /// The menu over a lesson.
    fn menu_over(&mut self, app: &App, look: Look) -> OnStage {
        let menu = self.fresh_menu(app.session().keeper());
        let lesson = app.session().lesson();
        let chooser = Chooser::new(menu, look).choosing(&lesson.name);
        OnStage::Menu(Box::new(chooser.over(&lesson.title)))
    }

    /// Keeps a lesson that has not been left while a menu lies over it.
    fn keep_below(&mut self, before: OnStage, now: &OnStage) {
        if let (OnStage::Sitting(app), OnStage::Menu(_)) = (before, now)
            && app.leaving().is_none()
        {
            self.below = Some(app);
        }
    }

    /// The menu after a lesson that has been left.
    fn menu_after(&mut self, app: &mut App, look: Look) -> OnStage {
        self.typed = app.take_typed();
        let menu = self.fresh_menu(app.session().keeper());
        let name = &app.session().lesson().name;
        let chooser = Chooser::new(menu, look).choosing(name);
        let done = (chooser.menu().entries.iter()).find(|entry| entry.name == name);
        let said = done.map_or_else(
            || format!("Back from {}.", app.session().lesson().title),
            |entry| format!("Back from {name}: {}.", entry.done),
        );
        OnStage::Menu(Box::new(chooser.saying(Some(said))))
    }

    /// The menu with the progress that has been made.
    fn fresh_menu(&mut self, keeper: &Keeper) -> Menu {
        self.keeper = keeper.clone();
        self.keeper.refresh();
        Menu::of(self.keeper.logbook())
    }
}
