"""What the paper concludes: the floor of the ZIM update, its readings, and the comparison with BOLD in numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy

from convbound.bounds import formulas
from convbound.proofs.claims import Claim, Hypothesis, Premise, Refutation
from convbound.proofs.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.counts import trials
from convbound.proofs.discrete_updates.descent import (
    HALF,
    bounces,
    bounded_below,
    definition_1,
    i,
    iterate_claim,
    smooth_at_step,
    t2,
)
from convbound.proofs.discrete_updates.floor import average, prop_4_refined, prop_4_refined_limit
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.update_bound import bounded as bounded_gradient
from convbound.proofs.discrete_updates.update_bound import prop_7_second, prop_12, root_positive
from convbound.proofs.discrete_updates.words import iterates, limsup
from convbound.proofs.discrete_updates.worlds import follows_zim, zim_process, zim_run
from convbound.proofs.language import Relation, Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.models import Model
from convbound.proofs.objectives import quadratic
from convbound.proofs.processes import Process

L, d, c, n, r, G, K, S, E, E_k, g, w = i.L, i.d, i.c, i.n, i.r, i.G, i.K, i.S, i.E, i.E_k, i.g, i.w
root_d = sympy.sqrt(d)

# --------------------------------------------------------------------------------------------------- the fraction

SPECIAL = "Section 3, after Proposition 7"
substituted = [gt(i.X, 0), gt(n, 0), eq(i.mu, n / i.X), eq(i.M, n)]
paper.claim(
    "specialisation/fraction",
    SPECIAL,
    "the fraction as printed, (Ln/n)/(n/X), is LX",
    i.v,
    suppose=[gt(i.X, 0), gt(n, 0), eq(i.mu, n / i.X), eq(i.M, n)],
    then=eq((L * i.M / n) / i.mu, L * i.X),
    expected="refuted",
    prepare=lambda p: _mu_positive(p),
    refutation=Refutation(
        lambda: Model({"n": 2, "X": 1, "mu": 2, "M": 2, "L": 1}, facts="n = 2, X = L = 1"),
        "one n too many below the line",
    ),
)


def _mu_positive(p: Derivation) -> None:
    p.have(gt(i.mu, 0), by=eq(i.mu, n / i.X))


paper.claim(
    "specialisation/fraction~corrected",
    SPECIAL,
    "LM/μ = LX for M = n and μ = n/X",
    i.v,
    suppose=substituted,
    then=eq(L * i.M / i.mu, L * i.X),
    printed=False,
    corrects="specialisation/fraction",
    prepare=_mu_positive,
    proof=lambda p: p.have(eq(L * i.M / i.mu, L * i.X), by=[eq(i.mu, n / i.X), eq(i.M, n)]),
    witness=lambda: Model({"n": 2, "X": 3, "mu": Fraction(2, 3), "M": 2, "L": 1}),
)

# ------------------------------------------------------------------------------------------------------ the limit

smooth = Premise(
    "Assumption 2 (∇F is L-Lipschitz)",
    r"\|\nabla F(w)-\nabla F(\bar w)\|_2\le L\|w-\bar w\|_2",
    lambda model: model.objective.is_smooth(Fraction(model.about["L"])),
)
bounded = Premise(
    "F ≥ F_inf", r"F\ge F_{\inf}", lambda model: model.objective.is_bounded_below(Fraction(model.about["F_inf"]))
)
zim = Premise("ḡ is the ZIM update (Definition 6)", r"\bar g=x\odot\operatorname{sign}(\nabla F(w_k))", follows_zim)
zim_run_suppositions = [smooth, bounded, zim, gt(K, 0), gt(L, 0), gt(c, 0), gt(d, 0), definition_1, *bounded_below]

on_lattice = Hypothesis(eq(w, i.z), "every iterate is a lattice point")
half_integer = Hypothesis(eq(g, L * (w - sympy.Rational(1, 2))), "F = (L/2)‖w - ½·1‖²")


def _half_integer(p: Derivation) -> Fact:
    whole = p.integrality(i.z)
    at_point = p.have(
        ge(g**2, L**2 / 4),
        by=[
            p.have(eq(g, L * (i.z - sympy.Rational(1, 2))), by=[half_integer.relation, on_lattice.relation]),
            whole,
            gt(L, 0),
        ],
    )
    return p.apply(E, p.apply(i.avg, p.apply(S, at_point)))


def worst_case(d: int, L: int, c: int) -> Process:
    """F = (L/2)‖w - ½·1‖² from w_1 = 0, with n = r = 1, for ever."""
    F = quadratic([L] * d, [Fraction(1, 2)] * d)
    facts = f"F(w) = ({L}/2)‖w - ½·1‖², d = {d}, c = {c}, n = r = 1, w_1 = 0"
    return zim_process(F, [0] * d, c=c, facts=facts, L=L, F_inf=0)


half_integer_floor = iterate_claim(
    "specialisation/half-integer-floor",
    "counterexample to the limit",
    "on the half-integer quadratic no lattice point has a squared gradient norm below dL²/4",
    suppose=[gt(L, 0), on_lattice, half_integer],
    then=ge(average, d * L**2 / 4),
    printed=False,
    proof=_half_integer,
    witness=lambda: worst_case(1, 36, 1),
)
READINGS: dict[str, tuple[sympy.Expr, str, Callable[[], Process]]] = {
    "R1": (L * (root_d * L + c * d), "√dL read as √d·L", lambda: worst_case(25, 21, 1)),
    "R2": (L * (sympy.sqrt(d * L) + c * d), "√dL read as √(dL)", lambda: worst_case(1, 36, 1)),
    "R3": (L * sympy.sqrt(d * L + c * d), "√(dL + cd), as Proposition 7 prints", lambda: worst_case(1, 32, 4)),
}


for reading, (floor, words, model) in READINGS.items():
    iterate_claim(
        f"specialisation/limit@{reading}",
        SPECIAL,
        f"the printed limit of the mean squared gradient norm ({words})",
        suppose=zim_run_suppositions,
        then=le(limsup(K, average), floor),
        expected="refuted",
        refutation=Refutation(
            model, "every lattice point has ‖∇F‖² ≥ dL²/4 there, which exceeds the claimed limit", half_integer_floor
        ),
    )

FINITE = {"R1": formulas.zim_average_r1, "R2": formulas.zim_average_r2, "R3": formulas.zim_average_r3}


def long_descent() -> Model:
    """F = w²/2 from w_1 = 8: eight sure steps to 0."""
    facts = "F(w) = w²/2, d = L = c = n = r = 1, w_1 = 8, K = 8"
    return zim_run(quadratic([1], [0]), [8], K=8, facts=facts, L=1, F_inf=0)


for reading, finite in FINITE.items():
    iterate_claim(
        f"specialisation/average@{reading}",
        SPECIAL,
        f"Proposition 4 for the ZIM update after K steps, as printed ({READINGS[reading][1]})",
        suppose=[*zim_run_suppositions, gt(n, 0), gt(r, 0)],
        then=le(average, finite(L, d, c, n, r, i.F_1 - i.F_inf, K)),
        expected="refuted",
        prepare=None,
        refutation=Refutation(
            long_descent, "far from the minimum one step a time is too slow for the decrease that (2.2) promises"
        ),
    )

# The theorem that holds instead, from the draws themselves: Propositions 12 and 7 as corrected are used at each step,
# and what they suppose (Definition 6, r <= 1, the bounded gradient) is supposed here.
zim_draws = iterates(draws=True)
mu_right = formulas.bounded_mu(d, c, n, G)
M_right, M_G_right = formulas.corrected_M(d, n, r), formulas.corrected_M_G(d, c, n)
eq_2_2 = Hypothesis(ge(S(g * E_k(i.u)), r * mu_right * t2), "(2.2)", instance=(prop_12, {"E": "E_k"}))
eq_2_3 = Hypothesis(
    le(E_k(S(i.u**2)), r * M_right + r**2 * M_G_right * t2), "(2.3)", instance=(prop_7_second, {"E": "E_k"})
)
room = Hypothesis(gt(2 * mu_right, r * L * M_G_right), "r < 2μ/(L M_G)")
corrected_run: list[Hypothesis | Premise | Relation] = [
    *[gt(K, 0), gt(L, 0), gt(c, 0), gt(d, 0), gt(n, 0), gt(r, 0)],
    *trials(zim_draws),
    Hypothesis(eq(i.u, zim_draws.y * zim_draws.sg), "ḡ = y ⊙ sign(∇F(w_k))"),
    *[smooth_at_step, definition_1, bounded_gradient, eq_2_2, eq_2_3, room, *bounded_below],
]
corrected_floor = formulas.bounded_limit(L, d, c, n, r, G)


def _corrected_denominators(p: Derivation) -> None:
    root_positive(p)
    p.have(gt(2 * mu_right - r * L * M_G_right, 0), by=room.relation)


def _corrected_constants(p: Derivation) -> dict[Any, Any]:
    """μ, M and M_G of the corrected propositions, with the signs that Proposition 4 asks for."""
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    p.have(ge(M_right, 0), by=[more])
    one = p.have(ge(d, 1), by=[p.integrality(d), gt(d, 0)])
    wide = p.have(ge(1 - 1 / d, 0), by=[one])
    p.have(ge(M_G_right, 0), by=[p.product(more, wide)])
    p.have(gt(mu_right, 0))
    return {i.alpha: r, i.mu: mu_right, i.M: M_right, i.M_G: M_G_right}


def _corrected_claim(id: str, title: str, then: Relation, general: Claim, corrects: str) -> None:
    paper.claim(
        id,
        SPECIAL,
        title,
        zim_draws.v,
        suppose=corrected_run,
        then=then,
        printed=False,
        corrects=corrects,
        prepare=_corrected_denominators,
        proof=lambda p: p.use(general, _corrected_constants(p)),
        witness=lambda: [bounces(G=2), bounces(G=2, n=2, r=HALF)],
    )


_corrected_claim(
    "specialisation/average~corrected",
    "the ZIM update under a bounded gradient after K steps, for any n, from the draws",
    le(average, formulas.bounded_average(L, d, c, n, r, G, i.F_1 - i.F_inf, K)),
    prop_4_refined,
    "specialisation/average@R1",
)
_corrected_claim(
    "specialisation/limit~corrected",
    "the floor of the ZIM update under a bounded gradient, for any n, from the draws: LM/(2μ - rLM_G)",
    le(limsup(K, average), corrected_floor),
    prop_4_refined_limit,
    "specialisation/limit@R1",
)

# ---------------------------------------------------------------------------------------------- the example in numbers

numbers = Vocabulary()
COMPARED = "Section 3, comparison with BOLD"
D, LIP = 79400, 17
root = sympy.sqrt(sympy.Integer(D))
ZIM = {
    "R1": LIP * (root * LIP + D),
    "R2": LIP * (sympy.sqrt(sympy.Integer(D * LIP)) + D),
    "R3": LIP * sympy.sqrt(sympy.Integer(D * LIP + D)),
}
PRINTED = {"R1": r"L(\sqrt{d} L + cd)", "R2": r"L(\sqrt{dL} + cd)", "R3": r"L \sqrt{dL + cd}"}


def number_claim(id: str, title: str, **about: object) -> None:
    """A claim about the example L = 17, d = 79400, c = 1."""
    if about.get("expected") == "refuted":
        words = str(about.pop("words"))
        about["refutation"] = Refutation(lambda: Model({}, facts="L = 17, d = 79400, c = 1"), words)
    paper.claim(id, COMPARED, title, numbers, **{"suppose": [], "witness": lambda: Model({}), **about})  # type: ignore[arg-type]


def near(x: sympy.Expr, low: int, high: int) -> Relation:
    """low <= x <= high, as one inequality."""
    return ge((x - low) * (high - x), 0)


def between(latex: str, low: int, high: int) -> str:
    """How that is shown, with the formula of which the number is the value."""
    return f"{low} \\le {latex} \\le {high}"


def _near(p: Derivation, x: sympy.Expr, low: int, high: int) -> Fact:
    squares = [p.parts[name][k] for name in p.parts for k in (0, 1)]
    return p.have(
        ge((x - low) * (high - x), 0), by=p.product(p.have(ge(x, low), by=squares), p.have(le(x, high), by=squares))
    )


LAYERS = [sympy.Mul(784, 100, evaluate=False), sympy.Mul(100, 10, evaluate=False)]
WEIGHTS = eq(sympy.Add(*LAYERS, evaluate=False), D)
number_claim(
    "comparison/dimension",
    "the network's weights: 784·100 + 100·10 = 79400 (without biases)",
    then=WEIGHTS,
    latex=r"784 \cdot 100 + 100 \cdot 10 = 79400",
    proof=lambda p: p.have(WEIGHTS),
)
for reading in ("R1", "R2"):
    number_claim(
        f"comparison/zim@{reading}",
        "the floor is 1.4×10⁶, to two digits",
        then=near(ZIM[reading], 1_350_000, 1_450_000),
        latex=between(PRINTED[reading], 1_350_000, 1_450_000),
        proof=lambda p, x=ZIM[reading]: _near(p, x, 1_350_000, 1_450_000),
    )
number_claim(
    "comparison/zim@R3",
    "the floor is 1.4×10⁶, to two digits",
    then=near(ZIM["R3"], 1_350_000, 1_450_000),
    latex=between(PRINTED["R3"], 1_350_000, 1_450_000),
    expected="refuted",
    words="under R3 the floor is 20 323.3",
)
number_claim(
    "comparison/bold",
    "2dL is 2.7×10⁶, to two digits",
    then=near(sympy.Integer(2 * D * LIP), 2_650_000, 2_750_000),
    latex=between("2dL", 2_650_000, 2_750_000),
    proof=lambda p: p.have(near(sympy.Integer(2 * D * LIP), 2_650_000, 2_750_000)),
    note="2Ldκ with κ = 1; κ bounds BOLD's accumulator and is not free.",
)
number_claim(
    "comparison/tighter",
    "the printed floor is below 2dL (arithmetic only: the floor does not hold)",
    then=lt(ZIM["R1"], 2 * D * LIP),
    proof=lambda p: p.have(lt(ZIM["R1"], 2 * D * LIP), by=[p.parts[name][k] for name in p.parts for k in (0, 1)]),
)
for reading in ("R1", "R2", "R3"):
    number_claim(
        f"comparison/attainable@{reading}",
        "the printed floor is one that some lattice scheme could keep: at least dL²/4",
        then=ge(ZIM[reading], sympy.Rational(D * LIP**2, 4)),
        printed=False,
        expected="refuted",
        words="no scheme on the lattice can promise less than dL²/4 = 5 736 650",
    )
number_claim(
    "comparison/order",
    "the floor is of the order √d L², as the text compares it with dL: at most twice that",
    then=le(ZIM["R1"], 2 * root * LIP**2),
    expected="refuted",
    words="94% of the floor is the term c·d·L, which the comparison leaves out",
)

sizes = Vocabulary(reading="c d L")
dd, ll, cc = sizes.reals("d L c")
slow = [gt(dd, 0), gt(ll, 0), gt(cc, 0), lt(ll, sympy.sqrt(dd))]
zim_size, bold_size = ll * (sympy.sqrt(dd) * ll + cc * dd), 2 * dd * ll
paper.claim(
    "comparison/tighter-when-L-small",
    COMPARED,
    "the printed floor is below 2dL when L is small against √d, whatever c",
    sizes,
    suppose=slow,
    then=lt(zim_size, bold_size),
    expected="refuted",
    refutation=Refutation(
        lambda: Model({"d": 4, "L": 1, "c": 2}, facts="d = 4, L = 1, c = 2"),
        "the ratio of the two tends to c/2: the advantage is the choice c = 1, not a smaller order",
    ),
)


def _tighter(p: Derivation) -> Fact:
    x = sympy.sqrt(dd)
    positive = p.have(gt(x, 0), by=[p.part_of_root(x), slow[3], slow[1]])
    inner = p.have(lt(x * ll, dd), by=[p.product(positive, p.resolve(slow[3])[0]), p.part_of_root(x, 1)])
    return p.have(lt(zim_size, bold_size), by=[inner, le(cc, 1)])


paper.claim(
    "comparison/tighter-when-L-small~corrected",
    COMPARED,
    "the printed floor is below 2dL when L < √d and c ≤ 1",
    sizes,
    suppose=[*slow, Hypothesis(le(cc, 1), "c ≤ 1", added=True)],
    then=lt(zim_size, bold_size),
    printed=False,
    corrects="comparison/tighter-when-L-small",
    proof=_tighter,
    witness=lambda: Model({"d": 4, "L": 1, "c": 1}),
)
