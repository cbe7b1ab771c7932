//! Nesterov momentum, Sutskever et al. (2013), as Keras and Caffe have it, and PyTorch while the learning rate stays:
//! delta = eta d, kept: mu m + delta, the velocity as it will be, and momentum term = mu times that.

use crate::math::portable::power;
use super::{DELTA, DELTA_HINT, Given, Law, MemoryRow, MemoryUnit, Numeric, Parabola, RuleRow, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "nesterov",
        memories: &[MemoryRow {
            unit: MemoryUnit::Delta,
            words: "velocity",
            code: "velocity",
            before: "The velocity gathered by the updates before this one.",
            kept: "For the next update: the velocity.",
            hint: "This rule keeps its velocity: a part of the old one, and this update's step.",
        }],
        further: &[],
        delta: DELTA,
        delta_hint: DELTA_HINT,
        momentum_term: "A part of the velocity as it will be after this step: a look ahead.",
        libraries: [
            "torch.optim.SGD([w], lr, momentum, nesterov=True), while lr stays",
            "keras.optimizers.SGD(learning_rate, momentum, nesterov=True)",
        ],
        parabola: Some(|mu| Parabola {
            stable: Some((
                (1.0 - 1.0 / mu).max(0.0),
                (2.0 + 2.0 * mu) / (1.0 + 2.0 * mu),
            )),
            oscillates_above: power((1.0 - mu) / (1.0 + mu), 2.0),
        }),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let [velocity, ..] = given.memory;
        let delta = update.delta(given.learning_rate * given.downhill);
        let velocity = given.momentum.clone() * velocity + delta;
        update.momentum_term(given.momentum * velocity.clone());
        update.keep(0, velocity);
    }
}
