"""Quadratic objectives for claims with premises: F(w) = ½ Σ a_i (w_i - b_i)², with a and b among what is searched for.

Of such an F each premise is a polynomial condition on a, b and the symbols of the claim. So the claim with these
conditions is searched like any other, where a = L and a = μ are among what makes a condition tight; what is found is an
objective and a model, which the premise itself then decides. Nothing here is trusted.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import sympy

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary, eq, ge, le
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import DiagonalQuadratic, quadratic
from convbound.proofs.models.processes import Instance
from convbound.proofs.premises import Objective, ObjectivePremise
from convbound.proofs.statement import limits

CURVATURE, CENTRE = "curvature_of_F", "centre_of_F"


def searchable(claim: Claim) -> bool:
    """Whether all its premises, if any, say what belongs to one objective, in its words; and it is about no limit."""
    v = claim.vocabulary
    if not claim.premises:
        return True
    abouts = [p.about if isinstance(p, ObjectivePremise) else None for p in claim.premises]
    if not all(x is not None and x.vocabulary is v for x in abouts) or {CURVATURE, CENTRE} & {*v.meanings}:
        return False
    if limits(claim):
        return False  # nothing decides a premise for ever
    return len(_indices([x for x in abouts if x is not None])) <= 1


def widened(claim: Claim) -> Claim:
    """The claim with its premises as conditions on a quadratic; itself, where it has none."""
    abouts = [p.about for p in claim.premises if isinstance(p, ObjectivePremise) and p.about is not None]
    if not abouts:
        return claim
    v = copy.deepcopy(claim.vocabulary)
    (index,) = _indices(abouts)
    over = [] if index is None else [index]
    a, b = v.real(CURVATURE, over=over), v.real(CENTRE, over=over)
    relations = [r for about in abouts for r in _conditions(about, v, index, a, b)]
    facts = (*claim.facts, *map(Hypothesis, dict.fromkeys(relations)))
    return replace(claim, vocabulary=v, suppose=facts, proof=None, witness=None, refutation=None)


def _indices(abouts: list[Objective]) -> set[str | None]:
    """The indices of the coordinates of all points; None where there is one coordinate."""
    drafts = [(about, Draft(about.vocabulary)) for about in abouts]
    return {x.index(draft.proof, [draft.poly(e) for e in p.expressions]) for x, draft in drafts for p in x.places}


def _conditions(about: Objective, v: Vocabulary, index: str | None, a: Expr, b: Expr) -> Iterator[Relation]:
    for place in about.all_places():
        if place.value is not None:
            yield eq(place.value, _total(v, index, a * (place.point - b) ** 2) / 2)
        if place.gradient is not None:
            yield eq(place.gradient, a * (place.point - b))
    if about.smooth is not None:
        yield from (le(a, about.smooth), ge(a, -about.smooth))
    yield from (ge(a, modulus) for modulus in (about.convex, about.polyak) if modulus is not None)
    if about.polyak is not None or about.least is not None:
        yield ge(a, 0)
    if about.least is not None:
        yield eq(about.least, 0)


def _total(v: Vocabulary, index: str | None, term: Expr) -> Expr:
    """The sum over the coordinates."""
    if index is None:
        return term
    names = [f["name"] for f in v.functionals if f["kind"] == "sum" and f["over"] == index]
    function = sympy.Function(names[0]) if names else v.functional("sum_of_F", "sum", over=index)
    return function(term)


def with_objective(claim: Claim, found: Instance) -> Instance | None:
    """The instance with its quadratic as the objective; itself, where the claim has no premises."""
    if not claim.premises:
        return found
    if not isinstance(found, Model):
        return None
    abouts = [p.about for p in claim.premises if isinstance(p, ObjectivePremise) and p.about is not None]
    (index,) = _indices(abouts)
    scopes = {s["name"]: s for s in claim.vocabulary.scopes}
    points = [{}] if index is None else [{index: j} for j in range(int(found.values[scopes[index]["length"]]))]
    a, b = ([x(at) if callable(x) else x for at in points] for x in (found.values[n] for n in (CURVATURE, CENTRE)))
    if not all(isinstance(x, Fraction) for x in (*a, *b)):
        return None
    rest = {k: x for k, x in found.values.items() if k not in (CURVATURE, CENTRE)}
    return replace(found, values=rest, objective=quadratic(a, b))


def in_words(F: DiagonalQuadratic) -> str:
    """A quadratic as it is written out."""
    terms = []
    for k, (a, b) in enumerate(zip(F.curvatures, F.centre, strict=True), 1):
        letter = "w" if len(F.centre) == 1 else f"w_{k}"
        square = f"({letter} {'-' if b > 0 else '+'} {abs(b)})²" if b else f"{letter}²"
        factor = "" if a == 2 else f"({a / 2}) " if a < 0 or a % 2 else f"{a / 2} "
        terms.append(factor + square)
    return f"F(w) = {' + '.join(terms)}"
