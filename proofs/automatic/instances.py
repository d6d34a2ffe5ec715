"""Exact instances by search: a counterexample to a claim, or a witness of its hypotheses.

The search proposes; the same exact evaluation decides as for an instance that a person wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import sympy

from convbound.proofs.automatic.choose import Budget, Choice, Condition, WorkDoneError
from convbound.proofs.automatic.ground import Ground, Sizes
from convbound.proofs.automatic.quadratics import in_words, searchable, widened, with_objective
from convbound.proofs.claims import Claim, Refutation
from convbound.proofs.kernel import Formula, KernelError, Poly, Proof, scale
from convbound.proofs.models.model import Evaluation, Model, Point
from convbound.proofs.models.objectives import DiagonalQuadratic
from convbound.proofs.models.processes import Instance
from convbound.proofs.models.segments import Value
from convbound.proofs.models.signatures import ModelError
from convbound.proofs.premises import premise_symbols
from convbound.proofs.record import FOUND
from convbound.proofs.statement import draft_of, limits, mentioned_symbols, unmet

RATE = 100_000  # terms of conditions in about a second
SECONDS = 4.0
MAX_SHOWN = 16
DEGENERATE = "found by the search, and degenerate: all that varies is zero in it"
LENGTHS = (1, 2, 3)
STEPS = (2, 3, 6)  # of a run without chance
MAX_LABELS = 16
NODES = 150  # of one attempt
ATTEMPTS = 6  # for each size, in one round
ROUNDS = 4


def sizes_of(claim: Claim) -> Iterator[Sizes]:
    """Lengths from the smallest on, with a coin at each step where there are few, else with none."""
    draft = draft_of(claim)[0]
    scopes = {n: s for n, s in draft.proof.scopes.items() if "length" in s}
    endless = limits(claim)
    stationary = next((n for n, s in scopes.items() if s["length"] in endless), "")
    runs = draft.proof.times or [n for n, s in scopes.items() if s["kind"] == "time"]  # without chance, too
    times = [scopes[t]["length"] for t in runs if t != stationary]
    lengths = sorted({s["length"] for s in scopes.values()} & set(mentioned_symbols(claim)) - endless)
    rest = {s["length"] for s in scopes.values()} - set(lengths)
    noise = any(s["kind"] == "random" for s in scopes.values()) or bool(draft.proof.times)
    shapes = sorted(product(LENGTHS, repeat=len(lengths)), key=lambda shape: (sum(shape), shape))
    one = dict.fromkeys([*rest, *lengths], 1)
    for number, shape in enumerate(shapes[:12]):
        full = {**one, **dict(zip(lengths, shape, strict=True))}
        steps = max(1, len(times))  # each stage of a step draws, too
        for name in times:
            steps *= full[name]
        yield Sizes(full, 2 if 2**steps <= MAX_LABELS else 1, stationary)
        if noise and number == 0:
            yield Sizes(full, 3, stationary)
        if times and number == 0:
            yield from (Sizes({**one, times[0]: K}, 1, stationary) for K in STEPS)


def find_witness(claim: Claim, seconds: float = SECONDS) -> Instance | None:
    """An exact instance of the hypotheses; its `facts` say that it is degenerate, where no other one is found."""
    if not searchable(claim):
        return None
    fallback: Instance | None = None
    for ground, values in _solutions(widened(claim), denied=False, budget=Budget(int(seconds * RATE))):
        degenerate = _degenerate(ground, values)
        if degenerate and fallback is not None:
            continue
        instance = with_objective(claim, ground.instance(values, DEGENERATE if degenerate else FOUND))
        if instance is None or unmet(claim, instance) is not None:
            continue
        if not degenerate:
            return instance
        fallback = instance
    return fallback


def search_refutation(claim: Claim, seconds: float) -> Refutation | None:
    """A counterexample that the search finds, to be decided like one that a person wrote."""
    model = find_counterexample(claim, seconds)
    if model is None:
        return None
    described = replace(model, facts=describe(claim, model))
    return Refutation(lambda: described, FOUND)


def describe(claim: Claim, model: Model) -> str:
    """The numbers of an instance in one line; what differs by the outcome as the set of its values."""
    proof, v = draft_of(claim)[0].proof, claim.vocabulary
    evaluation = Evaluation(proof, model)
    plain: list[str] = []
    scoped: dict[str, dict[str, None]] = {}
    for name in sorted({*mentioned_symbols(claim), *premise_symbols(claim)}):
        shown = v.text(sympy.Symbol(name, real=True))
        if name not in model.values:
            continue
        if not proof.reach[name]:
            plain.append(f"{shown} = {evaluation.atom(name, {})}")
            continue
        for at in _everywhere(evaluation, name):
            where = ", ".join(str(_place(proof, s, x)) for s, x in sorted(at.items()) if _shown(proof, evaluation, s))
            key = f"{shown}({where})" if where else shown
            scoped.setdefault(key, {})[str(evaluation.atom(name, at))] = None
    rows = [f"{k} = {next(iter(x))}" if len(x) == 1 else f"{k} ∈ {{{', '.join(x)}}}" for k, x in scoped.items()]
    rest = len(rows) - MAX_SHOWN
    objective = [in_words(model.objective)] if isinstance(model.objective, DiagonalQuadratic) else []
    return ", ".join([*objective, *plain, *rows[:MAX_SHOWN]]) + (f", and {rest} more numbers" if rest > 0 else "")


def _everywhere(evaluation: Evaluation, name: str) -> Iterator[Point]:
    """All points of a symbol; of a sequence also the one after the last step."""
    time = evaluation.signature.symbols[name]["sequence"]
    for at in evaluation.points(evaluation.signature.reach[name]):
        yield at
        if time is not None and at[time] == sum(evaluation.range(time)) - 1:
            yield {**at, time: at[time] + 1}


def _shown(proof: Proof, evaluation: Evaluation, scope: str) -> bool:
    about = proof.scopes[scope]
    return about["kind"] == "time" or ("length" in about and evaluation.range(scope)[1] > 1)


def _place(proof: Proof, scope: str, point: int) -> str:
    about = proof.scopes[scope]
    return f"{about['variable']} = {point}" if "variable" in about else f"{scope} = {point + 1}"


def find_counterexample(claim: Claim, seconds: float = SECONDS) -> Model | None:
    """An exact instance that satisfies the hypotheses and violates the conclusion."""
    if not searchable(claim) or claim.instances or limits(claim):
        return None
    draft, _, conclusion = draft_of(claim)
    for ground, values in _solutions(widened(claim), denied=True, budget=Budget(int(seconds * RATE))):
        instance = with_objective(claim, ground.instance(values, FOUND))
        if not isinstance(instance, Model) or unmet(claim, instance) is not None:
            continue
        try:
            if Evaluation(draft.proof, instance).failure(conclusion) is not None:
                return instance
        except (ValueError, ZeroDivisionError):
            continue
    return None


def _degenerate(ground: Ground, values: Mapping[str, Value]) -> bool:
    """Whether all that varies is zero: such an instance shows little."""
    scoped = [values.get(n, 1) for n, number in ground.numbers.items() if number.scoped]
    return bool(scoped) and not any(scoped)


def _solutions(claim: Claim, *, denied: bool, budget: Budget) -> Iterator[tuple[Ground, dict[str, Value]]]:
    """Values of the numbers that satisfy the hypotheses, and deny the conclusion where that is asked for."""
    grounds: dict[int, tuple[Ground, list[Condition], list[list[Condition]]] | None] = {}
    shapes = list(sizes_of(claim))
    try:
        for round_ in range(ROUNDS):
            for k, sizes in enumerate(shapes):
                if k not in grounds:
                    grounds[k] = _grounded(claim, sizes, denied, budget)
                found = grounds[k]
                if found is None:
                    continue
                ground, conditions, goals = found
                for attempt in range(ATTEMPTS):
                    seed = f"{claim.name} {k} {round_} {attempt}"
                    goal = goals[(round_ * ATTEMPTS + attempt) % len(goals)] if denied else []
                    try:
                        choice = Choice(ground, [*conditions, *goal], seed, budget)
                        values = choice.run(NODES * (1 + round_))
                    except (KernelError, ValueError, ZeroDivisionError, OverflowError):
                        continue
                    if values is not None:
                        yield ground, values
    except WorkDoneError:
        return


def _grounded(
    claim: Claim, sizes: Sizes, denied: bool, budget: Budget
) -> tuple[Ground, list[Condition], list[list[Condition]]] | None:
    draft, hypotheses, conclusion = draft_of(claim)
    try:
        ground = Ground(draft.proof, sizes)
        conditions: list[Condition] = []
        for h in hypotheses:
            for p in ground.conditions(h):
                budget.spend(20 + 10 * len(p))
                conditions.append((h.relation, p))
        goals = [[x] for p in ground.conditions(conclusion) for x in denials(conclusion, p)] if denied else []
    except (KernelError, ModelError):
        return None
    if denied and not goals:
        return None
    return ground, conditions, goals


def denials(conclusion: Formula, poly: Poly) -> list[Condition]:
    """The ways in which a conclusion fails at a point."""
    if conclusion.relation == "=":
        return [(">", poly), (">", scale(-1, poly))]
    return [(">" if conclusion.relation == ">=" else ">=", scale(-1, poly))]
