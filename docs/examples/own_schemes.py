"""Schemes of one's own: a few lines each. Try

convbound simulate --scheme docs/examples/own_schemes.py:Ternary --set eta=1/16 --d 20 --start 8
"""

from convbound.schemes import CoordinateScheme, Positive, Probability, floor, sign


class Ternary(CoordinateScheme):
    """Move by -sign(g) with probability eta |g|; no slope may exceed 1 / eta."""

    eta: Positive

    def law(self, g):
        """One move, or none."""
        return [(sign(g), self.eta * abs(g))]


class Rounded(CoordinateScheme):
    """Stochastic rounding of eta g."""

    eta: Positive

    def law(self, g):
        """The two neighbours of eta |g|, with the sign of g."""
        whole = floor(self.eta * abs(g))
        rest = self.eta * abs(g) - whole
        return [(sign(g) * whole, 1 - rest), (sign(g) * (whole + 1), rest)]


class Signs(CoordinateScheme):
    """Sign descent, in which a coordinate moves with probability p."""

    p: Probability = 1

    def law(self, g):
        """One move, or none."""
        return [(sign(g), self.p)]


class Sparsified(CoordinateScheme):
    """A step along a compressed gradient: g_i / p with probability p, else 0. Unbiased, with omega = 1/p - 1."""

    on_lattice = False
    eta: Positive
    p: Probability = 0.5

    def law(self, g):
        """The slope, enlarged, or nothing."""
        return [(self.eta * g / self.p, self.p)]
