"""Boolean weights: "these encompass boolean-specific methods such as BOLD", as far as it can be said without its rule.

A flip of a weight in {-1, 1} is an integer update, so Definition 1 covers it, and (2.3) holds for flips of any kind.
(2.2) is about the rule by which weights are flipped, which the paper does not state.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Unpack

from convbound.proofs.claims import About, Claim, Hypothesis, Premise
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.paper import paper
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le
from convbound.proofs.models.model import Given, Model, Point

BOOLEAN = "Introduction, on BOLD"

v = Vocabulary(reading="alpha mu")
d = v.real("d", "dimension of the weights", integer=True)
v.index("i", d)
v.random("outcome")
alpha, mu = v.real("alpha", "the rate", latex=r"\alpha_k"), v.real("mu", latex=r"\mu")
w = v.real("w", "a weight, -1 or 1", over=["i"], integer=True, latex="(w_k)_i")
g = v.real("g", "∇F(w_k)", over=["i"], latex=r"\nabla F(w_k)_i")
drawn = ["i", "outcome"]
b = v.real("b", "1 where the weight is flipped", over=drawn, integer=True, latex="b_i")
u = v.real("u", "ḡ(w_k, ξ_k)", over=drawn, integer=True, latex=r"\bar g_i")
after = v.real("after", "w_{k+1}", over=drawn, integer=True, latex="(w_{k+1})_i")
S, E = v.functional("sum_i", "sum", over="i"), v.functional("E", "expectation")
t2 = v.notation(S(g**2), "‖∇F(w_k)‖₂²", r"\|\nabla F(w_k)\|_2^2")
v.notation(S(g * E(u)), "∇F(w_k)ᵀE[ḡ]", r"\nabla F(w_k)^T\mathbb{E}_{\xi_k}[\bar g(w_k,\xi_k)]")
v.notation(E(S(u**2)), "E[‖ḡ‖₂²]", r"\mathbb{E}_{\xi_k}\left[\|\bar g(w_k,\xi_k)\|_2^2\right]")

boolean = Hypothesis(eq(w**2, 1), "each weight is -1 or 1")
chosen = Hypothesis(eq(b**2, b), "each is flipped or not")
flip = Hypothesis(eq(after, (1 - 2 * b) * w), "a flip changes the sign")
update = Hypothesis(eq(u, 2 * b * w), "ḡ = 2w where it is flipped")
eq_2_2 = Hypothesis(ge(S(g * E(u)), alpha * mu * t2), "(2.2)")


def flipped(first: int, second: int) -> Model:
    """The weights (-1, 1); how many of two equally likely outcomes flip each."""
    weights, times = (-1, 1), (first, second)

    def b_at(at: Point) -> int:
        return int(int(at["outcome"]) < times[at["i"]])

    values: dict[str, Given] = {
        **{"d": 2, "alpha": Fraction(1, 2), "mu": Fraction(1, 2)},
        "w": lambda at: weights[at["i"]],
        "g": lambda at: weights[at["i"]] if any(times) else 0,
        "b": b_at,
        "u": lambda at: 2 * b_at(at) * weights[at["i"]],
        "after": lambda at: (1 - 2 * b_at(at)) * weights[at["i"]],
    }
    facts = f"w = (-1, 1), flipped with probability {first}/2 and {second}/2"
    return Model(values, [(Fraction(1, 2), "0"), (Fraction(1, 2), "1")], facts=facts)


def flip_claim(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about one step of flips."""
    about = {"printed": False, "witness": lambda: flipped(2, 1), **about}
    return paper.claim(id, BOOLEAN, title, v, **about)


flip_claim(
    "boolean/flip-is-update",
    "a flip of a weight in {-1, 1} is the integer update ḡ = 2w: Definition 1 covers it",
    suppose=[flip, update],
    then=eq(after, w - u),
    printed=True,
    proof=by([flip.relation, update.relation]),
)


def _stays(p: Derivation) -> Fact:
    square = p.have(eq(after**2, (1 - 4 * b + 4 * b**2) * w**2), by=flip.relation)
    return p.conclude(by=[square, boolean.relation, chosen.relation])


flip_claim(
    "boolean/stays-boolean",
    "and the weights stay in {-1, 1}",
    suppose=[boolean, chosen, flip],
    then=eq(after**2, 1),
    proof=_stays,
)


def _second_moment(p: Derivation) -> Fact:
    squares = p.have(eq(u**2, 4 * b**2 * w**2), by=update.relation)
    size = p.have(le(u**2, 4), by=[squares, boolean.relation, chosen.relation, p.have(le(b, 1), by=_one(p))])
    return p.apply(E, p.apply(S, size))


def _one(p: Derivation) -> list[Fact]:
    """b <= 1, from (1 - b)² = 1 - b."""
    return [p.have(le(b, 1), by=chosen.relation, squares=[1 - b])]


flip_claim(
    "boolean/second-moment",
    "(2.3) holds for flips by any rule, with M_G = 0 and α M = 4d",
    suppose=[boolean, chosen, update],
    then=le(E(S(u**2)), 4 * d),
    proof=_second_moment,
)


def _no_flip(p: Derivation) -> Fact:
    nothing = p.have(eq(u, 0), by=[update.relation, still.relation])
    none = p.apply(S, p.have(eq(g * E(u), 0), by=p.apply(E, nothing)))
    rate = p.have(gt(1 / (alpha * mu), 0), by=p.product(p.resolve(gt(alpha, 0))[0], p.resolve(gt(mu, 0))[0]))
    return p.conclude(by=p.product(rate, p.have(ge(-alpha * mu * t2, 0), by=[none, eq_2_2.relation])))


still = Hypothesis(eq(b, 0), "no weight is flipped at this step, whatever is drawn")
flip_claim(
    "boolean/no-flip",
    "(2.2) fails at a step at which a rule flips nothing for certain, unless the gradient is 0 there",
    suppose=[gt(alpha, 0), gt(mu, 0), update, still, eq_2_2],
    then=le(t2, 0),
    proof=_no_flip,
    witness=lambda: flipped(0, 0),
)
flip_claim(
    "boolean/alignment",
    "BOLD's flips satisfy (2.2)",
    suppose=[
        gt(alpha, 0),
        gt(mu, 0),
        boolean,
        chosen,
        update,
        Premise("flipped by BOLD's rule, which the paper does not state", r"\text{BOLD's rule}", lambda model: False),
    ],
    then=ge(S(g * E(u)), alpha * mu * t2),
    expected="open",
    printed=True,
    witness=None,
    note="BOLD flips where an accumulated signal is strong enough; what is known of ∇F then is not in the paper. "
    "A rule that may flip nothing for certain does not satisfy (2.2): boolean/no-flip.",
)
