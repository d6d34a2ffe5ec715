"""Quantisers and their peers: BinaryConnect, straight-through estimators, proximal quantisation."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le

BINARY = "(4), BinaryConnect"
v = Vocabulary()
v.random("outcome")
w = v.real("w", "a weight")
b = v.real("b", "1 where the weight becomes 1", over=["outcome"])
q = v.real("q", "the binary weight, 1 or -1", over=["outcome"], latex="w_b")
E = v.functional("E", "expectation")
rule = [Hypothesis(eq(b**2, b), "b is 0 or 1"), Hypothesis(eq(q, 2 * b - 1), "w_b = 2b - 1")]
drawn = Hypothesis(eq(E(b), (1 + w) / 2), "b = 1 with probability (1 + w)/2, for |w| ≤ 1")
COIN = [(Fraction(3, 4), "1"), (Fraction(1, 4), "0")]
TOSSED = {w: Fraction(1, 2), "b": lambda at: int(at["outcome"]), "q": lambda at: 2 * int(at["outcome"]) - 1}


true(
    "binary-connect/mean",
    BINARY,
    "a stochastic binary weight is unbiased for |w| ≤ 1",
    v,
    [*rule, drawn],
    eq(E(q), w),
    TOSSED,
    lambda p: p.have(eq(E(q), w), by=[p.apply(E, rule[1].relation), drawn.relation]),
    printed=True,
    outcomes=COIN,
)


def _variance(p: Derivation) -> Fact:
    """(2b - 1 - w)² = (1 + w)² - 4 b w, as b² = b."""
    square = p.have(eq((q - w) ** 2, (1 + w) ** 2 - 4 * b * w), by=[rule[0].relation, rule[1].relation])
    return p.have(eq(E((q - w) ** 2), 1 - w**2), by=[p.apply(E, square), drawn.relation])


true(
    "binary-connect/variance",
    BINARY,
    "and its variance is 1 - w²",
    v,
    [*rule, drawn],
    eq(E((q - w) ** 2), 1 - w**2),
    TOSSED,
    _variance,
    outcomes=COIN,
)
false(
    "binary-connect/gradient",
    BINARY,
    "so a gradient at the binary weight is unbiased: with ℓ' = w³, E ℓ'(w_b) = ℓ'(w)",
    v,
    [*rule, drawn],
    eq(E(q**3), w**3),
    TOSSED,
    "the gradient is not linear in the weight: at w = 1/2 it is 1/2 in the mean, not 1/8",
    outcomes=COIN,
    printed=False,
)

# --------------------------------------------------------------------------------------------- straight through

s = Vocabulary()
k, r = (
    s.real("levels", "2^k, the number of levels of k bits"),
    s.real("r", "round((2^k - 1) σ), from 0 to 2^k - 1", integer=True),
)
image = s.real("image", "the quantised weight", integer=True)
printed = Hypothesis(eq(image, r - (k / 2 - 1)), "(5): round((2^k - 1) σ) - (2^{k-1} - 1)")
shifted = Hypothesis(eq(image, r - k / 2), "round((2^k - 1) σ) - 2^{k-1}", added=True)
whole = [ge(k, 2), ge(r, 0), le(r, k - 1)]
false(
    "straight-through/alphabet",
    "(5), STE",
    "k bits give weights of {-2^{k-1}, …, 2^{k-1} - 1}, as the experiments say",
    s,
    [*whole, printed],
    le(image, k / 2 - 1),
    {k: 2, r: 1, image: 1},
    "the offset is wrong by one: one bit gives {0, 1}, not {-1, 0}",
)
true(
    "straight-through/alphabet~corrected",
    "(5), STE",
    "with an offset of 2^{k-1} they do: none is above 2^{k-1} - 1",
    s,
    [*whole, shifted],
    le(image, k / 2 - 1),
    {k: 2, r: 1, image: 0},
    lambda p: p.have(le(image, k / 2 - 1), by=[shifted.relation, le(r, k - 1)]),
    corrects="straight-through/alphabet",
)
true(
    "straight-through/alphabet-low",
    "(5), STE",
    "and none below -2^{k-1}",
    s,
    [*whole, shifted],
    ge(image, -k / 2),
    {k: 2, r: 0, image: -1},
    lambda p: p.have(ge(image, -k / 2), by=[shifted.relation, ge(r, 0)]),
)
x, y = s.real("x", "the latent weight"), s.real("y", "the next one")
mask, g = s.real("mask", "1 where |x| ≤ 1, else 0"), s.real("g", "the gradient")
gamma = s.real("gamma", "the step", latex=r"\gamma")
true(
    "straight-through/absorbing",
    "STE as described, a mask and no clipping",
    "a latent weight beyond 1 never moves again: the mask is 0 and the next weight is this one",
    s,
    [gt(x**2, 1), Hypothesis(eq(mask * (x**2 - 1), 0), "the mask is 0 where |x| > 1"), eq(y, x - gamma * mask * g)],
    eq(y, x),
    {x: 2, y: 2, mask: 0, gamma: 1, g: 1},
    lambda p: _absorbed(p),
)


def _absorbed(p: Derivation) -> Fact:
    facts = [eq(mask * (x**2 - 1), 0), gt(x**2, 1)]
    zero = p.both(
        eq(mask, 0),
        p.have(ge(mask, 0), by=facts, split=[mask]),
        p.have(le(mask, 0), by=facts, split=[mask]),
    )
    return p.have(eq(y, x), by=[eq(y, x - gamma * mask * g), zero])


# ------------------------------------------------------------------------------------------------ proximal steps

PROX = "ProxQuant, the proximal map of the distance to a level"
o = Vocabulary()
z, level, lam, near, other, sub = o.reals("z level lam near other sub")
gap, rival = o.define("gap", "absolute", near - level), o.define("rival", "absolute", other - level)
lazy = [
    Hypothesis(eq(z - near, lam * sub), "z - x = λ t"),
    Hypothesis(le(sub**2, 1), "|t| ≤ 1"),
    Hypothesis(eq(sub * (near - level), gap), "t (x - q) = |x - q|"),
]


def _prox(p: Derivation) -> Fact:
    """|y - q| >= t (y - q), and then (z - y)²/2 - (z - x)²/2 + λ t (y - x) = (y - x)²/2."""
    one = p.have(le(sub, 1), by=lazy[1].relation, split=[sub - 1])
    other_one = p.have(ge(sub, -1), by=lazy[1].relation, split=[sub + 1])
    facts = p.resolve(rival)
    slope = p.have(ge(rival - sub * (other - level), 0), by=[*facts, one, other_one], split=[other - level])
    cost = p.product(p.resolve(gt(lam, 0))[0], slope)
    return p.have(
        le((near - z) ** 2 / 2 + lam * gap, (other - z) ** 2 / 2 + lam * rival),
        by=[cost, *(h.relation for h in lazy)],
        squares=[other - near],
    )


true(
    "prox/soft-threshold",
    PROX,
    "x with z - x = λ t, |t| ≤ 1, t (x - q) = |x - q| minimises (x - z)²/2 + λ|x - q|: soft thresholding",
    o,
    [gt(lam, 0), *lazy],
    le((near - z) ** 2 / 2 + lam * gap, (other - z) ** 2 / 2 + lam * rival),
    {z: 3, level: 1, lam: 1, near: 2, other: 0, sub: 1},
    _prox,
)
distance = o.define("distance", "absolute", z - level)
true(
    "prox/projects-early",
    PROX,
    "λ ≥ |z - q| projects already, not only λ = ∞: q itself is the minimiser",
    o,
    [ge(lam, distance)],
    le((level - z) ** 2 / 2, (other - z) ** 2 / 2 + lam * rival),
    {z: 3, level: 1, lam: 2, other: 0},
    lambda p: _projects(p),
)


def _projects(p: Derivation) -> Fact:
    """(other - z)² - (level - z)² = (other - level)² - 2 (z - level)(other - level)."""
    sizes = [*p.resolve(rival), *p.resolve(distance)]
    room = p.product(p.have(ge(lam - distance, 0), by=ge(lam, distance)), p.have(ge(rival, 0), by=p.resolve(rival)))
    reach = p.have(ge(distance * rival, (z - level) * (other - level)), by=sizes, split=[z - level, other - level])
    return p.have(
        le((level - z) ** 2 / 2, (other - z) ** 2 / 2 + lam * rival), by=[room, reach], squares=[other - level]
    )
