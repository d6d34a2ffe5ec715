"""Exactly known laws that an engine is held to: the law of the state after K steps, by the definition of a scheme.

Everything is computed from the definition alone, in double precision (errors about 1e-13): no engine and no sampler
takes part. The tests compare it with exact enumeration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.simulation.problems import Problem
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.state import Group

Advance = Callable[[Problem, Scheme, Group, int], None]  # chains, by a number of steps, in place
MOST_STATES = 50_000


@dataclass(frozen=True, eq=False)
class StateLaw:
    """The law of w_{K+1}: `states` of shape (S, d), `probabilities` of shape (S,); and E of the mean |g|_2^2 over K
    steps, with the least and the largest |g|_2^2 at any state."""

    states: Floats
    probabilities: Floats
    mean_square: float
    least: float
    most: float

    def cells(self, values: Floats, number: int) -> tuple[Floats, tuple[float, ...]]:
        """Thresholds between about `number` cells of equal probability of a statistic, and the cells' probabilities.

        `values` gives the statistic at every state; states that agree in it to rounding share a cell.
        """
        order = np.argsort(values)
        sorted_values, p = values[order], self.probabilities[order]
        thresholds, shares, mass = [], [], 0.0
        for j in range(len(order) - 1):
            mass += p[j]
            apart = sorted_values[j + 1] - sorted_values[j] > 1e-9 * (1 + abs(sorted_values[j]))
            left = float(p[j + 1 :].sum())
            if apart and mass >= 1 / number and left >= 1 / (2 * number):
                thresholds.append((sorted_values[j] + sorted_values[j + 1]) / 2)
                shares.append(mass)
                mass = 0.0
        shares.append(mass + float(p[-1]))
        total = sum(shares)
        return np.array(thresholds), tuple(x / total for x in shares)


def state_law(problem: Problem, scheme: Scheme, start: Floats, steps: int, *, exchangeable: bool = False) -> StateLaw:
    """The law after `steps` steps from `start`, on every state that can be reached.

    With `exchangeable` coordinates (the same curvature and centre, the same start) states are known up to order.

    Raises:
        InputError: too many states can be reached.
    """
    from scipy.sparse import csr_array

    states: dict[bytes, int] = {}
    rows: list[tuple[int, int, float]] = []
    frontier = np.array([np.sort(start) if exchangeable else start], dtype=np.float64)
    states[frontier[0].tobytes()] = 0
    points, done = [frontier[0]], 0
    while done < len(points):
        frontier = np.array(points[done:])
        moves, probabilities = scheme.law_in_floats(problem.gradient(frontier), float(problem.smoothness))
        targets = frontier[:, None, :] - moves + 0.0  # no negative zeros among the keys
        if exchangeable:
            targets = np.sort(targets, axis=2)
        for row, chances in zip(targets, probabilities, strict=True):
            for target, chance in zip(row, chances, strict=True):
                if chance > 0:
                    k = states.setdefault(target.tobytes(), len(points))
                    if k == len(points):
                        points.append(target)
                    rows.append((done, k, chance))
            done += 1
        if len(points) > MOST_STATES:
            raise InputError(f"more than {MOST_STATES} states can be reached.")
    heads, tails, chances = zip(*rows, strict=True)
    transition = csr_array((chances, (heads, tails)), shape=(len(points),) * 2).T.tocsr()
    squares = (problem.gradient(np.array(points)) ** 2).sum(axis=1)
    law = np.zeros(len(points))
    law[0], total = 1.0, 0.0
    for _ in range(steps):
        total += float(law @ squares)
        law = transition @ law
    return StateLaw(np.array(points), law, total / steps, float(squares.min()), float(squares.max()))


def binomial_cells(trials: int, chance: float, number: int) -> tuple[Floats, tuple[float, ...]]:
    """Thresholds and probabilities of about `number` cells of Binomial(trials, chance)."""
    return cells_of(binomial(trials, chance), number)


def cells_of(law: Floats, number: int) -> tuple[Floats, tuple[float, ...]]:
    """The same for any law on 0, 1, ..., law.size - 1."""
    values = np.arange(law.size, dtype=np.float64)
    return StateLaw(values[:, None], law, 0.0, 0.0, 0.0).cells(values, number)


def binomial(trials: int, chance: float) -> Floats:
    """The probabilities of Binomial(trials, chance), shape (trials + 1,)."""
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.arange(trials + 1)
    choose = gammaln(trials + 1) - gammaln(k + 1) - gammaln(trials - k + 1)
    law: Floats = np.exp(choose + xlogy(k, chance) + xlog1py(trials - k, -chance))
    return law
