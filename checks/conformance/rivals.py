"""Parameters a little off: each is told from the right one at the gradient where that takes the fewest draws."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.conformance.cases import Case, case_of
from convbound.checks.conformance.foreign_sampler import ForeignSampler
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.statistics import Experiment, Outcome, Rival

PRICE = 30.0  # about the log of 1/alpha for one of some hundred quantities
FITS = 0.9  # the log of a factor; a test that happens to stop early makes it large
MOST, MOST_ONE_BY_ONE = 1 << 24, 1 << 21  # draws


@dataclass(frozen=True, eq=False)
class CellSampler:
    """The place of each draw of a foreign sampler among the vectors of a case; shape (size, 1)."""

    sampler: ForeignSampler
    case: Case

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 1)."""
        draws = self.sampler.updates(np.array([float(x) for x in self.case.gradient]), size, rng)
        return self.case.cells(draws)[:, None]


def rival_experiments(
    sampler: ForeignSampler, scheme: Scheme, cases: Sequence[Case], within: float
) -> tuple[list[Experiment], list[str]]:
    """An experiment for each gradient at which some parameter that is off by the share `within` is told best.

    Also, in words, the parameters that cannot be told in so many draws.
    """
    most = MOST if sampler.batched else MOST_ONE_BY_ONE
    found: dict[int, list[Rival]] = {}
    beyond = []
    for words, wrong in scheme.rivals(within):
        telling = [(rival.information, k, rival) for k, rival in _told(words, wrong, cases)]
        best = max(telling, key=lambda x: x[0], default=None)
        if best is None or best[0] * most < 2 * PRICE:
            short = "no number of draws shows it"
            if best is not None and best[0] > 0:
                short = f"it takes about {PRICE / best[0]:.1g} draws"
            beyond.append(f"that {words} cannot be told here: {short}")
        else:
            found.setdefault(best[1], []).append(best[2])
    return [_experiment(sampler, cases[k], tuple(rivals), most) for k, rivals in found.items()], beyond


def _told(words: str, wrong: Scheme, cases: Sequence[Case]) -> Iterator[tuple[int, Rival]]:
    """The rival at each gradient where it has a law, and another one."""
    for k, case in enumerate(cases):
        try:
            other = case_of(wrong.exact_law(list(case.gradient)), case.gradient)
        except InputError:
            continue
        cells = case.cells(other.vectors)
        known = cells >= 0
        shares = np.bincount(cells[known].astype(np.int64), weights=other.shares[known], minlength=len(case.shares))
        if np.abs(shares - case.shares).max() > 0:
            yield k, Rival(words, tuple(case.shares.tolist()), tuple(shares.tolist()))


def _experiment(sampler: ForeignSampler, case: Case, rivals: tuple[Rival, ...], most: int) -> Experiment:
    largest = 1 << (16 if sampler.batched else 12)
    columns = (0,) * len(rivals)
    name = f"parameters at {case.text}"
    return Experiment(name, CellSampler(sampler, case), rivals, 256, largest, most, columns=columns, local=True)


def likeliest(outcomes: Sequence[Outcome]) -> str | None:
    """The rival that the draws follow, of those that exclude the law; None where none fits.

    Under the rival the log of the likelihood ratio grows with every draw by as much as it falls under the law.
    """
    best: tuple[float, str] | None = None
    for outcome in outcomes:
        for k, quantity in enumerate(outcome.experiment.quantities):
            if isinstance(quantity, Rival) and outcome.verdicts[k] == "contradicted" and outcome.strays[k] is None:
                growth = outcome.estimates[k] / (outcome.samples * quantity.information)
                misfit = abs(math.log(growth))
                if misfit <= FITS and (best is None or misfit < best[0]):
                    best = misfit, quantity.name
    return best[1] if best is not None else None
