"""Task I of the paper on ASkewSGD: logistic regression with ten binary weights, on data that it generates.

6 000 vectors uniform in [-1, 1]^10, labels of a logistic model with weights -1 or 1; 25 epochs of batches of 1 000 with
steps of length 1. What is printed does not say which norm the distance is, which loss of which weights, the first
weights, or when the tolerance shrinks: each is an option here, or measured in every reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convbound.checks.experiments.quantised import (
    Array,
    ASkewSGD,
    BinaryConnect,
    DescentAscent,
    FullPrecision,
    ProxQuant,
    Scheme,
    StraightThrough,
    quantised,
)
from convbound.checks.simulation.sampling import stream

WEIGHTS, SAMPLES, BATCH, EPOCHS = 10, 6000, 1000, 25
LOSSES = ("loss of the weights", "loss of the quantised weights", "loss on the last batch")
NORMS = ("l1", "l2", "mean absolute", "root mean square")
# Tables 1 and 2: the loss and the distance of each row
PRINTED = {
    "full precision": (0.5435, 0.4023),
    "BinaryConnect": (0.5653, 0.5242),
    "STE": (0.6022, 0.7597),
    "ASkewSGD": (0.5484, 0.4018),
    "modified ASkewSGD": (0.5264, 0.4009),
    "SGDA (eps = 0.01)": (0.5172, 0.4156),
    "SGDA (eps = 0.5)": (0.5207, 0.4035),
}


@dataclass(frozen=True)
class Choices:
    """What the paper leaves open, as options."""

    first_weights: str = "uniform"  # or normal
    steps: str = "constant"  # or falling
    annealing: str = "epoch"  # or none
    rule: str = "corrected"  # or printed
    ascent: float = 0.001
    cap: float = 100.0


def schemes(choices: Choices) -> list[Scheme]:
    """The rows of the tables, and ProxQuant, in their order."""
    factor = 0.88 if choices.annealing == "epoch" else 1.0
    printed, ascent, cap = choices.rule == "printed", choices.ascent, choices.cap
    return [
        FullPrecision(),
        BinaryConnect(),
        StraightThrough(),
        ASkewSGD(kind="psi", annealing=factor, printed_rule=printed),
        ASkewSGD("modified ASkewSGD", kind="phi", annealing=factor, printed_rule=printed),
        DescentAscent("SGDA (eps = 0.01)", eps=0.01, ascent=ascent, cap=cap),
        DescentAscent("SGDA (eps = 0.5)", eps=0.5, ascent=ascent, cap=cap),
        ProxQuant(),
    ]


@dataclass(frozen=True)
class Data:
    """The data of all seeds: x of shape (seeds, samples, weights), y of ±1, the true weights."""

    x: Array
    y: Array
    best: Array


def generate(seed: int, seeds: int) -> Data:
    """The data of the seeds `seed`, ..., `seed + seeds - 1`; those of one seed do not depend on the others."""
    x, y, best = np.empty((seeds, SAMPLES, WEIGHTS)), np.empty((seeds, SAMPLES)), np.empty((seeds, WEIGHTS))
    for s in range(seeds):
        rng = stream(seed + s, 0)
        best[s] = rng.choice([-1.0, 1.0], WEIGHTS)
        x[s] = rng.uniform(-1, 1, (SAMPLES, WEIGHTS))
        y[s] = np.where(rng.random(SAMPLES) < 1 / (1 + np.exp(-x[s] @ best[s])), 1.0, -1.0)
    return Data(x, y, best)


def loss(x: Array, y: Array, w: Array) -> Array:
    """The mean logistic loss of each seed, in nats."""
    return np.asarray(np.logaddexp(0, -y * np.einsum("snd,sd->sn", x, w)).mean(axis=1))


def gradient(x: Array, y: Array, w: Array) -> Array:
    """The gradient of the mean logistic loss."""
    margin = y * np.einsum("snd,sd->sn", x, w)
    return np.asarray(-np.einsum("sn,snd->sd", y / (1 + np.exp(margin)), x) / x.shape[1])


def train(scheme: Scheme, data: Data, choices: Choices, seed: int) -> dict[str, Array]:
    """Train every seed; each reading of the loss and of the distance, per seed."""
    seeds = len(data.y)
    rngs = [stream(seed + s, 1) for s in range(seeds)]
    shared = stream(seed, 2, seeds)
    if choices.first_weights == "uniform":
        w = np.stack([rng.uniform(-1, 1, WEIGHTS) / np.sqrt(WEIGHTS) for rng in rngs])
    else:
        w = np.stack([rng.standard_normal(WEIGHTS) for rng in rngs])
    scheme.begin(w.shape)
    last = np.empty(seeds)
    for epoch in range(EPOCHS):
        order = np.stack([rng.permutation(SAMPLES) for rng in rngs])
        gamma = 1.0 if choices.steps == "constant" else 1 / (epoch + 1)
        for first in range(0, SAMPLES, BATCH):
            rows = order[:, first : first + BATCH]
            x, y = np.take_along_axis(data.x, rows[:, :, None], 1), np.take_along_axis(data.y, rows, 1)
            used = scheme.used(w, shared)
            last = loss(x, y, used)
            w = scheme.step(w, gradient(x, y, used), gamma)
        scheme.epoch(epoch + 1)
    return dict(zip(LOSSES, (loss(data.x, data.y, w), loss(data.x, data.y, quantised(w)), last), strict=True)) | dict(
        zip(NORMS, distances(w - data.best), strict=True)
    )


def distances(gap: Array) -> tuple[Array, Array, Array, Array]:
    """ℓ1, ℓ2, mean absolute and root mean square of each seed."""
    l1, l2 = np.abs(gap).sum(axis=1), np.sqrt((gap**2).sum(axis=1))
    return l1, l2, l1 / gap.shape[1], l2 / np.sqrt(gap.shape[1])
