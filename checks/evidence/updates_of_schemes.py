"""An instance of a claim about one update of a scheme, one's own or one that ships, drawn by the scheme's sampler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats
from convbound.checks.evidence.record import Numbers, Values
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class OneUpdate:
    """One update u of a scheme at a gradient g, and a function of both whose expectation a claim speaks of.

    Attributes:
        scheme: with its parameters; they are the values of the claim's symbols of the same letters, beside d and g.
        gradient: g, in rationals, shape (d,).
        of: of the updates, one a row, and of g: the numbers that are measured, one or several a row. It is given
            floats, and rationals where the scheme has a law.
        known: further values of symbols; also expectations of u that hypotheses speak of, by their text.
        low: below which no number lies; it is needed where the scheme has no law, and found from the law otherwise.
        high: above which none lies.
    """

    scheme: Scheme
    gradient: Numbers
    of: Callable[[Array, Array], Array]
    known: Mapping[str, Number] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    engines: tuple[str, ...] = ()
    steps: int = 0

    @property
    def text(self) -> str:
        """The scheme and the gradient."""
        return f"{self.scheme.text()} at g = ({', '.join(map(str, self.gradient))})"

    def values(self) -> Values:
        """The parameters of the scheme, d, g, and what else is known."""
        known = {**self.scheme.symbols(), "d": len(self.gradient), "g": tuple(map(Fraction, self.gradient))}
        return known | dict(self.known)

    def _numbers(self, updates: Array, gradient: Array) -> Array:
        values = np.asarray(self.of(updates, gradient))
        values = values[:, None] if values.ndim == 1 else values
        if values.ndim != 2 or len(values) != len(updates):
            raise InputError(f"{self.text}: `of` must return a number for each of {len(updates)} updates.")
        return values

    def _outcomes(self) -> tuple[Array, list[Fraction]] | None:
        """What is measured at every outcome, with its probability; None where the scheme has no law."""
        try:
            law = self.scheme.exact_law(list(self.gradient))
        except InputError:
            return None
        exact = np.array([[Fraction(x) for x in row] for row in law.outcomes.tolist()], dtype=object)
        weights = [Fraction(int(weight), law.denominator) for weight in law.weights]
        return self._numbers(exact, fractions(self.gradient)), weights

    def exact(self) -> list[Number]:
        """The expectation by enumeration; nothing where the scheme has no law."""
        found = self._outcomes()
        if found is None:
            return []
        numbers, weights = found
        rows = ([Fraction(x) * p for x, p in zip(column, weights, strict=True)] for column in numbers.T)
        return [sum(row, Fraction(0)) for row in rows]

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Draws of the scheme's own sampler, shape (size, numbers)."""
        g = np.array([float(x) for x in self.gradient])
        drawn = self.scheme.updates(np.tile(g, (size, 1)), 0.0, rng)
        return np.asarray(self._numbers(drawn, g), dtype=np.float64)

    def sampler(self) -> OneUpdate:
        """Itself."""
        return self

    def ranges(self) -> list[tuple[float, float]]:
        """As they are given, else over all outcomes of the law.

        Raises:
            InputError: there is no law, and no range is given.
        """
        found = self._outcomes()
        if self.low is not None and self.high is not None:
            one = self._numbers(np.zeros((1, len(self.gradient))), np.array([float(x) for x in self.gradient]))
            return [(self.low, self.high)] * one.shape[1]
        if found is None:
            raise InputError(f"{self.text}: the scheme has no law, so low and high must say where the numbers lie.")
        return [(float(min(column)) - 1e-9, float(max(column)) + 1e-9) for column in found[0].T]

    def stationary(self) -> bool:
        """One update has no steps."""
        return False
