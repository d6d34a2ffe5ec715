"""A sweep: one or two parameters over ranges, the others fixed, and every chosen bound at every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convbound.bounds import CATALOGUE, QUANTITIES, Bound, InputError, evaluate, verdict_of
from convbound.bounds.arithmetic import decimal
from convbound.checks.parameter_options import BY_LETTER, known_parameters, read_number

Array = NDArray[np.float64]

DEFAULT_COUNT = 60
MAX_POINTS = 4_000_000  # a bound at this many points takes 32 MB
CLOSE = 1e-12  # values closer than this, relatively, count as equal when the smallest is named


@dataclass(frozen=True)
class Axis:
    """A swept parameter: its letter, its values in increasing order, and whether they are spaced logarithmically."""

    letter: str
    values: Array
    log: bool


def read_axis(text: str, letter: str) -> Axis:
    """A range `FROM:TO`, `FROM:TO:COUNT`, or with `:log` or `:lin` before the count; InputError otherwise.

    Parameters that count something (d, n, K) are rounded to whole numbers, each once.
    """
    option = BY_LETTER[letter].option
    form = f"{option} {text} is no range: write FROM:TO, FROM:TO:log, FROM:TO:COUNT or FROM:TO:log:COUNT"
    parts = text.split(":")
    if not 2 <= len(parts) <= 4:
        raise InputError(f"{form}.")
    low, high = (read_number(part, option) for part in parts[:2])
    scale, count = "lin", DEFAULT_COUNT
    for position, part in enumerate(parts[2:]):
        if part in ("log", "lin") and position == 0:
            scale = part
        elif part.isascii() and part.isdigit() and position == len(parts) - 3:
            count = int(part)
        else:
            raise InputError(f"{form}; {part!r} is neither.")
    if not low < high:
        raise InputError(f"{option} must run upwards: {parts[0]} is not below {parts[1]}.")
    if not 2 <= count <= MAX_POINTS:
        raise InputError(f"{option} must have between 2 and {MAX_POINTS} values, not {count}.")
    if scale == "log" and low <= 0:
        raise InputError(f"{option} must be positive to be spaced logarithmically, not {parts[0]}.")
    ends = as_double(low), as_double(high)
    if not all(np.isfinite(ends)) or (scale == "log" and ends[0] == 0):
        raise InputError(f"{option} leaves the range of double precision.")
    if scale == "log":
        values = np.exp(np.linspace(np.log(ends[0]), np.log(ends[1]), count))
        values[0], values[-1] = ends
    else:
        values = np.linspace(*ends, count)
    if BY_LETTER[letter].whole:
        values = np.unique(np.rint(values))
    return Axis(letter, values, scale == "log")


@dataclass(frozen=True)
class Sweep:
    """The fixed parameters, one or two axes, and the bounds; `values[id]` has one dimension per axis.

    NaN marks points where a bound's condition fails or where G is below the lattice's own minimum.
    """

    fixed: Mapping[str, Fraction]
    axes: tuple[Axis, ...]
    bounds: tuple[Bound, ...]
    values: Mapping[str, Array] = field(repr=False)

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of values along the axes."""
        return tuple(len(axis.values) for axis in self.axes)

    def of_quantity(self, quantity: str) -> list[Bound]:
        """The bounds on one quantity."""
        return [bound for bound in self.bounds if bound.quantity == quantity]

    def quantities(self) -> list[str]:
        """The quantities bounded, in the catalogue's order."""
        return [quantity for quantity in QUANTITIES if self.of_quantity(quantity)]


def as_double(value: Fraction) -> float:
    """The nearest double, infinite beyond their range."""
    return float(decimal(value))


def grids(axes: Sequence[Axis], fixed: Mapping[str, Fraction]) -> dict[str, Any]:
    """Parameters by letter: axes as arrays that broadcast to the sweep's shape, the rest as doubles."""
    parameters: dict[str, Any] = {letter: as_double(value) for letter, value in fixed.items()}
    for position, axis in enumerate(axes):
        shape = [1] * len(axes)
        shape[position] = -1
        parameters[axis.letter] = axis.values.reshape(shape)
    return parameters


def _validate(axes: Sequence[Axis], fixed: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    """The fixed parameters, after both ends of every axis have been tried with them; G is judged point by point."""
    known: dict[str, Fraction] = {}
    for end in (0, -1):
        point = {letter: value for letter, value in fixed.items() if value is not None and letter != "G"}
        point.update({axis.letter: Fraction(axis.values[end]) for axis in axes if axis.letter != "G"})
        known = known_parameters(point)
    for value in [fixed.get("G"), *(Fraction(axis.values[0]) for axis in axes if axis.letter == "G")]:
        if value is not None and value <= 0:
            raise InputError(f"G must be positive, not {float(value):g}.")
    if (bounded := fixed.get("G")) is not None:
        known["G"] = bounded
    for letter, value in known.items():
        if not (np.isfinite(as_double(value)) and (as_double(value) or not value)):
            raise InputError(f"{BY_LETTER[letter].option} leaves the range of double precision.")
    swept = {axis.letter for axis in axes}
    return {letter: value for letter, value in known.items() if letter not in swept}


def choose_bounds(names: Sequence[str], quantities: Sequence[str], given: set[str]) -> tuple[Bound, ...]:
    """The named bounds, or those on the named quantities; the rest of what `given` letters determine is left out."""
    if names:
        from convbound.bounds import bound

        chosen = tuple(dict.fromkeys(bound(name) for name in names))
        for entry in chosen:
            missing = [BY_LETTER[letter].option for letter in entry.needs if letter not in given]
            if missing:
                raise InputError(f"{entry.id} needs {', '.join(missing)}.")
        return chosen
    unknown = [quantity for quantity in quantities if quantity not in QUANTITIES]
    if unknown:
        raise InputError(f"there is no quantity {unknown[0]!r}; there are {', '.join(QUANTITIES)}.")
    return tuple(bound for bound in CATALOGUE.values() if bound.quantity in quantities and set(bound.needs) <= given)


def run_sweep(axes: Sequence[Axis], fixed: Mapping[str, Fraction | None], bounds: Sequence[Bound]) -> Sweep:
    """Evaluate the bounds at every point; InputError where parameters make no sense or the points are too many."""
    points = int(np.prod([len(axis.values) for axis in axes]))
    if points > MAX_POINTS:
        raise InputError(f"the sweep has {points} points; at most {MAX_POINTS} are allowed.")
    known = _validate(axes, fixed)
    shape = tuple(len(axis.values) for axis in axes)
    parameters = grids(axes, known)
    contradictory = False
    if "G" in parameters:
        minimum = evaluate(CATALOGUE["lattice-minimum:mean-norm"], parameters)
        contradictory = parameters["G"] < minimum * (1 - CLOSE)
    values = {}
    for bound in bounds:
        value = np.broadcast_to(evaluate(bound, parameters), shape)
        if "G" in bound.needs and np.any(contradictory):
            value = np.where(contradictory, np.nan, value)
        values[bound.id] = value
    return Sweep(known, tuple(axes), tuple(bounds), values)


def impossible(sweep: Sweep, bound: Bound) -> NDArray[np.bool_]:
    """Where a bound promises less than the lattice allows."""
    power = QUANTITIES[bound.quantity].power
    if power is None or bound.role != "upper" or bound.setting != "lattice":
        return np.zeros(sweep.shape, dtype=bool)
    entry = CATALOGUE["lattice-minimum:mean-square" if power == 2 else "lattice-minimum:mean-norm"]
    if verdict_of(entry) != "proved":
        return np.zeros(sweep.shape, dtype=bool)
    minimum = evaluate(entry, grids(sweep.axes, sweep.fixed))
    below: NDArray[np.bool_] = sweep.values[bound.id] < np.broadcast_to(minimum, sweep.shape) * (1 - CLOSE)
    return below


def valid_bounds(sweep: Sweep, quantity: str, scheme: str | None = None) -> list[Bound]:
    """The proved upper bounds on a quantity for lattice schemes, of one scheme if named."""
    return [
        bound
        for bound in sweep.of_quantity(quantity)
        if bound.role == "upper"
        and bound.setting == "lattice"
        and scheme in (None, bound.scheme)
        and verdict_of(bound) == "proved"
    ]


def smallest(sweep: Sweep, candidates: Sequence[Bound]) -> NDArray[np.int64]:
    """At each point the index of the smallest candidate, the first of equals; -1 where none applies."""
    best = np.full(sweep.shape, np.inf)
    index = np.full(sweep.shape, -1, dtype=np.int64)
    for position, bound in enumerate(candidates):
        value = np.where(impossible(sweep, bound), np.nan, sweep.values[bound.id])
        better = value < best * (1 - CLOSE)
        best = np.where(better, value, best)
        index = np.where(better, position, index)
    return index
