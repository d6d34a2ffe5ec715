"""Whether a sampler follows an exactly known law: a test valid at any sample size."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def log_mixture(counts: npt.NDArray[np.int64]) -> float:
    """The logarithm of the probability of these counts, in their order, under a Dirichlet(1/2) mixture of all laws."""
    from scipy.special import gammaln

    mixture = gammaln(counts + 0.5).sum() - counts.size * gammaln(0.5)
    return float(mixture + gammaln(counts.size / 2) - gammaln(counts.sum() + counts.size / 2))


def law_evidence(observed: npt.NDArray[np.int64], probabilities: npt.NDArray[np.float64]) -> float:
    """The logarithm of an e-value against the law: under it, P(it ever reaches log(1 / alpha)) <= alpha.

    The e-value is the probability of the sample under a Dirichlet(1/2) mixture of all laws, divided by that under the
    given one: a nonnegative martingale, whatever the sample size (Ville's inequality), with no asymptotics.
    """
    if np.any(observed[probabilities == 0] > 0):
        return float("inf")
    possible = probabilities > 0
    counts, p = observed[possible], probabilities[possible]
    return log_mixture(counts) - float((counts * np.log(p)).sum())


def regret(counts: npt.NDArray[np.int64]) -> float:
    """How much less likely the counts are under the mixture than under the law that fits them best, as a logarithm."""
    seen = counts[counts > 0]
    return float((seen * np.log(seen / counts.sum())).sum()) - log_mixture(counts)
