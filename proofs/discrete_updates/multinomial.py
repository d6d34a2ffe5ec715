"""Definitions 5 and 6, Propositions 10, 11, 12 and 7: the ZIM update and its moments, for any n and d."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import sympy

from proofs.claims import Claim, Hypothesis, Premise, Refutation
from proofs.derivation import Derivation, Fact
from proofs.discrete_updates import words
from proofs.discrete_updates.paper import paper
from proofs.discrete_updates.words import first_value, last_value, next_value
from proofs.discrete_updates.worlds import zim_step
from proofs.language import eq, ge, gt, le
from proofs.models import Model
from proofs.objectives import quadratic

# -------------------------------------------------------------------------------------- Definition 5, Proposition 10

m = words.multinomial(gradient=False)


def trials(z: SimpleNamespace) -> list[Hypothesis]:
    """Definition 5: n draws from the distribution p_i = r q_i, p_0 = 1 - r, counted; y is the count after them all."""
    return [
        Hypothesis(ge(z.r, 0), "r is a probability"),
        Hypothesis(le(z.r, 1), "r is a probability"),
        Hypothesis(eq(first_value(z.x), 0), "before the first draw the counts are 0"),
        Hypothesis(eq(next_value(z.x), z.x + z.b), "each draw is counted"),
        Hypothesis(eq(z.b**2, z.b), "a draw is i or not"),
        Hypothesis(eq(z.E_nu(z.b), z.p), "the draw is i with probability p_i, whatever came before"),
        Hypothesis(eq(z.p, z.r * z.q), "p_i = r q_i"),
        Hypothesis(eq(z.y, last_value(z.x)), "y_i = x_i after n draws"),
    ]


distribution = [Hypothesis(ge(m.q, 0), "q is a distribution"), Hypothesis(eq(m.S(m.q), 1), "q is a distribution")]
definition_5 = [*distribution, *trials(m)]


def two_trials() -> Model:
    """n = 2, r = ½, q = (⅓, ⅔)."""
    q = [Fraction(1, 3), Fraction(2, 3)]
    return zim_step([1, 1], n=2, r=Fraction(1, 2), q=q, facts="n = 2, r = ½, q = (⅓, ⅔)")


def count_claim(id: str, source: str, title: str, **about: object) -> Claim:
    """A claim about ZIMultinomial(n, r, q)."""
    about = {"suppose": definition_5, "witness": two_trials, **about}
    return paper.claim(id, source, title, m.v, **about)  # type: ignore[arg-type]


count_claim(
    "def-5/distribution",
    "Definition 5",
    "p sums to one",
    suppose=[*distribution, eq(m.p, m.r * m.q), eq(m.p_0, 1 - m.r)],
    then=eq(m.p_0 + m.S(m.p), 1),
    proof=lambda p: p.have(
        eq(m.p_0 + m.S(m.p), 1), by=[eq(m.p_0, 1 - m.r), p.apply(m.S, eq(m.p, m.r * m.q)), eq(m.S(m.q), 1)]
    ),
)


def one_more_draw(p: Derivation, z: SimpleNamespace) -> tuple[Fact, list[Fact]]:
    """E[b] = p_i, and E[x_i] = ν p_i after ν draws (at every ν, and after the last)."""
    mean_of_draw = p.have(eq(z.E(z.b), z.p), by=[p.tower(z.E, z.E_nu, z.b), p.apply(z.E, eq(z.E_nu(z.b), z.p))])
    base = p.apply(z.E, eq(first_value(z.x), 0))
    step = [p.apply(z.E, eq(next_value(z.x), z.x + z.b)), mean_of_draw]
    return mean_of_draw, list(p.induction("draw", eq(z.E(z.x), z.nu * z.p), base, step))


def _mean(p: Derivation) -> Fact:
    _, (after_all, _) = one_more_draw(p, m)
    counted = p.apply(m.E, eq(m.y, last_value(m.x)))
    return p.have(eq(m.E(m.y), m.n * m.r * m.q), by=[after_all, counted, eq(m.p, m.r * m.q)])


prop_10_mean = count_claim(
    "prop-10/mean",
    "Proposition 10",
    "the mean of a count",
    then=eq(m.E(m.y), m.n * m.r * m.q),
    proof=_mean,
    note="printed E[y]; it is E[y_i].",
)


def _second_moment_of_count(p: Derivation) -> Fact:
    mean_of_draw, (_, mean) = one_more_draw(p, m)
    counting = eq(next_value(m.x), m.x + m.b)
    square = p.have(eq(next_value(m.x) ** 2, m.x**2 + 2 * m.x * m.b + m.b), by=[counting, eq(m.b**2, m.b)])
    known = p.have(eq(m.x * m.E_nu(m.b), m.x * m.p), by=eq(m.E_nu(m.b), m.p))
    cross = p.have(eq(m.E(m.x * m.b), m.p * m.E(m.x)), by=[p.tower(m.E, m.E_nu, m.x * m.b), p.apply(m.E, known)])
    start = p.have(eq(first_value(m.x) ** 2, 0), by=eq(first_value(m.x), 0))
    step = [p.apply(m.E, square), cross, mean, mean_of_draw]
    after_all, _ = p.induction(
        "draw", eq(m.E(m.x**2), m.nu * m.p + m.nu * (m.nu - 1) * m.p**2), p.apply(m.E, start), step
    )
    same = p.have(eq(m.y**2, last_value(m.x) ** 2), by=eq(m.y, last_value(m.x)))
    return p.have(eq(m.E(m.y**2), m.n * m.p + m.n * (m.n - 1) * m.p**2), by=[after_all, p.apply(m.E, same)])


prop_10_count = count_claim(
    "prop-10/count",
    "Proposition 10, proof (x_i ~ Binomial(n, p_i))",
    "the second moment of a count, by induction over the draws",
    then=eq(m.E(m.y**2), m.n * m.p + m.n * (m.n - 1) * m.p**2),
    proof=_second_moment_of_count,
)
norm2, sum_q2 = m.E(m.y_norm**2), m.S(m.q**2)
second_moment = m.n * m.r + m.r**2 * (m.n**2 - m.n) * sum_q2
binomial = m.S(m.n * m.p + m.n * (m.n - 1) * m.p**2)
algebra = m.n * m.S(m.p) + m.n * (m.n - 1) * m.S(m.p**2)
in_q = m.n * m.r * m.S(m.q) + m.n * (m.n - 1) * m.r**2 * sum_q2


def _p_is_rq(p: Derivation) -> Fact:
    square = p.have(eq(m.p**2, m.r**2 * m.q**2), by=eq(m.p, m.r * m.q))
    return p.have(eq(algebra, in_q), by=[p.apply(m.S, eq(m.p, m.r * m.q)), p.apply(m.S, square)])


norm_lines = [
    count_claim(
        "prop-10/definition-of-norm",
        "Proposition 10, proof, line 1",
        "‖y‖₂² = Σy_i²",
        then=eq(norm2, m.E(m.S(m.y**2))),
        proof=lambda p: p.have(eq(norm2, m.E(m.S(m.y**2))), by=p.apply(m.E, p.part(m.y_norm, 1))),
    ),
    count_claim(
        "prop-10/linearity",
        "Proposition 10, proof, line 2",
        "the expectation of a sum",
        then=eq(m.E(m.S(m.y**2)), m.S(m.E(m.y**2))),
        proof=lambda p: p.interchange(m.E, m.S, m.y**2),
    ),
    count_claim(
        "prop-10/underlying-counts",
        "Proposition 10, proof, line 3",
        "y_i = x_i",
        then=eq(m.S(m.E(m.y**2)), m.S(m.E(last_value(m.x) ** 2))),
        proof=lambda p: p.apply(
            m.S, p.apply(m.E, p.have(eq(m.y**2, last_value(m.x) ** 2), by=eq(m.y, last_value(m.x))))
        ),
    ),
    count_claim(
        "prop-10/binomial",
        "Proposition 10, proof, line 4",
        "x_i ~ Binomial(n, p_i)",
        then=eq(m.S(m.E(last_value(m.x) ** 2)), binomial),
        proof=lambda p: p.have(
            eq(m.S(m.E(last_value(m.x) ** 2)), binomial),
            by=[p.apply(m.S, prop_10_count), p.use(paper["prop-10/underlying-counts"])],
        ),
    ),
    count_claim(
        "prop-10/algebra",
        "Proposition 10, proof, line 5",
        "the sum split",
        then=eq(binomial, algebra),
        proof=lambda p: p.have(eq(binomial, algebra)),
    ),
    count_claim(
        "prop-10/p-is-rq",
        "Proposition 10, proof, line 6",
        "p_i = r q_i",
        then=eq(algebra, in_q),
        proof=_p_is_rq,
    ),
    count_claim(
        "prop-10/q-sums-to-one",
        "Proposition 10, proof, line 7",
        "Σq_i = 1",
        then=eq(in_q, second_moment),
        proof=lambda p: p.have(eq(in_q, second_moment), by=eq(m.S(m.q), 1)),
    ),
]
prop_10_second = count_claim(
    "prop-10/second-moment",
    "Proposition 10",
    "the second moment of ZIMultinomial",
    then=eq(norm2, second_moment),
    proof=lambda p: p.have(eq(norm2, second_moment), by=norm_lines),
)

# ------------------------------------------------------------------------------------------------- Definition 6

z = words.multinomial(gradient=True)
S, E, n, r, c, d, g, q, a, sg, s, t, u, y = z.S, z.E, z.n, z.r, z.c, z.d, z.g, z.q, z.a, z.sg, z.s, z.t, z.u, z.y
t2 = S(g**2)
positive = [gt(c, 0), gt(d, 0)]
definition_6 = [
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


def step_claim(id: str, source: str, title: str, **about: object) -> Claim:
    """A claim about one ZIM step."""
    about = {"suppose": definition_6, "witness": zim_witness, "prepare": prepare, **about}
    return paper.claim(id, source, title, z.v, **about)  # type: ignore[arg-type]


step_claim(
    "def-6/denominator",
    "Definition 6",
    "Σ(|∇F|_i + c) = ‖∇F‖₁ + cd",
    suppose=positive,
    then=eq(S(a + c), s + c * d),
    proof=lambda p: p.have(eq(S(a + c), s + c * d)),
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
    "c is what defines q at w_k = 0: without it the denominator vanishes there",
    suppose=[
        Premise("w_k = 0", "w_k = 0", lambda model: not any(model.about["weights"])),
        Premise(
            "g = ∇F(w_k)",
            r"g=\nabla F(w_k)",
            lambda model: model.objective.gradient(model.about["weights"]) == model.about["gradient"],
        ),
        eq(c, 0),
    ],
    then=eq(s + c * d, 0),
    expected="refuted",
    prepare=None,
    refutation=Refutation(
        lambda: zim_step(
            [-1], n=1, c=0, objective=quadratic([1], [1]), weights=[0], facts="d = 1, F(w) = ½(w - 1)², w = 0, c = 0"
        ),
        "the gradient is what must not vanish, not w_k",
    ),
)
step_claim(
    "def-6/defined-at-zero~corrected",
    "Definition 6, remark",
    "q is defined at ∇F(w_k) = 0, where it is uniform",
    suppose=[*positive, eq(g, 0)],
    then=eq(q * d, 1),
    printed=False,
    corrects="def-6/defined-at-zero",
    proof=lambda p: _uniform(p),
    witness=lambda: zim_step([0, 0], n=1),
)


def _uniform(p: Derivation) -> Fact:
    nothing = p.have(eq(a**2, 0), by=[p.part(a, 1), eq(g, 0)])
    zero = p.have(le(a, 0), by=[nothing])
    zero = p.both(eq(a, 0), p.part(a, 0), zero)
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
        proof=lambda p: p.have(eq(E(y * sg), sg * E(y))),
    ),
    step_claim(
        "prop-11/mean-of-counts",
        "Proposition 11, proof, line 3",
        "E[y_i] = nrq_i",
        then=eq(sg * E(y), sg * n * r * q),
        proof=lambda p: p.have(eq(sg * E(y), sg * n * r * q), by=moments(p, prop_10_mean)),
        note="printed with a reference to Prop. 4.2; it is Proposition 10.",
    ),
    step_claim(
        "prop-11/definition-of-q",
        "Proposition 11, proof, line 4",
        "the definition of q",
        then=eq(sg * n * r * q, at_definition),
        proof=lambda p: p.have(
            eq(sg * n * r * q, at_definition), by=[p.part(q, 0), p.have(eq(q, (a + c) / (s + c * d)), by=q)]
        ),
    ),
    step_claim(
        "prop-11/collected",
        "Proposition 11, proof, line 5",
        "|u| sign(u) = u",
        then=eq(at_definition, scale * (g + c * sg)),
        proof=lambda p: p.have(eq(at_definition, scale * (g + c * sg)), by=absolute_times_sign(p)),
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
    proof=lambda p: p.have(eq(E(u), scale * (g + c * sg)), by=mean_lines),
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
    return p.have(eq(algebra_z, printed_moment), by=[p.apply(S, eq(z.p, r * q)), p.apply(S, square), one])


square_of_update = eq(u**2, sg**2 * y**2)
step_claim(
    "prop-11/norm",
    "Proposition 11, proof, second part, line 1",
    "‖ḡ‖₂² = Σḡ_i²",
    then=eq(squared, coordinates),
    proof=lambda p: p.have(eq(squared, coordinates), by=p.apply(E, p.part(z.u_norm, 1))),
)
by_coordinates = step_claim(
    "prop-11/by-coordinates",
    "Proposition 11, proof, second part, line 2",
    "ḡ_i = x_i sign(∇F)_i",
    then=eq(coordinates, S(E((y * sg) ** 2))),
    proof=lambda p: p.have(
        eq(coordinates, S(E((y * sg) ** 2))),
        by=[p.interchange(E, S, u**2), p.apply(S, p.apply(E, p.have(square_of_update, by=update)))],
    ),
)
step_claim(
    "prop-11/sign-squared",
    "Proposition 11, proof, second part, line 3",
    "sign(u)² = 1",
    then=eq(S(E((y * sg) ** 2)), counts),
    expected="refuted",
    refutation=Refutation(flat_direction, "sign(0) = 0: a move towards a coordinate without gradient is no move"),
)
counts_binomial = step_claim(
    "prop-11/binomial",
    "Proposition 11, proof, second part, line 4",
    "x_i ~ Binomial(n, p_i)",
    then=eq(counts, binomial_z),
    proof=lambda p: p.have(eq(counts, binomial_z), by=p.apply(S, moments(p, prop_10_count))),
)
step_claim(
    "prop-11/algebra",
    "Proposition 11, proof, second part, line 5",
    "the sum split",
    then=eq(binomial_z, algebra_z),
    proof=lambda p: p.have(eq(binomial_z, algebra_z)),
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
    return p.have(eq(coordinates, right_moment), by=[by_coordinates, p.apply(S, in_q)])


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
    p.signs.setdefault("q", q_)
    linear = p.apply(S, p.have(le(sg**2 * q, q), by=[small, q_]))
    square = p.apply(S, p.have(le(sg**2 * q**2, q**2), by=[small]))
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    linear = p.have(le(n * r * moving, n * r), by=[linear, p.use(q_normalised)])
    square = p.have(le((n**2 - n) * S(sg**2 * q**2), (n**2 - n) * S(q**2)), by=[p.product(more, square)])
    return p.have(le(coordinates, printed_moment), by=[prop_11_second, linear, square])


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
    return p.have(le(s, root_d * z.G), by=[close, bounded.relation])


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
    proof=lambda p: p.have(eq(in_mean, in_norms), by=p.apply(S, gradient_times_sign(p))),
)
dropped = scale * t2
step_claim(
    "prop-12/dropped",
    "Proposition 12, proof, line 3",
    "c‖∇F‖₁ ≥ 0",
    suppose=[at_least_no_trials, *definition_6],
    then=ge(in_norms, dropped),
    proof=lambda p: p.have(ge(in_norms, dropped), by=ge(r, 0)),
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
    return p.have(ge(dropped, with_bound(root_d * z.G)), by=[inverse])


zim_bounded = [at_least_no_trials, *definition_6, bounded]
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
            p.poly(x)

    step_claim(
        id,
        source,
        title,
        suppose=[smooth, gt(z.L, 0), *definition_6],
        then=ge(left, r * (n / (x + plus)) * t2),
        expected="refuted",
        prepare=denominators,
        refutation=Refutation(
            lambda: parabola(3), "far from the minimum ‖∇F‖₁ exceeds anything that L bounds, and the move is one step"
        ),
    )


LINE, PROP_12, PROP_7 = "Proposition 12, proof, line 4", "Proposition 12", "Proposition 7, (2.2)"
SMOOTH_BOUND = "the denominator ‖∇F‖₁ + cd bounded by smoothness alone"
for reading, x in (("R1", root_d * z.L), ("R2", sympy.sqrt(d * z.L))):
    _refuted_bound(f"prop-12/last-line@{reading}", LINE, SMOOTH_BOUND, dropped, x, c * d)
    _refuted_bound(f"prop-12/alignment@{reading}", PROP_12, "(2.2) with μ = n/(√dL + cd)", alignment, x, c * d)
    _refuted_bound(f"prop-7/alignment@{reading}", PROP_7, "(2.2) with μ = n/(√dL + cd)", alignment, x, c * d)
_refuted_bound(
    "prop-7/alignment@R3",
    PROP_7,
    "(2.2) with μ = n/√(dL + cd)",
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
        lambda: zim_step([1], n=1, facts="n = 1"), "n = 1 gives M_G = 0; Assumption 3 has to allow M_G ≥ 0"
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
step_claim(
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
    proof=lambda p: p.have(le(S(q**2), 1 / d + (1 - 1 / d) * t2 / (c * d) ** 2), by=_sum_of_squares(p)),
)
M_right, M_G_right = n + r * (n**2 - n) / d, (n**2 - n) * (1 - 1 / d) / (c * d) ** 2


def _right_2_3(p: Derivation) -> Fact:
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    scaled = p.product(more, p.use(q_squares))
    return p.have(le(coordinates, r * M_right + r**2 * M_G_right * t2), by=[prop_11_upper, scaled])


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
