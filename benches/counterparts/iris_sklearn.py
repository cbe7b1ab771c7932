"""Online training of the network of the lesson `iris` by scikit-learn's MLPClassifier: a batch of one.

    python3 benches/counterparts/iris_sklearn.py [UPDATES]

The same items and sizes as the lesson's. It draws and shuffles by itself, and its error is cross-entropy. Prints what the
best of several rounds needs for an update.

What limits it: numpy's calls, as in `iris_numpy.py`, with checks and copies around them.
"""

import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from iris_items import fastest, items

ROUNDS = 3


def main():
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    # It says that it has not converged; it is not asked to.
    warnings.simplefilter("ignore", ConvergenceWarning)
    data = list(items())
    inputs = np.array([x for x, _ in data])
    classes = np.array([np.argmax(t) for _, t in data])
    epochs = max(1, updates // len(data))
    updates = epochs * len(data)

    def train():
        net = MLPClassifier(
            hidden_layer_sizes=(5,),
            activation="tanh",
            solver="sgd",
            alpha=0.0,
            batch_size=1,
            learning_rate_init=0.05,
            momentum=0.75,
            nesterovs_momentum=False,
            max_iter=epochs,
            n_iter_no_change=epochs + 1,
            random_state=3,
        )
        net.fit(inputs, classes)

    fastest(ROUNDS, updates, train)


if __name__ == "__main__":
    main()
