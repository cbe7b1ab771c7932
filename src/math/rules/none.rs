//! Plain gradient descent: delta = eta d, and nothing else.

use super::{DELTA, DELTA_HINT, Given, Law, Number, Parabola, Row, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: Row = Row {
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
    fn update<N: Number>(given: Given<N>, update: &mut impl Steps<N>) {
        update.delta(given.learning_rate * given.downhill);
    }
}
