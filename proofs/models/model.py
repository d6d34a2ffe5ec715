"""Models: exact instances in which any fact can be evaluated. A witness and a counterexample are the same object.

A model gives every symbol a value: a rational number or a surd, or a function of the point (a mapping from scope to
index, time or outcome) for a symbol with scopes. Expectations are finite weighted sums over the outcomes, integrals
over [0, 1] are exact for polynomial integrands. Nothing here is sampled and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import Formula, Poly, Proof
from convbound.proofs.models.segments import Along, Value, bernstein, exact_quadrature
from convbound.proofs.models.signatures import ModelError as ModelError
from convbound.proofs.models.signatures import bodies
from convbound.proofs.models.surds import Surd
from convbound.proofs.once import are_exact, once

Label = Any  # of an outcome: nested tuples of what was drawn
Point = Mapping[str, Any]  # scope: a coordinate, a step, an outcome
Given = Any  # a Value or int, along a segment an Along; or a function from Point to one
Objective = Any  # what the premises of a claim ask about; None where they ask about nothing
About = Mapping[str, Any]  # what else they ask about, by name


SIGNS = {">=": (0, 1), ">": (1,), "=": (0,)}  # of a value that stands in that relation to zero


def sign(x: Value) -> int:
    """-1, 0 or 1."""
    return x.sign() if isinstance(x, Surd) else (x.numerator > 0) - (x.numerator < 0)


def as_value(x: Value | int) -> Value:
    """A rational where it is one."""
    if type(x) is Fraction:
        return x
    if isinstance(x, Surd):
        rational = x.rational
        return x if rational is None else rational
    return Fraction(x)


def nested_past(label: Label, times: Sequence[int]) -> Hashable:
    """What is known of an outcome (a tuple over the first time, of tuples over the second, …) before those steps.

    Raises ModelError where the label has no entry for a step.
    """
    if not times:
        return None
    if len(times) == 1:
        return tuple(label[: times[0]])
    if not isinstance(label, tuple) or len(label) <= times[0]:
        raise ModelError(f"the outcome {label!r} says nothing of step {times[0] + 1}: its label is too short")
    return (tuple(label[: times[0]]), nested_past(label[times[0]], times[1:]))


@dataclass(frozen=True)
class Model:
    """An instance. `outcomes` are (probability, label); `past(label, steps since the start)` is what is then known.

    `past` is checked to be a filtration: what is known at a step is known at every later one. `facts` describes the
    instance in the author's words; `objective` and `about` are what the premises of a claim ask about.
    """

    values: Mapping[str, Given]
    outcomes: Sequence[tuple[Fraction, Label]] = ((Fraction(1), ()),)
    past: Callable[[Label, Sequence[int]], Hashable] = nested_past
    facts: str = ""
    objective: Objective = None
    about: About = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read once what may be read once only: an instance is the same for all that is asked of it."""
        object.__setattr__(self, "values", {k: v if isinstance(v, Along) else once(v) for k, v in self.values.items()})
        object.__setattr__(self, "outcomes", tuple((w, label) for w, label in self.outcomes))
        object.__setattr__(self, "past", once(self.past))


class Evaluation:
    """A model together with the signature (scopes, symbols, functionals, definitions) of a claim."""

    def __init__(self, signature: Proof, model: Model) -> None:
        """Refuse, as a ModelError, probabilities that are no rational numbers or do not sum to one."""
        self.signature, self.model = signature, model
        self.memo: dict[Hashable, Value] = {}
        self.places = {str(s["variable"]): n for n, s in signature.scopes.items() if "variable" in s}
        self.asked: dict[str, tuple[tuple[str, ...], list[str]]] = {}  # of a symbol: what its function sees, its units
        self.ranges: dict[str, tuple[int, int]] = {}
        self.axes: dict[str, tuple[str, ...]] = {}  # of an atom: the scopes by whose points its values differ
        self.cells: dict[tuple[int, ...], dict[Hashable, list[tuple[Fraction, Label]]]] = {}
        self.filtered: set[int] = set()  # of how many times the past is known to be a filtration
        if not are_exact([w for w, _ in model.outcomes]):
            raise ModelError("the probabilities of the outcomes are positive and sum to one, exactly: no floats")

    # ------------------------------------------------------------------------------------------------- values

    def poly(self, p: Poly, at: Point) -> Value:
        """The value of a polynomial at a point."""
        terms: list[Value] = []
        for m, c in p.items():
            product_: Value | None = None if c == 1 and m else Fraction(c)
            for atom, e in m:
                value = self.atom(atom, at)
                for _ in range(e):
                    product_ = value if product_ is None else product_ * value
            assert product_ is not None
            terms.append(product_)
        return as_value(sum(terms[1:], terms[0])) if terms else Fraction(0)

    def atom(self, atom: str, at: Point) -> Value:
        """The value of an atom at a point, remembered."""
        axes = self.axes.get(atom)
        if axes is None:
            axes = self.axes[atom] = tuple(sorted(s for s in self.signature.reach[atom] if not s.startswith("~")))
        key = (atom, *[at[s] for s in axes])
        value = self.memo.get(key)
        if value is None:
            value = self.memo[key] = as_value(self._atom(atom, at))
        return value

    def _atom(self, atom: str, at: Point) -> Value:
        signature = self.signature
        if atom in signature.structure:
            operator, operand = signature.structure[atom]
            if operator in signature.functionals:
                return self._functional(signature.functionals[operator], {operand: 1}, at)
            return self._limsup(atom, operand) if operator == "limsup" else self._shifted(operator, operand, at)
        if atom in signature.definitions:
            return self._definition(atom, at)
        if atom in self.places:
            return Fraction(at[self.places[atom]])
        return self._given(atom, at)

    def _limsup(self, atom: str, operand: object) -> Value:
        raise ModelError(f"{atom} is about all K; a model has one")

    def _shifted(self, how: str, symbol: str, at: Point) -> Value:
        """The next, first or last value of a sequence."""
        time = self.signature.symbols[symbol]["sequence"]
        start, length = self.range(time)
        step = {"next": at.get(time, 0) + 1, "first": start, "last": start + length}[how]
        return self.atom(symbol, {**at, time: step})

    def _given(self, symbol: str, at: Point) -> Value:
        """What the model says.

        Raises:
            ModelError: it says nothing, or along a segment no polynomial.
        """
        if symbol not in self.model.values:
            raise ModelError(f"the model gives no value to {symbol}")
        _, units = self._asked(symbol)
        value = self.raw(symbol, at)
        if units:
            return (value if isinstance(value, Along) else Along(value))(at[units[0]])
        if not isinstance(value, Surd | Fraction | int):
            raise ModelError(f"the value of {symbol} is {value!r}, not a rational number or a sum of square roots")
        return as_value(value)

    def raw(self, symbol: str, at: Point) -> Given:
        """What the model gives for a symbol, along a segment an `Along`. Raises ModelError where its function fails.

        The function sees the scopes of the symbol and no other: what is a parameter cannot change with the step.
        """
        given = self.model.values[symbol]
        if isinstance(given, Along) or not callable(given):
            return given
        names, units = self._asked(symbol)
        try:
            return given({k: at[k] for k in names if k in at})
        except KeyError as error:
            along = f"; along {units[0]} a value is an Along" if units else ""
            asks = f"the value of {symbol} asks for {error}, which the point does not have"
            raise ModelError(asks + along) from None

    def _asked(self, symbol: str) -> tuple[tuple[str, ...], list[str]]:
        """The scopes that the function of a symbol sees, and the segment along which the symbol varies."""
        if symbol not in self.asked:
            reach = self.signature.reach[symbol]
            units = self._units(reach)
            self.asked[symbol] = (tuple(sorted(reach - set(units))), units)
        return self.asked[symbol]

    def _units(self, scopes: frozenset[str]) -> list[str]:
        units = [s for s in sorted(scopes) if self.signature.scopes.get(s, {}).get("kind") == "unit"]
        if len(units) > 1:
            raise ModelError("what varies along two segments is not evaluated")
        return units

    def _definition(self, name: str, at: Point) -> Value:
        kind = self.signature.definitions[name][0]
        body = [self.poly(b, at) for b in bodies(self.signature, name)]
        if kind == "quotient":
            if not sign(body[1]):
                raise ModelError("a denominator is zero")
            return Surd.of(body[0]) / body[1]
        if kind == "root":
            return self.root(body[0])
        if kind == "maximum":
            return body[0] if sign(body[0] - body[1]) >= 0 else body[1]
        return Fraction(sign(body[0])) if kind == "sign" else body[0] * sign(body[0])

    def root(self, x: Value) -> Value:
        """The square root.

        Raises:
            ValueError: it is no sum of square roots of rationals.
        """
        return Surd.of(x).root()

    def _functional(self, f: Mapping[str, Json], p: Poly, at: Point) -> Value:
        kind = f["kind"]
        if kind == "expectation":
            random = next(n for n, s in self.signature.scopes.items() if s["kind"] == "random")
            cell = self._cell(at, random, f.get("given", []))
            weight = sum((w for w, _ in cell), Fraction(0))
            values = (w * self.poly(p, {**at, random: label}) for w, label in cell)
            return sum(values, Fraction(0)) * (1 / weight)
        if kind == "integral":
            degree = self.degree(p, f["over"])
            return sum(
                (w * self.poly(p, {**at, f["over"]: x}) for x, w in exact_quadrature(max(degree, 1))), Fraction(0)
            )
        start, length = self.range(f["over"])
        total = sum((self.poly(p, {**at, f["over"]: j}) for j in range(start, start + length)), Fraction(0))
        return total * Fraction(1, length) if kind == "average" else total

    def _cell(self, at: Point, random: str, given: Sequence[str]) -> list[tuple[Fraction, Label]]:
        """The outcomes that agree with this one on what is known at the point."""
        if not given or len(self.model.outcomes) == 1:
            return list(self.model.outcomes)
        self._check_filtration(len(given))
        steps = tuple(at[t] - self.range(t)[0] for t in given)
        if steps not in self.cells:
            self.cells[steps] = {}
            for w, label in self.model.outcomes:
                self.cells[steps].setdefault(self.model.past(label, steps), []).append((w, label))
        return self.cells[steps][self.model.past(at[random], steps)]

    def _check_filtration(self, depth: int) -> None:
        """What is known at a step of a time is known at every later one, and at the steps of the times inside it.

        Raises ModelError where the model's `past` says otherwise.
        """
        if depth in self.filtered or len(self.model.outcomes) == 1:
            return
        self.filtered.add(depth)
        steps = [range(self.range(t)[1]) for t in self.signature.times[:depth]]
        moments = sorted(m for n in range(1, depth + 1) for m in product(*steps[:n]))
        labels = [label for _, label in self.model.outcomes]
        known: dict[Label, Hashable] = dict.fromkeys(labels)
        for moment in moments:
            finer = {label: self.model.past(label, moment) for label in labels}
            before: dict[Hashable, Hashable] = {}
            if any(before.setdefault(finer[x], known[x]) != known[x] for x in labels):
                raise ModelError(f"the past is no filtration: at {moment} it no longer knows what it knew before")
            known = finer

    def degree(self, p: Poly, unit: str) -> int:
        """A bound on the degree in the variable of an integral.

        Raises:
            ModelError: there is none.
        """
        return max((sum(e * self._degree(a, unit) for a, e in m) for m in p), default=0)

    def _degree(self, atom: str, unit: str) -> int:
        signature = self.signature
        if unit not in signature.reach[atom]:
            return 0
        if atom == signature.scopes[unit]["variable"]:
            return 1
        if atom in signature.definitions:
            raise ModelError(f"{atom} is no polynomial along {unit}: what it is part of is not decided there")
        if atom in signature.structure:
            _, operand = signature.structure[atom]
            return self._degree(operand, unit) if isinstance(operand, str) else self.degree({operand: 1}, unit)
        if atom not in self.model.values:
            raise ModelError(f"the model gives no value to {atom}")
        every = [*self.points(signature.reach[atom] - {unit}), *self._after(atom)]
        return max((x.degree for x in (self.raw(atom, at) for at in every) if isinstance(x, Along)), default=0)

    def range(self, scope: str) -> tuple[int, int]:
        """(first, number) of the points of an index or a time."""
        if scope in self.ranges:
            return self.ranges[scope]
        s = self.signature.scopes[scope]
        length = self.atom(s["length"], {})
        if not isinstance(length, Fraction) or length.denominator != 1 or length < 1:
            raise ModelError(f"{s['length']} is the length of {scope}, a positive integer, not {length}")
        self.ranges[scope] = (int(s.get("start", "0")) if s["kind"] == "time" else 0), int(length)
        return self.ranges[scope]

    def points(self, scopes: frozenset[str]) -> Iterator[Point]:
        """All points of the scopes."""
        names = sorted(s for s in scopes if not s.startswith("~"))
        axes: list[Sequence[object]] = []
        for name in names:
            if self.signature.scopes[name]["kind"] == "random":
                axes.append([label for _, label in self.model.outcomes])
            else:
                start, length = self.range(name)
                axes.append(range(start, start + length))
        for values in product(*axes):
            yield dict(zip(names, values, strict=True))

    # -------------------------------------------------------------------------------------------------- facts

    def failure(self, fact: Formula) -> Point | None:
        """A point at which the fact is false, with both its value and the point; None where it holds everywhere."""
        scopes = frozenset[str]().union(*(self.signature.reach[a] for m in fact.poly for a, _ in m))
        units = [s for s in scopes if s in self.signature.scopes and self.signature.scopes[s]["kind"] == "unit"]
        if len(units) > 1:
            raise ModelError("a fact that varies along two segments is not decided")
        for at in self.points(scopes - set(units)):
            failed = self._fails_on_unit(fact, units[0], at) if units else at
            if failed is not None:
                value = self.poly(fact.poly, failed)
                if not _holds(fact.relation, value):
                    return {"point": failed, "value": value}
        return None

    def _fails_on_unit(self, fact: Formula, unit: str, at: Point) -> Point | None:
        """A point of [0, 1] at which a polynomial fact fails; None where its Bernstein coefficients show that it holds.

        Raises ModelError where neither is found: an undecided fact is not a false one.
        """
        degree = max(1, self.degree(fact.poly, unit))
        nodes = [Fraction(j, degree) for j in range(degree + 1)]
        for x in (*nodes, *(Fraction(j, 64) for j in range(65))):
            point = {**at, unit: x}
            if not _holds(fact.relation, self.poly(fact.poly, point)):
                return point
        values = [self.poly(fact.poly, {**at, unit: x}) for x in nodes]
        if any(isinstance(v, Surd) for v in values):
            raise ModelError("an inequality along a segment needs rational values")
        coefficients = bernstein(nodes, [v for v in values if isinstance(v, Fraction)])
        if not all(_holds(fact.relation, c) for c in coefficients):
            raise ModelError("whether the fact holds on the whole segment is not decided")
        return None

    def broken_declaration(self, names: Sequence[str]) -> str | None:
        """What the model breaks of the declarations: integers that are not, random symbols known too early."""
        for scope, s in self.signature.scopes.items():
            if s.get("length") in names:
                self.range(scope)
        for name in names:
            s = self.signature.symbols[name]
            if name in self.signature.definitions or name not in self.model.values:
                continue
            scopes = self.signature.reach[name]
            if self._units(scopes):
                if s["integer"] or any(self.signature.scopes.get(x, {}).get("kind") == "random" for x in scopes):
                    return f"{name} varies along a segment: whether it is an integer, or known, is not decided"
                continue
            values = [(at, self.atom(name, at)) for at in self.points(scopes)]
            for value in (*(v for _, v in values), *(self.atom(name, at) for at in self._after(name))):
                if s["integer"] and (not isinstance(value, Fraction) or value.denominator != 1):
                    return f"{name} is declared an integer and is {value}"
            for broken in self._early(name, scopes, values):
                return broken
        return None

    def _after(self, name: str) -> Iterator[Point]:
        """The points after the last step, where a sequence has one more value."""
        time = self.signature.symbols[name]["sequence"]
        if time is not None:
            start, length = self.range(time)
            units = self._units(self.signature.reach[name])
            for at in self.points(self.signature.reach[name] - {time, *units}):
                yield {**at, time: start + length}

    def _early(self, name: str, scopes: frozenset[str], values: Sequence[tuple[Label, Value]]) -> Iterator[str]:
        """What is declared known is known at its own step of a time, or at every step where it has none."""
        random = [x for x in scopes if self.signature.scopes.get(x, {}).get("kind") == "random"]
        if not random or len(self.model.outcomes) == 1:
            return
        for depth, time in enumerate(self.signature.times):
            if "~" + time in scopes:
                continue
            self._check_filtration(depth + 1)
            times = self.signature.times[: depth + 1]
            starts = [self.range(t)[0] for t in times]
            elsewhere = list(self.points(frozenset(times) - scopes))
            seen: dict[Hashable, Value] = {}
            for at, value in values:
                others = tuple(v for k, v in at.items() if k != random[0])
                for missing in elsewhere:
                    where = {**at, **missing}
                    steps = [where[t] - start for t, start in zip(times, starts, strict=True)]
                    key = (others, *missing.values(), self.model.past(at[random[0]], steps))
                    if seen.setdefault(key, value) != value:
                        yield f"{name} is declared known at step {time} and depends on what comes later"


def _holds(relation: str, value: Value) -> bool:
    return sign(value) in SIGNS[relation]
