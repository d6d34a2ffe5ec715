"""The printed limit with two draws per step, within the admissible step: a quadratic on the line refutes it.

F = (L/2)(w - b)² with b just above 0, d = 1, r = 1 and two draws: from 2 the update moves to 0, and from 0 back to 2.
Since ‖∇F‖² = 2LF there, L·F solves the Poisson equation of that cycle, and it is largest at 2.
"""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.claims import Hypothesis, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_process
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.discrete_updates.proposition_4 import average
from convbound.proofs.discrete_updates.specialisation import SPECIAL, zim_run_suppositions
from convbound.proofs.discrete_updates.vocabulary import first_value, iterates, last_value, limsup, next_value
from convbound.proofs.language.vocabulary import eq, ge, gt, le
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Process

i = iterates()
A = i.v.real("A", "mean of ‖∇F(w_k)‖² over the cycle")
L, d, c, n, r, K, E, F = i.L, i.d, i.c, i.n, i.r, i.K, i.E, i.F
t2 = i.S(i.g**2)
root_d = sympy.sqrt(d)


def two_cycle() -> Process:
    """F = ¼(w - ⅛)² from w_1 = 2, two draws per step with r = 1: it goes to 0 and back, for ever."""
    objective = quadratic([Fraction(1, 2)], [Fraction(1, 8)])
    facts = "F(w) = ¼(w - ⅛)², d = 1, n = 2, r = 1, c = ⅛, w_1 = 2: w alternates between 2 and 0"
    slopes = [objective.gradient((Fraction(w),))[0] for w in (2, 0)]
    mean = sum((g**2 for g in slopes), Fraction(0)) / 2
    parameters: dict[str, Fraction | int] = {"L": Fraction(1, 2), "F_inf": 0, "A": mean}
    return zim_process(objective, [2], n=2, r=1, c=Fraction(1, 8), facts=facts, **parameters)


poisson = Hypothesis(
    eq(L * (i.E_k(next_value(F)) - F), A - t2), "L·F solves the Poisson equation of the run, with mean A"
)


def _floor(p: Derivation) -> Fact:
    mean = [p.apply(E, poisson.relation), p.tower(E, i.E_k, next_value(F))]
    facts = [p.apply(i.avg, p.have(eq(L * (E(next_value(F)) - E(F)), A - E(t2)), by=mean)), p.telescope(i.avg, E(F))]
    ends = [p.apply(E, eq(first_value(F), i.F_1)), p.apply(E, le(last_value(F), i.F_1)), p.interchange(E, i.avg, t2)]
    scaled = p.have(ge(K * (average - A), 0), by=[*facts, *ends])
    return p.conclude(by=[scaled, gt(K, 0)])


several_draws_floor = paper.claim(
    "specialisation/cycle-floor",
    "counterexample to the limit",
    "from the highest point of a cycle on which L·F solves the Poisson equation, the mean square is at least that of "
    "the cycle after any number of steps",
    i.v,
    suppose=[
        gt(K, 0),
        gt(L, 0),
        poisson,
        eq(first_value(F), i.F_1),
        Hypothesis(le(last_value(F), i.F_1), "F is largest at w_1"),
    ],
    then=ge(average, A),
    printed=False,
    proof=_floor,
    witness=two_cycle,
)

DENOMINATORS = {
    "R1": root_d * L + c * d,
    "R2": sympy.sqrt(d * L) + c * d,
    "R3": sympy.sqrt(d * L + c * d),
}
for reading, X in DENOMINATORS.items():
    paper.claim(
        f"specialisation/limit@{reading},n=2",
        SPECIAL,
        f"the printed limit with two draws per step and an admissible step ({reading})",
        i.v,
        suppose=[
            *zim_run_suppositions,
            gt(r, 0),
            eq(n, 2),
            Hypothesis(le(r * L * (n**2 - n) * X, n), "r ≤ μ/(L M_G), with the printed μ and M_G"),
        ],
        then=le(limsup(K, average), L * X),
        expected="refuted",
        printed=False,
        refutation=Refutation(two_cycle, "two draws jump over the minimum and back, for ever", several_draws_floor),
        note=f"the line is that of specialisation/limit@{reading}, which one draw per step refutes already.",
    )
