"""Online training of a network in numpy: one item at a time, an array operation for each line of the update.

    python3 benches/counterparts/online_numpy.py [UPDATES] [SIZE SIZE SIZE ...]

The rule and the derivative of the lesson `iris` with momentum 0.75: without sizes, the first weight after 6,000 updates is
that of `nnmom-tutor iris -c 'set momentum 0.75; run 6000; focus ih[0,0]'`, but for what numpy's exp and tanh round
differently. Prints what the best of several rounds needs for an update.

What limits it: some twenty calls from Python for each layer, each of which costs more than a few numbers that it works on;
with many numbers, that each call goes through all of them again.
"""

import numpy as np

from online import MOMENTUM, RATE, Task, fastest

ROUNDS = 5


def train(task):
    layers, places = task.start()
    layers = [(np.array(weights), np.array(biases)) for weights, biases in layers]
    memories = [[np.zeros_like(numbers) for numbers in layer] for layer in layers]
    items = [(np.array(x), np.array(t)) for x, t in task.items]
    for _, place in zip(range(task.updates), places):
        x, t = items[place]
        values = [x]
        for weights, biases in layers[:-1]:
            values.append(np.tanh(values[-1] @ weights + biases))
        weights, biases = layers[-1]
        e = values[-1] @ weights + biases
        e = np.exp(e - e.max())
        o = e / e.sum()
        signals = (1.0 - o) * o * (t - o)
        for (weights, biases), memory, h in zip(reversed(layers), reversed(memories), reversed(values)):
            gradients = np.outer(h, signals), signals
            if h is not x:
                signals = (1.0 - h) * (1.0 + h) * (weights @ signals)
            for n, parameters in enumerate((weights, biases)):
                delta = RATE * gradients[n]
                parameters += delta + MOMENTUM * memory[n]
                memory[n] = delta
    return layers[0][0][0, 0]


if __name__ == "__main__":
    task = Task()
    fastest(ROUNDS, task.updates, lambda: train(task))
