"""Propositions 12 and 7: the constants of Assumption 3 for the ZIM update, printed and corrected."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.claims import Hypothesis, Premise, Refutation, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.instances import zim_step
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.proposition_11 import (
    E,
    S,
    a,
    at_least_no_trials,
    c,
    coordinates,
    d,
    definition_6,
    g,
    gradient_times_sign,
    n,
    positive,
    prepare,
    prop_11_mean,
    prop_11_upper,
    q,
    q_normalised,
    r,
    s,
    scale,
    sg,
    step_claim,
    t,
    t2,
    u,
    z,
)
from convbound.proofs.language.vocabulary import eq, ge, gt, le
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic

# ------------------------------------------------------------------------------------------------ Proposition 12

root_d = sympy.sqrt(d)
alignment = S(g * E(u))
smooth = Premise(
    "Assumption 2 (∇F is L-Lipschitz), g = ∇F(w)",
    r"\|\nabla F(w)-\nabla F(\bar w)\|_2\le L\|w-\bar w\|_2",
    lambda model: (
        model.objective is not None
        and model.objective.is_smooth(Fraction(model.about["L"]))
        and model.objective.gradient(model.about["weights"]) == model.about["gradient"]
    ),
)
bounded = Hypothesis(le(t, z.G), "‖∇F(w_k)‖₂ ≤ G", added=True)


def parabola(w: int, **about: Fraction | int) -> Model:
    """F = w²/2 at w, with L = d = 1."""
    facts = f"d = L = n = r = c = 1, F(w) = w²/2, w = {w}"
    parameters: dict[str, Fraction | int] = {"n": 1, "L": 1, **about}
    return zim_step([w], objective=quadratic([1], [0]), weights=[w], facts=facts, **parameters)  # type: ignore[arg-type]


for reading, bound in (("R1", root_d * z.L), ("R2", sympy.sqrt(d * z.L))):
    step_claim(
        f"prop-12/l1-bound@{reading}",
        "Proposition 12, proof, first sentence",
        "Lipschitz continuity is said to bound the gradient",
        suppose=[smooth, gt(z.L, 0), gt(d, 0)],
        then=le(s, bound),
        expected="refuted",
        refutation=Refutation(
            lambda: parabola(2), "Assumption 2 bounds the Lipschitz constant of the gradient, not the gradient"
        ),
    )


def _cauchy_schwarz(p: Derivation) -> Fact:
    square = p.apply(S, p.have(ge((d * a - s) ** 2, 0), squares=[d * a - s]))
    same = p.apply(S, p.part(a, 1))
    norm = p.have(le(s**2, d * t2), by=[square, same, gt(d, 0)])
    root = p.have(ge(root_d * t, 0), by=[p.part(t, 0)])
    close = p.have(le(s, root_d * t), by=[norm, root, p.part(t, 1)])
    return p.conclude(by=[close, bounded.relation])


l1_corrected = step_claim(
    "prop-12/l1-bound~corrected",
    "Proposition 12, proof, first sentence",
    "Cauchy–Schwarz under a bounded gradient",
    suppose=[gt(d, 0), bounded],
    then=le(s, root_d * z.G),
    printed=False,
    corrects="prop-12/l1-bound@R1",
    prepare=None,
    proof=_cauchy_schwarz,
)
in_mean = S(g * scale * (g + c * sg))
in_norms = scale * (t2 + c * s)
step_claim(
    "prop-12/mean",
    "Proposition 12, proof, line 1",
    "Proposition 11 in the inner product",
    then=eq(alignment, in_mean),
    proof=lambda p: p.apply(S, p.have(eq(g * E(u), g * scale * (g + c * sg)), by=prop_11_mean)),
)


step_claim(
    "prop-12/norms",
    "Proposition 12, proof, line 2",
    "∇Fᵀsign(∇F) = ‖∇F‖₁",
    then=eq(in_mean, in_norms),
    proof=lambda p: p.conclude(by=p.apply(S, gradient_times_sign(p))),
)
dropped = scale * t2
step_claim(
    "prop-12/dropped",
    "Proposition 12, proof, line 3",
    "c‖∇F‖₁ ≥ 0",
    suppose=[at_least_no_trials, *definition_6],
    then=ge(in_norms, dropped),
    proof=by(ge(r, 0)),
)


def with_bound(x: sympy.Expr) -> sympy.Expr:
    """r μ ‖∇F‖² with μ = n/(x + cd)."""
    return r * (n / (x + c * d)) * t2


def root_positive(p: Derivation) -> None:
    """The denominators of q and of μ are positive."""
    prepare(p)
    p.have(ge(t, 0), by=p.part(t, 0))
    p.have(ge(z.G, 0), by=[p.part(t, 0), bounded.relation])
    p.have(ge(root_d * z.G, 0), by=[p.have(ge(z.G, 0)), p.part_of_root(root_d)])
    p.have(gt(root_d * z.G + c * d, 0), by=p.have(ge(root_d * z.G, 0)))


def _last_line(p: Derivation) -> Fact:
    wider = p.have(le(s + c * d, root_d * z.G + c * d), by=p.use(l1_corrected))
    inverse = p.have(ge(1 / (s + c * d), 1 / (root_d * z.G + c * d)), by=[wider, gt(S(a) + c * d, 0)])
    return p.conclude(by=[inverse])


zim_bounded: list[Supposed] = [at_least_no_trials, *definition_6, bounded]
last_line = step_claim(
    "prop-12/last-line~corrected",
    "Proposition 12, proof, line 4",
    "the bound on ‖∇F‖₁ in the denominator, under ‖∇F(w_k)‖₂ ≤ G",
    suppose=zim_bounded,
    then=ge(dropped, with_bound(root_d * z.G)),
    printed=False,
    corrects="prop-12/last-line@R1",
    prepare=root_positive,
    proof=_last_line,
)
prop_12 = step_claim(
    "prop-12~corrected",
    "Proposition 12",
    "(2.2) with μ = n/(√d G + cd), under ‖∇F(w_k)‖₂ ≤ G",
    suppose=zim_bounded,
    then=ge(alignment, with_bound(root_d * z.G)),
    printed=False,
    corrects="prop-12/alignment@R1",
    prepare=root_positive,
    proof=lambda p: (
        p.chain(alignment)
        .eq(in_mean, by=paper["prop-12/mean"])
        .eq(in_norms, by=paper["prop-12/norms"])
        .ge(dropped, by=paper["prop-12/dropped"])
        .ge(with_bound(root_d * z.G), by=last_line)
        .fact
    ),
)


# ----------------------------------------------------------------- Propositions 12 and 7 as printed, in their readings


def _refuted_bound(id: str, source: str, title: str, left: sympy.Expr, x: sympy.Expr, plus: sympy.Expr) -> None:
    """A bound from below by nr/(x + plus) ‖∇F‖² under Assumption 2 alone."""

    def denominators(p: Derivation) -> None:
        prepare(p)
        if x != 0:
            p.have(ge(z.L, 0), by=gt(z.L, 0))
            p.define(x)

    step_claim(
        id,
        source,
        title,
        suppose=[smooth, gt(z.L, 0), *definition_6],
        then=ge(left, r * (n / (x + plus)) * t2),
        expected="refuted",
        prepare=denominators,
        refutation=Refutation(
            lambda: parabola(3), "far from the minimum ‖∇F‖ is as large as you like, but one draw moves by one unit"
        ),
    )


LINE, PROP_12, PROP_7 = "Proposition 12, proof, line 4", "Proposition 12", "Proposition 7, (2.2)"
SMOOTH_BOUND = "the denominator ‖∇F‖₁ + cd bounded by smoothness alone"
for reading, x in (("R1", root_d * z.L), ("R2", sympy.sqrt(d * z.L))):
    _refuted_bound(f"prop-12/last-line@{reading}", LINE, SMOOTH_BOUND, dropped, x, c * d)
    _refuted_bound(f"prop-12/alignment@{reading}", PROP_12, "(2.2) with μ = n/(√dL + cd)", alignment, x, c * d)
_refuted_bound(
    "prop-7/alignment@R3",
    PROP_7,
    "(2.2) with μ = n/√(dL + cd), as transcribed",
    alignment,
    sympy.sqrt(d * z.L + c * d),
    sympy.Integer(0),
)
step_claim(
    "prop-7/positive-M_G",
    "Proposition 7 with Assumption 3(b)",
    "M_G = n² - n is the positive scalar that Assumption 3 asks for",
    suppose=[ge(n, 1)],
    then=gt(n**2 - n, 0),
    expected="refuted",
    prepare=None,
    refutation=Refutation(
        lambda: zim_step([1], n=1, facts="one draw: n = 1"),
        "with one draw n² - n = 0; there (2.3) holds with every M_G > 0, so any positive one may be taken",
    ),
)
printed_2_3 = r * n + r**2 * (n**2 - n) * t2
step_claim(
    "prop-7/second-moment",
    "Proposition 7, (2.3)",
    "M = n and M_G = n² - n, as printed, for any n",
    suppose=[ge(n, 1), *definition_6],
    then=le(coordinates, printed_2_3),
    expected="refuted",
    refutation=Refutation(
        lambda: zim_step([Fraction(1, 2)], n=2, facts="d = 1, n = 2, r = c = 1, ∇F(w_k) = ½"),
        "it needs Σq_i² ≤ ‖∇F‖₂², which fails near every stationary point",
    ),
)
one_draw_second = step_claim(
    "prop-7/second-moment@n=1",
    "Proposition 7, (2.3)",
    "M = n and M_G = n² - n, as printed, for n = 1",
    suppose=[eq(n, 1), *definition_6],
    then=le(coordinates, printed_2_3),
    printed=False,
    witness=lambda: zim_step([1, -2], n=1, r=Fraction(1, 2)),
    proof=lambda p: _one_trial(p),
)


def _one_trial(p: Derivation) -> Fact:
    p.have(ge(n, 0), by=eq(n, 1))
    none = p.have(eq(n**2 - n, 0), by=eq(n, 1))
    return p.have(le(coordinates, printed_2_3), by=[p.use(prop_11_upper), none])


def _sum_of_squares(p: Derivation) -> Fact:
    """d Σq² - 1 <= (d - 1) ‖∇F‖²/(cd)²: the sum of squares of the q of Definition 6."""
    whole = s + c * d
    squares = p.have(eq(q**2 * whole**2, (a + c) ** 2), by=p.part(q, 0))
    total = p.apply(S, squares)
    part = p.member(S, p.part(a, 0))
    above = p.apply(S, p.have(ge(s * a - g**2, 0), by=[p.product(part, p.part(a, 0)), p.part(a, 1)]))
    norms = p.apply(S, p.part(a, 1))
    exact = p.have(eq(whole**2 * (d * S(q**2) - 1), d * t2 - s**2), by=[total, norms])
    small = p.have(le(whole**2 * (d * S(q**2) - 1), (d - 1) * t2), by=[exact, above])
    spread = p.apply(S, p.have(ge((d * q - 1) ** 2, 0), squares=[d * q - 1]))
    excess = p.have(ge(d * S(q**2) - 1, 0), by=[spread, p.use(q_normalised), gt(d, 0)])
    wide = p.have(ge(whole**2 - c**2 * d**2, 0), by=p.apply(S, p.part(a, 0)))
    return p.have(le(c**2 * d**2 * (d * S(q**2) - 1), (d - 1) * t2), by=[small, p.product(wide, excess)])


q_squares = step_claim(
    "prop-7/sum-of-squares",
    "Proposition 7, (2.3)",
    "what Σq_i² really is bounded by",
    suppose=positive,
    then=le(S(q**2), 1 / d + (1 - 1 / d) * t2 / (c * d) ** 2),
    printed=False,
    proof=lambda p: p.conclude(by=_sum_of_squares(p)),
)
M_right, M_G_right = n + r * (n**2 - n) / d, (n**2 - n) * (1 - 1 / d) / (c * d) ** 2


def _right_2_3(p: Derivation) -> Fact:
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    scaled = p.product(more, p.use(q_squares))
    return p.conclude(by=[prop_11_upper, scaled])


prop_7_second = step_claim(
    "prop-7/second-moment~corrected",
    "Proposition 7, (2.3)",
    "M = n + r(n² - n)/d and M_G = (n² - n)(1 - 1/d)/(cd)², for every n",
    suppose=[at_least_no_trials, *definition_6],
    then=le(coordinates, r * M_right + r**2 * M_G_right * t2),
    printed=False,
    corrects="prop-7/second-moment",
    proof=_right_2_3,
)
