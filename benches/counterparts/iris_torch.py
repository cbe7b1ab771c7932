"""Online training of the network of the lesson `iris` in PyTorch, as its tutorials write a loop: a batch of one, on the
processor, on one thread.

    python3 benches/counterparts/iris_torch.py [UPDATES]

The same items, draws and sizes as the lesson's, in doubles. As PyTorch has them, the derivative of softmax is the full
one and the rule is heavy-ball. Prints what the best of several rounds needs for an update.

What limits it: each operation goes through Python, the dispatcher and a new tensor, and is noted for the way back. Forty
numbers are too few to matter beside that; with a batch of some hundred items an item costs a hundredth of this.
"""

import random
import sys

import torch

from iris_items import fastest, items

ROUNDS = 5
RATE, MOMENTUM = 0.05, 0.75


def train(data, updates):
    draws = random.Random(3)
    net = torch.nn.Sequential(
        torch.nn.Linear(4, 5),
        torch.nn.Tanh(),
        torch.nn.Linear(5, 3),
        torch.nn.Softmax(dim=0),
    ).double()
    with torch.no_grad():
        for layer in (net[0], net[2]):
            # The lesson draws a weight for each node before and after; PyTorch keeps them the other way round.
            after, before = layer.weight.shape
            drawn = [[0.02 * draws.random() - 0.01 for _ in range(after)] for _ in range(before)]
            layer.weight.copy_(torch.tensor(drawn, dtype=torch.float64).T)
            layer.bias.copy_(torch.tensor([0.02 * draws.random() - 0.01 for _ in range(after)], dtype=torch.float64))
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM)
    order = list(range(len(data)))
    for update in range(updates):
        place = update % len(order)
        if place == 0:
            draws.shuffle(order)
        x, t = data[order[place]]
        optimizer.zero_grad()
        loss = 0.5 * ((t - net(x)) ** 2).sum()
        loss.backward()
        optimizer.step()
    return net[0].weight[0, 0].item()


def main():
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    torch.set_num_threads(1)
    data = [tuple(torch.tensor(numbers, dtype=torch.float64) for numbers in item) for item in items()]
    first = fastest(ROUNDS, updates, lambda: train(data, updates))
    print(f"first weight {first:.12g}")


if __name__ == "__main__":
    main()
