//! Floor 1: a run that can be walked in both directions, and its branches.
//!
//! Owns states, single recorded updates, changes made on the way and the branches they start. A branch stores its
//! changes and a few checkpoints; everything between is computed again when it is asked for, so going anywhere is
//! exact and memory stays bounded. Where the learner is looking is the session's business, not this floor's.

mod apart;
mod change;
mod checkpoints;
mod circle;
mod company;
mod compare;
mod figures;
mod future;
mod lanes;
mod probe;
mod recent;
mod record;
mod run;
mod state;
mod sweep;
mod trainer;
mod trial;
mod turning;

use std::collections::HashSet;
use std::sync::Arc;

pub use change::Change;
pub use compare::{Comparison, Course};
pub use future::Future;
pub use probe::{Needs, Probe, Sight};
pub use record::{Record, Stop};
pub use run::Run;
pub use state::State;
pub use sweep::{Axis, Sweep, Swept};
pub use trainer::train;
pub use trial::{Condition, End, Finish, Holds, LOSS, STEP, Stand, Trial, WEIGHTS};
pub use turning::Ghost;

use crate::math::{Model, Settings};
use crate::watch::Watch;

/// One line of events: a name, the run, and where it parted from another.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Unique among the branches of a timeline.
    pub name: String,
    /// The branch this one was started from and the step at which they part; `None` for the first.
    pub origin: Option<Origin>,
    /// The run itself, complete from its start.
    pub run: Run,
    /// What has been changed since the branch was started, as its name tells it.
    labels: Vec<(Change, String)>,
    /// Whether somebody has given it its name.
    is_named: bool,
}

/// Where a branch comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Index of the older branch.
    pub branch: usize,
    /// The number of updates that both share.
    pub step: u64,
}

/// What the states of all branches may take together, in bytes; of each, the start is kept whatever it takes.
const ROOM: usize = 64 << 20;
/// So much of it has the branch that is walked,
const ROOM_OF_CURRENT: usize = ROOM / 2;
/// and so much each other one at most, the newest first.
const MOST_OF_OTHERS: usize = ROOM / 16;

/// All branches of one sitting with one model. What they keep of their ways has one budget: those that were started
/// first give theirs up first, and compute their numbers again when they are asked for.
#[derive(Debug, Clone)]
pub struct Timeline {
    branches: Vec<Branch>,
    current: usize,
    ghost: Option<Ghost>,
    /// How many there have been.
    ghosts: u64,
}

impl Branch {
    /// Whether it was started at this step and has gone no further than one update.
    fn is_fresh(&self, step: u64) -> bool {
        let here = |origin: Origin| origin.step == step && self.run.reached() <= step + 1;
        self.origin.is_some_and(here)
    }
}

/// A name is made of the first labels that have room in it, and of how many there are beside them.
fn joined(labels: &[&str]) -> String {
    /// In characters; the first label is in it whatever it takes.
    const ROOM: usize = 40;
    let mut room = ROOM;
    let fits = |label: &&&str| {
        let length = label.chars().count() + 1;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    let shown = labels.iter().take_while(fits).count().max(1);
    let name = labels[..shown].join(",");
    match labels.len() - shown {
        0 => name,
        more => format!("{name},+{more}"),
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The value was that already.
    Nothing,
    /// Nothing later had been seen, so the branch was changed in place.
    Amended,
    /// Later updates had been seen: they stay on the older branch, and a new one is current.
    Forked,
}

impl Timeline {
    /// The name of the branch every timeline starts with.
    pub const MAIN: &'static str = "main";
    /// The name of a branch that begins again and has nothing changed.
    const AGAIN: &'static str = "reset";

    /// A timeline at its start, with the one branch `main`, for which nobody waits.
    pub fn new(model: Arc<Model>, settings: Settings) -> Self {
        Self::watched(model, settings, Watch::default())
    }

    /// The same, for somebody who waits for its runs.
    pub fn watched(model: Arc<Model>, settings: Settings, watch: Watch) -> Self {
        Self {
            branches: vec![Branch {
                name: Self::MAIN.to_owned(),
                origin: None,
                run: Run::new(model, settings, ROOM_OF_CURRENT, watch),
                labels: Vec::new(),
                is_named: false,
            }],
            current: 0,
            ghost: None,
            ghosts: 0,
        }
    }

    /// Every branch, oldest first.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// The index of the current branch in [`Timeline::branches`].
    pub fn current_index(&self) -> usize {
        self.current
    }

    /// The branch that moves and changes apply to.
    pub fn current(&self) -> &Branch {
        &self.branches[self.current]
    }

    /// The current branch's run.
    pub fn run(&self) -> &Run {
        &self.current().run
    }

    /// The current branch's run, to be carried further.
    pub fn run_mut(&mut self) -> &mut Run {
        &mut self.branches[self.current].run
    }

    /// The run of a branch, to be carried further.
    ///
    /// # Panics
    /// Where there is no such branch.
    pub fn run_of_mut(&mut self, index: usize) -> &mut Run {
        &mut self.branches[index].run
    }

    /// Makes the branch called `name` the current one; `false` where there is none.
    pub fn switch(&mut self, name: &str) -> bool {
        let found = self.branches.iter().position(|branch| branch.name == name);
        if let Some(index) = found {
            self.switch_to(index);
        }
        found.is_some()
    }

    /// How many updates two branches certainly share: as many as both had when they parted from a common one.
    pub fn shared_steps(&self, first: usize, second: usize) -> u64 {
        let ancestors = |index: usize| {
            let parent = |&(index, step): &(usize, u64)| {
                let origin = self.branches[index].origin?;
                Some((origin.branch, origin.step.min(step)))
            };
            std::iter::successors(Some((index, u64::MAX)), parent)
        };
        let shared = |(index, step): (usize, u64)| {
            ancestors(second)
                .find(|(other, _)| *other == index)
                .map(|(_, other)| step.min(other))
        };
        let reached = [first, second].map(|index| self.branches[index].run.reached());
        let shared = ancestors(first).find_map(shared).unwrap_or(0);
        shared.min(reached[0]).min(reached[1])
    }

    /// Gives a branch another name, which no other may have; the answer is the old one.
    pub fn rename(&mut self, index: usize, name: &str) -> String {
        let branch = &mut self.branches[index];
        branch.is_named = true;
        std::mem::replace(&mut branch.name, name.to_owned())
    }

    /// Makes `change` at `step`, that is, after `step` updates and before the next.
    ///
    /// Where updates after `step` have been reached, they are the past (as is the state itself, for a change that
    /// rewrites it): a branch named after `label` is started and
    /// the old one is kept. A branch that has itself been started at `step` and gone no further than one update is
    /// changed in place, so that turning a value up five times leaves one branch and not five.
    pub fn change(&mut self, step: u64, change: Change, label: &str) -> Changed {
        let branch = self.current();
        if branch.run.holds(step, change) {
            return Changed::Nothing;
        }
        let fresh = branch.is_fresh(step);
        let forks = self.would_fork(step, change);
        if forks {
            self.branch_off(step);
        }
        let branch = &mut self.branches[self.current];
        branch.run.change(step, change);
        branch.labels.retain(|(old, _)| !old.same_target(change));
        branch.labels.push((change, label.to_owned()));
        if (forks || fresh) && !branch.is_named {
            self.name_current();
        }
        if forks {
            Changed::Forked
        } else {
            Changed::Amended
        }
    }

    /// Starts a branch from the start of the current one, with changes made there, and makes it current; the answer is
    /// its index.
    pub fn start_over(&mut self, changes: &[(Change, String)]) -> usize {
        let branch = self.branch_off(0);
        for (change, _) in changes {
            branch.run.change(0, *change);
        }
        branch.labels = changes.to_vec();
        self.name_current();
        self.current
    }

    /// Starts a branch with nothing changed from the start of the first, and makes it current; `false` where the current
    /// one is like that.
    pub fn begin_again(&mut self) -> bool {
        let begins = !self.is_untouched();
        if begins {
            let run = self.branches[0].run.again(ROOM_OF_CURRENT);
            self.add(0, run);
            self.name_current();
        }
        begins
    }

    /// Whether the current branch is at its start, as the first began.
    pub fn is_untouched(&self) -> bool {
        self.run().is_untouched()
    }

    /// Whether [`Timeline::change`] of something else than it is would start a branch.
    pub fn would_fork(&self, step: u64, change: Change) -> bool {
        let branch = self.current();
        let reached = branch.run.reached();
        let seen = reached > step || (reached == step && step > 0 && change.rewrites_state());
        seen && !branch.is_fresh(step)
    }

    /// Gives up the branches that were started last, all but the first so many, and makes one of those current.
    ///
    /// # Panics
    /// Where it is none of them.
    pub fn give_up_after(&mut self, count: usize, current: usize) {
        self.branches.truncate(count);
        (self.ghost).take_if(|ghost| ghost.is_of_any_from(count));
        self.switch_to(current);
    }

    /// Starts a branch without a name that shares everything up to `step`, and makes it current.
    fn branch_off(&mut self, step: u64) -> &mut Branch {
        self.add(step, self.run().fork(step))
    }

    /// Adds a branch without a name that parts from the current one after `step`, and makes it current.
    fn add(&mut self, step: u64, run: Run) -> &mut Branch {
        self.branches.push(Branch {
            name: String::new(),
            origin: Some(Origin {
                branch: self.current,
                step,
            }),
            run,
            labels: Vec::new(),
            is_named: false,
        });
        self.switch_to(self.branches.len() - 1);
        &mut self.branches[self.current]
    }

    /// Makes the branch with this index the current one.
    ///
    /// # Panics
    /// Where there is none.
    pub fn switch_to(&mut self, index: usize) {
        assert!(index < self.branches.len());
        self.current = index;
        self.share_room();
    }

    fn share_room(&mut self) {
        let of_ghost = self.ghost.as_ref().map_or(0, |ghost| ghost.run.bytes());
        let mut left = (ROOM - ROOM_OF_CURRENT).saturating_sub(of_ghost);
        for (index, branch) in self.branches.iter_mut().enumerate().rev() {
            if index == self.current {
                branch.run.wake(ROOM_OF_CURRENT);
            } else {
                branch.run.rest(left.min(MOST_OF_OTHERS));
                left = left.saturating_sub(branch.run.bytes());
            }
        }
    }

    /// About how many bytes the states of all branches take, and those of the ghost: never more than 64 MiB.
    pub fn bytes(&self) -> usize {
        let runs = self.branches.iter().map(|branch| &branch.run);
        let ghost = self.ghost.iter().map(|ghost| &ghost.run);
        runs.chain(ghost).map(Run::bytes).sum()
    }

    /// Carries a branch on to `step` updates, or as many as it can make.
    pub fn keep_up(&mut self, index: usize, step: u64) {
        // Where it stops, its run says so.
        let _ = self.branches[index].run.reach(step);
    }

    /// Where branches that go along have come to takes its room: the checkpoints of those that rest give way first, those
    /// that were started first before others, and then those of the branch that is walked.
    pub fn make_room(&mut self) {
        let mut over = self.bytes().saturating_sub(ROOM);
        let current = self.current;
        let resting = (0..self.branches.len()).filter(|index| *index != current);
        for index in resting.chain([current]) {
            if over == 0 {
                return;
            }
            let given = self.branches[index].run.give_up(over);
            over = over.saturating_sub(given);
        }
    }

    /// Names the current branch after what was changed in it, apart from all others.
    fn name_current(&mut self) {
        let labels = self.current().labels.iter();
        let labels: Vec<&str> = labels.map(|(_, label)| label.as_str()).collect();
        let wanted = if labels.is_empty() {
            Self::AGAIN.to_owned()
        } else {
            joined(&labels)
        };
        self.name_apart(&wanted);
    }

    /// Gives the current branch this name, with a number after it where another has it.
    fn name_apart(&mut self, wanted: &str) {
        let others = self.branches.iter().enumerate();
        let taken: HashSet<&str> = others
            .filter(|(index, _)| *index != self.current)
            .map(|(_, branch)| branch.name.as_str())
            .collect();
        let mut name = wanted.to_owned();
        for number in 2.. {
            if !taken.contains(name.as_str()) {
                break;
            }
            name = format!("{wanted}~{number}");
        }
        self.branches[self.current].name = name;
    }
}
