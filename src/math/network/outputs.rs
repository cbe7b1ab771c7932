//! Outputs for many inputs, eight of them at a time.
//!
//! Nothing is waited for between one item and the next, as it is in training: so one of eight numbers beside each other
//! belongs to each of eight items, and a weight is read once for all of them. Every sum is added up in the order in which
//! [`Network::forward`] adds it, so the results are the same bits.

use multiversion::multiversion;

use super::{Items, Network};

/// So many items are answered at a time.
const ITEMS: usize = 8;
/// Nodes whose sums are added up in registers at once.
const TILE: usize = 4;

/// A number of each of the items that are answered at a time.
type Eight = [f64; ITEMS];

/// The nodes of a network, each with its numbers for the items that are answered at a time.
struct Eights {
    inputs: Vec<Eight>,
    /// The sums and values of each layer.
    layers: Vec<[Vec<Eight>; 2]>,
    /// The outputs for one of the items.
    outputs: Vec<f64>,
}

impl Network {
    /// Hands on the outputs for some inputs, one after another. `None` where `goes_on`, which is asked between some of them
    /// and told how many have been answered since, says that it does not.
    ///
    /// # Panics
    /// Where there are not as many inputs as the network has, or weights.
    pub fn answer_each<'a>(
        &self,
        weights: &[f64],
        inputs: impl Iterator<Item = &'a [f64]>,
        goes_on: &mut dyn FnMut(usize) -> bool,
        mut look: impl FnMut(&[f64]),
    ) -> Option<()> {
        let mut eights = self.eights();
        let mut inputs = inputs.peekable();
        while inputs.peek().is_some() {
            let count = eights.take(inputs.by_ref().take(ITEMS));
            self.forward_all(weights, &mut eights);
            for item in 0..count {
                look(eights.outputs_of(item));
            }
            if inputs.peek().is_some() && !goes_on(count) {
                return None;
            }
        }
        Some(())
    }

    /// The same for some items: their outputs and their targets.
    pub fn answer_items(
        &self,
        weights: &[f64],
        items: &Items,
        goes_on: &mut dyn FnMut(usize) -> bool,
        mut look: impl FnMut(&[f64], &[f64]),
    ) -> Option<()> {
        let inputs = (0..items.len()).map(|item| items.inputs(item));
        let mut targets = (0..items.len()).map(|item| items.targets(item));
        self.answer_each(weights, inputs, goes_on, |outputs| {
            if let Some(targets) = targets.next() {
                look(outputs, targets);
            }
        })
    }

    fn eights(&self) -> Eights {
        let sizes = &self.design.sizes;
        let room = |size: &usize| vec![[0.0; ITEMS]; *size];
        Eights {
            inputs: room(&sizes[0]),
            layers: (sizes[1..].iter())
                .map(|size| [room(size), room(size)])
                .collect(),
            outputs: vec![0.0; sizes[sizes.len() - 1]],
        }
    }

    fn forward_all(&self, weights: &[f64], eights: &mut Eights) {
        let mut before = &eights.inputs[..];
        for (index, (layer, [sums, values])) in
            self.layers.iter().zip(&mut eights.layers).enumerate()
        {
            let parameters = &weights[layer.weights..][..(layer.from + 1) * layer.to];
            weigh(before, parameters, sums);
            self.activation(index).apply_abreast(sums, values);
            before = values;
        }
    }
}

impl Eights {
    /// Takes the inputs of up to as many items as are answered at a time; the answer is how many there are.
    fn take<'a>(&mut self, items: impl Iterator<Item = &'a [f64]>) -> usize {
        let mut count = 0;
        for (item, inputs) in items.enumerate() {
            assert_eq!(inputs.len(), self.inputs.len());
            for (numbers, input) in self.inputs.iter_mut().zip(inputs) {
                numbers[item] = *input;
            }
            count = item + 1;
        }
        count
    }

    /// The outputs for one of the items.
    fn outputs_of(&mut self, item: usize) -> &[f64] {
        if let Some([_, values]) = self.layers.last() {
            for (output, numbers) in self.outputs.iter_mut().zip(values) {
                *output = numbers[item];
            }
        }
        &self.outputs
    }
}

/// `sums[j]` = values[0] m[0, j] + values[1] m[1, j] + ... + biases[j] for each item, added from left to right; biases are
/// the last row of the parameters.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
fn weigh(values: &[Eight], parameters: &[f64], sums: &mut [Eight]) {
    let width = sums.len();
    for (tile, sums) in sums.chunks_mut(TILE).enumerate() {
        let columns = &parameters[tile * TILE..];
        match sums.len() {
            1 => weigh_tile::<1>(values, columns, width, sums),
            2 => weigh_tile::<2>(values, columns, width, sums),
            3 => weigh_tile::<3>(values, columns, width, sums),
            _ => weigh_tile::<TILE>(values, columns, width, sums),
        }
    }
}

/// The sums of so many nodes, to which the first columns lead; a row has `width`.
#[expect(
    clippy::inline_always,
    reason = "what is not inlined is compiled once, for any processor"
)]
#[inline(always)]
fn weigh_tile<const NODES: usize>(
    values: &[Eight],
    columns: &[f64],
    width: usize,
    sums: &mut [Eight],
) {
    let mut totals = [[0.0; ITEMS]; NODES];
    let mut rows = columns.chunks(width);
    for (values, row) in values.iter().zip(&mut rows) {
        if let Some(weights) = row.first_chunk::<NODES>() {
            for (totals, weight) in totals.iter_mut().zip(weights) {
                for (total, value) in totals.iter_mut().zip(values) {
                    *total += value * weight;
                }
            }
        }
    }
    let biases = rows.next().unwrap_or_default();
    for (totals, bias) in totals.iter_mut().zip(biases) {
        for total in totals {
            *total += bias;
        }
    }
    sums.copy_from_slice(&totals);
}
