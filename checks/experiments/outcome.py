"""What came of a printed number: reproduced, not reproduced, excluded at a stated error, or impossible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

NEAR = 2.0  # standard deviations of one run
MOST = 0.05  # an exclusion with a larger probability of error is none
REPRODUCED, NOT_REPRODUCED, EXCLUDED, IMPOSSIBLE = "reproduced", "not reproduced", "excluded", "impossible"


@dataclass(frozen=True)
class Outcome:
    """A printed number beside what was measured in one reading of it, under one choice of what is left open.

    `z` is in standard deviations of one run. `by` says what excludes the number or makes it impossible, and for which
    weights; `error` is the probability that an exclusion is wrong.
    """

    row: str
    reading: str
    choice: str
    printed: float
    mean: float
    spread: float
    z: float
    verdict: str
    by: str = ""
    error: float | None = None


@dataclass(frozen=True)
class Objection:
    """Why a printed number cannot be what it is read as: a certificate, or a statistical exclusion with its error."""

    by: str
    error: float | None = None


def outcome(
    row: str,
    reading: str,
    printed: float,
    measured: Sequence[float],
    *,
    choice: str = "",
    objection: Objection | None = None,
    averaged: int = 1,
) -> Outcome:
    """Judge a printed number by the runs.

    Args:
        row: of the printed table.
        reading: what the number is taken for.
        printed: the number.
        measured: the same of every run.
        choice: of what is left open.
        objection: what excludes the number, whatever was measured.
        averaged: of how many runs what is printed is the mean; the spread is that of such a mean.
    """
    values = np.asarray(measured, dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverged has numbers that are none
        mean, spread = float(values.mean()), float(values.std(ddof=1)) / averaged**0.5
    gap = printed - mean
    z = gap / spread if spread > 0 else float(np.sign(gap)) * float("inf") if gap else 0.0
    verdict = REPRODUCED if abs(z) <= NEAR else NOT_REPRODUCED
    by, error = "", None
    if objection is not None and (objection.error is None or objection.error <= MOST):
        verdict = IMPOSSIBLE if objection.error is None else EXCLUDED
        by, error = objection.by, objection.error
    return Outcome(row, reading, choice, printed, mean, spread, float(z), verdict, by, error)


def consistent(outcomes: Iterable[Outcome]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """For each choice and reading: how many of its rows are reproduced, of how many. One with all explains a table."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for o in outcomes:
        good, all_ = found.get((o.choice, o.reading), (0, 0))
        found[o.choice, o.reading] = (good + (o.verdict == REPRODUCED), all_ + 1)
    return found


def best_choice(outcomes: Iterable[Outcome]) -> tuple[str, str, int, int]:
    """The choice and the reading that explain most rows, how many, and of how many."""
    (choice, reading), (good, all_) = max(consistent(outcomes).items(), key=lambda item: item[1][0])
    return choice, reading, good, all_


def best_of_all(outcomes: Iterable[Outcome], tables: Iterable[Sequence[str]]) -> tuple[str, Sequence[str], int, int]:
    """One choice for all tables and a reading for each, that explain most rows together; how many, and of how many."""
    counts = consistent(outcomes)
    found: dict[str, tuple[list[str], int, int]] = {}
    for choice in dict.fromkeys(choice for choice, _ in counts):
        taken: list[str] = []
        good = all_ = 0
        for readings in tables:
            best = max((r for r in readings if (choice, r) in counts), key=lambda r: counts[choice, r][0], default=None)
            if best is not None:
                taken, good, all_ = [*taken, best], good + counts[choice, best][0], all_ + counts[choice, best][1]
        found[choice] = taken, good, all_
    choice = max(found, key=lambda c: found[c][1])
    return choice, *found[choice]
