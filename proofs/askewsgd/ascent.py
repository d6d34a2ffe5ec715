"""Descent ascent on the Lagrangian: the primal function Φ, its stationary points, step sizes."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt

v = Vocabulary()
x, D = v.real("x", "phi(w)", latex=r"\varphi"), v.real("D", "the cap on the multiplier")
lam, l, bound = (
    v.real("lam", "a multiplier", latex=r"\lambda"),
    v.real("l", "ℓ(w)", latex=r"\ell"),
    v.real("B", "a bound on Φ"),
)
worst = v.define("worst", "maximum", sympy.Integer(0), -x, meaning="the violation, max(0, -phi)")

false(
    "primal/uncapped",
    "Lemma 1 of section 5",
    "Φ(w) = max over λ ≥ 0 of ℓ - λ phi is finite: some bound (here 10) holds for every λ ≥ 0",
    v,
    [ge(lam, 0), lt(x, 0), eq(l, 0), eq(bound, 10)],
    le(l - lam * x, bound),
    {lam: 11, x: -1, l: 0, bound: 10},
    "off the feasible set Φ is infinite: λ has to be capped",
)
true(
    "primal/unbounded",
    "Lemma 1 of section 5",
    "and no other bound B holds: λ = (B - ℓ)/(-phi) + 1 exceeds it",
    v,
    [lt(x, 0), Hypothesis(eq(lam * (-x), bound - l - x), "λ = (B - ℓ)/(-phi) + 1")],
    gt(l - lam * x, bound),
    {lam: 11, x: -1, l: 0, bound: 10},
    lambda p: p.have(gt(l - lam * x, bound), by=[eq(lam * (-x), bound - l - x), lt(x, 0)]),
)
true(
    "primal/capped",
    "Lemma 1 of section 5",
    "with λ in [0, D] it is ℓ + D max(0, -phi): no λ gives more",
    v,
    [ge(lam, 0), le(lam, D)],
    le(l - lam * x, l + D * worst),
    {lam: 1, D: 1, x: -1, l: 0},
    lambda p: p.have(
        le(l - lam * x, l + D * worst),
        by=[
            p.product(p.resolve(ge(lam, 0))[0], p.resolve(worst)[1]),
            p.product(p.have(ge(D - lam, 0), by=le(lam, D)), p.resolve(worst)[0]),
        ],
    ),
)

# ------------------------------------------------------------------------------ small gradients, far from feasible

s = Vocabulary()
w, eps, m = s.real("w", "a weight"), s.real("eps", "the tolerance", latex=r"\varepsilon"), s.real("m", "the multiplier")
near, grad = s.real("near", "a feasible weight"), s.real("e", "the tolerance on the gradient", latex=r"\epsilon")
stationary = Hypothesis(le((w - m * 2 * w) ** 2, grad**2), "‖∇_w L‖ ≤ e, with ℓ = w²/2 and phi' = 2w on Q = {-1, 1}")
false(
    "stationarity/distance",
    "section 5, after Theorem 4",
    "‖∇_w L‖ ≤ e bounds the distance to a feasible point by e (or by any multiple of it: here 100)",
    s,
    [ge(m, 0), ge(grad, 0), stationary, eq(eps, Fraction(3, 4)), ge(eps - (1 - near**2), 0), gt(near, 0)],
    le((w - near) ** 2, (100 * grad) ** 2),
    {w: 0, m: 1, grad: 0, eps: Fraction(3, 4), near: Fraction(1, 2)},
    "the midpoint w = 0 is stationary for the Lagrangian, whatever the multiplier, and is 1/2 from the feasible set",
)
true(
    "stationarity/distance-at-midpoint",
    "section 5, after Theorem 4",
    "every feasible weight on Q = {-1, 1} is √(1 - ε) or more away from the midpoint 0",
    s,
    [ge(eps - (1 - near**2), 0)],
    ge(near**2, 1 - eps),
    {eps: Fraction(3, 4), near: Fraction(1, 2)},
    lambda p: p.have(ge(near**2, 1 - eps), by=ge(eps - (1 - near**2), 0)),
)

# ------------------------------------------------------------------------------------ definitions that lost a letter

q = Vocabulary()
t, y, lm, value = (
    q.real("t", "the point"),
    q.real("y", "any other"),
    q.real("lm", "the parameter", latex=r"\lambda"),
    q.real("value", "the envelope of |·|"),
)
false(
    "moreau/definition",
    "Definition 7",
    "the envelope printed, min over y of |y| + ½(t - y)², is the Moreau envelope for every λ",
    q,
    [gt(lm, 0), ge(y, 0), eq(value, y + (t - y) ** 2 / (2 * lm))],
    eq(value, y + (t - y) ** 2 / 2),
    {t: 3, y: Fraction(11, 4), lm: Fraction(1, 4), value: Fraction(23, 8)},
    "the parameter λ is missing: for |·| at 3 and λ = 1/4 the envelope is 23/8, printed 5/2",
)
true(
    "moreau/absolute-value",
    "Definition 7",
    "with 1/(2λ) the envelope of |·| at t ≥ λ is t - λ/2",
    q,
    [gt(lm, 0), ge(t, lm)],
    ge(2 * lm * y + (t - y) ** 2, 2 * lm * t - lm**2),
    {t: 3, y: Fraction(11, 4), lm: Fraction(1, 4)},
    lambda p: p.have(ge(2 * lm * y + (t - y) ** 2, 2 * lm * t - lm**2), squares=[t - y - lm]),
)
r = Vocabulary()
T, eta, e, Delta, sigma = r.reals("T eta e Delta sigma")
complexity = Hypothesis(
    eq(T * eta * e**4, Delta * (e**2 + sigma**2)), "T is the complexity, with 1 + σ²/e² for the maximum"
)
false(
    "complexity/consistent",
    "Theorem 4",
    "the step size and the complexity fit: T η e² is of the order of Δ, with a constant (here 4)",
    r,
    [gt(T, 0), gt(eta, 0), gt(e, 0), gt(Delta, 0), ge(sigma, 0), complexity],
    le(T * eta * e**2, 4 * Delta),
    {T: 101, eta: 1, e: 1, Delta: 1, sigma: 10},
    "the factor max{1, σ²/e²} of the complexity is missing in the step size: η has to be smaller by it",
)
made = Hypothesis(
    eq(T * eta * e**2 * (e**2 + sigma**2), Delta * (e**2 + sigma**2)), "η is smaller by e²/(e² + σ²)", added=True
)
true(
    "complexity/consistent~corrected",
    "Theorem 4",
    "with the factor e²/(e² + σ²) in the step size they do: T η e² = Δ",
    r,
    [gt(e, 0), made],
    eq(T * eta * e**2, Delta),
    {T: 1, eta: 1, e: 1, Delta: 1, sigma: 10},
    lambda p: _same_order(p),
    corrects="complexity/consistent",
)


def _same_order(p: Derivation) -> Fact:
    one = p.resolve(gt(e, 0))[0]
    scale = p.have(gt(e**2 + sigma**2, 0), by=p.product(one, one), squares=[sigma])
    gap = T * eta * e**2 - Delta
    low = p.have(ge(T * eta * e**2, Delta), by=[made.relation, scale], split=[gap])
    return p.both(
        eq(T * eta * e**2, Delta), low, p.have(le(T * eta * e**2, Delta), by=[made.relation, scale], split=[gap])
    )
