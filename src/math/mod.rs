//! Floor 0: the arithmetic, and nothing else.
//!
//! Owns the update rules with what is said of them, the settings they read, the memory they keep and the models that
//! supply gradients. Knows nothing of formulas as text, lessons or screens; every number is a double, and every gradient here is the *downhill*
//! gradient `d = -dE/dw`, whatever convention a lesson is written in.

mod abreast;
mod apart;
pub mod contour;
mod eigen;
pub mod expression;
pub mod gradcheck;
mod linear;
mod memory;
mod minima;
mod model;
mod named;
mod network;
mod numeric;
mod onlooker;
pub mod portable;
mod random;
mod rough;
pub mod rules;
pub mod stability;
mod surface;
mod update;
mod window;

pub use abreast::{Abreast, Stood};
pub use apart::Apart;
pub use eigen::{Eigen, eigen};
pub use linear::Linear;
pub use memory::{MOST_MEMORIES, Memories, Memory, MemoryUnit, Slots};
pub use minima::{Minimum, bottom, is_in_minimum, minima, valley};
pub use model::{Gradients, Model, ScriptedWeight};
pub use named::Named;
pub(crate) use named::named;
pub use network::{
    Activation, Design, ErrorMeasure, Initial, ItemOrder, Items, LEAST_SHARE, Layer, Metrics,
    Network, Pass, Place, Scale, ScaledColumn, Scaling, Schedule, SoftmaxDerivative, Visits, Wide,
    count_parameters, largest, ln, parameter_names,
};
pub use numeric::Numeric;
pub(crate) use numeric::operators;
pub use onlooker::{InOrder, Onlooker, Parameters};
pub use random::{Generator, Stream};
pub use rough::Rough;
pub use rules::Rule;
pub use surface::{Interval, Surface};
pub use update::{Settings, Update};
pub use window::{region, window};

named! {
    /// Which sign a gradient is written with, and so whether deltas are added or subtracted.
    ///
    /// A convention changes what is displayed and how given gradients are read, never the weights.
    #[derive(Default)]
    Convention {
        /// The article's: a gradient points downhill (target - output) and `delta = learning_rate * gradient`.
        #[default]
        Add = "add",
        /// The common one: a gradient is dE/dw, points uphill, and `delta = -learning_rate * gradient`.
        Subtract = "subtract",
    }
}

impl Convention {
    /// Turns a downhill gradient into this convention's, or back: the same flip of sign serves both ways.
    pub fn flip(self, gradient: f64) -> f64 {
        match self {
            Self::Add => gradient,
            Self::Subtract => -gradient,
        }
    }
}
