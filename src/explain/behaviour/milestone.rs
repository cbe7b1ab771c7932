//! What happens at an update that is worth stopping for, as data; see [`Milestone`] for what makes each of them true.

use super::Rest;
use crate::explain::number::{self, Digits};
use crate::explain::{plural, series};

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
    /// Nothing moves any more; see [`super::Behaviour::AtRest`].
    AtRest {
        /// Where.
        rest: Rest,
        /// So many updates have been made ahead.
        ahead: usize,
    },
    /// The loss is above that at the start, and see [`super::Behaviour::Diverging`].
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
