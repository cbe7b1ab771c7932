//! `torch.optim.SGD` with dampening 0: delta = eta d, momentum term = eta mu m, kept: mu m + d.

use super::{
    DELTA, DELTA_HINT, Given, Law, MemoryRow, MemoryUnit, Numeric, RuleRow, Steps, heavy_ball,
};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "pytorch",
        memories: &[MemoryRow {
            unit: MemoryUnit::Gradient,
            words: "gradient buffer",
            code: "buffer",
            before: "The earlier gradients, added up, older ones counting less.",
            kept: "For the next update: the gradients, older ones fading.",
            hint: "This rule keeps gradients: a part of the old ones, and all of this one.",
        }],
        further: &[],
        delta: DELTA,
        delta_hint: DELTA_HINT,
        momentum_term: "A part of the remembered gradients, times today's learning rate.",
        libraries: [
            "torch.optim.SGD([w], lr, momentum)",
            "keras.optimizers.SGD(learning_rate, momentum), while learning_rate stays",
        ],
        parabola: Some(heavy_ball::parabola),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let ([buffer, ..], rate) = (given.memory, given.learning_rate);
        update.delta(rate.clone() * given.downhill.clone());
        update.momentum_term(rate * given.momentum.clone() * buffer.clone());
        update.keep(0, given.momentum * buffer + given.downhill);
    }
}
