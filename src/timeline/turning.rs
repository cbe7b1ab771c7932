//! Turning a setting: the run is made anew from its start, and what it was before stays behind it as a ghost.

use super::{Change, MOST_OF_OTHERS, Run, Stop, Timeline};
use crate::math::Settings;

/// A run as it was before the first of a series of turns.
#[derive(Debug, Clone)]
pub struct Ghost {
    /// The run.
    pub run: Run,
    /// The branch that has been made anew, by its index.
    branch: usize,
    /// How many updates each turn of the series makes.
    updates: u64,
    /// Whether the next turn belongs to the same series.
    is_open: bool,
    /// How many ghosts there were before it.
    number: u64,
}

impl Ghost {
    /// A number that no other ghost of its timeline has.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The settings of its first update and of its last.
    pub fn settings(&self) -> [Settings; 2] {
        let last = self.run.reached().saturating_sub(1);
        [0, last].map(|step| self.run.settings(step))
    }

    /// Whether it is of a branch with this index or a later one.
    pub(super) fn is_of_any_from(&self, index: usize) -> bool {
        self.branch >= index
    }
}

impl Run {
    /// Whether anything has been changed after its first update.
    pub fn is_changed_midway(&self) -> bool {
        self.changes().any(|(step, _)| step > 0)
    }

    /// The settings of update number `step`, which is not made for that.
    fn settings(&self, step: u64) -> Settings {
        let mut settings = self.checkpoints.before(0).settings;
        for (_, change) in self.changes().take_while(|(changed, _)| *changed <= step) {
            change.apply_to_settings(&mut settings);
        }
        settings
    }

    /// The same start with other settings throughout.
    fn anew(&self, settings: Settings) -> Self {
        let mut run = self.fork(0);
        if let Some(changes) = run.changes.get_mut(&0) {
            changes.retain(|change| !change.is_setting());
        }
        run.changes.retain(|_, changes| !changes.is_empty());
        let begun = run.settings(0);
        if settings.learning_rate != begun.learning_rate {
            run.change(0, Change::LearningRate(settings.learning_rate));
        }
        if settings.momentum != begun.momentum {
            run.change(0, Change::Momentum(settings.momentum));
        }
        if settings.rule != begun.rule {
            run.change(0, Change::Rule(settings.rule));
        }
        run
    }
}

impl Timeline {
    /// What the current branch was before a setting was turned.
    pub fn ghost(&self) -> Option<&Ghost> {
        let of_current = |ghost: &&Ghost| ghost.branch == self.current;
        self.ghost.as_ref().filter(of_current)
    }

    /// Makes the current run anew from its start, with these settings throughout and as many updates as it has, or as
    /// many as can be made; the run before the first of several turns stays as the ghost. `labels` tell of the settings
    /// in the name of a branch. The answer says what has stopped it before.
    ///
    /// # Errors
    /// Where somebody stops it, or it cannot make its first update: nothing is changed.
    pub fn turn(
        &mut self,
        settings: Settings,
        labels: [(Change, String); 3],
        turned: Change,
    ) -> Result<Option<Stop>, Stop> {
        let series = self.ghost().filter(|ghost| ghost.is_open);
        let updates = series.map_or(self.run().reached(), |ghost| ghost.updates);
        let mut run = self.run().anew(settings);
        run.record(0)?;
        let stop = run.reach(updates).err();
        if let Some(Stop::Halted) = stop {
            return Err(Stop::Halted);
        }
        let goes_on = series.is_some();
        let branch = &mut self.branches[self.current];
        let mut before = std::mem::replace(&mut branch.run, run);
        // What is told of is what the run has from its start.
        let run = &branch.run;
        let begins_with = |change: Change| {
            change.is_setting() || run.changes().any(|(_, made)| made.same_target(change))
        };
        branch.labels.retain(|(change, _)| begins_with(*change));
        for (change, label) in labels {
            let is_it = |(old, _): &(Change, String)| old.same_target(change);
            if branch.labels.iter().any(is_it) || change.same_target(turned) {
                branch.labels.retain(|old| !is_it(old));
                branch.labels.push((change, label));
            }
        }
        if branch.origin.is_some() && !branch.is_named {
            self.name_current();
        }
        // Nothing but the start is shared any more.
        for (index, branch) in self.branches.iter_mut().enumerate() {
            if let Some(origin) = &mut branch.origin
                && (index == self.current || origin.branch == self.current)
            {
                origin.step = 0;
            }
        }
        // Where nothing had been made, there is nothing to leave behind.
        if !goes_on && updates > 0 {
            before.rest(MOST_OF_OTHERS);
            self.ghosts += 1;
            self.ghost = Some(Ghost {
                number: self.ghosts,
                run: before,
                branch: self.current,
                updates,
                is_open: true,
            });
        }
        self.share_room();
        Ok(stop)
    }

    /// The next turn begins another series, with a ghost of its own.
    pub fn end_turning(&mut self) {
        if let Some(ghost) = &mut self.ghost {
            ghost.is_open = false;
        }
    }

    /// Makes the ghost a branch of this name, with a number after it where another has that; the answer is its index,
    /// `None` where there is no ghost.
    pub fn pin(&mut self, name: &str, is_named: bool) -> Option<usize> {
        self.ghost()?;
        let ghost = self.ghost.take()?;
        let current = self.current;
        self.add(0, ghost.run);
        self.branches[self.current].is_named = is_named;
        self.name_apart(name);
        let index = self.current;
        self.switch_to(current);
        Some(index)
    }
}
