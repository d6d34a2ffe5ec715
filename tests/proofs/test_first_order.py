"""The library of first-order methods: every claim is proved, and needs what it supposes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from convbound.proofs.claims import Claim
from convbound.proofs.kernel import Statement
from convbound.proofs.language.vocabulary import le
from convbound.proofs.libraries import load_library
from convbound.proofs.methods import (
    PEP,
    ConvexQGFunction,
    SmoothConvexFunction,
    SmoothFunction,
    SmoothStronglyConvexFunction,
)
from convbound.proofs.methods.language import Value
from convbound.proofs.prover import Prover
from convbound.proofs.statement import statement
from convbound.proofs.verify import verify

LIBRARY = load_library("first-order")


@pytest.mark.parametrize("claim", list(LIBRARY), ids=lambda c: c.id)
def test_every_claim_is_proved(claim: Claim) -> None:
    record = verify(claim, Prover())
    assert record.verdict == "proved", record.reason


@pytest.mark.parametrize("name", ["class/smooth-convex", "rate/gradient-descent", "bound/gradient-square"])
def test_no_inequality_is_idle(name: str) -> None:
    claim = LIBRARY[name]
    for left_out in claim.facts:
        if left_out.relation.op in ("<=", ">=", "="):
            rest = tuple(h for h in claim.suppose if h is not left_out)
            weaker = replace(claim, id=f"{name} without one", suppose=rest)
            assert verify(weaker, Prover()).verdict != "proved", left_out.text


BOUNDS = [claim for claim in LIBRARY if claim.id.startswith("bound/")]


@pytest.mark.parametrize("claim", BOUNDS, ids=lambda c: c.id)
def test_a_quarter_of_a_bound_is_refuted(claim: Claim) -> None:
    """By an exact instance: the rates are right up to a factor of less than four."""
    better = replace(claim, id=f"{claim.id} quartered", then=le(claim.then.left, claim.then.right / 4))
    slow = claim.id == "bound/optimized-value"  # its weights are roots: the search may end before it has an instance
    assert verify(better, Prover()).verdict in (("refuted", "open") if slow else ("refuted",))


def value(form: Value, x: dict[str, Fraction]) -> Fraction:
    """An expression of two one-dimensional points x, y with gradients g, h and values."""
    names = form.problem.points
    total = Fraction(str(form.form.constant))
    for k, c in form.form.values.items():
        total += Fraction(str(c)) * x[form.problem.values[k]]
    for (a, b), c in form.form.gram.items():
        total += Fraction(str(c)) * x[names[a]] * x[names[b]]
    return total


CLASSES = [
    (SmoothConvexFunction, {"L": 3}, "class/smooth-convex"),
    (SmoothStronglyConvexFunction, {"L": 3, "mu": 1}, "class/smooth-strongly-convex"),
    (SmoothFunction, {"L": 3}, "class/smooth"),
]


def evaluated(expression: object, x: dict[str, Fraction]) -> Fraction:
    """An expression of the kernel's language in dimension one, where the sum is its only term."""
    if isinstance(expression, str):
        return x[expression] if expression in x else Fraction(expression)
    assert isinstance(expression, list)
    operator, *operands = expression
    if operator == "S":
        return evaluated(operands[0], x)
    if operator == "^":
        return evaluated(operands[0], x) ** int(operands[1])
    parts = [evaluated(o, x) for o in operands]
    total = Fraction(operator == "*")
    for part in parts:
        total = total * part if operator == "*" else total + part
    return total


@pytest.mark.parametrize(("function_class", "parameters", "name"), CLASSES, ids=[name for *_, name in CLASSES])
def test_the_classes_of_methods_suppose_what_the_library_proves(
    function_class: type, parameters: dict[str, int], name: str
) -> None:
    """On a grid of points: the inequality of the class is a positive multiple of the claim's conclusion."""
    problem = PEP()
    f = problem.declare_function(function_class, **parameters)
    x, y = problem.new_point("x"), problem.new_point("y")
    f.add_point((x, problem.new_point("g"), problem.new_value("fx")))
    f.add_point((y, problem.new_point("h"), problem.new_value("fy")))
    (inequality,) = [c for c in f.constraints() if "(x, y)" in c.name]
    claimed: Statement = statement(LIBRARY[name])
    left, relation, right = claimed["conclusion"]
    assert relation == ">="
    ratios = set()
    for number in range(40):
        digits = [(number * 7 + 3 * k * k + k) % 11 - 5 for k in range(6)]
        at = {n: Fraction(v) for n, v in zip(("x", "y", "g", "h", "fx", "fy"), digits, strict=True)}
        at |= {k: Fraction(v) for k, v in parameters.items()}
        ours, theirs = value(inequality.value, at), evaluated(left, at) - evaluated(right, at)
        assert (ours == 0) == (theirs == 0)
        ratios |= {-theirs / ours} if ours else set()
    assert len(ratios) == 1 and min(ratios) > 0


def test_quadratic_growth_is_what_the_library_proves() -> None:
    problem = PEP()
    f = problem.declare_function(ConvexQGFunction, L=3)
    x, y = problem.new_point("x"), problem.new_point("y")
    f.add_point((x, x * 0, problem.new_value("fx")))
    f.add_point((y, problem.new_point("h"), problem.new_value("fy")))
    (inequality,) = [c for c in f.constraints() if "growth" in c.name]
    left, _, right = statement(LIBRARY["class/quadratic-growth"])["conclusion"]
    for digits in ((1, 2, 3, 4, 5), (-2, 5, 1, 0, 2), (0, 1, -3, 2, 2)):
        at = {n: Fraction(v) for n, v in zip(("x", "y", "h", "fx", "fy"), digits, strict=True)}
        at["L"] = Fraction(3)
        assert evaluated(left, at) - evaluated(right, at) == -6 * value(inequality.value, at)
