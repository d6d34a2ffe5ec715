"""What the paper concludes: the floor of the ZIM update, its readings, and the comparison with BOLD in numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy

from convbound.bounds.subjects import discrete_updates as formulas
from convbound.proofs.claims import Claim, Hypothesis, Premise, Refutation, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.instances import follows_zim, zim_process, zim_run
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.proposition_4 import average, prop_4_refined, prop_4_refined_limit
from convbound.proofs.discrete_updates.proposition_8_9 import (
    HALF,
    bounces,
    bounded_below,
    definition_1,
    i,
    iterate_claim,
    smooth_at_step,
    t2,
)
from convbound.proofs.discrete_updates.proposition_10 import trials
from convbound.proofs.discrete_updates.proposition_12_7 import bounded as bounded_gradient
from convbound.proofs.discrete_updates.proposition_12_7 import prop_7_second, prop_12, root_positive
from convbound.proofs.discrete_updates.vocabulary import iterates, limsup
from convbound.proofs.language.vocabulary import Expr, Relation, eq, ge, gt, le
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Process

L, d, c, n, r, G, K, S, E, E_k, g, w = i.L, i.d, i.c, i.n, i.r, i.G, i.K, i.S, i.E, i.E_k, i.g, i.w
root_d = sympy.sqrt(d)

# --------------------------------------------------------------------------------------------------- the fraction

SPECIAL = "Section 3, after Proposition 7"
substituted: list[Supposed] = [gt(i.X, 0), gt(n, 0), eq(i.mu, n / i.X), eq(i.M, n)]
paper.claim(
    "specialisation/fraction",
    SPECIAL,
    "the fraction as transcribed, (Ln/n)/(n/X), is LX",
    i.v,
    suppose=[gt(i.X, 0), gt(n, 0), eq(i.mu, n / i.X), eq(i.M, n)],
    then=eq((L * i.M / n) / i.mu, L * i.X),
    expected="refuted",
    prepare=lambda p: _mu_positive(p),
    refutation=Refutation(
        lambda: Model({"n": 2, "X": 1, "mu": 2, "M": 2, "L": 1}, facts="n = 2, X = L = 1"),
        "the denominator has a spurious factor n; it may be the transcription's",
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
    proof=by([eq(i.mu, n / i.X), eq(i.M, n)]),
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
zim_run_suppositions: list[Hypothesis | Premise | Relation] = [
    smooth,
    bounded,
    zim,
    gt(K, 0),
    gt(L, 0),
    gt(c, 0),
    gt(d, 0),
    definition_1,
    *bounded_below,
]

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
    "at every lattice point F = (L/2)‖w - ½·1‖² has ‖∇F‖² ≥ dL²/4",
    suppose=[gt(L, 0), on_lattice, half_integer],
    then=ge(average, d * L**2 / 4),
    printed=False,
    proof=_half_integer,
    witness=lambda: worst_case(1, 36, 1),
)
READINGS: dict[str, tuple[sympy.Expr, str, Callable[[], Process]]] = {
    "R1": (L * (root_d * L + c * d), "√dL read as √d·L", lambda: worst_case(25, 100, 1)),
    "R2": (L * (sympy.sqrt(d * L) + c * d), "√dL read as √(dL)", lambda: worst_case(4, 17, 1)),
    "R3": (L * sympy.sqrt(d * L + c * d), "√(dL + cd), as Proposition 7 is transcribed", lambda: worst_case(4, 17, 1)),
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


def _corrected_constants(p: Derivation) -> dict[Expr, Expr]:
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
    "the floor of the ZIM update, from the draws: LM/(2μ - rLM_G)",
    le(limsup(K, average), corrected_floor),
    prop_4_refined_limit,
    "specialisation/limit@R1",
)
