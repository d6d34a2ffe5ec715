"""Definition 6 and Proposition 11: the ZIM update and its moments, for any n and d."""

from __future__ import annotations

from fractions import Fraction
from typing import Unpack

from convbound.proofs.claims import About, Claim, Hypothesis, Premise, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates import vocabulary as words
from convbound.proofs.discrete_updates.instances import zim_step
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.proposition_10 import m, prop_10_count, prop_10_mean, trials
from convbound.proofs.language.vocabulary import Relation, eq, ge, gt, le
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic

# ------------------------------------------------------------------------------------------------- Definition 6

z = words.multinomial(gradient=True)
S, E, n, r, c, d, g, q, a, sg, s, t, u, y = z.S, z.E, z.n, z.r, z.c, z.d, z.g, z.q, z.a, z.sg, z.s, z.t, z.u, z.y
t2 = S(g**2)
positive = [gt(c, 0), gt(d, 0)]
definition_6: list[Hypothesis | Premise | Relation] = [
    *positive,
    *trials(z),
    Hypothesis(eq(u, y * sg), "ḡ = y ⊙ sign(∇F(w_k))"),
]


def prepare(p: Derivation) -> None:
    """The denominator of q is positive."""
    p.have(gt(S(a) + c * d, 0), by=p.apply(S, p.part(a, 0)))


def zim_witness() -> Model:
    """n = 2, r = ½, c = 1 at the gradient (1, -2)."""
    return zim_step([1, -2], n=2, r=Fraction(1, 2), c=1, L=1, G=3, facts="n = 2, r = ½, c = 1, ∇F = (1, -2), G = 3")


def step_claim(id: str, source: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about one ZIM step."""
    about = {"suppose": definition_6, "witness": zim_witness, "prepare": prepare, **about}
    return paper.claim(id, source, title, z.v, **about)


step_claim(
    "def-6/denominator",
    "Definition 6",
    "Σ(|∇F|_i + c) = ‖∇F‖₁ + cd",
    suppose=positive,
    then=eq(S(a + c), s + c * d),
    proof=by(),
    note="the index i is missing under the printed sum.",
)


def _cancel(p: Derivation, total: Fact) -> Fact:
    """(s + cd)(Σq - 1) = 0 with s + cd > 0."""
    denominator = p.have(gt(S(a) + c * d, 0), by=p.apply(S, p.part(a, 0)))
    low = p.have(ge(S(q), 1), by=[total, denominator])
    high = p.have(le(S(q), 1), by=[total, denominator])
    return p.both(eq(S(q), 1), low, high)


q_normalised = step_claim(
    "def-6/normalised",
    "Definition 6",
    "q sums to one",
    suppose=positive,
    then=eq(S(q), 1),
    proof=lambda p: _cancel(p, p.apply(S, p.part(q, 0))),
)
step_claim(
    "def-6/defined-at-zero",
    "Definition 6, remark",
    "q is defined when w_k = 0: with c > 0 its denominator is positive there, as everywhere",
    suppose=[
        Premise("w_k = 0", "w_k = 0", lambda model: not any(model.about["weights"])),
        Premise(
            "g = ∇F(w_k)",
            r"g=\nabla F(w_k)",
            lambda model: model.objective.gradient(model.about["weights"]) == model.about["gradient"],
        ),
        *positive,
    ],
    then=gt(s + c * d, 0),
    prepare=None,
    proof=lambda p: p.conclude(by=p.apply(S, p.part(a, 0))),
    witness=lambda: zim_step(
        [-1], n=1, c=1, objective=quadratic([1], [1]), weights=[0], facts="d = 1, F(w) = ½(w - 1)², w = 0, c = 1"
    ),
    note="the point at which c is needed is ∇F(w_k) = 0, not w_k = 0: see def-6/smoothing-needed.",
)
flat_here = Hypothesis(eq(g, 0), "∇F(w_k) = 0")
step_claim(
    "def-6/smoothing-needed",
    "Definition 6, remark",
    "without c the denominator of q vanishes exactly where the gradient does",
    suppose=[eq(c, 0), flat_here],
    then=eq(s + c * d, 0),
    printed=False,
    prepare=None,
    proof=lambda p: p.conclude(by=[p.apply(S, _no_gradient(p)), eq(c, 0)]),
    witness=lambda: zim_step([0, 0], n=1, c=0, q=[Fraction(1, 2), Fraction(1, 2)]),
)
step_claim(
    "def-6/uniform-at-stationary",
    "Definition 6, remark",
    "with c > 0, q is defined at ∇F(w_k) = 0, where it is uniform",
    suppose=[*positive, flat_here],
    then=eq(q * d, 1),
    printed=False,
    proof=lambda p: _uniform(p),
    witness=lambda: zim_step([0, 0], n=1),
)


def _no_gradient(p: Derivation) -> Fact:
    """|g_i| = 0."""
    nothing = p.have(eq(a**2, 0), by=[p.part(a, 1), flat_here.relation])
    return p.both(eq(a, 0), p.part(a, 0), p.have(le(a, 0), by=[nothing]))


def _uniform(p: Derivation) -> Fact:
    zero = _no_gradient(p)
    simple = p.have(eq(c * (q * d - 1), 0), by=[p.part(q, 0), zero, p.apply(S, zero)])
    return p.both(
        eq(q * d, 1), p.have(ge(q * d, 1), by=[simple, gt(c, 0)]), p.have(le(q * d, 1), by=[simple, gt(c, 0)])
    )


# ------------------------------------------------------------------------------------------------ Proposition 11


def nonnegative_q(p: Derivation) -> Fact:
    """q >= 0."""
    denominator = p.have(gt(S(a) + c * d, 0), by=p.apply(S, p.part(a, 0)))
    return p.have(ge(q, 0), by=[p.part(q, 0), p.part(a, 0), denominator])


def moments(p: Derivation, claim: Claim) -> Fact:
    """A claim about ZIMultinomial, for the q of Definition 6."""
    return p.use(claim, {m.q: q}, by=[p.use(q_normalised), nonnegative_q(p)])


update, mean = eq(u, y * sg), z.n * z.r * z.q
scale = n * r / (s + c * d)
at_definition = sg * n * r * (a + c) / (s + c * d)
mean_lines = [
    step_claim(
        "prop-11/definition",
        "Proposition 11, proof, line 1",
        "the definition of ḡ",
        then=eq(E(u), E(y * sg)),
        proof=lambda p: p.apply(E, update),
    ),
    step_claim(
        "prop-11/sign-is-known",
        "Proposition 11, proof, line 2",
        "sign(∇F(w_k)) is not random",
        then=eq(E(y * sg), sg * E(y)),
        proof=by(),
    ),
    step_claim(
        "prop-11/mean-of-counts",
        "Proposition 11, proof, line 3",
        "E[y_i] = nrq_i",
        then=eq(sg * E(y), sg * n * r * q),
        proof=lambda p: p.conclude(by=moments(p, prop_10_mean)),
        note="printed with a reference to Prop. 4.2; it is Proposition 10.",
    ),
    step_claim(
        "prop-11/definition-of-q",
        "Proposition 11, proof, line 4",
        "the definition of q",
        then=eq(sg * n * r * q, at_definition),
        proof=lambda p: p.conclude(by=[p.part(q, 0), p.have(eq(q, (a + c) / (s + c * d)), by=q)]),
    ),
    step_claim(
        "prop-11/collected",
        "Proposition 11, proof, line 5",
        "|u| sign(u) = u",
        then=eq(at_definition, scale * (g + c * sg)),
        proof=lambda p: p.conclude(by=absolute_times_sign(p)),
    ),
]


def gradient_times_sign(p: Derivation) -> Fact:
    """g sign(g) = |g|."""
    parts = [*(p.part(a, k) for k in range(4)), *(p.part(sg, k) for k in range(3))]
    low = p.have(ge(sg * g - a, 0), by=parts, split=[g])
    high = p.have(le(sg * g - a, 0), by=parts, split=[g])
    return p.both(eq(sg * g, a), low, high)


def absolute_times_sign(p: Derivation) -> Fact:
    """|g| sign(g) = g."""
    return p.have(eq(a * sg, g), by=[gradient_times_sign(p), p.part(sg, 2)])


prop_11_mean = step_claim(
    "prop-11/mean",
    "Proposition 11",
    "the mean of the ZIM update",
    then=eq(E(u), scale * (g + c * sg)),
    proof=by(mean_lines),
)

squared = E(z.u_norm**2)
coordinates = E(S(u**2))
counts, binomial_z = S(E(y**2)), S(n * z.p + n * (n - 1) * z.p**2)
algebra_z = n * S(z.p) + n * (n - 1) * S(z.p**2)
printed_moment = n * r + r**2 * (n**2 - n) * S(q**2)
moving = S(sg**2 * q)  # the probability that a move goes to a coordinate with a gradient
right_moment = n * r * moving + r**2 * (n**2 - n) * S(sg**2 * q**2)


def flat_direction() -> Model:
    """g = (1, 0), n = 2, r = c = 1."""
    return zim_step([1, 0], n=2, c=1, facts="d = 2, n = 2, r = c = 1, ∇F(w_k) = (1, 0)")


def _line_11_algebra(p: Derivation) -> Fact:
    square = p.have(eq(z.p**2, r**2 * q**2), by=eq(z.p, r * q))
    one = p.use(q_normalised)
    return p.conclude(by=[p.apply(S, eq(z.p, r * q)), p.apply(S, square), one])


square_of_update = eq(u**2, sg**2 * y**2)
step_claim(
    "prop-11/norm",
    "Proposition 11, proof, second part, line 1",
    "‖ḡ‖₂² = Σḡ_i²",
    then=eq(squared, coordinates),
    proof=lambda p: p.conclude(by=p.apply(E, p.part(z.u_norm, 1))),
)
by_coordinates = step_claim(
    "prop-11/by-coordinates",
    "Proposition 11, proof, second part, line 2",
    "ḡ_i = x_i sign(∇F)_i",
    then=eq(coordinates, S(E((y * sg) ** 2))),
    proof=lambda p: p.conclude(
        by=[p.interchange(E, S, u**2), p.apply(S, p.apply(E, p.have(square_of_update, by=update)))]
    ),
)
step_claim(
    "prop-11/sign-squared",
    "Proposition 11, proof, second part, line 3",
    "sign(u)² = 1",
    then=eq(S(E((y * sg) ** 2)), counts),
    expected="refuted",
    refutation=Refutation(flat_direction, "sign(0) = 0: a draw on a coordinate with zero gradient moves nothing"),
)
counts_binomial = step_claim(
    "prop-11/binomial",
    "Proposition 11, proof, second part, line 4",
    "x_i ~ Binomial(n, p_i)",
    then=eq(counts, binomial_z),
    proof=lambda p: p.conclude(by=p.apply(S, moments(p, prop_10_count))),
)
step_claim(
    "prop-11/algebra",
    "Proposition 11, proof, second part, line 5",
    "the sum split",
    then=eq(binomial_z, algebra_z),
    proof=by(),
)
counts_collected = step_claim(
    "prop-11/p-is-rq",
    "Proposition 11, proof, second part, line 6",
    "p_i = r q_i and Σq_i = 1",
    then=eq(algebra_z, printed_moment),
    proof=_line_11_algebra,
)
step_claim(
    "prop-11/second-moment",
    "Proposition 11",
    "the second moment of the ZIM update, as printed",
    then=eq(coordinates, printed_moment),
    expected="refuted",
    refutation=Refutation(flat_direction, "wrong as soon as some g_i = 0: those moves do not count"),
)


def _right_moment(p: Derivation) -> Fact:
    count = p.have(eq(sg**2 * E(y**2), sg**2 * (n * z.p + n * (n - 1) * z.p**2)), by=moments(p, prop_10_count))
    known = eq(z.p, r * q)
    in_q = p.have(eq(sg**2 * E(y**2), sg**2 * (n * r * q + n * (n - 1) * r**2 * q**2)), by=[count, known])
    return p.conclude(by=[by_coordinates, p.apply(S, in_q)])


prop_11_second = step_claim(
    "prop-11/second-moment~corrected",
    "Proposition 11",
    "the second moment: only coordinates with a gradient count",
    then=eq(coordinates, right_moment),
    printed=False,
    corrects="prop-11/second-moment",
    proof=_right_moment,
)


def sign_at_most_one(p: Derivation) -> Fact:
    """sign(g)² <= 1."""
    return p.have(le(sg**2, 1), by=[p.part(sg, 0)], squares=[1 - sg**2])


def _upper(p: Derivation) -> Fact:
    small = sign_at_most_one(p)
    q_ = nonnegative_q(p)
    p.learn(q_)
    linear = p.apply(S, p.have(le(sg**2 * q, q), by=[small, q_]))
    square = p.apply(S, p.have(le(sg**2 * q**2, q**2), by=[small]))
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    linear = p.have(le(n * r * moving, n * r), by=[linear, p.use(q_normalised)])
    square = p.have(le((n**2 - n) * S(sg**2 * q**2), (n**2 - n) * S(q**2)), by=[p.product(more, square)])
    return p.conclude(by=[prop_11_second, linear, square])


at_least_no_trials = ge(n, 0)
prop_11_upper = step_claim(
    "prop-11/second-moment~bound",
    "Proposition 11",
    "what the later proofs need: ≤ the printed value always holds",
    suppose=[at_least_no_trials, *definition_6],
    then=le(coordinates, printed_moment),
    printed=False,
    corrects="prop-11/second-moment",
    proof=_upper,
)
