"""A worst-case problem as exact data: which inequalities are supposed, and what is to be bounded.

Unknown are finitely many vectors of one Euclidean space, in any dimension, and finitely many real numbers (values of
functions). A `Form` is affine in the inner products of the vectors and in the values. So is everything that a method
of first order and its class of functions say, and the worst case is a semidefinite program in the Gram matrix of the
vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from convbound.proofs.methods.radicals import Number, Tower, is_zero, lower

Pair = tuple[int, int]
K = TypeVar("K")


@dataclass(frozen=True)
class Form:
    """`constant + Σ values[k]·f_k + Σ gram[i, j]·<p_i, p_j>` with i <= j; no coefficient is zero."""

    gram: Mapping[Pair, Number] = field(default_factory=dict)
    values: Mapping[int, Number] = field(default_factory=dict)
    constant: Number | int = 0

    def __add__(self, other: Form) -> Form:
        return Form(
            merged(self.gram, other.gram),
            merged(self.values, other.values),
            lower(self.constant) + lower(other.constant),
        )

    def scaled(self, c: Number | int) -> Form:
        """The multiple by a number."""
        if is_zero(c):
            return Form()
        return Form(
            {k: v * c for k, v in self.gram.items()},
            {k: v * c for k, v in self.values.items()},
            lower(self.constant) * c,
        )

    def __neg__(self) -> Form:
        return self.scaled(-1)

    def __sub__(self, other: Form) -> Form:
        return self + -other

    @property
    def empty(self) -> bool:
        """Whether it is a constant."""
        return not self.gram and not self.values

    def numbers(self) -> Iterator[Number]:
        """All its coefficients."""
        yield from self.gram.values()
        yield from self.values.values()
        yield lower(self.constant)


def merged(a: Mapping[K, Number], b: Mapping[K, Number]) -> dict[K, Number]:
    """The sum of two sparse vectors."""
    total = dict(a)
    for k, v in b.items():
        total[k] = total[k] + v if k in total else v
    return {k: v for k, v in total.items() if not is_zero(v)}


@dataclass(frozen=True)
class Supposed:
    """`form <= 0`, or `form = 0`, under the name by which people know it."""

    name: str
    form: Form
    equality: bool = False


@dataclass(frozen=True)
class SupposedMatrix:
    """A symmetric matrix of forms that is positive semidefinite."""

    name: str
    entries: tuple[tuple[Form, ...], ...]


@dataclass(frozen=True)
class WorstCase:
    """Bound the smallest of the metrics, whatever the vectors and values are that satisfy what is supposed."""

    title: str
    points: tuple[str, ...]
    values: tuple[str, ...]
    supposed: tuple[Supposed, ...]
    metrics: tuple[Form, ...]
    matrices: tuple[SupposedMatrix, ...] = ()
    tower: Tower = field(default_factory=Tower)
    notes: tuple[str, ...] = ()  # what was recognised or taken from elsewhere, for the reader
    claimed: Number | None = None  # a bound that is to be judged
    sufficient: bool = True  # whether what satisfies all that is supposed belongs to members of the classes

    def forms(self) -> Iterator[Form]:
        """Every form in it."""
        yield from (s.form for s in self.supposed)
        yield from self.metrics
        yield from (f for m in self.matrices for row in m.entries for f in row)

    @property
    def rational(self) -> bool:
        """Whether all data are rational."""
        return all(isinstance(x, Fraction) for form in self.forms() for x in form.numbers())
