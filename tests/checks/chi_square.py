"""Pearson's chi-square test of a sampler, beside the tests of the tool, which hold at any sample size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

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
