"""Numbers that satisfy polynomial conditions, one after the other: each makes some condition tight, or is small.

The conditions in which a number is the last one left are univariate: their roots part the line into cells, and one
number of each cell is tried. Equations with a constant coefficient are solved before. All values are exact; the search
is depth first with a fixed seed, and its work is counted in terms, not in seconds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor, isqrt, sqrt

from convbound.proofs.automatic.ground import Ground
from convbound.proofs.kernel import Monomial, Poly, add, multiply, scale
from convbound.proofs.models.model import as_value, sign
from convbound.proofs.models.segments import Value
from convbound.proofs.models.surds import Surd

SMALL = tuple(Fraction(x) for x in ("1", "2", "1/2", "3", "-1", "1/4", "4", "-2", "0"))
Condition = tuple[str, Poly]  # relation, polynomial in the numbers
Polynomial = Mapping[Monomial, Value | int]  # of which some numbers have values already
Conditions = list[tuple[str, Polynomial]]
Defined = dict[str, tuple[str, list[Polynomial]]]
State = tuple[Conditions, Defined, dict[str, Value]]
MAX_SUBSTITUTED = 400  # terms of a condition after equations are solved


class WorkDoneError(Exception):
    """The budget of work is spent."""


class Budget:
    """A count of terms that were looked at: the same on every machine."""

    def __init__(self, work: int) -> None:
        """Nothing is spent."""
        self.left = work

    def spend(self, work: int) -> None:
        """Raises WorkDoneError once all of it is spent."""
        self.left -= work
        if self.left < 0:
            raise WorkDoneError


def substitute(poly: Poly, name: str, value: Poly) -> Poly:
    """A polynomial with a number replaced by a polynomial."""
    parts: list[Poly] = []
    rest: Poly = {}
    for m, c in poly.items():
        e = dict(m).get(name, 0)
        if not e:
            rest[m] = c
            continue
        part: Poly = {tuple((a, x) for a, x in m if a != name): c}
        for _ in range(e):
            part = multiply(part, value)
        parts.append(part)
    return add(rest, *parts) if parts else poly


def put(poly: Polynomial, name: str, value: Value) -> Polynomial:
    """A polynomial with a number given its value; coefficients may become sums of square roots."""
    result: dict[Monomial, Value | int] = {}
    for m, c in poly.items():
        left = m
        for place, (a, e) in enumerate(m):
            if a == name:
                left, c = m[:place] + m[place + 1 :], c * value**e
                break
        total = result.get(left, 0) + c
        if total == 0:
            result.pop(left, None)
        else:
            result[left] = total
    return result


def holds(relation: str, value: Value | int) -> bool:
    """Whether a number stands in this relation to zero."""
    s = sign(as_value(value))
    return s > 0 if relation == ">" else s >= 0 if relation == ">=" else s == 0


class Choice:
    """One search for values of the numbers of a ground claim."""

    def __init__(self, ground: Ground, conditions: Iterable[Condition], seed: str, budget: Budget) -> None:
        """Solve the simple equations; put the numbers in an order."""
        self.ground, self.budget = ground, budget
        self.chance = random.Random(seed)
        self.solved: list[tuple[str, Poly]] = []
        self.defined = {k: (kind, list(body)) for k, (kind, body) in ground.defined.items()}
        self.rank = {name: self._rank(name) for name in ground.numbers}
        self.conditions = self._eliminate([(r, p) for r, p in conditions if not (r == "=" and not p)])
        self.order = self._order()
        self.nodes = 0

    def _rank(self, name: str) -> tuple[int, float]:
        number = self.ground.numbers[name]
        return (number.step + 1 if number.scoped else 0, self.chance.random())

    # -------------------------------------------------------------------------------------------- equations

    def _eliminate(self, conditions: list[Condition]) -> list[Condition]:
        """Solve each equation for the last number in it that stands alone, with a constant coefficient."""
        waiting = True
        while waiting:
            waiting = False
            for k, (relation, poly) in enumerate(conditions):
                name = self._solvable(poly) if relation == "=" else None
                if name is None:
                    continue
                c = poly[((name, 1),)]
                value = scale(-1 / Fraction(c), {m: x for m, x in poly.items() if m != ((name, 1),)})
                rest = [(r, substitute(p, name, value)) for j, (r, p) in enumerate(conditions) if j != k]
                self.budget.spend(sum(len(p) for _, p in rest))
                if any(len(p) > MAX_SUBSTITUTED for _, p in rest):
                    continue
                conditions = [(r, p) for r, p in rest if p or r == ">"]
                for key, (kind, body) in self.defined.items():
                    self.defined[key] = kind, [substitute(b, name, value) for b in body]
                self.solved.append((name, value))
                waiting = True
                break
        return conditions

    def _solvable(self, poly: Poly) -> str | None:
        names = [a for m in poly for a, _ in m]
        inside = {a for n in names if n in self.defined for a in self._inside(n)}
        alone = [
            m[0][0]
            for m in poly
            if len(m) == 1 and m[0][1] == 1 and names.count(m[0][0]) == 1 and m[0][0] in self.ground.numbers
        ]
        alone = [n for n in alone if n not in inside and not self.ground.numbers[n].integer]
        return max(alone, key=lambda n: self.rank[n], default=None)

    def _inside(self, defined: str) -> set[str]:
        found = set[str]()
        for body in self.defined[defined][1]:
            for m in body:
                for a, _ in m:
                    found |= {a} | (self._inside(a) if a in self.defined else set())
        return found

    def _order(self) -> list[str]:
        """Parameters that stand in products first, then what is known early, and what stands alone last."""
        names, mixed = set[str](), set[str]()
        bodies = [b for _, body in self.defined.values() for b in body]
        for poly in [p for _, p in self.conditions] + bodies:
            for m in poly:
                names |= {a for a, _ in m}
                if sum(e for _, e in m) > 1:
                    mixed |= {a for a, _ in m}
        for poly in bodies:
            mixed |= {a for m in poly for a, _ in m}
        names = {n for n in names if n in self.ground.numbers}

        def place(name: str) -> tuple[int, int, float]:
            step, tie = self.rank[name]
            alone = name not in mixed
            return (1000 if alone and not step else step, int(alone), tie)

        return sorted(names, key=place)

    # ----------------------------------------------------------------------------------------------- search

    def run(self, nodes: int) -> dict[str, Value] | None:
        """Values that satisfy all conditions, or None where so many nodes show none."""
        self.nodes = nodes
        conditions: Conditions = [(r, dict(p)) for r, p in self.conditions]
        defined: Defined = {k: (kind, [dict(b) for b in body]) for k, (kind, body) in self.defined.items()}
        if any(not p and r == ">" for r, p in conditions) or any(
            set(p) == {()} and not holds(r, p[()]) for r, p in conditions
        ):
            return None
        settled = self._settle(conditions, defined, {})
        if settled is None:
            return None
        values = self._descend(*settled)
        return None if values is None else self._complete(values)

    def _complete(self, values: dict[str, Value]) -> dict[str, Value]:
        for name, poly in reversed(self.solved):
            total: Value = Fraction(0)
            for m, c in poly.items():
                term: Value = Fraction(c)
                for a, e in m:
                    term = term * values.setdefault(a, Fraction(1)) ** e
                total = total + term
            values[name] = as_value(total)
        return values

    def _descend(self, conditions: Conditions, defined: Defined, values: dict[str, Value]) -> dict[str, Value] | None:
        self.nodes -= 1
        if self.nodes < 0:
            return None
        name, mine = self._next(conditions, values)
        if name is None:
            return values if all(holds(r, p.get((), 0)) for r, p in conditions) else None
        for value in self._candidates(name, mine):
            after = self._assign(name, value, conditions, defined, values)
            if after is None:
                continue
            found = self._descend(*after)
            if found is not None or self.nodes < 0:
                return found
        return None

    def _next(self, conditions: Conditions, values: dict[str, Value]) -> tuple[str | None, Conditions]:
        """The next number, and the conditions in which it is the last one left."""
        single: dict[str, Conditions] = {}
        forced = None
        for relation, poly in conditions:
            names = {a for m in poly for a, _ in m}
            if len(names) == 1:
                (last,) = names
                single.setdefault(last, []).append((relation, poly))
                if relation == "=" and last in self.ground.numbers:
                    forced = last
        left = next((n for n in self.order if n not in values), None)
        name = forced or left
        return name, single.get(name or "", [])

    def _assign(
        self, name: str, value: Value, conditions: Conditions, defined: Defined, values: dict[str, Value]
    ) -> State | None:
        after = []
        for relation, poly in conditions:
            if any(a == name for m in poly for a, _ in m):
                self.budget.spend(len(poly))
                poly = put(poly, name, value)
                if not poly or set(poly) == {()}:
                    if not holds(relation, poly.get((), 0)):
                        return None
                    continue
            after.append((relation, poly))
        inside = {k: (kind, [put(b, name, value) for b in body]) for k, (kind, body) in defined.items()}
        return self._settle(after, inside, {**values, name: value})

    def _settle(self, conditions: Conditions, defined: Defined, values: dict[str, Value]) -> State | None:
        """Give what is defined its value as soon as what it is defined by has one."""
        ready = next(
            (k for k, (_, body) in defined.items() if k not in values and all(not b or set(b) == {()} for b in body)),
            None,
        )
        if ready is None:
            return conditions, defined, values
        kind, body = defined[ready]
        value = evaluate(kind, [as_value(b.get((), 0)) for b in body])
        if value is None:
            return None
        rest = {k: x for k, x in defined.items() if k != ready}
        return self._assign(ready, value, conditions, rest, values)

    # ------------------------------------------------------------------------------------------- candidates

    def _candidates(self, name: str, conditions: Conditions) -> list[Value]:
        integer = self.ground.numbers[name].integer
        forms = [(r, coefficients(p)) for r, p in conditions]
        forced = [c for r, c in forms if r == "="]
        tight: list[Value] = []
        for c in forced or [c for _, c in forms]:
            tight += roots(c, exactly=bool(forced))
        values: list[Value] = list(tight)
        if not forced:
            values += between(tight)
            values += self.chance.sample(SMALL, len(SMALL)) if self.chance.random() < 0.6 else SMALL
        if integer:
            whole = [Fraction(floor(float(x)) + k) for x in values for k in (0, 1)]
            values = list(whole)
        fine: list[Value] = []
        for value in values:
            if value not in fine and all(holds(r, horner(c, value)) for r, c in forms):
                fine.append(value)
        self.budget.spend(len(values) * (1 + len(forms)))
        if len(fine) > 2 and not forced:
            first = [x for x in fine if x in tight]
            rest = [x for x in fine if x not in first]
            mode = self.chance.random()
            if mode < 0.4:
                self.chance.shuffle(first)
                fine = first + rest
            elif mode < 0.7:
                fine = rest + first
            else:
                self.chance.shuffle(fine)
        return fine[: 4 if not forced else 2]


def evaluate(kind: str, body: Sequence[Value]) -> Value | None:
    """A definition's value, or None where it has none."""
    try:
        if kind == "quotient":
            return as_value(Surd.of(body[0]) / body[1]) if sign(body[1]) > 0 else None
        if kind == "root":
            return as_value(Surd.of(body[0]).root()) if sign(body[0]) >= 0 else None
    except (ValueError, ZeroDivisionError):
        return None
    if kind == "maximum":
        return body[0] if sign(body[0] - body[1]) >= 0 else body[1]
    return Fraction(sign(body[0])) if kind == "sign" else as_value(body[0] * sign(body[0]))


def coefficients(poly: Polynomial) -> list[Value]:
    """Of a univariate polynomial, from the constant one."""
    degree = max((e for m in poly for _, e in m), default=0)
    result: list[Value] = [Fraction(0)] * (degree + 1)
    for m, c in poly.items():
        result[m[0][1] if m else 0] += c
    return result


def horner(c: Sequence[Value], x: Value) -> Value:
    """The value of a univariate polynomial."""
    total: Value = Fraction(0)
    for coefficient in reversed(c):
        total = total * x + coefficient
    return total


def roots(c: Sequence[Value], *, exactly: bool) -> list[Value]:
    """The roots of a univariate polynomial; where they need not be exact, rational numbers near them."""
    if len(c) == 2:
        return [as_value(Surd.of(-c[0]) / c[1])]
    if len(c) == 3:
        a, b, low = (as_value(x) for x in (c[2], c[1], c[0]))
        disc = as_value(b * b - 4 * a * low)
        if sign(disc) < 0:
            return [as_value(Surd.of(-b) / (2 * a))]
        if isinstance(disc, Fraction):
            n, d = isqrt(disc.numerator), isqrt(disc.denominator)
            perfect = n * n == disc.numerator and d * d == disc.denominator
            if perfect or exactly:
                s: Value = Fraction(n, d) if perfect else Surd.of(disc).root()
                return [as_value(Surd.of(-b + t) / (2 * a)) for t in (s, -s)]
        elif exactly:
            return []
        middle, width = float(-b) / float(2 * a), sqrt(float(disc)) / abs(float(2 * a))
        return [near for x in (middle - width, middle + width) for near in neighbours(x)]
    import numpy as np

    found = np.roots([float(x) for x in reversed(c)])
    real = sorted(float(z.real) for z in found if abs(z.imag) < 1e-9)
    return [near for x in real for near in neighbours(x)]


def neighbours(x: float) -> list[Value]:
    """Rational numbers near a float, on both sides."""
    if abs(x) > 1e6:
        return []
    return [Fraction(floor(x * q) + k, q) for q in (1, 4, 16) for k in (0, 1)]


def between(tight: Sequence[Value]) -> list[Value]:
    """A simple number in each gap between the roots, and beyond them."""
    points = sorted(
        {Fraction(x) if isinstance(x, Fraction) else Fraction(float(x)).limit_denominator(64) for x in tight}
    )
    if not points:
        return []
    inner = [simplest(a, b) for a, b in pairwise(points) if b - a > Fraction(1, 1000)]
    return [*inner, Fraction(floor(points[0]) - 1), Fraction(floor(points[-1]) + 2), (points[0] + points[-1]) / 2]


def simplest(a: Fraction, b: Fraction) -> Fraction:
    """The rational number of least denominator strictly between two others."""
    whole = floor(a)
    if whole + 1 < b:
        return Fraction(whole + 1)
    if a == whole:
        q = 1 / (b - whole)
        return whole + Fraction(1, floor(q) + 1)
    if whole + 1 == b:
        return whole + 1 - Fraction(1, floor(1 / (1 - (a - whole))) + 1)
    return whole + 1 / simplest(1 / (b - whole), 1 / (a - whole))
