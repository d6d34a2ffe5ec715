"""What a trajectory's step is measured against: ten compiled lines, and SciPy's alias table built at every step."""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.stats.sampling import DiscreteAliasUrn


@njit
def ten_lines(a, b, w, n, steps, rng):
    """ZIM with c = 1, r = 1 on the quadratic with curvatures a and centres b, O(d) a step, in place."""
    d = w.size
    upto = np.empty(d)
    for _ in range(steps):
        total = 0.0
        for i in range(d):
            total += abs(a[i] * (w[i] - b[i])) + 1.0
            upto[i] = total
        where = np.searchsorted(upto, rng.random(n) * total)
        moves = np.sign(a[where] * (w[where] - b[where]))
        for k in range(n):
            w[where[k]] -= moves[k]


def urn_steps(problem, w, n, steps, rng):
    """The same with SciPy's urn."""
    for _ in range(steps):
        g = problem.gradient(w)
        q = np.abs(g) + 1.0
        where = DiscreteAliasUrn(q / q.sum(), random_state=rng).rvs(n)
        np.subtract.at(w, where, np.sign(g[where]))
