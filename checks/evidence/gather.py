"""Evidence for claims and for the engines that draw it: exact or Monte Carlo, one error budget, any executor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError
from convbound.bounds.plain_data import Json, JsonObject
from convbound.checks.evidence.engines import EngineCheck, engine_checks, engine_evidence
from convbound.checks.evidence.reading import Number, as_float, broken_hypothesis, compare, misgiven
from convbound.checks.evidence.record import Instance, Level
from convbound.checks.evidence.registry import ClaimCheck, checks_of
from convbound.checks.executors import SerialExecutor
from convbound.checks.report.document import EngineEvidence
from convbound.checks.simulation.trajectories.engines import has_numba
from convbound.checks.statistics import (
    Experiment,
    Journal,
    Outcome,
    Quantity,
    Relation,
    Verdict,
    run_experiments,
    worst,
)
from convbound.proofs.record import Evidence

if TYPE_CHECKING:
    from convbound.proofs.claims import Claim

# K on the longest sampled trajectory: what half a minute, ten minutes and a machine without numba can afford.
STEPS, STEPS_WITH_TIME, STEPS_WITHOUT_NUMBA = 100_000, 10_000_000, 2_000
MUCH_TIME = 600.0


@dataclass(frozen=True)
class Findings:
    """What a call found of the claims and, where it sampled, of the engines."""

    evidence: tuple[Evidence, ...]
    engines: tuple[EngineEvidence, ...] = ()


@dataclass(frozen=True)
class Question:
    """One instance of a check, with what the claim says there: a relation and the claimed numbers."""

    check: ClaimCheck
    instance: Instance
    name: str
    relation: Relation
    claimed: tuple[Number, ...]


def longest_run(budget: float) -> int:
    """K of the longest sampled trajectory that a budget in seconds affords."""
    if not has_numba():
        return STEPS_WITHOUT_NUMBA
    return STEPS_WITH_TIME if budget >= MUCH_TIME else STEPS


def gather(
    claims: Sequence[Claim],
    level: Level = "montecarlo",
    *,
    seed: int = 0,
    alpha: float = 1e-9,
    tolerance: float = 0.02,
    budget: float = 50.0,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    every_engine: bool = True,
    checkpoint: Path | None = None,
) -> Findings:
    """Evidence for those of the claims that have any, in their order.

    What a contradicted engine drew is not used.

    Args:
        claims: claims of any libraries.
        level: `exact`, where every instance is enumerated in rational arithmetic, or `montecarlo`, where every instance
            is a sequential test, and so is every engine if one draws for an instance.
        seed: of all that is drawn.
        alpha: at most the probability that any verdict of the call is wrong; split evenly over all numbers tested.
        tolerance: the relative distance from a claim within which it is `supported`.
        budget: seconds; what is undecided then is `open`.
        executor: where the work runs; by default here.
        progress: told (finished, of all).
        every_engine: whether engines are tested that draw for none of the instances.
        checkpoint: a file in which the draws are remembered.

    Raises:
        InputError: alpha or the tolerance is out of range, the level is unknown, an instance does not fit its claim,
            or the checkpoint belongs to another run.
    """
    if not 0 < alpha <= 1e-3:
        raise InputError(f"alpha must be above 0 and at most 0.001, not {alpha}.")
    if not 0 < tolerance < 1:
        raise InputError(f"the tolerance must lie between 0 and 1, not {tolerance}.")
    if level not in ("exact", "montecarlo"):
        raise InputError(f"there is no level {level!r} of evidence; choose exact or montecarlo.")
    cases = {check.name: cases_of(check, level, longest_run(budget)) for check in checks_of(claims)}
    cases = {name: found for name, found in cases.items() if found}
    if level == "exact":
        return Findings(tuple(examine_exactly(cases, executor)))
    if not cases:
        return Findings(())
    used = {name for found in cases.values() for case in found for name in case.instance.engines}
    chosen = [check for check in engine_checks() if every_engine or check.name in used] if used else []
    options: JsonObject = {"seed": seed, "alpha": alpha, "tolerance": tolerance, "budget": budget}
    options["progress"] = progress
    return sample(cases, chosen, executor=executor, checkpoint=checkpoint, **options)


def cases_of(check: ClaimCheck, level: Level, longest: int) -> list[Question]:
    """What the claim says at each of its instances.

    Raises:
        InputError: an instance lacks a value, breaks a declaration or hypothesis of the claim, or is none of a limit.
    """
    instances = check.instances(longest)[0 if level == "exact" else 1]
    found = []
    for k, instance in enumerate(instances):
        where = f"evidence for {check.name}, instance {instance.text!r}"
        values = instance.values()
        wrong = misgiven(check.claim, values)
        if wrong is not None:
            raise InputError(f"{where}: {wrong}.")
        broken = broken_hypothesis(check.claim, values)
        if broken is not None:
            raise InputError(f"{where}: the claim's hypothesis does not hold there: {broken}.")
        if check.conclusion.about_a_limit and not instance.stationary():
            raise InputError(f"{where}: the claim is about a limit, and an average over K steps need not be that.")
        try:
            relation, claimed = check.conclusion.at(values)
        except InputError as problem:
            raise InputError(f"{where}: {problem}") from None
        found.append(Question(check, instance, f"{check.name}#{k}", relation, tuple(claimed)))
    return found


# -------------------------------------------------------------------------------------------------- the exact level


def examine_exactly(cases: Mapping[str, Sequence[Question]], executor: Executor | None) -> list[Evidence]:
    """Every instance that can be enumerated, compared in rational arithmetic."""
    executor = executor or SerialExecutor()
    rows = {name: [(case, executor.submit(case.instance.exact)) for case in found] for name, found in cases.items()}
    results = {name: [(case, future.result()) for case, future in row] for name, row in rows.items()}
    known = {name: [(case, numbers) for case, numbers in row if len(numbers)] for name, row in results.items()}
    return [_exact_evidence(name, row) for name, row in known.items() if row]


def _exact_evidence(name: str, row: Sequence[tuple[Question, Sequence[Number]]]) -> Evidence:
    compared: list[tuple[Verdict, Question, float, float]] = []
    for case, numbers in row:
        for true, claimed in zip(numbers, case.claimed, strict=True):
            verdict = compare(Fraction(true), case.relation, claimed)
            compared.append((verdict, case, float(true), as_float(claimed)))
    verdict = worst([v for v, *_ in compared])
    _, case, true, claimed = next(found for found in compared if found[0] == verdict)
    text = (
        f"{verdict} by exact enumeration of {len(row)} instances; "
        f"{case.instance.text}: E = {true:.6g}, claimed {case.relation} {claimed:.6g}"
    )
    interval, quantity = (true, true), case.instance.text
    return Evidence(name, "exact", verdict, case.relation, true, interval, claimed, len(row), 0, 0.0, 0, quantity, text)


# --------------------------------------------------------------------------------------------------------- sampling


def sample(
    cases: Mapping[str, Sequence[Question]],
    engines: Sequence[EngineCheck],
    *,
    executor: Executor | None = None,
    checkpoint: Path | None = None,
    seed: int = 0,
    alpha: float = 1e-9,
    tolerance: float = 0.02,
    **options: Json,
) -> Findings:
    """Sequential tests of all cases and all engines, under one alpha."""
    of_engines = [experiment for check in engines for experiment in check.experiments]
    # Instances that several claims share are drawn for each claim apart: verdicts stay independent of --only.
    of_claims = [_experiment(case) for found in cases.values() for case in found]
    journal = None
    if checkpoint is not None:
        journal = Journal(checkpoint, _identity(cases, of_engines + of_claims, seed, alpha, tolerance))
    settings: JsonObject = {"seed": seed, "alpha": alpha, "tolerance": tolerance, "journal": journal}
    outcomes = iter(run_experiments([*of_engines, *of_claims], executor=executor, **settings, **options))
    judged = [engine_evidence(check, [next(outcomes) for _ in check.experiments]) for check in engines]
    refused = {e.name for e in judged if e.verdict == "contradicted"}
    evidence = []
    for name, found in cases.items():
        drawn = [next(outcomes) for _ in found]
        # where the engine is contradicted by itself, nothing more needs to be said of what it drew
        strays = [(q, o) for q, o in zip(found, drawn, strict=True) if _strayed(o)]
        judged += [_stray(q, o) for q, o in strays if not refused & {*q.instance.engines}]
        evidence.append(_sampled_evidence(name, found, drawn, refused, seed, tolerance))
    return Findings(tuple(evidence), tuple(judged))


def _experiment(case: Question) -> Experiment:
    claimed = [as_float(x) for x in case.claimed]
    ranges = case.instance.ranges()
    if len(ranges) != len(claimed):
        raise InputError(
            f"evidence for {case.check.name}, instance {case.instance.text!r}: "
            f"{len(ranges)} numbers are measured and {len(claimed)} are claimed."
        )
    largest = max(abs(x) for x in claimed)
    quantities = tuple(
        Quantity(
            case.instance.text + (f" [{k}]" if len(claimed) > 1 else ""), case.relation, x, *ends, abs(x) or largest
        )
        for k, (x, ends) in enumerate(zip(claimed, ranges, strict=True))
    )
    steps, sampler = case.instance.steps, case.instance.sampler()
    first, largest_batch = (512, 1 << 17) if steps == 0 else (64, max(8, min(4096, 20_000_000 // steps)))
    home = getattr(sampler, "draw", type(sampler)).__module__
    return Experiment(
        case.name,
        sampler,
        quantities,
        min(first, largest_batch),
        largest_batch,
        local=not home.startswith("convbound."),
    )


def _identity(
    cases: Mapping[str, Sequence[Question]], experiments: Sequence[Experiment], *settings: float
) -> list[object]:
    """What decides the numbers of a run: the statements of the claims, what is tested, and the settings."""
    from convbound.checks.report.document import installed_versions
    from convbound.proofs.statement import statement

    claims = {name: statement(found[0].check.claim) for name, found in cases.items()}
    tests = [[e.name, e.first_batch, e.largest_batch, e.most_samples, repr(e.quantities)] for e in experiments]
    return [claims, tests, settings, has_numba(), installed_versions()]


def _strayed(outcome: Outcome) -> bool:
    return any(x is not None for x in outcome.strays)


def _stray(case: Question, outcome: Outcome) -> EngineEvidence:
    """A draw outside its range speaks against the instance, its sampler or its range, and not against the claim."""
    (k, value), *_ = [(k, x) for k, x in enumerate(outcome.strays) if x is not None]
    quantity = outcome.experiment.quantities[k]
    low, high = case.instance.ranges()[k]
    text = f"contradicted: a draw of {value:.6g} for {quantity.name}, outside its range from {low:.6g} to {high:.6g}"
    name = f"instances of {case.check.name}"
    return EngineEvidence(name, "contradicted", quantity.name, 1, outcome.samples, 0.0, text)


def _sampled_evidence(
    name: str, cases: Sequence[Question], outcomes: Sequence[Outcome], refused: set[str], seed: int, tolerance: float
) -> Evidence:
    """The worst outcome over all instances speaks for the claim: a contradiction, else what is open, else support."""
    unusable = {x for case in cases for x in case.instance.engines if x in refused}
    drawn = [replace(o, verdict="open") if unusable or _strayed(o) else o for o in outcomes]
    verdict = worst([o.verdict for o in drawn])
    decisive = next(k for k, o in enumerate(drawn) if o.verdict == verdict)
    outcome = outcomes[decisive]
    k = next((k for k, v in enumerate(outcome.verdicts) if v == verdict), 0)
    quantity, interval = outcome.experiment.quantities[k], outcome.intervals[k]
    samples, spent = sum(o.samples for o in outcomes), sum(o.alpha for o in outcomes)
    within = f" to {100 * tolerance:g} %" if verdict == "supported" else ""
    text = (
        f"{verdict}{within} by {samples} draws over {len(cases)} instances, error at most {spent:.1e}; decisive: "
        f"{quantity.name}: E in [{interval.low:.6g}, {interval.high:.6g}], "
        f"claimed {quantity.relation} {quantity.claimed:.6g}"
    )
    if unusable:
        text = f"open: drawn by {', '.join(sorted(unusable))}, which does not follow its law, and so not used"
    elif _strayed(outcome):
        text = f"open: a draw for {quantity.name} was outside its range, so nothing follows from the draws"
    estimate, ends = outcome.estimates[k], (interval.low, interval.high)
    return Evidence(
        name,
        "montecarlo",
        verdict,
        quantity.relation,
        estimate,
        ends,
        quantity.claimed,
        len(cases),
        samples,
        spent,
        seed,
        quantity.name,
        text,
    )
