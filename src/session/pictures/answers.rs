//! What a network answers, with its weights as they are on the screen.

use std::ops::Range;
use std::sync::Arc;

use crate::explain::Known;
use crate::math::{Model, Network};
use crate::session::Session;

/// A network as it stands, to be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    model: Arc<Model>,
    weights: Vec<f64>,
    /// The item of the update on the screen.
    current: Option<usize>,
    /// Whether the outputs for that item are still to be stepped over.
    hides_current: bool,
}

/// The network's answer to one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// The item, by its place in the data.
    pub item: usize,
    /// What is put in.
    pub inputs: Vec<f64>,
    /// What should come out.
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
    pub fn of(session: &Session) -> Option<Self> {
        let model = session.timeline().run().model();
        let network = model.network()?;
        let derivation = session.derivation();
        let known = Known::new(network, &derivation);
        let outputs = network.layers().len();
        let hidden = |index| known.value(outputs, index) > session.position().lines;
        let mut outputs_nodes = 0..network.design().sizes[outputs];
        Some(Self {
            model: Arc::clone(model),
            weights: session.timeline().run().state(session.step()).weights,
            current: session.record().item,
            hides_current: !session.is_complete() && outputs_nodes.any(hidden),
        })
    }

    /// The network that is asked.
    ///
    /// # Panics
    /// Never: [`Answers::of`] has found it.
    pub fn network(&self) -> &Network {
        self.model.network().expect("a network is asked")
    }

    /// The item of the update on the screen.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The outputs for some inputs, handed to `use_them` one after another.
    fn outputs<'a>(
        &self,
        inputs: impl Iterator<Item = &'a [f64]>,
        mut use_them: impl FnMut(&[f64]),
    ) {
        let network = self.network();
        let mut pass = network.pass();
        for inputs in inputs {
            network.forward(&self.weights, inputs, &mut pass);
            use_them(pass.outputs());
        }
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
                inputs: data.inputs(item).to_vec(),
                targets: targets.to_vec(),
                outputs: (!hidden).then(|| outputs.to_vec()),
                said: network.answer(outputs).filter(|_| !hidden),
                meant: network.answer(targets),
            });
            item += 1;
        });
        predictions
    }

    /// The first item from `first` on, and then from the start, that is answered wrong.
    pub fn next_wrong(&self, first: usize) -> Option<usize> {
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
        batches(first..count)
            .chain(batches(0..first))
            .find_map(|batch| {
                let mut predictions = self.to_items(batch).into_iter();
                predictions.find(Prediction::is_wrong)
            })
            .map(|prediction| prediction.item)
    }

    /// The answer at each point of a plane of two inputs, row by row.
    pub fn at_points(&self, points: &[[f64; 2]]) -> Vec<Option<usize>> {
        let mut answers = Vec::with_capacity(points.len());
        let network = self.network();
        self.outputs(points.iter().map(|point| &point[..]), |outputs| {
            answers.push(network.answer(outputs));
        });
        answers
    }
}

/// What an answer is called: its class, its output, or for a single output 0 or 1.
pub fn answer_name(network: &Network, answer: usize) -> String {
    let design = network.design();
    match design.classes.get(answer) {
        Some(class) => class.clone(),
        None if network.design().sizes.last() == Some(&1) => answer.to_string(),
        None => format!("o{answer}"),
    }
}
