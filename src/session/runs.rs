//! The runs of a sitting: their timeline, those that are compared and go forward together, and the last sweep.

use std::sync::Arc;

use super::Lineup;
use crate::explain::{Line, Role};
use crate::lesson::Lesson;
use crate::math::Settings;
use crate::pictures::SweepTable;
use crate::timeline::{Change, Changed, Run, Timeline};
use crate::watch::Watch;

/// The runs of a sitting.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    timeline: Timeline,
    compared: Option<Lineup>,
    swept: Option<Arc<SweepTable>>,
}

impl Runs {
    /// The one run that a lesson begins with, for somebody who waits for it.
    pub fn of(lesson: &Lesson, watch: Watch) -> Self {
        Self {
            timeline: first_run(lesson, watch),
            compared: None,
            swept: None,
        }
    }

    /// Gives up every branch and begins again; what has been swept stays.
    pub fn begin_again(&mut self, lesson: &Lesson) {
        self.timeline = first_run(lesson, self.watch().clone());
        self.compared = None;
    }

    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    pub fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.timeline
    }

    /// Who waits for them.
    pub fn watch(&self) -> &Watch {
        self.run().watch()
    }

    /// The current branch's run.
    pub fn run(&self) -> &Run {
        self.timeline.run()
    }

    /// The current branch's run, to be carried further.
    pub fn run_mut(&mut self) -> &mut Run {
        self.timeline.run_mut()
    }

    /// Makes a change from `step` on, and says where that has started a branch; `None` where it changes nothing.
    pub fn change(&mut self, step: u64, change: Change, label: &str) -> Option<Line> {
        match self.timeline.change(step, change, label) {
            Changed::Nothing => None,
            Changed::Amended => Some(Line::new()),
            Changed::Forked => Some(self.parted()),
        }
    }

    /// Begins again on a branch of its own, and says so; `None` where the run is at its start as the lesson has it.
    pub fn begin_branch(&mut self) -> Option<Line> {
        let begins = self.timeline.begin_again();
        begins.then(|| self.parted())
    }

    fn parted(&self) -> Line {
        let name = &self.timeline.current().name;
        let words = format!(" This is a new branch, {name}; the run before is kept.");
        Line::new().with(words, Role::Muted)
    }

    pub fn compared(&self) -> Option<&Lineup> {
        self.compared.as_ref()
    }

    /// Compares others; the answer are those that were compared before.
    pub fn compare(&mut self, compared: Option<Lineup>) -> Option<Lineup> {
        std::mem::replace(&mut self.compared, compared)
    }

    /// The current branch has these settings now, also where it is compared.
    pub fn keep_settings(&mut self, settings: Settings) {
        let current = self.timeline.current_index();
        let compared = self.compared.iter_mut().flat_map(|lineup| &mut lineup.runs);
        for (_, kept) in compared.filter(|(index, _)| *index == current) {
            *kept = settings;
        }
    }

    /// Carries every run that is compared as far as `step`.
    pub fn keep_up(&mut self, step: u64) {
        for (index, _) in self.compared.iter().flat_map(|compared| &compared.runs) {
            self.timeline.keep_up(*index, step);
        }
        self.timeline.make_room();
    }

    pub fn swept(&self) -> Option<&Arc<SweepTable>> {
        self.swept.as_ref()
    }

    pub fn keep_sweep(&mut self, table: SweepTable) {
        self.swept = Some(Arc::new(table));
    }
}

fn first_run(lesson: &Lesson, watch: Watch) -> Timeline {
    Timeline::watched(Arc::clone(&lesson.model), lesson.settings, watch)
}
