"""The two constraints on the whole line, with any number of levels: one feasible set, as one claim."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.cases import Case
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.conditions import both, iff, inverse_of, when
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt

# -------------------------------------------------------------------------------- a positive factor changes no sign

s = Vocabulary()
A, B, k = s.real("A", "a number"), s.real("B", "another"), s.real("k", "a positive factor")
scaled = Hypothesis(eq(A, B * k), "A = k B")
below_a, below_b = when(s, lt(A, 0)), when(s, lt(B, 0))
above_a, above_b = when(s, ge(A, 0)), when(s, ge(B, 0))
inverse_a, inverse_b = inverse_of(s, A), inverse_of(s, B)


def _same_sign(p: Derivation) -> Fact:
    """By the sign of B: where B > 0, [A < 0] A is at most and at least 0; where B < 0, [A >= 0] A is."""
    a, b = p.about(lt(A, 0)), p.about(lt(B, 0))
    factor = p.resolve(gt(k, 0))[0]
    names = [
        p.have(eq(i, 1 - j), by=[*p.resolve(i), *p.resolve(j)]) for i, j in ((above_a, below_a), (above_b, below_b))
    ]

    def equal(case: Case, none: Fact) -> Fact:
        known = [*case.known, *p.resolve(case.here), *p.resolve(below_b), *p.bounds_of(abs(B)), b.once]
        return p.have(eq(case.here * (above_a - above_b), 0), by=[none, *names, *known])

    def positive(case: Case) -> Fact:
        low = p.have(
            ge(case.here * below_a * A, 0),
            by=[case.product(case.product(case.known[3], factor), a.positive), scaled.relation],
        )
        high = p.have(le(case.here * below_a * A, 0), by=case.product(case.positive, a.holds))
        none = p.both(eq(case.here * below_a * A, 0), low, high)
        return equal(case, p.have(eq(case.here * below_a, 0), by=[none, a.inverted]))

    def zero(case: Case) -> Fact:
        return equal(case, case.have(eq(below_a, 0), by=[a.inverted, scaled.relation]))

    def negative(case: Case) -> Fact:
        inside = case.here * (1 - below_a)
        low = p.have(ge(inside * A, 0), by=case.product(case.positive, a.fails))
        high = p.have(
            le(inside * A, 0), by=[case.product(case.product(case.known[3], factor), a.rest), scaled.relation]
        )
        nothing = p.both(eq(inside * A, 0), low, high)
        times = [p.have(eq(k * inside, 0), by=[nothing, scaled.relation, case.known[2]]), factor]
        sides = [p.have(r(inside, 0), by=times, split=[inside]) for r in (ge, le)]
        return equal(case, p.both(eq(inside, 0), *sides))

    return p.cases(B, positive=positive, zero=zero, negative=negative)


same_sign = true(
    "psi-phi/positive-factor",
    "Definitions 4 and 5",
    "a number and a positive multiple of it are nonnegative at the same points",
    s,
    [gt(k, 0), scaled],
    iff(s, ge(A, 0), ge(B, 0)),
    {A: 2, B: 1, k: 2},
    _same_sign,
)

# ------------------------------------------------------------------------------------------- any number of levels

v = Vocabulary(reading="eps c")
cells = v.real("K", "the number of cells between levels", integer=True)
v.index("j", cells)
q, r = v.real("q", "the level below a cell", over=["j"]), v.real("r", "the level above it", over=["j"])
first, last = v.real("q_1", "the lowest level"), v.real("q_K", "the highest level")
w, u = v.real("w", "a weight"), v.real("u", "how far w is from the levels")
eps, c = v.real("eps", "the tolerance", latex=r"\varepsilon"), v.real("c", "its square root")
S = v.functional("sum_j", "sum", over="j")
in_cell = both(v, ge(w, q), lt(w, r))
distance = Hypothesis(
    eq(u, S(in_cell * (w - q) * (r - w)) + when(v, lt(w, first)) * (first - w) + when(v, ge(w, last)) * (w - last)),
    "u = (w - q_j)(q_{j+1} - w) in the cell of w, its distance to the nearest level outside",
)
root = Hypothesis(eq(eps, c**2), "c = √ε")


def _far(p: Derivation) -> Fact:
    """u >= 0: each of its terms is."""
    left, right = p.about(ge(w, q)), p.about(lt(w, r))
    inner = p.apply(S, p.have(ge(in_cell * (w - q) * (r - w), 0), by=p.product(left.holds, right.holds)))
    outer = [p.about(lt(w, first)).holds, p.about(ge(w, last)).holds]
    return p.have(ge(u, 0), by=[distance.relation, inner, *outer])


def _one_set(p: Derivation) -> Fact:
    """ε - u² = (√ε - u)(√ε + u), and √ε + u > 0."""
    factor = p.have(gt(c + u, 0), by=[gt(c, 0), _far(p)])
    p.have(eq(eps - u**2, (c - u) * (c + u)), by=root.relation)
    inner, outer = eps - u**2, c - u
    mapping = {A: inner, B: outer, k: c + u, inverse_a: inverse_of(v, inner), inverse_b: inverse_of(v, outer)}
    return p.conclude(by=p.use(same_sign, mapping, by=[factor, root.relation]))


UNEVEN = {"K": 2, "q": lambda at: [0, 1][at["j"]], "r": lambda at: [1, 4][at["j"]], "q_1": 0, "q_K": 4}
true(
    "psi-phi/one-set",
    "Definitions 4 and 5",
    "on the whole line, with any number of levels: psi with tolerance ε is nonnegative if and only if phi with √ε is",
    v,
    [gt(c, 0), root, distance],
    iff(v, ge(eps - u**2, 0), ge(c - u, 0)),
    {**UNEVEN, eps: Fraction(1, 16), c: Fraction(1, 4), w: Fraction(1, 2), u: Fraction(1, 4)},
    _one_set,
)
false(
    "psi-phi/same-tolerance",
    "Definitions 4 and 5",
    "with one and the same tolerance ε they are one set, too",
    v,
    [gt(eps, 0), distance],
    iff(v, ge(eps - u**2, 0), ge(eps - u, 0)),
    {**UNEVEN, eps: Fraction(1, 16), c: 0, w: Fraction(1, 2), u: Fraction(1, 4)},
    "on Q = {0, 1, 4}, ε = 1/16 the midpoint 1/2 has u = 1/4: psi is 0 there, phi is -3/16",
)
