//! The runs of a sweep on a surface, many at a time. Each comes to what it would come to as a [`Trial`], bit for bit:
//! where a run meets a number that it cannot go on with, it is made from a little before there as one.

use super::circle::Circle;
use super::trial::{LOSS, STEP, WEIGHTS};
use super::{Condition, End, Finish, State, Sweep, Trial};
use crate::math::expression::{Expression, Lanes, Tape};
use crate::math::{Abreast, Memories, Model, Stood, Surface};
use crate::watch::SLICE;

/// So many updates are made at most before it is looked how runs fare.
const MOST_UNSEEN: u64 = 64;

/// What runs are to come to, as a formula: it can be asked for all of them at once.
struct Awaited<'a> {
    condition: &'a Condition<'a>,
    tape: Tape,
    numbers: Vec<Lanes>,
    /// Whether a run that is where it was may come to it later nevertheless.
    counts: bool,
}

impl Awaited<'_> {
    fn new<'a>(
        condition: &'a Condition,
        formula: &Expression<usize>,
        weights: usize,
    ) -> Awaited<'a> {
        let tape = Tape::of_value(formula, WEIGHTS + weights);
        Awaited {
            condition,
            numbers: tape.room(),
            tape,
            counts: formula.names().contains(&&STEP),
        }
    }

    /// Which runs have come to it.
    fn reached(&mut self, abreast: &Abreast, steps: Lanes) -> [bool; Abreast::RUNS] {
        self.numbers[STEP] = steps;
        self.numbers[LOSS] = *abreast.losses();
        let weights = abreast.all_weights();
        self.numbers[WEIGHTS..WEIGHTS + weights.len()].copy_from_slice(weights);
        self.tape.run(&mut self.numbers);
        self.numbers[self.tape.value()].map(|value| value == 1.0)
    }
}

/// A run that is under way.
#[derive(Debug)]
struct Lane {
    cell: usize,
    /// How many updates had been made when it was last looked how it fared.
    step: u64,
    /// `None` once it has been seen where it goes round.
    circle: Option<Circle>,
    /// What it has come to since.
    finish: Option<Finish>,
}

/// The runs of a sweep that are made on one thread, each in its lane.
pub(super) struct Track<'a> {
    sweep: &'a Sweep,
    model: &'a Model,
    until: Option<Awaited<'a>>,
    abreast: Abreast,
    /// Where they stood when it was last looked how they fared.
    stood: Stood,
    running: [Option<Lane>; Abreast::RUNS],
    /// So many updates are made until it is looked again.
    slice: u64,
}

impl<'a> Track<'a> {
    /// Runs of a sweep of a model, which is a surface; `None` where they cannot be asked at once whether they have come to
    /// the condition.
    pub fn new(
        sweep: &'a Sweep,
        model: &'a Model,
        surface: &Surface,
        condition: Option<&'a Condition>,
    ) -> Option<Self> {
        let until = match condition {
            Some(condition) => {
                let weights = surface.names().len();
                Some(Awaited::new(condition, &condition.formula()?, weights))
            }
            None => None,
        };
        let abreast = Abreast::new(surface.tape(), &sweep.start.settings);
        let work = model.work().saturating_mul(Abreast::RUNS as u64);
        Some(Self {
            sweep,
            model,
            until,
            stood: abreast.stand(),
            abreast,
            running: [const { None }; Abreast::RUNS],
            slice: (SLICE / work).clamp(1, MOST_UNSEEN),
        })
    }

    /// Makes runs until `next` has no other cell. `goes_on` is asked now and then and told how many updates have been
    /// made and how many runs are complete since; where it says no, the answer is `None`.
    pub fn run(
        mut self,
        mut next: impl FnMut() -> Option<usize>,
        goes_on: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Option<Vec<(usize, Finish)>> {
        let mut made = Vec::new();
        loop {
            let mut is_changed = false;
            for run in 0..Abreast::RUNS {
                if self.running[run].is_none()
                    && let Some(cell) = next()
                {
                    self.begin(run, cell);
                    is_changed = true;
                }
            }
            let lanes = self.running.iter().flatten();
            let left = lanes.map(|lane| self.sweep.most.saturating_sub(lane.step));
            let Some(left) = left.min() else {
                return Some(made);
            };
            if is_changed {
                self.abreast.look();
            }
            self.abreast.stand_in(&mut self.stood);
            let updates = left.min(self.slice);
            self.make(updates);
            let (before, mut count) = (made.len() as u64, 0_u64);
            for run in 0..Abreast::RUNS {
                let Some(mut lane) = self.running[run].take() else {
                    continue;
                };
                let begun = lane.step;
                if lane.finish.is_none() && self.abreast.is_sound(run) {
                    self.go_on(run, &mut lane, updates);
                }
                if let Some(finish) = lane.finish {
                    count = count.saturating_add(finish.step - begun);
                    made.push((lane.cell, finish));
                } else if lane.step > begun {
                    count = count.saturating_add(lane.step - begun);
                    self.running[run] = Some(lane);
                    continue;
                } else {
                    let alone = Trial::new(self.model, self.state(run, &lane));
                    let condition = self.until.as_ref().map(|until| until.condition);
                    let mut goes_on = |updates| goes_on(updates, 0);
                    let finish = alone.run(self.sweep.most, condition, &mut goes_on)?;
                    made.push((lane.cell, finish));
                }
                self.abreast.clear(run);
            }
            if !goes_on(count, made.len() as u64 - before) {
                return None;
            }
        }
    }

    /// Puts a run where it starts.
    fn begin(&mut self, run: usize, cell: usize) {
        let State {
            step,
            weights,
            memories,
            ..
        } = &self.sweep.start;
        let settings = self.sweep.settings(cell);
        let memories = memories.read_all(settings.rule, settings.learning_rate);
        self.abreast.put(run, &settings, weights, &memories);
        self.running[run] = Some(Lane {
            cell,
            step: *step,
            circle: Some(Circle::begin(weights, &memories)),
            finish: None,
        });
    }

    /// Makes so many updates of all runs.
    fn make(&mut self, updates: u64) {
        for made in 1..=updates {
            self.abreast.update();
            self.abreast.look();
            let Some(until) = &mut self.until else {
                continue;
            };
            let step = |run: usize| self.running[run].as_ref().map_or(0, |lane| lane.step);
            let steps = std::array::from_fn(|run| (step(run) + made) as f64);
            let reached = until.reached(&self.abreast, steps);
            if !reached.contains(&true) {
                continue;
            }
            for (run, lane) in self.running.iter_mut().enumerate() {
                if let Some(lane) = lane
                    && reached[run]
                    && lane.finish.is_none()
                    && self.abreast.is_sound(run)
                {
                    let step = lane.step + made;
                    lane.finish = Some(finish(End::Reached(step), step, run, &self.abreast));
                }
            }
        }
    }

    /// Notes that a run has made so many updates more. Where it is where it has been before, it also makes all those that
    /// lead it there again, in one go.
    fn go_on(&self, run: usize, lane: &mut Lane, updates: u64) {
        let most = self.sweep.most;
        lane.step += updates;
        if lane.step < most
            && let Some(circle) = &mut lane.circle
        {
            let (weights, memories) = (self.abreast.weights(run), self.abreast.memories(run));
            if let Some(round) = circle.closes(updates, &weights, &memories) {
                lane.circle = None;
                if self.until.as_ref().is_none_or(|until| !until.counts) {
                    lane.step += (most - lane.step) / round * round;
                }
            }
        }
        if lane.step >= most {
            lane.finish = Some(finish(End::Unreached, lane.step, run, &self.abreast));
        }
    }

    /// The state of a run when it was last looked how it fared.
    fn state(&self, run: usize, lane: &Lane) -> State {
        let settings = self.sweep.settings(lane.cell);
        State {
            step: lane.step,
            settings,
            weights: self.stood.weights(run),
            memories: Memories::left(settings.rule, self.stood.memories(run)),
            schedule: self.sweep.start.schedule.clone(),
        }
    }
}

fn finish(end: End, step: u64, run: usize, abreast: &Abreast) -> Finish {
    let loss = abreast.losses()[run];
    Finish {
        end,
        step,
        loss: loss.is_finite().then_some(loss),
    }
}
