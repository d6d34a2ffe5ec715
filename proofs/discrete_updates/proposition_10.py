"""Definition 5 and Proposition 10: the zero-inflated multinomial, by induction over its draws."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Unpack

import sympy

from convbound.proofs.claims import About, Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates import vocabulary as words
from convbound.proofs.discrete_updates.instances import zim_step
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.vocabulary import first_value, last_value, next_value
from convbound.proofs.language.vocabulary import eq, ge, le
from convbound.proofs.models.model import Model

# -------------------------------------------------------------------------------------- Definition 5, Proposition 10

m = words.multinomial(gradient=False)


def trials(z: sympy.Expr) -> list[Hypothesis]:
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
definition_5: list[Supposed] = [*distribution, *trials(m)]


def two_trials() -> Model:
    """n = 2, r = ½, q = (⅓, ⅔)."""
    q = [Fraction(1, 3), Fraction(2, 3)]
    return zim_step([1, 1], n=2, r=Fraction(1, 2), q=q, facts="n = 2, r = ½, q = (⅓, ⅔)")


def count_claim(id: str, source: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about ZIMultinomial(n, r, q)."""
    about = {"suppose": definition_5, "witness": two_trials, **about}
    return paper.claim(id, source, title, m.v, **about)


count_claim(
    "def-5/distribution",
    "Definition 5",
    "p sums to one",
    suppose=[*distribution, eq(m.p, m.r * m.q), eq(m.p_0, 1 - m.r)],
    then=eq(m.p_0 + m.S(m.p), 1),
    proof=lambda p: p.conclude(by=[eq(m.p_0, 1 - m.r), p.apply(m.S, eq(m.p, m.r * m.q)), eq(m.S(m.q), 1)]),
)

for part, least in (("p", m.p), ("p_0", m.p_0)):
    count_claim(
        f"def-5/nonnegative@{part}",
        "Definition 5",
        f"{part} ≥ 0: with the sum, p is a distribution",
        suppose=[*distribution, ge(m.r, 0), le(m.r, 1), eq(m.p, m.r * m.q), eq(m.p_0, 1 - m.r)],
        then=ge(least, 0),
        proof=lambda p: p.conclude(
            by=[
                eq(m.p, m.r * m.q),
                eq(m.p_0, 1 - m.r),
                le(m.r, 1),
                p.product(p.resolve(ge(m.r, 0))[0], p.resolve(ge(m.q, 0))[0]),
            ]
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
    return p.conclude(by=[after_all, counted, eq(m.p, m.r * m.q)])


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
    return p.conclude(by=[after_all, p.apply(m.E, same)])


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
    return p.conclude(by=[p.apply(m.S, eq(m.p, m.r * m.q)), p.apply(m.S, square)])


norm_lines = [
    count_claim(
        "prop-10/definition-of-norm",
        "Proposition 10, proof, line 1",
        "‖y‖₂² = Σy_i²",
        then=eq(norm2, m.E(m.S(m.y**2))),
        proof=lambda p: p.conclude(by=p.apply(m.E, p.part(m.y_norm, 1))),
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
        proof=lambda p: p.conclude(by=[p.apply(m.S, prop_10_count), p.use(paper["prop-10/underlying-counts"])]),
    ),
    count_claim(
        "prop-10/algebra",
        "Proposition 10, proof, line 5",
        "the sum split",
        then=eq(binomial, algebra),
        proof=by(),
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
        proof=by(eq(m.S(m.q), 1)),
    ),
]
prop_10_second = count_claim(
    "prop-10/second-moment",
    "Proposition 10",
    "the second moment of ZIMultinomial",
    then=eq(norm2, second_moment),
    proof=by(norm_lines),
)
