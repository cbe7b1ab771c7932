//! The rule of McCaffrey, "Neural Network Momentum" (2017): delta = eta d, momentum term = mu m, kept: delta.

use super::{DELTA, DELTA_HINT, Given, Law, MemoryRow, MemoryUnit, Numeric, Parabola, RuleRow, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "article",
        memories: &[MemoryRow {
            unit: MemoryUnit::Delta,
            words: "previous delta",
            code: "prev_delta",
            before: "The delta of the update before this one.",
            kept: "For the next update: this delta only, without the momentum term.",
            hint: "This rule keeps one thing only: what it has computed from this gradient.",
        }],
        further: &[],
        delta: DELTA,
        delta_hint: DELTA_HINT,
        momentum_term: "A part of the previous delta, used once more.",
        libraries: ["no optimizer of the library: by hand"; 2],
        parabola: Some(|mu| Parabola {
            stable: Some((
                0.0,
                if mu < 1.0 {
                    (1.0 / mu).min(2.0 / (1.0 - mu))
                } else {
                    1.0 / mu
                },
            )),
            // The smaller root of q^2 - (2 + 4 mu) q + 1, as the inverse of the larger, which nothing is lost in.
            oscillates_above: 1.0 / (1.0 + 2.0 * mu + 2.0 * (mu * (1.0 + mu)).sqrt()),
        }),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let [previous_delta, ..] = given.memory;
        let delta = update.delta(given.learning_rate * given.downhill);
        update.momentum_term(given.momentum * previous_delta);
        update.keep(0, delta);
    }
}
