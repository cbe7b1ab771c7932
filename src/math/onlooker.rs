//! Looking at updates while they are made at full speed.

use super::Gradients;

/// Parameters in training, whatever way they lie in memory.
pub trait Parameters {
    /// What a parameter has come to.
    fn weight(&self, parameter: usize) -> f64;

    /// What is remembered for it, in the units of the rule: [`crate::math::Rule::stride`] numbers.
    fn memories(&self, parameter: usize) -> &[f64];
}

/// Parameters that lie in their order.
#[derive(Debug, Clone, Copy)]
pub struct InOrder<'a> {
    /// Every parameter.
    pub weights: &'a [f64],
    /// What is remembered, in the units of the rule, `stride` numbers for each.
    pub memories: &'a [f64],
    /// [`crate::math::Rule::stride`].
    pub stride: usize,
}

impl Parameters for InOrder<'_> {
    #[inline]
    fn weight(&self, parameter: usize) -> f64 {
        self.weights[parameter]
    }

    #[inline]
    fn memories(&self, parameter: usize) -> &[f64] {
        &self.memories[parameter * self.stride..][..self.stride]
    }
}

/// Somebody who looks at each update while it is made, or at as much of it as they say; at nothing where they say nothing.
pub trait Onlooker {
    /// Whether there is anybody.
    const LOOKS: bool = true;

    /// Room for what an update is made from; `None` where that is not looked at. Of a network, what becomes of its
    /// [`Gradients::downhill`] is not said: [`Pass::downhill`](crate::math::Pass::downhill) finds each.
    #[inline]
    fn room(&mut self) -> Option<&mut Gradients> {
        None
    }

    /// Whether the loss of a surface is looked at, too: it is not found where nobody does.
    #[inline]
    fn wants_loss(&self) -> bool {
        false
    }

    /// An update begins.
    #[inline]
    fn begins(&mut self, standing: &impl Parameters) {
        let _ = standing;
    }

    /// It has been made, by an item where there are items.
    #[inline]
    fn ends(&mut self, item: Option<usize>, standing: &impl Parameters) {
        let _ = (item, standing);
    }
}

/// Nobody.
impl Onlooker for () {
    const LOOKS: bool = false;
}
