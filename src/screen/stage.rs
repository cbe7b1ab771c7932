//! What has the screen: the course menu, a sitting, or practice; and how one leads to another.

use std::time::Duration;

use ratatui::Frame;

use super::menu::{Chooser, Picked};
use super::{App, Common, FullScreen, Input, Look, Practising};
use crate::command::{Complaint, Home, Leaving};
use crate::files::FileRead;
use crate::practice::{Practice, USUAL_PROBLEMS};
use crate::record::{Keeper, TypedLines};
use crate::session::{Library, Session};
use crate::view::Menu;

/// What is to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish<'a> {
    /// A lesson of the course, by its place, at a page, from 1.
    Lesson(usize, usize),
    /// Something of the learner's own, in a line.
    Own(&'a str),
}

/// Opens something for a learner of a course whose progress is kept so. It may say why it cannot, and where in a line that
/// is.
pub type OpenLesson = Box<dyn Fn(&Library, Wish, Keeper) -> Result<Session, Complaint>>;

/// What has the screen, and what lies behind it.
pub struct Stage {
    place: OnStage,
    /// Lessons are opened from a menu, and the menu is where one comes back to; practice alone needs none.
    course: Option<Course>,
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
    library: Library,
    keeper: Keeper,
    /// What has been typed, while no lesson is open that has it.
    typed: TypedLines,
    open: OpenLesson,
    /// The lesson that the menu lies over.
    below: Option<Box<App>>,
}

impl Stage {
    /// The menu of a course, with something to say.
    pub fn menu(
        library: Library,
        mut keeper: Keeper,
        look: Look,
        typed: TypedLines,
        open: OpenLesson,
    ) -> Self {
        let notice = keeper.take_notice();
        let menu = Menu::of(&library, keeper.logbook());
        let chooser = Chooser::new(menu, look).saying(notice);
        Self {
            place: OnStage::Menu(Box::new(chooser)),
            course: Some(Course {
                library,
                keeper,
                typed,
                open,
                below: None,
            }),
        }
    }

    /// A sitting, from which other lessons can be opened.
    pub fn sitting(app: App, open: OpenLesson) -> Self {
        Self {
            course: Some(Course {
                library: app.session().library(),
                keeper: app.session().keeper().clone(),
                typed: TypedLines::default(),
                open,
                below: None,
            }),
            place: OnStage::Sitting(Box::new(app)),
        }
    }

    /// The lesson that is open, if only below a menu.
    fn sitting_open(&self) -> Option<&App> {
        let below = || Some(&**self.course.as_ref()?.below.as_ref()?);
        match &self.place {
            OnStage::Sitting(app) => Some(app),
            OnStage::Menu(_) | OnStage::Practice(_) => below(),
        }
    }

    /// The files of the lesson that is open, as they were when they were read.
    pub fn reads(&self) -> &[FileRead] {
        let app = self.sitting_open();
        app.map_or(&[], |app| app.session().reads())
    }

    /// These files have changed.
    pub fn read_again(&mut self) {
        let below = self
            .course
            .as_mut()
            .and_then(|course| course.below.as_mut());
        match (&mut self.place, below) {
            (OnStage::Sitting(app), _) | (OnStage::Menu(_) | OnStage::Practice(_), Some(app)) => {
                app.read_again();
            }
            (OnStage::Menu(_) | OnStage::Practice(_), None) => {}
        }
    }

    /// Practice.
    pub fn practice(practising: Practising) -> Self {
        Self {
            course: None,
            place: OnStage::Practice(Box::new(practising)),
        }
    }
}

impl FullScreen for Stage {
    fn common(&self) -> &Common {
        self.place.screen().common()
    }

    fn common_mut(&mut self) -> &mut Common {
        self.place.screen_mut().common_mut()
    }

    fn update(&mut self, input: &Input) {
        self.place.screen_mut().update(input);
        let Common { look, size, .. } = *self.common();
        if let Some(course) = &mut self.course
            && let Some(place) = course.after(&mut self.place, look)
        {
            let before = std::mem::replace(&mut self.place, place);
            course.keep_below(before, &self.place);
            self.resize(size);
            self.common_mut().look = look;
        }
    }

    fn tick(&mut self, elapsed: Duration) -> bool {
        self.place.screen_mut().tick(elapsed)
    }

    fn wakes_in(&self) -> Option<Duration> {
        self.place.screen().wakes_in()
    }

    fn draw(&self, frame: &mut Frame) {
        self.place.screen().draw(frame);
    }
}

impl OnStage {
    fn screen(&self) -> &dyn FullScreen {
        match self {
            Self::Menu(chooser) => &**chooser,
            Self::Sitting(app) => &**app,
            Self::Practice(practising) => &**practising,
        }
    }

    fn screen_mut(&mut self) -> &mut dyn FullScreen {
        match self {
            Self::Menu(chooser) => &mut **chooser,
            Self::Sitting(app) => &mut **app,
            Self::Practice(practising) => &mut **practising,
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
        // What lies below would be gone with the menu.
        let loses = |app: &mut Box<App>| app.session().has_unkept();
        if chooser.leaving() == Some(Leaving::Tutor)
            && let Some(mut app) = self.below.take_if(loses)
        {
            app.ask_to_leave();
            return Some(OnStage::Sitting(app));
        }
        let line;
        let wish = match chooser.take_picked()? {
            Picked::Lesson(place, entry) => {
                // The lesson that is open goes on as it is.
                let same = |app: &mut Box<App>| app.session().lesson().id() == entry.id;
                if let Some(app) = self.below.take_if(same) {
                    return Some(OnStage::Sitting(app));
                }
                Wish::Lesson(place, entry.page.0)
            }
            Picked::Practice => return Some(self.practice(chooser.look())),
            Picked::Own(typed) => {
                line = typed.to_owned();
                Wish::Own(&line)
            }
        };
        match (self.open)(&self.library, wish, self.keeper.clone()) {
            Ok(session) => {
                if let Some(mut app) = self.below.take() {
                    self.typed = app.take_typed();
                }
                let app = App::new(session, chooser.look());
                let app = app.recalling(std::mem::take(&mut self.typed));
                Some(OnStage::Sitting(Box::new(app.opened_from_menu())))
            }
            Err(complaint) => {
                chooser.refuse(complaint);
                None
            }
        }
    }

    fn practice(&self, look: Look) -> OnStage {
        let seed = self.keeper.now().0;
        let practice = Practice::new(self.keeper.clone(), seed, USUAL_PROBLEMS);
        let below = self.below.as_ref();
        let unkept = below.is_some_and(|app| app.session().has_unkept());
        let practising = Practising::new(practice, look).over(unkept);
        OnStage::Practice(Box::new(practising.opened_from_menu()))
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
        self.turn_to(app.session());
        let menu = self.fresh_menu(app.session().keeper());
        let lesson = app.session().lesson();
        let chooser = Chooser::new(menu, look).choosing(&lesson.id());
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
        self.turn_to(app.session());
        let menu = self.fresh_menu(app.session().keeper());
        let id = app.session().lesson().id();
        let chooser = Chooser::new(menu, look);
        let chooser = if app.session().lesson().name.is_empty() {
            chooser.choosing_own()
        } else {
            chooser.choosing(&id)
        };
        let done = (chooser.menu().entries.iter()).find(|entry| entry.id == id);
        let said = done.map_or_else(
            || format!("Back from {}.", app.session().lesson().title),
            |entry| format!("Back from {}: {}.", entry.name, entry.done),
        );
        OnStage::Menu(Box::new(chooser.saying(Some(said))))
    }

    /// The menu with the progress that has been made.
    fn fresh_menu(&mut self, keeper: &Keeper) -> Menu {
        self.keeper = keeper.clone();
        self.keeper.refresh();
        Menu::of(&self.library, self.keeper.logbook())
    }

    /// Goes on with the course of a lesson, where that belongs to any.
    fn turn_to(&mut self, session: &Session) {
        if session.lesson().course.is_some() {
            self.library = session.library();
        }
    }
}
