"""A claim written out for small sizes: what is left are polynomial conditions on finitely many numbers.

With the length of each index and time given, and a fair coin at each innermost step, a symbol with scopes is one
number for each point and each thing that can be known there; sums, averages and expectations become finite sums.
Nothing here is trusted: what comes out of the conditions is an instance, which is then decided as any other is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import Formula, Monomial, Poly, Proof, add, constant, multiply, scale, variable
from convbound.proofs.models.model import Given, Label, Model, Point, nested_past
from convbound.proofs.models.processes import Move, Process
from convbound.proofs.models.random_instances import all_labels, what_is_known
from convbound.proofs.models.segments import Along, Value
from convbound.proofs.models.signatures import ModelError, bodies
from convbound.proofs.models.surds import Surd

SAMPLES = (Fraction(0), Fraction(1, 2), Fraction(1))  # of a segment, where a condition holds along it
MAX_POINTS = 400  # of one fact
FREE = Fraction(1)  # what a number is on which nothing depends


@dataclass(frozen=True)
class Sizes:
    """The length of each index and time; how many equally likely things happen at an innermost step."""

    lengths: Mapping[str, int]
    branches: int = 2
    stationary: str = ""  # the time whose steps are all alike: for a claim about a limit


@dataclass(frozen=True)
class Number:
    """One of the numbers of an instance: a symbol at a point."""

    symbol: str
    step: int  # the first time's, for the order in which they are chosen
    integer: bool
    scoped: bool


class Ground:
    """The conditions of a claim for given sizes."""

    def __init__(self, signature: Proof, sizes: Sizes) -> None:
        """Raises ModelError where a size is missing."""
        self.signature, self.sizes = signature, sizes
        self.numbers: dict[str, Number] = {}
        self.keys: dict[tuple[Hashable, ...], str] = {}
        self.defined: dict[str, tuple[str, list[Poly]]] = {}  # a number that is a function of others
        self.memo: dict[Hashable, Poly] = {}
        scopes = signature.scopes
        self.noise = next((n for n, s in scopes.items() if s["kind"] == "random"), "")
        self.units = {n: s["variable"] for n, s in scopes.items() if s["kind"] == "unit"}
        self.variables = {s["variable"]: n for n, s in scopes.items() if "variable" in s}
        inner = [self.length(t) for t in signature.times]
        self.staged = not sizes.stationary and len(inner) > 1 and set(inner[1:]) == {1}
        coins = [inner[0], len(inner)] if self.staged else inner  # what a stage draws is known at the next one
        self.labels: list[Label] = all_labels(coins, sizes.branches) if self.noise else [()]

    def length(self, scope: str) -> int:
        """The number of points of an index or time."""
        if scope not in self.signature.scopes or "length" not in self.signature.scopes[scope]:
            raise ModelError(f"{scope} has no length")
        if scope == self.sizes.stationary:
            return 1
        return self.sizes.lengths[self.signature.scopes[scope]["length"]]

    def start(self, scope: str) -> int:
        """The first point of an index or time."""
        return int(self.signature.scopes[scope].get("start", "0"))

    # ------------------------------------------------------------------------------------------------ conditions

    def conditions(self, fact: Formula) -> Iterator[Poly]:
        """What the fact says, at each of its points, each once."""
        reach = frozenset[str]().union(*(self.signature.reach[a] for m in fact.poly for a, _ in m))
        seen = set()
        for at in self.points(reach):
            poly = self.poly(fact.poly, at)
            for sample in self._along(poly):
                key = frozenset(sample.items())
                if key not in seen:
                    seen.add(key)
                    yield sample

    def _along(self, poly: Poly) -> Iterator[Poly]:
        units = {a for m in poly for a, _ in m if a.startswith("@")}
        if not units:
            yield poly
            return
        for x in SAMPLES:
            parts: list[Poly] = []
            for m, c in poly.items():
                power = sum(e for a, e in m if a in units)
                parts.append({tuple((a, e) for a, e in m if a not in units): c * x**power})
            yield {m: c for m, c in add(*parts).items() if c}

    def points(self, reach: frozenset[str]) -> Iterator[Point]:
        """All points of the scopes. Raises ModelError where they are too many."""
        names = sorted(s for s in reach if not s.startswith("~") and s not in self.units)
        axes: list[Sequence[Label]] = [
            self.labels if n == self.noise else range(self.start(n), self.start(n) + self.length(n)) for n in names
        ]
        if reduce(lambda a, b: a * b, map(len, axes), 1) > MAX_POINTS:
            raise ModelError("too many points")
        for values in product(*axes):
            yield dict(zip(names, values, strict=True))

    # ------------------------------------------------------------------------------------------------- values

    def poly(self, p: Poly, at: Point) -> Poly:
        """A polynomial at a point, as a polynomial in the numbers."""
        return add(*(scale(c, self._monomial(m, at)) for m, c in p.items()))

    def _monomial(self, m: Monomial, at: Point) -> Poly:
        return reduce(multiply, (self.atom(a, at) for a, e in m for _ in range(e)), constant(1))

    def atom(self, atom: str, at: Point) -> Poly:
        """An atom at a point, remembered."""
        axes = sorted(s for s in self.signature.reach[atom] if not s.startswith("~") and s not in self.units)
        key = (atom, *(at[s] for s in axes))
        if key not in self.memo:
            self.memo[key] = self._atom(atom, at)
        return self.memo[key]

    def _atom(self, atom: str, at: Point) -> Poly:
        signature = self.signature
        if atom in signature.structure:
            operator, operand = signature.structure[atom]
            if operator in signature.functionals:
                return self._functional(signature.functionals[operator], operand, at)
            if operator == "limsup":
                raise ModelError("a limit has no value in a finite instance")
            time = signature.symbols[operand]["sequence"]
            first = self.start(time)
            step = {"next": at.get(time, 0) + 1, "first": first, "last": first + self.length(time)}[operator]
            return self.atom(operand, {**at, time: step})
        if atom in signature.definitions:
            return self._definition(atom, at)
        if atom in self.variables:
            scope = self.variables[atom]
            if self.sizes.stationary and scope in signature.times[:1]:
                raise ModelError("the number of the step has no stationary value")
            return variable("@" + scope) if scope in self.units else constant(at[scope])
        if atom in self.sizes.lengths:
            return constant(self.sizes.lengths[atom])
        return self._number(atom, at)

    def _functional(self, f: Mapping[str, Json], operand: Monomial, at: Point) -> Poly:
        if f["kind"] == "integral":
            name = "@" + f["over"]
            inside = self._monomial(operand, at)
            parts: list[Poly] = []
            for m, c in inside.items():
                weight = Fraction(1, 1 + dict(m).get(name, 0))
                parts.append({tuple((a, e) for a, e in m if a != name): c * weight})
            return add(*parts)
        if f["kind"] == "expectation":
            here = [{**at, self.noise: label} for label in self._cell(at, f["given"])]
        else:
            first = self.start(f["over"])
            here = [{**at, f["over"]: j} for j in range(first, first + self.length(f["over"]))]
        total = add(*(self._monomial(operand, point) for point in here))
        return total if f["kind"] == "sum" else scale(Fraction(1, len(here)), total)

    def _cell(self, at: Point, given: Sequence[str]) -> list[Label]:
        if not given:
            return self.labels
        steps = [at[t] - self.start(t) for t in given]
        known = self._past(at[self.noise], steps)
        return [label for label in self.labels if self._past(label, steps) == known]

    def _past(self, label: Label, steps: Sequence[int]) -> Hashable:
        return staged_past(label, steps) if self.staged else nested_past(label, steps)

    def _seen(self, scopes: Sequence[str], here: Point) -> Hashable:
        """What a symbol of these scopes may depend on in an outcome."""
        signature = self.signature
        starts = [self.start(t) for t in signature.times]
        if not self.staged:
            return what_is_known(scopes, signature.times, starts, here, here[self.noise])
        for depth, time in enumerate(signature.times):
            if "~" + time not in scopes:
                outer = signature.times[: depth + 1]
                steps = [here[t] - f if t in scopes else 0 for t, f in zip(outer, starts, strict=False)]
                return staged_past(here[self.noise], steps)
        return tuple(here[self.noise])

    def _definition(self, name: str, at: Point) -> Poly:
        kind = self.signature.definitions[name][0]
        body = [self.poly(b, at) for b in bodies(self.signature, name)]
        if any(a.startswith("@") for b in body for m in b for a, _ in m):
            raise ModelError("a definition along a segment")
        key = (kind, *(frozenset(b.items()) for b in body))
        if key not in self.keys:
            self.keys[key] = f"{name}#{len(self.keys)}"
            self.defined[self.keys[key]] = (kind, body)
        return variable(self.keys[key])

    # ------------------------------------------------------------------------------------------- the numbers

    def _key(self, symbol: str, at: Point) -> tuple[Hashable, ...]:
        signature = self.signature
        scopes = signature.symbols[symbol]["scopes"]
        outer = [self.sizes.stationary] if self.sizes.stationary else []
        plain = [s for s in sorted(scopes) if s in signature.scopes and s != self.noise and s not in self.units]
        known = None
        if self.noise in scopes:
            here = {**at, **dict.fromkeys(outer, self.start(outer[0]))} if outer else at
            known = self._seen(scopes, here)
        return symbol, *(at[s] for s in plain if s not in outer), known

    def _number(self, symbol: str, at: Point) -> Poly:
        about, key = self.signature.symbols[symbol], self._key(symbol, at)
        along = [u for u in self.units if u in about["scopes"]]
        step = next((at[t] for t in self.signature.times if t in at and t in about["scopes"]), 0)
        names = []
        for part in ("", " slope")[: 1 + len(along)]:
            full = (*key, part)
            if full not in self.keys:
                self.keys[full] = f"{symbol}.{len(self.keys)}"
                later = any(s.startswith("~") for s in about["scopes"])
                number = Number(symbol, 2 * step + later, about["integer"], bool(about["scopes"]))
                self.numbers[self.keys[full]] = number
            names.append(self.keys[full])
        if not along:
            return variable(names[0])
        return add(variable(names[0]), {tuple(sorted([(names[1], 1), ("@" + along[0], 1)])): 1})

    def instance(self, values: Mapping[str, Value], facts: str = "") -> Model | Process:
        """The instance in which the numbers have these values; numbers that are in no condition are one."""
        given: dict[str, Given] = dict(self.sizes.lengths)
        hidden = {*self.signature.definitions, *self.variables, *given}
        for symbol in self.signature.symbols:
            if symbol not in hidden:
                given[symbol] = self._given(symbol, values)
        if self.sizes.stationary:
            return self._process(given, facts)
        outcomes = [(Fraction(1, len(self.labels)), label) for label in self.labels]
        return Model(given, outcomes, past=self._past, facts=facts)

    def _given(self, symbol: str, values: Mapping[str, Value]) -> Given:
        scopes = self.signature.symbols[symbol]["scopes"]

        def look_up(at: Point) -> Given:
            key = self._key(symbol, at)
            value = values.get(self.keys.get((*key, ""), ""), FREE)
            if not any(u in scopes for u in self.units):
                return value
            return Along(value, values.get(self.keys.get((*key, " slope"), ""), FREE))

        plain: tuple[Hashable, ...] = (symbol, None, "")
        return look_up if scopes else values.get(self.keys.get(plain, ""), FREE)

    def _process(self, given: dict[str, Given], facts: str) -> Process:
        time = self.sizes.stationary
        drawn = [label[0] for label in self.labels if label] if time in self.signature.times else []
        first = drawn or [(0,)]  # a run without chance has one move
        weight = Fraction(1, len(first))
        horizon = self.signature.scopes[time]["length"]

        def at_state(f: Callable[[Point], Given]) -> Callable[[Point], Given]:
            def value(at: Point) -> Given:
                move = at.get("move", first[0])
                return f({**at, self.noise: (move,), time: self.start(time)})

            return value

        values = {k: at_state(f) if callable(f) else f for k, f in given.items() if k != horizon}
        moves = [Move(weight, label, 0) for label in first]
        return Process(
            0, lambda _: moves, values, time=time, first=self.start(time), random=self.noise or "run", facts=facts
        )


def staged_past(label: Label, steps: Sequence[int]) -> Hashable:
    """What is known before a step, and before a stage of it: each stage of a step draws once."""
    if len(steps) < 2:
        return tuple(label[: steps[0]])
    return tuple(label[: steps[0]]), tuple(label[steps[0]][: len(steps) - 1])


def exact(value: Value) -> str:
    """A number of an instance as text."""
    return str(value.rational if isinstance(value, Surd) and value.rational is not None else value)
