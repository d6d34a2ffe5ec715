"""One ZIM update at a gradient that is used once, as in training: prepared once, drawn from at every step."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats

Counts = tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]
Hits = tuple[npt.NDArray[np.intp], Floats]

# Coordinates that are added up together: where there are few trials, the running sums of blocks are all that is needed.
BLOCK = 64
FEWEST_IN_BLOCKS = 4096
COORDINATES_PER_TRIAL = 2 * BLOCK


class UpdateSampler:
    """ZIM updates (arXiv 2512.04051, Definition 6) at one gradient after another.

    Nothing is allocated a step but what is returned. Where there are many coordinates a trial, a block of coordinates
    is drawn by the sums of the blocks, then a coordinate in it with a fresh uniform, so with all its digits.

    Raises:
        InputError: a parameter is out of range.
    """

    def __init__(self, dimension: int, trials: int, rate: float, smoothing: float) -> None:
        if dimension < 1 or trials < 0 or not 0 <= rate <= 1 or not 0 <= smoothing < math.inf:
            raise InputError("a sampler needs d of at least 1, n not negative, r from 0 to 1, and c finite, 0 or more.")
        self.dimension, self.trials, self.rate, self.smoothing = dimension, trials, float(rate), float(smoothing)
        self._rows: Floats | None = None
        if dimension >= max(FEWEST_IN_BLOCKS, COORDINATES_PER_TRIAL * trials):
            self._rows = np.zeros((-(-dimension // BLOCK), BLOCK))
            self._weights = self._rows.reshape(-1)[:dimension]
            self._upto = np.empty(len(self._rows))
        else:
            self._weights, self._upto = np.empty(dimension), np.empty(dimension)
        self._edges = self._upto[:-1]  # between what can be drawn

    def hits(self, gradient: Array, rng: np.random.Generator) -> Hits:
        """Where each trial hit that hit anything, and the sign of the gradient there: two arrays of that length.

        The update subtracts all of them: `np.subtract.at(w, where, signs)`, as a coordinate may be hit again.

        Raises:
            InputError: no weight |g_i| + c is positive, or one is not finite.
        """
        weights, upto = self._weights, self._upto
        np.abs(gradient, out=weights)
        if self.smoothing:
            weights += self.smoothing
        rows = self._rows
        if rows is not None:
            np.einsum("ij->i", rows, out=upto)
            np.add.accumulate(upto, out=upto)
        else:
            np.add.accumulate(weights, out=upto)
        total = float(upto[-1])
        if not 0 < total < math.inf:
            raise InputError("q is undefined: the weights |g_i| + c must be finite and not all zero.")
        number = self.trials if self.rate == 1 else int(rng.binomial(self.trials, self.rate))
        uniforms = rng.random(number)
        uniforms *= total
        where = self._edges.searchsorted(uniforms, "right")
        if rows is not None:
            within = np.add.accumulate(rows[where], axis=1)
            height = rng.random(number) * within[:, -1]
            inside = (within[:, :-1] <= height[:, None]).sum(axis=1)
            # a product that is rounded up to the whole height must not lead into the empty tail of the last block
            where = np.minimum(where * BLOCK + inside, self.dimension - 1)
        return where, np.sign(gradient[where])

    def counts(self, gradient: Array, rng: np.random.Generator) -> Counts:
        """The same update by coordinate: which were hit, ascending, and how often, with the sign of the gradient."""
        where = self.hits(gradient, rng)[0]
        where.sort()
        bounds = np.empty(where.size + 1, dtype=bool)
        bounds[0] = bounds[-1] = True
        np.not_equal(where[1:], where[:-1], out=bounds[1:-1])
        first = bounds.nonzero()[0]
        where = where[first[:-1]]
        counts = first[1:] - first[:-1]
        counts *= np.sign(gradient[where]).astype(np.int64)
        return where, counts
