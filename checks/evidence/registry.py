"""Which claims have evidence: checks are registered for the claim itself, the object, and found by nothing else.

A library that calls itself or its claims like a built-in one inherits nothing. The checks of the built-in libraries are
in `subjects`, one module a library, which is imported when a claim of its library asks; a claim file registers its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from sympy import Expr

from convbound.bounds.arithmetic import Number
from convbound.bounds.discovery import subject_modules
from convbound.bounds.errors import InputError
from convbound.checks.evidence.reading import MeasurableConclusion
from convbound.checks.evidence.record import Instance, Split, Values
from convbound.checks.statistics.experiments import Sampler
from convbound.proofs.libraries import subjects

if TYPE_CHECKING:
    from convbound.proofs.claims import Claim
    from convbound.proofs.textbook import Term

SUBJECTS = "convbound.checks.evidence.subjects"


@dataclass(frozen=True)
class ClaimCheck:
    """A claim's conclusion, and the instances that it is held to at either level."""

    conclusion: MeasurableConclusion
    instances: Callable[[int], Split]

    @property
    def claim(self) -> Claim:
        """The claim, as its library holds it."""
        return self.conclusion.claim

    @property
    def name(self) -> str:
        """The claim's identifier with its library."""
        return self.claim.name


_CHECKS: dict[Claim, ClaimCheck] = {}


def register(
    claim: Claim, *, measures: Expr | Term, instances: Sequence[Instance] | Callable[[int], Split]
) -> ClaimCheck:
    """Let a claim be checked numerically; its number is computed from its own conclusion.

    Args:
        claim: the claim that `Library.claim` returned.
        measures: the one expectation of its conclusion that the instances measure, in its vocabulary: `E(y)`; or in
            the words of the textbook: `E_k(norm2(h))`.
        instances: the cases; or a function of K, the steps of the longest trajectory that can be afforded, that
            returns those for the exact level and those for sampling.

    Raises:
        InputError: the claim has evidence already, or its conclusion is not linear in what is measured.
    """
    if claim in _CHECKS:
        raise InputError(f"{claim.name} has evidence already.")
    fixed = instances if callable(instances) else tuple(instances)
    build: Callable[[int], Split] = fixed if callable(fixed) else lambda steps: (fixed, fixed)
    measured = getattr(measures, "expr", measures)
    _CHECKS[claim] = check = ClaimCheck(MeasurableConclusion.of(claim, measured), build)
    return check


def checks_of(claims: Sequence[Claim]) -> list[ClaimCheck]:
    """The checks of those among the claims that have any, in the claims' order."""
    # a library that nobody has loaded has no claims among these
    loaded = {subject.part.subject for subject in subjects().values() if subject.is_loaded}
    for part in subject_modules(SUBJECTS, "evidence"):
        if part.subject in loaded:
            part.load()
    return [_CHECKS[claim] for claim in claims if claim in _CHECKS]


@dataclass(frozen=True)
class FunctionSampler:
    """Draws made by a function of a generator and a size; shape (size,) or (size, numbers)."""

    draw: Callable[[np.random.Generator, int], npt.ArrayLike]

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """Shape (size, numbers).

        Raises:
            InputError: the function returns something else.
        """
        values = np.asarray(self.draw(rng, size), dtype=np.float64)
        values = values[:, None] if values.ndim == 1 else values
        if values.ndim != 2 or values.shape[0] != size:
            raise InputError(f"a draw of {size} must have that many rows, not the shape {values.shape}.")
        return values


@dataclass(frozen=True)
class Case:
    """An instance by hand, for a claim file.

    Attributes:
        text: the case in words.
        values: what the claim's symbols stand for, by name.
        draw: a function of a NumPy generator and a size that returns that many independent draws whose mean is the
            measured expectation.
        low: below which no draw lies.
        high: above which no draw lies.
        expectation: that expectation exactly, where it is known; a number, or a tuple with one per coordinate.
    """

    text: str
    values_: Values
    draw: Callable[[np.random.Generator, int], npt.ArrayLike]
    low: float
    high: float
    expectation: Number = None
    engines: tuple[str, ...] = ()
    steps: int = 0

    def values(self) -> Values:
        """What the symbols stand for."""
        return self.values_

    def exact(self) -> list[Number]:
        """The expectation as given; nothing where it is not known.

        Raises:
            InputError: it is no exact number.
        """
        if self.expectation is None:
            return []
        given = self.expectation if isinstance(self.expectation, tuple) else (self.expectation,)
        for x in given:
            if not isinstance(x, Rational):
                raise InputError(f"the expectation of a Case is an integer or a Fraction, not {x!r}.")
        return [Fraction(x) for x in given]

    def sampler(self) -> Sampler:
        """The function."""
        return FunctionSampler(self.draw)

    def ranges(self) -> list[tuple[float, float]]:
        """The same for every coordinate."""
        return [(self.low, self.high)] * (len(self.expectation) if isinstance(self.expectation, tuple) else 1)

    def stationary(self) -> bool:
        """A case is about a number, not about a limit."""
        return False
