"""The vectors of a worst case to hundreds of digits, and as exact numbers.

At an optimum: S·V = 0, G = V·Q·Vᵀ for the Gram matrix G of the worst case, every active constraint is an equation,
and no value of a function is left over. These are polynomial equations in multipliers, V, Q and values; from the
floats, Newton steps with one fixed Jacobian add seven digits or so each. V depends on the worst case alone, so its
entries are the simple numbers; they are found by continued fractions and by lattice reduction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.linalg import qr

from convbound.proofs.methods.conic import Floats, Solution
from convbound.proofs.methods.dual import EQUATION, INEQUALITY, METRIC, Dual
from convbound.proofs.methods.radicals import Number, Tower, approximate, divide, is_zero, lower, sign

Scalar = Any  # a float, or a ball of flint: the same equations in both
DIGITS = 60  # to which the equations have to hold, at least; more for fields of higher degree
STEPS = 200
CUTS = (1e-8, 1e-6, 1e-4)  # singular values of the Jacobian below this, relatively, are taken for zero
MOST_UNKNOWNS = 900
LARGEST_BASIS = 4  # degree of the field over which quadratic equations are looked for


class Refinement:
    """The equations of one optimum, near a float solution. Problems without supposed matrices only."""

    def __init__(self, dual: Dual, solution: Solution, basis: Floats, dropped: set[int]) -> None:
        self.dual = dual
        self.multipliers: list[Fraction] | None = None  # to many digits, when `vectors` has found them
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
        upper = [Q[a, b] for a in range(self.r) for b in range(a, self.r)]
        self.start = np.array([*V[self.others].ravel(), *upper, *values, solution.value, *y], dtype=float)

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
        self, z: Sequence[Scalar], zero: Scalar, one: Scalar
    ) -> tuple[list[list[Scalar]], list[list[Scalar]], dict[int, Scalar], Scalar, Sequence[Scalar]]:
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

    def residual(
        self, z: Sequence[Scalar], number: Callable[[Number], Scalar], zero: Scalar, one: Scalar
    ) -> list[Scalar]:
        """What the equations fail by, in any arithmetic; `number` turns exact coefficients into it."""
        V, Q, values, bound, y = self._parts(z, zero, one)
        VQ = [[_dot(row, [Q[a][b] for a in range(self.r)], zero) for b in range(self.r)] for row in V]
        G: dict[tuple[int, int], Scalar] = {}
        S = [[zero] * self.n for _ in range(self.n)]
        left: dict[int, Scalar] = dict.fromkeys(self.used, zero)
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
        """The derivatives of the equations, in floats, in the order of `residual` and of the unknowns."""
        V_, Q_, _, _, y = self._parts(list(self.start), 0.0, 1.0)
        V, Q = np.array(V_, dtype=np.float64), np.array(Q_, dtype=np.float64)
        n, r, C = self.n, self.r, len(self.columns)
        H, L, metric = self._dense()
        upper = [(a, b) for a in range(r) for b in range(a, r)]
        at_q, at_value = len(self.others) * r, len(self.others) * r + len(upper)
        at_bound = at_value + len(self.used)
        J = np.zeros((C + n * r + len(self.used) + 1, len(self.start)))
        HV = H @ V
        J[:C, :at_q] = 2 * (HV @ Q)[:, self.others, :].reshape(C, -1)
        VHV = np.einsum("ia,cib->cab", V, HV)
        for k, (a, b) in enumerate(upper):
            J[:C, at_q + k] = VHV[:, a, b] * (1 if a == b else 2)
        J[:C, at_value:at_bound] = L
        J[:C, at_bound] = -metric
        J[C : C + n * r, at_bound + 1 :] = -HV.reshape(C, n * r).T
        S = -np.tensordot(np.array(y, dtype=float), H, axes=1)
        for k, p in enumerate(self.others):
            for a in range(r):
                J[C + a : C + n * r : r, k * r + a] = S[:, p]
        J[C + n * r : -1, at_bound + 1 :] = L.T
        J[-1, at_bound + 1 :] = metric
        return J

    def _dense(self) -> tuple[Floats, Floats, Floats]:
        """The columns' matrices, their coefficients of values, and which of them are metrics."""
        C = len(self.columns)
        H, L, metric = np.zeros((C, self.n, self.n)), np.zeros((C, len(self.used))), np.zeros(C)
        for k, c in enumerate(self.columns):
            column = self.dual.columns[c]
            metric[k] = float(column.kind == METRIC)
            for j, v in column.form.values.items():
                L[k, self.used.index(j)] = float(v)
            for (a, b), v in column.form.gram.items():
                if a in self.place and b in self.place:
                    half = float(v) if a == b else float(v) / 2
                    H[k, self.place[a], self.place[b]] = H[k, self.place[b], self.place[a]] = half
        return H, L, metric

    def vectors(self) -> list[list[Fraction]] | None:
        """V to many digits, transposed; None where the steps do not converge."""
        from flint import ctx

        if not self.r or len(self.start) > MOST_UNKNOWNS:
            return None
        digits = digits_for(self.dual.problem.tower)
        before, ctx.prec = ctx.prec, 4 * digits + 64
        try:
            left, singular, right = np.linalg.svd(self.jacobian(), full_matrices=False)
            for cut in CUTS:
                kept = singular > cut * singular[0]
                z = self._steps((right[kept].T / singular[kept]) @ left[:, kept].T, digits)
                if z is not None:
                    from flint import arb

                    V, _, _, _, y = self._parts(z, arb(0), arb(1))
                    self.multipliers = [Fraction(0)] * len(self.dual.columns)
                    for c, x in zip(self.columns, y, strict=True):
                        self.multipliers[c] = _fraction(x)
                    return [[_fraction(V[i][a]) for i in range(self.n)] for a in range(self.r)]
            return None
        finally:
            ctx.prec = before

    def _steps(self, inverse: Floats, digits: int) -> list[Scalar] | None:
        """Newton's steps with one Jacobian, until the equations hold to so many digits, or None."""
        from flint import arb, fmpq

        numbers: dict[Number, Scalar] = {}

        def number(x: Number) -> Scalar:
            if x not in numbers:
                near = approximate(x)
                numbers[x] = arb(fmpq(near.numerator, near.denominator)).mid()
            return numbers[x]

        z = [arb(float(x)) for x in self.start]
        goal, last = arb(10) ** -digits, None
        for _ in range(STEPS):
            failure = [x.mid() for x in self.residual(z, number, arb(0), arb(1))]
            size = max((abs(x) for x in failure), default=arb(0))
            if size < goal * goal or (size < goal and last is not None and not size < last / 2):
                return z
            if last is not None and not size < last / 2:
                return None
            last = size
            step = inverse @ np.array([float((x / size).mid()) for x in failure])
            z = [(x - size * float(s)).mid() for x, s in zip(z, step, strict=True)]
        return None


def digits_for(tower: Tower) -> int:
    """How many digits show a number of the tower: its degree decides."""
    return max(2 * DIGITS, DIGITS << max(0, len(tower.radicands) - 2))


def _dot(a: Sequence[Scalar], b: Sequence[Scalar], zero: Scalar) -> Scalar:
    total = zero
    for x, y in zip(a, b, strict=True):
        total = total + x * y
    return total


def _fraction(x: Scalar) -> Fraction:
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
    digits = digits_for(tower)
    if abs(x) < Fraction(1, 10 ** (digits - 10)):
        return Fraction(0)
    near = x.limit_denominator(10 ** (digits * 2 // 5))
    if abs(near - x) < Fraction(1, 10 ** (digits - 8)):
        return near
    basis = list(_basis(tower))
    if len(basis) > 1:
        relation = integer_relation([x, *(approximate(b) for b in basis)], digits)
        if relation is not None and relation[0]:
            return lower(-_combination(relation[1:], basis) * Fraction(1, relation[0]))
    return _quadratic(x, tower, basis, digits) if len(basis) <= LARGEST_BASIS else None


def _quadratic(x: Fraction, tower: Tower, basis: Sequence[Number], digits: int) -> Number | None:
    """A root of a quadratic equation with small coefficients in the field; its square root joins the tower."""
    near = [approximate(b) for b in basis]
    relation = integer_relation([power * b for power in (x * x, x, Fraction(1)) for b in near], digits)
    if relation is None:
        return None
    n = len(basis)
    a, b, c = (_combination(relation[k * n : (k + 1) * n], basis) for k in range(3))
    inside = lower(b * b - 4 * a * c)
    if is_zero(a) or sign(inside) < 0:
        return None
    try:
        root = tower.sqrt(inside)
    except ValueError:
        return None
    choices = [lower(divide(s * root - b, 2 * a)) for s in (1, -1)]
    return min(choices, key=lambda y: abs(approximate(y) - x))


def _combination(coefficients: Sequence[int], basis: Sequence[Number]) -> Number:
    total: Number = Fraction(0)
    for c, b in zip(coefficients, basis, strict=True):
        total = total + b * Fraction(c)
    return lower(total)


def _basis(tower: Tower) -> Iterator[Number]:
    from convbound.proofs.methods.radicals import Radical

    for mask in range(1 << len(tower.radicands)):
        yield lower(Radical(tower, {mask: Fraction(1)}))


def integer_relation(numbers: Sequence[Fraction], digits: int) -> list[int] | None:
    """Small integers whose combination of the numbers vanishes, by lattice reduction; None where there is none."""
    from flint import fmpz_mat

    n = len(numbers)
    scale = 10 ** (digits - 6)
    rows = [[int(i == j) for j in range(n)] + [round(x * scale)] for i, x in enumerate(numbers)]
    reduced = fmpz_mat(rows).lll()
    best = [int(reduced[0, j]) for j in range(n + 1)]
    size = max(abs(x) for x in best[:n])
    small = 10 ** ((digits - 10) * 7 // (10 * n))  # a chance relation has numbers of about scale^(1/(n-1))
    return best[:n] if size and size <= small and abs(best[n]) <= 10**4 * size else None
