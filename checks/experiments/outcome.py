"""What came of a printed number: reproduced, not reproduced, or impossible by a theorem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from convbound.bounds.verdict import Verdict
from convbound.bounds.verdicts import verdict_of_claim

NEAR = 2.0  # standard deviations of one run
# a printed distance of weights that no feasible weights have, in this norm: (row, norm) -> the theorem
IMPOSSIBLE = {
    ("SGDA (eps = 0.01)", "l1"): "askewsgd:table-2/l1",
    ("SGDA (eps = 0.01)", "l2"): "askewsgd:table-2/l2",
    ("SGDA (eps = 0.01)", "mean absolute"): "askewsgd:table-2/mean-absolute",
    ("SGDA (eps = 0.01)", "root mean square"): "askewsgd:table-2/rms",
}


@dataclass(frozen=True)
class Outcome:
    """A printed number beside what was measured in one reading; `z` is in standard deviations of one run."""

    row: str
    reading: str
    printed: float
    mean: float
    spread: float
    z: float
    verdict: str
    by: str = ""  # the theorem, where the number is impossible for feasible weights


def outcome(row: str, reading: str, printed: float, measured: Sequence[float]) -> Outcome:
    """Judge a printed number by the runs; one run was printed, so the spread is that of a single run."""
    values = np.asarray(measured, dtype=float)
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    z = (printed - mean) / spread if spread > 0 else float("inf") * np.sign(printed - mean) if printed != mean else 0.0
    theorem = IMPOSSIBLE.get((row, reading), "")
    if theorem and verdict_of_claim(theorem).verdict == Verdict.PROVED:
        return Outcome(row, reading, printed, mean, spread, float(z), "impossible for feasible weights", theorem)
    verdict = "reproduced" if abs(z) <= NEAR else "not reproduced"
    return Outcome(row, reading, printed, mean, spread, float(z), verdict)


def consistent(outcomes: Sequence[Outcome]) -> Mapping[str, tuple[int, int]]:
    """For each reading: how many of its rows are reproduced, of how many. One that has all explains the table."""
    found: dict[str, tuple[int, int]] = {}
    for o in outcomes:
        good, all_ = found.get(o.reading, (0, 0))
        found[o.reading] = (good + (o.verdict == "reproduced"), all_ + 1)
    return found
