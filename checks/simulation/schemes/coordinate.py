"""Schemes of your own that treat each coordinate by itself: a class of a few lines.

    from convbound.schemes import CoordinateScheme, Positive, sign

    class Ternary(CoordinateScheme):
        "Move by -sign(g) with probability eta |g|."
        eta: Positive
        def law(self, g):
            return [(sign(g), self.eta * abs(g))]

`law(g)` lists moves with their probabilities; what is left over stays. A move is what is subtracted from the weight,
in steps of the lattice. The law is evaluated on rationals, on arrays of floats and on symbols: use `abs`, `sign`,
`floor` and arithmetic. With `sample(g, rng)` you draw by yourself, for an array g of any shape; the law is then what
you claim of it. With `moments(g)` alone, the mean and the second moment of a move, nothing can be drawn, and what
follows from them is `assumed`. The annotated attributes are the parameters, with their domains.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Self, TypeVar, dataclass_transform, get_type_hints

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats
from convbound.checks.foreign import guarded
from convbound.checks.simulation.exact.enumeration import MOST_OUTCOMES, ExactLaw
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme

Answer = TypeVar("Answer")
ROUNDING = 1e-9  # by which probabilities in floats may add up to more than one

POSITIVE, NONNEGATIVE, NATURAL = "positive", "not negative", "a natural number"
PROBABILITY, SHARE = "from 0 to 1", "above 0 and at most 1"
Positive = Annotated[float, POSITIVE]
Probability = Annotated[float, PROBABILITY]
Share = Annotated[float, SHARE]
Natural = Annotated[int, NATURAL]
Nonnegative = Annotated[float, NONNEGATIVE]

DOMAINS = {
    POSITIVE: lambda x: x > 0,
    SHARE: lambda x: 0 < x <= 1,
    PROBABILITY: lambda x: 0 <= x <= 1,
    NATURAL: lambda x: x >= 1 and x == int(x),
    NONNEGATIVE: lambda x: x >= 0,
}


def sign(x: Number) -> Number:
    """-1, 0 or 1: of a number, of an array, or of a symbol."""
    if isinstance(x, np.ndarray):
        return np.sign(x)
    if isinstance(x, int | float | Fraction):
        return (x > 0) - (x < 0)
    from convbound.proofs.textbook import sign as sign_of_symbol

    return sign_of_symbol(x)


def floor(x: Number) -> Number:
    """The largest integer that is not above x: of a number, of an array, or of a symbol."""
    if isinstance(x, np.ndarray):
        return np.floor(x)
    if isinstance(x, int | float | Fraction):
        return math.floor(x)
    from convbound.checks.simulation.schemes.claims import symbolic_floor

    return symbolic_floor(x)


@dataclass_transform(frozen_default=True)
class CoordinateScheme(Scheme):
    """A scheme whose coordinates move independently, each by a law of its own slope. Subclasses are made dataclasses.

    Raises:
        InputError: a parameter is outside its domain.
    """

    name = "own"
    title = ""
    coordinatewise = True
    origin: ClassVar[str | None] = None  # where the class was loaded from
    domains: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        names = [f.name for f in fields(dataclass(frozen=True)(cls))]  # type: ignore[arg-type]
        hints = get_type_hints(cls, include_extras=True)
        cls.domains = {name: hints[name].__metadata__[0] for name in names if _has_domain(hints[name])}
        cls.letters = cls.__dict__.get("letters") or {name: name for name in names}
        cls.title = cls.__dict__.get("title") or cls.__name__
        cls.name = cls.__dict__.get("name") or cls.__name__

    def __post_init__(self) -> None:
        for name, domain in self.domains.items():
            value = getattr(self, name)
            if not isinstance(value, int | float | Fraction) or not DOMAINS[domain](value):
                raise InputError(f"{self.title}: {name} must be {domain}, not {value}.")

    def __reduce__(self) -> tuple[object, ...]:
        values = tuple(getattr(self, f.name) for f in fields(self))  # type: ignore[arg-type]  # a dataclass
        return (rebuild, (self.origin, values)) if self.origin else (type(self), values)

    def content(self) -> list[object]:
        """What decides the numbers of a run: the functions of the class, and its parameters."""
        functions = {name: thing for name, thing in vars(type(self)).items() if callable(thing)}
        code = {name: thing.__code__ for name, thing in functions.items() if hasattr(thing, "__code__")}
        return [type(self).__name__, code, {name: getattr(self, name) for name in self.letters}]

    @classmethod
    def has(cls, method: str) -> bool:
        """Whether the class says it of itself: law, sample or moments."""
        own = getattr(cls, method, None)
        return callable(own) and own is not getattr(CoordinateScheme, method, None)

    @classmethod
    def check_sampler(cls) -> None:
        """Raises InputError where nothing can be drawn."""
        if not (cls.has("law") or cls.has("sample")):
            raise InputError(f"{cls.title} has moments and no sampler: add law(self, g) or sample(self, g, rng).")

    def law(self, g: Number) -> list[tuple[Number, Number]]:
        """Moves of a coordinate whose slope is g, with their probabilities; what is left over stays."""
        raise InputError(f"{self.title} has no law(self, g).")

    @cached_property
    def _in_floats(self) -> Self:
        changes = {k: float(v) for k in self.letters if isinstance(v := getattr(self, k), Fraction)}
        return replace(self, **changes) if changes else self  # type: ignore[type-var]  # a dataclass

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """By `sample` where the class has one, else from the law, one uniform a coordinate."""
        own = getattr(self._in_floats, "sample", None)
        if callable(own):
            drawn = np.asarray(self._asked(lambda: own(gradients, rng)), dtype=np.float64)
            if drawn.shape != gradients.shape:
                raise InputError(f"{self.title}: sample(g, rng) must return the shape of g, not {drawn.shape}.")
            return drawn
        self.check_sampler()
        uniforms, moves, upto = rng.random(gradients.shape), np.zeros(gradients.shape), np.zeros(gradients.shape)
        for move, chance in self._asked(lambda: self._in_floats.law(gradients)):
            below = upto
            upto = upto + chance
            self._check(gradients, chance, upto)
            moves = np.where((below <= uniforms) & (uniforms < upto), move, moves)
        return moves

    def _asked(self, call: Callable[[], Answer]) -> Answer:
        """What the class answers; a mistake in its file is one sentence with the line."""
        return guarded(self.origin, call) if self.origin else call()

    def _check(self, gradients: Floats, chance: Number, upto: Floats) -> None:
        wrong = np.broadcast_to((np.asarray(chance) < 0) | (upto > 1 + ROUNDING), gradients.shape)
        if wrong.any():
            raise InputError(f"{self.title}: at the slope {gradients[wrong][0]:g} its law is no law: {self._domain()}")

    def _domain(self) -> str:
        return "probabilities are negative or add up to more than 1; choose other parameters, or a smaller start."

    def coordinate_law(self, slope: Number) -> dict[Fraction, Fraction]:
        """The exact law of one coordinate's move.

        Raises:
            InputError: at that slope it is no law.
        """
        law: dict[Fraction, Fraction] = {}
        exact = replace(self, **{k: Fraction(getattr(self, k)) for k in self.letters})  # type: ignore[type-var]
        for move, chance in self._asked(lambda: exact.law(Fraction(slope))):
            if not all(isinstance(x, int | float | Fraction) for x in (move, chance)):
                raise InputError(
                    f"{self.title}: its law gives no number at the slope {slope}; the sign and floor of "
                    "convbound.schemes give one, and are imported after the words of convbound.textbook."
                )
            law[Fraction(move)] = law.get(Fraction(move), Fraction(0)) + Fraction(chance)
        rest = 1 - sum(law.values())
        if rest < 0 or any(p < 0 for p in law.values()):
            raise InputError(f"{self.title}: at the slope {slope} its law is no law: {self._domain()}")
        law[Fraction(0)] = law.get(Fraction(0), Fraction(0)) + rest
        return {move: p for move, p in law.items() if p}

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """The product of the coordinates' laws."""
        laws = [self.coordinate_law(g) for g in fractions(gradient)]
        if math.prod(len(law) for law in laws) > MOST_OUTCOMES:
            raise InputError("the outcomes are too many to enumerate; lower d.")
        denominator = math.lcm(*(p.denominator for law in laws for p in law.values()))
        whole = all(move.denominator == 1 for law in laws for move in law)
        outcomes = np.array(list(itertools.product(*laws)), dtype=object)
        weights = np.ones(len(outcomes), dtype=object)
        for column, law in zip(outcomes.T, laws, strict=True):
            weights = weights * np.array([int(law[move] * denominator) for move in column], dtype=object)
        return ExactLaw(outcomes.astype(np.int64) if whole else outcomes, weights, denominator ** len(laws))

    def exact_moments(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> tuple[Array, Fraction]:
        """Coordinate by coordinate, so in any dimension."""
        laws = [self.coordinate_law(g) for g in fractions(gradient)]
        mean = np.array([sum((m * p for m, p in law.items()), Fraction(0)) for law in laws], dtype=object)
        return mean, sum((m * m * p for law in laws for m, p in law.items()), Fraction(0))

    def reach(self, slope: float) -> float:
        """The farthest move that has a probability."""
        return float(max(abs(move) for move in self.coordinate_law(slope)))


def rebuild(origin: str, values: tuple[object, ...]) -> CoordinateScheme:
    """A scheme in another process: its class comes from its file."""
    from convbound.checks.simulation.schemes.own import own_class

    return own_class(origin)(*values)


def _has_domain(hint: object) -> bool:
    return getattr(hint, "__metadata__", (None,))[0] in DOMAINS
