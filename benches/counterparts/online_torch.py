"""Online training of a network in PyTorch, as its tutorials write a loop: a batch of one, on the processor, on one thread.

    python3 benches/counterparts/online_torch.py [UPDATES] [SIZE SIZE SIZE ...]

The items and weights of `online_numpy.py`, in doubles. As PyTorch has them, the derivative of softmax is the full one and
the rule is heavy-ball. Prints what the best of several rounds needs for an update.

What limits it: each operation goes through Python, the dispatcher and a new tensor, and is noted for the way back. A few
numbers are too few to matter beside that; with a batch of some hundred items an item costs a hundredth of this.
"""

import torch

from online import MOMENTUM, RATE, Task, fastest

ROUNDS = 3


def train(task):
    layers, places = task.start()
    modules = []
    for weights, biases in layers:
        linear = torch.nn.Linear(len(weights), len(biases)).double()
        with torch.no_grad():
            # PyTorch keeps them the other way round.
            linear.weight.copy_(torch.tensor(weights, dtype=torch.float64).T)
            linear.bias.copy_(torch.tensor(biases, dtype=torch.float64))
        modules += [linear, torch.nn.Tanh()]
    net = torch.nn.Sequential(*modules[:-1], torch.nn.Softmax(dim=0))
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM)
    items = [[torch.tensor(numbers, dtype=torch.float64) for numbers in item] for item in task.items]
    for _, place in zip(range(task.updates), places):
        x, t = items[place]
        optimizer.zero_grad()
        loss = 0.5 * ((t - net(x)) ** 2).sum()
        loss.backward()
        optimizer.step()
    return net[0].weight[0, 0].item()


if __name__ == "__main__":
    torch.set_num_threads(1)
    task = Task()
    fastest(ROUNDS, task.updates, lambda: train(task))
