"""The words: what is declared, norms, averages, expectations, the next step. `from convbound.textbook import *`."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NoReturn

import sympy

from convbound.proofs.language.vocabulary import first_value, last_value, next_value
from convbound.proofs.textbook.declared import DIMENSION, Declared, MisuseError, checked_name, together
from convbound.proofs.textbook.terms import Stated, Term, applied, kind_of, mapped, over_coordinates, term

# ------------------------------------------------------------------------------------------------------ declarations

Terms = Any  # one Term, or a tuple of as many as there are names
GRADIENTS: dict[tuple[str, str], Term] = {}  # of a function, in a module: what was declared as its gradient


def _symbol(declared: Declared) -> Term:
    return Term(sympy.Symbol(declared.name, real=True), declared.vector, {declared.name: declared})


K = _symbol(Declared("K", "integer"))  # the number of steps
d = _symbol(DIMENSION)  # the number of coordinates
k = _symbol(Declared("k", "step"))  # the step


def _declare(names: str, kind: str, meaning: str = "", vector: bool = False, stage: int = 1) -> Terms:
    """One term, or a tuple of several."""
    if not isinstance(names, str):
        raise MisuseError(f"names are a text, as in constants('L alpha'), not {kind_of(names)}")
    words = names.replace(",", " ").split()
    if not words:
        raise MisuseError("there is no name to declare in the empty text")
    if meaning and (len(words) > 1 or not isinstance(meaning, str)):
        raise MisuseError(f"one meaning, a text, belongs to one name; {names!r} are {len(words)}")
    found = [_symbol(Declared(checked_name(x), kind, vector, meaning, stage)) for x in words]
    if len({x.expr for x in found}) < len(found):
        raise MisuseError(f"a name stands twice in {names!r}")
    return found[0] if len(found) == 1 else tuple(found)


def constants(names: str) -> Terms:
    """Real numbers, fixed before everything else: `L, alpha = constants("L alpha")`."""
    return _declare(names, "constant")


def positive(names: str) -> Terms:
    """Constants that are positive; each claim in which one stands supposes so, visibly."""
    return _declare(names, "positive")


def integers(names: str) -> Terms:
    """Integers, fixed before everything else."""
    return _declare(names, "integer")


def vectors(names: str) -> Terms:
    """Vectors with coordinates i = 1, …, d, fixed before everything else."""
    return _declare(names, "fixed", vector=True)


def known(names: str, meaning: str = "") -> Terms:
    """Numbers that are known at every step k, before its draws; random where something is drawn: `F = known("F")`."""
    return _declare(names, "known", meaning)


def known_vector(names: str, meaning: str = "") -> Terms:
    """Vectors that are known at every step; one whose meaning begins with ∇F is the gradient of F."""
    found = _declare(names, "known", meaning, vector=True)
    if meaning.startswith("∇"):
        function = meaning[1:].partition("(")[0].strip()
        GRADIENTS[sys._getframe(1).f_globals.get("__name__", ""), function] = found
    return found


def drawn(names: str, meaning: str = "", *, stage: int = 1) -> Terms:
    """Random numbers drawn in every step.

    Args:
        names: one or several names, separated by blanks.
        meaning: what it is, for reports; of one name.
        stage: 1, 2, …: what is drawn at a later stage may depend on the earlier ones.
    """
    return _declare(names, "drawn", meaning, stage=_stage(stage))


def drawn_vector(names: str, meaning: str = "", *, stage: int = 1) -> Terms:
    """Random vectors drawn in every step: `h = drawn_vector("h", "the stochastic gradient")`."""
    return _declare(names, "drawn", meaning, vector=True, stage=_stage(stage))


MAX_STAGE = 8


def _stage(stage: object) -> int:
    if not isinstance(stage, int) or isinstance(stage, bool) or not 1 <= stage <= MAX_STAGE:
        raise MisuseError(f"the stage of a step is 1, 2, … up to {MAX_STAGE}, not {stage!r}")
    return stage


# ------------------------------------------------------------------------------------------------- numbers and vectors


def _number(thing: object, word: str) -> Term:
    t = term(thing)
    if t.vector:
        raise MisuseError(f"{word} is of a number, and {t} is a vector")
    return t


def _vector(thing: object, word: str) -> Term:
    t = term(thing)
    if not t.vector:
        raise MisuseError(f"{word} is of a vector, and {t} is a number; a square is written {t}**2")
    return t


def norm2(v: object) -> Term:
    """The squared norm ‖v‖², the sum of the squares of the coordinates."""
    t = _vector(v, "norm2, the squared norm,")
    return over_coordinates(Term(t.expr**2, True, t.declared))


def norm(v: object) -> Term:
    """The norm ‖v‖."""
    t = norm2(_vector(v, "norm"))
    return Term(sympy.sqrt(t.expr), False, t.declared)


def norm1(v: object) -> Term:
    """The norm ‖v‖₁, the sum of the absolute values of the coordinates."""
    t = _vector(v, "norm1")
    return over_coordinates(abs(t))


def sqrt(x: object) -> Term:
    """The square root; of a vector, of each coordinate."""
    t = term(x)
    return Term(sympy.sqrt(t.expr), t.vector, t.declared)


def sign(x: object) -> Term:
    """-1, 0 or 1; of a vector, of each coordinate."""
    t = term(x)
    return Term(sympy.sign(t.expr), t.vector, t.declared)


def _extremum(function: Callable[..., sympy.Expr], things: tuple[object, ...]) -> Term:
    if len(things) < 2:
        raise MisuseError(f"{function.__name__} is of two or more numbers")
    found = [_number(x, function.__name__) for x in things]
    return Term(function(*(t.expr for t in found)), False, together(*(t.declared for t in found)))


def Max(*numbers: object) -> Term:
    """The greatest of two or more numbers."""
    return _extremum(sympy.Max, numbers)


def Min(*numbers: object) -> Term:
    """The least of two or more numbers."""
    return _extremum(sympy.Min, numbers)


# ------------------------------------------------------------------------------------------------- steps and averages


def mean(of: object) -> Term:
    """The average over the steps k = 1, …, K."""
    t = term(of)
    return applied("mean", t, t.vector, K.declared)


def total(of: object) -> Term:
    """The sum over the steps k = 1, …, K."""
    t = term(of)
    return applied("total", t, t.vector, K.declared)


def _shift(how: str, function: Callable[..., sympy.Expr], of: object, *more: object) -> Term:
    t = term(of)
    table = t.declared

    def leaf(symbol: sympy.Symbol) -> sympy.Expr:
        declared = table.get(symbol.name)
        kind = declared.kind if declared else "step"
        if kind == "drawn":
            raise MisuseError(f"{symbol} is drawn anew in every step: it has no {how}; declare it known, if it has one")
        if kind == "step":
            return {"next": symbol + 1, "first": sympy.Symbol("k_first"), "last": sympy.Symbol("k_last")}[how]
        return function(symbol) if kind in ("known", "power") else symbol

    def again(expression: sympy.Expr) -> NoReturn:
        raise MisuseError(f"{how} of {expression} cannot be read: it stands at another step already")

    def bound(expression: sympy.Expr) -> NoReturn:
        raise MisuseError(f"{how} of {expression} cannot be read: that expectation belongs to its own step")

    def inside(expression: sympy.Expr) -> sympy.Expr:
        return expression.func(mapped(expression.args[0], leaf, functional))

    functional: dict[str, Callable[[sympy.Expr], sympy.Expr]] = {"sum": inside, "E": inside}
    functional |= dict.fromkeys(("next", "first", "last"), again)
    functional |= dict.fromkeys(("mean", "total"), lambda e: e)
    functional |= {"E_k": bound, **{f"E_k{s}": bound for s in range(1, MAX_STAGE + 1)}}
    moved = mapped(t.expr, leaf, functional)
    if moved.has(sympy.Symbol("k_first"), sympy.Symbol("k_last")):
        raise MisuseError(f"{how} of the step k itself: write the number")
    if moved == t.expr:
        raise MisuseError(f"{t} is the same at every step: {how} changes nothing")
    return Term(moved, t.vector, table)


def next(of: object, *default: object) -> Any:
    """The value at the next step; of anything but a term, what Python's own next gives."""
    if isinstance(of, Iterator) and not isinstance(of, Term):
        return builtins.next(of, *default)
    return _shift("next", next_value, of)


def first(of: object) -> Term:
    """The value at the first step."""
    found: Term = _shift("first", first_value, of)
    return found


def last(of: object) -> Term:
    """The value after the last step."""
    found: Term = _shift("last", last_value, of)
    return found


# ------------------------------------------------------------------------------------------------------ expectations


class Expectation:
    """E, E_k, or what is known after a stage of step k. It refuses what it would leave as it is."""

    def __init__(self, name: str, stage: int | None) -> None:
        """`stage`: 0 for the past of a step, s after its stage s, None for no knowledge."""
        self.name, self.stage = name, stage

    def after(self, stage: int) -> Expectation:
        """The expectation given the past and what is drawn up to a stage of the step."""
        if self.name != "E_k":
            raise MisuseError("only E_k has an after: the stages of step k")
        return Expectation(f"E_k{_stage(stage)}", _stage(stage))

    def __call__(self, of: object) -> Term:
        """The expectation of a term."""
        t = term(of)
        if t.expr == 0:
            raise MisuseError(f"{self.name} of zero: the term cancels before it is averaged")
        for part in sympy.Add.make_args(t.expr):
            if not self._varies(part, t):
                raise MisuseError(f"{self.name} changes nothing in {part}: {self._why(part, t)}; write it outside")
        return applied(self.name, t, t.vector)

    def __getitem__(self, of: object) -> Term:
        """E_k[h], as papers write it."""
        return self(of)

    def __mul__(self, other: object) -> NoReturn:
        """Refuse."""
        raise MisuseError(f"{self.name} is no number: write {self.name}(…)")

    __rmul__ = __add__ = __sub__ = __truediv__ = __mul__

    def changes(self, t: Term) -> bool:
        """Whether a term may differ between what this expectation averages over."""
        return self._varies(t.expr, t)

    def _why(self, part: sympy.Expr, t: Term) -> str:
        names = [x.name for x in sorted(part.free_symbols, key=str) if x.name in t.declared]
        drawn = [x for x in names if t.declared[x].kind == "drawn"]
        if self.stage and drawn:
            return f"{drawn[0]} is drawn by stage {self.stage} of the step, and known after it"
        return "nothing in it is drawn in step k" if self.stage is not None else "nothing in it is random"

    def _varies(self, e: sympy.Expr, t: Term, moved: bool = False) -> bool:
        """Whether a part of a term may differ between what this expectation averages over."""
        if e.is_Symbol:
            declared = t.declared.get(e.name)
            kind = declared.kind if declared else ""
            if kind == "least" and declared is not None and declared.of is not None:
                return self._varies(declared.of.expr, declared.of, True)
            if self.stage is None:
                return kind in ("known", "drawn")
            late = declared is not None and declared.stage > self.stage
            return (kind == "drawn" and late) or (kind == "known" and moved)
        name = e.func.__name__
        if name == "E":
            return False
        if name.startswith("E_k"):
            inner = int(name[3:] or 0)
            return self.stage is None or inner > self.stage or moved
        if name == "first":
            return self.stage is None and self._varies(e.args[0], t)
        anew = moved or name in ("next", "last", "mean", "total")
        return any(self._varies(x, t, anew or (name in ("mean", "total"))) for x in e.args)


E = Expectation("E", None)
E_k = Expectation("E_k", 0)


# ------------------------------------------------------------------------------------------------------- statements


def smooth(F: Term, L: object, *, step: Term, gradient: Term | None = None) -> list[Stated]:
    """F is L-smooth, as it is used: L > 0, and the descent inequality from the step to the next.

    Args:
        F: a number known at every step: `known("F")`.
        L: the Lipschitz constant of its gradient.
        step: next(x) - x, a vector.
        gradient: ∇F at the step; by default the vector that was declared to be "∇F…".

    Returns:
        The statements, to be supposed.

    Raises:
        MisuseError: F is no such number, or no gradient of it is declared.
    """
    if not isinstance(F, Term) or F.vector or not F.expr.is_Symbol:
        raise MisuseError("smooth(F, L, step=…): F is a number that is known at every step")
    if gradient is None:
        gradient = GRADIENTS.get((sys._getframe(1).f_globals.get("__name__", ""), F.expr.name))
    if gradient is None:
        raise MisuseError(f'smooth: no gradient of {F} is declared; write known_vector("g", "∇{F}(x_k)") or gradient=')
    g, u, smoothness = _vector(gradient, "gradient="), _vector(step, "step="), _number(L, "L")
    descent: Stated = next(F) <= F + g @ u + smoothness / 2 * norm2(u)
    return [smoothness > 0, replace(descent, label=f"{F} is {smoothness}-smooth")]


def run(F: Term, start: object, floor: object) -> list[Stated]:
    """A run of K ≥ 1 steps from F = start, at whose end F is at least the floor.

    Args:
        F: a number known at every step.
        start: its value at the first step.
        floor: what it is never below: F_inf.

    Returns:
        The statements, to be supposed.
    """
    return [K >= 1, first(F) == term(start), last(F) >= term(floor)]


def added(statement: Stated) -> Stated:
    """A hypothesis that the source does not have."""
    if not isinstance(statement, Stated):
        raise MisuseError(f"added(…) marks a statement, not {kind_of(statement)}")
    return replace(statement, added=True)
