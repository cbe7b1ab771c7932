//! Classical momentum, Polyak (1964): delta = eta d, momentum term = mu m, kept: delta + momentum term.

use crate::math::portable::power;
use super::{DELTA, DELTA_HINT, Given, Law, MemoryRow, MemoryUnit, Numeric, Parabola, RuleRow, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "heavy-ball",
        memories: &[MemoryRow {
            unit: MemoryUnit::Delta,
            words: "previous change",
            code: "prev_change",
            before: "The whole change of the update before this one.",
            kept: "For the next update: the whole change.",
            hint: "This rule keeps everything that was added to the weight.",
        }],
        further: &[],
        delta: DELTA,
        delta_hint: DELTA_HINT,
        momentum_term: "A part of the whole previous change, used once more.",
        libraries: [
            "torch.optim.SGD([w], lr, momentum), while lr stays",
            "keras.optimizers.SGD(learning_rate, momentum)",
        ],
        parabola: Some(parabola),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let [previous_change, ..] = given.memory;
        let delta = update.delta(given.learning_rate * given.downhill);
        let term = update.momentum_term(given.momentum * previous_change);
        update.keep(0, delta + term);
    }
}

/// From mu = 1 on, nothing settles.
pub(super) fn parabola(mu: f64) -> Parabola {
    Parabola {
        stable: (mu < 1.0).then_some((0.0, 2.0 + 2.0 * mu)),
        oscillates_above: power(1.0 - mu.sqrt(), 2.0),
    }
}
