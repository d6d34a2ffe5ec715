"""Stationary laws of one-draw ZIM on separable quadratics, in closed form.

On F = ½ Σ a_i (w_i - b_i)² with no b_i an integer, each coordinate ends up on the two integers around b_i, and at a
state x the gradients are |g_i| = a_i β_i or a_i (1 - β_i), β_i the distance of b_i from the integer below. Coordinate i
moves at x with probability (|g_i| + c)/(s + cd), and its |g_i| becomes a_i - |g_i|. So the chain is reversible, with

    π(x) ∝ (s(x) + cd) Π_i (a_i - |g_i(x)| + c):

both sides of detailed balance are Π_{j≠i} (a_j - |g_j| + c) times (a_i - |g_i| + c)(|g_i| + c), the same at x and at
its neighbour. β_i = 0 stands for the limit b_i → 0⁺. The rate r only makes the chain lazy.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, isqrt, prod

from convbound.proofs.models.surds import Surd


@dataclass(frozen=True)
class SeparableQuadratic:
    """F = ½ Σ a_i (w_i - b_i)², `offsets` β_i = b_i - floor(b_i) in [0, 1), where 0 stands for the limit from above."""

    curvatures: tuple[Fraction, ...]
    offsets: tuple[Fraction, ...]

    def states(self, c: Fraction) -> list[tuple[tuple[Fraction, ...], Fraction]]:
        """All pairs of (|g_1|, …, |g_d|) and its stationary weight, not normalised."""
        d = len(self.offsets)
        choices = [(a * b, a * (1 - b)) for a, b in zip(self.curvatures, self.offsets, strict=True)]
        return [
            (g, (sum(g) + c * d) * prod(a - x + c for a, x in zip(self.curvatures, g, strict=True)))
            for g in itertools.product(*choices)
        ]

    def mean_norm(self, c: Fraction) -> Surd:
        """The stationary E‖g‖₂, exactly."""
        states = self.states(c)
        total = Surd.of(0)
        for g, weight in states:
            total = total + Surd.of(sum(x * x for x in g)).root() * weight
        return total * (1 / sum((weight for _, weight in states), Fraction(0)))

    def approximate_mean_norm(self, c: Fraction) -> float:
        """The same in floating point, to search with."""
        states = self.states(c)
        norms = (float(sum(x * x for x in g)) ** 0.5 * float(weight) for g, weight in states)
        return float(sum(norms) / float(sum(weight for _, weight in states)))


def corner(d: int, halves: int) -> SeparableQuadratic:
    """L = 1, every a_i = 1: `halves` coordinates with b_i = ½, the others with b_i → 0⁺."""
    offsets = [Fraction(1, 2)] * halves + [Fraction(0)] * (d - halves)
    return SeparableQuadratic((Fraction(1),) * d, tuple(offsets))


def corner_mean_norm(d: int, halves: int, c: Fraction) -> Surd:
    """E‖g‖₂ on `corner(d, halves)` from its d - halves + 1 levels: a rational function of c with surd coefficients.

    With k halves and m = d - k: Σ_j v_j √(k/4 + j) / Σ_j v_j, v_j = C(m, j) c^j (1 + c)^(m - j) (k/2 + j + cd).
    """
    k, m = halves, d - halves
    weights = [comb(m, j) * c**j * (1 + c) ** (m - j) * (Fraction(k, 2) + j + c * d) for j in range(m + 1)]
    total = Surd.of(0)
    for j, weight in enumerate(weights):
        total = total + Surd.of(Fraction(k, 4) + j).root() * weight
    return total * (1 / sum(weights, Fraction(0)))


def best_corner(d: int, c: Fraction) -> tuple[int, Surd]:
    """The number of halves with the largest E‖g‖₂ at this c, and that value."""
    values = [(k, corner_mean_norm(d, k, c)) for k in range(d, -1, -1)]
    best = values[0]
    for entry in values[1:]:
        if best[1] < entry[1]:
            best = entry
    return best


def minimum_norm(d: int) -> Surd:
    """√d/2: what the lattice enforces, with L = 1."""
    return Surd.of(d).root() * Fraction(1, 2)


def threshold(d: int, bits: int = 40) -> tuple[Fraction, Fraction]:
    """Rationals 2^-bits apart, around a c in (0, 1) where the best corner comes to exceed √d/2 (L = 1).

    Exact: no corner exceeds it at the lower one, some corner does at the upper. One crossing only is not claimed.
    """
    low, high = Fraction(0), Fraction(1)
    while high - low > Fraction(1, 1 << bits):
        middle = (low + high) / 2
        if minimum_norm(d) < best_corner(d, middle)[1]:
            high = middle
        else:
            low = middle
    return low, high


@dataclass(frozen=True)
class Scan:
    """The largest E‖g‖₂ over a grid of quadratics at one c: where, how much, and whether a corner is as large."""

    c: Fraction
    best: SeparableQuadratic
    mean_norm: Surd
    corner_is_best: bool


def scan(d: int, c: Fraction, offsets: Sequence[Fraction], curvatures: Sequence[Fraction], top: int = 8) -> Scan:
    """Search the grid in floating point, decide among the `top` candidates and the corners exactly (L = 1)."""
    choices = list(itertools.product(curvatures, offsets))
    family = [
        SeparableQuadratic(tuple(a for a, _ in point), tuple(b for _, b in point))
        for point in itertools.combinations_with_replacement(choices, d)
    ]
    family.sort(key=lambda problem: -problem.approximate_mean_norm(c))
    best, value = max(((p, p.mean_norm(c)) for p in family[:top]), key=lambda pair: float(pair[1]))
    for problem in family[:top]:
        if value < problem.mean_norm(c):
            best, value = problem, problem.mean_norm(c)
    return Scan(c, best, value, value <= best_corner(d, c)[1])


def root_bounds(x: Fraction, bits: int = 40) -> tuple[Fraction, Fraction]:
    """Rationals just below and above √x, for x >= 0."""
    floor = isqrt((x.numerator << (2 * bits)) // x.denominator)
    return Fraction(floor, 1 << bits), Fraction(floor + 1, 1 << bits)
