"""Two moons, and nets of nine weights on them: two inputs, three hidden ReLU units, no biases; many seeds at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convbound.checks.experiments.levels import Array
from convbound.checks.simulation.sampling import stream
from convbound.proofs.computation import KINDS, NETS

INPUTS, UNITS = 2, 3
WEIGHTS = INPUTS * UNITS + UNITS
TRAIN, TEST = 2000, 200


@dataclass(frozen=True)
class Moons:
    """Points of shape (points, 2) and labels of ±1."""

    x: Array
    y: Array


def moons(count: int, noise: float, rng: np.random.Generator) -> Moons:
    """Half of the points on each of two interlacing half circles, moved by normal noise of this deviation."""
    outer, inner = np.linspace(0, np.pi, count // 2), np.linspace(0, np.pi, count - count // 2)
    x = np.concatenate(
        [np.stack([np.cos(outer), np.sin(outer)], 1), np.stack([1 - np.cos(inner), 0.5 - np.sin(inner)], 1)]
    )
    y = np.repeat([-1.0, 1.0], [len(outer), len(inner)])
    order = rng.permutation(count)
    return Moons((x + noise * rng.standard_normal(x.shape))[order], y[order])


def data_set(seed: int, noise: float) -> tuple[Moons, Moons]:
    """The training and the test points of a seed."""
    rng = stream(seed, 5)
    return moons(TRAIN, noise, rng), moons(TEST, noise, rng)


def outputs(w: Array, x: Array) -> Array:
    """The nets' outputs: w of shape (seeds, 9), x of (seeds, points, 2), result (seeds, points)."""
    return _forward(w, x)[1]


def _forward(w: Array, x: Array) -> tuple[Array, Array]:
    first, last = w[:, : INPUTS * UNITS].reshape(-1, INPUTS, UNITS), w[:, INPUTS * UNITS :]
    hidden = np.maximum(x @ first, 0)
    return hidden, np.asarray((hidden @ last[:, :, None])[:, :, 0])


def loss(w: Array, x: Array, y: Array) -> Array:
    """The mean logistic loss of each seed, in nats."""
    return np.asarray(np.logaddexp(0, -y * outputs(w, x)).mean(axis=1))


def gradient(w: Array, x: Array, y: Array) -> Array:
    """Its gradient; where a unit is at its kink, that of the side where it is off."""
    hidden, found = _forward(w, x)
    back = -y / (1 + np.exp(y * found)) / y.shape[1]
    last = np.swapaxes(hidden, 1, 2) @ back[:, :, None]
    behind = back[:, :, None] * w[:, None, INPUTS * UNITS :] * (hidden > 0)
    first = np.swapaxes(x, 1, 2) @ behind
    return np.concatenate([first.reshape(len(w), -1), last[:, :, 0]], axis=1)


def first_weights(kind: str, rngs: list[np.random.Generator]) -> Array:
    """Uniform within 1 / √inputs of each layer, or standard normal."""
    if kind == "normal":
        return np.stack([rng.standard_normal(WEIGHTS) for rng in rngs])
    width = np.repeat([INPUTS**-0.5, UNITS**-0.5], [INPUTS * UNITS, UNITS])
    return np.stack([rng.uniform(-1, 1, WEIGHTS) * width for rng in rngs])


COUNTS = np.array([[net.count(kind) for kind in range(len(KINDS))] for net in NETS], dtype=float)


def losses_of_nets(data: Moons, tolerance: float = 0.0) -> Array:
    """For each of the 120 nets of signs, at most the loss of all weights within the tolerance, in floats.

    Without a tolerance it is the loss itself. What a certificate claims is computed again in exact arithmetic.
    """
    low, high = (1 - tolerance) ** 0.5, 1 + tolerance
    margins = np.empty((len(KINDS), len(data.y)))
    for kind, (first, second, out) in enumerate(KINDS):
        parts = np.stack([first * data.x[:, 0], second * data.x[:, 1]])
        largest = (np.where(parts > 0, high, low) * parts).sum(axis=0)
        least = (np.where(parts > 0, low, high) * parts).sum(axis=0)
        margins[kind] = np.where(data.y * out > 0, high * np.maximum(largest, 0), -low * np.maximum(least, 0))
    return np.asarray(np.log1p(np.exp(-(COUNTS @ margins))).mean(axis=1))
