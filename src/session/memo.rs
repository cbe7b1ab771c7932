//! What has been worked out and is asked for again: a surface's minima, the derivation on the screen, what the run does.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::asking::Task;
use crate::explain::{Derivation, Digits, Line};
use crate::math::{Convention, Surface};
use crate::pictures::Landscape;
use crate::timeline::Record;

/// A record that is looked at, and no other, however alike.
#[derive(Debug, Clone)]
pub(super) struct Same(pub Rc<Record>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The last that has been worked out, and what it depends on.
#[derive(Debug, Clone)]
pub(super) struct Last<K, T>(RefCell<Option<(K, T)>>);

impl<K, T> Default for Last<K, T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, T: Clone> Last<K, T> {
    /// It again, worked out anew where what it depends on has changed.
    pub fn of(&self, depends_on: K, work_out: impl FnOnce() -> T) -> T {
        let kept = self.0.take().filter(|(known, _)| *known == depends_on);
        let found = kept.map_or_else(work_out, |(_, found)| found);
        self.0.replace(Some((depends_on, found.clone())));
        found
    }
}

/// What has been worked out.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    landscape: OnceCell<Landscape>,
    /// The derivation on the screen: of which update and parameter, in which convention.
    pub derivation: Last<(Same, usize, Convention), Rc<Derivation>>,
    /// The words about a run, which are the same from frame to frame: of which branch, with which numbers and settings
    /// on the screen, after how many updates, and how numbers are written.
    pub behaviour: Last<(usize, Rc<Record>, u64, Digits), Vec<Line>>,
    /// The task that a page sets: which page, and how many digits are shown.
    pub task: Last<(usize, Digits), Option<Rc<Task>>>,
}

impl Memo {
    /// The window and minima of the lesson's surface.
    pub fn landscape(&self, surface: &Surface) -> &Landscape {
        self.landscape.get_or_init(|| Landscape::new(surface))
    }
}
