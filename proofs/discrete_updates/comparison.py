"""The comparison with BOLD: the example in numbers, derived from its letters, and where the printed floor is smaller.

Nothing here says that the floor holds. These are claims about the size of the number that the paper prints.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Unpack

import sympy

from convbound.bounds.subjects import discrete_updates as formulas
from convbound.bounds.subjects import lattice as lattice_formulas
from convbound.proofs.claims import About, Claim, Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact, Reason, by
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.models.model import Model

COMPARED = "Section 3, comparison with BOLD"
EXAMPLE = {"L": 17, "d": 79400, "c": 1}
FACTS = "L = 17, d = 79400, c = 1"
SEVENTEEN = (
    "17 is taken from a bound on the Lipschitz constant of a network's map from inputs to outputs (LipSDP); "
    "the L of the floor is that of ∇F as a function of the weights."
)

letters = Vocabulary(reading="c d L")
L, d, c = letters.reals("L d c")
example = [eq(letter, EXAMPLE[letter.name]) for letter in (L, d, c)]
ROOTS = {"R1": (d, 289, 1349800), "R2": (d * L, 17, 1349800), "R3": (d * L + c * d, 17, 0)}  # floor: a √x + b
FLOORS: dict[str, Expr] = {
    "R1": formulas.zim_floor_r1(L, d, c),
    "R2": formulas.zim_floor_r2(L, d, c),
    "R3": formulas.zim_floor_r3(L, d, c),
}
BOLD = 2 * d * L


def example_model() -> Model:
    """The paper's example."""
    return Model(EXAMPLE, facts=FACTS)


def compared(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about the letters of the comparison; about the example, unless other hypotheses are given."""
    about = {"suppose": example, "witness": example_model, **about}
    return paper.claim(id, COMPARED, title, letters, **about)


# ---------------------------------------------------------------------------------------------- the example in numbers


def bracket(p: Derivation, under: Expr, known: Reason) -> tuple[Fact, Fact]:
    """The root of an expression, of which a number is known in the example, between two rationals close together."""
    x, number = sympy.sqrt(under), int(under.subs({L: 17, d: 79400, c: 1}))
    near = Fraction(isqrt(number * 10**6), 1000)
    high = sympy.Rational((number + near**2) / (2 * near))
    square = p.have(eq(x**2, number), by=[p.part_of_root(x, 1), p.have(eq(under, number), by=known)])
    above = p.have(le(x, high), by=square, squares=[x - sympy.Rational(near)])
    room = p.product(p.part_of_root(x), p.have(ge(high - x, 0), by=above))
    return p.have(ge(x, number / high), by=[room, square]), above


def _value(p: Derivation, reading: str) -> list[Fact]:
    """The floor as a √x + b, and √x between two rationals."""
    under, factor, rest = ROOTS[reading]
    exact = p.have(eq(FLOORS[reading], factor * sympy.sqrt(under) + rest), by=example)
    return [exact, *bracket(p, under, example)]


def within(x: Expr, low: int, high: int) -> Relation:
    """low <= x <= high, as one inequality (with low < high)."""
    return ge((x - low) * (high - x), 0)


def shown(latex: str, low: int, high: int) -> str:
    """How that is shown."""
    return f"{low} \\le {latex} \\le {high}"


def floor_within(reading: str, low: int, high: int) -> Callable[[Derivation], Fact]:
    """A proof that the floor lies between two numbers."""
    floor = FLOORS[reading]

    def proof(p: Derivation) -> Fact:
        value = _value(p, reading)
        ends = p.product(p.have(ge(floor - low, 0), by=value), p.have(ge(high - floor, 0), by=value))
        return p.conclude(by=ends)

    return proof


def floor_below(reading: str, number: int, other: Expr, is_number: int | None = None) -> Callable[[Derivation], Fact]:
    """A proof from the floor being below a number, and from what another expression is: that number, or the given."""

    def proof(p: Derivation) -> Fact:
        known = p.have(eq(other, number if is_number is None else is_number), by=example)
        return p.conclude(by=[p.have(lt(FLOORS[reading], number), by=_value(p, reading)), known])

    return proof


layers = Vocabulary(reading="m_1 m_2 m_3 d")
m_1, m_2, m_3, size = layers.reals("m_1 m_2 m_3 d")
sizes, weights = [eq(m_1, 784), eq(m_2, 100), eq(m_3, 10)], eq(size, m_1 * m_2 + m_2 * m_3)
paper.claim(
    "comparison/dimension",
    COMPARED,
    "the network's weights, without biases: 784·100 + 100·10 = 79400",
    layers,
    suppose=[*sizes, Hypothesis(weights, "two layers")],
    then=eq(size, 79400),
    proof=by([weights, *sizes]),
    witness=lambda: Model({"m_1": 784, "m_2": 100, "m_3": 10, "d": 79400}),
)
for reading in ("R1", "R2"):
    compared(
        f"comparison/zim@{reading}",
        f"the floor is 1.4×10⁶, to two digits ({reading})",
        then=within(FLOORS[reading], 1_350_000, 1_450_000),
        latex=shown(letters.tex(FLOORS[reading]), 1_350_000, 1_450_000),
        proof=floor_within(reading, 1_350_000, 1_450_000),
        note=SEVENTEEN,
    )
for reading, low in (("R1", 1_431_234), ("R2", 1_369_550), ("R3", 20_323)):
    compared(
        f"comparison/value@{reading}",
        f"the floor in the example, to the unit ({reading})",
        then=within(FLOORS[reading], low, low + 1),
        latex=shown(letters.tex(FLOORS[reading]), low, low + 1),
        printed=False,
        proof=floor_within(reading, low, low + 1),
        note="so R3, as transcribed, is not the reading of the example." if reading == "R3" else "",
    )
compared(
    "comparison/bold",
    "2dL is 2.7×10⁶, to two digits; the paper prints “proportional to dL”, and the 2 is what gives its number",
    then=within(BOLD, 2_650_000, 2_750_000),
    latex=shown("2dL", 2_650_000, 2_750_000),
    proof=lambda p: p.conclude(
        by=p.product(p.have(ge(BOLD - 2_650_000, 0), by=example), p.have(ge(2_750_000 - BOLD, 0), by=example))
    ),
    note="2Ldκ with κ = 1; κ bounds BOLD's accumulator and is not free.",
)
compared(
    "comparison/tighter",
    "the printed floor is below 2dL in the example (arithmetic only: the floor does not hold)",
    then=lt(FLOORS["R1"], BOLD),
    proof=floor_below("R1", 2_699_600, BOLD),
)
minimum = lattice_formulas.lattice_minimum(L, d)
for reading in ("R1", "R2", "R3"):
    compared(
        f"comparison/below-minimum@{reading}",
        f"the printed floor is below dL²/4 in the example: no scheme on the lattice can keep it ({reading})",
        then=lt(FLOORS[reading], minimum),
        printed=False,
        proof=floor_below(reading, 5_736_650, minimum),
    )

# -------------------------------------------------------------------------------------- where it is smaller, and when

positive = [gt(L, 0), gt(d, 0)]
root_d = sympy.sqrt(d)
small = Hypothesis(lt(L, (2 - c) * root_d), "L < (2 - c)√d: L grows slowly against √d")


def _scaled(p: Derivation, room: Fact) -> Fact:
    """√d L times a fact."""
    return p.product(p.product(p.part_of_root(root_d), p.resolve(gt(L, 0))[0]), room)


def _root_positive(p: Derivation) -> Fact:
    p.define(root_d)
    return p.have(gt(root_d, 0), by=[p.part_of_root(root_d), p.part_of_root(root_d, 1), gt(d, 0)])


def _tighter(p: Derivation) -> Fact:
    positive_root = p.product(_root_positive(p), p.resolve(gt(L, 0))[0])
    room = p.product(positive_root, p.have(gt((2 - c) * root_d - L, 0), by=small.relation))
    return p.conclude(by=[room, p.part_of_root(root_d, 1)])


compared(
    "comparison/tighter-when-L-small",
    "the printed floor is below 2dL where L < (2 - c)√d, so for c < 2 when L grows slowly against d",
    suppose=[*positive, small],
    then=lt(FLOORS["R1"], BOLD),
    proof=_tighter,
    witness=lambda: Model({"d": 9, "L": 2, "c": 1}),
    note="no more than that: comparison/not-tighter. The paper names no c here, and takes c = 1 in its example.",
)


def _not_tighter(p: Derivation) -> Fact:
    p.define(root_d)
    room = _scaled(p, p.have(ge(L - (2 - c) * root_d, 0), by=large.relation))
    return p.conclude(by=[room, p.part_of_root(root_d, 1)])


large = Hypothesis(ge(L, (2 - c) * root_d), "L ≥ (2 - c)√d: for c ≥ 2, every L")
compared(
    "comparison/not-tighter",
    "and nowhere else: where L ≥ (2 - c)√d, so for c ≥ 2 whatever L and d, the printed floor is at least 2dL",
    suppose=[*positive, large],
    then=ge(FLOORS["R1"], BOLD),
    printed=False,
    proof=_not_tighter,
    witness=lambda: Model({"d": 9, "L": 2, "c": 2}),
)
C = letters.real("C", "any constant")
beyond = Hypothesis(gt(c * root_d, (C - 1) * L), "c√d > (C - 1)L")


def _order(p: Derivation) -> Fact:
    positive_root = p.product(_root_positive(p), p.resolve(gt(L, 0))[0])
    room = p.product(positive_root, p.have(gt(c * root_d - (C - 1) * L, 0), by=beyond.relation))
    return p.conclude(by=[room, p.part_of_root(root_d, 1)])


compared(
    "comparison/order",
    "“√d L²” leaves out the term cdL: whatever C, the floor exceeds C√d L² once c√d > (C - 1)L",
    suppose=[*positive, beyond],
    then=gt(FLOORS["R1"], C * root_d * L**2),
    printed=False,
    proof=_order,
    witness=lambda: Model({"d": 9, "L": 1, "c": 1, "C": 2}),
    note="in the example cdL is 1 349 800 of 1 431 234: 94 %.",
)
compared(
    "comparison/share-of-c",
    "in the example the term cdL is more than 94 % of the floor",
    then=gt(c * d * L, sympy.Rational(94, 100) * FLOORS["R1"]),
    printed=False,
    proof=floor_below("R1", 1_431_235, c * d * L, 1_349_800),
)
