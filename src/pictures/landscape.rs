//! What does not change while a surface is looked at.

use crate::math::{Interval, Minimum, Surface, minima, region};

/// Where the minima of a surface are.
#[derive(Debug, Clone, PartialEq)]
pub struct Landscape {
    /// The part of the surface in which they have been looked for, variable by variable.
    pub region: Vec<Interval>,
    /// Its minima, the lowest first.
    pub minima: Vec<Minimum>,
}

impl Landscape {
    /// That of a surface.
    pub fn new(surface: &Surface) -> Self {
        let region = region(surface);
        Self {
            minima: minima(surface, &region),
            region,
        }
    }
}
