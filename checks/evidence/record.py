"""What a check is made of, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Protocol

from convbound.checks.sequential.decision import Relation, Verdict
from convbound.checks.sequential.run import Sampler

Level = Literal["exact", "montecarlo"]
Parameters = Mapping[str, Any]
Formula = Callable[[Parameters], Any]


@dataclass(frozen=True)
class Evidence:
    """What one level of checking found of one claim; `estimate`, `interval` and `claimed` are its decisive comparison.

    At the exact level the interval is a point and nothing is spent. `alpha` is the error probability spent, `samples`
    the number of random draws or of enumerated outcomes, `instances` how many instances were looked at.
    """

    claim: str
    level: Level
    verdict: Verdict
    relation: Relation
    estimate: float
    interval: tuple[float, float]
    claimed: float
    instances: int
    samples: int
    alpha: float
    seed: int
    text: str

    def json(self) -> dict[str, Any]:
        """The record as plain data."""
        return {name: list(x) if isinstance(x := getattr(self, name), tuple) else x for name in self.__annotations__}


class Instance(Protocol):
    """One case in which a claim says something definite: one number, or several, that expectations can be held to."""

    @property
    def text(self) -> str:
        """The case in words, short."""
        ...

    def parameters(self) -> Parameters:
        """What the claim's formula may use, as Fractions and integers (or lists of them)."""
        ...

    def exact(self) -> Sequence[Any]:
        """The expectations themselves, by enumeration, one for each number claimed."""
        ...

    def sampler(self) -> Sampler:
        """Draws whose means are these expectations."""
        ...

    def ranges(self) -> Sequence[tuple[float, float]]:
        """Where single draws lie."""
        ...


@dataclass(frozen=True)
class ClaimCheck:
    """A claim `expectation relation formula(parameters)`, and the instances that it is held to.

    `roots` says that the formula takes square roots, so that it is evaluated on intervals at the exact level.
    """

    claim: str
    relation: Relation
    formula: Formula
    exact: tuple[Instance, ...]
    sampled: tuple[Instance, ...]
    roots: bool = False

    def claimed(self, instance: Instance, convert: Callable[[Any], Any] = Fraction) -> list[Any]:
        """The claimed numbers at an instance; `convert` may make floats or intervals of the parameters."""
        value = self.formula({name: _map(convert, x) for name, x in instance.parameters().items()})
        return list(value) if isinstance(value, list | tuple) else [value]


def _map(convert: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(convert(x) for x in value)
    return None if value is None else convert(value)
