"""A problem of your own: any object with F, its gradient and a first point, `MODULE:OBJECT` or `file.py:OBJECT`.

The object has `value(w)`, `gradient(w)` and `start`; w and start have shape (d,). It may have

* `minibatch_gradient(w, rng)`: what a step follows instead of the gradient, which is still what is measured;
* `smoothness`: L, and `infimum`: a lower bound of F. Without L it is estimated from below, and no bound is then valid;
* `spacing`: the lattice is start + spacing Z^d (1 by default);
* `tensors`: {name: length, shape, or (length or shape, {"n": 8, "c": 0.1})}, in the order in which they fill w; the
  scheme then treats each tensor on its own, with its own parameters where they are named;
* `metrics`: {name: function of w}, such as an accuracy.

A class is instantiated without arguments.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.foreign import file_of, guarded, load_object

Answer = TypeVar("Answer")
PROBES = 8  # points at which L is estimated, and later looked for a contradiction
POWER_STEPS = 12


@dataclass(frozen=True)
class Tensor:
    """A stretch of the weights that a scheme treats on its own, with the parameters that differ there."""

    name: str
    start: int
    stop: int
    overrides: tuple[tuple[str, float], ...] = ()


class OwnProblem:
    """The object on the unit lattice: u stands for w = spacing * u, and F / spacing is minimised (T6).

    So gradients are those of F at w, and the constant of the unit lattice is spacing * L.
    """

    overrides = ("n", "r", "c", "alpha", "noise")  # what a tensor may have of its own: the letters of the schemes

    def __init__(
        self, specification: str, thing: object, smoothness: Fraction | None, spacing: Fraction | None
    ) -> None:
        self.specification, self._thing = specification, thing
        self._given = (smoothness, spacing)
        for name in ("value", "gradient"):
            if not callable(getattr(thing, name, None)):
                raise InputError(f"{specification} needs a method {name}(w).")
        self.spacing = spacing if spacing is not None else _positive(thing, specification, "spacing", 1)
        self.start = self._vector(getattr(thing, "start", None), "start", None) / float(self.spacing)
        self.dimension = int(self.start.size)
        self.stochastic = callable(getattr(thing, "minibatch_gradient", None))
        self.metrics: dict[str, Callable[[Array], float]] = dict(getattr(thing, "metrics", None) or {})
        self.tensors = self._read_tensors(getattr(thing, "tensors", None))
        lowest = getattr(thing, "infimum", None)
        self.lower_bound = None if lowest is None else Fraction(float(lowest))
        self.infimum = -math.inf if lowest is None else float(lowest) / float(self.spacing)
        self._check_functions()
        declared = smoothness
        if declared is None and getattr(thing, "smoothness", None) is not None:
            declared = _positive(thing, specification, "smoothness", None)
        self.estimated = declared is None
        self.constant = declared if declared is not None else Fraction(self.seen_smoothness(self.start[None], 0))
        if self.constant <= 0:
            raise InputError(f"{specification}: the gradient does not change near the start; declare `smoothness`.")

    def __reduce__(self) -> tuple[object, ...]:
        return load_problem, (self.specification, *self._given)

    def content(self) -> list[object]:
        """What decides the numbers of a run: the source, and what the functions say at a few points."""
        rng = np.random.default_rng(0)
        points = [self.start, *(self.start + rng.integers(-3, 4, size=self.dimension) for _ in range(3))]
        probes = [(self.value(u), self.gradient(u)) for u in points]
        return [self._source(), self.start, self.spacing, self.constant, self.tensors, probes]

    @property
    def smoothness(self) -> float:
        """L on the unit lattice: given, or estimated from below (then `estimated`)."""
        return float(self.constant * self.spacing)

    def floating(self) -> OwnProblem:
        """Itself: its numbers are floats."""
        return self

    def value(self, u: Array) -> float:
        """F / spacing at one point of the unit lattice, shape (d,)."""
        result = self._call("value", u)
        try:
            return float(result) / float(self.spacing)
        except (TypeError, ValueError):
            raise InputError(f"{self.specification}: value(w) must be a number, not {type(result).__name__}.") from None

    def gradient(self, u: Array) -> Array:
        """The gradient of F at points of shape (..., d)."""
        if u.ndim > 1:
            return np.array([self.gradient(row) for row in u])
        return self._vector(self._call("gradient", u), "gradient(w)", self.dimension)

    def step_gradient(self, u: Array, rng: np.random.Generator) -> Array:
        """What a step follows at one point: the minibatch gradient."""
        return self._vector(self._call("minibatch_gradient", u, rng), "minibatch_gradient(w, rng)", self.dimension)

    def metric(self, name: str, u: Array) -> float:
        """One of the metrics at one point."""
        return float(self._guarded(lambda: self.metrics[name](u * float(self.spacing))))

    def seen_smoothness(self, points: Array, seed: int) -> float:
        """The steepest change of the gradient of F that a few power iterations find near these points: at most L."""
        rng, steepest, reach = np.random.default_rng(seed), 0.0, 1e-3
        for u in points[:PROBES]:
            direction = rng.standard_normal(self.dimension)
            for _ in range(POWER_STEPS):
                direction /= np.linalg.norm(direction)
                change = self.gradient(u + reach * direction) - self.gradient(u - reach * direction)
                length = float(np.linalg.norm(change))
                steepest = max(steepest, length / (2 * reach * float(self.spacing)))
                if not length:
                    break
                direction = change
        return steepest

    @cache  # noqa: B019 - there are few problems, and each is asked for every bound
    def wrong_derivative(self) -> str | None:
        """A sentence where the gradient at the start does not look like the derivative of F."""
        rng = np.random.default_rng(0)
        slope = self.gradient(self.start)
        for _ in range(3):
            direction = rng.standard_normal(self.dimension)
            direction /= np.linalg.norm(direction)
            reach, expected = 1e-4, float(slope @ direction)
            found = (
                (self.value(self.start + reach * direction) - self.value(self.start - reach * direction)) / reach / 2
            )
            scale = max(abs(expected), abs(found), 1e-3 * float(np.linalg.norm(slope)), 1e-9)
            if abs(found - expected) > 0.05 * scale:
                return (
                    f"the gradient of {self.specification} does not look like the derivative of its value: along a "
                    f"random direction at the start it says {expected:.4g}, and differences of the value {found:.4g}"
                )
        return None

    def _check_functions(self) -> None:
        if not math.isfinite(self.value(self.start)):
            raise InputError(f"{self.specification}: value(start) must be finite.")
        self.gradient(self.start)
        if self.stochastic:
            self.step_gradient(self.start, np.random.default_rng(0))
        for name in self.metrics:
            try:
                self.metric(name, self.start)
            except (TypeError, ValueError):
                raise InputError(f"{self.specification}: the metric {name!r} must give a number.") from None

    def _read_tensors(self, given: object) -> tuple[Tensor, ...]:
        if given is None:
            return (Tensor("w", 0, self.dimension),)
        if not isinstance(given, Mapping):
            raise InputError(f"{self.specification}: tensors must be a dictionary of names to lengths or shapes.")
        tensors, place = [], 0
        for name, about in given.items():
            both = isinstance(about, tuple) and len(about) == 2 and isinstance(about[1], Mapping)
            shape, overrides = about if both else (about, {})
            unknown = [key for key in overrides if key not in self.overrides]
            if unknown:
                allowed = ", ".join(self.overrides)
                raise InputError(f"{self.specification}: the tensor {name!r} may have {allowed}, not {unknown[0]!r}.")
            length = math.prod(shape) if isinstance(shape, tuple | list) else int(shape)
            tensors.append(Tensor(str(name), place, place + length, tuple(sorted(overrides.items()))))
            place += length
        if place != self.dimension:
            raise InputError(f"{self.specification}: the tensors have {place} entries, the start {self.dimension}.")
        return tuple(tensors)

    def _vector(self, given: object, name: str, size: int | None) -> Array:
        try:
            vector = np.asarray(given, dtype=np.float64).ravel()
        except (TypeError, ValueError):
            vector = np.zeros(0)
        if given is None or vector.size == 0 or (size is not None and vector.size != size):
            wanted = "a vector of numbers" if size is None else f"a vector of {size} numbers"
            raise InputError(f"{self.specification}: {name} must be {wanted}.")
        if size is None and not np.all(np.isfinite(vector)):
            raise InputError(f"{self.specification}: {name} must be finite.")
        return vector

    def _call(self, name: str, u: Array, *more: object) -> Any:
        return self._guarded(lambda: getattr(self._thing, name)(u * float(self.spacing), *more))

    def _guarded(self, call: Callable[[], Answer]) -> Answer:
        return guarded(self.specification, call)

    def _source(self) -> object:
        path = file_of(self.specification)
        if path is None:
            module = sys.modules.get(type(self._thing).__module__)
            path = Path(module.__file__) if module is not None and module.__file__ else None
        return None if path is None else hashlib.sha256(path.read_bytes()).hexdigest()


def load_problem(specification: str, smoothness: Fraction | None = None, spacing: Fraction | None = None) -> OwnProblem:
    """The object that `MODULE:OBJECT` or `file.py:OBJECT` names, as a problem.

    Raises:
        InputError: there is no such file, module or object, its code fails, or it is no problem.
    """
    return _load(specification, smoothness, spacing)


@lru_cache(maxsize=8)  # a worker loads it once, not with every task
def _load(specification: str, smoothness: Fraction | None, spacing: Fraction | None) -> OwnProblem:
    thing = load_object(specification, "--problem", "OBJECT")
    if isinstance(thing, type):
        thing = guarded(specification, thing)
    return OwnProblem(specification, thing, smoothness, spacing)


def _positive(thing: object, specification: str, name: str, default: int | None) -> Fraction:
    number: Any = getattr(thing, name, default)
    try:
        exact = Fraction(number) if isinstance(number, int | Fraction) else Fraction(float(number))
    except (TypeError, ValueError, OverflowError):
        exact = Fraction(0)
    if exact <= 0:
        raise InputError(f"{specification}: {name} must be a positive number, not {number!r}.")
    return exact
