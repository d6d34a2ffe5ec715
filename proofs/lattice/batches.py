"""Section 5: what a minibatch gradient ĝ in place of g breaks, and two conditions that correct it."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Unpack

import sympy

from convbound.proofs.claims import About, Claim, Hypothesis, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import sign
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.lattice.theory import theory
from convbound.proofs.models.model import Model


def _vocabulary() -> SimpleNamespace:
    """One step: first the minibatch gives ĝ, then the moves are drawn."""
    v = Vocabulary()
    d = v.real("d", "dimension", integer=True)
    one = v.real("one", "a single batch", integer=True)
    v.index("i", d)
    v.time("batch", "beta", 0, one)
    v.random("outcome")
    g = v.real("g", "∇F(w)", over=["i"], latex="g_i")
    ghat = v.real("ghat", "the minibatch gradient", over=["i", "batch", "outcome"], latex=r"\hat g_i")
    y = v.real("y", "draws of i", over=["i", "batch", "outcome", "~batch"], integer=True)
    u = v.real("u", "the move", over=["i", "batch", "outcome", "~batch"], integer=True, latex=r"\bar g_i")
    n, r, c, B, rho, G = (v.real(name) for name in ("n", "r", "c", "B", "rho", "G"))
    S = v.functional("sum_i", "sum", over="i")
    E = v.functional("E", "expectation")
    E_b = v.functional("E_b", "expectation", given=["batch"])
    ahat = v.define("ahat", "absolute", ghat, latex=r"|\hat g_i|")
    sghat = v.define("sghat", "sign", ghat)
    that = v.define("that", "root", S(ghat**2), latex=r"\|\hat g\|_2")
    t = v.define("t", "root", S(g**2), latex=r"\|g\|_2")
    return SimpleNamespace(
        **dict(v=v, d=d, g=g, ghat=ghat, y=y, u=u, n=n, r=r, c=c, B=B, rho=rho, G=G, S=S, E=E, E_b=E_b),
        **dict(ahat=ahat, sghat=sghat, that=that, t=t, one=one),
    )


b = _vocabulary()
S, E, E_b, g, ghat, u, y, n, r, c, d, t = b.S, b.E, b.E_b, b.g, b.ghat, b.u, b.y, b.n, b.r, b.c, b.d, b.t
ahat, sghat, that, B, rho, G = b.ahat, b.sghat, b.that, b.B, b.rho, b.G
shat, t2, x = S(ahat), S(g**2), sympy.sqrt(d)
unbiased = Hypothesis(eq(E(ghat), g), "E ĝ = g")
update = Hypothesis(eq(u, y * sghat), "ḡ = y ⊙ sign(ĝ)")


def batch_claim(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about one step with a minibatch gradient."""
    about = {"printed": False, **about}
    return theory.claim(id, "section 5, minibatch gradients", title, b.v, **about)


def two_batches(values: tuple[int, int], weights: tuple[Fraction, Fraction], **parameters: Fraction | int) -> Model:
    """d = 1, one draw: the batch is one of two, and the only coordinate moves for sure, by the sign of ĝ."""
    outcomes = [(weight, (value,)) for weight, value in zip(weights, values, strict=True)]
    mean = sum((w * value for w, value in zip(weights, values, strict=True)), Fraction(0))

    def seen(at: object) -> Fraction:
        return Fraction(at["outcome"][0])  # type: ignore[index]

    symbols = {"ghat": seen, "y": 1, "u": lambda at: sign(seen(at)), "g": mean}
    facts = f"d = n = r = 1, ĝ = {values[0]} with probability {weights[0]}, {values[1]} with probability {weights[1]}"
    basic: dict[str, Fraction | int] = {"d": 1, "one": 1, "n": 1, "r": 1, "c": 1, **parameters}
    return Model({**basic, **symbols}, outcomes, lambda label, steps: label, facts=facts)


normalised = (ahat + c) / (shat + c * d)
batch_claim(
    "minibatch/alignment",
    "(2.2) survives a minibatch: ∇FᵀE[ḡ] ≥ 0",
    suppose=[
        gt(c, 0),
        gt(d, 0),
        gt(r, 0),
        gt(n, 0),
        unbiased,
        update,
        Hypothesis(eq(E_b(y), n * r * normalised), "Definition 6 at ĝ"),
    ],
    then=ge(S(g * E(u)), 0),
    expected="refuted",
    prepare=lambda p: p.have(gt(shat + c * d, 0), by=p.apply(S, p.part(ahat, 0))),
    refutation=Refutation(
        lambda: two_batches((-1, 5), (Fraction(2, 3), Fraction(1, 3))),
        "the sign of ĝ is wrong two times out of three, and one draw moves by the sign; (2.2) fails for every μ > 0",
    ),
)


def product_of_sign(p: Derivation) -> Fact:
    """|ĝ| sign(ĝ) = ĝ."""
    parts = [*(p.part(ahat, k) for k in range(4)), *(p.part(sghat, k) for k in range(3))]
    low = p.have(ge(sghat * ghat - ahat, 0), by=parts, split=[ghat])
    high = p.have(le(sghat * ghat - ahat, 0), by=parts, split=[ghat])
    return p.have(eq(ahat * sghat, ghat), by=[p.both(eq(sghat * ghat, ahat), low, high), p.part(sghat, 2)])


def _fixed(p: Derivation) -> Fact:
    mean = p.have(eq(sghat * E_b(y), n * r / B * ghat), by=[fixed.relation, product_of_sign(p)])
    given = p.have(eq(E_b(u), n * r / B * ghat), by=[p.apply(E_b, update.relation), mean])
    whole = p.have(eq(E(u), n * r / B * g), by=[p.apply(E, given), p.tower(E, E_b, u), unbiased.relation])
    return p.apply(S, p.have(eq(g * E(u), n * r / B * g**2), by=whole))


fixed = Hypothesis(eq(E_b(y), n * r * ahat / B), "q_i = |ĝ_i|/B, and no move with the rest")
batch_claim(
    "minibatch/fixed-normaliser",
    "(A) a fixed normaliser B ≥ ‖ĝ‖₁ and c = 0: (2.2) with equality, μ = n/B",
    suppose=[gt(B, 0), Hypothesis(le(shat, B), "‖ĝ‖₁ ≤ B"), unbiased, update, fixed],
    then=eq(S(g * E(u)), r * (n / B) * t2),
    proof=_fixed,
    witness=lambda: two_batches((1, 1), (Fraction(1, 2), Fraction(1, 2)), B=1),
)
close = Hypothesis(le(S((ghat - g) ** 2), rho**2 * t2), "‖ĝ - g‖₂ ≤ ρ‖g‖₂")
self_normalised = Hypothesis(eq(E_b(y), n * r * ahat / shat), "q_i = |ĝ_i|/‖ĝ‖₁")


def _self_normalised(p: Derivation) -> Fact:
    inner = S((ghat - g) * g)
    facts = []
    for side in (1, -1):  # |gᵀ(ĝ - g)| <= ρ‖g‖²
        root = rho * g + side * (ghat - g)
        square = p.apply(S, p.have(ge(root**2, 0), squares=[root]))
        scaled = p.have(ge(rho * (rho * t2 + side * inner), 0), by=[square, close.relation])
        facts.append(p.have(ge(rho * t2 + side * inner, 0), by=scaled))
    longest = p.have(le(S(ghat**2), (1 + rho) ** 2 * t2), by=[*facts, close.relation])
    sizes = p.apply(S, p.have(ge((d * ahat - shat) ** 2, 0), squares=[d * ahat - shat]))
    norm = p.have(le(shat**2, d * S(ghat**2)), by=[sizes, p.apply(S, p.part(ahat, 1)), gt(d, 0)])
    bounded_square = p.have(le(t2, G**2), by=[p.product(*_difference(p)), p.part(t, 1)])
    wide = p.have(
        le(S(ghat**2), (1 + rho) ** 2 * G**2), by=[longest, p.product(p.have(ge((1 + rho) ** 2, 0)), bounded_square)]
    )
    norm = p.have(le(shat**2, d * (1 + rho) ** 2 * G**2), by=[norm, wide])
    size = p.have(ge(x * (1 + rho) * G, 0))
    norm = p.have(le(shat, x * (1 + rho) * G), by=[norm, size, p.part_of_root(x, 1)])
    inverse = p.have(ge(1 / shat, 1 / (x * (1 + rho) * G)), by=[norm, gt(shat, 0)])
    aligned = p.have(ge(S(g * ghat) / shat, (1 - rho) * t2 / shat), by=facts[0])
    level = p.product(p.have(ge((1 - rho) * t2, 0), by=lt(rho, 1)), inverse)
    pointwise = p.have(ge(S(g * ghat) / shat, (1 - rho) * t2 / (x * (1 + rho) * G)), by=[aligned, level])
    given = p.have(eq(sghat * E_b(y), n * r * ghat / shat), by=[self_normalised.relation, product_of_sign(p)])
    given = p.have(eq(E_b(u), n * r * ghat / shat), by=[p.apply(E_b, update.relation), given])
    whole = p.apply(S, p.have(eq(g * E_b(u), n * r * g * ghat / shat), by=given))
    low = p.have(
        ge(S(g * E_b(u)), n * r * (1 - rho) * t2 / (x * (1 + rho) * G)),
        by=[
            whole,
            p.product(
                p.have(ge(n * r, 0)),
                p.have(ge(S(g * ghat) / shat - (1 - rho) * t2 / (x * (1 + rho) * G), 0), by=pointwise),
            ),
        ],
    )
    mean = [p.apply(E, low), p.interchange(E, S, g * E_b(u)), p.apply(S, p.tower(E, E_b, g * u))]
    return p.conclude(by=mean)


def _difference(p: Derivation) -> tuple[Fact, Fact]:
    """G - t and G + t, both nonnegative."""
    return p.have(ge(G - t, 0), by=le(t, G)), p.have(ge(G + t, 0))


mu_self = n * (1 - rho) / (x * (1 + rho) * G)
batch_claim(
    "minibatch/self-normalised",
    "(C) self-normalised, c = 0, ‖ĝ - g‖₂ ≤ ρ‖g‖₂ and ‖g‖₂ ≤ G: μ = n(1 - ρ)/(√d (1 + ρ) G)",
    suppose=[
        *[ge(d, 1), gt(n, 0), gt(r, 0), gt(rho, 0), lt(rho, 1), gt(G, 0), gt(shat, 0)],
        *[unbiased, update, self_normalised, close, Hypothesis(le(t, G), "‖g‖₂ ≤ G")],
    ],
    then=ge(S(g * E(u)), r * mu_self * t2),
    proof=_self_normalised,
    witness=lambda: two_batches((1, 3), (Fraction(1, 2), Fraction(1, 2)), rho=Fraction(1, 2), G=2),
)
