"""Units: whether the terms of a claim can be added and compared at all. A lint, and no verdict.

A symbol says its unit where it is declared, `v.real("eta", unit="X^2/F")`; "1" is a pure number. A relation is looked
at where every symbol in it has one. To refute a claim on such grounds takes an exact instance in two units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

import sympy

from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary

Unit: TypeAlias = "tuple[tuple[str, Fraction], ...]"  # base units with their powers, sorted; () is a pure number
FACTOR = re.compile(r"([*/]?)\s*([A-Za-z]+|1)(?:\^(-?[0-9]+))?\s*")
SAME = (sympy.Abs, sympy.Max, sympy.Min)


class UnitError(ValueError):
    """Two terms of different units are added or compared."""


class UnknownUnitError(ValueError):
    """A symbol has no unit."""


def unit(text: str) -> Unit:
    """The unit that a text names: F/X^2.

    Raises:
        ValueError: it names none.
    """
    powers, at = dict[str, Fraction](), 0
    while at < len(text):
        found = FACTOR.match(text, at)
        if found is None or bool(found[1]) == (at == 0):
            raise ValueError(f"{text!r} is no unit: write F, X^2, F/X^2, or 1 for a pure number")
        power = Fraction(found[3] or 1) * (-1 if found[1] == "/" else 1)
        if found[2] != "1":
            powers[found[2]] = powers.get(found[2], Fraction(0)) + power
        at = found.end()
    if not text:
        raise ValueError("an empty text is no unit: a pure number has the unit 1")
    return _sorted(powers)


def _sorted(powers: dict[str, Fraction]) -> Unit:
    return tuple(sorted((x, p) for x, p in powers.items() if p))


def _times(units: Iterable[Unit], power: Fraction = Fraction(1)) -> Unit:
    powers = dict[str, Fraction]()
    for u in units:
        for x, p in u:
            powers[x] = powers.get(x, Fraction(0)) + p * power
    return _sorted(powers)


def show(u: Unit) -> str:
    """A unit as text."""
    return " ".join(x if p == 1 else f"{x}^{p}" for x, p in u) or "1"


def unit_of(v: Vocabulary, e: Expr) -> Unit | None:
    """The unit of an expression; None for 0, which has every unit.

    Raises:
        UnitError: terms of different units are added.
        UnknownUnitError: a symbol has no unit.
    """
    if e.is_Number:
        return None if e == 0 else ()
    if e.is_Symbol:
        return _of_symbol(v, e.name)
    if e.is_Mul:
        factors = [unit_of(v, a) for a in e.args]
        return None if None in factors else _times(f for f in factors if f is not None)
    if e.is_Pow:
        base = unit_of(v, e.base)
        return None if base is None else _times([base], Fraction(int(e.exp.p), int(e.exp.q)))
    if e.is_Add or isinstance(e, SAME):
        return _same(v, e.args)
    if isinstance(e, sympy.sign):
        return ()
    if e.is_Function:  # a functional, or a value one step later
        return unit_of(v, e.args[-1])
    raise UnknownUnitError(str(e))


def _same(v: Vocabulary, terms: Iterable[Expr]) -> Unit | None:
    known: dict[Unit, Expr] = {}
    for term in terms:
        u = unit_of(v, term)
        if u is not None:
            known.setdefault(u, term)
    if len(known) > 1:
        (one, first), (other, second) = list(known.items())[:2]
        raise UnitError(f"{v.text(first)} has the unit {show(one)}, and {v.text(second)} the unit {show(other)}")
    return next(iter(known), None)


def _of_symbol(v: Vocabulary, name: str) -> Unit | None:
    if name in v.units:
        return unit(v.units[name])
    if name in v.conditions:
        return ()
    if name in v.inverses:
        of = unit_of(v, v.inverses[name])
        return None if of is None else _times([of], Fraction(-1))
    if name not in v.definitions:
        raise UnknownUnitError(name)
    kind, bodies = v.definitions[name]
    if kind == "sign":
        return ()
    if kind == "quotient":
        return unit_of(v, bodies[0] / bodies[1])
    return unit_of(v, sympy.sqrt(bodies[0])) if kind == "root" else _same(v, bodies)


def unit_fault(v: Vocabulary, relation: Relation) -> str | None:
    """What cannot be added or compared in a relation, or None; None also where a symbol has no unit."""
    try:
        _same(v, (relation.left, relation.right))
    except UnitError as fault:
        return str(fault)
    except UnknownUnitError:
        return None
    return None
