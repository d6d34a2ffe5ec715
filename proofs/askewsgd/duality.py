"""The decomposition of phi into a minimum of convex functions, and the dual of the update."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, impossible, le, lt

PIECES = "section 5, the functions f_j"
v = Vocabulary()
a, b, c = v.real("a", "a level"), v.real("b", "the next one"), v.real("c", "the one after that")
w, eps = v.real("w", "a weight"), v.real("eps", "the tolerance", latex=r"\varepsilon")
f_here, f_next, f_low = eps - (w - a) * (b - w), eps - (w - b) * (c - w), eps - (a - w)

true(
    "minimum/next-cell",
    PIECES,
    "inside a cell the function of the next cell is no smaller: phi is the minimum of the f_j there",
    v,
    [ge(w, a), le(w, b), le(b, c)],
    ge(f_next, f_here),
    {a: 0, b: 1, c: 3, w: Fraction(1, 2), eps: Fraction(1, 8)},
    lambda p: p.have(
        ge(f_next, f_here),
        by=[
            p.product(p.have(ge(w - a, 0)), p.have(ge(b - w, 0))),
            p.product(p.have(ge(b - w, 0)), p.have(ge(c - w, 0), by=[le(w, b), le(b, c)])),
        ],
    ),
    printed=True,
)
true(
    "minimum/outside",
    PIECES,
    "and below the lowest level the function of the lowest cell is no smaller than that of the outside",
    v,
    [le(w, a), lt(a, b)],
    ge(f_here, f_low),
    {a: 0, b: 1, w: -1, eps: Fraction(1, 8)},
    lambda p: p.have(
        ge(f_here, f_low),
        by=[le(w, a), p.product(p.have(ge(a - w, 0)), p.have(ge(b - w, 0), by=[le(w, a), lt(a, b)]))],
    ),
    printed=True,
)
true(
    "minimum/convex",
    PIECES,
    "each f_j is convex: at a midpoint of two weights it is at most the mean of its values",
    v,
    [],
    le(eps - ((w + c) / 2 - a) * (b - (w + c) / 2), ((eps - (w - a) * (b - w)) + (eps - (c - a) * (b - c))) / 2),
    {a: 0, b: 1, w: 0, c: 1, eps: 0},
    lambda p: p.have(
        le(eps - ((w + c) / 2 - a) * (b - (w + c) / 2), ((eps - (w - a) * (b - w)) + (eps - (c - a) * (b - c))) / 2),
        squares=[w - c],
    ),
    printed=True,
)
false(
    "minimum/without-tolerance",
    "Corollary 1 (the draft)",
    "with constraints f_1 ≥ 0 and f_{K+1} ≥ 0 that lack the tolerance, every weight between the levels is feasible",
    v,
    [lt(a, b), ge(w, a), le(w, b)],
    ge(a - w, 0),
    {a: -1, b: 1, w: 0},
    "f_1 ≥ 0 is w ≤ q_1 and f_{K+1} ≥ 0 is w ≥ q_K: together they are feasible nowhere",
)
true(
    "minimum/without-tolerance-empty",
    "Corollary 1 (the draft)",
    "no weight satisfies both, w ≤ q_1 and w ≥ q_K: the feasible set of the draft is empty",
    v,
    [lt(a, b), ge(a - w, 0), ge(w - b, 0)],
    impossible,
    {},
    lambda p: p.conclude(by=[lt(a, b), ge(a - w, 0), ge(w - b, 0)]),
)
false(
    "minimum/with-tolerance-empty",
    "Corollary 1 (the paper)",
    "nor does any weight satisfy all of them with the tolerance",
    v,
    [lt(a, b), ge(f_low, 0), ge(f_here, 0), ge(eps - (w - b), 0)],
    impossible,
    {a: -1, b: 1, w: -1, eps: Fraction(1, 4)},
    "with ε in them they hold at a level: w = -1",
    printed=False,
)

# -------------------------------------------------------------------------------------------------------- dual

d = Vocabulary(reading="alpha")
z, dz = d.real("z", "psi(w)", latex=r"\psi"), d.real("dz", "psi'(w)", latex=r"\psi'")
g, alpha = d.real("g", "the gradient, one coordinate"), d.real("alpha", "the rate of the constraint", latex=r"\alpha")
lam, s, y = d.real("lam", "the multiplier", latex=r"\lambda"), d.real("s", "the update"), d.real("y", "any other in V")
update = Hypothesis(eq(s, lam * dz - g), "v = λ psi' - ∇ℓ")
optimal = Hypothesis(eq(dz * (lam * dz - g) + alpha * z, 0), "λ maximises the dual, without a restriction")
competitor = Hypothesis(ge(dz * y, -alpha * z), "y is in V")
nearest = le((s + g) ** 2, (y + g) ** 2)

false(
    "dual/inactive",
    "the dual problem (23)",
    "the dual gives the update where psi > 0, too: v = -g",
    d,
    [gt(alpha, 0), gt(z, 0), optimal, update],
    eq(s, -g),
    {z: Fraction(1, 10), dz: 1, g: 2, alpha: 1, lam: Fraction(19, 10), s: Fraction(-1, 10)},
    "without λ = 0 off the active set the dual gives -1/10 for an update of -2",
)
false(
    "dual/sign-free",
    "the set D_w after (23)",
    "on the active set, with a multiplier of either sign, the dual gives the update",
    d,
    [gt(alpha, 0), le(z, 0), optimal, update, competitor],
    nearest,
    {z: Fraction(-1, 10), dz: 1, g: -2, alpha: 1, lam: Fraction(-19, 10), s: Fraction(1, 10), y: 2},
    "without λ ≥ 0 the constraint is made an equation",
)
feasible = Hypothesis(ge(dz * s, -alpha * z), "v is in V")
slack = Hypothesis(eq(lam * (dz * s + alpha * z), 0), "λ (psi' v + α psi) = 0", added=True)


def _optimal(p: Derivation) -> Fact:
    """(y + g)² - (s + g)² = (y - s)² + 2λ psi'(y - s), and λ psi'(y - s) = λ (psi' y + α psi)."""
    gain = p.product(p.resolve(ge(lam, 0))[0], p.have(ge(dz * y + alpha * z, 0), by=competitor.relation))
    inner = p.have(ge(lam * dz * (y - s), 0), by=[gain, slack.relation])
    return p.have(
        nearest, by=[inner, p.have(eq((s + g) * (y - s), lam * dz * (y - s)), by=update.relation)], squares=[y - s]
    )


true(
    "dual/sign-free~corrected",
    "the set D_w after (23)",
    "with λ ≥ 0 and complementary slackness it does",
    d,
    [
        Hypothesis(ge(lam, 0), "λ ≥ 0", added=True),
        feasible,
        Hypothesis(slack.relation, slack.text, added=True),
        update,
        competitor,
    ],
    nearest,
    {z: Fraction(-1, 10), dz: 1, g: -2, alpha: 1, lam: 0, s: 2, y: 3},
    _optimal,
    corrects="dual/sign-free",
)
false(
    "dual/inclusion",
    "(26)",
    "in the condition of optimality as printed: +(psi'(λ psi' - g) + α psi) is not positive, at λ = 0",
    d,
    [gt(alpha, 0), le(z, 0), eq(lam, 0), update, feasible],
    le(dz * (lam * dz - g) + alpha * z, 0),
    {z: Fraction(-1, 10), dz: 1, g: -2, alpha: 1, lam: 0, s: 2},
    "the sign is wrong: at the optimum of the instance it is 19/10",
)
true(
    "dual/inclusion~corrected",
    "(26)",
    "with the minus: -(psi'(λ psi' - g) + α psi) is not positive",
    d,
    [gt(alpha, 0), le(z, 0), update, feasible],
    le(-(dz * (lam * dz - g) + alpha * z), 0),
    {z: Fraction(-1, 10), dz: 1, g: -2, alpha: 1, lam: 0, s: 2},
    lambda p: p.have(le(-(dz * (lam * dz - g) + alpha * z), 0), by=[update.relation, feasible.relation]),
    corrects="dual/inclusion",
)

# ---------------------------------------------------------------------------------- strong duality without equalities

m = Vocabulary(reading="alpha")
z_1, z_2, p_1, p_2 = m.reals("z_1 z_2 p_1 p_2")
rate, bar = m.real("alpha", "the rate of the constraint", latex=r"\alpha"), m.real("v", "v̄", latex=r"\bar v")
inward, far = m.real("w", "the direction of MFCQ"), m.real("xi", "how far along it", latex=r"\xi")
active = [Hypothesis(le(y, 0), "active") for y in (z_1, z_2)]
false(
    "slater/equalities",
    "Lemma 3, the point v̄",
    "the v̄ that meets one active constraint with equality meets another one with equality, too",
    m,
    [gt(rate, 0), *active, gt(p_1**2, 0), gt(p_2**2, 0), eq(p_1 * bar, -rate * z_1)],
    eq(p_2 * bar, -rate * z_2),
    {rate: 1, z_1: -1, z_2: -2, p_1: 1, p_2: 1, bar: 1},
    "v ≥ 1 and v ≥ 2: no v̄ meets both with equality, although MFCQ holds. The gradients have to be independent",
)
true(
    "slater/equalities~corrected",
    "Lemma 3, the point v̄",
    "it is not needed: far enough along the direction w of MFCQ every active constraint holds strictly",
    m,
    [
        gt(p_1 * inward, 0),
        Hypothesis(gt(far * p_1 * inward, -rate * z_1), "ξ > -α psi/(psi' w)"),
        eq(bar, far * inward),
    ],
    gt(p_1 * bar + rate * z_1, 0),
    {rate: 1, z_1: -1, p_1: 1, inward: 1, far: 2, bar: 2},
    lambda p: p.conclude(by=[gt(far * p_1 * inward, -rate * z_1), eq(bar, far * inward)]),
    corrects="slater/equalities",
)
false(
    "slater/midpoint",
    "Lemma 3, the point v̄",
    "and for the constraints as constructed v̄ exists at every weight: psi' v̄ = -α psi has a solution, psi' is not 0",
    m,
    [gt(rate, 0), lt(z_1, 0), eq(p_1, 2 * inward)],
    gt(p_1**2, 0),
    {rate: 1, z_1: Fraction(-1, 4), inward: 0, p_1: 0},
    "at the midpoint w = 0 of Q = {-1, 1} the slope 2w is 0 and phi = -1/4: there is no v̄, and no other v in V",
)
