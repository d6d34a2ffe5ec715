"""What the printed tables cannot be: distances to the best weights that no feasible weights have.

Task I trains ten weights with levels -1 and 1. With tolerance ε = 1/100 in (22) a weight is feasible where
1 - w² ≤ ε inside the levels and |w| - 1 ≤ ε outside, so where 99/100 ≤ w² ≤ (101/100)². A coordinate of the right sign
is then within 1/100 of the best weight, one of the wrong sign between 199/100 and 201/100 away: the distance is known
from the number m of wrong signs up to little, and the printed .4156 falls between two values of m.
"""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import family
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, Vocabulary, eq, ge, le
from convbound.proofs.models.model import Model

TABLE_2 = "Table 2, SGDA (ε = 0.01)"
PRINTED = Fraction(4156, 10_000)
v = Vocabulary()
d = v.real("d", "the number of weights", integer=True)
v.index("i", d)
w = v.real("w", "a trained weight", over=["i"], latex="w_i")
best = v.real("best", "the best weight, -1 or 1", over=["i"], latex="w^*_i")
wrong = v.real("wrong", "1 where the sign of the weight is wrong", over=["i"], latex="b_i")
m = v.real("m", "the number of wrong signs", integer=True)
gap = v.define("gap", "absolute", w - best, meaning="|w_i - w*_i|")
S = v.functional("sum_i", "sum", over="i")
total = v.real("total", "the distance of the weights, or its square")
l1, squares = S(gap), S((w - best) ** 2)

ten = Hypothesis(eq(d, 10), "ten weights")
feasible = [
    Hypothesis(ge(w**2, Fraction(99, 100)), "1 - w_i² ≤ 1/100"),
    Hypothesis(le(w**2, Fraction(101, 100) ** 2), "|w_i| ≤ 1 + 1/100"),
]
sign = [
    Hypothesis(eq(best**2, 1), "w*_i is -1 or 1"),
    Hypothesis(eq(wrong**2, wrong), "b_i is 0 or 1"),
    Hypothesis(ge((1 - 2 * wrong) * w * best, 0), "w_i has the sign of w*_i where b_i = 0, the other where b_i = 1"),
]
count = Hypothesis(eq(m, S(wrong)), "m = Σ_i b_i")
suppose = [ten, *feasible, *sign, count]


def _witness() -> Model:
    values: dict[str, object] = {"d": 10, "m": 0, "w": 1, "best": 1, "wrong": 0, "total": 0}
    return Model(values, facts="all weights are the best ones")


def _square(p: Derivation) -> tuple[Fact, Fact]:
    """(w - w*)² from 3.96 b to 1/10 000 + 4.04 b: w w* = |w| (1 - 2b), and |w| is from 99/100 to 101/100."""
    facts = [h.relation for h in (*feasible, *sign)]
    product = p.have(eq((w * best) ** 2, w**2), by=sign[0].relation)
    signed = (1 - 2 * wrong) * w * best
    same = p.have(eq(signed**2, w**2), by=[product, sign[1].relation])
    least = p.have(ge(signed, Fraction(99, 100)), by=[same, *facts], split=[signed - Fraction(99, 100)])
    most = p.have(le(signed, Fraction(101, 100)), by=[same, *facts], split=[signed - Fraction(101, 100)])
    apart = p.have(eq((w - best) ** 2, w**2 + 1 - 2 * (1 - 2 * wrong) * signed), by=[h.relation for h in sign])
    one = p.have(ge(wrong, 0), by=sign[1].relation, squares=[wrong])
    other = p.have(le(wrong, 1), by=sign[1].relation, squares=[1 - wrong])
    corners = [
        p.product(a, b) for a in (one, p.have(ge(1 - wrong, 0), by=other)) for b in _room(p, signed, least, most)
    ]
    close = p.product(*_room(p, signed, least, most))
    reasons = [apart, same, close, *corners, one, other]
    low = p.have(ge((w - best) ** 2, Fraction(396, 100) * wrong), by=reasons, squares=[signed - 1])
    high = p.have(le((w - best) ** 2, Fraction(1, 10_000) + Fraction(404, 100) * wrong), by=reasons)
    return low, high


def _room(p: Derivation, signed: Expr, least: Fact, most: Fact) -> tuple[Fact, Fact]:
    return p.have(ge(signed - Fraction(99, 100), 0), by=least), p.have(ge(Fraction(101, 100) - signed, 0), by=most)


def _absolute(p: Derivation) -> tuple[Fact, Fact]:
    """|w - w*| from 1.98 b to 1/100 + 2b, from its square."""
    low, high = _square(p)
    size = [*p.resolve(gap), low, high, sign[1].relation]
    one = p.have(ge(wrong, 0), by=sign[1].relation, squares=[wrong])
    floor, ceiling = Fraction(198, 100) * wrong, Fraction(1, 100) + 2 * wrong
    return (
        p.have(ge(gap, floor), by=[*size, one], split=[gap - floor]),
        p.have(le(gap, ceiling), by=[*size, one], split=[gap - ceiling]),
    )


def _excluded(p: Derivation, distance: Hypothesis, value: Fraction, below: int, sizes: tuple[Fact, Fact]) -> Fact:
    """With at most `below` wrong signs the total is too small, with more it is too large."""
    low, high = (p.apply(S, fact) for fact in sizes)
    whole = p.integrality(m - below)
    known = [low, high, distance.relation, count.relation, ten.relation, whole]
    ends = [total - 2 * m - Fraction(1, 10), total - Fraction(198, 100) * m]
    return p.have(ge((total - value) ** 2, Fraction(1, 400)), by=known, squares=ends, split=[m - below, m - below - 1])


def impossible(id: str, title: str, distance: Hypothesis, value: Fraction, below: int, absolute: bool) -> Claim:
    """The printed distance is no distance of feasible weights in this norm."""
    return family.claim(
        id,
        TABLE_2,
        title,
        v,
        suppose=[*suppose, distance],
        then=ge((total - value) ** 2, Fraction(1, 400)),
        proof=lambda p: _excluded(p, distance, value, below, _absolute(p) if absolute else _square(p)),
        witness=_witness,
        printed=False,
    )


impossible(
    "table-2/mean-absolute",
    "the printed .4156 is no mean absolute distance of feasible weights: ten times it is 1/20 off at least",
    Hypothesis(eq(total, l1), "the distance is Σ_i |w_i - w*_i|"),
    10 * PRINTED,
    2,
    True,
)
impossible(
    "table-2/l1",
    "nor their ℓ1 distance: 1/20 off at least",
    Hypothesis(eq(total, l1), "the distance is Σ_i |w_i - w*_i|"),
    PRINTED,
    0,
    True,
)
SQUARED = Hypothesis(eq(total, squares), "the squared distance is Σ_i (w_i - w*_i)²")
impossible("table-2/l2", "nor their ℓ2 distance: its square is 1/20 off", SQUARED, PRINTED**2, 0, False)
impossible("table-2/rms", "nor the root of their mean squared distance", SQUARED, 10 * PRINTED**2, 0, False)
