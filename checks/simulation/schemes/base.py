"""What a scheme is: its law in rationals, its sampler, its reach, its parameters, and what the catalogue knows of it.

Everything happens on the unit lattice. A scheme is a frozen dataclass; its fields are its parameters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.exact.enumeration import ExactLaw


class Scheme(ABC):
    """An update rule: w+ = w - update, where the update is drawn at the gradient."""

    name: ClassVar[str]  # as in `--scheme`
    title: ClassVar[str]
    letters: ClassVar[Mapping[str, str]] = {}  # what each field is called on the command line
    rates: ClassVar[tuple[str, ...]] = ()  # fields that are steps along the gradient: they scale with the lattice
    assumptions: ClassVar[tuple[str, ...]] = ()  # of the catalogue's entries: those that hold where this scheme runs
    engines: ClassVar[tuple[str, ...]] = ()  # the fast ones that know this scheme; the plain one takes every scheme
    on_lattice: ClassVar[bool] = True  # whether bounds for any scheme of the lattice are about it
    coordinatewise: ClassVar[bool] = False  # whether a coordinate's move depends on its own slope alone
    may_rest: ClassVar[bool] = False  # whether it can stand still away from a stationary point
    has_alignment: ClassVar[bool] = False  # whether the recorded alignment means anything
    smoothing: Number = 0.0  # c in the recorded alignment (|g|_2^2 + c |g|_1) / (|g|_1 + c d)

    @abstractmethod
    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """Draw one update for every gradient.

        Args:
            gradients: one gradient a row, shape (draws, d).
            smoothness: the Lipschitz constant L, for schemes whose rule speaks of it.
            rng: the generator of all that is drawn.

        Returns:
            What is subtracted from w, in steps of the lattice, shape (draws, d).
        """

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """The law of the update, every outcome with its exact probability.

        Args:
            gradient: rational numbers, shape (d,).
            smoothness: the Lipschitz constant L, for schemes whose rule speaks of it.

        Raises:
            InputError: it is not a finite law, or the outcomes are too many.
        """
        raise InputError(f"the law of {self.title} is not enumerated.")

    def law_in_floats(self, gradients: Floats, smoothness: float = 0.0) -> tuple[Floats, Floats]:
        """The law in double precision, at several gradients at once.

        Computed by itself where speed matters, and compared with `exact_law` in the tests.

        Args:
            gradients: one a row, shape (m, d).
            smoothness: as in `exact_law`.

        Returns:
            All updates, shape (m, N, d), and their probabilities, shape (m, N).
        """
        laws = [self.exact_law(list(map(Fraction, row)), Fraction(smoothness)) for row in gradients.tolist()]
        most = max(len(law.outcomes) for law in laws)
        moves, chances = np.zeros((len(laws), most, gradients.shape[1])), np.zeros((len(laws), most))
        for row, law in enumerate(laws):  # shorter ones are filled up with what has no probability
            moves[row, : len(law.outcomes)] = law.outcomes
            chances[row, : len(law.outcomes)] = law.probabilities()
        return moves, chances

    def exact_moments(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> tuple[Array, Fraction]:
        """E of the update, shape (d,), and E of its squared Euclidean norm, at a rational gradient."""
        law = self.exact_law(gradient, smoothness)
        return law.mean, law.second_moment

    @abstractmethod
    def reach(self, slope: float) -> float:
        """The farthest that a coordinate with this slope can move in a step."""

    @classmethod
    def check_sampler(cls) -> None:
        """Raises InputError where nothing can be drawn: nowhere, as long as `updates` is written."""
        return

    def moves_a_step(self, dimension: int) -> int:
        """About how many coordinates a step touches at most, for judging how long it takes."""
        return dimension

    @property
    def hits(self) -> float | None:
        """How many trials of a step hit a coordinate, on average; None where it is not made of trials."""
        return None

    def moves_at(
        self, gradient: Floats, absolute: Floats, smoothness: float, rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.intp], Floats]:
        """One update at a gradient of shape (d,) as coordinates and moves; `absolute` is |g|, and may be written to."""
        update = self.updates(gradient[None], smoothness, rng)[0]
        where = np.flatnonzero(update)
        return where, update[where]

    def compiled_rule(self) -> tuple[bool, float, Floats, float]:
        """What `levels` needs: whether trials hit, c, P(hits <= m) for m = 0..n, and the rate of rounding."""
        raise InputError(f"no compiled engine knows {self.title}.")

    def constants(self, dimension: int) -> dict[str, Number]:
        """The parameters of bounds that the scheme fixes, by their keywords in `bounds.Scheme` and `bounds.Run`."""
        return {}

    def symbols(self) -> dict[str, Fraction]:
        """Its parameters by the letters of claims, exactly."""
        return {letter: Fraction(getattr(self, field)) for field, letter in self.letters.items()}

    def text(self, spacing: float = 1.0) -> str:
        """The scheme with its parameters under the letters of the options."""
        listed = []
        for field, letter in self.letters.items():
            value = getattr(self, field)
            scale = spacing if field in self.rates else 1
            shown = str(value) if isinstance(value, int) else f"{float(value) * scale:g}"
            listed.append(f"{letter} = {shown}")
        return f"{self.title} ({', '.join(listed)})" if listed else self.title

    def mistakes(self) -> Iterator[tuple[str, Scheme]]:
        """Schemes that a sampler may follow by mistake, each with what to say of it: one parameter that is another."""
        factors = [Fraction(k, 100) for k in (0, 50, 90, 95, 98, 99, 101, 102, 105, 110, 200)]
        yield from self._altered(
            lambda x: range(1, 2 * x + 3) if isinstance(x, int) else [*(Fraction(x) * k for k in factors), 1]
        )

    def rivals(self, share: float) -> Iterator[tuple[str, Scheme]]:
        """Those from which a sampler is told apart: each parameter off by that share, or a whole number by one."""
        off = Fraction(share).limit_denominator(10**6)
        yield from self._altered(
            lambda x: (x - 1, x + 1) if isinstance(x, int) else (Fraction(x) * (1 - off), Fraction(x) * (1 + off))
        )

    @property
    def telling(self) -> tuple[tuple[Fraction, ...], ...]:
        """Gradients, beside the usual ones, at which its parameters are told from others in few draws."""
        return ()

    def _altered(self, others_of: Callable[[Number], Iterable[Number]]) -> Iterator[tuple[str, Scheme]]:
        for field, letter in self.letters.items():
            value = getattr(self, field)
            for other in others_of(value):
                if other == value:
                    continue
                try:
                    wrong = replace(self, **{field: other})  # type: ignore[type-var]  # every scheme is a dataclass
                except InputError:
                    continue
                yield f"{letter} is {float(other):g}, not {float(value):g}", wrong

    @classmethod
    def build(cls, options: Mapping[str, object], spacing: Fraction = Fraction(1)) -> Self:
        """The scheme with the parameters that it uses, from the numbers of the options by their letters."""
        return cls(**{field: cls._scaled(field, options[letter], spacing) for field, letter in cls.letters.items()})

    def with_options(self, options: Mapping[str, object], spacing: Fraction = Fraction(1)) -> Self:
        """The scheme with some parameters replaced, by their letters; letters that it does not know are left out."""
        given = {field: letter for field, letter in self.letters.items() if letter in options}
        changes = {field: self._scaled(field, options[letter], spacing) for field, letter in given.items()}
        return replace(self, **changes) if changes else self  # type: ignore[type-var]  # every scheme is a dataclass

    @classmethod
    def _scaled(cls, field: str, value: Number, spacing: Fraction) -> Number:
        (kind,) = (f.type for f in fields(cls) if f.name == field)  # type: ignore[arg-type]  # every scheme is a dataclass
        if kind in (int, "int"):
            return int(value)
        return float(value / spacing if field in cls.rates else value)
