"""Exact instances: a Gram matrix and values that satisfy everything that is supposed, and what the metric is there.

They show that the hypotheses do not contradict each other, and how good a bound is. `check` decides with exact
arithmetic and knows nothing of how an instance was found. Vectors with a given positive semidefinite Gram matrix
exist in as many dimensions as its rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.proofs.methods.conic import Floats, Solution, minimise
from convbound.proofs.methods.dual import ENTRY, EQUATION, INEQUALITY, METRIC, Dual
from convbound.proofs.methods.linear import Affine, Row, solve, square_completion
from convbound.proofs.methods.problem import Form, WorstCase
from convbound.proofs.methods.radicals import Number, is_zero, lower, sign
from convbound.proofs.methods.recovery import RECOGNITION, recognise

Gram = tuple[tuple[Number, ...], ...]
ROUNDS = 4
DENOMINATORS = (1, 2, 4, 12, 60, 10**3, 10**4, 10**6, 10**9, 10**13)
LEAST_MARGIN = 1e-9


@dataclass(frozen=True)
class Instance:
    """The Gram matrix of all vectors and all values, checked: what the smallest metric is, in how many dimensions."""

    gram: Gram
    values: tuple[Number, ...]
    metric: Number
    dimension: int


def evaluate(form: Form, gram: Sequence[Sequence[Number]], values: Sequence[Number]) -> Number:
    """The value of a form."""
    total = lower(form.constant)
    for k, c in form.values.items():
        total = total + c * values[k]
    for (a, b), c in form.gram.items():
        total = total + c * gram[a][b]
    return lower(total)


def check(problem: WorstCase, gram: Sequence[Sequence[Number]], values: Sequence[Number]) -> Instance | None:
    """The instance, if it satisfies exactly what is supposed; None if not."""
    squares = square_completion(gram)
    if squares is None or any(gram[a][b] != gram[b][a] for a in range(len(gram)) for b in range(a)):
        return None
    for fact in problem.supposed:
        value = evaluate(fact.form, gram, values)
        if sign(value) > 0 or (fact.equality and sign(value)):
            return None
    for matrix in problem.matrices:
        entries = [[evaluate(f, gram, values) for f in row] for row in matrix.entries]
        symmetric = [
            [lower((entries[a][b] + entries[b][a]) * Fraction(1, 2)) for b in range(len(entries))]
            for a in range(len(entries))
        ]
        if square_completion(symmetric) is None:
            return None
    metrics = [evaluate(m, gram, values) for m in problem.metrics]
    least = metrics[0]
    for m in metrics[1:]:
        least = m if sign(least - m) > 0 else least
    return Instance(tuple(tuple(row) for row in gram), tuple(values), least, len(squares))


class Instances:
    """The search for exact instances of one problem."""

    def __init__(self, dual: Dual) -> None:
        self.dual, self.problem = dual, dual.problem

    def trivial(self) -> Instance | None:
        """All vectors and values zero."""
        n = self.dual.size
        zero = Fraction(0)
        return check(self.problem, [[zero] * n for _ in range(n)], [zero] * len(self.problem.values))

    def worst(self, vectors: Sequence[Sequence[Number]], y: Sequence[Number], bound: Number) -> Instance | None:
        """An instance in which the metric is the bound: G = V·Q·Vᵀ, and what the proof uses holds with equality."""
        tight = {c for c, x in enumerate(self.dual.columns) if x.kind == EQUATION or not is_zero(y[c])}
        return self._search([list(v) for v in vectors], tight, y, bound, Fraction(0))

    def near(self, solution: Solution, bound: Number, room: Fraction) -> Instance | None:
        """An instance in which the metric is at least the bound less a little room."""
        n = len(self.dual.kept)
        unit: list[list[Number]] = [[Fraction(int(a == b)) for b in range(n)] for a in range(n)]
        tight = {c for c, x in enumerate(self.dual.columns) if x.kind == EQUATION}
        return self._search(unit, tight, None, bound, room)

    def _search(
        self,
        vectors: list[list[Number]],
        tight: set[int],
        y: Sequence[Number] | None,
        bound: Number,
        room: Fraction,
    ) -> Instance | None:
        space = _Space(self.dual, vectors)
        equations = self._equations(space, tight, y, bound, room)
        loose = [c for c, x in enumerate(self.dual.columns) if c not in tight and x.kind in (METRIC, INEQUALITY)]
        for _ in range(ROUNDS):
            affine = solve(equations, range(space.width), space.width)
            if affine is None:
                return None
            if not affine.free:
                return self._checked(space, affine.at(()))
            rows = [space.row(c, bound - room) for c in loose]
            found = space.inside(affine, rows)
            if found is None:
                return None
            chosen, margin, slack, Z = found
            if margin > LEAST_MARGIN:
                return self._rounded(space, affine, chosen)
            least = 1e-5 * max(float(np.max(slack, initial=0.0)), float(np.max(np.abs(Z), initial=0.0)))
            forced = {c for c, z in zip(loose, slack, strict=True) if z > least}
            smaller = _without(space.vectors, Z, least)
            if smaller is None or not (forced or len(smaller) < len(space.vectors)):
                return None
            tight, loose = tight | forced, [c for c in loose if c not in forced]
            space = _Space(self.dual, smaller)
            equations = self._equations(space, tight, y, bound, room)
        return None

    def _equations(
        self, space: _Space, tight: set[int], y: Sequence[Number] | None, bound: Number, room: Fraction
    ) -> list[tuple[Row, Number]]:
        """What holds with equality."""
        equations = [space.equation(c, bound - room) for c in sorted(tight) if self.dual.columns[c].kind != ENTRY]
        for k in range(len(self.problem.matrices)):
            if y is not None:
                equations += space.annihilated(k, self.dual.multiplier_matrix(k, y))
        return equations

    def _rounded(self, space: _Space, affine: Affine, chosen: Floats) -> Instance | None:
        for denominator in DENOMINATORS:
            found = self._checked(
                space, affine.at([Fraction(round(float(x) * denominator), denominator) for x in chosen])
            )
            if found is not None:
                return found
        return None

    def _checked(self, space: _Space, z: Sequence[Number]) -> Instance | None:
        small, values = space.unpack(z)
        n, place = self.dual.size, {i: k for k, i in enumerate(self.dual.kept)}
        gram = [
            [small[place[a]][place[b]] if a in place and b in place else Fraction(0) for b in range(n)]
            for a in range(n)
        ]
        return check(self.problem, gram, values)


class _Space:
    """Unknown are the symmetric matrix Q of G = V·Q·Vᵀ and the values of functions."""

    def __init__(self, dual: Dual, vectors: list[list[Number]]) -> None:
        self.dual, self.vectors = dual, vectors
        self.pairs = [(a, b) for b in range(len(vectors)) for a in range(b + 1)]
        self.width = len(self.pairs) + len(dual.problem.values)
        self.place = {i: k for k, i in enumerate(dual.kept)}

    def form_row(self, form: Form) -> tuple[Row, Number]:
        """A form as a row of the unknowns, and its constant."""
        row: Row = {len(self.pairs) + k: v for k, v in form.values.items()}
        for (i, j), c in form.gram.items():
            if i not in self.place or j not in self.place:
                continue
            for k, (a, b) in enumerate(self.pairs):
                u, v = self.vectors[a], self.vectors[b]
                x = u[self.place[i]] * v[self.place[j]]
                if a != b:
                    x = x + v[self.place[i]] * u[self.place[j]]
                if not is_zero(x):
                    row[k] = row[k] + c * x if k in row else c * x
        return row, lower(form.constant)

    def row(self, c: int, bound: Number) -> tuple[Row, Number]:
        """What is at least zero: the slack of what is supposed; a metric less the bound."""
        column = self.dual.columns[c]
        row, constant = self.form_row(column.form)
        return row, constant - bound if column.kind == METRIC else constant

    def equation(self, c: int, bound: Number) -> tuple[Row, Number]:
        """The same as an equation."""
        row, constant = self.row(c, bound)
        return row, -constant

    def annihilated(self, number: int, multiplier: Sequence[Sequence[Number]]) -> list[tuple[Row, Number]]:
        """The matrix that is supposed positive semidefinite times its multiplier is zero."""
        entries = self.dual.problem.matrices[number].entries
        found = []
        for row in entries:
            for b in range(len(entries)):
                total = Form()
                for form, weights in zip(row, multiplier, strict=True):
                    total = total + form.scaled(weights[b])
                coefficients, constant = self.form_row(total)
                found.append((coefficients, -constant))
        return found

    def unpack(self, z: Sequence[Number]) -> tuple[list[list[Number]], list[Number]]:
        """G over the kept coordinates, and the values."""
        n, r = len(self.dual.kept), len(self.vectors)
        Q: list[list[Number]] = [[Fraction(0)] * r for _ in range(r)]
        for k, (a, b) in enumerate(self.pairs):
            Q[a][b] = Q[b][a] = z[k]
        half = [[_sum(Q[a][b] * self.vectors[a][i] for a in range(r)) for b in range(r)] for i in range(n)]
        gram = [[_sum(half[i][b] * self.vectors[b][j] for b in range(r)) for j in range(n)] for i in range(n)]
        return gram, list(z[len(self.pairs) :])

    def inside(self, affine: Affine, rows: Sequence[tuple[Row, Number]]) -> tuple[Floats, float, Floats, Floats] | None:
        """The solution farthest inside, its margin, and the multipliers of the rows and of Q."""
        free, n, r = affine.free, len(affine.free), len(self.vectors)
        place = {k: i for i, k in enumerate(free)}
        offset, slope = np.zeros(self.width), np.zeros((self.width, n))
        for k in free:
            slope[k, place[k]] = 1.0
        for p, (constant, row) in affine.pivots.items():
            offset[p] = float(constant)
            for k, v in row.items():
                slope[p, place[k]] = float(v)
        A, b = np.zeros((len(rows) + 1, n + 1)), np.zeros(len(rows) + 1)
        for m, (row, constant) in enumerate(rows):
            dense = np.zeros(self.width)
            for k, v in row.items():
                dense[k] = float(v)
            A[m, :n], b[m] = -dense @ slope, dense @ offset + float(constant)
        A[:, n], b[-1] = 1.0, 1.0
        basis = np.zeros((self.width, r, r))
        for k, (i, j) in enumerate(self.pairs):
            basis[k, i, j] = basis[k, j, i] = 1.0
        cost = np.zeros(n + 1)
        cost[n] = -1.0
        matrices = []
        if r:
            moving = np.tensordot(slope.T, basis, axes=1)
            matrices.append((np.concatenate([-moving, np.eye(r)[None]]), np.tensordot(offset, basis, axes=1)))
        found = minimise(cost, (np.zeros((0, n + 1)), np.zeros(0)), (A, b), matrices)
        if not found.solved or not np.all(np.isfinite(found.x)):
            return None
        Z = found.matrices[0] if r else np.zeros((0, 0))
        return found.x[:n], -found.value, found.inequalities[: len(rows)], Z


def _without(vectors: list[list[Number]], Z: Floats, least: float) -> list[list[Number]] | None:
    """Vectors that span what is left of the span where Q vanishes along the range of Z, or None."""
    values, directions = np.linalg.eigh(Z) if Z.size else (np.zeros(0), np.zeros((0, 0)))
    left = directions[:, values <= least]
    if left.shape[1] == len(vectors):
        return vectors
    for tolerance in RECOGNITION:
        found = recognise(left, tolerance)
        if found is not None:
            size = len(vectors[0])
            return [[_sum(c * v[i] for c, v in zip(w, vectors, strict=True)) for i in range(size)] for w in found]
    return None


def _sum(parts: object) -> Number:
    total: Number = Fraction(0)
    for x in parts:  # type: ignore[attr-defined]
        total = total + x
    return lower(total)
