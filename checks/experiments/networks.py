"""Small networks in NumPy, for many seeds at once: linear, one hidden layer, one layer of 3 × 3 convolutions.

The weights of all seeds are an array (seeds, d). The first two axes of what is propagated are seeds and images; a
constant input stands for the biases.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from convbound.checks.experiments.images import CLASSES, Labels
from convbound.checks.experiments.levels import Array

WINDOW = 3


@dataclass(frozen=True)
class Network:
    """Inputs to ten scores; `units` of 0 is no hidden layer, with `windows` the units see 3 × 3 points each."""

    name: str
    side: int
    units: int = 0
    windows: bool = False

    @property
    def places(self) -> int:
        """Where the hidden units look: once at everything, or at every window."""
        return (self.side - WINDOW + 1) ** 2 if self.windows else 1

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Of the matrices of weights, biases in the last row."""
        inputs = WINDOW**2 if self.windows else self.side**2
        if not self.units:
            return ((inputs + 1, CLASSES),)
        return (inputs + 1, self.units), (self.units * self.places + 1, CLASSES)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many weights each matrix has."""
        return tuple(rows * columns for rows, columns in self.shapes)

    def first_weights(self, rngs: list[np.random.Generator]) -> Array:
        """Normal with variance 2 / inputs (1 / inputs for the scores), biases 0; shape (seeds, d)."""
        found = []
        for number, (rows, columns) in enumerate(self.shapes):
            gain = 1 if number == len(self.shapes) - 1 else 2
            w = np.stack([rng.standard_normal((rows, columns)) for rng in rngs]) * math.sqrt(gain / (rows - 1))
            w[:, -1] = 0
            found.append(w.reshape(len(rngs), -1))
        return np.concatenate(found, axis=1)

    def inputs(self, images: Array) -> Array:
        """What the first layer sees, with a constant: (images, inputs + 1), or (images, places, 10) (im2col)."""
        if self.windows:
            seen = np.lib.stride_tricks.sliding_window_view(images, (WINDOW, WINDOW), axis=(1, 2))
            seen = seen.reshape(len(images), self.places, WINDOW**2)
        else:
            seen = images.reshape(len(images), -1)
        return _with_ones(seen)

    def scores(self, w: Array, x: Array) -> Array:
        """The scores, shape (seeds, images, 10); x of `inputs`, with or without an axis of seeds."""
        return self._forward(w, x if x.ndim == 3 + self.windows else x[None])[1]

    def _forward(self, w: Array, x: Array) -> tuple[Array, Array]:
        """The inputs of the last layer, and the scores."""
        matrices = self._matrices(w)
        if not self.units:
            return x, x @ matrices[0]
        flat = x.reshape(x.shape[0], -1, x.shape[-1])  # windows one by one
        hidden = np.maximum(flat @ matrices[0], 0).reshape(len(w), x.shape[1], -1)
        last = _with_ones(hidden)
        return last, last @ matrices[1]

    def gradient(self, w: Array, x: Array, labels: Labels) -> Array:
        """The gradient of the mean cross-entropy; x (seeds, batch, ...), labels (seeds, batch), result (seeds, d)."""
        last, scores = self._forward(w, x)
        shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
        back = shifted / shifted.sum(axis=-1, keepdims=True)
        np.put_along_axis(back, labels[:, :, None], np.take_along_axis(back, labels[:, :, None], axis=2) - 1, axis=2)
        back /= labels.shape[1]
        top = np.swapaxes(last, 1, 2) @ back
        if not self.units:
            return np.asarray(top.reshape(len(w), -1))
        matrices = self._matrices(w)
        behind = (back @ np.swapaxes(matrices[1][:, :-1], 1, 2)) * (last[..., :-1] > 0)
        behind = behind.reshape(len(w), -1, self.units)
        flat = x.reshape(x.shape[0], -1, x.shape[-1])
        bottom = np.swapaxes(flat, 1, 2) @ behind
        return np.concatenate([bottom.reshape(len(w), -1), top.reshape(len(w), -1)], axis=1)

    def _matrices(self, w: Array) -> list[Array]:
        parts = np.split(w, np.cumsum(self.sizes)[:-1], axis=1)
        return [part.reshape(len(w), *shape) for part, shape in zip(parts, self.shapes, strict=True)]

    def accuracy(self, w: Array, x: Array, labels: Labels) -> Array:
        """The share of images whose largest score is that of their digit, for each seed."""
        return np.asarray((self.scores(w, x).argmax(axis=-1) == labels).mean(axis=1))


def networks(side: int) -> list[Network]:
    """The three of the experiment."""
    return [Network("linear", side), Network("hidden", side, 64), Network("convolution", side, 8, windows=True)]


def _with_ones(x: Array) -> Array:
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)
