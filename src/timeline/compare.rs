//! A few runs from the same start, side by side.

use super::{Condition, End, Finish, State, Trial};
use crate::math::{Model, Rough, Settings, Update};
use crate::watch::{Watch, What};

/// One run of a comparison.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    trial: Trial<'a>,
    /// After how many updates the condition held first.
    reached: Option<u64>,
    /// Why it goes no further.
    stopped: Option<super::Stop>,
    /// How often each weight has crossed its minimum; see [`Course::overshoots`].
    overshoots: Vec<u64>,
    /// The sign of each weight's downhill gradient when it last had one: on which side of its minimum it is.
    sides: Vec<f64>,
    largest_change: f64,
}

impl<'a> Course<'a> {
    fn new(model: &'a Model, state: State) -> Self {
        let mut course = Self {
            trial: Trial::new(model, state),
            reached: None,
            stopped: None,
            overshoots: Vec::new(),
            sides: Vec::new(),
            largest_change: 0.0,
        };
        if model.surface().is_some() {
            course.sides = course
                .trial
                .downhill()
                .iter()
                .map(|slope| sign(*slope))
                .collect();
            course.overshoots = vec![0; course.sides.len()];
        }
        course
    }

    /// The settings it runs with.
    pub fn settings(&self) -> Settings {
        self.trial.stand().state.settings
    }

    /// The loss where it stands, as [`Finish::loss`] has it, with how far rounding may have moved it. Over items it is a
    /// sum of squares or of logarithms that have one sign: nothing cancels.
    pub fn rough_loss(&self, model: &Model, loss: f64) -> Rough {
        let surface = model.surface();
        surface.map_or(Rough::rounded(loss), |surface| {
            surface.rough_loss(&self.trial.stand().state.weights)
        })
    }

    /// How many updates it has made.
    pub fn step(&self) -> u64 {
        self.trial.stand().state.step
    }

    /// How it has ended, or how far it is, and its loss; see [`Trial::loss`] for `goes_on`.
    pub fn finish(&self, goes_on: &mut dyn FnMut(u64) -> bool) -> Finish {
        let end = match (self.reached, self.stopped) {
            (Some(step), _) => End::Reached(step),
            (None, Some(stop)) => End::Stopped(stop),
            (None, None) => End::Unreached,
        };
        Finish {
            end,
            step: self.step(),
            loss: self.trial.loss(goes_on),
        }
    }

    /// How many updates have carried each weight of a surface across its own minimum, the lowest place along it
    /// with the other weights where they are: before it going on was downhill, and now it is uphill. Empty for other
    /// models, whose loss does not stay as it is from one update to the next.
    pub fn overshoots(&self) -> &[u64] {
        &self.overshoots
    }

    /// The largest change of any parameter in any update, without its sign.
    pub fn largest_change(&self) -> f64 {
        self.largest_change
    }

    fn update(&mut self, condition: Option<&Condition>, goes_on: &mut dyn FnMut(u64) -> bool) {
        if self.stopped.is_some() {
            return;
        }
        if let Err(stop) = self.trial.update() {
            self.stopped = Some(stop);
            return;
        }
        let stand = self.trial.stand();
        let changes = stand.updates.iter().map(Update::change);
        self.largest_change =
            changes.fold(self.largest_change, |most, change| most.max(change.abs()));
        let weights = self.overshoots.iter_mut().zip(&mut self.sides);
        let moved = stand.updates.iter().zip(self.trial.downhill());
        for ((crossed, side), (update, slope)) in weights.zip(moved) {
            let now = sign(*slope);
            // Across a hilltop the slope turns as well, but there going on is downhill.
            *crossed += u64::from(now * *side < 0.0 && now * update.change() < 0.0);
            *side = if now == 0.0 { *side } else { now };
        }
        if self.reached.is_none()
            && condition.is_some_and(|condition| condition.holds(&stand, goes_on))
        {
            self.reached = Some(stand.state.step);
        }
    }
}

/// 1, -1, or 0 where the slope is 0.
fn sign(slope: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { slope.signum() }
}

/// Runs in lock step from one state, each with settings of its own.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    courses: Vec<Course<'a>>,
    /// What an update is written in: one at a time is looked at.
    room: Vec<Update>,
}

impl<'a> Comparison<'a> {
    /// Runs that start together, one for each of the settings.
    pub fn new(model: &'a Model, start: &State, settings: &[Settings]) -> Self {
        let course = |settings: &Settings| Course::new(model, start.with(*settings));
        Self {
            courses: settings.iter().map(course).collect(),
            room: Vec::new(),
        }
    }

    /// The runs, in the order of their settings.
    pub fn courses(&self) -> &[Course<'a>] {
        &self.courses
    }

    /// Makes one update of every run that can make one.
    pub fn update(&mut self, condition: Option<&Condition>, goes_on: &mut dyn FnMut(u64) -> bool) {
        for course in &mut self.courses {
            course.trial.swap_room(&mut self.room);
            course.update(condition, goes_on);
            course.trial.swap_room(&mut self.room);
        }
    }

    /// Whether no run has anything left to come to: each has met the condition, or stopped.
    pub fn is_over(&self) -> bool {
        let over = |course: &Course| course.reached.is_some() || course.stopped.is_some();
        self.courses.iter().all(over)
    }

    /// Makes `most` updates of every run, or as many as it takes until none has anything left to come to, or somebody
    /// stops them.
    pub fn run(&mut self, model: &Model, most: u64, condition: Option<&Condition>, watch: &Watch) {
        let _goal = watch.toward(0, Some(most), What::Updates);
        let work = model.work() * self.courses.len() as u64;
        for made in 0..most {
            if self.is_over() || !watch.goes_on(work, made) {
                break;
            }
            let each = model.work();
            self.update(condition, &mut |items| watch.goes_on(items * each, made));
        }
    }
}
