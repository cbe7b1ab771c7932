//! What has been worked out and is asked for again: a surface's minima, the derivation on the screen, what the run does.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use crate::asking::Task;
use crate::explain::{Derivation, Digits, Line};
use crate::math::{Convention, Model, Surface};
use crate::pictures::Landscape;
use crate::timeline::Record;
use crate::watch::Watch;

/// What the words about a run depend on: the branch, the update on the screen with its numbers and settings, how many
/// updates are complete, and how numbers are written.
pub(super) type Where = (usize, Rc<Record>, u64, Digits);

/// What the task of a page depends on: its place, the page and which of its questions, and how many digits are shown.
type Asking = ((usize, usize), Digits);

/// What the words about a ghost depend on: which it is, the parameter in focus, and how numbers are written.
type Past = (u64, usize, Digits);

/// What has been worked out.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    landscape: OnceCell<Landscape>,
    derivation: RefCell<Option<Rc<Derivation>>>,
    behaviour: RefCell<Option<(Where, Vec<Line>)>>,
    /// Of the run before a setting was turned.
    before: RefCell<Option<(Past, (Line, Line))>>,
    task: RefCell<Option<(Asking, Option<Rc<Task>>)>>,
}

impl Memo {
    /// The minima of the lesson's surface.
    pub fn landscape(&self, surface: &Surface) -> &Landscape {
        self.landscape.get_or_init(|| Landscape::new(surface))
    }

    pub fn derivation(
        &self,
        model: &Arc<Model>,
        record: &Rc<Record>,
        parameter: usize,
        convention: Convention,
    ) -> Rc<Derivation> {
        let kept = self.derivation.take();
        let kept = kept.filter(|kept| kept.is_of(record, parameter, convention));
        let made = || Rc::new(Derivation::new(model, record, parameter, convention));
        let derivation = kept.unwrap_or_else(made);
        self.derivation.replace(Some(Rc::clone(&derivation)));
        derivation
    }

    pub fn task(
        &self,
        place: Asking,
        watch: &Watch,
        pose: impl FnOnce() -> Option<Task>,
    ) -> Option<Rc<Task>> {
        if let Some((known, task)) = &*self.task.borrow()
            && *known == place
        {
            return task.clone();
        }
        let task = pose().map(Rc::new);
        // What has been stopped is asked for again.
        if !watch.is_halted() {
            *self.task.borrow_mut() = Some((place, task.clone()));
        }
        task
    }

    /// What became of the run before a setting was turned, which is worked out once.
    pub fn before(&self, past: Past, look: impl FnOnce() -> (Line, Line)) -> (Line, Line) {
        let kept = self.before.take().filter(|(known, _)| *known == past);
        let told = kept.map_or_else(look, |(_, told)| told);
        self.before.replace(Some((past, told.clone())));
        told
    }

    /// There is no such run any more.
    pub fn forget_before(&self) {
        self.before.take();
    }

    /// The words about a run, which are the same from frame to frame.
    pub fn behaviour(&self, place: Where, look: impl FnOnce() -> Vec<Line>) -> Vec<Line> {
        let kept = self.behaviour.take();
        let kept = kept.filter(|(known, _)| is_same(known, &place));
        let lines = kept.map_or_else(look, |(_, lines)| lines);
        self.behaviour.replace(Some((place, lines.clone())));
        lines
    }
}

/// Whether the words about a run are asked for where they were before. A large record is mostly the very same one, of which
/// not every number need be compared.
fn is_same(known: &Where, place: &Where) -> bool {
    let others = |(branch, _, step, digits): &Where| (*branch, *step, *digits);
    let (record, other) = (&known.1, &place.1);
    others(known) == others(place) && (Rc::ptr_eq(record, other) || record == other)
}
