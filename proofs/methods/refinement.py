"""The vectors of a worst case to hundreds of digits, and as exact numbers.

At an optimum: S·V = 0, G = V·Q·Vᵀ for the Gram matrix G of the worst case, every active constraint is an equation,
and no value of a function is left over. These are polynomial equations in multipliers, V, Q and values; from the
floats, Newton steps with one fixed Jacobian add seven digits or so each. V depends on the worst case alone, so its
entries are the simple numbers; they are found by continued fractions and by lattice reduction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.linalg import qr

from convbound.proofs.methods.conic import Floats, Solution
from convbound.proofs.methods.dual import EQUATION, INEQUALITY, METRIC, Dual
from convbound.proofs.methods.radicals import Number, Tower, approximate, lower

PRECISION = 700  # bits
DIGITS = 60  # to which the equations have to hold
STEPS = 60
MOST_UNKNOWNS = 900


class Refinement:
    """The equations of one optimum, near a float solution. Problems without supposed matrices only."""

    def __init__(self, dual: Dual, solution: Solution, basis: Floats, dropped: set[int]) -> None:
        self.dual = dual
        self.place = {i: n for n, i in enumerate(dual.kept)}
        self.columns = [c for c in range(len(dual.columns)) if c not in dropped]
        self.n, self.r = basis.shape
        _, _, order = qr(basis.T, pivoting=True, mode="economic")
        self.pivots = [int(k) for k in order[: self.r]]
        self.others = [k for k in range(self.n) if k not in self.pivots]
        V = np.linalg.solve(basis[self.pivots].T, basis.T).T
        left = np.linalg.pinv(V)
        Q = left @ solution.matrices[0] @ left.T
        self.used = sorted({k for c in self.columns for k in dual.columns[c].form.values})
        self.active = [c for c in self.columns if dual.columns[c].kind in (METRIC, EQUATION, INEQUALITY)]
        values = self._float_values(solution)
        y = solution.x[self.columns]
        start = [
            *V[self.others].ravel(),
            *(Q[a, b] for a in range(self.r) for b in range(a, self.r)),
            *values,
            solution.value,
            *y,
        ]
        self.start = np.array(start, dtype=float)

    def _float_values(self, solution: Solution) -> list[float]:
        """The values of functions: multipliers of the equations that leave none over, in the order of `equations`."""
        order: list[int] = []
        for column in self.dual.columns:
            order += [k for k in column.form.values if k not in order]
        found = dict(zip(order, -solution.equations, strict=False))
        sign = self._orientation(found, solution)
        return [sign * found.get(k, 0.0) for k in self.used]

    def _orientation(self, found: dict[int, float], solution: Solution) -> float:
        """The sign with which the active constraints hold."""
        G = solution.matrices[0]
        best = {}
        for s in (1.0, -1.0):
            best[s] = 0.0
            for c in self.active:
                if self.dual.columns[c].kind != METRIC:
                    form = self.dual.columns[c].form
                    total = float(form.constant) + sum(s * float(v) * found[k] for k, v in form.values.items())
                    for (a, b), v in form.gram.items():
                        if a in self.place and b in self.place:
                            total += float(v) * G[self.place[a], self.place[b]]
                    best[s] += abs(total)
        return min(best, key=lambda s: best[s])

    def _parts(
        self, z: Sequence[Any], zero: Any, one: Any
    ) -> tuple[list[list[Any]], list[list[Any]], dict[int, Any], Any, Sequence[Any]]:
        """V, Q, values, bound and multipliers from the unknowns."""
        m = len(self.others) * self.r
        V = [[zero] * self.r for _ in range(self.n)]
        for k, p in enumerate(self.pivots):
            V[p][k] = one
        for k, p in enumerate(self.others):
            V[p] = list(z[k * self.r : (k + 1) * self.r])
        Q = [[zero] * self.r for _ in range(self.r)]
        for a in range(self.r):
            for b in range(a, self.r):
                Q[a][b] = Q[b][a] = z[m]
                m += 1
        values = dict(zip(self.used, z[m : m + len(self.used)], strict=True))
        m += len(self.used)
        return V, Q, values, z[m], z[m + 1 :]

    def residual(self, z: Sequence[Any], number: Any, zero: Any, one: Any) -> list[Any]:
        """What the equations fail by, in any arithmetic; `number` turns exact coefficients into it."""
        V, Q, values, bound, y = self._parts(z, zero, one)
        VQ = [[_dot(row, [Q[a][b] for a in range(self.r)], zero) for b in range(self.r)] for row in V]
        G: dict[tuple[int, int], Any] = {}
        S = [[zero] * self.n for _ in range(self.n)]
        left: dict[int, Any] = dict.fromkeys(self.used, zero)
        weights, found = -one, []
        for c, multiplier in zip(self.columns, y, strict=True):
            column = self.dual.columns[c]
            total = number(lower(column.form.constant))
            for (a, b), v in column.form.gram.items():
                if a in self.place and b in self.place:
                    i, j, x = self.place[a], self.place[b], number(v)
                    if (i, j) not in G:
                        G[i, j] = G[j, i] = _dot(VQ[i], V[j], zero)
                    total = total + x * G[i, j]
                    half = multiplier * x if a == b else multiplier * x / 2
                    S[i][j] = S[i][j] - half
                    if a != b:
                        S[j][i] = S[j][i] - half
            for k, v in column.form.values.items():
                total = total + number(v) * values[k]
                left[k] = left[k] + number(v) * multiplier
            if column.kind == METRIC:
                weights = weights + multiplier
                found.append(total - bound)
            else:
                found.append(total)
        columns = [[V[i][a] for i in range(self.n)] for a in range(self.r)]
        found += [_dot(row, column, zero) for row in S for column in columns]
        return [*found, *left.values(), weights]

    def jacobian(self) -> Floats:
        """By central differences: the equations are cubic at most, and the steps that use it correct themselves."""
        z, h = self.start, 1e-5
        found = np.zeros((len(self.residual(list(z), float, 0.0, 1.0)), len(z)))
        for k in range(len(z)):
            ahead, behind = z.copy(), z.copy()
            ahead[k] += h
            behind[k] -= h
            difference = np.array(self.residual(list(ahead), float, 0.0, 1.0)) - np.array(
                self.residual(list(behind), float, 0.0, 1.0)
            )
            found[:, k] = difference / (2 * h)
        return found

    def vectors(self) -> list[list[Fraction]] | None:
        """V to many digits, transposed; None where the steps do not converge."""
        from flint import arb, ctx, fmpq

        if not self.r or len(self.start) > MOST_UNKNOWNS:
            return None
        inverse = np.linalg.pinv(self.jacobian(), rcond=1e-7)
        before, ctx.prec = ctx.prec, PRECISION
        try:
            numbers: dict[Number, Any] = {}

            def number(x: Number) -> Any:
                if x not in numbers:
                    near = approximate(x)
                    numbers[x] = arb(fmpq(near.numerator, near.denominator)).mid()
                return numbers[x]

            z = [arb(float(x)) for x in self.start]
            goal, last = arb(10) ** -DIGITS, None
            for _ in range(STEPS):
                failure = [x.mid() for x in self.residual(z, number, arb(0), arb(1))]
                size = max((abs(x) for x in failure), default=arb(0))
                if size < goal * goal:
                    break
                if last is not None and not size < last / 2:
                    if size < goal:
                        break
                    return None
                last = size
                step = inverse @ np.array([float((x / size).mid()) for x in failure])
                z = [(x - size * float(s)).mid() for x, s in zip(z, step, strict=True)]
            else:
                return None
            V, *_ = self._parts(z, arb(0), arb(1))
            return [[_fraction(V[i][a]) for i in range(self.n)] for a in range(self.r)]
        finally:
            ctx.prec = before


def _dot(a: Sequence[Any], b: Sequence[Any], zero: Any) -> Any:
    total = zero
    for x, y in zip(a, b, strict=True):
        total = total + x * y
    return total


def _fraction(x: Any) -> Fraction:
    mantissa, exponent = x.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def exact_vectors(vectors: Sequence[Sequence[Fraction]], tower: Tower) -> list[list[Number]] | None:
    """The vectors as numbers of the tower, which grows by a square root where one is needed; None where that fails."""
    found = []
    for vector in vectors:
        exact = [exact_number(x, tower) for x in vector]
        if any(x is None for x in exact):
            return None
        found.append([x for x in exact if x is not None])
    return found


def exact_number(x: Fraction, tower: Tower) -> Number | None:
    """The simple number of the tower, or of one more square root, next to x."""
    if abs(x) < Fraction(1, 10 ** (DIGITS - 10)):
        return Fraction(0)
    near = x.limit_denominator(10 ** (DIGITS // 3))
    if abs(near - x) < Fraction(1, 10 ** (DIGITS - 8)):
        return near
    basis = list(_basis(tower))
    if len(basis) > 1:
        relation = integer_relation([x, *(approximate(b) for b in basis)])
        if relation is not None and relation[0]:
            total: Number = Fraction(0)
            for c, b in zip(relation[1:], basis, strict=True):
                total = total - b * Fraction(c, relation[0])
            return lower(total)
    relation = integer_relation([x * x, x, Fraction(1)])
    if relation is None or not relation[0]:
        return None
    a, b_, c_ = relation
    discriminant = Fraction(b_ * b_ - 4 * a * c_)
    if discriminant < 0:
        return None
    try:
        root = tower.sqrt(discriminant)
    except ValueError:
        return None
    choices = [(root - b_) / Fraction(2 * a), (-root - b_) / Fraction(2 * a)]
    return min(choices, key=lambda y: abs(approximate(y) - x))


def _basis(tower: Tower) -> Iterator[Number]:
    from convbound.proofs.methods.radicals import Radical

    for mask in range(1 << len(tower.radicands)):
        yield lower(Radical(tower, {mask: Fraction(1)}))


def integer_relation(numbers: Sequence[Fraction]) -> list[int] | None:
    """Small integers whose combination of the numbers vanishes, found by lattice reduction; None where there are
    none.
    """
    from flint import fmpz_mat

    scale = 10 ** (DIGITS - 6)
    n = len(numbers)
    rows = [[int(i == j) for j in range(n)] + [round(x * scale)] for i, x in enumerate(numbers)]
    reduced = fmpz_mat(rows).lll()
    best = [int(reduced[0, j]) for j in range(n + 1)]
    size = max(abs(x) for x in best[:n])
    small = 10 ** ((DIGITS - 10) * 7 // (10 * n))  # a chance relation has numbers of about scale^(1/(n-1)) at least
    return best[:n] if size and size <= small and abs(best[n]) <= 10**4 * size else None
