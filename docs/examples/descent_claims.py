"""Gradient descent with a fixed step: what one step gains, as it is often quoted and as it is true.

convbound verify docs/examples/descent_claims.py
pytest --convbound docs/examples
"""

from convbound.proofs import Hypothesis, Library, Model, Refutation, Vocabulary, ge, gt, le

library = Library("gradient-descent", "Gradient descent with a fixed step", "a textbook's lemma on the descent of F")

v = Vocabulary()
L = v.real("L", "Lipschitz constant of the gradient")
eta = v.real("eta", "the step size", latex=r"\eta")
F = v.real("F", "F(w)", latex="F(w)")
F_next = v.real("F_next", "F at the next point", latex=r"F(w - \eta \nabla F(w))")
t2 = v.real("t2", "the squared norm of the gradient", latex=r"\|\nabla F(w)\|^2")

descent = Hypothesis(le(F_next, F - eta * t2 + L * eta**2 / 2 * t2), "the descent inequality at w - η∇F(w)")
always = [gt(L, 0), gt(eta, 0), ge(t2, 0), descent]
half_step = le(F_next, F - eta / 2 * t2)

# As it is often quoted. It is refuted by exact numbers in which every hypothesis holds.
library.claim(
    "one-step",
    "Lemma 1",
    "a step gains half of what a straight line would",
    v,
    suppose=always,
    then=half_step,
    expected="refuted",
    refutation=Refutation(
        lambda: Model({"L": 2, "eta": 1, "F": 1, "F_next": 1, "t2": 4}, facts="F(w) = w², L = 2, η = 1, w = 1"),
        "a step of 2/L jumps over the minimum to the same height on the other side",
    ),
)

# With the condition that it needs. The kernel builds this theorem.
short = Hypothesis(le(L * eta, 1), "η ≤ 1/L", added=True)
library.claim(
    "one-step~corrected",
    "Lemma 1",
    "a step of at most 1/L gains half of what a straight line would",
    v,
    suppose=[*always, short],
    then=half_step,
    printed=False,
    corrects="one-step",
    proof=lambda p: p.have(half_step, by=[descent.relation, short.relation]),
)
