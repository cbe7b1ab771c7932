//! Somebody who waits for long work without a clock: they look so often, and then stop it.

use std::cell::RefCell;
use std::rc::Rc;

use nnmom_tutor::watch::{Progress, Watch, Watcher};

/// What was seen of some work, look by look.
pub type Looks = Rc<RefCell<Vec<String>>>;

/// Somebody who stops at this look, counted from 1 and over everything that they wait for.
pub fn stopping_after(looks: usize) -> (Watch, Looks) {
    let (watch, seen) = (Watch::default(), Looks::default());
    watch.set_watcher(Box::new(Counting {
        most: looks,
        seen: Rc::clone(&seen),
    }));
    (watch, seen)
}

struct Counting {
    most: usize,
    seen: Looks,
}

impl Watcher for Counting {
    fn begin(&mut self) {}

    fn look(&mut self, progress: &Progress) -> bool {
        let mut seen = self.seen.borrow_mut();
        seen.push(progress.to_string());
        seen.len() < self.most
    }

    fn end(&mut self) {}
}
