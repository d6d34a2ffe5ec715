"""Claims about a sampler, held to its draws: `convbound verify docs/examples/sampled_updates.py --level montecarlo`.

The scheme has no law: what is said of its moments is assumed, and evidence speaks for it or against it. The second
claim is about the same sampler, and false: it draws a tenth too often.
"""

from fractions import Fraction

import numpy as np

from convbound.checks.evidence import OneUpdate, register
from convbound.schemes import CoordinateScheme, Positive
from convbound.textbook import E_k, Paper, drawn_vector, known_vector, norm1, norm2, positive


class Ternary(CoordinateScheme):
    """Move by -sign(g) as often as eta |g|, times what the code of somebody makes of it."""

    eta: Positive
    factor: Positive = 1

    def sample(self, g, rng):
        """One uniform a coordinate."""
        return np.sign(g) * (rng.random(g.shape) < self.factor * self.eta * np.abs(g))


paper = Paper("sampled", "somebody's training code")
eta = positive("eta")
g, u = known_vector("g", "∇F"), drawn_vector("u", "the update that the sampler draws at g")
length = E_k(norm2(u)) == eta * norm1(g)
right = paper.lemma("length", [], length, assumed=True, expected="assumed")
wrong = paper.lemma("length-of-the-code", [], length, assumed=True, expected="contradicted")

at = Fraction(1), Fraction(-1, 2), Fraction(0)
for claim, factor in ((right, 1), (wrong, Fraction(11, 10))):
    case = OneUpdate(Ternary(Fraction(1, 4), factor), at, of=lambda u, g: (u**2).sum(axis=1), low=0, high=3)
    register(claim, measures=E_k(norm2(u)), instances=[case])
