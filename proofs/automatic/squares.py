"""Squares that may close a goal: of sums and differences of the square roots of what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from math import isqrt

from convbound.proofs.derivation.multipliers import divide
from convbound.proofs.kernel import Monomial, Poly, times

MAX_SQUARES = 60
MAX_ROOTS = 24


def halves(m: Monomial, positive: Iterable[str]) -> tuple[Monomial, Monomial] | None:
    """(s, r) with m = s r², s a product of atoms known to be positive; None where there are no such."""
    known = set(positive)
    odd = tuple((a, 1) for a, e in m if e % 2)
    if any(a not in known for a, _ in odd):
        return None
    return odd, tuple((a, e // 2) for a, e in m if e // 2)


def pairs(target: Poly, positive: Iterable[str]) -> list[Poly]:
    """x ± λy for all roots x, y whose product stands in the target, or would with a positive factor."""
    signs = set(positive)
    roots: dict[Monomial, Fraction] = {}
    for m, c in sorted(target.items()):
        split = halves(m, signs)
        if split is not None:
            s, r = split
            for root in (r, times(s, r)):
                roots.setdefault(root, abs(Fraction(c)))
    found: list[Poly] = []
    for (x, cx), (y, cy) in combinations(sorted(roots.items())[:MAX_ROOTS], 2):
        cross = times(x, y)
        if not any(_fits(m, cross, signs) for m in target):
            continue
        ratio = _root(cy / cx)
        for scale in dict.fromkeys([Fraction(1), *([ratio] if ratio else [])]):
            found += [{x: 1, y: scale}, {x: 1, y: -scale}]
        if len(found) >= MAX_SQUARES:
            break
    return found


def _fits(m: Monomial, cross: Monomial, positive: set[str]) -> bool:
    """Whether the cross term is this monomial up to positive factors."""
    quotient = divide(m, cross) or divide(cross, m)
    return m == cross or (quotient is not None and all(a in positive for a, _ in quotient))


def _root(q: Fraction) -> Fraction | None:
    """The square root of a rational number where it is rational."""
    n, d = isqrt(q.numerator), isqrt(q.denominator)
    return Fraction(n, d) if n * n == q.numerator and d * d == q.denominator else None
