"""Online training of a network by scikit-learn's MLPClassifier: a batch of one.

    python3 benches/counterparts/online_sklearn.py [UPDATES] [SIZE SIZE SIZE ...]

The items of `online_numpy.py`. It draws and shuffles by itself, and its error is cross-entropy. Prints what the best of
several rounds needs for an update.

What limits it: numpy's calls, with checks and copies around them.
"""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from online import MOMENTUM, RATE, Task, fastest

ROUNDS = 3


def main():
    task = Task()
    # It says that it has not converged; it is not asked to.
    warnings.simplefilter("ignore", ConvergenceWarning)
    inputs = np.array([x for x, _ in task.items])
    classes = np.array([np.argmax(t) for _, t in task.items])
    epochs = max(1, task.updates // len(inputs))

    def train():
        net = MLPClassifier(
            hidden_layer_sizes=task.sizes[1:-1],
            activation="tanh",
            solver="sgd",
            alpha=0.0,
            batch_size=1,
            learning_rate_init=RATE,
            momentum=MOMENTUM,
            nesterovs_momentum=False,
            max_iter=epochs,
            n_iter_no_change=epochs + 1,
            random_state=3,
        )
        net.fit(inputs, classes)

    fastest(ROUNDS, epochs * len(inputs), train)


if __name__ == "__main__":
    main()
