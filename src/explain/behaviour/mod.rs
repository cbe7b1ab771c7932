//! What a run does and will do, in words.
//!
//! A sentence about a run is worked out from the run itself: its next updates are made ahead ([`Future`]), ten times
//! as many as it has made, and what is said of them is what they do. How far that reaches is said in the sentence.
//! What is said without such a bound is worked out by theory ([`Theory`]), which holds for ever.
//!
//! | sentence | what makes it true |
//! |---|---|
//! | At rest in the minimum at ... | nothing leaves its place by more than [`STILL`], and all around, a ten-thousandth away, the loss is higher |
//! | At rest on an edge | every change is 0, and the surface is curved downward in one direction at least |
//! | Hardly moving | nothing leaves its place by more than [`STILL`] |
//! | Leaving | the run stops after as many updates as it says |
//! | Diverging | the largest loss and the largest change of an eighth, a quarter, a half and all of the updates grow from each to the next, and theory knows no bound |
//! | It has left the valley | going downhill without any speed leads to one minimum from where the run was, to another from where it is and from where it will be |
//! | Oscillating | changes turn their sign three times or more; of the swings between the turns, each third has a smaller largest one (less and less), a larger (further and further), all are equal to a millionth (as far each time), or the places between which they go are said |
//! | x does not turn | no change of x has another sign than the last |
//! | Climbing | the loss rises with so many updates, one after the other |
//! | Crawling | no update raises the loss, and none lowers it by a hundredth of itself, or of what it is above the lowest minimum |
//! | After 40 updates 4 of 9.1 are left | the straight way to the only minimum, from the start and from here |
//! | Converging | the loss never rises, or ends lower and the largest of each quarter is lower than that of the quarter before; and the distance to a minimum shrinks in the same way, along axes all of which settle where theory knows them |
//! | Falling | the loss falls with so many updates, one after the other |
//! | Wandering | the lowest and the highest loss are those that it says |
//! | tanh of 12.3 is 1: scale the inputs? | inputs are not scaled; of the nodes behind them three in four, over items from all of the data, stand where their function is shown as its end, that one among them; with the same weights and inputs scaled by mean and standard deviation, no more than one in four would; and fewer than nine in ten of those items are answered right |
//! | η × L = ... | the roots of the rule's recurrence on a parabola, along each axis on which the run is not at rest |
//!
//! Elsewhere the program says of runs only what has been counted in them:
//!
//! | sentence | what makes it true |
//! |---|---|
//! | overshoots (`compare`) | [`Course::overshoots`](crate::timeline::Course::overshoots), weight by weight |
//! | 38, not in 40, stops at 12; reached, diverged (`compare`, `sweep`) | the [`End`](crate::timeline::End) of a run that was made |
//! | All weights are the same through step 2 (`diff`) | both runs' numbers, step by step |
//! | what stops a run that plays | [`Milestone`], update by update |
//! | settles, swings, grows (`stability`, on a parabola) | [`motion`](crate::math::stability::motion) |

mod follower;
mod milestone;
mod saturation;
mod signs;
mod theory;

use super::number::{self, Digits};
use crate::math::stability::Motion;
use crate::math::{Minimum, Surface};
use crate::timeline::{Future, Stop};
use signs::{comes_nearer, diverging, ends, is_still, left_valley, oscillation, rest, shrinks};

pub use follower::{Follower, distance, nearest};
pub use milestone::Milestone;
pub use saturation::Saturation;
pub use theory::{Outlook, Theory};

/// So many updates are needed before anything is said.
pub const FEWEST: u64 = 6;
/// A run that stays this near to its place, as a share of it or of 1 where that is more, does not move.
pub const STILL: f64 = 1e-6;
/// So many updates are looked at for swings at most: what turns more rarely is not called one.
const OF_SWINGS: usize = 40;
/// More updates than these are not made ahead.
const FURTHEST: u64 = 10_000;
/// What is equal but for rounding, as a share.
const ROUNDING: f64 = 1e-12;
/// What is left of a loss that is less than this share of it is next to nothing.
const NOTHING: f64 = 1e-6;

/// So much work is done for them: of a long formula there are fewer. See [`Model::work`](crate::math::Model::work).
const MOST_WORK: u64 = 1 << 22;

/// How far ahead is looked after so many updates, each of which is so much work.
pub fn horizon(updates: u64, work: u64) -> usize {
    let most = FURTHEST.min(MOST_WORK / work);
    updates.saturating_mul(10).min(most) as usize
}

/// What a run will do over the next updates. The first that fits is what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    /// Nothing moves.
    AtRest(Rest),
    /// The run stops after so many updates: a number has grown too large, or there is none.
    Leaving(usize, Stop),
    /// The loss and the changes of some parameters grow.
    Diverging(Vec<usize>),
    /// The run comes from another valley than it is in, and stays in.
    LeftValley {
        /// The minimum it was on its way to.
        from: usize,
        /// The one it is on its way to.
        to: usize,
    },
    /// Some parameters go back and forth, and some do not turn at all.
    Oscillating {
        /// Those that do, with their swings.
        swinging: Vec<(usize, Swings)>,
        /// Those that move and do not turn.
        straight: Vec<usize>,
    },
    /// The loss rises with so many updates.
    Climbing(usize),
    /// Each update takes less than a hundredth of the loss.
    Crawling,
    /// The loss falls and a minimum comes nearer.
    Converging {
        /// Whether the loss never rises.
        steadily: bool,
    },
    /// The loss falls with so many updates.
    Falling(usize),
    /// The loss goes up and down.
    Wandering,
}

/// Where a run does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// In a minimum, by its place in a list where it is known.
    Minimum(Option<usize>),
    /// Where the surface falls in one direction at least: the slightest push would end it.
    Edge,
    /// Where it is flat, or updates are small.
    Elsewhere,
}

/// What becomes of swings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swings {
    /// They shrink.
    Shrinking,
    /// They stay as large as they are.
    Lasting,
    /// They grow.
    Growing,
    /// Neither: between these two places.
    Between(f64, f64),
}

/// What is known of the surface that a run is on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The surface.
    pub surface: &'a Surface,
    /// Its minima, the lowest first.
    pub minima: &'a [Minimum],
    /// Which of them is downhill of a place.
    pub valley: &'a dyn Fn(&[f64]) -> Option<usize>,
}

impl Behaviour {
    /// What a run will do whose next updates these are, of which theory says this much, and which was at `earlier` some
    /// updates ago.
    pub fn of(
        future: &Future,
        ground: Ground,
        theory: Option<&Theory>,
        earlier: Option<&[f64]>,
    ) -> Self {
        if let Some(stop) = &future.stop {
            return Self::Leaving(future.updates(), *stop);
        }
        if is_still(future) {
            return Self::AtRest(rest(future, ground));
        }
        // What grows up to a bound does not diverge.
        let is_bounded = theory.is_some_and(Theory::is_bounded);
        if let Some(growing) = diverging(future).filter(|_| !is_bounded) {
            return Self::Diverging(growing);
        }
        if let Some((from, to)) = left_valley(future, ground, earlier) {
            return Self::LeftValley { from, to };
        }
        if let Some(oscillation) = oscillation(future) {
            return oscillation;
        }
        let losses = future.losses();
        let rising = losses
            .windows(2)
            .take_while(|pair| pair[1] > pair[0])
            .count();
        if rising > 0 {
            return Self::Climbing(rising);
        }
        let rounding = ROUNDING * losses[0].abs();
        let steadily = losses.windows(2).all(|pair| pair[1] <= pair[0] + rounding);
        let lowest = ground
            .minima
            .first()
            .map_or(f64::NEG_INFINITY, |minimum| minimum.loss);
        let crawls = |pair: &[f64]| {
            let left = pair[0].abs().min(pair[0] - lowest);
            pair[0] - pair[1] < 0.01 * left
        };
        if steadily && losses.windows(2).all(crawls) {
            return Self::Crawling;
        }
        let has_fallen = losses[future.updates()] < losses[0];
        let falls = steadily || has_fallen && shrinks(&losses.iter().copied(), 4);
        // What comes nearer for a while need not come to the minimum.
        let may_settle = !ground.surface.is_quadratic() || theory.is_none_or(Theory::settles);
        if falls && may_settle && comes_nearer(future, ground) {
            return Self::Converging { steadily };
        }
        match losses
            .windows(2)
            .take_while(|pair| pair[1] < pair[0])
            .count()
        {
            0 => Self::Wandering,
            falling => Self::Falling(falling),
        }
    }

    /// What is said of it: a word, and numbers as a person would say them; `parameter` and `minimum` say what a
    /// parameter and a minimum are called, and `way` how much is left of the way to the only minimum.
    pub fn words(
        &self,
        future: &Future,
        digits: Digits,
        parameter: &dyn Fn(usize) -> String,
        minimum: &dyn Fn(usize) -> String,
        way: Option<Way>,
    ) -> String {
        let digits = digits.few();
        let updates = future.updates();
        let ahead = format!("Over the next {updates} updates");
        let named = |indices: &[usize]| names(indices, parameter);
        let more = |updates: usize| {
            let word = super::plural(updates as u64, "update");
            format!("After {updates} more {word}")
        };
        match self {
            Self::AtRest(Rest::Minimum(Some(index))) => format!("At rest in {}.", minimum(*index)),
            Self::AtRest(Rest::Minimum(None)) => "At rest in a minimum.".to_owned(),
            Self::AtRest(Rest::Edge) => {
                "At rest on an edge. There is no slope here, but it is lower beside it.".to_owned()
            }
            Self::AtRest(Rest::Elsewhere) => format!(
                "Hardly moving. {ahead} nothing changes by more than a millionth. A minimum it is not known to be."
            ),
            Self::Leaving(0, stop) => format!("It ends here: {stop}."),
            Self::Leaving(updates, Stop::Overflow { .. }) => {
                format!("Diverging. {} its numbers are too large.", more(*updates))
            }
            Self::Leaving(updates, stop) => {
                format!("Leaving. {} it ends, since {stop}.", more(*updates))
            }
            Self::Diverging(growing) if growing.len() == future.variables() => {
                format!("Diverging. {ahead} the loss and the changes grow.")
            }
            Self::Diverging(growing) => format!(
                "Diverging. {ahead} the loss and the changes of {} grow.",
                named(growing)
            ),
            Self::LeftValley { from, to } => {
                let (from, to) = (minimum(*from), minimum(*to));
                format!("It has left the valley of {from} for that of {to}.")
            }
            Self::Oscillating { swinging, straight } => {
                let mut parts: Vec<String> = swinging
                    .chunk_by(|(_, one), (_, other)| one == other)
                    .map(|alike| {
                        let indices: Vec<usize> = alike.iter().map(|(index, _)| *index).collect();
                        let goes = if alike.len() == 1 { "goes" } else { "go" };
                        let how = alike[0].1.words(digits);
                        format!("{} {goes} back and forth{how}", named(&indices))
                    })
                    .collect();
                if !straight.is_empty() {
                    let does = if straight.len() == 1 { "does" } else { "do" };
                    parts.push(format!("{} {does} not turn", named(straight)));
                }
                format!("Oscillating. {ahead} {}.", parts.join("; "))
            }
            Self::Climbing(rising) if *rising == updates => {
                format!("Climbing. {ahead} the loss rises.")
            }
            Self::Climbing(1) => "Climbing. The next update raises the loss.".to_owned(),
            Self::Climbing(rising) => {
                format!("Climbing. The next {rising} updates raise the loss.")
            }
            Self::Crawling => match way.and_then(Way::words) {
                Some(way) => format!(
                    "Crawling. {way}; the next {updates} updates each lower the loss by less than 1%."
                ),
                None => format!(
                    "Crawling. The next {updates} updates each lower the loss by less than 1%."
                ),
            },
            Self::Converging { steadily: true } => {
                format!("Converging. {ahead} the loss {}.", fall(future, digits))
            }
            Self::Converging { steadily: false } => {
                let fall = fall(future, digits);
                format!("Converging. {ahead} the loss {fall}, with rises on the way.")
            }
            Self::Falling(falling) if *falling == updates => {
                format!("Falling. {ahead} the loss {}.", fall(future, digits))
            }
            Self::Falling(1) => {
                "Falling. The next update lowers the loss, the one after it does not.".to_owned()
            }
            Self::Falling(falling) => {
                format!(
                    "Falling. The next {falling} updates lower the loss, the one after them does not."
                )
            }
            Self::Wandering => {
                let (low, high) = ends(future.losses().iter().copied());
                let [low, high] = number::display_ends(low, high, digits);
                format!("Wandering. {ahead} the loss stays between {low} and {high}.")
            }
        }
    }
}

/// `falls from 0.676 to 0.0119`
fn fall(future: &Future, digits: Digits) -> String {
    let losses = future.losses();
    let (start, end) = (losses[0], losses[future.updates()]);
    let [first, last] = [start, end].map(|loss| number::display(loss, digits));
    if end.abs() < start * NOTHING {
        format!("falls from {first} to next to nothing")
    } else if first != last {
        format!("falls from {first} to {last}")
    } else if start > end {
        // The digits in which they differ are not shown.
        let by = number::display(start - end, digits);
        format!("falls by {by}, to {last}")
    } else {
        format!("stays at {last}")
    }
}

/// How much is left of the straight way from a run's start to the only minimum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// After so many updates,
    pub updates: u64,
    /// it is this far,
    pub left: f64,
    /// and at the start it was.
    pub all: f64,
}

impl Way {
    /// `After 40 updates 4 of 9.1 are left`; nothing where the run is further away than at its start.
    fn words(self) -> Option<String> {
        let few = Digits::new(2).unwrap_or_default();
        let [left, all] = [self.left, self.all].map(|length| number::display(length, few));
        let nearer = self.left < self.all && left != all;
        nearer.then(|| format!("After {} updates {left} of {all} are left", self.updates))
    }
}

impl Swings {
    fn words(self, digits: Digits) -> String {
        match self {
            Self::Shrinking => ", less and less".to_owned(),
            Self::Lasting => ", as far each time".to_owned(),
            Self::Growing => ", further and further".to_owned(),
            Self::Between(low, high) => {
                let [low, high] = number::display_ends(low, high, digits);
                format!(" between {low} and {high}")
            }
        }
    }
}

/// What becomes of the distance to the minimum of a parabola, in words.
pub fn motion_words(motion: Motion) -> &'static str {
    match motion {
        Motion::Approaching => "settles without swinging",
        Motion::Oscillating => "settles, swinging",
        Motion::Lasting => "neither settles nor grows",
        Motion::Coasting => "keeps its speed",
        Motion::Growing => "grows, by as much with every update",
        Motion::Diverging => "grows",
    }
}

/// `x`, `x and y`, `x, y and 4 others`.
fn names(indices: &[usize], name: &dyn Fn(usize) -> String) -> String {
    let named: Vec<String> = indices.iter().map(|index| name(*index)).collect();
    match named.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, second, third] => format!("{first}, {second} and {third}"),
        [first, second, rest @ ..] => format!("{first}, {second} and {} others", rest.len()),
    }
}
