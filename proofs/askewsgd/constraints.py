"""The constraint functions psi (19) and phi (22) on one cell [a, b] between neighbouring levels, and the feasible set.

With u = (w - a)(b - w) inside a cell, psi = ε - u² and phi = ε - u. Outside the outermost levels u is the distance to
the nearest of them. Slopes are written out: psi' = -2u(a + b - 2w) and phi' = -(a + b - 2w) inside the cell.
"""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, Vocabulary, eq, ge, gt, le, lt

SECTION = "section 3, Definition 4"
v = Vocabulary(reading="alpha eps")
a, b = v.real("a", "a level"), v.real("b", "the next level")
w = v.real("w", "a weight, one coordinate")
eps = v.real("eps", "the tolerance", latex=r"\varepsilon")
c = v.real("c", "the square root of the tolerance")
h, M = v.real("h", "a displacement"), v.real("M", "a Lipschitz constant of the slope")
alpha, s = v.real("alpha", "the rate of the constraint", latex=r"\alpha"), v.real("s", "an update", latex="v")
p_, q_ = v.real("p", "update under (19)"), v.real("q", "update under (22)")


def inside(x: Expr) -> Expr:
    """(x - a)(b - x), the product of the distances to the two levels."""
    return (x - a) * (b - x)


u = v.notation(inside(w), "u", "u")
psi = v.notation(eps - u**2, "psi(w)", r"\psi_\varepsilon(w)")
phi = v.notation(eps - u, "phi(w)", r"\varphi_\varepsilon(w)")
slope_phi = 2 * w - a - b
slope_psi = 2 * u * slope_phi
D = b - a

apart = Hypothesis(lt(a, b), "a < b")
in_cell = [Hypothesis(ge(w, a), "w ≥ a"), Hypothesis(le(w, b), "w ≤ b")]
small_psi = Hypothesis(lt(eps, D**4 / 16), "ε < (b-a)⁴/16")
small_phi = Hypothesis(lt(eps, D**2 / 4), "ε < (b-a)²/4")
CELL = {a: -1, b: 1}
THIRD = Fraction(1, 3)


def _flat(p: Derivation) -> Fact:
    room = p.have(ge(2 * D - h, 0), by=[ge(h, 0), le(h, D)])
    cube = p.product(p.resolve(ge(h, 0))[0], room)
    return p.have(ge(eps - inside(a + h) ** 2, eps - D**2 * h**2), by=p.product(cube, p.have(ge(h**2, 0), squares=[h])))


true(
    "psi/flat-at-a-level",
    SECTION,
    "psi leaves a level with slope 0: psi(a + h) ≥ psi(a) - (b - a)² h²",
    v,
    [ge(h, 0), le(h, D)],
    ge(eps - inside(a + h) ** 2, eps - D**2 * h**2),
    {**CELL, eps: Fraction(1, 2), h: 1},
    _flat,
    printed=True,
)
kink = (eps - inside(a + h)) + (eps - h) - 2 * eps  # phi(a + h) + phi(a - h) - 2 phi(a), a the lowest level
false(
    "phi/smooth",
    "section 4, before Definition 5",
    "phi is smooth at the outermost level: its second difference is at most M h² in size, with some M (here 1)",
    v,
    [eq(M, 1), gt(h, 0), le(h, D)],
    ge(kink, -M * h**2),
    {**CELL, eps: Fraction(1, 2), h: Fraction(1, 2), M: 1},
    "phi has a kink at every level: its slopes from the left and from the right differ by 1 + (b - a)",
)
true(
    "phi/smooth~corrected",
    "section 4, before Definition 5",
    "phi is not smooth at the outermost level: whatever M is, the second difference exceeds M h² for every small h",
    v,
    [ge(M, 0), gt(h, 0), le(h, D), lt((M + 1) * h, 1 + D)],
    lt(kink, -M * h**2),
    {**CELL, eps: Fraction(1, 2), h: Fraction(1, 2), M: 1},
    lambda p: p.have(
        lt(kink, -M * h**2),
        by=p.product(p.resolve(gt(h, 0))[0], p.have(gt(1 + D - (M + 1) * h, 0), by=lt((M + 1) * h, 1 + D))),
    ),
    corrects="phi/smooth",
)

# ------------------------------------------------------------------------------------ one feasible set, not two

root = Hypothesis(eq(eps, c**2), "c = √ε")
true(
    "psi-phi/phi-implies-psi",
    "Definitions 4 and 5",
    "phi with tolerance √ε is feasible wherever psi with tolerance ε is: the modified constraint is the same set",
    v,
    [gt(c, 0), root, *in_cell, ge(psi, 0)],
    ge(c - u, 0),
    {**CELL, eps: Fraction(1, 4), c: Fraction(1, 2), w: 1},
    lambda p: p.have(
        ge(c - u, 0),
        by=[root.relation, ge(psi, 0), gt(c, 0), p.product(p.have(ge(w - a, 0)), p.have(ge(b - w, 0)))],
        split=[c - u],
    ),
)
true(
    "psi-phi/psi-implies-phi",
    "Definitions 4 and 5",
    "and psi with tolerance ε is feasible wherever phi with tolerance √ε is",
    v,
    [gt(c, 0), root, *in_cell, ge(c - u, 0)],
    ge(psi, 0),
    {**CELL, eps: Fraction(1, 4), c: Fraction(1, 2), w: 1},
    lambda p: p.have(
        ge(psi, 0),
        by=[
            root.relation,
            p.product(
                p.resolve(ge(c - u, 0))[0],
                p.have(ge(c + u, 0), by=[gt(c, 0), p.product(p.have(ge(w - a, 0)), p.have(ge(b - w, 0)))]),
            ),
        ],
    ),
)
push_psi = Hypothesis(eq(p_ * slope_psi, -alpha * psi), "p is the push of (19): p psi' = -α psi")
push_phi = Hypothesis(eq(q_ * slope_phi, -alpha * (c - u)), "q is the push of (22) with tolerance √ε")
true(
    "psi-phi/pushes",
    "Definitions 4 and 5",
    "the two pushes differ by the factor (√ε + u)/(2u)",
    v,
    [root, push_psi, push_phi, gt(slope_phi**2, 0)],
    eq(2 * u * p_, (c + u) * q_),
    {
        **CELL,
        eps: Fraction(1, 16),
        c: Fraction(1, 4),
        w: Fraction(1, 2),
        alpha: 1,
        p_: Fraction(1, 3),
        q_: Fraction(1, 2),
    },
    lambda p: _cancel(p),  # below
)


def _cancel(p: Derivation) -> Fact:
    """phi' (2u p - (√ε + u) q) = 0 and phi'² > 0."""
    scaled = p.have(
        eq(slope_phi * (2 * u * p_ - (c + u) * q_), 0), by=[push_psi.relation, push_phi.relation, root.relation]
    )
    zero = p.have(eq(slope_phi**2 * (2 * u * p_ - (c + u) * q_), 0), by=scaled)
    facts = [zero, gt(slope_phi**2, 0)]
    low = p.have(le(2 * u * p_, (c + u) * q_), by=facts, split=[2 * u * p_ - (c + u) * q_])
    high = p.have(ge(2 * u * p_, (c + u) * q_), by=facts, split=[2 * u * p_ - (c + u) * q_])
    return p.both(eq(2 * u * p_, (c + u) * q_), high, low)


# ------------------------------------------------------------------------------------------ thresholds, endpoints

true(
    "threshold/top",
    "Theorems 2 and 3",
    "between two levels u is at most (b - a)²/4, at the midpoint",
    v,
    [],
    le(u, D**2 / 4),
    {**CELL, w: 0},
    lambda p: p.have(le(u, D**2 / 4), squares=[slope_phi]),
)
false(
    "threshold/psi",
    "Theorem 2",
    "for ε ≤ (b - a)⁴/16 psi has a slope wherever it vanishes (MFCQ on the feasible set)",
    v,
    [apart, *in_cell, gt(eps, 0), le(eps, D**4 / 16), eq(psi, 0)],
    gt(slope_psi**2, 0),
    {**CELL, eps: 1, w: 0},
    "at equality psi and psi' vanish together at the midpoint: the cells merge",
)


def _slope_psi(p: Derivation) -> Fact:
    cell = p.product(p.have(ge(w - a, 0)), p.have(ge(b - w, 0)))
    u2 = p.have(gt(u**2, 0), by=[eq(psi, 0), gt(eps, 0)])
    below = p.have(lt(u**2, D**4 / 16), by=[eq(psi, 0), small_psi.relation])
    width = p.have(ge(D**2 / 4 + u, 0), by=cell, squares=[D])
    gap = p.have(gt(D**2 - 4 * u, 0), by=[below, cell, width], split=[D**2 - 4 * u], squares=[D])
    return p.have(gt(slope_psi**2, 0), by=p.product(gap, u2))


true(
    "threshold/psi~corrected",
    "Theorem 2",
    "for 0 < ε < (b - a)⁴/16, strictly, psi has a slope wherever it vanishes",
    v,
    [apart, *in_cell, gt(eps, 0), small_psi, eq(psi, 0)],
    gt(slope_psi**2, 0),
    {**CELL, eps: Fraction(9, 16), w: Fraction(1, 2)},
    _slope_psi,
    corrects="threshold/psi",
)
false(
    "threshold/phi",
    "Theorem 3",
    "for ε ≤ (b - a)²/4 phi has a slope wherever it vanishes",
    v,
    [apart, *in_cell, gt(eps, 0), le(eps, D**2 / 4), eq(phi, 0)],
    gt(slope_phi**2, 0),
    {**CELL, eps: 1, w: 0},
    "at equality phi and phi' vanish together at the midpoint",
)
true(
    "threshold/phi~corrected",
    "Theorem 3",
    "for 0 < ε < (b - a)²/4, strictly, the slope of phi where it vanishes is √((b - a)² - 4ε) in size",
    v,
    [small_phi, eq(phi, 0)],
    gt(slope_phi**2, 0),
    {**CELL, eps: Fraction(3, 4), w: Fraction(1, 2)},
    lambda p: p.have(gt(slope_phi**2, 0), by=[eq(phi, 0), small_phi.relation]),
    corrects="threshold/phi",
)
true(
    "threshold/boundary-slope",
    SECTION,
    "where phi vanishes, phi'² = (b - a)² - 4ε",
    v,
    [eq(phi, 0)],
    eq(slope_phi**2, D**2 - 4 * eps),
    {**CELL, eps: Fraction(3, 4), w: Fraction(1, 2)},
    lambda p: p.have(eq(slope_phi**2, D**2 - 4 * eps), by=eq(phi, 0)),
)
r = v.define("r", "root", D**2 / 4 - eps, meaning="half the width of the infeasible middle of a cell")
half = [Hypothesis(le(2 * w, a + b), "w in the lower half of the cell")]
true(
    "endpoints/feasible",
    SECTION,
    "below the midpoint, w is feasible for phi if w - a ≤ (b - a)/2 - √((b - a)²/4 - ε)",
    v,
    [small_phi, *half, le(w - a, D / 2 - r)],
    ge(phi, 0),
    {**CELL, eps: Fraction(3, 4), w: -1},
    lambda p: p.have(
        ge(phi, 0),
        by=[
            *p.resolve(r),
            p.product(
                p.have(ge((a + b) / 2 - w - r, 0), by=le(w - a, D / 2 - r)),
                p.have(ge((a + b) / 2 - w + r, 0), by=[half[0].relation, *p.resolve(r)]),
            ),
        ],
    ),
)


def _end(p: Derivation) -> Fact:
    """((a + b)/2 - w)² >= r², both sides nonnegative."""
    return p.have(
        le(w - a, D / 2 - r),
        by=[*p.resolve(r), ge(phi, 0), half[0].relation, p.have(gt(r**2, 0), by=[*p.resolve(r), small_phi.relation])],
        split=[D / 2 - r - w + a],
    )


true(
    "endpoints/only",
    SECTION,
    "and only if: the feasible set around a level ends at (b - a)/2 - √((b - a)²/4 - ε)",
    v,
    [small_phi, *half, ge(phi, 0)],
    le(w - a, D / 2 - r),
    {**CELL, eps: Fraction(3, 4), w: -1},
    _end,
)

# ---------------------------------------------------------------------------------------------- MFCQ, midpoints

false(
    "mfcq/everywhere",
    "Assumption 3",
    "MFCQ holds at every w: psi has a slope wherever psi ≤ 0",
    v,
    [apart, *in_cell, gt(eps, 0), small_psi, le(psi, 0)],
    gt(slope_psi**2, 0),
    {**CELL, eps: Fraction(1, 2), w: 0},
    "at the midpoint of two levels psi is negative and its slope is 0",
)


def _off_midpoints(p: Derivation) -> Fact:
    positive = p.have(gt(u**2, 0), by=[le(psi, 0), gt(eps, 0)])
    return p.have(gt(slope_psi**2, 0), by=p.product(positive, p.resolve(gt(slope_phi**2, 0))[0]))


true(
    "mfcq/everywhere~corrected",
    "Assumption 3",
    "MFCQ holds where psi ≤ 0 off the midpoints",
    v,
    [gt(eps, 0), le(psi, 0), Hypothesis(gt(slope_phi**2, 0), "w is no midpoint", added=True)],
    gt(slope_psi**2, 0),
    {**CELL, eps: Fraction(1, 2), w: Fraction(1, 4)},
    _off_midpoints,
    corrects="mfcq/everywhere",
)
midpoint = Hypothesis(eq(2 * w, a + b), "w is a midpoint")
false(
    "midpoint/empty",
    "Condition A (draft)",
    "at a midpoint V is empty: no v has v psi' ≥ -α psi",
    v,
    [apart, midpoint, gt(alpha, 0), gt(eps, 0)],
    lt(s * slope_psi, -alpha * psi),
    {**CELL, eps: 1, w: 0, alpha: 1, s: 0},
    "for ε = (b - a)⁴/16 or more psi is not negative at the midpoint, and every v is in V",
)
true(
    "midpoint/empty~corrected",
    "Condition A (draft)",
    "at a midpoint V is empty if ε < (b - a)⁴/16",
    v,
    [apart, midpoint, gt(alpha, 0), gt(eps, 0), Hypothesis(small_psi.relation, "ε < (b-a)⁴/16", added=True)],
    lt(s * slope_psi, -alpha * psi),
    {**CELL, eps: Fraction(1, 2), w: 0, alpha: 1, s: 0},
    lambda p: _empty(p),  # below
    corrects="midpoint/empty",
)


def _empty(p: Derivation) -> Fact:
    height = p.have(eq(u, D**2 / 4), by=midpoint.relation)
    negative = p.have(gt(-psi, 0), by=[p.have(eq(u**2, D**4 / 16), by=height), small_psi.relation])
    flat = p.have(eq(s * slope_psi, 0), by=midpoint.relation)
    return p.have(lt(s * slope_psi, -alpha * psi), by=[flat, p.product(p.resolve(gt(alpha, 0))[0], negative)])


false(
    "midpoint/never-met",
    "section 3, after (21)",
    "from a feasible weight that is no midpoint a gradient step ends at none",
    v,
    [
        *in_cell,
        gt(psi, 0),
        gt((2 * w - a - b) ** 2, 0),
        gt(h, 0),
        Hypothesis(eq(s, w - h * w), "a step of length h on w²/2"),
    ],
    gt((2 * s - a - b) ** 2, 0),
    {**CELL, eps: Fraction(1, 2), w: Fraction(3, 4), h: 1, s: 0},
    "with steps of length 1 every start goes to the midpoint 0: a set of positive measure",
)
