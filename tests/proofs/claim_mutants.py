"""Mutants of a claim: a constant halved or doubled, an inequality reversed, a term or a hypothesis dropped, an exponent
changed, a sign flipped."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import sympy

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.models.model import Evaluation, Model
from convbound.proofs.models.processes import Instance
from convbound.proofs.statement import draft_of, finite, limits, statement, unmet

REVERSED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
Expr = Any


def variants(e: Expr) -> Iterator[Expr]:
    """Every expression that differs in one place."""
    if e.is_Rational:
        if e != 0:
            yield 2 * e
            yield e / 2
        return
    if e.is_Pow:
        if e.exp.is_Integer:
            yield e.base ** (e.exp + 1 if e.exp > 0 else e.exp - 1)
        elif e.exp.is_Rational:
            yield e.base
        for base in variants(e.base):
            yield base**e.exp
        return
    for k, arg in enumerate(e.args):
        rest = [*e.args[:k], *e.args[k + 1 :]]
        if e.is_Add:
            yield e.func(*rest)
            yield e.func(*rest, -arg)
        for new in variants(arg):
            yield e.func(*e.args[:k], new, *e.args[k + 1 :])


def relations(r: Relation) -> Iterator[Relation]:
    """The mutants of a relation."""
    if r.op in REVERSED:
        yield Relation(r.left, REVERSED[r.op], r.right)
    if r.op in ("<=", ">="):
        yield Relation(r.left, r.op[0], r.right)
    for factor in (sympy.Integer(2), sympy.Rational(1, 2), sympy.Integer(-1)):
        yield Relation(r.left, r.op, factor * r.right)
    for left in variants(r.left):
        yield Relation(left, r.op, r.right)
    for right in variants(r.right):
        yield Relation(r.left, r.op, right)


Change = tuple[str, Any]  # its name, and the fields of the claim that are others


def changes(claim: Claim) -> list[Change]:
    """Everything that can be altered, in one place each; some alterations state nothing new, or nothing at all."""
    changed: list[Change] = [(f"{r.left} {r.op} {r.right}", {"then": r}) for r in relations(claim.then)]
    for k, h in enumerate(claim.suppose):
        if isinstance(h, Hypothesis):
            changed.append((f"without hypothesis {k + 1}", {"suppose": (*claim.suppose[:k], *claim.suppose[k + 1 :])}))
    return changed


def mutants(claim: Claim, of: Iterable[Change] | None = None) -> Iterator[Claim]:
    """The mutants that state something else, one of each, named after what they state; those `of` some changes only."""
    said = [statement(claim)]
    for name, change in changes(claim) if of is None else of:
        mutant = replace(claim, id=f"{claim.id}: {name}", refutation=None, **change)
        try:
            says = statement(mutant)
        except (ValueError, ArithmeticError):  # 1/0, or no polynomial
            continue
        if says not in said:
            said.append(says)
            yield mutant


def witnesses(claim: Claim) -> list[Model]:
    """The exact models that the claim's author gives for its hypotheses; of a process its first steps."""
    given = claim.witness() if claim.witness is not None else []
    instances = [given] if isinstance(given, Instance) else list(given)
    return [m for x in instances for m in ([x] if isinstance(x, Model) else [finite(claim, x, K) for K in (1, 2, 3)])]


def false_in(mutant: Claim, models: list[Model]) -> bool:
    """Whether one of the models satisfies the mutant's hypotheses and violates its conclusion."""
    for model in () if limits(mutant) else models:
        if unmet(mutant, model) is None:
            draft, _, conclusion = draft_of(mutant)
            with contextlib.suppress(ValueError, ZeroDivisionError):
                if Evaluation(draft.proof, model).failure(conclusion) is not None:
                    return True
    return False
