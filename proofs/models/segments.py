"""Polynomials along a segment: what varies with the variable of an integral over [0, 1], as coefficients.

A function that is only known at points cannot be integrated exactly, so a model gives such a value as its coefficients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb

from convbound.proofs.models.surds import Surd

Value = Fraction | Surd


@dataclass(frozen=True, init=False)
class Along:
    """c_0 + c_1 θ + c_2 θ² + …, the value of a symbol along a segment; the coefficients are exact."""

    coefficients: tuple[Value, ...]

    def __init__(self, *coefficients: Value | int) -> None:
        """The coefficients in the order of their powers."""
        exact = tuple(c if isinstance(c, Surd) else Fraction(c) for c in coefficients)
        object.__setattr__(self, "coefficients", exact)

    def __call__(self, x: Fraction) -> Value:
        """The value at θ = x."""
        total: Value = Fraction(0)
        for c in reversed(self.coefficients):
            total = total * x + c
        return total

    @property
    def degree(self) -> int:
        """The highest power that is written."""
        return max(0, len(self.coefficients) - 1)

    def __str__(self) -> str:
        powers = ("" if k == 0 else "·θ" if k == 1 else f"·θ^{k}" for k in range(len(self.coefficients)))
        return " + ".join(f"({c}){power}" for c, power in zip(self.coefficients, powers, strict=True)) or "0"


@cache
def exact_quadrature(degree: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """Nodes and weights on [0, 1] that integrate every polynomial up to the degree exactly."""
    nodes = [Fraction(j, degree) for j in range(degree + 1)]
    rules = []
    for j, x in enumerate(nodes):
        basis = _lagrange(nodes, j)
        rules.append((x, sum((c / (k + 1) for k, c in enumerate(basis)), Fraction(0))))
    return tuple(rules)


def bernstein(nodes: Sequence[Fraction], values: Sequence[Fraction]) -> list[Fraction]:
    """The Bernstein coefficients of the interpolating polynomial: if all are nonnegative, so is it on [0, 1]."""
    monomial = [Fraction(0)] * len(nodes)
    for j, value in enumerate(values):
        monomial = [a + value * b for a, b in zip(monomial, _lagrange(nodes, j), strict=True)]
    n = len(nodes) - 1
    return [
        sum((Fraction(comb(j, k), comb(n, k)) * monomial[k] for k in range(j + 1)), Fraction(0)) for j in range(n + 1)
    ]


def _lagrange(nodes: Sequence[Fraction], j: int) -> list[Fraction]:
    """The coefficients of the polynomial that is 1 at the j-th node and 0 at the others."""
    basis = [Fraction(1)]
    for k, y in enumerate(nodes):
        if k != j:
            shifted = [Fraction(0), *basis]
            basis = [(a - y * b) / (nodes[j] - y) for a, b in zip(shifted, [*basis, Fraction(0)], strict=True)]
    return basis
