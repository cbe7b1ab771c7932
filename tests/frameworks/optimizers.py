"""Which optimizers the rules are, while the learning rate stays and when it changes: optimizers.py PROGRAM"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "torch"
os.environ["JAX_ENABLE_X64"] = "1"
import jax.numpy
import jax.example_libraries.optimizers as jax_optimizers
import keras
import optax
import torch

GRADIENTS = [2.5, 1.25, -0.75, 1.5, -2.0, 0.5]
START, MOMENTUM = 3.5, 0.9
RATES = {"stays": [0.1] * 6, "changes": [0.1] * 3 + [0.025] * 3}


def program(path, rule, rates):
    """The weight after each update, by the program."""
    with tempfile.TemporaryDirectory() as folder:
        lesson, run = pathlib.Path(folder, "weight.yaml"), pathlib.Path(folder, "run.csv")
        lesson.write_text(
            f"title: W\nmodel:\n  weight: {{name: w, start: {START}, gradients: {GRADIENTS}}}\n"
            f"training: {{convention: subtract, rule: {rule}, learning_rate: 1, momentum: {MOMENTUM}}}\n"
            "pages:\n  - {title: P, text: T}\n"
        )
        steps = "; ".join(f"set lr {rate}; step" for rate in rates)
        subprocess.run([path, lesson, "-c", f"{steps}; export {run}"], check=True, stdout=subprocess.DEVNULL)
        with run.open() as file:
            return [float(row["after"]) for row in csv.DictReader(file)]


def in_torch(rates, **arguments):
    weight = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=rates[0], **arguments)
    weights = []
    for rate, gradient in zip(rates, GRADIENTS):
        optimizer.param_groups[0]["lr"] = rate
        weight.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        weights.append(float(weight.detach()))
    return weights


def in_keras(rates, **arguments):
    weight = keras.Variable(START, dtype="float64")
    optimizer = keras.optimizers.SGD(rates[0], **arguments)
    weights = []
    for rate, gradient in zip(rates, GRADIENTS):
        optimizer.learning_rate = rate
        optimizer.apply([keras.ops.array(gradient, "float64")], [weight])
        weights.append(float(keras.ops.convert_to_numpy(weight)))
    return weights


def in_jax(rates, **arguments):
    rate = jax.numpy.array(rates)
    begin, update, read = jax_optimizers.momentum(lambda step: rate[step], **arguments)
    state = begin(jax.numpy.float64(START))
    weights = []
    for step, gradient in enumerate(GRADIENTS):
        state = update(step, jax.numpy.float64(gradient), state)
        weights.append(float(read(state)))
    return weights


def in_optax(rates, **arguments):
    rate = jax.numpy.array(rates)
    optimizer = optax.sgd(lambda step: rate[step], **arguments)
    weight = jax.numpy.float64(START)
    state = optimizer.init(weight)
    weights = []
    for gradient in GRADIENTS:
        change, state = optimizer.update(jax.numpy.float64(gradient), state, weight)
        weight = optax.apply_updates(weight, change)
        weights.append(float(weight))
    return weights


def in_caffe(rates, momentum, nesterov=False):
    """Caffe's solvers, worked out here: ComputeUpdateValue of its sgd_solver.cpp and nesterov_solver.cpp (BVLC,
    github.com/BVLC/caffe, commit 9b89154, src/caffe/solvers; BSD licence). What they come to is subtracted."""
    weight, history, weights = START, 0.0, []
    for rate, gradient in zip(rates, GRADIENTS):
        before = history
        history = rate * gradient + momentum * history
        weight -= (1 + momentum) * history - momentum * before if nesterov else history
        weights.append(weight)
    return weights


# A rule, an optimizer, how near it keeps a learning rate, and whether they agree while that stays and when it changes.
# Keras keeps learning rates in single precision.
CLAIMS = [
    ("none", in_torch, {}, 1e-12, (True, True)),
    ("none", in_keras, {}, 1e-6, (True, True)),
    ("heavy-ball", in_torch, {"momentum": MOMENTUM}, 1e-12, (True, False)),
    ("heavy-ball", in_keras, {"momentum": MOMENTUM}, 1e-6, (True, True)),
    ("nesterov", in_torch, {"momentum": MOMENTUM, "nesterov": True}, 1e-12, (True, False)),
    ("nesterov", in_keras, {"momentum": MOMENTUM, "nesterov": True}, 1e-6, (True, True)),
    ("pytorch", in_torch, {"momentum": MOMENTUM}, 1e-12, (True, True)),
    ("pytorch", in_keras, {"momentum": MOMENTUM}, 1e-6, (True, False)),
    ("heavy-ball", in_jax, {"mass": MOMENTUM}, 1e-12, (True, False)),
    ("heavy-ball", in_optax, {"momentum": MOMENTUM}, 1e-12, (True, False)),
    ("heavy-ball", in_caffe, {"momentum": MOMENTUM}, 1e-12, (True, True)),
    ("nesterov", in_optax, {"momentum": MOMENTUM, "nesterov": True}, 1e-12, (True, False)),
    ("nesterov", in_caffe, {"momentum": MOMENTUM, "nesterov": True}, 1e-12, (True, True)),
    ("pytorch", in_jax, {"mass": MOMENTUM}, 1e-12, (True, True)),
    ("pytorch", in_optax, {"momentum": MOMENTUM}, 1e-12, (True, True)),
    ("pytorch", in_caffe, {"momentum": MOMENTUM}, 1e-12, (True, False)),
    ("averaged", in_torch, {"momentum": MOMENTUM, "dampening": MOMENTUM}, 1e-12, (False, False)),
]


def main():
    failures = 0
    for rule, library, arguments, tolerance, claims in CLAIMS:
        for (name, rates), claim in zip(RATES.items(), claims):
            pairs = zip(program(sys.argv[1], rule, rates), library(rates, **arguments), strict=True)
            agree = all(abs(a - b) <= tolerance * abs(b) for a, b in pairs)
            verdict = "agree" if agree else "part"
            failures += agree != claim
            print(f"{rule:10} {library.__name__:8} {arguments} rate {name}: they {verdict}"
                  f"{'' if agree == claim else ', which is NOT what is claimed'}")
    sys.exit(failures > 0)


main()
