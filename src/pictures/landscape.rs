//! What does not change while a surface is looked at.

use crate::math::{Interval, Minimum, Surface, minima, window};

/// Where the minima of a surface are.
#[derive(Debug, Clone, PartialEq)]
pub struct Landscape {
    /// The part of the surface that is looked at, variable by variable.
    pub window: Vec<Interval>,
    /// Its minima, the lowest first.
    pub minima: Vec<Minimum>,
}

impl Landscape {
    /// That of a surface.
    pub fn new(surface: &Surface) -> Self {
        let window = window(surface, &[]);
        Self {
            minima: minima(surface, &window),
            window,
        }
    }
}
