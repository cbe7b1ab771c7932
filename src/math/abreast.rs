//! Runs on a surface that are made abreast: one update of all of them at a time.

use super::expression::{Lanes, Tape, WIDTH};
use super::rules::MOST_FURTHER;
use super::{Rule, Settings, Surface};

/// What differs from run to run in how updates are made, and what does not.
#[derive(Debug, Clone)]
pub struct Abreast {
    /// The rule of all runs.
    rule: Rule,
    /// Its further settings, which are those of all runs.
    further: [f64; MOST_FURTHER],
    learning_rate: Lanes,
    momentum: Lanes,
    /// What each variable remembers, [`Rule::stride`] numbers for each.
    memories: Vec<Lanes>,
    /// 0; no number from the first update on in which a change has grown past what a double can hold.
    lost: Lanes,
    /// The weights, and all that the tape makes of them.
    numbers: Vec<Lanes>,
    tape: Tape,
}

/// Where runs stood that are made abreast.
#[derive(Debug, Clone)]
pub struct Stood {
    weights: Vec<Lanes>,
    memories: Vec<Lanes>,
}

impl Surface {
    /// Its formula made ready for runs that are made abreast.
    pub fn tape(&self) -> Tape {
        Tape::new(self.expression(), self.names().len())
    }
}

impl Abreast {
    /// So many runs there are at a time.
    pub const RUNS: usize = WIDTH;

    /// Runs on the surface of a tape that differ in learning rate and momentum, and have all else from these settings.
    /// Each stands at 0 and goes nowhere until it is put elsewhere.
    pub fn new(tape: Tape, settings: &Settings) -> Self {
        let variables = tape.downhill().len();
        Self {
            rule: settings.rule,
            further: settings.further(),
            learning_rate: [0.0; WIDTH],
            momentum: [0.0; WIDTH],
            memories: vec![[0.0; WIDTH]; variables * settings.rule.stride()],
            lost: [0.0; WIDTH],
            numbers: tape.room(),
            tape,
        }
    }

    fn variables(&self) -> usize {
        self.tape.downhill().len()
    }

    /// Puts a run at a place; memories are in the rule's units, [`Rule::stride`] for each weight.
    pub fn put(&mut self, run: usize, settings: &Settings, weights: &[f64], memories: &[f64]) {
        self.learning_rate[run] = settings.learning_rate;
        self.momentum[run] = settings.momentum;
        self.lost[run] = 0.0;
        for (lanes, weight) in self.numbers.iter_mut().zip(weights) {
            lanes[run] = *weight;
        }
        for (lanes, memory) in self.memories.iter_mut().zip(memories) {
            lanes[run] = *memory;
        }
    }

    /// Lets a run stand at 0 and go nowhere.
    pub fn clear(&mut self, run: usize) {
        let settings = Settings::new(self.rule, 0.0, 0.0);
        let variables = self.variables();
        let memories = vec![0.0; self.memories.len()];
        self.put(run, &settings, &vec![0.0; variables], &memories);
    }

    /// Takes the loss and the slopes of each run where it stands.
    pub fn look(&mut self) {
        self.tape.run(&mut self.numbers);
    }

    /// The loss of each run where it was last looked.
    pub fn losses(&self) -> &Lanes {
        &self.numbers[self.tape.value()]
    }

    /// Makes an update of each run from where it was last looked, by the text of the rule.
    ///
    /// The bits are those of [`Settings::update`], while a run is sound; see [`Abreast::is_sound`].
    pub fn update(&mut self) {
        let (rule, stride) = (self.rule, self.rule.stride());
        let given = Given {
            learning_rate: &self.learning_rate,
            momentum: &self.momentum,
            further: self.further,
        };
        let downhill = self.tape.downhill().iter();
        for ((variable, slope), memories) in downhill
            .enumerate()
            .zip(self.memories.chunks_exact_mut(stride))
        {
            let (weights, slopes) = self.numbers.split_at_mut(*slope);
            let weights = &mut weights[variable];
            rule.abreast(&given, weights, memories, &slopes[0], &mut self.lost);
        }
    }

    /// Where all runs stand.
    pub fn stand(&self) -> Stood {
        Stood {
            weights: self.all_weights().to_vec(),
            memories: self.memories.clone(),
        }
    }

    /// Notes where all runs stand in the place of where they stood.
    pub fn stand_in(&self, stood: &mut Stood) {
        let variables = self.variables();
        stood.weights.copy_from_slice(&self.numbers[..variables]);
        stood.memories.copy_from_slice(&self.memories);
    }

    /// Each weight in all runs.
    pub fn all_weights(&self) -> &[Lanes] {
        &self.numbers[..self.variables()]
    }

    /// The weights of a run.
    pub fn weights(&self, run: usize) -> Vec<f64> {
        of(run, self.all_weights())
    }

    /// What a run remembers.
    pub fn memories(&self, run: usize) -> Vec<f64> {
        of(run, &self.memories)
    }

    /// Whether all updates of a run since it was put where it began could be made. Where it is not so, one of them may
    /// have been one that cannot be, and where it stands says nothing.
    ///
    /// What has grown past what a double can hold shows: a weight that has stays infinite or no number, and so does one
    /// whose loss or slope was no number or infinite; a memory that has comes into the weight with the next update; and
    /// changes are noted.
    pub fn is_sound(&self, run: usize) -> bool {
        let mut numbers = self
            .all_weights()
            .iter()
            .chain(&self.memories)
            .chain([&self.lost]);
        numbers.all(|lanes| lanes[run].is_finite())
    }
}

impl Stood {
    /// The weights of a run.
    pub fn weights(&self, run: usize) -> Vec<f64> {
        of(run, &self.weights)
    }

    /// What it remembered.
    pub fn memories(&self, run: usize) -> Vec<f64> {
        of(run, &self.memories)
    }
}

fn of(run: usize, lanes: &[Lanes]) -> Vec<f64> {
    lanes.iter().map(|lanes| lanes[run]).collect()
}

/// What updates of runs that are made abreast are computed from, beside their slopes and memories.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub learning_rate: &'a Lanes,
    pub momentum: &'a Lanes,
    pub further: [f64; MOST_FURTHER],
}
