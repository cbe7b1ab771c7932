//! A moving average of gradients, as in the first moment of Adam, Kingma and Ba (2015): delta = eta (1 - mu) d,
//! momentum term = eta mu m, kept: mu m + (1 - mu) d. It is heavy-ball with eta (1 - mu) for eta.

use super::{Given, Law, MemoryRow, MemoryUnit, Numeric, Parabola, RuleRow, Steps};

pub(super) struct Text;

impl Law for Text {
    const ROW: RuleRow = RuleRow {
        name: "averaged",
        memories: &[MemoryRow {
            unit: MemoryUnit::Gradient,
            words: "gradient average",
            code: "average",
            before: "The moving average of the earlier gradients.",
            kept: "For the next update: the average with this gradient in it.",
            hint: "This rule keeps an average: a part of the old one, and a share of this gradient.",
        }],
        further: &[],
        delta: "The plain step: only the share 1 - momentum of the gradient is taken.",
        delta_hint: "Delta is a part of a part of the gradient. Which two factors make it smaller?",
        momentum_term: "A part of the remembered gradients, times today's learning rate.",
        libraries: [
            "torch.optim.SGD([w], lr, momentum, dampening=momentum), except that its buffer starts at the first gradient",
            "no optimizer of the library: the first moment of Adam, without its correction",
        ],
        // From mu = 1 on, nothing settles.
        parabola: Some(|mu| Parabola {
            stable: (mu < 1.0).then_some((0.0, 2.0 * (1.0 + mu) / (1.0 - mu))),
            // (1 - sqrt(mu))^2 / ((1 - sqrt(mu)) (1 + sqrt(mu)))
            oscillates_above: if mu < 1.0 {
                (1.0 - mu.sqrt()) / (1.0 + mu.sqrt())
            } else {
                f64::INFINITY
            },
        }),
    };

    #[inline]
    fn update<N: Numeric>(given: Given<N>, update: &mut impl Steps<N>) {
        let ([average, ..], rate) = (given.memory, given.learning_rate);
        let share = N::constant(1.0) - given.momentum.clone();
        update.delta(rate.clone() * share.clone() * given.downhill.clone());
        update.momentum_term(rate * given.momentum.clone() * average.clone());
        update.keep(0, given.momentum * average + share * given.downhill);
    }
}
