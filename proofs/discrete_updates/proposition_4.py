"""Proposition 4: what the run does; every line of its proof, and the same proof without its loss."""

from __future__ import annotations

from convbound.proofs.claims import Hypothesis, Refutation, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.proposition_8_9 import (
    M_G,
    E,
    E_k,
    F,
    F_next,
    K,
    L,
    M,
    S,
    alpha,
    bounce,
    bounded_below,
    collected,
    discrete,
    drop,
    eq_2_2,
    eq_2_3,
    g,
    i,
    iterate_claim,
    mu,
    prop_8,
    prop_9,
    t2,
    update_bound,
)
from convbound.proofs.discrete_updates.vocabulary import first_value, last_value, limsup
from convbound.proofs.language.vocabulary import eq, ge, gt, le

# -------------------------------------------------------------------------------------------------- Proposition 4

admissible = Hypothesis(le(alpha, mu / (L * M_G)), "ᾱ ≤ μ/(L M_G)")
halved = -mu * alpha * t2 / 2 + alpha * L * M / 2
run: list[Supposed] = [gt(K, 0), *discrete, *update_bound, admissible, *bounded_below]
gap = i.F_1 - i.F_inf
sum_t2, noise = i.total(E(t2)), alpha * L * M / 2
average = E(i.avg(t2))


def _halved(p: Derivation) -> Fact:
    room = p.have(le(alpha * L * M_G, mu), by=[admissible.relation])
    return p.conclude(by=room)


prop_4_alpha = iterate_claim(
    "prop-4/assumption-on-alpha",
    "Proposition 4, proof, line 2",
    "the condition on ᾱ halves the descent",
    suppose=[gt(L, 0), gt(mu, 0), gt(M_G, 0), gt(alpha, 0), admissible],
    then=le(collected, halved),
    proof=_halved,
)


def _total(p: Derivation) -> Fact:
    one = p.chain(drop).le(collected, by=p.use(prop_9, {i.rate: alpha})).le(halved, by=prop_4_alpha).fact
    return p.conclude(by=[p.apply(E, one), p.tower(E, E_k, F_next)])


prop_4_total = iterate_claim(
    "prop-4/total-expectation",
    "Proposition 4, proof, line 3",
    "the total expectation of one step",
    suppose=run,
    then=le(E(F_next) - E(F), -mu * alpha * E(t2) / 2 + noise),
    proof=_total,
)
prop_4_lower = iterate_claim(
    "prop-4/lower-end",
    "Proposition 4, proof, line 4",
    "F_inf - F(w_1) below what the run can gain",
    suppose=run,
    then=le(i.F_inf - i.F_1, E(last_value(F)) - i.F_1),
    proof=lambda p: p.conclude(by=p.apply(E, ge(last_value(F), i.F_inf))),
)
printed_sum = -i.total(mu * alpha * E(t2) / 2 + alpha * L * M / 2)
iterate_claim(
    "prop-4/telescoping-line",
    "Proposition 4, proof, line 5",
    "the telescoped sum, with the sign of the noise as printed",
    suppose=run,
    then=le(E(last_value(F)) - i.F_1, printed_sum),
    expected="refuted",
    refutation=Refutation(lambda: bounce(1), "the noise term ½ᾱLM has the wrong sign inside the sum"),
)


def _telescoped(p: Derivation) -> Fact:
    summed = p.apply(i.total, prop_4_total)
    start = p.apply(E, eq(first_value(F), i.F_1))
    return p.conclude(by=[summed, p.telescope(i.total, E(F)), start])


prop_4_telescoped = iterate_claim(
    "prop-4/telescoping-line~corrected",
    "Proposition 4, proof, line 5",
    "the telescoped sum, with the sign of the noise corrected",
    suppose=run,
    then=le(E(last_value(F)) - i.F_1, -i.total(mu * alpha * E(t2) / 2 - noise)),
    printed=False,
    corrects="prop-4/telescoping-line",
    proof=_telescoped,
)
iterate_claim(
    "prop-4/split-sum",
    "Proposition 4, proof, line 6",
    "the sum split in two, as an equality with the line before as printed",
    suppose=run,
    then=eq(printed_sum, -mu * alpha * sum_t2 / 2 + K * noise),
    expected="refuted",
    refutation=Refutation(
        lambda: bounce(1), "the two sides differ by ᾱKLM; this line undoes the sign of the line before"
    ),
)
prop_4_split = iterate_claim(
    "prop-4/split-sum~corrected",
    "Proposition 4, proof, line 6",
    "F_inf - F(w_1) below the split sum, which is right",
    suppose=run,
    then=le(i.F_inf - i.F_1, -mu * alpha * sum_t2 / 2 + K * noise),
    printed=False,
    corrects="prop-4/split-sum",
    proof=lambda p: (
        p.chain(i.F_inf - i.F_1)
        .le(E(last_value(F)) - i.F_1, by=prop_4_lower)
        .le(-i.total(mu * alpha * E(t2) / 2 - noise), by=prop_4_telescoped)
        .eq(-mu * alpha * sum_t2 / 2 + K * noise)
        .fact
    ),
)
prop_4_rearranged = iterate_claim(
    "prop-4/rearranged",
    "Proposition 4, proof, line 7",
    "rearranged",
    suppose=run,
    then=le(mu * alpha * sum_t2 / 2, gap + K * noise),
    proof=by(prop_4_split),
)
prop_4_divided = iterate_claim(
    "prop-4/divided",
    "Proposition 4, proof, line 8",
    "divided by ½μᾱ",
    suppose=run,
    then=le(sum_t2, 2 * gap / (mu * alpha) + K * L * M / mu),
    proof=by(prop_4_rearranged),
)


def as_average(p: Derivation) -> list[Fact]:
    """K E[avg t²] = Σ E[t²]."""
    return [p.interchange(E, i.avg, t2), p.average(i.avg, i.total, E(t2))]


prop_4_bound = 2 * gap / (K * mu * alpha) + L * M / mu
prop_4 = iterate_claim(
    "prop-4",
    "Proposition 4",
    "the mean squared gradient norm after K steps",
    suppose=run,
    then=le(average, prop_4_bound),
    proof=lambda p: p.conclude(by=[p.use(prop_4_divided), as_average(p)]),
    note="true, and loose by up to a factor two: see prop-4~refined.",
)


def _prop_4_limit(p: Derivation) -> Fact:
    bound = p.have(le(K * mu * alpha * average, 2 * gap + K * alpha * L * M), by=prop_4)
    squares = p.apply(S, p.have(ge(g**2, 0), squares=[g]))
    positive = p.apply(E, p.apply(i.avg, squares))
    limit = p.limit(K, average, 2 * gap + K * alpha * L * M, K * mu * alpha, 0, upper=bound, lower=positive)
    return p.conclude(by=limit)


prop_4_limit = iterate_claim(
    "prop-4/limit",
    "Proposition 4, second line",
    "the floor as K → ∞",
    suppose=run,
    then=le(limsup(K, average), L * M / mu),
    proof=_prop_4_limit,
    note="printed with an arrow; what holds is limsup ≤.",
)


def _limit_of_bound(p: Derivation) -> Fact:
    exact = p.have(le(K * mu * alpha * prop_4_bound, 2 * gap + K * alpha * L * M))
    start = p.have(ge(gap, 0), by=ge(i.F_1, i.F_inf))
    positive = p.have(ge(prop_4_bound, 0), by=[start])
    limit = p.limit(K, prop_4_bound, 2 * gap + K * alpha * L * M, K * mu * alpha, 0, upper=exact, lower=positive)
    return p.conclude(by=limit)


iterate_claim(
    "prop-4/limit@bound",
    "Proposition 4, second line",
    "the bound itself tends to at most LM/μ, as the arrow under it can be read",
    suppose=[gt(K, 0), gt(L, 0), gt(mu, 0), gt(alpha, 0), ge(M, 0), ge(i.F_1, i.F_inf)],
    then=le(limsup(K, prop_4_bound), L * M / mu),
    printed=False,
    proof=_limit_of_bound,
)
iterate_claim(
    "prop-4/limit@arrow",
    "Proposition 4, second line",
    "the mean itself tends to LM/μ, as the arrow can be read: on a cycle it would then equal LM/μ",
    suppose=[*run, Hypothesis(eq(E(t2), average), "E‖∇F(w_k)‖² is the same at every k", added=True)],
    then=eq(average, L * M / mu),
    expected="refuted",
    printed=False,
    refutation=Refutation(bounce, "‖∇F‖² = ¼ at every step, so the mean does not tend to LM/μ: lim sup ≤ LM/μ is all"),
)

# ------------------------------------------------------------------------------- Proposition 4, as sharp as its proof

slack = mu - alpha * L * M_G / 2
positive_slack = Hypothesis(gt(2 * mu, alpha * L * M_G), "ᾱ < 2μ/(L M_G)")
refined_bound: list[Supposed] = [gt(mu, 0), ge(M, 0), ge(M_G, 0), gt(alpha, 0), eq_2_2, eq_2_3]
refined_run: list[Supposed] = [gt(K, 0), *discrete, *refined_bound, positive_slack, *bounded_below]


def _refined(p: Derivation) -> Fact:
    one = p.use(prop_8)
    step = p.have(le(drop, collected), by=[one, eq_2_2.relation, eq_2_3.relation])
    mean = p.have(le(E(F_next) - E(F), -slack * alpha * E(t2) + noise), by=[p.apply(E, step), p.tower(E, E_k, F_next)])
    facts = [p.apply(i.avg, mean), p.telescope(i.avg, E(F)), p.apply(E, eq(first_value(F), i.F_1))]
    facts += [p.apply(E, ge(last_value(F), i.F_inf)), p.interchange(E, i.avg, t2)]
    p.have(gt(slack, 0), by=positive_slack.relation)
    scaled = p.have(le(K * alpha * slack * average, gap + K * noise), by=facts)
    return p.conclude(by=scaled)


prop_4_refined = iterate_claim(
    "prop-4~refined",
    "Proposition 4",
    "the same proof without the loss: M_G = 0 allowed, and half the floor then",
    suppose=refined_run,
    then=le(average, (gap / (K * alpha) + L * M / 2) / slack),
    printed=False,
    corrects="prop-4",
    prepare=lambda p: p.have(gt(slack, 0), by=positive_slack.relation),
    proof=_refined,
)


def _refined_limit(p: Derivation) -> Fact:
    bound = p.have(le(K * alpha * slack * average, gap + K * alpha * L * M / 2), by=prop_4_refined)
    squares = p.apply(S, p.have(ge(g**2, 0), squares=[g]))
    positive = p.apply(E, p.apply(i.avg, squares))
    ends = {"upper": bound, "lower": positive, "leading": positive_slack.relation}
    limit = p.limit(K, average, gap + K * alpha * L * M / 2, K * alpha * slack, 0, **ends)
    scaled = p.have(le(slack * limsup(K, average), L * M / 2), by=limit)
    return p.conclude(by=[scaled, positive_slack.relation])


prop_4_refined_limit = iterate_claim(
    "prop-4/limit~refined",
    "Proposition 4, second line",
    "the floor LM/(2μ - ᾱLM_G): LM/(2μ), half of the printed one, when M_G = 0",
    suppose=refined_run,
    then=le(limsup(K, average), L * M / (2 * mu - alpha * L * M_G)),
    printed=False,
    corrects="prop-4/limit",
    prepare=lambda p: p.have(gt(2 * mu - alpha * L * M_G, 0), by=positive_slack.relation),
    proof=_refined_limit,
)
