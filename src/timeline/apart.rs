//! Many updates on a surface at once, without looking at their numbers. Variables whose slopes do not depend on one
//! another are trained one after another, and each for itself no further than until it goes round in a circle: while one
//! of them is still on its way, others may long have come to where nothing changes any more.

use super::State;
use super::circle::Circle;
use super::trainer::{MOST_UNSEEN, SAFE};
use crate::math::{Apart, Memories, Settings, Surface};

/// [`super::trainer::train_on`] for a surface; `last` is more than the updates that have been made.
pub(super) fn train_apart(surface: &Surface, state: &mut State, last: u64, far: u64) -> bool {
    let settings = state.settings;
    let memories = (state.memories).read_all(settings.rule, settings.learning_rate);
    let group = |apart| Group::new(apart, state, &memories);
    let mut groups: Vec<Group> = surface.apart().iter().map(group).collect();
    if !groups.iter_mut().all(|group| group.go(&settings, last)) {
        return false;
    }
    let go_round = groups.iter().all(|group| group.round.is_some());
    let last = if go_round { last.max(far) } else { last };
    if !groups.iter_mut().all(|group| group.go(&settings, last)) {
        return false;
    }
    let mut memories = memories.into_owned();
    for group in &groups {
        group.put(&mut state.weights, &mut memories);
    }
    state.step = last;
    state.memories = Memories::left(settings.rule, memories);
    true
}

/// Variables that do not depend on the others.
struct Group<'a> {
    apart: &'a Apart,
    weights: Vec<f64>,
    memories: Vec<f64>,
    downhill: Vec<f64>,
    step: u64,
    circle: Circle,
    /// After so many updates it is where it was.
    round: Option<u64>,
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
        }
    }

    fn put(&self, weights: &mut [f64], memories: &mut [f64]) {
        let stride = self.memories.len() / self.weights.len();
        let own = self.weights.iter().zip(self.memories.chunks(stride));
        for (variable, (weight, kept)) in self.apart.variables().iter().zip(own) {
            weights[*variable] = *weight;
            memories[variable * stride..][..stride].copy_from_slice(kept);
        }
    }

    /// Makes updates until so many have been made. `false` where a number comes near its limits.
    fn go(&mut self, settings: &Settings, last: u64) -> bool {
        let Self {
            apart,
            weights,
            memories,
            downhill,
            step,
            circle,
            round,
        } = self;
        let (weights, memories, downhill) = (&mut **weights, &mut **memories, &mut **downhill);
        while *step < last {
            if let Some(round) = *round {
                *step += (last - *step) / round * round;
            }
            let mut numbers = weights.iter().chain(&*memories);
            // Operations on such numbers are slow: not one is made more than need be. Elsewhere it is enough to see at
            // times that nothing changes any more.
            let is_slow = round.is_none() && numbers.any(|number| number.is_subnormal());
            let (count, mut made) = ((last - *step).min(MOST_UNSEEN), 0);
            let mut looks = round.is_none();
            let mut is_safe = true;
            while made < count {
                is_safe &= apart.downhill(weights, downhill);
                settings.update_all(weights, memories, downhill);
                made += 1;
                if looks {
                    *round = circle.closes(1, weights, memories);
                    looks = is_slow;
                    if round.is_some() {
                        break;
                    }
                }
            }
            *step += made;
            if !is_slow && round.is_none() && made > 1 {
                *round = circle.closes(made - 1, weights, memories);
            }
            // A number that has once been beyond never comes back: it stays infinite, or no number.
            let mut numbers = weights.iter().chain(&*memories);
            if !is_safe || !numbers.all(|number| number.abs() < SAFE) {
                return false;
            }
        }
        true
    }
}
