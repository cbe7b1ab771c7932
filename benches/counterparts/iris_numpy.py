"""Online training of the lesson `iris` in numpy: one item at a time, an array operation for each line of the update.

    python3 benches/counterparts/iris_numpy.py [UPDATES]

The same items, draws, rule and derivative as the lesson's with momentum 0.75: after 6,000 updates the first weight is
that of `nnmom-tutor iris -c 'set momentum 0.75; run 6000; focus ih[0,0]'`, but for what numpy's exp and tanh round
differently. Prints what the best of several rounds needs for an update.

What limits it: some forty calls from Python, each of which costs more than the few numbers that it works on.
"""

import random
import sys

import numpy as np

from iris_items import fastest, items

ROUNDS = 5
RATE, MOMENTUM = 0.05, 0.75


def train(data, updates):
    draws = random.Random(3)
    weights = [
        np.array([0.02 * draws.random() - 0.01 for _ in range(count)])
        for count in (20, 5, 15, 3)
    ]
    ih, hb, ho, ob = (weights[0].reshape(4, 5), weights[1], weights[2].reshape(5, 3), weights[3])
    parameters = [ih, hb, ho, ob]
    memories = [np.zeros_like(parameter) for parameter in parameters]
    order = list(range(len(data)))
    for update in range(updates):
        place = update % len(order)
        if place == 0:
            draws.shuffle(order)
        x, t = data[order[place]]
        h = np.tanh(x @ ih + hb)
        e = h @ ho + ob
        e = np.exp(e - e.max())
        o = e / e.sum()
        signals = (1.0 - o) * o * (t - o)
        back = (1.0 - h) * (1.0 + h) * (ho @ signals)
        downhill = (np.outer(x, back), back, np.outer(h, signals), signals)
        for n, gradient in enumerate(downhill):
            delta = RATE * gradient
            parameters[n] += delta + MOMENTUM * memories[n]
            memories[n] = delta
    return ih[0, 0]


def main():
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    data = [(np.array(x), np.array(t)) for x, t in items()]
    first = fastest(ROUNDS, updates, lambda: train(data, updates))
    print(f"first weight {first:.12g}")


if __name__ == "__main__":
    main()
