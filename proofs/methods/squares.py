"""Positive semidefinite matrices over a field with roots, as sums of squares that stay small.

The completion to squares puts quotients of the field into every coefficient. Here a rational matrix just below is
completed instead, and the small rest, which is diagonally dominant, is a sum of multiples of (q_a ± q_b)²; roots are in
the weights and in the q alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.radicals import Number, Radical, approximate, is_zero, lower, sign

Square = tuple[Number, list[Number]]  # weight·(vector)²
HALF = Fraction(1, 2)


def small_squares(matrix: Sequence[Sequence[Number]]) -> list[Square] | None:
    """(weight, vector) with matrix = Σ weight·vector·vectorᵀ, weights positive; None where it is not semidefinite."""
    squares = square_completion(matrix)
    if squares is None or not any(isinstance(x, Radical) for row in matrix for x in row):
        return squares
    pivots = [next(k for k, x in enumerate(v) if not is_zero(x)) for _, v in squares]
    forms = _reduced(squares, pivots)
    core = [[matrix[a][b] for b in pivots] for a in pivots]
    smallest = float(np.linalg.eigvalsh(np.array([[float(x) for x in row] for row in core]))[0])
    for digits in (3, 5, 8, 12, 20):
        found = _dominated(core, Fraction(smallest).limit_denominator(10**12) * HALF, 10**digits)
        if found is not None:
            return [(w, _combined(v, forms)) for w, v in found]
    return squares


def _reduced(squares: Sequence[Square], pivots: Sequence[int]) -> list[list[Number]]:
    """The forms q_o = p_o + (vectors that are no pivots) in which the matrix is that of its pivots."""
    forms: list[list[Number]] = [[]] * len(pivots)
    for k in range(len(pivots) - 1, -1, -1):
        form = list(squares[k][1])
        for j in range(k + 1, len(pivots)):
            c = form[pivots[j]]
            if not is_zero(c):
                form = [lower(x - c * y) for x, y in zip(form, forms[j], strict=True)]
        forms[k] = form
    return forms


def _dominated(core: Sequence[Sequence[Number]], shift: Fraction, scale: int) -> list[Square] | None:
    """A rational matrix, `shift` below the core and rounded, plus a diagonally dominant rest."""
    n = len(core)
    rounded: list[list[Number]] = [[Fraction(0)] * n for _ in range(n)]
    for a in range(n):
        for b in range(a, n):
            near = approximate(core[a][b]) - (shift if a == b else 0)
            rounded[a][b] = rounded[b][a] = Fraction(round(near * scale), scale)
    found = square_completion(rounded)
    if found is None:
        return None
    rest = [[lower(core[a][b] - rounded[a][b]) for b in range(n)] for a in range(n)]
    diagonal = [rest[a][a] for a in range(n)]
    for a in range(n):
        for b in range(a + 1, n):
            s = sign(rest[a][b])
            if s:
                size = rest[a][b] * s
                vector: list[Number] = [Fraction(0)] * n
                vector[a], vector[b] = Fraction(1), Fraction(s)
                found.append((size, vector))
                diagonal[a], diagonal[b] = diagonal[a] - size, diagonal[b] - size
    for a, x in enumerate(diagonal):
        if sign(x) < 0:
            return None
        if sign(x):
            found.append((lower(x), [Fraction(int(k == a)) for k in range(n)]))
    return found


def _combined(vector: Sequence[Number], forms: Sequence[Sequence[Number]]) -> list[Number]:
    total: list[Number] = [Fraction(0)] * len(forms[0])
    for c, form in zip(vector, forms, strict=True):
        if not is_zero(c):
            total = [lower(x + c * y) for x, y in zip(total, form, strict=True)]
    return total
