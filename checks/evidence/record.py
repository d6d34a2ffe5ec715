"""What evidence is made of: instances of a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from convbound.bounds.arithmetic import Number
from convbound.checks.statistics.experiments import Sampler

Level = Literal["exact", "montecarlo"]
Values = Mapping[str, Number]
Numbers = tuple[Number, ...]  # Fractions


class Instance(Protocol):
    """One case in which a claim says something definite of the number measured: one number, or one per coordinate."""

    @property
    def text(self) -> str:
        """The case in words, short."""
        ...

    @property
    def engines(self) -> tuple[str, ...]:
        """The engine checks whose engines draw for it; none for a sampler of one's own."""
        ...

    @property
    def steps(self) -> int:
        """The steps of a run that one draw takes, 0 where it is no run."""
        return 0

    def values(self) -> Values:
        """What the claim's symbols stand for, by name: Fractions and integers, tuples for functions of the coordinate.

        Expectations other than the measured one are given by their text, such as "E_k(u)".
        """
        ...

    def exact(self) -> Sequence[Number]:
        """The measured expectation itself, in rational arithmetic, one number for each number claimed."""
        ...

    def sampler(self) -> Sampler:
        """Draws whose means are that expectation."""
        ...

    def ranges(self) -> Sequence[tuple[float, float]]:
        """Where single draws lie: a fact about the scheme, never an estimate."""
        ...

    def stationary(self) -> bool:
        """Whether the average over K steps has the same expectation for every K, so that it is the limit too."""
        return False  # a single step or draw says nothing of a limit


Instances = tuple[Instance, ...]
Split = tuple[Instances, Instances]  # for the exact level, for sampling
