//! Plain gradient descent: delta = eta d, and nothing else.

use super::{DELTA, DELTA_HINT, Given, Law, Numeric, Parabola, RuleRow, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "none",
        memories: &[],
        further: &[],
        delta: DELTA,
        delta_hint: DELTA_HINT,
        momentum_term: "",
        libraries: ["torch.optim.SGD([w], lr)", "keras.optimizers.SGD(learning_rate)"],
        parabola: Some(|_| Parabola {
            stable: Some((0.0, 2.0)),
            oscillates_above: 1.0,
        }),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        update.delta(given.learning_rate * given.downhill);
    }
}
