//! Floor 0: long work, such as a run of a billion updates. Whoever does it says how far it is; whoever waits for it may
//! stop it; and what nobody has asked for, such as what a page does when it opens, has a bound.
//!
//! Work is counted and not timed, so a bound is the same on every machine. Clocks, keys and signals are those of the
//! [`Watcher`], which comes from outside.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

/// So much work is done between two looks at whether somebody wants it stopped.
pub const SLICE: u64 = 1 << 16;

/// What a page may do when it opens, where nobody says otherwise. See [`crate::math::Model::work`].
pub const PAGE: u64 = 1 << 30;

/// A frame stays at least so long: there are 30 of them in a second at most.
pub const FRAME: Duration = Duration::from_nanos(1_000_000_000 / 30 + 1);

/// So much work is quick.
const BRIEF: u64 = 1 << 22;

/// Somebody who waits for work.
pub trait Watcher {
    /// Work begins. It is mostly short.
    fn begin(&mut self);

    /// Looks at how far it is; the answer is whether it goes on.
    fn look(&mut self, progress: &Progress) -> bool;

    /// The work is over.
    fn end(&mut self);

    /// A page is prepared from here on; or it has been, without one. What the page is, those know who make pages and who
    /// show them.
    fn opens(&mut self, page: Option<Box<dyn Any>>) {
        drop(page);
    }
}

/// How far some work is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Where, for those who have several places to go through: `momentum, page 3 of 7`.
    pub place: String,
    /// How much is made.
    pub made: u64,
    /// Of how much, where that is known.
    pub all: Option<u64>,
    /// Of what.
    pub what: What,
    /// How many updates all that is made has come to, where each of it is many; else 0.
    pub updates: u64,
}

/// What is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum What {
    /// Updates of a run.
    #[default]
    Updates,
    /// Whole runs.
    Runs,
    /// Figures over all items, such as the mean error.
    Figures,
    /// A network's answers to its items.
    Answers,
    /// Steps at which two runs are compared, or gradients at which two ways are.
    Comparisons,
    /// Rows of a file, read.
    Rows,
    /// Learning rates, tried.
    Rates,
}

impl fmt::Display for Progress {
    /// `1200 of 100000 updates made`; `2 of 10 runs and 24000000 updates made`
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self {
            place, made, all, ..
        } = self;
        if !place.is_empty() {
            write!(formatter, "{place}: ")?;
        }
        let what = match self.what {
            What::Updates => "updates",
            What::Runs => "runs",
            What::Figures => "figures",
            What::Answers => "answers",
            What::Comparisons => "comparisons",
            What::Rows => "rows",
            What::Rates => "learning rates",
        };
        let done = match self.what {
            What::Updates | What::Runs | What::Figures | What::Answers | What::Comparisons => {
                "made"
            }
            What::Rows => "read",
            What::Rates => "tried",
        };
        match all {
            Some(all) => write!(formatter, "{made} of {all} {what}")?,
            None => write!(formatter, "{made} {what}")?,
        }
        if self.updates > 0 {
            write!(formatter, " and {} updates", self.updates)?;
        }
        write!(formatter, " {done}")
    }
}

/// When somebody who waits is told how far some work is. Mostly it is short, and nothing is said of it; else it is told so
/// seldom that it can be read, and never the same twice.
#[derive(Debug, Clone)]
pub struct Telling {
    /// What takes less is not spoken of.
    unsaid: Duration,
    /// So long it stays as it is.
    stays: Duration,
    /// When it was told last, counted from when the work began, and what.
    told: Option<(Duration, Progress)>,
}

impl Telling {
    /// Of work that begins.
    pub fn new(unsaid: Duration, stays: Duration) -> Self {
        Self {
            unsaid,
            stays,
            told: None,
        }
    }

    /// Whether it is to be told now, so long after the work began; it has been then.
    pub fn is_due(&mut self, since: Duration, progress: &Progress) -> bool {
        let is_due = match &self.told {
            None => since >= self.unsaid,
            Some((last, told)) => since >= *last + self.stays && told != progress,
        };
        if is_due {
            self.told = Some((since, progress.clone()));
        }
        is_due
    }

    /// Whether anything has been told of this work.
    pub fn has_told(&self) -> bool {
        self.told.is_some()
    }

    /// What has been told is not to be seen any more: where it has been, it is to be told again.
    pub fn lose(&mut self) {
        if let Some(told) = &mut self.told {
            *told = (Duration::ZERO, Progress::default());
        }
    }
}

/// Why work has not been done to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Somebody has stopped it.
    Stopped,
    /// It would have gone beyond its bound.
    Spent,
}

/// A handle on the work that is done: all copies of it are the same.
#[derive(Clone, Default)]
pub struct Watch(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// What a page may do when it opens, where that is not the usual.
    page: Cell<Option<u64>>,
    watcher: RefCell<Option<Box<dyn Watcher>>>,
    progress: RefCell<Progress>,
    /// From where it is counted, while something is gone toward.
    from: Cell<Option<u64>>,
    /// So far it is,
    at: Cell<u64>,
    /// unless what is done is a part that does not take it any further.
    is_part: Cell<bool>,
    /// See [`Progress::updates`].
    updates: Cell<u64>,
    /// Since the last look.
    unseen: Cell<u64>,
    /// Until the bound, where there is one.
    left: Cell<Option<u64>>,
    halt: Cell<Option<Halt>>,
    /// The same of what was done before.
    ended: Cell<Option<Halt>>,
    /// How many works that are watched have begun and not ended: one may be part of another.
    depth: Cell<u32>,
}

/// What is gone toward, until it is dropped.
#[derive(Debug)]
pub struct Goal(Option<Watch>);

impl Drop for Goal {
    fn drop(&mut self) {
        if let Some(watch) = &self.0 {
            watch.0.from.set(None);
            watch.0.updates.set(0);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_tuple("Watch").finish_non_exhaustive()
    }
}

impl Watch {
    /// What a page may do when it opens. What checks a page, or tries a line that is being typed, may do a multiple or a
    /// part of it.
    pub fn page(&self) -> u64 {
        self.0.page.get().unwrap_or(PAGE)
    }

    /// Pages may do so much from here on.
    pub fn bound_pages(&self, work: u64) {
        self.0.page.set(Some(work));
    }

    /// From here on somebody else waits.
    pub fn set_watcher(&self, watcher: Box<dyn Watcher>) {
        *self.0.watcher.borrow_mut() = Some(watcher);
    }

    /// From here on nobody waits.
    pub fn forget_watcher(&self) {
        *self.0.watcher.borrow_mut() = None;
    }

    /// Does something for which somebody waits.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let Inner {
            depth,
            halt,
            ended,
            watcher,
            ..
        } = &*self.0;
        if depth.replace(depth.get() + 1) == 0 {
            self.set_place(String::new());
            if let Some(watcher) = &mut *watcher.borrow_mut() {
                watcher.begin();
            }
        }
        let done = work();
        depth.set(depth.get() - 1);
        if depth.get() == 0 {
            ended.set(halt.take());
            if let Some(watcher) = &mut *watcher.borrow_mut() {
                watcher.end();
            }
        }
        done
    }

    /// Prepares a page, which whoever waits may show meanwhile.
    pub fn opening<T>(&self, page: Option<Box<dyn Any>>, prepare: impl FnOnce() -> T) -> T {
        let tell = |page: Option<Box<dyn Any>>| {
            if let Some(watcher) = &mut *self.0.watcher.borrow_mut() {
                watcher.opens(page);
            }
        };
        let is_shown = page.is_some();
        if is_shown {
            tell(page);
        }
        let prepared = prepare();
        if is_shown {
            tell(None);
        }
        prepared
    }

    /// Does something that may not be more work than so much; the answer also says why it has not come to its end,
    /// where it has not.
    pub fn within<T>(&self, bound: u64, work: impl FnOnce() -> T) -> (T, Option<Halt>) {
        let Inner { left, halt, .. } = &*self.0;
        let outer = left.get();
        let own = outer.map_or(bound, |left| left.min(bound));
        left.set(Some(own));
        let done = work();
        let spent = own - left.get().unwrap_or(0);
        left.set(outer.map(|outer| outer - spent));
        let found = halt.get();
        if found == Some(Halt::Spent) {
            halt.set(None);
        }
        (done, found)
    }

    /// Does a part of what is gone toward, which has a count of its own.
    pub fn part<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = self.0.is_part.replace(true);
        let done = work();
        self.0.is_part.set(before);
        done
    }

    /// Does something that is mostly quick. Where nobody waits who could stop it, as while a frame is drawn, it is stopped
    /// where it is not.
    pub fn briefly<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.is_at_work() {
            work()
        } else {
            self.within(BRIEF, work).0
        }
    }

    /// Where the work is, for what is said of it.
    pub fn set_place(&self, place: String) {
        self.0.progress.borrow_mut().place = place;
    }

    /// What is gone toward from here on, until the answer is dropped: from so many to so many. What is only a part of
    /// something larger has no goal of its own.
    #[must_use]
    pub fn toward(&self, from: u64, last: Option<u64>, what: What) -> Goal {
        if self.0.from.get().is_some() {
            return Goal(None);
        }
        self.0.from.set(Some(from));
        self.0.at.set(from);
        self.0.updates.set(0);
        let mut progress = self.0.progress.borrow_mut();
        progress.all = last.map(|last| last.saturating_sub(from));
        progress.what = what;
        Goal(Some(self.clone()))
    }

    /// So many updates have been made of what is gone toward, and is counted by something larger.
    pub fn counts_updates(&self, updates: u64) {
        self.0.updates.set(updates);
    }

    /// Whether the work goes on, of which so much has been done since this was asked last, and which is so far `at`.
    #[inline]
    pub fn goes_on(&self, work: u64, at: u64) -> bool {
        let Inner {
            unseen, left, halt, ..
        } = &*self.0;
        if !self.0.is_part.get() {
            self.0.at.set(at);
        }
        if halt.get().is_some() {
            return false;
        }
        if let Some(rest) = left.get() {
            left.set(Some(rest.saturating_sub(work)));
            if rest < work {
                halt.set(Some(Halt::Spent));
                return false;
            }
        }
        unseen.set(unseen.get().saturating_add(work));
        unseen.get() < SLICE || self.look()
    }

    /// Lets whoever waits look; the answer is whether it goes on.
    fn look(&self) -> bool {
        self.0.unseen.set(0);
        let mut progress = self.0.progress.borrow_mut();
        let from = self.0.from.get().unwrap_or(0);
        progress.made = self.0.at.get().saturating_sub(from);
        progress.updates = self.0.updates.get();
        if self.is_at_work()
            && let Some(watcher) = &mut *self.0.watcher.borrow_mut()
            && !watcher.look(&progress)
        {
            self.0.halt.set(Some(Halt::Stopped));
        }
        !self.is_halted()
    }

    /// Whether something is done for which somebody waits.
    pub fn is_at_work(&self) -> bool {
        self.0.depth.get() > 0
    }

    /// Why nothing more is to be done, where that is so.
    pub fn halt(&self) -> Option<Halt> {
        self.0.halt.get()
    }

    /// Why what was done last for somebody who waits has not been done to its end, where that is so.
    pub fn ended(&self) -> Option<Halt> {
        self.0.ended.get()
    }

    /// Whether nothing more is to be done.
    pub fn is_halted(&self) -> bool {
        self.halt().is_some()
    }
}
