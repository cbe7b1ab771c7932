//! What a network answers, with its weights as they are on the screen.

use std::ops::Range;
use std::sync::Arc;

use super::{MOST_LINES, Subject};
use crate::explain::{Decimal, Known, Line, number, plural};
use crate::math::{Model, Network, Scaling};
use crate::watch::{Watch, What};

/// A network as it stands, to be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    model: Arc<Model>,
    weights: Vec<f64>,
    /// The item of the update on the screen.
    pub current: Option<usize>,
    /// Whether the outputs for that item are still to be stepped over.
    hides_current: bool,
}

/// The network's answer to one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// The item, by its place in the data.
    pub item: usize,
    /// The inputs as they were found, before any scaling.
    pub inputs: Vec<f64>,
    pub targets: Vec<f64>,
    /// What comes out; `None` while that is still to be stepped over.
    pub outputs: Option<Vec<f64>>,
    /// The answer that the outputs stand for; `None` where they are amounts, or hidden.
    pub said: Option<usize>,
    /// The answer that the targets stand for.
    pub meant: Option<usize>,
}

impl Prediction {
    /// Whether it is known to be wrong.
    pub fn is_wrong(&self) -> bool {
        self.said.is_some() && self.said != self.meant
    }
}

impl Answers {
    /// The network on the screen; `None` where there is none. Before its update is complete it has the weights that
    /// the update starts from.
    pub fn of(subject: &Subject) -> Option<Self> {
        let network = subject.network()?;
        let known = Known::new(network, &subject.derivation);
        let outputs = network.layers().len();
        let hidden = |index| known.value(outputs, index) > subject.lines;
        let mut output_nodes = 0..network.design().sizes[outputs];
        Some(Self {
            model: Arc::clone(subject.model()),
            weights: subject.run().state(subject.step()).weights,
            current: subject.record.item,
            hides_current: !subject.is_complete() && output_nodes.any(hidden),
        })
    }

    /// The network that is asked: [`Answers::of`] has found it.
    pub fn network(&self) -> &Network {
        self.model.network().expect("a network is asked")
    }

    /// The outputs for some inputs, handed to `use_them` one after another.
    fn outputs<'a>(&self, inputs: impl Iterator<Item = &'a [f64]>, use_them: impl FnMut(&[f64])) {
        (self.network()).answer_each(&self.weights, inputs, &mut |_| true, use_them);
    }

    /// The answers to some items.
    pub fn to_items(&self, items: Range<usize>) -> Vec<Prediction> {
        let network = self.network();
        let data = network.items();
        let mut predictions = Vec::new();
        let mut item = items.start;
        self.outputs(items.map(|item| data.inputs(item)), |outputs| {
            let hidden = self.hides_current && self.current == Some(item);
            let targets = data.targets(item);
            predictions.push(Prediction {
                item,
                inputs: data.raw_inputs(item).to_vec(),
                targets: targets.to_vec(),
                outputs: (!hidden).then(|| outputs.to_vec()),
                said: network.answer(outputs).filter(|_| !hidden),
                meant: network.answer(targets),
            });
            item += 1;
        });
        predictions
    }

    /// The first item from `first` on, and then from the start, that is answered wrong; `None` too where somebody stops
    /// looking for it.
    pub fn next_wrong(&self, first: usize, watch: &Watch) -> Option<usize> {
        /// So many items are asked about at once.
        const BATCH: usize = 64;
        let count = self.network().items().len();
        let batches = |range: Range<usize>| {
            let end = range.end;
            range
                .step_by(BATCH)
                .map(move |start| start..end.min(start + BATCH))
        };
        let first = first.min(count);
        let (work, all) = (BATCH as u64 * self.model.work(), Some(count as u64));
        let _goal = watch.toward(0, all, What::Answers);
        batches(first..count)
            .chain(batches(0..first))
            .zip((0..).step_by(BATCH))
            .take_while(|(_, made)| watch.goes_on(work, *made))
            .find_map(|(batch, _)| {
                let mut predictions = self.to_items(batch).into_iter();
                predictions.find(Prediction::is_wrong)
            })
            .map(|prediction| prediction.item)
    }

    /// The answer at each point of a plane of two inputs, which are scaled as the items are, row by row, and how certain
    /// it is from 0 to 1.
    pub fn at_points(&self, points: &[[f64; 2]]) -> Vec<Option<(usize, f64)>> {
        let mut answers = Vec::with_capacity(points.len());
        let network = self.network();
        let columns = network.items().scaling().map_or(&[][..], Scaling::columns);
        let mut points = points.to_vec();
        for point in &mut points {
            for (number, column) in point.iter_mut().zip(columns) {
                *number = column.scaled(*number);
            }
        }
        self.outputs(points.iter().map(|point| &point[..]), |outputs| {
            answers.push(network.answer(outputs).zip(network.certainty(outputs)));
        });
        answers
    }

    /// What an answer is called.
    pub fn name(&self, answer: usize) -> String {
        name(self.network(), answer)
    }

    /// How many items are answered wrong; `None` where outputs are amounts.
    pub fn count_wrong(&self, subject: &Subject) -> Option<usize> {
        let metrics = subject.run().metrics(subject.step())?;
        let count = self.network().items().len();
        let right = metrics.accuracy? * count as f64;
        Some(count - right.round() as usize)
    }

    /// The items that are answered wrong, as many as can be listened to, after how many there are.
    pub(super) fn wrong_sentences(&self, subject: &Subject) -> Vec<Line> {
        let mut lines = vec![Line::plain(self.count_sentence(subject))];
        let mut wrong = Vec::new();
        let mut first = 0;
        let watch = subject.run().watch();
        let next = |first| watch.briefly(|| self.next_wrong(first, watch));
        while wrong.len() < MOST_LINES
            && let Some(item) = next(first).filter(|item| *item >= first)
        {
            wrong.extend(self.to_items(item..item + 1));
            first = item + 1;
        }
        lines.extend(wrong.iter().map(|p| self.sentence(subject, p)));
        let all = self.count_wrong(subject).unwrap_or(wrong.len());
        if all > wrong.len() {
            let more = all - wrong.len();
            lines.push(Line::plain(format!("and {more} more")));
        }
        lines
    }

    /// `150 items, 7 of them answered wrong with the weights as they are after update 600.`
    pub(super) fn count_sentence(&self, subject: &Subject) -> String {
        let count = self.network().items().len();
        let wrong = self.count_wrong(subject);
        match wrong {
            None => format!(
                "{count} {}; outputs are amounts, and none is right or wrong.",
                plural(count as u64, "item")
            ),
            Some(wrong) => {
                let when = if subject.is_complete() {
                    "after"
                } else {
                    "before"
                };
                format!(
                    "{count} {}, {wrong} of them answered wrong with the weights as they are {when} update {}.",
                    plural(count as u64, "item"),
                    subject.record.step + 1
                )
            }
        }
    }

    /// `Item 3, inputs 1 and 1, target 0: output 0.62, which says 1: wrong.`
    pub(super) fn sentence(&self, subject: &Subject, prediction: &Prediction) -> Line {
        let list = |values: &[f64]| {
            let shown: Vec<String> = values.iter().map(|v| subject.show(*v)).collect();
            shown.join(", ")
        };
        let name = |answer: usize| self.name(answer);
        let targets = match prediction.meant.filter(|_| prediction.targets.len() > 1) {
            Some(meant) => format!("target {}", name(meant)),
            None => format!("target {}", list(&prediction.targets)),
        };
        let outputs = match (&prediction.outputs, prediction.said) {
            (None, _) => "the outputs have not been shown yet".to_owned(),
            (Some(outputs), None) => format!("outputs {}", list(outputs)),
            (Some(outputs), Some(said)) => {
                let judged = if prediction.is_wrong() {
                    "wrong"
                } else {
                    "right"
                };
                format!(
                    "outputs {}, which say {}: {judged}",
                    list(outputs),
                    name(said)
                )
            }
        };
        let (item, inputs) = (prediction.item, list(&prediction.inputs));
        Line::plain(format!(
            "Item {item}: inputs {inputs}; {targets}; {outputs}."
        ))
    }
}

/// What an answer of a network is called: its class, its output, or for a single output 0 or 1.
pub fn name(network: &Network, answer: usize) -> String {
    let design = network.design();
    match design.classes.get(answer) {
        Some(class) => class.clone(),
        None if design.sizes.last() == Some(&1) => answer.to_string(),
        None => format!("o{answer}"),
    }
}

/// `113 of 120 right (94.2%)`
pub fn right_words(right: usize, count: usize, mark: Decimal) -> String {
    let share = number::percent(right as f64 / count.max(1) as f64, mark);
    format!("{right} of {count} right ({share})")
}
