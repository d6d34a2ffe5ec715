"""A gradient, and the exact law of the update there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.checks.arrays import Floats
from convbound.checks.simulation.exact import ExactLaw

Gradient = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A gradient, and the law of the update there: vectors that may occur, with their probabilities."""

    gradient: Gradient
    vectors: Floats  # shape (k, d)
    shares: Floats  # shape (k,)

    @property
    def text(self) -> str:
        """For people."""
        return f"g = ({', '.join(map(str, self.gradient))})"

    def cells(self, draws: Floats) -> Floats:
        """The place of each draw among the vectors, -1 for one that cannot occur, shape (size,)."""
        values = [np.unique(column) for column in self.vectors.T]  # what each coordinate may be
        table = np.full(tuple(v.size for v in values), -1.0)
        places = [np.searchsorted(v, column) for v, column in zip(values, self.vectors.T, strict=True)]
        table[tuple(places)] = np.arange(len(self.vectors))
        found = [np.minimum(np.searchsorted(v, x), v.size - 1) for v, x in zip(values, draws.T, strict=True)]
        known = np.all([v[k] == x for v, k, x in zip(values, found, draws.T, strict=True)], axis=0)
        return np.where(known, table[tuple(found)], -1.0)


def case_of(law: ExactLaw, gradient: Gradient) -> Case:
    """The law by its vectors; those that signs make equal are joined."""
    outcomes = law.outcomes.astype(np.float64) + 0.0
    vectors, place = np.unique(outcomes, axis=0, return_inverse=True)
    shares = np.bincount(place.reshape(-1), weights=law.probabilities())
    possible = shares > 0
    return Case(gradient, vectors[possible] + 0.0, shares[possible] / shares[possible].sum())
