"""What the author wrote against what the kernel was given: two evaluations that share no translation.

The kernel proves, and the models decide, statements about polynomials that `translate` made of the author's
expressions; a mistake made there would be made everywhere. Here the expressions themselves are evaluated, by the
rules of arithmetic and the vocabulary's declarations, and compared with the value of the kernel's fact: exactly, at
the claim's own instances and at random ones. In a random instance every symbol is a random function of what it may
depend on and every root a random function of its radicand (the two sides must agree whatever a root is), so no
hypothesis is supposed and nothing is rounded.

Two statements that differ as polynomials of degree D in independent values agree at one random instance with
probability at most D/997 (Schwartz and Zippel); the `LARGE` ones, with several steps, are all passed by mistake with
at most (D/997)^LARGE, and a mistake that shows with one step only by (D/997)^(LARGE + SMALL). Where an absolute
value, a sign or a maximum makes cases, each sign is drawn evenly, and a mistake in a case that is met with
probability p is missed with at most (1 - p + D/997)^(LARGE + SMALL). The instances are drawn from the claim's name:
the same in every run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from itertools import product

import sympy

from convbound.bounds.arithmetic import Number
from convbound.bounds.plain_data import Json
from convbound.proofs.claims import Claim
from convbound.proofs.kernel import Proof
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary
from convbound.proofs.models.model import Evaluation, Label, Model, Point
from convbound.proofs.models.processes import Instance
from convbound.proofs.models.random_instances import Draw
from convbound.proofs.models.segments import Along, Value
from convbound.proofs.models.surds import Surd
from convbound.proofs.statement import LENGTHS, draft_of, finite

LARGE, SMALL = 2, 10  # random instances: with several steps and outcomes, and with one step
TRIES = 40
FEW = 8  # moves at the start of a process of which more than one step is looked at
POINTS = 3  # of a relation in an instance
SIDES = {"<=": (">=", -1), "<": (">", -1), ">=": (">=", 1), ">": (">", 1), "=": ("=", 1)}


def crosscheck(claim: Claim, instances: Sequence[Instance] = ()) -> str | None:
    """Where the claim's expressions and the kernel's facts have different values, in words; None where they agree."""
    chance = random.Random(claim.name)
    for instance in instances:
        for model in _models(claim, instance):
            problem, _ = _compare(claim, model, None, chance)
            if problem is not None:
                return problem
    passed = 0
    for attempt in range(TRIES):
        draw = Draw(claim.vocabulary, f"{claim.name} {attempt}", large=passed < LARGE)
        problem, whole = _compare(claim, draw.model(), draw.root, chance)
        if problem is not None:
            return problem
        passed += whole
        if passed == LARGE + SMALL:
            return None
    return "the statement could not be compared with the author's expressions: they have no value at random instances"


def _models(claim: Claim, instance: Instance) -> list[Model]:
    """The instance itself, or a few first steps of it."""
    if isinstance(instance, Model):
        return [instance]
    few = len(instance.moves(instance.start)) <= FEW
    return [finite(claim, instance, K) for K in (LENGTHS if few else LENGTHS[:1])]


class _Facts(Evaluation):
    """The kernel's facts; a limit is read as what it is the limit of, and a root may be any function."""

    def __init__(self, signature: Proof, model: Model, root: Callable[[Value], Value] | None) -> None:
        super().__init__(signature, model)
        self.any_root = root

    def root(self, x: Value) -> Value:
        return super().root(x) if self.any_root is None else self.any_root(x)

    def _limsup(self, atom: str, operand: Json) -> Value:
        return self.poly(operand[1], {})


def _compare(
    claim: Claim, model: Model, root: Callable[[Value], Value] | None, chance: random.Random
) -> tuple[str | None, bool]:
    """(a difference, whether every relation had a value) in one model."""
    draft, hypotheses, conclusion = draft_of(claim)
    facts, author = _Facts(draft.proof, model, root), Author(claim.vocabulary, model, root)
    relations = [*((h.relation, f) for h, f in zip(claim.facts, hypotheses, strict=True)), (claim.then, conclusion)]
    whole = True
    for relation, fact in relations:
        name, side = SIDES[relation.op]
        if name != fact.relation:
            return f"{claim.vocabulary.text(relation)} is an inequality of another kind for the kernel", False
        try:
            points = author.points(relation, chance)
        except (ValueError, KeyError):
            whole = False
            continue
        for at in points:
            try:
                theirs = author.value(relation.left, at) - author.value(relation.right, at)
                ours = facts.poly(fact.poly, at)
            except (ValueError, KeyError, ZeroDivisionError):
                whole = False
                continue
            if theirs * side != ours:
                where = ", ".join(f"{k} = {v}" for k, v in at.items())
                text = claim.vocabulary.text(relation)
                return f"the kernel reads {text} otherwise: {theirs * side} here, {ours} there ({where})", False
    return None, whole


# ------------------------------------------------------------------------------------------ the author's side


class Series(Along):
    """A value inside an integral: a polynomial in its variable."""

    def __add__(self, other: Number) -> Series:
        a, b = self.coefficients, _series(other).coefficients
        return Series(*(_at(a, k) + _at(b, k) for k in range(max(len(a), len(b)))))

    def __mul__(self, other: Number) -> Series:
        a, b = self.coefficients, _series(other).coefficients
        result: list[Value] = [Fraction(0)] * (len(a) + len(b))
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                result[i + j] = result[i + j] + x * y
        return Series(*result)

    def __sub__(self, other: Number) -> Series:
        return self + _series(other) * Fraction(-1)

    __radd__, __rmul__ = __add__, __mul__


def _series(x: Number) -> Series:
    return x if isinstance(x, Series) else Series(x)


def _at(coefficients: Sequence[Value], k: int) -> Value:
    return coefficients[k] if k < len(coefficients) else Fraction(0)


FREE = object()  # the variable of the integral that is under way


class Author:
    """The values of the author's expressions in a model, by the vocabulary's declarations alone."""

    def __init__(self, vocabulary: Vocabulary, model: Model, root: Callable[[Value], Value] | None) -> None:
        self.vocabulary, self.model, self.any_root = vocabulary, model, root
        self.scopes = {s["name"]: s for s in vocabulary.scopes}
        self.symbols = {s["name"]: s for s in vocabulary.symbols}
        self.functionals = {f["name"]: f for f in vocabulary.functionals}
        self.variables = {s["variable"]: s["name"] for s in vocabulary.scopes if "variable" in s}
        self.noise = next((s["name"] for s in vocabulary.scopes if s["kind"] == "random"), "")
        self.known: dict[Hashable, Number] = {}  # the value of a symbol at what it varies over
        self.axes: dict[str, tuple[str, ...]] = {}

    def value(self, e: Expr, at: Point) -> Number:
        """The value of an expression at a point."""
        if e.is_Rational:
            return Fraction(int(e.p), int(e.q))
        if e.is_Symbol:
            return self._symbol(e.name, at)
        if e.is_Add:
            return sum((self.value(a, at) for a in e.args), Fraction(0))
        if e.is_Mul:
            total: Number = Fraction(1)
            for a in e.args:
                total = total * self.value(a, at)
            return total
        if e.is_Pow:
            return self._power(self.value(e.base, at), e.exp)
        if isinstance(e, sympy.Abs | sympy.sign | sympy.Max | sympy.Min):
            values = [_number(self.value(a, at)) for a in e.args]
            chosen = {sympy.Abs: abs_, sympy.sign: sign_, sympy.Max: greatest, sympy.Min: least}
            return next(f for kind, f in chosen.items() if isinstance(e, kind))(values)
        if e.is_Function:
            return self._function(e.func.__name__, e.args, at)
        raise ValueError(f"cannot evaluate {e}")

    def _power(self, base: Number, exponent: Expr) -> Number:
        if not exponent.is_Rational:
            raise ValueError(f"the exponent {exponent}")
        below = int(exponent.q)
        while below > 1:
            if below % 2:
                raise ValueError(f"the exponent {exponent}")
            base, below = self._root(_number(base)), below // 2
        power = int(exponent.p)
        if power < 0:
            base = _number(Surd.of(_number(base)).inverse())
        total: Number = Fraction(1)
        for _ in range(abs(power)):
            total = total * base
        return total

    def _root(self, x: Value) -> Value:
        return self.any_root(x) if self.any_root is not None else _number(Surd.of(x).root())

    def _symbol(self, name: str, at: Point) -> Number:
        """The value of a symbol, remembered: it is asked for in many terms."""
        if name not in self.axes:
            self.axes[name] = tuple(sorted(self.reach(sympy.Symbol(name))))
        key = (name, *[at[s] for s in self.axes[name]])
        if key not in self.known:
            self.known[key] = self._new_symbol(name, at)
        return self.known[key]

    def _new_symbol(self, name: str, at: Point) -> Number:
        if name in self.vocabulary.definitions:
            kind, body = self.vocabulary.definitions[name]
            values = [_number(self.value(b, at)) for b in body]
            if kind == "quotient":
                return values[0] * self._power(values[1], sympy.Integer(-1))
            if kind == "root":
                return self._root(values[0])
            return {"absolute": abs_, "sign": sign_, "maximum": greatest}[kind](values)
        if name in self.variables:
            place = at[self.variables[name]]
            return Series(0, 1) if place is FREE else Fraction(place)
        given = self.model.values[name]
        units = [s for s in self.symbols[name]["scopes"] if self.scopes.get(s, {}).get("kind") == "unit"]
        if callable(given) and not isinstance(given, Along):
            own = set(self.symbols[name]["scopes"]) - set(units)
            given = given({k: v for k, v in at.items() if k in own})
        if not units:
            return given if isinstance(given, Surd) else Fraction(given)
        along = given if isinstance(given, Along) else Along(given)
        return Series(*along.coefficients) if at[units[0]] is FREE else along(at[units[0]])

    def _function(self, name: str, arguments: Sequence[Expr], at: Point) -> Number:
        if name in ("next", "first", "last"):
            (argument,) = arguments
            time = self._sequence(argument)
            first, steps = self.range(time)
            return self.value(
                argument, {**at, time: {"next": at.get(time, 0) + 1, "first": first}.get(name, first + steps)}
            )
        if name == "limsup":
            return self.value(arguments[1], {})
        f, (argument,) = self.functionals[name], arguments
        if f["kind"] == "expectation":
            return self._expectation(f.get("given", []), argument, at)
        if f["kind"] == "integral":
            inside = _series(self.value(argument, {**at, f["over"]: FREE}))
            return sum(
                (
                    c / (k + 1) if isinstance(c, Fraction) else c * Fraction(1, k + 1)
                    for k, c in enumerate(inside.coefficients)
                ),
                Fraction(0),
            )
        first, steps = self.range(f["over"])
        total = sum((self.value(argument, {**at, f["over"]: j}) for j in range(first, first + steps)), Fraction(0))
        return total * Fraction(1, steps) if f["kind"] == "average" else total

    def _expectation(self, given: Sequence[str], argument: Expr, at: Point) -> Number:
        steps = [at[t] - self.range(t)[0] for t in given]
        alike = self.model.outcomes
        if given and len(alike) > 1:
            here = self.model.past(at[self.noise], steps)
            alike = [(w, label) for w, label in alike if self.model.past(label, steps) == here]
        weight = sum((w for w, _ in alike), Fraction(0))
        return sum((w / weight * self.value(argument, {**at, self.noise: label}) for w, label in alike), Fraction(0))

    def _sequence(self, argument: Expr) -> str:
        times = {self.symbols.get(s.name, {}).get("sequence") for s in argument.free_symbols} - {None}
        (time,) = times
        return str(time)

    def range(self, scope: str) -> tuple[int, int]:
        """(first, number) of the points of an index or a time."""
        s = self.scopes[scope]
        return (int(s.get("start", "0")) if s["kind"] == "time" else 0), int(self._symbol(s["length"], {}))

    # --------------------------------------------------------------------------------------------- points

    def points(self, relation: Relation, chance: random.Random) -> list[Point]:
        """Some points of the scopes of a relation; all of them where they are few."""
        names = sorted(self.reach(relation.left) | self.reach(relation.right))
        axes: list[Sequence[Label]] = []
        for name in names:
            kind = self.scopes[name]["kind"]
            if kind == "random":
                axes.append([label for _, label in self.model.outcomes])
            elif kind == "unit":
                axes.append([Fraction(chance.randint(0, 997), 997)])
            else:
                first, steps = self.range(name)
                axes.append(range(first, first + steps))
        size = 1
        for axis in axes:
            size *= len(axis)
        if size <= POINTS:
            return [dict(zip(names, values, strict=True)) for values in product(*axes)]
        return [{n: chance.choice(axis) for n, axis in zip(names, axes, strict=True)} for _ in range(POINTS)]

    def reach(self, e: Expr) -> set[str]:
        """The scopes over which an expression varies."""
        if e.is_Symbol:
            if e.name in self.variables:
                return {self.variables[e.name]}
            if e.name in self.vocabulary.definitions:
                return set().union(*(self.reach(b) for b in self.vocabulary.definitions[e.name][1]))
            return {s for s in self.symbols[e.name]["scopes"] if not s.startswith("~")}
        name = e.func.__name__
        if not e.is_Function or name not in (*self.functionals, "first", "last", "limsup"):
            return set().union(*(self.reach(a) for a in e.args))
        if name == "limsup":
            return set()
        inside = self.reach(e.args[0])
        if name in ("first", "last"):
            return inside - {self._sequence(e.args[0])}
        f = self.functionals[name]
        if f["kind"] != "expectation":
            return inside - {f["over"]}
        return inside | {self.noise, *f["given"]} if f.get("given") else inside - {self.noise}


def _number(x: Number) -> Value:
    """A value that is none along a segment.

    Raises:
        ValueError: it is one.
    """
    if isinstance(x, Series):
        raise ValueError("no polynomial along a segment")
    return x if isinstance(x, Fraction) else x.rational if x.rational is not None else x


def abs_(values: Sequence[Value]) -> Value:
    """The absolute value."""
    return greatest([values[0], -values[0]])


def sign_(values: Sequence[Value]) -> Value:
    """-1, 0 or 1."""
    return Fraction(Surd.of(values[0]).sign())


def greatest(values: Sequence[Value]) -> Value:
    """The largest of several."""
    largest = values[0]
    for x in values[1:]:
        largest = x if Surd.of(largest) < x else largest
    return largest


def least(values: Sequence[Value]) -> Value:
    """The smallest of several."""
    return -greatest([-x for x in values])
