"""Whether a sampler follows the law of a scheme, in experiments under one error budget, and if not, what it does.

Every experiment draws at one gradient where the law is enumerated: it watches the support and the whole law, the mean
of each coordinate, the second and the cross moments, and the independence of successive draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.conformance.cases import Case, Gradient, case_of
from convbound.checks.conformance.foreign_sampler import ForeignSampler
from convbound.checks.conformance.rivals import likeliest, rival_experiments
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.statistics import (
    Experiment,
    Law,
    Outcome,
    Quantity,
    Rival,
    Successive,
    law_evidence,
    run_experiments,
)
from convbound.checks.statistics.decision import Tested

Verdict = Literal["conforms", "does not conform", "open"]

MOST_CELLS = 256
# Where a law is confirmed: within this distance in total variation. Means decide long before.
LAW_WITHIN = 0.05
NOT_QUITE = 0.9
DIAGNOSED = 20_000  # draws from which a wrong law is told
PLAUSIBLE = 12.0  # log of the e-value up to which a wrong law is called what the sampler follows
PROBES = 64
WRONG = "contradicted"
# Slopes of both signs, equal and unequal, zero, and one coordinate alone.
GRADIENTS: tuple[tuple[str, ...], ...] = (
    ("1", "-1/2", "0", "1/4"),
    ("1/2", "-1/2"),
    ("3/4",),
    ("0", "0"),
    ("2", "1", "-3/2"),
    ("1/8", "-1/16", "0"),
)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it stands, in words."""

    holds: bool | None  # None: undecided
    text: str


@dataclass(frozen=True)
class Conformance:
    """The answer: `explanation` says what a sampler that does not conform seems to do, where a wrong law fits."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    explanation: str | None
    draws: int
    alpha: float


def cases_of(scheme: Scheme, gradients: Sequence[Gradient] | None = None) -> list[Case]:
    """The gradients at which the scheme has a law that is small enough to enumerate; by default those of `GRADIENTS`,
    or an eighth of one where the law needs smaller slopes.

    Raises:
        InputError: there is none.
    """
    scales = (Fraction(1),) if gradients is not None else (Fraction(1), Fraction(1, 8))
    cases = []
    for gradient in [tuple(map(Fraction, g)) for g in GRADIENTS] if gradients is None else gradients:
        for scale in scales:
            smaller = tuple(x * scale for x in gradient)
            try:
                case = case_of(scheme.exact_law(list(smaller)), smaller)
            except InputError:
                continue
            if len(case.vectors) <= MOST_CELLS:
                cases.append(case)
                break
    if not cases:
        raise InputError(f"{scheme.text()} has no law that can be enumerated at these gradients; name others.")
    return cases


@dataclass(frozen=True, eq=False)
class CaseSampler:
    """Draws of a foreign sampler: the cell, then each moment; shape (size, 1 + moments)."""

    sampler: ForeignSampler
    case: Case

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 1 + moments)."""
        draws = self.sampler.updates(np.array([float(x) for x in self.case.gradient]), size, rng)
        return np.column_stack([self.case.cells(draws), *(values for _, values in moments(draws))])


def moments(vectors: Floats) -> list[tuple[str, Floats]]:
    """Each coordinate, the squared norm, and the product of each pair of coordinates, with their names."""
    d = vectors.shape[1]
    means = [(f"mean of coordinate {i + 1}", vectors[:, i]) for i in range(d)]
    square = [("mean of |x|²", (vectors**2).sum(axis=1))]
    pairs = itertools.combinations(range(d), 2)
    cross = [(f"mean of x{i + 1} x{j + 1}", vectors[:, i] * vectors[:, j]) for i, j in pairs]
    return means + square + cross


def experiment_of(sampler: ForeignSampler, case: Case, within: float) -> Experiment:
    """Everything that is watched at one gradient; a mean is never confirmed that is off by the share `within`."""
    shares = tuple(case.shares.tolist())
    quantities: list[Tested] = [Law(f"{case.text}: the law", shares, LAW_WITHIN)]
    columns = [0]
    if len(shares) > 1:
        quantities.append(Successive(f"{case.text}: independence of successive draws", shares, 2 * LAW_WITHIN))
        columns.append(0)
    for k, (name, values) in enumerate(moments(case.vectors)):
        mean, low, high = float(values @ case.shares), float(values.min()), float(values.max())
        if low < high:
            size = float(np.sqrt(values**2 @ case.shares))
            # a mean that is off by that share must not be confirmed
            slack = NOT_QUITE * within * abs(mean) if k < len(case.gradient) and mean else within * size
            quantities.append(Quantity(f"{case.text}: {name}", "=", mean, low, high, within=slack))
            columns.append(k + 1)
    return Experiment(
        f"conform {case.text}",
        CaseSampler(sampler, case),
        tuple(quantities),
        256,
        1 << (16 if sampler.batched else 12),
        1 << 24,
        columns=tuple(columns),
        local=True,
    )


def conform(
    sampler: ForeignSampler,
    scheme: Scheme,
    *,
    gradients: Sequence[Gradient] | None = None,
    seed: int = 0,
    alpha: float = 1e-9,
    within: float = 0.01,
    budget: float = 300.0,
) -> Conformance:
    """Compare a sampler with the law of a scheme; the error probability of the whole answer is at most alpha.

    Args:
        sampler: what is judged.
        scheme: whose law it should follow, on the unit lattice.
        gradients: where; by default at a few small ones, as far as the scheme has a law there.
        seed: of the generators that the sampler is given.
        alpha: the error probability.
        within: means count as confirmed within this share of their size.
        budget: seconds; what is undecided then is open.

    Raises:
        InputError: the sampler fails, or no law can be enumerated.
    """
    cases = cases_of(scheme, gradients)
    findings = look_at(sampler, cases, seed)
    experiments = [experiment_of(sampler, case, within) for case in cases]
    more = cases_of(scheme, scheme.telling) if gradients is None and scheme.telling else []
    told, beyond = rival_experiments(sampler, scheme, [*cases, *more], within)
    findings += [Finding(None, text) for text in beyond]
    experiments += told
    outcomes = run_experiments(experiments, seed=seed, alpha=alpha, tolerance=within, budget=budget)
    findings += [finding for outcome in outcomes for finding in findings_of(outcome)]
    wrong = {type(q) for o in outcomes for q, v in zip(o.experiment.quantities, o.verdicts, strict=True) if v == WRONG}
    verdict: Verdict = "conforms"
    if any(finding.holds is False for finding in findings):
        verdict = "does not conform"
    elif any(outcome.verdict == "open" for outcome in outcomes):
        verdict = "open"
    explanation = explain(sampler, scheme, cases, seed) if wrong else None
    explanation = explanation or likeliest(outcomes)
    if wrong == {Successive}:
        explanation = "each draw is right by itself, and depends on an earlier one"
    draws = sum(outcome.samples for outcome in outcomes)
    return Conformance(verdict, tuple(findings), explanation, draws, sum(outcome.alpha for outcome in outcomes))


def findings_of(outcome: Outcome) -> list[Finding]:
    """Each quantity that an experiment decided against, or else one line."""
    wrong = []
    name = outcome.experiment.name.removeprefix("conform ")
    for k, quantity in enumerate(outcome.experiment.quantities):
        if outcome.verdicts[k] != "contradicted":
            continue
        interval, stray = outcome.intervals[k], outcome.strays[k]
        if isinstance(quantity, Rival):
            wrong.append(Finding(False, f"{name}: excluded; what is drawn is more as if {quantity.name}"))
            continue
        said = f"in [{interval.low:.6g}, {interval.high:.6g}], should be {quantity.claimed:.6g}"
        if isinstance(quantity, Law | Successive):
            said = f"at a distance of {interval.low:.3g} to {interval.high:.3g} in total variation"
        if stray is not None:
            said = "an update that cannot occur was drawn" if isinstance(quantity, Law) else "a move beyond its range"
        wrong.append(Finding(False, f"{quantity.name}: {said}"))
    if wrong:
        return wrong
    if outcome.verdict == "open":
        return [Finding(None, f"{name}: undecided after {outcome.samples} draws")]
    if all(isinstance(quantity, Rival) for quantity in outcome.experiment.quantities):
        others = "; ".join(quantity.name for quantity in outcome.experiment.quantities)
        return [Finding(True, f"{name}: it is excluded that {others}; {outcome.samples} draws")]
    return [Finding(True, f"{name}: support, law, moments and independence, {outcome.samples} draws")]


def look_at(sampler: ForeignSampler, cases: Sequence[Case], seed: int) -> list[Finding]:
    """What needs no statistics: types of numbers, lengths, seeds, points where nothing may move."""
    first = max(cases, key=lambda case: len(case.vectors))
    gradient = np.array([float(x) for x in first.gradient])
    shaped = gradient[None] if sampler.batched else gradient
    found = []
    single = np.asarray(sampler.raw(shaped, stream(seed, 1), "float32"))
    finite = bool(np.isfinite(single.astype(np.float64)).all())
    found.append(Finding(finite, f"takes float32 and returns {single.dtype}{'' if finite else ', not all finite'}"))
    draws = sampler.updates(gradient, PROBES, stream(seed, 2))
    if all(np.array_equal(v, np.round(v)) for case in cases for v in case.vectors):
        whole = bool(np.array_equal(draws, np.round(draws)))
        found.append(Finding(whole, "moves are whole steps" if whole else "moves are not whole steps of the lattice"))
    if sampler.random:
        again = sampler.updates(gradient, PROBES, stream(seed, 2))
        others = sampler.updates(gradient, PROBES, stream(seed, 3))
        same = bool(np.array_equal(draws, again))
        found.append(Finding(same, "the same seed gives the same draws" if same else "it ignores the seed it is given"))
        if len(first.vectors) > 1:
            differ = not np.array_equal(draws, others)
            found.append(Finding(differ, "another seed gives others" if differ else "every seed gives the same draws"))
    return found


def explain(sampler: ForeignSampler, scheme: Scheme, cases: Sequence[Case], seed: int) -> str | None:
    """The wrong law that explains best what is drawn at every gradient: a guess, tested on fresh draws.

    None where so few draws are explained by the right law, too.
    """
    drawn = []
    for number, case in enumerate(cases):
        rng = stream(seed, 4, number)
        drawn.append(sampler.updates(np.array([float(x) for x in case.gradient]), DIAGNOSED // len(cases), rng))
    flipped: list[tuple[str, float, Scheme]] = [
        ("the sign is the other one: it returns what is added to w, not what is subtracted", -1.0, scheme),
        ("every update is twice as long", 0.5, scheme),
        ("every update is half as long", 2.0, scheme),
    ]
    if max(surprise(scheme, case.gradient, x) for case, x in zip(cases, drawn, strict=True)) <= PLAUSIBLE:
        return None
    best: tuple[float, str] | None = None
    for text, factor, wrong in [*flipped, *((text, 1.0, wrong) for text, wrong in scheme.mistakes())]:
        total = 0.0
        for case, draws in zip(cases, drawn, strict=True):
            total = max(total, surprise(wrong, case.gradient, draws * factor))
        if total <= PLAUSIBLE and (best is None or total < best[0]):
            best = (total, text)
    if best is not None:
        return best[1]
    if all(np.array_equal(draws, 0 * draws) for draws in drawn):
        return "it never moves"
    return None


def surprise(scheme: Scheme, gradient: Gradient, draws: Floats) -> float:
    """The log of the e-value against a law; infinite where a draw cannot occur, or there is no law."""
    try:
        case = case_of(scheme.exact_law(list(gradient)), gradient)
    except InputError:
        return float("inf")
    cells = case.cells(draws)
    if (cells < 0).any():
        return float("inf")
    return float(law_evidence(np.bincount(cells.astype(np.int64), minlength=len(case.shares)), case.shares))
