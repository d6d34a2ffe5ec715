"""Whether a sampler follows an exactly known law: a chi-square test, and a test valid at any sample size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Cells with a smaller expected count are pooled, least likely first (Cochran's rule).
LEAST_EXPECTED = 5.0


@dataclass(frozen=True)
class ChiSquare:
    """Pearson's statistic over `cells` cells (after pooling) and its asymptotic p-value."""

    statistic: float
    cells: int
    p_value: float


def chi_square_fit(observed: npt.NDArray[np.int64], probabilities: npt.NDArray[np.float64]) -> ChiSquare:
    """Pearson's chi-square of counts (shape (N,)) against probabilities that sum to one.

    A count in a cell of probability zero has p-value zero. With fewer than two cells after pooling nothing is tested,
    and the p-value is one.
    """
    from scipy.stats import chi2

    if np.any(observed[probabilities == 0] > 0):
        return ChiSquare(float("inf"), int(np.count_nonzero(probabilities)), 0.0)
    order = np.argsort(probabilities)
    expected = probabilities[order] * observed.sum()
    small = int(np.searchsorted(expected, LEAST_EXPECTED))
    while 0 < small < expected.size and expected[:small].sum() < LEAST_EXPECTED:
        small += 1
    counts = observed[order]
    counts = np.concatenate(([counts[:small].sum()], counts[small:])) if small else counts
    expected = np.concatenate(([expected[:small].sum()], expected[small:])) if small else expected
    if expected.size < 2:
        return ChiSquare(0.0, int(expected.size), 1.0)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return ChiSquare(statistic, int(expected.size), float(chi2.sf(statistic, expected.size - 1)))


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
