"""A sweep: one or two parameters over ranges, the others fixed, and every chosen bound at every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convbound.bounds import CATALOGUE, QUANTITIES, Bound, InputError, evaluate, verdict_of
from convbound.bounds.arithmetic import Number, decimal
from convbound.bounds.assessment import minimum_of
from convbound.bounds.catalogue import SCHEMES, STUDIED
from convbound.bounds.entry import ANY
from convbound.checks.parameter_options import BY_LETTER, PARAMETERS, known_parameters, read_number

if TYPE_CHECKING:
    from convbound.checks.scheme_constants import OwnConstants

Array = NDArray[np.float64]
LETTERS = ("alpha", "mu", "M", "M_G")  # that a scheme of one's own fixes

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

    Parameters that count something (d, n, K) run between whole numbers, and are rounded to these, each once.
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
    if BY_LETTER[letter].whole and (low.denominator != 1 or high.denominator != 1):
        raise InputError(f"{option} counts something: it must run between whole numbers, not {':'.join(parts[:2])}.")
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

    NaN marks points where a bound's condition fails. `named` says that the bounds were asked for one by one; `own` is
    the scheme of one's own whose constants depend on the dimension, and are parameters at each point.
    """

    fixed: Mapping[str, Fraction]
    axes: tuple[Axis, ...]
    bounds: tuple[Bound, ...]
    values: Mapping[str, Array] = field(repr=False)
    named: bool = False
    own: OwnConstants | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of values along the axes."""
        return tuple(len(axis.values) for axis in self.axes)

    def grids(self) -> dict[str, Number]:
        """Parameters by letter: axes as arrays that broadcast to the shape, the rest exactly."""
        return grids(self.axes, self.fixed, self.own)

    def point(self, known: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """One point: what is known there, what is fixed, and what follows from these."""
        point = {**self.fixed, **known}
        if self.own is not None and "d" in point:
            point |= self.own.at(point["d"])
        return point

    @property
    def studied(self) -> dict[str, str]:
        """The schemes whose smallest valid bounds are asked for, by identifier, with their titles."""
        own = {} if self.own is None else {ANY.id: self.own.scheme.title}
        return own | {scheme: SCHEMES[scheme].title for scheme in STUDIED}

    @property
    def letters(self) -> set[str]:
        """All parameters that have a value at a point."""
        own = LETTERS if self.own is not None else ()
        return {*self.fixed, *(axis.letter for axis in self.axes), *own}

    @property
    def spaced(self) -> bool:
        """Whether the lattice is not always the unit lattice, so that formulas show δ."""
        return any(axis.letter == "delta" for axis in self.axes) or self.fixed.get("delta", 1) != 1

    def of_quantity(self, quantity: str) -> list[Bound]:
        """The bounds on one quantity."""
        return [bound for bound in self.bounds if bound.quantity == quantity]

    def quantities(self) -> list[str]:
        """The quantities bounded, in the catalogue's order."""
        return [quantity for quantity in QUANTITIES if self.of_quantity(quantity)]


def as_double(value: Fraction) -> float:
    """The nearest double, infinite beyond their range."""
    return float(decimal(value))


def grids(axes: Sequence[Axis], fixed: Mapping[str, Fraction], own: OwnConstants | None = None) -> dict[str, Number]:
    """Parameters by letter: axes as arrays that broadcast to the sweep's shape, the rest exactly."""
    parameters: dict[str, Number] = dict(fixed)
    for position, axis in enumerate(axes):
        shape = [1] * len(axes)
        shape[position] = -1
        parameters[axis.letter] = axis.values.reshape(shape)
        if axis.letter == "d" and own is not None:
            rows = [own.at(Fraction(d)) for d in axis.values]
            for letter in rows[0]:
                parameters[letter] = np.array([as_double(row[letter]) for row in rows]).reshape(shape)
    return parameters


def _validate(
    axes: Sequence[Axis], fixed: Mapping[str, Fraction | None], own: OwnConstants | None
) -> dict[str, Fraction]:
    """The fixed parameters, after both ends of every axis have been tried with them."""
    known: dict[str, Fraction] = {}
    for end in (0, -1):
        point = {letter: value for letter, value in fixed.items() if value is not None}
        point |= {axis.letter: Fraction(axis.values[end]) for axis in axes}
        found = {} if own is None else own.at(known_parameters(point)["d"])
        known = known_parameters(point | found)
    for letter, value in known.items():
        if not (np.isfinite(as_double(value)) and (as_double(value) or not value)):
            raise InputError(f"{BY_LETTER[letter].option} leaves the range of double precision.")
    swept = {axis.letter for axis in axes}
    if "d" in swept and own is not None:
        swept |= set(found)
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
    chosen = tuple(b for b in CATALOGUE.values() if b.quantity in quantities and set(b.needs) <= given)
    for quantity in quantities if {"L", "d"} <= given else ():
        if not any(bound.quantity == quantity and bound.role != "lower" for bound in chosen):
            wanting = [b for b in CATALOGUE.values() if b.quantity == quantity and b.role != "lower"]
            first = min(wanting, key=lambda b: len(set(b.needs) - given))
            options = ", ".join(p.option for p in PARAMETERS if p.letter in first.needs and p.letter not in given)
            raise InputError(f"there is no bound on {quantity} without more parameters: {first.id} needs {options}.")
    return chosen


def run_sweep(
    axes: Sequence[Axis],
    fixed: Mapping[str, Fraction | None],
    bounds: Sequence[Bound],
    *,
    named: bool = False,
    own: OwnConstants | None = None,
) -> Sweep:
    """Evaluate the bounds at every point; InputError where parameters make no sense or the points are too many."""
    points = int(np.prod([len(axis.values) for axis in axes]))
    if points > MAX_POINTS:
        raise InputError(f"the sweep has {points} points; at most {MAX_POINTS} are allowed.")
    known = _validate(axes, fixed, own)
    shape = tuple(len(axis.values) for axis in axes)
    parameters = grids(axes, known, own)
    values = {bound.id: np.broadcast_to(evaluate(bound, parameters), shape) for bound in bounds}
    return Sweep(known, tuple(axes), tuple(bounds), values, named, own)


def minimum_values(sweep: Sweep, entry: Bound) -> Array:
    """What no scheme can promise less than, at every point."""
    minimum: Array = np.broadcast_to(evaluate(entry, sweep.grids()), sweep.shape)
    return minimum


def _gradient_bound(sweep: Sweep) -> Array | None:
    """G at every point, None where it is not given."""
    given = sweep.grids().get("G")
    return None if given is None else np.broadcast_to(np.asarray(given, dtype=np.float64), sweep.shape)


def proved_where(sweep: Sweep, bound: Bound) -> NDArray[np.bool_]:
    """Where a claim states the bound and is proved: special values and spacings have claims of their own."""
    parameters = sweep.grids()

    def there(letter: str, value: int) -> NDArray[np.bool_]:
        given = np.asarray(parameters.get(letter, value + 1), dtype=np.float64)
        return np.broadcast_to(given == value, sweep.shape)

    proved = np.zeros(sweep.shape, dtype=bool)
    unit = there("delta", 1) if "delta" in parameters else np.ones(sweep.shape, dtype=bool)
    ordinary = np.ones(sweep.shape, dtype=bool)
    for special in (*bound.scheme.special, None):
        where = ordinary if special is None else ordinary & there(special.letter, special.value)
        ordinary = ordinary & ~where
        at = {} if special is None else {special.letter: special.value}
        for delta, spaced in ((1, unit), (2, ~unit)):
            if verdict_of(bound, {**at, "delta": delta}) == "proved":
                proved |= where & spaced
    return proved


def impossible(sweep: Sweep, bound: Bound) -> NDArray[np.bool_]:
    """Where a bound promises less than the lattice allows."""
    power, entry = QUANTITIES[bound.quantity].power, minimum_of(bound)
    if power is None or bound.role != "upper" or entry is None:
        return np.zeros(sweep.shape, dtype=bool)
    minimum = minimum_values(sweep, entry)
    below: NDArray[np.bool_] = sweep.values[bound.id] < minimum * (1 - CLOSE)
    below &= proved_where(sweep, entry)
    if (G := _gradient_bound(sweep)) is not None:
        below &= minimum * (1 - CLOSE) <= G**power  # else the objective behind the minimum is not meant
    return below


def vacuous(sweep: Sweep, bound: Bound) -> NDArray[np.bool_]:
    """Where a bound says no more than the bound G on the gradient that is given, or than 1 of a probability."""
    quantity, G = QUANTITIES[bound.quantity], _gradient_bound(sweep)
    power = quantity.power
    if quantity.most is not None:
        return np.asarray(sweep.values[bound.id] >= quantity.most)
    if power is None or bound.role != "upper" or G is None:
        return np.zeros(sweep.shape, dtype=bool)
    return np.asarray(sweep.values[bound.id] >= G**power)


def worth_shares(sweep: Sweep, bound: Bound) -> dict[str, float]:
    """What the bound is worth (`bounds.assessment`), as shares of the points; "does not apply" is one of them."""
    worth = np.full(sweep.shape, "open", dtype=object)
    general = verdict_of(bound)
    if bound.setting != "lattice":
        worth[:] = "elsewhere"
    else:
        worth[:] = general if general != "proved" else "open"
        worth[proved_where(sweep, bound)] = "minimum" if bound.role == "lower" else "valid"
        worth[(worth == "valid") & vacuous(sweep, bound)] = "vacuous"
        worth[impossible(sweep, bound)] = "impossible"
    worth[np.isnan(sweep.values[bound.id])] = "does not apply"
    kinds, counts = np.unique(worth.ravel().astype(str), return_counts=True)
    return {str(kind): float(count / worth.size) for kind, count in zip(kinds, counts, strict=True)}


def valid_bounds(sweep: Sweep, quantity: str, scheme: str | None = None) -> list[Bound]:
    """The upper bounds on a quantity for lattice schemes that are proved somewhere, of one scheme if named."""
    return [
        bound
        for bound in sweep.of_quantity(quantity)
        if bound.role == "upper"
        and bound.setting == "lattice"
        and scheme in (None, bound.scheme.id)
        and np.any(proved_where(sweep, bound))
    ]


def smallest(sweep: Sweep, candidates: Sequence[Bound]) -> NDArray[np.int64]:
    """At each point the index of the smallest valid candidate, the first of equals; -1 where none is."""
    best = np.full(sweep.shape, np.inf)
    index = np.full(sweep.shape, -1, dtype=np.int64)
    for position, bound in enumerate(candidates):
        out = impossible(sweep, bound) | vacuous(sweep, bound) | ~proved_where(sweep, bound)
        value = np.where(out, np.nan, sweep.values[bound.id])
        better = value < best * (1 - CLOSE)
        best = np.where(better, value, best)
        index = np.where(better, position, index)
    return index
