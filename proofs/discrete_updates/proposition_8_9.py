"""Inequality (2.1) from Assumption 2, Definition 1, and Propositions 8 and 9: what one step does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Unpack

from convbound.proofs.claims import About, Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates import vocabulary as words
from convbound.proofs.discrete_updates.instances import zim_process, zim_run
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.vocabulary import first_value, last_value, next_value
from convbound.proofs.language.vocabulary import eq, ge, gt, le
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Process
from convbound.proofs.models.segments import Along

HALF = Fraction(1, 2)

# ----------------------------------------------------------------------------------------------- inequality (2.1)

z = words.segment()


def segment_witness() -> Model:
    """F = w²/2 from 1 to 3."""
    F = quadratic([1], [0])
    ends = {"F_v": F.value([Fraction(1)]), "F_w": F.value([Fraction(3)])}
    return Model(
        {"d": 1, "L": 1, **ends, "g": 1, "h": 2, "G": Along(1, 2)},
        facts="F = w²/2, w̄ = 1, w = 3, L = 1",
    )


def _eq_2_1(p: Derivation) -> Fact:
    C, V = z.S((z.G - z.g) * z.h), z.S(z.h**2)
    apart = z.G - z.g
    scaled = p.apply(z.S, p.have(ge((V * apart - C * z.h) ** 2, 0), squares=[V * apart - C * z.h]))
    plain = p.apply(z.S, p.have(ge((apart - C * z.h) ** 2, 0), squares=[apart - C * z.h]))
    lipschitz = le(z.S(apart**2), z.L**2 * z.theta**2 * V)
    cauchy_schwarz = p.have(le(C**2, z.L**2 * z.theta**2 * V**2), by=[scaled, plain, lipschitz], split=[V])
    bound = p.have(le(C, z.L * z.theta * V), by=[cauchy_schwarz, ge(z.theta, 0)], label="Cauchy–Schwarz, Assumption 2")
    return (
        p.chain(z.F_w)
        .eq(z.F_v + z.integral(z.S(z.G * z.h)), by=fundamental_theorem.relation)
        .le(z.F_v + z.S(z.g * z.h) + z.L / 2 * V, by=p.apply(z.integral, bound))
        .fact
    )


fundamental_theorem = Hypothesis(
    eq(z.F_w - z.F_v, z.integral(z.S(z.G * z.h))), "F is continuously differentiable (along the segment)"
)
eq_2_1 = paper.claim(
    "eq-2.1",
    "inequality (2.1)",
    "Assumption 2 implies the descent inequality",
    z.v,
    suppose=[
        gt(z.L, 0),
        Hypothesis(ge(z.theta, 0), "θ in [0, 1]"),
        fundamental_theorem,
        Hypothesis(le(z.S((z.G - z.g) ** 2), z.L**2 * z.theta**2 * z.S(z.h**2)), "Assumption 2 at w̄ + θ(w - w̄) and w̄"),
    ],
    then=le(z.F_w, z.F_v + z.S(z.g * z.h) + z.L / 2 * z.S(z.h**2)),
    proof=_eq_2_1,
    witness=segment_witness,
)

# --------------------------------------------------------------------------------------------------- the iterates

i = words.iterates()
v, S, E, E_k, L, mu, alpha, M, M_G = i.v, i.S, i.E, i.E_k, i.L, i.mu, i.alpha, i.M, i.M_G
F, g, u, w, K = i.F, i.g, i.u, i.w, i.K
F_next, w_next, t2 = next_value(F), next_value(w), S(g**2)
moved = w_next - w
smooth_at_step = Hypothesis(le(F_next, F + S(g * moved) + L / 2 * S(moved**2)), "(2.1) at w̄ = w_k, w = w_{k+1}")
definition_1 = Hypothesis(eq(w_next, w - u), "Definition 1")
eq_2_2 = Hypothesis(ge(S(g * E_k(u)), alpha * mu * t2), "(2.2)")
eq_2_3 = Hypothesis(le(E_k(S(u**2)), alpha * M + alpha**2 * M_G * t2), "(2.3)")
discrete: list[Supposed] = [gt(L, 0), smooth_at_step, definition_1]
update_bound: list[Supposed] = [gt(mu, 0), ge(M, 0), gt(M_G, 0), gt(alpha, 0), eq_2_2, eq_2_3]
bounded_below = [
    Hypothesis(ge(last_value(F), i.F_inf), "Assumption 3(a) at w_{K+1}"),
    Hypothesis(ge(F, i.F_inf), "Assumption 3(a) at w_k"),
    Hypothesis(eq(first_value(F), i.F_1), "the run starts at w_1"),
]


BOUNCE: dict[str, Fraction | int] = {"L": 1, "mu": 2, "M": 1, "M_G": 1, "alpha": 1, "rate": 1, "F_inf": 0, "j": 0}
BETWEEN = "F = ½(w - ½)², d = n = r = c = 1, w_1 = 0: w bounces between 0 and 1, ‖∇F‖² = ¼ for ever"


def bounce(K: int = 2, **parameters: Fraction | int) -> Model:
    """K steps on F = ½(w - ½)², d = 1, and n = r = 1 unless said: w bounces between 0 and 1, ‖∇F‖² = ¼ for ever."""
    return zim_run(quadratic([1], [HALF]), [0], K=K, facts=_facts(parameters), **{**BOUNCE, **parameters})  # type: ignore[arg-type]


def _facts(parameters: Mapping[str, Fraction | int]) -> str:
    if not parameters.keys() & {"n", "r"}:
        return BETWEEN
    return f"F = ½(w - ½)², d = c = 1, n = {parameters.get('n', 1)}, r = {parameters.get('r', 1)}, w_1 = 0"


def bounces(**parameters: Fraction | int) -> Process:
    """The same run, for ever."""
    return zim_process(quadratic([1], [HALF]), [0], facts=_facts(parameters), **{**BOUNCE, **parameters})  # type: ignore[arg-type]


def iterate_claim(id: str, source: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about the iterates, with the bounce as its witness."""
    about = {"witness": bounces, **about}
    return paper.claim(id, source, title, v, **about)


def _stays_on_lattice(p: Derivation) -> Fact:
    displacement = p.have(eq(moved, -u), by=definition_1.relation)
    summed = p.apply(i.total, displacement)
    telescoped = p.telescope(i.total, w)
    whole = p.integrality(-i.total(u) + i.j)
    start = eq(first_value(w), i.start)
    end = p.have(eq(last_value(w) - i.start, -i.total(u)), by=[summed, telescoped, start])
    z_ = last_value(w) - i.start + i.j
    same = p.have(eq(z_ * (z_ - 1), (i.j - i.total(u)) * (i.j - i.total(u) - 1)), by=end)
    return p.have(ge(z_ * (z_ - 1), 0), by=[whole, same])


iterate_claim(
    "def-1/lattice",
    "Definition 1",
    "the iterates stay on w_1 + Zᵈ (z(z - 1) >= 0 for w_{K+1} - w_1 plus any integer j)",
    suppose=[definition_1, eq(first_value(w), i.start)],
    then=ge((last_value(w) - i.start + i.j) * (last_value(w) - i.start + i.j - 1), 0),
    proof=_stays_on_lattice,
    note="ḡ is printed as a function on Rᵈ; it takes (w, ξ).",
)

# -------------------------------------------------------------------------------------------------- Proposition 8


def _line_8_1(p: Derivation) -> Fact:
    return p.conclude(by=smooth_at_step.relation)


def _line_8_2(p: Derivation) -> Fact:
    step = p.have(eq(moved, -u), by=definition_1.relation)
    product = p.apply(S, p.have(eq(g * moved, -g * u), by=step))
    square = p.apply(S, p.have(eq(moved**2, u**2), by=step))
    right = -S(g * u) + L / 2 * S(u**2)
    return p.have(eq(S(g * moved) + L / 2 * S(moved**2), right), by=[product, square])


prop_8_by_2_1 = iterate_claim(
    "prop-8/by-2.1",
    "Proposition 8, proof, line 1",
    "(2.1) between two iterates",
    suppose=discrete,
    then=le(F_next - F, S(g * moved) + L / 2 * S(moved**2)),
    proof=_line_8_1,
)
prop_8_by_definition = iterate_claim(
    "prop-8/by-definition-1",
    "Proposition 8, proof, line 2",
    "w_{k+1} - w_k = -ḡ",
    suppose=discrete,
    then=eq(S(g * moved) + L / 2 * S(moved**2), -S(g * u) + L / 2 * S(u**2)),
    proof=_line_8_2,
    note="printed with ≤; it is an equality.",
)


def _prop_8(p: Derivation) -> Fact:
    pathwise = (
        p.chain(F_next - F)
        .le(S(g * moved) + L / 2 * S(moved**2), by=prop_8_by_2_1)
        .le(-S(g * u) + L / 2 * S(u**2), by=prop_8_by_definition)
        .fact
    )
    return p.conclude(by=[p.apply(E_k, pathwise), p.interchange(E_k, S, g * u)])


prop_8 = iterate_claim(
    "prop-8",
    "Proposition 8, appendix A",
    "one step in expectation, by the two moments of the update",
    suppose=discrete,
    then=le(E_k(F_next) - F, -S(g * E_k(u)) + L / 2 * E_k(S(u**2))),
    proof=_prop_8,
    note="needs only (2.1) and Definition 1, not Assumption 3.",
)

# -------------------------------------------------------------------------------------------------- Proposition 9

drop, rate = E_k(F_next) - F, i.rate
at_rate = [
    Hypothesis(ge(S(g * E_k(u)), rate * mu * t2), "(2.2)"),
    Hypothesis(le(E_k(S(u**2)), rate * M + rate**2 * M_G * t2), "(2.3)"),
]
split_form = -rate * mu * t2 + rate * L * M / 2 + rate**2 * L * M_G / 2 * t2
collected_at_rate = -(mu - rate * L * M_G / 2) * rate * t2 + rate * L * M / 2
collected = -(mu - alpha * L * M_G / 2) * alpha * t2 + alpha * L * M / 2
prop_9_moments = iterate_claim(
    "prop-9/by-assumption-3",
    "Proposition 9, proof, line 2",
    "the two moments replaced by (2.2) and (2.3)",
    suppose=[gt(L, 0), *at_rate],
    then=le(-S(g * E_k(u)) + L / 2 * E_k(S(u**2)), split_form),
    proof=by([h.relation for h in at_rate]),
)
prop_9_collected = iterate_claim(
    "prop-9/collected",
    "Proposition 9, proof, line 3",
    "the terms collected",
    suppose=[],
    then=eq(split_form, collected_at_rate),
    proof=by(),
    note="printed with ≤; it is an equality.",
)
prop_9 = iterate_claim(
    "prop-9",
    "Proposition 9, appendix A",
    "one step decreases F in expectation, up to ½αLM",
    suppose=[*discrete, gt(mu, 0), ge(M, 0), gt(M_G, 0), gt(rate, 0), *at_rate],
    then=le(drop, collected_at_rate),
    proof=lambda p: (
        p.chain(drop)
        .le(-S(g * E_k(u)) + L / 2 * E_k(S(u**2)), by=prop_8)
        .le(split_form, by=prop_9_moments)
        .eq(collected_at_rate, by=prop_9_collected)
        .fact
    ),
)
