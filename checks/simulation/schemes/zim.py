"""ZIM, the zero-inflated multinomial update (arXiv 2512.04051, Definitions 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.bounds.subjects.discrete_updates import FOLLOWS_ZIM
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.exact.enumeration import ExactLaw, certain, count_vectors, enumerate_counts
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import draw_updates_each
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class Zim(Scheme):
    """x * sign(g) with x ~ ZIMultinomial(n, r, q), q proportional to |g| + c."""

    trials: int = 1
    rate: float = 1.0
    smoothing: float = 1.0

    name = "zim"
    title = "ZIM"
    letters: ClassVar[Mapping[str, str]] = {"trials": "n", "rate": "r", "smoothing": "c"}
    assumptions = (FOLLOWS_ZIM,)
    engines = ("levels", "sweep", "columns", "lockstep", "dense")
    has_alignment = True

    def __post_init__(self) -> None:
        if self.trials < 1:
            raise InputError(f"n must be at least 1, not {self.trials}.")
        if not 0 < self.rate <= 1:
            raise InputError(f"r must be above 0 and at most 1, not {self.rate}.")
        if not self.smoothing >= 0:
            raise InputError(f"c must not be negative, but is {self.smoothing}.")

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """At a stationary point with c = 0, where q is undefined, nothing moves."""
        if self.smoothing > 0:
            return draw_updates_each(gradients, self.trials, self.rate, self.smoothing, rng).astype(float)
        moving = np.any(gradients != 0, axis=1)
        moves = np.zeros_like(gradients)
        if moving.any():
            moves[moving] = draw_updates_each(gradients[moving], self.trials, self.rate, 0.0, rng)
        return moves

    def moves_at(
        self, gradient: Floats, absolute: Floats, smoothness: float, rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.intp], Floats]:
        """By searches in the cumulative sums of the weights."""
        absolute += self.smoothing
        np.cumsum(absolute, out=absolute)
        hits = rng.binomial(self.trials, self.rate) if absolute[-1] > 0 else 0
        where = absolute[:-1].searchsorted(rng.random(hits) * absolute[-1], side="right")
        return where, np.sign(gradient[where])

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """By enumeration of the counts."""
        g = fractions(gradient)
        if not self.smoothing and not np.any(g != 0):
            return certain([0] * g.size)
        return enumerate_update(g, self.trials, Fraction(self.rate), Fraction(self.smoothing))

    def law_in_floats(self, gradients: Floats, smoothness: float = 0.0) -> tuple[Floats, Floats]:
        """The same in double precision."""
        counts, several = _counts(self.trials, gradients.shape[1])
        weights = np.abs(gradients) + self.smoothing
        totals = weights.sum(axis=1, keepdims=True)
        q = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
        rate = np.where(totals[:, 0] > 0, self.rate, 0.0)  # at a stationary point with c = 0 nothing moves
        hits = counts.sum(axis=1)
        probabilities = np.tile(several, (len(gradients), 1))
        for k, share in enumerate((rate[:, None] * q).T):
            probabilities = probabilities * share[:, None] ** counts[:, k]
        probabilities = probabilities * (1 - rate)[:, None] ** (self.trials - hits)
        moves: Floats = (counts * np.sign(gradients)[:, None, :]).astype(np.float64)
        return moves, probabilities

    def reach(self, slope: float) -> float:
        """All trials on one coordinate."""
        return float(self.trials) if slope else 0.0

    def moves_a_step(self, dimension: int) -> int:
        """One a trial."""
        return self.trials

    @property
    def hits(self) -> float:
        """n r."""
        return self.trials * self.rate

    def compiled_rule(self) -> tuple[bool, float, Floats, float]:
        """P(at most m of the n trials hit a coordinate), m = 0..n; the last is exactly one."""
        from scipy.stats import binom

        law: Floats = binom.cdf(np.arange(self.trials + 1), self.trials, self.rate)
        law[-1] = 1.0
        return True, float(self.smoothing), law, 0.0

    @property
    def telling(self) -> tuple[tuple[Fraction, ...], ...]:
        """Of c: a slope well above it, one far below, and zeros, among which the others are shared."""
        c = Fraction(self.smoothing)
        return ((6 * c, c / 64, Fraction(0), Fraction(0), Fraction(0)),) if c else ()

    def mistakes(self) -> Iterator[tuple[str, Scheme]]:
        """Also: coordinates with slope zero that are never drawn although c is positive."""
        if self.smoothing:
            yield "zero coordinates are never drawn: c is missing there", _OnlySlopes(**vars(self))
        words = {"r is 1,": "moves every step: r is effectively 1,", "c is 0,": "c is missing: it is 0,"}
        for text, scheme in super().mistakes():
            said = next((text.replace(short, long) for short, long in words.items() if text.startswith(short)), text)
            yield said, scheme

    def constants(self, dimension: int) -> dict[str, Number]:
        """n, r and c."""
        return {"n": self.trials, "r": Fraction(self.rate), "c": Fraction(self.smoothing)}

    def symbols(self) -> dict[str, Number]:
        """n, a whole number, r and c."""
        return {"n": self.trials, "r": Fraction(self.rate), "c": Fraction(self.smoothing)}


class _OnlySlopes(Zim):
    """The mistake of drawing only coordinates whose slope is not zero."""

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """That of the coordinates that are left, beside coordinates that rest."""
        g = fractions(gradient)
        steep = np.flatnonzero(g != 0)
        if not steep.size:
            return certain([0] * g.size)
        law = super().exact_law(g[steep])
        outcomes = np.zeros((len(law.outcomes), g.size), dtype=np.int64)
        outcomes[:, steep] = law.outcomes
        return ExactLaw(outcomes, law.weights, law.denominator)


def enumerate_update(gradient: Sequence[Number] | Array, trials: int, rate: Number, smoothing: Number) -> ExactLaw:
    """The update x * sign(g) at a rational gradient of shape (d,) (Definition 6).

    Outcomes that the signs make equal are kept apart, each with its own weight.

    Raises:
        InputError: q is undefined, a parameter is out of range, or the outcomes are too many.
    """
    g = fractions(gradient)
    weights = np.abs(g) + Fraction(smoothing)
    total = weights.sum()
    if smoothing < 0 or total == 0:
        raise InputError("q is undefined: c is negative, or c is 0 and the gradient vanishes.")
    counts = enumerate_counts(trials, rate, weights / total)
    signs = np.array([(x > 0) - (x < 0) for x in g], dtype=np.int64)
    return ExactLaw(counts.outcomes * signs, counts.weights, counts.denominator)


@lru_cache(maxsize=16)
def _counts(trials: int, dimension: int) -> tuple[npt.NDArray[np.int64], Floats]:
    from scipy.special import gammaln

    counts = count_vectors(trials, dimension)
    idle = trials - counts.sum(axis=1)
    logarithms = gammaln(trials + 1) - gammaln(counts + 1).sum(axis=1) - gammaln(idle + 1)
    return counts, np.rint(np.exp(logarithms))
