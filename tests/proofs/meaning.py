"""What a statement of the kernel means, a second time: written from the kernel's first page, with none of its code.

A `Universe` gives every declared symbol a value that it may have; `truth` evaluates the written formulas of a statement
there, as trees, never in normal form. Numbers are a + b√2 with rational a and b, so every comparison is exact.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

Json = Any
Point = Mapping[str, Any]  # scope: index, time, outcome or parameter of the segment
MAX_POINTS = 4000


class UndecidedError(Exception):
    """This universe does not decide the formula: a root that is not here, a segment with a corner, too many points."""


class IllDefinedError(Exception):
    """A quotient by zero or the root of a negative number, which the kernel says cannot be."""


@dataclass(frozen=True)
class Root2:
    """The number a + b√2."""

    a: Fraction
    b: Fraction = Fraction(0)

    def __add__(self, o: Root2) -> Root2:
        return Root2(self.a + o.a, self.b + o.b)

    def __sub__(self, o: Root2) -> Root2:
        return Root2(self.a - o.a, self.b - o.b)

    def __mul__(self, o: Root2) -> Root2:
        return Root2(self.a * o.a + 2 * self.b * o.b, self.a * o.b + self.b * o.a)

    def scaled(self, c: Fraction) -> Root2:
        return Root2(self.a * c, self.b * c)

    def inverse(self) -> Root2:
        norm = self.a * self.a - 2 * self.b * self.b
        if not norm:
            raise IllDefinedError("a quotient by zero")
        return Root2(self.a / norm, -self.b / norm)

    def sign(self) -> int:
        x, y = (self.a > 0) - (self.a < 0), (self.b > 0) - (self.b < 0)
        if x * y >= 0:
            return x or y
        return x if self.a * self.a > 2 * self.b * self.b else y

    def root(self) -> Root2:
        if self.sign() < 0:
            raise IllDefinedError("the root of a negative number")
        for scale in (1, 2):  # a square, or twice a square
            top, bottom = (self.a / scale).numerator, (self.a / scale).denominator
            roots = [_integer_root(top), _integer_root(bottom)]
            if not self.b and None not in roots:
                value = Fraction(roots[0] or 0, roots[1] or 1)
                return Root2(value) if scale == 1 else Root2(Fraction(0), value)
        raise UndecidedError("a root outside the field")


def _integer_root(n: int) -> int | None:
    from math import isqrt

    return isqrt(n) if n >= 0 and isqrt(n) ** 2 == n else None


ZERO, ONE = Root2(Fraction(0)), Root2(Fraction(1))
SMALL = [Root2(Fraction(n, m)) for n in range(-3, 4) for m in (1, 2)] + [
    Root2(Fraction(0), Fraction(1)),
    Root2(Fraction(1), Fraction(-1)),
]


@dataclass
class Universe:
    """Values for the declarations of a statement, drawn from a seed.

    `lengths` are the values of the lengths. Outcomes are sequences of coins, one for each point of the random times
    taken together; what is past at a step is the coins thrown before it. With `period` every symbol depends on the
    steps only through their parity, so that sums over any number of steps are short; then nothing is random.
    """

    declared: Json
    seed: int
    lengths: dict[str, int] = field(default_factory=dict)
    period: bool = False

    def __post_init__(self) -> None:
        d = self.declared
        self.scopes = {s["name"]: s for s in d["scopes"]}
        self.symbols = {s["name"]: s for s in d["symbols"]}
        self.functionals = {f["name"]: f for f in d["functionals"]}
        self.definitions = d["definitions"]
        self.variables = {s["variable"]: n for n, s in self.scopes.items() if "variable" in s}
        self.times = [n for n, s in self.scopes.items() if s["kind"] == "time" and s["random"]]
        self.chance = random.Random(self.seed)
        for s in self.scopes.values():
            if "length" in s and s["length"] not in self.lengths:
                most = 2 if s["name"] in self.times else 3
                self.lengths[s["length"]] = self.chance.randint(1, most)
        noise = [n for n, s in self.scopes.items() if s["kind"] == "random"]
        self.noise = noise[0] if noise else None
        sizes = [] if self.period else [self.size(t) for t in self.times]
        self.places = list(product(*(range(n) for n in sizes))) if sizes else [()]
        if len(self.places) > 4:
            raise UndecidedError("too many outcomes")
        self.outcomes = list(product((0, 1), repeat=len(self.places))) if self.noise and not self.period else [()]
        weights = [self.chance.randint(1, 4) for _ in self.outcomes]
        self.chances = [Fraction(w, sum(weights)) for w in weights]
        self.drawn: dict[Any, Root2] = {}
        segments = {n for n, s in self.scopes.items() if s["kind"] == "unit"}
        wild = [n for n, s in self.symbols.items() if segments <= set(s["scopes"])] if len(segments) == 2 else []
        self.wild = {n for n in wild if self.chance.random() < 0.5}  # xy(x² - y²)/(x² + y²)³, 0 at the corner

    def size(self, scope: str) -> int:
        return self.lengths[self.scopes[scope]["length"]]

    def start(self, scope: str) -> int:
        return int(self.scopes[scope]["start"]) if self.scopes[scope]["kind"] == "time" else 1

    def members(self, scope: str, counted: bool = False) -> Any:
        """All that a scope can be at a point; steps that matter by their parity alone are two, if not counted."""
        if scope == self.noise:
            return self.outcomes
        if self.scopes[scope]["kind"] == "unit":
            raise UndecidedError("a whole segment")
        if self.period and self.scopes[scope]["kind"] == "time" and self.size(scope) > 2:
            last = self.start(scope) + self.size(scope) - 1
            return [self.start(scope), self.start(scope) + 1, *([last - 1, last] if counted else [])]
        return range(self.start(scope), self.start(scope) + self.size(scope))

    def past(self, outcome: Any, steps: list[int]) -> Any:
        """The coins thrown before the first place of these steps (each counted from 0) of the first random times."""
        first = (*steps, *(0 for _ in self.times[len(steps) :]))
        return tuple(coin for place, coin in zip(self.places, outcome, strict=True) if place < first)

    def symbol(self, name: str, at: Point) -> Root2:
        """The value of a declared symbol at a point."""
        s = self.symbols[name]
        if name in self.wild:
            raise UndecidedError("a value of the wild function")
        if name in self.lengths:
            return Root2(Fraction(self.lengths[name]))
        key: list[Any] = [name]
        unit = []
        for scope in s["scopes"]:
            if scope.startswith("~") or scope == self.noise:
                continue
            if self.scopes[scope]["kind"] == "unit":
                unit.append(at[scope])
                continue
            where = at[scope] - self.start(scope)
            key.append(where % 2 if self.period and self.scopes[scope]["kind"] == "time" else where)
        if self.noise in s["scopes"]:
            key.append(self.known(s["scopes"], at))
        value = self._draw(tuple(key), s["integer"])
        for k, theta in enumerate(unit):
            value = value + self._draw((*key, "slope", k), False) * theta
        return value

    def known(self, scopes: list[str], at: Point) -> Any:
        """What a random symbol with these scopes may depend on: the past of the earliest step at which it is known."""
        earliest = None
        for depth, time in enumerate(self.times):
            if "~" + time in scopes:
                continue
            steps = [at[t] - self.start(t) if t in scopes else 0 for t in self.times[: depth + 1]]
            place = (*steps, *(0 for _ in self.times[depth + 1 :]))
            earliest = place if earliest is None else min(earliest, place)
        outcome = at[self.noise]
        return outcome if earliest is None else self.past(outcome, list(earliest))

    def _draw(self, key: Any, whole: bool) -> Root2:
        if key not in self.drawn:
            drawn = random.Random(repr((self.seed, key))).choice(SMALL)
            self.drawn[key] = Root2(Fraction(drawn.a.numerator)) if whole else drawn
        return self.drawn[key]


class Reading:
    """Evaluates written expressions in a universe."""

    def __init__(self, universe: Universe) -> None:
        self.u = universe

    def value(self, e: Json, at: Point) -> Root2:
        """The value of an expression at a point that has all scopes over which it varies."""
        u = self.u
        if isinstance(e, str):
            if e in u.definitions:
                return self.defined(e, at)
            if e in u.variables:
                here = at[u.variables[e]]
                return here if isinstance(here, Root2) else Root2(Fraction(here))
            return u.symbol(e, at) if e in u.symbols else Root2(Fraction(e))
        operator, *rest = e
        if operator in ("+", "*"):
            total = self.value(rest[0], at)
            for part in rest[1:]:
                total = total + self.value(part, at) if operator == "+" else total * self.value(part, at)
            return total
        if operator == "^":
            base, result = self.value(rest[0], at), ONE
            for _ in range(rest[1]):
                result = result * base
            return result
        if operator in ("next", "first", "last"):
            time, inner = rest
            start = u.start(time)
            steps = {"first": start, "last": start + u.size(time)}
            return self.value(inner, {**at, time: at[time] + 1 if operator == "next" else steps[operator]})
        if operator == "limsup":
            return self.limsup(*rest)
        return self.functional(u.functionals[operator], rest[0], at)

    def defined(self, name: str, at: Point) -> Root2:
        kind, *bodies = self.u.definitions[name]
        b = [self.value(x, at) for x in bodies]
        if kind == "quotient":
            if b[1].sign() <= 0:
                raise IllDefinedError("a denominator that was proved positive is not")
            return b[0] * b[1].inverse()
        if kind == "root":
            return b[0].root()
        if kind == "absolute":
            return b[0] if b[0].sign() >= 0 else b[0].scaled(Fraction(-1))
        if kind == "sign":
            return Root2(Fraction(b[0].sign()))
        return b[0] if (b[0] - b[1]).sign() >= 0 else b[1]

    def functional(self, f: Json, body: Json, at: Point) -> Root2:
        u, kind = self.u, f["kind"]
        if kind == "expectation":
            given, total, whole = f["given"], ZERO, Fraction(0)
            steps = [] if u.period else [at[t] - u.start(t) for t in given]
            now = u.past(at[u.noise], steps) if given and not u.period else None
            for outcome, chance in zip(u.outcomes, u.chances, strict=True):
                if now is None or u.past(outcome, steps) == now:
                    total, whole = total + self.value(body, {**at, u.noise: outcome}).scaled(chance), whole + chance
            return total.scaled(1 / whole)
        scope = f["over"]
        if kind == "integral":
            return self.integral(scope, body, at)
        n = u.size(scope)
        if u.period and u.scopes[scope]["kind"] == "time" and n > 2:
            if u.scopes[scope]["variable"] in set(words(body)):
                raise UndecidedError("a sum of the time itself")
            first = u.start(scope)
            halves = [self.value(body, {**at, scope: first + k}) for k in (0, 1)]
            total = halves[0].scaled(Fraction((n + 1) // 2)) + halves[1].scaled(Fraction(n // 2))
        else:
            total = ZERO
            for k in range(u.start(scope), u.start(scope) + n):
                total = total + self.value(body, {**at, scope: k})
        return total if kind == "sum" else total.scaled(Fraction(1, n))

    def integral(self, scope: str, body: Json, at: Point) -> Root2:
        """Exact where the body is a polynomial in the variable: Lagrange at enough rational nodes."""
        if self.u.wild & set(words(body)):
            return self.wild_integral(scope, body)
        degree = self.degree(body, scope)
        nodes = [Fraction(j, max(1, degree)) for j in range(max(1, degree) + 1)]
        total = ZERO
        for x in nodes:
            weight = [Fraction(1)]
            for y in nodes:
                if y != x:
                    weight = [
                        (p - y * q) / (x - y)
                        for p, q in zip([Fraction(0), *weight], [*weight, Fraction(0)], strict=True)
                    ]
            integral = sum((w / (k + 1) for k, w in enumerate(weight)), Fraction(0))
            total = total + self.value(body, {**at, scope: Root2(x)}).scaled(integral)
        return total

    def wild_integral(self, scope: str, body: Json) -> Root2:
        """The two iterated integrals of the wild function, which is continuous in each variable: 1/8 and -1/8."""
        inner = (
            body[1]
            if isinstance(body, list) and self.u.functionals.get(body[0], {}).get("kind") == "integral"
            else None
        )
        if not isinstance(inner, str) or inner not in self.u.wild:
            raise UndecidedError("another integral of the wild function")
        other = self.u.functionals[body[0]]["over"]
        return Root2(Fraction(1, 8) if scope < other else Fraction(-1, 8))

    def degree(self, e: Json, scope: str) -> int:
        u = self.u
        if isinstance(e, str):
            if e in u.definitions:
                if any(self.degree(b, scope) for b in u.definitions[e][1:]):
                    raise UndecidedError("a definition along a segment")
                return 0
            return int(u.variables.get(e) == scope or (e in u.symbols and scope in u.symbols[e]["scopes"]))
        operator, *rest = e
        if operator == "*":
            return sum(self.degree(x, scope) for x in rest)
        if operator == "^":
            return self.degree(rest[0], scope) * int(rest[1])
        if operator == "+":
            return max(self.degree(x, scope) for x in rest)
        if operator in u.functionals and u.functionals[operator].get("over") == scope:
            return 0
        return self.degree(rest[-1], scope)

    def limsup(self, horizon: str, body: Json) -> Root2:
        """Where the universe is periodic: the larger value at two huge horizons (see `MARGIN`); 0 if infinite."""
        u = self.u
        times = [s for s in u.scopes.values() if s.get("length") == horizon]
        if len(times) != 1 or times[0]["kind"] != "time":
            raise IllDefinedError(f"{horizon} is not the length of a time: what goes to infinity?")
        if self.scopes(body):
            raise IllDefinedError("the limit of what varies")
        if not u.period:
            raise UndecidedError("a limit needs a process that goes on")
        values = []
        for K in (HUGE, HUGE + 1):
            longer = Universe(u.declared, u.seed, {**u.lengths, horizon: K}, period=True)
            longer.drawn = u.drawn
            values.append(Reading(longer).value(body, {longer.noise: (), None: ()}))
        largest = values[0] if (values[0] - values[1]).sign() >= 0 else values[1]
        infinite = abs(float(largest.a)) + abs(float(largest.b)) > HUGE**0.5
        return ZERO if infinite else largest

    # --------------------------------------------------------------------------------------------------- formulas

    def scopes(self, e: Json) -> frozenset[str]:
        """The scopes over which an expression varies."""
        u = self.u
        if isinstance(e, str):
            if e in u.definitions:
                return frozenset().union(*(self.scopes(b) for b in u.definitions[e][1:]))
            if e in u.variables:
                return frozenset([u.variables[e]])
            return frozenset(x for x in u.symbols[e]["scopes"] if x[0] != "~") if e in u.symbols else frozenset()
        operator, *rest = e
        if operator == "limsup":
            return frozenset()
        if operator == "^":
            return self.scopes(rest[0])
        if operator in ("+", "*"):
            return frozenset().union(*(self.scopes(x) for x in rest))
        if operator in ("first", "last"):
            return self.scopes(rest[1]) - {rest[0]}
        if operator == "next":
            return self.scopes(rest[1]) | {rest[0]}
        f = u.functionals[operator]
        inner = self.scopes(rest[0])
        if f["kind"] != "expectation":
            return inner - {f["over"]}
        return inner - {u.noise} if not f["given"] else inner | {u.noise} | set(f["given"])

    def points(self, formula: Json) -> Iterator[Point]:
        over = sorted(self.scopes(formula[0]) | self.scopes(formula[2]))
        said = set(words(formula))
        members = [self.u.members(s, self.u.scopes[s].get("variable") in said) for s in over]
        count = 1
        for m in members:
            count *= len(m)
        if count > MAX_POINTS:
            raise UndecidedError("too many points")
        for values in product(*members):
            yield {self.u.noise: self.u.outcomes[0], None: (), **dict(zip(over, values, strict=True))}

    def failure(self, formula: Json, margin: Root2 = ZERO) -> Point | None:
        """A point at which [left, relation, right] fails by more than the margin; None where it holds."""
        left, relation, right = formula
        for at in self.points(formula):
            difference = self.value(left, at) - self.value(right, at)
            if relation in ("<=", "<"):
                difference = difference.scaled(Fraction(-1))
            if relation == "=":
                wrong = (difference - margin).sign() > 0 or (difference + margin).sign() < 0
            elif margin == ZERO and relation in (">", "<"):
                wrong = difference.sign() <= 0
            else:
                wrong = (difference + margin).sign() < 0
            if wrong:
                return at
        return None


HUGE = 10**12
MARGIN = Root2(Fraction(1, 10**6))  # a limit is read off at HUGE: what fails by more than this is false


def words(e: Json) -> Iterator[str]:
    """All texts in an expression."""
    if isinstance(e, str):
        yield e
    elif isinstance(e, list):
        for x in e:
            yield from words(x)


def has_limit(statement: Json) -> bool:
    """Whether a statement speaks of a limit."""
    return "limsup" in set(words([*statement["hypotheses"], statement["conclusion"]]))


def violated(statement: Json, seed: int, lengths: Mapping[str, int] | None = None) -> str | None:
    """Why a statement is false in the universe of a seed: its hypotheses hold and its conclusion does not.

    None where it is true there, where a hypothesis fails, or where the universe does not decide.
    """
    limit = has_limit(statement)
    try:
        reading = Reading(Universe(statement, seed, dict(lengths or {}), period=limit))
        if limit:
            meaningless = _supposed_for_ever(reading)
            if meaningless is not None:
                return meaningless or None
        elif any(reading.failure(h) is not None for h in statement["hypotheses"]):
            return None
    except (UndecidedError, IllDefinedError, KeyError):
        return None
    try:
        for u in _horizons(reading.u) if limit else [reading.u]:
            at = Reading(u).failure(statement["conclusion"], MARGIN if limit else ZERO)
            if at is not None:
                return f"false at {at}" + (f" for the horizon {max(u.lengths.values())}" if limit else "")
    except UndecidedError:
        return None
    except IllDefinedError as problem:
        return str(problem)
    return None


def _horizons(u: Universe) -> list[Universe]:
    """The same process at a few small horizons and at two huge ones."""
    statement = u.declared
    horizons = {e[1] for e in _applications([*statement["hypotheses"], statement["conclusion"]]) if e[0] == "limsup"}
    result = []
    for K in (1, 2, 3, HUGE, HUGE + 1):
        result.append(Universe(statement, u.seed, {**u.lengths, **dict.fromkeys(horizons, K)}, period=True))
        result[-1].drawn = u.drawn
    return result


def _supposed_for_ever(reading: Reading) -> str | None:
    """None where the hypotheses of a limit hold at every horizon, "" where not; else what is wrong with them."""
    u = reading.u
    statement = u.declared
    horizons = {e[1] for e in _applications([*statement["hypotheses"], statement["conclusion"]]) if e[0] == "limsup"}
    times = [s for s in u.scopes.values() if s.get("length") in horizons]
    if len(horizons) != 1 or len(times) != 1 or times[0]["kind"] != "time":
        return f"{', '.join(sorted(horizons))}: not the length of exactly one time"
    held = [all(Reading(here).failure(h) is None for h in statement["hypotheses"]) for here in _horizons(u)]
    if all(held[:3]) and not any(held[3:]):
        return f"its hypotheses hold for small {', '.join(horizons)} and for no large one"
    return None if all(held) else ""


def _applications(e: Json) -> Iterator[Json]:
    """All sub-expressions with an operator."""
    if isinstance(e, list):
        if e and isinstance(e[0], str):
            yield e
        for x in e:
            yield from _applications(x)
