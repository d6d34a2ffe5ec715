"""Where a bound says that it applies, the hypotheses of its claims hold: at random points and on boundaries."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from sympy.core.function import AppliedUndef

from convbound.bounds import CATALOGUE, Bound
from convbound.bounds.catalogue import BY_LETTER
from convbound.bounds.conditions import Comparison, Enclosed, holds
from convbound.bounds.parameter_table import COUNT, PROBABILITY
from convbound.bounds.subjects import discrete_updates, lattice
from convbound.proofs.claims import Claim
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.libraries import load_library
from shared import examples

NAMES = {"eta": "alpha", "miss": "p"}  # of claims, where the catalogue has other letters
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}


def claims_of(entry: Bound) -> list[list[Claim]]:
    """The claims behind an entry; those that treat two cases of one statement stand together."""
    groups: dict[str, list[Claim]] = {}
    for name in entry.claims:
        library, _, identifier = name.partition(":")
        groups.setdefault(identifier.removesuffix("@large-c"), []).append(load_library(library)[identifier])
    return list(groups.values())


def supposed_of_parameters(claim: Claim, letters: set[str]) -> Iterator[Relation]:
    """The hypotheses that speak of the bound's parameters only."""
    for hypothesis in claim.facts:
        relation = hypothesis.relation
        sides = [sympy.sympify(side, strict=True) for side in (relation.left, relation.right)]
        names = {NAMES.get(s.name, s.name) for side in sides for s in side.free_symbols}
        definition = relation.op == "=" and str(sides[0]) == "h"  # what h stands for
        if not any(side.atoms(AppliedUndef) for side in sides) and names <= letters | {"h"} and not definition:
            yield relation


def value_at(side: Any, point: Mapping[str, Fraction]) -> Any:
    """A side of a relation, exactly."""
    known = {name: sympy.Rational(x.numerator, x.denominator) for name, x in point.items()}
    if {"L", "Delta", "r", "K", "p"} <= set(known):
        known["h"] = known["L"] / 2 + known["Delta"] / (known["r"] * known["K"] * known["p"])
    expression = sympy.sympify(side, strict=True)
    return expression.subs({s: known[NAMES.get(s.name, s.name)] for s in expression.free_symbols})


def failing(entry: Bound, point: Mapping[str, Fraction]) -> str | None:
    """A hypothesis of a claim behind the entry that does not hold at the point."""
    for cases in claims_of(entry):
        broken = []
        for claim in cases:
            for relation in supposed_of_parameters(claim, set(point)):
                left, right = (value_at(side, point) for side in (relation.left, relation.right))
                if not SIGNS[relation.op](sympy.sign(left - right), 0):
                    broken.append(f"{claim.id}: {relation.left} {relation.op} {relation.right}")
                    break
        if len(broken) == len(cases):
            return broken[0]
    return None


def boundaries(entry: Bound, point: Mapping[str, Fraction]) -> Iterator[dict[str, Fraction]]:
    """The point, and where one parameter alone can bring about equality in a comparison of the condition."""
    yield dict(point)
    for number, (left, _, right) in enumerate(entry.conditions_at(point) if rational(entry) else ()):
        for name in point:
            if BY_LETTER[name].kind not in (COUNT, PROBABILITY) and left and right:
                for ratio in (Fraction(right) / left, Fraction(left) / right):
                    moved = {**point, name: point[name] * ratio}
                    there = entry.conditions_at(moved)[number]
                    if there.left == there.right:
                        yield moved


def rational(entry: Bound) -> bool:
    """Whether the condition needs no square root."""
    with_roots = (lattice.reachable, lattice.large_smoothing)
    return entry.condition not in (*with_roots, discrete_updates.bounded_step, lattice.sharp_draws_step)


SMALL = st.builds(Fraction, st.integers(1, 12), st.integers(1, 6))


@st.composite
def points(draw: Any, entry: Bound) -> dict[str, Fraction]:
    """Random rational parameters; M_G = 0 is left out, where Proposition 4 applies with any small M_G > 0 instead."""
    found = {}
    for name in entry.wanted:
        kind = BY_LETTER[name].kind
        if name == "n" and entry.condition in (lattice.one_draw, lattice.large_smoothing):
            found[name] = Fraction(1)
        elif name == "delta":
            continue
        else:
            whole, share = st.integers(1, 9).map(Fraction), st.fractions(Fraction(1, 20), 1, max_denominator=20)
            found[name] = draw(whole if kind is COUNT else share if kind is PROBABILITY else SMALL)
    return found


@pytest.mark.parametrize("name", CATALOGUE)
@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(data=st.data())
def test_a_condition_implies_the_hypotheses_of_the_claims(name: str, data: st.DataObject) -> None:
    entry = CATALOGUE[name]
    point = data.draw(points(entry))
    for there in boundaries(entry, point):
        if entry.applies_at(there):
            assert failing(entry, there) is None


def relaxed(comparison: Comparison) -> Comparison:
    """Half as much again is allowed."""
    left, sign, right = comparison
    return Comparison(left, sign, right * Fraction(3, 2) if sign.startswith("<") else right * Fraction(2, 3))


def loosened(comparison: Comparison) -> Comparison:
    """The boundary is allowed."""
    left, sign, right = comparison
    return Comparison(left, f"{sign.removesuffix('=')}=", right)


def comparisons_of(name: str) -> list[Comparison]:
    """The comparisons of the entry's condition at some point."""
    return list(CATALOGUE[name].conditions_at({letter: Enclosed(Fraction(1), Fraction(1), 64) for letter in BY_LETTER}))


def told_apart(name: str, number: int, change: Any) -> bool:
    """Whether the property above fails for the entry with one comparison changed."""
    entry = CATALOGUE[name]

    def changed(point: Mapping[str, Any]) -> list[Comparison]:
        comparisons = list(entry.conditions_at(point))
        comparisons[number] = change(comparisons[number])
        return comparisons

    def tells(point: dict[str, Fraction]) -> bool:
        return any(holds(changed, there) and failing(entry, there) is not None for there in boundaries(entry, point))

    search = settings(max_examples=500, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    try:
        find(points(entry), tells, settings=search)
    except NoSuchExample:
        return False
    return True


CHANGES = [
    (name, number, change)
    for name, entry in CATALOGUE.items()
    if entry.condition is not None
    for number, (_, sign, right) in enumerate(comparisons_of(name))
    for change in (relaxed, loosened)
    if not isinstance(right, int) and (change is relaxed or (sign in "<>" and rational(entry)))
]


@pytest.mark.parametrize(("name", "number", "change"), CHANGES)
def test_a_condition_that_allows_more_is_noticed(name: str, number: int, change: Any) -> None:
    assert told_apart(name, number, change)
