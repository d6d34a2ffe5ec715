"""Mutants of a claim: a constant halved or doubled, an inequality reversed, a term or a hypothesis dropped, an exponent
changed, a sign flipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy

from proofs.claims import Claim, Hypothesis
from proofs.language import Relation
from proofs.verdicts import statement

REVERSED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
Expr = Any


def variants(e: Expr) -> Iterator[tuple[str, Expr]]:
    """Every expression that differs in one place, with a word for the difference."""
    if e.is_Rational:
        if e != 0:
            yield f"{e} doubled", 2 * e
            yield f"{e} halved", e / 2
        return
    if e.is_Pow:
        if e.exp.is_Integer:
            yield f"exponent {e.exp} raised", e.base ** (e.exp + 1 if e.exp > 0 else e.exp - 1)
        elif e.exp.is_Rational:
            yield "root dropped", e.base
        for word, base in variants(e.base):
            yield word, base**e.exp
        return
    for k, arg in enumerate(e.args):
        rest = [*e.args[:k], *e.args[k + 1 :]]
        if e.is_Add:
            yield f"term {k + 1} dropped", e.func(*rest)
            yield f"term {k + 1} negated", e.func(*rest, -arg)
        for word, new in variants(arg):
            yield word, e.func(*e.args[:k], new, *e.args[k + 1 :])


def relations(r: Relation) -> Iterator[tuple[str, Relation]]:
    """The mutants of a relation."""
    if r.op in REVERSED:
        yield "reversed", Relation(r.left, REVERSED[r.op], r.right)
    if r.op in ("<=", ">="):
        yield "made strict", Relation(r.left, r.op[0], r.right)
    two = sympy.Integer(2)
    for word, factor in (("doubled", two), ("halved", 1 / two), ("negated", -two / 2)):
        yield f"right side {word}", Relation(r.left, r.op, factor * r.right)
    for side in ("left", "right"):
        for word, new in variants(getattr(r, side)):
            yield f"{side}: {word}", replace(r, **{side: new})


def mutants(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The mutants of a claim that state something else, by name; one of each."""
    said = [statement(claim)]
    seen: dict[str, int] = {}
    changed = [(word, {"then": r}) for word, r in relations(claim.then)]
    for k, h in enumerate(claim.suppose):
        if isinstance(h, Hypothesis):
            changed.append((f"without hypothesis {k + 1}", {"suppose": (*claim.suppose[:k], *claim.suppose[k + 1 :])}))
    for word, change in changed:
        count = seen[word] = seen.get(word, 0) + 1
        name = f"{claim.id}: {word}" + (f" ({count})" if count > 1 else "")
        mutant = replace(claim, id=name, refutation=None, **change)
        try:
            says = statement(mutant)
        except (ValueError, ArithmeticError):  # 1/0, or no polynomial
            continue
        if says not in said:
            said.append(says)
            yield name, mutant
