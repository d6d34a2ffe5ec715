"""Schemes of one's own: a few lines each. Try

convbound simulate --scheme docs/examples/own_schemes.py:Ternary --set eta=1/16 --d 20 --start 8
convbound bound --scheme docs/examples/own_schemes.py:Ternary --set eta=1/16 --L 1 --d 20 --gap 640
convbound verify docs/examples/own_schemes_claims.py
"""

from convbound.schemes import CoordinateScheme, Positive, Probability, Share, floor, sign


class Ternary(CoordinateScheme):
    """Move by -sign(g) with probability eta |g|; no slope may exceed 1 / eta."""

    eta: Positive

    def law(self, g):
        """One move, or none."""
        return [(sign(g), self.eta * abs(g))]

    def moments(self, g):
        """The mean and the second moment of the move."""
        return self.eta * g, self.eta * abs(g)

    def constants(self, d):
        """Those of (2.2) and (2.3)."""
        return {"alpha": self.eta, "mu": 1, "M": d / (4 * self.eta), "M_G": 1}


class Rounded(CoordinateScheme):
    """Stochastic rounding of eta g."""

    eta: Positive

    def law(self, g):
        """The two neighbours of eta |g|, with the sign of g."""
        whole = floor(self.eta * abs(g))
        rest = self.eta * abs(g) - whole
        return [(sign(g) * whole, 1 - rest), (sign(g) * (whole + 1), rest)]

    def constants(self, d):
        """Those of (2.2) and (2.3): rounding adds at most a quarter a coordinate."""
        return {"alpha": self.eta, "mu": 1, "M": d / (4 * self.eta), "M_G": 1}


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
    p: Share = 0.5

    def law(self, g):
        """The slope, enlarged, or nothing."""
        return [(self.eta * g / self.p, self.p)]

    def moments(self, g):
        """Unbiased, and 1 / p = 1 + omega times as large."""
        return self.eta * g, self.eta**2 * g**2 / self.p

    def constants(self, d):
        """Those of (2.2) and (2.3)."""
        return {"alpha": self.eta, "mu": 1, "M": 0, "M_G": 1 / self.p}
