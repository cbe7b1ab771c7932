//! What is drawn in a frame, and its text in lines: those of a width are made once for each frame, however many ways of
//! sharing the screen are tried.

use std::cell::RefCell;
use std::rc::Rc;

use super::{code, lesson, paint::Painter, update};
use crate::explain::Line;
use crate::view::Screen;

/// What is drawn in a frame.
pub struct Wrapped<'a> {
    pub screen: &'a Screen,
    pub painter: Painter,
    lesson: ByWidth<lesson::PageLines>,
    code: ByWidth<Vec<(Line, bool)>>,
    update: ByWidth<update::Table>,
}

impl<'a> Wrapped<'a> {
    /// What is to be drawn of a screen.
    pub fn new(screen: &'a Screen, painter: Painter) -> Self {
        Self {
            screen,
            painter,
            lesson: ByWidth::default(),
            code: ByWidth::default(),
            update: ByWidth::default(),
        }
    }

    /// The text, its call and its foot, in a pane of `width` columns.
    pub fn lesson(&self, width: u16) -> Rc<lesson::PageLines> {
        let wrap = || lesson::PageLines::new(self.screen, self.painter, width);
        self.lesson.of(width, wrap)
    }

    /// The code, and whether each line belongs to what comes next.
    pub fn code(&self, width: u16) -> Rc<Vec<(Line, bool)>> {
        let wrap = || code::lines(&self.screen.code, self.painter, width);
        self.code.of(width, wrap)
    }

    /// The rows of the update.
    pub fn update(&self, width: u16) -> Rc<update::Table> {
        let wrap = || update::Table::new(&self.screen.update, self.painter, width);
        self.update.of(width, wrap)
    }
}

/// What has been made for each width.
struct ByWidth<T>(RefCell<Vec<(u16, Rc<T>)>>);

impl<T> Default for ByWidth<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> ByWidth<T> {
    fn of(&self, width: u16, make: impl FnOnce() -> T) -> Rc<T> {
        let known = (self.0.borrow().iter())
            .find(|(of, _)| *of == width)
            .cloned();
        let (_, made) = known.unwrap_or_else(|| {
            let made = (width, Rc::new(make()));
            self.0.borrow_mut().push(made.clone());
            made
        });
        made
    }
}
