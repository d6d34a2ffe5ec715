"""Models: exact instances in which any fact can be evaluated. A witness and a counterexample are the same object.

A model gives every symbol a value: a rational number or a surd, or a function of the point (a mapping from scope to
index, time or outcome) for a symbol with scopes. Expectations are finite weighted sums over the outcomes, integrals
over [0, 1] are exact for polynomial integrands. Nothing here is sampled and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb
from typing import Any

from convbound.proofs.kernel import Formula, Poly, Proof
from convbound.proofs.surds import Surd

Value = Fraction | Surd
Point = Mapping[str, Any]
Given = Any  # a Value or int, or a function from Point to one


class ModelError(ValueError):
    """The model does not determine what is asked of it, or breaks a declaration."""


def sign(x: Value) -> int:
    """-1, 0 or 1."""
    return x.sign() if isinstance(x, Surd) else (x > 0) - (x < 0)


def as_value(x: Value | int) -> Value:
    """A rational where it is one."""
    if isinstance(x, Surd):
        rational = x.rational
        return x if rational is None else rational
    return Fraction(x)


def nested_past(label: Any, times: Sequence[int]) -> Hashable:
    """What is known of an outcome (a tuple over the first time, of tuples over the second, …) before those steps."""
    if not times:
        return None
    if len(times) == 1:
        return tuple(label[: times[0]])
    return (tuple(label[: times[0]]), nested_past(label[times[0]], times[1:]))


@dataclass(frozen=True)
class Model:
    """An instance. `outcomes` are (probability, label); `past(label, steps since the start)` is what is then known.

    `unit_degree` is the degree, in the variable of an integral, of the symbols that vary with it. `facts` describes the
    instance in words, for people; `objective` and `point` are what the premises of a claim ask about.
    """

    values: Mapping[str, Given]
    outcomes: Sequence[tuple[Fraction, Any]] = ((Fraction(1), ()),)
    past: Callable[[Any, Sequence[int]], Hashable] = nested_past
    unit_degree: int = 1
    facts: str = ""
    objective: Any = None
    about: Mapping[str, Any] = field(default_factory=dict)


class Evaluation:
    """A model together with the signature (scopes, symbols, functionals, definitions) of a claim."""

    def __init__(self, signature: Proof, model: Model) -> None:
        """Raises ModelError where the probabilities do not sum to one."""
        self.signature, self.model = signature, model
        self.memo: dict[Any, Value] = {}
        if sum(w for w, _ in model.outcomes) != 1 or any(w <= 0 for w, _ in model.outcomes):
            raise ModelError("the probabilities of the outcomes are positive and sum to one")

    # ------------------------------------------------------------------------------------------------- values

    def poly(self, p: Poly, at: Point) -> Value:
        """The value of a polynomial at a point."""
        total: Value = Fraction(0)
        for m, c in p.items():
            product_: Value = Fraction(c)
            for atom, e in m:
                value = self.atom(atom, at)
                for _ in range(e):
                    product_ = product_ * value
            total = total + product_
        return as_value(total)

    def atom(self, atom: str, at: Point) -> Value:
        """The value of an atom at a point, remembered."""
        key = (atom, *(at[s] for s in sorted(self.signature.reach[atom]) if not s.startswith("~")))
        if key not in self.memo:
            self.memo[key] = as_value(self._atom(atom, at))
        return self.memo[key]

    def _atom(self, atom: str, at: Point) -> Value:
        signature = self.signature
        if atom in signature.structure:
            operator, operand = signature.structure[atom]
            if operator in signature.functionals:
                return self._functional(signature.functionals[operator], {operand: 1}, at)
            if operator == "limsup":
                raise ModelError(f"{atom} is about all K; a model has one")
            time = signature.symbols[operand]["sequence"]
            start, length = self.range(time)
            step = {"next": at.get(time, 0) + 1, "first": start, "last": start + length}[operator]
            return self.atom(operand, {**at, time: step})
        if atom in signature.definitions:
            return self._definition(signature.definitions[atom], at)
        for scope in signature.scopes.values():
            if scope.get("variable") == atom:
                return Fraction(at[scope["name"]])
        if atom not in self.model.values:
            raise ModelError(f"the model gives no value to {atom}")
        given = self.model.values[atom]
        return as_value(given(at) if callable(given) else given)

    def _definition(self, definition: Any, at: Point) -> Value:
        kind, *bodies = definition
        body = [self.poly(self.signature.read(b), at) for b in bodies]
        if kind == "quotient":
            if not sign(body[1]):
                raise ModelError("a denominator is zero")
            return Surd.of(body[0]) / body[1]
        if kind == "root":
            return Surd.of(body[0]).root()
        if kind == "maximum":
            return body[0] if sign(body[0] - body[1]) >= 0 else body[1]
        return Fraction(sign(body[0])) if kind == "sign" else body[0] * sign(body[0])

    def _functional(self, f: Any, p: Poly, at: Point) -> Value:
        kind = f["kind"]
        if kind == "expectation":
            random = next(n for n, s in self.signature.scopes.items() if s["kind"] == "random")
            cell = self._cell(at, random, f.get("given", []))
            weight = sum((w for w, _ in cell), Fraction(0))
            values = (w * self.poly(p, {**at, random: label}) for w, label in cell)
            return sum(values, Fraction(0)) * (1 / weight)
        if kind == "integral":
            degree = max(self.unit_degree(m, f["over"]) for m in p)
            return sum(
                (w * self.poly(p, {**at, f["over"]: x}) for x, w in exact_quadrature(max(degree, 1))), Fraction(0)
            )
        start, length = self.range(f["over"])
        total = sum((self.poly(p, {**at, f["over"]: j}) for j in range(start, start + length)), Fraction(0))
        return total * Fraction(1, length) if kind == "average" else total

    def _cell(self, at: Point, random: str, given: Sequence[str]) -> list[tuple[Fraction, Any]]:
        if not given:
            return list(self.model.outcomes)
        steps = [at[t] - self.range(t)[0] for t in given]
        known = self.model.past(at[random], steps)
        return [(w, label) for w, label in self.model.outcomes if self.model.past(label, steps) == known]

    def unit_degree(self, monomial: Any, unit: str) -> int:
        """The degree of a monomial in the variable of an integral."""
        varying = ((a, e) for a, e in monomial if unit in self.signature.reach[a])
        variable = self.signature.scopes[unit]["variable"]
        return sum(e * (1 if a == variable else self.model.unit_degree) for a, e in varying)

    def range(self, scope: str) -> tuple[int, int]:
        """(first, number) of the points of an index or a time."""
        s = self.signature.scopes[scope]
        length = self.atom(s["length"], {})
        if not isinstance(length, Fraction) or length.denominator != 1 or length < 1:
            raise ModelError(f"{s['length']} is the length of {scope}, a positive integer, not {length}")
        return (int(s.get("start", "0")) if s["kind"] == "time" else 0), int(length)

    def points(self, scopes: frozenset[str]) -> Iterator[dict[str, Any]]:
        """All points of the scopes."""
        names = sorted(s for s in scopes if not s.startswith("~"))
        axes: list[Sequence[Any]] = []
        for name in names:
            if self.signature.scopes[name]["kind"] == "random":
                axes.append([label for _, label in self.model.outcomes])
            else:
                start, length = self.range(name)
                axes.append(range(start, start + length))
        for values in product(*axes):
            yield dict(zip(names, values, strict=True))

    # -------------------------------------------------------------------------------------------------- facts

    def failure(self, fact: Formula) -> dict[str, Any] | None:
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

    def _fails_on_unit(self, fact: Formula, unit: str, at: Point) -> dict[str, Any] | None:
        """A point of [0, 1] at which a polynomial fact fails; None where its Bernstein coefficients show that it holds.

        Raises ModelError where neither is found: an undecided fact is not a false one.
        """
        degree = max(1, *(self.unit_degree(m, unit) for m in fact.poly))
        nodes = [Fraction(j, degree) for j in range(degree + 1)]
        for x in (*nodes, *(Fraction(j, 64) for j in range(65))):
            point = {**at, unit: x}
            if not _holds(fact.relation, self.poly(fact.poly, point)):
                return point
        values = [self.poly(fact.poly, {**at, unit: x}) for x in nodes]
        if any(isinstance(v, Surd) for v in values):
            raise ModelError("an inequality along a segment needs rational values")
        coefficients = _bernstein(nodes, [v for v in values if isinstance(v, Fraction)])
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
            if any(self.signature.scopes.get(x, {}).get("kind") == "unit" for x in scopes):
                continue
            values = [(at, self.atom(name, at)) for at in self.points(scopes)]
            for value in (*(v for _, v in values), *(self.atom(name, at) for at in self._after(name))):
                if s["integer"] and (not isinstance(value, Fraction) or value.denominator != 1):
                    return f"{name} is declared an integer and is {value}"
            for broken in self._early(name, scopes, values):
                return broken
        return None

    def _after(self, name: str) -> Iterator[dict[str, Any]]:
        """The points after the last step, where a sequence has one more value."""
        time = self.signature.symbols[name]["sequence"]
        if time is not None:
            start, length = self.range(time)
            for at in self.points(self.signature.reach[name] - {time}):
                yield {**at, time: start + length}

    def _early(self, name: str, scopes: frozenset[str], values: Sequence[tuple[Any, Value]]) -> Iterator[str]:
        """What is declared known is known at its own step of a time, or at every step where it has none."""
        random = [x for x in scopes if self.signature.scopes.get(x, {}).get("kind") == "random"]
        for depth, time in enumerate(self.signature.times):
            if not random or "~" + time in scopes:
                continue
            times = self.signature.times[: depth + 1]
            missing = frozenset(times) - scopes
            seen: dict[Any, Value] = {}
            for at, value in values:
                others = tuple(sorted((k, v) for k, v in at.items() if k != random[0]))
                for elsewhere in self.points(missing):
                    steps = [{**at, **elsewhere}[t] - self.range(t)[0] for t in times]
                    key = (others, *elsewhere.values(), self.model.past(at[random[0]], steps))
                    if seen.setdefault(key, value) != value:
                        yield f"{name} is declared known at step {time} and depends on what comes later"


def _holds(relation: str, value: Value) -> bool:
    return {">=": sign(value) >= 0, ">": sign(value) > 0, "=": sign(value) == 0}[relation]


@cache
def exact_quadrature(degree: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """Nodes and weights on [0, 1] that integrate every polynomial up to the degree exactly."""
    nodes = [Fraction(j, degree) for j in range(degree + 1)]
    rules = []
    for j, x in enumerate(nodes):
        basis = [Fraction(1)]
        for k, y in enumerate(nodes):
            if k != j:
                shifted = [Fraction(0), *basis]
                basis = [(a - y * b) / (x - y) for a, b in zip(shifted, [*basis, Fraction(0)], strict=True)]
        rules.append((x, sum((c / (k + 1) for k, c in enumerate(basis)), Fraction(0))))
    return tuple(rules)


def _bernstein(nodes: Sequence[Fraction], values: Sequence[Fraction]) -> list[Fraction]:
    """The Bernstein coefficients of the interpolating polynomial."""
    monomial = [Fraction(0)] * len(nodes)
    for j, x in enumerate(nodes):
        basis = [values[j]]
        for k, y in enumerate(nodes):
            if k != j:
                shifted = [Fraction(0), *basis]
                basis = [(a - y * b) / (x - y) for a, b in zip(shifted, [*basis, Fraction(0)], strict=True)]
        monomial = [a + b for a, b in zip(monomial, basis, strict=True)]
    n = len(nodes) - 1
    return [
        sum((Fraction(comb(j, k), comb(n, k)) * monomial[k] for k in range(j + 1)), Fraction(0)) for j in range(n + 1)
    ]
