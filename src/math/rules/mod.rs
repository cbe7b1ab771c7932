//! The update rules: a file for each, with its arithmetic and all that is said of it, and the list of them.
//!
//! With downhill gradient `d`, learning rate `eta`, momentum `mu` and memory `m`, and always
//! after = (before + delta) + momentum term:
//!
//! | rule | delta | momentum term | new memory |
//! |---|---|---|---|
//! | `None` | eta d | 0 | nothing |
//! | `Article` | eta d | mu m | delta |
//! | `HeavyBall` | eta d | mu m | delta + momentum term |
//! | `Nesterov` | eta d | mu (mu m + delta) | mu m + delta |
//! | `PyTorch` | eta d | eta mu m | mu m + d |
//! | `Averaged` | eta (1 - mu) d | eta mu m | mu m + (1 - mu) d |
//!
//! Whoever adds a rule writes its file and its line below. Training, derivations, listings, `why`, slips and stability
//! all run the one text that the file has.

use super::abreast;
use super::expression::Lanes;
use super::update::{descend_each, record_each, update_abreast};
pub use super::update::{train_each, train_rows};
use super::{Convention, MOST_MEMORIES, MemoryUnit, Numeric, Slots, Update};

/// The most settings that a rule has beside learning rate and momentum.
pub const MOST_FURTHER: usize = 2;

/// What an update is computed from, as numbers of whatever kind.
#[derive(Debug, Clone)]
pub struct Given<N> {
    /// eta
    pub learning_rate: N,
    /// mu
    pub momentum: N,
    /// d, the downhill gradient.
    pub downhill: N,
    /// What is remembered, in the order of the rule's [`RuleRow::memories`].
    pub memory: [N; MOST_MEMORIES],
    /// The rule's further settings, in the order of its [`RuleRow::further`].
    pub further: [N; MOST_FURTHER],
}

/// A number that a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulePart {
    /// delta, the plain step.
    Delta,
    /// What the memory contributes.
    MomentumTerm,
    /// What is kept for the next update, by its place in [`RuleRow::memories`].
    Kept(usize),
}

/// Where the text of a rule puts what it comes to.
pub trait Steps<N> {
    /// Takes a number that the text has come to. The answer is how the text goes on to speak of it: the number itself,
    /// or its name.
    fn step(&mut self, part: RulePart, number: N) -> N;

    /// The plain step.
    #[inline]
    fn delta(&mut self, number: N) -> N {
        self.step(RulePart::Delta, number)
    }

    /// What the memory contributes.
    #[inline]
    fn momentum_term(&mut self, number: N) -> N {
        self.step(RulePart::MomentumTerm, number)
    }

    /// What is kept for the next update.
    #[inline]
    fn keep(&mut self, slot: usize, number: N) -> N {
        self.step(RulePart::Kept(slot), number)
    }
}

/// A rule: its text, and its row.
pub trait Law {
    /// What is said of it, and what it keeps.
    const ROW: RuleRow;

    /// One update. Its lines are shown, and stepped over, in the order in which they stand here.
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>);
}

/// What is said of a rule, and what it keeps.
#[derive(Debug)]
pub struct RuleRow {
    /// The name used in lessons and commands.
    pub name: &'static str,
    /// What it remembers for each weight; [`MOST_MEMORIES`] at most.
    pub memories: &'static [MemoryRow],
    /// Its settings beside learning rate and momentum; [`MOST_FURTHER`] at most.
    pub further: &'static [Further],
    /// What delta means.
    pub delta: &'static str,
    /// What to think of when delta is asked for.
    pub delta_hint: &'static str,
    /// What the momentum term means.
    pub momentum_term: &'static str,
    /// What `PyTorch` and Keras call it.
    pub libraries: [&'static str; 2],
    /// What it does on a parabola; of a rule that is not linear, nothing is known beforehand.
    pub parabola: Option<fn(f64) -> Parabola>,
}

/// A number that a rule remembers for each weight.
#[derive(Debug)]
pub struct MemoryRow {
    /// The unit it is kept in.
    pub unit: MemoryUnit,
    /// What it is called.
    pub words: &'static str,
    /// What it is called in code.
    pub code: &'static str,
    /// What it means before the update.
    pub before: &'static str,
    /// What it means when it is kept for the next.
    pub kept: &'static str,
    /// What to think of when it is asked for.
    pub hint: &'static str,
}

/// A setting that not every rule has.
#[derive(Debug)]
pub struct Further {
    /// The name used in lessons and commands.
    pub name: &'static str,
    /// What it is unless somebody sets it.
    pub default: f64,
}

/// What a rule does on a parabola with a certain momentum: values of eta L, the learning rate times the curvature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parabola {
    /// Those for which the distance to the minimum vanishes: between the two. `None` where there are none.
    pub stable: Option<(f64, f64)>,
    /// That above which the distance changes sides on its way.
    pub oscillates_above: f64,
}

/// Delta and what is said of it, in a rule that takes all of the gradient.
const DELTA: &str = "The plain step: the learning rate times the gradient.";
const DELTA_HINT: &str = "Delta is a small part of the gradient. What says how small?";

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $module:ident),* $(,)?) => {
        $(mod $module;)*

        /// How a weight is changed by a gradient and by what is remembered of earlier updates.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Rule {
            $($(#[$doc])* $rule,)*
        }

        impl Rule {
            /// Every rule, in the order in which they are listed and cycled through.
            pub const ALL: [Self; [$(Self::$rule),*].len()] = [$(Self::$rule),*];

            /// What is said of it.
            pub fn row(self) -> &'static RuleRow {
                match self {
                    $(Self::$rule => &$module::Text::ROW,)*
                }
            }

            /// Runs its text.
            #[inline]
            pub fn update<N: Numeric>(self, given: Given<N>, update: &mut impl Steps<N>) {
                match self {
                    $(Self::$rule => $module::Text::update(given, update),)*
                }
            }

            /// One update of every parameter: a loop for each rule, in which the compiler knows the rule.
            #[inline]
            pub(super) fn record(
                self,
                given: &Given<f64>,
                weights: &[f64],
                memories: &[f64],
                downhill: &[f64],
                updates: &mut Vec<Update>,
            ) {
                match self {
                    $(Self::$rule => {
                        const STRIDE: usize = stride(&$module::Text::ROW);
                        record_each::<$module::Text, STRIDE>(given, weights, memories, downhill, updates);
                    })*
                }
            }

            /// The same in place, and nothing written down.
            #[inline]
            pub(super) fn train(
                self,
                given: &Given<f64>,
                weights: &mut [f64],
                memories: &mut [f64],
                downhill: &[f64],
            ) {
                match self {
                    $(Self::$rule => {
                        const STRIDE: usize = stride(&$module::Text::ROW);
                        train_each::<$module::Text, STRIDE>(given, weights, memories, downhill);
                    })*
                }
            }

            /// The same with the gradients of a layer made on the way; see [`train_rows`]. It stands alone, so that whoever
            /// trains a layer holds the loops of no rule.
            #[inline(never)]
            pub(super) fn train_rows<const WIDTH: usize>(
                self,
                given: &Given<f64>,
                inputs: &[f64],
                signals: &[f64; WIDTH],
                weights: &mut [f64],
                memories: &mut [f64],
            ) {
                match self {
                    $(Self::$rule => {
                        const STRIDE: usize = stride(&$module::Text::ROW);
                        train_rows::<$module::Text, STRIDE, WIDTH>(given, inputs, signals, weights, memories);
                    })*
                }
            }

            /// The same for a matrix, whose gradients are products.
            #[inline]
            pub(super) fn descend(
                self,
                given: &Given<f64>,
                weights: &mut [f64],
                memories: &mut [f64],
                values: &[f64],
                signals: &[f64],
            ) {
                match self {
                    $(Self::$rule => {
                        const STRIDE: usize = stride(&$module::Text::ROW);
                        descend_each::<$module::Text, STRIDE>(given, weights, memories, values, signals);
                    })*
                }
            }

            /// One update of one parameter in runs that are made abreast.
            #[inline]
            pub(super) fn abreast(
                self,
                given: &abreast::Given,
                weights: &mut Lanes,
                memories: &mut [Lanes],
                downhill: &Lanes,
                lost: &mut Lanes,
            ) {
                match self {
                    $(Self::$rule => {
                        const STRIDE: usize = stride(&$module::Text::ROW);
                        update_abreast::<$module::Text, STRIDE>(given, weights, memories, downhill, lost);
                    })*
                }
            }
        }
    };
}

rules! {
    /// Plain gradient descent.
    None = none,
    /// McCaffrey, "Neural Network Momentum" (2017): remembers only learning rate x gradient, one update back.
    Article = article,
    /// Classical momentum: Polyak (1964); Rumelhart, Hinton and Williams (1986).
    HeavyBall = heavy_ball,
    /// Nesterov momentum: Sutskever et al. (2013), in the form of Keras and Caffe; of `PyTorch` while the rate stays.
    Nesterov = nesterov,
    /// `torch.optim.SGD` with dampening 0: a buffer of gradients, multiplied by the learning rate when used.
    PyTorch = pytorch,
    /// A moving average of gradients, as in the first moment of Adam: Kingma and Ba (2015).
    Averaged = averaged,
}

impl Rule {
    /// The name used in lessons and commands.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it remembers for each weight.
    #[inline]
    pub fn memories(self) -> &'static [MemoryRow] {
        self.row().memories
    }

    /// Whether the rule keeps anything from one update to the next.
    pub fn remembers(self) -> bool {
        !self.memories().is_empty()
    }

    /// The unit of the first number that the rule keeps. Plain descent keeps none, and leaves one in delta units.
    pub fn memory_unit(self) -> MemoryUnit {
        let first = self.memories().first();
        first.map_or(MemoryUnit::Delta, |row| row.unit)
    }

    /// What the first number that it keeps is called.
    pub fn memory_words(self) -> &'static str {
        let first = self.memories().first();
        first.map_or("previous delta", |row| row.words)
    }

    /// A remembered number as it is written: one of gradients has the sign of a convention's gradients.
    pub fn written(self, slot: usize, memory: f64, convention: Convention) -> f64 {
        match self.memories().get(slot).map(|row| row.unit) {
            Some(MemoryUnit::Gradient) => convention.flip(memory),
            Some(MemoryUnit::Delta | MemoryUnit::Square | MemoryUnit::Count) | None => memory,
        }
    }

    /// How many numbers are laid out for each weight: at least one, which plain descent leaves empty.
    #[inline]
    pub fn stride(self) -> usize {
        stride(self.row())
    }

    /// Whether what it remembers adds a step of its own to delta.
    pub fn has_momentum_term(self) -> bool {
        self.parts().contains(&RulePart::MomentumTerm)
    }

    /// The numbers that it comes to, in the order of its text.
    pub fn parts(self) -> Vec<RulePart> {
        let zero = Slots::default();
        let given = Given {
            learning_rate: 0.0,
            momentum: 0.0,
            downhill: 0.0,
            memory: zero,
            further: [0.0; MOST_FURTHER],
        };
        let mut parts = Vec::new();
        self.update(given, &mut |part, number| {
            parts.push(part);
            number
        });
        parts
    }
}

const fn stride(row: &RuleRow) -> usize {
    if row.memories.is_empty() {
        1
    } else {
        row.memories.len()
    }
}

/// Anything that can be called with a number serves as the place to put it.
impl<N, F: FnMut(RulePart, N) -> N> Steps<N> for F {
    #[inline]
    fn step(&mut self, part: RulePart, number: N) -> N {
        self(part, number)
    }
}
