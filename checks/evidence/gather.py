"""Evidence for claims: exact or Monte Carlo, one error budget, any executor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from fractions import Fraction
from typing import Any

from convbound.bounds.errors import InputError
from convbound.checks.evidence.claims import build_checks
from convbound.checks.evidence.record import ClaimCheck, Evidence, Instance, Level
from convbound.checks.executors import SerialExecutor
from convbound.checks.sequential import Experiment, Outcome, Quantity, Verdict, run_experiments
from convbound.checks.trajectories.engines import has_numba

# K on the longest sampled trajectory: what half a minute, ten minutes and a machine without numba can afford.
STEPS, STEPS_WITH_TIME, STEPS_WITHOUT_NUMBA = 100_000, 10_000_000, 2_000
MUCH_TIME = 600.0


def checks_within(budget: float) -> dict[str, ClaimCheck]:
    """All checks; trajectories grow with the budget (seconds)."""
    if not has_numba():
        return build_checks(STEPS_WITHOUT_NUMBA)
    return build_checks(STEPS_WITH_TIME if budget >= MUCH_TIME else STEPS)


def claims_with_evidence() -> list[str]:
    """The identifiers of all claims that can be checked against the world."""
    return list(build_checks(1))


def gather(
    claim_ids: Sequence[str] | None = None,
    level: Level = "montecarlo",
    seed: int = 0,
    alpha: float = 1e-9,
    tolerance: float = 0.02,
    budget: float = 50.0,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Evidence]:
    """Evidence for the claims named (all by default) that have any, in the order of the registry.

    At level "exact" every instance is enumerated in rational arithmetic. At level "montecarlo" every instance is a
    sequential test; the probability that any verdict of the call is wrong is at most `alpha`, which is split evenly.
    `supported` allows the claim a relative `tolerance`. `budget` is in seconds; what is undecided then is `open`.

    Raises:
        InputError: alpha or the tolerance is out of range, or the level is unknown.
    """
    if not 0 < alpha <= 1e-3:
        raise InputError(f"alpha must be above 0 and at most 0.001, not {alpha}.")
    if not 0 < tolerance < 1:
        raise InputError(f"the tolerance must lie between 0 and 1, not {tolerance}.")
    if level not in ("exact", "montecarlo"):
        raise InputError(f"there is no level {level!r} of evidence; choose exact or montecarlo.")
    known = checks_within(budget)
    chosen = [check for claim, check in known.items() if claim_ids is None or claim in claim_ids]
    return examine(
        chosen, level, seed=seed, alpha=alpha, tolerance=tolerance, budget=budget, executor=executor, progress=progress
    )


def examine(checks: Sequence[ClaimCheck], level: Level, *, executor: Executor | None, **options: Any) -> list[Evidence]:
    """The same for checks that need not be in the registry (false variants, users' claims)."""
    executor = executor or SerialExecutor()
    if level == "exact":
        futures = [[executor.submit(instance.exact) for instance in check.exact] for check in checks]
        return [
            _exact_evidence(check, [_compared(check, i, f.result()) for i, f in zip(check.exact, row, strict=True)])
            for check, row in zip(checks, futures, strict=True)
        ]
    experiments = {id(check): [_experiment(check, i) for i in range(len(check.sampled))] for check in checks}
    # Instances that several claims share are drawn for each claim apart: verdicts stay independent of --only.
    flat = [experiment for check in checks for experiment in experiments[id(check)]]
    outcomes = iter(run_experiments(flat, executor=executor, **options))
    return [_sampled_evidence(check, [next(outcomes) for _ in check.sampled], options["seed"]) for check in checks]


def _experiment(check: ClaimCheck, index: int) -> Experiment:
    instance = check.sampled[index]
    claimed = [float(x) for x in check.claimed(instance, float if check.roots else Fraction)]
    largest = max(abs(x) for x in claimed)
    quantities = tuple(
        Quantity(f"{instance.text} [{k}]", check.relation, x, low, high, abs(x) or largest)
        for k, (x, (low, high)) in enumerate(zip(claimed, instance.ranges(), strict=True))
    )
    steps = getattr(instance, "steps", 0)
    first, largest_batch = (512, 1 << 17) if steps == 0 else (64, max(8, min(4096, 20_000_000 // steps)))
    return Experiment(
        f"{check.claim}#{index}", instance.sampler(), quantities, min(first, largest_batch), largest_batch
    )


def _sampled_evidence(check: ClaimCheck, outcomes: list[Outcome], seed: int) -> Evidence:
    """The weakest outcome speaks for the claim: a contradiction, else what is open, else the narrowest escape."""
    verdict = _weakest([o.verdict for o in outcomes])
    decisive = next(o for o in outcomes if o.verdict == verdict)
    k = next(k for k, v in enumerate(decisive.verdicts) if v == verdict or verdict == "open")
    quantity, interval = decisive.experiment.quantities[k], decisive.intervals[k]
    samples, spent = sum(o.samples for o in outcomes), sum(o.alpha for o in outcomes)
    text = (
        f"{verdict} by {samples} draws over {len(outcomes)} instances, error at most {spent:.1e}; decisive: "
        f"{quantity.name} E in [{interval.low:.6g}, {interval.high:.6g}], "
        f"claimed {quantity.relation} {quantity.claimed:.6g}"
    )
    return Evidence(
        check.claim,
        "montecarlo",
        verdict,
        check.relation,
        decisive.estimates[k],
        (interval.low, interval.high),
        quantity.claimed,
        len(outcomes),
        samples,
        spent,
        seed,
        text,
    )


Comparison = tuple[Verdict, float, float, str]  # verdict, true value, claimed value, instance


def _compared(check: ClaimCheck, instance: Instance, expectations: Sequence[Any]) -> Comparison:
    """All numbers of one instance, compared exactly; the first that fails speaks, else the last."""
    claimed = check.claimed(instance, _interval if check.roots else Fraction)
    verdicts = []
    for true, bound in zip(expectations, claimed, strict=True):
        verdicts.append((compare(Fraction(true), check.relation, bound), true, bound))
    weakest = _weakest([v for v, *_ in verdicts])
    verdict, true, bound = next(row for row in verdicts if row[0] == weakest)
    return verdict, float(true), float(bound.mid if check.roots else bound), instance.text


def _interval(x: Any) -> Any:
    from mpmath import iv

    fraction = Fraction(x)
    return iv.mpf(fraction.numerator) / iv.mpf(fraction.denominator)


def compare(true: Fraction, relation: str, claimed: Any) -> Verdict:
    """Whether `true relation claimed` holds, in exact arithmetic; open where an interval for `claimed` cannot tell."""
    low, high = (claimed, claimed)
    if not isinstance(claimed, Fraction):
        low, high = (_fraction(claimed.a), _fraction(claimed.b))
    holds = {"<=": true <= low, ">=": true >= high, "=": low == true == high}[relation]
    fails = {"<=": true > high, ">=": true < low, "=": not low <= true <= high}[relation]
    return "supported" if holds else "contradicted" if fails else "open"


def _fraction(endpoint: Any) -> Fraction:
    from mpmath import libmp, mpf

    return Fraction(*libmp.to_rational(mpf(endpoint)._mpf_))


def _exact_evidence(check: ClaimCheck, compared: list[Comparison]) -> Evidence:
    verdict = _weakest([v for v, *_ in compared])
    _, true, claimed, text = next(row for row in compared if row[0] == verdict)
    sentence = (
        f"{verdict} by exact enumeration of {len(compared)} instances; "
        f"{text}: E = {true:.6g}, claimed {check.relation} {claimed:.6g}"
    )
    return Evidence(
        check.claim, "exact", verdict, check.relation, true, (true, true), claimed, len(compared), 0, 0.0, 0, sentence
    )


def _weakest(verdicts: Sequence[Verdict]) -> Verdict:
    order: Mapping[Verdict, int] = {"contradicted": 0, "open": 1, "supported": 2}
    return min(verdicts, key=lambda v: order[v])
