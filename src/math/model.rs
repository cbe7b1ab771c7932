//! What is trained: the source of gradients.

use std::ops::Range;

use super::Surface;
use super::network::{Metrics, Network, Pass, Schedule};
use crate::watch::Watch;

/// One weight whose gradients are given, one for each update.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptedWeight {
    /// The lesson's name for the weight, such as `ihWeights[i,j]`.
    pub name: String,
    /// The weight before the first update.
    pub start: f64,
    /// The memory before the first update, in delta units.
    pub previous_delta: f64,
    /// The downhill gradient of each update; the run ends after the last.
    pub downhill: Vec<f64>,
    /// The loss that has these gradients, where the lesson gives one: it is drawn, and trains nothing.
    pub loss: Option<Box<Surface>>,
}

/// What a lesson trains.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// A single weight with given gradients.
    Weight(ScriptedWeight),
    /// A network and its data.
    Network(Box<Network>),
    /// A loss that is a formula.
    Surface(Box<Surface>),
}

/// The gradients of one update, and room for what they are computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradients {
    /// The downhill gradient of every parameter.
    pub downhill: Vec<f64>,
    /// The loss of a surface where the gradients were taken; 0 for other models.
    pub loss: f64,
    /// The item's way through the network.
    pub pass: Option<Pass>,
}

impl Model {
    /// The names of the parameters, in the order of every slice of parameters.
    pub fn parameters(&self) -> &[String] {
        match self {
            Self::Weight(weight) => std::slice::from_ref(&weight.name),
            Self::Network(network) => network.names(),
            Self::Surface(surface) => surface.names(),
        }
    }

    /// The network, where it is one.
    pub fn network(&self) -> Option<&Network> {
        match self {
            Self::Weight(_) | Self::Surface(_) => None,
            Self::Network(network) => Some(network),
        }
    }

    /// The names of the figures that [`Model::metrics`] has.
    pub fn metric_names(&self) -> &'static [&'static str] {
        match self {
            Self::Weight(_) => &[],
            Self::Surface(_) => &["loss"],
            Self::Network(_) => &["loss", "mse", "accuracy"],
        }
    }

    /// About how much work an update is, in numbers that are computed on the way: what bounds count.
    pub fn work(&self) -> u64 {
        /// What every update takes, however small the model.
        const LEAST: u64 = 16;
        let own = match self {
            Self::Weight(_) => 1,
            Self::Network(network) => network.names().len(),
            Self::Surface(surface) => surface.work(),
        };
        LEAST + own as u64
    }

    /// Whether anything of it is drawn by chance.
    pub fn is_drawn(&self) -> bool {
        self.network().is_some_and(Network::is_drawn)
    }

    /// The nodes of each layer, inputs first; none without a network.
    pub fn layers(&self) -> &[usize] {
        self.network()
            .map_or(&[], |network| &network.design().sizes)
    }

    /// The weight with given gradients, where it is one.
    pub fn weight(&self) -> Option<&ScriptedWeight> {
        match self {
            Self::Weight(weight) => Some(weight),
            Self::Network(_) | Self::Surface(_) => None,
        }
    }

    /// The surface, where it is one.
    pub fn surface(&self) -> Option<&Surface> {
        match self {
            Self::Weight(_) | Self::Network(_) => None,
            Self::Surface(surface) => Some(surface),
        }
    }

    /// The loss that runs are drawn on: the surface, or that of a weight.
    pub fn ground(&self) -> Option<&Surface> {
        let of_weight = || self.weight()?.loss.as_deref();
        self.surface().or_else(of_weight)
    }

    /// The parameters before the first update and the order of the items; drawn anew where there is a `seed`.
    pub fn start(&self, seed: Option<u64>) -> (Vec<f64>, Schedule) {
        match self {
            Self::Weight(weight) => (vec![weight.start], Schedule::default()),
            Self::Network(network) => network.start(seed.unwrap_or(network.design().seed)),
            Self::Surface(surface) => (surface.start().to_vec(), Schedule::default()),
        }
    }

    /// What every parameter remembers before the first update, in delta units.
    pub fn previous_delta(&self) -> Vec<f64> {
        let given = match self {
            Self::Weight(weight) => std::slice::from_ref(&weight.previous_delta),
            Self::Network(network) => network.previous_delta(),
            Self::Surface(surface) => surface.previous_delta(),
        };
        if given.is_empty() {
            vec![0.0; self.parameters().len()]
        } else {
            given.to_vec()
        }
    }

    /// How many updates there are; `None` where they never run out.
    pub fn updates(&self) -> Option<u64> {
        match self {
            Self::Weight(weight) => Some(weight.downhill.len() as u64),
            Self::Network(_) | Self::Surface(_) => None,
        }
    }

    /// How many updates an epoch has; `None` without items.
    pub fn epoch_length(&self) -> Option<u64> {
        self.network().map(|network| network.items().len() as u64)
    }

    /// The epoch of update `step` (from 0), counted from 0.
    pub fn epoch_of(&self, step: u64) -> u64 {
        self.epoch_length().map_or(0, |length| step / length)
    }

    /// Room for the gradients of an update.
    pub fn room(&self) -> Gradients {
        Gradients {
            downhill: vec![0.0; self.parameters().len()],
            loss: 0.0,
            pass: self.network().map(Network::pass),
        }
    }

    /// Makes the order of the items right for update `step` (from 0); steps must be entered one after another.
    #[inline]
    pub fn enter(&self, step: u64, schedule: &mut Schedule) {
        if let Self::Network(network) = self {
            schedule.enter(step, network.items().len());
        }
    }

    /// The item of update `step` (from 0), by its place in the data. Its epoch must have been entered.
    #[inline]
    pub fn item(&self, step: u64, schedule: &Schedule) -> Option<usize> {
        let length = self.epoch_length()?;
        Some(schedule.item((step % length) as usize))
    }

    /// Writes the downhill gradients of update `step` (from 0) at these weights, for an item where there are items.
    ///
    /// # Panics
    /// Where `step` is not below [`Model::updates`], there is no such item, or `gradients` is not [`Model::room`] of
    /// this model.
    #[inline]
    pub fn gradients(&self, step: u64, item: usize, weights: &[f64], gradients: &mut Gradients) {
        let Gradients {
            downhill,
            loss,
            pass,
        } = gradients;
        match (self, pass) {
            (Self::Surface(surface), _) => *loss = surface.downhill(weights, downhill),
            (Self::Weight(weight), _) => downhill[0] = weight.downhill[step as usize],
            (Self::Network(network), Some(pass)) => {
                network.gradients(item, weights, pass, downhill);
            }
            (Self::Network(_), None) => unreachable!("a network's room has a pass"),
        }
    }

    /// Enters update `step` and writes its gradients; the answer is its item.
    pub fn look(
        &self,
        step: u64,
        weights: &[f64],
        schedule: &mut Schedule,
        gradients: &mut Gradients,
    ) -> Option<usize> {
        self.enter(step, schedule);
        let item = self.item(step, schedule);
        self.gradients(step, item.unwrap_or_default(), weights, gradients);
        item
    }

    /// Notes with an update's gradients what its item was before it was scaled, for whoever shows them.
    pub fn note_raw(&self, item: Option<usize>, gradients: &mut Gradients) {
        let items = self.network().map(Network::items);
        let scaled = items.filter(|items| items.scaling().is_some());
        if let (Some(items), Some(item), Some(pass)) = (scaled, item, &mut gradients.pass) {
            pass.note_raw(items.raw_inputs(item));
        }
    }

    /// The error E that an update's gradients are the slope of, before the update: of its item, or of the surface.
    /// `None` where gradients are given.
    pub fn error(&self, item: Option<usize>, gradients: &Gradients) -> Option<f64> {
        match self {
            Self::Weight(_) => None,
            Self::Network(network) => {
                let targets = network.items().targets(item?);
                Some(network.error_of(targets, gradients.pass.as_ref()?))
            }
            Self::Surface(_) => Some(gradients.loss),
        }
    }

    /// The error E of an item at these parameters, of which gradients are the slope. `None` where they are given.
    pub fn error_at(
        &self,
        item: Option<usize>,
        weights: &[f64],
        room: &mut Gradients,
    ) -> Option<f64> {
        match self {
            Self::Weight(_) => {}
            Self::Surface(surface) => room.loss = surface.loss(weights),
            Self::Network(network) => {
                network.forward(weights, network.items().inputs(item?), room.pass.as_mut()?);
            }
        }
        self.error(item, room)
    }

    /// The parameters that training leaves as they are, in stretches: whatever their gradients, they remember nothing.
    pub fn untrained(&self) -> impl Iterator<Item = Range<usize>> {
        self.network().into_iter().flat_map(Network::untrained)
    }

    /// Whether a parameter is changed by training.
    pub fn is_trained(&self, parameter: usize) -> bool {
        !self.untrained().any(|stretch| stretch.contains(&parameter))
    }

    /// Figures over all items with these parameters, or the surface's loss; `None` where gradients are given.
    pub fn metrics(&self, weights: &[f64]) -> Option<Metrics> {
        self.metrics_while(weights, &mut |_| true)
    }

    /// The same as a part of what is watched; `None` too where somebody stops it.
    pub fn metrics_watched(&self, weights: &[f64], watch: &Watch) -> Option<Metrics> {
        let work = self.work();
        let mut goes_on = |items| watch.goes_on(items * work, 0);
        watch.part(|| self.metrics_while(weights, &mut goes_on))
    }

    /// The same, which somebody may stop: see [`Network::metrics`].
    pub fn metrics_while(
        &self,
        weights: &[f64],
        goes_on: &mut dyn FnMut(u64) -> bool,
    ) -> Option<Metrics> {
        match self {
            Self::Weight(_) => None,
            Self::Network(network) => network.metrics(weights, goes_on),
            Self::Surface(surface) => Some(Metrics {
                loss: surface.loss(weights),
                mse: None,
                accuracy: None,
                test_accuracy: None,
            }),
        }
    }
}
