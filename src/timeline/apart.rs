//! Many updates on a surface at once, without looking at their numbers. Variables whose slopes do not depend on one
//! another are trained one after another, and each for itself no further than until it goes round in a circle: while one
//! of them is still on its way, others may long have come to where nothing changes any more. Where somebody looks at each
//! update, all of them take one after another, each from what it knows.

use super::State;
use super::circle::Circle;
use super::trainer::{MOST_UNSEEN, are_safe};
use crate::math::{Apart, Onlooker, Parameters, Settings, Surface};

/// The numbers of a run that goes round are kept for at most so many updates, so that none of them is made twice.
const LONGEST_LAP: u64 = 1 << 18;

/// A surface's variables, in groups that do not depend on one another.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    surface: &'a Surface,
    all: Vec<Group<'a>>,
    /// By variable: its group, and its place there.
    places: Vec<(usize, usize)>,
    /// Whether a loss on the way may have been none.
    is_lost: bool,
    /// After how many updates it was seen where all further ones lead, and how many lead to where all are again; of those
    /// that are looked at.
    seen: Option<(u64, u64)>,
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
            surface,
            all: surface.apart().iter().map(group).collect(),
            places,
            is_lost: false,
            seen: None,
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

    /// Makes updates from `begun` on until `end` have been made, each of them looked at.
    pub fn go_looked_at(
        &mut self,
        settings: &Settings,
        begun: u64,
        end: u64,
        onlooker: &mut impl Onlooker,
    ) {
        for step in begun..end {
            onlooker.begins(self);
            let loss = onlooker.wants_loss().then(|| self.loss());
            for group in &mut self.all {
                self.is_lost |= !group.go(settings, step + 1);
            }
            if let Some(gradients) = onlooker.room() {
                gradients.loss = loss.unwrap_or(f64::NAN);
                for (downhill, (group, place)) in gradients.downhill.iter_mut().zip(&self.places) {
                    *downhill = self.all[*group].downhill[*place];
                }
            }
            onlooker.ends(None, self);
        }
        if self.seen.is_none() && self.are_known() {
            let mut rounds = self.all.iter().filter_map(|group| group.round);
            let together = rounds.try_fold(1, least_common_multiple);
            self.seen = together.map(|together| (end, together));
        }
    }

    /// The loss where all groups are.
    fn loss(&self) -> f64 {
        let mut weights = [0.0; Surface::MOST_VARIABLES];
        let weights = &mut weights[..self.places.len()];
        for (variable, weight) in weights.iter_mut().enumerate() {
            *weight = self.weight(variable);
        }
        self.surface.loss(weights)
    }

    /// After how many updates, each of them looked at, it was seen that all go round, and how many lead to where all are
    /// again.
    pub fn seen(&self) -> Option<(u64, u64)> {
        self.seen
    }

    /// Goes on by whole rounds of all: they are where they are.
    pub fn leap(&mut self, step: u64) {
        for group in &mut self.all {
            group.step = step;
        }
    }

    /// Whether it is known where further updates lead.
    pub fn are_known(&self) -> bool {
        self.all.iter().all(Group::is_known)
    }

    /// Whether no number has come near its limits.
    pub fn are_safe(&self) -> bool {
        !self.is_lost
    }
}

impl Parameters for Groups<'_> {
    fn weight(&self, variable: usize) -> f64 {
        let (group, place) = self.places[variable];
        self.all[group].weights[place]
    }

    fn memories(&self, variable: usize) -> &[f64] {
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
    /// Of the update that was made last.
    downhill: Vec<f64>,
    step: u64,
    circle: Circle,
    /// After so many updates it is where it was.
    round: Option<u64>,
    /// Weights and memories after each update of a round that began after `lap_begun` updates, and the downhill gradients
    /// that it was made with, where it is not too long.
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
        let known = (self.lap.len() / self.width()) as u64;
        self.round.is_some_and(|round| round == known)
    }

    /// So many numbers are noted of an update.
    fn width(&self) -> usize {
        self.weights.len() + self.memories.len() + self.downhill.len()
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
            let place = (last - self.lap_begun - 1) % round;
            let mut numbers = &self.lap[place as usize * self.width()..];
            for part in [&mut self.weights, &mut self.memories, &mut self.downhill] {
                let (own, rest) = numbers.split_at(part.len());
                part.copy_from_slice(own);
                numbers = rest;
            }
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
                (self.lap).extend(
                    self.weights
                        .iter()
                        .chain(&self.memories)
                        .chain(&self.downhill),
                );
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

/// The smallest number that both divide; `None` where it is too large to count.
fn least_common_multiple(a: u64, b: u64) -> Option<u64> {
    let (mut divisor, mut rest) = (a, b);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (a / divisor).checked_mul(b)
}
