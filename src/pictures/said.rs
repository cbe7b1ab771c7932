//! What comes out of a network for the item of an update, in a sentence.

use super::answers::name;
use super::{NodeNumbers, Subject};
use crate::explain::{Line, Node, NodeQuantity, OfNode, number};
use crate::math::Rough;

/// `Unsure: each output is near 1/3. It says Setosa; right is Versicolor.`
pub fn said(subject: &Subject, numbers: &NodeNumbers) -> Line {
    /// An answer that is less certain is none to speak of.
    const UNSURE: f64 = 0.25;
    /// Outputs that are nearer to one another than this are alike.
    const ALIKE: f64 = 0.05;
    let network = numbers.network();
    let layer = network.layers().len();
    let count = network.design().sizes[layer];
    let outputs = (0..count).map(|index| Some(numbers.value(layer, index)?.value));
    let targets = (0..count).map(|index| numbers.target(index));
    let (Some(outputs), Some(targets)) = (
        outputs.collect::<Option<Vec<f64>>>(),
        targets.collect::<Option<Vec<f64>>>(),
    ) else {
        return Line::plain("On its way: the outputs are not there yet.");
    };
    let show = |value| number::display(value, subject.digits.few());
    let symbol = |index| {
        let node = Node::new(layer, layer, index);
        let quantity = NodeQuantity::Value;
        OfNode { quantity, node }.symbol()
    };
    let (Some(answer), Some(meant)) = (network.answer(&outputs), network.answer(&targets)) else {
        let off = |index: usize| {
            let [output, target] = [outputs[index], targets[index]].map(Rough::rounded);
            output
                .with(target, |output, target| output - target)
                .shown()
                .abs()
        };
        let furthest = (0..count).max_by(|a, b| off(*a).total_cmp(&off(*b)));
        return Line::plain(furthest.map_or_else(String::new, |index| {
            let (value, target) = (show(outputs[index]), show(targets[index]));
            let which = ["", "the furthest off, "][usize::from(count > 1)];
            match off(index) {
                0.0 if count == 1 => format!("On target: {} is {value}.", symbol(index)),
                0.0 => "On target: each output is what it should be.".to_owned(),
                off => {
                    let (off, symbol) = (show(off), symbol(index));
                    format!("Off by {off}: {which}{symbol} is {value}, its target {target}.")
                }
            }
        }));
    };
    let is_right = answer == meant;
    let is_sure = network
        .certainty(&outputs)
        .is_some_and(|sure| sure >= UNSURE);
    let word = match (is_sure, is_right) {
        (false, _) => "Unsure",
        (true, true) => "Right",
        (true, false) => "Wrong",
    };
    let all = 1.0 / count as f64;
    let alike = count > 1 && outputs.iter().all(|output| (output - all).abs() < ALIKE);
    let because = if alike {
        format!("each output is near 1/{count}")
    } else {
        let index = answer.min(count - 1);
        format!("{} is {}", symbol(index), show(outputs[index]))
    };
    let says = if is_right {
        format!("It says {}, and that is right.", name(network, answer))
    } else {
        format!(
            "It says {}; right is {}.",
            name(network, answer),
            name(network, meant)
        )
    };
    Line::plain(format!("{word}: {because}. {says}"))
}
