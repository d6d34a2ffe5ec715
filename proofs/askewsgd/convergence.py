"""The lemmas of the convergence proof: pushes near the boundary, the descent lemma, index shifts.

Near the lower end of a feasible interval, at a displacement -e with e > 0 into the infeasible side, phi = -a e + e² and
phi' = a - 2e with a = √((b - a)² - 4ε), so the push is v = α e (a - e)/(a - 2e).
"""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt

LEMMA_5 = "Lemma 5"
v = Vocabulary(reading="alpha")
alpha, a, e = (
    v.real("alpha", "the rate of the constraint", latex=r"\alpha"),
    v.real("a", "the slope at the boundary"),
    v.real("e", "|ε_1|"),
)
s, theta = v.real("s", "the push", latex="v"), v.real("theta", "a share of the slope", latex=r"\theta")
push = Hypothesis(eq(s * (a - 2 * e), alpha * e * (a - e)), "v = -α phi/phi' at a displacement of e")
range_ = [gt(alpha, 0), gt(e, 0), lt(2 * e, a)]

false(
    "lemma-5/display",
    LEMMA_5,
    "the push at a displacement e into the infeasible side is at most α e/2",
    v,
    [*range_, push],
    le(s, alpha * e / 2),
    {alpha: 1, a: 1, e: Fraction(1, 4), s: Fraction(3, 8)},
    "it is α e (1 - t)/(1 - 2t) with t = e/a: never below α e, and unbounded on the printed range",
)


def _below(p: Derivation) -> Fact:
    """(v - α e)(a - 2e) = α e²."""
    gain = p.have(gt(alpha * e**2, 0), by=[gt(alpha, 0), gt(e, 0)])
    scaled = p.have(gt((s - alpha * e) * (a - 2 * e), 0), by=[push.relation, gain])
    return p.have(ge(s, alpha * e), by=[scaled, lt(2 * e, a)], split=[s - alpha * e])


true(
    "lemma-5/display~corrected",
    LEMMA_5,
    "it is at least α e",
    v,
    [*range_, push],
    ge(s, alpha * e),
    {alpha: 1, a: 1, e: Fraction(1, 4), s: Fraction(3, 8)},
    _below,
    corrects="lemma-5/display",
)


def _above(p: Derivation) -> Fact:
    """((1 - θ) α e - (1 - 2θ) v)(a - 2e) = α e (θ a - e)."""
    room = p.product(
        p.have(gt(alpha * e, 0), by=[gt(alpha, 0), gt(e, 0)]), p.have(ge(theta * a - e, 0), by=le(e, theta * a))
    )
    goal = (1 - theta) * alpha * e - (1 - 2 * theta) * s
    scaled = p.have(ge(goal * (a - 2 * e), 0), by=[push.relation, room])
    return p.have(le((1 - 2 * theta) * s, (1 - theta) * alpha * e), by=[scaled, lt(2 * e, a)], split=[goal])


true(
    "lemma-5/sharp",
    LEMMA_5,
    "and for e ≤ θ a at most α e (1 - θ)/(1 - 2θ): 3/2 α e for θ = 1/4",
    v,
    [*range_, push, le(e, theta * a)],
    le((1 - 2 * theta) * s, (1 - theta) * alpha * e),
    {alpha: 1, a: 1, e: Fraction(1, 4), theta: Fraction(1, 4), s: Fraction(3, 8)},
    _above,
)
false(
    "lemma-5/sharp-constant",
    LEMMA_5,
    "no factor below 3/2 would do on e ≤ a/4",
    v,
    [*range_, push, le(4 * e, a)],
    lt(s, alpha * e * Fraction(3, 2)),
    {alpha: 1, a: 1, e: Fraction(1, 4), s: Fraction(3, 8)},
    "at e = a/4 the push is 3/2 α e exactly",
    printed=False,
)
outside = Hypothesis(eq(s, alpha * e), "outside the levels phi' = 1")
true(
    "lemma-5/outside",
    LEMMA_5,
    "outside the levels the push is α e exactly, more than the α e/2 of print",
    v,
    [gt(alpha, 0), gt(e, 0), outside],
    gt(s, alpha * e / 2),
    {alpha: 1, e: 1, s: 1},
    lambda p: p.have(
        gt(s, alpha * e / 2), by=[outside.relation, p.product(p.resolve(gt(alpha, 0))[0], p.resolve(gt(e, 0))[0])]
    ),
)

# ------------------------------------------------------------------------- what the noise decides: Lemmas 6 and 8

n = Vocabulary(reading="gamma")
n.random("outcome")
g = n.real("g", "∇ℓ(w_k), one coordinate")
h = n.real("h", "the stochastic gradient", over=["outcome"], latex=r"\hat g")
b = n.real("b", "1 where the gradient branch is taken", over=["outcome"])
E = n.functional("E", "expectation")
unbiased = Hypothesis(eq(E(h), g), "E ĝ = ∇ℓ")
branch = Hypothesis(eq(b**2, b), "the branch is taken or not")
COIN = [(Fraction(1, 2), "-3/4"), (Fraction(1, 2), "3/4")]
NOISY = {g: Fraction(1, 4), "h": lambda at: Fraction(1, 4) + Fraction(at["outcome"])}
false(
    "lemma-6/branch",
    "Lemma 6, second line of the proof",
    "the mean of the stochastic gradient over the gradient branch is the gradient: E[b ĝ] ∇ℓ = E[b] |∇ℓ|²",
    n,
    [unbiased, branch],
    eq(E(b * h) * g, E(b) * g**2),
    {**NOISY, "b": lambda at: int(Fraction(at["outcome"]) > 0)},
    "the branch is chosen by ĝ itself: where it is taken only for the upper of two values, its mean is not ∇ℓ",
    outcomes=COIN,
)
known = n.real("known", "1 where the gradient branch is taken, known before ĝ is drawn")
true(
    "lemma-6/branch~corrected",
    "Lemma 6, second line of the proof",
    "it is, where the branch is known before the gradient is drawn",
    n,
    [unbiased],
    eq(E(known * h) * g, known * g**2),
    {**NOISY, known: 1},
    lambda p: p.have(eq(E(known * h) * g, known * g**2), by=unbiased.relation),
    corrects="lemma-6/branch",
    outcomes=COIN,
)
gamma, L = n.real("gamma", "the step", latex=r"\gamma"), n.real("L", "the Lipschitz constant of ∇ℓ")
drop, u = n.real("drop", "ℓ(w_{k+1}) - ℓ(w_k)"), n.real("u", "v, the update of one coordinate")
smooth = Hypothesis(le(drop, gamma * g * u + L / 2 * gamma**2 * u**2), "ℓ is L-smooth")
true(
    "lemma-6/no-noise",
    "Lemma 6 with σ = 0",
    "without noise a gradient branch lowers ℓ by (γ/2)|∇ℓ|², for γ L ≤ 1",
    n,
    [ge(gamma, 0), le(gamma * L, 1), eq(u, -g), smooth],
    le(drop, -gamma / 2 * g**2),
    {gamma: 1, L: 1, g: 1, u: -1, drop: Fraction(-1, 2)},
    lambda p: p.have(
        le(drop, -gamma / 2 * g**2),
        by=[
            smooth.relation,
            eq(u, -g),
            p.product(
                p.product(p.resolve(ge(gamma, 0))[0], p.have(ge(1 - gamma * L, 0), by=le(gamma * L, 1))),
                p.have(ge(g**2, 0), squares=[g]),
            ),
        ],
    ),
)

# ---------------------------------------------------------------------------------- indices, thresholds, weights

k = Vocabulary()
A, B, R, step = (
    k.real("A", "room on the left"),
    k.real("B", "room on the right"),
    k.real("R", "γ_k M_1"),
    k.real("step", "w_{k+1} - w_k"),
)
from_edge = Hypothesis(le(step**2, R**2), "a step is at most γ_k M_1 long")
most = k.define("most", "maximum", A, B, meaning="max(A, B)")
false(
    "claim-1/max",
    "Claim 1 in the proof of Lemma 4",
    "with γ_k M_1 < max(A, B) a step from the lower end of the feasible interval stays in its cell",
    k,
    [gt(A, 0), gt(B, 0), ge(R, 0), lt(R, most), from_edge],
    ge(step, -A),
    {A: Fraction(387, 1000), B: 49, R: 2, step: -2},
    "on a grid that is not uniform the larger room says nothing of the smaller: Q = {0, 1, 101}, a step of 2 from 1",
)
least = k.define("least", "maximum", -A, -B, meaning="-min(A, B)")
true(
    "claim-1/max~corrected",
    "Claim 1 in the proof of Lemma 4",
    "with γ_k M_1 < min(A, B) it does, at either end",
    k,
    [gt(A, 0), gt(B, 0), ge(R, 0), lt(R, -least), from_edge],
    ge(step, -A),
    {A: 1, B: 2, R: Fraction(1, 2), step: 0},
    lambda p: p.have(
        ge(step, -A),
        by=[
            lt(R, -least),
            *p.resolve(least),
            p.have(ge(step, -R), by=[from_edge.relation, ge(R, 0)], split=[step + R]),
        ],
    ),
    corrects="claim-1/max",
)
t, g_0, l_0, l_end, noise = k.reals("t gamma_0 l_0 l_T noise")
telescoped = Hypothesis(le(l_end, l_0 - t + noise), "the descent lemma, summed: ℓ_T ≤ ℓ_0 - Σ γ|∇ℓ|²/2 + noise")
false(
    "lemma-7/sign",
    "Lemma 7",
    "summed over the steps, Σ γ|∇ℓ|²/2 ≤ ℓ_0 - ℓ_T minus the noise term",
    k,
    [ge(noise, 0), telescoped],
    le(t, l_0 - l_end - noise),
    {t: Fraction(1, 8), noise: Fraction(1, 8), l_0: 0, l_end: 0},
    "noise makes the descent smaller: the term stands with a plus",
)
true(
    "lemma-7/sign~corrected",
    "Lemma 7",
    "plus the noise term",
    k,
    [ge(noise, 0), telescoped],
    le(t, l_0 - l_end + noise),
    {t: Fraction(1, 8), noise: Fraction(1, 8), l_0: 0, l_end: 0},
    lambda p: p.have(le(t, l_0 - l_end + noise), by=telescoped.relation),
    corrects="lemma-7/sign",
)
start = k.real("start", "K, the first index")
gamma_k = k.real("gamma_k", "γ_{k+K}", latex=r"\gamma_{k+K}")
index = k.real("index", "k")
schedule = Hypothesis(eq(gamma_k * (index + start + 1), g_0), "γ_j = γ_0/(j + 1)")
false(
    "lemma-7/index",
    "Lemma 7",
    "with γ_j = γ_0/(j + 1), γ_{k+K} is γ_0/(k + K - 1)",
    k,
    [gt(g_0, 0), ge(index, 0), ge(start, 2), schedule],
    eq(gamma_k * (index + start - 1), g_0),
    {g_0: 1, index: 0, start: 2, gamma_k: Fraction(1, 3)},
    "the index is shifted by two; at k = 0 and K = 1 the printed form divides by 0",
)
