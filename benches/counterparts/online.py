"""What the counterparts in Python share: what a network is to learn, its weights at the start, and the clock.

    python3 benches/counterparts/online_numpy.py [UPDATES] [SIZE SIZE SIZE ...]

Without sizes it is the network of the lesson `iris`, with its items, draws and order. With them, inputs first, it is one
of these sizes with 100 drawn items, which come in their order.
"""

import csv
import random
import sys
import time
from pathlib import Path

MEASURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
SPECIES = ["setosa", "versicolor", "virginica"]
RATE, MOMENTUM = 0.05, 0.75


class Task:
    """Reads what is asked for on the command line: `sizes`, `updates`, and `items` as pairs of inputs and targets."""

    def __init__(self):
        updates, *sizes = [int(number) for number in sys.argv[1:]] or [6_000]
        self.updates = updates
        self.is_iris = not sizes
        self.sizes = sizes or [4, 5, 3]
        self.items = list(iris() if self.is_iris else self.drawn())

    def drawn(self):
        draws = random.Random(3)
        classes = self.sizes[-1]
        for item in range(100):
            inputs = [draws.random() for _ in range(self.sizes[0])]
            yield inputs, [float(node == item % classes) for node in range(classes)]

    def start(self):
        """Of each layer the weights, row by row from the nodes before it, and the biases; then the items, for ever."""
        draws = random.Random(3)
        layers = []
        for before, after in zip(self.sizes, self.sizes[1:]):
            bound = 0.01 if self.is_iris else before**-0.5
            draw = lambda: 2 * bound * draws.random() - bound
            weights = [[draw() for _ in range(after)] for _ in range(before)]
            layers.append((weights, [draw() if self.is_iris else 0.0 for _ in range(after)]))
        return layers, self.places(draws)

    def places(self, draws):
        order = list(range(len(self.items)))
        while True:
            if self.is_iris:
                draws.shuffle(order)
            yield from order


def iris():
    path = Path(__file__).parents[2] / "lessons/data/iris-train.csv"
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield [float(row[name]) for name in MEASURES], [float(row["species"] == name) for name in SPECIES]


def fastest(rounds, updates, train):
    """Prints the least processor time of some rounds, and the first weight that the last has come to, if it tells it."""
    least = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        first = train()
        least = min(least, time.process_time() - begun)
    print(f"{updates / least:.0f} updates a second, {1e6 * least / updates:.3f} us each")
    if first is not None:
        print(f"first weight {first:.12g}")
