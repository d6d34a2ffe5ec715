"""What the paper says between its formulas: the floor without a rate, the experiments' step, and flips as updates."""

from __future__ import annotations

import sympy

from convbound.bounds.subjects import discrete_updates as formulas
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.comparison import bracket
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.models.model import Model

v = Vocabulary(reading="n r mu c d L")
L, d, c, n = v.reals("L d c n")
r, r_1, r_2 = (v.real(name, "a rate", latex=name) for name in ("r", "r_1", "r_2"))
M_1, M_2 = (v.real(f"M_{k}", f"M at the rate r_{k}", latex=f"M_{k}") for k in (1, 2))
mu = v.real("mu", latex=r"\mu")

# -------------------------------------------------------------------------- "LM/μ does not involve the learning rate"

NO_RATE = "after Proposition 4"
paper.claim(
    "prop-4/no-rate",
    NO_RATE,
    "LM/μ is the same at two rates, with M = n as printed in Proposition 7",
    v,
    suppose=[gt(mu, 0), eq(M_1, n), eq(M_2, n)],
    then=eq(L * M_1 / mu, L * M_2 / mu),
    proof=by([eq(M_1, n), eq(M_2, n)]),
    witness=lambda: Model({"L": 1, "mu": 1, "n": 2, "M_1": 2, "M_2": 2}),
)
larger_rate = [eq(M_1, formulas.corrected_M(d, n, r_1)), eq(M_2, formulas.corrected_M(d, n, r_2))]


def _with_rate(p: Derivation) -> Fact:
    several = p.product(p.resolve(gt(n, 1))[0], p.have(gt(n, 0), by=gt(n, 1)))
    apart = p.product(several, p.have(gt(r_2 - r_1, 0), by=lt(r_1, r_2)))
    over = p.product(p.have(gt(1 / d, 0), by=gt(d, 0)), apart)
    scale = p.product(p.resolve(gt(L, 0))[0], p.have(gt(1 / mu, 0), by=gt(mu, 0)))
    return p.conclude(by=[p.product(scale, over), *larger_rate])


paper.claim(
    "prop-4/no-rate~corrected",
    NO_RATE,
    "with the M = n + r(n² - n)/d that holds, a larger rate makes LM/μ larger as soon as n > 1",
    v,
    suppose=[gt(L, 0), gt(mu, 0), gt(d, 0), gt(n, 1), lt(r_1, r_2), *larger_rate],
    then=lt(L * M_1 / mu, L * M_2 / mu),
    printed=False,
    corrects="prop-4/no-rate",
    proof=_with_rate,
    witness=lambda: Model({"L": 1, "mu": 1, "d": 2, "n": 2, "r_1": 0, "r_2": 1, "M_1": 2, "M_2": 3}),
)

# ------------------------------------------------------------------- section 4: the step of the experiments' own code

STEP = "Section 4, code of the experiments"
MU = {"R1": formulas.printed_mu_r1, "R2": formulas.printed_mu_r2, "R3": formulas.printed_mu_r3}


def _settings(reading: str, draws: int) -> None:
    """r = 1 with so many draws, on the network of the example."""
    values = {"L": 17, "d": 79400, "c": 1, "n": draws, "r": 1}
    known = [eq(letter, values[letter.name]) for letter in (L, d, c, n, r)]
    mu_printed, M_G = MU[reading](L, d, c, n), n**2 - n
    X = n / mu_printed

    def large(p: Derivation) -> Fact:
        (root,) = (x for x in X.atoms(sympy.Pow) if x.exp == sympy.Rational(1, 2))
        return p.have(ge(X, 1000), by=[p.part_of_root(root), *bracket(p, root.base, known), *known])

    def prepare(p: Derivation) -> None:
        for letter, relation in zip((L, d, c, n, r), known, strict=True):
            p.have(gt(letter, 0), by=relation)
        p.have(gt(M_G, 0), by=known[3])
        p.define(X)
        p.have(gt(X, 0), by=large(p))

    def proof(p: Derivation) -> Fact:
        inverse = p.have(ge(sympy.Rational(1, 1000) - 1 / X, 0), by=large(p))
        room = p.product(p.have(gt(n, 0), by=known[3]), inverse)
        small = p.have(le(mu_printed, sympy.Rational(draws, 1000)), by=[room, known[3]])
        whole = p.have(eq(r * L * M_G, 17 * (draws**2 - draws)), by=known)
        wanted = p.have(gt(r * L * M_G, 10**6 * mu_printed), by=[small, whole])
        return p.have(gt(r, 10**6 * formulas.step_limit(L, mu_printed, M_G)), by=[wanted])

    paper.claim(
        f"section-4/step@{reading},n={draws}",
        STEP,
        f"r = 1 with n = {draws} is more than a million times μ/(L M_G) on the network of the example ({reading})",
        v,
        suppose=known,
        then=gt(r, 10**6 * formulas.step_limit(L, mu_printed, M_G)),
        printed=False,
        prepare=prepare,
        proof=proof,
        witness=lambda: Model(values, facts=f"L = 17, d = 79400, c = 1, n = {draws}, r = 1"),
        note="the code draws n = √d times for a matrix of d weights, with r = 1 and c = 1; L = 17 as in the example.",
    )


for reading in MU:
    for draws in (282, 79400):
        _settings(reading, draws)
