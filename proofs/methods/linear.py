"""Linear algebra over exact numbers: python-flint where they are rational, elimination where they have roots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from convbound.proofs.methods.radicals import Number, divide, is_zero, lower, sign

Row = dict[int, Number]  # sparse


Scalar = Any  # a Fraction, or flint's


@dataclass(frozen=True)
class Affine:
    """The solutions of a linear system: `y[p] = constant + Σ coefficients·y[free]` for pivots p, the rest is free."""

    count: int
    free: tuple[int, ...]
    pivots: dict[int, tuple[Number, Row]]

    def at(self, chosen: Sequence[Number]) -> list[Number]:
        """The solution with these values of the free unknowns."""
        y: list[Number] = [Fraction(0)] * self.count
        for k, v in zip(self.free, chosen, strict=True):
            y[k] = lower(v)
        for p, (constant, row) in self.pivots.items():
            total = constant
            for k, c in row.items():
                if y[k]:
                    total = total + c * y[k]
            y[p] = lower(total)
        return y


def solve(equations: Sequence[tuple[Row, Number]], unknowns: Sequence[int], count: int) -> Affine | None:
    """All solutions in which unknowns outside the list are zero; the first in the list become pivots. None if there
    is none.
    """
    place = {c: k for k, c in enumerate(unknowns)}
    width = len(unknowns)
    rows = []
    for row, right in equations:
        dense = {place[c]: v for c, v in row.items() if c in place and not is_zero(v)}
        if not is_zero(right):
            dense[width] = lower(right)
        if dense:
            rows.append(dense)
    reduced = reduce_rows(rows, width + 1)
    if any(p == width for p, _ in reduced):
        return None
    pivots = {
        unknowns[p]: (row.get(width, Fraction(0)), {unknowns[k]: -v for k, v in row.items() if k not in (p, width)})
        for p, row in reduced
    }
    return Affine(count, tuple(c for c in unknowns if c not in pivots), pivots)


def reduce_rows(rows: Sequence[Row], width: int) -> list[tuple[int, Row]]:
    """The reduced row echelon form: (pivot, row with 1 at the pivot)."""
    if not rows:
        return []
    if all(type(v) is Fraction for row in rows for v in row.values()):
        return _reduce_rationals(rows, width)
    return _eliminate([dict(r) for r in rows])


def _reduce_rationals(rows: Sequence[Row], width: int) -> list[tuple[int, Row]]:
    from flint import fmpq, fmpq_mat

    matrix = fmpq_mat(len(rows), width)
    for i, row in enumerate(rows):
        for j, v in row.items():
            matrix[i, j] = fmpq(v.numerator, v.denominator)  # type: ignore[union-attr]
    reduced, rank = matrix.rref()
    found = []
    for i in range(rank):
        sparse: Row = {}
        for j in range(width):
            x = reduced[i, j]
            if x != 0:
                sparse[j] = Fraction(int(x.p), int(x.q))
        found.append((min(sparse), sparse))
    return found


def _eliminate(rows: list[Row]) -> list[tuple[int, Row]]:
    done: list[tuple[int, Row]] = []
    while rows:
        rows = [r for r in rows if r]
        if not rows:
            break
        pivot = min(min(r) for r in rows)
        row = min((r for r in rows if pivot in r), key=len)
        rows.remove(row)
        scale = divide(1, row[pivot])
        row = {k: v * scale for k, v in row.items()}
        rows = [_minus(r, row, pivot) for r in rows]
        done = [(p, _minus(r, row, pivot)) for p, r in done]
        done.append((pivot, row))
    return done


def _minus(row: Row, other: Row, pivot: int) -> Row:
    c = row.get(pivot)
    if c is None:
        return row
    found = dict(row)
    for k, v in other.items():
        value = found[k] - c * v if k in found else -(c * v)
        if is_zero(value):
            found.pop(k, None)
        else:
            found[k] = lower(value)
    return found


def nullspace_coordinates(rows: Sequence[Row], width: int) -> set[int]:
    """Coordinates that may be set to zero: as many as the nullspace has dimensions, on which it projects onto
    everything.
    """
    pivots = {p for p, _ in reduce_rows([r for r in rows if r], width)}
    return set(range(width)) - pivots


def nullspace(rows: Sequence[Row], width: int) -> list[list[Number]]:
    """A basis of what all rows map to zero."""
    reduced = reduce_rows([r for r in rows if r], width)
    pivots = {p for p, _ in reduced}
    found: list[list[Number]] = []
    for k in (k for k in range(width) if k not in pivots):
        vector: list[Number] = [Fraction(int(j == k)) for j in range(width)]
        for p, row in reduced:
            vector[p] = -row[k] if k in row else Fraction(0)
        found.append(vector)
    return found


def square_completion(matrix: Sequence[Sequence[Number]]) -> list[tuple[Number, list[Number]]] | None:
    """(d, v) with matrix = Σ d·v·vᵀ and all d > 0, or None where the symmetric matrix is not positive semidefinite."""
    if all(type(x) is Fraction for row in matrix for x in row):
        return _complete_rationals(matrix)
    rest = [list(row) for row in matrix]
    found: list[tuple[Number, list[Number]]] = []
    for k in range(len(rest)):
        d = rest[k][k]
        s = sign(d)
        if s < 0 or (s == 0 and any(not is_zero(x) for x in rest[k])):
            return None
        if s == 0:
            continue
        v = [divide(x, d) if not is_zero(x) else Fraction(0) for x in rest[k]]
        for i in range(k, len(rest)):
            if is_zero(v[i]):
                continue
            for j in range(k, len(rest)):
                if not is_zero(v[j]):
                    rest[i][j] = lower(rest[i][j] - d * v[i] * v[j])
        found.append((d, v))
    return found


def _complete_rationals(matrix: Sequence[Sequence[Scalar]]) -> list[tuple[Number, list[Number]]] | None:
    from flint import fmpq

    rest = [[fmpq(x.numerator, x.denominator) for x in row] for row in matrix]
    size, zero = len(rest), fmpq(0)
    found: list[tuple[Number, list[Number]]] = []
    for k in range(size):
        d, row = rest[k][k], list(rest[k])
        if d < 0 or (d == 0 and any(x != 0 for x in row)):
            return None
        if d == 0:
            continue
        v = [x / d if x != 0 else zero for x in row]
        for i in (i for i in range(k, size) if v[i] != 0):
            c = row[i]
            for j in range(k, size):
                if v[j] != 0:
                    rest[i][j] -= c * v[j]
        found.append((_fraction(d), [_fraction(x) for x in v]))
    return found


def _fraction(x: Scalar) -> Fraction:
    return Fraction(int(x.p), int(x.q))
