"""The authors' side: the readings in which a line holds, and what the paper says in words between its formulas."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.claims import Hypothesis, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_step
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.proposition_11 import (
    E,
    S,
    a,
    c,
    coordinates,
    d,
    definition_6,
    g,
    gradient_times_sign,
    n,
    nonnegative_q,
    prepare,
    printed_moment,
    prop_11_second,
    q,
    q_normalised,
    r,
    s,
    sg,
    step_claim,
    t,
    t2,
    u,
    z,
)
from convbound.proofs.discrete_updates.proposition_12_7 import alignment, l1_corrected, one_draw_second, root_d
from convbound.proofs.discrete_updates.vocabulary import multinomial
from convbound.proofs.language.vocabulary import eq, ge, gt, le
from convbound.proofs.models.model import Model

# ------------------------------------------------------------------------- what is said between Definition 6 and 7

step_claim(
    "def-6/proportional",
    "after Definition 6",
    "the expectation of ḡ is proportional to the gradient: E[ḡ_i] Σg = g_i ΣE[ḡ] for all i",
    then=eq(E(u) * S(g), g * S(E(u))),
    expected="refuted",
    refutation=Refutation(
        lambda: zim_step([1, 2], n=1, c=1, facts="d = 2, n = r = c = 1, ∇F(w_k) = (1, 2)"),
        "E[ḡ] is proportional to ∇F + c sign(∇F): smoothing bends it away from the gradient",
    ),
)


def _without_zero(p: Derivation) -> Fact:
    one = p.have(eq(g**2 * (1 - sg**2), 0), by=p.part(sg, 2))
    low = p.have(ge(sg**2, 1), by=[one, nonzero.relation])
    high = p.have(le(sg**2, 1), by=[one, nonzero.relation])
    unit = p.both(eq(sg**2, 1), low, high)
    linear = p.apply(S, p.have(eq(sg**2 * q, q), by=unit))
    square = p.apply(S, p.have(eq(sg**2 * q**2, q**2), by=unit))
    return p.conclude(by=[p.use(prop_11_second), linear, square, p.use(q_normalised)])


nonzero = Hypothesis(gt(g**2, 0), "no coordinate of ∇F(w_k) is zero", added=True)
step_claim(
    "prop-11/second-moment@no-zero",
    "Proposition 11",
    "the printed second moment holds where no coordinate of the gradient vanishes (or with sign(0) = ±1)",
    suppose=[*definition_6, nonzero],
    then=eq(coordinates, printed_moment),
    printed=False,
    proof=_without_zero,
)

# ---------------------------------------------------------------------- the reading in which F itself is L-Lipschitz

lipschitz = Hypothesis(le(t, z.L), "‖∇F(w_k)‖₂ ≤ L: F itself is L-Lipschitz", added=True)


def lipschitz_witness() -> Model:
    """A gradient (1, -2) under L = 3."""
    return zim_step([1, -2], n=2, r=Fraction(1, 2), c=1, L=3, facts="n = 2, r = ½, c = 1, ∇F(w_k) = (1, -2), L = 3")


step_claim(
    "prop-12/l1-bound@F-Lipschitz",
    "Proposition 12, proof, first sentence",
    "Cauchy–Schwarz as printed, if L is (also) the Lipschitz constant of F itself",
    suppose=[gt(d, 0), lipschitz],
    then=le(s, root_d * z.L),
    printed=False,
    prepare=None,
    proof=lambda p: p.use(l1_corrected, {z.G: z.L}),
    witness=lipschitz_witness,
)


def _says_less(p: Derivation) -> Fact:
    short = p.product(
        p.have(ge(z.L - t, 0), by=lipschitz.relation), p.have(ge(z.L + t, 0), by=[p.part(t, 0), gt(z.L, 0)])
    )
    square = p.have(le(t2, z.L**2), by=[p.part(t, 1), short])
    root = p.have(ge(root_d - 1, 0), by=[p.part_of_root(root_d), p.part_of_root(root_d, 1), ge(d, 1)])
    wide = p.product(p.have(ge(z.L**2, 0), squares=[z.L]), root)
    smoothing = p.product(p.product(p.resolve(gt(c, 0))[0], p.have(gt(d, 0), by=ge(d, 1))), p.resolve(gt(z.L, 0))[0])
    return p.conclude(by=[square, wide, smoothing])


step_claim(
    "specialisation/says-less@F-Lipschitz",
    "Section 3, after Proposition 7",
    "then ‖∇F(w_k)‖² ≤ L² ≤ L(√d L + cd) at every single point: the printed limit is more than the gradient ever is",
    suppose=[gt(z.L, 0), ge(d, 1), gt(c, 0), lipschitz],
    then=le(t2, z.L * (root_d * z.L + c * d)),
    printed=False,
    prepare=None,
    proof=_says_less,
    witness=lipschitz_witness,
)

# ---------------------------------------------------------------------------------------------- there exists a μ

some_mu = Hypothesis(ge(alignment, r * z.mu * t2), "(2.2) holds at w_k, with some μ")


def _any_mu(p: Derivation) -> Fact:
    top = p.member(S, p.have(ge(g**2, 0), squares=[g]))
    less = p.have(le(a, t), by=[top, p.part(a, 1), p.part(t, 0), p.part(t, 1)])
    weighted = p.apply(S, p.have(le(q * a, q * t), by=p.product(p.have(ge(t - a, 0), by=less), nonnegative_q(p))))
    lines = [paper[f"prop-11/{line}"] for line in ("mean-of-counts", "definition", "sign-is-known")]
    mean = [*map(p.use, lines), gradient_times_sign(p)]
    exact = p.apply(S, p.have(eq(g * E(u), n * r * q * a), by=mean))
    draws = p.product(p.resolve(ge(n, 0))[0], p.resolve(ge(r, 0))[0])
    far = p.product(draws, p.have(ge(t - S(q * a), 0), by=[weighted, p.use(q_normalised)]))
    upper = p.have(le(alignment, n * r * t), by=[exact, far])
    both = p.have(ge(n * r * t - r * z.mu * t**2, 0), by=[upper, some_mu.relation, p.part(t, 1)])
    plain = p.have(ge(t * (n - z.mu * t), 0), by=p.product(p.have(ge(1 / r, 0), by=gt(r, 0)), both))
    return p.conclude(by=p.product(p.have(ge(1 / t, 0), by=gt(t, 0)), plain))


step_claim(
    "prop-12/any-mu",
    "Proposition 12, there exists a μ",
    "(2.2) with any μ > 0 whatever says ‖∇F(w_k)‖₂ ≤ n/μ: Assumption 3(b) for this update is a bounded gradient",
    suppose=[ge(n, 0), gt(r, 0), gt(z.mu, 0), gt(t, 0), *definition_6, some_mu],
    then=le(z.mu * t, n),
    printed=False,
    prepare=prepare,
    proof=_any_mu,
    witness=lambda: zim_step([1, -2], n=2, r=Fraction(1, 2), c=1, mu=Fraction(1, 10)),
)

# ------------------------------------------------------------------------------------- any M_G, where one is drawn

own = multinomial(gradient=True)
M_G = own.v.real("M_G", "any positive constant")


def _any_M_G(p: Derivation) -> Fact:
    one = p.use(one_draw_second)
    more = p.product(p.product(p.have(ge(r**2, 0), squares=[r]), p.resolve(gt(M_G, 0))[0]), _squares(p))
    return p.conclude(by=[one, more, p.have(eq(n**2 - n, 0), by=eq(n, 1))])


def _squares(p: Derivation) -> Fact:
    return p.apply(S, p.have(ge(g**2, 0), squares=[g]))


paper.claim(
    "prop-7/positive-M_G~corrected",
    "Proposition 7 with Assumption 3(b)",
    "with one draw (2.3) holds with M = n and every M_G > 0, so a positive one may be taken",
    own.v,
    suppose=[eq(n, 1), gt(M_G, 0), *definition_6],
    then=le(coordinates, r * n + r**2 * M_G * t2),
    printed=False,
    corrects="prop-7/positive-M_G",
    prepare=prepare,
    proof=_any_M_G,
    witness=lambda: zim_step([1, -2], n=1, r=Fraction(1, 2), c=1, M_G=Fraction(1, 10)),
)
