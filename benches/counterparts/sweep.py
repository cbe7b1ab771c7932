"""The sweep of `cargo bench -- sweep_40x40` in numpy: 40 x 40 runs on 0.05 x^2 + 1.5 y^2 by the rule heavy-ball, 1,000
updates each, all runs in one array. Prints the least milliseconds of several.

    python3 benches/counterparts/sweep.py
"""

import time

import numpy as np

ROUNDS = 15
UPDATES = 1_000


def sweep():
    values = np.arange(1, 41) / 40.0
    rate = np.repeat(1e-3 * values, 40)
    momentum = np.tile(0.95 * values, 40)
    x = np.full(1600, -1.2)
    y = np.full(1600, 1.0)
    previous_x = np.zeros(1600)
    previous_y = np.zeros(1600)
    for _ in range(UPDATES):
        previous_x = rate * (-0.1 * x) + momentum * previous_x
        previous_y = rate * (-3.0 * y) + momentum * previous_y
        x += previous_x
        y += previous_y
    return 0.05 * x * x + 1.5 * y * y


def milliseconds():
    begun = time.perf_counter()
    sweep()
    return (time.perf_counter() - begun) * 1e3


if __name__ == "__main__":
    print(f"{min(milliseconds() for _ in range(ROUNDS)):.2f} ms, sum of the losses {sweep().sum():.6e}")
