//! What is trained: the source of gradients.

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
}

/// What a lesson trains.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// A single weight with given gradients.
    Weight(ScriptedWeight),
}

impl Model {
    /// The names of the parameters, in the order of every slice of parameters.
    pub fn parameters(&self) -> &[String] {
        match self {
            Self::Weight(weight) => std::slice::from_ref(&weight.name),
        }
    }

    /// The parameters before the first update.
    pub fn start(&self) -> Vec<f64> {
        match self {
            Self::Weight(weight) => vec![weight.start],
        }
    }

    /// What every parameter remembers before the first update, in delta units.
    pub fn previous_delta(&self) -> f64 {
        match self {
            Self::Weight(weight) => weight.previous_delta,
        }
    }

    /// How many updates there are; `None` where they never run out.
    pub fn updates(&self) -> Option<u64> {
        match self {
            Self::Weight(weight) => Some(weight.downhill.len() as u64),
        }
    }

    /// Writes the downhill gradients of update `step` (from 0) into `downhill`, one for each parameter.
    ///
    /// # Panics
    /// Where `step` is not below [`Model::updates`], or `downhill` has not one place for each parameter.
    pub fn gradients(&self, step: u64, downhill: &mut [f64]) {
        match self {
            Self::Weight(weight) => downhill[0] = weight.downhill[step as usize],
        }
    }
}
