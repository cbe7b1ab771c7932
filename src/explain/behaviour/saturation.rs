//! Inputs so large that the nodes they lead to stand at an end of their function, where there is no slope to learn by.

use std::sync::Arc;

use crate::explain::{Digits, number};
use crate::math::{Activation, Items, Network, Scale, Scaling, largest};

/// Nodes are said to be at an end where so many of them are, of all items looked at.
const MOST: f64 = 0.75;
/// With their inputs scaled, no more of them may be.
const FEW: f64 = 0.25;
/// Nobody is told to scale anything where more items than these are answered right.
const LOW: f64 = 0.9;
/// About so many numbers are looked at, and so many items at least and at most.
const WORK: usize = 1 << 20;
const ITEMS: [usize; 2] = [20, 500];

/// A node behind the inputs, as it is for most items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saturation {
    function: Activation,
    /// Its sum; of softmax, how far the two largest sums lie apart.
    sum: f64,
    value: f64,
}

impl Saturation {
    /// What stands in the way of a network with inputs that are not scaled; `None` where it answers well, where its nodes
    /// are not at an end, and where they would be with scaled inputs too.
    pub fn of(network: &Network, weights: &[f64], digits: Digits) -> Option<Self> {
        if network.items().scaling().is_some() {
            return None;
        }
        let items = sample(network);
        let look = Look {
            network,
            weights,
            digits,
        };
        let (share, found) = look.at_ends(&items);
        if share < MOST || look.right(&items).is_some_and(|right| right >= LOW) {
            return None;
        }
        let scaling = Scaling::fit(Scale::Standard, &items).ok()?;
        let scaled = items.scaled(&Arc::new(scaling)).ok()?;
        let (share, _) = look.at_ends(&scaled);
        found.filter(|_| share <= FEW)
    }

    /// `tanh of 12.3 is 1: scale the inputs?`
    pub fn words(&self, digits: Digits) -> String {
        let sum = number::display(self.sum, digits.few());
        let value = number::display(self.value, digits);
        let name = self.function.name();
        let of = if self.function == Activation::Softmax {
            format!("sums that lie {sum} apart")
        } else {
            sum
        };
        format!("{name} of {of} is {value}: scale the inputs?")
    }
}

/// Items from all of the data.
fn sample(network: &Network) -> Items {
    let all = network.items();
    let [least, most] = ITEMS;
    let count = (WORK / network.names().len()).clamp(least, most);
    let (inputs, targets) = all.widths();
    let mut items = Items::new(inputs, targets);
    for item in (0..all.len()).step_by(all.len().div_ceil(count)) {
        items.push(all.inputs(item), all.targets(item));
    }
    items
}

struct Look<'a> {
    network: &'a Network,
    weights: &'a [f64],
    digits: Digits,
}

impl Look<'_> {
    /// The share of the nodes behind the inputs that are at an end, over all items, and one of those.
    fn at_ends(&self, items: &Items) -> (f64, Option<Saturation>) {
        let design = self.network.design();
        let function = if design.sizes.len() > 2 {
            design.hidden
        } else {
            design.output
        };
        let (mut ends, mut all, mut found) = (0_usize, 0_usize, None);
        self.each(items, |sums, values, _, _| {
            for at in nodes(function, sums, values) {
                all += 1;
                if self.is_at_end(&at) {
                    ends += 1;
                    found.get_or_insert(at);
                }
            }
        });
        (ends as f64 / all.max(1) as f64, found)
    }

    /// Whether a value is shown as an end of its function.
    fn is_at_end(&self, at: &Saturation) -> bool {
        let rounded = |value| number::rounded(value, self.digits);
        let value = rounded(at.value);
        let (low, high) = at.function.bounds().unwrap_or((f64::NAN, f64::NAN));
        let lower = if low < 0.0 {
            value == low
        } else {
            // An end of 0 is not shown as 0: its slope is as far from any as at the other end.
            1.0 - at.value == 1.0 || rounded(1.0 - at.value) == 1.0
        };
        at.sum.is_finite() && (value == high || lower)
    }

    /// The share of items that are answered right; `None` where outputs are amounts.
    fn right(&self, items: &Items) -> Option<f64> {
        let mut right = Some(0_usize);
        self.each(items, |_, _, outputs, targets| {
            let is_right = self.network.is_right(outputs, targets);
            right = (right.zip(is_right)).map(|(count, is)| count + usize::from(is));
        });
        right.map(|right| right as f64 / items.len() as f64)
    }

    /// Hands on the sums and values behind the inputs, the outputs and the targets of every item.
    fn each(&self, items: &Items, mut look: impl FnMut(&[f64], &[f64], &[f64], &[f64])) {
        let mut pass = self.network.pass();
        for item in 0..items.len() {
            self.network
                .forward(self.weights, items.inputs(item), &mut pass);
            look(
                pass.sums(1),
                pass.values(1),
                pass.outputs(),
                items.targets(item),
            );
        }
    }
}

/// What of a layer can be at an end: each node, or of softmax the largest share.
fn nodes(function: Activation, sums: &[f64], values: &[f64]) -> Vec<Saturation> {
    let at = |sum, value| Saturation {
        function,
        sum,
        value,
    };
    if function == Activation::Softmax {
        let most = largest(sums);
        let others = sums.iter().copied().filter(|sum| *sum < most);
        let next = others.fold(f64::NEG_INFINITY, f64::max);
        return vec![at(most - next, largest(values))];
    }
    let nodes = sums.iter().zip(values).map(|(sum, value)| at(*sum, *value));
    // Without two bounds there is no end to be at.
    nodes.filter(|_| function.bounds().is_some()).collect()
}
