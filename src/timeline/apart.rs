//! Many updates on a surface at once, without looking at their numbers. Variables whose slopes do not depend on one
//! another are trained one after another, and each for itself no further than until it goes round in a circle: while one
//! of them is still on its way, others may long have come to where nothing changes any more.

use super::State;
use super::circle::Circle;
use super::trainer::{MOST_UNSEEN, are_safe};
use crate::math::{Apart, Settings, Surface};

/// The numbers of a run that goes round are kept for at most so many updates, so that none of them is made twice.
const LONGEST_LAP: u64 = 1 << 18;

/// A surface's variables, in groups that do not depend on one another.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    all: Vec<Group<'a>>,
    /// By variable: its group, and its place there.
    places: Vec<(usize, usize)>,
    /// Whether a loss on the way may have been none.
    is_lost: bool,
}

impl<'a> Groups<'a> {
    /// The variables of a surface at a state, whose memories are in the units of its rule.
    pub fn new(surface: &'a Surface, state: &State, memories: &[f64]) -> Self {
        let mut places = vec![(0, 0); state.weights.len()];
        for (group, apart) in surface.apart().iter().enumerate() {
            for (place, variable) in apart.variables().iter().enumerate() {
                places[*variable] = (group, place);
            }
        }
        let group = |apart| Group::new(apart, state, memories);
        Self {
            all: surface.apart().iter().map(group).collect(),
            places,
            is_lost: false,
        }
    }

    /// Makes updates until so many have been made, and where it is known what all lead to, until `far` have: that takes
    /// no longer. The answer is how many.
    pub fn go(&mut self, settings: &Settings, end: u64, far: u64) -> u64 {
        let end = if self.are_known() { far } else { end };
        for group in &mut self.all {
            self.is_lost |= !group.go(settings, end);
        }
        end
    }

    /// Whether it is known where further updates lead.
    pub fn are_known(&self) -> bool {
        self.all.iter().all(Group::is_known)
    }

    /// Whether no number has come near its limits.
    pub fn are_safe(&self) -> bool {
        !self.is_lost
    }

    pub fn weight(&self, variable: usize) -> f64 {
        let (group, place) = self.places[variable];
        self.all[group].weights[place]
    }

    /// What is remembered for a variable, in the units of the rule.
    pub fn memories(&self, variable: usize) -> &[f64] {
        let (group, place) = self.places[variable];
        let Group {
            weights, memories, ..
        } = &self.all[group];
        let stride = memories.len() / weights.len();
        &memories[place * stride..][..stride]
    }
}

/// Variables that do not depend on the others.
#[derive(Debug)]
struct Group<'a> {
    apart: &'a Apart,
    weights: Vec<f64>,
    memories: Vec<f64>,
    downhill: Vec<f64>,
    step: u64,
    circle: Circle,
    /// After so many updates it is where it was.
    round: Option<u64>,
    /// Weights and memories after each update of a round that began after `lap_begun` updates, where it is not too long.
    lap: Vec<f64>,
    lap_begun: u64,
}

impl<'a> Group<'a> {
    fn new(apart: &'a Apart, state: &State, memories: &[f64]) -> Self {
        let stride = state.settings.rule.stride();
        let variables = apart.variables();
        let of = |variable: &usize| memories[variable * stride..][..stride].iter().copied();
        let weights: Vec<f64> = variables.iter().map(|one| state.weights[*one]).collect();
        let memories: Vec<f64> = variables.iter().flat_map(of).collect();
        Self {
            apart,
            downhill: vec![0.0; weights.len()],
            step: state.step,
            circle: Circle::begin(&weights, &memories),
            weights,
            memories,
            round: None,
            lap: Vec::new(),
            lap_begun: 0,
        }
    }

    /// Makes updates until so many have been made. `false` where a number comes near its limits.
    fn go(&mut self, settings: &Settings, last: u64) -> bool {
        while self.step < last {
            let is_safe = match self.round {
                Some(round) => self.go_round(settings, last, round),
                None => self.search(settings, last),
            };
            if !is_safe {
                return false;
            }
        }
        true
    }

    /// Whether no more updates need be made to know where so many lead.
    fn is_known(&self) -> bool {
        let width = self.weights.len() + self.memories.len();
        let known = (self.lap.len() / width) as u64;
        self.round.is_some_and(|round| round == known)
    }

    /// Makes some updates, and looks whether they lead to where it has been before. `false` where a number comes near its
    /// limits.
    fn search(&mut self, settings: &Settings, last: u64) -> bool {
        // Operations on such numbers are slow: not one is made more than need be. Elsewhere it is enough to see at times
        // that nothing changes any more.
        let is_slow = self.numbers().any(|number| number.is_subnormal());
        let (count, mut made) = ((last - self.step).min(MOST_UNSEEN), 0);
        let mut is_safe = true;
        while made < count && self.round.is_none() {
            is_safe &= self.update(settings);
            made += 1;
            if made == 1 || is_slow {
                self.round = (self.circle).closes(1, &self.weights, &self.memories);
            }
        }
        if !is_slow && self.round.is_none() && made > 1 {
            self.round = (self.circle).closes(made - 1, &self.weights, &self.memories);
        }
        self.step += made;
        // A number that has once been beyond never comes back: it stays infinite, or no number.
        is_safe && are_safe(self.numbers())
    }

    /// Makes updates of a run that is where it was after each so many: the first time round one by one.
    fn go_round(&mut self, settings: &Settings, last: u64, round: u64) -> bool {
        if self.is_known() {
            let width = self.weights.len() + self.memories.len();
            let place = (last - self.lap_begun - 1) % round;
            let numbers = &self.lap[place as usize * width..][..width];
            let (weights, memories) = numbers.split_at(self.weights.len());
            self.weights.copy_from_slice(weights);
            self.memories.copy_from_slice(memories);
            self.step = last;
            return true;
        }
        if round > LONGEST_LAP {
            self.step = last - (last - self.step) % round;
        } else if self.lap.is_empty() {
            self.lap_begun = self.step;
        }
        let mut is_safe = true;
        while self.step < last && !self.is_known() {
            is_safe &= self.update(settings);
            self.step += 1;
            if round <= LONGEST_LAP {
                self.lap.extend(self.weights.iter().chain(&self.memories));
            }
        }
        is_safe
    }

    /// One update. `false` where the loss may be none.
    fn update(&mut self, settings: &Settings) -> bool {
        let is_safe = self.apart.downhill(&self.weights, &mut self.downhill);
        settings.update_all(&mut self.weights, &mut self.memories, &self.downhill);
        is_safe
    }

    fn numbers(&self) -> impl Iterator<Item = &f64> {
        self.weights.iter().chain(&self.memories)
    }
}
