//! What happens at an update that is worth stopping for, as data; see [`Milestone`] for what makes each of them true.
//!
//! Whoever follows a run shows every update of it to a [`Follower`], and hears of what happens at each.

use super::{Behaviour, FEWEST, Ground, Rest, STILL, Theory, horizon};
use crate::explain::number::{self, Digits};
use crate::explain::{plural, series};
use crate::math::{Metrics, Model, Update};
use crate::timeline::{Future, Record, State, Stop};

/// Who has come so near to a minimum, as a share of the distance at the start, is there.
const THERE: f64 = 0.01;
/// Who has come so near may be said to have passed it.
const NEAR: f64 = 0.1;
/// Changes that are a smaller share of the largest so far do not count as turns: they may be rounding.
const ROUNDING: f64 = 1e-9;

/// Something that happens at an update.
#[derive(Debug, Clone, PartialEq)]
pub enum Milestone {
    /// These parameters, with whether they go up now, turn back for the first time: the change has another sign than the
    /// last that was not 0. Not in networks, where single items pull to and fro.
    Turned(Vec<(usize, bool)>),
    /// Of a surface of one variable: a minimum lies between where the update has begun and where it has led, and for the
    /// first time.
    Passed(usize),
    /// Of a surface of several variables: for the first time the distance to the nearest minimum, this one, has become
    /// longer after it had become shorter, and it was less than a tenth of what it was at the start.
    WentBy {
        /// The minimum.
        minimum: usize,
        /// How far from it the run was before this update.
        distance: f64,
    },
    /// Going downhill without any speed leads to another minimum than before the update; so for the first time.
    LeftValley {
        /// Where it led before.
        from: usize,
        /// Where it leads now.
        to: usize,
    },
    /// For the first time less than a hundredth of the distance to this minimum is left, and it is so after each of the
    /// next updates, which have been made ahead.
    Arrived {
        /// The minimum.
        minimum: usize,
        /// So many of them.
        ahead: usize,
    },
    /// Nothing moves any more; see [`Behaviour::AtRest`].
    AtRest {
        /// Where.
        rest: Rest,
        /// So many updates have been made ahead.
        ahead: usize,
    },
    /// The loss is above that at the start, and see [`Behaviour::Diverging`].
    Diverging {
        /// Whose changes grow; none where it is all of them.
        growing: Vec<usize>,
        /// So many updates have been made ahead.
        ahead: usize,
    },
    /// The loss is above that at the start, and after so many more updates its numbers are too large.
    Overflowing(usize),
    /// The loss of a surface, or the mean error over all items at the end of an epoch, is for the first time below a
    /// tenth (1), a hundredth (2) or a thousandth (3) of that at the start.
    Below(i32),
    /// The mean error over all items is higher than an epoch ago; so for the first time.
    ErrorRose,
    /// All items are right, and were not so an epoch ago; so for the first time.
    AllRight,
}

impl Milestone {
    /// Whether a run stops for it that is to go on to something else.
    pub fn stops_all(&self) -> bool {
        match self {
            Self::AtRest { .. } | Self::Diverging { .. } | Self::Overflowing(_) => true,
            Self::Turned(_)
            | Self::Passed(_)
            | Self::WentBy { .. }
            | Self::LeftValley { .. }
            | Self::Arrived { .. }
            | Self::Below(_)
            | Self::ErrorRose
            | Self::AllRight => false,
        }
    }

    /// Whether it is a stop at all, and not only told.
    pub fn stops(&self) -> bool {
        !matches!(self, Self::Below(_))
    }

    /// Whether what the run was to come to is decided.
    pub fn ends(&self) -> bool {
        self.stops_all() || matches!(self, Self::Arrived { .. })
    }

    /// It in words that go on from "after update 12: "; `parameter` and `minimum` say what these are called.
    pub fn words(
        &self,
        digits: Digits,
        parameter: &dyn Fn(usize) -> String,
        minimum: &dyn Fn(usize) -> String,
    ) -> String {
        match self {
            Self::Turned(turned) => {
                let told = |(index, up): &(usize, bool)| {
                    let way = if *up { "up" } else { "down" };
                    format!("{} has turned back and goes {way}", parameter(*index))
                };
                turned.iter().map(told).collect::<Vec<_>>().join("; ")
            }
            Self::Passed(index) => format!("it has passed {}", minimum(*index)),
            Self::WentBy {
                minimum: index,
                distance,
            } => format!(
                "it has passed {}: it came as near as {}, and goes away again",
                minimum(*index),
                number::display(*distance, digits.exactly(2))
            ),
            Self::LeftValley { from, to } => format!(
                "it has left the valley of {} for that of {}",
                minimum(*from),
                minimum(*to)
            ),
            Self::Arrived {
                minimum: index,
                ahead,
            } => format!(
                "it has arrived at {}: less than a hundredth of the distance is left, now and over the next {ahead} updates",
                minimum(*index)
            ),
            Self::AtRest { rest, ahead } => match rest {
                Rest::Minimum(Some(index)) => format!("it is at rest in {}", minimum(*index)),
                Rest::Minimum(None) => "it is at rest in a minimum".to_owned(),
                Rest::Edge => {
                    "it is at rest on an edge: there is no slope here, but it is lower beside it"
                        .to_owned()
                }
                Rest::Elsewhere => format!(
                    "it hardly moves any more: over the next {ahead} updates nothing changes by more than a millionth"
                ),
            },
            Self::Diverging { growing, ahead } => {
                let whose = if growing.is_empty() {
                    String::new()
                } else {
                    format!(
                        " of {}",
                        series(growing.iter().map(|index| parameter(*index)), "and")
                    )
                };
                format!(
                    "it diverges: over the next {ahead} updates the loss and the changes{whose} grow"
                )
            }
            Self::Overflowing(updates) => format!(
                "it diverges: after {updates} more {} its numbers are too large",
                plural(*updates as u64, "update")
            ),
            Self::Below(power) => {
                let share = match power {
                    1 => "a tenth",
                    2 => "a hundredth",
                    _ => "a thousandth",
                };
                format!("the loss is below {share} of what it was at the start")
            }
            Self::ErrorRose => {
                "the mean error over all items is higher than an epoch ago".to_owned()
            }
            Self::AllRight => "all items are right".to_owned(),
        }
    }
}

/// Follows a run from its start, and knows what has happened for the first time.
#[derive(Debug, Clone)]
pub struct Follower {
    start: Vec<f64>,
    /// The loss or the mean error there.
    start_loss: Option<f64>,
    ways: Vec<Way>,
    /// Which minima have been passed.
    passed: Vec<usize>,
    /// How far the nearest minimum was after the last two updates, the later first.
    distances: [f64; 2],
    /// In which valley it is, where that is known.
    valley: Option<usize>,
    left: Vec<(usize, usize)>,
    /// How many powers of ten the loss has fallen by.
    below: i32,
    /// What happens but once, and has happened.
    happened: Vec<Once>,
    /// It is not looked ahead before so many updates.
    next_look: u64,
    metrics: Option<Metrics>,
}

/// What happens but once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Once {
    Arrives,
    Rests,
    Diverges,
    ErrorRises,
    AllRight,
}

/// How a parameter has been changed.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    /// The sign of its last change that was not 0.
    sign: f64,
    /// How large the last change was, and the largest.
    last: f64,
    largest: f64,
    turned: bool,
}

impl Follower {
    /// Of a run that begins there.
    pub fn new(start: &State, loss: Option<f64>) -> Self {
        Self {
            ways: vec![Way::default(); start.weights.len()],
            start: start.weights.clone(),
            start_loss: loss,
            passed: Vec::new(),
            distances: [f64::INFINITY; 2],
            valley: None,
            left: Vec::new(),
            below: 0,
            happened: Vec::new(),
            next_look: 0,
            metrics: None,
        }
    }

    /// Whether nothing has moved any more when it was looked last.
    pub fn is_at_rest(&self) -> bool {
        self.has(Once::Rests)
    }

    fn has(&self, what: Once) -> bool {
        self.happened.contains(&what)
    }

    /// Takes note of what happens; whether it is for the first time.
    fn happens(&mut self, what: Once) -> bool {
        let is_new = !self.has(what);
        if is_new {
            self.happened.push(what);
        }
        is_new
    }

    /// Whether so much of the distance to a minimum counts as nothing for a run from `start`.
    pub fn is_near(left: f64, minimum: &[f64], start: &[f64]) -> bool {
        left < THERE * distance(minimum, start)
    }

    /// Takes note of an update that has been followed before.
    pub fn note(&mut self, model: &Model, ground: Option<Ground>, record: &Record, state: &State) {
        self.turned(model, &record.updates);
        if let Some(ground) = ground {
            self.near(ground, record, state);
            self.below(ground.surface.loss(&state.weights));
        }
    }

    /// From here on it is followed: what is true already is no news. Nothing is changed by hand later on.
    pub fn begin(&mut self, model: &Model, ground: Option<Ground>, state: &State) {
        if let Some(ground) = ground.filter(|_| state.step > 0) {
            self.next_look = 0;
            self.look(model, ground, state);
            self.next_look = 0;
            self.valley = valley(ground, &state.weights);
        }
    }

    /// What happens at an update that leads to this state. `may_look` says that nothing is changed by hand later on, so
    /// that it can be looked ahead.
    pub fn sees(
        &mut self,
        (model, ground): (&Model, Option<Ground>),
        record: &Record,
        state: &State,
        may_look: bool,
    ) -> Vec<Milestone> {
        let mut seen: Vec<Milestone> = self.turned(model, &record.updates).into_iter().collect();
        let Some(ground) = ground else {
            return seen;
        };
        seen.extend(self.near(ground, record, state));
        seen.extend(self.leaves(ground, record, state));
        seen.extend(self.below(ground.surface.loss(&state.weights)));
        if may_look {
            seen.extend(self.look(model, ground, state));
        }
        seen
    }

    /// What happens at the end of an epoch with these figures over all items.
    pub fn sees_epoch(&mut self, metrics: Metrics) -> Vec<Milestone> {
        let before = self.metrics.replace(metrics);
        let mut seen = Vec::new();
        let rises = before.is_some_and(|before| metrics.loss > before.loss);
        if rises && self.happens(Once::ErrorRises) {
            seen.push(Milestone::ErrorRose);
        }
        let right = |metrics: Metrics| metrics.accuracy == Some(1.0);
        let are_right = right(metrics) && before.is_some_and(|before| !right(before));
        if are_right && self.happens(Once::AllRight) {
            seen.push(Milestone::AllRight);
        }
        seen.extend(self.below(metrics.loss));
        seen
    }

    fn turned(&mut self, model: &Model, updates: &[Update]) -> Option<Milestone> {
        if model.network().is_some() {
            return None;
        }
        let mut turned = Vec::new();
        for (index, (way, update)) in self.ways.iter_mut().zip(updates).enumerate() {
            let change = update.after - update.before;
            way.last = change.abs();
            way.largest = way.largest.max(way.last);
            if change == 0.0 || change.abs() <= ROUNDING * way.largest {
                continue;
            }
            let sign = change.signum();
            if way.sign * sign < 0.0 && !std::mem::replace(&mut way.turned, true) {
                turned.push((index, sign > 0.0));
            }
            way.sign = sign;
        }
        (!turned.is_empty()).then_some(Milestone::Turned(turned))
    }

    /// A minimum that is passed.
    fn near(&mut self, ground: Ground, record: &Record, state: &State) -> Option<Milestone> {
        let minima = ground.minima.iter().enumerate();
        if let [only] = &record.updates[..] {
            let lies_between = |place: f64| {
                // Where minima are is known to some digits.
                let off = STILL * place.abs().max(1.0);
                (only.before + off < place && place + off < only.after)
                    || (only.after + off < place && place + off < only.before)
            };
            let mut passed = minima.filter(|(_, minimum)| lies_between(minimum.point[0]));
            let (index, _) = passed.find(|(index, _)| !self.passed.contains(index))?;
            self.passed.push(index);
            return Some(Milestone::Passed(index));
        }
        let nearest = nearest(ground, &state.weights)?;
        let [last, before] = self.distances;
        self.distances = [nearest.1, last];
        let first = distance(&ground.minima[nearest.0].point, &self.start);
        let goes_by = last < before && nearest.1 > last && last < NEAR * first;
        if !goes_by || self.passed.contains(&nearest.0) {
            return None;
        }
        self.passed.push(nearest.0);
        Some(Milestone::WentBy {
            minimum: nearest.0,
            distance: last,
        })
    }

    fn leaves(&mut self, ground: Ground, record: &Record, state: &State) -> Option<Milestone> {
        if ground.minima.len() < 2 {
            return None;
        }
        let before = || {
            let before: Vec<f64> = record.updates.iter().map(|update| update.before).collect();
            valley(ground, &before)
        };
        let from = self.valley.or_else(before);
        self.valley = valley(ground, &state.weights);
        let (from, to) = (from?, self.valley?);
        if from == to || self.left.contains(&(from, to)) {
            return None;
        }
        self.left.push((from, to));
        Some(Milestone::LeftValley { from, to })
    }

    fn below(&mut self, loss: f64) -> Option<Milestone> {
        /// Further it is not told.
        const MOST: i32 = 3;
        let start = self.start_loss.filter(|start| *start > 0.0)?;
        let is_below = |power: &i32| loss < start / [10.0, 100.0, 1000.0][*power as usize - 1];
        let power = (self.below + 1..=MOST).rev().find(is_below)?;
        self.below = power;
        Some(Milestone::Below(power))
    }

    /// What only the next updates show, where there is a sign of it.
    fn look(&mut self, model: &Model, ground: Ground, state: &State) -> Option<Milestone> {
        let step = state.step;
        let is_there = nearest(ground, &state.weights).filter(|_| !self.has(Once::Arrives));
        let is_there = is_there.filter(|(minimum, left)| {
            Self::is_near(*left, &ground.minima[*minimum].point, &self.start)
        });
        let mut ways = self.ways.iter().zip(&state.weights);
        let is_still = |(way, place): (&Way, &f64)| way.last <= STILL * place.abs().max(1.0);
        let is_still = !self.has(Once::Rests) && ways.all(is_still);
        let loss = ground.surface.loss(&state.weights);
        let grows = !self.has(Once::Diverges)
            && step >= FEWEST
            && self.start_loss.is_some_and(|s| loss > s);
        if step < self.next_look || !(is_there.is_some() || is_still || grows) {
            return None;
        }
        // What shows nothing is looked at again a little later.
        self.next_look = step + 1 + step / 8;
        let future = Future::of(model, state.clone(), horizon(step.max(1), model.work()))?;
        let ahead = future.updates();
        let theory = Theory::of(ground.surface, state);
        let behaviour = Behaviour::of(&future, ground, theory.as_ref(), None);
        match behaviour {
            Behaviour::AtRest(rest) if self.happens(Once::Rests) => {
                self.happens(Once::Arrives);
                return Some(Milestone::AtRest { rest, ahead });
            }
            Behaviour::Diverging(growing) if grows => {
                self.happens(Once::Diverges);
                let all = growing.len() == future.variables();
                let growing = if all { Vec::new() } else { growing };
                return Some(Milestone::Diverging { growing, ahead });
            }
            Behaviour::Leaving(updates, Stop::Overflow { .. }) if grows && updates > 0 => {
                self.happens(Once::Diverges);
                return Some(Milestone::Overflowing(updates));
            }
            Behaviour::AtRest(_)
            | Behaviour::Diverging(_)
            | Behaviour::Leaving(..)
            | Behaviour::LeftValley { .. }
            | Behaviour::Oscillating { .. }
            | Behaviour::Climbing(_)
            | Behaviour::Crawling
            | Behaviour::Converging { .. }
            | Behaviour::Falling(_)
            | Behaviour::Wandering => {}
        }
        let (minimum, _) = is_there.filter(|_| future.stop.is_none())?;
        let point = &ground.minima[minimum].point;
        let left = |update| distance(point, future.place(update));
        let stays = (0..=ahead).all(|update| Self::is_near(left(update), point, &self.start));
        (stays && self.happens(Once::Arrives)).then_some(Milestone::Arrived { minimum, ahead })
    }
}

/// The minimum that is nearest to a place, and how far it is.
pub fn nearest(ground: Ground, place: &[f64]) -> Option<(usize, f64)> {
    let distances = ground
        .minima
        .iter()
        .map(|minimum| distance(&minimum.point, place));
    let all = distances.enumerate().filter(|(_, far)| far.is_finite());
    all.min_by(|(_, one), (_, other)| one.total_cmp(other))
}

fn valley(ground: Ground, place: &[f64]) -> Option<usize> {
    (ground.minima.len() > 1).then(|| (ground.valley)(place))?
}

/// How far two places are apart.
pub fn distance(one: &[f64], other: &[f64]) -> f64 {
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}
