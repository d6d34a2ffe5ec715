"""Finite lattice chains: all reachable states, exact transition probabilities, exact stationary laws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.simulation.exact.enumeration import ExactLaw
from convbound.checks.simulation.problems.base import Problem

State = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class LatticeChain:
    """A Markov chain on `states`; `rows[j]` maps the index of a next state to its probability. It starts at state 0."""

    states: list[State]
    rows: list[dict[int, Fraction]]

    def points(self) -> Array:
        """The states as an object array of shape (states, d)."""
        return np.array(self.states, dtype=object)

    def closed_classes(self) -> list[list[int]]:
        """The recurrent classes: sets of states that communicate and are never left."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        edges = [(j, k) for j, row in enumerate(self.rows) for k in row]
        heads, tails = zip(*edges, strict=True)
        graph = csr_array((np.ones(len(edges)), (heads, tails)), shape=(len(self.states),) * 2)
        number, label = connected_components(graph, directed=True, connection="strong")
        left = {label[j] for j, k in edges if label[j] != label[k]}
        return [np.flatnonzero(label == group).tolist() for group in range(number) if group not in left]

    def stationary(self) -> list[Fraction]:
        """The law to which time averages converge, one probability a state, from an exact linear solve.

        Raises:
            InputError: there is more than one recurrent class, so that the limit depends on chance.
        """
        from sympy import QQ
        from sympy.polys.matrices import DomainMatrix

        classes = self.closed_classes()
        if len(classes) != 1:
            raise InputError(f"the chain has {len(classes)} recurrent classes, so no single stationary law.")
        place = {j: i for i, j in enumerate(classes[0])}
        size = len(place)
        balance: dict[int, dict[int, Number]] = {i: {i: QQ(-1)} for i in range(size)}
        for j, i in place.items():
            for k, probability in self.rows[j].items():
                entry = balance[place[k]].get(i, QQ(0)) + QQ(probability.numerator, probability.denominator)
                balance[place[k]][i] = entry
        balance = {i: {k: x for k, x in row.items() if x} for i, row in balance.items()}
        kernel = DomainMatrix({i: row for i, row in balance.items() if row}, (size, size), QQ).nullspace().to_list()
        assert len(kernel) == 1, "one recurrent class has one stationary law"
        weights = [Fraction(int(x.numerator), int(x.denominator)) for x in kernel[0]]
        total = sum(weights)
        law = [Fraction(0)] * len(self.states)
        for j, i in place.items():
            law[j] = weights[i] / total
        return law

    def stationary_mean(self, values: Array) -> Fraction:
        """The limit of time averages of a quantity given at every state."""
        return sum((p * x for p, x in zip(self.stationary(), values, strict=True)), Fraction(0))


def build_chain(
    problem: Problem,
    start: Array,
    update: Callable[[Array], ExactLaw],
    *,
    period: Fraction | None = None,
    most_states: int = 5_000,
) -> LatticeChain:
    """The chain w+ = w - update(gradient at w) from `start`, on every state that it can reach.

    `period` identifies points whose coordinates differ by multiples of it (for periodic objectives).

    Raises:
        InputError: more than `most_states` states can be reached.
    """

    states = [_canonical(start, period)]
    place = {states[0]: 0}
    rows: list[dict[int, Fraction]] = []
    while len(rows) < len(states):
        row = {}
        for target, probability in _transitions(problem, states[len(rows)], update, period).items():
            k = place.setdefault(target, len(states))
            if k == len(states):
                states.append(target)
            row[k] = probability
        rows.append(row)
        if len(states) > most_states:
            raise InputError(f"more than {most_states} states can be reached; the chain is too large to solve exactly.")
    return LatticeChain(states, rows)


def average_over_steps(
    problem: Problem,
    start: Array,
    update: Callable[[Array], ExactLaw],
    quantity: Callable[[Array], Array],
    steps: int,
    *,
    period: Fraction | None = None,
) -> Number:
    """E of (1/K) sum over k = 1..K of a quantity at w_k, with w_1 = `start` and K = `steps`, exactly.

    `quantity` maps points of shape (states, d) to shape (states,). Only points within reach are visited.
    """
    law = {_canonical(start, period): Fraction(1)}
    rows: dict[State, dict[State, Fraction]] = {}
    total: Number = 0
    for step in range(steps):
        total += sum(p * x for p, x in zip(law.values(), quantity(np.array(list(law), dtype=object)), strict=True))
        if step == steps - 1:
            break
        after: dict[State, Fraction] = {}
        for point, p in law.items():
            if point not in rows:
                rows[point] = _transitions(problem, point, update, period)
            for target, probability in rows[point].items():
                after[target] = after.get(target, Fraction(0)) + p * probability
        law = after
    return total / steps


def _canonical(point: Array, period: Fraction | None) -> State:
    return tuple(Fraction(x) if period is None else Fraction(x) % period for x in point)


def _transitions(
    problem: Problem, point: State, update: Callable[[Array], ExactLaw], period: Fraction | None
) -> dict[State, Fraction]:
    w = np.array(point, dtype=object)
    law = update(problem.gradient(w))
    row: dict[State, Fraction] = {}
    for move, weight in zip(law.outcomes.astype(object), law.weights, strict=True):
        if weight:
            target = _canonical(w - move, period)
            row[target] = row.get(target, Fraction(0)) + Fraction(weight, law.denominator)
    return row
